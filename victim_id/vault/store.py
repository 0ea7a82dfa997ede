"""One open SQLCipher database: keyed, hardened, migrated, and changed only inside transactions."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2

from victim_id import sealing
from victim_id.errors import Damaged, DiskFull, Failure, InUse, Machine, Newer, ReadOnly
from victim_id.vault import folder as folders
from victim_id.vault import schema

Row = tuple[Any, ...]
Progress = Callable[[int, int], None]
"""Is told how much is done of how much; what it raises stops the deed, which then leaves nothing behind."""
dbapi2: Any = sqlcipher3.dbapi2  # compiled, without types

_HARDENED = (
    "PRAGMA cipher_compatibility = 4",
    "PRAGMA cipher_memory_security = ON",
    "PRAGMA temp_store = MEMORY",  # a temporary file under SQLCipher is plain text
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",
    "PRAGMA cell_size_check = ON",
    "PRAGMA busy_timeout = 2000",
    "PRAGMA cache_size = -32000",  # KiB: an answer in a large vault touches pages all over it
)
_ALL_OR_NOTHING = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")
"""For a file that counts only once it is whole, synced and looked through."""
_IN_MEMORY = ":memory:"
_COPIED_PAGES = 500  # 2 MB between two looks at whether somebody wants it stopped
_LOG_PAGES = 16_000  # 64 MB


def unwatched(_done: int, _of: int) -> None:
    """Lets something go on that nobody watches."""


class Store:
    """The database behind a vault. One thread opens, uses and closes it; any thread may interrupt it."""

    def __init__(self, path: Path | None, vault_key: bytes, migrations: tuple[str, ...] | None = None) -> None:
        self._path = path
        self._where = path.name if path else _IN_MEMORY
        self._connection: Any = None
        self._closing, self._stop_copying = threading.Lock(), threading.Event()
        self._beside: Store | None = None
        self._temporary: list[Callable[[], None]] = []
        try:
            with self._translated():
                self._connection = _connect(path, vault_key, self._where)
                self._migrate(schema.MIGRATIONS if migrations is None else migrations)
        except BaseException:
            self.close()
            raise

    @property
    def where(self) -> str:
        """The name of the database file, which tells nothing."""
        return self._where

    @property
    def connection(self) -> Any:
        """The connection itself, for the rooms that copy whole databases."""
        return self._connection

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """Gives all rows of a query."""
        with self._translated():
            found: list[Row] = self._connection.execute(sql, values).fetchall()
            return found

    def one(self, sql: str, *values: Any) -> Row | None:
        """Gives the first row of a query, None when there is none."""
        with self._translated():
            found: Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def value(self, sql: str, *values: Any) -> Any:
        """Gives the first value of the first row, None when there is none."""
        row = self.one(sql, *values)
        return None if row is None else row[0]

    def run(self, sql: str, *values: Any) -> int:
        """Changes something inside a transaction and gives the number of rows changed."""
        assert self._connection.in_transaction, "a change outside a transaction"
        with self._translated():
            changed: int = self._connection.execute(sql, values).rowcount
            return changed

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Makes everything inside durable together when it ends, or none of it; inside another transaction it joins that one."""
        if self._connection.in_transaction:
            yield
            return
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has ended it already
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def still(self) -> Iterator[None]:
        """Reads everything inside the block as it was at its beginning, while other connections go on writing."""
        self.rows("BEGIN")
        try:
            self.value("SELECT count(*) FROM sqlite_master")
            yield
        finally:
            self.rows("ROLLBACK")

    def checkpoint(self) -> None:
        """Moves everything from the write-ahead log into the database and empties the log."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy(self, path: Path, vault_key: bytes, progress: Progress = unwatched) -> None:
        """Copies every page into a new database file under another or the same key, whole and durable when this returns."""
        needed = int(self.value("PRAGMA page_count")) * int(self.value("PRAGMA page_size"))
        with self._translated():
            target = _connect(path, vault_key, path.name, logged=False)
        self._stop_copying.clear()
        try:
            with path.open("r+b") as written:

                def step(_: int, left: int, of: int) -> None:
                    if self._stop_copying.is_set():
                        raise self._interrupted()
                    os.fsync(written.fileno())  # little by little: nobody who saves an answer waits for all of it
                    progress(of - left, of)

                for pragma in _ALL_OR_NOTHING:
                    target.execute(pragma).fetchall()
                self._connection.backup(target, pages=_COPIED_PAGES, progress=step)
                os.fsync(written.fileno())
        except OSError as error:
            raise folders.failure(error, path.name) from None
        except dbapi2.Error as error:  # copying gives no code, and either of the two places may have failed
            raise self._failure(error) or folders.refusal(path.parent, 0, needed) from None
        finally:
            target.close()

    def become(self, path: Path, vault_key: bytes) -> None:
        """Goes on with another database in place of this one."""
        self.close()
        self._path, self._where = path, path.name
        with self._translated():
            self._connection = _connect(path, vault_key, self._where)
        for fill in self._temporary:
            fill()

    def temporary(self, fill: Callable[[], None]) -> None:
        """Lets something be made in memory beside the tables, now and whenever another database takes their place."""
        self._temporary.append(fill)
        fill()

    def check(self) -> None:
        """Raises Damaged unless every page is authentic and the tables and indices agree."""
        forged = self.rows("PRAGMA cipher_integrity_check")
        if forged:
            raise Damaged(self._where, f"{len(forged)} pages are not those that were written")
        found = self.value("PRAGMA integrity_check(1)")
        if found != "ok":
            raise Damaged(self._where, "tables and indices do not agree")

    def close(self) -> None:
        """Closes the database; SQLite checkpoints the log when it can. Closing twice is nothing."""
        with self._closing:
            connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(dbapi2.Error):
                connection.close()

    def interrupt(self) -> None:
        """Stops what runs now, from any thread: the statement's transaction, or the copy, leaves nothing behind and raises Machine."""
        self._stop_copying.set()
        with self._closing:
            beside = self._beside
            if self._connection is not None:
                self._connection.interrupt()
        if beside is not None:
            beside.interrupt()

    @contextlib.contextmanager
    def beside(self, other: "Store") -> Iterator[None]:
        """Lets whoever interrupts this store interrupt another one too, which works for it."""
        self._beside = other
        try:
            yield
        finally:
            self._beside = None

    def _interrupted(self) -> Machine:
        return Machine(self._where, "was interrupted")

    def _migrate(self, migrations: tuple[str, ...]) -> None:
        found = self.value("PRAGMA user_version")
        if found > len(migrations):
            raise Newer(
                self._where, f"written by a later version of the program ({found}; this reads up to {len(migrations)})"
            )
        for number, migration in enumerate(migrations[found:], found + 1):
            with self.transaction():
                for statement in statements(migration):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {number:d}")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except dbapi2.Error as error:
            failure = self._failure(error)
            if failure is None:
                raise
            raise failure from None

    def _failure(self, error: Exception) -> Failure | None:
        """Gives our error for one of SQLite's, None for a bug."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        simple: dict[int, Callable[[], Failure]] = {
            dbapi2.SQLITE_FULL: lambda: DiskFull(self._where, "no room left"),
            dbapi2.SQLITE_READONLY: lambda: ReadOnly(self._where, "may not be written"),
            dbapi2.SQLITE_PERM: lambda: ReadOnly(self._where, "may not be opened"),
            dbapi2.SQLITE_CORRUPT: lambda: Damaged(self._where, "pages are not those that were written"),
            dbapi2.SQLITE_NOTADB: lambda: Damaged(self._where, "does not open with the vault's key"),
            dbapi2.SQLITE_BUSY: lambda: InUse(self._where, "another program has it open"),
            dbapi2.SQLITE_INTERRUPT: self._interrupted,
            dbapi2.SQLITE_NOMEM: lambda: Machine(self._where, "not enough memory"),
            dbapi2.SQLITE_IOERR: self._refused,
            dbapi2.SQLITE_CANTOPEN: self._refused,
        }
        return simple[code]() if code in simple else None

    def _refused(self) -> Failure:
        if self._path is None:
            return Machine(self._where, "the memory could not be used")
        if not self._path.exists():
            return Damaged(self._where, "is missing")
        sizes = [path.stat().st_size for path in self._path.parent.glob(self._path.name + "*")]
        return folders.refusal(self._path.parent, max(sizes, default=0))


def statements(script: str) -> Iterator[str]:
    """Gives the single statements of a script; triggers with their own semicolons stay whole."""
    whole = ""
    for part in script.split(";"):
        whole += part + ";"
        if dbapi2.complete_statement(whole):
            if whole.strip(" \n;"):
                yield whole.strip()
            whole = ""


def raw_key(vault_key: bytes) -> str:
    """Gives a key in the spelling that tells SQLCipher not to stretch it."""
    assert len(vault_key) == sealing.KEY_BYTES
    return f"x'{vault_key.hex()}'"


def _connect(path: Path | None, vault_key: bytes, where: str, *, logged: bool = True) -> Any:
    # An address with mode=rw never makes a file: a missing database is noticed instead of replaced by an empty one.
    address = f"{path.resolve().as_uri()}?mode=rw" if path else _IN_MEMORY
    connection: Any = dbapi2.connect(address, uri=path is not None, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # before the key: errors would go to stderr
        connection.set_key(raw_key(vault_key))
        for pragma in _HARDENED:
            connection.execute(pragma).fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _assert_nothing_in_clear(connection, where)
        if logged:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA synchronous = FULL").fetchall()
        # The log is emptied when the vault rests, not while somebody waits for an answer to be saved.
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES:d}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _assert_nothing_in_clear(connection: Any, where: str) -> None:
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if not options & {"TEMP_STORE=2", "TEMP_STORE=3"} or connection.execute("PRAGMA temp_store").fetchone()[0] != 2:
        raise Machine(where, "this build of SQLCipher would write temporary files in clear")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise Machine(where, "this build of SQLite does not encrypt")
