"""Hears from the system that the worker goes away: the screen is locked, the lid closes, the machine goes to sleep.

Where the system tells nothing (no bus, no such service, another system) nothing is heard and nothing is said about it.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path


def listen(gone: Callable[[], None]) -> object:
    """Calls `gone` in the window's thread each time the worker goes away, for as long as what is given back is kept."""
    if sys.platform == "win32":
        from victim_id.ui.away.windows import Windows  # noqa: PLC0415  only there

        return Windows(gone)
    if sys.platform == "linux":
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  nobody needs a bus before a vault is open

        from victim_id.ui.away.bus import Bus  # noqa: PLC0415  as above

        return Bus(gone, QDBusConnection.systemBus(), QDBusConnection.sessionBus() if _has_session_bus() else None)
    return None


def _has_session_bus() -> bool:
    """Tells whether a session bus is there already: asking for one that is not would start one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and (Path(runtime) / "bus").exists()))
