"""The document for one recipient in one language, every word resolved; drawn, sent as a record, and shown before it leaves.

Score and interval, the first view written before the result, and the two closing levels are never in it.
"""

from collections.abc import Iterable, Mapping

from victim_id import wording
from victim_id.assessment.reading import Assessment, Reading
from victim_id.casework.case import Case
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Choice, Field, Profile, Recipient
from victim_id.language import Language
from victim_id.record import Record
from victim_id.referral.agreed import agrees, vital_fields
from victim_id.referral.package import KeyCard
from victim_id.referral.values import (
    WHERE_NOW,
    Parts,
    Value,
    Values,
    carried,
    case_values,
    identity,
    in_shelter,
    leaving,
    level_on_paper,
    missing,
    over,
)

SECTIONS: tuple[tuple[str, str], ...] = (
    ("sender", "AB"), ("person", "D"), ("safety", "E"), ("exploitation", "FJK"), ("needs", "H"), ("procedure", "IM"), ("consent", "C"),
)  # fmt: skip
"""The sections of the form and the letters of the fields in each; signs, opinion and receipt stand apart."""

APART = {"A1", "A2", "A4", "D1", "G1", "G2", "G3", "G4", "N1", "N2", "N3", "N4"}
"""Fields that the form shows in a place of their own."""

MEDICAL, SEXUAL = "H2", "F3"
"""The fields of urgent medical needs and of the kind of sexual exploitation: where one may not go, no sign of it goes."""


class Words(Record):
    """A text and the language it is in (BCP 47); None when it is typed and its script decides."""

    text: str
    language: str | None


class Row(Record):
    """A field with its label and what is known of it."""

    field: str
    label: Words
    value: Words


class SignRow(Record):
    """A sign with its strength and how it is known."""

    sign: Words
    strength: Words
    source: Words


class Block(Record):
    """A numbered section of the form."""

    title: Words
    rows: tuple[Row, ...]


class Referral(Record, kw_only=True):
    """A finished document. `values` are exactly the fields that leave; `sealed` those that travel apart.

    `opened` are those of the identity that stand on the form in clear words, because a life is at risk.
    """

    package: str
    code: str
    recipient: str
    variant: str
    language: str
    made: str
    title: Words
    mark: Words
    addressee: Words
    urgent: tuple[Words, ...]
    level: Words
    advice: Words
    signs: tuple[SignRow, ...]
    signs_head: tuple[Words, Words, Words]
    opinion: Words
    blocks: tuple[Block, ...]
    notes: tuple[Words, ...]
    receipt: Block
    footer: Words
    headings: tuple[Words, ...]
    values: Values
    sealed: Values
    opened: Values
    missing: tuple[str, ...]


def make_referral(
    case: Case,
    assessment: Assessment,
    instrument: Instrument,
    recipient: Recipient,
    language: Language,
    sender: KeyCard,
    *,
    package: str,
    made: str,
    worker: str,
    reach: Mapping[str, str] = {},
) -> Referral:
    """Makes the document for one recipient out of a case and its assessment; same in, same out.

    `reach` is how the worker is reached, by the parts of field B3.
    """
    form = _Form(instrument, language)
    profile, variant = instrument.profile[case.profile], instrument.variant[recipient.variant]
    consent = case.consent(recipient.id)
    known = case_values(
        case,
        assessment,
        instrument,
        recipient,
        sender,
        package=package,
        language=language.tag,
        made=made,
        worker=worker,
        reach=reach,
    )
    agreed = agrees(consent, recipient)
    details_too = agreed and consent.details_too
    values = leaving(known, variant, instrument, agreed=details_too)
    reading, say = assessment.first, form.say
    told = carried(variant, agreed=details_too)
    unnamed = recipient.purpose == "advice"
    level = level_on_paper(case, reading)
    apart = identity(known, variant, instrument)
    opened = {name: value for name, value in apart.items() if name in vital_fields(consent, recipient, profile)}
    named = agreed and consent.name_too
    sealed = {name: value for name, value in apart.items() if named and not (name == WHERE_NOW and in_shelter(known))}
    return Referral(
        package=package,
        code=case.code,
        recipient=recipient.id,
        variant=variant.id,
        language=language.tag,
        made=made,
        title=say(_title(language, recipient)),
        mark=say(language.say("CONFIDENTIAL")),
        addressee=form.content(f"recipient.{recipient.id}.label", recipient.label),
        urgent=tuple(
            form.urgent(name, note)
            for name, note in _urgent(reading, language)
            if MEDICAL in told or not instrument.urgent_sign[name].health
            if SEXUAL in told or unnamed or not instrument.urgent_sign[name].sexual
        ),
        level=say(wording.level(language, level) if level else language.say("Level not stated")),
        advice=say(
            language.say("An aid to judgement, not a decision. The level is in words; it is not a probability.")
        ),
        signs=tuple(form.sign(row) for row in _rows(values.get("G1"))),
        signs_head=(say(language.say("Sign")), say(language.say("Strength")), say(language.say("Known how"))),
        opinion=_opinion(case, values, language),
        blocks=tuple(form.blocks(over(values, opened))),
        notes=tuple(form.notes(case, profile, assessment, kinds_too="F1" in told)),
        receipt=form.receipt(values),
        footer=say(_footer(instrument, language)),
        headings=tuple(
            say(text)
            for text in (
                language.say("Immediate safety"),
                language.say("Signs found"),
                language.say("The worker’s judgement"),
                language.say("To know"),
            )
        ),
        values=values,
        sealed=sealed | opened,
        opened=opened,
        missing=tuple(field.id for field in missing(known, variant, instrument, case, recipient)),
    )


class _Form:
    """Turns fields and values into words of one language."""

    def __init__(self, instrument: Instrument, language: Language) -> None:
        self.instrument, self.language = instrument, language

    def say(self, text: str) -> Words:
        return Words(text, self.language.tag)

    def content(self, context: str, english: str) -> Words:
        """Gives a text of the instrument; where it is not translated it is English, and says so by its language."""
        known = self.language.has("worker", context, english)
        return Words(self.language.content("worker", context, english), self.language.tag if known else "en")

    def urgent(self, name: str, note: str) -> Words:
        """Gives an urgent sign for the recipient; what the worker should do now stays on the worker's screen."""
        label = self.content(f"urgent.{name}.label", self.instrument.urgent_sign[name].label)
        return Words(f"{label.text} – {note}", label.language) if note else label

    def sign(self, row: Parts) -> SignRow:
        language, key = self.language, str(row["sign"])
        sources = ", ".join(wording.source(language, name) for name in row["source"]) or language.say(
            "not written down"
        )
        return SignRow(
            self.content(f"indicator.{key}.sign", self.instrument.indicator[key].sign),
            self.say(wording.strength(language, str(row["strength"]))),
            self.say(sources),
        )

    def blocks(self, values: Mapping[str, Value]) -> Iterable[Block]:
        titles = {
            "sender": self.language.say("Who sends this"),
            "person": self.language.say("The person"),
            "safety": self.language.say("Safety and contact"),
            "exploitation": self.language.say("What happened"),
            "needs": self.language.say("Needs"),
            "procedure": self.language.say("Procedure"),
            "consent": self.language.say("Consent"),
        }
        for name, letters in SECTIONS:
            rows = tuple(
                self.row(field, values[field.id])
                for field in self.instrument.fields
                if field.id in values and field.id not in APART and field.id[0] in letters
            )
            if rows:
                yield Block(self.say(titles[name]), rows)

    def receipt(self, values: Mapping[str, Value]) -> Block:
        """Gives what the recipient fills in: a line for each field of the receipt that this variant carries."""
        asked = [field for field in self.instrument.fields if field.id in {"N1", "N2"} and field.id in values]
        rows = [
            Row(f"{field.id}.{part.id}", self.part(field, part.id, part.label), Words("", None))
            for field in asked
            for part in field.parts
        ]
        return Block(self.say(self.language.say("Receipt, for the recipient to fill in")), tuple(rows))

    def notes(self, case: Case, profile: Profile, assessment: Assessment, *, kinds_too: bool) -> Iterable[Words]:
        language = self.language
        yield self.say(
            language.say(
                "Answers that do not fit together or come late are common after fear. They are no sign of lying."
            )
        )
        if assessment.contradictions:
            yield self.say(
                language.say_many(
                    "{n} sign has sources that differ; both are kept.",
                    "{n} signs have sources that differ; both are kept.",
                    len(assessment.contradictions),
                )
            )
        if assessment.first.set in {"AS", "CS"}:
            yield self.say(
                language.say(
                    "The strengths of the signs for sexual exploitation are not verified against the published list."
                )
            )
        if not case.talk.safe:
            yield self.say(
                language.say(
                    "The talk was not held alone, calmly and in a safe language throughout: what was denied there counts as not known."
                )
            )
        for line in wording.in_force(language, profile, assessment.first, case.made[:10]) if kinds_too else ():
            yield self.say(line)
        for name in ("non_punishment", "qualification"):
            statement = getattr(profile, name)
            text = self.content(f"profile.{profile.id}.{name}", statement.text)
            source = wording.cited(language, statement.source)
            read = wording.listed(language, (source, wording.mark(language, statement.mark)))
            yield Words(f"{text.text} [{read}]", text.language)

    def row(self, field: Field, value: Value) -> Row:
        return Row(field.id, self.content(f"field.{field.id}.label", field.label), self.value(field, value))

    def part(self, field: Field, part: str, label: str) -> Words:
        name = self.content(f"field.{field.id}.label", field.label)
        return Words(f"{name.text} – {self.content(f'field.{field.id}.{part}.label', label).text}", name.language)

    def value(self, field: Field, value: Value) -> Words:
        """Gives a value in words: choices by their label, codes by their name, what was typed as it was typed."""
        if isinstance(value, dict):
            return self.say(self._parts(field, value))
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return self.say("\n".join(self._parts(field, row) for row in value if isinstance(row, dict)))
        entries = [str(entry) for entry in value] if isinstance(value, list) else [value]
        if field.kind == "moment":
            return self.say(f"{self.language.date(entries[0])} {self.language.time(entries[0])}")
        text = ", ".join(self._named(f"field.{field.id}", field.choices, field.id, entry) for entry in entries)
        return Words(text, self.language.tag if field.choices else None)

    def _parts(self, field: Field, value: Parts) -> str:
        texts = []
        for part in field.parts:
            entries = value.get(part.id)
            if entries:
                listed = entries if isinstance(entries, list) else [entries]
                named = ", ".join(
                    self._named(f"field.{field.id}.{part.id}", part.choices, f"{field.id}.{part.id}", entry)
                    for entry in listed
                )
                label = self.language.content("worker", f"field.{field.id}.{part.id}.label", part.label)
                texts.append(wording.labelled(self.language, label, named))
        return wording.listed(self.language, texts)

    def _named(self, context: str, choices: tuple[Choice, ...], place: str, entry: str) -> str:
        for choice in choices:
            if choice.id == entry:
                return self.language.content("worker", f"{context}.{choice.id}", choice.label)
        return self._code(place, entry)

    def _code(self, place: str, entry: str) -> str:
        language = self.language
        if place in {"D9.first", "D9.others", "C2.language", "A2.language"}:
            return language.language_name(entry)
        if place in {"D7.countries", "D8", "F7.country", "M1.country"}:
            return language.country_name(entry)
        if place == "C4.date":
            return language.date(entry)
        if place == "B6.interpreter":
            return {
                "common": language.say("a common language, without interpreter"),
                "neutral_interpreter": language.say("neutral interpreter"),
                "other_interpreter": language.say("an interpreter who may not be neutral"),
            }[entry]
        if place == "C3.recipient":
            recipient = self.instrument.recipient[entry]
            return language.content("worker", f"recipient.{entry}.label", recipient.label)
        if place == "C3.purpose":
            purposes = {field.id: field for field in self.instrument.fields}["A3"].choices
            return next(
                (language.content("worker", f"field.A3.{c.id}", c.label) for c in purposes if c.id == entry), entry
            )
        return entry


def _urgent(reading: Reading, language: Language) -> Iterable[tuple[str, str]]:
    """Gives the urgent signs with what is to be said of each: firm ones first, then those whose sources differ."""
    for sign in reading.urgent:
        yield sign.id, language.say("in the past") if sign.when == "past" else ""
    yield from wording.doubts(language, reading).items()


def _footer(instrument: Instrument, language: Language) -> str:
    edition = instrument.edition
    adopted = language.say("adopted by {who}", who=edition.adopted_by) if edition.adopted_by else ""
    return " · ".join((
        language.say("Edition {number}", number=edition.number),
        instrument.fours,
        adopted or language.say("not adopted yet"),
    ))  # fmt: skip


def _title(language: Language, recipient: Recipient) -> str:
    say = language.say
    if recipient.purpose == "advice":
        return say("Request for advice, without names")
    if recipient.purpose == "child_protection":
        return say("Notification for the protection of a child")
    return say("Referral of a presumed victim of trafficking in human beings")


def _opinion(case: Case, values: Values, language: Language) -> Words:
    """Gives the worker's judgement as it stands after the result: the view in a word, and the reasons as written."""
    if case.judgement is None or "G3" not in values:
        return Words("", None)
    return Words(f"{wording.view(language, case.judgement.view)}. {values['G3']}".strip(), language.tag)


def _rows(value: Value | None) -> list[Parts]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
