"""What is kept of cases, how long and for whom. Nothing is erased by itself; what is erased is in no page any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from victim_id.access.unnamed import unnamed
from victim_id.backups import Backups
from victim_id.caseload import Caseload
from victim_id.casework.outcome import Outcome
from victim_id.errors import WrongInput
from victim_id.language import moment, parse_moment
from victim_id.organisation import in_force
from victim_id.record import Record
from victim_id.telling import Telling
from victim_id.vault import Backup, Hold, Look, Retention, Vault
from victim_id.vault.history import CONFIRMED, UNNAMED
from victim_id.vault.retention import KEY as RETENTION

Ground: TypeAlias = Literal["asked_for", "retention", "refused_consent", "wrongly_recorded"]
MOST_DUE = 200
_ORDER: tuple[Outcome, ...] = ("unfounded", "refused", "open", "referred", "closed")


class Identity(Record, kw_only=True):
    """A case whose recipient confirmed what was sent, `confirmed` on which day; from `since` on its identity part is due."""

    case: str
    confirmed: str
    since: str


class Due(Record, kw_only=True):
    """A case that is due: why, since when, and whether a legal hold keeps it."""

    case: str
    code: str
    outcome: Outcome
    changed: str
    since: str
    held: str | None


class Keeping:
    """What is kept in one open vault. A backup that is being copied is stopped before pages are written anew."""

    def __init__(self, vault: Vault, backups: Backups, caseload: Caseload, telling: Telling) -> None:
        self._vault, self._backups, self._caseload, self._telling = vault, backups, caseload, telling

    @property
    def retention(self) -> Retention:
        """After how long cases are due, as it was set; the organisation's file stands above it."""
        return self._vault.retention

    @property
    def fixed(self) -> dict[str, int]:
        """What of it the organisation's file sets."""
        organisation = in_force(self._vault)
        return organisation.retention if organisation else {}

    def set_retention(self, retention: Retention) -> None:
        """Sets after how long cases are due, but for what the organisation sets; what changed, and by whom, is in the history."""
        here = self._set_here()
        kept = msgspec.structs.replace(retention, **{name: getattr(here, name) for name in self.fixed})
        before, after = msgspec.to_builtins(here), msgspec.to_builtins(kept)
        changed = {name: days for name, days in after.items() if days != before[name]}
        with self._vault.together():
            self._vault.settings.put(RETENTION, after)
            self._vault.cases.look_anew()
            if changed:
                self._vault.history.append(self._vault.worker.id, "retention", None, changed)

    def _set_here(self) -> Retention:
        return msgspec.convert(self._vault.settings.get(RETENTION, {}), Retention)

    def due(self, now: datetime, limit: int = MOST_DUE) -> list[Due]:
        """Gives what is due, unfounded screenings first, then by outcome, the longest due first; nothing is erased by itself.

        At most `limit` of each outcome.
        """
        found: list[Due] = []
        kept = self.retention
        for ended in _ORDER:
            allowed = timedelta(days=getattr(kept, ended))
            for row in self._vault.cases.ended(ended, moment(now - allowed), limit):
                since = moment(parse_moment(row.changed) + allowed)
                found.append(
                    Due(case=row.id, code=row.code, outcome=ended, changed=row.changed, since=since, held=row.held)
                )
        return found

    def looks(self, now: datetime) -> list[Look]:
        """Gives the cases limited to others that are due to be looked at, the longest due first: code and day are all that is known."""
        return self._vault.cases.looks(moment(now)[:10])

    def received_due(self, now: datetime) -> list[str]:
        """Gives the packages that were taken in long enough ago to be due, the oldest first."""
        return self._vault.received.until(moment(now - timedelta(days=self.retention.received)))

    def due_count(self, now: datetime) -> int:
        """Counts what is due and not kept by a legal hold, up to MOST_DUE."""
        due = sum(1 for due in self.due(now) if due.held is None)
        due += len(self.identities_due(now)) + len(self.received_due(now))
        due += sum(1 for look in self.looks(now) if self.held(look.case) is None)
        return min(due, MOST_DUE)

    # ---- who the person is

    def confirm(self, case: str) -> None:
        """Writes down that the recipient has what was sent: from now on the days of the identity part count.

        Raises LimitedCase for a case that is limited to others.
        """
        self._vault.cases.check_readable(case)
        self._vault.history.append(self._vault.worker.id, CONFIRMED, case)

    def identities(self) -> list[Identity]:
        """Gives the cases that a recipient confirmed, by a receipt that was taken in or as a worker noted, the longest ago first.

        One whose identity part was erased counts from the first confirmation after that, and is left out while there is none.
        """
        found = dict[str, str]()
        for case, kind, time in self._vault.history.marks():
            if kind == CONFIRMED:
                found.setdefault(case, time)
            else:
                found.pop(case, None)
        days, here = timedelta(days=self.retention.identity), {row.id for row in self._caseload.rows(list(found))}
        return [
            Identity(case=case, confirmed=time, since=moment(parse_moment(time) + days))
            for case, time in sorted(found.items(), key=lambda one: one[1])
            if case in here
        ]

    def identities_due(self, now: datetime) -> list[Identity]:
        """Gives those whose identity part is due to be erased, and not kept by a legal hold."""
        at = moment(now)
        return [one for one in self.identities() if one.since <= at and self.held(one.case) is None]

    # ---- legal holds

    def held(self, case: str) -> Hold | None:
        """Gives the legal hold on a case."""
        return self._vault.erasure.held(case)

    def holds(self) -> list[Hold]:
        """Gives every legal hold, the oldest first."""
        return self._vault.erasure.holds()

    def hold(self, case: str, reason: str) -> None:
        """Forbids to erase a case until it is released."""
        self._vault.erasure.hold(case, reason)

    def release(self, case: str, reason: str) -> None:
        """Ends a legal hold; why is in the history."""
        self._vault.erasure.release(case, reason)

    # ---- who may read

    def named(self, case: str) -> list[str]:
        """Gives the ids of the workers a case is limited to; nobody for an ordinary one."""
        return self._vault.cases.named(case)

    def is_readable(self, case: str) -> bool:
        """Says whether a case may be read here."""
        return self._vault.cases.is_readable(case)

    def limit(self, case: str, workers: Sequence[str]) -> None:
        """Limits a case to named workers (ids); whoever is not named cannot read it any more, oneself included."""
        self._caseload.forget(case)
        self._backups.let_go()
        self._vault.cases.limit(case, workers)

    def unlimit(self, case: str) -> None:
        """Lets all workers read a case again."""
        self._backups.let_go()
        self._vault.cases.unlimit(case)

    # ---- erasing

    @property
    def cleaning_is_due(self) -> bool:
        """Says whether what was erased or limited may still stand in the vault's file; see `Erasure.cleaning_is_due`."""
        return self._vault.erasure.cleaning_is_due

    def erase(self, cases: Sequence[str], ground: Ground, received: Sequence[str] = ()) -> list[Backup]:
        """Erases for good all cases of one person at once, with packages that were taken in, and gives the backups that
        still hold them.

        Raises DoubtfulClock when they were kept long enough by a clock that cannot be believed.
        """
        if ground == RETENTION:
            self._telling.check_clock()
        for case in cases:
            self._caseload.forget(case)
        self._backups.let_go()
        return self._vault.erasure.erase(cases, ground, received)

    def erase_identity(self, id_: str) -> list[Backup]:
        """Erases who the person is from a case, for good, and gives the backups that still hold it; the case stays under its code.

        Raises WrongInput when a legal hold keeps it, NotForYou when it is limited to others.
        """
        vault = self._vault
        if self.held(id_) is not None:
            raise WrongInput(id_, "is under legal hold")
        self._backups.let_go()
        before, drafts = self._caseload.case(id_), vault.drafts.of(id_)
        after, kept = unnamed(before, self._caseload.instrument_of(before), drafts)
        try:
            with vault.together():
                self._caseload.save(after, UNNAMED)
                for question in drafts:
                    vault.drafts.put(id_, question, kept.get(question, ""))
        finally:
            self._caseload.forget(id_)
        vault.erasure.scrub()
        return vault.erasure.kept_in_backups([id_])

    def old_history(self, now: datetime) -> int:
        """Counts the lines of the history that need not be kept any longer."""
        return self._vault.erasure.old_lines(moment(now - timedelta(days=self.retention.history)))

    def forget_history(self, now: datetime) -> int:
        """Forgets them for good, and gives how many; see `Erasure.forget`. Raises DoubtfulClock."""
        self._telling.check_clock()
        self._backups.let_go()
        return self._vault.erasure.forget(moment(now - timedelta(days=self.retention.history)))
