"""The guide: read offline, searched while typing, opened at the part about the page one is on."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office
from victim_id.language import LONG, language
from victim_id.resources import shipped
from victim_id.ui.guide import Guide, read_guide
from victim_id.ui.pages.guide import GuidePage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.start import StartPage
from victim_id.ui.pages.unlock import UnlockPage


def opened(qtbot: QtBot) -> GuidePage:
    page = GuidePage(language("en"), read_guide("en"))
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


def test_every_guide_that_is_shipped_has_headings_and_a_part_for_each_page() -> None:
    for file in (shipped("docs") / "guide").glob("*.md"):
        guide = read_guide(file.stem)
        assert len(guide.headings) > 8
        assert {"unlock", "cases", "start", "interview", "own_view", "assessment", "referral", "inbox"} <= set(
            guide.topics
        )


def test_a_language_without_a_guide_gets_the_english_one_in_its_own_direction() -> None:
    guide = read_guide(LONG, "rtl")
    assert guide.direction == "ltr"
    assert guide.headings == read_guide("en").headings


def test_a_picture_that_is_not_there_leaves_no_hole(tmp_path) -> None:
    guide = read_guide("en")
    named = {line for line in guide.text.splitlines() if line.startswith("![")}
    there = {file.stem for file in guide.pictures.glob("*.png")} if guide.pictures.exists() else set()
    assert all(any(stem in line for stem in there) for line in named)


def test_f1_opens_the_part_about_the_page_and_escape_leads_back(office: Office) -> None:
    unlock_or_first = office.page()
    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_F1)
    QApplication.processEvents()
    page = office.page()
    assert isinstance(page, GuidePage)
    assert page.reader.textCursor().block().text() == "Unlock"
    office.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert office.page() is unlock_or_first
    office.create()
    office.desk.signed_in.new()
    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_F1)
    QApplication.processEvents()
    assert office.page().reader.textCursor().block().text() == "Begin a talk"
    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_F1)
    assert isinstance(office.page(), StartPage)
    assert not isinstance(office.page(), UnlockPage)


def test_what_is_half_typed_in_a_talk_is_still_there_after_the_guide(office: Office) -> None:
    office.create()
    office.desk.signed_in.new()
    start = office.page()
    start.begin.click()
    office.settle()
    page = office.page()
    assert isinstance(page, InterviewPage)
    office.qtbot.keyClicks(page.pad.words, "half a sent")
    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_F1)
    office.settle()
    office.page().left.emit()
    assert office.page() is page
    assert page.pad.words.toPlainText() == "half a sent"


def test_search_counts_marks_and_goes_from_one_to_the_next(qtbot: QtBot) -> None:
    page = opened(qtbot)
    qtbot.keyClicks(page.search, "passphrase")
    qtbot.waitUntil(lambda: page._count.text().startswith("1 of "))
    found = int(page._count.text().split()[-1])
    assert found == page._guide.text.lower().count("passphrase")
    assert len(page.reader.extraSelections()) == found
    first = page.reader.textCursor().position()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page._count.text() == f"2 of {found}"
    assert page.reader.textCursor().position() > first
    qtbot.keyClick(page.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.reader.textCursor().position() == first
    page.search.clear()
    qtbot.keyClicks(page.search, "zzz")
    qtbot.waitUntil(lambda: page._count.text() == "Nothing found")
    assert page.reader.extraSelections() == []


def test_a_heading_on_the_left_brings_its_part_to_the_top(qtbot: QtBot) -> None:
    page = opened(qtbot)
    for button in page.headings:
        button.click()
        assert page.reader.textCursor().block().text() == button.words


def test_the_guide_opens_no_address_but_its_own_pictures(qtbot: QtBot, tmp_path) -> None:
    page = opened(qtbot)
    kind = QTextDocument.ResourceType.ImageResource.value
    for address in ("https://example.org/", "file:///etc/hostname", "../../README.md"):
        assert page.reader.loadResource(kind, QUrl(address)) is None
    text = "# T\n\n## A\n\n![x](file:///etc/a.png)\n\n[away](https://example.org)"
    page.reader.read(Guide(text, ((1, "A"),), {}, tmp_path))
    assert not page.reader.openLinks()
    assert not page.reader.openExternalLinks()


def test_a_link_leads_to_a_heading_of_the_guide_and_nowhere_else(qtbot: QtBot) -> None:
    page = opened(qtbot)
    page.reader.anchorClicked.emit(QUrl("#practice"))
    assert page.reader.textCursor().block().text() == "Practice"
    page.reader.anchorClicked.emit(QUrl("en.md"))
    assert "passphrase" in page.reader.toPlainText()
