"""Conditions answer true, false or not known; not knowing is a value."""

from hypothesis import given
from hypothesis import strategies as st

from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.conditions import every, holds, leaf, some
from victim_id.instrument.shapes import Condition

KLEENE = st.sampled_from([True, False, None])


def given_answers(**values: str) -> dict[str, tuple[Answer, ...]]:
    return {name: (Answer(question=name, value=value),) for name, value in values.items()}


def test_a_question_not_asked_is_not_known() -> None:
    assert holds(Condition(question="a", is_="yes"), {}) is None


def test_declined_and_unknown_are_not_known_and_never_a_no() -> None:
    for value in ("declined", "unknown"):
        assert holds(Condition(question="a", is_="yes"), given_answers(a=value)) is None
        assert holds(Condition(question="a", is_="no"), given_answers(a=value)) is None


def test_not_applicable_is_false() -> None:
    assert holds(Condition(question="a", is_="yes"), given_answers(a="not_applicable")) is False


def test_a_no_answers_an_inverted_condition_with_true() -> None:
    assert holds(Condition(question="a", is_="no"), given_answers(a="no")) is True
    assert holds(Condition(question="a", is_="no"), given_answers(a="yes")) is False


def test_two_sources_that_differ_leave_it_not_known() -> None:
    answers = {"a": (Answer(question="a", value="no"), Answer(question="a", value="yes", source="document"))}
    assert holds(Condition(question="a", is_="yes"), answers) is None


def test_a_number_is_compared_with_its_bounds_included() -> None:
    condition = Condition(question="a", at_least=12, at_most=16)
    for number, expected in ((11, False), (12, True), (16, True), (17, False)):
        answers = {"a": (Answer(question="a", value="given", number=number),)}
        assert holds(condition, answers) is expected


def test_a_choice_is_found_among_several() -> None:
    chosen = Answer(question="a", value="given", chosen=("boss", "agency"))
    assert leaf(Condition(has="agency"), chosen) is True
    assert leaf(Condition(has="nobody"), chosen) is False
    assert leaf(Condition(has="agency"), Answer(question="a", value="declined")) is None


def test_a_condition_without_a_question_speaks_of_its_own() -> None:
    assert holds(Condition(is_="yes"), given_answers(own="yes"), "own") is True


@given(st.lists(KLEENE, min_size=1, max_size=6))
def test_all_and_any_follow_kleene_and_de_morgan(parts: list[bool | None]) -> None:
    flipped = [None if part is None else not part for part in parts]
    conjunction = every(parts)
    assert some(flipped) == (None if conjunction is None else not conjunction)
    assert every(parts) == (False if False in parts else None if None in parts else True)


@given(st.lists(KLEENE, min_size=1, max_size=6), st.integers(0, 5), st.booleans())
def test_learning_more_never_takes_back_what_was_known(parts: list[bool | None], place: int, value: bool) -> None:
    place %= len(parts)
    if parts[place] is not None:
        return
    learned = [*parts[:place], value, *parts[place + 1 :]]
    for rule in (every, some):
        if rule(parts) is not None:
            assert rule(learned) == rule(parts)


def test_a_no_is_firm_only_alone_understood_and_calm() -> None:
    calm = Talk(alone=True, language="common")
    assert Answer(question="a", value="no", talk=calm).firm
    for talk in (
        Talk(),
        Talk(alone=False, language="common"),
        Talk(alone=True),
        Talk(alone=True, language="other_interpreter"),
        Talk(alone=True, language="common", distressed=True),
    ):
        assert not Answer(question="a", value="no", talk=talk).firm
    assert Answer(question="a", value="no", source="observed").firm
    assert Answer(question="a", value="no", source="document").firm
    assert not Answer(question="a", value="no", source="third_party", talk=calm).firm
