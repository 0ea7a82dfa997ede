"""After how long cases are due to be looked at, as a vault keeps it for all its workers."""

from datetime import UTC, datetime, timedelta

import msgspec

from victim_id.record import Record
from victim_id.vault.store import Store

KEY, ORGANISATION = "retention", "organisation"
"""The settings that keep what was set here, and what the organisation's file sets above it."""


class Retention(Record, kw_only=True):
    """After how many days without a change a case of each outcome is due to be looked at, and erased.

    `identity` counts from the day a recipient confirmed what was sent: then who the person is need not be kept here as
    well. `received` counts from the day a package was taken in. `history` is how long lines of the history are kept after
    their case is gone. No common legal figure is known; the controller decides. The defaults are a proposal: unfounded
    screenings first.
    """

    unfounded: int = 30
    refused: int = 0
    open: int = 30
    referred: int = 365
    closed: int = 365
    identity: int = 30
    received: int = 365
    history: int = 730


def retention_in(store: Store) -> Retention:
    """Gives what holds in a vault: what the organisation set, then what was set here, and the proposals for the rest."""
    kept = store.value("SELECT value FROM settings WHERE key = ?", KEY)
    above = store.value("SELECT json_extract(value, '$.set.retention') FROM settings WHERE key = ?", ORGANISATION)
    here = Retention() if kept is None else msgspec.json.decode(kept, type=Retention)
    return msgspec.structs.replace(here, **msgspec.json.decode(above or "{}", type=dict[str, int]))


def look_day(retention: Retention, outcome: str | None, changed: str) -> str | None:
    """Gives the day from which a case is due to be looked at, None for one without an outcome."""
    if outcome not in Retention.__struct_fields__:
        return None
    moment = datetime.strptime(changed, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return f"{moment + timedelta(days=getattr(retention, outcome)):%Y-%m-%d}"
