"""One question: keys answer, sources stand apart, what is typed is told, and nothing is lost on the way."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.samples import CHOICE, NUMBER, TONGUES, YES_NO, talking
from victim_id.instrument.answers import Answer, Talk
from victim_id.language import language
from victim_id.ui.pages.asked import Asked, Given
from victim_id.ui.pages.interview import InterviewPage

TEXT = Asked("account.tell", "Account", "", "What happened?", "O que aconteceu?", kind="text")


class Heard:
    def __init__(self, page: InterviewPage) -> None:
        self.given: list[Given] = []
        self.drafts: list[tuple[str, str]] = []
        self.said: list[str] = []
        page.given.connect(self.given.append)
        page.draft.connect(lambda question, text: self.drafts.append((question, text)))
        for name in (
            "forward",
            "skipped",
            "back",
            "came_in",
            "distressed",
            "refer_now",
            "show_person",
            "view_wanted",
            "grown",
        ):
            getattr(page, name).connect(lambda name=name: self.said.append(name))
        page.undone.connect(lambda question: self.said.append(f"undone {question}"))
        page.question.connect(lambda question: self.said.append(f"to {question}"))
        page.section.connect(lambda section: self.said.append(f"section {section}"))
        page.opened_by_choice.connect(lambda section: self.said.append(f"opened {section}"))
        page.talk_changed.connect(
            lambda talk: self.said.append(f"talk {talk.alone} {talk.language} {talk.by_phone} {talk.present}")
        )


@pytest.fixture
def page(qtbot) -> InterviewPage:
    page = InterviewPage(language("en"), TONGUES)
    qtbot.addWidget(page)
    page.resize(1290, 700)
    page.show()
    page.tell(talking(YES_NO._replace(answers=())))
    page.first.setFocus()
    return page


@pytest.fixture
def heard(page: InterviewPage) -> Heard:
    return Heard(page)


@pytest.mark.parametrize(("key", "value"), [("1", "yes"), ("2", "no"), ("3", "unknown"), ("4", "declined")])
def test_keys_1_to_4_answer(qtbot, page: InterviewPage, heard: Heard, key: str, value: str) -> None:
    qtbot.keyClicks(page.next, key)
    assert heard.given == [Given("work.debt", value, "said")]


def test_enter_goes_on_and_backspace_goes_back(qtbot, page: InterviewPage, heard: Heard) -> None:
    qtbot.keyClick(page.next, Qt.Key.Key_Return)
    qtbot.keyClick(page.next, Qt.Key.Key_Backspace)
    assert heard.said == ["forward", "back"]


def test_keys_that_answer_are_letters_while_somebody_types(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.pad.words.setFocus()
    qtbot.keyClicks(page.pad.words, "400 in 2 months")
    qtbot.keyClick(page.pad.words, Qt.Key.Key_Backspace)
    assert heard.given == []
    assert "back" not in heard.said
    assert page.pad.words.toPlainText() == "400 in 2 month"


def test_words_are_a_draft_until_the_talk_goes_on_and_then_part_of_the_answer(
    qtbot, page: InterviewPage, heard: Heard
) -> None:
    qtbot.keyClicks(page.next, "1")
    qtbot.keyClicks(page.pad.words, "400 each month")
    qtbot.waitUntil(lambda: heard.drafts == [("work.debt", "400 each month")])
    qtbot.keyClick(page.pad.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.given[-1] == Given("work.debt", "yes", "said", words="400 each month")
    assert heard.said == ["forward"]


def test_a_half_typed_word_without_an_answer_stays_a_draft(qtbot, page: InterviewPage, heard: Heard) -> None:
    qtbot.keyClicks(page.pad.words, "he looked")
    qtbot.mouseClick(page._back_button, Qt.MouseButton.LeftButton)
    assert heard.given == []
    assert heard.drafts == [("work.debt", "he looked")]


def test_each_source_has_its_own_answer(qtbot, page: InterviewPage, heard: Heard) -> None:
    said = Answer(question="work.debt", value="no", source="said", words="no, no")
    seen = Answer(question="work.debt", value="yes", source="document", words="a list of debts")
    page.tell(talking(YES_NO._replace(id="other")))
    page.tell(talking(YES_NO._replace(answers=(said, seen))))
    assert page.pad.sources.key() == "document"
    assert page.pad.answers.keys() == ("yes",)
    qtbot.mouseClick(page.pad.sources.chip("said"), Qt.MouseButton.LeftButton)
    assert page.pad.answers.keys() == ("no",)
    assert page.pad.words.toPlainText() == "no, no"
    qtbot.mouseClick(page.pad.sources.chip("observed"), Qt.MouseButton.LeftButton)
    assert page.pad.answers.keys() == ()
    qtbot.keyClicks(page.next, "1")
    assert heard.given == [Given("work.debt", "yes", "observed")]


def test_what_is_seen_is_known_by_seeing(page: InterviewPage) -> None:
    page.tell(talking(YES_NO._replace(id="see.bed", person="", source="observed", answers=())))
    assert page.pad.sources.key() == "observed"
    assert not page.pad.person.isVisible()


def test_an_answer_can_be_taken_back(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking(YES_NO))
    qtbot.mouseClick(page.pad._undo, Qt.MouseButton.LeftButton)
    assert heard.said == ["undone work.debt"]
    assert page.pad.answers.keys() == ()


def test_several_may_hold_and_not_known_stands_alone(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking(CHOICE))
    for key in "12":
        qtbot.keyClicks(page.next, key)
    assert heard.given[-1].chosen == ("a", "b")
    qtbot.keyClicks(page.next, "6")
    assert heard.given[-1] == Given("work.who", "unknown", "said")
    assert page.pad.answers.keys() == ("unknown",)
    qtbot.keyClicks(page.next, "3")
    assert heard.given[-1] == Given("work.who", "given", "said", chosen=("c",))


def test_nothing_chosen_any_more_takes_the_answer_back(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking(CHOICE))
    qtbot.keyClicks(page.next, "1")
    qtbot.keyClicks(page.next, "1")
    assert heard.said == ["undone work.who"]


def test_one_of_several_choices(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking(CHOICE._replace(kind="choice")))
    qtbot.keyClicks(page.next, "2")
    qtbot.keyClicks(page.next, "4")
    assert [given.chosen for given in heard.given] == [("b",), ("d",)]


def test_a_number_is_typed_and_goes_on_with_enter(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking(NUMBER))
    field = page.pad.number._field
    qtbot.keyClicks(field, "70")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard.given == [Given("work.hours", "given", "said", number=70)]
    assert heard.said == ["forward"]


def test_a_number_out_of_its_bounds_is_said_where_it_stands(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking(NUMBER))
    field = page.pad.number._field
    qtbot.keyClicks(field, "700")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert heard.given == []
    assert page.pad.number._why.isVisible()
    assert "168" in page.pad.number._why.text()


def test_a_free_account_is_an_answer_of_words(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking(TEXT))
    qtbot.keyClicks(page.pad.words, "they came by bus")
    qtbot.keyClick(page.pad.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard.given == [Given("account.tell", "given", "said", words="they came by bus")]


def test_a_draft_comes_back_with_its_question(page: InterviewPage) -> None:
    page.tell(talking(NUMBER))
    page.tell(talking(YES_NO._replace(answers=(), draft="half a sen")))
    assert page.pad.words.toPlainText() == "half a sen"


def test_a_private_section_opens_only_by_a_choice_that_is_told(qtbot, page: InterviewPage, heard: Heard) -> None:
    button = next(b for b in page.sections._buttons if b._section.id == "Control & threats")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.said == []
    assert page._private.isVisible()
    qtbot.mouseClick(page._private._way, Qt.MouseButton.LeftButton)
    assert heard.said == ["opened Control & threats"]


def test_an_open_section_is_one_press_away(qtbot, page: InterviewPage, heard: Heard) -> None:
    button = next(b for b in page.sections._buttons if b._section.id == "Housing")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.said == ["section Housing"]


def test_a_question_is_found_by_its_words(qtbot, page: InterviewPage, heard: Heard) -> None:
    qtbot.keyClicks(page.sections.search, "passport")
    qtbot.waitUntil(lambda: page.sections._found.count() == 1)
    qtbot.mouseClick(page.sections._found.itemAt(0).widget(), Qt.MouseButton.LeftButton)
    assert heard.said == ["to a"]


def test_the_conditions_of_the_talk_are_told_as_they_are_changed(qtbot, page: InterviewPage, heard: Heard) -> None:
    page.tell(talking()._replace(talk=Talk()))
    qtbot.mouseClick(page.side.alone, Qt.MouseButton.LeftButton)
    page.side._understood.choose("other_interpreter")
    page.side._told()
    assert heard.said == ["talk True  False ", "talk True other_interpreter False "]
    qtbot.mouseClick(page.side.alone, Qt.MouseButton.LeftButton)
    assert heard.said[-1].startswith("talk False")


@pytest.mark.parametrize("deed", ["came_in", "distressed", "refer_now", "show_person"])
def test_what_cannot_wait_is_one_key_away(page: InterviewPage, heard: Heard, deed: str) -> None:
    assert page.pressed(deed)
    assert heard.said == [deed]


def test_when_somebody_came_in_only_an_ordinary_question_is_left_on_the_screen(page: InterviewPage) -> None:
    page.cover(covered=True)
    assert not page.sections.isVisible()
    assert not page.side.isVisible()
    assert page._alone_again.isVisible()
    page.cover(covered=False)
    assert page.sections.isVisible()


def test_the_side_panel_folds_away_on_a_small_screen_and_comes_with_f8(page: InterviewPage, qapp) -> None:
    page.resize(940, 560)
    qapp.processEvents()
    assert not page.side.isVisible()
    assert page.pressed("side")
    assert page.side.isVisible()


def test_saved_is_said_only_when_it_was_told(page: InterviewPage) -> None:
    page.tell(talking()._replace(saved=""))
    assert "saved" not in page._saved.text()
    page.tell_saved("saved 10:43")
    assert page._saved.text().startswith("saved 10:43")
