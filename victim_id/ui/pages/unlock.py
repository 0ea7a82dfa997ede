"""The first page: a passphrase, and nothing that names anybody. It is there before anything else is loaded."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from victim_id.language import Language
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, SecretField
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, flow, plain, row
from victim_id.ui.widgets.words import Words


def greeting(language: Language, hour: int) -> str:
    """Gives the greeting of an hour of the day, 0 to 23."""
    if 5 <= hour < 12:
        return language.say("Good morning")
    if 12 <= hour < 18:
        return language.say("Good afternoon")
    return language.say("Good evening")


class UnlockPage(Ground):
    """Asks for the passphrase. `unlock` carries it once; the field is emptied before anything else is done with it."""

    unlock = Signal(str)
    lost = Signal()
    practise = Signal()
    damaged = Signal()
    language_chosen = Signal(str)

    def __init__(
        self,
        language: Language,
        hour: int,
        languages: tuple[tuple[str, str], ...] = (),
        *,
        recovery: bool = False,
        practice: bool = False,
        damaged: bool = False,
    ) -> None:
        super().__init__("rail")
        self._language = language
        say = language.say
        self.field = SecretField(say("Passphrase"), say("Show the passphrase"), say("Hide the passphrase"))
        self._labelled = Labelled(say("Passphrase"), self.field)
        self.note, self.warning = InlineNote("urgent"), InlineNote("amber")
        self.button = PrimaryButton(say("Unlock"))
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lost = LinkButton(say("I lost my passphrase"))
        self._practise = LinkButton(say("Practise without a vault"))
        if not recovery:
            self._lost.hide()
        if not practice:
            self._practise.hide()
        self._damaged = LinkButton(say("A part of the vault is damaged: what can be done"))
        if not damaged:
            self._damaged.hide()
        self._card = Card(
            Words(greeting(language, hour), size="head", bold=True),
            Words(say("This laptop’s vault is locked."), role="muted"),
            12,
            self._labelled,
            self.note,
            8,
            self.button,
            flow(self._lost, self._practise, self._damaged),
            self.warning,
            gap=6,
            pad=36,
        )
        self._foot = _Foot(language, languages)
        self._foot.chosen.connect(self.language_chosen)
        inside = Ground("rail")
        inside.setLayout(
            column(None, row(None, column(self._card, self._foot, gap=10), None), None, margins=(12, 12, 12, 12))
        )
        self.setLayout(column(Scroll(inside, "rail")))
        self.field.returnPressed.connect(self._go)
        self.button.clicked.connect(self._go)
        self._lost.clicked.connect(self.lost)
        self._practise.clicked.connect(self.practise)
        self._damaged.clicked.connect(self.damaged)
        self.first = self.field
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "_card"):
            self._card.setFixedWidth(theme.px(430))
            self._foot.setFixedWidth(theme.px(430))

    def complain(self, message: Sorry, *, again: bool = True) -> None:
        """Says why the vault stayed closed; where trying `again` makes sense the field has the focus."""
        self.wait(busy=False)
        if again:
            self.note.say("")
            self._labelled.complain(f"{message.title} {message.text}")
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._labelled.complain("")
            self.note.say(*message)

    def warn(self, message: Sorry) -> None:
        """Says what is wrong with where the vault lies; it can be unlocked all the same."""
        self.warning.say(*message)

    def wait(self, *, busy: bool) -> None:
        """Shows that the passphrase is being tried."""
        self.field.setReadOnly(busy)
        self.button.setEnabled(not busy)
        self.button.say(self._language.say("Unlocking…") if busy else self._language.say("Unlock"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        passphrase = self.field.text()
        if passphrase and self.button.isEnabled():
            self.field.clear()
            self.field.conceal()
            self._labelled.complain("")
            self.note.say("")
            self.wait(busy=True)
            self.unlock.emit(passphrase)


class _Foot(QWidget):
    chosen = Signal(str)

    def __init__(self, language: Language, languages: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        promise = Words(
            language.say("Works without any network · nothing leaves this laptop unsealed"),
            size="small",
            role="rail_text",
        )
        promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chips = Chips(language.say("Language"), languages, here=[language.tag])
        chips.chosen.connect(lambda keys: self.chosen.emit(keys[0]))
        if len(languages) < 2:
            chips.hide()
        self.setLayout(column(promise, plain(row(None, chips, None)), gap=4))
