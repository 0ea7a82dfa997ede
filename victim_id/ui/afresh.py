"""The program that follows this one: a lock ends the program that held the keys, and a fresh one asks for a passphrase.

It is begun ahead, while the worker is busy: without a window, without a key, with nothing of a case, it has loaded what it
needs and waits for one word. It ends when the program that began it ends without that word.
"""

import contextlib
import os
import select
import subprocess
import sys
from collections.abc import Sequence

PRACTICE, WAIT = "--practice", "--wait"
GO = b"go"
PATIENCE = 1.0  # seconds in which a program that waits answers


class Afresh:
    """How this program is followed by a fresh one, with the arguments that it was itself begun with."""

    def __init__(self, arguments: Sequence[str]) -> None:
        given = [one for one in arguments if one not in {PRACTICE, WAIT}]
        frozen = getattr(sys, "frozen", False)
        self._command = [sys.executable, *given] if frozen else [sys.executable, "-m", "victim_id", *given]
        self._environment = os.environ | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
        self._waiting: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Begins the next program; where the machine cannot, a lock begins it later."""
        if self._waiting is None or self._waiting.poll() is not None:
            with contextlib.suppress(OSError):
                self._waiting = subprocess.Popen(  # noqa: S603  our own program
                    [*self._command, WAIT], env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )

    def begin(self, *more: str) -> None:
        """Ends this program at once; the next one goes on, for practice when PRACTICE is given."""
        if self._says(more):
            os._exit(0)
        arguments = [*self._command, *more]
        if sys.platform == "win32":
            subprocess.Popen(arguments, env=self._environment)  # noqa: S603  as above
            os._exit(0)
        os.execve(sys.executable, arguments, self._environment)  # noqa: S606  as above

    def _says(self, more: Sequence[str]) -> bool:
        """Lets the program that waits go on; tells whether it does. One that does not answer is ended: two would be too many."""
        waiting = self._waiting
        if waiting is None or waiting.stdin is None or waiting.stdout is None:
            return False
        try:
            waiting.stdin.write(b" ".join([GO, *(one.encode() for one in more)]))
            waiting.stdin.flush()
            if sys.platform == "win32" or select.select([waiting.stdout], [], [], PATIENCE)[0]:
                return bool(waiting.stdout.read(len(GO)))
        except OSError:
            pass
        waiting.kill()
        return False


def told() -> bool:
    """Waits for the word of the program that began this one, and tells whether it is for practice; without one this one ends."""
    word = os.read(0, 64)
    if not word.startswith(GO):
        os._exit(0)
    os.write(1, GO)
    os.dup2(2, 1)
    return PRACTICE.encode() in word
