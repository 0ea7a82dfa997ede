"""The places of the preferences: what each is called, the bar that leads from one to the other, and their two columns."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from victim_id.language import Language, to_say
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.surfaces import Bar, Ground, Part, Scroll, column, put, stacked
from victim_id.ui.widgets.words import Words

PLACES = (
    ("preferences", to_say("Your work")),
    ("people", to_say("People")),
    ("recovery", to_say("Recovery")),
    ("backup", to_say("Backup")),
    ("history", to_say("History")),
)


class PlacesBar(Bar):
    """The bar over each place; `chosen` carries the key of another one."""

    chosen = Signal(str)

    def __init__(self, language: Language, here: str, last: tuple[QWidget, ...] = ()) -> None:
        say = language.say
        self._here = here
        self.chips = Chips(say("Preferences"), [(key, say(words)) for key, words in PLACES], here=[here])
        super().__init__(Words(say("Preferences"), size="title", bold=True, wrap=False), self.chips, last=last)
        self.chips.chosen.connect(self._go)

    def _go(self, keys: tuple[str, ...]) -> None:
        self.chips.choose(self._here)  # the page that is left is the same when one comes back
        if keys[0] != self._here:
            self.chosen.emit(keys[0])


class TwoColumns(Ground):
    """Two columns beside each other; where there is no room, one below the other."""

    def __init__(self, first: Sequence[Part], second: Sequence[Part]) -> None:
        super().__init__("page")
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 18, 20, 18)
        self._parts.setSpacing(18)
        put(self._parts, (column(*first, None, gap=14), column(*second, None, gap=14)))
        self._parts.setStretch(0, 1)
        self._parts.setStretch(1, 1)
        inside = Ground("page")
        inside.setLayout(self._parts)
        self.setLayout(column(Scroll(inside)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked(self._parts, self)
