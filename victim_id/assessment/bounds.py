"""Counting and the rules on counts, on one bound: from how many signs of which strength to dimensions, elements, score.

The same function reads the lower bound (only what is firm) and the upper (everything not known counts as yes).
Supports are whole numbers of sixtieths, so that every result is exact.
"""

from collections.abc import Sequence

from victim_id.assessment.reading import NOT_KNOWN, Facts, Level, State
from victim_id.instrument.rules import COERCION_HERE, EXPLOITATION, SLOTS, Rules, Sheet
from victim_id.instrument.shapes import GATES, Profile
from victim_id.record import Record

URGENT_GATES_ADULT = frozenset({"organs"})
URGENT_GATES_CHILD = frozenset({"organs", "sexual"})


class Law(Record):
    """What a legal profile says for one age: whether means are required, which gates count, which are urgent signs."""

    child: bool
    means_required: bool
    gates: frozenset[str]
    urgent_gates: frozenset[str]


class Side(Record):
    """Everything the rules look at on one bound."""

    counts: tuple[int, ...]
    act: bool
    someone_else: bool
    perhaps_someone_else: bool
    gates: int
    urgent: int


class Tally(Record):
    """A case counted with one set: both bounds, and how many indicators are firmly no or not applicable."""

    low: Side
    high: Side
    settled: int
    size: int


class Bound(Record):
    """What the rules say on one bound."""

    positive: tuple[bool, ...]
    means: bool
    purpose: bool
    holds: bool
    strong: bool
    score: int


def law(profile: Profile, *, child: bool, day: str = "") -> Law:
    """Reads what counts for this age from a legal profile, as it was in force on a day; without a day all of it."""
    counts = frozenset(
        gate.name for gate in profile.gates if (gate.child if child else gate.adult) and gate.in_force(day)
    )
    required = profile.adult_means_required and not child
    return Law(child, required, counts, URGENT_GATES_CHILD if child else URGENT_GATES_ADULT)


def positive(strong: int, medium: int, weak: int) -> bool:
    """Tells whether these counts make a dimension positive (ILO/EC 2009, WCMS_105023)."""
    return (strong >= 1 and strong + medium + weak >= 2) or (medium >= 2 and medium + weak >= 3)


def pooled(counts: Sequence[int]) -> tuple[int, int, int]:
    """Counts the five dimensions of means together."""
    work = EXPLOITATION
    return (
        sum(counts[0::3]) - counts[work],
        sum(counts[1::3]) - counts[work + 1],
        sum(counts[2::3]) - counts[work + 2],
    )


def tally(sheet: Sheet, law: Law, facts: Facts) -> Tally:
    """Counts a case with one set."""
    low, high = [0] * SLOTS, [0] * SLOTS
    settled = urgent = perhaps_urgent = 0
    states = facts.indicators
    for row in sheet.rows:
        state = states.get(row.key, "not_asked")
        if state == "yes":
            low[row.slot] += 1
            high[row.slot] += 1
            urgent += row.urgent
        elif state in NOT_KNOWN:
            high[row.slot] += 1
            perhaps_urgent += row.urgent
        else:
            settled += 1
    gates = perhaps_gates = 0
    for name in GATES:
        state = facts.gates.get(name, "unknown")
        yes, perhaps = state == "yes", state in NOT_KNOWN
        gates += yes and name in law.gates
        perhaps_gates += perhaps and name in law.gates
        urgent += yes and name in law.urgent_gates
        perhaps_urgent += perhaps and name in law.urgent_gates
    urgent += facts.urgent + len(facts.urgent_signs)
    perhaps_urgent += facts.urgent_open
    someone, act = facts.someone_else, facts.act
    perhaps = someone == "yes" or someone in NOT_KNOWN
    return Tally(
        Side(tuple(low), act == "yes", someone == "yes", perhaps, gates, urgent),
        Side(
            tuple(high),
            act == "yes" or act in NOT_KNOWN,
            perhaps,
            perhaps,
            gates + perhaps_gates,
            urgent + perhaps_urgent,
        ),
        settled,
        len(sheet.rows),
    )


def bound(rules: Rules, law: Law, side: Side) -> Bound:
    """Applies the rules for dimensions, elements and score to one bound."""
    counts = side.counts
    full = 10 * rules.whole
    cap = rules.cap_tenths * rules.whole
    by_strong, by_medium, by_weak = (10 * weight for weight in rules.weights)
    met: list[bool] = []
    supports: list[int] = []
    values = iter((*counts, *pooled(counts)))
    for strong, medium, weak in zip(values, values, values, strict=True):
        holds = positive(strong, medium, weak)
        met.append(holds)
        supports.append(full if holds else min(cap, by_strong * strong + by_medium * medium + by_weak * weak))
    means, by_means = met.pop(), supports.pop()
    exploited, by_work = met[EXPLOITATION // 3], supports[EXPLOITATION // 3]
    purpose = side.gates > 0 or (exploited and side.someone_else)
    holds = side.act and purpose and (means or not law.means_required)
    if law.child:
        strong_too = holds and (side.gates > 0 or means or side.urgent > 0)
    else:
        strong_too = holds and met[COERCION_HERE // 3]
    if strong_too:
        score = rules.strong + (100 - rules.strong) * sum(supports) // (full * len(supports))
    elif holds:
        score = rules.indications + (rules.strong - 1 - rules.indications) * sum(supports) // (full * len(supports))
    else:
        if side.gates:
            by_purpose = full
        elif side.someone_else:
            by_purpose = by_work
        else:
            by_purpose = min(cap, by_work) if side.perhaps_someone_else else 0
        score = (rules.indications - 1) * (by_purpose + by_means) // (2 * full)
    return Bound(tuple(met), means, purpose, holds, strong_too, score)


def level(rules: Rules, law: Law, counted: Tally, low: Bound, high: Bound, *, may_close: bool) -> Level:
    """Gives the level, checked in the published order; `may_close` is false where `few` is never said."""
    if low.strong:
        return "strong"
    if low.holds:
        return "indications"
    urgent = counted.low.urgent > 0
    signs = counted.low.counts
    strong, medium, _ = pooled(signs)
    if law.means_required and low.purpose and not high.means and strong + medium == 0 and not urgent:
        return "exploitation"
    heavy = strong + medium + signs[EXPLOITATION] + signs[EXPLOITATION + 1]
    if (
        may_close
        and not law.child
        and not high.purpose
        and not any(high.positive)
        and heavy == 0
        and 100 * counted.settled >= rules.few_percent * counted.size
        and not urgent
    ):
        return "few"
    return "open"


def raised(current: Level, high: Bound) -> Level:
    """Gives the level if everything not known were yes."""
    if high.strong:
        return "strong"
    return "indications" if high.holds else current


def weighed_as_dignity(law: Law, side: Side, reached: Level) -> bool:
    """Tells whether the level rests on exploitation alone: an adult, no gate, no sign of any means."""
    return reached == "indications" and not law.child and side.gates == 0 and sum(pooled(side.counts)) == 0


def known(state: State) -> bool:
    """Tells whether a state is firm, on either side."""
    return state not in NOT_KNOWN
