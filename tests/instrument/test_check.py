"""The check finds what a loader cannot see, and says what would be right."""

from pathlib import Path

import pytest

from tests.small import FILES, changed, small
from victim_id.instrument.check import problems, rests_on_abuse
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.plain import faults, grade

SHIPPED = load(Path(__file__).resolve().parent.parent.parent / "indicators")


def lines(instrument: Instrument) -> list[str]:
    return [f"{problem.where} {problem.what}" for problem in problems(instrument)]


def test_the_small_edition_has_no_problem() -> None:
    assert lines(small()) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("sections", 'sign = "ex_hours"', 'sign = "ex_hour"', "question work.hours shows ex_hour, which is no sign"),
        ("sections", '"control"]', '"controll"]', "setting workplace names a section controll that is not there"),
        (
            "sections",
            'question = "control.money"',
            'question = "control.monney"',
            "depends on control.monney, which is not there",
        ),
        (
            "sections",
            'sections = ["work", "control"]',
            'sections = ["work"]',
            "question control.money is asked in no setting",
        ),
        ("sections", 'id = "control.money"', 'id = "money"', "question money has an id of another form"),
        ("sections", 'id = "control.money"', 'id = "control.used"', "question control.used stands more than once"),
        ("sections", "at_least = 14", 'is = "yes"', "asks yes or no of work.hours, which is a number question"),
        ("sections", "at_least = 14 }", 'at_least = 14, is = "yes" }', "says not one thing but 2"),
        ("sections", "abuse = true\n", "", "lets rv_economic count without somebody who used it"),
        ("sections", 'why = "Somebody may have used it."\n', 'why = "x"\nretired = 1\n', "unknown field"),
        (
            "sections",
            "Was money short at home before you came?",
            "Were you a victim of trafficking?",
            "uses the word “victim”",
        ),
        ("sections", "Was money short at home before you came?", "Why did you say yes to it?", "may be heard as blame"),
        (
            "sections",
            "Was money short at home before you came?",
            "Did nobody tell you not to go there?",
            "two negations",
        ),
        ("sections", "Did someone use this to make you say yes?", "", "has no wording for the person"),
        ("indicators", "Somebody used a lack of money", "Nationality of the person", "speaks of who the person is"),
    ],
)
def test_a_fault_is_found_and_named(file: str, before: str, after: str, told: str) -> None:
    from victim_id.errors import WrongContent

    try:
        found = lines(changed(file, before, after))
    except WrongContent as wrong:
        found = [str(problem.what) for problem in wrong.problems]
    assert any(told in line for line in found), found


def test_a_question_that_shows_nothing_and_is_used_by_none_leads_nowhere() -> None:
    text = FILES["sections.toml"].replace('asked_when = { question = "control.money", is = "yes" }\n', "")
    assert lines(small(sections=text)) == ["question control.money leads nowhere"]


def test_a_condition_on_a_later_question_is_found() -> None:
    text = FILES["sections.toml"].replace('sections = ["work", "control"]', 'sections = ["control", "work"]')
    text = text.replace(
        'person = "Was money short', 'asked_when = { question = "work.hours", at_least = 1 }\nperson = "Was money short'
    )
    assert "question control.money waits in workplace for work.hours, which is not asked before it" in lines(
        small(sections=text)
    )


def test_a_condition_that_can_never_be_true_is_found() -> None:
    never = '{ all = [{ question = "control.money", is = "yes" }, { question = "control.money", is = "no" }] }'
    found = lines(changed("sections", '{ question = "control.money", is = "yes" }', never))
    assert "question control.used waits for a condition that can never be true" in found


def test_an_indicator_that_no_question_shows_is_found() -> None:
    found = lines(changed("sections", 'shows = [{ sign = "ex_hours", when = { at_least = 14 } }]\n', 'field = "F10"\n'))
    assert found == ["indicator ex_hours is shown by no question"]


def test_a_retired_id_is_never_used_again() -> None:
    assert "question control.money uses an id that was retired" in lines(small(retired='retired = ["control.money"]'))


def test_any_way_past_the_abuse_question_is_found() -> None:
    ways = '{ any = [{ is = "yes" }, { question = "control.money", is = "yes" }] }'
    instrument = changed(
        "sections", '{ sign = "rv_economic", when = { is = "yes" } }', f'{{ sign = "rv_economic", when = {ways} }}'
    )
    question = instrument.question["control.used"]
    assert not rests_on_abuse(instrument, question, question.shows[0])


def test_plain_questions_pass_and_office_language_does_not() -> None:
    assert faults("Who keeps your passport or identity card?") == []
    assert faults("How many hours do you work in a day?") == []
    assert faults(
        "Were your remuneration and accommodation in accordance with contractual obligations previously communicated?"
    )


def test_the_grade_rises_with_longer_words_and_sentences() -> None:
    assert grade("The cat sat on the mat.") < 2
    assert grade("Institutional considerations necessitate administrative determinations.") > 12
    assert grade("") == 0


def test_the_shipped_edition_has_no_problem() -> None:
    assert lines(SHIPPED) == []
