"""What comes next in a case, by when; and the reflection period with its estimated end, which an authority decides."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, put, row, stacked
from victim_id.ui.widgets.words import Words


class Period(NamedTuple):
    """A reflection period: the day it began, its estimated end in words, who decides, and its conditions with sources."""

    began: str
    end: str
    end_words: str
    decides: str
    conditions: tuple[tuple[str, str], ...]


class StepsPage(Leaving):
    """Emits `planned` (what, day or nothing), `began` (day of the reflection period), `remind` (the estimated end), `left`."""

    planned = Signal(str, str)
    began = Signal(str)
    remind = Signal(str)

    def __init__(self, language: Language, days: Sequence[tuple[str, str]]) -> None:
        """`days` are the days that are offered: (2026-11-21, its name)."""
        super().__init__("page")
        self._language, self._end = language, ""
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        back = SecondaryButton(say("Back"), icon="back")
        self.step = LineField(say("Next step"))
        self.when = Chips(say("By when"), [*days, ("none", say("No date"))])
        self.day = LineField(say("Another day"), placeholder="2026-12-31")
        self._day = Labelled(say("Another day"), self.day, note=say("Year-month-day"))
        self.keep = PrimaryButton(say("Keep"))
        plan = Card(
            Words(say("Next step"), size="lead", bold=True),
            self.step,
            Words(say("By when"), size="small", role="muted"),
            self.when,
            self._day,
            row(None, self.keep),
            gap=6,
        )
        self.start = LineField(say("Began on"), placeholder="2026-12-31")
        self._start = Labelled(say("Began on"), self.start, note=say("Year-month-day"))
        self._estimate, self._decides = Words("", size="title", bold=True), Words("", bold=True, role="amber")
        self.put_on = SecondaryButton(say("Put the estimated end on the list of what is due"))
        self._conditions = column(gap=4)
        self._period = Card(
            Words(say("Reflection period"), size="lead", bold=True),
            self._start, self._estimate, self._decides, row(self.put_on, None), self._conditions, gap=6,
        )  # fmt: skip
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 18, 20, 18)
        self._parts.setSpacing(18)
        put(self._parts, (column(plan, None), column(self._period, None)))
        self._parts.setStretch(0, 1)
        self._parts.setStretch(1, 1)
        inside = Ground("page")
        inside.setLayout(self._parts)
        self.setLayout(column(Bar(self._title, last=(back,)), Scroll(inside), gap=0))
        self.first = self.step
        back.clicked.connect(self.left)
        self.when.chosen.connect(lambda keys: self.day.setText("" if keys[0] == "none" else keys[0]))
        self.keep.clicked.connect(self._keep)
        self.step.returnPressed.connect(self._keep)
        self.day.returnPressed.connect(self._keep)
        self.start.editingFinished.connect(self._begin)
        self.put_on.clicked.connect(lambda: self.remind.emit(self._end))

    def tell(self, code: str, step: str, day: str, period: Period | None) -> None:
        """Shows what is planned in a case; without a period its country has none."""
        say = self._language.say
        self._title.say(f"{code} · {say('Next step and deadlines')}")
        self.step.setText(step)
        self.day.setText(day)
        self.when.choose(day or "none")
        self._period.setVisible(period is not None)
        self.complain()
        if period is not None:
            self._end = period.end
            self.start.setText(period.began)
            self._estimate.say(period.end_words)
            self._estimate.setVisible(bool(period.end_words))
            self._decides.say(period.decides)
            self.put_on.setVisible(bool(period.end))
            empty(self._conditions)
            for text, source in period.conditions:
                self._conditions.addWidget(Words(f"• {text}"))
                self._conditions.addWidget(Words(source, size="small", role="muted"))

    def complain(self, *, day: str = "", began: str = "") -> None:
        """Says where a day is none."""
        self._day.complain(day)
        self._start.complain(began)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked(self._parts, self)

    def _keep(self) -> None:
        self.planned.emit(self.step.text().strip(), self.day.text().strip())

    def _begin(self) -> None:
        self.began.emit(self.start.text().strip())
