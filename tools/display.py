"""A hand and an eye on an X display, faster than any program started for it: keys by XTEST, single pixels of the screen."""

import ctypes
import time
from collections.abc import Callable

ALL_PLANES, ZPIXMAP = 0xFFFFFFFF, 2


class Display:
    """One display, by its name, such as `:97`."""

    def __init__(self, name: str) -> None:
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        for function in (self._x.XOpenDisplay, self._x.XGetImage):
            function.restype = ctypes.c_void_p
        for function in (self._x.XGetPixel, self._x.XDefaultRootWindow, self._x.XStringToKeysym):
            function.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def press(self, *keys: str) -> None:
        """Presses keys one after the other, by the names X gives them."""
        for key in keys:
            name = ctypes.c_ulong(self._x.XStringToKeysym(key.encode()))
            code = self._x.XKeysymToKeycode(self._display, name)
            for down in (1, 0):
                self._test.XTestFakeKeyEvent(self._display, code, down, 0)
        self._x.XSync(self._display, 0)

    def colour(self, x: int, y: int) -> int:
        """Gives the colour of a pixel as 0xRRGGBB."""
        picture = ctypes.c_void_p(
            self._x.XGetImage(self._display, self._root, x, y, 1, 1, ctypes.c_ulong(ALL_PLANES), ZPIXMAP)
        )
        found = int(self._x.XGetPixel(picture, 0, 0)) & 0xFFFFFF
        self._x.XDestroyImage(picture)
        return found

    def until(self, seen: Callable[[], bool], patience: float = 30) -> float:
        """Waits until something is seen and gives how many seconds that took; raises TimeoutError."""
        began = time.perf_counter()
        while not seen():
            if time.perf_counter() - began > patience:
                raise TimeoutError("it was never seen")
            time.sleep(0.001)
        return time.perf_counter() - began
