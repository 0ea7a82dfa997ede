"""The history of the vault, or of one case: who did what, when, the newest first; and a word on a clock that is in doubt."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.pages.places import PlacesBar
from victim_id.ui.widgets.buttons import SecondaryButton
from victim_id.ui.widgets.notes import EmptyState, InlineNote, Sorry
from victim_id.ui.widgets.rows import Cell, Column, RowsModel, RowsView
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, column
from victim_id.ui.widgets.words import Words


class LineRow(NamedTuple):
    """A line, every word in the worker's language; `doubt` says that its clock is in doubt."""

    when: str
    doubt: str
    who: str
    what: str
    case: str
    code: str


class HistoryPage(Leaving):
    """Emits `opened` with a case to see its lines alone, `place` for another place of the preferences, `clock` when it is right, `left`.

    `fetch(offset, limit)` asks for rows; `show_rows` brings them.
    """

    opened = Signal(str, str)
    place = Signal(str)
    clock = Signal()

    def __init__(self, language: Language, fetch: Callable[[int, int], None], *, of_case: bool = False) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        columns = (
            Column(say("When"), 200),
            Column(say("Who"), 120, 1),
            Column(say("What"), 260, 4),
            *([] if of_case else [Column(say("Case"), 110)]),
        )
        self.model = RowsModel(columns, fetch, _cell)
        self.table = RowsView(self.model, columns, say("History"))
        self._nothing = EmptyState("file", say("Nothing is written down yet"), "")
        self._faces = QStackedWidget()
        for face in (self.table, self._nothing):
            self._faces.addWidget(face)
        self.note = InlineNote("amber")
        told = (
            say("Who opened or changed this case, the newest first. Nothing here can be changed.")
            if of_case
            else say("Who did what in this vault, the newest first. Nothing here can be changed. A line opens the history of its case.")
        )  # fmt: skip
        inside = Ground("page")
        card = Card(self._faces, gap=0, pad=8)
        inside.setLayout(column(self.note, Words(told, role="muted"), card, gap=12, margins=(20, 18, 20, 18)))
        self.first: QWidget = self.table
        self.setLayout(column(self._bar(of_case=of_case), inside, gap=0))
        self.note.asked.connect(self.clock)
        self.table.opened.connect(
            lambda row: self.opened.emit(row.case, row.code) if row.code and not of_case else None
        )

    def begin(self, code: str = "") -> None:
        """Asks for the lines anew, those of the case with a code or all."""
        self._title.say(f"{code} · {self._language.say('History')}")
        self.model.begin(None)

    def show_rows(self, offset: int, rows: Sequence[LineRow]) -> None:
        """Brings a window of rows."""
        self.model.took(offset, rows)
        self._faces.setCurrentWidget(self.table if self.model.rowCount() else self._nothing)
        if not offset and rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_clock(self, message: Sorry | None) -> None:
        """Says that the clock is in doubt; a worker who looked at it can say that it is right."""
        if message is None:
            self.note.say("")
        else:
            self.note.say(*message, self._language.say("I looked at the date and time above: they are right"))

    def _bar(self, *, of_case: bool) -> Bar:
        if not of_case:
            bar = PlacesBar(self._language, "history")
            bar.chosen.connect(self.place)
            return bar
        back = SecondaryButton(self._language.say("Back"), icon="back")
        back.clicked.connect(self.left)
        return Bar(self._title, last=(back,))


def _cell(row: LineRow, number: int) -> Cell:
    return (
        Cell(row.when, "amber" if row.doubt else "muted", sign="warn" if row.doubt else "", more=row.doubt),
        Cell(row.who),
        Cell(row.what),
        Cell(row.code, "muted"),
    )[number]
