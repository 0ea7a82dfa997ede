"""The page the person sees: their language only, no earlier answer, and no way back without the PIN."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from victim_id.language import language
from victim_id.ui.pages.show import PersonWords, ShownQuestion, ShowPage

WORDS = PersonWords("العربية", "rtl", "أريد أن أتوقف", "لست وحدي", "شكرا", "عودة")
QUESTION = ShownQuestion(
    "q1", "هل أنت بخير؟", (("yes", "نعم"), ("no", "لا"), ("unknown", "لا أعرف"), ("declined", "لا أريد"))
)


@pytest.fixture
def page(qtbot) -> ShowPage:
    page = ShowPage(language("en"))
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.enter(WORDS, QUESTION)
    page.show()
    return page


def set_pin(qtbot, page: ShowPage, pin: str) -> None:
    qtbot.keyClicks(page._setting.field, pin)
    qtbot.keyClick(page._setting.field, Qt.Key.Key_Return)


def test_the_question_is_not_shown_before_a_pin_is_chosen(qtbot, page: ShowPage) -> None:
    assert not page._asking.isVisible()
    set_pin(qtbot, page, "12")
    assert not page._asking.isVisible()
    assert "4" in page._setting.labelled._note.text()
    set_pin(qtbot, page, "1234")
    assert page._asking.isVisible()


def test_nothing_of_the_workers_language_is_on_the_persons_screen(qtbot, page: ShowPage) -> None:
    set_pin(qtbot, page, "1234")
    texts = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    texts += [w.accessibleName() for w in page.findChildren(QWidget) if w.isVisible()]
    assert not [text for text in texts if any("a" <= letter.lower() <= "z" for letter in text)]


def test_answers_all_look_alike_and_none_is_marked(qtbot, page: ShowPage) -> None:
    set_pin(qtbot, page, "1234")
    shown = [option for option in page._asking._options if option.isVisible()]
    assert len(shown) == 4
    assert len({option.size().toTuple() for option in shown}) <= 2
    with qtbot.waitSignal(page.answered) as told:
        qtbot.mouseClick(shown[1], Qt.MouseButton.LeftButton)
    assert told.args == ["q1", "no"]
    page.ask(QUESTION)
    assert not any(option.isChecked() for option in shown)


def test_stop_and_not_alone_are_equally_discreet(qtbot, page: ShowPage) -> None:
    set_pin(qtbot, page, "1234")
    asking = page._asking
    assert asking._stop.height() == asking._alone.height()
    assert type(asking._stop) is type(asking._alone)
    with qtbot.waitSignal(page.stopped):
        qtbot.mouseClick(asking._stop, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.not_alone):
        qtbot.mouseClick(asking._alone, Qt.MouseButton.LeftButton)


def test_coming_back_needs_the_pin_and_three_wrong_tries_lock(qtbot, page: ShowPage) -> None:
    set_pin(qtbot, page, "1234")
    assert page.pressed("back")
    coming, heard = page._coming, list[str]()
    page.returned.connect(lambda: heard.append("returned"))
    page.locked.connect(lambda: heard.append("locked"))
    for pin in ("0000", "1111"):
        qtbot.keyClicks(coming.field, pin)
        qtbot.keyClick(coming.field, Qt.Key.Key_Return)
    assert heard == []
    qtbot.keyClicks(coming.field, "2222")
    qtbot.keyClick(coming.field, Qt.Key.Key_Return)
    assert heard == ["locked"]


def test_the_right_pin_comes_back(qtbot, page: ShowPage) -> None:
    set_pin(qtbot, page, "987654")
    page.pressed("back")
    qtbot.keyClicks(page._coming.field, "987654")
    with qtbot.waitSignal(page.returned):
        qtbot.keyClick(page._coming.field, Qt.Key.Key_Return)


def test_escape_on_the_pin_leaves_the_question_there(qtbot, page: ShowPage) -> None:
    set_pin(qtbot, page, "1234")
    page.pressed("back")
    qtbot.keyClick(page._coming, Qt.Key.Key_Escape)
    assert page._asking.isVisible()


@pytest.mark.parametrize("deed", ["refer_now", "new", "came_in", "search"])
def test_no_key_of_the_worker_does_anything_here(page: ShowPage, deed: str) -> None:
    assert page.pressed(deed)


def test_a_text_without_answers_offers_none(qtbot, page: ShowPage) -> None:
    set_pin(qtbot, page, "1234")
    page.ask(ShownQuestion("", "متى يبدأ العمل؟", ()))
    assert not any(option.isVisible() for option in page._asking._options)
