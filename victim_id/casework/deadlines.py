"""Deadlines of a case: what is planned, and the estimated end of a reflection period. An authority decides, never we."""

from datetime import date, timedelta

from victim_id.casework.case import Age
from victim_id.instrument.shapes import Profile, Statement
from victim_id.record import Record

BEGAN, END = "I4.date", "I4.end"
"""Entries of the referral form for the reflection period: its date and its estimated end."""


class Estimate(Record, kw_only=True):
    """A reflection period as a country's law usually has it: its last day, its length, and who decides."""

    end: str
    days: int
    decides: Statement
    says: Statement


def estimated(profile: Profile, began: str, age: Age) -> Estimate | None:
    """Gives the estimated last day of a period that began on a day `2026-11-21`; None where the law has none for this age.

    For a child it is the length for unaccompanied minors where the law names one. Raises ValueError for no day.
    """
    first, period = date.fromisoformat(began), profile.reflection
    if period is None:
        return None
    days, says = period.days, period.starts
    other = next((one for one in period.other if one.when == "unaccompanied_minor"), None)
    if age != "adult" and other is not None:
        days, says = other.days, other.says
    if not days:
        return None
    return Estimate(end=(first + timedelta(days=days)).isoformat(), days=days, decides=period.decides, says=says)


def due_on(day: str) -> str:
    """Gives a day `2026-11-21` as the moment a case is due; the empty day is none. Raises ValueError for no day."""
    return f"{date.fromisoformat(day).isoformat()}T12:00:00Z" if day else ""
