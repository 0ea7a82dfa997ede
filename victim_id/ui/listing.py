"""Rows of the lists in the worker's language: cases, what is due, what has arrived."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from victim_id import wording
from victim_id.instrument.instrument import Instrument
from victim_id.language import Language, moment, parse_moment
from victim_id.referral.htcds import read_record
from victim_id.referral.values import ON_PAPER
from victim_id.ui.pages.case_filter import NONE, Wanted
from victim_id.ui.pages.cases import CaseRow, DueRow, Urgency
from victim_id.ui.pages.inbox import ReceivedCard, ReceivedRow

if TYPE_CHECKING:
    from victim_id.post import Received
    from victim_id.vault import CaseRow as StoredRow
    from victim_id.vault import Filter

SOON = 3


def when(language: Language, at: str, now: datetime) -> str:
    """Gives a moment as one says it: today with the hour, yesterday, or the day; nothing for what may not be read here."""
    if not at:
        return ""
    days = (now.astimezone().date() - parse_moment(at).astimezone().date()).days
    if days == 0:
        return language.say("today {time}", time=language.time(at))
    return language.say("yesterday") if days == 1 else language.date(at, "short")


def when_exactly(language: Language, at: str, now: datetime) -> str:
    """Gives a moment with its hour, today as `today`."""
    today = parse_moment(at).astimezone().date() == now.astimezone().date()
    return when(language, at, now) if today else f"{language.date(at)}, {language.time(at)}"


def case_row(row: "StoredRow", instrument: Instrument, language: Language, now: datetime) -> CaseRow:
    """Gives a case as the list shows it."""
    say = language.say
    if row.limited and not row.changed:
        return CaseRow(row.id, row.code, "", "", say("limited to others"), "", "none", "", "", "")
    now_word = wording.urgent(language, instrument, row.urgent) if row.urgent else say("child") if row.child else ""
    return CaseRow(
        id=row.id,
        code=row.code,
        now=now_word,
        changed=when(language, row.changed, now),
        place=row.place or "",
        kind=kind(row.kind or "", child=row.child, language=language),
        level=row.level or "none",
        level_word=wording.level_short(language, row.level or ""),
        asked=f"{row.asked}/{row.askable}",
        next_step=row.next_step or "",
        urgent=wording.sign(language, instrument, row.urgent) if row.urgent else "",
    )


def only(wanted: Wanted, now: datetime) -> "Filter":
    """Gives the filter of the vault for what is wanted now; days are those of this place."""
    from victim_id.vault import Filter  # noqa: PLC0415  loaded with the vault

    today = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)

    def ago(days: int) -> str:
        return moment(today - timedelta(days=days))

    changed = {"today": ago(0), "week": ago(6), "month": ago(29)}
    return Filter(
        setting=wanted.setting or None,
        level=_or_none(wanted.level),
        kind=_or_none(wanted.kind),
        child={"yes": True, "no": False}.get(wanted.child),
        due_by={"today": ago(-1), "week": ago(-8), "any": "9999"}.get(wanted.due),
        changed_from=changed.get(wanted.changed),
        changed_before=ago(29) if wanted.changed == "old" else None,
    )


def _or_none(key: str) -> str | None:
    return "" if key == NONE else key or None


def kind(kinds: str, *, child: bool, language: Language) -> str:
    """Gives what a case is about."""
    say = language.say
    words = {"labour": say("Labour"), "sexual": say("Sexual"), "practice": say("Practice")}
    parts = [words.get(name, name) for name in kinds.split()]
    return " · ".join([*parts, *([say("child")] if child else [])])


def due_rows(rows: "Sequence[StoredRow]", language: Language, now: datetime) -> list[DueRow]:
    """Gives what is due, the most urgent first; what was due before says for how long."""
    say_many, found = language.say_many, []
    for row in rows:
        if row.due:
            days = (parse_moment(row.due).astimezone().date() - now.astimezone().date()).days
            urgency: Urgency = "today" if days <= 0 else "soon" if days <= SOON else "later"
            words = language.say("today") if not days else say_many("{n} day", "{n} days", days)
            if days < 0:
                words = say_many("{n} day late", "{n} days late", -days)
            found.append(DueRow(row.id, words, urgency, f"{row.code} {row.next_step or ''}".strip()))
    return found


def received_row(received: "Received", language: Language, now: datetime) -> ReceivedRow:
    """Gives a package as the list shows it; its level is what its paper says in words."""
    manifest, facts = received.package.manifest, _facts(received)
    now_word = {"now": language.say("now"), "today": language.say("today")}.get(facts.urgent, "")
    return ReceivedRow(
        id=manifest.package,
        code=manifest.case,
        now=now_word,
        sender=manifest.sender.organisation,
        kind=wording.age(language, facts.age),
        level=facts.level or "none",
        level_word=wording.level_short(language, facts.level) if facts.level else "–",
        known=received.package.known,
        received=when(language, received.at, now),
        due="–" if received.taken else now_word or "–",
    )


def received_card(received: "Received", language: Language, now: datetime) -> ReceivedCard:
    """Gives a package in short, the urgent first."""
    manifest, facts, say = received.package.manifest, _facts(received), language.say
    known = received.package.known
    lines = [
        say("From: {sender}", sender=" · ".join(p for p in (manifest.sender.organisation, manifest.sender.role) if p)),
        say("Made: {moment}", moment=when(language, manifest.made, now)),
        say("Form in {language}", language=language.language_name(manifest.language)),
        say("Edition {number}", number=manifest.edition),
    ]
    return ReceivedCard(
        id=manifest.package,
        code=manifest.case,
        kind=wording.age(language, facts.age),
        urgent=say("Urgent: read the form at once.") if facts.urgent in {"now", "today"} else "",
        lines=tuple(lines),
        taken=received.taken,
        warning="" if known else say("The sender is not known here: call them on a number you already have."),
    )


class _Facts(NamedTuple):
    urgent: str
    level: str
    age: str


def _facts(received: "Received") -> _Facts:
    """Reads what a list needs out of the record, as strictly as it was opened; what is not there is not known."""
    record = read_record(received.package.parts["record.json"])
    reading = record.x_indications.get("G2", {})
    level = reading.get("level", "") if isinstance(reading, dict) else ""
    return _Facts(
        urgent=record.x_urgency,
        level=level if level in ON_PAPER else "",
        age={"yes": "child", "unsure": "unsure"}.get(record.x_minor, "adult"),
    )
