"""All that is held about a person: whole, in their language, with everybody else masked, and only after both checks."""

import io
import json
import re
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import msgspec
import pikepdf
import pytest

from tests.access.person import NAMES, OWN, SAFE, full_case, held, told
from tests.referral.paper.reading import complaints, elements, opened
from tests.scenario import PASSPHRASE, Desk
from victim_id import sealing
from victim_id.access.case_rows import TOLD, UNTOLD, case_part
from victim_id.access.checked import KEPT, KNOWN, Check
from victim_id.access.deeds import deed
from victim_id.access.files import write_told
from victim_id.access.told import Masking, Shown, fitting_language
from victim_id.casework.case import JUDGEMENT, OWN_VIEW, Case, Consent, Correction, OwnView, Sent
from victim_id.errors import Failure, Machine, NotForYou, WrongInput
from victim_id.instrument.answers import Answer, Talk
from victim_id.language import MIRRORED, language
from victim_id.record import Record
from victim_id.vault import sheets
from victim_id.vault.folding import fold
from victim_id.workspace import Workspace


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "vault")
    yield desk
    desk.space.close()


def flat(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if not sign.isspace() and unicodedata.category(sign) != "Cf")  # fmt: skip


def paper_text(pdf: bytes, tmp_path: Path) -> str:
    """What pdftotext reads between head and foot of each page."""
    place = tmp_path / "told.pdf"
    place.write_bytes(pdf)
    later = ["-f", "2", "-x", "0", "-y", "64", "-W", "596", "-H", "720"]
    read = [["pdftotext", *cut, str(place), "-"] for cut in (["-l", "1"], later)]
    return "\n".join(subprocess.run(one, check=True, capture_output=True, text=True).stdout for one in read)


def leaf_values(value) -> list[str]:
    if isinstance(value, dict):
        return [leaf for inside in value.values() for leaf in leaf_values(inside)]
    if isinstance(value, list):
        return [leaf for inside in value for leaf in leaf_values(inside)]
    return [str(value)]


def everything_in(pdf: bytes) -> str:
    """Every byte of a PDF as a search for names finds it: streams unpacked, strings read, structure and outline walked."""
    found = [pdf.decode("latin-1")]
    with opened(pdf) as document:
        assert not document.attachments
        found += [str(value) for value in document.docinfo.values()]
        for element in elements(document.Root.StructTreeRoot):
            found += [str(element[key]) for key in ("/ActualText", "/Alt", "/T") if key in element]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                raw = thing.read_bytes()
                found += [raw.decode("latin-1"), raw.decode("utf-16-be", "ignore")]
                found += [bytes.fromhex(one).decode("utf-16-be", "ignore") for one in re.findall(r"<FEFF([0-9A-F]+)>", raw.decode("latin-1"))]  # fmt: skip
    return "\n".join(found)


def names_in(text: str) -> list[str]:
    folded = fold(text).replace(" ", "")
    return [name for name in (*NAMES, "621 778 899", "621.778.899") if fold(name).replace(" ", "") in folded]


def test_the_names_of_third_persons_are_nowhere_in_what_leaves(desk: Desk, tmp_path: Path) -> None:
    found = held(desk, full_case(desk), full_case(desk, "Brandsma’s bakery"))
    assert set(names_in(json.dumps(msgspec.to_builtins(found.cases[0].case), ensure_ascii=False))) >= {"Brandsma", "Papadakis"}  # fmt: skip

    for tag in ("en", "fr"):
        out = told(desk, found, tag)
        pdf, record = desk.space.access.paper(out), write_told(out)
        assert names_in(record.decode()) == []
        assert names_in(paper_text(pdf, tmp_path)) == []
        assert names_in(everything_in(pdf)) == []
        assert OWN in paper_text(pdf, tmp_path)
        assert language(tag).say("[another person]") in record.decode()


@pytest.mark.parametrize("tag", ["en", pytest.param("fr", marks=pytest.mark.full)])
def test_paper_and_file_say_the_same(desk: Desk, tmp_path: Path, tag: str) -> None:
    out = told(desk, held(desk, full_case(desk), full_case(desk, "Nail bar, 2nd floor")), tag)
    text = flat(paper_text(desk.space.access.paper(out), tmp_path))
    record = json.loads(write_told(out))

    leaves = leaf_values(record)
    assert len(leaves) > 200
    assert [leaf for leaf in leaves if flat(leaf) not in text] == []
    assert next(iter(record)) == "victim_id_access"
    assert list(record["parts"]) == ["about", "record_1", "record_2", "rights"]


def test_every_field_of_a_case_is_told_or_left_out_on_purpose() -> None:
    assert set(Case.__struct_fields__) == TOLD | UNTOLD
    assert not TOLD & UNTOLD


CHANGED: dict[type, tuple[dict[str, object], set[str]]] = {
    Consent: ({
        "recipient": "lu.police", "answer": "not_able", "told": True, "told_in": "fr", "form": "guardian", "witness": "Okonkwo",
        "name_too": True, "details_too": True, "basis": "vital_interest", "reason": "does not wake up", "vital": ("D2", "E6"),
        "at": "2026-01-02T10:00:00Z",
    }, {"by"}),
    Sent: ({
        "recipient": "lu.police", "language": "fr", "way": "told", "at": "2026-01-02T10:00:00Z", "package": "another",
    }, {"by"}),
    OwnView: ({"view": "presumed_victim", "reasons": "her hands", "result_seen": True, "at": "2026-01-02T10:00:00Z"}, {"by"}),
    Correction: ({
        "before": Answer(question="cd_documents", value="unknown"), "reason": "misheard", "at": "2026-01-02T10:00:00Z",
    }, {"by"}),
    Talk: ({
        "alone": True, "language": "common", "by_phone": True, "distressed": True, "present": "Papadakis", "interpreter": "Nyström",
    }, set()),
}  # fmt: skip
"""For each record inside a case: another value of every field that is told, and the fields that are not: which worker it was."""


def test_every_field_of_the_records_in_a_case_is_told_or_left_out_on_purpose(desk: Desk) -> None:
    [found] = held(desk, desk.begin().id).cases
    plain = {
        Consent: Consent(recipient="lu.infotraite"),
        Sent: Sent(recipient="lu.infotraite", language="en", way="printed", at="2026-01-01T10:00:00Z", by="w", package="one"),
        OwnView: OwnView(view="unsure", reasons="", result_seen=False, at="2026-01-01T10:00:00Z", by="w"),
        Correction: Correction(before=Answer(question="cd_documents", value="no"), reason="", at="2026-01-01T10:00:00Z", by="w"),
        Talk: Talk(),
    }  # fmt: skip
    places = {Consent: "consents", Sent: "sent", OwnView: "views", Correction: "corrections", Talk: "talk"}

    def says(one: Record) -> str:
        value = one if isinstance(one, Talk) else (one,)
        case = msgspec.structs.replace(found.case, **{places[type(one)]: value})
        return repr(case_part(1, found._replace(case=case), language("en"), "a worker"))

    for kind, (changed, untold) in CHANGED.items():
        assert set(kind.__struct_fields__) == set(changed) | untold
        before = says(plain[kind])
        for name, value in changed.items():
            assert says(msgspec.structs.replace(plain[kind], **{name: value})) != before, (kind, name)


def test_what_was_passed_on_for_a_life_at_risk_is_told_in_words_with_its_reason_masked(desk: Desk) -> None:
    case = full_case(desk)
    reason = "bleeding; Brandsma locked the door"
    desk.space.caseload.consent(case, Consent(recipient="lu.emergency", answer="not_able", basis="vital_interest", reason=reason, vital=("D2", "E6")))  # fmt: skip
    found = held(desk, case)
    for tag, basis, passed in (
        ("en", "A life is at risk", "Passed on without your agreement: Name, "),
        ("fr", "Une vie est en jeu", "Transmis sans votre accord"),
    ):
        record = json.loads(write_told(told(desk, found, tag)))["parts"]["record_1"]["sections"]
        values = record["consents"]["rows"]["lu.emergency"]["values"]
        assert basis in values
        assert f"bleeding; {language(tag).say('[another person]')} locked the door" in values
        assert any(value.startswith(passed) for value in values)
        assert "vital_interest" not in json.dumps(record["consents"])


def test_names_of_two_letters_are_covered_where_a_field_names_them_and_offered_elsewhere(desk: Desk) -> None:
    case = desk.begin()
    desk.show(case, "cd_documents")
    desk.say(case, "account.tell", "given", words="Then Wu came in and Li shouted. Every day Ng hits us.")
    desk.space.caseload.details(case.id, {"J3.name": "Wu Li"})
    out = told(desk, held(desk, case.id))
    record = json.loads(write_told(out))["parts"]["record_1"]["sections"]
    said = record["answers"]["rows"]["account.tell.said"]["values"]
    assert said[0] == "Then [another person] came in and [another person] shouted. Every day Ng hits us."
    assert out.open_names == ("Esch", "Ng")


def test_words_the_worker_covers_are_covered_in_every_place_and_those_that_stand_nowhere_are_told(desk: Desk) -> None:
    space = desk.space
    space.set_preferences(msgspec.structs.replace(space.preferences, phone="Brigade Schmit, +352 26 48 12 34"))
    masking = Masking(more=("ITM", "inspector", "Schmit", "26 48 12 34", "Nowhereland"))
    out = told(desk, held(desk, full_case(desk)), masking=masking)
    record = write_told(out).decode()
    assert not any(word in record for word in ("ITM", "inspector", "Schmit", "26 48 12 34"))
    assert {"about/paper/office", "record_1/record/made"} <= {place.key for place in out.places}
    assert out.idle == ("Nowhereland",)


def test_a_copy_is_noted_as_given_only_once_its_file_is_there(desk: Desk, tmp_path: Path) -> None:
    found = held(desk, full_case(desk))
    out, access = told(desk, found), desk.space.access
    before = desk.space._vault.history.head()
    with pytest.raises(Machine):
        access.save_sealed(tmp_path / "no such stick" / "1.zip.age", found, out, Masking(), "seven hens and a goat")
    with pytest.raises(Machine):
        access.save_plain(tmp_path / "no such stick", found, out, Masking())
    assert desk.space._vault.history.head() == before


def test_no_file_is_left_where_giving_it_could_not_be_noted(desk: Desk, tmp_path: Path) -> None:
    found = held(desk, full_case(desk))
    out, access = told(desk, found), desk.space.access
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.space._vault._store._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Failure):
        access.save_plain(stick, found, out, Masking())
    with pytest.raises(Failure):
        access.save_sealed(stick / "1.zip.age", found, out, Masking(), "seven hens and a goat")
    assert list(stick.iterdir()) == []


def test_unlocked_files_take_the_next_free_number_as_a_pair(desk: Desk, tmp_path: Path) -> None:
    found = held(desk, full_case(desk))
    out, access = told(desk, found), desk.space.access
    (tmp_path / "1.pdf").write_bytes(b"the copy of somebody else")
    (tmp_path / "2.json").write_bytes(b"{}")
    assert access.save_plain(tmp_path, found, out, Masking()) == ("3.pdf", "3.json")
    assert access.save_plain(tmp_path, found, out, Masking()) == ("4.pdf", "4.json")
    assert (tmp_path / "1.pdf").read_bytes() == b"the copy of somebody else"
    assert (tmp_path / "3.json").read_bytes() == write_told(out)


def test_everything_that_was_written_down_comes_out(desk: Desk) -> None:
    case = full_case(desk)
    desk.space.caseload.arrange(case, opened=("sexual",), due="2026-12-01T12:00:00Z")
    parts = json.loads(write_told(told(desk, held(desk, case))))["parts"]
    sections = parts["record_1"]["sections"]

    assert set(sections) == {
        "record", "talk", "answers", "corrections", "drafts", "details", "findings", "views", "consents", "sent", "kept", "history",
    }  # fmt: skip
    assert sections["details"]["rows"]["D2.last"] == {"label": "Name – Last name", "values": [OWN]}
    assert sections["details"]["rows"]["D6"]["values"] == ["Female"]
    assert "Because of: Does someone keep" in json.dumps(sections["findings"])
    assert len(sections["views"]["rows"]) == 3
    assert "written before the result was seen" in sections["views"]["rows"]["1"]["values"]
    assert sections["sent"]["rows"]["1.lu.infotraite"]["values"][0].endswith("on paper")
    assert any(
        "reading" in one or "read" in one for row in sections["history"]["rows"].values() for one in row["values"]
    )
    assert "Commission nationale" in json.dumps(parts["rights"])
    assert "general knowledge, not checked" in json.dumps(parts["rights"])


def test_half_typed_reasons_come_out_as_what_the_worker_thought(desk: Desk) -> None:
    case = full_case(desk)
    for name in (OWN_VIEW, JUDGEMENT):
        desk.space.caseload.keep_draft(case, name, "looks away when asked")
    rows = json.loads(write_told(told(desk, held(desk, case))))["parts"]["record_1"]["sections"]["drafts"]["rows"]
    for name in (OWN_VIEW, JUDGEMENT):
        assert rows[name] == {"label": "What the worker thought", "values": ["looks away when asked"]}


def test_a_worker_is_told_as_a_role_and_not_by_name(desk: Desk) -> None:
    history = json.loads(write_told(told(desk, held(desk, full_case(desk)))))["parts"]["record_1"]["sections"][
        "history"
    ]
    assert all("a worker of ITM (labour inspector)" in " ".join(row["values"]) for row in history["rows"].values())


def test_the_paper_is_tagged_and_its_outside_tells_nothing(desk: Desk) -> None:
    pdf = desk.space.access.paper(told(desk, held(desk, full_case(desk))))
    assert complaints(pdf) == []
    with opened(pdf) as document:
        assert str(document.docinfo["/Title"]) == "1"
        assert str(document.Root.Lang) == "en"


def test_the_paper_reads_from_the_right_in_a_language_that_does(desk: Desk) -> None:
    assert complaints(desk.space.access.paper(told(desk, held(desk, full_case(desk)), MIRRORED))) == []


def test_more_words_can_be_masked_and_a_place_is_shown_only_with_a_reason(desk: Desk) -> None:
    found = held(desk, full_case(desk))
    place = "record_1/details/J3.name"
    with pytest.raises(WrongInput):
        told(desk, found, masking=Masking(shown=(Shown(place, "  "),)))

    masking = Masking(more=("Kitchen", "2nd floor"), shown=(Shown(place, "her own payslip names it"),))
    out = told(desk, found, masking=masking)
    record = json.loads(write_told(out))["parts"]["record_1"]["sections"]
    assert record["record"]["rows"]["place"]["values"] == ["[another person], Esch"]
    assert record["details"]["rows"]["J3.name"]["values"] == ["Restaurant Brandsma SARL"]
    assert "brandsma" not in json.dumps(record["answers"]).lower()
    assert next(one for one in out.places if one.key == place).masks == 0

    desk.space.access.given(found, out, masking, "sealed")
    last = desk.space._vault.history.lines(case=found.cases[0].case.id, limit=1)[0]
    assert last.kind == "access_given"
    assert last.body["shown"] == [{"place": place, "reason": "her own payslip names it"}]
    assert last.body["more"] == 2
    assert "Kitchen" not in json.dumps(last.body)


@pytest.mark.parametrize(
    "wrong",
    [{"known": ()}, {"known": ("other",)}, {"alone": None}, {"alone": False}, {"wanted": False}, {"unseen": None}, {"kept": ""}, {"kept": "other"}],
)  # fmt: skip
def test_nothing_is_opened_before_both_checks_are_answered_safely(desk: Desk, wrong: dict[str, object]) -> None:
    case = full_case(desk)
    before = desk.space._vault.history.head()
    with pytest.raises(WrongInput):
        desk.space.access.open([case], msgspec.structs.replace(SAFE, **wrong), desk.space.preferences)
    assert desk.space._vault.history.head() == before


def test_both_checks_and_what_came_of_them_are_in_the_history(desk: Desk) -> None:
    case = full_case(desk)
    unsafe = Check(known=("talk",), alone=False)
    assert unsafe.unsafe
    desk.space.access.put_off([case], unsafe, "her cousin waits outside")
    found = held(desk, case)
    desk.space.access.given(found, told(desk, found), Masking(), "sealed")
    lines = desk.space._vault.history.lines(case=case, limit=4)
    assert [line.kind for line in lines] == ["access_given", "access_asked", "read", "access_put_off"]
    assert lines[0].body["way"] == "sealed"
    assert lines[1].body["check"]["kept"] == "lawyer"
    assert lines[3].body["reason"] == "her cousin waits outside"
    desk.space.verify_history()


@pytest.mark.full
@pytest.mark.parametrize("chosen", ["my grandmother keeps seven hens", ""])
def test_the_deliverable_opens_with_the_persons_own_passphrase_or_with_drawn_words(desk: Desk, chosen: str) -> None:
    found = held(desk, full_case(desk))
    out = told(desk, found)
    sealed, words = desk.space.access.sealed(out, chosen)
    assert words == chosen or (len(words.split()) == 7 and set(words.split()) <= set(sheets.LIST))
    archive = zipfile.ZipFile(io.BytesIO(sealing.open_with_passphrase(sealed, words)))
    assert archive.namelist() == ["1.pdf", "1.json"]
    assert archive.read("1.json") == write_told(out)
    assert archive.read("1.pdf") == desk.space.access.paper(out)
    assert OWN.encode() not in sealed
    with pytest.raises(sealing.WrongPassphrase):
        sealing.open_with_passphrase(sealed, PASSPHRASE)


EVA = "another passphrase for Eva"


def test_a_record_limited_to_others_is_told_to_exist_and_nothing_else_of_it(desk: Desk, tmp_path: Path) -> None:
    mine, limited = full_case(desk), full_case(desk, "Zwanenburgwal")
    code = desk.space.caseload.case(limited).code
    eva = desk.space.ways_in.add("Eva", EVA)
    desk.space.keeping.limit(limited, [eva.id])

    found = held(desk, limited, mine)
    assert (len(found.cases), found.closed) == (1, 1)
    out = told(desk, found)
    record, text = write_told(out).decode(), paper_text(desk.space.access.paper(out), tmp_path)
    assert "1 more record about you is here." in record
    for place in (record, text):
        assert not any(word in place for word in ("Zwanenburgwal", code, limited, "Eva"))
    desk.space.access.given(found, out, Masking(), "printed")
    assert desk.space._vault.history.lines(case=limited, limit=1)[0].kind == "refused"

    with pytest.raises(NotForYou):
        held(desk, limited)
    before = desk.space._vault.history.head()
    with pytest.raises(NotForYou):
        desk.space.access.put_off([limited], Check(), "not now")
    assert desk.space._vault.history.head() == before
    desk.space.access.put_off([limited, mine], Check(), "not now, her cousin waits")
    assert "cousin waits" not in str(desk.space._vault.history.lines(case=limited, limit=1)[0].body)

    desk.space.close()
    desk.space = Workspace.unlock(desk.folder, EVA, now=desk.now)
    both = held(desk, limited, mine)
    assert (len(both.cases), both.closed) == (2, 0)
    assert both.cases[0].readers == 1
    assert "Zwanenburgwal" in write_told(told(desk, both)).decode()
    assert names_in(write_told(told(desk, both)).decode()) == []


def test_what_came_from_others_about_the_person_is_told_with_its_identity_part(tmp_path: Path) -> None:
    sender, cell = Desk(tmp_path / "a"), Desk(tmp_path / "b", organisation="Cell", worker="Schmit")
    case = full_case(sender)
    sender.space.post.learn_recipient("lu.infotraite", cell.space.post.card_file())
    [file] = sender.space.post.seal(case, ("lu.infotraite",), "en", tmp_path)
    cell.space.post.take(cell.space.post.open_package(file.read_bytes()))
    own = cell.begin()

    [arrived] = cell.space.access.arrived([own.id])
    assert (arrived.sender, arrived.fits) == ("ITM", False)
    found = held(cell, own.id, received=(arrived.package,))
    first = told(cell, found)
    parts = json.loads(write_told(first))["parts"]["received_1"]["sections"]
    assert parts["package"]["rows"]["from"]["values"][0] == "ITM"
    assert OWN in json.dumps(parts["identity"])
    assert "Weber" not in json.dumps(parts)
    assert "Nystrom" in first.open_names  # no field that came names them: the worker does
    more = (*first.open_names, "papadakis", "muller vogt", "kowalska", "okonkwo", "brandsma", "00352 621.778.899")
    assert names_in(write_told(told(cell, found, masking=Masking(more=more))).decode()) == []
    assert held(cell, own.id).came == ()
    sender.space.close()
    cell.space.close()


def test_every_choice_of_the_checks_and_every_deed_has_words() -> None:
    en = language("en")
    kinds = re.findall(r'"(\w[\w ]*)": say', Path("victim_id/access/deeds.py").read_text("utf-8"))
    assert {"access_asked", "access_given", "access_put_off", "read"} <= set(kinds)
    assert all(deed(en, kind) for kind in kinds)
    assert len(set(KNOWN)) == 6
    assert len(set(KEPT)) == 5


def test_the_paper_is_in_the_persons_language_where_there_is_one() -> None:
    assert fitting_language("fr", "en") == "fr"
    assert fitting_language("ti", "fr") == "fr"
