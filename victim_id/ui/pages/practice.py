"""Practice: the stories to choose from, and the bar that says on every page that nothing here is real."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.notes import Sign
from victim_id.ui.widgets.rows import Cell, Column, RowsModel, RowsView
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, flow, plain, put, row
from victim_id.ui.widgets.words import Words

ALL = "all"


class StoryRow(NamedTuple):
    """A story as it is offered, every word in the worker's language; its expected level is not among them.

    `setting`, `country` and `difficulty` are the keys the chips choose by; `state` says how far one is with it.
    """

    id: str
    title: str
    story: str
    setting: str
    setting_word: str
    country: str
    country_word: str
    difficulty: str
    difficulty_word: str
    state: str = ""


class StoriesPage(Ground):
    """Emits `begun` with the story that was chosen."""

    begun = Signal(str)

    def __init__(
        self,
        language: Language,
        settings: Sequence[tuple[str, str]],
        countries: Sequence[tuple[str, str]],
        difficulties: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__("page")
        self._language = language
        self._rows: tuple[StoryRow, ...] = ()
        self._chosen: StoryRow | None = None
        say = language.say
        all_ = (ALL, say("All"))
        self.settings = Chips(say("Where"), [all_, *settings], here=[ALL])
        self.countries = Chips(say("Country"), [all_, *countries], here=[ALL])
        self.difficulties = Chips(say("Difficulty"), [all_, *difficulties], here=[ALL])
        columns = (
            Column(say("Story"), 220, 5),
            Column(say("Where"), 130, 2),
            Column(say("Country"), 110, 2, spare=1),
            Column(say("Difficulty"), 100, 1),
            Column(say("State"), 90, 1, spare=2),
        )
        self.model = RowsModel(columns, self._window, _cell)
        self.table = RowsView(self.model, columns, say("Stories"))
        list_ = Card(gap=0, pad=8)
        list_.body.addWidget(self.table)
        self._title = Words("", size="title", bold=True)
        self._story = Words("")
        self._hint = Words("", role="muted", size="small")
        self.begin = PrimaryButton(say("Begin the talk"), icon="next", icon_last=True)
        self._card = Card(self._title, self._story, self._hint, row(None, self.begin), gap=10)
        self._side = Ground("page")
        self._side.setLayout(column(self._card, None))
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 14, 20, 18)
        self._parts.setSpacing(18)
        put(self._parts, (list_, self._side))
        self._parts.setStretch(0, 1)
        lines = [
            row(Words(chips.accessibleName(), size="small", role="muted", wrap=False), chips, gap=10)
            for chips in (self.settings, self.countries, self.difficulties)
        ]
        for line in lines:
            line.setStretch(1, 1)
        title = Words(say("Stories to practise on"), size="title", bold=True, wrap=False)
        chosen = plain(column(*lines, gap=0, margins=(22, 6, 22, 0)))
        inside = Ground("page")
        under = column(chosen, plain(self._parts), gap=0)
        under.setStretch(1, 1)
        inside.setLayout(under)
        self.setLayout(column(Bar(title), Scroll(inside), gap=0))
        self.first = self.table
        for chips in (self.settings, self.countries, self.difficulties):
            chips.chosen.connect(lambda _keys: self._narrow())
        self.table.opened.connect(self._choose)
        self.begin.clicked.connect(lambda: self.begun.emit(self._chosen.id if self._chosen else ""))
        self._choose(None)

    def show_stories(self, rows: Sequence[StoryRow]) -> None:
        """Shows the stories there are, keeping what was chosen."""
        self._rows = tuple(rows)
        kept = next((one for one in rows if self._chosen is not None and one.id == self._chosen.id), None)
        self._narrow()
        self._choose(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < worn().px(900)
        self._parts.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self._side.setFixedWidth(self.width() - 52 if narrow else min(worn().px(380), self.width() // 3))
        self.table.setMinimumHeight(worn().px(230))

    def _fitting(self) -> list[StoryRow]:
        wanted = (self.settings.key(), self.countries.key(), self.difficulties.key())
        return [
            one
            for one in self._rows
            if all(
                key in {ALL, own} for key, own in zip(wanted, (one.setting, one.country, one.difficulty), strict=True)
            )
        ]

    def _narrow(self) -> None:
        self.model.begin(len(self._fitting()))

    def _window(self, offset: int, limit: int) -> None:
        self.model.took(offset, self._fitting()[offset : offset + limit])

    def _choose(self, story: StoryRow | None) -> None:
        say = self._language.say
        self._chosen = story
        self._title.say(story.title if story else say("Choose a story"))
        self._story.say(
            story.story
            if story
            else say("Read it, hold the talk as you would, and write down your own view. Then see what others look at.")
        )
        self._hint.say(say("What people expect of this story is shown after your own view.") if story else "")
        self._hint.setVisible(story is not None)
        self.begin.setVisible(story is not None)
        self.begin.say(say("Go on with the talk") if story and story.state else say("Begin the talk"))
        if story is not None and self.isVisible():
            self.begin.setFocus()


class PracticeDoor(Leaving):
    """Says what practice means for the vault that is open. Emits `wanted`, or `left` to stay."""

    wanted = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        say = language.say
        self.first = PrimaryButton(say("Lock the vault and practise"), icon="next", icon_last=True)
        stay = SecondaryButton(say("Stay here"))
        buttons = flow(stay, across=12)
        buttons.gap()
        buttons.addWidget(self.first)
        card = Card(
            row(Sign("practice", "accent", 30), None),
            Words(say("Practise on invented stories"), size="title", bold=True),
            Words(
                say(
                    "The vault is locked first, with what you were typing kept. Practice has a store of its own, in memory:"
                    " nothing of it reaches the vault, and nothing of the vault is there."
                )
            ),
            6,
            buttons,
            gap=10,
            pad=32,
        )
        card.setMaximumWidth(worn().px(600))
        self.setLayout(column(None, row(None, card, None, margins=(20, 20, 20, 20)), None))
        self.first.clicked.connect(self.wanted)
        stay.clicked.connect(self.left)


class PracticeBar(Ground):
    """Stands over every page of practice. Emits `told` to answer as the story says, `left` to end practice."""

    told = Signal()
    left = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("practice")
        say = language.say
        words = Words(say("Practice – nothing here is real"), size="lead", bold=True, role="on_practice", wrap=False)
        self.turn = SecondaryButton(say("Story"))
        self.answer = SecondaryButton(say("Answer as the story says"))
        self.leave = SecondaryButton(say("Leave practice"))
        self._story = Words("", role="on_practice")
        self._story.hide()
        buttons = flow(Sign("practice", "on_practice", 22), words)
        buttons.gap()
        for button in (self.turn, self.answer, self.leave):
            buttons.addWidget(button)
        self.setLayout(column(buttons, self._story, gap=4, margins=(18, 4, 18, 6)))
        self.turn.clicked.connect(lambda: self._story.setVisible(self._story.isHidden()))
        self.answer.clicked.connect(self.told)
        self.leave.clicked.connect(self.left)
        self.tell("", asking=False)

    def tell(self, story: str, *, asking: bool) -> None:
        """Shows the story beside its talk; elsewhere only that this is practice."""
        self._story.say(story)
        self._story.setVisible(asking and bool(story))
        self.turn.setVisible(asking and bool(story))
        self.answer.setVisible(asking and bool(story))


def _cell(one: StoryRow, number: int) -> Cell:
    words = (one.title, one.setting_word, one.country_word, one.difficulty_word, one.state)
    return Cell(words[number], "text" if number == 0 else "muted", bold=number == 0)
