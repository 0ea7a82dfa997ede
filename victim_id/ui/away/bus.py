"""On Linux: what logind, UPower and the screen savers say on D-Bus. Sleep waits until the vault is locked.

The signals are those of org.freedesktop.login1(5), of UPower's reference, and `ActiveChanged` of the screen savers.
"""

from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

LOGIN, POWER = "org.freedesktop.login1", "org.freedesktop.UPower"
LIDS = frozenset({"LidClosed", "LidIsClosed"})
SAVERS = tuple(
    f"org.{name}.ScreenSaver" for name in ("freedesktop", "gnome", "kde", "cinnamon", "mate", "xfce")
)  # fmt: skip
CHANGED = (
    "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", "changed(QString,QVariantMap,QStringList)",
)  # fmt: skip
NAME = "Notes"
"""Under this name logind lists who holds sleep back."""


class Bus(QObject):
    """Hears on the system's bus and on the session's, as far as they are there."""

    def __init__(
        self, gone: Callable[[], None], system: QDBusConnection | None, session: QDBusConnection | None
    ) -> None:
        super().__init__()
        self._gone, self._brake = gone, None
        if system is not None and system.isConnected():
            self._hear(system, LOGIN, f"{LOGIN}.Session", "Lock", "", "locked()")
            self._hear(system, LOGIN, f"{LOGIN}.Manager", "PrepareForSleep", "b", "began(bool)")
            for service in (LOGIN, POWER):
                self._hear(system, service, *CHANGED)
            self._hold_sleep_back(system)
        if session is not None and session.isConnected():
            for saver in SAVERS:
                self._hear(session, "", saver, "ActiveChanged", "b", "began(bool)")

    def _hear(self, bus: QDBusConnection, service: str, interface: str, member: str, holds: str, slot: str) -> None:
        """Connects a signal; Qt ends the program over one that holds something else, so what it `holds` is said."""
        bus.connect(service, "", interface, member, holds, self, SLOT(slot))  # type: ignore[call-overload]  # no bytes

    def _hold_sleep_back(self, bus: QDBusConnection) -> None:
        """Asks logind to wait, for some seconds at most, until this program has ended; it ends by locking."""
        ask = QDBusMessage.createMethodCall(LOGIN, "/org/freedesktop/login1", f"{LOGIN}.Manager", "Inhibit")
        ask.setArguments(["sleep", NAME, NAME, "delay"])
        ask.setAutoStartService(False)
        bus.callWithCallback(ask, self, SLOT("braked(QDBusMessage)"))  # type: ignore[call-overload]  # as above

    @Slot("QDBusMessage")
    def braked(self, answer: QDBusMessage) -> None:
        """Keeps the descriptor that holds sleep back; it is closed when the program ends."""
        self._brake = answer.arguments()[0]

    @Slot()
    def locked(self) -> None:
        """A session is locked; that of another user counts too, better once too often."""
        self._gone()

    @Slot(bool)
    def began(self, begins: bool) -> None:
        """Sleep or a screen saver begins or ends."""
        if begins:
            self._gone()

    @Slot(str, "QVariantMap", "QStringList")
    def changed(self, _interface: str, properties: dict[str, object], _without: list[str]) -> None:
        """Something of the machine changed; only a lid that closes counts."""
        if any(properties.get(lid) is True for lid in LIDS):
            self._gone()
