"""What happens to a talk later: answers changed with a reason, times and who was there, pauses, and quick screens."""

import re
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Office
from tests.ui.test_desk import begin, stored, texts, to_a_yes_no_question, unlock
from victim_id.casework.changes import changes
from victim_id.ui.pages.asked import Given
from victim_id.ui.pages.changed import ChangesPage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.own_view import OwnViewPage


def later(office: Office, **time: int) -> None:
    office.now.moment += timedelta(**time)


def change_an_answer(office: Office, page: InterviewPage) -> str:
    question = to_a_yes_no_question(office, page)
    page.given.emit(Given(question, "no", "said"))
    office.settle()
    later(office, minutes=20)
    page.question.emit(question)
    page.pad.press(1)
    office.settle()
    return question


def test_an_answer_changed_later_shows_the_earlier_one_and_asks_why(office: Office, qtbot) -> None:
    page = begin(office)
    question = change_an_answer(office, page)
    assert page.pad.changed.isVisible()
    assert "Before: No · said by the person" in texts(office)
    page.pad.changed.reason.setFocus()
    qtbot.keyClicks(page.pad.changed.reason, "the foreman stood there")
    qtbot.keyClick(page.pad.changed.reason, Qt.Key.Key_Return)
    office.settle()
    ((case,), _) = stored(office)
    (change,) = changes(case)
    assert (change.before.value, change.after.value, change.reason) == ("no", "yes", "the foreman stood there")
    assert case.answers[question][0].value == "yes"


def test_a_slip_corrected_at_once_asks_nothing(office: Office) -> None:
    page = begin(office)
    to_a_yes_no_question(office, page)
    page.pad.press(1)
    page.pad.press(2)
    office.settle()
    assert not page.pad.changed.isVisible()


def test_the_list_of_changes_leads_back_to_the_question(office: Office) -> None:
    page = begin(office)
    question = change_an_answer(office, page)
    assert page.side._changed.words == "1 answer was changed"
    page.side._changed.click()
    list_ = office.page()
    assert isinstance(list_, ChangesPage)
    office.settle()
    assert "Before: No" in texts(office)
    assert "Now: Yes" in texts(office)
    assert "No reason was given." in texts(office)
    list_.question.emit(question)
    assert office.page() is page
    assert page._talking.question.id == question


def test_own_words_take_the_time_on_a_line_of_its_own_and_say_when_they_were_written(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    page.pad.words.setFocus()
    qtbot.keyClicks(page.pad.words, "He was afraid.")
    page.pad._time.click()
    qtbot.keyClicks(page.pad.words, "Calmer now.")
    first, second = page.pad.words.toPlainText().split("\n")
    assert first == "He was afraid."
    assert re.fullmatch(r"\[\d\d:\d\d\] Calmer now\.", second)
    page.pad.press(1)
    office.settle()
    page.question.emit(question)
    assert page.pad._when.text().startswith("written ")
    ((case,), _) = stored(office)
    assert case.answers[question][0].words == f"{first}\n{second}"


def test_who_was_there_and_who_interprets_go_with_every_answer(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    page.side._edit.show()
    page.side._interpreter.setFocus()
    qtbot.keyClicks(page.side._interpreter, "Service 4711")
    qtbot.keyClick(page.side._interpreter, Qt.Key.Key_Return)
    page.side._present.setFocus()
    qtbot.keyClicks(page.side._present, "a colleague, at the door")
    qtbot.keyClick(page.side._present, Qt.Key.Key_Return)
    page.pad.press(2)
    office.settle()
    assert "Service 4711 · a colleague, at the door" in texts(office)
    ((case,), _) = stored(office)
    talk = case.answers[question][0].talk
    assert (talk.interpreter, talk.present) == ("Service 4711", "a colleague, at the door")


def test_a_pause_blanks_the_screen_lets_no_key_through_and_comes_back_to_the_same_word(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    page.pad.words.setFocus()
    qtbot.keyClicks(page.pad.words, "half a sen")
    qtbot.keyClick(page.pad.words, Qt.Key.Key_F10)
    shell = office.desk.shell
    assert shell._cover.isVisible()
    assert shell._cover.geometry() == shell.rect()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_F7, Qt.Key.Key_F9):
        if key != Qt.Key.Key_Return:
            qtbot.keyClick(shell.focusWidget() or shell, key)
    office.settle()
    assert shell._cover.isVisible()
    assert not page._talking.question.answers
    assert office.desk.signed_in.talks._drafts[question] == "half a sen"
    qtbot.keyClick(shell._cover.go_on, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not shell._cover.isVisible()
    assert shell.focusWidget() is page.pad.words
    qtbot.keyClicks(page.pad.words, "tence")
    assert page.pad.words.toPlainText() == "half a sentence"


def test_someone_came_in_hides_a_result_too(office: Office, qtbot) -> None:
    page = begin(office)
    to_a_yes_no_question(office, page)
    page.pad.press(1)
    page.view_wanted.emit()
    assert isinstance(office.page(), OwnViewPage)
    qtbot.keyClick(office.desk.shell, Qt.Key.Key_F7)
    office.settle()
    assert office.page() is page
    question = page._talking.question
    private = {s.id for s in office.desk.signed_in.talks.instrument.sections if s.private}
    assert office.desk.signed_in.talks.instrument.section_of[question.id].id not in private
    assert not page.side.isVisible()
    qtbot.keyClick(office.desk.shell, Qt.Key.Key_F8)
    assert not page.side.isVisible()


def test_someone_came_in_without_a_case_blanks_the_window(office: Office, qtbot) -> None:
    office.create()
    qtbot.keyClick(office.desk.shell, Qt.Key.Key_F7)
    assert office.desk.shell._cover.isVisible()


def test_distress_shows_whom_to_call_from_any_page_and_no_key_answers(office: Office, qtbot) -> None:
    page = begin(office)
    to_a_yes_no_question(office, page)
    page.view_wanted.emit()
    qtbot.keyClick(office.desk.shell, Qt.Key.Key_F6)
    office.settle()
    assert office.page() is page
    assert "Stop asking. Everything is kept." in texts(office)
    assert "112" in texts(office)
    at = page._talking.question.id
    qtbot.keyClick(page, Qt.Key.Key_1)
    qtbot.keyClick(page, Qt.Key.Key_Return)
    office.settle()
    assert page._talking.question.id == at
    assert not page._talking.question.answers
    page._calm.go_on.click()
    office.settle()
    assert page._faces.currentIndex() == 0
    assert not page._talking.talk.distressed


def test_stopped_for_today_goes_on_another_day_at_the_same_question_with_its_words(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    qtbot.keyClicks(page.pad.words, "not finis")
    page.distressed.emit()
    office.settle()
    page._calm.stop.click()
    office.settle()
    office.desk.lock()
    office.start_again()
    later(office, days=3)
    unlock(office)
    cases = office.page()
    office.settle()
    row = cases.model.row(0)
    assert row.next_step == "Person asked to stop"
    cases.table.opened.emit(row)
    office.settle()
    page = office.page()
    assert page._talking.question.id == question
    assert page.pad.words.toPlainText() == "not finis"


def test_a_quick_screen_has_no_own_view_and_no_level_however_it_is_left(office: Office) -> None:
    page = begin(office, quick=True)
    assert page.side.view.words == "See what to do"
    assert not page.side._result.isVisible()
    page.side.view.click()
    office.settle()
    assert office.page() is page
    assert "Leave the card" in texts(office)
    office.desk.signed_in.assess()
    assert office.page() is page
    page._done.asked.emit()
    office.settle()
    assert page._talking.question is not None
    assert page._talking.total > 60
    assert page.side.view.words == "Write down your own view"


def test_the_next_person_of_a_visit_gets_a_case_of_their_own_with_the_place_and_what_was_seen(office: Office) -> None:
    page = begin(office)
    page.given.emit(Given("see.locked", "yes", "observed"))
    page.given.emit(Given("see.injury", "yes", "observed"))
    page.given.emit(Given("work.hours", "given", "said", number=14))
    office.settle()
    first = office.desk.signed_in.talks.case
    page.side.next_person.emit()
    start = office.page()
    assert "1 fact you saw or read about the place comes along." in texts(office)
    assert start.place.text() == "Kitchen, Esch"
    start.begin.click()
    office.settle()
    second = office.desk.signed_in.talks.case
    assert second.id != first.id
    assert set(second.answers) == {"see.locked"}
    assert second.place == first.place


def test_a_new_interview_after_a_visit_that_did_not_go_on_takes_nothing_along(office: Office) -> None:
    page = begin(office)
    page.given.emit(Given("see.locked", "yes", "observed"))
    office.settle()
    page.side.next_person.emit()
    office.desk.signed_in.cases()
    office.desk.signed_in.new()
    assert office.page().place.text() == ""
    office.page().begin.click()
    office.settle()
    assert office.desk.signed_in.talks.case.answers == {}
