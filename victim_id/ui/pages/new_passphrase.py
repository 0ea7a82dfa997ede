"""A new passphrase: typed twice, with its strength shown while typing, or drawn. It is carried once and kept nowhere."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from victim_id import guessing
from victim_id.language import Language
from victim_id.ui.theme import Role, worn
from victim_id.ui.widgets.buttons import LinkButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, SecretField
from victim_id.ui.widgets.surfaces import Card, column, flow, plain
from victim_id.ui.widgets.words import Words

_NAMES = {"en": "English", "fr": "Français", "nl": "Nederlands", "de": "Deutsch"}

ENOUGH = 4
"""The least strength of a passphrase out of 0 to 4, as `guessing` counts: 10^10 guesses, each of them slow (Argon2id)."""


def strength(passphrase: str, own_words: Sequence[str] = ()) -> int:
    """Gives how hard a passphrase is to guess, 0 to 4; the worker's and the organisation's names count for nothing."""
    return guessing.strength(passphrase, own_words).score


class NewPassphrase(QWidget):
    """Two fields and a bar. `entered` comes with Enter in the second field; `take` gives the passphrase once it is good."""

    entered = Signal()

    def __init__(
        self,
        language: Language,
        own_words: Callable[[], Sequence[str]] = tuple,
        measure: Callable[[str, Sequence[str]], int] = strength,
        *,
        name: str = "",
    ) -> None:
        super().__init__()
        self._language, self._own_words, self._measure, self._score = language, own_words, measure, 0
        say = language.say
        show, hide = say("Show the passphrase"), say("Hide the passphrase")
        self.first = SecretField(name or say("Passphrase"), show, hide)
        self.second = SecretField(say("The same passphrase again"), show, hide)
        self._labelled = Labelled(name or say("Passphrase"), self.first)
        self._again = Labelled(say("The same passphrase again"), self.second)
        self._bar, self._word = StrengthBar(), Words("", size="small", role="muted")
        self._pause = QTimer(self, singleShot=True, interval=180)
        self._pause.timeout.connect(self.weigh)
        self.draw = LinkButton(say("Draw five words for me"), underline=True)
        self.offer = Offer(language)
        self.offer.hide()
        self.setLayout(
            column(self._labelled, self._bar, self._word, plain(flow(self.draw)), self.offer, self._again, gap=6)
        )
        self.draw.clicked.connect(self._offer)
        self.offer.taken.connect(self._taken)
        self.first.textEdited.connect(lambda _text: self._pause.start())
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)

    def weigh(self) -> None:
        """Shows how strong the passphrase is."""
        self._pause.stop()
        text = self.first.text()
        self._score = self._measure(text, list(self._own_words())) if text else 0
        say = self._language.say
        words = (
            say("Guessed at once"),
            say("Guessed within minutes"),
            say("Still too easy to guess"),
            say("Nearly there: one more word"),
            say("Good"),
        )
        self._bar.show_score(self._score)
        self._word.say(words[self._score] if text else "")
        self.first.setAccessibleDescription(self._word.text())

    def take(self) -> str:
        """Gives the passphrase and empties the fields; what is wrong is said where it is, and then nothing is given."""
        self.weigh()
        say, text = self._language.say, self.first.text()
        self._labelled.complain("")
        self._again.complain("")
        if self._score < ENOUGH:
            too_easy = say("This passphrase is too easy to guess."), say("Please add a word or two.")
            self._labelled.complain(" ".join(too_easy))
            self.first.setFocus()
            return ""
        if text != self.second.text():
            self._again.complain(say("The two are not the same."))
            self.second.setFocus()
            return ""
        self.forget()
        return text

    def complain(self, message: str) -> None:
        """Says why the passphrase was not taken."""
        self._labelled.complain(message)
        self.first.setFocus()

    def forget(self) -> None:
        """Empties the fields."""
        for field in (self.first, self.second):
            field.clear()
            field.conceal()
        self._score = 0
        self._bar.show_score(0)
        self._word.say("")
        self._close()

    def _offer(self) -> None:
        self.draw.hide()
        self.offer.show()
        self.offer.begin()

    def _close(self) -> None:
        self.offer.put_away()
        self.offer.hide()
        self.draw.show()

    def _taken(self, words: str) -> None:
        """Fills the first field; the second is typed from memory."""
        self._close()
        self.first.setText(words)
        self.second.clear()
        self._labelled.complain("")
        self._again.complain("")
        self.weigh()
        self.second.setFocus()


class Offer(Card):
    """Five drawn words, shown until they are taken. `taken` carries them; nothing keeps them."""

    taken = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__(gap=8, pad=14)
        say = language.say
        self._languages = Chips(say("Language of the words"), _NAMES.items())
        self._languages.choose(language.tag if language.tag in _NAMES else "en")
        self._shown = Words("", size="lead", bold=True)
        self.take, self.others = (
            SecondaryButton(say("Take these words")),
            LinkButton(say("Other words"), underline=True),
        )
        memory = say("Say them to yourself a few times. They are shown only here; then you type them once from memory.")
        for part in (
            self._languages,
            self._shown,
            Words(memory, size="small", role="muted"),
            plain(flow(self.take, self.others)),
        ):
            self.body.addWidget(part)
        self._languages.chosen.connect(lambda _keys: self._draw())
        self.others.clicked.connect(self._draw)
        self.take.clicked.connect(lambda: self.taken.emit(self._shown.text()))

    def begin(self) -> None:
        """Shows five words."""
        self._draw()
        self.take.setFocus()

    def put_away(self) -> None:
        """Shows no words any more."""
        self._shown.say("")

    def _draw(self) -> None:
        self._shown.say(guessing.drawn(self._languages.key()))


class StrengthBar(QWidget):
    """Four steps that fill, always with their word beside them."""

    def __init__(self) -> None:
        super().__init__()
        self._score = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_score(self, score: int) -> None:
        """Shows a strength of 0 to 4."""
        self._score = score
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, worn().px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        wide = (self.width() - 3 * 6) / 4
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        role: Role = "urgent" if self._score < 2 else "amber" if self._score < ENOUGH else "good"
        for step in range(4):
            place = 3 - step if right else step
            painter.setBrush(theme.colour(role if step < self._score else "track"))
            painter.drawRoundedRect(QRectF(place * (wide + 6), 0, wide, self.height()), 3, 3)
