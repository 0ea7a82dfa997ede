"""A case without the part that says who the person is: what stays is the case under its code, for as long as it is due.

Names, dates of birth, numbers of papers and addresses go from their fields and from every text that repeats them. Pure.
What is in the history, as the reasons of legal holds, stays as it was written until the whole case is erased.
"""

from typing import TypeVar

import msgspec

from victim_id.access.third import Names, is_name, masked, phrases_of
from victim_id.casework.case import Case, Consent
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.instrument import Instrument

GONE = "[…]"
"""What stands where a name stood; it is the same in every language."""
T = TypeVar("T")


def identity_keys(instrument: Instrument) -> frozenset[str]:
    """Gives the referral fields, and the parts of fields, that say who the person is: those that are sealed apart."""
    keys = [field.id for field in instrument.fields if field.sealed]
    parts = [
        f"{field.id}.{part.id}" for field in instrument.fields for part in field.parts if part.sealed or field.sealed
    ]
    return frozenset([*keys, *parts])


def has_identity(case: Case, instrument: Instrument) -> bool:
    """Tells whether a case still says who the person is."""
    keys = identity_keys(instrument)
    asked = {question.id for question in instrument.question.values() if question.field in keys}
    return bool(keys & set(case.details)) or any(name in asked for name in case.answers)


def unnamed(case: Case, instrument: Instrument, drafts: dict[str, str]) -> tuple[Case, dict[str, str]]:
    """Gives the case, and its half-typed answers, without who the person is."""
    keys = identity_keys(instrument)
    asked = {question.id for question in instrument.question.values() if question.field in keys}
    told = [(key, text) for key, text in case.details.items() if key in keys]
    told += [("", given.words) for name in asked for given in case.answers.get(name, ())]
    names = phrases_of([(text, is_name(key)) for key, text in told])
    without = msgspec.structs.replace(
        case,
        place=_without(case.place, names),
        next_step=_without(case.next_step, names),
        talk=_talk(case.talk, names),
        details={key: _without(text, names) for key, text in case.details.items() if key not in keys},
        answers={
            name: tuple(_answer(given, names) for given in told_of)
            for name, told_of in case.answers.items()
            if name not in asked
        },
        corrections=tuple(
            msgspec.structs.replace(one, before=_answer(one.before, names), reason=_without(one.reason, names))
            for one in case.corrections
            if one.before.question not in asked
        ),
        views=tuple(msgspec.structs.replace(one, reasons=_without(one.reasons, names)) for one in case.views),
        consents=tuple(_consent(one, names) for one in case.consents),
    )
    return without, {name: _without(text, names) for name, text in drafts.items() if name not in asked}


def _answer(given: Answer, names: Names) -> Answer:
    return msgspec.structs.replace(given, words=_without(given.words, names), talk=_talk(given.talk, names))


def _talk(talk: Talk, names: Names) -> Talk:
    return msgspec.structs.replace(
        talk, present=_without(talk.present, names), interpreter=_without(talk.interpreter, names)
    )


def _consent(one: Consent, names: Names) -> Consent:
    told = {key: _without(getattr(one, key), names) for key in ("basis", "reason", "witness")}
    return msgspec.structs.replace(one, **told)


def _without(text: str, names: Names) -> str:
    return masked(text, names, GONE)[0]
