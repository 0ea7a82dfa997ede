"""The searchable words of the cases: kept with each answer, taken into the index while nobody waits for it.

The index rewrites every word of a case to take in one more, which takes longer than all the rest of saving an answer. So
the words wait in a table of their own, as durable as the answer; whoever searches takes them in first.
"""

from victim_id.vault.store import Store


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
