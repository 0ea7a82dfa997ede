"""Practice: no vault is touched, every page says so, and the expected level comes only after the own view."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import Office
from victim_id import wording
from victim_id.assessment.reading import LEVELS
from victim_id.instrument.load import load
from victim_id.instrument.training import load_training
from victim_id.language import language
from victim_id.resources import shipped
from victim_id.ui.pages.feedback import FeedbackPage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.pages.practice import PracticeDoor, StoriesPage
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.ui.widgets.buttons import LinkButton
from victim_id.ui.widgets.words import Words


@pytest.fixture
def practice(office: Office) -> Office:
    """A laptop with a vault, locked, where somebody chose to practise."""
    office.create()
    office.desk.lock()
    office.start_again()
    assert isinstance(office.page(), UnlockPage)
    office.page()._practise.click()
    office.settle()
    return office


@pytest.fixture
def french(office: Office) -> Office:
    """A laptop that speaks French, where somebody chose to practise."""
    office.desk.close()
    office.desk._door.remembered.keep(language="fr")
    office.start_again()
    office.desk.practise()
    office.settle()
    return office


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file() and "toml" not in file.name
    }


def begin(office: Office, story: str) -> InterviewPage:
    page = office.page()
    assert isinstance(page, StoriesPage)
    page.table.opened.emit(next(row for row in page._rows if row.id == story))
    page.begin.click()
    office.settle()
    found = office.page()
    assert isinstance(found, InterviewPage)
    return found


def seen(office: Office) -> set[str]:
    return set(office.desk.practising.talks.case.answers)


def test_practice_changes_no_byte_of_the_vault_and_leaves_by_the_lock(practice: Office) -> None:
    before = contents(practice.folder / "vault")
    begin(practice, "restaurant_papers")
    practice.desk.practising.bar.answer.click()
    practice.settle()
    practice.desk.practising.bar.leave.click()
    assert practice.restarts == 2
    assert contents(practice.folder / "vault") == before
    practice.start_again()
    assert isinstance(practice.page(), UnlockPage)


def test_every_page_of_practice_stands_in_its_frame(practice: Office) -> None:
    bar = practice.desk.practising.bar
    assert "nothing here is real" in " ".join(words.text() for words in bar.findChildren(Words))
    begin(practice, "kitchen_55")
    practice.desk.practising.view()
    for place in ("practice", "interview", "view"):
        practice.desk.shell.show_page(place)
        assert bar.isVisible()
        assert bar.width() > practice.desk.shell.width() * 0.8


def test_no_expected_level_is_seen_before_the_own_view(practice: Office) -> None:
    page = practice.page()
    shown = " ".join(" ".join(row) for row in page._rows)
    assert len(page._rows) == 70
    for level in LEVELS:
        assert wording.level(language("en"), level) not in shown
    whys = [story.why for story in load_training(shipped("indicators") / "training", load(shipped("indicators")))]
    assert not [why for why in whys if why in shown]


def test_every_story_is_offered_in_the_language_of_the_worker(french: Office) -> None:
    english = {
        story.id: story for story in load_training(shipped("indicators") / "training", load(shipped("indicators")))
    }
    page = french.page()
    assert isinstance(page, StoriesPage)
    assert len(page._rows) == len(english)
    assert [
        row.id for row in page._rows if row.title == english[row.id].title or row.story == english[row.id].story
    ] == []
    page.table.opened.emit(next(row for row in page._rows if row.id == "alone_to_uncle"))
    texts = [words.text() for words in page.findChildren(Words)]
    assert "Seule, chez un oncle" in texts
    assert any(text.startswith("Une jeune fille de quinze ans arrive seule") for text in texts)


def test_a_french_talk_answers_and_ends_in_french(french: Office) -> None:
    page = begin(french, "alone_to_uncle")
    practising = french.desk.practising
    assert practising.bar._story.text().startswith("Une jeune fille de quinze ans arrive seule")
    assert practising.talks.case.place == "Seule, chez un oncle"
    page.question.emit("children.with")
    practising.bar.answer.click()
    french.settle()
    (told,) = practising.talks.case.answers["children.with"]
    assert told.words == "Mon oncle va venir."
    practising.put_down()
    french.settle()
    (kept,) = practising.talks.case.answers["children.with"]
    assert kept.words == told.words
    practising.view()
    practising.viewed("unsure", "Personne ne l’attend.")
    french.settle()
    found = french.page()
    assert isinstance(found, FeedbackPage)
    assert any(
        words.text().startswith("Un enfant sans adulte sûr est un signe urgent") for words in found.findChildren(Words)
    )


def test_stories_are_chosen_by_where_country_and_difficulty(practice: Office) -> None:
    page = practice.page()
    assert page.model.rowCount() == 70
    page.settings.chip("border").click()
    assert page.model.rowCount() == sum(1 for row in page._rows if row.setting == "border")
    page.countries.chip("BE").click()
    page.difficulties.chip("hard").click()
    fitting = [row for row in page._rows if (row.setting, row.country, row.difficulty) == ("border", "BE", "hard")]
    assert page.model.rowCount() == len(fitting) > 0
    for chips in (page.settings, page.countries, page.difficulties):
        chips.chip("all").click()
    assert page.model.rowCount() == 70


def test_a_talk_that_leaves_the_papers_out_learns_what_it_missed(practice: Office) -> None:
    page = begin(practice, "restaurant_papers")
    story = practice.desk.practising.story
    for question in story.answers:
        page.question.emit(question)
        if question != "control.papers":
            practice.desk.practising.bar.answer.click()
    practice.settle()
    page.view_wanted.emit()
    view = practice.page()
    assert isinstance(view, OwnViewPage)
    view.options[1].click()
    practice.qtbot.keyClicks(view.reasons, "he looked at the foreman")
    view.done.click()
    practice.settle()
    found = practice.page()
    assert isinstance(found, FeedbackPage)
    texts = [words.text() for words in found.findChildren(Words)]
    assert story.case.why in texts
    (link,) = found._missed.findChildren(LinkButton)
    assert link.words == "Someone keeps the person's papers"
    link.click()
    assert practice.page() is page
    assert page._talking.question.id == "control.papers"


def test_where_the_story_is_silent_it_says_so_and_writes_nothing(practice: Office) -> None:
    page = begin(practice, "locked_and_beaten")
    story = practice.desk.practising.story
    silent = next(link.id for link in page._talking.all if link.id not in story.answers)
    page.question.emit(silent)
    practice.desk.practising.bar.answer.click()
    practice.settle()
    assert silent not in seen(practice)


def test_a_story_goes_on_where_it_stood(practice: Office) -> None:
    page = begin(practice, "restaurant_papers")
    page.question.emit("control.papers")
    practice.desk.practising.bar.answer.click()
    practice.settle()
    code = page._talking.code
    practice.desk.practising.go("practice")
    again = begin(practice, "restaurant_papers")
    assert again._talking.code == code
    assert "control.papers" in seen(practice)


def test_nothing_can_be_referred_in_practice(practice: Office) -> None:
    begin(practice, "restaurant_papers")
    practice.qtbot.keyClick(practice.desk.shell, Qt.Key.Key_F5)
    practice.settle()
    assert isinstance(practice.page(), InterviewPage)
    assert "nothing is referred" in practice.desk.shell._toast.accessibleName()


def test_from_an_open_vault_practice_begins_only_after_it_is_locked(office: Office) -> None:
    begun: list[bool] = []
    office.desk._door = office.desk._door._replace(practise=lambda: begun.append(True))
    office.create()
    office.desk.signed_in.go("practice")
    door = office.page()
    assert isinstance(door, PracticeDoor)
    door.first.click()
    assert begun == [True]
    assert office.desk.shell._cover.isVisible()
    office.start_again()
    assert isinstance(office.page(), UnlockPage)


def test_the_history_of_a_practised_case_is_shown(practice: Office) -> None:
    from victim_id.ui.pages.history import HistoryPage

    begin(practice, "kitchen_55")
    practising = practice.desk.practising
    assert practising is not None
    practising.telling.of_open_case()
    practice.settle()
    page = practice.page()
    assert isinstance(page, HistoryPage)
    assert page.model.row(page.model.rowCount() - 1).what == "Began the case"
    page.pressed("back")
    assert practice.desk.shell.here == "interview"
