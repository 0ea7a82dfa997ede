"""The steps before a copy is handed out: who asks, whether it is safe now, what is covered, and how it leaves."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from victim_id.access.checked import Check
from victim_id.language import Language, to_say
from victim_id.ui.pages.handed import ArrivedRow, CopyShown, MaskRow
from victim_id.ui.pages.new_passphrase import NewPassphrase
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField, Tick
from victim_id.ui.widgets.notes import InlineNote
from victim_id.ui.widgets.surfaces import Card, Flow, column, empty, flow, plain
from victim_id.ui.widgets.words import Words

KNOWN = (
    ("talk", to_say("I know them from the talk")),
    ("paper", to_say("Identity paper seen")),
    ("word", to_say("The word we agreed on")),
    ("questions", to_say("Questions only they can answer")),
    ("representative", to_say("Lawyer or guardian, with a written order")),
    ("other", to_say("In another way")),
)
KEPT = (
    ("here", to_say("Nowhere: we read it together here")),
    ("lawyer", to_say("With a lawyer")),
    ("shelter", to_say("With a shelter")),
    ("own_place", to_say("In a place only they know")),
    ("other", to_say("Somewhere else")),
)
MISSING = {
    "known": to_say("how you knew them"),
    "alone": to_say("whether they are alone"),
    "wanted": to_say("whether they want it themselves"),
    "unseen": to_say("who else may see it"),
    "kept": to_say("where it will be"),
}
_ANSWER = {"yes": True, "no": False}


class CheckCard(Card):
    """Who asks, and whether it is safe. `go` carries the check and the packages about the person, `put_off` a reason."""

    go = Signal(object, tuple)
    put_off = Signal(object, str)

    def __init__(self, language: Language) -> None:
        self._language = language
        say = language.say
        self.known = Chips(say("How do you know that it is them?"), [(key, say(words)) for key, words in KNOWN], exclusive=False)  # fmt: skip
        self.words = LineField(say("In your own words"))
        yes_no = [("yes", say("Yes")), ("no", say("No"))]
        self.asked = {
            "alone": Chips(say("Are they alone with you, and nobody listens on a telephone?"), yes_no),
            "wanted": Chips(say("Do they want this themselves, today, and nobody sent them?"), yes_no),
            "unseen": Chips(say("Will nobody else see the paper or their telephone?"), yes_no),
        }
        self.kept = Chips(say("Where will the copy be?"), [(key, say(words)) for key, words in KEPT])
        self.kept_words = LineField(say("Where, in your own words"))
        self._arrived, self._ticks = column(gap=0), dict[str, Tick]()
        self._words = Labelled(say("In your own words"), self.words)
        self._kept_words = Labelled(say("Where, in your own words"), self.kept_words)
        self._about = Words(say("Packages that came here about this person"), size="small", bold=True)
        self.note = InlineNote("amber")
        self.button = PrimaryButton(say("Open what is held"))
        self.later = SecondaryButton(say("Not now"))
        self.reason = LineField(say("Why not now, and when again"))
        super().__init__(
            Words(say("Who asks"), size="lead", bold=True),
            Words(say("An exploiter may force somebody to ask, or pretend to be them."), role="muted"),
            *self._question(self.known),
            self._words,
            6,
            Words(say("Is it safe now"), size="lead", bold=True),
            Words(say("Say first: “You may take your time. You need not take anything along. You may come back another day.”"), role="muted"),
            *(part for chips in self.asked.values() for part in self._question(chips)),
            *self._question(self.kept),
            self._kept_words,
            self._about,
            self._arrived,
            self.note,
            plain(flow(self.button, self.later)),
            Labelled(say("Why not now, and when again"), self.reason),
            gap=4,
        )  # fmt: skip
        for chips in (*self.asked.values(), self.known, self.kept):
            chips.chosen.connect(lambda _keys: self._changed())
        self.button.clicked.connect(self._go)
        self.later.clicked.connect(self._put_off)
        self.forget()

    def forget(self) -> None:
        """Empties every answer: each time is looked at anew."""
        for chips in (self.known, self.kept, *self.asked.values()):
            chips.choose()
        for field in (self.words, self.kept_words, self.reason):
            field.clear()
        self._changed()

    def show_arrived(self, rows: Sequence[ArrivedRow]) -> None:
        """Shows the packages that were taken in; those that fit are ticked."""
        empty(self._arrived)
        self._ticks = {row.package: Tick(row.words, checked=row.fits) for row in rows}
        for tick in self._ticks.values():
            self._arrived.addWidget(tick)
        self._about.setVisible(bool(rows))

    def check(self) -> Check:
        """Gives what was answered."""
        asked = {name: _ANSWER.get(chips.key()) for name, chips in self.asked.items()}
        return Check(
            known=self.known.keys(),  # type: ignore[arg-type]  # the chips offer the known ways
            words=self.words.text().strip(),
            kept=self.kept.key(),  # type: ignore[arg-type]  # as above
            kept_words=self.kept_words.text().strip(),
            **asked,
        )

    def _question(self, chips: Chips) -> tuple[Words, Chips]:
        return Words(chips.accessibleName(), size="small", bold=True), chips

    def _changed(self) -> None:
        self._words.setVisible("other" in self.known.keys())  # noqa: SIM118  no mapping
        self._kept_words.setVisible(self.kept.key() == "other")
        self._warn(self.check())

    def _warn(self, check: Check) -> None:
        say = self._language.say
        if check.unsafe:
            self.note.say(
                say("Hand nothing out now."),
                say("Offer another day, another place, or to read it together where nobody comes in. Do not say it before others."),
            )  # fmt: skip
        else:
            self.note.say("")

    def _go(self) -> None:
        check, say = self.check(), self._language.say
        if check.unsafe:
            self._warn(check)
        elif check.missing:
            missing = ", ".join(say(MISSING[name]) for name in check.missing)
            self.note.say(say("Still to be answered: {what}.", what=missing))
        else:
            self.note.say("")
            self.go.emit(check, tuple(name for name, tick in self._ticks.items() if tick.isChecked()))

    def _put_off(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.put_off.emit(self.check(), reason)
        else:
            self.note.say(self._language.say("Please write why not now; it is kept with the case."))
            self.reason.setFocus()


class MasksCard(Card):
    """What is covered. `more` carries a word to cover, `less` one that was added, `show_place` a place and why, `cover` one again."""

    more = Signal(str)
    less = Signal(str)
    show_place = Signal(str, str)
    cover = Signal(str)

    def __init__(self, language: Language) -> None:
        self._language = language
        say = language.say
        self._state = Words("", role="muted")
        self.word = LineField(say("Cover this too"), placeholder=say("A name, a nickname, a number"))
        self.add = SecondaryButton(say("Cover"))
        self.chosen = SecondaryButton(say("Cover what is marked in the text"))
        self._names, self._added, self._places = flow(across=10, down=0), flow(across=10, down=0), column(gap=2)
        self._about_names = Words(say("Do these name somebody? Press to cover:"), size="small", bold=True)
        self._each = Words(say("Each place"), size="small", bold=True)
        self._about_added = Words(say("Covered by you. Press to take back:"), size="small", bold=True)
        self._idle = Words("", size="small", role="muted")
        super().__init__(
            Words(say("What is covered"), size="lead", bold=True),
            self._state,
            self._about_names,
            plain(self._names),
            Labelled(say("Cover this too"), self.word),
            plain(flow(self.add, self.chosen)),
            self._about_added,
            plain(self._added),
            self._idle,
            self._each,
            self._places,
            gap=4,
        )
        self.add.clicked.connect(self._add)
        self.word.returnPressed.connect(self._add)

    def tell(self, shown: CopyShown, added: Sequence[str]) -> None:
        """Shows the masks as they are now."""
        say = self._language.say
        covered = self._language.say_many("{n} place is covered.", "{n} places are covered.", shown.masks)
        self._state.say(f"{covered} {say('Read the whole text: the program cannot know every name.')}")
        self._links(self._names, shown.names, self.more.emit)
        self._links(self._added, added, self.less.emit)
        self._about_names.setVisible(bool(shown.names))
        self._about_added.setVisible(bool(added))
        self._idle.say(say("Stands nowhere in the text: {words}", words=", ".join(shown.idle)) if shown.idle else "")
        self._idle.setVisible(bool(shown.idle))
        self._each.setVisible(bool(shown.places))
        empty(self._places)
        for place in shown.places:
            self._places.addWidget(_Place(self._language, place, self.show_place.emit, self.cover.emit))

    def _links(self, into: Flow, words: Sequence[str], tell: Callable[[str], object]) -> None:
        empty(into)
        for word in words:
            link = LinkButton(word, underline=True, role="text")
            link.clicked.connect(lambda _=False, word=word: tell(word))
            into.addWidget(link)

    def _add(self) -> None:
        if word := self.word.text().strip():
            self.word.clear()
            self.more.emit(word)


class _Place(Card):
    """A masked place; showing it asks for a reason in its own place."""

    def __init__(
        self,
        language: Language,
        place: MaskRow,
        show: Callable[[str, str], object],
        cover: Callable[[str], object],
    ) -> None:
        say = language.say
        text = place.text if len(place.text) <= 120 else f"{place.text[:120]}…"
        words = say("Cover again") if place.shown else say("Show it…")
        self.link = LinkButton(words, name=f"{place.label}: {words}", role="muted", underline=True)
        self.reason = LineField(say("Why may it be shown?"))
        self._labelled = Labelled(say("Why may it be shown?"), self.reason, note=say("The reason is kept in the history."))  # fmt: skip
        self._labelled.hide()
        told = Words(say("Shown: {reason}", reason=place.shown) if place.shown else "", size="small", role="amber")
        if not place.shown:
            told.hide()
        super().__init__(
            Words(place.label, size="small", role="muted"), Words(text), told, plain(flow(self.link)), self._labelled, gap=2, pad=12
        )  # fmt: skip
        self._place = place
        self._show, self._cover = show, cover
        self.link.clicked.connect(self._pressed)
        self.reason.returnPressed.connect(self._go)

    def _pressed(self) -> None:
        if self._place.shown:
            self._cover(self._place.key)
        elif self._labelled.isHidden():
            self._labelled.show()
            self.reason.setFocus()
        else:
            self._go()

    def _go(self) -> None:
        if reason := self.reason.text().strip():
            self._show(self._place.key, reason)
        else:
            self.reason.setFocus()


class GiveCard(Card):
    """How the copy leaves: `seal` carries the person's passphrase, or nothing for drawn words; `paper`, `read`, `plain`."""

    language_chosen = Signal(str)
    seal = Signal(str)
    paper = Signal()
    read = Signal()
    plain = Signal()

    def __init__(self, language: Language) -> None:
        self._language = language
        say = language.say
        self.tongue = Chips(say("Language of the copy"))
        self.passphrase = NewPassphrase(language, name=say("A passphrase the person chooses"))
        self.seal_button = PrimaryButton(say("Save, sealed with it…"))
        self.drawn_button = SecondaryButton(say("Save, sealed with drawn words…"))
        self.paper_button = SecondaryButton(say("Print…"), icon="print")
        self.read_button = SecondaryButton(say("We read it together"))
        self.sure = Tick(say("I know that whoever finds unlocked files can read all of it, and that a deleted file can be brought back."))  # fmt: skip
        self.plain_button = SecondaryButton(say("Save unlocked files…"))
        self.note = InlineNote("tint")
        self._leaving = column(
            Words(
                say("Let them type it themselves, unseen. A sealed copy opens with the program “age”."), role="muted"
            ),
            self.passphrase,
            plain(flow(self.seal_button, self.drawn_button)),
            6,
            Words(say("On paper: the warning comes before printing."), role="muted"),
            plain(flow(self.paper_button)),
            6,
            self.sure,
            plain(flow(self.plain_button)),
            gap=4,
        )
        self._leaves = plain(self._leaving)
        self._here = plain(column(Words(say("Nothing is taken along. Read it to them, slowly, in their language."), role="muted"), plain(flow(self.read_button)), gap=4))  # fmt: skip
        super().__init__(
            Words(say("Hand it over"), size="lead", bold=True), Words(self.tongue.accessibleName(), size="small", bold=True),
            self.tongue, self._here, self._leaves, self.note, gap=4,
        )  # fmt: skip
        self.tongue.chosen.connect(lambda keys: self.language_chosen.emit(keys[0]))
        self.seal_button.clicked.connect(self._seal)
        self.passphrase.entered.connect(self._seal)
        self.drawn_button.clicked.connect(lambda: self.seal.emit(""))
        self.paper_button.clicked.connect(self.paper)
        self.read_button.clicked.connect(self.read)
        self.plain_button.clicked.connect(self.plain)
        self.sure.clicked.connect(lambda: self.plain_button.setEnabled(self.sure.isChecked()))
        self.forget()

    def forget(self) -> None:
        """Empties the passphrase and takes the consent to unlocked files away."""
        self.passphrase.forget()
        self.sure.setChecked(False)
        self.plain_button.setEnabled(False)
        self.note.say("")

    def tell(self, shown: CopyShown) -> None:
        """Shows in which languages the copy can be written, and whether it may leave."""
        self.tongue.fill(shown.languages, [shown.language])
        self._here.setVisible(shown.here)
        self._leaves.setVisible(not shown.here)

    def _seal(self) -> None:
        if passphrase := self.passphrase.take():
            self.seal.emit(passphrase)
