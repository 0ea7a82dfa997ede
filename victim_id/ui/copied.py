"""What is copied out of the window does not stay on the clipboard: it goes after a minute, and at the lock.

Whatever another program has put there since is left alone. A clipboard's own history is out of reach.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

MINUTE = 60_000


class Copied(QObject):
    """Watches the clipboard. What comes there while a window of ours has the keys was copied here."""

    def __init__(self, clipboard: QClipboard, parent: QObject, wait: int = MINUTE) -> None:
        super().__init__(parent)
        self._clipboard, self._text = clipboard, ""
        self._timer = QTimer(self, singleShot=True, interval=wait)
        self._timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._changed)

    def clear(self) -> None:
        """Empties the clipboard if it still holds what was copied here, and what is merely selected with it."""
        self._timer.stop()
        text, self._text = self._text, ""
        if text and (self._clipboard.ownsClipboard() or self._clipboard.text() == text):
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _changed(self) -> None:
        ours = self._clipboard.ownsClipboard() or QGuiApplication.focusWindow() is not None
        self._text = self._clipboard.text() if ours else ""
        if self._text:
            self._timer.start()
        else:
            self._timer.stop()
