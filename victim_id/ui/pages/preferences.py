"""The worker's page: appearance, language, lock, organisation, recipients and keys, the content and who adopted it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout

from victim_id import wording
from victim_id.language import Language, to_say
from victim_id.ui.pages.bound import BoundBy
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.pages.organisation import OrganisationCard, OrganisationShown
from victim_id.ui.pages.places import PlacesBar
from victim_id.ui.widgets.buttons import LinkButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField
from victim_id.ui.widgets.finder import Find, Finder
from victim_id.ui.widgets.notes import InlineNote, Sign
from victim_id.ui.widgets.surfaces import Card, Ground, Part, Scroll, column, empty, flow, plain, put, row, stacked
from victim_id.ui.widgets.words import Words

SCALES = (100, 125, 150, 175, 200)
IDLE = (2, 5, 10, 15, 30)
THEMES = (
    ("system", to_say("As the desktop")),
    ("light", to_say("Light")),
    ("dark", to_say("Dark")),
    ("contrast", to_say("High contrast")),
)
KEY_WORDS = (
    ("Ctrl+N", to_say("New interview")), ("Ctrl+K", to_say("Search")), ("1 – 9", to_say("Choose an answer")), ("Enter", to_say("Next question")),
    ("Backspace", to_say("Question before")), ("F1", to_say("Guide")), ("F5", to_say("Refer now")), ("F6", to_say("The person is distressed")),
    ("F7", to_say("Someone came in")), ("F8", to_say("Side panel")), ("F9", to_say("Show to the person")), ("F10", to_say("Pause, blank the screen")),
    ("F12", to_say("Lock")), ("Escape", to_say("Back")), ("Alt", to_say("Shows letters that press buttons")),
)  # fmt: skip


class Wishes(NamedTuple):
    """What a worker prefers; `text_scale` in per cent, `idle_minutes` until the lock strikes by itself."""

    language: str
    country: str
    organisation: str
    role: str
    theme: str
    text_scale: int
    idle_minutes: int
    organisation_type: str = "inspectorate"
    regime: str = "GDPR"
    phone: str = ""
    email: str = ""


class KnownRecipient(NamedTuple):
    """A recipient whose card is known: its key as six groups of five digits, to be compared by voice."""

    id: str
    label: str
    groups: str
    compared: bool


class ContentFacts(NamedTuple):
    """The edition in use: its number, fingerprint in fours, who adopted it (nobody is said as such), how it was checked."""

    number: str
    fingerprint: str
    adopted_by: str
    made: str


class PreferencesPage(Leaving):
    """Emits `changed` with the whole of the wishes, `card_wanted` with a recipient whose card is to be added, `compared`, `own_card`, `accepted`."""

    changed = Signal(object)
    card_wanted = Signal(str)
    own_card = Signal()
    compared = Signal(str)
    accepted = Signal()
    place = Signal(str)

    def __init__(
        self,
        language: Language,
        wishes: Wishes,
        languages: tuple[tuple[str, str], ...],
        countries: tuple[tuple[str, str], ...],
        recipients: Sequence[tuple[str, str]] = (),
        kinds: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__("page")
        self._language, self._wishes = language, wishes
        say = language.say
        self.theme = Chips(say("Appearance"), [(key, say(words)) for key, words in THEMES], here=[wishes.theme])
        self.scale = Chips(say("Size of text"), [(str(n), f"{n} %") for n in SCALES], here=[str(wishes.text_scale)])
        self.tongue = Chips(say("Your language"), languages, here=[wishes.language])
        self.country = Chips(say("Country you work in"), countries, here=[wishes.country])
        idle = self._minutes(sorted({*IDLE, wishes.idle_minutes}))
        self.idle = Chips(say("Lock after"), idle, here=[str(wishes.idle_minutes)])
        self.organisation = LineField(say("Your organisation"), wishes.organisation)
        self.role = LineField(say("Your function"), wishes.role)
        self.phone = LineField(say("Work telephone"), wishes.phone)
        self.email = LineField(say("Work e-mail"), wishes.email)
        self.bound = BoundBy(language, kinds, wishes.organisation_type, wishes.regime)
        self.note = InlineNote("amber")
        self.organisation_card = OrganisationCard(language)
        self._recipients, self._content = column(gap=4), column(gap=4)
        self._own = Words("", role="muted")
        self._own_button = SecondaryButton(say("Save my card…"))
        add = SecondaryButton(say("Add a recipient’s card…"), icon="plus")
        left = column(
            self._card(say("Appearance"), self.theme, Words(say("Size of text"), size="small", bold=True), self.scale),
            self._card(say("You"), Labelled(say("Your function"), self.role), Labelled(say("Work telephone"), self.phone),
                       Labelled(say("Work e-mail"), self.email), Words(say("Stands on the forms that you send, not on those of others."), size="small", role="muted"),
                       6, Words(say("Your language"), size="small", bold=True), self.tongue,
                       Words(say("Country you work in"), size="small", bold=True), self.country),
            self._card(say("Your organisation"), self.organisation, 4, self.bound,
                       Words(say("A change is written into the history."), size="small", role="muted")),
            self._card(say("Lock after"), self.idle, Words(say("F12 locks at once. A half-typed answer is kept."), size="small", role="muted")),
            None, gap=14,
        )  # fmt: skip
        self._keys_card = Card(Words(say("Recipients and keys"), size="lead", bold=True), gap=6)
        put(self._keys_card.body, (self._recipients, plain(flow(add)), 4, self._own, plain(flow(self._own_button))))
        right = column(
            self.note, self.organisation_card, self._keys_card,
            Card(Words(say("Content"), size="lead", bold=True), self._content, gap=6), self._keys(), None, gap=14,
        )  # fmt: skip
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 18, 20, 18)
        self._parts.setSpacing(18)
        put(self._parts, (left, right))
        self._parts.setStretch(0, 1)
        self._parts.setStretch(1, 1)
        inside = Ground("page")
        inside.setLayout(self._parts)
        bar = PlacesBar(language, "preferences")
        bar.chosen.connect(self.place)
        self.setLayout(column(bar, Scroll(inside), gap=0))
        for chips in (self.theme, self.scale, self.tongue, self.country, self.idle):
            chips.chosen.connect(lambda _keys: self._changed())
        self.bound.chosen.connect(self._changed)
        for field in (self.organisation, self.role, self.phone, self.email):
            field.editingFinished.connect(self._changed)
        finder = Finder(say("Recipients"), say("Search a recipient"), [Find(*one) for one in recipients], self)
        finder.found.connect(self.card_wanted)
        add.clicked.connect(lambda: finder.open_below(add))
        if not recipients:
            add.hide()
        self._own_button.clicked.connect(self.own_card)
        self.organisation_card.accepted.connect(self.accepted)
        self.show_recipients([], "")

    def show_recipients(self, rows: Sequence[KnownRecipient], own_groups: str) -> None:
        """Shows whose keys are known, and the digits of the worker's own card."""
        say = self._language.say
        empty(self._recipients)
        if not rows:
            self._recipients.addWidget(
                Words(say("No card yet. Ask the cell for its card, and compare the digits by voice."), role="muted")
            )
        for known in rows:
            sign = Sign("check" if known.compared else "warn", "good" if known.compared else "amber", 18)
            state = say("compared by voice") if known.compared else say("not compared yet")
            words = column(
                Words(known.label, bold=True), Words(f"{known.groups} · {state}", size="small", role="muted"), gap=0
            )
            line = row(sign, words, gap=10)
            line.setStretch(1, 1)
            if not known.compared:
                link = LinkButton(
                    say("I compared it"), name=wording.labelled(self._language, known.label, say("I compared it"))
                )
                link.clicked.connect(lambda _=False, one=known.id: self.compared.emit(one))
                line.addWidget(link)
            self._recipients.addLayout(line)
        self._own.say(say("Your card: {digits}", digits=own_groups) if own_groups else "")
        self._own.setVisible(bool(own_groups))
        self._own_button.setVisible(bool(own_groups))

    def show_organisation(self, shown: OrganisationShown) -> None:
        """Shows what the organisation's file sets, and takes it out of the worker's hands."""
        say = self._language.say
        self.organisation_card.tell(shown)
        self.note.say(
            say("The file of your organisation was not taken."),
            say("What was set before stays. Please tell whoever looks after the program: {line}", line=shown.trouble),
        ) if shown.trouble else self.note.say("")
        fixable = {
            "organisation": self.organisation, "organisation_type": self.bound.kind, "regime": self.bound.regime,
            "profile": self.country,
        }  # fmt: skip
        for name, field in fixable.items():
            field.setEnabled(name not in shown.fixed)
        if shown.most_idle is not None:
            minutes = sorted({*(n for n in IDLE if n <= shown.most_idle), shown.most_idle})
            self.idle.fill(self._minutes(minutes), here=[self.idle.key()])

    def _minutes(self, minutes: Sequence[int]) -> list[tuple[str, str]]:
        return [(str(n), self._language.say_many("{n} minute", "{n} minutes", n)) for n in minutes]

    def show_content(self, facts: ContentFacts) -> None:
        """Shows which edition asks, and who adopted it."""
        say = self._language.say
        empty(self._content)
        adopted = (
            say("Adopted by {who}", who=facts.adopted_by)
            if facts.adopted_by
            else say("Nobody has adopted this edition yet.")
        )
        for line in (say("Edition {number}, made {made}", number=facts.number, made=facts.made), adopted):
            self._content.addWidget(Words(line))
        self._content.addWidget(
            Words(say("Fingerprint {digits}", digits=facts.fingerprint), size="small", role="muted")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked(self._parts, self)

    def _card(self, title: str, *parts: Part) -> Card:
        return Card(Words(title, size="lead", bold=True), *parts, gap=4)

    def _keys(self) -> Card:
        say = self._language.say
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(14)
        half = (len(KEY_WORDS) + 1) // 2
        for number, (key, words) in enumerate(KEY_WORDS):
            across = 2 * (number // half)
            grid.addWidget(Words(key, size="small", bold=True, wrap=False), number % half, across)
            grid.addWidget(Words(say(words), size="small", role="muted"), number % half, across + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return Card(Words(say("Keys"), size="lead", bold=True), plain(grid), gap=6)

    def _changed(self) -> None:
        wishes = Wishes(
            self.tongue.key(),
            self.country.key(),
            self.organisation.text().strip(),
            self.role.text().strip(),
            self.theme.key(),
            int(self.scale.key() or 100),
            int(self.idle.key() or 5),
            self.bound.kind.key(),
            self.bound.regime.key(),
            self.phone.text().strip(),
            self.email.text().strip(),
        )
        if wishes != self._wishes:
            self._wishes = wishes
            self.changed.emit(wishes)
