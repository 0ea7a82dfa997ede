"""Looks whether everything that is named is there, once, under an id of the right form."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from victim_id.errors import Problem
from victim_id.instrument.conditions import leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import DIMENSIONS, GATES, Choice, Condition, Part, Question

_WORD, _CHOICE = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r"[A-Za-z0-9_]+")


class HasId(Protocol):
    """A part of the content that is named by an id."""

    @property
    def id(self) -> str: ...


def targets(instrument: Instrument) -> set[str]:
    """Gives everything that an answer can show."""
    gates = {f"gate.{name}" for name in GATES}
    urgent = {f"urgent.{sign.id}{when}" for sign in instrument.urgent for when in ("", ".past")}
    return {*instrument.indicator, "act", "someone_else", "was_child", *gates, *urgent}


def conditions_of(question: Question) -> list[Condition]:
    """Gives every condition of a question: of its signs, and of when it is asked."""
    return [*(shows.when for shows in question.shows), *([question.asked_when] if question.asked_when else [])]


def ids(instrument: Instrument) -> Iterator[Problem]:
    """Finds ids that stand twice, were retired, or have another form."""
    asked = [question for section in instrument.sections for question in section.questions]
    names = [question.id for question in asked]
    tables: dict[str, list[str]] = {
        "question": names,
        "indicator": [indicator.key for indicator in instrument.indicators],
        "dimension": [dimension.name for dimension in instrument.dimensions],
    }
    parts: dict[str, Iterable[HasId]] = {
        "section": instrument.sections,
        "setting": instrument.settings,
        "profile": instrument.profiles,
        "recipient": instrument.recipients,
        "urgent": instrument.urgent,
        "ilo": instrument.ilo,
        "field": instrument.fields,
        "variant": instrument.variants,
        "text": instrument.texts,
        "card": instrument.cards,
        "reporting": instrument.reporting,
    }
    tables |= {kind: [row.id for row in rows] for kind, rows in parts.items()}
    for kind, found in tables.items():
        for name in _twice(found):
            yield Problem(f"{kind} {name}", "stands more than once", "please give one of them another id")
    for name in sorted(set(names) & set(instrument.retired)):
        yield Problem(f"question {name}", "uses an id that was retired", "please give it a new id")
    for section in instrument.sections:
        if not _WORD.fullmatch(section.id):
            yield Problem(f"section {section.id}", "has an id of another form", "please use a-z, digits and _")
        for question in section.questions:
            place, _, word = question.id.partition(".")
            if place != section.id or not _WORD.fullmatch(word):
                yield Problem(f"question {question.id}", "has an id of another form", f"please write {section.id}.word")
    for question in asked:
        yield from _choice_ids(f"question {question.id}", question.choices)
    for field in instrument.fields:
        yield from _choice_ids(f"field {field.id}", field.choices)
        yield from _choice_ids(f"field {field.id}", field.parts)
        for part in field.parts:
            yield from _choice_ids(f"field {field.id}.{part.id}", part.choices)


def references(instrument: Instrument) -> Iterator[Problem]:
    """Finds names of what is not there."""
    for question in instrument.question.values():
        yield from _of_question(instrument, question)
    for setting in instrument.settings:
        where = f"setting {setting.id}"
        for name in setting.sections:
            if name not in instrument.section:
                yield Problem(where, f"names a section {name} that is not there", "please add or remove it")
        for name in _twice(setting.sections):
            yield Problem(where, f"asks {name} twice", "please remove one of them")
        here = {
            q.id for name in setting.sections if name in instrument.section for q in instrument.section[name].questions
        }
        for name in setting.leaves_out:
            if name not in instrument.question:
                yield Problem(where, f"leaves out {name}, which is not there", "please remove it")
            elif name not in here:
                yield Problem(where, f"leaves out {name}, whose section it does not ask", "please remove it")
    readings = {reading.id for reading in instrument.ilo}
    for indicator in instrument.indicators:
        where = f"indicator {indicator.key}"
        if indicator.dimension not in DIMENSIONS:
            yield Problem(where, f"is of {indicator.dimension}", f"please write one of {', '.join(DIMENSIONS)}")
        for name in indicator.ilo:
            if name not in readings:
                yield Problem(where, f"is read as {name}, which is no sign of the ILO", "please add or remove it")
    yield from _of_referrals(instrument)


def _of_question(instrument: Instrument, question: Question) -> Iterator[Problem]:
    where, known = f"question {question.id}", targets(instrument)
    for shows in question.shows:
        if shows.sign not in known:
            yield Problem(
                where,
                f"shows {shows.sign}, which is no sign",
                "please either write an indicator's key, act, someone_else, was_child, gate.NAME or urgent.ID, or remove it",
            )
    for name in question.quick:
        if name not in instrument.setting:
            yield Problem(where, f"is quick in {name}, which is no setting", "please remove it")
    for condition in conditions_of(question):
        for name, _ in leaves(condition, question.id):
            if name not in instrument.question:
                either = "please add the question or change the condition"
                yield Problem(where, f"depends on {name}, which is not there", either)
    if question.field:
        yield from _of_field(instrument, question)


def _of_field(instrument: Instrument, question: Question) -> Iterator[Problem]:
    """Finds a field that is not there, and choices that it could not take."""
    where, (name, _, within) = f"question {question.id}", question.field.partition(".")
    field = instrument.field.get(name)
    parts = {part.id: part for part in field.parts} if field else {}
    if field is None or (parts and within not in parts) or (within and not parts):
        either = (
            f"please write one of {', '.join(f'{name}.{part}' for part in parts)}" if parts else "please correct it"
        )
        yield Problem(where, f"fills {question.field}, which is no field", either)
        return
    taken = {choice.id for choice in (parts[within].choices if within else field.choices)}
    given = {"yes", "no"} if question.kind == "yes_no" else {choice.id for choice in question.choices} - {"none"}
    if taken and question.kind in {"yes_no", "choice", "several"} and given - taken:
        what = f"fills {question.field} with {', '.join(sorted(given - taken))}, which it does not take"
        yield Problem(where, what, "please give both the same choices")


def _of_referrals(instrument: Instrument) -> Iterator[Problem]:
    for variant in instrument.variants:
        for name in (*variant.fields, *variant.agreed):
            if name not in instrument.field:
                yield Problem(f"variant {variant.id}", f"carries {name}, which is no field", "please add or remove it")
    for recipient in instrument.recipients:
        where = f"recipient {recipient.id}"
        if recipient.variant and recipient.variant not in instrument.variant:
            yield Problem(where, f"gets the variant {recipient.variant}, which is not there", "please add or change it")
        if recipient.country not in instrument.profile:
            yield Problem(where, f"is in {recipient.country}, which has no profile", "please add the profile")
    for profile in instrument.profiles:
        for name in profile.core_fields:
            if name not in instrument.field:
                yield Problem(f"profile {profile.id}", f"needs {name}, which is no field", "please add or remove it")
    for harm in instrument.reporting:
        for route in harm.routes:
            if route.country not in instrument.profile:
                what = f"goes to {route.country}, which has no profile"
                yield Problem(f"reporting {harm.id}", what, "please add the profile")


def _choice_ids(where: str, choices: Iterable[Choice | Part]) -> Iterator[Problem]:
    names = [choice.id for choice in choices]
    for name in _twice(names):
        yield Problem(where, f"offers {name} twice", "please give one of them another id")
    for name in names:
        if not _CHOICE.fullmatch(name):
            yield Problem(where, f"offers {name}, an id of another form", "please use letters, digits and _")


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
