"""Cases as JSON for the `assess` command: strict reading of the whole input, then one assessment after the other.

Here indicator truth is given directly, so that the rules can be tried without a questionnaire, and every gate counts.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import msgspec

from victim_id.assessment.assess import explained, verdicts
from victim_id.assessment.gaps import still_open
from victim_id.assessment.reading import Facts, ForcedLabour, Gaps, Reading
from victim_id.errors import WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import GATES, GateLaw, Profile
from victim_id.record import Record, encode

AGES = ("adult", "child", "unsure")
FORMS = ("labour", "sexual")
THREE = ("yes", "no", "unknown")
STATES = (*THREE, "declined", "not_applicable", "reported", "no_unsafe")
KEYS = ("profile", "age", "forms", "setting", "act", "someone_else", "gates", "urgent", "indicators")
REQUIRED = ("profile", "age")

Where: TypeAlias = str
"""A place in the input, such as `[3].indicators.ex_hours`."""


class Cases(Record):
    """What was read: one case alone, or several in an array, each answered in the same shape and order."""

    alone: bool
    facts: list[Facts]


def read_cases(content: bytes, instrument: Instrument) -> Cases:
    """Reads one JSON object or an array of them; anything unexpected raises WrongInput with where and what."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongInput(f"byte {error.start}", "not UTF-8") from None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise WrongInput(f"line {error.lineno} column {error.colno}", f"not JSON: {error.msg}") from None
    except RecursionError:
        raise WrongInput("", "nested too deeply") from None
    except ValueError:
        raise WrongInput("", "a number has too many digits") from None
    if isinstance(value, list):
        return Cases(alone=False, facts=[_facts(one, f"[{at}]", instrument) for at, one in enumerate(value)])
    return Cases(alone=True, facts=[_facts(value, "", instrument)])


def assessed(cases: Cases, instrument: Instrument) -> Iterator[bytes]:
    """Gives the assessments as pieces of one JSON text in the order of the cases, one case in memory at a time."""
    profiles = {profile.id: every_gate_counts(profile) for profile in instrument.profiles}
    yield b"" if cases.alone else b"["
    for at, facts in enumerate(cases.facts):
        pairs = [
            (explained(instrument, verdict), still_open(instrument, verdict))
            for verdict in verdicts(instrument, profiles[facts.profile], facts)
        ]
        yield (b",\n" if at else b"") + encode(as_json(pairs))
    yield b"" if cases.alone else b"]"


def every_gate_counts(profile: Profile) -> Profile:
    """Gives the profile with every purpose gate counting at every age, as the command promises."""
    gates = tuple(
        GateLaw(name=name, label=name, adult=True, child=True, article="", in_force_from="", source="", mark="P")
        for name in GATES
    )
    return msgspec.structs.replace(profile, gates=gates)


def as_json(readings: Iterable[tuple[Reading, Gaps]]) -> dict[str, Any]:
    """Gives the first reading as plain values, with the other sets beside it."""
    first, *others = (_reading(*pair) for pair in readings)
    return {**first, "others": others}


def _reading(reading: Reading, gaps: Gaps) -> dict[str, Any]:
    return {
        "set": reading.set,
        "level": reading.level,
        "possible": reading.possible,
        "dignity": reading.dignity,
        "too_early": reading.too_early,
        "score": reading.score,
        "dimensions": {one.name: one.state for one in reading.dimensions},
        "answered": {one.name: [one.answered, one.askable] for one in reading.dimensions},
        "elements": reading.elements,
        "urgent": [{"id": one.id, "because": one.because} for one in reading.urgent],
        "findings": reading.findings,
        "against": reading.against,
        "forced_labour": _plain(reading.forced_labour),
        "decisive": gaps.decisive.shown,
        "decisive_total": gaps.decisive.total,
        "next": gaps.next,
    }


def _plain(forced_labour: ForcedLabour | None) -> ForcedLabour | dict[str, Any]:
    return {} if forced_labour is None else forced_labour


class _Pairs(dict[str, Any]):
    """A JSON object that remembers which key was given twice."""

    twice: str | None = None


def _object(pairs: list[tuple[str, Any]]) -> _Pairs:
    found = _Pairs(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        found.twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return found


def _no_number(name: str) -> Any:
    raise WrongInput("", f"{name} is not a JSON value")


def _facts(value: Any, where: Where, instrument: Instrument) -> Facts:
    _is_object(value, where, KEYS)
    for key in REQUIRED:
        if key not in value:
            raise WrongInput(where, f"{key} is missing")
    inside = f"{where}." if where else ""
    read = {
        "profile": _word(value["profile"], f"{inside}profile", tuple(instrument.profile)),
        "age": _word(value["age"], f"{inside}age", AGES),
    }
    if "setting" in value:
        read["setting"] = _word(value["setting"], f"{inside}setting", tuple(instrument.setting))
    for key in ("act", "someone_else"):
        if key in value:
            read[key] = _word(value[key], f"{inside}{key}", THREE)
    urgent = value.get("urgent", False)
    if not isinstance(urgent, bool):
        raise WrongInput(f"{inside}urgent", "is not true or false")
    return Facts(
        **read,  # type: ignore[arg-type]  # each word was checked above
        forms=_forms(value.get("forms", []), f"{inside}forms"),
        gates=_states(value.get("gates", _Pairs()), f"{inside}gates", GATES, THREE),
        urgent=urgent,
        indicators=_states(value.get("indicators", _Pairs()), f"{inside}indicators", instrument.indicator, STATES),
    )


def _is_object(value: Any, where: Where, keys: Iterable[str]) -> None:
    if not isinstance(value, _Pairs):
        raise WrongInput(where, "is not an object")
    if value.twice is not None:
        raise WrongInput(where, f"{_shown(value.twice)} is given twice")
    for key in value:
        if key not in keys:
            raise WrongInput(where, f"{_shown(key)} is not known")


def _forms(value: Any, where: Where) -> Any:
    if not isinstance(value, list):
        raise WrongInput(where, "is not an array")
    forms = tuple(_word(one, f"{where}[{at}]", FORMS) for at, one in enumerate(value))
    if len(set(forms)) < len(forms):
        raise WrongInput(where, "a form is given twice")
    return forms


def _states(value: Any, where: Where, keys: Iterable[str], words: tuple[str, ...]) -> Any:
    _is_object(value, where, keys)
    return {key: _word(state, f"{where}.{key}", words) for key, state in value.items()}


def _word(value: Any, where: Where, words: tuple[str, ...]) -> str:
    """Gives the word of the table, so that ten thousand cases share one copy of it."""
    if isinstance(value, str):
        for word in words:
            if word == value:
                return word
    raise WrongInput(where, f"is not one of {', '.join(words)}")


def _shown(key: str) -> str:
    """Shows a wrong key on one line, cut short; wrong values are never shown, because they may be somebody's words."""
    line = json.dumps(key, ensure_ascii=True)
    return line if len(line) <= 40 else f"{line[:37]}..."
