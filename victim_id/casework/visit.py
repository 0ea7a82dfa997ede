"""How a case begins, also on a visit to one site with several persons: what may pass into the next, and nothing else.

Only facts about the place that the worker saw or read pass; nothing anybody said, no own words, no trace of the other case.
"""

from typing import NamedTuple

import msgspec

from victim_id.casework.arrangement import Preferences, Start
from victim_id.casework.case import Case
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.instrument import Instrument

FIELDS = ("J3",)
"""Referral fields that are about the site: the employer."""
SEEN = ("observed", "document")


class SiteFacts(NamedTuple):
    """What passes on: answers about the place by question, and entries for referral fields."""

    answers: dict[str, tuple[Answer, ...]]
    details: dict[str, str]


def begun(
    start: Start,
    instrument: Instrument,
    preferences: Preferences,
    *,
    id: str,  # noqa: A002  as the case calls it
    code: str,
    at: str,
    by: str,
    site: SiteFacts,
) -> Case:
    """Gives a case as it begins, with what is known of the site; its edition is for ever the one given here."""
    return Case(
        id=id,
        code=code,
        made=at,
        changed=at,
        by=by,
        edition=instrument.edition.number,
        fingerprint=instrument.fingerprint,
        profile=start.profile or preferences.profile,
        setting=start.setting,
        age=start.age,
        forms=start.forms,
        quick=start.quick,
        place=start.place,
        worker_language=preferences.language,
        person_language=start.person_language,
        before=start.before,
        talk=start.talk,
        answers=site.answers,
        details=site.details,
    )


def site_facts(instrument: Instrument, case: Case) -> SiteFacts:
    """Gives what the next person's case of the same visit may begin with."""
    answers = {}
    for name, told in case.answers.items():
        question = instrument.question.get(name)
        if question is None or not question.site or instrument.section_of[name].private:
            continue
        seen = tuple(
            msgspec.structs.replace(given, words="", talk=Talk())
            for given in told
            if given.source in SEEN and given.known
        )
        if seen:
            answers[name] = seen
    details = {key: text for key, text in case.details.items() if key.split(".")[0] in FIELDS}
    return SiteFacts(answers, details)
