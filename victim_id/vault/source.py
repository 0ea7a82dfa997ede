"""Where a vault was restored from: kept beside it until its first unlock, so that it knows what lies there."""

import contextlib
from pathlib import Path

from victim_id.errors import CannotOpen
from victim_id.record import Record, decode_file, encode_file
from victim_id.vault import folder as folders
from victim_id.vault.drawers import Backup, Backups

FORMAT, VERSION = "victim_id_source", 1
NAME = "restored.json"
MOST_BYTES = 64 * 1024


class Source(Record, kw_only=True):
    """What stands in restored.json: the backups at the place, and up to which line of the history they count."""

    backups: tuple[Backup, ...]
    seq: int


def keep(folder: Path, backups: tuple[Backup, ...], seq: int) -> None:
    """Keeps where a vault comes from.

    All backups there count as if they ended where the restored one did: what was written after that this vault never knew.
    """
    folders.write(folder / NAME, encode_file(FORMAT, VERSION, Source(backups=backups, seq=seq)))


def note(folder: Path, backups: Backups, head: int) -> None:
    """Notes, at the first unlock after a restore, the backups it came from: they hold what is erased here from now on.

    None of them holds more than the history has lines, which end at `head`.
    """
    content = folders.read(folder / NAME, MOST_BYTES)
    if content is None:
        return
    with contextlib.suppress(CannotOpen):  # it is no longer what was written: there is nothing to note
        source = decode_file(FORMAT, VERSION, Source, content, NAME, MOST_BYTES)
        known = {one.id for one in backups.all()}
        for one in source.backups:
            if one.id not in known:
                backups.put(one, max(0, min(source.seq, head)))
    folders.remove(folder / NAME)
