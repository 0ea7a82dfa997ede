"""Grounds and arrangements: cards, bars, scrolling columns, and a flow that wraps like words do."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from victim_id.ui.theme import Role, Theme, dress_ground, dress_scroll, worn

Tone: TypeAlias = Literal["plain", "amber", "urgent", "tint"]
_TONES: dict[Tone, tuple[Role, Role]] = {
    "plain": ("card", "line"),
    "amber": ("amber_tint", "amber_line"),
    "urgent": ("urgent_tint", "urgent_line"),
    "tint": ("tint", "quote"),
}
Part: TypeAlias = QWidget | QLayout | int | None
"""What stands in a row or column: a widget, a layout, a gap in pixels, or None for what stretches."""


class Card(QFrame):
    """A rounded surface; `edge` paints a stripe of a colour at its beginning."""

    def __init__(
        self, *parts: Part, tone: Tone = "plain", edge: Role | None = None, gap: int = 8, pad: int = 18
    ) -> None:
        super().__init__()
        self._tone: Tone = tone
        self._edge = edge
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(pad + (6 if edge else 0), pad - 2, pad, pad - 2)
        self.body.setSpacing(gap)
        put(self.body, parts)

    def dress(self, _theme: Theme) -> None:
        self.update()

    def turn(self, tone: Tone, edge: Role | None = None) -> None:
        """Changes the colour of the ground and of the stripe."""
        self._tone, self._edge = tone, edge
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, line = _TONES[self._tone]
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour(line), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(rect, 12, 12)
        if self._edge:
            right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            stripe = QRectF(self.width() - 6 if right else 0, 0, 6, self.height())
            painter.setClipRect(stripe)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._edge))
            painter.drawRoundedRect(QRectF(self.rect()), 12, 12)


class Ground(QWidget):
    """A plain surface of a named colour."""

    def __init__(self, role: Role = "page", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground: Role = role
        self.dress(worn())

    def dress(self, _theme: Theme) -> None:
        dress_ground(self, self._ground)


class Rule(QFrame):
    """A thin line."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        (self.setFixedWidth if upright else self.setFixedHeight)(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), worn().colour("line"))


class Scroll(QScrollArea):
    """A column that scrolls upright and never sideways."""

    def __init__(self, inside: QWidget, ground: Role = "page") -> None:
        super().__init__()
        self._ground: Role = ground
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.dress(worn())

    def dress(self, _theme: Theme) -> None:
        dress_scroll(self.verticalScrollBar())
        dress_ground(self.viewport(), self._ground)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        return QSize(inside.minimumSizeHint().width() + 12 if inside else 12, 80)


def stacked(parts: QBoxLayout, page: QWidget, room: int = 860) -> bool:
    """Puts parts one below the other where their page is narrower than `room`, side by side where not; says whether it is."""
    narrow = page.width() < worn().px(room)
    parts.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
    return narrow


class Flow(QLayout):
    """Puts things side by side and goes on in the next line, as words do; what follows `gap()` stands at the far end."""

    def __init__(self, parent: QWidget | None = None, across: int = 8, down: int = 8) -> None:
        super().__init__(parent)
        self._across, self._down, self._items = across, down, list[QLayoutItem]()
        self._gap: int | None = None
        self._tall: dict[int, int] = {}
        self._placed: QRect | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def gap(self) -> None:
        """What is added from here on stands at the far end of its line."""
        self._gap = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Puts a widget before the others from `place` on."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._tall.clear()
        self._placed = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._tall:
            self._tall[width] = self._arrange(QRect(0, 0, width, 0), really=False)
        return self._tall[width]

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(item.sizeHint().width() for _, item in shown) + self._across * max(len(shown) - 1, 0)
        tall = max((item.sizeHint().height() for _, item in shown), default=0)
        margins = self.contentsMargins()
        return QSize(width, tall) + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        shown, margins = self._shown(), self.contentsMargins()
        width = max((item.minimumSize().width() for _, item in shown), default=0)
        tall = max((item.minimumSize().height() for _, item in shown), default=0)
        return QSize(width, tall) + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        if rect != self._placed:
            self._placed = QRect(rect)
            spare = max(rect.height() - self.heightForWidth(rect.width()), 0)
            self._arrange(rect.adjusted(0, spare // 2, 0, 0), really=True)

    def _shown(self) -> list[tuple[int, QLayoutItem]]:
        return [(n, item) for n, item in enumerate(self._items) if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, really: bool) -> int:
        inside = rect.marginsRemoved(self.contentsMargins())
        lines: list[list[tuple[int, QLayoutItem, int]]] = [[]]
        used = 0
        for number, item in self._shown():
            wide = max(min(item.sizeHint().width(), inside.width()), 0)
            if lines[-1] and used + self._across + wide > inside.width():
                lines.append([])
                used = 0
            used += wide + (self._across if lines[-1] else 0)
            lines[-1].append((number, item, wide))
        y = inside.y()
        for line in lines:
            heights = [
                item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
                for _, item, wide in line
            ]
            tall = max(heights, default=0)
            if really:
                self._line(line, heights, QRect(inside.x(), y, inside.width(), tall))
            y += tall + self._down
        margins = self.contentsMargins()
        return y - self._down - inside.y() + margins.top() + margins.bottom()

    def _line(self, line: list[tuple[int, QLayoutItem, int]], heights: list[int], room: QRect) -> None:
        over = self.parentWidget()
        right = over is not None and over.layoutDirection() == Qt.LayoutDirection.RightToLeft
        free = room.width() - sum(wide for _, _, wide in line) - self._across * (len(line) - 1)
        x = 0
        for (number, item, wide), tall in zip(line, heights, strict=True):
            if self._gap is not None and number >= self._gap and free > 0:
                x, free = x + free, 0
            left = room.x() + (room.width() - x - wide if right else x)
            item.setGeometry(QRect(QPoint(left, room.y() + (room.height() - tall) // 2), QSize(wide, tall)))
            x += wide + self._across


class Bar(QWidget):
    """The bar on top of a page: what it is at the beginning, what can be done at the end; wraps when it is narrow."""

    def __init__(self, *first: QWidget, last: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(22, 5, 22, 5)
        self._flow = Flow(None, 14, 4)
        outer.addLayout(self._flow)
        for widget in first:
            self._flow.addWidget(widget)
        if last:
            self._flow.gap()
            deeds = Flow(None, 14, 4)
            deeds.gap()
            for widget in last:
                deeds.addWidget(widget)
            self._flow.addWidget(plain(deeds))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        self.setMinimumHeight(theme.touch + 12)
        dress_ground(self, "card")

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, worn().colour("line"))


def column(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Puts things below each other."""
    made = QVBoxLayout()
    made.setContentsMargins(QMargins(*margins))
    made.setSpacing(gap)
    put(made, parts)
    return made


def row(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Puts things beside each other."""
    made = QHBoxLayout()
    made.setContentsMargins(QMargins(*margins))
    made.setSpacing(gap)
    put(made, parts)
    return made


def flow(*widgets: QWidget, across: int = 8, down: int = 8) -> Flow:
    """Puts things side by side, wrapping."""
    made = Flow(None, across, down)
    for widget in widgets:
        made.addWidget(widget)
    return made


def plain(layout: QLayout) -> QWidget:
    """Makes a widget of a layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def put(layout: QBoxLayout, parts: tuple[Part, ...]) -> None:
    """Adds parts to a row or column."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def empty(layout: QLayout) -> None:
    """Takes everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
