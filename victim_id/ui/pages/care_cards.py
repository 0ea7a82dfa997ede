"""The cards beside the chosen cases: erase, hold, who may read, what is held; each asks in its own place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from victim_id.language import Language, to_say
from victim_id.ui.pages.cared import CareRow, Chosen, Kept
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import DangerButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField, Tick
from victim_id.ui.widgets.notes import InlineNote
from victim_id.ui.widgets.surfaces import Card, column, empty, flow, plain, row
from victim_id.ui.widgets.words import Words

GROUNDS = (
    ("retention", to_say("Kept long enough")),
    ("asked_for", to_say("The person asked for it")),
    ("refused_consent", to_say("No agreement to a record")),
    ("wrongly_recorded", to_say("Wrongly recorded")),
)
MOST_DAYS = 36_500
OUTCOMES = {
    "unfounded": to_say("Unfounded: closed, own view without concern"),
    "refused": to_say("Closed, and every consent refused"),
    "open": to_say("Open, and not gone on with"),
    "referred": to_say("Referred"),
    "closed": to_say("Closed in another way"),
    "identity": to_say("Who the person is, after the recipient confirmed"),
    "received": to_say("What came in through the inbox, after it was taken in"),
    "history": to_say("Lines of the history, once their case is gone"),
}


class EraseCard(Card):
    """Erases for good. `erase` carries the ground; it comes only when a code was typed by hand."""

    erase = Signal(str)

    def __init__(self, language: Language) -> None:
        say = language.say
        self._language, self._code = language, ""
        self._what, self._came = Words(""), column(gap=0)
        self._fitting: dict[str, Tick] = {}
        self._beside = Words(say("What came in about them goes as well, where it is ticked:"), size="small", bold=True)
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
            self._beside,
            self._came,
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
            self._language.say_many("This erases {codes}.", "This erases {codes}: {n} together.", number, codes=codes)
        )
        held = [one.code for one in chosen.cases if one.held]
        wanted = self._language.say_many(
            "Type {code} to erase it", "Type {code} to erase all {n}", number, code=self._code
        )
        self._labelled.rename(wanted)
        self.code.clear()
        self._labelled.complain("")
        self.button.say(self._button(chosen.cases))
        empty(self._came)
        self._fitting = {one.id: Tick(f"{one.code} · {one.place}", checked=True) for one in chosen.fitting}
        for tick in self._fitting.values():
            self._came.addWidget(tick)
        self._beside.setVisible(bool(self._fitting))
        note = say("A legal hold keeps {codes}.", codes=", ".join(held)) if held else chosen.others
        self.note.say(note)
        for part in (self._why, self.ground, self._labelled, self.button):
            part.setVisible(not held and (chosen.stranded or not chosen.others))
        for key, _ in GROUNDS:
            self.ground.chip(key).setVisible(key == "retention" or not chosen.stranded)

    def fitting(self) -> tuple[str, ...]:
        """Gives the packages that go with the cases."""
        return tuple(id_ for id_, tick in self._fitting.items() if tick.isChecked())

    def _button(self, rows: Sequence[CareRow]) -> str:
        say_many, came = self._language.say_many, sum(1 for one in rows if one.came)
        if not came:
            return say_many("Erase {n} case", "Erase {n} cases", len(rows))
        if came == len(rows):
            return say_many("Erase {n} package", "Erase {n} packages", came)
        return say_many("Erase {n} case or package", "Erase {n} cases and packages", len(rows))

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

    def tell(self, chosen: Chosen) -> None:
        """Shows the hold, in words, or that there is none; of a case limited to others only those named may change it."""
        say, hold = self._language.say, chosen.hold
        self._holds = bool(hold)
        for part in (self._labelled, self.button):
            part.setVisible(not chosen.others or (chosen.stranded and self._holds))
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
        self._people, self._me, self._shut = column(gap=0), "", False
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
            else chosen.others or say("Everybody who can open the vault can read it. That they did is in the history.")
        )
        self._shut = bool(chosen.others)
        for tick in self._ticks.values():
            tick.setEnabled(not self._shut)
        self.all.setVisible(bool(chosen.named) and not self._shut)
        self._changed()

    def _changed(self) -> None:
        say, named = self._language.say, self._named()
        self.button.setEnabled(0 < len(named) < len(self._ticks) and not self._shut)
        mine = self._me in named or self._shut
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
        self.fields = {outcome: LineField(say("{what}: days", what=say(words))) for outcome, words in OUTCOMES.items()}
        self.note = InlineNote("urgent")
        self._kept: Kept | None = None
        self._by_organisation: dict[str, Words] = {}
        rows = []
        for outcome, words in OUTCOMES.items():
            field = self.fields[outcome]
            field.setFixedWidth(worn().px(84))
            field.editingFinished.connect(self._told)
            line = row(Words(say(words)), field, Words(say("days"), role="muted", wrap=False), gap=8)
            line.setStretch(0, 1)
            by = self._by_organisation[outcome] = Words(say("set by your organisation"), size="small", role="muted")
            by.hide()
            rows.append(column(line, by, gap=0))
        self._old, self.forget_button = Words(""), SecondaryButton(say("Forget them for good"))
        self._history = plain(column(self._old, plain(flow(self.forget_button)), gap=4))
        self._history.hide()
        super().__init__(
            Words(say("After how long a case is due"), size="lead", bold=True),
            Words(say("Counted from the last change. Your organisation decides; these are proposals, not law. Nothing is erased by itself."), role="muted"),
            column(*rows, gap=4),
            self.note,
            self._history,
            gap=6,
        )  # fmt: skip
        self.forget_button.clicked.connect(self.forget)

    def tell(self, kept: Kept, old: int = 0, fixed: frozenset[str] = frozenset()) -> None:
        """Shows what is set, by the organisation where it is `fixed`, and how many lines of the history are old enough to be forgotten."""
        say, say_many = self._language.say, self._language.say_many
        self._kept = kept
        self.note.say("")
        for outcome, field in self.fields.items():
            field.setText(str(getattr(kept, outcome)))
            field.mark(wrong=False)
            field.setEnabled(outcome not in fixed)
            self._by_organisation[outcome].setVisible(outcome in fixed)
        told = say_many("{n} line of the history is old enough.", "{n} lines of the history are old enough.", old)
        self._old.say(f"{told} {say('Who did what, when, in which case, is forgotten; that the lines were there can still be proven.')}")  # fmt: skip
        self._history.setVisible(bool(old))

    def _told(self) -> None:
        typed = {outcome: field.text().strip() for outcome, field in self.fields.items()}
        wrong = {name for name, text in typed.items() if not text.isdecimal() or int(text[:9]) > MOST_DAYS}
        for outcome, field in self.fields.items():
            field.mark(wrong=outcome in wrong)
        self.note.say(
            self._language.say("Please type a number of days, at most {most}.", most=MOST_DAYS) if wrong else ""
        )
        if wrong:
            return
        kept = Kept(**{outcome: int(text) for outcome, text in typed.items()})
        if self._kept is not None and kept != self._kept:
            self._kept = kept
            self.changed.emit(kept)
