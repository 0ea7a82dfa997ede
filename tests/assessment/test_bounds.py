"""Properties of the rules over random answers, and their second, slow writing beside them."""

from itertools import product

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.assessment.cases import (
    ABOUT,
    HEIGHT,
    LAWS,
    NO_GATE,
    NOT_KNOWN,
    answered,
    any_facts,
    case,
    first,
    found,
    inputs,
    instrument,
    slowly,
)
from victim_id.assessment.assess import assess
from victim_id.assessment.bounds import positive
from victim_id.assessment.reading import Assessment, Facts, Reading
from victim_id.instrument.shapes import DIMENSIONS
from victim_id.record import decode, encode

MANY = settings(max_examples=200, deadline=None)


def only(facts: Facts) -> Reading:
    assessment = found(facts)
    assert len(assessment.readings) == 1
    return assessment.first


@pytest.mark.parametrize("counts", list(product(range(5), repeat=3)))
def test_a_dimension_is_positive_exactly_with_one_of_the_four_minima_of_ilo_and_ec(
    counts: tuple[int, int, int],
) -> None:
    s, m, w = counts
    assert positive(s, m, w) == (s >= 2 or (s >= 1 and m + w >= 1) or m >= 3 or (m >= 2 and w >= 1))


@given(facts=any_facts())
@MANY
def test_the_rules_say_what_their_second_writing_says(facts: Facts) -> None:
    reading = only(facts)
    slow = slowly(facts, reading.set)
    assert reading.level == slow["level"]
    assert (reading.score.lower, reading.score.upper) == slow["score"]
    assert reading.dignity == slow["dignity"]
    assert {one.name: one.state for one in reading.dimensions} == slow["dimensions"]
    assert (reading.elements.act, reading.elements.means, reading.elements.purpose) == slow["elements"]
    assert bool(reading.urgent) == slow["urgent"]


@given(facts=any_facts())
@MANY
def test_the_score_is_60_exactly_when_the_rule_holds_and_80_exactly_when_strong(facts: Facts) -> None:
    reading = only(facts)
    assert 0 <= reading.score.lower <= reading.score.upper <= 100
    assert (reading.score.lower >= 60) == (reading.level in {"strong", "indications"})
    assert (reading.score.lower >= 80) == (reading.level == "strong")
    assert (reading.score.upper >= 60) == (reading.possible in {"strong", "indications"})
    assert (reading.score.upper >= 80) == (reading.possible == "strong")


@given(facts=any_facts(), pick=st.randoms(use_true_random=False))
@MANY
def test_a_yes_never_lowers_score_or_bounds_and_never_leads_to_few(facts: Facts, pick: object) -> None:
    before = only(facts)
    free = [key for key, state in inputs(facts, before.set).items() if state in NOT_KNOWN]
    if not free:
        return
    after = only(answered(facts, {pick.choice(free): "yes"}))  # type: ignore[attr-defined]
    assert after.score.lower >= before.score.lower
    assert after.score.upper >= before.score.upper
    assert HEIGHT[after.level] >= HEIGHT[before.level] or (before.level, after.level) == ("open", "exploitation")
    assert after.level != "few" or before.level == "few"
    for one, other in zip(before.dimensions, after.dimensions, strict=True):
        assert ("not_met", "open", "met").index(other.state) >= ("not_met", "open", "met").index(one.state)


@given(facts=any_facts(), state=st.sampled_from(["yes", "no"]), pick=st.randoms(use_true_random=False))
@MANY
def test_asking_more_never_widens_an_interval(facts: Facts, state: str, pick: object) -> None:
    """One answer is left out: that nobody else profits. It takes the capped support of the work away altogether."""
    before = only(facts)
    free = [key for key, was in inputs(facts, before.set).items() if was in NOT_KNOWN]
    if state == "no":
        free = [key for key in free if key != "someone_else"]
    if not free:
        return
    after = only(answered(facts, {pick.choice(free): state}))  # type: ignore[attr-defined]
    assert before.score.lower <= after.score.lower <= after.score.upper <= before.score.upper
    for one, other in zip(before.dimensions, after.dimensions, strict=True):
        assert one.state in {other.state, "open"}
    for element in ("act", "means", "purpose"):
        assert getattr(before.elements, element) in {getattr(after.elements, element), "open"}


def test_that_nobody_else_profits_takes_the_capped_support_away_and_may_widen() -> None:
    """The published rule says both: at most nine tenths while it is unknown, and nothing once it is no."""
    facts = case("AL", "ex_hours", "ex_low_pay", rest="no", act="no", gates=NO_GATE | {"crime": "unknown"})
    assert (only(facts).score.lower, only(facts).score.upper) == (26, 29)
    alone = msgspec.structs.replace(facts, someone_else="no")
    assert (only(alone).score.lower, only(alone).score.upper) == (0, 29)


@given(facts=any_facts(), pick=st.randoms(use_true_random=False))
@MANY
def test_the_bounds_are_reached_by_answering_everything_yes(facts: Facts, pick: object) -> None:
    before = only(facts)
    free = {key: "yes" for key, was in inputs(facts, before.set).items() if was in NOT_KNOWN}
    after = only(answered(facts, free))
    assert after.score.lower == after.score.upper == before.score.upper
    assert after.level == before.possible or before.possible not in {"strong", "indications"}


@given(facts=any_facts(), pick=st.randoms(use_true_random=False))
@MANY
def test_the_order_of_the_answers_changes_nothing(facts: Facts, pick: object) -> None:
    shuffled = list(facts.indicators.items())
    pick.shuffle(shuffled)  # type: ignore[attr-defined]
    gates = dict(reversed(facts.gates.items()))
    again = msgspec.structs.replace(facts, indicators=dict(shuffled), gates=gates)
    assert encode(found(again)) == encode(found(facts))


@given(facts=any_facts())
@settings(max_examples=60, deadline=None)
def test_a_stored_assessment_is_worked_out_again_to_the_same_bytes(facts: Facts) -> None:
    stored = encode(found(facts))
    kept = decode(Facts, encode(facts), "facts")
    edition = decode(type(instrument()), encode(instrument()), "edition")
    assert encode(assess(edition, LAWS[kept.profile], kept)) == stored
    assert decode(Assessment, stored, "assessment") == found(facts)


@given(facts=any_facts(sets=("AL", "AS")), law=st.sampled_from(["BE", "LU"]))
@MANY
def test_exploitation_is_said_only_where_the_law_asks_for_means(facts: Facts, law: str) -> None:
    assert first(facts, law).level != "exploitation"


@given(facts=any_facts(sets=("CL", "CS")))
@MANY
def test_a_child_is_never_few_never_exploitation_and_never_a_matter_of_dignity(facts: Facts) -> None:
    reading = only(facts)
    assert reading.level in {"strong", "indications", "open"}
    assert not reading.dignity


@given(facts=any_facts(), profile=st.sampled_from(list(LAWS)))
@settings(max_examples=60, deadline=None)
@example(facts=Facts(profile="NL", age="adult"), profile="NL")
def test_when_no_form_is_named_both_are_read_and_the_higher_comes_first(facts: Facts, profile: str) -> None:
    order = ("strong", "indications", "open", "exploitation", "few")
    readings = found(msgspec.structs.replace(facts, forms=()), profile).readings
    assert len(readings) == 2
    ranks = [(order.index(one.level), -one.score.lower, -one.score.upper) for one in readings]
    assert ranks == sorted(ranks)
    if ranks[0] == ranks[1]:
        assert readings[0].set in {"AL", "CL"}


def test_open_comes_before_the_closing_words_because_something_is_still_to_be_asked() -> None:
    closed_at_work = case("AL", rest="no", act="no", someone_else="no", forms=())
    only_labour = dict(closed_at_work.indicators) | dict.fromkeys(("cd_forced_tasks", "cd_influence"), "unknown")
    assessment = found(msgspec.structs.replace(closed_at_work, indicators=only_labour))
    assert [(one.set, one.level) for one in assessment.readings] == [("AS", "open"), ("AL", "few")]


@pytest.mark.parametrize("name", ABOUT)
@pytest.mark.parametrize("gate", ["begging", "crime", "servitude"])
def test_begging_crime_and_servitude_are_read_with_the_labour_sets_and_their_own_gate(name: str, gate: str) -> None:
    facts = case(name, gates=NO_GATE | {gate: "yes"}, act="yes")
    assert only(facts).elements.purpose == "yes"
    assert only(facts).dimensions[DIMENSIONS.index("exploitation")].state == "open"


def test_a_gate_that_the_law_does_not_count_is_no_purpose_but_an_organ_stays_urgent() -> None:
    silent = msgspec.structs.replace(LAWS["NL"], gates=())
    facts = case("AL", gates=NO_GATE | {"organs": "yes", "crime": "yes"}, act="yes")
    reading = assess(instrument(), silent, facts).first
    assert reading.elements.purpose == "open"
    assert [one.id for one in reading.urgent] == ["gate.organs"]
    assert [gate.name for gate in reading.gates if gate.state == "yes"] == ["organs", "crime"]
    assert not any(gate.counts for gate in reading.gates)


def test_services_of_a_child_are_urgent_and_those_of_an_adult_are_a_purpose_only() -> None:
    gate = NO_GATE | {"sexual": "yes"}
    assert [one.id for one in only(case("CS", gates=gate)).urgent] == ["gate.sexual"]
    assert only(case("AS", gates=gate)).urgent == ()
    unsure = found(Facts(profile="NL", age="unsure", forms=("sexual",), gates=gate))
    assert [(one.set, len(one.urgent)) for one in unsure.readings] == [("CS", 1), ("AS", 0)]


def test_an_adult_who_was_a_child_then_is_read_both_ways_the_higher_first() -> None:
    facts = case("AL", "ex_hours", "ex_low_pay", "cr_violence", act="yes", someone_else="yes", was_child=True)
    assessment = found(facts)
    assert [(one.set, one.level) for one in assessment.readings] == [("CL", "strong"), ("AL", "open")]
