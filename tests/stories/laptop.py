"""A laptop from outside: a real screen with a real window manager and a bus, a worker's keys, and a screen reader's eyes.

Everything is waited for by what is seen; the program is the real one, in a process of its own.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 40
Row = dict
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth><standard_session_servicedirs/>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""


class Laptop:
    """Screen, bus, window manager, hands and eyes; `folder` is its home."""

    def __init__(self, folder: Path, ends: ExitStack, size: str = "1366x768") -> None:
        self.folder, self._ends = folder, ends
        self.program: subprocess.Popen[bytes] | None = None
        screen = self._run(["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp"], os.environ)
        (folder / "bus.conf").write_text(BUS.format(path=folder / "bus"))
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(folder),
            "DISPLAY": f":{line(screen)}", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb",
            "QT_LOGGING_RULES": "qt.accessibility.*=false",
        }  # fmt: skip
        bus = self._run(["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--print-address=1"])
        self.bus = line(bus)
        self.environment |= {"DBUS_SESSION_BUS_ADDRESS": self.bus, "DBUS_SYSTEM_BUS_ADDRESS": self.bus}
        self._run(["openbox"])
        self._eyes = self._run(["/usr/bin/python3", str(Path(__file__).parent / "eyes.py")])

    def _run(self, command: list[str], environment: "os._Environ[str] | None" = None) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(
            command, env=environment or self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        self._ends.enter_context(program)
        self._ends.callback(program.kill)
        return program

    # ---- the program

    def open(self, *words: str) -> None:
        """Starts the program as a worker does."""
        complaints = (self.folder / "complaints").open("ab")
        command = [sys.executable, "-m", "victim_id", "--vault", str(self.folder / "vault"), *words]
        self.program = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=complaints, stderr=complaints, start_new_session=True
        )
        complaints.close()
        self._ends.enter_context(self.program)
        self._ends.callback(self._cut)

    def kill(self) -> None:
        """Ends the program, and the one that waits to follow it, as a power cut does."""
        self._cut()
        self.until("the window is gone", lambda: not self.look())

    def _cut(self) -> None:
        assert self.program is not None
        with suppress(ProcessLookupError):
            os.killpg(self.program.pid, signal.SIGKILL)
        self.program.wait()

    def numbers(self) -> list[int]:
        """Gives the numbers of the program and of those that followed it, or wait to."""
        assert self.program is not None
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                state, _, group, *_ = (place / "stat").read_text().rpartition(")")[2].split()
                if int(group) == self.program.pid and state not in "ZX":
                    found.append(int(place.name))
        return found

    def complaints(self) -> str:
        """What the program wrote to its terminal."""
        return (self.folder / "complaints").read_text()

    def remembers(self, *texts: str) -> set[str]:
        """Gives the texts that stand anywhere in the memory of the program or of one that follows it, as Python writes them
        or as Qt does; needs the right to look.
        """
        found: set[str] = set()
        for number in self.numbers():
            with suppress(OSError), Path(f"/proc/{number}/mem").open("rb", buffering=0) as memory:
                for span, rights, *_ in map(str.split, Path(f"/proc/{number}/maps").read_text().splitlines()):
                    start, end = (int(one, 16) for one in span.split("-"))
                    if rights.startswith("rw"):
                        with suppress(OSError, OverflowError):
                            memory.seek(start)
                            part = memory.read(end - start)
                            found |= {one for one in texts if one.encode() in part or one.encode("utf-16-le") in part}
        return found

    # ---- hands

    def press(self, *keys: str) -> None:
        """Presses keys, by the names X gives them."""
        subprocess.run(["xdotool", "key", "--delay", "20", *keys], env=self.environment, check=True)

    def write(self, text: str) -> None:
        """Types text where the focus is."""
        subprocess.run(["xdotool", "type", "--delay", "8", text], env=self.environment, check=True)

    def tab_to(self, name: str, back: bool = False) -> None:
        """Goes with Tab until a control of this name has the focus."""
        passed: list[str] = []
        for _ in range(60):
            here = self.focus()
            if here.get("name", "").startswith(name):
                return
            passed.append(here.get("name", ""))
            self.press("shift+Tab" if back else "Tab")
            self.until("the focus goes on", lambda here=here: self.focus() != here)
        raise AssertionError(f"Tab never reaches {name}, but only {passed}")

    @staticmethod
    def wait(seconds: float) -> None:
        """Lets time pass, where time is what the story is about."""
        time.sleep(seconds)

    def system(self) -> "System":
        """Gives who plays logind, UPower and a screen saver on this laptop's bus."""
        speaker = self._run([sys.executable, str(ROOT / "tests" / "ui" / "system_speaks.py")])
        assert line(speaker) == "ready"
        return System(speaker)

    def resize(self, width: int, height: int) -> None:
        """Asks the window manager for another size, as a hand at the frame does."""
        ids = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "^Notes$"],
            env=self.environment,
            capture_output=True,
            check=True,
        ).stdout.split()
        command = ["xdotool", "windowsize", "--sync", ids[-1].decode(), str(width), str(height)]
        subprocess.run(command, env=self.environment, check=True)

    # ---- eyes

    def look(self) -> list[Row]:
        """Gives every row that shows."""
        self._eyes.stdin.write(b"look\n")
        self._eyes.stdin.flush()
        return json.loads(line(self._eyes))

    def focus(self) -> Row:
        """Gives what has the focus."""
        rows = [row for row in self.look() if "focused" in row["states"] and row["role"] != "frame"]
        return next((row for row in reversed(rows) if row["name"]), rows[-1] if rows else {})

    def window(self) -> list[int]:
        """Gives where the window lies: left, top, width, height."""
        return next((row["place"] for row in self.look() if row["name"] == "Notes"), [])

    def names(self) -> list[str]:
        """Gives every name that shows."""
        return [row["name"] for row in self.look() if row["name"]]

    def until(self, what: str, seen: Callable[[], object]) -> None:
        """Waits until something is seen; when it never is, a picture stays."""
        end = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > end or (self.program and not self.numbers() and "gone" not in what):
                raise AssertionError(
                    f"never: {what}; picture {self.picture()}; shown: {self.names()}; {self.complaints()}"
                )
            time.sleep(0.02)

    def sees(self, *names: str) -> None:
        """Waits until names show, each as it is or as the beginning of one."""
        for name in names:
            self.until(f"{name!r} shows", lambda name=name: any(one.startswith(name) for one in self.names()))

    def focused(self, name: str) -> None:
        """Waits until a control of this name has the focus."""
        self.until(f"{name!r} has the focus", lambda: self.focus().get("name", "").startswith(name))

    def picture(self) -> Path:
        """Keeps a picture of the whole screen, where ImageMagick is there to take one."""
        kept = self.folder / "screen.png"
        if not shutil.which("import"):
            return Path("not taken")
        subprocess.run(["import", "-window", "root", str(kept)], env=self.environment, check=False)
        return kept


class System:
    """What the machine itself says."""

    def __init__(self, speaker: subprocess.Popen[bytes]) -> None:
        self._speaker = speaker

    def says(self, what: str) -> None:
        self._speaker.stdin.write(f"{what}\n".encode())
        self._speaker.stdin.flush()

    def heard(self) -> str:
        return line(self._speaker)


def line(program: "subprocess.Popen[bytes]") -> str:
    """What a program says next."""
    assert select.select([program.stdout], [], [], PATIENCE)[0], f"{program.args} says nothing"
    return program.stdout.readline().decode().strip()
