"""Whoever is an adult today and was a child then is read with both lists; the talk and the form can say so."""

import msgspec
import pytest

from tests.casework.test_case import NOW, fresh
from victim_id.casework.case import Case, answered
from victim_id.casework.outcome import assess_case, walk
from victim_id.instrument.answers import Answer, Source, Talk, Value
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.referral.package import KeyCard
from victim_id.referral.values import case_values
from victim_id.resources import shipped

ASKED = "recruitment.young"
ALONE = Talk(alone=True, language="common")


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return load(shipped("indicators"))


def told(value: Value, source: Source = "said", case: Case | None = None) -> Case:
    begun = case or msgspec.structs.replace(fresh(), forms=("labour",), talk=ALONE)
    return answered(begun, Answer(question=ASKED, value=value, source=source, talk=ALONE), at=NOW)


def sets(instrument: Instrument, case: Case) -> set[str]:
    return {reading.set for reading in assess_case(instrument, case).readings}


HARD_WORK = (
    Answer(question="recruitment.how", value="given", chosen=("offered",), talk=ALONE),
    Answer(question="work.money_goes", value="given", chosen=("employer",), talk=ALONE),
    Answer(question="work.hours", value="given", number=14, talk=ALONE),
    Answer(question="work.days", value="given", number=7, talk=ALONE),
    Answer(question="work.pay_way", value="given", chosen=("kind",), talk=ALONE),
)


def test_an_adult_who_was_a_child_then_is_read_with_both_lists(instrument: Instrument) -> None:
    assert sets(instrument, told("no")) == {"AL"}
    assert sets(instrument, told("yes")) == {"AL", "CL"}


def test_a_report_or_not_knowing_does_not_make_a_child_of_somebody(instrument: Instrument) -> None:
    assert sets(instrument, told("unknown")) == sets(instrument, told("yes", "third_party")) == {"AL"}


def test_the_childs_list_can_reach_a_level_that_the_adults_does_not(instrument: Instrument) -> None:
    """Means are asked of adults in the Netherlands, of nobody who was a child."""
    case = msgspec.structs.replace(told("yes"), profile="NL")
    for given in HARD_WORK:
        case = answered(case, given, at=NOW)
    child, adult = assess_case(instrument, case).readings
    assert (child.set, child.level, adult.set, adult.level) == ("CL", "indications", "AL", "open")


def test_the_workers_entry_on_the_form_says_the_same(instrument: Instrument) -> None:
    case = msgspec.structs.replace(fresh(), forms=("labour",), details={"D5.then": "yes"})
    assert sets(instrument, case) == {"AL", "CL"}


def test_sources_that_differ_about_the_age_then_are_worked_out_both_ways(instrument: Instrument) -> None:
    case = told("no", "document", told("yes"))
    assessment = assess_case(instrument, case)
    assert {reading.set for reading in assessment.readings} == {"AL"}
    (differing,) = assessment.contradictions
    assert differing.sign == "was_child"


def test_it_is_asked_of_adults_only_and_not_at_the_border(instrument: Instrument) -> None:
    asked = {q.id for q in walk(instrument, fresh()).askable()}
    child = {q.id for q in walk(instrument, msgspec.structs.replace(fresh(), age="child")).askable()}
    border = {q.id for q in walk(instrument, msgspec.structs.replace(fresh(), setting="border")).askable()}
    assert (ASKED in asked, ASKED in child, ASKED in border) == (True, False, False)


@pytest.mark.parametrize(("value", "entry"), [("yes", "yes"), ("no", "no"), ("unknown", "unsure")])
def test_the_form_carries_the_age_then(instrument: Instrument, value: Value, entry: str) -> None:
    case = told(value)
    sender = KeyCard(organisation="ITM", role="inspector", country="LU", recipient="", signing="", made=NOW)
    values = case_values(
        case, assess_case(instrument, case), instrument, instrument.recipient["lu.infotraite"], sender,
        package="", language="en", made=NOW, worker="A. Weber",
    )  # fmt: skip
    assert values["D5"] == {"now": "no", "then": entry}
