"""After a practice talk: two readings of one story side by side, and the way back to every question."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from victim_id.language import Language
from victim_id.ui.pages.asked import Link
from victim_id.ui.theme import Role
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.marks import LevelDot
from victim_id.ui.widgets.notes import Sign
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, put, row, stacked
from victim_id.ui.widgets.words import Words


class FeedbackShown(NamedTuple):
    """What the page shows, every word in the worker's language; a link without an id leads nowhere."""

    title: str
    view: str
    level: str
    level_word: str
    expected: str
    expected_word: str
    why: str
    asked: str
    missed: tuple[Link, ...]
    added: tuple[Link, ...]
    heard: tuple[Link, ...]
    panel: tuple[str, ...]


class FeedbackPage(Ground):
    """Emits `question` for a sign's question, `result` to see the assessment of the talk, `stories` to choose another."""

    question = Signal(str)
    result = Signal()
    stories = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        result = SecondaryButton(say("See the assessment of this talk"))
        self.another = PrimaryButton(say("Choose another story"), icon="next", icon_last=True)
        self._both, self._panel = Card(gap=8), Card(gap=6)
        self._missed, self._added, self._heard = Card(gap=0), Card(gap=0), Card(gap=0)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 18, 20, 18)
        self._parts.setSpacing(18)
        left = column(self._both, self._panel, None, gap=14)
        put(self._parts, (left, column(self._missed, self._added, self._heard, None, gap=14)))
        self._parts.setStretch(0, 1)
        self._parts.setStretch(1, 1)
        inside = Ground("page")
        inside.setLayout(self._parts)
        self.setLayout(column(Bar(self._title, last=(result, self.another)), Scroll(inside), gap=0))
        result.clicked.connect(self.result)
        self.another.clicked.connect(self.stories)
        self.first = self.another

    def tell(self, shown: FeedbackShown) -> None:
        """Shows what a talk brought out of a story."""
        say = self._language.say
        self._title.say(say("Feedback"))
        empty(self._both.body)
        put(
            self._both.body,
            (
                Words(shown.title, size="lead", bold=True),
                *self._pair(say("You wrote"), Words(shown.view, bold=True)),
                *self._pair(say("What your answers show"), LevelDot(shown.level, shown.level_word)),
                *self._pair(
                    say("What people expect of the whole story"), LevelDot(shown.expected, shown.expected_word)
                ),
                Words(shown.why),
                Words(shown.asked, size="small", role="muted"),
            ),
        )
        empty(self._panel.body)
        put(
            self._panel.body,
            (
                Words(say("What an expert panel would look at"), size="lead", bold=True),
                *[Words(line) for line in shown.panel],
                Words(
                    say("There is no mark. Two careful people may differ; the reasons count."),
                    size="small",
                    role="muted",
                ),
            ),
        )
        self._list(
            self._missed, say("In the story, but not heard"), shown.missed, "amber", "warn", say("Nothing was missed.")
        )
        self._list(
            self._added,
            say("Written down, but not in the story"),
            shown.added,
            "amber",
            "note",
            say("Nothing was added."),
        )
        self._list(self._heard, say("Heard"), shown.heard, "good", "check", say("No sign of the story was heard."))

    def pressed(self, deed: str) -> bool:
        """Escape goes back to the stories."""
        if deed == "back":
            self.stories.emit()
        return deed == "back"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked(self._parts, self)

    def _pair(self, label: str, value: Words | LevelDot) -> tuple[Words, Words | LevelDot]:
        return Words(label, size="small", role="muted"), value

    def _list(self, card: Card, title: str, links: Sequence[Link], role: Role, sign: str, nothing: str) -> None:
        empty(card.body)
        card.body.addWidget(Words(title, size="lead", bold=True))
        if not links:
            card.body.addWidget(Words(nothing, role="muted"))
        for link in links:
            button = LinkButton(link.words, role="text")
            button.setEnabled(bool(link.id))
            button.clicked.connect(lambda _=False, id_=link.id: self.question.emit(id_))
            line = row(Sign(sign, role, 18), button, gap=8)
            line.setStretch(1, 1)
            card.body.addLayout(line)
