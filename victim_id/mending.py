"""A vault that does not open any more: what can be read of it is saved, or a backup takes its place.

The old folder is set aside beside it under another name, and never deleted.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from victim_id import backups
from victim_id.places import mended
from victim_id.vault import Progress
from victim_id.vault import folder as folders
from victim_id.vault.salvage import Salvaged, salvage
from victim_id.vault.store import unwatched

ASIDE = "-damaged-"
"""Stands in the name of a folder that was set aside, before the day."""


class Saved(NamedTuple):
    """What could be read of a damaged vault, and where its folder is now."""

    found: Salvaged
    aside: Path


def never() -> bool:
    """Lets something go on that nobody stops."""
    return False


def save(
    folder: Path,
    passphrase: str,
    now: Callable[[], datetime],
    progress: Progress = unwatched,
    stopped: Callable[[], bool] = never,
) -> Saved:
    """Puts what can be read of a vault into its place; raises Stopped, and as `salvage`: then all is as it was."""
    with _beside(folder) as fresh:
        found = salvage(folder, passphrase, fresh, now=now, progress=backups.stoppable(progress, stopped))
        return Saved(found, _exchange(folder, fresh, now()))


def restore(
    found: Path,
    folder: Path,
    passphrase: str,
    now: Callable[[], datetime],
    progress: Progress = unwatched,
    stopped: Callable[[], bool] = never,
) -> Path:
    """Puts a vault made out of a backup into the place of what stands there, and gives where that is now.

    Raises Stopped, and as `backups.restored`: then all is as it was.
    """
    with _beside(folder) as fresh:
        backups.restored(found, fresh, passphrase, progress, stopped)
        return _exchange(folder, fresh, now())


def set_aside(folder: Path, moment: datetime) -> Path:
    """Gives a folder another name beside its place, which is free then, and says which."""
    day = folder.with_name(f"{folder.name}{ASIDE}{moment:%Y-%m-%d}")
    aside, number = day, 1
    while aside.exists():
        number += 1
        aside = day.with_name(f"{day.name}-{number}")
    with folders.translated(folder.name):
        folder.rename(aside)
        folders.sync_folder(folder.parent)
    return aside


@contextlib.contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Gives where a new vault is made; whatever of it is there afterwards, or was left by a killed program, is removed."""
    fresh = mended(folder)
    lock = folders.Lock(folder)
    lock.release()  # nobody has it open; a folder with a file that is held cannot be renamed everywhere
    _remove(fresh)
    try:
        yield fresh
    finally:
        _remove(fresh)


def _remove(fresh: Path) -> None:
    with folders.translated(fresh.name), contextlib.suppress(FileNotFoundError):
        shutil.rmtree(fresh)


def _exchange(folder: Path, fresh: Path, moment: datetime) -> Path:
    aside = set_aside(folder, moment)
    try:
        with folders.translated(folder.name):
            fresh.rename(folder)
            folders.sync_folder(folder.parent)
    except BaseException:
        aside.rename(folder)
        raise
    return aside
