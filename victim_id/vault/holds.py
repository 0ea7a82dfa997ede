"""Legal holds as they are stored: the reason of a limited case lies under its seal, as all that is known of it does."""

from victim_id.record import Record
from victim_id.vault.limits import Limits
from victim_id.vault.store import Store

_WHAT = "hold"


class Hold(Record, kw_only=True):
    """A legal hold on a case: since when, by whom, why; the reason is empty where the case is limited to others."""

    case: str
    since: str
    worker: str
    reason: str


def of(store: Store, limits: Limits, case: str | None = None) -> list[Hold]:
    """Gives the legal holds, the oldest first, of all cases or of one."""
    rows = store.rows(
        f"""SELECT case_id, since, worker, reason, sealed FROM holds LEFT JOIN sealed_reasons USING (case_id)
        {"" if case is None else "WHERE case_id = ?"} ORDER BY since, case_id""",  # noqa: S608  our own words
        *(() if case is None else (case,)),
    )
    return [Hold(case=row[0], since=row[1], worker=row[2], reason=_reason(limits, row[0], *row[3:])) for row in rows]


def seal(store: Store, limits: Limits, case: str) -> bool:
    """Puts the reason of a limited case's hold under its seal, in the running transaction, and says whether it was not yet."""
    reason = store.value("SELECT reason FROM holds WHERE case_id = ?", case)
    if reason and limits.find(case) is not None:
        sealed = limits.seal(case, reason.encode(), _WHAT)
        store.run("INSERT OR REPLACE INTO sealed_reasons (case_id, sealed) VALUES (?, ?)", case, sealed)
        store.run("UPDATE holds SET reason = '' WHERE case_id = ?", case)
        return True
    return False


def unseal(store: Store, limits: Limits, case: str) -> None:
    """Takes the reason out from under the seal, in the running transaction, before the case's key ends."""
    for hold in of(store, limits, case):
        store.run("UPDATE holds SET reason = ? WHERE case_id = ?", hold.reason, case)
        store.run("DELETE FROM sealed_reasons WHERE case_id = ?", case)


def _reason(limits: Limits, case: str, reason: str, sealed: bytes | None) -> str:
    if sealed is None:
        return "" if limits.is_limited(case) and limits.find(case) is None else reason
    return "" if limits.find(case) is None else limits.open(case, bytes(sealed), _WHAT).decode()
