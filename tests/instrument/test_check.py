"""The check finds what a loader cannot see, and says what would be right."""

import re
from pathlib import Path

import pytest

from tests.small import FILES, changed, small
from victim_id.errors import WrongContent
from victim_id.instrument.check import MOST_QUICK, problems, rests_on_abuse
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import content_of, load, read
from victim_id.instrument.plain import faults, grade
from victim_id.instrument.reach import reachable, ways
from victim_id.instrument.shapes import Condition
from victim_id.instrument.whole import FAMILIES, TEXTS, lacking

INDICATORS = Path(__file__).resolve().parent.parent.parent / "indicators"
SHIPPED = load(INDICATORS)
SHIPPED_FILES = {name: content.decode() for name, content in content_of(INDICATORS).items()}


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
    found = lines(changed("sections", 'shows = [{ sign = "ex_hours", when = { at_least = 14 } }]\n', "free = true\n"))
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


def test_the_shipped_edition_has_no_problem_and_lacks_nothing() -> None:
    assert lines(SHIPPED) == []
    assert lacking(SHIPPED) == []


# --- what a stranger would look for, in the shipped content with one thing changed --------------------------------------


def shipped(path: str, *changes: tuple[str, str]) -> Instrument:
    text = SHIPPED_FILES[path]
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return read({name: one.encode() for name, one in (SHIPPED_FILES | {path: text}).items()})


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        ("sections/safety.toml", 'field = "H2.urgent"', 'field = "H2"', "question safety.doctor fills H2, which is no field"),
        ("sections/safety.toml", 'field = "H2.urgent"', 'field = "H2.soon"', "question safety.doctor fills H2.soon, which is no field"),
        ("sections/safety.toml", 'field = "H2.urgent"', 'field = "H3.urgent"', "question safety.doctor fills H3.urgent, which is no field"),
        ("sections/safety.toml", 'field = "H2.urgent"', 'field = "H1"', "question safety.doctor fills H1 with no, yes, which it does not take"),
        ("settings.toml", '"closing.ahead",', '"closing.ahead", "work.hours",', "setting border leaves out work.hours, whose section it does not ask"),
        ("settings.toml", '"safety", "booth"', '"safety", "safety", "booth"', "setting border asks safety twice"),
        ("indicators.toml", 'ilo = ["deception"]', 'ilo = ["deceit"]', "indicator dr_job_nature is read as deceit, which is no sign of the ILO"),
        ("indicators.toml", 'dimension = "deceptive_recruitment"', 'dimension = "deception"', "indicator dr_job_nature is of deception"),
        ("recipients/LU.toml", 'variant = "anonymous"', 'variant = "nameless"', "recipient lu.infotraite_advice gets the variant nameless, which is not there"),
        ("recipients/LU.toml", 'country = "LU"', 'country = "DE"', "recipient lu.infotraite_advice is in DE, which has no profile"),
        ("reporting.toml", 'country = "LU"', 'country = "DE"', "reporting travelling_offender goes to DE, which has no profile"),
        ("fields.toml", 'id = "assistance"', 'id = "official_notice"', "field A3 offers official_notice twice"),
        ("sections/safety.toml", '{ id = "safe",', '{ id = "quite safe",', "question safety.talk offers quite safe, an id of another form"),
        ("urgent.toml", 'id = "injury"', 'id = "danger_now"', "urgent danger_now stands more than once"),
        ("texts.toml", 'id = "show.no"', 'id = "show.yes"', "text show.yes stands more than once"),
    ],
)  # fmt: skip
def test_a_name_of_what_is_not_there_is_found(path: str, before: str, after: str, told: str) -> None:
    assert told in lines(shipped(path, (before, after)))


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        ("profiles/LU.toml", 'says.source = "stoptraite.lu"', 'says.source = " "', "profile LU has a statement without a source"),
        ("profiles/LU.toml", 'says.as_of = "2026-01-29"', 'says.as_of = ""', "profile LU has a statement without a date"),
        ("profiles/NL.toml", 'name = "begging"', 'name = "crime"', "profile NL speaks 0 times of gate.begging"),
        ("profiles/NL.toml", 'name = "begging"', 'name = "crime"', "profile NL speaks 2 times of gate.crime"),
        ("profiles/NL.toml", 'name = "begging"', 'name = "alms"', "profile NL speaks of alms, which is no gate"),
        ("reporting.toml", 'says.source = "childprotection.lu; public text of 2018"', 'says.source = ""', "reporting travelling_offender has a statement without a source"),
        ("urgent.toml", 'source = "WHO ethical and safety recommendations 2003, principle 9"', 'source = ""', "urgent danger_now has a statement without a source"),
        ("cards.toml", 'source = "This edition; a named organisation has to adopt it"', 'source = ""', "card victim_id has a statement without a source"),
        ("rules.toml", 'as_of = "2009"', 'as_of = ""', "rules has a statement without a date"),
        ("indicators.toml", 'verified = { AL = "second_hand", CL', "verified = { CL", "indicator dr_job_nature has a cell without a source or its state"),
        ("sections/safety.toml", "Could someone hurt you today or tonight?", "Could someone hurt you today or tonight" + " and then" * 20, "safety.danger.person has"),
        ("sections/safety.toml", 'worker = "Is a doctor needed', 'worker = "Why did you wait for a doctor', "question safety.doctor may be heard as blame when it is read out"),
        ("sections/safety.toml", 'worker = "Is a doctor needed', 'worker = "Is by ethnic origin a doctor needed', "question safety.doctor lets who the person is show a sign"),
        ("sections/see.toml", 'of = "observation"', 'of = "observation"\nperson = "What do I see?"', "speaks to the person about what is only seen or read"),
        ("sections/safety.toml", 'quick = ["workplace", "shelter", "border"]', 'quick = ["workplace", "shelter", "border"]\nasked_when = { question = "safety.talk", has = "safe" }', "question safety.danger is quick in workplace, and waits for what is not quick there"),
        ("settings.toml", 'leaves_out = ["work.declared"', 'leaves_out = ["safety.danger", "work.declared"', "question safety.danger is quick in shelter, where it is not asked"),
    ],
)  # fmt: skip
def test_what_a_stranger_would_object_to_is_found(path: str, before: str, after: str, told: str) -> None:
    found = lines(shipped(path, (before, after)))
    assert any(told in line for line in found), found


def test_every_problem_says_what_to_do() -> None:
    broken = shipped("profiles/NL.toml", ('name = "begging"', 'name = "alms"'))
    assert [problem.either[:7] for problem in problems(broken)] == ["please "] * 2


def test_a_quick_screen_that_grew_is_found() -> None:
    files = dict(SHIPPED_FILES)
    for path, text in SHIPPED_FILES.items():
        if path.startswith("sections/"):
            without = re.sub(r"quick = \[.*\]\n", "", text)
            files[path] = re.sub(r'(worker = ".*"\n)', r'\1quick = ["shelter"]\n', without)
    found = lines(read({path: text.encode() for path, text in files.items()}))
    assert any(
        re.fullmatch(rf"setting shelter has a quick screen of \d+, more than {MOST_QUICK}", line) for line in found
    )


def test_a_question_for_a_child_must_not_wait_for_what_no_child_is_asked() -> None:
    text = FILES["sections.toml"].replace("abuse = true", "abuse = true\nchild = true")
    assert "question control.used is for a child, and waits in workplace for what no child is asked" in lines(
        small(sections=text)
    )
    text = text.replace('why = "Somebody may', 'child = true\nwhy = "Somebody may')
    assert lines(small(sections=text)) == []


# --- walked by machine --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "possible"),
    [
        ({"at_least": 24}, True),
        ({"at_least": 25}, False),
        ({"at_most": -1}, False),
        ({"all": ({"at_least": 5}, {"at_most": 4})}, False),
        ({"all": ({"at_least": 4}, {"at_most": 4})}, True),
        ({"all": ({"any": ({"at_least": 20}, {"at_least": 3})}, {"at_most": 4})}, True),
    ],
)
def test_a_sign_on_a_number_that_nobody_can_give_is_found(when: dict[str, object], possible: bool) -> None:
    import msgspec

    question = small().question["work.hours"]
    assert reachable(small(), question, msgspec.convert(when, type=Condition), ()) is possible


def test_a_sign_that_no_answers_show_is_found() -> None:
    assert "question work.hours shows ex_hours on answers that nobody can give" in lines(
        changed("sections", "at_least = 14", "at_least = 40")
    )


def test_a_sign_that_rests_on_a_question_of_another_setting_is_found() -> None:
    text = FILES["sections.toml"].replace(
        "when = { at_least = 14 }", 'when = { all = [{ at_least = 14 }, { question = "control.money", is = "yes" }] }'
    )
    assert lines(small(sections=text)) == []
    apart = (
        text.replace('sections = ["work", "control"]', 'sections = ["work"]')
        + """
[[setting]]
id = "shelter"
label = "Shelter"
note = ""
sections = ["control"]
"""
    )
    assert lines(small(sections=apart)) == ["question work.hours shows ex_hours on answers that nobody can give"]


def test_a_follow_up_of_a_follow_up_must_agree_with_the_first_answer() -> None:
    third = """
[[section.question]]
id = "control.third"
worker = "Was it another time"
person = "Was it another time?"
free = true
asked_when = { all = [{ question = "control.used", is = "yes" }, { question = "control.money", is = "no" }] }

[[setting]]"""
    found = lines(small(sections=FILES["sections.toml"].replace("\n[[setting]]", third)))
    assert found == ["question control.third waits for a condition that can never be true"]
    agreed = third.replace('"control.money", is = "no"', '"control.money", is = "yes"')
    assert lines(small(sections=FILES["sections.toml"].replace("\n[[setting]]", agreed))) == []


@pytest.mark.parametrize(("kind", "possible"), [("several", True), ("choice", False)])
def test_two_choices_at_once_belong_to_a_question_with_several(kind: str, possible: bool) -> None:
    text = FILES["sections.toml"].replace(
        'kind = "number"', f'kind = "{kind}"\nchoices = [{{ id = "a", label = "A" }}, {{ id = "b", label = "B" }}]'
    )
    text = text.replace("when = { at_least = 14 }", 'when = { all = [{ has = "a" }, { has = "b" }] }')
    told = "question work.hours shows ex_hours on answers that nobody can give"
    assert (told not in lines(small(sections=text))) is possible


def test_none_of_these_goes_with_no_other_choice() -> None:
    text = FILES["sections.toml"].replace(
        'kind = "number"', 'kind = "several"\nchoices = [{ id = "none", label = "No" }, { id = "b", label = "B" }]'
    )
    text = text.replace("when = { at_least = 14 }", 'when = { all = [{ has = "none" }, { has = "b" }] }')
    assert "question work.hours shows ex_hours on answers that nobody can give" in lines(small(sections=text))


def test_every_way_through_a_condition_is_walked() -> None:
    one, two, three = (Condition(question=name, is_="yes") for name in ("a", "b", "c"))
    both = Condition(all=(Condition(any=(one, two)), three))
    assert [[name for name, _ in way] for way in ways(both, "")] == [["a", "c"], ["b", "c"]]


def test_a_denied_abuse_question_is_no_abuse() -> None:
    found = lines(
        changed(
            "sections",
            '{ sign = "rv_economic", when = { is = "yes" } }',
            '{ sign = "rv_economic", when = { is = "no" } }',
        )
    )
    assert found == ["question control.used lets rv_economic count without somebody who used it"]


# --- a whole edition ----------------------------------------------------------------------------------------------------


def lacks(instrument: Instrument) -> list[str]:
    return [f"{problem.where} {problem.what}" for problem in lacking(instrument)]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_the_program_shows_is_missed(name: str) -> None:
    found = lacks(shipped("texts.toml", (f'id = "{name}"', 'id = "show.elsewhere"')))
    assert found == [f"text {name} is missing, and the program shows it"]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_of_texts_is_missed(family: str) -> None:
    files = SHIPPED_FILES | {"texts.toml": SHIPPED_FILES["texts.toml"].replace(f'id = "{family}', 'id = "other.')}
    assert f"text {family} has none of its kind" in lacks(read({path: text.encode() for path, text in files.items()}))


def test_every_purpose_of_the_law_is_asked_about_in_every_setting() -> None:
    files = {
        path: text.replace('sign = "gate.organs"', 'sign = "act"') if path.startswith("sections/") else text
        for path, text in SHIPPED_FILES.items()
    }
    found = lacks(read({path: text.encode() for path, text in files.items()}))
    assert found == [
        f"setting {name} asks nothing that shows gate.organs" for name in ("workplace", "shelter", "border")
    ]


def test_a_setting_without_a_quick_screen_and_a_set_without_indicators_are_found() -> None:
    files = {
        path: re.sub(r'"border"(, )?', "", text) if path.startswith("sections/") else text
        for path, text in SHIPPED_FILES.items()
    }
    found = lacks(read({path: text.encode() for path, text in files.items()}))
    assert found == [
        "setting border has no question to the person in its quick screen",
        "setting border has no observation in its quick screen",
    ]
    files = SHIPPED_FILES | {"indicators.toml": re.sub(r', CS = "[a-z_]+"', "", SHIPPED_FILES["indicators.toml"])}
    found = lacks(read({path: text.encode() for path, text in files.items()}))
    assert "dimension exploitation has no indicator in the set CS" in found
    assert len(found) == 6


def test_a_country_that_leads_to_nobody_for_a_child_is_found() -> None:
    text = SHIPPED_FILES["recipients/NL.toml"].replace('purpose = "child_protection"', 'purpose = "advice"')
    files = SHIPPED_FILES | {"recipients/NL.toml": text}
    assert lacks(read({path: one.encode() for path, one in files.items()})) == [
        "profile NL leads nobody to child_protection"
    ]


def test_a_small_edition_is_not_a_whole_one() -> None:
    assert len(lacks(small())) > 30


# --- plain language -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Are there other victims here?",
        "Do your employers keep it?",
        "Who is the trafficker?",
        "Why didn’t you leave?",
        "Why haven't you left?",
        "You should have said so.",
        "Didn’t nobody come?",
    ],
)
def test_other_spellings_of_a_fault_are_faults_too(text: str) -> None:
    assert faults(text)
