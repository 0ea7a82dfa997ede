"""A hand scanner types what the QR code of a recovery sheet carries, faster than anybody, with Enter at the end."""

import pytest
from PySide6.QtCore import Qt

from tests import qr
from tests.test_keeping import text_of, typed_from
from tests.ui.conftest import Office
from tests.ui.test_desk import texts
from tests.ui.test_keeping import begin, lock_and_start_again, make_sheets, new_passphrase, press, start
from victim_id.language import language
from victim_id.ui.pages.cases import CasesPage
from victim_id.ui.pages.lost import LostPage
from victim_id.ui.pages.sheet_words import SheetWords, TwoSheets
from victim_id.ui.widgets.choices import Chip
from victim_id.vault.sheets import LIST, WORDS


def scan(qtbot, field, text: str, *end: Qt.Key) -> None:
    """Types as a scanner does: every sign as a key, no pause, and what it is set to send at the end."""
    qtbot.keyClicks(field, text)
    for key in end:
        qtbot.keyClick(field, key)


@pytest.mark.full
def test_two_printed_sheets_are_scanned_one_after_the_other_and_open_the_vault(office: Office) -> None:
    start(office)
    case = begin(office)
    by_hand = make_sheets(office)
    scanned = [qr.read((office.folder / f"sheet-{number}.pdf").read_bytes()) for number in (1, 2, 3)]
    assert scanned == by_hand
    lock_and_start_again(office)
    press(office, "I lost my passphrase")
    page = office.page()
    assert isinstance(page, LostPage)
    page.first.setFocus()
    for words in scanned[1:]:
        scan(office.qtbot, office.desk.shell.focusWidget(), words, Qt.Key.Key_Return)
        office.settle()
    assert [sheet.look for sheet in page.typed.sheets] == ["whole", "whole"]
    assert "This sheet is whole." in texts(office)
    press(office, "Next")
    press(office, "A. Weber", Chip)
    new_passphrase(office, page.new, "the moss grows on northern walls")
    press(office, "Open the vault")
    assert isinstance(office.page(), CasesPage)
    assert office.page().model.row(0).id == case


@pytest.mark.parametrize(
    "end",
    [(), (Qt.Key.Key_Return,), (Qt.Key.Key_Enter,), (Qt.Key.Key_Return, Qt.Key.Key_Return), (Qt.Key.Key_Tab,), (Qt.Key.Key_Space, Qt.Key.Key_Return)],
    ids=["nothing", "enter", "keypad", "twice", "tab", "space"],
)  # fmt: skip
@pytest.mark.parametrize("capital", [False, True])
def test_scanned_words_are_those_that_are_typed_whatever_the_scanner_sends_last(qapp, qtbot, end, capital) -> None:
    words = " ".join(LIST[number * 31 % len(LIST)] for number in range(WORDS))
    typed, scanned = (SheetWords(language("en"), "Words", LIST, WORDS) for _ in range(2))
    for sheet in (typed, scanned):
        qtbot.addWidget(sheet)
        sheet.show()
    for word in words.split():
        scan(qtbot, typed.field, word[:4], Qt.Key.Key_Space)
    scan(qtbot, scanned.field, words.upper() if capital else words, *end)
    assert scanned.text().casefold().split() == typed.text().split() == words.split()
    assert "\n" not in scanned.text()
    assert f"{WORDS} of {WORDS} words" in scanned._count.text()


def test_a_scan_is_looked_at_at_once_and_leads_on_only_to_an_empty_sheet(qapp, qtbot) -> None:
    both = TwoSheets(language("en"), LIST, WORDS)
    qtbot.addWidget(both)
    both.show()
    both.activateWindow()
    qtbot.waitUntil(both.isActiveWindow)
    first, second = both.sheets
    asked: list[tuple[int, str]] = []
    both.looked.connect(lambda number, text, _other: asked.append((number, text)))
    words = " ".join(LIST[:WORDS])
    first.field.setFocus()
    scan(qtbot, first.field, words, Qt.Key.Key_Return)
    assert [(number, text.split()) for number, text in asked] == [(0, words.split())]
    assert second.field.hasFocus()
    scan(qtbot, second.field, words, Qt.Key.Key_Return)
    assert second.field.hasFocus()
    scan(qtbot, first.field, "academic", Qt.Key.Key_Return)
    assert len(asked) == 3
    assert len(first.text().split()) == WORDS + 1


def test_enter_before_a_sheet_is_whole_leads_nowhere(qapp, qtbot) -> None:
    both = TwoSheets(language("en"), LIST, WORDS)
    qtbot.addWidget(both)
    both.show()
    asked: list[int] = []
    both.looked.connect(lambda number, _text, _other: asked.append(number))
    scan(qtbot, both.sheets[0].field, "academic acid", Qt.Key.Key_Return)
    assert asked == []
    assert both.sheets[0].text() == "academic acid "


@pytest.mark.full
@pytest.mark.parametrize("tag", ["en", "fr"])
def test_the_code_on_each_sheet_carries_its_words_and_nothing_else(office: Office, tag: str) -> None:
    start(office)
    found: list[bytes] = []
    office.desk.ask.change(
        lambda space: space.ways_in.recovery_sheets(language(tag)), found.extend, office.desk.signed_in.bench.failed, office.desk
    )  # fmt: skip
    office.settle()
    for pdf in found:
        assert qr.read(pdf) == typed_from(text_of(pdf)[1])
