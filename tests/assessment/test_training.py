"""The training cases: every expected level was written first; the program has to agree, and the reader is strict."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from victim_id.assessment.assess import assess
from victim_id.assessment.facts import facts
from victim_id.assessment.reading import Assessment
from victim_id.errors import WrongContent
from victim_id.instrument.answers import Talk
from victim_id.instrument.load import load
from victim_id.instrument.training import TrainingCase, answers_of, asked, denial, load_training, read_training
from victim_id.interview.interview import Interview

FOLDER = Path(__file__).resolve().parent.parent.parent / "indicators"
SHIPPED = load(FOLDER)
CASES = {case.id: case for case in load_training(FOLDER / "training", SHIPPED)}

HARD = (
    "roofer", "kitchen_55", "au_pair", "licensed_house", "own_adverts", "family_begging", "begging_without_school",
    "smuggled_only", "violent_husband", "courier_parcels", "courier_drugs", "sold_nl", "sold_be", "locked_and_beaten",
    "says_nothing", "boss_interprets",
)  # fmt: skip
"""The hard ones, on both sides."""


def judged(case: TrainingCase) -> Assessment:
    profile = SHIPPED.profile[case.profile]
    known = facts(SHIPPED, profile, answers_of(case, SHIPPED), age=case.age, forms=case.forms, setting=case.setting)
    return assess(SHIPPED, profile, known)


def wrong(text: str) -> list[str]:
    with pytest.raises(WrongContent) as caught:
        read_training({"one.toml": text.encode()}, SHIPPED)
    assert all(problem.either for problem in caught.value.problems)
    return [f"{problem.where} {problem.what}" for problem in caught.value.problems]


ONE = """
[[case]]
id = "one"
title = "A case"
story = "A story."
profile = "NL"
setting = "workplace"
age = "adult"
forms = ["labour"]
expected = "open"
why = "A reason."
answer = [
    { question = "work.hours", number = 13 },
    { question = "work.begun", chosen = ["months"] },
    { question = "control.hurt", value = "declined" },
]
"""


@pytest.mark.parametrize("name", CASES)
def test_the_program_finds_the_level_that_people_expect(name: str) -> None:
    assert judged(CASES[name]).first.level == CASES[name].expected


def test_the_hard_ones_are_among_at_least_forty_cases() -> None:
    assert len(CASES) >= 40
    assert set(HARD) <= set(CASES)
    assert len({case.story for case in CASES.values()}) == len(CASES)


def test_the_cases_are_spread_over_countries_settings_ages_sets_and_levels() -> None:
    assert min(Counter(case.profile for case in CASES.values())[name] for name in ("BE", "NL", "LU", "INT")) >= 8
    assert min(Counter(case.setting for case in CASES.values()).values()) >= 8
    assert set(Counter(case.setting for case in CASES.values())) == set(SHIPPED.setting)
    levels = Counter(case.expected for case in CASES.values())
    assert min(levels[name] for name in ("strong", "indications", "open", "exploitation", "few")) >= 3
    assert {reading.set for case in CASES.values() for reading in judged(case).readings} == {"AL", "AS", "CL", "CS"}
    assert {case.age for case in CASES.values()} == {"adult", "child", "unsure"}


def test_few_is_never_expected_of_a_child_or_at_a_border() -> None:
    for case in CASES.values():
        if case.age != "adult" or case.setting == "border":
            assert case.expected != "few"


def test_few_is_not_reached_when_the_same_questions_are_left_unasked() -> None:
    for case in CASES.values():
        if case.expected == "few":
            assert judged(msgspec.structs.replace(case, everything_else="")).first.level == "open"


def test_few_is_not_reached_when_the_same_answers_are_given_through_the_boss() -> None:
    for case in CASES.values():
        if case.expected == "few":
            unsafe = msgspec.structs.replace(case.talk, alone=False, language="other_interpreter")
            assert judged(msgspec.structs.replace(case, talk=unsafe)).first.level == "open"


def test_the_dignity_case_is_read_as_dignity_and_has_its_published_score() -> None:
    reading = judged(CASES["dignity_be"]).first
    assert reading.dignity
    assert reading.score.lower == 63
    assert not judged(CASES["cellar_lu"]).first.dignity


def test_urgent_signs_stand_whatever_the_level() -> None:
    wanted = {
        "hit_once": "cd_violence",
        "locked_and_beaten": "cd_isolation",
        "sold_nl": "cr_abduction_sale",
        "companion_talks": "companion_controls",
        "alone_to_uncle": "child_alone",
        "own_account": "gate.sexual",
        "grooming": "danger_now",
        "days_not_months": "images",
    }
    for name, sign in wanted.items():
        assert sign in {urgent.id for urgent in judged(CASES[name]).first.urgent}, name


def test_a_report_of_a_third_party_is_shown_and_is_not_firm() -> None:
    reading = judged(CASES["neighbour_says_locked"]).first
    assert "cd_isolation" in reading.urgent_reported
    assert reading.findings == ()


@pytest.mark.parametrize("name", CASES)
def test_a_case_answers_only_what_the_real_interview_would_ask(name: str) -> None:
    case = CASES[name]
    answers = answers_of(case, SHIPPED)
    walk = Interview(SHIPPED, case.setting, age=case.age, answers=answers, talk=Talk(alone=True))
    askable = {question.id for question in walk.askable()}
    assert set(answers) <= askable
    assert {question.id for question in asked(SHIPPED, case, answers)} == askable


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.everything_else])
def test_everything_else_leaves_nothing_that_could_be_denied(name: str) -> None:
    case = CASES[name]
    answers = answers_of(case, SHIPPED)
    left = [question for question in asked(SHIPPED, case, answers) if question.id not in answers]
    assert [question.id for question in left if denial(SHIPPED, question)] == []


def test_everything_else_never_replaces_a_written_answer() -> None:
    for case in CASES.values():
        answers = answers_of(case, SHIPPED)
        for told in case.answers:
            assert (told.number, told.chosen) in {(one.number, one.chosen) for one in answers[told.question]}


def test_a_denial_shows_no_sign_and_opens_no_follow_up() -> None:
    case = msgspec.structs.replace(CASES["holiday"], answers=(), setting="shelter", everything_else="no")
    answers = answers_of(case, SHIPPED)
    known = facts(SHIPPED, SHIPPED.profile["BE"], answers, age="adult", setting="shelter")
    assert "yes" not in {*known.indicators.values(), *known.gates.values(), known.act, known.someone_else}
    assert not known.urgent_signs
    assert not [name for name in answers if SHIPPED.question[name].asked_when]


def test_a_sound_case_is_read_with_its_sources_and_its_talk() -> None:
    (case,) = read_training({"one.toml": ONE.encode()}, SHIPPED)
    answers = answers_of(case, SHIPPED)
    assert [(one.value, one.number, one.source, one.talk.safe) for one in answers["work.hours"]] == [
        ("given", 13, "said", True)
    ]
    assert set(answers) == {"work.hours", "work.begun", "control.hurt"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('why = "A reason."', 'why = "A reason."\nlevel = "open"', "unknown field `level`"),
        ('expected = "open"', 'expected = "green"', "Invalid enum value 'green'"),
        ('title = "A case"\n', "", "missing required field `title`"),
        ('why = "A reason."', 'why = ""', "has no why"),
        ('profile = "NL"', 'profile = "XX"', "names the profile XX"),
        ('setting = "workplace"', 'setting = "harbour"', "names the setting harbour"),
        ('question = "work.hours"', 'question = "work.hour"', "is no question"),
        ('question = "work.hours", number = 13', 'question = "sexual.part", value = "yes"', "is not asked in this setting"),
        ("number = 13", "number = 25", "does not answer a number question"),
        ("number = 13", 'value = "yes"', "does not answer a number question"),
        ('chosen = ["months"]', 'chosen = ["moons"]', "chooses moons"),
        ('chosen = ["months"]', 'chosen = ["months", "years"]', "does not answer a choice question"),
        (", number = 13", "", "says nothing"),
        ('question = "work.hours", number = 13', 'question = "control.debt_hold", chosen = ["grows"]', "is not asked in this talk"),
        ('age = "adult"', 'age = "child"', "is not asked in this talk"),
        ("number = 13 },", 'number = 13 },\n{ question = "work.hours", number = 8 },', "is given twice by one source"),
        ("number = 13", 'number = 13, mood = "sad"', "unknown field `mood`"),
        ('chosen = ["months"]', 'value = "declined", chosen = ["months"]', "says nothing known and something known"),
    ],
)  # fmt: skip
def test_a_fault_in_a_case_is_found_and_named(before: str, after: str, told: str) -> None:
    assert before in ONE
    found = wrong(ONE.replace(before, after, 1))
    assert any(told in line for line in found), found


def test_a_case_that_stands_twice_is_found_also_in_another_file() -> None:
    with pytest.raises(WrongContent) as caught:
        read_training({"one.toml": ONE.encode(), "two.toml": ONE.encode()}, SHIPPED)
    assert [str(problem.where) for problem in caught.value.problems] == ["two.toml: case one"]


@pytest.mark.parametrize("text", ["[[case", "\xff", 'case = "one"', "[[story]]\nid = 1"])
def test_a_file_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(WrongContent):
        read_training({"one.toml": text.encode("latin-1")}, SHIPPED)


def test_training_cases_are_no_part_of_the_fingerprint() -> None:
    assert load(FOLDER).fingerprint == SHIPPED.fingerprint
    assert not any("training" in path.parts for path in map(Path, _content()))


def _content() -> list[str]:
    from victim_id.instrument.load import content_of

    return list(content_of(FOLDER))


def test_what_a_trainee_reads_is_one_line_however_the_file_breaks_it() -> None:
    assert all(
        "\n" not in text and "  " not in text for one in CASES.values() for text in (one.title, one.story, one.why)
    )
