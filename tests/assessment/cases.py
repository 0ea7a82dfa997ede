"""Cases for the rules: the 67 indicators as shipped, laws and settings made here, and the rules written a second time.

The second writing is slow and plain on purpose: fractions, lists of keys, no bounds trick, no counting by class.
"""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from victim_id.assessment.assess import assess
from victim_id.assessment.reading import Assessment, Facts, Reading
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.shapes import DIMENSIONS, GATES, MEANS, GateLaw, Profile, Setting, Statement

INDICATORS = Path(__file__).resolve().parent.parent.parent / "indicators"
NOT_KNOWN = ("unknown", "declined", "reported", "no_unsafe", "not_asked")
STATES = ("yes", "no", "not_applicable", *NOT_KNOWN)
THREE = ("yes", "no", "unknown")
NO_GATE = dict.fromkeys(GATES, "no")
HEIGHT = {"strong": 4, "indications": 3, "open": 2, "exploitation": 1, "few": 0}
ABOUT = {"AL": ("adult", "labour"), "AS": ("adult", "sexual"), "CL": ("child", "labour"), "CS": ("child", "sexual")}


def a_law(name: str, *, means: bool) -> Profile:
    words = Statement(text="a law made for the tests", source="tests", mark="P")
    gates = tuple(
        GateLaw(name=gate, label=gate, adult=True, child=True, article="", in_force_from="", source="", mark="P")
        for gate in GATES
    )
    return Profile(
        id=name,
        label=name,
        languages=("en",),
        adult_means_required=means,
        means=words,
        child=words,
        labour=words,
        gates=gates,
        help=words,
        non_punishment=words,
        qualification=words,
    )


LAWS = {name: a_law(name, means=name in {"NL", "INT"}) for name in ("BE", "LU", "NL", "INT")}


@cache
def instrument() -> Instrument:
    """The indicators as shipped, under the laws and in the settings of these tests."""
    shipped = load(INDICATORS)
    places = tuple(
        Setting(id=name, label=name, note="", sections=(), too_early=name == "border")
        for name in ("workplace", "shelter", "border")
    )
    return msgspec.structs.replace(shipped, profiles=tuple(LAWS.values()), settings=places)


def keys(name: str, *dimensions: str) -> list[str]:
    """The indicators of a set, of some dimensions or of all."""
    return [
        one.key
        for one in instrument().indicators
        if name in one.strength and (not dimensions or one.dimension in dimensions)
    ]


def case(name: str, *present: str, rest: str = "not_asked", **more: Any) -> Facts:
    """A case in one set: these indicators yes, every other one in the state `rest`; all gates no unless given."""
    age, form = ABOUT[name]
    states = {key: rest for key in keys(name) if rest != "not_asked"} | dict.fromkeys(present, "yes")
    given = {"profile": "NL", "age": age, "forms": (form,), "gates": NO_GATE, "indicators": states} | more
    return Facts(**given)


def found(facts: Facts, law: str = "") -> Assessment:
    return assess(instrument(), LAWS[law or facts.profile], facts)


def first(facts: Facts, law: str = "") -> Reading:
    return found(facts, law).first


def said(reading: Reading) -> tuple[str, int, int]:
    return reading.level, reading.score.lower, reading.score.upper


@st.composite
def any_facts(draw: Any, *, sets: tuple[str, ...] = tuple(ABOUT)) -> Facts:
    """Any case in one set, often with most signs in one state, so that every level comes up."""
    name = draw(st.sampled_from(sets))
    age, form = ABOUT[name]
    rest = draw(st.sampled_from(("no", "not_asked", "no", "not_applicable", "unknown")))
    some = draw(st.dictionaries(st.sampled_from(keys(name)), st.sampled_from(STATES), max_size=14))
    states = dict.fromkeys(keys(name), rest) | some
    most = draw(st.sampled_from(THREE))
    return Facts(
        profile=draw(st.sampled_from(tuple(LAWS))),
        age=age,
        forms=(form,),
        setting=draw(st.sampled_from(("", "workplace", "border"))),
        act=draw(st.sampled_from(THREE)),
        someone_else=draw(st.sampled_from(THREE)),
        gates=dict.fromkeys(GATES, most)
        | draw(st.dictionaries(st.sampled_from(GATES), st.sampled_from(THREE), max_size=2)),
        urgent=draw(st.sampled_from((False, False, False, True))),
        indicators={key: state for key, state in states.items() if state != "not_asked"},
    )


def inputs(facts: Facts, name: str) -> dict[str, str]:
    """Every input of a set and its state, in the order of the content."""
    return (
        {key: facts.indicators.get(key, "not_asked") for key in keys(name)}
        | {"act": facts.act, "someone_else": facts.someone_else}
        | {f"gate.{gate}": facts.gates.get(gate, "unknown") for gate in GATES}
    )


def answered(facts: Facts, changed: dict[str, str]) -> Facts:
    """The same case with some inputs answered."""
    gates = {key.removeprefix("gate."): state for key, state in changed.items() if key.startswith("gate.")}
    alone = {key: changed[key] for key in ("act", "someone_else") if key in changed}
    signs = {key: state for key, state in changed.items() if key in instrument().indicator}
    return msgspec.structs.replace(
        facts, gates={**facts.gates, **gates}, indicators={**facts.indicators, **signs}, **alone
    )


def slowly(facts: Facts, name: str) -> dict[str, Any]:
    """The published rules once more, for one set, every gate counting."""
    child = name in {"CL", "CS"}
    required = LAWS[facts.profile].adult_means_required and not child
    states = {key: facts.indicators.get(key, "not_asked") for key in keys(name)}
    strength = {key: instrument().indicator[key].strength[name] for key in states}  # type: ignore[index]
    lower = _bound(facts, name, [key for key in states if states[key] == "yes"], THREE[:1], child, required)
    upper_keys = [key for key in states if states[key] == "yes" or states[key] in NOT_KNOWN]
    upper = _bound(facts, name, upper_keys, ("yes", "unknown"), child, required)
    signs = [key for key in states if states[key] == "yes"]
    of_means = [key for key in signs if instrument().indicator[key].dimension in MEANS]
    heavy = {"strong", "medium"}
    share = Fraction(sum(state in {"no", "not_applicable"} for state in states.values()), len(states))
    if lower["strong"]:
        level = "strong"
    elif lower["rule"]:
        level = "indications"
    elif (
        required
        and lower["purpose"]
        and not upper["means"]
        and not [key for key in of_means if strength[key] in heavy]
        and not lower["urgent"]
    ):
        level = "exploitation"
    elif (
        not child
        and not upper["purpose"]
        and not any(upper["positive"].values())
        and not [key for key in signs if strength[key] in heavy]
        and share >= Fraction(80, 100)
        and not lower["urgent"]
        and facts.setting != "border"
    ):
        level = "few"
    else:
        level = "open"
    gate = "yes" in facts.gates.values()
    return {
        "level": level,
        "score": (_score(facts, lower, upper=False), _score(facts, upper, upper=True)),
        "dignity": level == "indications" and not child and not gate and not of_means,
        "dimensions": {
            one: "met" if lower["positive"][one] else "open" if upper["positive"][one] else "not_met"
            for one in DIMENSIONS
        },
        "elements": tuple(
            "yes" if lower[one] else "open" if upper[one] else "no" for one in ("act", "means", "purpose")
        ),
        "urgent": lower["urgent"],
    }


def _rule(strengths: list[str]) -> bool:
    s, m, w = (strengths.count(one) for one in ("strong", "medium", "weak"))
    return s >= 2 or (s >= 1 and m + w >= 1) or m >= 3 or (m >= 2 and w >= 1)


def _support(strengths: list[str]) -> Fraction:
    if _rule(strengths):
        return Fraction(1)
    weight = {"strong": 3, "medium": 2, "weak": 1}
    return min(Fraction(9, 10), Fraction(sum(weight[one] for one in strengths), 6))


def _bound(
    facts: Facts, name: str, present: list[str], true: tuple[str, ...], child: bool, required: bool
) -> dict[str, Any]:
    by = {one: [] for one in DIMENSIONS}  # type: ignore[var-annotated]
    for key in present:
        indicator = instrument().indicator[key]
        by[indicator.dimension].append(indicator.strength[name])  # type: ignore[index]
    spread = [strength for one in MEANS for strength in by[one]]
    gates = [gate for gate in GATES if facts.gates.get(gate, "unknown") in true]
    act, someone = facts.act in true, facts.someone_else in true
    means = _rule(spread)
    purpose = bool(gates) or (_rule(by["exploitation"]) and someone)
    rule = act and purpose and (means or not required)
    urgent = (
        facts.urgent
        or any(instrument().indicator[key].urgent for key in present)
        or "organs" in gates
        or (child and "sexual" in gates)
    )
    strong = rule and (bool(gates) or means or urgent if child else _rule(by["coercion_destination"]))
    return {
        "positive": {one: _rule(by[one]) for one in DIMENSIONS},
        "support": [_support(by[one]) for one in DIMENSIONS],
        "means_support": _support(spread),
        "work_support": _support(by["exploitation"]),
        "gate": bool(gates),
        "act": act,
        "means": means,
        "purpose": purpose,
        "rule": rule,
        "strong": strong,
        "urgent": urgent,
    }


def _score(facts: Facts, bound: dict[str, Any], *, upper: bool) -> int:
    mean = sum(bound["support"], Fraction(0)) / 6
    if bound["strong"]:
        return 80 + (20 * mean).__floor__()
    if bound["rule"]:
        return 60 + (19 * mean).__floor__()
    work = bound["work_support"]
    if facts.someone_else == "no":
        work = Fraction(0)
    elif facts.someone_else == "unknown" and not upper:
        work = min(Fraction(9, 10), work)
    purpose = Fraction(1) if bound["gate"] else work
    return (59 * (purpose + bound["means_support"]) / 2).__floor__()
