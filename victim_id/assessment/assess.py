"""The assessment: a pure function of instrument, profile and facts, every finding with what it rests on.

Same input, same bytes. Asks nothing, knows no language, and never says that somebody is not a victim.
"""

from collections.abc import Iterable, Mapping

import msgspec

from victim_id.assessment.bounds import (
    Bound,
    Law,
    Tally,
    bound,
    law,
    level,
    pooled,
    raised,
    tally,
    weighed_as_dignity,
)
from victim_id.assessment.reading import (
    LEVELS,
    NOT_KNOWN,
    Assessment,
    Contradiction,
    Counts,
    DimensionReading,
    Element,
    Elements,
    Facts,
    Finding,
    ForcedLabour,
    GateReading,
    Ilo,
    Level,
    Met,
    Outlook,
    Reading,
    Score,
    State,
    Urgent,
    When,
)
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.rules import EXPLOITATION, SLOTS, STRENGTHS, Row, Sheet
from victim_id.instrument.shapes import DIMENSIONS, GATES, Indicator, Profile, SetName
from victim_id.record import Record

UNANSWERED: tuple[State, ...] = ("not_asked", "unknown", "declined")
AT_DESTINATION = ("exploitation", "coercion_destination", "abuse_of_vulnerability_destination")


class Verdict(Record):
    """One set, counted and judged, before anything is explained."""

    sheet: Sheet
    law: Law
    facts: Facts
    counted: Tally
    low: Bound
    high: Bound
    level: Level


def assess(instrument: Instrument, profile: Profile, facts: Facts) -> Assessment:
    """Gives what the facts show under a legal profile: every fitting set, the highest first."""
    return Assessment(
        edition=instrument.edition.number,
        fingerprint=instrument.fingerprint,
        profile=profile.id,
        readings=tuple(explained(instrument, verdict) for verdict in verdicts(instrument, profile, facts)),
        contradictions=tuple(
            Contradiction(
                sign=sign,
                if_yes=_outlook(instrument, profile, supposing(facts, sign, "yes")),
                if_no=_outlook(instrument, profile, supposing(facts, sign, "no")),
            )
            for sign in facts.contradictions
        ),
    )


def verdicts(instrument: Instrument, profile: Profile, facts: Facts) -> list[Verdict]:
    """Judges every fitting set, the highest first; where the age is not certain the adult reading stands last."""
    found = [judged(instrument, profile, facts, name) for name in fitting(facts)]
    return sorted(found, key=lambda one: (facts.age == "unsure" and not one.law.child, *_rank(one)))


def fitting(facts: Facts) -> tuple[SetName, ...]:
    """Gives the sets that fit age and forms; no form named means both, an age not certain is read both ways."""
    adult = facts.age != "child"
    child = facts.age != "adult" or facts.was_child
    forms = facts.forms or ("labour", "sexual")
    names: tuple[tuple[SetName, bool], ...] = (
        ("AL", adult and "labour" in forms),
        ("AS", adult and "sexual" in forms),
        ("CL", child and "labour" in forms),
        ("CS", child and "sexual" in forms),
    )
    return tuple(name for name, fits in names if fits)


def judged(instrument: Instrument, profile: Profile, facts: Facts, name: SetName) -> Verdict:
    """Counts and judges one set."""
    sheet = instrument.sheets[name]
    if facts.beside and sheet.child != (facts.age != "adult"):
        for sign, state in facts.beside.items():
            facts = supposing(facts, sign, state)
    terms = law(profile, child=sheet.child, day=facts.day)
    counted = tally(sheet, terms, facts)
    low, high = bound(instrument.rules, terms, counted.low), bound(instrument.rules, terms, counted.high)
    reached = level(instrument.rules, terms, counted, low, high, may_close=may_close(instrument, facts))
    return Verdict(sheet, terms, facts, counted, low, high, reached)


def may_close(instrument: Instrument, facts: Facts) -> bool:
    """Tells whether `few` may be said at all: not at a border, where it is too early to see, and not on a quick screen."""
    return not facts.quick and not _too_early(instrument, facts)


def supposing(facts: Facts, sign: str, state: State) -> Facts:
    """Gives the same facts with one sign in another state."""
    gate, urgent = sign.removeprefix("gate."), sign.removeprefix("urgent.")
    if sign == "act":
        return msgspec.structs.replace(facts, act=state)
    if sign == "someone_else":
        return msgspec.structs.replace(facts, someone_else=state)
    if sign == "was_child":
        return msgspec.structs.replace(facts, was_child=state == "yes")
    if gate != sign:
        return msgspec.structs.replace(facts, gates={**facts.gates, gate: state})
    if urgent != sign:
        return msgspec.structs.replace(facts, urgent_signs=_supposing_urgent(facts.urgent_signs, urgent, state))
    return msgspec.structs.replace(facts, indicators={**facts.indicators, sign: state})


def _supposing_urgent(times: Mapping[str, When], sign: str, state: State) -> dict[str, When]:
    """Gives the urgent signs with one in another state; `ID.past` speaks of the past alone, and now stands above past."""
    id_ = sign.removesuffix(".past")
    when: When = "now" if id_ == sign else "past"
    if state == "yes":
        return {**times, id_: "now" if times.get(id_) == "now" else when}
    return {name: time for name, time in times.items() if (name, time) != (id_, when)}


def explained(instrument: Instrument, verdict: Verdict) -> Reading:
    """Turns a verdict into a reading in which everything can be traced to what it rests on."""
    facts, low, high = verdict.facts, verdict.low, verdict.high
    states = [(row, facts.indicators.get(row.key, "not_asked")) for row in verdict.sheet.rows]
    dimensions = _dimensions(verdict, states)
    open_here = any(one.state == "open" for one in dimensions if one.name in AT_DESTINATION)
    return Reading(
        set=verdict.sheet.name,
        level=verdict.level,
        possible=raised(verdict.level, high),
        dignity=weighed_as_dignity(verdict.law, verdict.counted.low, verdict.level),
        too_early=_too_early(instrument, facts) and verdict.level == "open" and open_here,
        score=Score(low.score, high.score),
        dimensions=dimensions,
        pooled_means=_pooled(verdict, dimensions),
        elements=Elements(
            act=_element(verdict.counted.low.act, verdict.counted.high.act),
            means=_element(low.means, high.means),
            purpose=_element(low.purpose, high.purpose),
        ),
        gates=tuple(
            GateReading(
                name=name,
                state=facts.gates.get(name, "unknown"),
                counts=name in verdict.law.gates,
                because=_because(facts, f"gate.{name}"),
            )
            for name in GATES
        ),
        urgent=tuple(_urgent(verdict, states)),
        urgent_reported=(
            *facts.urgent_reported,
            *(row.key for row, state in states if row.urgent and state == "reported"),
            *(f"gate.{name}" for name in GATES if _gate_is(verdict, name, "reported")),
        ),
        urgent_differs=(
            *facts.urgent_differs,
            *(row.key for row, state in states if row.urgent and state == "unknown" and _differs(facts, row.key)),
            *(
                f"gate.{name}"
                for name in GATES
                if _gate_is(verdict, name, "unknown") and _differs(facts, f"gate.{name}")
            ),
        ),
        findings=tuple(
            Finding(
                key=row.key,
                dimension=row.indicator.dimension,
                strength=STRENGTHS[row.slot % 3],
                because=_because(facts, row.key),
            )
            for row, state in states
            if state == "yes"
        ),
        against=tuple(row.key for row, state in states if state == "no" and row.slot % 3 == 0),
        forced_labour=_forced_labour(instrument, states) if verdict.sheet.labour else None,
    )


def _rank(verdict: Verdict) -> tuple[int, int, int]:
    """Orders sets: strong, indications, open, exploitation, few; then lower score, then upper; the highest first."""
    return LEVELS.index(verdict.level), -verdict.low.score, -verdict.high.score


def _outlook(instrument: Instrument, profile: Profile, facts: Facts) -> Outlook:
    first = verdicts(instrument, profile, facts)[0]
    return Outlook(set=first.sheet.name, level=first.level, score=Score(first.low.score, first.high.score))


def _too_early(instrument: Instrument, facts: Facts) -> bool:
    setting = instrument.setting.get(facts.setting)
    return setting is not None and setting.too_early


def _because(facts: Facts, sign: str) -> tuple[str, ...]:
    """Gives the questions behind a sign; where none is known the sign itself was the input."""
    return facts.because.get(sign, (sign,))


def _element(low: bool, high: bool) -> Element:
    return "yes" if low else "open" if high else "no"


def _met(low: bool, high: bool) -> Met:
    return "met" if low else "open" if high else "not_met"


def _dimensions(verdict: Verdict, states: list[tuple[Row, State]]) -> tuple[DimensionReading, ...]:
    answered = [0] * SLOTS
    askable = [0] * SLOTS
    for row, state in states:
        askable[row.slot] += 1
        answered[row.slot] += state not in UNANSWERED
    low, high = verdict.counted.low.counts, verdict.counted.high.counts
    return tuple(
        DimensionReading(
            name=name,
            state=_met(verdict.low.positive[place], verdict.high.positive[place]),
            firm=Counts(*low[at : at + 3]),
            open=Counts(high[at] - low[at], high[at + 1] - low[at + 1], high[at + 2] - low[at + 2]),
            answered=sum(answered[at : at + 3]),
            askable=sum(askable[at : at + 3]),
        )
        for place, name in enumerate(DIMENSIONS)
        for at in (3 * place,)
    )


def _pooled(verdict: Verdict, dimensions: tuple[DimensionReading, ...]) -> DimensionReading:
    low, high = pooled(verdict.counted.low.counts), pooled(verdict.counted.high.counts)
    means = [one for at, one in enumerate(dimensions) if 3 * at != EXPLOITATION]
    return DimensionReading(
        name="means",
        state=_met(verdict.low.means, verdict.high.means),
        firm=Counts(*low),
        open=Counts(high[0] - low[0], high[1] - low[1], high[2] - low[2]),
        answered=sum(one.answered for one in means),
        askable=sum(one.askable for one in means),
    )


def _gate_is(verdict: Verdict, name: str, state: State) -> bool:
    return name in verdict.law.urgent_gates and verdict.facts.gates.get(name) == state


def _differs(facts: Facts, sign: str) -> bool:
    return sign in facts.contradictions


def _urgent(verdict: Verdict, states: list[tuple[Row, State]]) -> Iterable[Urgent]:
    facts = verdict.facts
    if facts.urgent:
        yield Urgent(id="urgent", because=_because(facts, "urgent"))
    for id_, when in facts.urgent_signs.items():
        yield Urgent(id=id_, because=_because(facts, f"urgent.{id_}"), when=when)
    for row, state in states:
        if row.urgent and state == "yes":
            yield Urgent(id=row.key, because=_because(facts, row.key))
    for name in GATES:
        if _gate_is(verdict, name, "yes"):
            yield Urgent(id=f"gate.{name}", because=_because(facts, f"gate.{name}"))


def _forced_labour(instrument: Instrument, states: list[tuple[Row, State]]) -> ForcedLabour:
    present = [row.indicator for row, state in states if state == "yes"]
    still_open = [row.indicator for row, state in states if state in NOT_KNOWN]
    here = {sign for indicator in present for sign in indicator.ilo}
    perhaps = {sign for indicator in still_open for sign in indicator.ilo} - here
    return ForcedLabour(
        present=tuple(sign.id for sign in instrument.ilo if sign.id in here),
        open=tuple(sign.id for sign in instrument.ilo if sign.id in perhaps),
        involuntary=_reads(present, still_open, "involuntary"),
        penalty=_reads(present, still_open, "penalty"),
    )


def _reads(present: list[Indicator], still_open: list[Indicator], flag: str) -> Ilo:
    if any(getattr(indicator, flag) for indicator in present):
        return "yes"
    return "possible" if any(getattr(indicator, flag) for indicator in still_open) else "no"
