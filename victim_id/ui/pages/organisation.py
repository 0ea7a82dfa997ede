"""What the organisation's signed file sets: what waits for its key to be compared, what holds, and why one was not taken."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal

from victim_id.language import Language
from victim_id.ui.widgets.buttons import PrimaryButton
from victim_id.ui.widgets.surfaces import Card, column, empty, flow, plain
from victim_id.ui.widgets.words import Words


class OrganisationShown(NamedTuple):
    """The file of the organisation, in the worker's words: what it sets, a line each, and the digits of its key.

    `fixed` are the preferences that it sets, `most_idle` the most minutes, `trouble` the line for an administrator.
    """

    lines: tuple[str, ...] = ()
    digits: str = ""
    wanted: bool = False
    fixed: frozenset[str] = frozenset()
    most_idle: int | None = None
    trouble: str = ""


class OrganisationCard(Card):
    """Emits `accepted` once the digits were compared; hidden while there is no file."""

    accepted = Signal()

    def __init__(self, language: Language) -> None:
        say = self._say = language.say
        self._title, self._about = Words("", size="lead", bold=True), Words("", role="muted")
        self._lines = column(gap=2)
        self._digits = Words("")
        self.button = PrimaryButton(say("The digits are the same: let it hold"))
        self._deed = plain(flow(self.button))
        super().__init__(self._title, self._about, self._lines, 4, self._digits, self._deed, gap=6)
        self.button.clicked.connect(self._go)
        self.hide()

    def tell(self, shown: OrganisationShown) -> None:
        """Shows what the file sets."""
        say = self._say
        self.turn("amber" if shown.wanted else "plain")
        self._about.turn("text" if shown.wanted else "muted")
        self._title.say(say("A file of your organisation is here") if shown.wanted else say("Set by your organisation"))
        self._about.say(
            say("Nothing of it holds yet. Call whoever looks after the program, on a number you already have, and compare the digits. From then on only files of this key are taken.")
            if shown.wanted
            else say("It cannot be changed here. A newer file of the same key is taken by itself.")
        )  # fmt: skip
        self._show(shown.lines)
        self._digits.say(say("Digits of the key: {digits}", digits=shown.digits))
        self.button.setEnabled(True)
        self._deed.setVisible(shown.wanted)
        self.setVisible(bool(shown.digits))

    def _show(self, lines: Sequence[str]) -> None:
        empty(self._lines)
        for line in lines:
            self._lines.addWidget(Words(line))

    def _go(self) -> None:
        self.button.setEnabled(False)
        self.accepted.emit()
