"""The recovery sheets: made and looked at here, kept on paper, tried from time to time; and a new key for the vault."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from victim_id import wording
from victim_id.language import Language
from victim_id.ui.pages.earlier_sheets import EarlierSheets
from victim_id.ui.pages.organisations_key import OrganisationCard
from victim_id.ui.pages.paper import Preview
from victim_id.ui.pages.places import PlacesBar
from victim_id.ui.pages.sent import PageImage
from victim_id.ui.pages.sheet_words import TwoSheets
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.notes import InlineNote, Sign, Sorry
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, flow, plain, row, stacked
from victim_id.ui.widgets.under_way import UnderWay
from victim_id.ui.widgets.words import Words


class SheetsShown(NamedTuple):
    """How it stands with the sheets, in words where there is a date; `kept` are the places, 1 to 3, on paper by now.

    `uncovered` limited cases are not opened by them; `earlier` sheets open some of those.
    """

    made: str
    kept: tuple[int, ...]
    rehearsed: str
    used: bool
    uncovered: int = 0
    earlier: bool = False
    of: int = 3
    needed: int = 2


class RecoveryPage(Ground):
    """Emits `make`, `save` and `print_out` with a sheet 1 to 3, `looked`, `rehearse`, `renew_key`, `stop` and `later`."""

    make = Signal()
    save = Signal(int)
    print_out = Signal(int)
    looked = Signal(int, str, str)
    rehearse = Signal(tuple)
    renew_key = Signal()
    stop = Signal()
    later = Signal()
    place = Signal(str)
    left = Signal()

    def __init__(
        self,
        language: Language,
        words: Sequence[str],
        many: int,
        *,
        first: bool = False,
        printing: bool = False,
    ) -> None:
        super().__init__("page")
        self._language, self._printing = language, printing
        self._shown = SheetsShown("", (), "", used=False)
        self._open = False
        say = language.say
        self._state = column(gap=6)
        self._mark = Words("", size="small", role="muted")
        self.earlier = EarlierSheets(language, words, many)
        self.note = InlineNote("amber")
        self.make_button = PrimaryButton(say("Make the sheets"))
        self._sure = _Sure(language)
        self._rows = column(gap=6)
        self.typed = TwoSheets(language, words, many)
        self.try_button = SecondaryButton(say("Try two sheets…"))
        self.check = PrimaryButton(say("Do they open the vault?"))
        self._rehearsal = plain(column(self.typed, plain(flow(self.check)), gap=6))
        self._rehearsal.hide()
        self.rehearsed = InlineNote("tint")
        self.renew_button = SecondaryButton(say("Give the vault a new key"))
        self.renewed = InlineNote("tint")
        self.under_way = UnderWay(say("Stop"))
        self.later_button = SecondaryButton(say("Later"))
        self._cards = (
            Card(Words(say("Recovery sheets"), size="lead", bold=True), self._mark, self._state, self.earlier, self.note, self._rows,
                 plain(flow(self.make_button)), self._sure, gap=8),
            Card(Words(say("Rehearsal"), size="lead", bold=True),
                 Words(say("Once a year, try whether two sheets still open the vault. Nothing is opened by it."), role="muted"),
                 self.rehearsed, plain(flow(self.try_button)), self._rehearsal, gap=6),
            Card(Words(say("A new key for the vault"), size="lead", bold=True),
                 Words(say("After somebody left, or when a copy of the vault may be in wrong hands: everything is written anew under a new key. Passphrases and sheets stay as they are."), role="muted"),
                 self.renewed, plain(flow(self.renew_button)), self.under_way, gap=6),
        )  # fmt: skip
        self.organisation = OrganisationCard(language)
        if first:
            for card in (*self._cards[1:], self.organisation):
                card.hide()
        side = Ground("page")
        side.setLayout(column(*self._cards, self.organisation, None, gap=14, margins=(20, 18, 20, 18)))
        self._side = Scroll(side)
        self.preview = Preview(language)
        self.preview.say_empty(
            say("The sheets are shown here"),
            say(
                "Once only, when they are made. Put them on paper before you lock: afterwards nobody can see them again."
            ),
        )
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(0)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.addWidget(self._side)
        self._parts.addWidget(self.preview, 1)
        self.setLayout(column(self._bar(first=first), self._parts, gap=0))
        self._connect()
        self.tell(self._shown)

    def _bar(self, *, first: bool) -> Bar:
        say = self._language.say
        if first:
            title = Words(say("One more thing: a way back in"), size="title", bold=True, wrap=False)
            return Bar(title, last=(self.later_button,))
        self.later_button.hide()
        bar = PlacesBar(self._language, "recovery")
        bar.chosen.connect(self.place)
        return bar

    def _connect(self) -> None:
        self.make_button.clicked.connect(self._make)
        self._sure.go.connect(self._begin)
        self.try_button.clicked.connect(self._try)
        self.check.clicked.connect(lambda: self.rehearse.emit(self.typed.texts()))
        self.typed.looked.connect(self.looked)
        self.typed.changed.connect(lambda: self.check.setEnabled(self.typed.ready))
        self.check.setEnabled(False)
        self.renew_button.clicked.connect(self._renew)
        self.under_way.stopped.connect(self.stop)
        self.later_button.clicked.connect(self.later)
        self.note.asked.connect(self._make)

    def tell(self, shown: SheetsShown) -> None:
        """Shows how it stands with the sheets."""
        self._shown = shown
        say = self._language.say
        empty(self._state)
        whole = len(shown.kept) == shown.of
        if not shown.made:
            lines = [("warn", "amber", say("There are none yet. Without them, a lost passphrase means a lost vault."))]
        elif shown.used:
            lines = [("warn", "amber", say("These sheets were used to come in, and have been seen. Make new ones."))]
        elif whole:
            lines = [("check", "good", say("Made on {date}, and all on paper.", date=shown.made))]
        elif self._open:
            lines = [("warn", "amber", say("Made on {date}. Now put all three on paper.", date=shown.made))]
        else:
            lines = [
                ("warn", "amber", say("Made on {date}, but not all were put on paper. Make new ones.", date=shown.made))
            ]
        if shown.made:
            tried = say("Last rehearsed: {date}", date=shown.rehearsed) if shown.rehearsed else say("Never rehearsed")
            lines.append(("clock", "muted", tried))
        for icon, role, words in lines:
            line = row(Sign(icon, role, 18), Words(words), gap=10)
            line.setStretch(1, 1)
            self._state.addLayout(line)
        about = say(
            "Three sheets, of which any two open the vault. Keep them apart, locked away, and not beside the laptop."
        )
        self._state.addWidget(Words(about, size="small", role="muted"))
        self.make_button.say(say("Make new sheets…") if shown.made else say("Make the sheets"))
        self.make_button.setVisible(not self._open)
        self.try_button.setVisible(bool(shown.made) and self._rehearsal.isHidden())
        self._cards[1].setVisible(bool(shown.made) and self.later_button.isHidden())
        self.earlier.tell(shown.uncovered, earlier=shown.earlier)
        self._show_rows()

    def show_mark(self, mark: str) -> None:
        """Shows the vault's mark, by which its sheets are known."""
        self._mark.say(self._language.say("Vault {mark}: the same stands on its sheets.", mark=mark))

    def show_sheets(self, pages: Sequence[PageImage]) -> None:
        """Shows the sheets that were made, with what can be done with each; no pages put them out of sight."""
        self._open = bool(pages)
        self.preview.show_pages(pages)
        self._sure.hide()
        self.make_button.setEnabled(True)
        self.note.say("")
        if pages:
            self.typed.forget()
            self.note.say(
                self._language.say("A saved sheet is a plain copy."),
                self._language.say("Save it only onto a stick, print it from there, and destroy the file. Printers may keep a copy as well."),
            )  # fmt: skip
            self.later_button.say(self._language.say("To the cases"))
        self.tell(self._shown)
        if pages and not self._narrow():
            self.preview.setVisible(True)

    def show_look(self, number: int, look: str) -> None:
        """Brings what a typed sheet is."""
        self.typed.show_look(number, look)

    def was_rehearsed(self, shown: SheetsShown) -> None:
        """Says that the two sheets open the vault."""
        self.typed.forget()
        self._rehearsal.hide()
        self.tell(shown)
        say = self._language.say
        if shown.uncovered:
            opens = self._language.say_many(
                "They open the vault, but not {n} limited case.", "They open the vault, but not {n} limited cases.", shown.uncovered
            )  # fmt: skip
            self.rehearsed.say(opens, say("What helps stands above. That they were tried today is written down."))
        else:
            self.rehearsed.say(say("They open the vault."), say("That they were tried today is written down."))
        self.try_button.setFocus()

    def complain_sheets(self, message: Sorry) -> None:
        """Says why sheets were not made, saved or tried."""
        self.make_button.setEnabled(True)
        self.note.say(*message)

    def show_renewing(self) -> None:
        """Shows that the vault is written anew."""
        self.renewed.say("")
        self.renew_button.hide()
        self.under_way.begin(self._language.say("Writing the vault anew"))

    def was_renewed(self, message: Sorry) -> None:
        """Says how it ended."""
        self.under_way.end()
        self.renew_button.show()
        self.renewed.say(*message)

    def pressed(self, deed: str) -> bool:
        """Escape goes back."""
        if deed == "back":
            (self.left if self.later_button.isHidden() else self.later).emit()
        return deed == "back"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = stacked(self._parts, self)
        if narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(9999)
        else:
            least = min(self._side.minimumSizeHint().width(), self.width() * 3 // 5)
            self._side.setFixedWidth(max(min(worn().px(470), self.width() // 2), least))
        self.preview.setVisible(not narrow or self.height() > worn().px(700))

    def _narrow(self) -> bool:
        return self.width() < worn().px(860)

    def _make(self) -> None:
        if self._shown.made:
            self._sure.show()
            self._sure.keep.setFocus()
        else:
            self._begin()

    def _begin(self) -> None:
        self._sure.hide()
        self.make_button.setEnabled(False)
        self.make.emit()

    def _show_rows(self) -> None:
        empty(self._rows)
        if not self._open:
            return
        say = self._language.say
        for number in range(1, self._shown.of + 1):
            done = number in self._shown.kept
            sign = Sign("check" if done else "file", "good" if done else "muted", 18)
            name = say("Sheet {n}", n=number)
            save = SecondaryButton(say("Save…"), name=wording.labelled(self._language, name, say("Save…")))
            save.clicked.connect(lambda _=False, number=number: self.save.emit(number))
            line = row(sign, Words(name, bold=True), save, gap=8)
            line.setStretch(1, 1)
            if self._printing:
                paper = SecondaryButton(
                    say("Print"), icon="print", name=wording.labelled(self._language, name, say("Print"))
                )
                paper.clicked.connect(lambda _=False, number=number: self.print_out.emit(number))
                line.addWidget(paper)
            self._rows.addLayout(line)

    def _try(self) -> None:
        self.rehearsed.say("")
        self._rehearsal.show()
        self.try_button.hide()
        self.typed.sheets[0].field.setFocus()

    def _renew(self) -> None:
        self.renew_key.emit()


class _Sure(Card):
    """Asked before sheets that hold are replaced."""

    go = Signal()

    def __init__(self, language: Language) -> None:
        say = language.say
        self.keep = SecondaryButton(say("Keep the present ones"))
        again = SecondaryButton(say("Make new sheets"))
        super().__init__(
            Words(say("The present sheets will open the vault no more."), bold=True),
            Words(say("Destroy them once no limited case is named here that the new ones do not cover.")),
            plain(flow(self.keep, again)),
            tone="amber",
            gap=6,
            pad=14,
        )
        self.keep.clicked.connect(self.hide)
        again.clicked.connect(self.go)
        self.hide()
