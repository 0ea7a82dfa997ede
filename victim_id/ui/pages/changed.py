"""Answers that were changed: the earlier one beside the new one, with the reason; and all of a case in one list."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal

from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import LinkButton, SecondaryButton
from victim_id.ui.widgets.fields import LineField
from victim_id.ui.widgets.notes import EmptyState
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, row
from victim_id.ui.widgets.words import Words


class ChangeRow(NamedTuple):
    """A change: the question, what it said before and says now, when and by whom, and why as far as it was told."""

    question: str
    words: str
    before: str
    after: str
    when: str
    reason: str


class WhyChanged(Card):
    """Stands below a question whose answer was changed later. Emits `told` with the reason; leaving it empty is allowed."""

    told = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__(tone="amber", gap=4, pad=14)
        say = language.say
        self._before = Words("", bold=True)
        self.reason = LineField(say("Why did the answer change?"), placeholder=say("Why did the answer change?"))
        self.body.addWidget(self._before)
        self.body.addWidget(Words(say("Both answers are kept, with your reason."), size="small", role="muted"))
        self.body.addWidget(self.reason)
        self.reason.editingFinished.connect(self._tell)
        self.hide()

    def show_change(self, before: str, reason: str) -> None:
        """Shows what was answered before; nothing hides the card."""
        self._before.say(before)
        self._known = reason
        if not self.reason.hasFocus():
            self.reason.setText(reason)
        self.setVisible(bool(before))

    def _tell(self) -> None:
        reason = self.reason.text().strip()
        if reason != self._known:
            self._known = reason
            self.told.emit(reason)

    _known = ""


class ChangesPage(Leaving):
    """Everything that was changed in a case, the latest first. Emits `question` to go there, `left` to go back."""

    question = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        self.first = SecondaryButton(say("Back"), icon="back")
        self._rows = column(gap=12)
        self._nothing = EmptyState(
            "undo", say("Nothing was changed"), say("An answer that is changed later stays here, beside the new one.")
        )
        inside = Ground("page")
        inside.setLayout(column(self._nothing, self._rows, None, margins=(20, 18, 20, 18)))
        self.setLayout(column(Bar(self._title, last=(self.first,)), Scroll(inside), gap=0))
        self.first.clicked.connect(self.left)

    def tell(self, code: str, changed: Sequence[ChangeRow]) -> None:
        """Shows the changes of a case."""
        say = self._language.say
        self._title.say(f"{code} · {say('What was changed')}")
        empty(self._rows)
        self._nothing.setVisible(not changed)
        for one in reversed(changed):
            self._rows.addWidget(self._card(one))

    def _card(self, one: ChangeRow) -> Card:
        say = self._language.say
        link = LinkButton(one.words, role="text")
        link.clicked.connect(lambda _=False: self.question.emit(one.question))
        when = Words(one.when, size="small", role="muted", wrap=False)
        head = row(link, when, gap=12)
        head.setStretch(0, 1)
        card = Card(
            head,
            Words(say("Before: {answer}", answer=one.before), role="muted"),
            Words(say("Now: {answer}", answer=one.after) if one.after else say("Now: no answer")),
            Words(say("Why: {reason}", reason=one.reason) if one.reason else say("No reason was given."), size="small"),
            gap=4,
        )
        card.setMaximumWidth(worn().px(900))
        return card
