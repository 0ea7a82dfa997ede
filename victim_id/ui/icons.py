"""The icons: strokes on a grid of 24, drawn for this program and coloured by the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKES = {
    "cases": "M4 5h16v14H4z M4 9.7h16 M4 14.3h16",
    "interview": "M4 5h16v11H10l-4 4v-4H4z M8 9h8 M8 12h5",
    "referral": "M4 12h15 M13 6l6 6-6 6",
    "inbox": "M4 13l3-8h10l3 8v6H4z M4 13h5l1 2.5h4l1-2.5h5",
    "preferences": "M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 7m-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0"
    " M9 17m-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0",
    "lock": "M12 3v8 M7 6.3a7.6 7.6 0 1 0 10 0",
    "padlock": "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "eye": "M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12z M9.3 12a2.7 2.7 0 1 0 5.4 0"
    " 2.7 2.7 0 1 0-5.4 0",
    "eye_off": "M4 4l16 16 M10 5.8c.6-.2 1.3-.3 2-.3 6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7"
    " M6.5 8a16 16 0 0 0-4 4s3.5 6.5 9.5 6.5c1.3 0 2.5-.3 3.6-.8",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13z M15.3 15.3L20 20",
    "warn": "M12 4L2.8 20h18.4z M12 10v4.5 M12 17.3v.2",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "plus": "M12 5v14 M5 12h14",
    "minus": "M5 12h14",
    "cross": "M6 6l12 12 M18 6L6 18",
    "back": "M14.5 6l-6 6 6 6",
    "next": "M9.5 6l6 6-6 6",
    "down": "M6 9.5l6 6 6-6",
    "up": "M6 14.5l6-6 6 6",
    "skip": "M6 6l6 6-6 6 M13 6l6 6-6 6",
    "show": "M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5",
    "note": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17z M12 11v5.5 M12 7.5v.2",
    "door": "M6 20V4h9v16 M4 20h16 M12 12v.2",
    "heart": "M12 19.5S4 14.5 4 9.3A4.2 4.2 0 0 1 12 7.5a4.2 4.2 0 0 1 8 1.8c0 5.2-8 10.2-8 10.2z",
    "phone": "M5 4h4l1.5 5-2.5 1.5a11 11 0 0 0 5 5l1.5-2.5 5 1.5v4c0 1-1 1.5-2 1.5C10 20 4 13 3.5 6c0-1 .5-2 1.5-2z",
    "print": "M7 9V4h10v5 M7 17H4V9h16v8h-3 M7 14h10v6H7z",
    "file": "M6 3.5h8l4 4v13H6z M14 3.5v4h4",
    "key": "M8 12.5a4 4 0 1 0 0-.01z M12 12.5h9v3.5 M17.5 12.5v3",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 1 0 0-8z M4.5 20c1-4.5 4-6 7.5-6s6.5 1.5 7.5 6",
    "clock": "M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16z M12 7.5V12l3 2",
    "sound": "M4 9.5h3.5L12 5.5v13l-4.5-4H4z M15.5 9a4.5 4.5 0 0 1 0 6 M18 6.5a8 8 0 0 1 0 11",
    "language": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17z M3.5 12h17 M12 3.5c-5.5 5-5.5 12 0 17"
    " M12 3.5c5.5 5 5.5 12 0 17",
    "pause": "M8.5 5v14 M15.5 5v14",
    "undo": "M8 5L4 9l4 4 M4 9h9.5a5.5 5.5 0 0 1 0 11H9",
    "guide": "M5 4.5h6a1 1 0 0 1 1 1V20a2 2 0 0 0-2-1.5H5z M19 4.5h-6a1 1 0 0 0-1 1V20a2 2 0 0 1 2-1.5h5z",
    "practice": "M12 5L2.5 9.5 12 14l9.5-4.5z M6.5 11.5V16c3 2.6 8 2.6 11 0v-4.5 M21.5 9.5V15",
    "contacts": "M6 4h13v16H6z M6 8H4 M6 12H4 M6 16H4 M12.5 8.5a2 2 0 1 0 0 4 2 2 0 1 0 0-4z M9 17c.5-2.5 2-3.2 3.5-3.2s3 .7 3.5 3.2",
    "bolt": "M13 3L5 13.5h5.5L10 21l8.5-11H13z",
}
DIRECTED = frozenset({"referral", "back", "next", "skip", "undo"})
"""Icons that point somewhere, and turn round where one reads from right to left."""


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, mirrored: bool = False) -> QPixmap:
    """Draws an icon of `size` logical pixels in a colour #rrggbb, sharp at a device pixel ratio."""
    turn = ' transform="matrix(-1 0 0 1 24 0)"' if mirrored and name in DIRECTED else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path{turn} d="{STROKES[name]}" fill="none" '
        f'stroke="{colour}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def paint(painter: QPainter, name: str, colour: str, place: QRectF, *, mirrored: bool = False) -> None:
    """Paints an icon into a square."""
    ratio = painter.device().devicePixelRatioF() if hasattr(painter.device(), "devicePixelRatioF") else 1.0
    drawn = pixmap(name, colour, round(place.width()), ratio, mirrored)
    painter.drawPixmap(place.topLeft(), drawn)


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """Gives an icon for a widget of Qt's own."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made
