"""A vault out of a backup, on a laptop that has none: choose the place, the backup, and type the passphrase of its day."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal

from victim_id.language import Language
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Option
from victim_id.ui.widgets.fields import Labelled, SecretField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, empty, flow, plain, row
from victim_id.ui.widgets.under_way import UnderWay
from victim_id.ui.widgets.words import Words


class FoundRow(NamedTuple):
    """A backup in the chosen place: its folder, when it was made and what is in it, in words."""

    folder: str
    made: str
    holds: str


class RestorePage(Ground):
    """Emits `choose`, `restore` with a backup's folder and a passphrase (empty: the sheets come afterwards), `stop`, `back`."""

    choose = Signal()
    restore = Signal(str, str)
    stop = Signal()
    back = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("rail")
        self._language, self._options = language, list[Option]()
        say = language.say
        self._aside = Words(
            say("What stands in its place now is kept beside it, under a name with “damaged” in it."), role="muted"
        )
        self._aside.hide()
        self.choose_button = PrimaryButton(say("Choose the folder or stick…"))
        self._place = Words("", size="small", role="muted")
        self._found = column(gap=6)
        self.field = SecretField(say("Passphrase"), say("Show the passphrase"), say("Hide the passphrase"))
        self._labelled = Labelled(
            say("Passphrase"), self.field, note=say("The one that opened the vault when the backup was made.")
        )
        self.go = PrimaryButton(say("Restore"))
        self.sheets = LinkButton(say("I lost the passphrase: restore, then use the recovery sheets"))
        self.under_way = UnderWay(say("Stop"))
        self.note = InlineNote("urgent")
        leave = SecondaryButton(say("Back"), icon="back")
        self._rest = plain(column(self._labelled, self.sheets, gap=6))
        self._card = Card(
            Words(say("Restore from a backup"), size="head", bold=True),
            Words(say("The backup stays as it is. A new vault is made out of it on this laptop."), role="muted"),
            self._aside,
            6,
            plain(flow(self.choose_button)),
            self._place,
            self._found,
            self._rest,
            self.under_way,
            self.note,
            8,
            row(leave, None, self.go),
            gap=8,
            pad=32,
        )
        inside = Ground("rail")
        inside.setLayout(column(None, row(None, self._card, None), None, margins=(12, 20, 12, 20)))
        self.setLayout(column(Scroll(inside, "rail")))
        self.first = self.choose_button
        self.choose_button.clicked.connect(self.choose)
        self.go.clicked.connect(self._go)
        self.field.returnPressed.connect(self._go)
        self.sheets.clicked.connect(lambda: self._restore(""))
        self.under_way.stopped.connect(self.stop)
        leave.clicked.connect(self.back)
        self.show_found("", [])
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "_card"):
            self._card.setFixedWidth(min(theme.px(560), 900))

    def tell_aside(self, *, there: bool) -> None:
        """Says what becomes of what stands there in place of a vault."""
        self._aside.setVisible(there)

    def show_found(self, place: str, rows: Sequence[FoundRow]) -> None:
        """Shows the backups that are in the chosen place, the newest chosen."""
        say = self._language.say
        empty(self._found)
        self._options = []
        for found in rows:
            option = Option(found.made, found.folder, note=found.holds, least=56)
            option.setAutoExclusive(True)
            self._options.append(option)
            self._found.addWidget(option)
        if self._options:
            self._options[0].setChecked(True)
        self._place.say(say("In {place}:", place=place) if rows else "")
        self._place.setVisible(bool(rows))
        self._rest.setVisible(bool(rows))
        self.go.setEnabled(bool(rows))
        self.note.say("")
        if place and not rows:
            self.note.say(
                say("There is no backup in this place."), say("A backup is a folder whose name begins with “vault-”.")
            )
        if rows:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_going(self) -> None:
        """Shows that the vault is being made."""
        self.note.say("")
        self._wait(busy=True)
        self.under_way.begin(self._language.say("Restoring"))

    def complain(self, message: Sorry, *, passphrase: bool = False) -> None:
        """Says why there is no vault yet, where it is."""
        self._wait(busy=False)
        self.under_way.end()
        if passphrase:
            self._labelled.complain(" ".join(message))
            self.field.setFocus()
        else:
            self.note.say(*message)

    def pressed(self, deed: str) -> bool:
        """Escape goes back."""
        if deed == "back" and self.go.words == self._language.say("Restore"):
            self.back.emit()
        return deed == "back"

    def _go(self) -> None:
        passphrase = self.field.text()
        if not passphrase:
            self._labelled.complain(self._language.say("Please type the passphrase."))
            self.field.setFocus()
            return
        self._restore(passphrase)

    def _restore(self, passphrase: str) -> None:
        chosen = next((option.key for option in self._options if option.isChecked()), "")
        if chosen and self.go.isEnabled():
            self.field.clear()
            self.field.conceal()
            self._labelled.complain("")
            self.restore.emit(chosen, passphrase)

    def _wait(self, *, busy: bool) -> None:
        for widget in (self.go, self.choose_button, self.sheets, *self._options):
            widget.setEnabled(not busy)
        self.field.setReadOnly(busy)
        self.go.say(self._language.say("Restoring…") if busy else self._language.say("Restore"))
