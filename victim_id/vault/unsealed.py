"""The limited cases that this worker may read, listed and searched in memory: their words are in no file of the vault."""

from collections.abc import Iterable

from victim_id.errors import Damaged, NotForYou
from victim_id.record import Record, decode, encode
from victim_id.vault.limits import Limits
from victim_id.vault.store import Store


class Body(Record, kw_only=True):
    """What lies under the seal of a limited case: its document and its searchable words."""

    document: bytes
    words: tuple[str, ...]


class Unsealed:
    """A second list and a second index beside those of the vault, made anew at every unlock and gone with the program."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits

    def begin(self) -> None:
        """Makes the empty list and index; each connection to the database has its own."""
        shape = self._store.value("SELECT sql FROM sqlite_master WHERE name = 'cases'")
        self._store.run(shape.replace("CREATE TABLE cases", "CREATE TEMP TABLE unsealed", 1))
        self._store.run(
            "CREATE VIRTUAL TABLE temp.unsealed_words USING fts5 (text, tokenize = 'ascii', prefix = '1 2')"
        )

    def __bool__(self) -> bool:
        return self._store.one("SELECT 1 FROM temp.unsealed") is not None

    def put(self, number: int, row: dict[str, object], folded: str) -> None:
        """Lists a case, or lists it anew."""
        self.drop(number)
        row = {"n": number, "limited": 1, **row}
        self._store.run(
            f"INSERT INTO temp.unsealed ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608
            *row.values(),
        )
        self._store.run("INSERT INTO temp.unsealed_words (rowid, text) VALUES (?, ?)", number, folded)

    def drop(self, number: int) -> None:
        """Takes a case off the list."""
        self._store.run("DELETE FROM temp.unsealed WHERE n = ?", number)
        self._store.run("DELETE FROM temp.unsealed_words WHERE rowid = ?", number)

    def seal(self, case: str, document: bytes, words: Iterable[str]) -> bytes:
        """Gives the sealed body of a limited case."""
        return self._limits.seal(case, encode(Body(document=document, words=tuple(words))), "body")

    def open(self, case: str, sealed: bytes) -> Body:
        """Opens the sealed body of a limited case; raises NotForYou when it is limited to others."""
        self._limits.key(case)
        try:
            return decode(Body, self._limits.open(case, sealed, "body"), "case")
        except NotForYou:
            raise Damaged(case, "its seal does not fit") from None
