"""What the worker thinks, with reasons, written down before level and score are shown."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from victim_id.casework.case import View
from victim_id.language import Language, to_say
from victim_id.ui.pages.asked import Urgent
from victim_id.ui.pages.talk import urgent_card
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Option
from victim_id.ui.widgets.fields import Labelled, TextField
from victim_id.ui.widgets.notes import InlineNote
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, plain, row
from victim_id.ui.widgets.words import Words

VIEWS: tuple[tuple[View, str, str], ...] = (
    ("no_concern", to_say("No concern"), to_say("nothing I saw or heard points to exploitation")),
    ("unsure", to_say("Unsure"), to_say("something is there; I cannot tell yet what")),
    ("presumed_victim", to_say("Presumed victim"), to_say("I think this person may be a victim of trafficking")),
)
"""The three own views: key, name, what it means."""


class OwnViewPage(Ground):
    """Emits `viewed` with the view and its reasons, `draft` while they are typed, `back` to the interview, `refer_now` at any time."""

    draft = Signal(str)
    viewed = Signal(str, str)
    back = Signal()
    refer_now = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        back = SecondaryButton(say("Back to interview"), icon="back")
        refer = SecondaryButton(say("Refer now"), key="F5")
        group = QButtonGroup(self)
        self.options = [Option(say(words), key, note=say(note), least=62) for key, words, note in VIEWS]
        for option in self.options:
            option.setAutoExclusive(True)
            group.addButton(option)
        self.reasons = TextField(say("What makes you think so?"), lines=3)
        self._labelled = Labelled(
            say("What makes you think so?"),
            self.reasons,
            note=say("What you saw and heard, in your own words. It stays in this vault and is never sent."),
        )
        self.note = InlineNote("amber")
        self.done = PrimaryButton(say("Write it down and see the result"), icon="next", icon_last=True)
        self._seen = Words(say("You have seen the result already; this view is marked so."), size="small", role="amber")
        self._card = Card(
            Words(say("What do you think?"), size="head", bold=True),
            Words(say("Your own view comes first, so that the result of the program does not colour it."), role="muted"),
            self._seen, 4, *self.options, 6, self._labelled, self.note, 4, row(None, self.done), gap=10, pad=24,
        )  # fmt: skip
        self._urgent = column(gap=10)
        self._middle = plain(column(self._urgent, self._card, gap=14))
        centred = row(None, self._middle, None)
        centred.setStretch(1, 100)
        inside = Ground("page")
        inside.setLayout(column(centred, None, margins=(20, 22, 20, 20)))
        self.setLayout(column(Bar(self._title, last=(refer, back)), Scroll(inside), gap=0))
        self.done.clicked.connect(self._done)
        self.reasons.paused.connect(self.draft)
        back.clicked.connect(self.back)
        refer.clicked.connect(self.refer_now)
        self.first = self.options[0]
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "_middle"):
            self._middle.setMaximumWidth(min(theme.px(640), 900))

    def tell(self, code: str, urgent: Sequence[Urgent] = (), *, result_seen: bool = False, draft: str = "") -> None:
        """Shows the page for a case, empty but for what is half-typed; urgent signs stand above, since they never wait."""
        empty(self._urgent)
        for sign in urgent:
            self._urgent.addWidget(urgent_card(self._language, sign))
        self._title.say(f"{code} · {self._language.say('Your own view')}")
        self._seen.setVisible(result_seen)
        self.note.say("")
        self.reasons.put(draft)
        for option in self.options:
            option.setAutoExclusive(False)
            option.setChecked(False)
            option.setAutoExclusive(True)

    def finish(self) -> None:
        """Tells what is half-typed."""
        self.reasons.tell()

    def pressed(self, deed: str) -> bool:
        """F5 refers at once, Escape goes back."""
        deeds = {"refer_now": self.refer_now.emit, "back": self.back.emit}
        if deed in deeds:
            deeds[deed]()
        return deed in deeds

    def _done(self) -> None:
        view = next((option.key for option in self.options if option.isChecked()), "")
        reasons, say = self.reasons.toPlainText().strip(), self._language.say
        if not view:
            self.note.say(say("Please choose one of the three."))
            self.options[0].setFocus()
        elif not reasons:
            self.note.say(say("Please write down in a few words what makes you think so."))
            self.reasons.setFocus()
        else:
            self.finish()
            self.viewed.emit(view, reasons)
