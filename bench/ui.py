"""Measures the window: start to an unlock field that takes a key, key to painted next question, F12 to the next unlock page.

Under one Xvfb, with KeePassXC, OnionShare and Electrum beside it where their Debian packages are installed. Each number
is of a fresh program; `cold` drops the system's file cache first, which only root may. Nothing is installed here.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

# ruff: noqa: PLC0415, N802  what is measured is loaded inside; Qt's own names

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FROZEN = Path(os.environ.get("FROZEN", ROOT / "dist" / "victim-id" / "victim-id"))
DISPLAY = ":97"
ROUNDS, KEYS, FAST_HAND = 7, 300, 80
PEERS = {
    "KeePassXC": (["keepassxc"], "KeePassXC"),
    "OnionShare": (["onionshare"], "OnionShare"),
    "Electrum, its first wizard": (["electrum", "--offline"], "Electrum"),
}
LOCKS, VERSE = 20, "correct horse battery staple"
READING = 4  # seconds somebody reads the list; meanwhile the next program is made ready
CARD, BELOW = (683, 300), (683, 700)
"""On 1366 by 768: a point in the card of the unlock page, and one below it; both are white in the list of cases."""
WHITE = 0xFFFFFF


@contextmanager
def screen() -> Iterator[None]:
    """Gives a display of its own, as long as it is needed."""
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL)
    time.sleep(1)
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def environment(home: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"], "HOME": home, "DISPLAY": DISPLAY, "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": home,
        "QT_LOGGING_RULES": "*=false", "QT_QPA_PLATFORM": "xcb",
    }  # fmt: skip


def visible(command: list[str], title: str, home: str) -> float | None:
    """Starts a program and gives the seconds until a window with a title is on the screen."""
    env, began = environment(home), time.perf_counter()
    program = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    found = None
    while time.perf_counter() - began < 30 and program.poll() is None:
        search = ["xdotool", "search", "--onlyvisible", "--name", title]
        if subprocess.run(search, env=env, capture_output=True, check=False).stdout:
            found = time.perf_counter() - began
            break
    program.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        program.wait(5)
    program.kill()
    return found


def typed(home: str) -> dict[str, float]:
    """Starts our window and gives the seconds until its field was painted and showed a typed letter, and its memory."""
    began = time.monotonic()
    command = [sys.executable, __file__, "--start", str(began)]
    done = subprocess.run(command, env=environment(home), capture_output=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def locks(program: list[str], home: str) -> tuple[list[float], list[float]]:
    """Opens a real vault and locks it by F12, again and again: seconds to the covered window, and to the painted unlock page."""
    from tools.display import Display
    from victim_id.casework.arrangement import Preferences, Start
    from victim_id.sealing import Effort
    from victim_id.workspace import Workspace

    shutil.rmtree(f"{home}/vault", ignore_errors=True)
    effort, clock = Effort(32, 1, 1), lambda: datetime.now(UTC)
    space = Workspace.create(Path(home) / "vault", VERSE, "A. Weber", Preferences(), now=clock, effort=effort)
    space.caseload.begin(Start(place="Kitchen"))
    space.close()
    display, covered, shown = Display(DISPLAY), [], []
    window = subprocess.Popen(
        [*program, "--vault", f"{home}/vault"], env=environment(home), cwd=ROOT, start_new_session=True
    )
    try:
        for _ in range(LOCKS):
            display.until(lambda: display.colour(*CARD) == WHITE and display.colour(*BELOW) != WHITE)
            time.sleep(0.5)  # a hand that is ready
            display.press(*("space" if letter == " " else letter for letter in VERSE), "Return")
            display.until(lambda: display.colour(*BELOW) == WHITE)
            time.sleep(READING)
            began = time.perf_counter()
            display.press("F12")
            display.until(lambda: WHITE not in {display.colour(*CARD), display.colour(*BELOW)})
            covered.append(time.perf_counter() - began)
            display.until(lambda: display.colour(*CARD) == WHITE)
            shown.append(time.perf_counter() - began)
    finally:
        os.killpg(window.pid, signal.SIGKILL)
        window.wait()
    return covered, shown


def drop_caches() -> bool:
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3")
    except OSError:
        return False
    return True


def memory() -> float:
    """Gives the resident memory of this program in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


# ---- in a program of its own


def start(began: float) -> None:
    """Opens the unlock page over a vault that is there, types a letter as soon as the field is painted, and reports."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    from victim_id.ui.app import application
    from victim_id.ui.desk import Desk
    from victim_id.ui.dialogs import Dialogs
    from victim_id.ui.door import Door
    from victim_id.ui.remembered import Remembered

    app = application(sys.argv[:1])
    folder = Path(os.environ["HOME"])
    (folder / "vault").mkdir(exist_ok=True)
    (folder / "vault" / "vault.key").touch()
    desk = Desk(
        app, Door(folder / "vault", lambda: datetime.now(UTC), Remembered(folder / "p.toml"), lambda: None, Dialogs)
    )
    found: dict[str, float] = {}

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and "painted" not in found:
                found["painted"] = time.monotonic() - began
                QTimer.singleShot(0, press)
            elif event.type() == QEvent.Type.Paint and watched.text() and "typed" not in found:  # type: ignore[attr-defined]
                found["typed"] = time.monotonic() - began
                found["memory"] = memory()
                QTimer.singleShot(0, end)
            return False

    def press() -> None:
        from PySide6.QtGui import QKeyEvent

        app.postEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))

    def end() -> None:
        sys.stdout.write(json.dumps(found))
        sys.stdout.flush()
        os._exit(0)

    watch = Watch()
    desk.open()
    field = desk.shell.page("unlock").field  # type: ignore[attr-defined]
    field.installEventFilter(watch)
    app.exec()


def keys() -> None:
    """Answers and goes on by keys in a talk, and reports how long each next question took to be painted."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent

    from victim_id.ui.app import application
    from victim_id.ui.desk import Desk
    from victim_id.ui.dialogs import Dialogs
    from victim_id.ui.door import Door
    from victim_id.ui.remembered import Remembered

    app = application(sys.argv[:1])
    folder = Path(os.environ["HOME"])
    desk = Desk(
        app, Door(folder / "none", lambda: datetime.now(UTC), Remembered(folder / "p.toml"), lambda: None, Dialogs)
    )
    desk.open(practice=True)

    def settle() -> None:
        until = time.monotonic() + 0.3
        while desk.ask.waiting or time.monotonic() < until:
            app.processEvents()

    settle()
    desk.practising.begin_story("restaurant_papers")  # type: ignore[union-attr]
    settle()
    page = desk.shell.page("interview")
    times: list[float] = []
    busy: list[float] = []
    began = worked = 0.0
    number = 0

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            nonlocal began
            if event.type() == QEvent.Type.Paint and began:
                if number % 2 == 0:  # the key that goes on, not the one that answers
                    times.append((time.perf_counter() - began) * 1000)
                    busy.append((time.thread_time() - worked) * 1000)
                began = 0.0
            return False

    def press() -> None:
        nonlocal began, worked, number
        key, text = (Qt.Key.Key_1, "1") if number % 2 == 0 else (Qt.Key.Key_Return, "\r")
        talking = page._talking  # type: ignore[attr-defined]  # noqa: SLF001  what is on the screen
        words = talking.question is not None and talking.question.kind == "text"
        held = Qt.KeyboardModifier.ControlModifier if words and number % 2 else Qt.KeyboardModifier.NoModifier
        number += 1
        if number > KEYS:
            sys.stdout.write(json.dumps({"times": times, "busy": busy, "memory": memory()}))
            sys.stdout.flush()
            os._exit(0)
        began, worked = time.perf_counter(), time.thread_time()
        app.postEvent(desk.shell.focusWidget() or page, QKeyEvent(QEvent.Type.KeyPress, key, held, text))

    watch = Watch()
    page.pad.worker.installEventFilter(watch)  # type: ignore[attr-defined]
    hand = QTimer(interval=FAST_HAND)
    hand.timeout.connect(press)
    hand.start()
    app.exec()


def main() -> int:
    """Runs everything and prints a table with ratios."""
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        print("needs xvfb and xdotool")
        return 4
    with screen(), tempfile.TemporaryDirectory() as home:
        typed(home)
        warm = [typed(home) for _ in range(ROUNDS)]
        ours = statistics.median(one["typed"] for one in warm)
        print(f"start to a painted, typed-in unlock field, warm, from source: {ours:.3f} s (median of {ROUNDS})")
        print(f"memory then: {statistics.median(one['memory'] for one in warm):.0f} MB")
        if drop_caches():
            print(f"the same, cold: {typed(home)['typed']:.3f} s")
        programs = {"ours, from source": [sys.executable, "-m", "victim_id"]}
        if FROZEN.exists():
            programs["ours, frozen"] = [str(FROZEN)]
        rows = {name: ([*command, "--vault", f"{home}/vault"], "Notes") for name, command in programs.items()}
        rows |= {name: (command, title) for name, (command, title) in PEERS.items() if shutil.which(command[0])}
        seen: dict[str, float] = {}
        for name, (command, title) in rows.items():
            visible(command, title, home)
            times = [one for _ in range(ROUNDS) if (one := visible(command, title, home)) is not None]
            if times:
                seen[name] = statistics.median(times)
        first = seen.get("ours, from source", 0)
        for name, seconds in seen.items():
            print(
                f"start to a visible window, warm: {name}: {seconds:.3f} s, ours from source is {first / seconds:.2f} of it"
            )
        for name in PEERS:
            if name not in seen:
                print(f"{name}: not installed here or never visible, not measured")
        for name, command in programs.items():
            covered, shown = locks(command, home)
            print(
                f"F12 to a painted unlock page, {name}: median {statistics.median(shown):.3f} s, worst of {LOCKS} "
                f"{max(shown):.3f} s; to a covered window: median {statistics.median(covered) * 1000:.0f} ms, worst "
                f"{max(covered) * 1000:.0f} ms"
            )
        done = subprocess.run(
            [sys.executable, __file__, "--keys"], env=environment(home), capture_output=True, check=True, cwd=ROOT
        )
        found = json.loads(done.stdout)
        times = sorted(found["times"])
        p99 = times[min(round(len(times) * 0.99), len(times) - 1)]
        print(
            f"key to painted next question: median {statistics.median(times):.1f} ms, p99 {p99:.1f} ms ({len(times)} keys)"
        )
        own = sorted(found["busy"])
        print(
            f"  of which this thread worked: median {statistics.median(own):.1f} ms, p99 {own[round(len(own) * 0.99) - 1]:.1f} ms"
        )
        print(f"memory in the talk: {found['memory']:.0f} MB")
    return 0


if __name__ == "__main__":
    if "--start" in sys.argv:
        start(float(sys.argv[2]))
    elif "--keys" in sys.argv:
        keys()
    else:
        sys.exit(main())
