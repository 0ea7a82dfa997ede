"""A visit to one site with several persons: what may pass from one case into the next, and nothing else.

Only facts about the place that the worker saw or read pass; nothing anybody said, no own words, no trace of the other case.
"""

from typing import NamedTuple

import msgspec

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
