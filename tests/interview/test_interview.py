"""One walk through the instrument, without a screen."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import FILES, small
from victim_id.instrument.answers import Answer, Talk
from victim_id.interview.interview import Interview

ALONE = Talk(alone=True, language="common")


def said(question: str, value: str = "yes") -> dict[str, tuple[Answer, ...]]:
    return {question: (Answer(question=question, value=value),)}


def test_the_talk_begins_with_the_first_question_of_the_setting() -> None:
    assert Interview(small(), "workplace").at == "work.hours"


def test_private_questions_wait_until_the_person_is_alone() -> None:
    walk = Interview(small(), "workplace")
    assert not walk.next()
    walk.now(talk=ALONE)
    assert walk.next()
    assert walk.at == "control.money"


def test_a_private_section_opens_by_an_explicit_choice() -> None:
    walk = Interview(small(), "workplace")
    walk.now(opened={"control"})
    assert walk.next()


def test_somebody_who_comes_in_closes_the_private_questions_again() -> None:
    walk = Interview(small(), "workplace", talk=ALONE)
    walk.next()
    walk.now(talk=Talk(alone=False))
    assert not walk.may_ask(walk.instrument.question["control.money"])
    walk.jump_to_section("work")
    assert walk.at == "work.hours"


def test_a_follow_up_comes_only_after_the_answer_it_waits_for() -> None:
    walk = Interview(small(), "workplace", talk=ALONE, answers=said("control.money", "unknown"))
    assert "control.used" not in {question.id for question in walk.askable()}
    walk.now(answers=said("control.money"))
    assert "control.used" in {question.id for question in walk.askable()}


def test_skipping_leaves_the_question_for_the_end() -> None:
    walk = Interview(small(), "workplace", talk=ALONE)
    walk.skip()
    assert walk.at == "control.money"
    walk.now(answers=said("control.money", "no"))
    assert walk.next()
    assert walk.at == "work.hours"


def test_back_returns_to_where_the_talk_was_also_after_a_jump() -> None:
    walk = Interview(small(), "workplace", talk=ALONE)
    walk.jump("control.money")
    assert walk.back()
    assert walk.at == "work.hours"
    assert not walk.back()


def test_a_case_taken_up_again_stands_at_the_same_question() -> None:
    assert Interview(small(), "workplace", talk=ALONE, at="control.money").at == "control.money"


def test_a_question_that_is_gone_does_not_hold_up_the_talk() -> None:
    assert Interview(small(), "workplace", at="control.gone").at == "work.hours"


def test_progress_counts_answered_of_askable() -> None:
    walk = Interview(small(), "workplace", talk=ALONE, answers=said("control.money"))
    assert [(p.section.id, p.asked, p.askable, p.open) for p in walk.progress()] == [
        ("work", 0, 1, True),
        ("control", 1, 2, True),
    ]


def test_a_child_is_asked_only_what_is_meant_for_a_child() -> None:
    text = FILES["sections.toml"].replace('id = "work.hours"\n', 'id = "work.hours"\nchild = true\n')
    for age in ("child", "unsure"):
        walk = Interview(small(sections=text), "workplace", age=age, talk=ALONE)
        assert [question.id for question in walk.askable()] == ["work.hours"]


def test_what_is_seen_may_be_written_down_while_others_stand_by() -> None:
    text = FILES["sections.toml"].replace('id = "control.money"\n', 'id = "control.money"\nof = "observation"\n')
    walk = Interview(small(sections=text), "workplace", talk=Talk(alone=False))
    assert walk.may_ask(walk.instrument.question["control.money"])


def test_a_quick_screen_holds_only_its_own_questions() -> None:
    text = FILES["sections.toml"].replace('id = "work.hours"\n', 'id = "work.hours"\nquick = ["workplace"]\n')
    walk = Interview(small(sections=text), "workplace", talk=ALONE, quick=True)
    assert [question.id for question in walk.askable()] == ["work.hours"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["next", "back", "yes", "no", "declined", "alone", "watched", "work", "control"]), max_size=30
    )
)
def test_any_walk_stands_at_a_question_that_may_be_asked_or_was_left_open(steps: list[str]) -> None:
    walk = Interview(small(), "workplace")
    answers: dict[str, tuple[Answer, ...]] = {}
    for step in steps:
        if step in {"yes", "no", "declined"}:
            answers = answers | said(walk.at, step)
            walk.now(answers=answers)
        elif step in {"alone", "watched"}:
            walk.now(talk=Talk(alone=step == "alone"))
        elif step in {"work", "control"}:
            walk.jump_to_section(step)
        else:
            before = walk.at
            moved = getattr(walk, step)()
            assert moved == (walk.at != before)
            if step == "next" and moved:
                assert walk.may_ask(walk.instrument.question[walk.at])
                assert not walk.answers.get(walk.at)
        assert walk.at in walk.instrument.question
        number, count = walk.place()
        assert 0 <= number <= count
