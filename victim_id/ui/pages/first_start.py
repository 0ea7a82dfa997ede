"""The first start: who works here, for whom, and the passphrase of the vault. Three steps, ready in two minutes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.pages.bound import BoundBy
from victim_id.ui.pages.new_passphrase import NewPassphrase, strength
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, plain, row
from victim_id.ui.widgets.words import Words


class NewVault(NamedTuple):
    """What a first start asks for. The passphrase is carried once and kept nowhere in the window."""

    passphrase: str
    worker_name: str
    role: str
    organisation: str
    country: str
    language: str
    organisation_type: str = "inspectorate"
    regime: str = "GDPR"


class FirstStartPage(Ground):
    """Creates a vault. `made` carries everything once; `language_chosen` asks for the page in another language."""

    made = Signal(object)
    restore = Signal()
    language_chosen = Signal(str)

    def __init__(
        self,
        language: Language,
        languages: tuple[tuple[str, str], ...],
        countries: tuple[tuple[str, str], ...],
        *,
        country: str = "",
        kinds: Sequence[tuple[str, str]] = (),
        measure: Callable[[str, Sequence[str]], int] = strength,
    ) -> None:
        super().__init__("rail")
        self._language = language
        say = language.say
        self._languages = Chips(say("Your language"), languages, here=[language.tag])
        self._languages.chosen.connect(lambda keys: self.language_chosen.emit(keys[0]))
        self._countries = Chips(say("Country you work in"), countries, here=[country])
        self._name = LineField(say("Your name"))
        self._role = LineField(
            say("Your function"), placeholder=say("labour inspector, social worker, border officer…")
        )
        self._organisation = LineField(say("Your organisation"))
        self._bound = BoundBy(language, kinds)

        def own_words() -> list[str]:
            return [self._name.text(), self._organisation.text(), self._role.text()]

        self._new = NewPassphrase(language, own_words, measure)
        self._first, self._second, self._weigh = self._new.first, self._new.second, self._new.weigh
        self.note, self.warning = InlineNote("urgent"), InlineNote("amber")
        self.card = Card(gap=0, pad=32)
        self.card.body.addWidget(self.warning)
        self._steps = (self._who(), self._for_whom(), self._secret())
        for step in self._steps:
            self.card.body.addWidget(step)
        self._start_of = (self._name, self._organisation, self._first)
        self._step(0)
        inside = Ground("rail")
        inside.setLayout(column(None, row(None, self.card, None), None, margins=(12, 20, 12, 20)))
        self.setLayout(column(Scroll(inside, "rail")))
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "card"):
            self.card.setFixedWidth(min(theme.px(560), 900))

    def complain(self, message: Sorry) -> None:
        """Says why no vault was made; everything that was typed except the passphrase is still there."""
        self._wait(busy=False)
        self.note.say(*message)

    def warn(self, message: Sorry) -> None:
        """Says what is wrong with where the vault would lie; it can be made all the same."""
        self.card.body.insertSpacing(1, 14)
        self.warning.say(*message)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start_of[next(number for number, step in enumerate(self._steps) if not step.isHidden())].setFocus()

    def _who(self) -> QWidget:
        say = self._language.say
        self._next = PrimaryButton(say("Next"), icon="next", icon_last=True)
        self._next.clicked.connect(self._on)
        restore = LinkButton(say("Restore from a backup…"))
        restore.clicked.connect(self.restore)
        for field in (self._name, self._role):
            field.returnPressed.connect(self._on)
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
                self._who_note,
                8,
                row(restore, None, self._next),
                gap=6,
            )
        )

    def _for_whom(self) -> QWidget:
        say = self._language.say
        back = SecondaryButton(say("Back"), icon="back")
        self._further = PrimaryButton(say("Next"), icon="next", icon_last=True)
        back.clicked.connect(lambda: self._step(0))
        self._further.clicked.connect(self._to_secret)
        self._organisation.returnPressed.connect(self._to_secret)
        self._organisation_note = Words("", size="small", role="urgent")
        self._organisation_note.hide()
        return plain(
            column(
                Words(say("Whom you work for"), size="head", bold=True),
                Words(
                    say("This stands on every form you send. It can be changed later in the preferences."), role="muted"
                ),
                8,
                Labelled(say("Your organisation"), self._organisation),
                4,
                self._bound,
                self._organisation_note,
                8,
                row(back, None, self._further),
                gap=6,
            )
        )

    def _secret(self) -> QWidget:
        say = self._language.say
        self._back = SecondaryButton(say("Back"), icon="back")
        self._create = PrimaryButton(say("Create the vault"))
        self._back.clicked.connect(lambda: self._step(1))
        self._create.clicked.connect(self._go)
        self._new.entered.connect(self._go)
        return plain(
            column(
                Words(say("Choose a passphrase"), size="head", bold=True),
                Words(
                    say("Five words that have nothing to do with each other are strong and easy to keep in mind. Nobody can open the vault without it."),
                    role="muted",
                ),
                8,
                self._new,
                self.note,
                8,
                row(self._back, None, self._create),
                None,
                gap=6,
            )
        )  # fmt: skip

    def _on(self) -> None:
        say, wrong = self._language.say, ""
        if not self._countries.key():
            wrong = say("Please choose the country you work in.")
        elif not self._name.text().strip():
            wrong = say("Please fill in: {field}", field=self._name.accessibleName())
            self._name.setFocus()
        self._who_note.say(wrong)
        self._who_note.setVisible(bool(wrong))
        if not wrong:
            self._step(1)

    def _to_secret(self) -> None:
        say, wrong = self._language.say, ""
        if not self._organisation.text().strip():
            wrong = say("Please fill in: {field}", field=self._organisation.accessibleName())
            self._organisation.setFocus()
        elif not (self._bound.kind.key() and self._bound.regime.key()):
            wrong = say("Please choose what kind of organisation it is.")
        self._organisation_note.say(wrong)
        self._organisation_note.setVisible(bool(wrong))
        if not wrong:
            self._step(2)

    def _step(self, number: int) -> None:
        for place, step in enumerate(self._steps):
            step.setVisible(place == number)
        self._start_of[number].setFocus()

    def _go(self) -> None:
        self.note.say("")
        passphrase = self._new.take()
        if passphrase:
            self._wait(busy=True)
            name, role, organisation = (f.text().strip() for f in (self._name, self._role, self._organisation))
            self.made.emit(
                NewVault(
                    passphrase, name, role, organisation, self._countries.key(), self._language.tag,
                    self._bound.kind.key(), self._bound.regime.key(),
                )
            )  # fmt: skip

    def _wait(self, *, busy: bool) -> None:
        self._create.setEnabled(not busy)
        self._create.say(self._language.say("Creating…") if busy else self._language.say("Create the vault"))
