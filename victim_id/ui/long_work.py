"""One long deed of the workspace's thread: how far it is, told on the window's thread, and the word that it shall stop."""

from threading import Event

from PySide6.QtCore import QObject, Signal


class LongWork(QObject):
    """Handed to a deed as `progress` and `stopped`; `moved` carries per cent and is heard by widgets only."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._stop, self._told = Event(), -1

    def progress(self, done: int, of: int) -> None:
        """Tells how far the deed is; called in the workspace's thread as often as one likes."""
        per_cent = 100 * done // of if of else 100
        if per_cent != self._told:
            self._told = per_cent
            self.moved.emit(per_cent)

    def stop(self) -> None:
        """Asks the deed to stop at its next step."""
        self._stop.set()

    def stopped(self) -> bool:
        """Tells the deed that it shall stop."""
        return self._stop.is_set()
