"""When the passphrase is lost: the words of two recovery sheets, then a new passphrase. Nothing is opened by trying."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.pages.new_passphrase import NewPassphrase
from victim_id.ui.pages.sheet_words import TwoSheets
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.fields import Labelled, LineField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, plain, row
from victim_id.ui.widgets.words import Words


class LostPage(Ground):
    """Emits `looked` while sheets are typed, and `recover` once with both sheets, a name and the new passphrase."""

    looked = Signal(int, str, str)
    recover = Signal(tuple, str, str)
    back = Signal()

    def __init__(self, language: Language, words: Sequence[str], many: int) -> None:
        super().__init__("rail")
        self._language = language
        say = language.say
        self.typed = TwoSheets(language, words, many)
        self.next = PrimaryButton(say("Next"), icon="next", icon_last=True)
        self.name = LineField(say("Your name"))
        self._named = Labelled(
            say("Your name"),
            self.name,
            note=say("As it stood in this vault: then your place and your cases are yours again."),
        )
        self.new = NewPassphrase(language, lambda: [self.name.text()], name=say("New passphrase"))
        self.open = PrimaryButton(say("Open the vault"))
        self.note = InlineNote("urgent")
        self._steps = (self._sheets(), self._passphrase())
        self._card = Card(*self._steps, self.note, gap=8, pad=32)
        inside = Ground("rail")
        inside.setLayout(column(None, row(None, self._card, None), None, margins=(12, 20, 12, 20)))
        self.setLayout(column(Scroll(inside, "rail")))
        self.first = self.typed.sheets[0].field
        self._step(0)
        self.typed.looked.connect(self.looked)
        self.typed.changed.connect(self._changed)
        self.next.clicked.connect(self._on)
        self.open.clicked.connect(self._go)
        self.new.entered.connect(self._go)
        self.name.returnPressed.connect(self.new.first.setFocus)
        self._changed()
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "_card"):
            self._card.setFixedWidth(min(theme.px(620), 940))

    def show_look(self, number: int, look: str) -> None:
        """Brings what a typed sheet is; a vault without sheets says so at once."""
        if look == "no_sheets":
            say = self._language.say
            self.note.say(
                say("No recovery sheets were ever made for this vault."),
                say("A colleague who has a passphrase of their own can still open it and add you again."),
            )
        else:
            self.typed.show_look(number, look)

    def complain(self, message: Sorry, *, passphrase: bool = False) -> None:
        """Says why the vault stayed closed; with what was not accepted in sight."""
        self._wait(busy=False)
        if passphrase:
            self.new.complain(" ".join(message))
        else:
            self.note.say(*message)

    def pressed(self, deed: str) -> bool:
        """Escape goes back."""
        if deed == "back":
            self._leave()
        return deed == "back"

    def _sheets(self) -> QWidget:
        say = self._language.say
        back = SecondaryButton(say("Back"), icon="back")
        back.clicked.connect(self._leave)
        return plain(
            column(
                Words(say("I lost my passphrase"), size="head", bold=True),
                Words(say("Take two different recovery sheets and type their words in order."), role="muted"),
                6,
                self.typed,
                row(back, None, self.next),
                gap=6,
            )
        )

    def _passphrase(self) -> QWidget:
        say = self._language.say
        back = SecondaryButton(say("Back"), icon="back")
        back.clicked.connect(lambda: self._step(0))
        return plain(
            column(
                Words(say("A new passphrase"), size="head", bold=True),
                Words(
                    say("The two sheets fit this vault. The lost passphrase opens nothing any more afterwards."),
                    role="muted",
                ),
                6,
                self._named,
                self.new,
                6,
                row(back, None, self.open),
                gap=6,
            )
        )

    def _changed(self) -> None:
        self.next.setEnabled(self.typed.ready)
        self.note.say("")

    def _on(self) -> None:
        self._step(1)
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, number: int) -> None:
        for place, step in enumerate(self._steps):
            step.setVisible(place == number)
        if number == 0:
            self.first.setFocus()

    def _go(self) -> None:
        name = self.name.text().strip()
        self.note.say("")
        if not name:
            self._named.complain(self._language.say("Please give a name."))
            self.name.setFocus()
        elif self.open.isEnabled() and (passphrase := self.new.take()):
            self._named.complain("")
            self._wait(busy=True)
            self.recover.emit(self.typed.texts(), name, passphrase)

    def _leave(self) -> None:
        self.typed.forget()
        self.new.forget()
        self.name.clear()
        self._step(0)
        self.back.emit()

    def _wait(self, *, busy: bool) -> None:
        self.open.setEnabled(not busy)
        self.open.say(self._language.say("Opening…") if busy else self._language.say("Open the vault"))
