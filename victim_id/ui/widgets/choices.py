"""What is chosen among others: chips, answers with a number, cards with a note; groups go by the arrow keys."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from victim_id.ui import icons
from victim_id.ui.theme import Role, Size, worn
from victim_id.ui.widgets.buttons import CENTRED, Pressable, box
from victim_id.ui.widgets.measures import WRAPPED, breadth, height, longest
from victim_id.ui.widgets.surfaces import Flow


class Chip(Pressable):
    """A small rounded choice; painted small, pressed on the whole height of a finger."""

    def __init__(self, text: str, key: str = "", *, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.key, self._count = key or text, count
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.recount(count)

    def recount(self, count: int | None) -> None:
        """Shows how many there are behind the chip."""
        self._count = count
        self.setAccessibleName(self._shown())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = worn()
        words = breadth(self._shown(), "small", bold=True)
        return QSize(words + theme.px(26), theme.touch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chips, onwards = self.parent(), self._onwards(event.key())
        if isinstance(chips, Chips) and onwards:
            chips.step(self, onwards)
        else:
            super().keyPressEvent(event)

    def _onwards(self, key: int) -> int:
        """Gives 1 for the arrows to the next chip as one reads, -1 for those to the one before, 0 for other keys."""
        sideways = -1 if self._mirrored() else 1
        ways = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: sideways, Qt.Key.Key_Left: -sideways}
        return ways.get(Qt.Key(key), 0)

    def _shown(self) -> str:
        return self._words if self._count is None else f"{self._words} {self._count}"

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), self._pen_down()
        tall = min(self.height(), theme.px(30))
        rect = QRect(0, (self.height() - tall) // 2, self.width(), tall)
        checked = self.isChecked()
        fill = theme.colour("tint" if checked else "card")
        if self.underMouse() and self.isEnabled() and not checked:
            fill = theme.colour("tint")
        box(painter, rect, tall / 2, fill, theme.colour("accent" if checked else "soft"), 1.5 if checked else 1)
        painter.setFont(theme.font("small", bold=checked))
        painter.setPen(theme.colour("on_tint" if checked else "text" if self.isEnabled() else "muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._shown())
        self._ring(painter, rect, tall / 2)


class Pill(Pressable):
    """A deed as small as a chip: words and an icon behind them; `held` looks like a choice that holds."""

    def __init__(
        self, text: str, icon: str, *, held: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, name=name, parent=parent)
        self._icon, self._held = icon, held
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = worn()
        return QSize(breadth(self._words, "small", bold=True) + theme.px(46), theme.touch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._held and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), self._pen_down()
        tall, side = min(self.height(), theme.px(30)), theme.px(15)
        rect = QRect(0, (self.height() - tall) // 2, self.width(), tall)
        fill = theme.colour("tint" if self._held or self.underMouse() else "card")
        box(painter, rect, tall / 2, fill, theme.colour("accent" if self._held else "soft"), 1.5 if self._held else 1)
        ink = theme.colour("on_tint" if self._held else "text")
        painter.setFont(theme.font("small", bold=self._held))
        painter.setPen(ink)
        words = QRect(theme.px(13), rect.y(), self.width() - theme.px(26) - side, tall)
        self._write(painter, self._visual(words), int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter))
        spot = QRect(self.width() - theme.px(11) - side, rect.center().y() - side // 2, side, side)
        icons.paint(painter, self._icon, ink.name(), QRectF(self._visual(spot)))
        self._ring(painter, rect, tall / 2)


class Option(Pressable):
    """A large choice: a number where a key chooses it, words, and a note below; wraps, never cuts."""

    enter_presses = False

    def __init__(
        self,
        text: str,
        key: str = "",
        *,
        note: str = "",
        number: int | None = None,
        size: Size = "body",
        line: Role = "line",
        centred: bool = False,
        least: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent=parent)
        self.key, self._note, self._number, self._size = key or text, note, number, size
        self._line, self._centred, self._least = line, centred, least
        self.setCheckable(True)
        if note:
            self.setAccessibleDescription(note)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def relabel(self, text: str, key: str) -> None:
        """Takes another choice, so that the next question needs no new buttons."""
        self.key = key
        self.say(text)

    def sizeHint(self) -> QSize:
        widest = max(
            breadth(self._words, self._size, bold=True),
            breadth(self._note, "small") if self._note else 0,
        )
        width = min(widest, worn().px(300)) + self._sides()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = longest(self._words, self._size, bold=True) + self._sides()
        return QSize(width, max(self._least, worn().touch))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(sum(self._heights(width)) + worn().px(26), worn().px(self._least), worn().touch)

    def _sides(self) -> int:
        theme = worn()
        return theme.px(32) + (theme.px(16) if self._number is not None else 0) + 4

    def _heights(self, width: int) -> tuple[int, int]:
        room = width - self._sides()
        title = height(self._words, self._size, room, bold=True)
        note = height(self._note, "small", room) + 2 if self._note else 0
        return title, note

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter, rect = worn(), self._pen_down(), self.rect()
        checked = self.isChecked()
        fill = theme.colour("tint" if checked or (self.underMouse() and self.isEnabled()) else "card")
        box(
            painter,
            rect,
            9,
            fill,
            theme.colour("accent" if checked else self._line),
            2 if checked or self._centred else 1,
        )
        title, note = self._heights(self.width())
        left = theme.px(16)
        top = (self.height() - title - note) // 2
        if self._number is not None:
            painter.setFont(theme.font("small", bold=True))
            painter.setPen(theme.colour("muted"))
            painter.drawText(self._visual(QRect(left, 0, theme.px(14), self.height())), WRAPPED, str(self._number))
            left += theme.px(16)
        wide = self.width() - left - (left if self._centred else theme.px(14))
        painter.setFont(theme.font(self._size, bold=True))
        painter.setPen(theme.colour("text" if self.isEnabled() else "muted"))
        flags = CENTRED if self._centred else WRAPPED
        painter.drawText(self._visual(QRect(left, top, wide, title)), flags, self._words)
        if self._note:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(self._visual(QRect(left, top + title, wide, note)), flags, self._note)
        self._ring(painter, rect, 9)


class Chips(QWidget):
    """Chips of which one holds (`exclusive`) or any; `chosen` tells the keys in the order in which they stand."""

    chosen = Signal(tuple)

    def __init__(
        self, name: str, rows: Iterable[tuple[str, str]] = (), *, exclusive: bool = True, here: Iterable[str] = ()
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow, self._exclusive = Flow(self, 8, 0), exclusive
        self._group = QButtonGroup(self)
        self._group.setExclusive(exclusive)
        self._chips: list[Chip] = []
        self.fill(rows, here)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._group.buttonClicked.connect(self._told)

    def fill(self, rows: Iterable[tuple[str, str]], here: Iterable[str] = ()) -> None:
        """Shows other chips: (key, words), with those in `here` chosen."""
        for old in self._chips:
            old.hide()
            self._group.removeButton(old)
            self._flow.removeWidget(old)
            old.deleteLater()
        checked = set(here)
        self._chips = [Chip(words, key, parent=self) for key, words in rows]
        for chip in self._chips:
            chip.setAutoExclusive(self._exclusive)
            self._group.addButton(chip)
            self._flow.insert(self._chips.index(chip), chip)
            chip.setChecked(chip.key in checked)
            chip.setAccessibleDescription(self.accessibleName())
            chip.show()

    def add(self, widget: QWidget) -> None:
        """Puts something behind the chips, such as a way to more of them."""
        self._flow.addWidget(widget)

    def keys(self) -> tuple[str, ...]:
        """Gives what is chosen."""
        return tuple(chip.key for chip in self._chips if chip.isChecked())

    def key(self) -> str:
        """Gives the one that is chosen, or nothing."""
        return next(iter(self.keys()), "")

    def choose(self, *keys: str) -> None:
        """Chooses without telling."""
        self._group.setExclusive(False)
        for chip in self._chips:
            chip.setChecked(chip.key in keys)
        self._group.setExclusive(self._exclusive)

    def chip(self, key: str) -> Chip:
        """Gives the chip of a key."""
        return next(chip for chip in self._chips if chip.key == key)

    def step(self, here: Chip, onwards: int) -> None:
        """Goes to the next chip or the one before, over the ends of lines; of chips of which one holds it then holds."""
        chips = [chip for chip in self._chips if chip.isEnabled()]
        there = chips[(chips.index(here) + onwards) % len(chips)]
        there.setFocus(Qt.FocusReason.TabFocusReason)
        if self._exclusive and there is not here:
            there.click()

    def _told(self) -> None:
        self.chosen.emit(self.keys())
