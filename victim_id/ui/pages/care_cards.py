"""The cards beside the chosen cases: erase, hold, who may read, what is held; each asks in its own place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from victim_id.language import Language, to_say
from victim_id.ui.pages.cared import Chosen, Kept, StaleBackup
from victim_id.ui.widgets.buttons import DangerButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField, Tick
from victim_id.ui.widgets.notes import InlineNote
from victim_id.ui.widgets.surfaces import Card, column, empty, flow, plain
from victim_id.ui.widgets.under_way import UnderWay
from victim_id.ui.widgets.words import Words

GROUNDS = (
    ("retention", to_say("Kept long enough")),
    ("asked_for", to_say("The person asked for it")),
    ("refused_consent", to_say("No agreement to a record")),
    ("wrongly_recorded", to_say("Wrongly recorded")),
)
DAYS = {
    "unfounded": (7, 30, 90),
    "refused": (0, 7, 30),
    "open": (30, 90, 180),
    "referred": (180, 365, 1825),
    "closed": (180, 365, 1825),
    "identity": (0, 30, 90),
    "history": (365, 730, 1825),
}
OUTCOMES = {
    "unfounded": to_say("Unfounded: closed, own view without concern"),
    "refused": to_say("Closed, and every consent refused"),
    "open": to_say("Open, and not gone on with"),
    "referred": to_say("Referred"),
    "closed": to_say("Closed in another way"),
    "identity": to_say("Who the person is, after the recipient confirmed"),
    "history": to_say("Lines of the history, once their case is gone"),
}


class EraseCard(Card):
    """Erases for good. `erase` carries the ground; it comes only when a code was typed by hand."""

    erase = Signal(str)

    def __init__(self, language: Language) -> None:
        say = language.say
        self._language, self._code = language, ""
        self._what = Words("")
        self.ground = Chips(say("Why"), [(key, say(words)) for key, words in GROUNDS])
        self._why = Words(say("Why"), size="small", bold=True)
        self.code = LineField(say("Code"))
        self._labelled = Labelled(say("Code"), self.code)
        self.button = DangerButton(say("Erase"))
        self.note = InlineNote("urgent")
        super().__init__(
            Words(say("Erase for good"), size="lead", bold=True),
            self._what,
            Words(say("Answers, notes, half-typed words, names and search words go. One line in the history stays: that a case was erased, by whom, when and why. What was sent to others is not called back."), size="small", role="muted"),
            self._why,
            self.ground,
            self._labelled,
            self.note,
            plain(flow(self.button)),
            gap=6,
        )  # fmt: skip
        self.button.clicked.connect(self._erase)
        self.code.returnPressed.connect(self._erase)

    def tell(self, chosen: Chosen) -> None:
        """Shows what would be erased; a case under legal hold stops all of it."""
        say = self._language.say
        self._code = chosen.cases[0].code if chosen.cases else ""
        number = len(chosen.cases)
        codes = ", ".join(one.code for one in chosen.cases)
        self._what.say(
            self._language.say_many(
                "This erases {codes}.", "This erases {codes}: {n} cases together.", number, codes=codes
            )
        )
        held = [one.code for one in chosen.cases if one.held]
        wanted = self._language.say_many(
            "Type {code} to erase it", "Type {code} to erase all {n}", number, code=self._code
        )
        self._labelled.rename(wanted)
        self.code.clear()
        self._labelled.complain("")
        self.button.say(self._language.say_many("Erase {n} case", "Erase {n} cases", number))
        self.note.say(say("A legal hold keeps {codes}.", codes=", ".join(held)) if held else "")
        for part in (self._why, self.ground, self._labelled, self.button):
            part.setVisible(not held)

    def complain(self, message: str) -> None:
        """Says why nothing was erased."""
        self.button.setEnabled(True)
        self.note.say(message)

    def _erase(self) -> None:
        say = self._language.say
        typed = "".join(sign for sign in self.code.text().upper() if sign.isalnum())
        if not self.ground.key():
            self.note.say(say("Please say why."))
        elif typed != self._code.replace("-", ""):
            self.note.say("")
            self._labelled.complain(say("This is not the code {code}.", code=self._code))
            self.code.setFocus()
        elif self.button.isEnabled():
            self.note.say("")
            self._labelled.complain("")
            self.button.setEnabled(False)
            self.erase.emit(self.ground.key())


class HoldCard(Card):
    """A legal hold: `hold` and `release` carry the reason."""

    hold = Signal(str)
    release = Signal(str)

    def __init__(self, language: Language) -> None:
        self._language = language
        say = language.say
        self._state = Words("")
        self.reason = LineField(say("Reason"))
        self._labelled = Labelled(say("Reason"), self.reason)
        self.button = SecondaryButton("")
        super().__init__(
            Words(say("Legal hold"), size="lead", bold=True),
            self._state,
            self._labelled,
            plain(flow(self.button)),
            gap=6,
        )
        self._holds = False
        self.button.clicked.connect(self._go)
        self.reason.returnPressed.connect(self._go)

    def tell(self, hold: str) -> None:
        """Shows the hold, in words, or that there is none."""
        say = self._language.say
        self._holds = bool(hold)
        self._state.say(hold or say("A court or an authority may forbid to erase a case. Nobody can erase it then."))
        self._state.turn("text" if hold else "muted")
        self.button.say(say("End the hold") if hold else say("Hold"))
        self.reason.clear()
        self._labelled.complain("")

    def _go(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._labelled.complain(self._language.say("Please give a reason: which authority, which file number."))
            self.reason.setFocus()
        elif self._holds:
            self.release.emit(reason)
        else:
            self.hold.emit(reason)


class ReadersCard(Card):
    """Who may read a case. `limit` carries the ids of those who may; all of them means everybody, also who comes later."""

    limit = Signal(tuple)

    def __init__(self, language: Language) -> None:
        self._language = language
        say = language.say
        self._state, self._ticks = Words("", role="muted"), dict[str, Tick]()
        self._people, self._me = column(gap=0), ""
        self.note = InlineNote("amber")
        self.button = SecondaryButton(say("Limit to those ticked"))
        self.all = SecondaryButton(say("Let everybody read it"))
        super().__init__(
            Words(say("Who may read it"), size="lead", bold=True),
            self._state,
            self._people,
            self.note,
            plain(flow(self.button, self.all)),
            gap=6,
        )
        self.button.clicked.connect(self._go)
        self.all.clicked.connect(lambda: self.limit.emit(()))

    def tell(self, chosen: Chosen) -> None:
        """Shows who may read the case."""
        say = self._language.say
        empty(self._people)
        self._me = chosen.me
        self._ticks = {id_: Tick(name, checked=not chosen.named or id_ in chosen.named) for id_, name in chosen.people}
        for tick in self._ticks.values():
            self._people.addWidget(tick)
            tick.clicked.connect(self._changed)
        self._state.say(
            say("Only those ticked can read it, each with their own passphrase.")
            if chosen.named
            else say("Everybody who can open the vault can read it. That they did is in the history.")
        )
        self.all.setVisible(bool(chosen.named))
        self._changed()

    def _changed(self) -> None:
        say, named = self._language.say, self._named()
        self.button.setEnabled(0 < len(named) < len(self._ticks))
        mine = self._me in named
        self.note.say("" if mine else say("You are not ticked: you will not be able to read it yourself any more."))
        if len(self._ticks) == 1:
            self.note.say(say("You are the only one who can open this vault."))

    def _named(self) -> tuple[str, ...]:
        return tuple(id_ for id_, tick in self._ticks.items() if tick.isChecked())

    def _go(self) -> None:
        self.limit.emit(self._named())


class HeldCard(Card):
    """Everything held about a person, for the person: leads to the checks and the copy."""

    export = Signal()

    def __init__(self, language: Language) -> None:
        say = language.say
        self.button = SecondaryButton(say("A copy for the person…"))
        super().__init__(
            Words(say("What is held about the person"), size="lead", bold=True),
            Words(
                say("They may ask for a copy. First who asks and whether it is safe is looked at; other people in it are covered."),
                role="muted",
            ),
            plain(flow(self.button)),
            gap=4,
        )  # fmt: skip
        self.button.clicked.connect(self.export)


class IdentityCard(Card):
    """Who the person is, once a recipient has it. `confirm` notes that, `erase` comes only after a second press."""

    confirm = Signal()
    erase = Signal()

    def __init__(self, language: Language) -> None:
        say = language.say
        self._language = language
        self._state = Words("", role="muted")
        self.confirmed = SecondaryButton(say("The recipient confirmed it"))
        self.button = SecondaryButton(say("Erase who the person is…"))
        self.keep, self.sure = SecondaryButton(say("Keep it")), DangerButton(say("Erase for good"))
        self._asked = Card(
            Words(say("Name, birth date, numbers of papers and address go, also out of every text here. What was asked and answered stays under the code. The history stays as it was written, with the reasons of legal holds.")),
            plain(flow(self.keep, self.sure)), tone="urgent", gap=6, pad=14,
        )  # fmt: skip
        super().__init__(
            Words(say("Who the person is"), size="lead", bold=True),
            self._state,
            plain(flow(self.confirmed, self.button)),
            self._asked,
            gap=6,
        )
        self.confirmed.clicked.connect(self.confirm)
        self.button.clicked.connect(lambda: self._ask(open_=True))
        self.keep.clicked.connect(lambda: self._ask(open_=False))
        self.sure.clicked.connect(self._erase)
        self._asked.hide()

    def tell(self, chosen: Chosen) -> None:
        """Shows whether a recipient confirmed, and from when on the identity part is due."""
        say = self._language.say
        self._ask(open_=False)
        self._state.say(
            chosen.identity
            or say("Once the recipient has it, it need not be kept here as well. Note when they confirmed.")
        )
        self.confirmed.setVisible(not chosen.identity)
        self.button.setEnabled(not chosen.hold)

    def _ask(self, *, open_: bool) -> None:
        self._asked.setVisible(open_)
        self.button.setVisible(not open_)
        if open_:
            self.keep.setFocus()

    def _erase(self) -> None:
        self._ask(open_=False)
        self.erase.emit()


class KeptCard(Card):
    """After how long a case is due to be looked at. `changed` carries all of it; `forget` asks to forget old lines."""

    changed = Signal(object)
    forget = Signal()

    def __init__(self, language: Language) -> None:
        self._language = language
        say = language.say
        self._chips: dict[str, Chips] = {}
        self._kept = Kept(30, 0, 30, 365, 365)
        self._rows = column(gap=2)
        self._old, self.forget_button = Words(""), SecondaryButton(say("Forget them for good"))
        self._history = plain(column(self._old, plain(flow(self.forget_button)), gap=4))
        self._history.hide()
        super().__init__(
            Words(say("After how long a case is due"), size="lead", bold=True),
            Words(say("Counted from the last change. Your organisation decides; these are proposals, not law. Nothing is erased by itself."), role="muted"),
            self._rows,
            self._history,
            gap=6,
        )  # fmt: skip
        self.forget_button.clicked.connect(self.forget)

    def tell(self, kept: Kept, old: int = 0, fixed: frozenset[str] = frozenset()) -> None:
        """Shows what is set, by the organisation where it is `fixed`, and how many lines of the history are old enough to be forgotten."""
        say, say_many = self._language.say, self._language.say_many
        empty(self._rows)
        self._kept, self._chips = kept, {}
        for outcome, words in OUTCOMES.items():
            here = getattr(kept, outcome)
            self._rows.addWidget(Words(say(words), size="small", bold=True))
            if outcome in fixed:
                set_to = say_many("{n} day", "{n} days", here) if here else say("at once")
                self._rows.addWidget(Words(say("{days}, set by your organisation", days=set_to)))
                continue
            days = sorted({*DAYS[outcome], here})
            rows = [(str(n), say_many("{n} day", "{n} days", n) if n else say("at once")) for n in days]
            chips = Chips(say(words), rows, here=[str(here)])
            chips.chosen.connect(lambda _keys: self._told())
            self._chips[outcome] = chips
            self._rows.addWidget(chips)
        told = say_many("{n} line of the history is old enough.", "{n} lines of the history are old enough.", old)
        self._old.say(f"{told} {say('Who did what, when, in which case, is forgotten; that the lines were there can still be proven.')}")  # fmt: skip
        self._history.setVisible(bool(old))

    def _told(self) -> None:
        told = {outcome: int(chips.key()) for outcome, chips in self._chips.items()}
        self.changed.emit(self._kept._replace(**told))


class ErasedCard(Card):
    """What was erased, and the backups that still hold it. `replace` asks for new ones in their place."""

    replace = Signal()

    def __init__(self, language: Language) -> None:
        self._language = language
        self._state, self._list = Words("", bold=True), column(gap=2)
        self._about = Words("")
        self.button = PrimaryButton(language.say("Back up anew and remove these"))
        self.under_way = UnderWay(language.say("Stop"))
        super().__init__(
            self._state, self._about, self._list, plain(flow(self.button)), self.under_way, tone="amber", gap=6
        )
        self.button.clicked.connect(self.replace)
        self.hide()

    def tell(self, number: int, backups: Sequence[StaleBackup]) -> None:
        """Says what was erased, of no case the identity part alone, and lists the older backups."""
        say = self._language.say
        empty(self._list)
        cases = self._language.say_many("{n} case is erased.", "{n} cases are erased.", number)
        self._state.say(cases if number else say("Who the person is was erased; the case stays."))
        self._about.say(
            say("These backups were made before and still hold the words:")
            if backups
            else say("No backup that is known still holds its words.")
        )
        for one in backups:
            self._list.addWidget(Words(f"{one.made} · {one.place}", size="small"))
        self.under_way.end()
        self.button.setVisible(bool(backups))
        self.turn("amber" if backups else "tint")
        self.show()

    def show_going(self) -> None:
        """Shows that new backups are being made."""
        self.button.hide()
        self.under_way.begin(self._language.say("Backing up"))

    def show_replaced(self, left: Sequence[StaleBackup]) -> None:
        """Says which are still there, because their place cannot be seen."""
        say = self._language.say
        empty(self._list)
        self._about.say(
            say("Replaced, but for those whose place cannot be seen now. Put the stick in, or mark them as destroyed under Preferences, Backup:")
            if left
            else say("The backups are replaced: no backup that is known still holds the words.")
        )  # fmt: skip
        for one in left:
            self._list.addWidget(Words(f"{one.made} · {one.place}", size="small"))
        self.under_way.end()
        self.button.setVisible(bool(left))
        self.turn("amber" if left else "tint")
