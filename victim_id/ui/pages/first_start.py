"""The first start: who works here, and the passphrase that will open the vault. Two steps, ready in two minutes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from victim_id.language import Language
from victim_id.ui.theme import Role, Theme, worn
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField, SecretField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, plain, row
from victim_id.ui.widgets.words import Words

ENOUGH = 4
"""The least strength of a passphrase out of 0 to 4, as zxcvbn counts: 10^10 guesses, each of them slow (Argon2id)."""


class NewVault(NamedTuple):
    """What a first start asks for. The passphrase is carried once and kept nowhere in the window."""

    passphrase: str
    worker_name: str
    role: str
    organisation: str
    country: str
    language: str


def strength(passphrase: str, own_words: Sequence[str] = ()) -> int:
    """Gives how hard a passphrase is to guess, 0 to 4; the worker's and the organisation's names count for nothing."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  its word lists are loaded when a passphrase is first chosen, not at start

    found = zxcvbn(passphrase[:72], user_inputs=[word for word in own_words if word])
    return int(found["score"])


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


class FirstStartPage(Ground):
    """Creates a vault. `made` carries everything once; `language_chosen` asks for the page in another language."""

    made = Signal(object)
    language_chosen = Signal(str)

    def __init__(
        self,
        language: Language,
        languages: tuple[tuple[str, str], ...],
        countries: tuple[tuple[str, str], ...],
        *,
        country: str = "",
        measure: Callable[[str, Sequence[str]], int] = strength,
    ) -> None:
        super().__init__("rail")
        self._language, self._measure, self._score = language, measure, 0
        say = language.say
        self._languages = Chips(say("Your language"), languages, here=[language.tag])
        self._languages.chosen.connect(lambda keys: self.language_chosen.emit(keys[0]))
        self._countries = Chips(say("Country you work in"), countries, here=[country])
        self._name = LineField(say("Your name"))
        self._role = LineField(
            say("Your function"), placeholder=say("labour inspector, social worker, border officer…")
        )
        self._organisation = LineField(say("Your organisation"))
        self._first = SecretField(say("Passphrase"), say("Show the passphrase"), say("Hide the passphrase"))
        self._second = SecretField(
            say("The same passphrase again"), say("Show the passphrase"), say("Hide the passphrase")
        )
        self._bar, self._word = StrengthBar(), Words("", size="small", role="muted")
        self._pause = QTimer(self, singleShot=True, interval=180)
        self._pause.timeout.connect(self._weigh)
        self.note = InlineNote("urgent")
        self.card = Card(gap=0, pad=32)
        self._steps = (self._who(), self._secret())
        for step in self._steps:
            self.card.body.addWidget(step)
        self._step(0)
        inside = Ground("rail")
        inside.setLayout(column(None, row(None, self.card, None), None, margins=(12, 20, 12, 20)))
        self.setLayout(column(Scroll(inside, "rail")))
        self._first.textEdited.connect(lambda _text: self._pause.start())
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "card"):
            self.card.setFixedWidth(min(theme.px(560), 900))

    def complain(self, message: Sorry) -> None:
        """Says why no vault was made; everything that was typed except the passphrase is still there."""
        self._wait(busy=False)
        self.note.say(*message)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self._first if self._steps[0].isHidden() else self._name).setFocus()

    def _who(self) -> QWidget:
        say = self._language.say
        self._next = PrimaryButton(say("Next"), icon="next", icon_last=True)
        self._next.clicked.connect(self._to_secret)
        for field in (self._name, self._role, self._organisation):
            field.returnPressed.connect(self._to_secret)
        self._who_note = Words("", size="small", role="urgent")
        self._who_note.hide()
        return plain(
            column(
                Words(say("Welcome"), size="head", bold=True),
                Words(say("First a few words about you. They stay in the vault on this laptop."), role="muted"),
                8,
                Words(say("Your language"), size="small", bold=True),
                self._languages,
                Words(say("Country you work in"), size="small", bold=True),
                self._countries,
                Labelled(say("Your name"), self._name),
                Labelled(say("Your function"), self._role),
                Labelled(say("Your organisation"), self._organisation),
                self._who_note,
                8,
                row(None, self._next),
                gap=6,
            )
        )

    def _secret(self) -> QWidget:
        say = self._language.say
        self._again = Labelled(say("The same passphrase again"), self._second)
        self._back = SecondaryButton(say("Back"), icon="back")
        self._create = PrimaryButton(say("Create the vault"))
        self._back.clicked.connect(lambda: self._step(0))
        self._create.clicked.connect(self._go)
        self._first.returnPressed.connect(self._second.setFocus)
        self._second.returnPressed.connect(self._go)
        return plain(
            column(
                Words(say("Choose a passphrase"), size="head", bold=True),
                Words(
                    say("Five words that have nothing to do with each other are strong and easy to keep in mind. Nobody can open the vault without it."),
                    role="muted",
                ),
                8,
                Labelled(say("Passphrase"), self._first),
                self._bar,
                self._word,
                self._again,
                self.note,
                8,
                row(self._back, None, self._create),
                None,
                gap=6,
            )
        )  # fmt: skip

    def _to_secret(self) -> None:
        missing = [field for field in (self._name, self._organisation) if not field.text().strip()]
        say = self._language.say
        if not self._countries.key():
            self._who_note.say(say("Please choose the country you work in."))
        elif missing:
            self._who_note.say(say("Please fill in: {field}", field=missing[0].accessibleName()))
            missing[0].setFocus()
        else:
            self._who_note.hide()
            self._step(1)
            self._first.setFocus()
            return
        self._who_note.show()

    def _step(self, number: int) -> None:
        for place, step in enumerate(self._steps):
            step.setVisible(place == number)

    def _weigh(self) -> None:
        self._pause.stop()
        text = self._first.text()
        own = [self._name.text(), self._organisation.text(), self._role.text()]
        self._score = self._measure(text, own) if text else 0
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
        self._first.setAccessibleDescription(self._word.text())

    def _go(self) -> None:
        self._weigh()
        say = self._language.say
        first, second = self._first.text(), self._second.text()
        self.note.say("")
        if self._score < ENOUGH:
            self.note.say(say("This passphrase is too easy to guess."), say("Please add a word or two."))
            self._first.setFocus()
        elif first != second:
            self._again.complain(say("The two are not the same."))
            self._second.setFocus()
        else:
            self._again.complain("")
            for field in (self._first, self._second):
                field.clear()
                field.conceal()
            self._bar.show_score(0)
            self._word.say("")
            self._wait(busy=True)
            name, role, organisation = (f.text().strip() for f in (self._name, self._role, self._organisation))
            self.made.emit(NewVault(first, name, role, organisation, self._countries.key(), self._language.tag))

    def _wait(self, *, busy: bool) -> None:
        self._create.setEnabled(not busy)
        self._create.say(self._language.say("Creating…") if busy else self._language.say("Create the vault"))
