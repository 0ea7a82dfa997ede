"""The searchable words of the cases: kept with each answer, taken into the index while nobody waits for it.

The index rewrites every word of a case to take in one more, which takes longer than all the rest of saving an answer. So
the words wait in a table of their own, as durable as the answer; whoever searches takes them in first.

An index that an older folding made is folded anew out of its own words, some cases at a time while nobody waits. Until
then they are found as they were before.
"""

from victim_id.record import encode
from victim_id.vault.folding import FOLDING, indexed
from victim_id.vault.store import Store

_DONE = "folding"
"""The setting that keeps the number of the folding by which every case is indexed."""
_FOLDED = "folded"
"""The setting that keeps the number of the last case that was folded anew."""
_AT_ONCE = 100


class Words:
    """The folded words of every case that is not limited, one text each."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, number: int, text: str) -> None:
        """Keeps the words of a case in the running transaction."""
        if self.text(number) != text:
            self._store.run("INSERT OR REPLACE INTO waiting (n, text) VALUES (?, ?)", number, text)

    def text(self, number: int) -> str:
        """Gives the words of a case, nothing for a case that has none here."""
        found = self._store.value(
            "SELECT coalesce((SELECT text FROM waiting WHERE n = ?1), (SELECT text FROM words WHERE rowid = ?1), '')",
            number,
        )
        return str(found)

    def drop(self, number: int) -> None:
        """Takes the words of a case out, in the running transaction."""
        self._store.run("DELETE FROM waiting WHERE n = ?", number)
        self._store.run("DELETE FROM words WHERE rowid = ?", number)

    def index(self) -> None:
        """Takes the words that wait into the index, so that they are found."""
        if self._store.one("SELECT 1 FROM waiting") is None:
            return
        with self._store.transaction():
            self._store.run("DELETE FROM words WHERE rowid IN (SELECT n FROM waiting)")
            self._store.run("INSERT INTO words (rowid, text) SELECT n, text FROM waiting")
            self._store.run("DELETE FROM waiting")

    def renew(self) -> bool:
        """Folds some more cases anew that an older folding made; says whether there may be more."""
        if self._setting(_DONE) == FOLDING:
            return False
        with self._store.transaction():
            self.index()
            rows = self._store.rows(
                "SELECT rowid, text FROM words WHERE rowid > ? ORDER BY rowid LIMIT ?", self._setting(_FOLDED), _AT_ONCE
            )
            for number, text in rows:
                self.put(number, indexed([text]))
            if rows:
                self._keep(_FOLDED, rows[-1][0])
            else:
                self._keep(_DONE, FOLDING)
                self._store.run("DELETE FROM settings WHERE key = ?", _FOLDED)
        return bool(rows)

    def _setting(self, key: str) -> int:
        return int(self._store.value("SELECT coalesce((SELECT value FROM settings WHERE key = ?), 0)", key))

    def _keep(self, key: str, number: int) -> None:
        self._store.run("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", key, encode(number).decode())
