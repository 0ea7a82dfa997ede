"""A copy for the person: two checks first, every mask in sight, and only then it leaves; what was done is written down."""

import io
import json
import zipfile

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Office
from tests.ui.test_desk import texts
from tests.ui.test_keeping import begin, care, new_passphrase, press, put, start
from victim_id import sealing
from victim_id.instrument.answers import Answer
from victim_id.ui.pages.access import AccessPage
from victim_id.ui.pages.care import CarePage
from victim_id.ui.pages.print_out import PrintPage
from victim_id.vault.sheets import LIST

OWN_WORDS = "my grandmother keeps seven hens"


def fill(office: Office, case: str) -> None:
    def deed(space) -> None:
        space.caseload.details(case, {"J3.name": "Brandsma", "D2.last": "Ionescu"})
        space.caseload.answer(
            case, Answer(question="account.tell", value="given", words="brandsma hit me. Later Kamal came")
        )

    office.desk.ask.change(deed, lambda _: None, office.desk.signed_in.bench.failed, office.desk)
    office.settle()


def asked(office: Office, *cases: str) -> AccessPage:
    care(office, *cases)
    press(office, "A copy for the person…")
    page = office.page()
    assert isinstance(page, AccessPage)
    return page


def answer_safely(office: Office, page: AccessPage, kept: str = "lawyer") -> None:
    for chips, key in ((page.check.known, "talk"), *((chips, "yes") for chips in page.check.asked.values()), (page.check.kept, kept)):  # fmt: skip
        office.qtbot.mouseClick(chips.chip(key), Qt.MouseButton.LeftButton)


def opened(office: Office, kept: str = "lawyer") -> tuple[AccessPage, str]:
    start(office)
    case = begin(office, "Zwanenburgwal")
    fill(office, case)
    page = asked(office, case)
    answer_safely(office, page, kept)
    press(office, "Open what is held")
    return page, case


def history(office: Office, case: str) -> list:
    found: list = []
    office.desk.ask.read(lambda space: space._vault.history.lines(case=case, limit=8), found.extend, lambda _: None, office.desk)  # fmt: skip
    office.settle()
    return found


def sealed_copy(office: Office, words: str) -> dict:
    sealed = (office.folder / "1.zip.age").read_bytes()
    assert b"Zwanenburgwal" not in sealed
    return json.loads(zipfile.ZipFile(io.BytesIO(sealing.open_with_passphrase(sealed, words))).read("1.json"))


def test_nothing_is_shown_before_both_checks_and_an_unsafe_answer_stops_it(office: Office) -> None:
    start(office)
    case = begin(office, "Zwanenburgwal")
    page = asked(office, case)
    press(office, "Open what is held")
    assert "Still to be answered: how you knew them, whether they are alone" in texts(office)
    answer_safely(office, page)
    office.qtbot.mouseClick(page.check.asked["alone"].chip("no"), Qt.MouseButton.LeftButton)
    press(office, "Open what is held")
    assert "Hand nothing out now." in texts(office)
    assert "Zwanenburgwal" not in page.reader.toPlainText()
    press(office, "Not now")
    assert "Please write why not now" in texts(office)
    put(office, page.check.reason, "her cousin waits outside; again on Monday")
    press(office, "Not now")
    assert isinstance(office.page(), CarePage)
    line = history(office, case)[0]
    assert line.kind == "access_put_off"
    assert line.body["check"]["alone"] is False
    assert line.body["reason"] == "her cousin waits outside; again on Monday"


def test_every_mask_is_in_sight_and_more_can_be_covered_by_typing_pressing_or_marking(office: Office) -> None:
    page, _ = opened(office)
    text = page.reader.toPlainText()
    assert "Zwanenburgwal" in text
    assert "brandsma" not in text.lower()
    assert len(page.reader.extraSelections()) == text.count(page.reader._mask) > 2
    press(office, "Kamal")
    assert "Kamal" not in page.reader.toPlainText()
    put(office, page.masks.word, "Zwanenburgwal")
    office.qtbot.keyClick(page.masks.word, Qt.Key.Key_Return)
    office.settle()
    assert "Zwanenburgwal" not in page.reader.toPlainText()
    assert "Stands nowhere" not in texts(office)
    put(office, page.masks.word, "Zwannenburg")
    office.qtbot.keyClick(page.masks.word, Qt.Key.Key_Return)
    office.settle()
    assert "Stands nowhere in the text: Zwannenburg" in texts(office)
    cursor = page.reader.document().find("hit me")
    assert isinstance(cursor, QTextCursor)
    page.reader.setTextCursor(cursor)
    press(office, "Cover what is marked in the text")
    assert "hit me" not in page.reader.toPlainText()
    press(office, "hit me")
    assert "hit me" in page.reader.toPlainText()


def test_a_place_is_shown_only_with_a_reason_which_is_kept(office: Office) -> None:
    page, case = opened(office)
    office.qtbot.mouseClick(page.give.tongue.chip("en"), Qt.MouseButton.LeftButton)
    office.settle()
    press(office, "Employer – Name: Show it…")
    place = next(one for one in (page.masks._places.itemAt(n).widget() for n in range(page.masks._places.count())) if "J3" in one._place.key)  # fmt: skip
    office.qtbot.keyClick(place.reason, Qt.Key.Key_Return)
    office.settle()
    assert "Brandsma" not in page.reader.toPlainText()
    put(office, place.reason, "it stands on her payslip")
    office.qtbot.keyClick(place.reason, Qt.Key.Key_Return)
    office.settle()
    assert "Employer – Name: Brandsma" in page.reader.toPlainText()
    assert "Shown: it stands on her payslip" in texts(office)
    office.qtbot.mouseClick(page.give.sure, Qt.MouseButton.LeftButton)
    press(office, "Save unlocked files…")
    assert history(office, case)[0].body["shown"] == [
        {"place": "record_1/details/J3.name", "reason": "it stands on her payslip"}
    ]
    press(office, "Employer – Name: Cover again")
    assert "Employer – Name: Brandsma" not in page.reader.toPlainText()


def test_the_copy_opens_with_the_persons_passphrase(office: Office) -> None:
    page, case = opened(office)
    press(office, "Save, sealed with it…")
    assert not (office.folder / "1.zip.age").exists()
    new_passphrase(office, page.give.passphrase, OWN_WORDS)
    press(office, "Save, sealed with it…")
    assert page.give.passphrase.first.text() == ""
    assert OWN_WORDS not in texts(office)
    record = sealed_copy(office, OWN_WORDS)
    assert record["parts"]["record_1"]["sections"]["record"]["rows"]["place"]["values"] == ["Zwanenburgwal"]
    assert record["language"] == "fr"
    assert history(office, case)[0].body["way"] == "sealed"


@pytest.mark.full
def test_drawn_words_are_shown_once_and_open_the_copy(office: Office) -> None:
    page, _ = opened(office)
    office.qtbot.mouseClick(page.give.tongue.chip("en"), Qt.MouseButton.LeftButton)
    office.settle()
    press(office, "Save, sealed with drawn words…")
    words = page.give.note.accessibleName().partition("only now: ")[2].split()[:7]
    assert set(words) <= set(LIST)
    assert sealed_copy(office, " ".join(words))["language"] == "en"


def test_unlocked_files_need_a_tick_below_their_warning(office: Office) -> None:
    page, case = opened(office)
    assert not page.give.plain_button.isEnabled()
    office.qtbot.mouseClick(page.give.sure, Qt.MouseButton.LeftButton)
    press(office, "Save unlocked files…")
    assert json.loads((office.folder / "1.json").read_bytes())["victim_id_access"] == 1
    assert (office.folder / "1.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (office.folder / "1.pdf").stat().st_mode & 0o077 == 0
    assert history(office, case)[0].body["way"] == "plain"
    assert not page.give.sure.isChecked()


def test_unlocked_files_replace_nothing(office: Office) -> None:
    page, _ = opened(office)
    (office.folder / "1.pdf").write_bytes(b"of somebody else")
    office.qtbot.mouseClick(page.give.sure, Qt.MouseButton.LeftButton)
    press(office, "Save unlocked files…")
    assert (office.folder / "1.pdf").read_bytes() == b"of somebody else"
    assert not (office.folder / "1.json").exists()
    assert "Saved, unlocked: 2.pdf, 2.json." in texts(office)
    assert json.loads((office.folder / "2.json").read_bytes())["victim_id_access"] == 1


@pytest.mark.full
def test_a_sealed_copy_that_could_not_be_written_is_not_noted_and_its_words_are_not_shown(office: Office) -> None:
    page, case = opened(office)
    before = history(office, case)
    office.desk.signed_in.handing.save_sealed(office.folder / "no such stick" / "1.zip.age", "")
    office.settle()
    assert page.note.accessibleName() != ""
    assert "only now" not in texts(office)
    assert history(office, case) == before


def test_a_printed_copy_is_noted_when_it_was_handed_to_the_printer(office: Office) -> None:
    page, case = opened(office)
    office.qtbot.mouseClick(page.give.paper_button, Qt.MouseButton.LeftButton)
    office.settle()
    assert isinstance(office.page(), PrintPage)
    assert "The print queue keeps a plain copy." in texts(office)
    assert history(office, case)[0].kind == "access_asked"
    press(office, "Print…")
    assert history(office, case)[0].body["way"] == "printed"


def test_what_is_read_together_leaves_nothing(office: Office) -> None:
    page, case = opened(office, kept="here")
    assert not page.give.seal_button.isVisible()
    assert not page.give.plain_button.isVisible()
    press(office, "We read it together")
    assert history(office, case)[0].body["way"] == "read"


def test_leaving_forgets_the_copy_and_its_answers(office: Office) -> None:
    page, _ = opened(office)
    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_Escape)
    office.settle()
    QApplication.processEvents()
    assert isinstance(office.page(), CarePage)
    assert page.reader.toPlainText() == ""
    assert page.check.known.keys() == ()
    assert office.desk.signed_in.handing._copy is None
    press(office, "A copy for the person…")
    assert page.check.isVisible()


def test_under_police_law_the_officer_is_asked_first(office: Office) -> None:
    start(office)
    case = begin(office)
    office.desk.signed_in.bench.preferences = msgspec.structs.replace(
        office.desk.signed_in.bench.preferences, regime="LED"
    )
    asked(office, case)
    assert "Your organisation works under police law." in texts(office)
