"""What is pressed: painted by us, spoken by its accessible name, with a ring round it when the keyboard is there."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from victim_id.ui import icons
from victim_id.ui.theme import Role, Size, Theme, by_keyboard, worn
from victim_id.ui.widgets.measures import WRAPPED, breadth, height, longest

CENTRED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


def marked(text: str, place: int) -> str:
    """Gives a text as Qt underlines one of its letters, with `TextShowMnemonic`."""
    before, behind = text[:place].replace("&", "&&"), text[place:].replace("&", "&&")
    return f"{before}&{behind}"


class Pressable(QPushButton):
    """A button whose look is its own. Enter presses it as Space does; the ring is shown only to the keyboard."""

    enter_presses = True

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._ringed, self._letter = text, False, -1
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def dress(self, _theme: Theme) -> None:
        self.updateGeometry()

    @property
    def words(self) -> str:
        """The text on the button."""
        return self._words

    def say(self, text: str, *, name: str = "") -> None:
        """Changes the text and with it the spoken name."""
        if text != self._words or name:
            self._words = text
            self.setAccessibleName(name or text)
            self.updateGeometry()
            self.update()

    def mark(self, place: int) -> None:
        """Underlines one letter, or none (-1)."""
        if place != self._letter:
            self._letter = place
            self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.enter_presses and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event.reason())
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def _pen_down(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        return painter

    def _write(self, painter: QPainter, room: QRect, flags: int) -> None:
        """Paints the words, with the letter underlined that is marked."""
        if 0 <= self._letter < len(self._words):
            painter.drawText(room, flags | int(Qt.TextFlag.TextShowMnemonic), marked(self._words, self._letter))
        else:
            painter.drawText(room, flags, self._words)

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _visual(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def _ring(
        self, painter: QPainter, rect: QRect, radius: float, *, outer: Role = "text", inner: Role = "card"
    ) -> None:
        if self.hasFocus() and self._ringed:
            theme = worn()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour(outer), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)
            painter.setPen(QPen(theme.colour(inner), 1.5))
            painter.drawRoundedRect(QRectF(rect).adjusted(2.75, 2.75, -2.75, -2.75), radius - 2, radius - 2)


def box(
    painter: QPainter, rect: QRect, radius: float, fill: QColor | None, line: QColor | None, width: float = 1
) -> None:
    """Paints a rounded box with its line inside `rect`."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    half = width / 2 if line is not None else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


class _Look(NamedTuple):
    fill: Role
    text: Role
    line: Role | None


class TextButton(Pressable):
    """A button of one line: an icon, words, and the key that does the same."""

    look = _Look("card", "text", "soft")

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        key: str = "",
        icon_last: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, name=name, parent=parent)
        self._icon, self._key, self._icon_last = icon, key, icon_last
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = worn()
        width = breadth(self._words, "body", bold=True) + theme.px(32)
        if self._icon:
            width += theme.px(20 + (8 if self._words else -8))
        if self._key:
            width += breadth(self._key, "small") + theme.px(10)
        return QSize(max(width, theme.touch), theme.touch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter, rect, look = worn(), self._pen_down(), self.rect(), self.look
        fill = theme.colour(look.fill)
        if not self.isEnabled():
            fill = theme.colour("track")
        elif self.isDown():
            fill = fill.darker(118) if theme.name != "contrast" else fill
        elif self.underMouse():
            fill = fill.darker(104) if look.fill == "card" and theme.name == "light" else fill.lighter(112)
        line = theme.colour(look.line) if look.line and self.isEnabled() else None
        box(painter, rect, 8, fill, line)
        text = theme.colour(look.text) if self.isEnabled() else theme.colour("muted")
        self._contents(painter, theme, text)
        self._ring(painter, rect, 8)

    def _contents(self, painter: QPainter, theme: Theme, colour: QColor) -> None:
        words = breadth(self._words, "body", bold=True)
        side, gap = (theme.px(20), theme.px(8) if self._words else 0) if self._icon else (0, 0)
        key = breadth(self._key, "small") + theme.px(10) if self._key else 0
        x, middle = (self.width() - words - side - gap - key) // 2, self.height() // 2
        if side and not self._icon_last:
            spot = self._visual(QRect(x, middle - side // 2, side, side))
            icons.paint(painter, self._icon, colour.name(), QRectF(spot), mirrored=self._mirrored())
            x += side + gap
        painter.setPen(colour)
        painter.setFont(theme.font("body", bold=True))
        spot = self._visual(QRect(x, 0, words + 2, self.height()))
        self._write(painter, spot, CENTRED & ~int(Qt.TextFlag.TextWordWrap))
        x += words
        if key:
            painter.setFont(theme.font("small"))
            spot = self._visual(QRect(x + theme.px(10), 0, key, self.height()))
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), self._key)
            x += key
        if side and self._icon_last:
            spot = self._visual(QRect(x + gap, middle - side // 2, side, side))
            icons.paint(painter, self._icon, colour.name(), QRectF(spot), mirrored=self._mirrored())


class PrimaryButton(TextButton):
    """The one obvious next step of a page."""

    look = _Look("primary", "on_primary", None)


class SecondaryButton(TextButton):
    """Another step that is offered."""


class DangerButton(TextButton):
    """A deed that cannot be undone; never the one that Enter presses by itself."""

    look = _Look("card", "urgent", "urgent")


class IconButton(TextButton):
    """Only an icon; its name is spoken and is its tooltip."""

    look = _Look("card", "muted", None)

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", icon=icon, name=name, parent=parent)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(worn().touch, worn().touch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), self._pen_down()
        inside = self.rect().adjusted(4, 4, -4, -4)
        if self.underMouse() or self.isDown():
            box(painter, inside, 7, theme.colour("tint"), None)
        side = theme.px(20)
        spot = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        icons.paint(painter, self._icon, theme.hex("muted"), spot, mirrored=self._mirrored())
        self._ring(painter, inside, 7)

    def turn(self, icon: str, name: str) -> None:
        """Changes icon and name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()


class LinkButton(Pressable):
    """A way on inside a text; wraps like a text."""

    def __init__(
        self,
        text: str,
        *,
        size: Size = "body",
        role: Role = "accent",
        underline: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, name=name, parent=parent)
        self._size, self._role, self._underline = size, role, underline
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(breadth(self._words, self._size) + 8, worn().touch)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), worn().px(120)), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.sizeHint().height(), height(self._words, self._size, width - 6) + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), self._pen_down()
        font = theme.font(self._size)
        if self._underline or self.underMouse() or (self.hasFocus() and self._ringed):
            font = type(font)(font)
            font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(theme.colour(self._role if self.isEnabled() else "muted"))
        self._write(painter, self.rect(), WRAPPED)
        self._ring(painter, self.rect(), 6)


class RailButton(Pressable):
    """A page of the rail: icon over word; the page that is open is checked."""

    def __init__(
        self, text: str, icon: str, *, key: str = "", danger: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{text} {key}" if key else text, parent=parent)
        self._icon, self._danger = icon, danger
        if not danger:
            self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        theme = worn()
        width = max(theme.px(66), min(longest(self._words, "tiny") + 8, theme.px(108)))
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme = worn()
        return max(theme.px(20) + height(self._words, "tiny", width - 4) + theme.px(16), 51)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), self._pen_down()
        fill: Role | None = "lock" if self._danger else "rail_here" if self.isChecked() else None
        ground = theme.colour(fill) if fill else None
        if self.underMouse() or self.isDown():
            ground = (ground or theme.colour("rail_here")).lighter(112 if fill else 90)
        line = theme.colour("line") if theme.name == "contrast" and (fill or self.underMouse()) else None
        box(painter, self.rect(), 9, ground, line)
        colour = theme.colour("on_lock" if self._danger else "rail_text")
        side = theme.px(20)
        top = theme.px(8)
        icons.paint(
            painter,
            self._icon,
            colour.name(),
            QRectF((self.width() - side) / 2, top, side, side),
            mirrored=self._mirrored(),
        )
        painter.setPen(colour)
        painter.setFont(theme.font("tiny"))
        below = self.rect().adjusted(2, top + side, -2, -theme.px(2))
        self._write(painter, below, CENTRED)
        self._ring(painter, self.rect(), 9, outer="rail_text", inner="rail")
