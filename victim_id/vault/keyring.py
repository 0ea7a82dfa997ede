"""Who can open the vault, and how that is changed: workers, recovery sheets, the organisation's key, a new vault key.

Every change holds from the moment the key file is replaced; a program killed before or after leaves a vault that opens.
"""

import contextlib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from victim_id import sealing
from victim_id.errors import NotForYou, WrongInput, WrongPassphrase
from victim_id.record import Record
from victim_id.vault import folder as folders
from victim_id.vault import keyfile, sheets, slots
from victim_id.vault.drawers import Worker, Workers
from victim_id.vault.history import History, Now, written
from victim_id.vault.keyfile import KeyFile, Opened, Slot, SlotKind
from victim_id.vault.limits import Limits
from victim_id.vault.store import Progress, Store, unwatched


class Way(Record, kw_only=True):
    """One way into the vault: a worker's passphrase, the recovery sheets or the organisation's key."""

    slot: str
    kind: SlotKind
    worker: str | None
    made: str


class Opening(NamedTuple):
    """How a vault was opened: where, by which key file, through which slot."""

    folder: Path
    file: KeyFile
    opened: Opened


class KeyRing:
    """The slots of one open vault, changed by the worker who is signed in."""

    def __init__(self, store: Store, opening: Opening, worker: str, now: Now, limits: Limits) -> None:
        self._folder, self._file, self._opened = opening
        self._store, self._worker, self._now, self._limits = store, worker, now, limits
        self._history = History(store, self._file.vault, now)
        self._workers = Workers(store, now)

    @property
    def folder(self) -> Path:
        """Where the vault is."""
        return self._folder

    @property
    def file(self) -> KeyFile:
        """The key file as it stands."""
        return self._file

    @property
    def opened(self) -> Opened:
        """What was opened: never shown, never written."""
        return self._opened

    def ways(self) -> list[Way]:
        """Gives every way into the vault, the oldest first."""
        known = {row[0]: row[1:] for row in self._store.rows("SELECT id, worker, made FROM slots")}
        ways = [
            Way(slot=slot.id, kind=slot.kind, worker=known[slot.id][0], made=known[slot.id][1])
            for slot in self._file.slots
        ]
        return sorted(ways, key=lambda way: way.made)

    # ---- workers

    def add(self, name: str, passphrase: str) -> Worker:
        """Lets one more worker in; they may change the passphrase themselves."""
        self._check_new(name)
        slot = self._slot("worker", sealing.make_pair(), self._wrapping(passphrase))
        with self._store.transaction():
            worker = self._workers.add(name.strip())
            announced = self._announce((*self._file.slots, slot), "worker_added", {"worker": worker.id})
            slots.add(self._store, slot, worker.id, written(self._now()))
        self._publish(announced)
        return worker

    def change(self, old: str, new: str) -> None:
        """Changes the passphrase of the worker who is signed in; raises WrongPassphrase when `old` is not theirs."""
        mine = keyfile.open_with_passphrase(self._file, keyfile.passphrase_key(old, self._file.stretching))
        if mine.slot != self._opened.slot:
            raise WrongPassphrase("passphrase", "is not that of who is signed in")
        pair = sealing.pair_of(self._opened.private)
        slot = self._slot("worker", pair, self._wrapping(new), self._opened.slot)
        changed = tuple(slot if other.id == slot.id else other for other in self._file.slots)
        self._publish(self._announce(changed, "passphrase_changed"))

    def remove(self, worker: str, *, stranding: bool = False) -> None:
        """Takes a worker's way in away; raises WrongInput for oneself, the last one, or who alone can read a limited case.

        With `stranding` the last goes all the same: only the recovery sheets and the organisation's key, if there are any,
        read those cases from then on.

        Whoever kept an old key file still opens old copies of the vault with it: offer `rotate` after it.
        """
        if worker == self._worker:
            raise WrongInput("worker", "is signed in", "somebody else may take this way in away")
        gone = self._limits.slots_of(worker)
        kept = tuple(slot for slot in self._file.slots if slot.id not in gone)
        if not gone:
            raise WrongInput(worker, "has no way into this vault")
        if not any(slot.kind == "worker" for slot in kept):
            raise WrongInput("worker", "is the last one who can open this vault")
        if (alone := self._limits.only_for(gone)) and not stranding:
            raise WrongInput(
                "worker", f"is the only one who can read {alone} limited cases", "they may let others in first"
            )
        self._publish(self._announce(kept, "worker_left", {"worker": worker}))

    def alone(self, worker: str) -> tuple[int, int]:
        """Counts the limited cases that no other worker can read, and those of them that not even the sheets can."""
        gone = self._limits.slots_of(worker)
        return (self._limits.only_for(gone), self._limits.lost_with(gone)) if gone else (0, 0)

    def give_back(self, name: str, passphrase: str, *, new: bool = False) -> Worker:
        """Gives a worker their way in back by whoever holds the sheets or the organisation's key; the former way opens nothing.

        With `new` somebody is let in who was not here. Raises WrongInput for a name that nobody here has, or that a new one may not have.
        """
        known = self._called(name)
        if new:
            self._check_new(name)
        elif known is None:
            raise WrongInput("name", "is that of nobody who can open this vault")
        slot = self._slot("worker", sealing.make_pair(), self._wrapping(passphrase))
        with self._store.transaction():
            worker = known or self._workers.add(name.strip())
            gone = [way.slot for way in self.ways() if way.worker == worker.id]
            kept = (*(other for other in self._file.slots if other.id not in gone), slot)
            slots.add(self._store, slot, worker.id, written(self._now()))
            self._limits.pass_on(gone, slot)
            self._limits.rescue(slot)
            self._worker = worker.id
            announced = self._announce(kept, "way_given_back", {"worker": worker.id, "slot": self._opened.slot})
        self._publish(announced)
        self.admit()
        return worker

    # ---- sheets and the organisation's key

    def make_sheets(self) -> tuple[str, ...]:
        """Makes three recovery sheets, of which any two open the vault; older sheets do not open it any more.

        Limited cases that cannot be read here are opened by them only once `uncovered` is 0.
        """
        pair = sealing.make_pair()
        self._replace("recovery", pair, "sheets_made")
        return sheets.split(pair.private, self._file.vault)

    def rehearse(self, typed: Sequence[str]) -> str:
        """Tries two sheets without opening anything, and gives the time under which it is written down; raises as `sheets.join`.

        `uncovered` tells which limited cases they do not open.
        """
        private = sheets.join(typed, self._file)
        opened = keyfile.open_with_private(self._file, private)
        if opened.vault_key != self._opened.vault_key:
            raise WrongInput("sheets", "open another vault")
        self._limits.through(opened).try_all()
        self._history.append(self._worker, "sheets_rehearsed")
        return written(self._now())

    def uncovered(self) -> int:
        """Counts the limited cases that the present sheets do not open: nobody who can read them has unlocked since."""
        return self._limits.uncovered("recovery")

    def uncovered_by_organisation(self) -> int:
        """Counts the limited cases that the organisation's key does not open."""
        return self._limits.uncovered("organisation")

    def earlier_sheets(self) -> KeyFile:
        """Gives the key file with the earlier sheets in it that alone open such cases; `sheets.look` and `join` take it."""
        slots_then = tuple(
            Slot(id=slot, kind="recovery", public=public, sealed=b"")
            for slot, public in self._limits.former("recovery")
        )
        return msgspec.structs.replace(self._file, slots=slots_then)

    def cover(self, private: bytes) -> int:
        """Lets the present sheets, the organisation's key and the workers named into the limited cases that an earlier
        private key opens, and gives how many are uncovered still; raises NotForYou when it opens none.
        """
        public = sealing.pair_of(private).public
        ways = (*self._limits.former("recovery"), *self._limits.former("organisation"))
        found = [slot for slot, known in ways if known == public]
        if not found:
            raise NotForYou("key", "opens no case that the present ones do not open")
        with self._store.transaction():
            self._history.append(self._worker, "cases_covered")
            for slot in found:
                self._limits.through(Opened(b"", slot, private)).admit()
        return self.uncovered()

    def rehearsed(self) -> str | None:
        """Gives when sheets that still hold were last tried, None when never."""
        found: str | None = self._store.value(
            """SELECT time FROM history WHERE kind = 'sheets_rehearsed'
            AND seq > coalesce((SELECT max(seq) FROM history WHERE kind = 'sheets_made'), 0) ORDER BY seq DESC LIMIT 1"""
        )
        return found

    def sheets_used(self) -> bool:
        """Says whether somebody was let in again since the sheets were made: then they were taken out and seen."""
        return bool(
            self._store.value(
                """SELECT count(*) FROM history WHERE kind = 'way_given_back'
                AND seq > coalesce((SELECT max(seq) FROM history WHERE kind = 'sheets_made'), 0)"""
            )
        )

    def set_organisation(self, public: bytes) -> None:
        """Lets the organisation's own key (X25519, 32 raw bytes) open this vault, in place of an earlier one."""
        if len(public) != sealing.KEY_BYTES:
            raise WrongInput("organisation key", f"is not {sealing.KEY_BYTES} bytes long")
        if public in {slot.public for slot in self._file.slots}:
            raise WrongInput("organisation key", "opens this vault already")
        self._replace("organisation", sealing.KeyPair(b"", public), "organisation_key_set")

    def organisation(self) -> bytes | None:
        """Gives the organisation's public key where it opens this vault."""
        return next((slot.public for slot in self._file.slots if slot.kind == "organisation"), None)

    def forget_organisation(self) -> None:
        """Takes the organisation's way in away; raises WrongInput when there is none."""
        kept = tuple(slot for slot in self._file.slots if slot.kind != "organisation")
        if len(kept) == len(self._file.slots):
            raise WrongInput("organisation key", "there is none")
        self._publish(self._announce(kept, "organisation_key_gone"))

    def admit(self) -> None:
        """Lets sheets, organisation and workers who came back into the limited cases that are readable here."""
        self._limits.admit()

    # ---- a new vault key

    def rotate(self, progress: Progress = unwatched) -> None:
        """Writes the whole vault anew under a new key, checks it, and only then lets the key file name it.

        What `progress` raises stops it and leaves everything as it was.
        """
        name, vault_key = keyfile.new_database_name(), sealing.make_key()
        renewed = msgspec.structs.replace(self._file, database=name, generation=self._file.generation + 1)
        signed = keyfile.with_mac(keyfile.resealed(renewed, vault_key), vault_key)
        with contextlib.ExitStack() as undo:
            undo.callback(folders.remove_database, self._folder / name)
            self._renew(signed, vault_key, progress)
            keyfile.write(self._folder, signed)  # from here on it is the new one, whatever the rest comes to
            undo.pop_all()
            self._file, self._opened = signed, msgspec.structs.replace(self._opened, vault_key=vault_key)
        self._store.become(self._folder / name, vault_key)
        slots.settle(self._store, signed, written(self._now()))
        folders.sweep(self._folder, name)

    # ---- inside

    def _called(self, name: str) -> Worker | None:
        return next((one for one in self._workers.all() if one.name == name.strip() and one.left is None), None)

    def _check_new(self, name: str) -> None:
        if not name.strip():
            raise WrongInput("name", "is empty")
        same = name.strip().casefold()
        if any(one.name.casefold() == same and one.left is None for one in self._workers.all()):
            raise WrongInput("name", "is that of somebody here already", "please add something that tells them apart")

    def _renew(self, signed: KeyFile, vault_key: bytes, progress: Progress) -> None:
        """Makes the new database and looks it through to its last page and line."""
        path = self._folder / signed.database
        folders.reserve(path)
        self._store.copy(path, vault_key, progress)
        with contextlib.closing(Store(path, vault_key)) as fresh, self._store.beside(fresh):
            history = History(fresh, signed.vault, self._now)
            with fresh.transaction():
                history.append(self._worker, "key_renewed")
                slots.announce(fresh, signed)
            fresh.checkpoint()
            fresh.check()
            history.verify(self._history.head())

    def _replace(self, kind: SlotKind, pair: sealing.KeyPair, deed: str) -> None:
        slot = self._slot(kind, pair, None)
        with self._store.transaction():
            announced = self._announce((*(other for other in self._file.slots if other.kind != kind), slot), deed)
            slots.add(self._store, slot, None, written(self._now()))
        self._publish(announced)
        self.admit()

    def _announce(self, changed: tuple[Slot, ...], deed: str, body: dict[str, object] | None = None) -> KeyFile:
        file = msgspec.structs.replace(self._file, slots=changed, generation=self._file.generation + 1)
        signed = keyfile.with_mac(file, self._opened.vault_key)
        with self._store.transaction():
            self._history.append(self._worker, deed, body=body)
            slots.announce(self._store, signed)
        return signed

    def _publish(self, signed: KeyFile) -> None:
        keyfile.write(self._folder, signed)
        self._file = signed  # it holds, whatever the rest comes to
        slots.settle(self._store, signed, written(self._now()))

    def _slot(self, kind: SlotKind, pair: sealing.KeyPair, wrapping: keyfile.Wrapping | None, slot: str = "") -> Slot:
        return keyfile.make_slot(
            slot or str(uuid.uuid4()), kind, self._file.vault, self._opened.vault_key, pair, wrapping
        )

    def _wrapping(self, passphrase: str) -> keyfile.Wrapping:
        """Stretches a new passphrase; one that opens a slot already would hide one of the two workers behind the other."""
        keyfile.check_passphrase(passphrase)
        stretched = keyfile.passphrase_key(passphrase, self._file.stretching)
        try:
            keyfile.open_with_passphrase(self._file, stretched)
        except WrongPassphrase:
            return self._file.stretching, stretched
        raise WrongInput("passphrase", "cannot be used here", "please choose another one")
