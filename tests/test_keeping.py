"""What keeps a vault over the years, as the worker meets it."""

import contextlib
import io
import json
import re
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PIL import Image

from tests.scenario import PASSPHRASE, Desk
from victim_id.casework.case import Consent
from victim_id.casework.directory import Corrected
from victim_id.casework.outcome import outcome
from victim_id.errors import NotForYou, WrongInput
from victim_id.language import LONG, MIRRORED, language
from victim_id.vault import Retention, Vault, backup, keyfile, sheets
from victim_id.workspace import Workspace


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "vault")
    yield desk
    desk.space.close()


def text_of(pdf: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document), document[0].get_textpage().get_text_range()
    finally:
        document.close()


def typed_from(page: str) -> str:
    """The words as somebody types them who reads them off the page by their numbers."""
    parts = (word.split(".") for word in page.replace(". ", ".").split())
    found = [part for part in parts if len(part) == 2 and part[0].isdigit() and part[1].isalpha()]
    numbered = dict(reversed(found))  # the steps further down are numbered as well
    return " ".join(numbered[str(place)] for place in range(1, sheets.WORDS + 1))


@pytest.mark.parametrize("tag", ["en", "fr", LONG])
def test_a_way_back_is_found_from_two_printed_pages_alone(desk: Desk, tag: str) -> None:
    case = desk.begin()
    pages = [text_of(pdf) for pdf in desk.space.ways_in.recovery_sheets(language(tag))]
    desk.space.close()

    assert [count for count, _ in pages] == [1, 1, 1]
    typed = [typed_from(page) for _, page in pages[1:]]
    file = keyfile.read(desk.folder)[0]
    assert [sheets.look(sheet, file) for sheet in typed] == ["whole", "whole"]
    with Vault.recover(desk.folder, sheets.join(typed, file), "A. Weber", "a new passphrase", now=desk.now) as again:
        assert again.cases.ids() == [case.id]
    desk.space = Workspace.unlock(desk.folder, "a new passphrase", now=desk.now)


def test_a_sheet_names_nobody_and_says_which_it_is(desk: Desk) -> None:
    first, second, _ = (text_of(pdf)[1] for pdf in desk.space.ways_in.recovery_sheets(language("en")))
    vault = keyfile.read(desk.folder)[0].vault[:8]

    assert "Recovery sheet 1 of 3" in first
    assert "Recovery sheet 2 of 3" in second
    assert vault in first
    told = re.sub(r"\b\d+\. [a-z]+", "", first)  # one of the words of a sheet may be any word
    for name in ("Weber", "ITM", "traffick", "victim", "Victim"):
        assert name not in told


def test_a_sheet_reads_from_the_right_in_a_language_that_does(desk: Desk) -> None:
    for pdf in desk.space.ways_in.recovery_sheets(language(MIRRORED)):
        assert text_of(pdf)[0] == 1


def test_the_code_on_a_sheet_is_dark_on_white_and_large_enough_for_a_scanner(desk: Desk) -> None:
    document = pypdfium2.PdfDocument(desk.space.ways_in.recovery_sheets(language("en"))[0])
    picture: Image.Image = document[0].render(scale=2).to_pil().convert("1")
    document.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    dark = sum(1 for pixel in picture.get_flattened_data() if not pixel)
    assert dark > 12_000


def closed(desk: Desk, view: str = "", *consents: Consent) -> str:
    case = desk.begin()
    if view:
        desk.space.caseload.view(case.id, view, "seen")  # type: ignore[arg-type]
    for consent in consents:
        desk.space.caseload.consent(case.id, consent)
    desk.space.caseload.set_state(case.id, "closed")
    return case.id


def test_what_is_due_begins_with_unfounded_screenings_and_nothing_is_erased_by_itself(desk: Desk) -> None:
    kept = closed(desk, "presumed_victim")
    refused = closed(desk, "", Consent(recipient="lu.infotraite", answer="no"))
    unfounded = closed(desk, "no_concern")
    open_one = desk.begin().id
    keeping = desk.space.keeping
    later = desk.now.moment.replace(year=2027, month=1)

    assert [(due.case, due.outcome) for due in keeping.due(later)] == [
        (unfounded, "unfounded"),
        (refused, "refused"),
        (open_one, "open"),
    ]
    assert keeping.due(later)[0].since.startswith("2026-12-21")
    keeping.set_retention(Retention(unfounded=365, closed=10))
    desk.lock()
    assert [due.case for due in desk.space.keeping.due(later)] == [refused, open_one, kept]
    assert len(desk.space.caseload.cases("")) == 4


def test_how_a_case_ended_is_told_by_the_worker_and_not_by_the_program(desk: Desk) -> None:
    case = desk.begin()
    for state, expected in (("open", "open"), ("referred", "referred"), ("closed", "closed")):
        assert outcome(desk.space.caseload.set_state(case.id, state)) == expected  # type: ignore[arg-type]
    no = Consent(recipient="lu.infotraite", answer="no")
    assert outcome(msgspec.structs.replace(case, consents=(no,))) == "open"
    assert outcome(msgspec.structs.replace(case, consents=(no,), state="closed")) == "refused"


def test_an_erased_case_does_not_come_back_with_the_next_answer(desk: Desk) -> None:
    case = desk.show(desk.begin(), "cd_documents")

    assert desk.space.keeping.erase([case.id], "asked_for") == []

    with pytest.raises(WrongInput):
        desk.show(case, "cd_documents")
    assert desk.space.caseload.cases("") == []


def test_a_draft_that_waited_for_the_disk_does_not_bring_words_of_an_erased_case_back(desk: Desk) -> None:
    case = desk.begin()
    desk.space.keeping.erase([case.id], "asked_for")

    desk.space.caseload.keep_draft(case.id, "work.hours", "at six with Zwanenburgwal")

    assert desk.space._vault._store.rows("SELECT * FROM drafts") == []


def test_a_case_that_was_limited_to_others_is_not_kept_at_hand(desk: Desk) -> None:
    case = desk.begin()
    eva = desk.space._vault.keyring.add("Eva", "another passphrase for Eva")
    desk.space.keeping.limit(case.id, [eva.id])

    with pytest.raises(NotForYou):
        desk.show(case, "cd_documents")


def test_a_backup_is_made_and_due_as_the_preferences_say(desk: Desk, tmp_path: Path) -> None:
    desk.begin()
    assert desk.space.backups.due(desk.now())
    made = desk.back_up(tmp_path)
    assert not desk.space.backups.due(desk.now())
    backup.restore(made, tmp_path / "restored")
    with contextlib.closing(Workspace.unlock(tmp_path / "restored", PASSPHRASE, now=desk.now)) as again:
        assert len(again.caseload.cases("")) == 1


def test_a_second_backup_waits_until_the_first_is_ready(desk: Desk, tmp_path: Path) -> None:
    desk.begin()
    (tmp_path / "stick").mkdir()
    first = desk.space.backups.begin(tmp_path / "stick")
    with pytest.raises(WrongInput, match="another backup is being written"):
        desk.space.backups.begin(tmp_path / "stick")
    made = desk.space.backups.finish(first, first.write())
    assert backup.check(made)
    assert desk.back_up(tmp_path / "stick") != made


def test_a_backup_that_nobody_finished_is_in_the_way_of_no_other(desk: Desk, tmp_path: Path) -> None:
    desk.begin()
    (tmp_path / "stick").mkdir()
    desk.space.backups.begin(tmp_path / "stick").write()  # the page that asked for it is gone
    made = desk.back_up(tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == [made]


@pytest.mark.parametrize("deed", ["erase_identity", "forget_history"])
def test_what_writes_pages_anew_stops_a_backup_that_is_being_copied(desk: Desk, tmp_path: Path, deed: str) -> None:
    case = desk.begin()
    (tmp_path / "stick").mkdir()
    begun = desk.space.backups.begin(tmp_path / "stick")
    if deed == "erase_identity":
        desk.space.keeping.erase_identity(case.id)
    else:
        desk.space.keeping.forget_history(desk.now())
    with pytest.raises(backup.Stopped) as stopped:
        begun.write()
    desk.space.backups.give_up(begun, stopped.value)
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_talk_that_cannot_be_opened_any_more_keeps_nobody_out(desk: Desk) -> None:
    case = desk.begin()
    desk.space.caseload.stand(case.id)
    assert desk.space.caseload.stood()[0].id == case.id
    document = json.loads(desk.space._vault.cases.read(case.id))
    document["case"]["fingerprint"] = "0" * 64
    desk.space._vault.cases.put(case.id, json.dumps(document).encode(), deed="answered")
    desk.lock()
    assert desk.space.caseload.stood() is None


def test_who_changed_what_the_vault_keeps_and_how_long_is_in_the_history(desk: Desk, tmp_path: Path) -> None:
    desk.begin()
    desk.back_up(tmp_path)
    space, before = desk.space, desk.space._vault.history.head().seq
    (made,) = space.backups.all()
    recipient = next(iter(space.instrument.recipient))
    space.keeping.set_retention(Retention(history=365, unfounded=0))
    space.keeping.set_retention(Retention(history=365, unfounded=0))  # nothing changed
    space.backups.gone(made.id)
    space.content.correct(recipient, Corrected(phone="+352 1"))
    space.set_preferences(msgspec.structs.replace(space.preferences, idle_minutes=60))
    lines = [line for line in reversed(space._vault.history.lines()) if line.seq > before]
    assert [line.kind for line in lines] == ["retention", "backup_gone", "contact", "preferences"]
    assert {line.worker for line in lines} == {space.worker.id}
    assert lines[0].body == {"history": 365, "unfounded": 0}
    assert lines[1].body == {"backup": made.id}
    assert (lines[2].body["recipient"], lines[2].body["known"]["phone"]) == (recipient, "+352 1")
    assert lines[3].body == {"idle_minutes": 60}
    space.verify_history()
