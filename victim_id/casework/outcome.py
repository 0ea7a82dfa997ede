"""What a case shows, and how it stands in the list: derived from its answers with the edition that asked them."""

from typing import Literal, TypeAlias

from victim_id.assessment.assess import assess
from victim_id.assessment.facts import facts
from victim_id.assessment.reading import Assessment, Facts
from victim_id.casework.case import Case
from victim_id.instrument.instrument import Instrument
from victim_id.interview.interview import Interview
from victim_id.record import Record

QUICK, CHILD_THEN = "quick", "D5.then"
Outcome: TypeAlias = Literal["open", "unfounded", "refused", "referred", "closed"]
"""How a case ended, as far as it decides how long it is kept."""


class Document(Record, kw_only=True):
    """What the vault keeps of a case: the case, and the columns of the list, derived from it at every change."""

    code: str
    state: str
    setting: str
    place: str
    kind: str
    level: str | None
    urgent: str | None
    danger_now: bool
    child: bool
    changed: str
    asked: int
    askable: int
    next_step: str
    due: str | None
    outcome: Outcome = "open"
    case: Case


def case_facts(instrument: Instrument, case: Case) -> Facts:
    """Gives what is known of every sign in a case; the worker's entry for field D5 tells of the age then as an answer does.

    The law is read as it stood on the day when the case began, which never changes: the day of what happened often has no date.
    """
    return facts(
        instrument,
        instrument.profile[case.profile],
        case.answers,
        age=case.age,
        forms=case.forms,
        setting=case.setting,
        quick=case.quick,
        was_child=case.details.get(CHILD_THEN) == "yes",
        day=case.made[:10],
    )


def assess_case(instrument: Instrument, case: Case) -> Assessment:
    """Gives what the answers of a case show, under its own legal profile."""
    return assess(instrument, instrument.profile[case.profile], case_facts(instrument, case))


def walk(instrument: Instrument, case: Case) -> Interview:
    """Gives the interview of a case, standing where the talk was."""
    return Interview(
        instrument,
        case.setting,
        age=case.age,
        answers=case.answers,
        talk=case.talk,
        opened=case.opened,
        quick=case.quick,
        at=case.at_question,
    )


def document(instrument: Instrument, case: Case, *, practice: bool = False) -> Document:
    """Gives what the vault keeps. The level stands in the list only after an own view was written.

    An urgent sign that is only reported, or denied by another source, stands in the list where no firm one does.
    """
    reading = assess_case(instrument, case).first
    progress = walk(instrument, case).progress()
    shown = QUICK if case.quick else reading.level if case.views else None
    urgent = next(
        (sign.id for sign in sorted(reading.urgent, key=lambda sign: _rank(instrument, sign.id, sign.when))),
        next(iter(reading.urgent_doubted), None),
    )
    return Document(
        code=case.code,
        state=case.state,
        setting=case.setting,
        place=case.place,
        kind="practice" if practice else " ".join(case.forms),
        level=shown,
        urgent=urgent,
        danger_now=any(_rank(instrument, sign.id, sign.when) == 0 for sign in reading.urgent),
        child=case.age != "adult",
        changed=case.changed,
        asked=sum(section.asked for section in progress),
        askable=sum(section.askable for section in progress),
        next_step=case.next_step,
        due=case.due or None,
        outcome=outcome(case),
        case=case,
    )


def outcome(case: Case) -> Outcome:
    """Gives how a case ended: only what the worker closed or referred has ended; the program closes nothing."""
    if case.sent or case.state == "referred":
        return "referred"
    if case.state == "open":
        return "open"
    if case.consents and all(consent.answer == "no" for consent in case.consents):
        return "refused"
    return "unfounded" if case.view is not None and case.view.view == "no_concern" else "closed"


def quick_outcome(instrument: Instrument, case: Case) -> Literal["act", "longer", "card"]:
    """Gives what a quick screen asks for: act now, talk longer today, or leave the card. Never a level, never "nothing found".

    Ours: an urgent sign that is not past, or a child, is *act*; any other sign, an urgent one that is only reported or
    whose sources differ, or a purpose that is supported, is *longer*.
    """
    reading = assess_case(instrument, case).first
    if case.age != "adult" or any(sign.when != "past" for sign in reading.urgent):
        return "act"
    signs = (*reading.findings, *reading.urgent, *reading.urgent_doubted)
    return "longer" if signs or reading.elements.purpose == "yes" else "card"


def words(case: Case) -> list[str]:
    """Gives what search finds in a case, beside its code and place."""
    said = [given.words for answers in case.answers.values() for given in answers if given.words]
    return [*said, *(view.reasons for view in case.views), *case.details.values(), case.next_step]


def _rank(instrument: Instrument, name: str, when: str) -> int:
    """Ranks urgent signs: danger now, then now, then past."""
    sign = instrument.urgent_sign.get(name)
    return (0 if sign is not None and sign.danger else 1) if when != "past" else 2
