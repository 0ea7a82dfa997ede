"""Alt and a letter press a button or go to a field: letters are taken from the words themselves, whatever the language.

They are given out anew for what is on the screen, so that two never clash, and are underlined while Alt is held.
"""

import sys
import unicodedata
from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from victim_id.ui.widgets.buttons import LinkButton, RailButton, TextButton
from victim_id.ui.widgets.choices import Pill
from victim_id.ui.widgets.fields import Labelled, Tick

FIRST = (RailButton, TextButton, Labelled, LinkButton, Pill, Tick)
"""What has a letter, in the order in which letters are given out: the rail is the same on every page.

Chips go by the arrow keys and answers by their number; they need none.
"""


def letter(sign: str) -> str:
    """Gives the key of a letter: É is E, Ж is Ж; nothing for what no key types by itself."""
    plain = unicodedata.normalize("NFD", sign)[0].upper()
    return plain if plain.isalpha() and len(plain) == 1 and ord(plain) < _NO_KEYS else ""


def given_out(texts: Sequence[str], kept: int = 0) -> list[int]:
    """Gives the place of a letter in each text, -1 for none; all are different, and as many texts as can be have one.

    Beginnings of words come before other letters. The first `kept` texts choose alone, so that theirs never change.
    """
    found, places = dict[str, int](), [_places(text) for text in texts]

    def give(number: int, tried: set[str], least: int) -> bool:
        for key in places[number]:
            if key not in tried and found.get(key, least) >= least:
                tried.add(key)
                if key not in found or give(found[key], tried, least):
                    found[key] = number
                    return True
        return False

    for number in range(len(texts)):
        give(number, set(), 0 if number < kept else kept)
    keys = {number: key for key, number in found.items()}
    return [places[number][keys[number]] if number in keys else -1 for number in range(len(texts))]


class Mnemonics(QObject):
    """Gives out letters for what a window shows; `renew` does it now."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._marked = window, list[tuple[QWidget, int]]()
        self._shown = False

    def see(self, event: QEvent) -> None:
        """Watches for Alt: its letters are shown while it is held, and for what is on the screen just then."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            self.renew()
            self._show(shown=True)
        elif self._shown and (
            event.type() in {QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress}
            or (
                event.type() == QEvent.Type.KeyRelease
                and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Alt
            )
        ):
            self._show(shown=False)

    def renew(self) -> list[tuple[QWidget, str]]:
        """Gives out the letters anew and tells them: each widget with its key."""
        self._show(shown=False)
        for old, _ in self._marked:
            if isinstance(old, QAbstractButton) and shiboken6.isValid(old):
                old.setShortcut(QKeySequence())
        if sys.platform == "darwin":  # there Alt types letters
            return []
        found = [one for kind in FIRST for one in self._window.findChildren(kind) if self._takes(one)]
        texts = [_words(one) for one in found]
        places = given_out(texts, sum(isinstance(one, RailButton) for one in found))
        self._marked = [(one, place) for one, place in zip(found, places, strict=True) if place >= 0]
        told = list[tuple[QWidget, str]]()
        for one, place in self._marked:
            key = letter(_words(one)[place])
            if isinstance(one, QAbstractButton):
                one.setShortcut(QKeySequence(f"Alt+{key}"))
            told.append((one, key))
        return told

    def _takes(self, one: QWidget) -> bool:
        on = one.isVisible() and one.isEnabled() and bool(_words(one))
        return on and (not isinstance(one, Labelled) or one.field.focusPolicy() != Qt.FocusPolicy.NoFocus)

    def _show(self, *, shown: bool) -> None:
        self._shown = shown
        for one, place in self._marked:
            if shiboken6.isValid(one):
                one.mark(place if shown else -1)  # type: ignore[attr-defined]  # all kinds of FIRST have it


_NO_KEYS = 0x1100
"""From here on (Hangul, kana, ideographs) letters are composed and no key types one by itself."""


def _words(one: QWidget) -> str:
    return str(one.words)  # type: ignore[attr-defined]  # all kinds of FIRST have them


def _places(text: str) -> dict[str, int]:
    """Gives where each key stands first: beginnings of words, then all others."""
    keys = [letter(sign) for sign in text]
    first = [place for place, key in enumerate(keys) if key and (not place or not keys[place - 1])]
    places = dict[str, int]()
    for place in (*first, *range(len(keys))):
        if keys[place]:
            places.setdefault(keys[place], place)
    return places
