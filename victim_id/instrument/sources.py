"""Looks whether every statement says where it comes from, how far it was verified, and as of when."""

import re
from collections.abc import Iterator

from victim_id.errors import Problem
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import GATES, Card, GateLaw, Statement, UrgentSign
from victim_id.record import Record

_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
ADD = "please add its source and mark"


def sources(instrument: Instrument) -> Iterator[Problem]:
    """Finds cells, statements and laws without source, date or words, and a law that does not speak of every gate."""
    for indicator in instrument.indicators:
        if not indicator.source.strip() or set(indicator.verified) != set(indicator.strength):
            yield Problem(f"indicator {indicator.key}", "has a cell without a source or its state", "please add it")
        if not indicator.strength:
            yield Problem(f"indicator {indicator.key}", "is in none of the four sets", "please give it a strength")
    for profile in instrument.profiles:
        yield from _within(f"profile {profile.id}", profile)
        named = [gate.name for gate in profile.gates]
        for name in GATES:
            if named.count(name) != 1:
                what = f"speaks {named.count(name)} times of gate.{name}"
                yield Problem(f"profile {profile.id}", what, "please say once whom it counts for, and since when")
        for name in sorted(set(named) - set(GATES)):
            yield Problem(f"profile {profile.id}", f"speaks of {name}, which is no gate", "please correct or remove it")
    for recipient in instrument.recipients:
        yield from _within(f"recipient {recipient.id}", recipient)
    for harm in instrument.reporting:
        yield from _within(f"reporting {harm.id}", harm)
    for sign in instrument.urgent:
        yield from _within(f"urgent {sign.id}", sign)
    for card in instrument.cards:
        yield from _within(f"card {card.id}", card)
    yield from _within("rules", instrument.rules)


def _within(where: str, thing: object) -> Iterator[Problem]:
    """Walks everything inside a record that has a source."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from _within(where, part)
    if not isinstance(thing, Record):
        return
    if isinstance(thing, Statement | GateLaw | UrgentSign | Card) and not thing.source.strip():
        yield Problem(where, "has a statement without a source", ADD)
    if isinstance(thing, Statement) and not thing.text.strip():
        yield Problem(where, "has a statement without words", "please write it, or remove it")
    if isinstance(thing, Statement) and thing.mark != "P" and not thing.as_of.strip():
        yield Problem(where, "has a statement without a date", "please add as_of, if only “undated copy”")
    counts = isinstance(thing, GateLaw) and (thing.adult or thing.child)
    if isinstance(thing, GateLaw) and counts and not (thing.article.strip() and thing.in_force_from.strip()):
        what = f"names no article or date for gate.{thing.name}"
        yield Problem(where, what, "please add article and in_force_from, if only to say that they are to verify")
    if isinstance(thing, GateLaw):
        for day in (thing.in_force_from, thing.in_force_until):
            if day and not _DAY.fullmatch(day):
                what = f"says {day} of when gate.{thing.name} is in force"
                yield Problem(where, what, "please write YYYY-MM-DD, YYYY-MM or YYYY")
    for name in thing.__struct_fields__:
        yield from _within(where, getattr(thing, name))
