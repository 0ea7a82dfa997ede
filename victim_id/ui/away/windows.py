"""On Windows: session and power messages, by a native event filter. Written after Microsoft's pages, and never run there."""

import ctypes
import sys
import uuid
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtGui import QWindow

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE = 0x0004, 0x8013
SESSION_LEFT = frozenset({0x2, 0x4, 0x6, 0x7})
"""WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK."""
LID = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le
"""GUID_LIDSWITCH_STATE_CHANGE; its value is 0 when the lid is closed."""


class Message(ctypes.Structure):
    """MSG of winuser.h."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
    )


class Setting(ctypes.Structure):
    """POWERBROADCAST_SETTING of winuser.h, with the first bytes of its value."""

    _fields_ = (("kind", ctypes.c_ubyte * 16), ("length", ctypes.c_uint32), ("value", ctypes.c_uint32))


def is_left(address: int) -> bool:
    """Tells whether the message at an address says that the worker goes away."""
    found = Message.from_address(address)
    if found.message == WM_WTSSESSION_CHANGE:
        return found.wparam in SESSION_LEFT
    if found.message == WM_POWERBROADCAST and found.wparam == PBT_POWERSETTINGCHANGE and found.lparam:
        setting = Setting.from_address(found.lparam)
        return bytes(setting.kind) == LID and setting.length == 4 and setting.value == 0
    return bool(found.message == WM_POWERBROADCAST and found.wparam == PBT_APMSUSPEND)


class Windows(QAbstractNativeEventFilter):
    """Hears through a window of its own that is never shown, so that ours may come and go."""

    def __init__(self, gone: Callable[[], None]) -> None:
        super().__init__()
        self._gone, self._window = gone, QWindow()
        self._window.create()
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)
        if sys.platform == "win32":
            here = ctypes.c_void_p(int(self._window.winId()))
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(here, 0)
            ctypes.windll.user32.RegisterPowerSettingNotification(here, ctypes.create_string_buffer(LID, 16), 0)

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Looks at a message and lets it go on."""
        if bytes(QByteArray(kind).data()).startswith(b"windows_") and is_left(int(message)):
            self._gone()
        return False, 0
