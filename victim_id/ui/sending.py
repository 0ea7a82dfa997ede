"""A case's referrals as what their page shows: whom to turn to, consent, what is missing, exactly what leaves."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from victim_id import wording
from victim_id.casework.case import Case
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Choice, Field, Recipient
from victim_id.language import Language
from victim_id.referral.agreed import may_leave
from victim_id.referral.referral import Referral
from victim_id.ui.contacting import purpose
from victim_id.ui.pages.sent import ConsentRow, Input, LeavingRow, MissingRow, RecipientRow, Sending, VitalRow

PURPOSES = ("advice", "emergency", "child_protection", "assistance", "official_notice", "registration", "cross_border")
"""The order in which recipients are offered: advice without names first, whoever crosses a border last."""


def offered(case: Case, instrument: Instrument) -> list[Recipient]:
    """Gives the recipients of the case's country that something can be sent to, advice without names first."""
    fitting = [
        recipient
        for recipient in instrument.recipients
        if recipient.country == case.profile
        and recipient.variant
        and (case.age != "adult" or not recipient.minors_only)
    ]
    if case.age == "adult":
        return sorted(fitting, key=lambda one: PURPOSES.index(one.purpose))
    return sorted(
        fitting, key=lambda one: (one.purpose not in {"child_protection", "emergency"}, PURPOSES.index(one.purpose))
    )


def sending(
    case: Case,
    instrument: Instrument,
    language: Language,
    chosen: Sequence[str],
    referrals: Mapping[str, Referral],
    keys: Collection[str],
    form_language: str,
    form_languages: Iterable[tuple[str, str]],
) -> Sending:
    """Gives the referral page as it stands; `keys` are the recipients whose card is known."""
    sealable = [name for name in chosen if may_leave(case, instrument.recipient[name]) and name in keys]
    return Sending(
        code=case.code,
        recipients=tuple(_recipient(one, language) for one in offered(case, instrument)),
        chosen=tuple(chosen),
        consents=tuple(
            _consent(case, instrument.recipient[name], language)
            for name in chosen
            if instrument.recipient[name].purpose not in {"advice", "emergency"}
        ),
        missing=tuple(_missing(case, chosen, referrals, instrument, language)),
        leaving=tuple(
            _leaving(instrument.recipient[name], referrals[name], instrument, language)
            for name in chosen
            if name in referrals
        ),
        languages=tuple(form_languages),
        language=form_language,
        told_in=language.language_name(case.person_language),
        sealable=len(sealable),
        why_not=_why_not(case, instrument, chosen, keys, language),
        vital=tuple(_vital(case, one, instrument, language) for one in _emergencies(chosen, instrument)),
    )


def sealable(case: Case, instrument: Instrument, chosen: Sequence[str], keys: Collection[str]) -> tuple[str, ...]:
    """Gives the chosen recipients whose referral may leave now."""
    return tuple(name for name in chosen if name in keys and may_leave(case, instrument.recipient[name]))


def sheet(referral: Referral, recipient: Recipient, language: Language) -> tuple[str, str, tuple[str, ...]]:
    """Gives the sheet to speak from for a call: title, number, lines without any name."""
    label = language.content("worker", f"recipient.{recipient.id}.label", recipient.label)
    say = language.say
    lines = [say("I met a person and would like advice. I will not say a name."), referral.level.text]
    lines += [sign.text for sign in referral.urgent]
    lines += [f"{row.sign.text} ({row.source.text})" for row in referral.signs]
    lines += [
        wording.labelled(language, row.label.text, row.value.text)
        for block in referral.blocks
        for row in block.rows
        if block.title.text
    ]
    lines.append(say("What do you advise me to do today, and what should I not do?"))
    return label, recipient.phone or say("number not known"), tuple(line for line in lines if line.strip())


def _recipient(one: Recipient, language: Language) -> RecipientRow:
    say = language.say
    label = language.content("worker", f"recipient.{one.id}.label", one.label)
    needs = {
        "not_needed": say("no consent needed"),
        "needed": say("needs consent"),
        "duty": say("your duty to report"),
    }[one.consent]
    what = purpose(one.purpose, language)
    return RecipientRow(
        one.id, label, what if one.purpose in {"advice", "emergency"} else f"{what} · {needs}", one.purpose == "advice"
    )


def _consent(case: Case, one: Recipient, language: Language) -> ConsentRow:
    label = language.content("worker", f"recipient.{one.id}.label", one.label)
    why = language.content("worker", f"recipient.{one.id}.consent_why", one.consent_why.text)
    follows = language.content("worker", f"recipient.{one.id}.may_follow", one.may_follow.text)
    mark = wording.mark(language, one.may_follow.mark)
    return ConsentRow(case.consent(one.id), label, one.consent, why, f"{follows} [{mark}]" if follows else "")


def _why_not(
    case: Case, instrument: Instrument, chosen: Sequence[str], keys: Collection[str], language: Language
) -> str:
    say = language.say
    for name in chosen:
        one = instrument.recipient[name]
        label = language.content("worker", f"recipient.{one.id}.label", one.label)
        if one.purpose in {"advice", "emergency"}:
            continue
        if not may_leave(case, one):
            return say("{recipient} needs the person’s consent first.", recipient=label)
        if name not in keys:
            return say(
                "The card of {recipient} is not here yet: add it in the preferences, or hand over paper.",
                recipient=label,
            )
    return ""


def _emergencies(chosen: Sequence[str], instrument: Instrument) -> list[Recipient]:
    return [instrument.recipient[name] for name in chosen if instrument.recipient[name].purpose == "emergency"]


def _named(one: Recipient, instrument: Instrument) -> list[Field]:
    """Gives the fields that a recipient's variant may carry of who and where the person is."""
    variant = instrument.variant[one.variant]
    wanted = {*variant.fields, *variant.agreed}
    apart = [field for field in instrument.fields if field.sealed or any(part.sealed for part in field.parts)]
    return [field for field in apart if field.id in wanted]


def _vital(case: Case, one: Recipient, instrument: Instrument, language: Language) -> VitalRow:
    label = language.content("worker", f"recipient.{one.id}.label", one.label)
    fields = tuple(
        (field.id, language.content("worker", f"field.{field.id}.label", field.label))
        for field in _named(one, instrument)
    )
    return VitalRow(case.consent(one.id), label, fields)


def _missing(
    case: Case, chosen: Sequence[str], referrals: Mapping[str, Referral], instrument: Instrument, language: Language
) -> Iterable[MissingRow]:
    """Gives what is not filled: what a form needs, and in an emergency whatever would be passed on of the identity."""
    empty = [
        field.id
        for one in _emergencies(chosen, instrument)
        for field in _named(one, instrument)
        if field.id in case.consent(one.id).vital and not any(k.split(".")[0] == field.id for k in case.details)
    ]
    ids = dict.fromkeys((*empty, *(id_ for referral in referrals.values() for id_ in referral.missing)))
    rows = [_missing_row(instrument.field[id_], language) for id_ in ids if id_[0] != "C"]
    return sorted((row for row in rows if row.inputs), key=lambda row: not row.heavy)


def _missing_row(field: Field, language: Language) -> MissingRow:
    label = language.content("worker", f"field.{field.id}.label", field.label)
    if field.parts:
        inputs = tuple(
            Input(
                f"{field.id}.{part.id}",
                language.content("worker", f"field.{field.id}.{part.id}.label", part.label),
                _choices(f"field.{field.id}.{part.id}", part.choices, language),
            )
            for part in field.parts
        )
    else:
        inputs = (
            Input(field.id, label, _choices(f"field.{field.id}", field.choices, language), field.kind == "several"),
        )
    return MissingRow(label, inputs, heavy=field.category == "E" or field.id[0] == "E")


def _choices(context: str, choices: tuple[Choice, ...], language: Language) -> tuple[tuple[str, str], ...]:
    return tuple((choice.id, language.content("worker", f"{context}.{choice.id}", choice.label)) for choice in choices)


def _leaving(one: Recipient, referral: Referral, instrument: Instrument, language: Language) -> LeavingRow:
    label = language.content("worker", f"recipient.{one.id}.label", one.label)
    count = language.say_many("{n} field", "{n} fields", len(referral.values))
    name = language.say("no name")
    if referral.opened:
        name = language.say("with what you ticked, in clear words")
    elif referral.sealed:
        name = language.say("with the name, sealed apart")
    fields = [
        f"{id_}  {language.content('worker', f'field.{id_}.label', instrument.field[id_].label)}"
        for id_ in (*referral.values, *referral.sealed)
    ]
    return LeavingRow(label, f"{count}, {name}", tuple(fields))
