"""A talk from its beginning to the own view: every press becomes a change that is saved, and the next thing to show.

The interview is walked here on the window's thread, since it is pure; only the disk goes through the worker thread.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from victim_id.casework.arrangement import Start
from victim_id.casework.case import Case, answered, unanswered
from victim_id.casework.changes import explained
from victim_id.casework.outcome import walk
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.shapes import Question
from victim_id.interview.interview import Interview
from victim_id.language import Language, moment
from victim_id.language import language as language_of
from victim_id.ui import asking
from victim_id.ui.bench import Bench, find_languages
from victim_id.ui.pages.asked import Asked, Given, Link, Urgent
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.show import ShownQuestion
from victim_id.ui.pages.start import Beginning
from victim_id.ui.saving import Opened, Saving

if TYPE_CHECKING:
    from victim_id.workspace import Workspace


T = TypeVar("T")
OF_THE_TALK = ("answers", "corrections", "talk", "opened", "at_question", "person_language", "quick")
"""The parts of a case that a talk changes."""
AFTERWARDS = 30
"""Milliseconds after the last key, until what is useful next is worked out."""


class Talks(QObject):
    """Connects the start and interview pages with the workspace. Emits what leads to other pages."""

    view_wanted = Signal()
    show_person = Signal()
    changes_wanted = Signal()
    next_person = Signal()
    steps_wanted = Signal()
    refer = Signal()
    left = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._say = bench, bench.language.say
        self.case: Case | None = None
        self.instrument = bench.instrument
        self.walk: Interview | None = None
        self._drafts: dict[str, str] = {}
        self._saving = Saving(bench)
        self._saving.setParent(self)
        self._saving.settled.connect(self._settled)
        self._saving.moved.connect(self._mark)
        self._useful: tuple[Link, ...] = ()
        self._urgent: tuple[Urgent, ...] = ()
        self._covered = False
        self._think = QTimer(self, singleShot=True, interval=AFTERWARDS)
        self._think.timeout.connect(self._outlook)

    # ---- pages

    def interview_page(self) -> InterviewPage:
        """Builds the page that asks."""
        page = InterviewPage(self._bench.language, find_languages(self._bench.language))
        page.given.connect(self.give)
        page.draft.connect(self.draft)
        page.undone.connect(self._take_back)
        page.explained.connect(self._explain)
        page.stamp_wanted.connect(self._stamp)
        page.forward.connect(self._forward)
        page.skipped.connect(self._forward)
        page.back.connect(self._back)
        page.question.connect(lambda id_: self._go(lambda one: one.jump(id_)))
        page.section.connect(lambda id_: self._go(lambda one: one.jump_to_section(id_)))
        page.opened_by_choice.connect(self._open_section)
        page.talk_changed.connect(self.hold)
        page.came_in.connect(self.came_in)
        page.alone_again.connect(lambda: self.hold(self.talk_with(alone=True)))
        page.distressed.connect(self.distressed)
        page.calm_again.connect(lambda: self.hold(self.talk_with(distressed=False)))
        page.stopped.connect(self._stop)
        page.refer_now.connect(self.refer)
        page.view_wanted.connect(self.view_wanted)
        page.grown.connect(self._grow)
        page.language_chosen.connect(self._speak)
        page.show_person.connect(self.show_person)
        page.changes_wanted.connect(self.changes_wanted)
        page.next_person.connect(self.next_person)
        page.steps_wanted.connect(self.steps_wanted)
        page.destroyed.connect(self._think.stop)
        return page

    # ---- a case comes and goes

    def begin(self, chosen: Beginning, visit: str = "") -> None:
        """Begins a case with what was chosen; `visit` is the case of another person of the same visit."""
        start = Start(
            setting=chosen.setting or self._bench.instrument.settings[0].id,
            quick=chosen.quick,
            age=chosen.age,
            person_language=chosen.person_language or self._bench.language.tag,
            place=chosen.place,
            before=(*chosen.before, *(("agreed",) if chosen.agreed else ())),
            talk=chosen.talk,
        )

        def begun(case: Case) -> None:
            self._bench.shell.forget("start")
            self.take(Opened(case, self._bench.instrument, {}))

        self._bench.ask.change(lambda space: space.caseload.begin(start, visit), begun, self._bench.failed, self)

    def take(self, opened: Opened) -> None:
        """Goes on with a case where it stood; what of it is not written down yet is known here only."""
        opened = self._saving.take(opened)
        self.case, self.instrument, self._drafts = opened.case, opened.instrument, opened.drafts
        self.walk = walk(opened.instrument, opened.case)
        if self.walk.question is not None and not self.walk.may_ask(self.walk.question):
            self.walk.next()
        self._covered = False
        self._page.cover(covered=False)
        self._bench.shell.show_page("interview")
        self._useful = self._urgent = ()
        self._show()

    def resume(self) -> None:
        """Shows the talk again, after another page."""
        if self.case is not None:
            self._bench.shell.show_page("interview")
            self._show()

    def conclude(self) -> None:
        """Shows what a quick screen comes to, whatever is still open; going back leads to the questions."""
        self.resume()
        self._go(lambda one: setattr(one, "at", ""))

    def go_to(self, question: str) -> None:
        """Shows one question of the talk, such as the one behind a finding."""
        self.resume()
        self._go(lambda one: one.jump(question))

    def changed(self, case: Case) -> None:
        """Takes a case that was changed elsewhere, with what is not written down yet."""
        if self.case is not None and case.id == self.case.id:
            here = {name: getattr(self.case, name) for name in OF_THE_TALK} if self._saving.waits(case.id) else {}
            self.case = msgspec.structs.replace(case, **here)

    def forget(self) -> None:
        """Has no talk any more: its case was erased, or may not be read here."""
        self.case = self.walk = None
        self._drafts = {}
        self._bench.shell.forget("interview")

    # ---- answers

    def give(self, given: Given) -> None:
        """Writes an answer down; the page shows it at once and says when it is saved."""
        if self.case is None or self.walk is None or not given.question:
            return
        now = moment(self._bench.now())
        id_, answer = self.case.id, msgspec.structs.replace(asking.answer_of(given, self.case), at=now)
        self.case = answered(self.case, answer, at=now)
        self.walk.now(answers=self.case.answers)
        self._drafts[given.question] = given.words
        self._change(lambda space: space.caseload.answer(id_, answer), wrote=(given.question, given.words))
        self._show()

    def drafted(self, name: str) -> str:
        """Gives what is half-typed for a question, or under another name."""
        return self._drafts.get(name, "")

    def draft(self, name: str, text: str) -> None:
        """Keeps what is half-typed for a question, or under another name."""
        if self.case is not None and name:
            id_ = self.case.id
            self._drafts[name] = text
            self._soon(lambda space: space.caseload.keep_draft(id_, name, text), lambda _: None, key=f"{id_} {name}")
            self._saving.send()

    def write(self, deed: "Callable[[Workspace], Case]", then: Callable[[Case], None], draft: str) -> None:
        """Does a deed on the case, in its order among the answers; its draft is gone with it."""
        if self.case is not None:
            drafts = self._drafts

            def written(case: Case) -> None:
                drafts.pop(draft, None)
                then(case)

            self._soon(deed, written, key=f"{self.case.id} written {draft}")

    def _take_back(self, question: str) -> None:
        if self.case is None or self.walk is None or not question:
            return
        id_, before = self.case.id, self.case.answers.get(question, ())
        self.case = unanswered(self.case, question, at=moment(self._bench.now()), by=self.case.by)
        self.walk.now(answers=self.case.answers)
        self._change(lambda space: space.caseload.take_back(id_, question))
        self._show()
        self._bench.shell.say(self._say("Taken back."), self._say("Undo"), lambda: self._put_back(before))

    def _explain(self, question: str, reason: str) -> None:
        """Writes down why an answer was changed."""
        if self.case is not None:
            id_ = self.case.id
            self.case = explained(self.case, question, reason, at=moment(self._bench.now()))
            self._change(lambda space: space.caseload.explain(id_, question, reason))

    def _stamp(self) -> None:
        self._page.pad.stamp(self._bench.language.time(moment(self._bench.now())))

    def _put_back(self, before: tuple[Answer, ...]) -> None:
        for answer in before:
            self.give(
                Given(answer.question, answer.value, answer.source, answer.number, answer.chosen, answer.words)  # type: ignore[arg-type]
            )

    def _change(self, deed: "Callable[[Workspace], Case]", wrote: tuple[str, str] = ("", "")) -> None:
        """Asks for a change; the draft that it `wrote` is kept until then."""
        drafts = self._drafts

        def saved(_case: Case) -> None:
            if drafts.get(wrote[0]) == wrote[1]:
                drafts.pop(wrote[0], None)

        self._soon(deed, saved)

    def _soon(self, deed: "Callable[[Workspace], T]", then: Callable[[T], None], key: str = "") -> None:
        if self.case is not None:
            self._saving.soon(Opened(self.case, self.instrument, self._drafts), deed, then, key)

    def _settled(self, case: Case) -> None:
        if self.case is not None and case.id == self.case.id:
            self.case = case

    def _mark(self) -> None:
        """Says on the page whether everything is saved."""
        if self.case is not None and self._bench.shell.built("interview"):
            saved, unsaved = self._saving.state(self.case.id)
            self._page.tell_saved(saved, unsaved=unsaved)

    # ---- where the talk is

    def _forward(self) -> None:
        if self._covered:
            self._next_ordinary()
        else:
            self._go(self._next)

    def _next(self, one: Interview) -> None:
        if not one.next() and one.question is not None and self.case is not None and self.case.answers.get(one.at):
            one.at = ""

    def _back(self) -> None:
        if not self._covered:
            self._go(lambda one: one.back())

    def _go(self, step: Callable[[Interview], object]) -> None:
        if self.walk is None or self.case is None:
            return
        step(self.walk)
        id_, at = self.case.id, self.walk.at
        if at and at != self.case.at_question:
            self.case = msgspec.structs.replace(self.case, at_question=at)
            self._change(lambda space: space.caseload.arrange(id_, at_question=at))
        self._show()

    def _open_section(self, section: str) -> None:
        if self.case is None or self.walk is None:
            return
        id_, opened = self.case.id, (*self.case.opened, section)
        self.case = msgspec.structs.replace(self.case, opened=opened)
        self.walk.now(opened=opened)
        self._change(lambda space: space.caseload.arrange(id_, opened=opened))
        self._go(lambda one: one.jump_to_section(section))

    def _grow(self) -> None:
        if self.case is not None:
            id_ = self.case.id
            self.case = msgspec.structs.replace(self.case, quick=False)
            self._change(lambda space: space.caseload.arrange(id_, quick=False))
            self.take(Opened(self.case, self.instrument, self._drafts))

    # ---- the conditions of the talk

    def talk_with(self, **changes: object) -> Talk:
        """Gives the conditions of the talk with something changed."""
        return msgspec.structs.replace(self.case.talk if self.case else Talk(), **changes)

    def hold(self, talk: Talk) -> None:
        """Writes down the conditions of the talk; private questions leave the screen as soon as it is not alone."""
        if self.case is None or self.walk is None:
            return
        id_ = self.case.id
        self.case = msgspec.structs.replace(self.case, talk=talk)
        self.walk.now(talk=talk)
        self._change(lambda space: space.caseload.arrange(id_, talk=talk))
        if talk.alone and self._covered:
            self._covered = False
            self._page.cover(covered=False)
        if self.walk.question is not None and not self.walk.may_ask(self.walk.question):
            self.walk.next()
        self._show()

    def came_in(self) -> None:
        self._covered = True
        self._page.cover(covered=True)
        self._next_ordinary()
        self.hold(self.talk_with(alone=False))

    def _next_ordinary(self) -> None:
        """Goes to the next ordinary question of an inspection, which anybody may hear; a fixed one when there is none."""
        ordinary = self._ordinary()
        if self.walk is not None:
            here = [number for number, question in enumerate(ordinary) if question.id == self.walk.at]
            after = here[0] + 1 if here else 0
            self.walk.at = ordinary[after % len(ordinary)].id if ordinary else ""
        self._show()

    def _ordinary(self) -> list[Question]:
        if self.walk is None:
            return []
        private = {section.id for section in self.instrument.sections if section.private}
        return [
            question
            for question in self.walk.askable()
            if question.of == "person" and self.instrument.section_of[question.id].id not in private | {"children"}
        ]

    def distressed(self) -> None:
        if self.case is None:
            return
        lines, calls = asking.calm(self.case, self.instrument, self._bench.language, self.person)
        self.hold(self.talk_with(distressed=True))
        self._page.show_calm(lines, self.person.direction, calls)

    def _stop(self) -> None:
        self.person_stops()
        self.left.emit()

    def person_stops(self) -> None:
        """Writes down that the person asked to stop."""
        if self.case is not None:
            id_, step = self.case.id, self._say("Person asked to stop")
            self._change(lambda space: space.caseload.arrange(id_, next_step=step))

    def _speak(self, tag: str) -> None:
        if self.case is not None:
            id_ = self.case.id
            self.case = msgspec.structs.replace(self.case, person_language=tag)
            self._change(lambda space: space.caseload.arrange(id_, person_language=tag))
            self._show()

    # ---- showing

    def text(self, name: str) -> ShownQuestion:
        """Gives a text for the person that asks for no answer."""
        found = self.instrument.text.get(name)
        words = self.person.content("person", f"{name}.person", found.person) if found else ""
        return ShownQuestion("", words, ())

    @property
    def _page(self) -> InterviewPage:
        page = self._bench.shell.page("interview")
        assert isinstance(page, InterviewPage)  # the desk builds it
        return page

    @property
    def person(self) -> Language:
        """The language of the person."""
        return language_of(self.case.person_language if self.case else self._bench.language.tag)

    def _show(self) -> None:
        if self.case is None or self.walk is None:
            return
        told = asking.talking(
            self.case, self.walk, self._bench.language, self.person,
            role=self._bench.preferences.role, drafts=self._drafts, useful=self._useful, urgent=self._urgent,
        )  # fmt: skip
        saved, unsaved = self._saving.state(self.case.id)
        told = told._replace(saved=saved, unsaved=unsaved)
        if self._covered:
            told = told._replace(question=self._plain_question(told.question), all=())
        if told.question is None:
            self._say_done()
        self._page.tell(told)
        self._think.start()

    def _plain_question(self, question: Asked | None) -> Asked:
        """Gives a question without its notes for the worker; a fixed ordinary one where there is none."""
        if question is not None:
            return question._replace(why="", watch="", avoid="")
        shown = self.text("cover.start")
        text = self.instrument.text.get("cover.start")
        return Asked("", "", "", text.person if text else "", shown.text, self.person.direction, "text")

    def _say_done(self) -> None:
        if self.case is not None:
            words = asking.done(self.case, self.instrument, self._bench.language)
            self._page.say_done(*words, quick=self.case.quick)

    def outlook(self) -> tuple[tuple[Link, ...], tuple[Urgent, ...]]:
        """Gives the most useful next questions and the urgent signs as they stand."""
        if self.case is None or self.walk is None:
            return (), ()
        return asking.outlook(self.case, self.instrument, self.walk, self._bench.language)

    def put_down(self) -> None:
        """Saves what is half-typed."""
        self._page.pad.finish()
        self._saving.send()

    def _outlook(self) -> None:
        """Works out what is useful next after the question is on the screen, so that no key waits for it."""
        if self.case is None or self.walk is None:
            return
        useful, urgent = self.outlook()
        if (useful, urgent) != (self._useful, self._urgent):
            self._useful, self._urgent = useful, urgent
            self._page.tell_outlook(useful, urgent)
