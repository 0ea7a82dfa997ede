"""How much room words take; each is measured once, since a page asks for it again at every key."""

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from victim_id.ui.theme import Size, worn

WRAPPED = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_REMEMBERED = 4096
_TALLEST = 9999


def breadth(words: str, size: Size, *, bold: bool = False) -> int:
    """Gives how wide words are in one line, in pixels."""
    return _breadth(words, size, bold, worn().scale)


def longest(words: str, size: Size, *, bold: bool = False) -> int:
    """Gives how wide the longest of the words is."""
    return max((breadth(word, size, bold=bold) for word in words.split()), default=0)


def height(words: str, size: Size, width: int, *, bold: bool = False) -> int:
    """Gives how tall words are in lines of that width."""
    return _height(words, size, width, bold, worn().scale)


@lru_cache(_REMEMBERED)
def _breadth(words: str, size: Size, bold: bool, _scale: float) -> int:
    return QFontMetrics(worn().font(size, bold=bold)).horizontalAdvance(words)


@lru_cache(_REMEMBERED)
def _height(words: str, size: Size, width: int, bold: bool, _scale: float) -> int:
    room = QRect(0, 0, max(width, 10), _TALLEST)
    return QFontMetrics(worn().font(size, bold=bold)).boundingRect(room, WRAPPED, words).height()
