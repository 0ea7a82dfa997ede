"""From answers to facts: who said it, how, and what that is worth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.cases import INDICATORS, LAWS
from tests.small import small
from victim_id.assessment.assess import assess, supposing
from victim_id.assessment.facts import Truth, both, either, facts, heard, questions_behind
from victim_id.assessment.reading import Facts
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.conditions import every, some
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.shapes import Condition

SAFE = Talk(alone=True, language="neutral_interpreter")
EMPLOYER_INTERPRETS = Talk(alone=True, language="other_interpreter")
YES = Condition(is_="yes")

SECTIONS = """
[[section]]
id = "work"
label = "Work"

[[section.question]]
id = "work.begun"
worker = "Has the work begun"
child = true

[[section.question]]
id = "work.hours"
kind = "number"
worker = "Hours"
most = 24
asked_when = { question = "work.begun", is = "yes" }
shows = [{ sign = "ex_hours", when = { at_least = 14 } }]

[[section.question]]
id = "work.rest"
worker = "A day of rest"
shows = [{ sign = "ex_hours", when = { is = "no" } }]

[[section.question]]
id = "work.money"
worker = "Was money short"

[[section.question]]
id = "work.used"
worker = "Did somebody use that"
abuse = true
shows = [{ sign = "rv_economic", when = { all = [{ question = "work.money", is = "yes" }, { is = "yes" }] } }]

[[section.question]]
id = "work.services"
worker = "Services"
kind = "several"
choices = [{ id = "sold", label = "sold" }, { id = "decided", label = "decided" }, { id = "none", label = "none" }]
shows = [
    { sign = "gate.sexual", route = "adult", when = { has = "decided" } },
    { sign = "gate.sexual", route = "child", when = { any = [{ has = "sold" }, { has = "decided" }] } },
]

[[section.question]]
id = "work.brought"
worker = "Brought by somebody"
shows = [{ sign = "act", when = { is = "yes" } }, { sign = "someone_else", when = { is = "yes" } }]

[[section.question]]
id = "work.danger"
worker = "Danger"
kind = "choice"
choices = [{ id = "now", label = "now" }, { id = "past", label = "past" }, { id = "never", label = "never" }]
shows = [
    { sign = "urgent.danger_now", when = { has = "now" } },
    { sign = "urgent.danger_now.past", when = { has = "past" } },
]

[[section]]
id = "later"
label = "Later"

[[section.question]]
id = "later.hours"
worker = "Called at night"
shows = [{ sign = "ex_hours", when = { is = "yes" } }]

[[setting]]
id = "workplace"
label = "Workplace"
note = ""
sections = ["work"]

[[setting]]
id = "shelter"
label = "Shelter"
note = ""
sections = ["work", "later"]
"""


def edition() -> Instrument:
    return small(sections=SECTIONS)


def told(question: str, value: str = "yes", *, source: str = "said", talk: Talk = SAFE, **more: object) -> Answer:
    return Answer(question=question, value=value, source=source, talk=talk, **more)  # type: ignore[arg-type]


def of(*answers: Answer, age: str = "adult", setting: str = "workplace", **more: object) -> Facts:
    given: dict[str, tuple[Answer, ...]] = {}
    for one in answers:
        given[one.question] = (*given.get(one.question, ()), one)
    return facts(edition(), LAWS["NL"], given, age=age, setting=setting, **more)  # type: ignore[arg-type]


def test_nothing_asked_is_nothing_known() -> None:
    found = of()
    assert set(found.indicators.values()) == {"not_asked"}
    assert (found.act, found.someone_else, found.contradictions, found.because) == ("not_asked", "not_asked", (), {})


@pytest.mark.parametrize(
    ("talk", "source", "state"),
    [
        (SAFE, "said", "no"),
        (Talk(alone=True, language="common"), "said", "no"),
        (EMPLOYER_INTERPRETS, "said", "no_unsafe"),
        (Talk(alone=False, language="common"), "said", "no_unsafe"),
        (Talk(language="common"), "said", "no_unsafe"),
        (Talk(alone=True, language="common", distressed=True), "said", "no_unsafe"),
        (EMPLOYER_INTERPRETS, "observed", "no"),
        (EMPLOYER_INTERPRETS, "document", "no"),
        (SAFE, "third_party", "no_unsafe"),
    ],
)
def test_a_no_is_firm_only_in_safe_conditions_or_seen_or_on_paper(talk: Talk, source: str, state: str) -> None:
    assert of(told("work.brought", "no", talk=talk, source=source)).act == state


def test_the_denial_of_a_sign_is_what_must_be_firm_and_not_the_word_no() -> None:
    """A day of rest, said with a yes while the employer interprets, denies long hours and is not firm."""
    unsafe = of(told("work.rest", "yes", talk=EMPLOYER_INTERPRETS), told("work.begun", "no"))
    assert unsafe.indicators["ex_hours"] == "no_unsafe"
    firm = of(told("work.rest", "yes"), told("work.begun", "no"))
    assert firm.indicators["ex_hours"] == "no"
    believed = of(told("work.rest", "no", talk=EMPLOYER_INTERPRETS))
    assert believed.indicators["ex_hours"] == "yes"


def test_a_yes_known_only_from_a_third_party_is_reported() -> None:
    assert of(told("work.brought", source="third_party")).act == "reported"
    assert of(told("work.brought", source="third_party"), told("work.brought")).act == "yes"


@pytest.mark.parametrize("value", ["unknown", "declined"])
def test_a_declined_answer_is_a_gap_not_a_no(value: str) -> None:
    assert of(told("work.brought", value)).act == value


def test_not_applicable_is_false_but_not_in_a_third_partys_mouth() -> None:
    assert of(told("work.brought", "not_applicable", talk=EMPLOYER_INTERPRETS)).act == "not_applicable"
    assert of(told("work.brought", "not_applicable", source="third_party")).act == "no_unsafe"


def test_several_questions_feed_one_sign_and_one_yes_is_enough() -> None:
    found = of(told("work.hours", "given", number=16), told("work.rest", "yes"))
    assert found.indicators["ex_hours"] == "yes"
    assert found.because["ex_hours"] == ("work.hours",)
    assert found.contradictions == ()


def test_a_sign_is_denied_only_when_all_its_questions_deny_it() -> None:
    assert of(told("work.rest", "yes")).indicators["ex_hours"] == "not_asked"
    found = of(told("work.hours", "given", number=8), told("work.rest", "yes"))
    assert found.indicators["ex_hours"] == "no"
    assert found.because["ex_hours"] == ("work.hours", "work.rest")
    one_unsafe = of(told("work.hours", "given", number=8, talk=EMPLOYER_INTERPRETS), told("work.rest", "yes"))
    assert one_unsafe.indicators["ex_hours"] == "no_unsafe"


def test_a_follow_up_with_nothing_to_follow_does_not_apply() -> None:
    found = of(told("work.begun", "no"), told("work.rest", "yes"))
    assert found.indicators["ex_hours"] == "no"
    unsafe = of(told("work.begun", "no", talk=EMPLOYER_INTERPRETS), told("work.rest", "yes"))
    assert unsafe.indicators["ex_hours"] == "no_unsafe"
    declined = of(told("work.begun", "declined"), told("work.rest", "yes"))
    assert declined.indicators["ex_hours"] == "declined"


def test_a_question_that_the_setting_leaves_out_is_not_waited_for_but_counts_once_answered() -> None:
    denied = (told("work.hours", "given", number=8), told("work.rest", "yes"))
    assert of(*denied, setting="workplace").indicators["ex_hours"] == "no"
    assert of(*denied, setting="shelter").indicators["ex_hours"] == "not_asked"
    assert of(*denied, told("later.hours"), setting="workplace").indicators["ex_hours"] == "yes"


def test_a_circumstance_without_anybody_who_used_it_is_no_sign() -> None:
    assert of(told("work.money")).indicators["rv_economic"] == "not_asked"
    assert of(told("work.money"), told("work.used", "no")).indicators["rv_economic"] == "no"
    assert of(told("work.money", "no")).indicators["rv_economic"] == "no"
    found = of(told("work.money"), told("work.used"))
    assert found.indicators["rv_economic"] == "yes"
    assert found.because["rv_economic"] == ("work.money", "work.used")


def test_sources_that_contradict_each_other_leave_a_sign_not_known_and_are_worked_out_both_ways() -> None:
    found = of(told("work.brought", "no"), told("work.brought", "yes", source="document"))
    assert (found.act, found.contradictions) == ("unknown", ("act", "someone_else"))
    about_act, _ = assess(edition(), LAWS["BE"], found).contradictions
    assert about_act.sign == "act"
    assert about_act.if_yes.score.upper >= 60 > about_act.if_no.score.upper


@pytest.mark.parametrize("source", ["third_party", "said"])
def test_an_employers_denial_never_takes_a_yes_back_but_stays_visible(source: str) -> None:
    found = of(told("work.brought"), told("work.brought", "no", source=source, talk=EMPLOYER_INTERPRETS))
    assert (found.act, found.contradictions) == ("yes", ("act", "someone_else"))


def test_a_report_against_a_firm_no_is_not_known_and_stays_visible() -> None:
    found = of(told("work.brought", "no"), told("work.brought", source="third_party"))
    assert (found.act, found.contradictions) == ("reported", ("act", "someone_else"))


def test_what_counts_for_a_child_is_read_on_the_childs_route_and_beside_it_on_the_adults() -> None:
    sold = told("work.services", "given", chosen=("sold",))
    assert of(sold).gates["sexual"] == "no"
    assert of(sold, age="child").gates["sexual"] == "yes"
    unsure = of(sold, age="unsure")
    assert (unsure.gates["sexual"], unsure.beside) == ("yes", {"gate.sexual": "no"})
    readings = assess(edition(), LAWS["NL"], unsure).readings
    gates = {one.set: next(gate.state for gate in one.gates if gate.name == "sexual") for one in readings}
    assert gates == {"CL": "yes", "CS": "yes", "AL": "no", "AS": "no"}


def test_an_urgent_sign_keeps_whether_it_is_now_or_past() -> None:
    now, past = (told("work.danger", "given", chosen=(when,)) for when in ("now", "past"))
    assert of(now).urgent_signs == {"danger_now": "now"}
    assert of(past).urgent_signs == {"danger_now": "past"}
    assert of().urgent_open
    assert not of(told("work.danger", "given", chosen=("never",))).urgent_open
    reported = of(told("work.danger", "given", chosen=("now",), source="third_party"))
    assert (reported.urgent_signs, reported.urgent_reported) == ({}, ("danger_now",))


def two_sources(question: str, yes: str, no: str) -> tuple[Answer, Answer]:
    """Said by the person one way, and seen the other way: both firm."""
    return told(question, "given", chosen=(yes,)), told(question, "given", chosen=(no,), source="observed")


@pytest.mark.parametrize("when", ["now", "past"])
def test_an_urgent_sign_whose_sources_differ_never_vanishes(when: str) -> None:
    """It is not known, so it moves no level; it stands beside the firm ones, and is worked out both ways."""
    found = of(*two_sources("work.danger", when, "never"))
    assert (found.urgent_signs, found.urgent_reported, found.urgent_differs) == ({}, (), ("danger_now",))
    reading = assess(edition(), LAWS["NL"], found).first
    assert (reading.urgent, reading.urgent_differs) == ((), ("danger_now",))


def test_what_is_now_for_one_and_past_for_the_other_is_shown_as_differing_and_both_ways() -> None:
    found = of(*two_sources("work.danger", "now", "past"))
    assert found.urgent_differs == ("danger_now",)
    assert {one for one in found.contradictions if "danger" in one} == {"urgent.danger_now", "urgent.danger_now.past"}


def test_supposing_knows_an_urgent_sign_that_is_past() -> None:
    nothing, past = of(), of(told("work.danger", "given", chosen=("past",)))
    now = of(told("work.danger", "given", chosen=("now",)))
    assert supposing(nothing, "urgent.danger_now.past", "yes").urgent_signs == {"danger_now": "past"}
    assert supposing(past, "urgent.danger_now.past", "no").urgent_signs == {}
    assert supposing(past, "urgent.danger_now", "yes").urgent_signs == {"danger_now": "now"}
    assert supposing(past, "urgent.danger_now", "no").urgent_signs == {"danger_now": "past"}
    assert supposing(now, "urgent.danger_now.past", "no").urgent_signs == {"danger_now": "now"}


def test_an_urgent_indicator_whose_sources_differ_is_named_beside_the_firm_ones() -> None:
    shipped = load(INDICATORS)
    question = next(q.id for q, one in shipped.shown_by["cd_violence"] if one.when.is_ == "yes" and not q.asked_when)
    answers = {
        question: (
            Answer(question=question, value="yes", talk=SAFE),
            Answer(question=question, value="no", source="document"),
        )
    }
    found = facts(shipped, shipped.profile["LU"], answers, age="adult", forms=("labour",))
    assert assess(shipped, shipped.profile["LU"], found).first.urgent_differs == ("cd_violence",)


def test_every_finding_leads_back_to_its_questions() -> None:
    found = of(told("work.hours", "given", number=16))
    reading = assess(edition(), LAWS["NL"], found).first
    assert [(one.key, one.because) for one in reading.findings] == [("ex_hours", ("work.hours",))]
    assert [one.id for one in questions_behind(edition(), "ex_hours", "adult")] == [
        "work.hours",
        "work.rest",
        "later.hours",
    ]


STATES = st.sampled_from(
    ["yes", "no", "not_applicable", "reported", "no_unsafe", "declined", "unknown", "not_asked", "contradicted"]
)


def kleene(state: str) -> bool | None:
    return {"yes": True, "no": False, "not_applicable": False}.get(state)


@given(states=st.lists(STATES, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_putting_parts_together_is_kleenes_logic_whatever_the_reason_kept(states: list[str]) -> None:
    parts = [Truth(state, (str(at),)) for at, state in enumerate(states)]  # type: ignore[arg-type]
    truths = [kleene(state) for state in states]
    assert kleene(either(parts).state) is some(truths)
    assert kleene(both(parts).state) is every(truths)


@given(
    given_answers=st.lists(
        st.builds(
            told,
            st.just("q"),
            st.sampled_from(["yes", "no", "unknown", "declined", "not_applicable"]),
            source=st.sampled_from(["said", "observed", "document", "third_party"]),
            talk=st.sampled_from([SAFE, EMPLOYER_INTERPRETS]),
        ),
        max_size=5,
    )
)
@settings(max_examples=200, deadline=None)
def test_what_sources_say_together_does_not_depend_on_their_order(given_answers: list[Answer]) -> None:
    forwards, backwards = heard(YES, given_answers, "q"), heard(YES, given_answers[::-1], "q")
    assert forwards == backwards
    yes = [one for one in given_answers if one.value == "yes" and one.source != "third_party"]
    firm_no = [one for one in given_answers if one.value == "no" and one.firm]
    assert (forwards.state == "yes") <= bool(yes)
    assert (forwards.state == "no") <= (bool(firm_no) and not yes)


def test_all_answers_of_the_shipped_content_can_be_read_in_every_setting() -> None:
    shipped = load(INDICATORS)
    for setting in shipped.settings:
        answers = {
            question.id: (
                told(question.id, "given", number=question.most, chosen=tuple(one.id for one in question.choices))
                if question.kind not in {"yes_no", "text"}
                else told(question.id),
            )
            for question in shipped.questions(setting.id)
        }
        for age in ("adult", "child", "unsure"):
            found = facts(shipped, LAWS["NL"], answers, age=age, setting=setting.id)  # type: ignore[arg-type]
            assert assess(shipped, LAWS["NL"], found).first.urgent
