"""The shipped content through the rules: what a lawful job, a bare start and the worst of all jobs come to."""

from functools import cache

import pytest

from tests.assessment.cases import INDICATORS
from victim_id.assessment.assess import assess
from victim_id.assessment.facts import facts, heard
from victim_id.assessment.gaps import gaps, useful_questions
from victim_id.assessment.reading import Assessment, Facts
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.conditions import holds, leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.shapes import Question

SAFE = Talk(alone=True, language="common")
EMPLOYER_INTERPRETS = Talk(alone=True, language="other_interpreter")


@cache
def shipped() -> Instrument:
    return load(INDICATORS)


def possible(question: Question, talk: Talk) -> list[Answer]:
    """The answers a question offers, the harmless ones of most questions first."""
    if question.kind == "yes_no":
        return [Answer(question=question.id, value=value, talk=talk) for value in ("no", "yes")]
    if question.kind == "number":
        least, most = question.least, question.most
        numbers = [number for number in (8, 5, 1, 0, least, most) if least <= number <= most]
        return [Answer(question=question.id, value="given", number=number, talk=talk) for number in numbers]
    return [
        Answer(question=question.id, value="given", chosen=(choice.id,), talk=talk)
        for choice in reversed(question.choices)
    ]


def walk(setting: str, *, worst: bool, talk: Talk = SAFE) -> dict[str, tuple[Answer, ...]]:
    """One talk in which every answer shows as little, or as much, as a single answer can."""
    answers: dict[str, tuple[Answer, ...]] = {}

    def signs(question: Question, answer: Answer) -> int:
        own = [leaf for shows in question.shows for id_, leaf in leaves(shows.when, question.id) if id_ == question.id]
        return sum(heard(leaf, (answer,), question.id).state == "yes" for leaf in own)

    for question in shipped().questions(setting):
        if question.asked_when is not None and holds(question.asked_when, answers) is False:
            continue
        offered = possible(question, talk)
        if offered:
            pick = max if worst else min
            answers[question.id] = (pick(offered, key=lambda answer, asked=question: signs(asked, answer)),)  # type: ignore[misc]
    return answers


def assessed(setting: str, law: str, *, worst: bool, talk: Talk = SAFE, age: str = "adult") -> tuple[Facts, Assessment]:
    profile = shipped().profile[law]
    told = facts(shipped(), profile, walk(setting, worst=worst, talk=talk), age=age, setting=setting)  # type: ignore[arg-type]
    return told, assess(shipped(), profile, told)


SETTINGS = [setting.id for setting in shipped().settings]
LAWS = [profile.id for profile in shipped().profiles]


def test_the_four_laws_ask_for_means_as_published() -> None:
    asks = {profile.id: profile.adult_means_required for profile in shipped().profiles}
    assert asks == {"BE": False, "LU": False, "NL": True, "INT": True}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_lawful_job_told_in_safety_is_few_where_few_may_be_said(setting: str, law: str) -> None:
    _, assessment = assessed(setting, law, worst=False)
    early = shipped().setting[setting].too_early
    assert [one.level for one in assessment.readings] == ["open" if early else "few"] * 2
    assert assessment.first.findings == ()
    assert assessment.first.urgent == ()


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_same_job_told_while_the_employer_interprets_stays_open(setting: str) -> None:
    told, assessment = assessed(setting, "NL", worst=False, talk=EMPLOYER_INTERPRETS)
    assert [one.level for one in assessment.readings] == ["open"] * 2
    assert "no" not in told.indicators.values()


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("age", ["adult", "child", "unsure"])
def test_the_worst_of_all_jobs_is_strong_under_every_law(law: str, age: str) -> None:
    told, assessment = assessed("workplace", law, worst=True, age=age)
    assert assessment.first.level == "strong"
    assert assessment.first.help_due
    assert all(finding.because for finding in assessment.first.findings)
    questions = {id_ for because in told.because.values() for id_ in because}
    assert questions <= shipped().question.keys()


def test_every_indicator_can_be_found_and_every_one_can_be_denied_at_a_workplace() -> None:
    found, _ = assessed("workplace", "NL", worst=False)
    assert set(found.indicators) == set(shipped().indicator)
    assert set(found.indicators.values()) <= {"no", "not_applicable"}


def test_at_the_start_questions_are_offered_and_to_a_child_only_a_childs() -> None:
    start = Facts(profile="NL", age="adult", setting="workplace")
    for_an_adult = gaps(shipped(), shipped().profile["NL"], start, "AL")
    offered = useful_questions(shipped(), for_an_adult, {}, setting="workplace", child=False)
    assert len(offered) > 40
    child = Facts(profile="NL", age="child", setting="workplace")
    for_a_child = gaps(shipped(), shipped().profile["NL"], child, "CL")
    offered = useful_questions(shipped(), for_a_child, {}, setting="workplace", child=True)
    assert all(shipped().question[id_].child for id_ in offered)
