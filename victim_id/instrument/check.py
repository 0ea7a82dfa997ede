"""Looks through an edition for what a loader cannot see: where, what, and what would be right.

Checks that every question can be reached and leads somewhere, that every indicator can be found, that no circumstance
counts without somebody who used it, and that the person's texts are plain. What a whole edition needs is in `whole`.
"""

import re
from collections.abc import Iterator

from victim_id.errors import Problem
from victim_id.instrument.conditions import leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.plain import BLAME, faults
from victim_id.instrument.reach import reachable
from victim_id.instrument.references import conditions_of, ids, references
from victim_id.instrument.shapes import ABUSE, Condition, Question, Setting, Shows
from victim_id.instrument.sources import sources
from victim_id.instrument.texts import texts

WHO_ONE_IS = re.compile(
    r"\b(?:nationalit|citizen|ethnic|origins?\b|roma\b|gyps|religio|muslim|christian|race\b|racial|skin|colou?r|gender"
    r"|sex of the person|accent|tattoo|dressed|looks like|eye contact)",
    re.IGNORECASE,
)
"""What never is a sign; belief counts only where somebody used it, and has words of its own."""

MOST_QUICK = 16
"""A quick screen is about ten observations and four questions; the limit is ours."""

MOST_SIGNS = {"worker": 140, "person": 160, "why": 120, "watch": 120, "avoid": 120, "label": 100, "sign": 90}
"""How long a text may be, by its field: what still fits the screen and the paper when it is translated. Ours."""


def problems(instrument: Instrument) -> list[Problem]:
    """Gives every problem of an edition, in the order of the files."""
    found = [*ids(instrument), *references(instrument)] or [*_conditions(instrument)]
    if found:
        return found
    return [
        *_reachable(instrument),
        *_leads_somewhere(instrument),
        *_signs_found(instrument),
        *_abuse(instrument),
        *_site(instrument),
        *_plain(instrument),
        *_quick(instrument),
        *sources(instrument),
    ]


def _conditions(instrument: Instrument) -> Iterator[Problem]:
    for question in instrument.question.values():
        where = f"question {question.id}"
        if question.kind in {"choice", "several"} and not question.choices:
            yield Problem(where, "offers a choice and has none", "please add choices, or make it yes_no")
        if question.kind == "number" and question.least >= question.most:
            yield Problem(where, "has no range of numbers", "please give least and most")
        for condition in conditions_of(question):
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
    placed: set[str] = set()
    seen: set[str] = set()
    shown: set[tuple[str, int]] = set()
    for setting in instrument.settings:
        before: set[str] = set()
        for question in instrument.questions(setting.id):
            placed.add(question.id)
            where, condition = f"question {question.id}", question.asked_when
            late = [name for name, _ in leaves(condition, question.id)] if condition else []
            if late := sorted(set(late) - before):
                yield Problem(
                    where,
                    f"waits in {setting.id} for {', '.join(late)}, which is not asked before it",
                    "please reorder, or leave it out of the setting",
                )
            elif not reachable(instrument, question, None, before):
                yield Problem(where, "waits for a condition that can never be true", "please mend asked_when")
            else:
                yield from _narrower(instrument, question, setting, before)
                before.add(question.id)
        seen |= before
        for name in before:
            for number, shows in enumerate(instrument.question[name].shows):
                if reachable(instrument, instrument.question[name], shows.when, before):
                    shown.add((name, number))
    for name, question in instrument.question.items():
        if name not in placed:
            yield Problem(
                f"question {name}", "is asked in no setting", "please add its section to a setting, or remove it"
            )
        for number, shows in enumerate(question.shows):
            if name in seen and (name, number) not in shown:
                yield Problem(
                    f"question {name}",
                    f"shows {shows.sign} on answers that nobody can give",
                    "please mend the condition, or ask what it rests on in the same setting",
                )


def _narrower(instrument: Instrument, question: Question, setting: Setting, before: set[str]) -> Iterator[Problem]:
    """Looks whether a follow-up is also reached where less is asked: of a child, and in the quick screen."""
    of_a_child = {name for name in before if _of_a_child(instrument.question[name])}
    where, either = f"question {question.id}", "please mend asked_when, or mark what it waits for as well"
    if question.child and not reachable(instrument, question, None, of_a_child):
        yield Problem(where, f"is for a child, and waits in {setting.id} for what no child is asked", either)
    quick = {name for name in before if setting.id in instrument.question[name].quick}
    if setting.id in question.quick and not reachable(instrument, question, None, quick):
        yield Problem(where, f"is quick in {setting.id}, and waits for what is not quick there", either)


def _of_a_child(question: Question) -> bool:
    return question.child or question.free or question.of != "person"


def _leads_somewhere(instrument: Instrument) -> Iterator[Problem]:
    used = {
        name
        for question in instrument.question.values()
        for condition in conditions_of(question)
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
    for sign in instrument.urgent:
        if not shown & {f"urgent.{sign.id}", sign.id}:
            yield Problem(f"urgent {sign.id}", "is shown by no question", "please add a question, or let one show it")
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


def _site(instrument: Instrument) -> Iterator[Problem]:
    for question in instrument.question.values():
        if question.site and (question.of == "person" or instrument.section_of[question.id].private):
            yield Problem(
                f"question {question.id}",
                "passes to another person's case what one person says, or what is private",
                "please take site = true away, or make it an observation in an ordinary section",
            )


def rests_on_abuse(instrument: Instrument, question: Question, shows: Shows) -> bool:
    """Tells whether a sign is shown only when an abuse question is answered as well, on every way it can be true."""

    def rests(condition: Condition) -> bool:
        if condition.all:
            return any(rests(part) for part in condition.all)
        if condition.any:
            return all(rests(part) for part in condition.any)
        denied = condition.is_ == "no" or condition.has in {"no", "none"}
        return instrument.question[condition.question or question.id].abuse and not denied

    return rests(shows.when)


def _plain(instrument: Instrument) -> Iterator[Problem]:
    for text in texts(instrument):
        if text.reader == "person":
            for what, either in faults(text.english):
                yield Problem(text.context, what, either)
        most = MOST_SIGNS.get(text.context.rpartition(".")[2], len(text.english))
        if len(text.english) > most:
            yield Problem(text.context, f"has {len(text.english)} signs, more than {most}", "please shorten it")
    for question in instrument.question.values():
        where = f"question {question.id}"
        if not question.worker.strip():
            yield Problem(where, "has no wording for the worker", "please write worker")
        if question.of == "person" and not question.person.strip():
            yield Problem(where, "has no wording for the person", "please write person")
        if question.of != "person" and question.person:
            yield Problem(where, "speaks to the person about what is only seen or read", "please remove person")
        if question.of == "person" and question.shows and not question.why.strip():
            yield Problem(where, "does not say why it is asked", "please write why")
        if BLAME.search(question.worker):
            yield Problem(where, "may be heard as blame when it is read out", "please ask what happened")
        if question.shows and any(WHO_ONE_IS.search(text) for text in (question.worker, question.person)):
            yield Problem(where, "lets who the person is show a sign", "please ask what somebody did")
    for indicator in instrument.indicators:
        if WHO_ONE_IS.search(indicator.sign):
            yield Problem(f"indicator {indicator.key}", "speaks of who the person is", "please say what somebody did")


def _quick(instrument: Instrument) -> Iterator[Problem]:
    for setting in instrument.settings:
        here = {question.id for question in instrument.questions(setting.id)}
        quick = [question for question in instrument.question.values() if setting.id in question.quick]
        for question in quick:
            if question.id not in here:
                what = f"is quick in {setting.id}, where it is not asked"
                yield Problem(f"question {question.id}", what, "please ask it there, or correct quick")
        if len(quick) > MOST_QUICK:
            what = f"has a quick screen of {len(quick)}, more than {MOST_QUICK}"
            yield Problem(f"setting {setting.id}", what, "please leave some for the full talk")
