"""What can still be read of a vault that lost pages: read as far as SQLite allows, into a new vault; the old stays as it is.

Nothing is guessed: a row is taken over whole or counted as lost.
"""

import contextlib
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from victim_id import sealing
from victim_id.errors import Damaged, WrongInput
from victim_id.record import Record
from victim_id.vault import folder as folders
from victim_id.vault import keyfile, slots
from victim_id.vault.history import History, Now, written
from victim_id.vault.keyfile import KeyFile, Opened
from victim_id.vault.store import Progress, Row, Store, dbapi2, raw_key, unwatched
from victim_id.vault.words import Words

_BY_NUMBER = {  # the column that numbers the rows, and the others; in an order in which each row finds what it refers to
    "workers": ("rowid", "id, name, made, left"),
    "history": ("seq", "seq, time, clock_doubt, worker, case_id, kind, commitment, link"),
    "history_bodies": ("seq", "seq, salt, body"),
    "sealed_bodies": ("seq", "seq, sealed"),
    "cases": (
        "n",
        """n, id, limited, held, code, state, changed, setting, place, kind, level, urgent, danger_now, child,
        asked, askable, next_step, due, outcome""",
    ),
    "documents": ("n", "n, document"),
    "looks": ("n", "n, day"),
    "words": ("rowid", "rowid, text"),
    "waiting": ("n", "n, text"),
    "editions": ("rowid", "fingerprint, id, number, kept, archive"),
    "cards": ("rowid", "id, kind, made, card"),
    "own_keys": ("number", "number, made, identity, recipient, signing_number, signing_secret"),
    "received": ("rowid", "package, time, content"),
}
_BY_KEY = {
    "holds": ("case_id", "case_id, since, worker, reason"),
    "sealed_reasons": ("case_id", "case_id, sealed"),
    "backups": ("id", "id, made, place, seq, gone"),
    "case_keys": ("case_id, slot", "case_id, slot, sealed"),
    "drafts": ("case_id, question", "case_id, question, draft, changed"),
    "positions": ("case_id", "case_id, position"),
    "packages": ("id, direction", "id, direction, time, other, case_id"),
    "settings": ("key", "key, value"),
    "former_slots": ("id", "id, kind, public, worker"),
}
_OF_CASES = {"documents", "looks", "words", "waiting"}
_LOOKED_AT = """INSERT OR IGNORE INTO looks (n, day) SELECT n, strftime('%Y-%m-%d', coalesce((
    SELECT max(time) FROM history WHERE case_id = cases.id AND kind NOT IN ('read', 'refused')
), 'now'), '+1 year') FROM cases WHERE limited = 1"""
"""Gives a limited case whose day is lost one that is late enough: without any it could never be erased once nobody reads it."""
_WINDOW = 200
_SILENCE = 100  # numbers tried in vain before the rest counts as lost


class Salvaged(Record, kw_only=True):
    """What was found: cases that are whole, the codes of those that are not, lines of the history, drafts."""

    cases: int
    lost: tuple[str, ...]
    lines: int
    drafts: int


class Wreck:
    """A database that may be read here and there. After a page that is not authentic it must be opened anew."""

    def __init__(self, path: Path, vault_key: bytes) -> None:
        self._path, self._key = path, vault_key
        self._connection = _forgiving(path, vault_key)

    def rows(self, sql: str) -> list[Row] | None:
        """Gives all rows of a query, None where one of them cannot be read."""
        try:
            found: list[Row] = self._connection.execute(sql).fetchall()
        except dbapi2.Error:
            self._again()
            return None
        return found

    def walk(self, sql: str) -> Iterator[Row]:
        """Gives the rows of a query up to the first that cannot be read."""
        try:
            cursor = self._connection.execute(sql)
            while row := cursor.fetchone():
                yield row
        except dbapi2.Error:
            self._again()

    def close(self) -> None:
        """Closes the database."""
        self._connection.close()

    def _again(self) -> None:
        self.close()
        self._connection = _forgiving(self._path, self._key)


def salvage(source: Path, passphrase: str, target: Path, *, now: Now, progress: Progress = unwatched) -> Salvaged:
    """Makes a new vault in a new or empty folder out of what can be read of a damaged one; it opens as the old one did.

    Raises as `Vault.unlock` does where not even the key file, or not one page, can be read. What `progress` raises
    stops it; then nothing is left.
    """
    if target.exists() and any(target.iterdir()):
        raise WrongInput(target.name, "is not empty", "please choose a new folder")
    file = keyfile.read(source)[0]
    opened = keyfile.open_with_passphrase(file, keyfile.passphrase_key(passphrase, file.stretching))
    keyfile.check_mac(file, opened.vault_key)
    if not (source / file.database).is_file():
        raise Damaged(file.database, "is missing")
    folders.make(target)
    copy = target / "damaged"
    try:
        with folders.translated(target.name):
            for suffix in ("", "-wal"):
                if (source / (file.database + suffix)).exists():
                    shutil.copyfile(source / (file.database + suffix), copy.with_name(copy.name + suffix))
        with contextlib.closing(Wreck(copy, opened.vault_key)) as damaged:
            return _renew(damaged, file, opened, target, now, progress)
    except BaseException:
        for path in target.glob("vault*"):
            path.unlink()
        raise
    finally:
        folders.remove_database(copy)


def _renew(damaged: Wreck, file: KeyFile, opened: Opened, target: Path, now: Now, progress: Progress) -> Salvaged:
    name, vault_key = keyfile.new_database_name(), sealing.make_key()
    renewed = msgspec.structs.replace(file, database=name, generation=file.generation + 1)
    signed = keyfile.with_mac(keyfile.resealed(renewed, vault_key), vault_key)
    folders.reserve(target / name)
    with contextlib.closing(Store(target / name, vault_key)) as store:
        with store.transaction():
            store.run("INSERT INTO vault (only, id, kind, made) VALUES (1, ?, 'real', ?)", file.vault, file.made)
            lost = _take_over(damaged, store, progress)
            worker = _let_in(damaged, store, file, opened, written(now()))
            found = Salvaged(
                cases=int(store.value("SELECT count(*) FROM cases")),
                lost=tuple(lost),
                lines=int(store.value("SELECT count(*) FROM history")),
                drafts=int(store.value("SELECT count(*) FROM drafts")),
            )
            body: dict[str, object] = {"cases": found.cases, "lost": len(lost), "lines": found.lines}
            History(store, file.vault, now).append(worker, "salvaged", body=body)
            slots.announce(store, signed)
        store.checkpoint()
        store.check()
    keyfile.write(target, signed)
    return found


def _take_over(damaged: Wreck, store: Store, progress: Progress) -> list[str]:
    """Copies every table as far as it can be read, and gives the codes of cases without a document."""
    tables = len(_BY_NUMBER) + len(_BY_KEY)
    for done, (table, (number, columns)) in enumerate(_BY_NUMBER.items()):
        wanted = [row[0] for row in store.rows("SELECT n FROM cases ORDER BY n")] if table in _OF_CASES else None
        rows = _numbered(damaged, table, number, columns, wanted)
        for row in _before_a_gap(rows) if table == "history" else rows:
            progress(done, tables)
            _put(store, table, columns, row)
    for done, (table, (key, columns)) in enumerate(_BY_KEY.items(), len(_BY_NUMBER)):
        progress(done, tables)
        for row in _keyed(damaged, table, key, columns):
            _put(store, table, columns, row)
    lost = store.rows("SELECT code, n FROM cases WHERE n NOT IN (SELECT n FROM documents) ORDER BY n")
    for _, number in lost:
        Words(store).drop(number)
        store.run("DELETE FROM looks WHERE n = ?", number)
        store.run("DELETE FROM cases WHERE n = ?", number)
    store.run(_LOOKED_AT)
    return [row[0] for row in lost]


def _before_a_gap(lines: Iterator[Row]) -> Iterator[Row]:
    """Gives the lines of the history up to the first that is missing: those after it hang on nothing."""
    for seq, line in enumerate(lines, 1):
        if line[0] != seq:
            return
        yield line


def _put(store: Store, table: str, columns: str, row: Row) -> None:
    """Inserts a row where it still has its place: the body of a line that is missing has none."""
    marks = ", ".join("?" * len(row))
    with contextlib.suppress(dbapi2.IntegrityError):
        store.run(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})", *row)  # noqa: S608  our own words


def _let_in(damaged: Wreck, store: Store, file: KeyFile, opened: Opened, now: str) -> str:
    """Writes the list of slots from the key file; a worker whose name is lost is called by their slot."""
    known = {row[0]: (row[1], row[2]) for row in _numbered(damaged, "slots", "rowid", "id, worker, made")}
    for slot in file.slots:
        worker, made = known.get(slot.id, (None, now))
        if slot.kind == "worker":
            worker = worker or slot.id
            _put(store, "workers", "id, name, made, left", (worker, slot.id[:8], now, None))
        slots.add(store, slot, worker, made)
    return slots.worker_of(store, opened.slot)


def _numbered(damaged: Wreck, table: str, number: str, columns: str, wanted: list[int] | None = None) -> Iterator[Row]:
    """Gives the readable rows of a table: upwards to the first gap, downwards to the last, then one by one between.

    Between, the numbers that are `wanted` are tried, or all until nothing answers any more.
    """
    low, high = 0, None
    for row in _walk(damaged, table, number, columns, downwards=False):
        low = row[0]
        yield row[1:]
    for row in _walk(damaged, table, number, columns, downwards=True, above=low):
        high = row[0]
        yield row[1:]
    silence = 0
    for at in count(low + 1) if wanted is None else [one for one in wanted if one > low]:
        if at == high or (wanted is None and silence == _SILENCE):
            return
        found = damaged.rows(f"SELECT {columns} FROM {table} WHERE {number} = {at:d}")  # noqa: S608  our own words
        silence = 0 if found else silence + 1
        yield from found or []


def _walk(damaged: Wreck, table: str, number: str, columns: str, *, downwards: bool, above: int = 0) -> Iterator[Row]:
    at, window = (None if downwards else above), _WINDOW
    order = "DESC" if downwards else "ASC"
    while True:
        where = f"{number} > {above:d}" + (
            f" AND {number} {'<' if downwards else '>'} {at:d}" if at is not None else ""
        )
        rows = damaged.rows(
            f"SELECT {number}, {columns} FROM {table} WHERE {where} ORDER BY {number} {order} LIMIT {window:d}"  # noqa: S608
        )
        if rows is None:
            if window == 1:
                return
            window = max(1, window // 4)
            continue
        if not rows:
            return
        at = rows[-1][0]
        yield from rows


def _keyed(damaged: Wreck, table: str, key: str, columns: str) -> Iterator[Row]:
    for order in ("", " DESC"):
        terms = ", ".join(f"{name}{order}" for name in key.split(", "))
        yield from damaged.walk(f"SELECT {columns} FROM {table} ORDER BY {terms}")  # noqa: S608  our own words


def _forgiving(path: Path, vault_key: bytes) -> Any:
    """Opens a database that is shorter than it says of itself; raises Damaged when not even its first page can be read."""
    connection: Any = dbapi2.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.set_key(raw_key(vault_key))
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA writable_schema = ON")  # lets SQLite read what is shorter than its header says
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.Error:
        connection.close()
        raise Damaged(path.name, "not even its first page can be read") from None
    return connection
