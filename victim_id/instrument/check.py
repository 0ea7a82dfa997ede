"""Looks through an edition for what a loader cannot see: where, what, and what would be right.

Checks that every question can be reached and leads somewhere, that every indicator can be found, that no circumstance
counts without somebody who used it, and that the person's texts are plain.
"""

from collections import Counter
from collections.abc import Iterator

from victim_id.errors import Problem
from victim_id.instrument.answers import Answer
from victim_id.instrument.conditions import holds, leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.plain import faults
from victim_id.instrument.shapes import ABUSE, GATES, Condition, Question, Shows
from victim_id.instrument.texts import texts

SENSITIVE = ("nationality", "ethnic", "religion", "race", "skin", "gender")
"""What never is a sign of its own; belief counts only where somebody used it."""


def problems(instrument: Instrument) -> list[Problem]:
    """Gives every problem of an edition, in the order of the files."""
    found = [*_ids(instrument), *_references(instrument)]
    if found:
        return found
    return [
        *_conditions(instrument),
        *_reachable(instrument),
        *_leads_somewhere(instrument),
        *_signs_found(instrument),
        *_abuse(instrument),
        *_plain(instrument),
        *_sources(instrument),
    ]


def targets(instrument: Instrument) -> set[str]:
    """Gives everything that an answer can show."""
    gates = {f"gate.{name}" for name in GATES}
    urgent = {f"urgent.{sign.id}{when}" for sign in instrument.urgent for when in ("", ".past")}
    return {*instrument.indicator, "act", "someone_else", *gates, *urgent}


def _ids(instrument: Instrument) -> Iterator[Problem]:
    ids = [question.id for section in instrument.sections for question in section.questions]
    tables = {
        "question": ids,
        "section": [section.id for section in instrument.sections],
        "setting": [setting.id for setting in instrument.settings],
        "indicator": [indicator.key for indicator in instrument.indicators],
        "profile": [profile.id for profile in instrument.profiles],
        "recipient": [recipient.id for recipient in instrument.recipients],
        "urgent": [sign.id for sign in instrument.urgent],
    }
    for kind, names in tables.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield Problem(f"{kind} {name}", "stands more than once", "please give one of them another id")
    for name in sorted(set(ids) & set(instrument.retired)):
        yield Problem(f"question {name}", "uses an id that was retired", "please give it a new id")
    for section in instrument.sections:
        for question in section.questions:
            if not question.id.startswith(f"{section.id}.") or question.id.count(".") != 1:
                yield Problem(f"question {question.id}", "has an id of another form", f"please write {section.id}.word")


def _references(instrument: Instrument) -> Iterator[Problem]:
    known = targets(instrument)
    for setting in instrument.settings:
        for name in setting.sections:
            if name not in instrument.section:
                yield Problem(
                    f"setting {setting.id}", f"names a section {name} that is not there", "please add or remove it"
                )
        for name in setting.leaves_out:
            if name not in instrument.question:
                yield Problem(f"setting {setting.id}", f"leaves out {name}, which is not there", "please remove it")
    for question in instrument.question.values():
        where = f"question {question.id}"
        for shows in question.shows:
            if shows.sign not in known:
                yield Problem(
                    where,
                    f"shows {shows.sign}, which is no sign",
                    "please either write an indicator's key, act, someone_else, gate.NAME or urgent.ID, or remove it",
                )
        for name in question.quick:
            if name not in instrument.setting:
                yield Problem(where, f"is quick in {name}, which is no setting", "please remove it")
        for condition in _all_conditions(question):
            for name, _ in leaves(condition, question.id):
                if name not in instrument.question:
                    yield Problem(
                        where,
                        f"depends on {name}, which is not there",
                        "please add the question or change the condition",
                    )


def _conditions(instrument: Instrument) -> Iterator[Problem]:
    for question in instrument.question.values():
        where = f"question {question.id}"
        if question.kind in {"choice", "several"} and not question.choices:
            yield Problem(where, "offers a choice and has none", "please add choices, or make it yes_no")
        if question.kind == "number" and question.least >= question.most:
            yield Problem(where, "has no range of numbers", "please give least and most")
        for condition in _all_conditions(question):
            for name, leaf in leaves(condition, question.id):
                fault = _leaf_fault(leaf, instrument.question[name])
                if fault:
                    yield Problem(where, fault, "please mend the condition")


def _leaf_fault(leaf: Condition, asked: Question) -> str:
    said = [bool(leaf.is_), bool(leaf.has), leaf.at_least is not None or leaf.at_most is not None]
    if sum(said) != 1:
        return f"has a condition on {asked.id} that says not one thing but {sum(said)}"
    if leaf.is_ and asked.kind != "yes_no":
        return f"asks yes or no of {asked.id}, which is a {asked.kind} question"
    if leaf.has and leaf.has not in {choice.id for choice in asked.choices}:
        return f"wants the choice {leaf.has}, which {asked.id} does not offer"
    if said[2] and asked.kind != "number":
        return f"wants a number of {asked.id}, which is a {asked.kind} question"
    return ""


def _reachable(instrument: Instrument) -> Iterator[Problem]:
    """Walks every setting: a condition may only speak of questions that come before, and must be able to be true."""
    seen: set[str] = set()
    for setting in instrument.settings:
        before: set[str] = set()
        for question in instrument.questions(setting.id):
            condition = question.asked_when
            if condition is not None:
                late = sorted({name for name, _ in leaves(condition, question.id)} - before)
                if late:
                    yield Problem(
                        f"question {question.id}",
                        f"waits in {setting.id} for {', '.join(late)}, which is not asked before it",
                        "please reorder, or leave it out of the setting",
                    )
                    continue
                if not satisfiable(condition, question.id):
                    yield Problem(
                        f"question {question.id}",
                        "waits for a condition that can never be true",
                        "please mend asked_when",
                    )
                    continue
            before.add(question.id)
        seen |= before
    for name in instrument.question:
        if name not in seen:
            yield Problem(
                f"question {name}", "is asked in no setting", "please add its section to a setting, or remove it"
            )


def satisfiable(condition: Condition, own: str) -> bool:
    """Tells whether some answers make a condition true."""
    return any(holds(condition, answers, own) is True for answers in _witnesses(condition, own))


def _witnesses(condition: Condition, own: str) -> Iterator[dict[str, tuple[Answer, ...]]]:
    if condition.any:
        for part in condition.any:
            yield from _witnesses(part, own)
        return
    if condition.all:
        merged: dict[str, tuple[Answer, ...]] = {}
        for part in condition.all:
            for answers in _witnesses(part, own):
                merged |= answers
                break
        yield merged
        return
    name = condition.question or own
    number = condition.at_least if condition.at_least is not None else condition.at_most
    value = condition.is_ or "given"
    yield {name: (Answer(question=name, value=value, number=number, chosen=(condition.has,) if condition.has else ()),)}


def _leads_somewhere(instrument: Instrument) -> Iterator[Problem]:
    used = {
        name
        for question in instrument.question.values()
        for condition in _all_conditions(question)
        for name, _ in leaves(condition, question.id)
    }
    for question in instrument.question.values():
        if not question.shows and question.id not in used and not question.free and not question.field:
            yield Problem(
                f"question {question.id}", "leads nowhere", "please let it show a sign, fill a field, or remove it"
            )


def _signs_found(instrument: Instrument) -> Iterator[Problem]:
    asked = {question.id for setting in instrument.settings for question in instrument.questions(setting.id)}
    shown = {shows.sign for name in asked for shows in instrument.question[name].shows}
    for key in instrument.indicator:
        if key not in shown:
            yield Problem(f"indicator {key}", "is shown by no question", "please add a question, or let one show it")


def _abuse(instrument: Instrument) -> Iterator[Problem]:
    for question in instrument.question.values():
        for shows in question.shows:
            indicator = instrument.indicator.get(shows.sign)
            if indicator and indicator.dimension in ABUSE and not rests_on_abuse(instrument, question, shows):
                yield Problem(
                    f"question {question.id}",
                    f"lets {shows.sign} count without somebody who used it",
                    "please let its condition rest on a question with abuse = true",
                )


def rests_on_abuse(instrument: Instrument, question: Question, shows: Shows) -> bool:
    """Tells whether a sign is shown only when an abuse question is answered as well, on every way it can be true."""

    def rests(condition: Condition) -> bool:
        if condition.all:
            return any(rests(part) for part in condition.all)
        if condition.any:
            return all(rests(part) for part in condition.any)
        return instrument.question[condition.question or question.id].abuse

    return rests(shows.when)


def _plain(instrument: Instrument) -> Iterator[Problem]:
    for text in texts(instrument):
        if text.reader == "person":
            for what, either in faults(text.english):
                yield Problem(text.context, what, either)
    for question in instrument.question.values():
        if question.of == "person" and not question.person:
            yield Problem(f"question {question.id}", "has no wording for the person", "please write person")
        if question.of == "person" and question.shows and not question.why:
            yield Problem(f"question {question.id}", "does not say why it is asked", "please write why")
    for indicator in instrument.indicators:
        if any(word in indicator.sign.lower() for word in SENSITIVE):
            yield Problem(f"indicator {indicator.key}", "speaks of who the person is", "please say what somebody did")


def _sources(instrument: Instrument) -> Iterator[Problem]:
    for indicator in instrument.indicators:
        if not indicator.source or set(indicator.verified) != set(indicator.strength):
            yield Problem(f"indicator {indicator.key}", "has a cell without a source or its state", "please add it")
    yield from _statements(instrument)


def _statements(instrument: Instrument) -> Iterator[Problem]:
    for profile in instrument.profiles:
        statements = [
            profile.means,
            profile.child,
            profile.labour,
            profile.help,
            profile.non_punishment,
            profile.qualification,
            *profile.minors,
        ]
        if any(not statement.source for statement in statements) or any(not gate.source for gate in profile.gates):
            yield Problem(f"profile {profile.id}", "has a statement without a source", "please add its source and mark")
    for recipient in instrument.recipients:
        if any(not statement.source for statement in (recipient.consent_why, recipient.may_follow, recipient.contact)):
            yield Problem(
                f"recipient {recipient.id}", "has a statement without a source", "please add its source and mark"
            )


def _all_conditions(question: Question) -> list[Condition]:
    return [*(shows.when for shows in question.shows), *([question.asked_when] if question.asked_when else [])]
