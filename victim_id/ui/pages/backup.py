"""Backups: when the last one was made and where, one more now, and which older ones should be replaced."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal

from victim_id import wording
from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.pages.places import PlacesBar, TwoColumns
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.notes import InlineNote, Sign, Sorry
from victim_id.ui.widgets.surfaces import Card, column, empty, flow, plain, row
from victim_id.ui.widgets.under_way import UnderWay
from victim_id.ui.widgets.words import Words


class BackupRow(NamedTuple):
    """A backup: when in words, in which folder, whether it can be seen now, and whether it holds words erased since."""

    id: str
    made: str
    place: str
    here: bool
    erased: bool


class BackupPage(Leaving):
    """Emits `again` for the same place, `elsewhere` for another one, `stop`, and `gone` with a backup that is destroyed."""

    again = Signal()
    elsewhere = Signal()
    stop = Signal()
    gone = Signal(str)
    place = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self._state, self._list = column(gap=6), column(gap=12)
        self.note = InlineNote("tint")
        self.wrong, self.risk = InlineNote("urgent"), InlineNote("amber")
        self.now = PrimaryButton(say("Back up now"))
        self.other = SecondaryButton(say("Choose a place and back up…"))
        self._buttons = plain(flow(self.now, self.other))
        self.under_way = UnderWay(say("Stop"))
        first = (
            Card(
                Words(say("Backup"), size="lead", bold=True),
                self._state,
                self.risk,
                Words(
                    say("A stick that is kept elsewhere, locked away, is best. A backup is encrypted like the vault itself, and is looked through before it counts."),
                    size="small", role="muted",
                ),
                2,
                self._buttons,
                self.under_way,
                self.note,
                self.wrong,
                gap=8,
            ),
            Card(
                Words(say("When the laptop is lost"), size="lead", bold=True),
                Words(say("On another laptop, choose “Restore from a backup” on the first page. A backup opens with the passphrases and recovery sheets of the day it was made."), role="muted"),
                gap=6,
            ),
        )  # fmt: skip
        second = (Card(Words(say("Backups that were made"), size="lead", bold=True), self._list, gap=6),)
        bar = PlacesBar(language, "backup")
        bar.chosen.connect(self.place)
        self.setLayout(column(bar, TwoColumns(first, second), gap=0))
        self.now.clicked.connect(self.again)
        self.other.clicked.connect(self.elsewhere)
        self.under_way.stopped.connect(self.stop)

    def tell(
        self, rows: Sequence[BackupRow], *, due: bool, ways: bool = False, ahead: str = "", risk: Sorry | None = None
    ) -> None:
        """Shows the backups that are known, the newest first, and the `risk` of where one lies.

        `ways` tells that a way into the vault has changed since, `ahead` where and when a backup was made that holds more.
        """
        self.risk.say(*(risk or ("",)))
        say = self._language.say
        empty(self._state)
        newest = rows[0] if rows else None
        if newest is None:
            lines = [("warn", "amber", say("There is no backup yet."))]
        else:
            lines = [("clock" if due else "check", "amber" if due else "good", say("Last backup: {when}", when=newest.made))]  # fmt: skip
            if due:
                lines.append(("warn", "amber", say("A new one is due.")))
            if ways:
                lines.append(
                    (
                        "note",
                        "muted",
                        say("Passphrases or sheets have changed since: earlier backups still open with the old ones."),
                    )
                )
            if not newest.here:
                lines.append(("note", "muted", say("Its place cannot be seen now: {place}", place=newest.place)))
        if ahead:
            lines.append(
                (
                    "warn",
                    "amber",
                    say("A backup holds lines of the history that this vault does not have: {backup}", backup=ahead),
                )
            )
            lines.append(
                (
                    "note",
                    "muted",
                    say(
                        "Either an older copy of the vault was put back, or the same vault is used on another laptop. Keep that backup and ask your administrator."
                    ),
                )
            )
        for icon, role, words in lines:
            line = row(Sign(icon, role, 18), Words(words), gap=10)
            line.setStretch(1, 1)
            self._state.addLayout(line)
        self.now.setVisible(newest is not None and newest.here)
        self.other.say(say("To another place…") if newest and newest.here else say("Choose a place and back up…"))
        self._show_rows(rows)

    def show_going(self) -> None:
        """Shows that a backup is being made."""
        self.note.say("")
        self.wrong.say("")
        self._buttons.hide()
        self.under_way.begin(self._language.say("Backing up"))
        self.under_way.button.setFocus()

    def show_done(self, message: Sorry, *, wrong: bool = False) -> None:
        """Says how it ended."""
        self.under_way.end()
        self._buttons.show()
        (self.wrong if wrong else self.note).say(*message)

    def _show_rows(self, rows: Sequence[BackupRow]) -> None:
        empty(self._list)
        say = self._language.say
        if not rows:
            self._list.addWidget(Words(say("None is known."), role="muted"))
        for one in rows:
            words = column(Words(one.made, bold=True), Words(one.place, size="small", role="muted"), gap=0)
            sign = Sign("warn" if one.erased else "file", "amber" if one.erased else "muted", 18)
            line = row(sign, words, gap=10)
            line.setStretch(1, 1)
            if one.erased or not one.here:
                words.addWidget(self._state_of(one))
                lost = say("It is destroyed")
                link = LinkButton(
                    lost, name=wording.labelled(self._language, one.made, lost), role="text", underline=True
                )
                link.clicked.connect(lambda _=False, id_=one.id: self.gone.emit(id_))
                line.addWidget(link)
            self._list.addLayout(line)

    def _state_of(self, one: BackupRow) -> Words:
        say = self._language.say
        if one.erased:
            return Words(say("Still holds words of cases that were erased since."), size="small", role="amber")
        return Words(say("Cannot be seen now."), size="small", role="muted")
