"""What a case knows about the 93 referral fields, as plain values: text, a list, a group of parts, or rows of parts.

A value is only what somebody said, saw or wrote; nothing is guessed, and a field nobody filled stays away.
"""

from collections.abc import Mapping
from typing import TypeAlias

from victim_id.assessment.reading import Assessment, Level, Reading
from victim_id.casework.case import Case
from victim_id.instrument.answers import Answer
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Field, Recipient, Setting, Variant
from victim_id.referral.package import KeyCard

Parts: TypeAlias = dict[str, str | list[str]]
Value: TypeAlias = str | list[str] | Parts | list[Parts]
Values: TypeAlias = dict[str, Value]

ON_PAPER = ("strong", "indications", "open")
"""The levels that may leave the vault; the two closing words stay (their readers could take them for a verdict)."""

WHERE_NOW = "E6"
"""The field of where the person is now."""

PLACE = {"workplace": "inspection", "shelter": "shelter", "border": "border"}
PURPOSE = {
    "assistance": "assistance",
    "official_notice": "official_notice",
    "registration": "registration",
    "child_protection": "child_protection",
    "cross_border": "cross_border",
    "advice": "assistance",
    "emergency": "assistance",
}
BY_GATE = {
    "sexual": "sexual", "servitude": "domestic", "begging": "begging", "crime": "crime", "organs": "organs",
    "forced_marriage": "marriage", "illegal_adoption": "adoption", "surrogacy": "surrogacy",
}  # fmt: skip
BY_SIGN = {
    "cr_threats": "threats", "cd_threats": "threats", "cr_denounce": "threats_authorities", "cd_denounce": "threats_authorities",
    "cr_family_violence": "threats_family", "cd_family_violence": "threats_family", "cr_debt": "debt", "cd_debt": "debt",
    "dr_job_nature": "false_promises", "dr_wages": "false_promises", "dr_contract": "false_promises",
    "dr_work_conditions": "false_promises", "dr_housing": "false_promises", "cr_violence": "violence", "cd_violence": "violence",
    "cd_wages": "takes_earnings", "ex_hours": "hours", "cr_documents": "documents", "cd_documents": "documents",
    "cr_isolation": "movement", "cd_isolation": "movement",
}  # fmt: skip
"""Which means of control (HTCDS vic_MethodsOfControl) a sign is reported as."""


def case_values(
    case: Case,
    assessment: Assessment,
    instrument: Instrument,
    recipient: Recipient,
    sender: KeyCard,
    *,
    package: str,
    language: str,
    made: str,
    worker: str,
    reach: Mapping[str, str] = {},
) -> Values:
    """Gives every field that the case, its assessment and the sender fill; the worker's own entries stand above all."""
    reading = assessment.first
    consent = case.consent(recipient.id)
    values: Values = {
        "A1": package,
        "A2": {"profile": case.profile, "edition": instrument.edition.number, "language": language},
        "A3": PURPOSE[recipient.purpose],
        "A4": {"id": recipient.id, "name": recipient.label},
        "A5": made,
        "A6": _urgency(instrument, case, reading),
        "A7": "authorities" if recipient.consent == "duty" else "recipient_team",
        "B1": {"name": sender.organisation, "type": sender.type},
        "B2": {"name": worker, "role": sender.role},
        "B3": dict(reach),
        "B5": PLACE.get(case.setting, "other"),
        "B6": _talk(case),
        "C3": _consent(recipient, consent.answer),
        "D1": case.code,
        "D5": {"now": {"adult": "no", "child": "yes", "unsure": "unsure"}[case.age]},
        "D9": {"first": case.person_language},
        "F1": _kinds(reading),
        "F5": list(dict.fromkeys(BY_SIGN[finding.key] for finding in reading.findings if finding.key in BY_SIGN)),
        "G1": signs(case, reading),
        "G2": _level(instrument, case, reading),
        "N1": {}, "N2": {},
    }  # fmt: skip
    if consent.told:
        values |= {"C1": ["purpose", "use", "rights", "withdrawal"], "C2": {"language": consent.told_in}}
    if consent.form:
        values |= {"C4": {"form": consent.form, "date": consent.at}}
    if consent.basis:
        values |= {"C6": {"basis": consent.basis, "reason": consent.reason}}
    if case.judgement is not None:
        values |= {"G3": case.judgement.reasons}
    if own := _own_words(case, instrument):
        values |= {"F11": own}
    known = over(over(values, _asked(case, instrument)), entered(case.details, instrument))
    return _filled(_without_secret_place(known, instrument.setting[case.setting]))


def leaving(values: Mapping[str, Value], variant: Variant, instrument: Instrument, *, agreed: bool) -> Values:
    """Gives exactly the fields a variant carries, in its order; what needs a yes of its own only when it was given.

    Sealed fields and sealed parts are never among them: they travel in the identity part alone.
    """
    wanted = carried(variant, agreed=agreed)
    found = {field.id: _parts(field, values, sealed=False) for field in instrument.fields if field.id in wanted}
    return {name: value for name, value in found.items() if value is not None}


def carried(variant: Variant, *, agreed: bool) -> frozenset[str]:
    """Gives the ids of the fields that a variant may carry."""
    return frozenset((*variant.fields, *(variant.agreed if agreed else ())))


def identity(values: Mapping[str, Value], variant: Variant, instrument: Instrument) -> Values:
    """Gives the fields and parts that say who the person is, as far as this variant may carry them; they are sealed apart.

    The address of a shelter is among them; whoever lets it leave asks `in_shelter` first.
    """
    wanted = {*variant.fields, *variant.agreed}
    found = {field.id: _parts(field, values, sealed=True) for field in instrument.fields if field.id in wanted}
    return {name: value for name, value in found.items() if value}


def over(below: Values, above: Values) -> Values:
    """Lays values over others, the parts of a group one by one."""
    laid = dict(below)
    for name, value in above.items():
        under = below.get(name)
        laid[name] = {**under, **value} if isinstance(under, dict) and isinstance(value, dict) else value
    return laid


def in_shelter(values: Mapping[str, Value]) -> bool:
    """Tells whether the person is in a shelter now, by field E6."""
    now = values.get(WHERE_NOW)
    return isinstance(now, dict) and "shelter" in (now.get("kind") or ())


def missing(
    values: Mapping[str, Value], variant: Variant, instrument: Instrument, case: Case, recipient: Recipient
) -> list[Field]:
    """Gives the fields that this variant needs and nobody filled yet; those of the receiver and of the program apart."""
    due = {
        "minor": case.age != "adult",
        "no_consent": case.consent(recipient.id).answer != "yes",
        "labour": "labour" in values.get("F1", ()),
        "official_notice": variant.id == "official_notice",
        "cross_border": variant.id == "cross_border",
    }
    by_law = instrument.profile[case.profile].core_fields
    return [
        field
        for field in instrument.fields
        if field.id in variant.fields
        and (field.core or field.id in by_law or due.get(field.core_when, False))
        and not values.get(field.id)
        and field.who not in {"S", "R"}
    ]


def entered(entries: Mapping[str, str | list[str]], instrument: Instrument) -> Values:
    """Turns entries by `FIELD` or `FIELD.part` into values; several choices are one text with `;` between them."""
    values: Values = {}
    for name, text in entries.items():
        id_, _, part = name.partition(".")
        if (field := instrument.field.get(id_)) is None or not text:
            continue
        entry = (
            text.split(";")
            if isinstance(text, str) and field.kind in {"several", "group", "repeat"} and ";" in text
            else text
        )
        if not part:
            listed = [entry] if isinstance(entry, str) else entry
            offered = {choice.id for choice in field.choices}
            kept = [one for one in listed if one in offered or not offered]
            if kept:
                values[id_] = kept if field.kind == "several" else kept[0]
            continue
        empty: Parts = {}
        group = values.setdefault(id_, [empty] if field.kind == "repeat" else empty)
        parts = group[0] if isinstance(group, list) else group
        if isinstance(parts, dict):
            parts[part] = entry
    return values


def level_on_paper(case: Case, reading: Reading) -> Level | None:
    """Gives the level that may leave; none for the two closing words, and none after a quick screen, which has no level."""
    return reading.level if reading.level in ON_PAPER and not case.quick else None


def signs(case: Case, reading: Reading) -> list[Parts]:
    """Gives each sign that is present with its strength and the sources of the answers behind it."""
    rows: list[Parts] = []
    for finding in reading.findings:
        sources = {
            given.source for question in finding.because for given in case.answers.get(question, ()) if given.known
        }
        rows.append({"sign": finding.key, "strength": finding.strength, "source": sorted(sources)})
    return rows


def _urgency(instrument: Instrument, case: Case, reading: Reading) -> str:
    if any(_now(instrument, sign.id, sign.when) for sign in reading.urgent):
        return "now"
    return "today" if reading.urgent or reading.urgent_doubted or case.age != "adult" else "normal"


def _now(instrument: Instrument, name: str, when: str) -> bool:
    sign = instrument.urgent_sign.get(name)
    return sign is not None and sign.danger and when != "past"


def _consent(recipient: Recipient, answer: str) -> list[Parts]:
    """Gives the row of the consent ledger for this recipient; none while it is needed and was not asked."""
    if answer == "not_asked" and recipient.consent == "needed":
        return []
    given = "not_required" if answer == "not_asked" else answer
    return [{"recipient": recipient.id, "purpose": recipient.purpose, "answer": given}]


def _without_secret_place(values: Values, setting: Setting) -> Values:
    """Gives the values without where the talk was held, when that is a secret such as the house of a shelter."""
    talk = values["B6"]
    if not setting.secret_place or not isinstance(talk, dict):
        return values
    return {**values, "B6": {part: entry for part, entry in talk.items() if part != "place"}}


def _talk(case: Case) -> Parts:
    return {
        "place": case.place,
        "present": case.talk.present,
        "interpreter": case.talk.language,
        "alone": {True: "yes", False: "no", None: ""}[case.talk.alone],
    }


def _kinds(reading: Reading) -> list[str]:
    """Gives the kinds of exploitation: the gates that are true, and labour or sexual where that dimension has a sign."""
    kinds = [BY_GATE[gate.name] for gate in reading.gates if gate.state == "yes" and gate.name in BY_GATE]
    if any(finding.dimension == "exploitation" for finding in reading.findings):
        kinds.append("labour" if reading.set in {"AL", "CL"} else "sexual")
    return list(dict.fromkeys(kinds)) or ["unknown"]


def _level(instrument: Instrument, case: Case, reading: Reading) -> Parts:
    edition: Parts = {"edition": instrument.edition.number, "fingerprint": instrument.fingerprint[:16]}
    level = level_on_paper(case, reading)
    return edition | {"level": level} if level else edition


def _own_words(case: Case, instrument: Instrument) -> str:
    """Gives the free account in the person's own words."""
    told = [
        given.words
        for name, answers in case.answers.items()
        for given in answers
        if given.words and instrument.question[name].free
    ]
    return "\n".join(told)


def _asked(case: Case, instrument: Instrument) -> Values:
    """Gives the fields that questions fill: the words, the choices or the answer that was given."""
    entries: dict[str, str | list[str]] = {}
    for name, answers in case.answers.items():
        question = instrument.question.get(name)
        if question is not None and question.field:
            for given in answers:
                told = _entry(given, _offered(question.field, instrument))
                entries[question.field] = told or entries.get(question.field, "")
    return entered(entries, instrument)


def _offered(name: str, instrument: Instrument) -> set[str]:
    """Gives the choices of a field or of one part of it."""
    field = instrument.field[name.partition(".")[0]]
    parts = {part.id: part.choices for part in field.parts}
    return {choice.id for choice in parts.get(name.partition(".")[2], field.choices)}


def _entry(given: Answer, offered: set[str]) -> str | list[str]:
    """Gives an answer as an entry; what was asked and is not known is said in the word that the field has for it."""
    if given.value == "given":
        return str(given.number) if given.number is not None else (given.words or list(given.chosen))
    if given.value == "unknown":
        return "unsure" if "unsure" in offered and "unknown" not in offered else "unknown"
    return given.value if given.value in {"yes", "no"} else ""


def _parts(field: Field, values: Mapping[str, Value], *, sealed: bool) -> Value | None:
    """Gives the open or the sealed side of a field's value; None where that side has nothing."""
    value, apart = values.get(field.id), {part.id for part in field.parts if part.sealed}
    if value is None or field.sealed:
        return value if field.sealed and sealed else None
    if isinstance(value, dict):
        kept = {name: entry for name, entry in value.items() if (name in apart) == sealed}
        return kept if kept or (not value and not sealed) else None
    return None if apart or sealed else value


def _filled(values: Values) -> Values:
    """Drops what is empty; the receiver's fields stay, to be filled on paper."""
    kept: Values = {}
    for name, value in values.items():
        filled = {part: entry for part, entry in value.items() if entry} if isinstance(value, dict) else value
        if filled or name.startswith("N"):
            kept[name] = filled
    return kept
