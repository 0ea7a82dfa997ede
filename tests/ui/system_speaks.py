"""Plays logind, UPower and a screen saver on the bus at DBUS_SESSION_BUS_ADDRESS: does what each line of its input says.

Prints `ready` once it has its names, `held` while somebody holds sleep back, `free` when nobody does any more.
"""

# ruff: noqa: N802, T201  the name is logind's; what is printed is read by a test

import os
import sys
import threading

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

LOGIN, POWER = "org.freedesktop.login1", "org.freedesktop.UPower"
PROPERTIES = ("org.freedesktop.DBus.Properties", "PropertiesChanged")
SAID = {
    "session locked": ("/org/freedesktop/login1/session/_32", f"{LOGIN}.Session", "Lock", []),
    "session unlocked": ("/org/freedesktop/login1/session/_32", f"{LOGIN}.Session", "Unlock", []),
    "sleep begins": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [True]),
    "sleep ended": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [False]),
    "lid closed": ("/org/freedesktop/UPower", *PROPERTIES, [POWER, {"LidIsClosed": True}, ["Docked"]]),
    "lid opened": ("/org/freedesktop/UPower", *PROPERTIES, [POWER, {"LidIsClosed": False}, ["Docked"]]),
    "on battery": ("/org/freedesktop/UPower", *PROPERTIES, [POWER, {"OnBattery": True}, ["Docked"]]),
    "lid closed, by logind": (
        "/org/freedesktop/login1",
        *PROPERTIES,
        [f"{LOGIN}.Manager", {"LidClosed": True}, ["Docked"]],
    ),
    "screen saver on": ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    "screen saver off": ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [False]),
    "nonsense": ("/org/freedesktop/UPower", *PROPERTIES, [POWER, 5]),
    "nonsense about sleep": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", ["yes"]),
    "GNOME's on": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    "KDE's on": ("/ScreenSaver", "org.kde.ScreenSaver", "ActiveChanged", [True]),
}


@ClassInfo({"D-Bus Interface": f"{LOGIN}.Manager"})
class Manager(QObject):
    @Slot(str, str, str, str, result="QDBusUnixFileDescriptor")
    def Inhibit(self, what: str, _who: str, _why: str, mode: str) -> QDBusUnixFileDescriptor:
        assert (what, mode) == ("sleep", "delay")
        ours, theirs = os.pipe()
        given = QDBusUnixFileDescriptor(theirs)
        os.close(theirs)
        threading.Thread(target=self._wait, args=(ours,), daemon=True).start()
        print("held", flush=True)
        return given

    @staticmethod
    def _wait(end: int) -> None:
        os.read(end, 1)
        print("free", flush=True)


class Ear(QObject):
    heard = Signal(str)


def main() -> None:
    app = QCoreApplication([])
    bus, manager, ear = QDBusConnection.sessionBus(), Manager(), Ear()
    bus.registerObject("/org/freedesktop/login1", manager, QDBusConnection.RegisterOption.ExportAllSlots)
    assert bus.registerService(LOGIN)
    assert bus.registerService(POWER)

    def say(line: str) -> None:
        if line not in SAID:
            app.quit()
            return
        path, interface, member, arguments = SAID[line]
        message = QDBusMessage.createSignal(path, interface, member)
        message.setArguments(arguments)
        assert bus.send(message)

    def listen() -> None:
        for line in sys.stdin:
            ear.heard.emit(line.strip())
        ear.heard.emit("")

    ear.heard.connect(say)
    threading.Thread(target=listen, daemon=True).start()
    print("ready", flush=True)
    app.exec()
    os._exit(0)


if __name__ == "__main__":
    main()
