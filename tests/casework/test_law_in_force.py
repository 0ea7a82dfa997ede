"""A purpose counts where and since the law counts it; whoever reads the result is told since when."""

import msgspec
import pytest

from tests.casework.test_case import NOW, fresh
from tests.casework.test_child_then import ALONE
from victim_id import wording
from victim_id.casework.case import Case, answered
from victim_id.casework.outcome import assess_case
from victim_id.instrument.answers import Answer
from victim_id.instrument.check import problems
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import content_of, load, read
from victim_id.instrument.shapes import GateLaw
from victim_id.language import language
from victim_id.resources import shipped

MARRIAGE = "forced_marriage"


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return load(shipped("indicators"))


def forced(instrument: Instrument, made: str) -> Case:
    """Gives a Belgian case in which a forced marriage is told, begun on a day."""
    question, shows = next(
        (q, one)
        for q, one in instrument.shown_by[f"gate.{MARRIAGE}"]
        if (one.when.is_ or one.when.has or one.when.any) and one.route != "child"
        if q.id in {asked.id for asked in instrument.questions("workplace")}
    )
    leaf = next(part for part in (shows.when, *shows.when.any) if part.is_ or part.has)
    given = Answer(question=question.id, value=leaf.is_ or "given", chosen=(leaf.has,) if leaf.has else (), talk=ALONE)
    return answered(msgspec.structs.replace(fresh(), profile="BE", made=made), given, at=NOW)


@pytest.mark.parametrize(("day", "counts"), [("2026-04-08", False), ("2026-04-09", True), ("2026-11-21", True)])
def test_a_purpose_counts_from_the_day_its_law_is_in_force(instrument: Instrument, day: str, counts: bool) -> None:
    reading = assess_case(instrument, forced(instrument, f"{day}T10:00:00Z")).first
    gate = next(one for one in reading.gates if one.name == MARRIAGE)
    assert (gate.state, gate.counts) == ("yes", counts)
    assert reading.elements.purpose == ("yes" if counts else "open")
    (line,) = wording.in_force(language("en"), instrument.profile["BE"], reading, day)
    assert line.startswith(
        "Forced marriage: " + ("counts since 2026-04-09; " if counts else f"not in force on {day}, ")
    )
    assert line.endswith("[to verify]")


def law(since: str, until: str = "") -> GateLaw:
    return GateLaw(
        name="sexual", label="", adult=True, child=True, article="1", in_force_from=since, source="s", mark="V",
        in_force_until=until,
    )  # fmt: skip


def test_a_date_is_compared_as_far_as_it_is_known() -> None:
    assert [law("2005").in_force(day) for day in ("2004-12-31", "2005-01-01", "", "2026-01-01")] == [
        False,
        True,
        True,
        True,
    ]
    assert [law("2005-06").in_force(day) for day in ("2005-05-31", "2005-06-01")] == [False, True]
    assert [law("2005", "2026-04-08").in_force(day) for day in ("2026-04-08", "2026-04-09")] == [True, False]
    assert law("", "2026").in_force("2026-12-31")
    assert law("").in_force("1900-01-01")


@pytest.mark.parametrize("day", ["9 April 2026", "2026-4-9", "2026-13-01", "soon"])
def test_a_date_that_cannot_be_compared_is_a_problem_of_the_content(day: str) -> None:
    files = content_of(shipped("indicators"))
    place = "profiles/BE.toml"
    files[place] = files[place].replace(b'in_force_from = "2026-04-09"', f'in_force_from = "{day}"'.encode(), 1)
    assert [one.what for one in problems(read(files))] == [f"says {day} of when gate.{MARRIAGE} is in force"]
