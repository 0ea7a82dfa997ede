"""What is still open: decisive sets against brute force, the ranking, and what is never offered."""

from collections.abc import Iterable
from itertools import combinations
from math import comb

import msgspec
import pytest
from hypothesis import given, settings
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
    inputs,
    instrument,
    keys,
)
from tests.small import small
from victim_id.assessment.bounds import positive
from victim_id.assessment.choices import IMPOSSIBLE, enough, one_of, several_of, smallest, together
from victim_id.assessment.gaps import gaps, useful_questions, would_meet
from victim_id.assessment.reading import Facts, Gaps
from victim_id.instrument.answers import Answer
from victim_id.instrument.shapes import GATES

FEW = settings(max_examples=120, deadline=None)


def still_open(facts: Facts) -> Gaps:
    return gaps(instrument(), LAWS[facts.profile], facts, first(facts).set)


def target(facts: Facts) -> int:
    return HEIGHT["strong"] if first(facts).level == "indications" else HEIGHT["indications"]


def reaches(facts: Facts, chosen: Iterable[str]) -> bool:
    return HEIGHT[first(answered(facts, dict.fromkeys(chosen, "yes"))).level] >= target(facts)


def by_trying(facts: Facts, most: int) -> list[tuple[str, ...]] | None:
    """Every smallest set, found by trying all of them; None where more than `most` inputs would be needed."""
    if first(facts).level == "strong":
        return []
    free = [key for key, state in inputs(facts, first(facts).set).items() if state in NOT_KNOWN]
    if not reaches(facts, free):
        return []
    for size in range(most + 1):
        found = [chosen for chosen in combinations(free, size) if reaches(facts, chosen)]
        if found:
            return found
    return None


@st.composite
def small_cases(draw: st.DrawFn) -> Facts:
    """Cases with at most nine inputs not known, spread over every kind of input, so that all sets can be tried."""
    name = draw(st.sampled_from(tuple(ABOUT)))
    age, form = ABOUT[name]
    free = draw(
        st.sets(
            st.sampled_from([*keys(name), *keys(name, "exploitation"), *keys(name, "coercion_destination")]), max_size=7
        )
    )
    yes = draw(st.sets(st.sampled_from(keys(name)), max_size=5))
    gates = NO_GATE | draw(st.dictionaries(st.sampled_from(GATES), st.sampled_from(["yes", "unknown"]), max_size=2))
    states = dict.fromkeys(keys(name), "no") | dict.fromkeys(yes, "yes")
    states |= {key: draw(st.sampled_from(["unknown", "declined", "reported", "no_unsafe"])) for key in sorted(free)}
    return Facts(
        profile=draw(st.sampled_from(tuple(LAWS))),
        age=age,
        forms=(form,),
        act=draw(st.sampled_from(["yes", "yes", "unknown", "no"])),
        someone_else=draw(st.sampled_from(["yes", "yes", "unknown", "no"])),
        gates=gates,
        indicators=states,
    )


@given(facts=small_cases())
@FEW
def test_decisive_sets_are_exactly_the_smallest_that_trying_all_of_them_finds(facts: Facts) -> None:
    tried = by_trying(facts, 4)
    found = still_open(facts).decisive
    if tried is None:
        assert all(len(chosen) > 4 for chosen in found.shown)
        return
    assert found.total == len(tried)
    assert list(found.shown) == tried[:12]


@given(facts=any_facts())
@FEW
def test_every_decisive_set_is_sufficient_and_no_part_of_it_is(facts: Facts) -> None:
    found = still_open(facts).decisive
    names = list(inputs(facts, first(facts).set))
    assert len(found.shown) == min(12, found.total) == len(set(found.shown))
    assert [[names.index(key) for key in chosen] for chosen in found.shown] == sorted(
        [names.index(key) for key in chosen] for chosen in found.shown
    )
    for chosen in found.shown:
        assert reaches(facts, chosen)
        assert not any(reaches(facts, part) for part in combinations(chosen, len(chosen) - 1) if chosen)
    if not found.shown and first(facts).level != "strong":
        assert not reaches(facts, [key for key, state in inputs(facts, first(facts).set).items() if state in NOT_KNOWN])


def test_one_gate_is_nearer_than_someone_else_and_two_signs_of_exploitation() -> None:
    facts = case("AL", act="yes", gates={}, profile="BE")
    assert still_open(facts).decisive.shown == tuple((f"gate.{name}",) for name in GATES)


def test_from_nothing_under_a_law_with_means_four_answers_are_needed_in_thousands_of_ways() -> None:
    found = still_open(Facts(profile="NL", age="adult", forms=("labour",))).decisive
    strong = sum(
        instrument().indicator[key].strength["AL"] == "strong" and not key.startswith("ex_") for key in keys("AL")
    )
    others = len(keys("AL")) - len(keys("AL", "exploitation")) - strong
    pairs = comb(strong, 2) + strong * others
    assert found.total == pairs * len(GATES)
    assert found.shown[0] == ("dr_job_nature", "dr_work_conditions", "act", "gate.sexual")


def test_from_indications_coercion_at_destination_is_what_is_missing() -> None:
    facts = case("AL", "ex_hours", "ex_low_pay", "cd_documents", act="yes", someone_else="yes", profile="BE")
    rest = [(key,) for key in keys("AL", "coercion_destination") if key != "cd_documents"]
    found = still_open(facts).decisive
    assert found.total == len(rest) == 14
    assert list(found.shown) == rest[:12]


def test_for_a_child_one_urgent_sign_or_one_gate_is_enough_from_indications() -> None:
    facts = case("CL", "ex_hours", "ex_hazardous", act="yes", someone_else="yes", gates=NO_GATE | {"crime": "unknown"})
    single = {chosen for (chosen,) in still_open(facts).decisive.shown}
    urgent = {one.key for one in instrument().indicators if one.urgent}
    assert single == urgent | {"gate.crime"}


def test_nothing_is_decisive_once_strong_or_where_no_answer_can_reach_it() -> None:
    strong = case("AL", "ex_hours", "ex_low_pay", "cd_documents", "cd_wages", act="yes", someone_else="yes")
    assert still_open(strong).decisive.total == 0
    assert still_open(case("AL", act="no")).decisive.total == 0


@given(facts=any_facts())
@FEW
def test_declined_answers_are_never_offered_again_and_known_ones_neither(facts: Facts) -> None:
    states = inputs(facts, first(facts).set)
    offered = still_open(facts).next
    assert len(set(offered)) == len(offered)
    assert all(states[key] in NOT_KNOWN and states[key] != "declined" for key in offered)
    if facts.age == "adult":
        assert set(offered) == {key for key, state in states.items() if state in NOT_KNOWN and state != "declined"}


@given(facts=any_facts(sets=("AL", "AS")))
@settings(max_examples=40, deadline=None)
def test_the_ranking_is_by_what_either_answer_settles(facts: Facts) -> None:
    now = first(facts)
    width = now.score.upper - now.score.lower
    names = list(inputs(facts, now.set))

    def settles(key: str) -> tuple[int, int]:
        readings = [first(answered(facts, {key: state})) for state in ("yes", "no")]
        levels = sum((one.level, one.possible) != (now.level, now.possible) for one in readings)
        return -levels, -sum(width - (one.score.upper - one.score.lower) for one in readings)

    def strength(key: str) -> int:
        indicator = instrument().indicator.get(key)
        return ("strong", "medium", "weak").index(indicator.strength[now.set]) if indicator else 0

    offered = list(still_open(facts).next)
    assert offered == sorted(offered, key=lambda key: (*settles(key), strength(key), names.index(key)))


def test_of_a_child_only_what_is_asked_of_a_child_is_offered() -> None:
    facts = Facts(profile="NL", age="child", forms=("labour",))
    offered = gaps(instrument(), LAWS["NL"], facts, "CL").next
    for key in offered:
        assert any(question.child for question, _ in instrument().shown_by[key])
    assert "cd_violence" not in offered


def test_a_question_that_was_answered_or_declined_or_follows_nothing_is_not_offered() -> None:
    edition = msgspec.structs.replace(small(), rules=instrument().rules)
    facts = Facts(profile="NL", age="adult", forms=("labour",))
    found = gaps(edition, LAWS["NL"], facts, "AL")

    def offered(*answers: Answer) -> tuple[str, ...]:
        given = {one.question: (one,) for one in answers}
        return useful_questions(edition, found, given, setting="workplace", child=False)

    assert offered() == ("control.used", "work.hours")
    assert offered(Answer(question="work.hours", value="declined")) == ("control.used",)
    assert offered(Answer(question="work.hours", value="given", number=9)) == ("control.used",)
    assert offered(Answer(question="work.hours", value="unknown")) == ("control.used", "work.hours")
    assert offered(Answer(question="control.money", value="no")) == ("work.hours",)
    assert useful_questions(edition, found, {}, setting="workplace", child=True) == ()


def test_each_open_dimension_names_what_would_make_it_met() -> None:
    found = would_meet(instrument(), LAWS["NL"], case("AL", "ex_low_pay", "cd_documents", "cd_wages"), "AL")
    assert found["exploitation"].shown == (("ex_hours",),)
    assert "coercion_destination" not in found
    assert found["deceptive_recruitment"].total == 9


@pytest.mark.parametrize(("free", "size"), [((3, 4, 2), 2), ((0, 5, 3), 3), ((0, 1, 4), 0), ((1, 0, 0), 0)])
def test_enough_counts_what_trying_finds(free: tuple[int, int, int], size: int) -> None:
    places = iter(range(20))
    lists = tuple([next(places) for _ in range(count)] for count in free)
    every = [(place, at) for at, some in enumerate(lists) for place in some]
    found = enough(positive, (0, 0, 0), lists, 100)  # type: ignore[arg-type]
    tried = [
        tuple(place for place, _ in chosen)
        for chosen in combinations(every, size)
        if size and positive(*(sum(at == strength for _, at in chosen) for strength in range(3)))
    ]
    assert found.total == len(tried)
    assert list(found.first) == tried


def test_choices_multiply_and_the_first_of_a_product_are_exact() -> None:
    odd, even = several_of([1, 3, 5, 7], 2, 5), several_of([0, 2, 4], 2, 5)
    both = together([odd, even], 5)
    every = sorted(
        tuple(sorted(one + other)) for one in combinations([1, 3, 5, 7], 2) for other in combinations([0, 2, 4], 2)
    )
    assert (both.size, both.total, both.first) == (4, 18, tuple(every[:5]))
    assert together([odd, IMPOSSIBLE], 5) is IMPOSSIBLE
    assert smallest([odd, one_of([9], 5)], 5).first == ((9,),)
