"""Every text of the content that is translated: for which reader, under which context, in English."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Choice, Question, Statement
from victim_id.instrument.training import TrainingCase

CITED = "cited"
"""The context of what statements cite: one source is said in the same words wherever it stands."""
WORDS = re.compile(r"(?<![\w./-])[^\W\d_]{2,}(?![\w./-]*[./]\w)")
"""A word that is no part of an address: a source of addresses, numbers and years alone is not translated."""


class Text(NamedTuple):
    """One text: its reader decides the catalogue, its context is the id it belongs to and the name of the field."""

    reader: Literal["worker", "person"]
    context: str
    english: str


def texts(instrument: Instrument) -> Iterator[Text]:
    """Gives every text of an edition that a worker, a recipient or the person reads; empty ones are left out."""
    return (text for text in _all(instrument) if text.english)


def training_texts(cases: Iterable[TrainingCase]) -> Iterator[Text]:
    """Gives every text of the training cases that a trainee reads, also the words that a story answers with."""
    for case in cases:
        for name in ("title", "story", "why"):
            yield Text("worker", f"training.{case.id}.{name}", getattr(case, name))
        for told in case.answers:
            if told.words:
                yield Text("worker", f"training.{case.id}.{told.question}", told.words)


def _all(instrument: Instrument) -> Iterator[Text]:
    for section in instrument.sections:
        yield Text("worker", f"{section.id}.label", section.label)
        yield Text("worker", f"{section.id}.note", section.note)
        for question in section.questions:
            yield from _question(question)
    for text in instrument.texts:
        yield Text("person", f"{text.id}.person", text.person)
    for dimension in instrument.dimensions:
        yield Text("worker", f"dimension.{dimension.name}.label", dimension.label)
    for indicator in instrument.indicators:
        yield Text("worker", f"indicator.{indicator.key}.sign", indicator.sign)
    for reading in instrument.ilo:
        yield Text("worker", f"ilo.{reading.id}.label", reading.label)
    for sign in instrument.urgent:
        for name in ("label", "now", "past"):
            yield Text("worker", f"urgent.{sign.id}.{name}", getattr(sign, name))
    for setting in instrument.settings:
        yield Text("worker", f"setting.{setting.id}.label", setting.label)
        yield Text("worker", f"setting.{setting.id}.note", setting.note)
    for profile in instrument.profiles:
        yield Text("worker", f"profile.{profile.id}.label", profile.label)
        for name in ("means", "child", "labour", "help", "non_punishment", "qualification"):
            yield from _statement(f"profile.{profile.id}.{name}", getattr(profile, name))
        if profile.complaint:
            yield from _statement(f"profile.{profile.id}.complaint", profile.complaint)
        for number, statement in enumerate(profile.minors, 1):
            yield from _statement(f"profile.{profile.id}.minors.{number}", statement)
        for rule in profile.consent:
            yield from _statement(f"profile.{profile.id}.consent.{rule.act}", rule.says)
        for gate in profile.gates:
            yield Text("worker", f"profile.{profile.id}.gate.{gate.name}", gate.label)
        if profile.reflection:
            yield from _statement(f"profile.{profile.id}.reflection.starts", profile.reflection.starts)
            yield from _statement(f"profile.{profile.id}.reflection.decides", profile.reflection.decides)
            for other in profile.reflection.other:
                yield from _statement(f"profile.{profile.id}.reflection.{other.when}", other.says)
            for number, statement in enumerate(profile.reflection.conditions, 1):
                yield from _statement(f"profile.{profile.id}.reflection.{number}", statement)
    for recipient in instrument.recipients:
        yield Text("worker", f"recipient.{recipient.id}.label", recipient.label)
        yield Text("worker", f"recipient.{recipient.id}.role", recipient.role)
        for name in ("consent_why", "may_follow", "contact"):
            yield from _statement(f"recipient.{recipient.id}.{name}", getattr(recipient, name))
    for field in instrument.fields:
        yield Text("worker", f"field.{field.id}.label", field.label)
        yield Text("worker", f"field.{field.id}.note", field.note)
        yield from _choices(f"field.{field.id}", field.choices)
        for part in field.parts:
            yield Text("worker", f"field.{field.id}.{part.id}.label", part.label)
            yield from _choices(f"field.{field.id}.{part.id}", part.choices)
    for variant in instrument.variants:
        yield Text("worker", f"variant.{variant.id}.label", variant.label)
        yield Text("worker", f"variant.{variant.id}.note", variant.note)
    for harm in instrument.reporting:
        yield Text("worker", f"reporting.{harm.id}.label", harm.label)
        yield Text("worker", f"reporting.{harm.id}.never", harm.never)
        for number, what in enumerate(harm.write_down, 1):
            yield Text("worker", f"reporting.{harm.id}.write_down.{number}", what)
        for number, route in enumerate(harm.routes, 1):
            yield Text("worker", f"reporting.{harm.id}.route.{number}.label", route.label)
            yield from _statement(f"reporting.{harm.id}.route.{number}.says", route.says)
    for card in instrument.cards:
        for name in ("label", "validated", "on_whom", "figures"):
            yield Text("worker", f"card.{card.id}.{name}", getattr(card, name))


def _question(question: Question) -> Iterator[Text]:
    for name in ("worker", "why", "watch", "avoid", "unit"):
        yield Text("worker", f"{question.id}.{name}", getattr(question, name))
    yield Text("person", f"{question.id}.person", question.person)
    for choice in question.choices:
        yield Text("worker", f"{question.id}.{choice.id}.label", choice.label)
        if question.of == "person":
            yield Text("person", f"{question.id}.{choice.id}.person", choice.person or choice.label)


def _choices(context: str, choices: tuple[Choice, ...]) -> Iterator[Text]:
    return (Text("worker", f"{context}.{choice.id}", choice.label) for choice in choices)


def _statement(context: str, statement: Statement) -> Iterator[Text]:
    yield Text("worker", context, statement.text)
    for cited in (statement.source, statement.as_of):
        if WORDS.search(cited):
            yield Text("worker", CITED, cited)
