"""Backups: a vault's folder once more, in another place, that was opened and looked through before it counts.

A backup opens with the passphrases and sheets that opened the vault when it was made.
"""

import contextlib
import hashlib
import os
import re
import shutil
import stat
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock

from victim_id.errors import CannotOpen, Damaged, Failure, Machine, NotAPackage, WrongInput
from victim_id.record import Record, decode_file, encode_file
from victim_id.vault import folder as folders
from victim_id.vault import keyfile, scrubbing, slots, source
from victim_id.vault.drawers import Backup, Backups
from victim_id.vault.history import TOLERANCE, Head, History, Now, written
from victim_id.vault.keyfile import KeyFile
from victim_id.vault.keyring import KeyRing
from victim_id.vault.store import Progress, Store, unwatched

FORMAT, VERSION = "victim_id_backup", 1
NAME = "backup.json"
MOST_BYTES = 64 * 1024
KEPT = 3
EVERY = timedelta(days=7)
INSIDE = "is the vault's own folder, or a folder in it"
"""Why a place is refused: a backup that is lost together with its vault is none."""

_UNFINISHED = ".unfinished"
_BEGUN = "backup "
_MOST_BEGUN = 8
_OURS = re.compile(r"vault-[0-9a-f]{8}\.db(-wal|-shm|-journal)?|(vault\.key(\.bak)?|backup\.json)(\..*\.new)?")
_PIECE = 1 << 20
_WAYS_CHANGED = (
    "sheets_made", "passphrase_changed", "worker_left", "way_given_back", "organisation_key_set", "key_renewed",
)  # fmt: skip
"""After each of these an older backup opens with what shall open nothing any more."""


class Label(Record, kw_only=True):
    """What stands in backup.json: nothing that needs a key to be read, and nothing that names anybody."""

    id: str
    vault: str
    made: str
    cases: int
    lines: int
    history: Head
    database: str
    bytes: int
    sha256: str


class Stopped(Exception):  # noqa: N818  not an error: somebody wanted it so
    """Somebody stopped a backup, or the vault was to be locked; nothing of it is left."""


class Copying:
    """Makes backups of one open vault, and says when the next is due."""

    def __init__(
        self, store: Store, history: History, backups: Backups, keyring: KeyRing, worker: str, now: Now
    ) -> None:
        self._store, self._history, self._backups, self._keyring = store, history, backups, keyring
        self._worker, self._now = worker, now

    def make(
        self,
        place: Path,
        *,
        keep: int = KEPT,
        progress: Progress = unwatched,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Path:
        """Writes a backup into a folder or onto a stick, opens it, looks through every page, and gives its folder.

        Of older backups that this vault noted in the same place the newest `keep` stay, this one included. Raises Stopped, and
        what the machine refuses: then nothing of it is left.
        """
        begun = self.begin(place)
        try:
            return self.finish(begun, begun.write(progress, stopped), keep)
        except BaseException as error:  # noqa: BLE001  whatever it is, nothing is left and it goes on
            raise self.given_up(begun, error) from None

    def begin(self, place: Path) -> "Begun":
        """Begins a backup that is written beside the vault, by any thread, and then finished or given up here.

        What is still to be cleaned of erased words is cleaned first; where the machine refuses that, no backup is made.
        """
        if not place.is_dir():
            raise WrongInput(place.name or str(place), "is not a folder")
        ring = self._keyring
        if place.resolve().is_relative_to(ring.folder.resolve()):
            raise WrongInput(place.name or str(place), INSIDE, "please choose a place that is kept elsewhere")
        moment = self._now()
        target = place.absolute() / f"vault-{moment:%Y%m%d-%H%M%S}-{os.urandom(2).hex()}"
        self.sweep()
        if scrubbing.is_due(self._store):
            scrubbing.scrub(self._store)
        with self._store.transaction():  # before there is anything: a program that is killed comes back for it
            self._store.run("INSERT INTO unfinished (deed) VALUES (?)", _BEGUN + str(target))
        begun = Begun(target, written(moment), ring.folder, ring.file, ring.opened.vault_key, self._history.head())
        folders.make(begun.unfinished)
        return begun

    def finish(self, begun: "Begun", label: Label, keep: int = KEPT) -> Path:
        """Lets a backup that was written and looked through count, lets older ones roll away, and gives its folder."""
        target = begun.target
        with folders.translated(target.parent.name):
            begun.unfinished.rename(target)
            folders.sync_folder(target.parent)
        self._made(target, label)
        self._roll(target.parent, target, label.vault, keep)
        return target

    def given_up(self, begun: "Begun", error: BaseException) -> BaseException:
        """Removes what there is of a backup that was stopped or failed, and gives what is to be told of it."""
        there = begun.unfinished.exists()
        with contextlib.suppress(Failure):  # a full disk: it stays noted, and is looked for again
            self.sweep()
        if isinstance(error, Failure) and not there and not begun.target.exists():
            return Machine(begun.target.parent.name, "is no longer there")
        return error

    def sweep(self) -> None:
        """Removes what killed programs left of backups of this vault, wherever its place is at hand; nothing else is touched.

        Each was noted in the vault before it was begun. One that was killed after it was whole is a backup like the others.
        One on a stick that is away stays noted; only the newest notes are kept.
        """
        noted = self._store.rows("SELECT deed FROM unfinished WHERE deed LIKE ?", _BEGUN + "%")
        begun = sorted((Path(deed.removeprefix(_BEGUN)) for (deed,) in noted), key=lambda one: one.name, reverse=True)
        for number, target in enumerate(begun):
            label = _whole(target, self._keyring.file.vault)
            if label is not None:
                self._made(target, label)
            elif _swept(target.with_name(target.name + _UNFINISHED)) or number >= _MOST_BEGUN:
                with self._store.transaction():
                    self._forget(target)

    def due(self, moment: datetime, every: timedelta = EVERY) -> bool:
        """Says whether something was written since the last backup and that backup is older than `every`.

        It is due at once when the last one is gone from a place that is at hand, or a way into the vault has changed.
        What was written since is told by the order of the history; a backup from a time to come was made by a wrong clock.
        """
        newest = self._store.one(
            "SELECT made, seq, place FROM backups WHERE gone IS NULL ORDER BY seq DESC, made DESC LIMIT 1"
        )
        if newest is None:
            return True
        made, seq, place = newest
        if is_gone(Path(place)) or self.ways_changed():
            return True
        since: int = self._store.value(
            "SELECT count(*) FROM history WHERE kind NOT IN ('unlocked', 'backed_up', 'read') AND seq > ?", seq
        )
        return bool(since) and not written(moment - every) < made <= written(moment + TOLERANCE)

    def ways_changed(self) -> bool:
        """Says whether every backup that is known still opens with what opens the vault no more."""
        seq = self._store.value("SELECT max(seq) FROM backups WHERE gone IS NULL")
        marks = ", ".join("?" * len(_WAYS_CHANGED))
        return seq is not None and bool(
            self._store.value(
                f"SELECT count(*) FROM history WHERE kind IN ({marks}) AND seq > ?",  # noqa: S608  question marks
                *(*_WAYS_CHANGED, seq),
            )
        )

    def heads(self) -> list[Head]:
        """Gives where the history ended in each backup of this vault at the places that are known; a stick may be away."""
        return [label.history for _, label in self._at_known_places()]

    def ahead(self) -> tuple[Path, Label] | None:
        """Gives the newest backup at a known place with lines that this vault does not have, None when there is none.

        Then an older copy of the vault was put back, or the same vault is used elsewhere too. A label is not sealed: it
        is a reason to look, and no proof.
        """
        found = [
            one
            for one in self._at_known_places()
            for link in [self._store.value("SELECT link FROM history WHERE seq = ?", one[1].history.seq)]
            if one[1].history.seq and (link is None or link.hex() != one[1].history.link)
        ]
        return max(found, key=lambda one: one[1].history.seq, default=None)

    def _at_known_places(self) -> list[tuple[Path, Label]]:
        noted = self._store.rows("SELECT place FROM backups")
        return [
            one
            for place in sorted({Path(backup).parent for (backup,) in noted})
            for one in find(place, self._keyring.file.vault)
        ]

    def _made(self, target: Path, label: Label) -> None:
        with self._store.transaction():
            self._forget(target)
            self._history.append(self._worker, "backed_up", body={"backup": label.id})
            self._backups.put(Backup(id=label.id, made=label.made, place=str(target)), label.history.seq)

    def _forget(self, target: Path) -> None:
        self._store.run("DELETE FROM unfinished WHERE deed = ?", _BEGUN + str(target))

    def _roll(self, place: Path, made: Path, vault: str, keep: int) -> None:
        """Removes what is older than the newest backups that are kept; one that cannot be read is left alone, as is one
        that this vault did not note itself: it may be the only one of another laptop.

        The one just made stays, whatever other labels say; age is told by the order of the history, not by a clock.
        """
        ours = {backup.id for backup in self._backups.all()}
        others = [found for found in find(place, vault) if found[0] != made and found[1].id in ours]
        for old in sorted(others, key=lambda found: found[1].history.seq, reverse=True)[max(0, keep - 1) :]:
            with contextlib.suppress(OSError):
                (old[0] / NAME).unlink()  # first: what is half gone does not count as a backup
                shutil.rmtree(old[0])
            if not old[0].exists():
                self._backups.gone(old[1].id)


class Begun:
    """A backup that is being written beside its vault, from a connection of its own: answers are saved meanwhile.

    It holds what the vault held at one moment. One thread writes it; any thread may stop it.
    """

    def __init__(self, target: Path, made: str, vault: Path, file: KeyFile, vault_key: bytes, head: Head) -> None:
        self.target, self.unfinished = target, target.with_name(target.name + _UNFINISHED)
        self._made, self._vault, self._file, self._vault_key, self._head = made, vault, file, vault_key, head
        self._stop, self._reading, self._ended = Event(), Lock(), Event()

    @property
    def ended(self) -> bool:
        """Says whether the writing has come to its end, well or not."""
        return self._ended.is_set()

    def write(self, progress: Progress = unwatched, stopped: Callable[[], bool] = lambda: False) -> Label:
        """Copies the vault, looks the copy through to its last page and line, and gives its label; raises Stopped."""
        try:
            return self._write(progress, stopped)
        finally:
            self._ended.set()

    def _write(self, progress: Progress, stopped: Callable[[], bool]) -> Label:
        file, target = self._file, self.unfinished

        def watched(done: int, of: int) -> None:
            if self._stop.is_set() or stopped():
                raise Stopped
            progress(done, of)

        with self._reading:
            watched(0, 1)
            folders.reserve(target / file.database)
            with contextlib.closing(Store(self._vault / file.database, self._vault_key)) as source, source.still():
                source.copy(target / file.database, self._vault_key, watched)
        keyfile.write(target, file)
        cases, head = _looked_through(target, self._vault_key, self._head)
        watched(1, 1)
        with folders.translated(target.name):
            size, digest = (target / file.database).stat().st_size, _sha256(target / file.database)
        watched(1, 1)
        label = Label(
            id=str(uuid.uuid4()),
            vault=file.vault,
            made=self._made,
            cases=cases,
            lines=head.seq,
            history=head,
            database=file.database,
            bytes=size,
            sha256=digest,
        )
        folders.write(target / NAME, encode_file(FORMAT, VERSION, label))
        return label

    def let_go(self) -> None:
        """Stops it, and waits at most for one step of the copying: keys are to be changed, or pages to be written anew."""
        self._stop.set()
        with self._reading:
            pass


def _whole(target: Path, vault: str) -> Label | None:
    """Gives the label of a backup of this vault that is in its place, None when there is none."""
    try:
        label = read(target)
    except CannotOpen:
        return None
    return label if label.vault == vault else None


def _swept(unfinished: Path) -> bool:
    """Removes an unfinished backup, and says whether it is gone; whatever else lies in it stays, and so does its folder."""
    try:
        if not stat.S_ISDIR(unfinished.lstat().st_mode):
            return True  # something else has this name now
        for part in unfinished.iterdir():
            if _OURS.fullmatch(part.name):
                part.unlink()
        unfinished.rmdir()
    except OSError:
        return False  # its stick is away, or something else lies in it
    return True


def read(folder: Path) -> Label:
    """Gives what a backup says of itself; raises Damaged, NotAPackage or Newer when it is incomplete, another thing, newer."""
    if folder.name.endswith(_UNFINISHED):
        raise Damaged(folder.name, "was not finished")
    content = folders.read(folder / NAME, MOST_BYTES)
    if content is None:
        raise NotAPackage(folder.name, f"is no backup, or one that was not finished: {NAME} is missing")
    label = from_bytes(content)
    if not keyfile.is_database_name(label.database):
        raise Damaged(NAME, "does not name a database")
    return label


def from_bytes(content: bytes) -> Label:
    """Reads backup.json; raises Damaged, NotAPackage, Newer or TooLarge."""
    return decode_file(FORMAT, VERSION, Label, content, NAME, MOST_BYTES)


def is_gone(backup: Path) -> bool:
    """Says whether a backup is gone from a place that is at hand; of a stick that is away nothing is known."""
    try:
        return backup.parent.is_dir() and not (backup / NAME).exists()
    except OSError:
        return False


def find(place: Path, vault: str) -> list[tuple[Path, Label]]:
    """Gives the finished backups of a vault in a place, or the one this folder is; none where nothing can be read."""
    found = []
    try:
        folders_here = [place] if (place / NAME).exists() else sorted(place.glob("vault-*"))
    except OSError:
        return []
    for folder in folders_here:
        try:
            label = read(folder)
        except CannotOpen:
            continue
        if label.vault == vault:
            found.append((folder, label))
    return found


def check(folder: Path) -> Label:
    """Raises Damaged unless every byte of a backup is the one that was written; needs no passphrase."""
    label = read(folder)
    file = keyfile.read(folder)[0]
    database = folder / label.database
    if file.vault != label.vault or file.database != label.database:
        raise Damaged(folder.name, "its parts are of different vaults")
    if not database.is_file():
        raise Damaged(label.database, "is missing")
    with folders.translated(folder.name):
        if database.stat().st_size != label.bytes:
            raise Damaged(label.database, f"has {database.stat().st_size} bytes instead of {label.bytes}")
        if _sha256(database) != label.sha256:
            raise Damaged(label.database, "its bytes are not those that were written")
    return label


def restore(backup: Path, folder: Path, progress: Progress = unwatched) -> Label:
    """Makes a vault in a new or empty folder out of a backup, on this or another machine; it opens as it did then.

    Raises as `check` does, WrongInput when there is a vault already, and what the machine refuses: then nothing is left.
    What `progress` raises stops it; it is told bytes.
    """
    label = check(backup)
    database = folder / label.database
    half = database.with_name(database.name + ".new")  # what a killed restoring left is no hindrance
    if folder.exists() and any(path.name not in {folders.LOCK_NAME, half.name} for path in folder.iterdir()):
        raise WrongInput(folder.name, "is not empty", "please choose a new folder; what is there stays as it is")
    folders.make(folder)
    lock = folders.Lock(folder)
    try:
        folders.remove(half)
        folders.reserve(half)
        with folders.translated(folder.name):
            _copy(backup / label.database, half, label.bytes, progress)
            if _sha256(half) != label.sha256:
                raise Damaged(label.database, "was not copied whole")  # noqa: TRY301  one place to clean up
            half.rename(database)
            folders.sync_folder(folder)
        place = backup.absolute()
        beside = [found for found in find(place.parent, label.vault) if found[1].id != label.id]
        there = tuple(Backup(id=one.id, made=one.made, place=str(at)) for at, one in [(place, label), *beside])
        source.keep(folder, there, label.history.seq)
        keyfile.write(folder, keyfile.read(backup)[0])  # from here on it is a vault
    except BaseException:
        folders.remove(half)
        folders.remove_database(database)
        folders.remove(folder / source.NAME)
        raise
    finally:
        lock.release()
    return label


def _looked_through(target: Path, vault_key: bytes, begun: Head) -> tuple[int, Head]:
    """Opens a backup by its own key file, checks every page and line, and gives how many cases are in it, and its head."""
    file = keyfile.read(target)[0]
    keyfile.check_mac(file, vault_key)
    with contextlib.closing(Store(target / file.database, vault_key)) as store:
        slots.check(store, file)
        store.check()
        head = History(store, file.vault, _never).verify(begun)
        cases = int(store.value("SELECT count(*) FROM cases"))
        store.checkpoint()
    if (target / (file.database + "-wal")).exists():
        raise Damaged(target.name, "could not be closed")
    return cases, head


def _never() -> datetime:
    raise AssertionError("nothing is written while a backup is looked through")


def _copy(source: Path, target: Path, size: int, progress: Progress) -> None:
    with source.open("rb") as file, target.open("r+b") as out:
        progress(0, size)
        while piece := file.read(_PIECE):
            out.write(piece)
            progress(out.tell(), size)
        out.flush()
        os.fsync(out.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
