"""One question at a time: keys 1 to 9 answer, Enter goes on, Backspace goes back. No level and no score while asking."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from victim_id.language import Language
from victim_id.ui.pages.asked import Link, Talking, Urgent
from victim_id.ui.pages.question import QuestionPad
from victim_id.ui.pages.talk import SectionList, TalkPanel
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.finder import Find, Finder
from victim_id.ui.widgets.notes import EmptyState, InlineNote, Sign
from victim_id.ui.widgets.surfaces import Bar, Ground, Rule, Scroll, column, flow, plain, row
from victim_id.ui.widgets.words import Words


class InterviewPage(Ground):
    """Emits what the worker does and shows what it is told; it holds no case and no answers of its own."""

    given = Signal(object)
    draft = Signal(str, str)
    undone = Signal(str)
    explained = Signal(str, str)
    stamp_wanted = Signal()
    changes_wanted = Signal()
    next_person = Signal()
    steps_wanted = Signal()
    forward = Signal()
    skipped = Signal()
    back = Signal()
    question = Signal(str)
    section = Signal(str)
    opened_by_choice = Signal(str)
    talk_changed = Signal(object)
    came_in = Signal()
    distressed = Signal()
    calm_again = Signal()
    stopped = Signal()
    refer_now = Signal()
    alone_again = Signal()
    view_wanted = Signal()
    grown = Signal()
    language_chosen = Signal(str)
    show_person = Signal()

    def __init__(self, language: Language, languages: Sequence[Find]) -> None:
        super().__init__("page")
        self._language = language
        self._talking: Talking | None = None
        self._side_wanted: bool | None = None
        self._covered, self._quick = False, False
        say = language.say
        self._code = Words("", size="title", bold=True, wrap=False)
        self._context = Words("", size="small", role="muted", wrap=False)
        self._saved = Words("", size="small", role="muted", wrap=False)
        self._not_saved = plain(
            row(Sign("warn", "urgent"), Words(say("NOT SAVED"), bold=True, role="urgent", wrap=False), gap=6)
        )
        self._not_saved.hide()
        self._tongue = SecondaryButton(say("Person’s language"), icon="down", icon_last=True)
        self._alone_again = SecondaryButton(say("Alone again"))
        self._alone_again.hide()
        self._finder = Finder(say("Person’s language"), say("Search a language by any name"), languages, self)
        self.sections, self.pad, self.side = SectionList(language), QuestionPad(language), TalkPanel(language)
        self._private = InlineNote("amber")
        self._asked_section = ""
        self._done = EmptyState(
            "check",
            say("Every question that may be asked now is asked"),
            say("Go back over single questions on the left, or write down your own view."),
            say("Write down your own view"),
            ground="page",
        )
        self._calm = _Calm(language)
        self._faces = QStackedWidget()
        for face in (self._asking(), self._done, self._calm):
            self._faces.addWidget(face)
        bar = Bar(self._code, self._context, last=(self._not_saved, self._saved, self._alone_again, self._tongue))
        self._parts = row(self.sections, Rule(upright=True), self._faces, Rule(upright=True), self.side, gap=0)
        self._parts.setStretch(2, 1)
        self.setLayout(column(bar, self._parts, gap=0))
        self.first: QWidget = self.next
        self._connect()

    def tell(self, talking: Talking) -> None:
        """Shows the talk as it stands."""
        self._talking = talking
        say = self._language.say
        self._code.say(talking.code)
        self._context.say(" · ".join(part for part in (talking.place, talking.role) if part))
        self._count()
        self._tongue.say(say("Person’s language: {name}", name=talking.person_language))
        self.sections.tell(talking.sections, talking.all)
        self.side.tell(talking)
        self._private.say("")
        if talking.question is not None:
            other = self.pad.ask(talking.question)
            if other and self.isVisible():
                self._focus(talking.question.kind)
        if self._faces.currentWidget() is not self._calm:
            self._faces.setCurrentIndex(0 if talking.question is not None else 1)

    def tell_saved(self, saved: str, *, unsaved: bool = False) -> None:
        """Says when the last word reached the disk, or that one did not; before that nothing says so."""
        if self._talking is not None:
            self._talking = self._talking._replace(saved=saved, unsaved=unsaved)
            self._count()

    def tell_outlook(self, useful: tuple[Link, ...], urgent: tuple[Urgent, ...]) -> None:
        """Shows what is useful next and what cannot wait, a moment after the question itself."""
        if self._talking is not None:
            self._talking = self._talking._replace(next=useful, urgent=urgent)
            self.side.tell_outlook(self._talking)

    def _focus(self, kind: str) -> None:
        """Puts the keyboard where the new question is answered: figures and words are typed, the rest are keys 1 to 9."""
        if kind == "text":
            self.pad.words.setFocus()
        elif kind != "number":
            self.next.setFocus()

    def _count(self) -> None:
        talking = self._talking
        if talking is not None:
            count = self._language.say("{asked} of {all} asked", asked=talking.asked, all=talking.total)
            self._saved.say(" · ".join(part for part in (talking.saved, count) if part))
            self._not_saved.setVisible(talking.unsaved and not self._covered)

    def cover(self, *, covered: bool) -> None:
        """Somebody came in: everything but one ordinary question leaves the screen, and comes back when alone again."""
        self._covered = covered
        self._alone_again.setVisible(covered)
        self._tongue.setVisible(not covered)
        self._saved.setVisible(not covered)
        self._count()
        self._show_button.setVisible(not covered)
        self._arrange()

    def say_done(self, title: str, text: str, deed: str, *, quick: bool = False) -> None:
        """Says what stands where no question is left; after a quick screen it offers the full interview."""
        self._quick = quick
        self._done.say(title, text)
        self._done.deed.say(deed)

    def show_calm(self, lines: Sequence[str], direction: str, phones: Sequence[str]) -> None:
        """Puts the question away kindly: words for the person in its own language, and whom the worker can call."""
        self._calm.say(lines, direction, phones)
        self._faces.setCurrentWidget(self._calm)
        self._calm.go_on.setFocus()

    def ask_to_open(self, section: str, label: str) -> None:
        """Asks whether a private section shall be opened although the person is not alone; the choice is recorded."""
        self._asked_section = section
        say = self._language.say
        self._private.say(
            say("“{section}” is private.", section=label),
            say("It opens by itself when you tick “Alone with the person”. Opening it now is written down."),
            say("Open it all the same"),
        )

    def pressed(self, deed: str) -> bool:
        """Answers the keys that mean something in a talk."""
        deeds = {
            "refer_now": self.refer_now.emit,
            "distressed": self.distressed.emit,
            "came_in": self.came_in.emit,
            "side": self._turn_side,
            "show_person": self._show_person,
            "search": self.sections.search.setFocus,
        }
        if deed in deeds:
            deeds[deed]()
        return deed in deeds

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here, number = self.focusWidget(), event.key() - Qt.Key.Key_0
        typing = isinstance(here, QLineEdit | QPlainTextEdit)
        beside = isinstance(here, QLineEdit) and not self.pad.number.isAncestorOf(here)
        if self._faces.currentWidget() is self._calm or beside:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._forward()
        elif event.key() == Qt.Key.Key_Backspace and not typing:
            self._back()
        elif 1 <= number <= 9 and not typing and self._faces.currentIndex() == 0:
            self.pad.press(number)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = worn()
        self.sections.setFixedWidth(min(theme.px(246), self.width() // 3))
        least = min(self.side.minimumSizeHint().width(), self.width() // 2)
        self.side.setFixedWidth(max(min(theme.px(300), self.width() // 3), least))
        room = self.width() - self.sections.width()
        fits = room - self.side.width() >= min(theme.px(520), 760)
        wanted = fits if self._side_wanted is None else self._side_wanted
        self.side.setVisible(wanted and not self._covered)
        self.sections.setVisible(self.width() >= theme.px(640) and not self._covered)

    def _asking(self) -> QWidget:
        say = self._language.say
        self._back_button = SecondaryButton(say("Back"), icon="back")
        skip = SecondaryButton(say("Skip"))
        self._show_button = show = SecondaryButton(say("Show to the person"), icon="show", key="F9")
        self.next = PrimaryButton(say("Next"), icon="next", icon_last=True)
        inside = Ground("page")
        inside.setLayout(column(self._private, self.pad, None, margins=(34, 22, 34, 8)))
        buttons = flow(self._back_button, skip, across=12)
        buttons.gap()
        buttons.addWidget(show)
        buttons.addWidget(self.next)
        foot = plain(column(buttons, margins=(34, 8, 34, 18)))
        self._back_button.clicked.connect(self._back)
        skip.clicked.connect(self._skip)
        show.clicked.connect(self._show_person)
        self.next.clicked.connect(self._forward)
        return plain(column(Scroll(inside), foot, gap=0))

    def _connect(self) -> None:
        self.pad.given.connect(self.given)
        self.pad.draft.connect(self.draft)
        self.pad.undone.connect(self.undone)
        self.pad.explained.connect(self.explained)
        self.pad.stamp_wanted.connect(self.stamp_wanted)
        self.side.steps_wanted.connect(self.steps_wanted)
        self.side.next_person.connect(self.next_person)
        self.side.changes_wanted.connect(self._see_changes)
        self.sections.section.connect(self._to_section)
        self.sections.question.connect(self._to_question)
        self.side.question.connect(self._to_question)
        self.side.changed.connect(self.talk_changed)
        self.side.came_in.connect(self.came_in)
        self.side.distressed.connect(self.distressed)
        self.side.refer_now.connect(self.refer_now)
        self.side.hidden.connect(self._turn_side)
        self.side.view_wanted.connect(self._view)
        self._done.asked.connect(self._finished)
        self._alone_again.clicked.connect(self.alone_again)
        self._tongue.clicked.connect(lambda: self._finder.open_below(self._tongue))
        self._finder.found.connect(self.language_chosen)
        self._private.asked.connect(lambda: self.opened_by_choice.emit(self._asked_section))
        self._calm.go_on.clicked.connect(self._go_on)
        self._calm.stop.clicked.connect(self.stopped)

    def _forward(self) -> None:
        self.pad.finish()
        self.forward.emit()

    def _skip(self) -> None:
        self.pad.finish()
        self.skipped.emit()

    def _back(self) -> None:
        self.pad.finish()
        self.back.emit()

    def _to_section(self, section: str) -> None:
        self.pad.finish()
        found = next((s for s in self._talking.sections if s.id == section), None) if self._talking else None
        if found is not None and not found.open:
            self.ask_to_open(section, found.label)
        else:
            self.section.emit(section)

    def _to_question(self, question: str) -> None:
        self.pad.finish()
        self.question.emit(question)

    def _show_person(self) -> None:
        self.pad.finish()
        self.show_person.emit()

    def _see_changes(self) -> None:
        self.pad.finish()
        self.changes_wanted.emit()

    def _view(self) -> None:
        self.pad.finish()
        self.view_wanted.emit()

    def _finished(self) -> None:
        if self._quick:
            self.grown.emit()
        else:
            self._view()

    def _turn_side(self) -> None:
        if self._covered:
            return
        self._side_wanted = not self.side.isVisible()
        self.side.setVisible(self._side_wanted)

    def _go_on(self) -> None:
        self._faces.setCurrentIndex(0)
        self.calm_again.emit()


class _Calm(Ground):
    """What stands there when the person is in distress: nothing to be answered."""

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        say = language.say
        self._lines, self._phones = Words("", size="person", role="person"), Words("", role="text")
        self.go_on = PrimaryButton(say("Go on, the person is well enough"))
        self.stop = SecondaryButton(say("Stop for today"))
        buttons = flow(self.stop, self.go_on, across=12)
        inside = Ground("page")
        inside.setLayout(
            column(
                Words(say("Stop asking. Everything is kept."), size="question", bold=True),
                Words(say("Sit back, speak slowly, offer water and a pause. The person decides whether to go on.")),
                12, self._lines, 12, self._phones, None, gap=8, margins=(34, 30, 34, 8),
            )
        )  # fmt: skip
        self.setLayout(column(Scroll(inside), plain(column(buttons, margins=(34, 8, 34, 18))), gap=0))

    def say(self, lines: Sequence[str], direction: str, phones: Sequence[str]) -> None:
        self._lines.say("\n".join(lines), direction)
        self._lines.setVisible(bool(lines))
        self._phones.say("\n".join(phones))
        self._phones.setVisible(bool(phones))
