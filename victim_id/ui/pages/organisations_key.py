"""The organisation's own key: its file and its passphrase, where it opens the vault; and which one it is, where that is set."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.widgets.buttons import DangerButton, LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.fields import Labelled, LineField, SecretField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, column, flow, plain, row
from victim_id.ui.widgets.words import Elided, Words


class OrganisationsKey(QWidget):
    """The file of the key and its passphrase. Emits `choose` for the file, and `proved` with the passphrase."""

    choose = Signal()
    proved = Signal(str)
    back = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        say = language.say
        self._file = Elided("")
        self.file = SecondaryButton(say("Choose the key's file…"))
        self.passphrase = SecretField(
            say("Passphrase of the key"), say("Show the passphrase"), say("Hide the passphrase")
        )
        back = SecondaryButton(say("Back"), icon="back")
        self.next = PrimaryButton(say("Next"), icon="next", icon_last=True)
        self.setLayout(
            column(
                Words(say("The organisation's key"), size="head", bold=True),
                Words(say("Whoever keeps it in the organisation brings its file and types its passphrase here."), role="muted"),
                6,
                plain(flow(self.file)),
                self._file,
                Labelled(say("Passphrase of the key"), self.passphrase),
                6,
                row(back, None, self.next),
                gap=6,
            )
        )  # fmt: skip
        self.file.clicked.connect(self.choose)
        self.passphrase.returnPressed.connect(self._prove)
        self.next.clicked.connect(self._prove)
        back.clicked.connect(self.back)
        self.forget()

    def show_file(self, name: str) -> None:
        """Shows which file was chosen."""
        self._file.say(name)
        self._file.show()
        self.ready()
        self.passphrase.setFocus(Qt.FocusReason.TabFocusReason)

    def ready(self) -> None:
        """Is ready for another try."""
        self.next.setEnabled(not self._file.isHidden())

    def forget(self) -> None:
        """Empties what was typed and chosen."""
        self.passphrase.clear()
        self.passphrase.conceal()
        self._file.hide()
        self.ready()

    def _prove(self) -> None:
        if self.next.isEnabled():
            self.next.setEnabled(False)
            self.proved.emit(self.passphrase.text())


class KeyShown(NamedTuple):
    """The key that opens the vault: its number, nothing where there is none, and the limited cases it does not open yet."""

    number: str
    uncovered: int


class OrganisationCard(Card):
    """Which key opens the vault. Emits `choose` for a public file, `looked` with a typed line, `given` with what was
    compared by voice, and `removed`.
    """

    choose = Signal()
    looked = Signal(str)
    given = Signal(str)
    removed = Signal()

    def __init__(self, language: Language) -> None:
        self._language, self._offered, say = language, "", language.say
        self._state = Words("")
        self.note = InlineNote("amber")
        self.file = SecondaryButton(say("Choose its public file…"))
        self.line = LineField(say("Or type its line (age1…)"))
        self._labelled = Labelled(say("Or type its line (age1…)"), self.line)
        self.look = SecondaryButton(say("Look at this line"))
        self._choices = plain(column(plain(flow(self.file)), self._labelled, plain(flow(self.look)), gap=6))
        self._number = Words("", size="lead", bold=True)
        self.same = PrimaryButton(say("The numbers are the same: let it open"))
        self.not_same = SecondaryButton(say("Not now"))
        self._compare = plain(
            column(
                Words(say("Call the organisation at a number you know, and compare:")),
                self._number,
                plain(flow(self.same, self.not_same)),
                gap=6,
            )
        )
        self.remove = LinkButton(
            say("Remove…"), name=say("Remove the organisation's key…"), role="muted", underline=True
        )
        self._keep = SecondaryButton(say("Keep"), name=say("Keep the organisation's key"))
        take = DangerButton(say("Remove the organisation's key"))
        self._sure = plain(flow(self._keep, take))
        super().__init__(
            Words(say("The organisation's key"), size="lead", bold=True),
            Words(say("If your organisation keeps one: it opens the vault and every limited case when nobody else can. It comes from “organisation-key make” on the command line."), role="muted"),
            self._state, self.note, self._choices, self._compare, self.remove, self._sure, gap=6,
        )  # fmt: skip
        self.file.clicked.connect(self.choose)
        self.look.clicked.connect(lambda: self.looked.emit(self.line.text()))
        self.line.returnPressed.connect(self.look.click)
        self.same.clicked.connect(lambda: self.given.emit(self._offered))
        self.not_same.clicked.connect(lambda: self._turn(compare=False))
        self.remove.clicked.connect(lambda: self._ask(open_=True))
        self._keep.clicked.connect(lambda: self._ask(open_=False))
        take.clicked.connect(self.removed)
        self._sure.hide()
        self._turn(compare=False)
        self.tell(KeyShown("", 0))

    def tell(self, shown: KeyShown) -> None:
        """Shows which key opens the vault."""
        say = self._language.say
        if shown.number:
            words = say("A key opens this vault. Its number:") + f"\n{shown.number}"
            left = self._language.say_many(
                "{n} limited case is not yet covered by it.", "{n} limited cases are not yet covered by it.", shown.uncovered
            )  # fmt: skip
            wait = say("It is done by itself when one of the workers named for it unlocks.")
            self._state.say(f"{words}\n{left} {wait}" if shown.uncovered else words)
        else:
            self._state.say(say("None opens this vault."))
        self.note.say("")
        self.line.clear()
        self.remove.setVisible(bool(shown.number))
        self._sure.hide()
        self._turn(compare=False)

    def offer(self, typed: str, number: str) -> None:
        """Shows the number of a key that was chosen or typed, to be compared by voice."""
        self._offered = typed
        self.note.say("")
        self._number.say(number)
        self._turn(compare=True)
        self.same.setFocus()

    def complain(self, message: Sorry) -> None:
        """Says why a key was not taken."""
        self.note.say(*message)

    def _turn(self, *, compare: bool) -> None:
        self._compare.setVisible(compare)
        self._choices.setVisible(not compare)

    def _ask(self, *, open_: bool) -> None:
        self._sure.setVisible(open_)
        self.remove.setVisible(not open_)
        (self._keep if open_ else self.remove).setFocus()
