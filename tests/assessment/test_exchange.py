"""The JSON of the `assess` command: read strictly as a whole, written in the order of the cases."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.cases import any_facts, instrument
from victim_id.assessment.exchange import Cases, assessed, read_cases
from victim_id.assessment.reading import Facts
from victim_id.errors import WrongInput
from victim_id.instrument.shapes import DIMENSIONS
from victim_id.record import encode

KEYS = ("profile", "age", "forms", "act", "someone_else", "gates", "urgent", "indicators")


def answer(value: object) -> object:
    return json.loads(b"".join(assessed(read_cases(json.dumps(value).encode(), instrument()), instrument())))


def as_input(facts: Facts) -> dict[str, object]:
    plain = json.loads(encode(facts))
    return {key: plain[key] for key in KEYS} | ({"setting": facts.setting} if facts.setting else {})


def refusal(content: bytes | str | object) -> tuple[str, str]:
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    with pytest.raises(WrongInput) as caught:
        read_cases(content.encode() if isinstance(content, str) else content, instrument())
    assert "\n" not in str(caught.value)
    return caught.value.where, caught.value.what


def test_a_case_is_answered_with_everything_the_command_promises() -> None:
    found = answer(
        {
            "profile": "NL",
            "age": "adult",
            "forms": ["labour"],
            "act": "yes",
            "someone_else": "yes",
            "gates": dict.fromkeys(("sexual", "organs", "begging", "crime", "servitude", "intended"), "no"),
            "indicators": {
                "ex_hours": "yes",
                "ex_low_pay": "yes",
                "cd_violence": "yes",
                "cd_lie": "yes",
                "cd_debt": "no",
            },
        }
    )
    assert isinstance(found, dict)
    assert {"set": "AL", "level": "strong", "dignity": False}.items() <= found.items()
    assert found["score"] == {"lower": 86, "upper": 100}
    assert list(found["dimensions"]) == sorted(DIMENSIONS)
    assert found["dimensions"]["coercion_destination"] == "met"
    assert found["elements"] == {"act": "yes", "means": "yes", "purpose": "yes"}
    assert found["urgent"] == [{"id": "cd_violence", "because": ["cd_violence"]}]
    assert found["findings"][0] == {
        "key": "ex_hours",
        "dimension": "exploitation",
        "strength": "strong",
        "because": ["ex_hours"],
    }
    assert found["against"] == ["cd_debt"]
    assert found["forced_labour"]["present"] == ["violence", "wages", "overtime"]
    assert (found["forced_labour"]["penalty"], found["forced_labour"]["involuntary"]) == ("yes", "possible")
    assert (found["decisive"], found["decisive_total"], found["others"]) == ([], 0, [])
    assert "cd_debt" not in found["next"]


def test_one_object_gives_one_and_an_array_gives_an_array_in_the_same_order() -> None:
    cases = [{"profile": law, "age": age} for law in ("BE", "NL") for age in ("adult", "child")]
    several = answer(cases)
    assert isinstance(several, list)
    assert several == [answer(one) for one in cases]
    assert [one["set"] for one in several] == ["AL", "CL", "AL", "CL"]
    assert [[other["set"] for other in one["others"]] for one in several] == [["AS"], ["CS"], ["AS"], ["CS"]]
    assert answer([]) == []


@given(several=st.lists(any_facts(), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_the_same_input_gives_the_same_bytes(several: list[Facts]) -> None:
    content = json.dumps([as_input(one) for one in several]).encode()
    once, twice = (b"".join(assessed(read_cases(content, instrument()), instrument())) for _ in range(2))
    assert once == twice
    assert len(json.loads(once)) == len(several)


def test_a_sexual_set_has_no_forced_labour_reading() -> None:
    found = answer({"profile": "INT", "age": "adult", "forms": ["sexual"]})
    assert isinstance(found, dict)
    assert (found["set"], found["forced_labour"]) == ("AS", {})


GOOD = {"profile": "BE", "age": "adult"}


@pytest.mark.parametrize(
    ("wrong", "where", "what"),
    [
        ({}, "", "profile is missing"),
        ({"profile": "BE"}, "", "age is missing"),
        ({"profile": "be", "age": "adult"}, "profile", "is not one of BE, LU, NL, INT"),
        ({"profile": "BE", "age": "old"}, "age", "is not one of adult, child, unsure"),
        ({"profile": "BE", "age": None}, "age", "is not one of adult, child, unsure"),
        (GOOD | {"extra": 1}, "", '"extra" is not known'),
        (GOOD | {"forms": ["organs"]}, "forms[0]", "is not one of labour, sexual"),
        (GOOD | {"forms": ["labour", "labour"]}, "forms", "a form is given twice"),
        (GOOD | {"forms": "labour"}, "forms", "is not an array"),
        (GOOD | {"setting": "airport"}, "setting", "is not one of workplace, shelter, border"),
        (GOOD | {"act": "declined"}, "act", "is not one of yes, no, unknown"),
        (GOOD | {"someone_else": True}, "someone_else", "is not one of yes, no, unknown"),
        (GOOD | {"urgent": "yes"}, "urgent", "is not true or false"),
        (GOOD | {"urgent": 1}, "urgent", "is not true or false"),
        (GOOD | {"gates": []}, "gates", "is not an object"),
        (GOOD | {"gates": {"organ": "yes"}}, "gates", '"organ" is not known'),
        (GOOD | {"gates": {"organs": "reported"}}, "gates.organs", "is not one of yes, no, unknown"),
        (GOOD | {"indicators": {"ex_hour": "yes"}}, "indicators", '"ex_hour" is not known'),
        (
            GOOD | {"indicators": {"ex_hours": "maybe"}},
            "indicators.ex_hours",
            "is not one of yes, no, unknown, declined",
        ),
        (GOOD | {"indicators": {"ex_hours": ["yes"]}}, "indicators.ex_hours", "is not one of yes, no"),
        ([GOOD, GOOD | {"indicators": {"ex_hours": "x"}}], "[1].indicators.ex_hours", "is not one of yes"),
        ([GOOD, [GOOD]], "[1]", "is not an object"),
        ("yes", "", "is not an object"),
        (None, "", "is not an object"),
        (GOOD | {"a\nb": 1}, "", '"a\\nb" is not known'),
        (GOOD | {"x" * 90: 1}, "", f'"{"x" * 36}... is not known'),
    ],
)
def test_anything_unexpected_is_refused_with_where_and_what(wrong: object, where: str, what: str) -> None:
    found = refusal(wrong if not isinstance(wrong, str) else json.dumps(wrong))
    assert found[0] == where
    assert found[1].startswith(what)


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ('{"profile": "BE", "profile": "NL", "age": "adult"}', "", '"profile" is given twice'),
        (
            '{"profile": "BE", "age": "adult", "indicators": {"ex_hours": "no", "ex_hours": "yes"}}',
            "indicators",
            '"ex_hours" is given twice',
        ),
        ('{"profile": "BE", "age": NaN}', "", "NaN is not a JSON value"),
        ('{"profile": "BE",', "line 1 column", "not JSON"),
        ("", "line 1 column 1", "not JSON"),
        ('{} {"a": 1}', "line 1 column 4", "not JSON"),
        ("[" * 100_000, "", "nested too deeply"),
        (f'{{"profile": {"9" * 5000}}}', "", "a number has too many digits"),
        (b"\xff\xfe{}", "byte 0", "not UTF-8"),
        ("\ufeff{}", "line 1 column 1", "not JSON"),
    ],
)
def test_what_is_not_plain_json_is_refused(content: bytes | str, where: str, what: str) -> None:
    found = refusal(content)
    assert found[0].startswith(where)
    assert found[1].startswith(what)


def test_a_wrong_value_is_never_shown_because_it_may_be_somebodys_words() -> None:
    _, what = refusal(GOOD | {"act": "she told me about her brother"})
    assert "brother" not in what


def test_nothing_is_given_out_before_the_last_case_was_read() -> None:
    with pytest.raises(WrongInput):
        read_cases(json.dumps([GOOD] * 50 + [{}]).encode(), instrument())


def test_cases_are_assessed_one_by_one_so_that_only_the_input_is_kept() -> None:
    impossible = Facts(profile="a law that is not there", age="adult")
    several = Cases(alone=False, facts=[*read_cases(json.dumps([GOOD] * 2).encode(), instrument()).facts, impossible])
    pieces = assessed(several, instrument())
    assert next(pieces) == b"["
    assert json.loads(next(pieces))["set"] == "AL"
    assert next(pieces).startswith(b",")
    with pytest.raises(KeyError):
        next(pieces)
