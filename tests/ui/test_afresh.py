"""A lock ends the program and a fresh one goes on: the one that was made ready, or one that is begun then."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PROC = Path("/proc")
pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="looks at programs from outside, as Linux shows them")
BEGINNER = """
import sys
from victim_id.ui.afresh import Afresh
after = Afresh(["--vault", sys.argv[1], "--practice"])
after.prepare()
print(after._waiting.pid, flush=True)
sys.stdin.readline()
after.begin(*sys.argv[2:])
"""


class Programs:
    """Programs that are begun as the window begins them; `places` is where each may write."""

    def __init__(self, places: Path, ends: contextlib.ExitStack) -> None:
        self.places, self._ends = places, ends
        self.environment = os.environ | {
            "HOME": str(places), "XDG_RUNTIME_DIR": str(places), "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        program = self._ends.enter_context(
            subprocess.Popen(
                [sys.executable, *words], env=self.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        )  # fmt: skip
        self._ends.callback(program.kill)
        return program

    def beginner(self, *more: str) -> tuple[subprocess.Popen[bytes], int]:
        """Begins a program that makes the next one ready, and gives it with the number of the one that waits."""
        program = self.begin("-c", BEGINNER, str(self.places / "vault"), *more)
        assert program.stdout is not None
        number = int(program.stdout.readline())
        self._ends.callback(lambda: ended(number) or os.kill(number, signal.SIGKILL))
        return program, number


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    with contextlib.ExitStack() as ends:
        yield Programs(tmp_path, ends)


def until(seen: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def has_a_window(number: int) -> bool:
    with contextlib.suppress(OSError):
        return "libqoffscreen" in (PROC / str(number) / "maps").read_text()
    return False


def has_loaded(number: int) -> bool:
    with contextlib.suppress(OSError):
        maps = (PROC / str(number) / "maps").read_text()
        return "libQt6Widgets" in maps and (PROC / str(number) / "wchan").read_text().find("pipe") >= 0
    return False


def ended(number: int) -> bool:
    try:
        return (PROC / str(number) / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def words_of(number: int) -> list[str]:
    return (PROC / str(number) / "cmdline").read_text().split("\0")


def test_a_program_that_waits_has_no_window_opens_nothing_and_ends_with_the_one_that_began_it(programs):
    program, waiting = programs.beginner()
    until(lambda: has_loaded(waiting))

    assert not has_a_window(waiting)
    assert sorted(path.name for path in programs.places.iterdir()) == []
    assert not ended(waiting)
    program.kill()
    until(lambda: ended(waiting))
    assert sorted(path.name for path in programs.places.iterdir()) == []


@pytest.mark.parametrize("word", [b"", b"no", b"--practice"])
def test_a_program_that_waits_ends_without_a_complaint_when_it_is_told_nothing_it_knows(programs, word):
    program = programs.begin("-m", "victim_id", "--vault", str(programs.places / "vault"), "--wait")

    said, _ = program.communicate(word, timeout=60)

    assert (program.returncode, said) == (0, b"")
    assert list(programs.places.iterdir()) == []


def test_a_lock_ends_the_program_and_the_one_that_waited_goes_on(programs):
    program, waiting = programs.beginner()
    until(lambda: has_loaded(waiting))
    assert program.stdin is not None

    program.stdin.write(b"\n")
    program.stdin.flush()

    until(lambda: has_a_window(waiting))
    assert program.wait(60) == 0
    assert "--practice" not in words_of(waiting)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_where_the_one_that_waited_does_not_answer_a_lock_begins_another_under_the_same_number(programs, how):
    program, waiting = programs.beginner("--practice")
    os.kill(waiting, how)
    assert program.stdin is not None

    program.stdin.write(b"\n")
    program.stdin.flush()

    until(lambda: has_a_window(program.pid))
    assert words_of(program.pid)[1:-1] == [
        "-m", "victim_id", "--vault", str(programs.places / "vault"), "--practice",
    ]  # fmt: skip
    assert ended(waiting)
