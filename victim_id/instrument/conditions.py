"""Conditions over answers: true, false or not known (Kleene's strong three-valued logic).

| all   | T  F  ?  |     | any   | T  F  ?  |
| T     | T  F  ?  |     | T     | T  T  T  |
| F     | F  F  F  |     | F     | T  F  ?  |
| ?     | ?  F  ?  |     | ?     | T  ?  ?  |
"""

from collections.abc import Iterator

from victim_id.instrument.answers import Answer, Answers
from victim_id.instrument.shapes import Condition


def holds(condition: Condition, answers: Answers, own: str = "") -> bool | None:
    """Tells whether a condition is true, false, or not known; two sources that differ leave it not known."""
    if condition.all:
        return every([holds(part, answers, own) for part in condition.all])
    if condition.any:
        return some([holds(part, answers, own) for part in condition.any])
    found = {leaf(condition, answer) for answer in answers.get(condition.question or own, ())} - {None}
    return found.pop() if len(found) == 1 else None


def leaf(condition: Condition, answer: Answer) -> bool | None:
    """Tells what one answer says of one leaf: not applicable is false, everything not learned is not known."""
    if answer.value == "not_applicable":
        return False
    if not answer.known:
        return None
    if condition.is_:
        return None if answer.value == "given" else answer.value == condition.is_
    if condition.has:
        return condition.has in answer.chosen if answer.value == "given" else None
    if answer.number is None:
        return None
    least = condition.at_least is None or answer.number >= condition.at_least
    most = condition.at_most is None or answer.number <= condition.at_most
    return least and most


def leaves(condition: Condition, own: str = "") -> Iterator[tuple[str, Condition]]:
    """Gives every leaf of a condition with the id of the question it speaks of."""
    parts = condition.all or condition.any
    if not parts:
        yield condition.question or own, condition
    for part in parts:
        yield from leaves(part, own)


def every(parts: list[bool | None]) -> bool | None:
    """Gives the conjunction: false as soon as one is false."""
    if False in parts:
        return False
    return None if None in parts else True


def some(parts: list[bool | None]) -> bool | None:
    """Gives the disjunction: true as soon as one is true."""
    if True in parts:
        return True
    return None if None in parts else False
