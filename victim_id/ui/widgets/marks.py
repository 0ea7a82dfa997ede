"""Painted marks: a level as dot and word, the interval of the score, the dots of a dimension. Never colour alone."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from victim_id.ui import icons
from victim_id.ui.theme import Role, Theme, worn

LevelKey: TypeAlias = Literal["strong", "indications", "exploitation", "few", "open", "quick", "none"]
LEVEL_ROLE: dict[str, Role] = {
    "strong": "level_strong",
    "indications": "level_indications",
    "exploitation": "level_indications",
    "open": "level_open",
}
WRAPPED = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


def level_role(level: str) -> Role:
    """Gives the colour of a level; levels that say little are muted."""
    return LEVEL_ROLE.get(level, "level_other")


def paint_level(painter: QPainter, room: QRect, level: str, word: str, direction: Qt.LayoutDirection) -> None:
    """Paints a dot and the level's word, wrapped inside a room: filled for what was found, a ring for what is not known."""
    theme = worn()
    colour = theme.colour(level_role(level))
    side = theme.px(10)
    dot = QStyle.visualRect(direction, room, QRect(room.x(), room.center().y() - side // 2 + 1, side, side))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if level in {"strong", "indications"}:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(dot))
    else:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(dot).adjusted(1, 1, -1, -1))
    painter.setPen(colour)
    painter.setFont(theme.font("small", bold=True))
    painter.setLayoutDirection(direction)
    text = room.adjusted(side + theme.px(8), 0, 0, 0)
    painter.drawText(QStyle.visualRect(direction, room, text), WRAPPED, word)


class LevelDot(QWidget):
    """A level in words behind its dot."""

    def __init__(self, level: str = "none", word: str = "") -> None:
        super().__init__()
        self._level, self._word = level, word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def dress(self, _theme: Theme) -> None:
        self.updateGeometry()

    def show_level(self, level: str, word: str) -> None:
        """Shows another level."""
        self._level, self._word = level, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(worn().font("small", bold=True))
        return QSize(metrics.horizontalAdvance(self._word) + worn().px(20), metrics.height() + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_level(QPainter(self), self.rect(), self._level, self._word, self.layoutDirection())


class ScoreBar(QWidget):
    """The interval of the score on a line of 0 to 100 with the thresholds 60 and 80; a frame spans lower to upper."""

    def __init__(
        self, lower: int = 0, upper: int = 100, words: tuple[str, str, str] = ("", "", ""), name: str = ""
    ) -> None:
        super().__init__()
        self._lower, self._upper, self._words = lower, upper, words
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, _theme: Theme) -> None:
        self.updateGeometry()

    def show_score(self, lower: int, upper: int, words: tuple[str, str, str], name: str) -> None:
        """Shows another interval; `words` stand below 0, 60 and 80."""
        self._lower, self._upper, self._words = lower, upper, words
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(worn().font("tiny"))
        return QSize(worn().px(240), worn().px(24) + 2 * metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(worn().px(180), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if right:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        top, tall, wide = theme.px(6), theme.px(12), self.width() - 4
        painter.setPen(Qt.PenStyle.NoPen)
        bands: tuple[tuple[int, int, Role], ...] = ((0, 60, "track"), (60, 80, "band"), (80, 100, "band_deep"))
        for start, end, role in bands:
            painter.setBrush(theme.colour(role))
            painter.drawRect(QRectF(2 + wide * start / 100, top, wide * (end - start) / 100, tall))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("text"), 2))
        left, last = 2 + wide * self._lower / 100, 2 + wide * self._upper / 100
        painter.drawRoundedRect(QRectF(left, top - 3, max(last - left, 4), tall + 6), 4, 4)
        painter.setBrush(theme.colour("text"))
        painter.drawEllipse(QPointF(left, top + tall / 2), theme.px(4), theme.px(4))
        painter.resetTransform()
        self._words_below(painter, top + tall + theme.px(4), right=right)

    def _words_below(self, painter: QPainter, top: int, *, right: bool) -> None:
        theme, wide = worn(), self.width()
        metrics = QFontMetrics(theme.font("tiny"))
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font("tiny"))
        end = 0
        for start, word in zip((0, 60, 80), self._words, strict=True):
            length = metrics.horizontalAdvance(word)
            x = min(round(wide * start / 100), wide - length)
            lower = x < end
            end = max(end, x + length + 6)
            line = top + (metrics.height() if lower else 0)
            painter.drawText(wide - x - length if right else x, line + metrics.ascent(), word)


class DimensionDots(QWidget):
    """How many signs of one strength: a dot for each up to five, then the number; – for none."""

    def __init__(self, count: int, strength: Literal["strong", "medium", "weak"], name: str) -> None:
        super().__init__()
        self._count, self._strength = count, strength
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def dress(self, _theme: Theme) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(worn().px(15) * max(min(self._count, 5), 1) + worn().px(4), worn().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_dots(QPainter(self), self.rect(), self._count, self._strength, self.layoutDirection())


def paint_dots(painter: QPainter, room: QRect, count: int, strength: str, direction: Qt.LayoutDirection) -> None:
    """Paints the dots of one strength at the beginning of a room: full, lighter, or a ring for weak signs."""
    theme = worn()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(direction)
    if count == 0 or count > 5:
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("muted" if count == 0 else "text"))
        painter.drawText(room, WRAPPED, "–" if count == 0 else str(count))
        return
    side, step = theme.px(11), theme.px(15)
    for number in range(count):
        spot = QRect(room.x() + number * step, room.center().y() - side // 2, side, side)
        place = QRectF(QStyle.visualRect(direction, room, spot))
        if strength == "weak":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("dot"), 2))
            painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("level_strong" if strength == "strong" else "dot"))
            painter.drawEllipse(place)


class Badge(QWidget):
    """A short fact in a rounded frame; it is read, not pressed, and wraps when there is no room."""

    def __init__(self, words: str, *, sign: str = "") -> None:
        super().__init__()
        self._words, self._sign = words, sign
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def dress(self, _theme: Theme) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = worn()
        words = QFontMetrics(theme.font("small")).horizontalAdvance(self._words)
        return QSize(words + theme.px(26) + 4 + (theme.px(20) if self._sign else 0), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), worn().px(120)), worn().px(28))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        theme = worn()
        room = QRect(0, 0, max(width - theme.px(26) - (theme.px(20) if self._sign else 0), 10), 999)
        return max(
            QFontMetrics(theme.font("small")).boundingRect(room, WRAPPED, self._words).height() + 10, theme.px(28)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setPen(QPen(theme.colour("soft"), 1))
        painter.setBrush(theme.colour("card"))
        radius = min(self.height() / 2, theme.px(14))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        left = theme.px(13)
        if self._sign:
            side = theme.px(15)
            spot = QRect(theme.px(9), (self.height() - side) // 2, side, side)
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
            icons.paint(painter, self._sign, theme.hex("good"), QRectF(place))
            left += theme.px(14)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("small"))
        room = self.rect().adjusted(left, 0, -theme.px(11), 0)
        painter.drawText(QStyle.visualRect(self.layoutDirection(), self.rect(), room), WRAPPED, self._words)
