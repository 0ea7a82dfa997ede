"""The worker goes away: what the system says on a real bus, sent by another program, locks the window and keeps the draft."""

import ctypes
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection

from tests.ui.conftest import Office
from tests.ui.system_speaks import SAID
from tests.ui.test_desk import begin, stored, to_a_yes_no_question
from victim_id.ui.away import bus as room
from victim_id.ui.away import windows
from victim_id.ui.away.bus import Bus

ROOT = Path(__file__).resolve().parent.parent.parent
ALLOWED = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""


class System:
    """A bus of its own, and who speaks on it."""

    def __init__(self, address: str, speaker: subprocess.Popen[str]) -> None:
        self.address, self._speaker = address, speaker

    def says(self, what: str) -> None:
        print(what, file=self._speaker.stdin, flush=True)

    def heard(self) -> str:
        return line(self._speaker)

    def connection(self) -> QDBusConnection:
        return QDBusConnection.connectToBus(self.address, "private")


def line(program: subprocess.Popen[str]) -> str:
    """What a program says next."""
    assert select.select([program.stdout], [], [], 30)[0], "it says nothing"
    return program.stdout.readline().strip()


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    (tmp_path / "bus.conf").write_text(ALLOWED.format(path=tmp_path / "bus"))
    command = ["dbus-daemon", f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        address = line(daemon)
        env = os.environ | {"DBUS_SESSION_BUS_ADDRESS": address}
        command = [sys.executable, str(Path(__file__).parent / "system_speaks.py")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, env=env, text=True, cwd=ROOT, **pipes) as speaker:
            assert line(speaker) == "ready"
            yield System(address, speaker)
            speaker.stdin.close()
            speaker.wait(10)
        QDBusConnection.disconnectFromBus("private")
        daemon.terminate()


@pytest.fixture
def heard(qapp, system: System, qtbot) -> Iterator[list[str]]:
    """What a listener hears, one entry each time; everything said before a mark is waited for."""
    found: list[str] = []
    ear = Bus(lambda: found.append("gone"), system.connection(), system.connection())
    assert system.heard() == "held"
    yield found
    del ear


AWAY = ("session locked", "sleep begins", "lid closed", "lid closed, by logind", "screen saver on", "GNOME's on", "KDE's on")  # fmt: skip


def test_everything_that_takes_the_worker_away_is_heard_and_nothing_else(heard, system: System, qtbot) -> None:
    for what in AWAY:
        heard.clear()
        system.says(what)
        qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(50)  # one program plays both names here, so that some words are heard twice
    heard.clear()
    for what in SAID.keys() - set(AWAY):
        system.says(what)
    system.says("session locked")  # the last word comes last
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["gone"]


def test_a_stranger_on_the_bus_who_is_not_logind_is_not_believed(qapp, system: System, qtbot) -> None:
    found: list[str] = []
    ear = Bus(lambda: found.append("gone"), system.connection(), None)
    send = ["dbus-send", f"--bus={system.address}", "--type=signal", "/org/freedesktop/login1"]
    subprocess.run([*send, f"{room.LOGIN}.Manager.PrepareForSleep", "boolean:true"], check=True)
    system.says("sleep begins")
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["gone"]
    del ear


def test_the_lid_closes_in_the_middle_of_a_word(office: Office, system: System, qtbot) -> None:
    listening = {"listen": lambda gone: Bus(gone, system.connection(), system.connection())}
    office.desk._door = office.desk._door._replace(**listening)
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    qtbot.keyClicks(page.pad.words, "they keep 40")
    system.says("lid closed")
    qtbot.waitUntil(lambda: office.restarts == 1)
    assert office.desk.shell._cover.isVisible()
    assert office.desk.signed_in is None
    system.says("sleep begins")
    system.says("lid closed")
    QCoreApplication.processEvents()
    assert office.restarts == 1
    (_, (drafts,)) = stored(office)
    assert drafts == {question: "they keep 40"}


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "nonsense"])
def test_without_a_bus_nothing_is_heard_and_nothing_is_said(qapp, address: str, capfd) -> None:
    gone: list[bool] = []
    missing = QDBusConnection.connectToBus(address, f"missing {address}")
    ear = Bus(lambda: gone.append(True), missing, None)
    QCoreApplication.processEvents()
    assert gone == []
    assert capfd.readouterr() == ("", "")
    del ear


def test_no_bus_is_touched_before_a_vault_is_open(tmp_path: Path) -> None:
    code = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from victim_id.ui.app import application
from victim_id.ui.away import listen
from victim_id.ui.desk import Desk
from victim_id.ui.door import Door
from victim_id.ui.remembered import Remembered
app = application(["notes"])
folder = Path(sys.argv[1])
(folder / "vault").mkdir()
(folder / "vault" / "vault.key").write_bytes(b"{}")
door = Door(
    folder / "vault", lambda: datetime.now(UTC), Remembered(folder / "p.toml"), lambda: None, lambda _: None, listen=listen
)
desk = Desk(app, door)
desk.open()
while desk.ask.waiting or not desk.shell.isVisible():
    app.processEvents()
print("PySide6.QtDBus" in sys.modules)
listen(lambda: None)
print("PySide6.QtDBus" in sys.modules)
desk.ask.close(20000)
os._exit(0)
"""
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere", "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": ""}
    env = {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"} | nowhere
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
    assert done.stderr == ""


# ---- Windows, as far as it can be tried elsewhere: what stands in memory is read as Microsoft lays it out


def message(kind: int, wparam: int, lparam: int = 0) -> windows.Message:
    return windows.Message(window=7, message=kind, wparam=wparam, lparam=lparam, time=1, x=2, y=3)


@pytest.mark.parametrize(
    ("kind", "wparam", "left"),
    [
        (0x02B1, 0x7, True),  # WTS_SESSION_LOCK
        (0x02B1, 0x8, False),  # WTS_SESSION_UNLOCK
        (0x02B1, 0x4, True),  # WTS_REMOTE_DISCONNECT
        (0x02B1, 0x1, False),  # WTS_CONSOLE_CONNECT
        (0x0218, 0x4, True),  # PBT_APMSUSPEND
        (0x0218, 0x12, False),  # PBT_APMRESUMEAUTOMATIC
        (0x0218, 0xA, False),  # PBT_APMPOWERSTATUSCHANGE
        (0x0218, 0x8013, False),  # a setting that points nowhere
        (0x0100, 0x7, False),  # WM_KEYDOWN
    ],
)
def test_a_windows_message_is_read_as_it_lies_in_memory(kind: int, wparam: int, *, left: bool) -> None:
    found = message(kind, wparam)
    assert windows.is_left(ctypes.addressof(found)) is left


@pytest.mark.parametrize(("value", "left"), [(0, True), (1, False)])
def test_a_lid_counts_when_it_closes_and_no_other_setting_does(value: int, *, left: bool) -> None:
    for kind, expected in ((windows.LID, left), (bytes(16), False)):
        setting = windows.Setting(kind=(ctypes.c_ubyte * 16)(*kind), length=4, value=value)
        found = message(0x0218, 0x8013, ctypes.addressof(setting))
        assert windows.is_left(ctypes.addressof(found)) is expected


def test_the_parts_of_a_windows_message_lie_where_a_64_bit_system_puts_them() -> None:
    offsets = [getattr(windows.Message, name).offset for name, _ in windows.Message._fields_]
    assert offsets == [0, 8, 16, 24, 32, 36, 40]
    assert [getattr(windows.Setting, name).offset for name, _ in windows.Setting._fields_] == [0, 16, 20]
    assert windows.LID.hex() == "4d0f3eba17b89440a2d1d56379e6a0f3"


def test_the_filter_lets_every_message_go_on_and_looks_only_at_those_of_windows(qapp) -> None:
    gone: list[bool] = []
    ear = windows.Windows(lambda: gone.append(True))
    found = message(0x02B1, 0x7)
    assert ear.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(found)) == (False, 0)
    assert gone == []
    assert ear.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(found)) == (False, 0)
    assert gone == [True]
    qapp.removeNativeEventFilter(ear)
