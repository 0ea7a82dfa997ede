"""Erasing a case, or what was taken in, so that its words are in no page any more, and the legal hold that forbids it.

What stays is one line in the history, and the commitments of the others, which tell nothing.
"""

from collections.abc import Sequence
from datetime import timedelta

from victim_id.errors import WrongInput
from victim_id.vault import holds, scrubbing
from victim_id.vault.drawers import Backup
from victim_id.vault.history import ERASED, FORGOT, FORGOTTEN, UNNAMED, History, Now, written
from victim_id.vault.holds import Hold
from victim_id.vault.limits import Limits
from victim_id.vault.store import Store

YEAR = timedelta(days=366)
RETENTION = "retention"
"""The ground of an erasure whose time has come: the only one for a case that nobody is left to read."""


class Erasure:
    """What may be erased in one open vault, and what may not."""

    def __init__(self, store: Store, history: History, limits: Limits, worker: str, now: Now) -> None:
        self._store, self._history, self._limits, self._worker, self._now = store, history, limits, worker, now

    def hold(self, case: str, reason: str) -> None:
        """Forbids to erase a case until it is released; raises WrongInput without a reason, or when it is held already.

        Raises NotForYou for a case that is limited to others. The reason of a limited case lies under its seal.
        """
        if not reason.strip():
            raise WrongInput(case, "is held for a reason, and none is given")
        self._check_here(case)
        self._limits.key(case)
        if self.held(case) is not None:
            raise WrongInput(case, "is held already")
        since = written(self._now())
        with self._store.transaction():
            self._store.run(
                "INSERT INTO holds (case_id, since, worker, reason) VALUES (?, ?, ?, ?)",
                *(case, since, self._worker, reason.strip()),
            )
            holds.seal(self._store, self._limits, case)
            self._mark(case, since)
            self._history.append(self._worker, "held", case, {"reason": reason.strip()})

    def release(self, case: str, reason: str) -> None:
        """Ends a legal hold; why is in the history. Raises NotForYou for a case limited to others, unless none is left."""
        if self.held(case) is None:
            raise WrongInput(case, "is not held")
        if not self._limits.is_stranded(case):
            self._limits.key(case)
        with self._store.transaction():
            self._store.run("DELETE FROM holds WHERE case_id = ?", case)
            self._store.run("DELETE FROM sealed_reasons WHERE case_id = ?", case)
            self._mark(case, None)
            self._history.append(self._worker, "released", case, {"reason": reason.strip()})

    def held(self, case: str) -> Hold | None:
        """Gives the legal hold on a case, None when there is none; its reason is empty where the case is limited to others."""
        return next(iter(holds.of(self._store, self._limits, case)), None)

    def holds(self) -> list[Hold]:
        """Gives every legal hold, the oldest first."""
        return holds.of(self._store, self._limits)

    def erase(self, cases: Sequence[str], ground: str, received: Sequence[str] = ()) -> list[Backup]:
        """Erases cases and packages that were taken in, all of them or none, and gives the backups that still hold them.

        `ground` is the caller's own word for why: it stays in the history, so it names nobody.
        A case that is limited to others is theirs to erase, NotForYou is raised; but where no worker is left who can read
        it, anybody may on the ground of retention, from the day on that is kept for it. The line of the history says so.
        Raises WrongInput when one is under legal hold, and what the machine refuses. Once they are gone it raises nothing
        more: see `cleaning_is_due`.
        """
        wanted = list(dict.fromkeys(cases))
        for case in wanted:
            self._check_here(case)
            if hold := self.held(case):
                raise WrongInput(case, f"is under legal hold since {hold.since[:10]}: {hold.reason}")
            if not self._is_due_unread(case, ground):
                self._limits.key(case)
        packages = list(dict.fromkeys(received))
        for package in packages:
            if self._store.one("SELECT 1 FROM received WHERE package = ?", package) is None:
                raise WrongInput(package, "was not taken in here")
        with self._store.transaction():
            for case in wanted:
                self._erase(case, ground)
            for package in packages:
                self._store.run("DELETE FROM received WHERE package = ?", package)
                self._history.append(self._worker, ERASED, package, {"ground": ground})
                self._forget_bodies(package)
            scrubbing.announce(self._store)
        scrubbing.try_to(self._store)
        return self.kept_in_backups([*wanted, *packages])

    @property
    def cleaning_is_due(self) -> bool:
        """Says whether words of what was erased or limited may still stand in a page: there was no room to write it anew.

        It is done before the next backup, which is not made without, or at the next unlock.
        """
        return scrubbing.is_due(self._store)

    def kept_in_backups(self, cases: Sequence[str]) -> list[Backup]:
        """Gives the backups made while one of these erased cases or packages was in the vault, and not known to be gone."""
        seqs = [
            self._store.one(
                "SELECT min(seq), max(CASE WHEN kind IN (?, ?) THEN seq END) FROM history WHERE case_id = ?",
                *(ERASED, UNNAMED, case),
            )
            for case in cases
        ]
        spans = [(row[0], row[1]) for row in seqs if row is not None and row[1] is not None]
        rows = self._store.rows("SELECT id, made, place, seq FROM backups WHERE gone IS NULL ORDER BY seq, made")
        return [
            Backup(id=row[0], made=row[1], place=row[2])
            for row in rows
            if any(first <= row[3] < erased for first, erased in spans)
        ]

    def kept(self) -> list[Backup]:
        """Gives the backups, not known to be gone, that still hold the words of any case that was erased, or unnamed, here."""
        erased = self._store.rows("SELECT DISTINCT case_id FROM history WHERE kind IN (?, ?)", ERASED, UNNAMED)
        return self.kept_in_backups([row[0] for row in erased])

    def scrub(self) -> None:
        """Writes every page anew, so that what was taken out of a case is in none of them; see `cleaning_is_due`."""
        with self._store.transaction():
            scrubbing.announce(self._store)
        scrubbing.try_to(self._store)

    def old_lines(self, before: str) -> int:
        """Counts the lines of the history from before a time that need not be kept: see `forget`."""
        return len(self._old(before))

    def forget(self, before: str) -> int:
        """Forgets lines of the history from before a time (UTC), and gives how many: who, when, what and which case.

        Their places and links stay, so that the chain still holds. Lines of a case that is still here stay with it, and
        those of an erased case while a backup still holds it, or while one of them is younger: without the line of its
        erasure nothing would say why words are gone. Nothing younger than a year goes, whatever is asked.
        """
        with self._store.transaction():
            old = self._old(before)
            if old:
                self._history.forget(self._worker, old, before)
                scrubbing.announce(self._store)
        if old:
            scrubbing.try_to(self._store)
        return len(old)

    def _old(self, before: str) -> list[int]:
        limit = min(before, written(self._now() - YEAR))
        rows = self._store.rows(
            """SELECT seq, case_id FROM history WHERE time < ? AND time <> '' AND kind NOT IN (?, ?)
            AND (case_id IS NULL OR case_id NOT IN (SELECT id FROM cases UNION ALL SELECT package FROM received))
            ORDER BY seq""",
            *(limit, FORGOT, FORGOTTEN),
        )
        gone = {row[1] for row in rows if row[1] is not None}
        kept = {case for case in gone if self._newest(case) >= limit or self.kept_in_backups([case])}
        return [row[0] for row in rows if row[1] not in kept]

    def _newest(self, case: str) -> str:
        return str(self._store.value("SELECT max(time) FROM history WHERE case_id = ?", case))

    def _is_due_unread(self, case: str, ground: str) -> bool:
        """Says whether nobody is left who can read a case, and the day that was kept for it has come."""
        return (
            ground == RETENTION
            and self._limits.is_stranded(case)
            and self._limits.find(case) is None
            and self._store.one(
                "SELECT 1 FROM looks JOIN cases USING (n) WHERE id = ? AND day <= ?", case, written(self._now())[:10]
            )
            is not None
        )

    def _erase(self, case: str, ground: str) -> None:
        number = self._store.value("SELECT n FROM cases WHERE id = ?", case)
        unread: dict[str, object] = {"unread": True} if self._limits.is_stranded(case) else {}
        self._limits.end(case)
        self._history.append(self._worker, ERASED, case, {"ground": ground, **unread})
        self._forget_bodies(case)
        for sql in (
            "DELETE FROM drafts WHERE case_id = ?",
            "DELETE FROM positions WHERE case_id = ?",
            "UPDATE packages SET case_id = NULL WHERE case_id = ?",
        ):
            self._store.run(sql, case)
        for table, column in (
            ("main.words", "rowid"),
            ("main.waiting", "n"),
            ("temp.unsealed_words", "rowid"),
            ("temp.unsealed", "n"),
            ("main.documents", "n"),
            ("main.looks", "n"),
            ("main.cases", "n"),
        ):
            self._store.run(f"DELETE FROM {table} WHERE {column} = ?", number)  # noqa: S608  our own words

    def _forget_bodies(self, case: str) -> None:
        """Takes the bodies of the lines of what was just erased, and leaves that of the line that says so."""
        erased = self._history.head().seq
        for table in ("history_bodies", "sealed_bodies"):
            self._store.run(
                f"DELETE FROM {table} WHERE seq IN (SELECT seq FROM history WHERE case_id = ? AND seq < ?)",  # noqa: S608
                *(case, erased),
            )

    def _mark(self, case: str, since: str | None) -> None:
        for table in ("main.cases", "temp.unsealed"):
            self._store.run(f"UPDATE {table} SET held = ? WHERE id = ?", since, case)  # noqa: S608  our own words

    def _check_here(self, case: str) -> None:
        if self._store.one("SELECT 1 FROM cases WHERE id = ?", case) is None:
            raise WrongInput(case, "is not in this vault")
