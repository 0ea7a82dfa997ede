"""What was sent to this cell: sealed files that are opened here, from senders that are known or not, and taken in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from victim_id import wording
from victim_id.language import Language, to_say
from victim_id.ui.pages.paper import Preview
from victim_id.ui.pages.sent import PageImage
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.marks import Badge
from victim_id.ui.widgets.notes import EmptyState, InlineNote, Sorry
from victim_id.ui.widgets.rows import Cell, Column, RowsModel, RowsView
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, flow, plain, stacked
from victim_id.ui.widgets.words import Words


class ReceivedRow(NamedTuple):
    """A package as the list shows it; `known` tells whether its sender's card was compared."""

    id: str
    code: str
    now: str
    sender: str
    kind: str
    level: str
    level_word: str
    known: bool
    received: str
    due: str


class ReceivedCard(NamedTuple):
    """A package in short: what cannot wait first, then lines of facts; `double` names a case it may be the same as."""

    id: str
    code: str
    kind: str
    urgent: str
    lines: tuple[str, ...]
    taken: bool
    double: str = ""
    warning: str = ""


STATES = (("new", to_say("New")), ("taken", to_say("Taken")), ("doubles", to_say("Doubles")))


class InboxPage(Ground):
    """Emits `files_wanted` or `files` (dropped paths), `opened`, `take`, `read_form`, `erase`, `take_all`, `state_chosen`."""

    files_wanted = Signal()
    files = Signal(tuple)
    opened = Signal(str)
    take = Signal(str)
    read_form = Signal(str)
    erase = Signal(str)
    take_all = Signal()
    state_chosen = Signal(str)

    def __init__(self, language: Language, *, states: Sequence[str] = ("new", "taken")) -> None:
        super().__init__("page")
        self._language = language
        self._rows: Sequence[ReceivedRow] = ()
        say = language.say
        self.states = Chips(say("State"), [(key, say(words)) for key, words in STATES if key in states], here=["new"])
        files = SecondaryButton(say("Open files…"), icon="file")
        self._all = PrimaryButton(say("Take all into the register"))
        columns = _columns(say)
        self.model = RowsModel(
            columns, lambda offset, _limit: self.model.took(offset, self._rows[offset:]), _cells(say)
        )
        self.table = RowsView(self.model, columns, say("Inbox"))
        self.note = InlineNote("urgent")
        self._nothing = EmptyState(
            "inbox",
            say("Nothing has arrived"),
            say("Open a sealed file from a stick or a mail, or drop it here. It can be read only with your key."),
            say("Open files…"),
        )
        self._faces = QStackedWidget()
        self._faces.addWidget(self.table)
        self._faces.addWidget(self._nothing)
        self._preview = Preview(language)
        self._close = SecondaryButton(say("Back to the list"), icon="back")
        self._close.clicked.connect(self._close_form)
        self._faces.addWidget(plain(column(plain(flow(self._close)), self._preview, gap=8)))
        card = Card(gap=0, pad=8)
        card.body.addWidget(self._faces)
        self._detail = Card(gap=4)
        self._detail.hide()
        side = Ground("page")
        side.setLayout(column(self._detail, None))
        self._side = Scroll(side)
        self._side.hide()
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 16, 20, 20)
        self._parts.setSpacing(18)
        self._parts.addLayout(column(self.note, card, gap=12), 1)
        self._parts.addWidget(self._side)
        title = Words(say("Inbox of the cell"), size="title", bold=True, wrap=False)
        self.setLayout(column(Bar(title, self.states, last=(files, self._all)), plain(self._parts), gap=0))
        self.setAcceptDrops(True)
        self.first = self.table
        files.clicked.connect(self.files_wanted)
        self._nothing.asked.connect(self.files_wanted)
        self._all.clicked.connect(self.take_all)
        self.table.opened.connect(lambda found: self.opened.emit(found.id))
        self.states.chosen.connect(lambda keys: self.state_chosen.emit(keys[0]))

    def show_rows(self, rows: Sequence[ReceivedRow], counts: Mapping[str, int]) -> None:
        """Shows what has arrived."""
        self._rows = tuple(rows)
        for key in counts:
            self.states.chip(key).recount(counts[key])
        self.model.begin(len(rows))
        self._faces.setCurrentWidget(self.table if rows else self._nothing)
        self._all.setEnabled(bool(rows) and self.states.key() == "new")

    def show_card(self, card: ReceivedCard) -> None:
        """Shows one package in short."""
        say = self._language.say
        empty(self._detail.body)
        body = self._detail.body
        body.addWidget(plain(flow(Words(card.code, size="lead", bold=True, wrap=False), Badge(card.kind), across=10)))
        if card.urgent:
            body.addWidget(Words(card.urgent, bold=True, role="urgent"))
        if card.warning:
            body.addWidget(Words(card.warning, bold=True, role="amber"))
        for line in card.lines:
            body.addWidget(Words(line))
        if card.double:
            double = LinkButton(say("Possible double: {code}", code=card.double), underline=True, role="text")
            double.clicked.connect(lambda _=False: self.opened.emit(card.double))
            body.addWidget(double)
        take, read = PrimaryButton(say("Take it")), SecondaryButton(say("Read the form"))
        if card.taken:
            take.hide()
        take.clicked.connect(lambda _=False: self.take.emit(card.id))
        read.clicked.connect(lambda _=False: self.read_form.emit(card.id))
        erase = SecondaryButton(say("Erase…"))
        erase.setVisible(card.taken)
        erase.clicked.connect(lambda _=False: self.erase.emit(card.id))
        body.addSpacing(8)
        body.addWidget(plain(flow(take, read, erase, across=10)))
        self._detail.show()
        self._side.show()

    def show_form(self, pages: Sequence[PageImage]) -> None:
        """Shows the pages of a form that was received, in place of the list, until one goes back."""
        self._preview.show_pages(pages)
        self._faces.setCurrentIndex(2)
        self._close.setFocus()

    def pressed(self, deed: str) -> bool:
        """Escape goes from the form back to the list."""
        if deed == "back" and self._faces.currentIndex() == 2:
            self._close_form()
            return True
        return False

    def complain(self, file: str, message: Sorry) -> None:
        """Says why a file stayed closed; `file` is its name without the folder."""
        self.note.say(wording.labelled(self._language, file, message.title), message.text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls: list[QUrl] = event.mimeData().urls()
        self.note.say("")
        self.files.emit(tuple(url.toLocalFile() for url in urls if url.isLocalFile()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = stacked(self._parts, self, 900)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(9999)
            self._side.setMaximumHeight(self.height() // 2)
        else:
            self._side.setFixedWidth(min(worn().px(400), self.width() // 3))
            self._side.setMaximumHeight(9999)

    def _close_form(self) -> None:
        self._faces.setCurrentWidget(self.table if self._rows else self._nothing)
        self.table.setFocus()


def _columns(say: Callable[[str], str]) -> tuple[Column, ...]:
    return (
        Column(say("Case"), 98),
        Column(say("Now"), 119, 0),
        Column(say("From"), 104, 4, spare=1),
        Column(say("Kind"), 96, 3, spare=3),
        Column(say("Level"), 135, 4),
        Column(say("Signature"), 108, 1, spare=2),
        Column(say("Received"), 84, 1, spare=5),
        Column(say("Answer due"), 108, 1, spare=4),
    )


def _cells(say: Callable[[str], str]) -> Callable[[Any, int], Cell]:
    known, unknown = say("known"), say("not known")

    def cell(found: ReceivedRow, number: int) -> Cell:
        signature = (
            Cell(known, sign="check", role="good")
            if found.known
            else Cell(unknown, sign="warn", role="amber", bold=True)
        )
        return (
            Cell(found.code, bold=True),
            Cell(found.now, "urgent", bold=True, sign="warn" if found.now else ""),
            Cell(found.sender),
            Cell(found.kind),
            Cell(found.level_word, level=found.level),
            signature,
            Cell(found.received, "muted"),
            Cell(found.due),
        )[number]

    return cell
