"""Walks the content by machine: whether answers exist with which a question is asked, or a sign is shown.

Nothing in the content negates, so it is enough to look for the answers that make one way through a condition true; who
is asked at all must have been asked under answers that agree with them.
"""

import itertools
from collections.abc import Collection, Iterator

from victim_id.instrument.answers import Answer
from victim_id.instrument.conditions import leaf
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Condition, Question

MOST_WAYS = 20_000
"""Beyond so many ways through one condition it counts as reachable; a condition of authors has a few dozen."""


def reachable(instrument: Instrument, question: Question, when: Condition | None, asked: Collection[str]) -> bool:
    """Tells whether some answers to `asked` and to the question itself make `when` true and let the question be asked."""
    goals = [condition for condition in (when, question.asked_when) if condition is not None]
    here = {*asked, question.id}
    return _found(instrument, [(goal, question.id) for goal in goals], {}, here, itertools.count())


def ways(condition: Condition, own: str) -> Iterator[tuple[tuple[str, Condition], ...]]:
    """Gives every way in which a condition can be true: the leaves that must hold together, with their questions."""
    if condition.any:
        for part in condition.any:
            yield from ways(part, own)
    elif condition.all:
        for parts in itertools.product(*(tuple(ways(part, own)) for part in condition.all)):
            yield tuple(itertools.chain.from_iterable(parts))
    else:
        yield ((condition.question or own, condition),)


def answerable(question: Question, wanted: tuple[Condition, ...]) -> bool:
    """Tells whether one answer to a question makes all these leaves true."""
    return any(all(leaf(one, answer) is True for one in wanted) for answer in _answers(question, wanted))


def _found(
    instrument: Instrument,
    goals: list[tuple[Condition, str]],
    wanted: dict[str, tuple[Condition, ...]],
    asked: Collection[str],
    tried: "itertools.count[int]",
) -> bool:
    if not goals:
        return True
    (condition, own), *rest = goals
    for way in ways(condition, own):
        if next(tried) > MOST_WAYS:
            return True
        more, waits = dict(wanted), list[tuple[Condition, str]]()
        for name, one in way:
            known = instrument.question.get(name)
            if known is None or name not in asked:
                break
            if name not in more and known.asked_when is not None:
                waits.append((known.asked_when, name))
            more[name] = (*more.get(name, ()), one)
            if not answerable(known, more[name]):
                break
        else:
            if _found(instrument, [*rest, *waits], more, asked, tried):
                return True
    return False


def _answers(question: Question, wanted: tuple[Condition, ...]) -> Iterator[Answer]:
    """Gives the answers among which one must be, if any makes the leaves true."""
    if question.kind == "yes_no":
        yield Answer(question=question.id, value="yes")
        yield Answer(question=question.id, value="no")
    elif question.kind == "number":
        bounds = {bound for one in wanted for bound in (one.at_least, one.at_most) if bound is not None}
        for number in sorted({question.least, question.most, *bounds}):
            if question.least <= number <= question.most:
                yield Answer(question=question.id, value="given", number=number)
    elif question.kind in {"choice", "several"}:
        named = tuple({one.has for one in wanted} & {choice.id for choice in question.choices})
        for chosen in [(name,) for name in named] if question.kind == "choice" or "none" in named else [named]:
            yield Answer(question=question.id, value="given", chosen=chosen)
