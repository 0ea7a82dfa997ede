"""What happened in the vault, in order: append-only, each line chained to the one before.

A line commits to its body without holding it, so that the body can be erased and the chain still be verified.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from victim_id.errors import Damaged
from victim_id.record import Record, encode
from victim_id.vault.store import Store

Now = Callable[[], datetime]

TOLERANCE = timedelta(minutes=5)
ERASED = "erased"
_SALT_BYTES = 32


class Head(Record):
    """Where the chain ended at some moment; whoever kept it can tell whether the vault still continues it."""

    seq: int
    link: str


class Line(Record, kw_only=True):
    """One line: who, what kind of deed, on which case, when; `clock_doubt` when the clock had gone back before it."""

    seq: int
    time: str
    clock_doubt: bool
    worker: str
    case: str | None
    kind: str
    body: dict[str, Any] | None


def written(moment: datetime) -> str:
    """Gives a moment as it is written down: UTC seconds with Z."""
    assert moment.tzinfo is not None, "a time without its zone"
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class History:
    """The history of one open vault."""

    def __init__(self, store: Store, vault: str, now: Now) -> None:
        self._store, self._now = store, now
        self._root = hashlib.sha256(b"victim id history 1 " + vault.encode()).digest()

    def append(self, worker: str, kind: str, case: str | None = None, body: dict[str, Any] | None = None) -> int:
        """Adds a line in the running transaction, or in one of its own, and gives its sequence number."""
        with self._store.transaction():
            last = self._store.one("SELECT seq, link FROM history ORDER BY seq DESC LIMIT 1")
            seq, previous = (last[0] + 1, last[1]) if last else (1, self._root)
            moment = self._now()
            doubt = written(moment + TOLERANCE) < (self._store.value("SELECT max(time) FROM history") or "")
            salt, content = os.urandom(_SALT_BYTES), encode(body or {})
            commitment = _commitment(salt, content)
            link = _link(previous, seq, written(moment), doubt, worker, case, kind, commitment)
            self._store.run(
                "INSERT INTO history (seq, time, clock_doubt, worker, case_id, kind, commitment, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *(seq, written(moment), doubt, worker, case, kind, commitment, link),
            )
            self._store.run("INSERT INTO history_bodies (seq, salt, body) VALUES (?, ?, ?)", seq, salt, content)
        return int(seq)

    def lines(self, *, case: str | None = None, offset: int = 0, limit: int = 100) -> list[Line]:
        """Gives a window of lines, the newest first, of one case or of all; an erased body is None."""
        rows = self._store.rows(
            f"""SELECT seq, time, clock_doubt, worker, case_id, kind, body FROM history LEFT JOIN history_bodies USING (seq)
            {"WHERE case_id = ?" if case else ""} ORDER BY seq DESC LIMIT ? OFFSET ?""",  # noqa: S608  only our own words
            *((case,) if case else ()),
            *(limit, offset),
        )
        return [
            Line(
                seq=row[0],
                time=row[1],
                clock_doubt=bool(row[2]),
                worker=row[3],
                case=row[4],
                kind=row[5],
                body=None if row[6] is None else msgspec.json.decode(row[6]),
            )
            for row in rows
        ]

    def head(self) -> Head:
        """Gives the end of the chain, to be kept outside: in backups and packages."""
        row = self._store.one("SELECT seq, link FROM history ORDER BY seq DESC LIMIT 1")
        return Head(row[0], row[1].hex()) if row else Head(0, self._root.hex())

    def verify(self, *kept: Head) -> Head:
        """Walks the whole chain; raises Damaged with the first sequence number that does not hold, or gives the head.

        Heads that were kept outside must lie on the chain. A missing body is right only before an erasure of its case.
        """
        wanted = {head.seq: head.link for head in kept}
        erased: dict[str, int] = dict(
            self._store.rows("SELECT case_id, max(seq) FROM history WHERE kind = ? GROUP BY case_id", ERASED)
        )
        link, seq = self._root, 0
        self._compare(0, link, wanted)
        for seq, row in enumerate(self._walk(), 1):
            found, time, doubt, worker, case, kind, commitment, stored, salt, body = row
            link = _link(link, seq, time, bool(doubt), worker, case, kind, commitment)
            if found != seq or link != stored:
                raise Damaged("history", f"line {seq} is not the one that was written")
            if body is None and erased.get(case, 0) <= seq:
                raise Damaged("history", f"line {seq} has lost its body")
            if body is not None and _commitment(salt, body) != commitment:
                raise Damaged("history", f"line {seq} has another body than was written")
            self._compare(seq, link, wanted)
        if any(missing > seq for missing in wanted):
            raise Damaged(
                "history", f"line {min(missing for missing in wanted if missing > seq)} was there and is gone"
            )
        return Head(seq, link.hex())

    def _walk(self) -> Iterator[tuple[Any, ...]]:
        last, window = 0, 1000
        while rows := self._store.rows(
            """SELECT seq, time, clock_doubt, worker, case_id, kind, commitment, link, salt, body
            FROM history LEFT JOIN history_bodies USING (seq) WHERE seq > ? ORDER BY seq LIMIT ?""",
            *(last, window),
        ):
            yield from rows
            last = rows[-1][0]

    @staticmethod
    def _compare(seq: int, link: bytes, wanted: dict[int, str]) -> None:
        if wanted.get(seq, link.hex()) != link.hex():
            raise Damaged("history", f"line {seq} is not the one that was kept elsewhere")


def _commitment(salt: bytes, body: bytes) -> bytes:
    return hashlib.sha256(salt + body).digest()


def _link(
    previous: bytes, seq: int, time: str, doubt: bool, worker: str, case: str | None, kind: str, commitment: bytes
) -> bytes:
    line = {
        "seq": seq,
        "time": time,
        "clock_doubt": doubt,
        "worker": worker,
        "case": case,
        "kind": kind,
        "commitment": commitment,
    }
    return hashlib.sha256(previous + encode(line)).digest()
