"""From answers to what is known of every sign: firm, reported, denied in unsafe conditions, or not known and why.

A sign fed by several questions is true as soon as one shows it (Kleene). A yes is believed from whoever it concerns; a
denial counts only if everything it rests on is firm; and an unsafe denial never takes a yes back.
"""

from collections.abc import Collection
from typing import Literal, TypeAlias

from victim_id.assessment.reading import Age, Facts, Form, State, When
from victim_id.instrument.answers import Answer, Answers
from victim_id.instrument.conditions import leaf
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import GATES, Condition, Profile, Question, Shows
from victim_id.record import Record

Told: TypeAlias = State | Literal["contradicted"]
Route: TypeAlias = Literal["adult", "child"]

FALSE: tuple[Told, ...] = ("no", "not_applicable")
LEAST: tuple[Told, ...] = ("contradicted", "declined", "unknown", "not_asked")
"""Why a sign is not known, the reason that tells most first."""


class Truth(Record, gc=False):
    """What is known of a part of a sign, because of these questions, and whether sources differ anywhere in it."""

    state: Told
    because: tuple[str, ...] = ()
    differs: bool = False


NOT_ASKED = Truth("not_asked")


def facts(
    instrument: Instrument,
    profile: Profile,
    answers: Answers,
    *,
    age: Age,
    forms: tuple[Form, ...] = (),
    setting: str = "",
    quick: bool = False,
    was_child: bool = False,
    day: str = "",
) -> Facts:
    """Gives the facts of a case: every sign that a question can show, with the questions it rests on.

    An adult was a child during it when `was_child` says so, or an answer does. The law is read as of `day`.
    """
    route: Route = "adult" if age == "adult" else "child"
    truths = signs(instrument, answers, route, setting)
    states: dict[str, State] = {sign: _state(truth.state) for sign, truth in truths.items()}
    then = truths.get("was_child", NOT_ASKED)
    was_child = age == "adult" and (was_child or then.state == "yes")
    beside = {}
    if age == "unsure" or was_child or then.differs:
        beside = _beside(states, signs(instrument, answers, "child" if route == "adult" else "adult", setting))
    urgent = {sign.removeprefix("urgent."): truth for sign, truth in truths.items() if sign.startswith("urgent.")}
    times: dict[str, When] = {}
    for sign, truth in urgent.items():
        if truth.state == "yes":
            id_ = sign.removesuffix(".past")
            times[id_] = "past" if id_ != sign and id_ not in times else "now"
    return Facts(
        profile=profile.id,
        age=age,
        forms=forms,
        setting=setting,
        act=states.get("act", "unknown"),
        someone_else=states.get("someone_else", "unknown"),
        gates={name: states[f"gate.{name}"] for name in GATES if f"gate.{name}" in states},
        indicators={one.key: states[one.key] for one in instrument.indicators if one.key in states},
        urgent_signs=times,
        urgent_reported=_doubted(urgent, "reported", times),
        urgent_differs=_doubted(urgent, "contradicted", times),
        urgent_open=any(truth.state not in ("yes", *FALSE) for truth in urgent.values()),
        quick=quick,
        day=day,
        was_child=was_child,
        beside=beside,
        because={sign: truth.because for sign, truth in truths.items() if truth.because},
        contradictions=tuple(sign for sign, truth in truths.items() if truth.differs),
    )


def signs(instrument: Instrument, answers: Answers, route: Route, setting: str = "") -> dict[str, Truth]:
    """Gives what the answers say of every sign that some question can show on this route.

    Where a setting is named, a question it leaves out is not waited for: what other questions deny is denied. Nor is a
    question waited for that is not asked on this route.
    """
    asked = {
        id_
        for id_ in (instrument.asked_in[setting] if setting else instrument.question)
        if instrument.question[id_].asked_of(route)
    }
    found = {}
    for sign, shown_by in instrument.shown_by.items():
        parts = [
            _shown(question, shows, answers)
            for question, shows in shown_by
            if shows.route in {"", route} and (question.id in asked or question.id in answers)
        ]
        if parts:
            found[sign] = either(parts)
    return found


def either(parts: list[Truth]) -> Truth:
    """Gives the disjunction: one firm yes is enough, and every part must be denied for a denial."""
    if len(parts) == 1:
        return parts[0]
    states = [part.state for part in parts]
    known: tuple[Told, ...] = ("yes", "contradicted", "reported")
    for state in known:
        if state in states:
            return _joined(state, parts)
    if all(state in FALSE for state in states):
        return _joined("no" if "no" in states else "not_applicable", parts)
    if all(state in (*FALSE, "no_unsafe") for state in states):
        return _joined("no_unsafe", parts)
    return _not_known(parts)


def both(parts: list[Truth]) -> Truth:
    """Gives the conjunction: one firm denial is enough, and every part must be shown for a yes."""
    if len(parts) == 1:
        return parts[0]
    states = [part.state for part in parts]
    for state in FALSE:
        if state in states:
            return _joined(state, parts)
    if all(state == "yes" for state in states):
        return _joined("yes", parts)
    if "contradicted" in states:
        return _joined("contradicted", parts)
    if "no_unsafe" in states:
        return _joined("no_unsafe", parts)
    if all(state in {"yes", "reported"} for state in states):
        return _joined("reported", parts)
    return _not_known(parts)


def heard(condition: Condition, given: Collection[Answer], question: str) -> Truth:
    """Gives what all sources together say of one leaf of a condition.

    A yes known only from a third party is `reported`; a firm yes and a firm no contradict each other; a no that is not
    firm is never stronger than a yes, so that nobody's denial silences the person.
    """
    if not given:
        return NOT_ASKED
    shown = reported = denied = unsafe = not_applicable = declined = False
    for answer in given:
        holds = leaf(condition, answer)
        third = answer.source == "third_party"
        if holds:
            shown, reported = shown or not third, reported or third
        elif answer.value == "not_applicable":
            not_applicable, unsafe = not_applicable or not third, unsafe or third
        elif holds is False:
            firm = answer.firm
            denied, unsafe = denied or firm, unsafe or not firm
        elif answer.value == "declined":
            declined = True
    false = denied or not_applicable
    differs = (shown or reported) and (false or unsafe)
    state: Told = "unknown"
    if shown:
        state = "contradicted" if false else "yes"
    elif reported:
        state = "reported"
    elif denied:
        state = "no"
    elif not_applicable:
        state = "not_applicable"
    elif unsafe:
        state = "no_unsafe"
    elif declined:
        state = "declined"
    return Truth(state, (question,), differs)


def _shown(question: Question, shows: Shows, answers: Answers) -> Truth:
    """Gives what one question shows of a sign; a follow-up that has nothing to follow does not apply."""
    if question.asked_when is not None and not answers.get(question.id):
        follows = _told(question.asked_when, answers, question.id)
        if follows.state in FALSE:
            return Truth("not_applicable", follows.because, follows.differs)
        if follows.state in {"no_unsafe", "declined", "unknown"}:
            return follows
    return _told(shows.when, answers, question.id)


def _told(condition: Condition, answers: Answers, own: str) -> Truth:
    if condition.all:
        return both([_told(part, answers, own) for part in condition.all])
    if condition.any:
        return either([_told(part, answers, own) for part in condition.any])
    question = condition.question or own
    return heard(condition, answers.get(question, ()), question)


def _joined(state: Told, parts: list[Truth]) -> Truth:
    """Gives a state because of the parts that have it; where one part is enough, the others say nothing."""
    rests_on = _rests_on(state)
    because: dict[str, None] = {}
    differs = False
    for part in parts:
        differs = differs or part.differs
        if part.state in rests_on:
            because.update(dict.fromkeys(part.because))
    return Truth(state, tuple(because), differs)


def _rests_on(state: Told) -> tuple[Told, ...]:
    if state in FALSE:
        return FALSE
    if state == "no_unsafe":
        return (*FALSE, "no_unsafe")
    return ("yes", "reported") if state == "reported" else (state,)


def _not_known(parts: list[Truth]) -> Truth:
    state: Told = next((reason for reason in LEAST if any(part.state == reason for part in parts)), "unknown")
    return _joined(state, parts)


def _state(told: Told) -> State:
    return "unknown" if told == "contradicted" else told


def _beside(states: dict[str, State], other: dict[str, Truth]) -> dict[str, State]:
    """Gives the states that differ when the same answers are read for the other age."""
    return {
        sign: state
        for sign in dict.fromkeys((*states, *other))
        for state in (_state(other[sign].state) if sign in other else "not_asked",)
        if state != states.get(sign, "not_asked") and not sign.startswith(("urgent.", "was_child"))
    }


def _doubted(urgent: dict[str, Truth], state: Told, firm: Collection[str]) -> tuple[str, ...]:
    """Gives the urgent signs in a state, now or past, that are not firmly there as well."""
    ids = dict.fromkeys(sign.removesuffix(".past") for sign, truth in urgent.items() if truth.state == state)
    return tuple(id_ for id_ in ids if id_ not in firm)


def questions_behind(instrument: Instrument, sign: str, age: Age) -> tuple[Question, ...]:
    """Gives the questions that can show a sign at this age, for one step from a finding to what was asked."""
    route: Route = "adult" if age == "adult" else "child"
    return tuple(question for question, shows in instrument.shown_by.get(sign, ()) if shows.route in {"", route})
