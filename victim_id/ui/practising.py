"""Practice mode: training cases in a store in memory, with the same talk and the same pages, and nothing of a vault.

It begins where no vault is open, and ends with the program, as a lock does: real and practised never meet.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from victim_id import wording
from victim_id.casework.case import Case, View
from victim_id.casework.practice import DIFFICULTIES, Difficulty, Feedback, HeardSign, difficulty, feedback, start_of
from victim_id.instrument.answers import Answers
from victim_id.instrument.training import TrainingCase, answers_of, load_training
from victim_id.language import Language, to_say
from victim_id.resources import shipped
from victim_id.ui.around import Around
from victim_id.ui.bench import Bench
from victim_id.ui.pages.asked import Given, Link
from victim_id.ui.pages.assessment import AssessmentPage
from victim_id.ui.pages.feedback import FeedbackPage, FeedbackShown
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.pages.practice import PracticeBar, StoriesPage, StoryRow
from victim_id.ui.person import PersonScreen
from victim_id.ui.saving import Opened
from victim_id.ui.shell import RailPlace
from victim_id.ui.showing import shown
from victim_id.ui.talks import Talks
from victim_id.ui.telling import Telling

if TYPE_CHECKING:
    from victim_id.workspace import Workspace

RAIL = (
    RailPlace("practice", to_say("Stories"), "practice"),
    RailPlace("interview", to_say("Interview"), "interview"),
    RailPlace("guide", to_say("Guide"), "guide", foot=True),
)
WITH_STORY = frozenset({"interview", "view"})


class Story(NamedTuple):
    """A training case with what it answers and how hard it is."""

    case: TrainingCase
    answers: Answers
    difficulty: Difficulty


class Practising(QObject):
    """Everything between "Practise without a vault" and leaving practice."""

    def __init__(self, bench: Bench, leave: Callable[[], None]) -> None:
        super().__init__()
        self.bench, self._say = bench, bench.language.say
        self.talks = Talks(bench)
        self.person, self.around = PersonScreen(bench, self.talks), Around(bench, self.talks)
        self.telling = Telling(bench, self.talks)
        self.bar = PracticeBar(bench.language)
        self._stories: dict[str, Story] = {}
        self._cases: dict[str, str] = {}
        self._done: set[str] = set()
        self._build: dict[str, Callable[[], QWidget]] = {
            "practice": self._stories_page,
            "interview": self.talks.interview_page,
            "view": self._view_page,
            "feedback": self._feedback_page,
            "assessment": self._assessment_page,
            "show": self.person.page,
            "changes": self.around.changes_page,
            "steps": self.around.steps_page,
            "case_history": self.telling.case_page,
        }
        self.talks.view_wanted.connect(self.view)
        self.talks.refer.connect(self._no_referral)
        self.talks.left.connect(self.stories)
        self.talks.next_person.connect(self.stories)
        self.bar.told.connect(self.answer_as_told)
        self.bar.left.connect(leave)
        bench.shell.chosen.connect(self.go)
        bench.shell.deed.connect(self._pressed)
        bench.shell.turned.connect(self._tell_bar)

    def build(self, name: str) -> QWidget:
        """Builds a page."""
        return self._build[name]()

    def begin(self) -> None:
        """Frames the window and shows the stories."""
        self.bench.shell.frame(self.bar, RAIL)
        self.bench.shell.lock_after(0)
        instrument, language = self.bench.instrument, self.bench.language

        def load() -> dict[str, Story]:
            english = load_training(shipped("indicators") / "training", instrument)
            cases = [wording.training_case(language, one) for one in english]
            return {one.id: Story(one, answers_of(one, instrument), difficulty(one, instrument)) for one in cases}

        self.bench.ask.aside(load, self._loaded, self.bench.failed, self)
        self.stories()

    def put_down(self) -> None:
        """Saves what is half-typed, for the talk that goes on."""
        if self.bench.shell.built("interview"):
            self.talks.put_down()

    def go(self, page: str) -> None:
        """Goes to a place of the rail."""
        self.put_down()
        if page == "guide":
            self.bench.shell.deed.emit("guide")
        elif page == "interview" and self.talks.case is not None:
            self.talks.resume()
        else:
            self.stories()

    # ---- stories

    def stories(self) -> None:
        """Shows the stories, with how far one is with each."""
        self.bench.shell.show_page("practice")
        self._tell_stories()

    def _loaded(self, found: dict[str, Story]) -> None:
        self._stories = found
        self._tell_stories()

    def _tell_stories(self) -> None:
        page = self.bench.shell.page("practice")
        assert isinstance(page, StoriesPage)  # built below
        page.show_stories([self._row(one) for one in self._stories.values()])

    def _row(self, story: Story) -> StoryRow:
        case, language = story.case, self.bench.language
        state = self._say("done") if case.id in self._done else self._say("under way") if case.id in self._cases else ""
        return StoryRow(
            case.id, case.title, case.story,
            case.setting, dict(self._settings())[case.setting], case.profile, dict(self._countries())[case.profile],
            story.difficulty, _difficulty(language, story.difficulty), state,
        )  # fmt: skip

    def _settings(self) -> list[tuple[str, str]]:
        content = self.bench.language.content
        return [
            (one.id, content("worker", f"setting.{one.id}.label", one.label)) for one in self.bench.instrument.settings
        ]

    def _countries(self) -> list[tuple[str, str]]:
        content = self.bench.language.content
        return [
            (one.id, content("worker", f"profile.{one.id}.label", one.label)) for one in self.bench.instrument.profiles
        ]

    def _stories_page(self) -> StoriesPage:
        language = self.bench.language
        steps = [(step, _difficulty(language, step)) for step in DIFFICULTIES]
        page = StoriesPage(language, self._settings(), self._countries(), steps)
        page.begun.connect(self.begin_story)
        return page

    # ---- the talk

    @property
    def story(self) -> Story | None:
        """The story whose talk is open."""
        here = self.talks.case.id if self.talks.case is not None else ""
        return next((self._stories[name] for name, case in self._cases.items() if case == here), None)

    def begin_story(self, name: str) -> None:
        """Begins the talk of a story, or goes on with it."""
        known, start = self._cases.get(name), start_of(self._stories[name].case)

        def deed(space: "Workspace") -> Opened:
            case = space.caseload.case(known) if known else space.caseload.begin(start)
            return Opened(case, space.caseload.instrument_of(case), space.caseload.drafts(case.id))

        def begun(opened: Opened) -> None:
            self._cases[name] = opened.case.id
            self.talks.take(opened)
            self._tell_bar()

        self.bench.ask.change(deed, begun, self.bench.failed, self)

    def answer_as_told(self) -> None:
        """Answers the question on the screen with what the story says to it."""
        story, walk = self.story, self.talks.walk
        if story is None or walk is None or self.bench.shell.here != "interview":
            return
        told = [given for given in story.answers.get(walk.at, ()) if given.value != "not_applicable"]
        for given in told:
            self.talks.give(
                Given(given.question, given.value, given.source, given.number, given.chosen, given.words)  # type: ignore[arg-type]
            )
        if not told and walk.at:
            self.bench.shell.say(self._say("The story says nothing about this. “Not known” is a good answer."))

    def _tell_bar(self) -> None:
        story = self.story
        self.bar.tell(story.case.story if story else "", asking=self.bench.shell.here in WITH_STORY)

    def _no_referral(self) -> None:
        self.bench.shell.say(
            self._say("In practice nothing is referred. In a real talk F5 prepares the referral at once.")
        )

    # ---- own view and feedback

    def view(self) -> None:
        """Asks for the own view."""
        case = self.talks.case
        if case is not None:
            page = self.bench.shell.show_page("view", rail="interview")
            assert isinstance(page, OwnViewPage)  # built below
            page.tell(case.code, self.talks.outlook()[1], result_seen=case.result_seen)

    def _view_page(self) -> OwnViewPage:
        page = OwnViewPage(self.bench.language)
        page.viewed.connect(self.viewed)
        page.back.connect(self.talks.resume)
        page.refer_now.connect(self._no_referral)
        return page

    def viewed(self, view: View, reasons: str) -> None:
        """Writes the own view down and shows the feedback."""
        story, case, instrument = self.story, self.talks.case, self.talks.instrument
        if story is None or case is None:
            return
        id_ = case.id

        def deed(space: "Workspace") -> tuple[Case, Feedback]:
            space.caseload.view(id_, view, reasons)
            seen = space.caseload.result_seen(id_)
            return seen, feedback(instrument, story.case, seen)

        def show(found: tuple[Case, Feedback]) -> None:
            self._done.add(story.case.id)
            self.talks.changed(found[0])
            self._tell_feedback(story, found[1], view)

        self.bench.ask.change(deed, show, self.bench.failed, self)

    def _tell_feedback(self, story: Story, found: Feedback, view: View) -> None:
        page = self.bench.shell.show_page("feedback", rail="interview")
        assert isinstance(page, FeedbackPage)  # built below
        page.tell(feedback_shown(self.bench, story.case, found, view))

    def _feedback_page(self) -> FeedbackPage:
        page = FeedbackPage(self.bench.language)
        page.question.connect(self.talks.go_to)
        page.result.connect(self._assess)
        page.stories.connect(self.stories)
        return page

    def _assess(self) -> None:
        case, instrument, language = self.talks.case, self.talks.instrument, self.bench.language
        page = self.bench.shell.show_page("assessment", rail="interview")
        assert isinstance(page, AssessmentPage)  # built below
        if case is not None:
            self.bench.ask.read(
                lambda space: shown(case, space.caseload.assessment(case), instrument, language),
                page.tell,
                self.bench.failed,
                page,
            )

    def _assessment_page(self) -> AssessmentPage:
        page = AssessmentPage(self.bench.language)
        page.question.connect(self.talks.go_to)
        page.judged.connect(self.viewed)
        page.steps.connect(self.around.steps)
        page.history.connect(self.telling.of_open_case)
        page.refer.connect(self._no_referral)
        page.back.connect(self.talks.resume)
        return page

    # ---- keys

    def _pressed(self, deed: str) -> None:
        deeds: dict[str, Callable[[], None]] = {
            "new": self.stories, "search": self.stories, "back": self.stories, "refer_now": self._no_referral,
        }  # fmt: skip
        if deed in deeds:
            self.put_down()
            deeds[deed]()


def feedback_shown(bench: Bench, story: TrainingCase, found: Feedback, view: View) -> FeedbackShown:
    """Gives the feedback on a talk in the worker's words."""
    language, instrument = bench.language, bench.instrument
    say = language.say

    def link(one: HeardSign) -> Link:
        ids = {question.id for question in instrument.questions(story.setting)}
        question = next((id_ for id_ in one.questions if id_ in ids), "")
        return Link(question, wording.sign(language, instrument, one.sign))

    panel = [wording.sign(language, instrument, one.sign) for one in found.panel]
    lines = [
        say("The strong signs: {signs}.", signs=" · ".join(panel)) if panel else say("There is no strong sign in it.")
    ]
    if found.against:
        denied = " · ".join(wording.sign(language, instrument, sign) for sign in found.against[:4])
        lines.append(say("What the story firmly denies: {signs}.", signs=denied))
    if not found.talk_safe:
        lines.append(
            say("The talk was not safe: a no said here is not firm, and what was not said may still be there.")
        )
    profile = instrument.profile[story.profile]
    lines.append(language.content("worker", f"profile.{profile.id}.means", profile.means.text))
    return FeedbackShown(
        title=story.title,
        view=wording.view(language, view),
        level=found.level,
        level_word=wording.level(language, found.level),
        expected=found.expected,
        expected_word=wording.level(language, found.expected),
        why=found.why,
        asked=say(
            "{n} of the {all} questions that the story answers in so many words were asked.",
            n=found.asked,
            all=found.told,
        ),
        missed=tuple(link(one) for one in found.missed),
        added=tuple(link(one) for one in found.added),
        heard=tuple(link(one) for one in found.heard),
        panel=tuple(lines),
    )


def _difficulty(language: Language, step: Difficulty) -> str:
    say = language.say
    return {"clear": say("Clear"), "mixed": say("Mixed"), "hard": say("Hard")}[step]
