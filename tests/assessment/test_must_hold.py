"""What the published rules say must hold, each in its own words."""

from collections.abc import Iterable

import msgspec
import pytest

from tests.assessment.cases import INDICATORS, LAWS, NO_GATE, case, first, found, instrument, keys, said
from victim_id.assessment.assess import assess
from victim_id.assessment.facts import facts as facts_of
from victim_id.assessment.reading import Facts
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.conditions import leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.shapes import ABUSE, DIMENSIONS, MEANS
from victim_id.record import encode

WITH_MEANS = ("NL", "INT")
WITHOUT_MEANS = ("BE", "LU")
SAFE = Talk(alone=True, language="common")
TWO = ("ex_hours", "ex_low_pay")
BOTH = {"act": "yes", "someone_else": "yes"}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("age", ["adult", "child", "unsure"])
def test_when_nothing_was_answered_everything_is_open_from_0_to_100(law: str, age: str) -> None:
    for reading in found(Facts(profile=law, age=age), law).readings:  # type: ignore[arg-type]
        assert said(reading) == ("open", 0, 100)
        assert [one.state for one in reading.dimensions] == ["open"] * 6
        assert (reading.elements.act, reading.elements.means, reading.elements.purpose) == ("open", "open", "open")


@pytest.mark.parametrize("law", WITHOUT_MEANS)
def test_long_hours_and_low_pay_alone_are_weighed_as_dignity_where_no_means_are_required(law: str) -> None:
    reading = first(case("AL", *TWO, **BOTH), law)
    assert (reading.level, reading.dignity, reading.score.lower) == ("indications", True, 63)


@pytest.mark.parametrize("law", WITH_MEANS)
def test_long_hours_and_low_pay_stay_open_while_the_means_are_unanswered(law: str) -> None:
    assert first(case("AL", *TWO, **BOTH), law).level == "open"


@pytest.mark.parametrize("law", WITH_MEANS)
def test_long_hours_and_low_pay_are_exploitation_when_everything_else_is_answered_no(law: str) -> None:
    reading = first(case("AL", *TWO, rest="no", **BOTH), law)
    assert (reading.level, reading.dignity) == ("exploitation", False)
    assert said(reading)[1:] == (29, 29)


@pytest.mark.parametrize("law", LAWS)
def test_deception_papers_and_held_pay_are_strong_in_every_profile(law: str) -> None:
    reading = first(case("AL", *TWO, "dr_job_nature", "dr_wages", "cd_documents", "cd_wages", **BOTH), law)
    assert (reading.level, reading.dignity) == ("strong", False)
    assert reading.score.lower == 80 + 20 * 3 // 6


@pytest.mark.parametrize("law", LAWS)
def test_a_working_child_is_indications_and_with_the_crime_gate_strong(law: str) -> None:
    working = case("CL", "ex_hours", "ex_hazardous", rest="no", **BOTH)
    assert first(working, law).level == "indications"
    assert not first(working, law).dignity
    assert first(msgspec.structs.replace(working, gates={**NO_GATE, "crime": "yes"}), law).level == "strong"


def test_circumstances_alone_are_no_abuse_and_with_someone_who_used_them_they_are() -> None:
    shipped = load(INDICATORS)
    wanted = ("rv_economic", "rv_lack_education", "rv_illegal_status")
    circumstances = _showing(shipped, wanted, abuse=False)
    place = DIMENSIONS.index("abuse_of_vulnerability_recruitment")
    alone = first(facts_of(shipped, LAWS["NL"], circumstances, age="adult", forms=("labour",)))
    assert alone.dimensions[place].state == "open"
    assert sum(msgspec.structs.astuple(alone.dimensions[place].firm)) == 0
    nobody = {id_: (answer(id_, *_last(shipped, id_)),) for id_ in _showing(shipped, wanted, abuse=True)}
    denied = first(facts_of(shipped, LAWS["NL"], circumstances | nobody, age="adult", forms=("labour",)))
    assert sum(msgspec.structs.astuple(denied.dimensions[place].firm)) == 0
    used = circumstances | _showing(shipped, wanted, abuse=True)
    abused = first(facts_of(shipped, LAWS["NL"], used, age="adult", forms=("labour",)))
    assert abused.dimensions[place].state == "met"
    assert {one.key for one in abused.findings} >= set(wanted)


def test_no_circumstance_of_the_content_is_abuse_without_somebody_who_used_it() -> None:
    shipped = load(INDICATORS)
    of_abuse = [one.key for one in shipped.indicators if one.dimension in ABUSE]
    alone = facts_of(shipped, LAWS["NL"], _showing(shipped, of_abuse, abuse=False), age="adult")
    assert [key for key in of_abuse if alone.indicators.get(key) == "yes"] == []


def answer(question: str, value: str = "yes", *chosen: str) -> Answer:
    return Answer(question=question, value=value, chosen=chosen, talk=SAFE)  # type: ignore[arg-type]


def _last(shipped: Instrument, question: str) -> tuple[str, ...]:
    """The answer that nobody did: no, or the last choice, which is how the content writes it."""
    choices = shipped.question[question].choices
    return ("given", choices[-1].id) if choices else ("no",)


def _showing(shipped: Instrument, signs: Iterable[str], *, abuse: bool) -> dict[str, tuple[Answer, ...]]:
    """Answers that make true every leaf of what shows these signs, about circumstances or about who used them."""
    chosen: dict[str, list[str]] = {}
    plain: dict[str, str] = {}
    for sign in signs:
        for question, shows in shipped.shown_by[sign]:
            for id_, leaf in leaves(shows.when, question.id):
                if shipped.question[id_].abuse is not abuse:
                    continue
                if leaf.has:
                    chosen.setdefault(id_, []).append(leaf.has)
                elif leaf.is_:
                    plain[id_] = leaf.is_
    several = {id_: (answer(id_, "given", *dict.fromkeys(words)),) for id_, words in chosen.items()}
    return several | {id_: (answer(id_, word),) for id_, word in plain.items()}


def test_the_same_answers_in_any_language_of_screen_or_person_are_the_same_assessment() -> None:
    shipped = load(INDICATORS)
    asked = [question.id for question in shipped.question.values() if question.kind == "yes_no"]

    def told(words: str, language: str) -> bytes:
        talk = Talk(alone=True, language=language)  # type: ignore[arg-type]
        answers = {id_: (Answer(question=id_, value="yes", words=words, talk=talk),) for id_ in asked}
        return encode(assess(shipped, LAWS["BE"], facts_of(shipped, LAWS["BE"], answers, age="adult")))

    assert told("", "common") == told("نعم", "neutral_interpreter") == told("да", "common")


@pytest.mark.parametrize("law", LAWS)
def test_violence_alone_meets_no_dimension_but_is_urgent_and_stays_open(law: str) -> None:
    reading = first(case("AL", "cd_violence", rest="no", act="no", someone_else="no"), law)
    assert reading.dimensions[DIMENSIONS.index("coercion_destination")].state == "not_met"
    assert [one.id for one in reading.urgent] == ["cd_violence"]
    assert reading.level == "open"
    assert reading.help_due


def test_an_age_not_certain_takes_the_child_sets_and_shows_the_adult_reading_beside_them() -> None:
    assessment = found(Facts(profile="NL", age="unsure"))
    assert {one.set for one in assessment.readings[:2]} == {"CL", "CS"}
    assert {one.set for one in assessment.readings[2:]} == {"AL", "AS"}
    higher_as_adult = Facts(profile="NL", age="unsure", forms=("labour",), indicators=dict.fromkeys(keys("CL"), "no"))
    assert found(higher_as_adult).first.set == "CL"


def test_at_a_border_a_no_about_recruitment_is_open_and_too_early_to_see() -> None:
    recruitment = keys("AL", *DIMENSIONS[:3])
    facts = Facts(
        profile="NL", age="adult", forms=("labour",), setting="border", indicators=dict.fromkeys(recruitment, "no")
    )
    assert (first(facts).level, first(facts).too_early) == ("open", True)
    assert not first(msgspec.structs.replace(facts, setting="workplace")).too_early


@pytest.mark.parametrize("setting", ["border"])
def test_at_a_border_even_everything_denied_is_never_few(setting: str) -> None:
    lawful = case("AL", rest="no", act="no", someone_else="no", setting=setting)
    assert first(lawful).level == "open"
    assert not first(lawful).too_early


def test_the_quick_screen_never_says_few() -> None:
    lawful = case("AL", rest="no", act="no", someone_else="no")
    assert first(lawful).level == "few"
    assert first(msgspec.structs.replace(lawful, quick=True)).level == "open"


def test_when_the_employer_interpreted_every_no_it_is_open_and_never_few() -> None:
    reading = first(case("AL", rest="no_unsafe", act="no", someone_else="no"))
    assert reading.level == "open"
    assert [one.state for one in reading.dimensions] == ["open"] * 6


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", ["AL", "AS"])
def test_lawful_work_with_everything_firmly_no_is_few_with_score_0(law: str, name: str) -> None:
    assert said(first(case(name, rest="no", act="no", someone_else="no"), law)) == ("few", 0, 0)


def test_one_medium_sign_in_each_of_three_means_dimensions_is_met_by_the_pool() -> None:
    thin = ("dr_wages", "cr_denounce", "cd_lie")
    reading = first(case("AL", *thin))
    assert [one.state for one in reading.dimensions if one.name in MEANS] == ["open"] * 5
    assert reading.pooled_means.state == "met"
    assert reading.elements.means == "yes"
    assert first(case("AL", *TWO, *thin, rest="no", **BOTH)).level == "indications"


def test_the_threshold_of_few_counts_no_and_not_applicable_over_the_whole_set() -> None:
    weak = [key for key in keys("AL") if instrument().indicator[key].strength["AL"] == "weak"]
    assert len(weak) == 7
    few = case("AL", rest="no", act="no", someone_else="no")
    assert len(few.indicators) == 67
    unasked = ["dr_wages", "cr_debt", "rv_past", "rv_travel", "ex_low_pay", "cd_lie", "vd_family"]
    left_out = {key: "no" for key in few.indicators if key not in {*weak[:6], *unasked}}
    assert 100 * len(left_out) >= 80 * 67
    assert first(msgspec.structs.replace(few, indicators=left_out)).level == "open"
    spread = {key: "not_applicable" for key in few.indicators if key not in {"dr_wages", "rv_past", "vd_family"}}
    assert first(msgspec.structs.replace(few, indicators=spread)).level == "few"


@pytest.mark.parametrize(("unknown", "level"), [(13, "few"), (14, "open")])
def test_fifty_four_of_sixty_seven_are_eighty_in_a_hundred_and_fifty_three_are_not(unknown: int, level: str) -> None:
    """13 weak signs cannot make anything positive, so only the share decides; the real sets have too few of them."""
    weaker = msgspec.structs.replace(
        instrument(),
        indicators=tuple(
            msgspec.structs.replace(one, strength={"AL": "weak", "AS": "weak"}) for one in instrument().indicators
        ),
    )
    lawful = case("AL", rest="no", act="no", someone_else="no")
    states = {key: "unknown" if at < unknown else "no" for at, key in enumerate(lawful.indicators)}
    facts = msgspec.structs.replace(lawful, indicators=states)
    assert assess(weaker, LAWS["NL"], facts).first.level == level
