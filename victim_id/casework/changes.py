"""What was changed in a case after the fact: both answers, when, by whom, and why.

A slip of the same minute is no change, and neither are own words that grew.
"""

from datetime import timedelta

import msgspec

from victim_id.casework.case import Case
from victim_id.instrument.answers import Answer
from victim_id.language import parse_moment
from victim_id.record import Record

SLIP = timedelta(minutes=1)
UNDO = "undo"


class Change(Record, kw_only=True):
    """An answer that was replaced (`after`), or taken back (no `after`), with the reason as far as one was given."""

    question: str
    before: Answer
    after: Answer | None
    reason: str
    at: str
    by: str


def changes(case: Case) -> tuple[Change, ...]:
    """Gives every change but slips, the oldest first."""
    return tuple(_change(case, place) for place in range(len(case.corrections)) if _counts(case, place))


def changes_of(case: Case, question: str) -> tuple[Change, ...]:
    """Gives the changes of one question."""
    return tuple(change for change in changes(case) if change.question == question)


def explained(case: Case, question: str, reason: str, *, at: str) -> Case:
    """Gives the case with the reason for the latest change of a question; a reason that stands there is replaced."""
    for place in reversed(range(len(case.corrections))):
        one = case.corrections[place]
        if one.before.question == question and _counts(case, place):
            told = msgspec.structs.replace(one, reason=reason)
            kept = (*case.corrections[:place], told, *case.corrections[place + 1 :])
            return msgspec.structs.replace(case, corrections=kept, changed=at)
    return case


def _change(case: Case, place: int) -> Change:
    one = case.corrections[place]
    return Change(
        question=one.before.question,
        before=one.before,
        after=_after(case, place),
        reason="" if one.reason == UNDO else one.reason,
        at=one.at,
        by=one.by,
    )


def _after(case: Case, place: int) -> Answer | None:
    """Gives what took the place of a corrected answer: what was corrected next from the same source, or what stands now."""
    one = case.corrections[place]
    if one.reason == UNDO:
        return None
    same = (one.before.question, one.before.source)
    later = [c.before for c in case.corrections[place + 1 :] if (c.before.question, c.before.source) == same]
    now = [given for given in case.answers.get(same[0], ()) if given.source == same[1]]
    return next(iter([*later, *now]), None)


def _counts(case: Case, place: int) -> bool:
    one, after = case.corrections[place], _after(case, place)
    if one.before.at and one.at and parse_moment(one.at) - parse_moment(one.before.at) <= SLIP:
        return False
    return after is None or _said(after) != _said(one.before) or not after.words.startswith(one.before.words)


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.value, answer.number, answer.chosen
