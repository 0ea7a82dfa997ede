"""The vault as its owner meets it: made, unlocked, used by one signed-in worker, closed."""

import contextlib
import os
import uuid
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, Self

from victim_id import sealing
from victim_id.errors import CannotOpen, Damaged, Machine, WrongInput, WrongPassphrase
from victim_id.sealing import Effort
from victim_id.vault import folder as folders
from victim_id.vault import keyfile, scrubbing, slots, source
from victim_id.vault.backup import Copying
from victim_id.vault.cases import Cases
from victim_id.vault.drawers import Arrivals, Backups, Cards, Drafts, Editions, Packages, Settings, Worker, Workers
from victim_id.vault.erasure import Erasure
from victim_id.vault.history import History, Now, written
from victim_id.vault.keyfile import KeyFile, Opened
from victim_id.vault.keyring import KeyRing, Opening
from victim_id.vault.limits import Limits
from victim_id.vault.retention import Retention, retention_in
from victim_id.vault.store import Store

Kind = Literal["real", "practice"]


class Vault:
    """One open vault. Made by `create`, `practice` or `unlock`; what it does is done on the thread that made it."""

    def __init__(
        self, store: Store, worker: str, now: Now, lock: folders.Lock | None = None, opening: Opening | None = None
    ) -> None:
        row = store.one("SELECT id, kind FROM vault")
        assert row is not None
        self.id: str = row[0]
        self.kind: Kind = row[1]
        self._store, self._lock, self._now = store, lock, now
        limits = Limits(store, self.id, opening.opened if opening else None)
        self._keyring = KeyRing(store, opening, worker, now, limits) if opening else None
        self.history = History(store, self.id, now, limits)
        self.workers = Workers(store, now)
        self.worker: Worker = self.workers.get(worker)
        self.drafts = Drafts(store, now, limits)
        self.cases = Cases(store, self.history, self.drafts, limits, worker, practice=self.kind == "practice")
        self.editions = Editions(store, now)
        self.cards = Cards(store, now)
        self.packages = Packages(store, now, limits)
        self.received = Arrivals(store, now)
        self.settings = Settings(store)
        self.backups = Backups(store, now)
        self.erasure = Erasure(store, self.history, limits, worker, now)

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Says whether a folder holds a vault."""
        return any((folder / name).exists() for name in (keyfile.NAME, keyfile.SPARE_NAME))

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        worker_name: str,
        *,
        now: Now,
        kind: Kind = "real",
        effort: Effort | None = None,
        floor: Effort | None = None,
    ) -> "Vault":
        """Makes a vault in a new or empty folder and opens it for its first worker.

        Without an effort it is measured here, to about half a second; an effort below `floor` raises WrongInput, as does
        a folder with anything else in it, because only the owner may read the folder from now on.
        """
        effort = effort or sealing.calibrate(memory=machine_memory())
        if not effort.reaches(floor or Effort.floor()):
            raise WrongInput(folder.name, "the passphrase would be stretched too little")
        keyfile.check_passphrase(passphrase)
        if cls.is_in(folder):
            raise WrongInput(folder.name, "there is a vault already")
        if folders.has_other_things(folder):
            raise WrongInput(folder.name, "is not empty", "please choose a new folder; what is there stays as it is")
        folders.make(folder)
        with contextlib.ExitStack() as undo:
            lock = folders.Lock(folder)
            undo.callback(lock.release)
            if cls.is_in(folder):
                raise WrongInput(folder.name, "there is a vault already")
            vault = cls._made(folder, passphrase, worker_name, now, kind, effort, lock)
            undo.pop_all()
        return vault

    @classmethod
    def practice(cls, worker_name: str, *, now: Now) -> "Vault":
        """Makes a vault of kind `practice` in memory; it is gone when it is closed, and leaves nothing on any disk."""
        store = Store(None, sealing.make_key())
        worker = _first_lines(store, str(uuid.uuid4()), "practice", worker_name, now)
        return cls(store, worker.id, now)

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, now: Now) -> "Vault":
        """Opens a vault through the slot of the worker whose passphrase this is.

        Raises WrongPassphrase, Damaged, Newer, InUse, WrongInput when there is no vault, or what the machine refuses.
        """
        if not cls.is_in(folder):
            raise WrongInput(folder.name, "there is no vault here", "please name the folder of a vault")
        with contextlib.ExitStack() as undo:
            lock = folders.Lock(folder)
            undo.callback(lock.release)
            vault = cls._unlocked(folder, passphrase, now, lock)
            undo.pop_all()
        return vault

    @property
    def keyring(self) -> KeyRing:
        """Who can open this vault; raises WrongInput for a practice vault, which nobody opens again."""
        if self._keyring is None:
            raise WrongInput("practice", "is in memory and has no keys of its own")
        return self._keyring

    @classmethod
    def recover(
        cls, folder: Path, private: bytes, worker_name: str, passphrase: str, *, now: Now, new: bool = False
    ) -> "Vault":
        """Opens a vault with a recovery or organisation private key and gives `worker_name` a new passphrase.

        The worker of that name gets their own place back, limited cases included; somebody `new` is let in beside the others.
        Raises as `unlock` and `KeyRing.give_back` do, and NotForYou when the key has no slot here.
        """
        keyfile.check_passphrase(passphrase)
        with contextlib.ExitStack() as undo:
            lock = folders.Lock(folder)
            undo.callback(lock.release)
            file = keyfile.read(folder)[0]
            opened = keyfile.open_with_private(file, private)
            with contextlib.closing(_store_of(folder, file, opened, now)) as store:
                limits = Limits(store, file.vault, opened)
                keyring = KeyRing(store, Opening(folder, file, opened), "", now, limits)
                keyring.give_back(worker_name, passphrase, new=new)
            vault = cls._unlocked(folder, passphrase, now, lock)
            undo.pop_all()
        return vault

    @classmethod
    def people_in(cls, folder: Path, private: bytes, *, now: Now) -> list[Worker]:
        """Gives who can open a closed vault, to whoever holds a recovery or organisation private key; raises as `recover`."""
        with contextlib.ExitStack() as undo:
            lock = folders.Lock(folder)
            undo.callback(lock.release)
            file = keyfile.read(folder)[0]
            store = _store_of(folder, file, keyfile.open_with_private(file, private), now)
            undo.callback(store.close)
            return [worker for worker in Workers(store, now).all() if worker.left is None]

    @property
    def retention(self) -> Retention:
        """After how long cases are due, as it holds here."""
        return retention_in(self._store)

    @property
    def copying(self) -> Copying:
        """Makes backups of this vault; raises WrongInput for a practice vault."""
        return Copying(self._store, self.history, self.backups, self.keyring, self.worker.id, self._now)

    def together(self) -> AbstractContextManager[None]:
        """Makes everything that is kept inside the block durable together, or none of it."""
        return self._store.transaction()

    def rest(self) -> None:
        """Takes new words into the index and empties the write-ahead log into the database, while nobody waits."""
        self.cases.index()
        self._store.checkpoint()

    def interrupt(self) -> None:
        """Stops what is running, from any thread; a scrubbing stays due and is done at the next unlock."""
        self._store.interrupt()

    def close(self) -> None:
        """Closes the vault; what was saved is saved. Closing twice is nothing."""
        self._store.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @classmethod
    def _made(
        cls, folder: Path, passphrase: str, worker_name: str, now: Now, kind: Kind, effort: Effort, lock: folders.Lock
    ) -> "Vault":
        vault, vault_key, slot = str(uuid.uuid4()), sealing.make_key(), str(uuid.uuid4())
        stretching = keyfile.new_stretching(effort)
        wrapping = (stretching, keyfile.passphrase_key(passphrase, stretching))
        database = keyfile.new_database_name()
        folders.reserve(folder / database)
        file = KeyFile(
            vault=vault,
            made=written(now()),
            database=database,
            generation=1,
            stretching=stretching,
            slots=(keyfile.make_slot(slot, "worker", vault, vault_key, sealing.make_pair(), wrapping),),
        )
        with contextlib.ExitStack() as undo:
            store = Store(folder / database, vault_key)
            undo.callback(store.close)
            with store.transaction():
                worker = _first_lines(store, vault, kind, worker_name, now)
                slots.add(store, file.slots[0], worker.id, written(now()))
            file = slots.publish(store, folder, file, vault_key)
            opened = keyfile.open_with_passphrase(file, wrapping[1])
            made = cls(store, worker.id, now, lock, Opening(folder, file, opened))
            undo.pop_all()
        return made

    @classmethod
    def _unlocked(cls, folder: Path, passphrase: str, now: Now, lock: folders.Lock) -> "Vault":
        wrong: list[CannotOpen] = []
        for file in keyfile.read(folder):
            try:
                opened = keyfile.open_with_passphrase(file, keyfile.passphrase_key(passphrase, file.stretching))
                return cls._through(folder, file, opened, now, lock)
            except (WrongPassphrase, Damaged) as error:
                wrong.append(error)
        raise next((error for error in wrong if isinstance(error, WrongPassphrase)), wrong[0])

    @classmethod
    def _through(cls, folder: Path, file: KeyFile, opened: Opened, now: Now, lock: folders.Lock) -> "Vault":
        """Opens the database for the worker whose slot it was."""
        with contextlib.ExitStack() as undo:
            store = _store_of(folder, file, opened, now)
            undo.callback(store.close)
            vault = cls(store, slots.worker_of(store, opened.slot), now, lock, Opening(folder, file, opened))
            vault.history.append(vault.worker.id, "unlocked")
            vault.keyring.admit()
            with contextlib.suppress(Machine):  # no room for it now; it stays noted
                vault.copying.sweep()
                source.note(folder, vault.backups, vault.history.head().seq)
            if scrubbing.is_due(store):
                scrubbing.try_to(store)
            undo.pop_all()
        return vault


def _store_of(folder: Path, file: KeyFile, opened: Opened, now: Now) -> Store:
    """Opens the database, once the key file is what the vault itself knows, and puts right what a kill left half done."""
    keyfile.check_mac(file, opened.vault_key)
    folders.check_not_empty(folder / file.database)
    with contextlib.ExitStack() as undo:
        store = Store(folder / file.database, opened.vault_key)
        undo.callback(store.close)
        slots.check(store, file)
        keyfile.write(folder, file)
        slots.settle(store, file, written(now()))
        folders.sweep(folder, file.database)
        undo.pop_all()
    return store


def machine_memory() -> int:
    """Gives the machine's memory in KiB; where the system does not tell, as much as the floor needs."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024
    except (AttributeError, ValueError, OSError):
        return 3 * Effort.floor().memory


def _first_lines(store: Store, vault: str, kind: Kind, worker_name: str, now: Now) -> Worker:
    with store.transaction():
        store.run("INSERT INTO vault (only, id, kind, made) VALUES (1, ?, ?, ?)", vault, kind, written(now()))
        worker = Workers(store, now).add(worker_name)
        Cards(store, now).make_keys()
        History(store, vault, now).append(worker.id, "vault_made")
    return worker
