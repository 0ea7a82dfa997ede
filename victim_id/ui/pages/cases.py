"""The cases of this vault: what needs doing today on the right, search while typing, a level as word and dot."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedWidget, QWidget

from victim_id import wording
from victim_id.language import Language, to_say
from victim_id.ui.pages.case_filter import FilterRow, Wanted, cleared, order_words, turned
from victim_id.ui.theme import Role, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import SearchField
from victim_id.ui.widgets.notes import EmptyState, Sign
from victim_id.ui.widgets.rows import WINDOW, Cell, Column, Place, RowsModel, RowsView, Sorted
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, plain, put, row
from victim_id.ui.widgets.words import Words

Urgency: TypeAlias = Literal["today", "soon", "later"]


class CaseRow(NamedTuple):
    """A case as the list shows it, every word in the worker's language; `now` is one word for what cannot wait,
    `urgent` the sign in full.
    """

    id: str
    code: str
    now: str
    changed: str
    place: str
    kind: str
    level: str
    level_word: str
    asked: str
    next_step: str
    urgent: str = ""


class DueRow(NamedTuple):
    """Something that is due: when in words, how urgent, what, and the case it belongs to."""

    id: str
    when: str
    urgency: Urgency
    what: str


class Reminder(NamedTuple):
    """Something the worker is reminded of until it is done: the page where it is done, and the words."""

    page: str
    words: str


Fetch: TypeAlias = Callable[[Wanted, int, int], None]
"""Asks for rows: what is wanted, offset, limit; `CasesPage.show_rows` brings them."""

ALL = "all"
STATES = (
    ("open", to_say("Open")),
    ("referred", to_say("Referred")),
    ("closed", to_say("Closed")),
    (ALL, to_say("All")),
)
_DUE: dict[Urgency, Role] = {"today": "urgent", "soon": "amber", "later": "muted"}


class CasesPage(Ground):
    """Shows the list. Emits `opened` and `care` with a case id, `new_interview`, `quick_screen`, `reminded` with a page."""

    opened = Signal(str)
    new_interview = Signal()
    quick_screen = Signal()
    care = Signal(str)
    reminded = Signal(str)

    def __init__(self, language: Language, fetch: Fetch, settings: Sequence[tuple[str, str]] = ()) -> None:
        """`settings` are those a case can have: (id, its words)."""
        super().__init__("page")
        self._language, self._fetch = language, fetch
        self._counts, self._lines, self._opened = dict[str, int](), tuple[str, ...](), ""
        self._wanted = self._shown = Wanted()
        say = language.say
        self.search = SearchField(say("Search code, place, words"), say("Search code, place, words…  Ctrl+K"))
        self.states = Chips(say("State"), [(key, say(word)) for key, word in STATES], here=["open"])
        quick = SecondaryButton(say("Quick screen"))
        new = PrimaryButton(say("New interview"), key="Ctrl+N")
        bar = Bar(Words(say("Cases"), size="title", bold=True, wrap=False), self.search, self.states, last=(quick, new))
        columns = _columns(say)
        self.model = RowsModel(columns, lambda offset, limit: fetch(self._shown, offset, limit), _cell)
        self.table = RowsView(self.model, columns, say("Cases"))
        self.filters = FilterRow(language, settings)
        self._nothing = EmptyState(
            "cases",
            say("No cases yet"),
            say("Begin a first interview, or a quick screen of a few minutes. Nothing leaves this laptop."),
            say("New interview"),
        )
        self._none_found = EmptyState("search", "", "", say("Show them"))
        self._hidden = EmptyState("search", say("Nothing to see with these filters"), "", say("Clear the filters"))
        self._faces = QStackedWidget()
        for face in (self.table, self._nothing, self._none_found, self._hidden):
            self._faces.addWidget(face)
        self._room = _Room(self.filters)
        card = Card(self._room, self._faces, gap=0, pad=8)
        self._due, self._vault = Card(gap=2), Card(gap=2)
        self._reminders = Card(tone="amber", gap=0, pad=14)
        self._care = LinkButton("")
        self._side_column = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        put(self._side_column, (self._reminders, self._due, self._vault))
        self._side_column.addStretch(1)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(16)
        side = Ground("page")
        side.setLayout(self._side_column)
        self._side = Scroll(side)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(18)
        self._parts.setContentsMargins(20, 20, 20, 20)
        self._parts.addWidget(card, 1)
        self._parts.addWidget(self._side)
        self.setLayout(column(bar, plain(self._parts), gap=0))
        self.first = self.table
        self.show_due([])
        self.show_vault([])
        self.show_reminders([])
        self.search.searched.connect(self._search)
        self.states.chosen.connect(lambda keys: self._want(self._wanted._replace(state=keys[0])))
        self.filters.chosen.connect(self._want)
        self.table.ordered.connect(lambda sort: self._want(turned(self._wanted, sort)))
        self._hidden.asked.connect(self._clear)
        self._none_found.asked.connect(self._find_in_all)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._name_care())
        self.model.modelReset.connect(self._name_care)
        self.table.opened.connect(self._open)
        quick.clicked.connect(self.quick_screen)
        new.clicked.connect(self.new_interview)
        self._nothing.asked.connect(self.new_interview)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Shows how many cases there are in each state, and asks for the rows anew."""
        self._counts = {**counts, ALL: sum(counts.values())}
        for key, _ in STATES:
            self.states.chip(key).recount(self._counts.get(key, 0))
        if not self._counts[ALL]:
            self.model.begin(0)
            self._faces.setCurrentWidget(self._nothing)
        self.refresh()

    def show_rows(
        self, wanted: Wanted, offset: int, rows: Sequence[CaseRow], total: int | None = None, elsewhere: int = 0
    ) -> None:
        """Brings a window of rows, the first one with how many there are; one that is no longer wanted is dropped.

        `elsewhere` is how many cases of other states have the words that none of these has.
        """
        if wanted == self._wanted and not offset:
            self._say_none_found(elsewhere)
            self._begin(wanted, rows, total)
        elif wanted == self._shown:
            self.model.took(offset, rows)
        else:
            return
        self._keep_place(offset, rows)
        self._name_care()

    def _begin(self, wanted: Wanted, rows: Sequence[CaseRow], total: int | None) -> None:
        """Shows the first window in one step; the same list keeps its place."""
        same, bar = wanted == self._shown, self.table.verticalScrollBar()
        place, here = bar.value(), self.table.currentIndex().row()
        self._shown = wanted
        self.model.begin(total, rows)
        words = order_words(self._language, wanted)
        self.model.order(Sorted(wanted.sort, wanted.backwards, words))
        self._face()
        if same and here >= 0:
            self.table.setCurrentIndex(self.model.index(min(here, self.model.rowCount() - 1), 0))
        if same:
            bar.setValue(place)
        elif self.isVisible():
            number = self._language.say_many("{n} case", "{n} cases", self.model.rowCount())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.table, f"{number}. {words}"))

    def _keep_place(self, offset: int, rows: Sequence[CaseRow]) -> None:
        """Goes back to the row that was opened last, or to the first one."""
        found = next((number for number, row in enumerate(rows) if row.id == self._opened), None)
        if found is not None:
            self.table.setCurrentIndex(self.model.index(offset + found, 0))
        elif offset == 0 and rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _open(self, row: CaseRow) -> None:
        self._opened = row.id
        self.opened.emit(row.id)

    def show_due(self, rows: Sequence[DueRow]) -> None:
        """Shows what is due, the most urgent first."""
        empty(self._due.body)
        say = self._language.say
        self._due.body.addWidget(Words(say("Due soon"), size="lead", bold=True))
        if not rows:
            self._due.body.addWidget(Words(say("Nothing is due."), role="muted"))
        lines = QGridLayout()
        lines.setHorizontalSpacing(10)
        lines.setVerticalSpacing(0)
        lines.setColumnStretch(1, 1)
        self._due.body.addLayout(lines)
        for number, due in enumerate(rows):
            link = LinkButton(due.what, role="text", name=wording.labelled(self._language, due.when, due.what))
            link.clicked.connect(lambda _=False, id_=due.id: self.opened.emit(id_))
            when = Words(due.when, role=_DUE[due.urgency], bold=due.urgency != "later", wrap=False)
            lines.addWidget(when, number, 0)
            lines.addWidget(link, number, 1)
        if rows:
            every = LinkButton(say("All of them in the list"), underline=True)
            every.clicked.connect(self._list_due)
            self._due.body.addWidget(every)
        self._care = LinkButton("", underline=True)
        self._care.clicked.connect(lambda: self.care.emit(self._case_here()))
        self._due.body.addWidget(self._care)
        self._name_care()

    def show_vault(self, lines: Sequence[str]) -> None:
        """Shows how the vault is: backup, idle lock, content edition."""
        empty(self._vault.body)
        self._vault.body.addWidget(Words(self._language.say("Vault"), size="lead", bold=True))
        for line in lines:
            self._vault.body.addWidget(Words(line, role="muted"))
        self._lines = tuple(lines)
        self._vault.setVisible(bool(lines))

    def show_reminders(self, rows: Sequence[Reminder]) -> None:
        """Shows what is to be done for the vault itself; nothing to be done is nothing shown."""
        empty(self._reminders.body)
        for reminder in rows:
            link = LinkButton(reminder.words, role="text", underline=True)
            link.clicked.connect(lambda _=False, page=reminder.page: self.reminded.emit(page))
            line = row(Sign("warn", "amber", 18), link, gap=10)
            line.setStretch(1, 1)
            self._reminders.body.addLayout(line)
        self._reminders.setVisible(bool(rows))

    def refresh(self) -> None:
        """Asks for the rows again; those that are shown stay until the others are there."""
        self._fetch(self._wanted, 0, WINDOW)

    def pressed(self, deed: str) -> bool:
        """Ctrl+K goes to the search, Escape from there to the list."""
        if deed == "search":
            self.search.setFocus()
            self.search.selectAll()
            return True
        if deed == "back" and self.search.hasFocus():
            self.table.setFocus()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < worn().px(900)
        self._parts.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self._side_column.setDirection(QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.TopToBottom)
        self._side.setFixedWidth(self.width() - 40 if narrow else min(worn().px(270), self.width() // 3))
        self._side.setMaximumHeight(worn().px(130) if narrow else 9999)
        self._vault.setVisible(bool(self._lines) and not narrow)
        self._room.few_lines = self.height() < worn().px(560)
        self._room.fit()

    def _case_here(self) -> str:
        found = self.table.currentIndex().data(Place.KEY) if self.table.currentIndex().isValid() else None
        return found.id if found is not None else ""

    def _name_care(self) -> None:
        say, index = self._language.say, self.table.currentIndex()
        found = index.data(Place.KEY) if index.isValid() else None
        self._care.say(
            say("Keep, limit or erase {code}…", code=found.code) if found is not None else say("Keeping and erasing…")
        )

    def _search(self, text: str) -> None:
        self._want(self._wanted._replace(text=text))

    def _want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.filters.show_wanted(wanted)
            self._room.fit()
            self.refresh()

    def _list_due(self) -> None:
        """Lists all that is due, whatever its state, the soonest first."""
        self.search.clear()
        self.states.choose(ALL)
        self._want(Wanted(state=ALL, due="any", sort="due"))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.search.clear()
        self._want(cleared(self._wanted)._replace(text=""))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_none_found(self, elsewhere: int) -> None:
        say = self._language.say
        text = say("No case has these words. Escape empties the search.")
        if elsewhere:
            text = self._language.say_many(
                "{n} case in another state has these words.", "{n} cases in other states have these words.", elsewhere
            )
        self._none_found.say(say("Nothing found in this state") if elsewhere else say("Nothing found"), text)
        self._none_found.deed.setVisible(bool(elsewhere))

    def _find_in_all(self) -> None:
        self.states.choose(ALL)
        self._want(self._wanted._replace(state=ALL))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _face(self) -> None:
        say, wanted, held = self._language.say, self._shown, list(self.filters.words(self._shown).values())
        if self.model.rowCount():
            face: QWidget = self.table
        elif held:
            if wanted.text:
                held.append(wording.labelled(self._language, say("Search"), wanted.text))
            number = self._language.say_many(
                "{n} case is hidden.", "{n} cases are hidden.", self._counts.get(wanted.state, 0)
            )
            self._hidden.say(
                say("Nothing to see with these filters"), f"{wording.listed(self._language, held)}\n{number}"
            )
            face = self._hidden
        elif wanted.text:
            face = self._none_found
        else:
            if self._counts.get(ALL):
                self._nothing.say(say("Nothing here"), say("No case is in this state."))
            face = self._nothing
        self._faces.setCurrentWidget(face)


class _Room(Scroll):
    """The room of the filters: as many lines as they need, and in a small window two that scroll."""

    def __init__(self, filters: FilterRow) -> None:
        super().__init__(plain(row(filters, margins=(6, 0, 6, 0))), "card")
        self._filters, self.few_lines = filters, False

    def fit(self) -> None:
        needed = self._filters.heightForWidth(max(self.width() - 24, 10))
        tall = min(max(needed, worn().touch), (2 if self.few_lines else 4) * worn().touch)
        if tall != self.height():
            self.setFixedHeight(tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def _columns(say: Callable[[str], str]) -> tuple[Column, ...]:
    return (
        Column(say("Case"), 98, sort="code"),
        Column(say("Now"), 116, 0, sort="urgency"),
        Column(say("Last change"), 102, 1, spare=4, sort="changed"),
        Column(say("Place"), 116, 4, spare=1, sort="place"),
        Column(say("Kind"), 100, 3, spare=3, sort="kind"),
        Column(say("Level"), 140, 4, sort="level"),
        Column(say("Asked"), 78, 0, spare=5),
        Column(say("Next step"), 120, 4, spare=2, sort="due"),
    )


def _cell(row: CaseRow, number: int) -> Cell:
    return (
        Cell(row.code, bold=True),
        Cell(row.now, "urgent", bold=True, sign="warn" if row.now else "", more=row.urgent),
        Cell(row.changed, "muted"),
        Cell(row.place),
        Cell(row.kind),
        Cell(row.level_word, level=row.level),
        Cell(row.asked, "muted"),
        Cell(row.next_step),
    )[number]
