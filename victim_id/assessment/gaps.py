"""What is still open: which answers would raise the level, and which question is the most useful next.

Inputs are named as in the content: indicator keys, then `act`, `someone_else` and `gate.NAME`, in this order.
"""

import msgspec

from victim_id.assessment.assess import Verdict, judged, may_close
from victim_id.assessment.bounds import Side, Tally, bound, level, pooled, positive, raised
from victim_id.assessment.choices import IMPOSSIBLE, NOTHING_NEEDED, Found, enough, one_of, smallest, together
from victim_id.assessment.reading import NOT_KNOWN, Choices, Facts, Gaps, State
from victim_id.instrument.answers import Answers
from victim_id.instrument.conditions import holds
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.rules import COERCION_HERE, EXPLOITATION, SLOTS, Slot
from victim_id.instrument.shapes import DIMENSIONS, GATES, Profile, Question, SetName
from victim_id.record import Record

FOR_A_DIMENSION = 3
"""How many of the smallest sets that would make a dimension met are shown beside it."""


class Inputs(Record):
    """The inputs of one set by place in the order of the content; the indicators not known by slot."""

    names: tuple[str, ...]
    states: tuple[State, ...]
    free: tuple[list[int], ...]
    act: int
    someone_else: int
    gates: range


def gaps(instrument: Instrument, profile: Profile, facts: Facts, name: SetName) -> Gaps:
    """Gives what is still open in one set: the smallest sets of answers that raise the level, and what to ask next."""
    return still_open(instrument, judged(instrument, profile, facts, name))


def still_open(instrument: Instrument, verdict: Verdict) -> Gaps:
    """Gives what is still open in a set that was judged already."""
    inputs = _inputs(verdict)
    return Gaps(
        decisive=_named(inputs, _decisive(verdict, inputs, instrument.rules.shown)),
        next=_most_useful(instrument, verdict, inputs),
    )


def would_meet(instrument: Instrument, profile: Profile, facts: Facts, name: SetName) -> dict[str, Choices]:
    """Gives for each open dimension of a set the smallest sets of signs that would make it met."""
    verdict = judged(instrument, profile, facts, name)
    inputs = _inputs(verdict)
    return {
        dimension: _named(inputs, _dimension(verdict, inputs, 3 * at, FOR_A_DIMENSION))
        for at, dimension in enumerate(DIMENSIONS)
        if verdict.high.positive[at] and not verdict.low.positive[at]
    }


def useful_questions(
    instrument: Instrument, found: Gaps, answers: Answers, *, setting: str, child: bool
) -> tuple[str, ...]:
    """Gives the questions of a setting that can still be asked, by the most useful sign each can show.

    Left out: what is answered, what was declined, what does not apply, and for a child what is not asked of a child.
    """
    rank = {sign: at for at, sign in enumerate(found.next)}
    route = "child" if child else "adult"

    def use(question: Question) -> int:
        signs = [rank[one.sign] for one in question.shows if one.sign in rank and one.route in {"", route}]
        return min(signs, default=-1)

    open_questions = [
        (use(question), at, question.id)
        for at, question in enumerate(instrument.questions(setting))
        if not any(
            answer.known or answer.value in {"declined", "not_applicable"} for answer in answers.get(question.id, ())
        )
        and (question.child or not child)
        and (question.asked_when is None or holds(question.asked_when, answers) is not False)
    ]
    return tuple(id_ for useful, _, id_ in sorted(open_questions) if useful >= 0)


def _inputs(verdict: Verdict) -> Inputs:
    facts, rows = verdict.facts, verdict.sheet.rows
    free: tuple[list[int], ...] = tuple([] for _ in range(SLOTS))
    states: list[State] = [facts.indicators.get(row.key, "not_asked") for row in rows]
    for place, row in enumerate(rows):
        if states[place] in NOT_KNOWN:
            free[row.slot].append(place)
    size = len(rows)
    names = (*(row.key for row in rows), "act", "someone_else", *(f"gate.{name}" for name in GATES))
    states += [facts.act, facts.someone_else, *(facts.gates.get(name, "unknown") for name in GATES)]
    return Inputs(names, tuple(states), free, size, size + 1, range(size + 2, len(names)))


def _named(inputs: Inputs, found: Found) -> Choices:
    return Choices(found.total, tuple(tuple(inputs.names[place] for place in places) for places in found.first))


def _dimension(verdict: Verdict, inputs: Inputs, at: Slot, most: int) -> Found:
    strong, medium, weak = verdict.counted.low.counts[at : at + 3]
    free = (inputs.free[at], inputs.free[at + 1], inputs.free[at + 2])
    return enough(positive, (strong, medium, weak), free, most)


def _means(verdict: Verdict, inputs: Inputs, most: int) -> Found:
    strong, medium, weak = (
        sorted(place for at in range(strength, SLOTS, 3) if at // 3 != EXPLOITATION // 3 for place in inputs.free[at])
        for strength in range(3)
    )
    return enough(positive, pooled(verdict.counted.low.counts), (strong, medium, weak), most)


def _decisive(verdict: Verdict, inputs: Inputs, most: int) -> Found:
    """Gives the smallest sets whose yes reaches `indications`, or `strong` from there."""
    if verdict.low.strong or not verdict.high.holds:
        return IMPOSSIBLE
    if not verdict.low.holds:
        parts = [_one(inputs, inputs.act, most), _purpose(verdict, inputs, most)]
        if verdict.law.means_required:
            parts.append(_means(verdict, inputs, most))
        return together(parts, most)
    if verdict.law.child:
        return _strong_for_a_child(verdict, inputs, most)
    return _dimension(verdict, inputs, COERCION_HERE, most)


def _one(inputs: Inputs, place: int, most: int) -> Found:
    """Gives what a single input still needs: nothing, its yes, or it was denied."""
    if inputs.states[place] == "yes":
        return NOTHING_NEEDED
    return one_of([place], most) if inputs.states[place] in NOT_KNOWN else IMPOSSIBLE


def _purpose(verdict: Verdict, inputs: Inputs, most: int) -> Found:
    if verdict.low.purpose:
        return NOTHING_NEEDED
    gates = one_of(_open_gates(inputs, verdict.law.gates), most)
    work = (_one(inputs, inputs.someone_else, most), _dimension(verdict, inputs, EXPLOITATION, most))
    return smallest((gates, together(work, most)), most)


def _open_gates(inputs: Inputs, names: frozenset[str]) -> list[int]:
    return [
        place
        for place, name in zip(inputs.gates, GATES, strict=True)
        if name in names and inputs.states[place] in NOT_KNOWN
    ]


def _strong_for_a_child(verdict: Verdict, inputs: Inputs, most: int) -> Found:
    """A gate, an urgent sign, or means: the first two take one answer; means may take one, two or three."""
    single = _open_gates(inputs, verdict.law.gates | verdict.law.urgent_gates)
    strong, medium, weak = pooled(verdict.counted.low.counts)
    for place, row in enumerate(verdict.sheet.rows):
        if inputs.states[place] in NOT_KNOWN:
            add = [row.slot % 3 == strength and row.slot // 3 != EXPLOITATION // 3 for strength in range(3)]
            if row.urgent or positive(strong + add[0], medium + add[1], weak + add[2]):
                single.append(place)
    return one_of(single, most) if single else _means(verdict, inputs, most)


def _most_useful(instrument: Instrument, verdict: Verdict, inputs: Inputs) -> tuple[str, ...]:
    """Ranks what can be asked by what either answer would settle: the level first, then the width of the interval."""
    closes = may_close(instrument, verdict.facts)
    rules, law, counted = instrument.rules, verdict.law, verdict.counted
    now = (verdict.level, raised(verdict.level, verdict.high))
    width = verdict.high.score - verdict.low.score
    known: dict[tuple[str, int, bool], tuple[int, int]] = {}

    def settles(kind: tuple[str, int, bool]) -> tuple[int, int]:
        levels = narrower = 0
        for supposed in (_with(counted, kind, yes=True), _with(counted, kind, yes=False)):
            low = verdict.low if supposed.low is counted.low else bound(rules, law, supposed.low)
            high = verdict.high if supposed.high is counted.high else bound(rules, law, supposed.high)
            reached = level(rules, law, supposed, low, high, may_close=closes)
            levels += (reached, raised(reached, high)) != now
            narrower += width - (high.score - low.score)
        return -levels, -narrower

    ranked = []
    for place, name in enumerate(inputs.names):
        kind = _kind(verdict, inputs, place)
        if kind is None or not _askable(instrument, verdict, name):
            continue
        if kind not in known:
            known[kind] = settles(kind)
        strength = kind[1] % 3 if kind[0] == "sign" else 0
        ranked.append((*known[kind], strength, place))
    return tuple(inputs.names[place] for *_, place in sorted(ranked))


def _kind(verdict: Verdict, inputs: Inputs, place: int) -> tuple[str, int, bool] | None:
    """Gives what matters about an input to the counting, so that equal ones are worked out once; None is not asked."""
    state = inputs.states[place]
    if state not in NOT_KNOWN or state == "declined":
        return None
    if place < inputs.act:
        row = verdict.sheet.rows[place]
        return "sign", row.slot, row.urgent
    if place not in inputs.gates:
        return inputs.names[place], 0, False
    gate = GATES[inputs.gates.index(place)]
    counts, urgent = gate in verdict.law.gates, gate in verdict.law.urgent_gates
    return ("gate", int(counts), urgent) if counts or urgent else None


def _askable(instrument: Instrument, verdict: Verdict, name: str) -> bool:
    """Tells whether something may be offered as a question: of a child only what is asked of a child."""
    return not verdict.law.child or any(question.child for question, _ in instrument.shown_by.get(name, ()))


def _with(counted: Tally, kind: tuple[str, int, bool], *, yes: bool) -> Tally:
    """Counts the case again as if one more input of a kind had been answered: a yes moves the lower bound, a no the upper."""
    what, slot, urgent = kind
    step = 1 if yes else -1
    side = counted.low if yes else counted.high
    moved: Side
    if what == "sign":
        counts = (*side.counts[:slot], side.counts[slot] + step, *side.counts[slot + 1 :])
        moved = msgspec.structs.replace(side, counts=counts, urgent=side.urgent + step * urgent)
    elif what == "gate":
        moved = msgspec.structs.replace(side, gates=side.gates + step * slot, urgent=side.urgent + step * urgent)
    elif what == "act":
        moved = msgspec.structs.replace(side, act=yes)
    else:
        moved = msgspec.structs.replace(side, someone_else=yes, perhaps_someone_else=yes)
    if yes:
        return msgspec.structs.replace(counted, low=moved)
    low = counted.low
    if what == "someone_else":
        low = msgspec.structs.replace(low, perhaps_someone_else=False)
    return msgspec.structs.replace(counted, low=low, high=moved, settled=counted.settled + (what == "sign"))
