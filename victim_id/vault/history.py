"""What happened in the vault, in order: append-only, each line chained to the one before.

A line commits to its body without holding it, so that the body can be erased and the chain still be verified.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec

from victim_id.errors import Damaged, NotForYou
from victim_id.record import Record, encode
from victim_id.vault.limits import Limits
from victim_id.vault.store import Store

Now = Callable[[], datetime]

TOLERANCE, LEAP = timedelta(minutes=5), timedelta(days=366)
ERASED, CONFIRMED, UNNAMED = "erased", "confirmed", "identity_erased"
FORGOT, FORGOTTEN = "history_forgotten", "forgotten"
"""The line that says that old lines were forgotten, and what is left of each of them: its place and its link."""
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

    def __init__(self, store: Store, vault: str, now: Now, limits: Limits | None = None) -> None:
        self._store, self._now, self._limits = store, now, limits
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
                "INSERT OR ROLLBACK INTO history (seq, time, clock_doubt, worker, case_id, kind, commitment, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *(seq, written(moment), doubt, worker, case, kind, commitment, link),
            )
            if case is not None and self._limits is not None and self._limits.find(case) is not None:
                sealed = self._limits.seal(case, salt + content, f"line {seq}")
                self._store.run("INSERT INTO sealed_bodies (seq, sealed) VALUES (?, ?)", seq, sealed)
            else:
                self._store.run("INSERT INTO history_bodies (seq, salt, body) VALUES (?, ?, ?)", seq, salt, content)
        return int(seq)

    def lines(self, *, case: str | None = None, offset: int = 0, limit: int = 100) -> list[Line]:
        """Gives a window of lines, the newest first, of one case or of all; a body that is erased, or sealed to others, is None."""
        where = "case_id = ?" if case else "kind <> 'forgotten'"
        rows = self._store.rows(
            f"""SELECT seq, time, clock_doubt, worker, case_id, kind, salt, body, sealed FROM history
            LEFT JOIN history_bodies USING (seq) LEFT JOIN sealed_bodies USING (seq) WHERE {where} ORDER BY seq DESC LIMIT ? OFFSET ?""",  # noqa: S608  only our own words
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
                body=None if body is None else msgspec.json.decode(body),
            )
            for row in rows
            for _, body in [self._opened(row[0], row[4], *row[6:])]
        ]

    def limited_to_the_end(self, cases: Collection[str]) -> set[str]:
        """Gives which of these cases were limited when the last line about that was written."""
        marks = ", ".join("?" * len(cases))
        newest: dict[str, str] = dict(
            self._store.rows(
                f"SELECT case_id, kind FROM history WHERE kind IN ('limited', 'unlimited') AND case_id IN ({marks}) ORDER BY seq",  # noqa: S608
                *cases,
            )
        )
        return {case for case, kind in newest.items() if kind == "limited"}

    def marks(self) -> list[tuple[str, str, str]]:
        """Gives case, kind and time of the lines that say a recipient confirmed, or the identity part was erased, in order."""
        rows = self._store.rows(
            "SELECT case_id, kind, time FROM history WHERE kind IN ('confirmed', 'identity_erased') ORDER BY seq"
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def clock(self, moment: datetime, since: int = 0) -> Literal["behind", "ahead", ""]:
        """Says whether a moment lies before the newest of the lines from `since` on, or those leap more than a year at once."""
        newest: str = self._store.value("SELECT max(time) FROM history WHERE seq >= ?", since) or ""
        if written(moment + TOLERANCE) < newest:
            return "behind"
        here = written(moment)
        while here:
            year_before = written(datetime.fromisoformat(here) - LEAP)
            first: str | None = self._store.value(
                "SELECT min(time) FROM history WHERE time >= ? AND seq >= ?", year_before, since
            )
            if first is None or first >= here:
                before = self._store.value(
                    "SELECT 1 FROM history WHERE time < ? AND time <> '' AND seq >= ?", year_before, since
                )
                return "ahead" if before else ""
            here = first
        return ""

    def head(self) -> Head:
        """Gives the end of the chain, to be kept outside: in backups and packages."""
        row = self._store.one("SELECT seq, link FROM history ORDER BY seq DESC LIMIT 1")
        return Head(row[0], row[1].hex()) if row else Head(0, self._root.hex())

    def verify(self, *kept: Head) -> Head:
        """Walks the whole chain; raises Damaged with the first sequence number that does not hold, or gives the head.

        Heads that were kept outside must lie on the chain. A missing body is right only before an erasure of its case,
        a forgotten line only before the line that says that lines were forgotten.
        """
        wanted = {head.seq: head.link for head in kept}
        erased: dict[str, int] = dict(
            self._store.rows("SELECT case_id, max(seq) FROM history WHERE kind = ? GROUP BY case_id", ERASED)
        )
        forgot = int(self._store.value("SELECT max(seq) FROM history WHERE kind = ?", FORGOT) or 0)
        link, seq, forgotten = self._root, 0, hashlib.sha256()
        self._compare(0, link, wanted)
        for seq, row in enumerate(self._walk(), 1):
            found, time, doubt, worker, case, kind, commitment, stored, *body_of = row
            if kind == FORGOTTEN and found == seq < forgot:
                link = stored
                forgotten.update(_forgotten(seq, link))
                self._compare(seq, link, wanted)
                continue
            salt, body = self._opened(seq, case, *body_of)
            if seq == forgot and (body is None or msgspec.json.decode(body).get("which") != forgotten.hexdigest()):
                raise Damaged("history", f"line {seq} forgot other lines than are gone")
            link = _link(link, seq, time, bool(doubt), worker, case, kind, commitment)
            if found != seq or link != stored:
                raise Damaged("history", f"line {seq} is not the one that was written")
            if body is None and body_of[-1] is None and erased.get(case, 0) <= seq:
                raise Damaged("history", f"line {seq} has lost its body")
            if salt is not None and body is not None and _commitment(salt, body) != commitment:
                raise Damaged("history", f"line {seq} has another body than was written")
            self._compare(seq, link, wanted)
        if any(missing > seq for missing in wanted):
            raise Damaged(
                "history", f"line {min(missing for missing in wanted if missing > seq)} was there and is gone"
            )
        return Head(seq, link.hex())

    def forget(self, worker: str, lines: Sequence[int], before: str) -> None:
        """Forgets lines, in the running transaction; a new line commits to which lines are forgotten by now.

        The line of an erasure goes only after those of its case: their words are gone, and it alone says why.
        """
        gone = set(lines)
        which = hashlib.sha256()
        for seq, kind, link in self._store.rows("SELECT seq, kind, link FROM history ORDER BY seq"):
            if kind == FORGOTTEN or seq in gone:
                which.update(_forgotten(seq, link))
        self.append(worker, FORGOT, body={"before": before, "lines": len(gone), "which": which.hexdigest()})
        for seq in sorted(gone):
            self._store.run(
                """UPDATE history SET kind = ?, worker = '', case_id = NULL, time = '', clock_doubt = 0, commitment = x''
                WHERE seq = ?""",
                *(FORGOTTEN, seq),
            )
            for table in ("history_bodies", "sealed_bodies"):
                self._store.run(f"DELETE FROM {table} WHERE seq = ?", seq)  # noqa: S608  our own words

    def seal(self, case: str) -> None:
        """Puts the bodies of a case's lines under its key, once it is limited; the commitments stay what they are."""
        assert self._limits is not None
        for seq, salt, body in self._bodies("history_bodies", "salt, body", case):
            sealed = self._limits.seal(case, bytes(salt) + bytes(body), f"line {seq}")
            self._store.run("INSERT INTO sealed_bodies (seq, sealed) VALUES (?, ?)", seq, sealed)
            self._store.run("DELETE FROM history_bodies WHERE seq = ?", seq)

    def unseal(self, case: str) -> None:
        """Takes the bodies of a case's lines out from under its key, before it ends."""
        for seq, sealed in self._bodies("sealed_bodies", "sealed", case):
            salt, body = self._opened(seq, case, None, None, sealed)
            self._store.run("INSERT INTO history_bodies (seq, salt, body) VALUES (?, ?, ?)", seq, salt, body)
            self._store.run("DELETE FROM sealed_bodies WHERE seq = ?", seq)

    def _bodies(self, table: str, columns: str, case: str) -> list[tuple[Any, ...]]:
        return self._store.rows(
            f"SELECT seq, {columns} FROM {table} JOIN history USING (seq) WHERE case_id = ?",  # noqa: S608  our own words
            case,
        )

    def _opened(
        self, seq: int, case: str | None, salt: bytes | None, body: bytes | None, sealed: bytes | None
    ) -> tuple[bytes | None, bytes | None]:
        """Gives salt and body of a line, None for what is erased or sealed to others."""
        if sealed is None or case is None or self._limits is None or self._limits.find(case) is None:
            return salt, body
        try:
            plain = self._limits.open(case, sealed, f"line {seq}")
        except NotForYou:
            raise Damaged("history", f"line {seq} has another body than was written") from None
        return plain[:_SALT_BYTES], plain[_SALT_BYTES:]

    def _walk(self) -> Iterator[tuple[Any, ...]]:
        last, window = 0, 1000
        while rows := self._store.rows(
            """SELECT seq, time, clock_doubt, worker, case_id, kind, commitment, link, salt, body, sealed
            FROM history LEFT JOIN history_bodies USING (seq) LEFT JOIN sealed_bodies USING (seq) WHERE seq > ? ORDER BY seq LIMIT ?""",
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


def _forgotten(seq: int, link: bytes) -> bytes:
    return f"{seq} {link.hex()}\n".encode()


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
