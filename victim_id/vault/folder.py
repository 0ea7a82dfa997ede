"""The vault's folder: readable by its owner only, written so that a file is whole or absent, one program at a time.

The only place of the vault that touches files directly; the machine's refusals become our errors here.
"""

import contextlib
import errno
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from victim_id.errors import Damaged, DiskFull, InUse, Machine, ReadOnly

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME = "vault.lock"
_STRAY = re.compile(r"vault-[0-9a-f]{8}\.db(-wal|-shm|-journal|\.new)?|vault\.key(\.bak)?\..*\.new")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_SHARING_VIOLATION_TRIES = 20  # Windows: a virus scanner holds a new file for a moment


def failure(error: OSError, where: str) -> Machine:
    """Gives our error for what the operating system refused."""
    if error.errno in _FULL:
        return DiskFull(where, "no room left")
    if error.errno in _READ_ONLY:
        return ReadOnly(where, "may not be written")
    return Machine(where, error.strerror or type(error).__name__)


@contextlib.contextmanager
def translated(where: str) -> Iterator[None]:
    """Turns the operating system's refusals inside the block into our errors."""
    try:
        yield
    except OSError as error:
        raise failure(error, where) from None


def make(folder: Path) -> None:
    """Makes the folder, or takes an existing one, with mode 0700."""
    with translated(folder.name):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


def reserve(path: Path) -> None:
    """Makes an empty file of mode 0600, so that SQLite gives its companions the same mode."""
    with translated(path.name):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        sync_folder(path.parent)


def read(path: Path, most: int) -> bytes | None:
    """Gives at most `most` + 1 bytes of a file, None when there is none; raises Damaged when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Damaged(path.name, f"cannot be read: {error.strerror}") from None


def check_not_empty(path: Path) -> None:
    """Raises Damaged for a database that lost every byte: SQLite would take it for a new one and begin to fill it."""
    with translated(path.name):
        if path.exists() and path.stat().st_size == 0:
            raise Damaged(path.name, "is empty")


def write(path: Path, content: bytes) -> None:
    """Replaces a file in one step: temporary file, fsync, rename, fsync of the folder."""
    with translated(path.name):
        handle, name = tempfile.mkstemp(prefix=path.name + ".", suffix=".new", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        sync_folder(path.parent)


def remove(path: Path) -> None:
    """Removes a file if it is there."""
    with translated(path.name):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def remove_database(path: Path) -> None:
    """Removes a database with its logs."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        remove(path.with_name(path.name + suffix))


def sweep(folder: Path, kept: str) -> None:
    """Removes what a killed program left: other databases than `kept`, with their logs, and files not yet in their place."""
    strays = [path for path in folder.iterdir() if _STRAY.fullmatch(path.name) and not path.name.startswith(kept)]
    for path in strays:
        with contextlib.suppress(OSError):
            path.unlink()
    if strays:
        sync_folder(folder)


def has_other_things(folder: Path) -> bool:
    """Says whether a folder holds anything but what a vault that was never finished left there."""
    with translated(folder.name):
        return folder.exists() and any(
            path.name != LOCK_NAME and not _STRAY.fullmatch(path.name) for path in folder.iterdir()
        )


def sync_folder(folder: Path) -> None:
    """Makes names that were written in a folder durable; Windows has no such call and needs none."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def refusal(folder: Path, size: int, needed: int = 0) -> Machine:
    """Finds out, by a probe, why a file that had `size` bytes could not grow, to `needed` bytes, in the folder."""
    try:
        if shutil.disk_usage(folder).free < needed:
            return DiskFull(folder.name, "no room left")
        with tempfile.TemporaryFile(prefix="vault.", dir=folder) as file:
            file.seek(size)
            file.write(bytes(1 << 16))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return failure(error, folder.name)
    return Machine(folder.name, "the disk did not take what was written")


class Lock:
    """Holds a vault for one program; the operating system lets go of it when that program ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        with translated(folder.name):
            self._file: IO[bytes] = os.fdopen(os.open(folder / LOCK_NAME, os.O_CREAT | os.O_RDWR, 0o600), "r+b")
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise InUse(folder.name, "another program has this vault open") from None

    def release(self) -> None:
        """Lets go of the vault."""
        self._file.close()


def _replace(source: str, target: Path) -> None:
    for _ in range(_SHARING_VIOLATION_TRIES if sys.platform == "win32" else 0):
        try:
            Path(source).replace(target)
        except PermissionError:
            time.sleep(0.05)
        else:
            return
    Path(source).replace(target)
