"""Keeping and erasing: what is due, one person's cases chosen together, and what may be done with them."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from victim_id.language import Language
from victim_id.ui.pages.care_cards import EraseCard, HeldCard, HoldCard, IdentityCard, KeptCard, ReadersCard
from victim_id.ui.pages.care_erased import ErasedCard
from victim_id.ui.pages.cared import CareRow, Chosen, Kept, Listing, StaleBackup
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import LinkButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import SearchField, Tick
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, flow, plain, put, row, stacked
from victim_id.ui.widgets.words import Words

WINDOW = 100
"""So many lines are shown at first, and so many more each time they are asked for."""


class CarePage(Ground):
    """Emits `listed` with a listing, words that are searched and how many rows at most, `chosen` with the ids that are ticked, and the deeds of its cards."""

    listed = Signal(str, str, int)
    chosen = Signal(tuple)
    opened = Signal(str)
    erase = Signal(tuple, str)
    hold = Signal(str, str)
    release = Signal(str, str)
    limit = Signal(str, tuple)
    export = Signal(tuple)
    confirm = Signal(str)
    erase_identity = Signal(str)
    forget = Signal()
    replace = Signal()
    stop = Signal()
    kept = Signal(object)
    left = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        self._rows: tuple[CareRow, ...] = ()
        self._taken: dict[str, CareRow] = {}
        self._shown: list[CareRow] = []
        self._most = WINDOW
        say = language.say
        self.listing = Chips(say("Which cases"), [("due", say("Due")), ("held", say("On hold")), ("all", say("All"))], here=["due"])  # fmt: skip
        self.search = SearchField(say("Search a case"), say("Search code, place, words…"))
        back = SecondaryButton(say("To the cases"), icon="back")
        self._about, self._list = Words("", role="muted"), column(gap=0)
        self.more = SecondaryButton(say("Show more"))
        self.more.hide()
        self.note = InlineNote("urgent")
        self._title = Words("", size="title", bold=True)
        self._together = Words(
            say("Several cases of the same person? Tick them all: they are erased, or given, together."),
            size="small", role="muted",
        )  # fmt: skip
        self.open = LinkButton(say("Open the case"), underline=True)
        self.none = LinkButton(say("Choose none"), role="muted", underline=True)
        self.erase_card, self.hold_card = EraseCard(language), HoldCard(language)
        self.readers, self.held, self.kept_card = ReadersCard(language), HeldCard(language), KeptCard(language)
        self.erased, self.identity = ErasedCard(language), IdentityCard(language)
        head = row(self._title, self.open, self.none, gap=10)
        head.setStretch(0, 1)
        self._cards = plain(
            column(
                head, self._together, self.erase_card, self.hold_card, self.identity, self.readers, self.held, gap=14
            )
        )
        left = Ground("page")
        left.setLayout(
            column(
                Card(self._about, self.note, self._list, plain(flow(self.more)), gap=6),
                None,
                gap=14,
                margins=(20, 18, 10, 18),
            )
        )
        right = Ground("page")
        right.setLayout(column(self.erased, self._cards, self.kept_card, None, gap=14, margins=(10, 18, 20, 18)))
        self._left, self._right = Scroll(left), Scroll(right)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(0)
        self._parts.setContentsMargins(0, 0, 0, 0)
        put(self._parts, (self._left, self._right))
        self._parts.setStretch(0, 5)
        self._parts.setStretch(1, 6)
        title = Words(say("Keeping and erasing"), size="title", bold=True, wrap=False)
        self.setLayout(column(Bar(title, self.search, self.listing, last=(back,)), plain(self._parts), gap=0))
        self.first: QWidget = self.search
        self._connect()
        back.clicked.connect(self.left)
        self._show_taken()

    def _connect(self) -> None:
        self.listing.chosen.connect(lambda _keys: self._anew())
        self.more.clicked.connect(self._more)
        self.search.searched.connect(self._search)
        self.open.clicked.connect(lambda: self.opened.emit(self._only()))
        self.none.clicked.connect(lambda: self.take([]))
        self.erase_card.erase.connect(
            lambda ground: self.erase.emit((*self._taken, *self.erase_card.fitting()), ground)
        )
        self.hold_card.hold.connect(lambda reason: self.hold.emit(self._only(), reason))
        self.hold_card.release.connect(lambda reason: self.release.emit(self._only(), reason))
        self.readers.limit.connect(lambda named: self.limit.emit(self._only(), named))
        self.held.export.connect(lambda: self.export.emit(tuple(self._taken)))
        self.identity.confirm.connect(lambda: self.confirm.emit(self._only()))
        self.identity.erase.connect(lambda: self.erase_identity.emit(self._only()))
        self.kept_card.forget.connect(self.forget)
        self.erased.replace.connect(self._replace)
        self.erased.under_way.stopped.connect(self.stop)
        self.kept_card.changed.connect(self.kept)

    def ask(self) -> None:
        """Asks for the list again."""
        self.listed.emit(self.listing.key(), self.search.text().strip(), self._most)

    def show_rows(self, listing: Listing, rows: Sequence[CareRow], *, more: bool = False) -> None:
        """Shows the list; what is chosen stays chosen, also when it is not in it. `more` when there are more than these."""
        say = self._language.say
        if listing != self.listing.key():
            return
        self._rows = tuple(rows)
        self.more.setVisible(more)
        self._about.say({
            "due": say("What is due, unfounded screenings first. Nothing is erased by itself.") if rows else say("Nothing is due."),
            "held": say("A legal hold keeps these.") if rows else say("No case is on hold."),
            "all": "" if rows else say("No case has these words."),
        }[listing])  # fmt: skip
        self._about.setVisible(bool(self._about.text()))
        self._show_list()

    def take(self, rows: Sequence[CareRow]) -> None:
        """Chooses cases in place of those that were chosen."""
        self._taken = {one.id: one for one in rows}
        self._show_list()
        self._told()

    def show_chosen(self, chosen: Chosen) -> None:
        """Shows what is known of the chosen cases; an answer that comes too late is dropped."""
        if {one.id for one in chosen.cases} != set(self._taken):
            return
        self._taken = {one.id: one for one in chosen.cases}
        if self._shown != self._wanted():
            self._show_list()
        self.erase_card.tell(chosen)
        self.hold_card.tell(chosen)
        self.readers.tell(chosen)
        self.identity.tell(chosen)
        one = len(chosen.cases) == 1 and not chosen.cases[0].came
        for card in (self.identity, self.open):
            card.setVisible(one and not chosen.others)
        self.readers.setVisible(one and not chosen.stranded)

    def show_kept(self, kept: Kept, old: int = 0, fixed: frozenset[str] = frozenset()) -> None:
        """Shows after how long cases are due, and how many lines of the history are old."""
        self.kept_card.tell(kept, old, fixed)

    def show_erased(self, words: str, backups: Sequence[StaleBackup], *, unclean: bool = False) -> None:
        """Says what was erased; nothing is chosen any more."""
        self.erase_card.button.setEnabled(True)
        self.take([])
        self.show_left(words, backups, unclean=unclean)

    def show_left(self, words: str, backups: Sequence[StaleBackup], *, unclean: bool = False) -> None:
        """Says what went while the case stays, and what still holds it."""
        self.erased.tell(words, backups, unclean=unclean)
        self._right.verticalScrollBar().setValue(0)
        self.ask()

    def show_unclean(self, words: str) -> None:
        """Says what was done, and that the vault's file is still to be cleaned of it."""
        self.erased.tell(words, None, unclean=True)
        self._right.verticalScrollBar().setValue(0)

    def complain(self, message: Sorry) -> None:
        """Says what did not work."""
        self.erase_card.button.setEnabled(True)
        self.erased.under_way.end()
        self.note.say(*message)

    def pressed(self, deed: str) -> bool:
        """Ctrl+K goes to the search, Escape back."""
        if deed == "search":
            self.search.setFocus()
            self.search.selectAll()
        elif deed == "back":
            self.left.emit()
        return deed in {"search", "back"}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = stacked(self._parts, self)
        self._left.setMaximumHeight(self.height() // 3 if narrow else 9999)

    def _only(self) -> str:
        return next(iter(self._taken))

    def _search(self, text: str) -> None:
        if text:
            self.listing.choose("all")
        self._anew()

    def _anew(self) -> None:
        self._most = WINDOW
        self.ask()

    def _more(self) -> None:
        self._most += WINDOW
        self.ask()

    def _replace(self) -> None:
        self.erased.show_going()
        self.replace.emit()

    def _show_list(self) -> None:
        empty(self._list)
        self._shown = self._wanted()
        for one in self._shown:
            self._list.addWidget(_Line(one, self._turn, checked=one.id in self._taken))

    def _wanted(self) -> list[CareRow]:
        listed = {one.id for one in self._rows}
        return [*(one for one in self._taken.values() if one.id not in listed), *self._rows]

    def _turn(self, case: CareRow, *, checked: bool) -> None:
        if checked:
            self._taken[case.id] = case
        else:
            self._taken.pop(case.id, None)
        self._told()

    def _told(self) -> None:
        self.note.say("")
        self._show_taken()
        if self._taken:
            self.erased.hide()
            self.chosen.emit(tuple(self._taken))

    def _show_taken(self) -> None:
        came = any(case.came for case in self._taken.values())
        one = len(self._taken) == 1 and not came
        self._title.say(" · ".join(case.code for case in self._taken.values()))
        self._cards.setVisible(bool(self._taken))
        self.kept_card.setVisible(not self._taken)
        self._together.setVisible(bool(self._taken))
        self.held.setVisible(not came)
        for card in (self.hold_card, self.identity, self.readers, self.open):
            card.setVisible(one)


class _Turned(Protocol):
    def __call__(self, case: CareRow, *, checked: bool) -> None: ...


class _Line(QWidget):
    def __init__(self, case: CareRow, turned: _Turned, *, checked: bool) -> None:
        super().__init__()
        tick = Tick(" · ".join(part for part in (case.code, case.place) if part), checked=checked)
        tick.setAccessibleDescription(case.why)
        tick.clicked.connect(lambda: turned(case, checked=tick.isChecked()))
        why = Words(case.why, size="small", role="amber" if case.held else "muted")
        self.setLayout(column(tick, plain(row(why, margins=(worn().px(32), 0, 0, 6))), gap=0))
