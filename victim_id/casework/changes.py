"""What was changed in a case after the fact: both answers, when, by whom, and why.

A slip of the same minute is no change, and neither are own words that grew.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from victim_id.casework.case import Case, Correction
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
    """Gives every change but slips, the oldest first; its work grows with the number of corrections and no faster."""
    return tuple(reversed([change for _, change in _backwards(case)]))


def changes_of(case: Case, question: str) -> tuple[Change, ...]:
    """Gives the changes of one question."""
    return tuple(change for change in changes(case) if change.question == question)


def explained(case: Case, question: str, reason: str, *, at: str) -> Case:
    """Gives the case with the reason for the latest change of a question; a reason that stands there is replaced."""
    for place, change in _backwards(case):
        if change.question == question:
            told = msgspec.structs.replace(case.corrections[place], reason=reason)
            kept = (*case.corrections[:place], told, *case.corrections[place + 1 :])
            return msgspec.structs.replace(case, corrections=kept, changed=at)
    return case


def _backwards(case: Case) -> Iterator[tuple[int, Change]]:
    """Gives every change but slips with its place among the corrections, the newest first.

    What took the place of a corrected answer is what was corrected next from the same source, or what stands now.
    """
    following = {(name, given.source): given for name, answers in case.answers.items() for given in reversed(answers)}
    for place in range(len(case.corrections) - 1, -1, -1):
        one = case.corrections[place]
        same = one.before.question, one.before.source
        after = None if one.reason == UNDO else following.get(same)
        following[same] = one.before
        if _counts(one, after):
            yield (
                place,
                Change(
                    question=one.before.question,
                    before=one.before,
                    after=after,
                    reason="" if one.reason == UNDO else one.reason,
                    at=one.at,
                    by=one.by,
                ),
            )


def _counts(one: Correction, after: Answer | None) -> bool:
    if one.before.at and one.at and parse_moment(one.at) - parse_moment(one.before.at) <= SLIP:
        return False
    return after is None or _said(after) != _said(one.before) or not after.words.startswith(one.before.words)


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.value, answer.number, answer.chosen
