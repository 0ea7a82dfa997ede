"""Everything a signed-in worker can do, over a real vault."""

import json
import shutil
import stat
import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from tests.scenario import ALONE, PASSPHRASE, WATCHED, WEAK, Clock, Desk
from tests.vault.pages import found
from victim_id.casework.case import Consent
from victim_id.casework.outcome import assess_case
from victim_id.errors import (
    CannotOpen,
    Damaged,
    Machine,
    NotForYou,
    SeenBefore,
    WrongInput,
    WrongPassphrase,
    WrongSignature,
)
from victim_id.instrument.answers import Answer
from victim_id.instrument.load import content_of, load
from victim_id.language import moment, parse_moment
from victim_id.record import encode
from victim_id.referral.cards import read_card
from victim_id.resources import shipped
from victim_id.sealing import identity_file
from victim_id.vault import Head
from victim_id.workspace import Workspace

CENTRE = "lu.infotraite"
YES = Consent(recipient=CENTRE, answer="yes", told=True, told_in="fr", form="spoken")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "vault")
    yield desk
    desk.space.close()


@pytest.fixture
def cell(tmp_path: Path) -> Desk:
    cell = Desk(tmp_path / "cell", organisation="INFOTRAITE", worker="C. Muller")
    yield cell
    cell.space.close()


def ready(desk: Desk, cell: Desk) -> str:
    """A case with consent, and a recipient whose card is known."""
    case = desk.begin()
    desk.show(case, "cd_documents")
    desk.space.caseload.view(case.id, "presumed_victim", "he looked at the foreman before each answer")
    desk.space.caseload.consent(case.id, YES)
    desk.space.post.learn_recipient(CENTRE, cell.space.post.card_file())
    return case.id


def test_an_answer_that_is_saved_late_keeps_the_time_when_it_was_given(desk: Desk) -> None:
    case, told = desk.begin(), moment(desk.now())
    desk.now.moment += timedelta(minutes=7)
    saved = desk.space.caseload.answer(case.id, Answer(question="work.hours", value="yes", at=told, talk=ALONE))

    [given] = saved.answers["work.hours"]
    assert given.at == told
    assert saved.changed > moment(parse_moment(told) + timedelta(minutes=6))
    later = desk.space.caseload.answer(case.id, Answer(question="work.hours", value="no", talk=ALONE))
    assert later.answers["work.hours"][-1].at == later.changed


def test_an_answer_is_there_after_locking_and_unlocking(desk: Desk) -> None:
    case = desk.begin()
    desk.say(
        case,
        "control.free_to_leave" if "control.free_to_leave" in desk.space.instrument.question else first_yes_no(desk),
        "declined",
    )
    before = desk.space.caseload.case(case.id)
    desk.lock()
    assert desk.space.caseload.case(case.id) == before


def first_yes_no(desk: Desk) -> str:
    return next(question.id for question in desk.space.instrument.questions("workplace") if question.kind == "yes_no")


def test_every_stored_case_gives_the_same_assessment_with_the_edition_that_asked_it(desk: Desk) -> None:
    case = desk.show(desk.begin(), "cd_documents")
    assert desk.space.caseload.assessment(case) == assess_case(load(shipped("indicators")), case)


def test_a_case_is_for_ever_read_with_its_own_edition(desk: Desk, tmp_path: Path) -> None:
    case = desk.show(desk.begin(), "cd_documents")
    shown = desk.space.caseload.assessment(case)
    desk.space.close()
    newer = tmp_path / "newer"
    for path in sorted(shipped("indicators").rglob("*.toml")):
        target = newer / path.relative_to(shipped("indicators"))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8").replace('number = "2026.1"', 'number = "2027.1"')
        target.write_text(text.replace('cd_documents"\ndimension', 'cd_documents"\ndimension'), "utf-8")
    desk.space = Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now, content=newer)
    again = desk.space.caseload.case(case.id)
    assert desk.space.instrument.edition.number == "2027.1"
    assert desk.space.caseload.instrument_of(again).edition.number == "2026.1"
    assert desk.space.caseload.assessment(again) == shown


def test_a_draft_survives_the_lock_and_goes_with_its_answer(desk: Desk) -> None:
    case = desk.begin()
    question = first_yes_no(desk)
    desk.space.caseload.keep_draft(case.id, question, "they keep 400 €")
    desk.lock()
    assert desk.space.caseload.drafts(case.id) == {question: "they keep 400 €"}
    desk.say(case, question, words="they keep 400 € each month")
    assert desk.space.caseload.drafts(case.id) == {}


def test_the_talk_is_taken_up_at_the_same_question(desk: Desk) -> None:
    case = desk.begin()
    question = desk.space.instrument.questions("workplace")[7].id
    desk.space.caseload.arrange(case.id, at_question=question)
    desk.lock()
    assert desk.space.caseload.case(case.id).at_question == question


def test_level_stands_in_the_list_only_after_an_own_view(desk: Desk) -> None:
    case = desk.show(desk.begin(), "cd_documents")
    assert desk.space.caseload.cases()[0].level is None
    desk.space.caseload.view(case.id, "unsure", "")
    assert desk.space.caseload.cases()[0].level == "open"


def test_an_urgent_sign_stands_in_the_list_at_once(desk: Desk) -> None:
    desk.begin(place="quiet")
    case = desk.begin(place="urgent")
    desk.show(case, "cd_violence")
    assert [row.place for row in desk.space.caseload.cases()] == ["urgent", "quiet"]
    assert desk.space.caseload.cases()[0].urgent


def test_a_child_stands_above_others(desk: Desk) -> None:
    desk.begin(place="adult")
    desk.begin(place="child", age="unsure")
    assert [(row.place, row.child) for row in desk.space.caseload.cases()] == [("child", True), ("adult", False)]


def test_search_finds_code_place_and_own_words(desk: Desk) -> None:
    case = desk.begin(place="Café Zürich")
    desk.say(case, first_yes_no(desk), words="il garde mon passeport")
    for typed in (case.code, case.code[:3], "zurich", "passep"):
        assert [row.id for row in desk.space.caseload.cases(text=typed)] == [case.id]
    assert desk.space.caseload.cases(text="nothing of this") == []


def test_a_no_said_before_the_boss_is_not_firm(desk: Desk) -> None:
    case = desk.begin(talk=WATCHED)
    for question in desk.space.instrument.questions("workplace"):
        if question.kind == "yes_no" and question.of == "person":
            case = desk.say(case, question.id, "no", talk=WATCHED)
    assert desk.space.caseload.assessment(case).first.level == "open"


def test_a_view_after_the_result_is_marked(desk: Desk) -> None:
    case = desk.begin()
    desk.space.caseload.view(case.id, "unsure", "")
    desk.space.caseload.result_seen(case.id)
    assert [view.result_seen for view in desk.space.caseload.view(case.id, "presumed_victim", "").views] == [
        False,
        True,
    ]


def test_reads_and_changes_are_in_the_history(desk: Desk) -> None:
    case = desk.begin()
    desk.say(case, first_yes_no(desk), "no")
    desk.lock()
    desk.space.caseload.case(case.id)
    deeds = [line.kind for line in desk.space._vault.history.lines(case=case.id)]
    assert {"begun", "answered", "read"} <= set(deeds)
    desk.space._vault.history.verify()


def test_a_referral_needs_the_consent_the_recipient_asks_for(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    case = desk.begin()
    desk.space.post.learn_recipient(CENTRE, cell.space.post.card_file())
    with pytest.raises(WrongInput, match="consent"):
        desk.space.post.seal(case.id, (CENTRE,), "fr", tmp_path)
    desk.space.caseload.consent(case.id, msgspec.structs.replace(YES, answer="no"))
    with pytest.raises(WrongInput, match="consent"):
        desk.space.post.seal(case.id, (CENTRE,), "fr", tmp_path)
    assert list(tmp_path.glob("*.age")) == []


def test_a_recipient_without_a_key_is_said_so_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    case = desk.begin()
    desk.space.caseload.consent(case.id, YES)
    with pytest.raises(WrongInput, match="no key"):
        desk.space.post.seal(case.id, (CENTRE,), "fr", tmp_path)
    assert list(tmp_path.glob("*.age")) == []


def test_the_cell_opens_what_was_sealed_for_it_and_knows_the_sender(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    (path,) = desk.space.post.seal(ready(desk, cell), (CENTRE,), "fr", tmp_path)
    received = cell.space.post.open_package(path.read_bytes())
    assert not received.package.known
    cell.space.post.learn_sender(desk.space.post.card_file())
    received = cell.space.post.take(cell.space.post.open_package(path.read_bytes()))
    assert received.package.known
    assert received.package.manifest.sender.organisation == "ITM"
    assert received.package.parts["referral.pdf"].startswith(b"%PDF-1.7")
    with pytest.raises(SeenBefore):
        cell.space.post.open_package(path.read_bytes())
    assert [row.package.manifest.package for row in cell.space.post.inbox()] == [received.package.manifest.package]


def test_what_came_in_is_in_the_history_is_due_after_its_time_and_is_erased_in_every_page(
    desk: Desk, cell: Desk, tmp_path: Path
) -> None:
    (path,) = desk.space.post.seal(ready(desk, cell), (CENTRE,), "fr", tmp_path)
    space = cell.space
    id_ = space.post.take(space.post.open_package(path.read_bytes())).package.manifest.package
    space.post.read(id_)
    (tmp_path / "stick").mkdir()
    made = cell.back_up(tmp_path / "stick")
    kept = space._vault.received.get(id_).content.decode()
    key, words = space._vault.keyring.opened.vault_key, ["history_seq", kept[4000:4060], kept[-4060:-4000]]
    assert found(cell.folder, key, words)
    later = cell.now.moment + timedelta(days=366)
    assert space.keeping.received_due(cell.now()) == []
    assert space.keeping.received_due(later) == [id_]
    assert space.reminders(later).due == 1
    cell.now.moment += timedelta(days=999)
    space.telling.confirm_clock()
    assert space.keeping.forget_history(cell.now()) > 0
    assert [line.kind for line in space._vault.history.lines(case=id_)] == ["package_read", "package_taken"]
    with pytest.raises(WrongInput):
        space.keeping.erase([], "asked_for", ["another"])

    assert [Path(one.place) for one in space.keeping.erase([], "asked_for", [id_])] == [made]

    assert found(cell.folder, key, words) == {}
    assert space.post.inbox() == []
    lines = space._vault.history.lines(case=id_)
    assert [(line.kind, line.body) for line in lines] == [
        ("erased", {"ground": "asked_for"}),
        ("package_read", None),
        ("package_taken", None),
    ]
    with pytest.raises(WrongInput):
        space.post.read(id_)
    with pytest.raises(SeenBefore):
        space.post.open_package(path.read_bytes())
    space.verify_history()


def test_a_package_carries_the_head_of_the_history_with_its_number(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    """A link alone could stand at any place of a rewritten chain; both are compared with the line of that number."""
    (path,) = desk.space.post.seal(ready(desk, cell), (CENTRE,), "fr", tmp_path)
    manifest = cell.space.post.open_package(path.read_bytes()).package.manifest
    head = Head(manifest.history_seq, manifest.history)
    assert head.seq > 1
    assert desk.space._vault.history.verify(head).seq > head.seq
    with pytest.raises(Damaged):
        desk.space._vault.history.verify(Head(head.seq - 1, head.link))


def test_the_sender_cannot_open_what_it_sealed(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    (path,) = desk.space.post.seal(ready(desk, cell), (CENTRE,), "fr", tmp_path)
    with pytest.raises(NotForYou):
        desk.space.post.open_package(path.read_bytes())


def test_the_standard_age_program_opens_it_with_the_cells_key(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    (path,) = desk.space.post.seal(ready(desk, cell), (CENTRE,), "fr", tmp_path)
    key = tmp_path / "key.txt"
    key.write_bytes(identity_file(cell.space._vault.cards.keys()[0].identity, "2026-11-21T10:00:00Z"))
    plain = subprocess.run(["age", "-d", "-i", str(key), str(path)], capture_output=True, check=True).stdout
    record = json.loads(zipfile.ZipFile(BytesIO(plain)).read("record.json"))
    assert record["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"


def test_a_sealed_case_is_referred_and_the_file_name_tells_nothing(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    id_ = ready(desk, cell)
    (path,) = desk.space.post.seal(id_, (CENTRE,), "fr", tmp_path)
    case = desk.space.caseload.case(id_)
    assert case.state == "referred"
    assert path.name == f"{case.code}-{case.sent[0].package[:8]}.age"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_name_leaves_only_in_the_sealed_part_and_only_when_agreed(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    id_ = ready(desk, cell)
    desk.space.caseload.details(id_, {"D2.first": "CANARYNAME"})
    (path,) = desk.space.post.seal(id_, (CENTRE,), "fr", tmp_path)
    parts = cell.space.post.open_package(path.read_bytes()).package.parts
    assert "identity.age" not in parts
    desk.space.caseload.consent(id_, msgspec.structs.replace(YES, name_too=True))
    (path,) = desk.space.post.seal(id_, (CENTRE,), "fr", tmp_path)
    parts = cell.space.post.open_package(path.read_bytes()).package.parts
    assert b"CANARYNAME" not in b"".join(parts.values())
    from victim_id.sealing import open_sealed

    assert b"CANARYNAME" in open_sealed(parts["identity.age"], cell.space._vault.cards.keys()[0].identity)


def test_the_score_and_the_closing_words_never_leave(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    id_ = ready(desk, cell)
    case = desk.space.caseload.case(id_)
    reading = desk.space.caseload.assessment(case).first
    for tag in ("en", "fr"):
        referral = desk.space.post.referral(case, CENTRE, tag)
        written = encode(referral)
        assert b"score" not in written.lower()
        for word in (b"Few indications", b"means answered no"):
            assert word not in written
        assert str(reading.score.upper).encode() not in encode([referral.level, referral.advice])


def test_a_folder_that_cannot_be_written_says_so_and_the_case_stays_open(desk: Desk, cell: Desk) -> None:
    id_ = ready(desk, cell)
    with pytest.raises(Machine):
        desk.space.post.seal(id_, (CENTRE,), "fr", Path("/proc/nowhere"))
    assert desk.space.caseload.case(id_).state == "open"


def test_a_wrong_passphrase_leaves_everything_as_it_was(desk: Desk) -> None:
    case = desk.begin()
    desk.space.close()
    with pytest.raises(WrongPassphrase):
        Workspace.unlock(desk.folder, "something else entirely", now=Clock())
    desk.space = Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now)
    assert desk.space.caseload.case(case.id).code == case.code


def test_no_word_of_a_case_is_in_any_file(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    id_ = ready(desk, cell)
    case = desk.space.caseload.case(id_)
    desk.say(case, first_yes_no(desk), words="CANARYWORDS")
    desk.space.caseload.details(id_, {"D2.first": "CANARYNAME", "E4.phone": "+35226CANARY"})
    desk.space.caseload.keep_draft(id_, first_yes_no(desk), "CANARYDRAFT")
    desk.space.post.seal(id_, (CENTRE,), "fr", tmp_path)
    desk.space.close()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"CANARY" not in content, path
            assert b"Weber" not in content, path
            assert case.code.encode() not in content, path


def test_preferences_of_an_older_version_keep_what_is_known(desk: Desk) -> None:
    desk.space._vault.settings.put("preferences", {"profile": "BE", "gone": True})
    assert desk.space.preferences.profile == "BE"
    assert desk.space.preferences.idle_minutes == 5


def test_training_cases_never_meet_real_ones(desk: Desk) -> None:
    practice = Workspace.practice("P", desk.space.preferences, now=Clock())
    from victim_id.casework.arrangement import Start

    case = practice.caseload.begin(Start())
    document = practice._vault.cases.read(case.id)
    with pytest.raises(WrongInput):
        desk.space._vault.cases.put(case.id, document, deed="begun")
    practice.close()


def test_a_card_that_was_changed_is_refused_or_says_the_same(cell: Desk) -> None:
    card = cell.space.post.card_file()
    refused = 0
    for place in range(len(card)):
        try:
            read = read_card(card[:place] + bytes([card[place] ^ 1]) + card[place + 1 :])
        except CannotOpen:
            refused += 1
        else:
            assert read == read_card(card)
    assert refused > len(card) * 3 // 4


def test_two_people_compare_the_same_numbers_by_voice(desk: Desk, cell: Desk) -> None:
    from victim_id.post import spoken

    said = spoken(cell.space.post.card)
    assert spoken(desk.space.post.learn_recipient(CENTRE, cell.space.post.card_file())) == said
    assert [len(group) for group in said.split()] == [5] * 6


def test_the_effort_of_tests_is_below_the_floor_of_real_vaults() -> None:
    from victim_id.sealing import Effort

    assert not WEAK.reaches(Effort.floor())
    assert ALONE.safe


def test_a_card_counts_as_compared_until_another_one_takes_its_place(desk: Desk, cell: Desk, tmp_path: Path) -> None:
    desk.space.post.learn_recipient(CENTRE, cell.space.post.card_file())
    assert desk.space.post.compared() == frozenset()
    desk.space.post.compare(CENTRE)
    assert desk.space.post.compared() == {CENTRE}
    other = Desk(tmp_path / "other")
    desk.space.post.learn_recipient(CENTRE, other.space.post.card_file())
    other.space.close()
    assert desk.space.post.compared() == frozenset()


def test_a_refused_talk_leaves_a_number_and_nothing_else(desk: Desk) -> None:
    desk.space.caseload.count_refusal()
    desk.space.caseload.count_refusal()
    assert desk.space._vault.settings.get("refused") == {"2026-11": 2}
    assert desk.space.caseload.cases() == []


def test_an_imported_edition_is_in_use_and_the_cases_before_keep_theirs(desk: Desk, tmp_path: Path) -> None:
    from victim_id.instrument.editions import place_edition, sign_edition, trust, write_edition
    from victim_id.sealing import make_signing_key, verifying_key

    case = desk.show(desk.begin(), "cd_documents")
    shown, key, editions = desk.space.caseload.assessment(case), make_signing_key(), tmp_path / "editions"
    files = content_of(shipped("indicators"), training=True)
    files["edition.toml"] = files["edition.toml"].replace(b"2026.1", b"2027.1")
    archive = write_edition(files)
    place_edition(
        archive, sign_edition(archive, key), editions, trusted=[verifying_key(key)], in_use=desk.space.instrument
    )
    trust(editions, [verifying_key(key)])
    desk.space.close()
    desk.space = Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now, editions=editions)
    again = desk.space.caseload.case(case.id)
    assert desk.space.instrument.edition.number == "2027.1"
    assert desk.begin().edition == "2027.1"
    assert desk.space.caseload.assessment(again) == shown
    trust(editions, [verifying_key(make_signing_key())])
    desk.space.close()
    with pytest.raises(WrongSignature):
        Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now, editions=editions)
    desk.space = Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"htcds_version":"2.0","x_minor":"perhaps"}',
        b'{"htcds_version":"2.0","x_indications":{"G2":"strong"}}',
        b'{"htcds_version":"2.0","x_indications":{"G2":{"level":["strong"]}}}',
        b'{"htcds_version":"2.0","x_indications":{"G2":{"level":"certain"}}}',
        b'{"htcds_version":"2.0","x_indications":{"G2":{"level":"few"}}}',
        b'{"htcds_version":"2.0","x_urgency":["now"]}',
    ],
)
def test_a_stranger_cannot_plant_a_record_that_no_list_can_show(desk: Desk, cell: Desk, record: bytes) -> None:
    from victim_id.referral.package import Manifest, write_package
    from victim_id.sealing import make_signing_key, verifying_key

    key = make_signing_key()
    manifest = Manifest(
        package="7b6f8d0e-6d0c-4c39-9c4e-0a4e0d2a6a11", kind="referral", case="7F2-KQD", made="2026-11-21T10:00:00Z",
        sender=msgspec.structs.replace(desk.space.post.card, signing=verifying_key(key)), recipients=(cell.space.post.card.recipient,),
        language="fr", edition="2026.1", fingerprint="0" * 64, history="0" * 64,
    )  # fmt: skip
    parts = {"referral.pdf": b"%PDF-1.7", "record.json": record, "consent.json": b"{}", "evidence.json": b"[]"}
    with pytest.raises(CannotOpen):
        cell.space.post.open_package(write_package(manifest, parts, key))


def test_the_history_is_compared_with_what_its_backups_say_of_it(desk: Desk, tmp_path: Path) -> None:
    desk.begin()
    stick = tmp_path / "stick"
    stick.mkdir()
    made = desk.back_up(stick)
    desk.begin()
    assert desk.space.verify_history().seq > 0
    label = (made / "backup.json").read_text()
    link = json.loads(label)["history"]["link"]
    (made / "backup.json").write_text(label.replace(link, "0" * 64))
    with pytest.raises(Damaged, match="kept elsewhere"):
        desk.space.verify_history()
    (made / "backup.json").write_text("nonsense")
    desk.space.verify_history()
    shutil.rmtree(stick)
    desk.space.verify_history()


def bind(desk: Desk, **what: str) -> None:
    desk.space.set_preferences(msgspec.structs.replace(desk.space.preferences, **what))


def test_whoever_is_bound_by_secrecy_has_no_duty_and_needs_the_persons_consent(desk: Desk) -> None:
    duties = [one.id for one in desk.space.instrument.recipients if one.consent == "duty"]
    assert duties
    fingerprint = desk.space.instrument.fingerprint
    for kind in ("ngo", "health"):
        bind(desk, organisation_type=kind)
        assert {desk.space.instrument.recipient[one].consent for one in duties} == {"needed"}
        case = desk.begin()
        with pytest.raises(WrongInput, match="consent"):
            desk.space.post.paper(case.id, "LU.parquet" if "LU.parquet" in duties else duties[0], "fr")
        assert {desk.space.caseload.instrument_of(case).recipient[one].consent for one in duties} == {"needed"}
    desk.lock()
    assert {desk.space.instrument.recipient[one].consent for one in duties} == {"needed"}
    bind(desk, organisation_type="police")
    assert {desk.space.instrument.recipient[one].consent for one in duties} == {"duty"}
    assert desk.space.instrument.fingerprint == fingerprint


def test_a_change_of_what_binds_the_organisation_is_in_the_history_and_a_look_is_not(desk: Desk) -> None:
    bind(desk, theme="dark")
    bind(desk, regime="LED", organisation_type="police")
    bind(desk, regime="LED")
    lines = [line for line in desk.space._vault.history.lines() if line.kind == "preferences"]
    assert [line.body for line in lines] == [{"organisation_type": "police", "regime": "LED"}]
    desk.space.verify_history()


def test_data_about_suspects_is_kept_only_where_the_law_of_the_police_binds(desk: Desk) -> None:
    case = desk.begin()
    with pytest.raises(WrongInput, match="suspects"):
        desk.space.caseload.details(case.id, {"J1.description": "tall, drives the van"})
    assert desk.space.caseload.details(case.id, {"J1.description": "", "J3.name": "Kitchen Ltd"}).details == {
        "J3.name": "Kitchen Ltd"
    }
    bind(desk, regime="LED")
    assert desk.space.caseload.details(case.id, {"J1.description": "tall"}).details["J1.description"] == "tall"
