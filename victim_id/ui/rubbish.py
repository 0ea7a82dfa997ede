"""Unused objects are taken away on the window's thread only, in quiet moments.

Python would do it in whichever thread asks for memory next; a piece of the window that is taken away by another thread
ends the program, and a key that is just pressed would wait for it.
"""

import gc
import linecache

from PySide6.QtCore import QObject, QTimer

EVERY = 2_000
"""Milliseconds between two looks for what is young and unused; each tenth look is for everything."""


class Rubbish(QObject):
    """Looks after unused objects as long as it lives."""

    def __init__(self, over: QObject) -> None:
        super().__init__(over)
        gc.disable()
        self._turn = 0
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Takes away what nobody uses."""
        self._turn += 1
        gc.collect(1 if self._turn % 10 else 2)

    def keep(self) -> None:
        """Takes what is there now as lasting, such as the questions: it is not looked at again.

        Qt for Python reads the source of all that is imported, and leaves it in memory.
        """
        linecache.clearcache()
        gc.collect()
        gc.freeze()
