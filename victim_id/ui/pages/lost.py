"""When the passphrase is lost: two recovery sheets or the organisation's key, then whose place it is, and a new passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.pages.new_passphrase import NewPassphrase
from victim_id.ui.pages.organisations_key import OrganisationsKey
from victim_id.ui.pages.sheet_words import TwoSheets
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, plain, row
from victim_id.ui.widgets.words import Words

NEW = " "  # nobody is called so: names are stripped


class LostPage(Ground):
    """Emits `looked` while sheets are typed, `proved` with both, `key_file` and `key_proved` for the organisation's key and
    its passphrase; then, `show_people` having come, `recover` with a name, whether it is a new one, and a passphrase.
    """

    looked = Signal(int, str, str)
    proved = Signal(tuple)
    key_file = Signal()
    key_proved = Signal(str)
    recover = Signal(str, bool, str)
    back = Signal()

    def __init__(self, language: Language, words: Sequence[str], many: int) -> None:
        super().__init__("rail")
        self._language = language
        say = language.say
        self.typed = TwoSheets(language, words, many)
        self.next = PrimaryButton(say("Next"), icon="next", icon_last=True)
        self._mark = Words("", size="small", role="muted")
        self.by_key = LinkButton(say("With the organisation's key instead"))
        self.by_key.hide()
        self.key = OrganisationsKey(language)
        self.who = Chips(say("Whose place is it?"))
        self._what_follows = Words("", role="muted")
        self.name = LineField(say("Your name"))
        self._named = Labelled(say("Your name"), self.name)
        self.new = NewPassphrase(language, lambda: [self.name.text(), *self.who.keys()], name=say("New passphrase"))
        self.open = PrimaryButton(say("Open the vault"))
        self.note = InlineNote("urgent")
        self._steps = (self._sheets(), self._passphrase(), self.key)
        self._card = Card(*self._steps, self.note, gap=8, pad=32)
        inside = Ground("rail")
        inside.setLayout(column(None, row(None, self._card, None), None, margins=(12, 20, 12, 20)))
        self.setLayout(column(Scroll(inside, "rail")))
        self.first = self.typed.sheets[0].field
        self._step(0)
        self.typed.looked.connect(self.looked)
        self.typed.changed.connect(self._changed)
        self.next.clicked.connect(self._prove)
        self.by_key.clicked.connect(lambda: self._step(2))
        self.key.back.connect(lambda: self._step(0))
        self.key.choose.connect(self.key_file)
        self.key.proved.connect(self.key_proved)
        self.who.chosen.connect(self._chosen)
        self.open.clicked.connect(self._go)
        self.new.entered.connect(self._go)
        self.name.returnPressed.connect(self.new.first.setFocus)
        self._changed()
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "_card"):
            self._card.setFixedWidth(min(theme.px(620), 940))

    def tell(self, mark: str, *, organisation: bool) -> None:
        """Shows the vault's mark, and the way in with the organisation's key where there is one."""
        self._mark.say(self._language.say("Vault {mark}: the same stands on its sheets.", mark=mark))
        self.by_key.setVisible(organisation)

    def show_people(self, names: Sequence[str]) -> None:
        """Shows whose place it may be, now that the key fits the vault."""
        self._wait(busy=False)
        say = self._language.say
        self.who.fill([*((name, name) for name in names), (NEW, say("Somebody new"))])
        self._chosen(())
        self._step(1)
        self.who.chip(names[0] if names else NEW).setFocus(Qt.FocusReason.TabFocusReason)

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

    def complain(self, message: Sorry, *, passphrase: bool = False, name: bool = False) -> None:
        """Says why the vault stayed closed; with what was not accepted in sight."""
        self._wait(busy=False)
        if name:
            self._named.complain(" ".join(message))
        elif passphrase:
            self.new.complain(" ".join(message))
        else:
            self.key.ready()
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
                self._mark,
                6,
                self.typed,
                self.by_key,
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
                Words(say("It fits this vault. Whose place is it?"), role="muted"),
                self.who,
                self._named,
                self._what_follows,
                6,
                self.new,
                6,
                row(back, None, self.open),
                gap=6,
            )
        )

    def _changed(self) -> None:
        self.next.setEnabled(self.typed.ready)
        self.note.say("")

    def _prove(self) -> None:
        self.next.setEnabled(False)
        self.proved.emit(self.typed.texts())

    def _chosen(self, keys: tuple[str, ...]) -> None:
        say = self._language.say
        self._named.setVisible(keys == (NEW,))
        self._named.complain("")
        if keys == (NEW,):
            self._what_follows.say(
                say("Everybody keeps their way in. Cases that are limited to others stay closed to you.")
            )
        elif keys:
            self._what_follows.say(
                say("The passphrase that {name} had opens nothing any more afterwards.", name=keys[0])
            )
        else:
            self._what_follows.say("")

    def _step(self, number: int) -> None:
        for place, step in enumerate(self._steps):
            step.setVisible(place == number)
        self.note.say("")
        if number == 0:
            self.first.setFocus()
        elif number == 2:
            self.key.file.setFocus()

    def _go(self) -> None:
        say, chosen = self._language.say, self.who.keys()
        new = chosen == (NEW,)
        name = self.name.text().strip() if new else "".join(chosen)
        self.note.say("")
        if not chosen:
            self.note.say(say("Please choose whose place it is."))
        elif not name:
            self._named.complain(say("Please give a name."))
            self.name.setFocus()
        elif self.open.isEnabled() and (passphrase := self.new.take()):
            self._named.complain("")
            self._wait(busy=True)
            self.recover.emit(name, new, passphrase)

    def _leave(self) -> None:
        self.typed.forget()
        self.new.forget()
        self.key.forget()
        self.who.fill([])
        self.name.clear()
        self._step(0)
        self.back.emit()

    def _wait(self, *, busy: bool) -> None:
        self.open.setEnabled(not busy)
        self.next.setEnabled(self.typed.ready)
        self.open.say(self._language.say("Opening…") if busy else self._language.say("Open the vault"))
