"""No picture of the window for other programs, where the system has a way. Written after Microsoft's pages, and never run there."""

import sys

from PySide6.QtWidgets import QWidget

WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE = 0x1, 0x11
"""Black in every picture; since Windows 10 of 2004 not in it at all."""


def keep_uncaptured(window: QWidget) -> None:
    """Asks Windows to leave a window out of screen pictures, recordings and shared screens; elsewhere there is no such way."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  only there

        here = ctypes.c_void_p(int(window.winId()))
        if not ctypes.windll.user32.SetWindowDisplayAffinity(here, WDA_EXCLUDEFROMCAPTURE):
            ctypes.windll.user32.SetWindowDisplayAffinity(here, WDA_MONITOR)
