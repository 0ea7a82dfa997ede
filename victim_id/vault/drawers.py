"""The vault's smaller drawers: drafts, editions, keys and cards, packages seen and taken in, settings, workers."""

import base64
import uuid
from typing import Any, Literal

import msgspec

from victim_id import sealing
from victim_id.errors import SeenBefore, WrongInput
from victim_id.record import Record, encode
from victim_id.sealing import Identity, SigningKey
from victim_id.vault.history import Now, written
from victim_id.vault.limits import Limits
from victim_id.vault.store import Store

CardKind = Literal["own", "recipient", "sender"]
Direction = Literal["in", "out"]
_SEALED = "sealed"


class Drafts:
    """Half-typed answers and the page each case was left at; not answers, and not in the history."""

    def __init__(self, store: Store, now: Now, limits: Limits) -> None:
        self._store, self._now, self._limits = store, now, limits

    def put(self, case: str, question: str, draft: str) -> None:
        """Keeps what is typed so far; an empty draft is none."""
        if self._limits.key(case) is not None:
            self._put_sealed(case, {**self.of(case), question: draft})
            return
        if not draft:
            self.drop(case, question)
            return
        with self._store.transaction():
            self._write(case, question, draft)

    def of(self, case: str) -> dict[str, str]:
        """Gives the half-typed answers of a case by question."""
        rows: dict[str, str] = dict(self._store.rows("SELECT question, draft FROM drafts WHERE case_id = ?", case))
        if self._limits.key(case) is not None:
            sealed = base64.b64decode(rows.get(_SEALED, ""))
            return msgspec.json.decode(self._limits.open(case, sealed, "drafts"), type=dict[str, str]) if sealed else {}
        return rows

    def drop(self, case: str, question: str) -> None:
        """Forgets a draft, because it has become an answer or was taken back."""
        if self._limits.key(case) is not None:
            self._put_sealed(case, {name: text for name, text in self.of(case).items() if name != question})
            return
        with self._store.transaction():
            self._store.run("DELETE FROM drafts WHERE case_id = ? AND question = ?", case, question)

    def put_position(self, case: str, position: str) -> None:
        """Keeps where in a case the worker is, in the caller's own words."""
        if self._limits.key(case) is not None:
            position = base64.b64encode(self._limits.seal(case, position.encode(), "position")).decode()
        with self._store.transaction():
            self._store.run("INSERT OR REPLACE INTO positions (case_id, position) VALUES (?, ?)", case, position)

    def position(self, case: str) -> str | None:
        """Gives where in a case the worker was."""
        found: str | None = self._store.value("SELECT position FROM positions WHERE case_id = ?", case)
        if found is not None and self._limits.key(case) is not None:
            return self._limits.open(case, base64.b64decode(found), "position").decode()
        return found

    def take(self, case: str) -> tuple[dict[str, str], str | None]:
        """Takes drafts and position out, to be put back under another key or none."""
        taken = self.of(case), self.position(case)
        self._store.run("DELETE FROM drafts WHERE case_id = ?", case)
        self._store.run("DELETE FROM positions WHERE case_id = ?", case)
        return taken

    def put_back(self, case: str, drafts: dict[str, str], position: str | None) -> None:
        """Puts back what `take` gave."""
        for question, draft in drafts.items():
            self.put(case, question, draft)
        if position is not None:
            self.put_position(case, position)

    def _put_sealed(self, case: str, drafts: dict[str, str]) -> None:
        """A limited case keeps all its drafts under one seal: even which questions they answer is not told."""
        kept = {question: text for question, text in drafts.items() if text}
        with self._store.transaction():
            self._store.run("DELETE FROM drafts WHERE case_id = ?", case)
            if kept:
                self._write(case, _SEALED, base64.b64encode(self._limits.seal(case, encode(kept), "drafts")).decode())

    def _write(self, case: str, question: str, draft: str) -> None:
        self._store.run(
            "INSERT OR REPLACE INTO drafts (case_id, question, draft, changed) VALUES (?, ?, ?, ?)",
            *(case, question, draft, written(self._now())),
        )


class Edition(Record):
    """An edition of the instrument that was used in this vault."""

    fingerprint: str
    id: str
    number: str
    kept: str


class Editions:
    """The editions that cases of this vault were asked with, as whole archives: a case is for ever read with its own."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store, self._now = store, now

    def put(self, edition: str, number: str, fingerprint: str, archive: bytes) -> None:
        """Keeps an edition; the same fingerprint again is nothing."""
        if self._store.one("SELECT 1 FROM editions WHERE fingerprint = ?", fingerprint) is None:
            with self._store.transaction():
                self._store.run(
                    "INSERT INTO editions (fingerprint, id, number, kept, archive) VALUES (?, ?, ?, ?, ?)",
                    *(fingerprint, edition, number, written(self._now()), archive),
                )

    def archive(self, fingerprint: str) -> bytes:
        """Gives the archive of an edition."""
        found = self._store.value("SELECT archive FROM editions WHERE fingerprint = ?", fingerprint)
        if found is None:
            raise WrongInput(fingerprint, "no such edition is kept in this vault")
        return bytes(found)

    def all(self) -> list[Edition]:
        """Gives the editions that are kept, the oldest first."""
        return [
            Edition(*row)
            for row in self._store.rows("SELECT fingerprint, id, number, kept FROM editions ORDER BY kept, number")
        ]


class Keys(Record):
    """The vault's own keys: one to open what is sent here, one to sign what leaves."""

    identity: Identity
    signing: SigningKey


class Cards:
    """The vault's own keys, and the cards of those it writes to and hears from."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store, self._now = store, now

    def make_keys(self) -> Keys:
        """Makes new own keys; older ones stay, to open what was sealed for them."""
        keys = Keys(sealing.make_identity(), sealing.make_signing_key())
        with self._store.transaction():
            self._store.run(
                "INSERT INTO own_keys (made, identity, recipient, signing_number, signing_secret) VALUES (?, ?, ?, ?, ?)",
                *(
                    written(self._now()),
                    keys.identity.secret,
                    keys.identity.recipient,
                    keys.signing.number,
                    keys.signing.secret,
                ),
            )
        return keys

    def keys(self) -> list[Keys]:
        """Gives the own keys, those in use first."""
        rows = self._store.rows(
            "SELECT identity, recipient, signing_number, signing_secret FROM own_keys ORDER BY number DESC"
        )
        return [Keys(Identity(row[0], row[1]), SigningKey(row[2], row[3])) for row in rows]

    def put(self, card: str, kind: CardKind, content: bytes) -> None:
        """Keeps a card under an id of the caller's choice, usually its age recipient."""
        with self._store.transaction():
            self._store.run(
                "INSERT OR REPLACE INTO cards (id, kind, made, card) VALUES (?, ?, ?, ?)",
                *(card, kind, written(self._now()), content),
            )

    def all(self, kind: CardKind) -> dict[str, bytes]:
        """Gives the cards of one kind by id, in the order they came."""
        return dict(self._store.rows("SELECT id, card FROM cards WHERE kind = ? ORDER BY made, id", kind))

    def drop(self, card: str) -> None:
        """Forgets a card."""
        with self._store.transaction():
            self._store.run("DELETE FROM cards WHERE id = ?", card)


class Passed(Record, kw_only=True):
    """A package that went out or came in: when, to or from whom, about which case of ours."""

    id: str
    direction: Direction
    time: str
    other: str
    case: str | None


class Packages:
    """Which packages passed, so that the same one is not taken in twice."""

    def __init__(self, store: Store, now: Now, limits: Limits) -> None:
        self._store, self._now, self._limits = store, now, limits

    def put(self, package: str, direction: Direction, other: str, case: str | None = None) -> None:
        """Notes a package; raises SeenBefore when it passed in this direction already. It does not tell of a limited case."""
        if case is not None and self._limits.is_limited(case):
            case = None
        with self._store.transaction():
            if self.seen(package, direction):
                raise SeenBefore(package, "this package was taken in earlier")
            self._store.run(
                "INSERT INTO packages (id, direction, time, other, case_id) VALUES (?, ?, ?, ?, ?)",
                *(package, direction, written(self._now()), other, case),
            )

    def seen(self, package: str, direction: Direction = "in") -> bool:
        """Says whether a package passed before."""
        return self._store.one("SELECT 1 FROM packages WHERE id = ? AND direction = ?", package, direction) is not None

    def all(self, *, case: str | None = None, offset: int = 0, limit: int = 100) -> list[Passed]:
        """Gives a window of the packages, the newest first, of one case or of all."""
        rows = self._store.rows(
            f"""SELECT id, direction, time, other, case_id FROM packages {"WHERE case_id = ?" if case else ""}
            ORDER BY time DESC, id LIMIT ? OFFSET ?""",  # noqa: S608  only our own words
            *((case,) if case else ()),
            *(limit, offset),
        )
        return [Passed(id=row[0], direction=row[1], time=row[2], other=row[3], case=row[4]) for row in rows]


class Arrival(Record, kw_only=True):
    """What a package held when it was opened here: when it came, and its content in the caller's own form."""

    package: str
    time: str
    content: bytes


class Arrivals:
    """The packages that were taken in, opened: the vault's own encryption is what seals them from now on."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store, self._now = store, now

    def put(self, package: str, content: bytes) -> None:
        """Keeps what a package held; raises SeenBefore when it is kept already."""
        with self._store.transaction():
            if self._store.one("SELECT 1 FROM received WHERE package = ?", package) is not None:
                raise SeenBefore(package, "this package was taken in earlier")
            self._store.run(
                "INSERT INTO received (package, time, content) VALUES (?, ?, ?)",
                *(package, written(self._now()), content),
            )

    def get(self, package: str) -> Arrival:
        """Gives what a package held."""
        row = self._store.one("SELECT package, time, content FROM received WHERE package = ?", package)
        if row is None:
            raise WrongInput(package, "was not taken in here")
        return Arrival(package=row[0], time=row[1], content=bytes(row[2]))

    def all(self, *, offset: int = 0, limit: int = 100) -> list[Arrival]:
        """Gives a window of what was taken in, the newest first."""
        rows = self._store.rows(
            "SELECT package, time, content FROM received ORDER BY time DESC, rowid DESC LIMIT ? OFFSET ?", limit, offset
        )
        return [Arrival(package=row[0], time=row[1], content=bytes(row[2])) for row in rows]

    def until(self, time: str) -> list[str]:
        """Gives the packages that were taken in until a time (UTC) and are still kept, the oldest first."""
        return [row[0] for row in self._store.rows("SELECT package FROM received WHERE time <= ? ORDER BY time", time)]


class Backup(Record, kw_only=True):
    """A backup that was made: when, and in which folder."""

    id: str
    made: str
    place: str


class Backups:
    """Where backups of this vault were put, so that what is erased here can be replaced there."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store, self._now = store, now

    def put(self, backup: Backup, seq: int) -> None:
        """Notes a backup that holds the history up to line `seq`; one that was noted elsewhere or as gone is here now."""
        with self._store.transaction():
            self._store.run(
                "INSERT OR REPLACE INTO backups (id, made, place, seq) VALUES (?, ?, ?, ?)",
                *(backup.id, backup.made, backup.place, seq),
            )

    def gone(self, backup: str) -> None:
        """Notes that a backup was replaced, destroyed or lost for good."""
        with self._store.transaction():
            self._store.run("UPDATE backups SET gone = ? WHERE id = ?", written(self._now()), backup)

    def all(self) -> list[Backup]:
        """Gives the backups not known to be gone, the newest first."""
        rows = self._store.rows(
            "SELECT id, made, place FROM backups WHERE gone IS NULL ORDER BY seq DESC, made DESC, id"
        )
        return [Backup(id=row[0], made=row[1], place=row[2]) for row in rows]


class Settings:
    """A few values by key, as JSON: what belongs to this vault and is no case."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, key: str, value: Any) -> None:
        """Keeps a plain value."""
        with self._store.transaction():
            self._store.run("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", key, encode(value).decode())

    def get(self, key: str, default: Any = None) -> Any:
        """Gives a value, or the default."""
        found = self._store.value("SELECT value FROM settings WHERE key = ?", key)
        return default if found is None else msgspec.json.decode(found)

    def all(self) -> dict[str, Any]:
        """Gives every value by key."""
        rows = self._store.rows("SELECT key, value FROM settings ORDER BY key")
        return {key: msgspec.json.decode(value) for key, value in rows}


class Worker(Record):
    """Somebody who works or worked with this vault; the name stands only inside it. `left` is a time or None."""

    id: str
    name: str
    made: str
    left: str | None = None


class Workers:
    """Who may open, or could open, this vault."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store, self._now = store, now

    def add(self, name: str) -> Worker:
        """Adds a worker; the slot is the key ring's matter."""
        worker = Worker(str(uuid.uuid4()), name, written(self._now()))
        with self._store.transaction():
            self._store.run(
                "INSERT INTO workers (id, name, made) VALUES (?, ?, ?)", worker.id, worker.name, worker.made
            )
        return worker

    def rename(self, worker: str, name: str) -> None:
        """Gives a worker another name."""
        with self._store.transaction():
            self._store.run("UPDATE workers SET name = ? WHERE id = ?", name, worker)

    def get(self, worker: str) -> Worker:
        """Gives a worker by id."""
        row = self._store.one("SELECT id, name, made, left FROM workers WHERE id = ?", worker)
        if row is None:
            raise WrongInput(worker, "is no worker of this vault")
        return Worker(*row)

    def all(self) -> list[Worker]:
        """Gives everybody who is or was a worker of this vault, the first one first."""
        return [Worker(*row) for row in self._store.rows("SELECT id, name, made, left FROM workers ORDER BY rowid")]
