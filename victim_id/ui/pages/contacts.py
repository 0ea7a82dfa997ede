"""The directory: whom to call, danger and children first, with source and day; own corrections dated; where harm is reported."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from victim_id import wording
from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.widgets.buttons import LinkButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField
from victim_id.ui.widgets.finder import Find, Finder
from victim_id.ui.widgets.marks import Badge
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, flow, plain, put, row, stacked
from victim_id.ui.widgets.words import Words


class ContactRow(NamedTuple):
    """A contact, every word in the worker's language; `mark` is said when the number was not read at its source."""

    id: str
    label: str
    role: str
    purpose: str
    phones: tuple[str, ...]
    lines: tuple[str, ...]
    source: str
    mark: str = ""
    corrected: str = ""
    phone: str = ""
    email: str = ""
    site: str = ""
    note: str = ""
    urgent: bool = False


class HarmRow(NamedTuple):
    """What harms a child: what to write down, what never, and where it goes here (name, number, what is said of it)."""

    label: str
    write_down: tuple[str, ...]
    never: str
    routes: tuple[tuple[str, str, str], ...]


class StatementRow(NamedTuple):
    """A statement of the country's law with its source and how far it was verified."""

    title: str
    text: str
    source: str


class ContactsPage(Leaving):
    """Emits `country` for another one, `corrected` with id, phone, email, site and note, `rights` and `quick_card` to print."""

    country = Signal(str)
    corrected = Signal(str, str, str, str, str)
    rights = Signal(str)
    quick_card = Signal(str)

    def __init__(
        self,
        language: Language,
        countries: Sequence[tuple[str, str]],
        languages: Sequence[Find],
        settings: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self.countries = Chips(say("Country"), countries)
        self._contacts, self._harms, self._law = column(gap=12), column(gap=12), Card(gap=6)
        sheet = SecondaryButton(say("Rights, for the person…"), icon="print")
        self._finder = Finder(say("Languages"), say("Search a language by any name"), languages, self)
        cards = [SecondaryButton(words, icon="print") for _, words in settings]
        papers = Card(
            Words(say("Papers"), size="lead", bold=True),
            Words(say("Neutral on the outside. Give one only if nobody dangerous can find it."), role="muted"),
            plain(flow(sheet)),
            Words(say("Quick screen as a card without names"), role="muted"),
            plain(flow(*cards)),
            gap=6,
        )
        right = column(self._harms, papers, self._law, None, gap=14)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 18, 20, 18)
        self._parts.setSpacing(18)
        put(self._parts, (column(self._contacts, None), right))
        self._parts.setStretch(0, 1)
        self._parts.setStretch(1, 1)
        inside = Ground("page")
        inside.setLayout(self._parts)
        title = Words(say("Contacts"), size="title", bold=True, wrap=False)
        self.setLayout(column(Bar(title, self.countries), Scroll(inside), gap=0))
        self.first: QWidget = sheet
        self.countries.chosen.connect(lambda keys: self.country.emit(keys[0]))
        sheet.clicked.connect(lambda: self._finder.open_below(sheet))
        self._finder.found.connect(self.rights)
        for button, (key, _) in zip(cards, settings, strict=True):
            button.clicked.connect(lambda _=False, setting=key: self.quick_card.emit(setting))

    def tell(
        self,
        country: str,
        rows: Sequence[ContactRow],
        harms: Sequence[HarmRow],
        law: Sequence[StatementRow],
    ) -> None:
        """Shows a country."""
        self.countries.choose(country)
        empty(self._contacts)
        for one in rows:
            self._contacts.addWidget(_Contact(self._language, one, self.corrected.emit))
        empty(self._harms)
        for harm in harms:
            self._harms.addWidget(self._harm(harm))
        empty(self._law.body)
        self._law.setVisible(bool(law))
        self._law.body.addWidget(Words(self._language.say("What the law here says"), size="lead", bold=True))
        for statement in law:
            put(
                self._law.body,
                (
                    Words(statement.title, bold=True),
                    Words(statement.text),
                    Words(statement.source, size="small", role="muted"),
                ),
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked(self._parts, self)

    def _harm(self, harm: HarmRow) -> Card:
        say = self._language.say
        routes = []
        for label, number, says in harm.routes:
            head = row(Words(label, bold=True), Words(number, bold=True, role="accent", wrap=False), gap=10)
            head.setStretch(0, 1)
            routes += [plain(head), Words(says, size="small", role="muted")]
        return Card(
            Words(harm.label, size="lead", bold=True),
            Words(harm.never, bold=True, role="urgent"),
            *routes,
            Words(say("Write down:"), bold=True),
            *[Words(f"• {line}") for line in harm.write_down],
            gap=4,
        )


class _Contact(Card):
    """One contact; its correction opens below it when one asks for it."""

    def __init__(self, language: Language, one: ContactRow, tell: Callable[[str, str, str, str, str], object]) -> None:
        super().__init__(gap=4, edge="urgent" if one.urgent else None)
        self._language, self._one, self._tell = language, one, tell
        say = language.say
        self._column = self.body
        self._edit: QWidget | None = None
        numbers = [Words(number, size="title", bold=True, role="accent", wrap=False) for number in one.phones]
        marks = [Badge(words) for words in (one.purpose, one.mark, one.corrected) if words]
        correct = LinkButton(
            say("Correct"), size="small", role="muted", name=wording.labelled(self._language, one.label, say("Correct"))
        )
        head = row(Words(one.label, size="lead", bold=True), correct, gap=10)
        head.setStretch(0, 1)
        put(
            self.body,
            (
                head,
                plain(flow(*numbers, across=18)) if numbers else Words(say("number not known"), role="muted"),
                Words(one.role),
                *[Words(line, size="small", role="muted") for line in one.lines],
                plain(flow(*marks)),
                Words(one.source, size="small", role="muted"),
            ),
        )
        correct.clicked.connect(self._open)

    def _open(self) -> None:
        if self._edit is not None:
            self._edit.setVisible(self._edit.isHidden())
            return
        say, one = self._language.say, self._one
        fields = [
            LineField(say("Telephone"), one.phone),
            LineField(say("Email"), one.email),
            LineField(say("Site"), one.site),
            LineField(say("Note"), one.note),
        ]
        keep = SecondaryButton(say("Keep"))
        keep.clicked.connect(lambda: self._tell(one.id, *(field.text().strip() for field in fields)))
        note = say("It holds in this vault only, with today’s date. Empty fields are as the content says.")
        self._edit = Card(
            Words(note, size="small", role="muted"),
            *[Labelled(field.accessibleName(), field) for field in fields],
            row(None, keep),
            gap=6,
            pad=12,
        )
        self._column.addWidget(self._edit)
        fields[0].setFocus()
