"""When the vault cannot be opened as it is: what is wrong in plain words, and each way on. Nothing is deleted by any of them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.fields import Labelled, SecretField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, flow, plain, row
from victim_id.ui.widgets.under_way import UnderWay
from victim_id.ui.widgets.words import Words

Wrong: TypeAlias = Literal["pages", "key", "database", "no_key", "away", "closed"]
"""What is wrong: pages of the database, the key file, a database that is gone, a key file that is gone, a folder that is not
there, a folder that may not be read."""


class SavedShown(NamedTuple):
    """What could be read: whole cases, codes of lost ones, lines of the history, half-typed answers, the old folder's name."""

    cases: int
    lost: Sequence[str]
    lines: int
    drafts: int
    aside: str


class DamagedPage(Ground):
    """Emits `save` with the passphrase, `restore`, `anew` for a new vault, `again` to look once more, `stop`."""

    save = Signal(str)
    restore = Signal()
    anew = Signal()
    again = Signal()
    stop = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("rail")
        self._language = language
        say = language.say
        self._title, self._what = Words("", size="head", bold=True), Words("")
        self._where, self._way = Words("", size="small", role="muted"), Words("")
        self.field = SecretField(say("Passphrase"), say("Show the passphrase"), say("Hide the passphrase"))
        self._labelled = Labelled(say("Passphrase"), self.field, note=say("The one that opened this vault."))
        self.go = PrimaryButton(say("Save what can be read"))
        self._saving = plain(column(self._labelled, plain(flow(self.go)), gap=6))
        self.under_way = UnderWay(say("Stop"))
        self.note, self.saved = InlineNote("urgent"), InlineNote("tint")
        self.back_up = SecondaryButton(say("Restore from a backup…"))
        self.look, self._new = SecondaryButton(say("Look again")), LinkButton(say("Make a new vault"))
        self._ways = plain(flow(self.back_up, self._new))
        self._card = Card(
            self._title, self._what, self._where, self._way, 4, self._saving, self.under_way, self.note, self.saved,
            self._ways, row(self.look, None), gap=8, pad=32,
        )  # fmt: skip
        inside = Ground("rail")
        inside.setLayout(column(None, row(None, self._card, None), None, margins=(12, 20, 12, 20)))
        self.setLayout(column(Scroll(inside, "rail")))
        self.first: QWidget = self.field
        self.go.clicked.connect(self._go)
        self.field.returnPressed.connect(self._go)
        self.back_up.clicked.connect(self.restore)
        self._new.clicked.connect(self.anew)
        self.look.clicked.connect(self.again)
        self.under_way.stopped.connect(self.stop)
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "_card"):
            self._card.setFixedWidth(min(theme.px(620), 940))

    def tell(self, wrong: Wrong, folder: str) -> None:
        """Says what is wrong with the vault in a folder, and offers what helps there."""
        title, what, way = self._words(wrong)
        self._title.say(title)
        self._what.say(what)
        self._where.say(folder)
        self._way.say(way)
        self._way.show()
        self.note.say("")
        self.saved.say("")
        self._saving.setVisible(wrong == "pages")
        self._ways.setVisible(wrong != "closed")
        self._new.setVisible(wrong in {"no_key", "away"})
        self.first = self.field if wrong == "pages" else self.look

    def show_going(self) -> None:
        """Shows that what can be read is being saved."""
        self.note.say("")
        self._wait(busy=True)
        self.under_way.begin(self._language.say("Saving what can be read"))

    def complain(self, message: Sorry, *, passphrase: bool = False) -> None:
        """Says why nothing was saved; everything is as it was."""
        self._wait(busy=False)
        self.under_way.end()
        if passphrase:
            self._labelled.complain(" ".join(message))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.note.say(*message)

    def show_saved(self, found: SavedShown) -> None:
        """Says what was saved, what is lost, and where the old folder is."""
        say, language = self._language.say, self._language
        self._wait(busy=False)
        self.under_way.end()
        lines = [
            language.say_many("{n} case is whole.", "{n} cases are whole.", found.cases),
            say("Lost: {codes}.", codes=", ".join(found.lost)) if found.lost else say("No case that was found is lost."),
            language.say_many("{n} line of the history was read.", "{n} lines of the history were read.", found.lines),
            language.say_many("{n} half-typed answer was read.", "{n} half-typed answers were read.", found.drafts),
            say("The damaged folder is kept beside it as “{name}”. Delete it only when you miss nothing.", name=found.aside),
        ]  # fmt: skip
        self._title.say(say("What could be read is saved."))
        self._what.say(say("It opens with the same passphrases and sheets as before."))
        self.saved.say(lines[0], "\n".join(lines[1:]))
        for part in (self._saving, self._ways, self._way):
            part.hide()
        self.look.say(say("Go to the vault"))
        self.look.setFocus(Qt.FocusReason.OtherFocusReason)

    def pressed(self, deed: str) -> bool:
        """Escape looks again."""
        if deed == "back" and self.go.isEnabled():
            self.again.emit()
        return deed == "back"

    def _words(self, wrong: Wrong) -> tuple[str, str, str]:
        say = self._language.say
        words: dict[Wrong, tuple[str, str, str]] = {
            "pages": (
                say("The vault is damaged."),
                say("Parts of its database are not as they were written. A failing disk does this, or a copy that was cut off. Nothing was changed by trying."),
                say("There are two ways. What can still be read is saved into a new vault, and you are told what is lost. Or a backup takes its place. Either way the damaged folder is kept beside it under another name."),
            ),
            "key": (
                say("The key file does not fit."),
                say("It is damaged, or it and the database are not from the same day. Without the right one no passphrase opens the vault."),
                say("If somebody put back an older vault.key or an older database, put the newer one in its place and look again. Otherwise restore from a backup; this folder is kept beside it under another name."),
            ),
            "database": (
                say("The database is gone."),
                say("The key file is here, but the file with the cases is missing or empty. Without it nothing can be read."),
                say("If somebody moved it, put it back and look again. Otherwise restore from a backup; this folder is kept beside it under another name."),
            ),
            "no_key": (
                say("The key file is gone."),
                say("The database is here, but vault.key and vault.key.bak are missing. Without one of them no passphrase and no sheet opens the vault."),
                say("If somebody moved them, put one back and look again. Otherwise restore from a backup, or make a new vault; this folder is kept beside it under another name."),
            ),
            "away": (
                say("The vault is not here."),
                say("A vault was opened from this place before, and now there is none. Perhaps its disk or stick is not connected."),
                say("Connect it and look again. If it is lost, restore from a backup."),
            ),
            "closed": (
                say("The vault’s folder may not be read."),
                say("This user of the laptop has no right to it, or its disk does not answer. Whatever is in it is as it was."),
                say("Ask your administrator for the right to read and write this folder, then look again."),
            ),
        }  # fmt: skip
        return words[wrong]

    def _go(self) -> None:
        passphrase = self.field.text()
        if not passphrase:
            self._labelled.complain(self._language.say("Please type the passphrase."))
            self.field.setFocus()
        elif self.go.isEnabled():
            self.field.clear()
            self.field.conceal()
            self._labelled.complain("")
            self.save.emit(passphrase)

    def _wait(self, *, busy: bool) -> None:
        for button in (self.go, self.back_up, self.look):
            button.setEnabled(not busy)
        self.field.setReadOnly(busy)
