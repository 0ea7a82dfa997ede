"""What was deleted is gone from every page: index, free space, slack of pages, write-ahead log.

SQLite's secure_delete clears what a deletion frees, but not copies that moving rows between pages left behind, and the
index keeps deleted words until it merges (clearing them at once, as FTS5 can, makes every answer ten times slower). So
both are written anew. A scrubbing that was interrupted is announced inside and done before the next backup, or at the
next unlock.
"""

import contextlib

from victim_id.errors import InUse, Machine
from victim_id.vault.store import Store

_DEED = "scrub"


def announce(store: Store) -> None:
    """Notes, in the running transaction, that something was deleted and is to be scrubbed."""
    store.run("INSERT OR REPLACE INTO unfinished (deed) VALUES (?)", _DEED)


def is_due(store: Store) -> bool:
    """Says whether something deleted may still stand in a page."""
    return store.one("SELECT 1 FROM unfinished WHERE deed = ?", _DEED) is not None


def scrub(store: Store) -> None:
    """Writes index and database anew from what is still there; as long as the vault is large (seconds for 100 MB).

    That it is due is forgotten last, once no file holds an old page. Raises what the machine refuses, InUse while
    somebody still reads an old moment; then it stays due.
    """
    with store.transaction():
        store.run("INSERT INTO words (words) VALUES ('rebuild')")
    store.rows("VACUUM")
    if store.value("PRAGMA wal_checkpoint(TRUNCATE)"):
        raise InUse(store.where, "old pages are still being read")
    with store.transaction():
        store.run("DELETE FROM unfinished WHERE deed = ?", _DEED)
    store.checkpoint()


def try_to(store: Store) -> None:
    """Scrubs where the machine lets it; what was deleted is gone already, and else the scrubbing stays due."""
    with contextlib.suppress(Machine, InUse):
        scrub(store)
