"""Several persons at one site: what was seen of the place passes on, and not one word that anybody said."""

from pathlib import Path

import msgspec
import pytest

from tests.scenario import Desk
from victim_id.casework.arrangement import Start
from victim_id.casework.visit import site_facts
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.check import problems
from victim_id.instrument.load import load
from victim_id.resources import shipped


@pytest.fixture(scope="module")
def instrument():
    return load(shipped("indicators"))


def test_only_what_is_about_the_place_may_be_marked_so(instrument) -> None:
    site = [question for question in instrument.question.values() if question.site]
    assert {"see.locked", "see.sleeping", "see.fines"} <= {question.id for question in site}
    assert all(question.of != "person" and not instrument.section_of[question.id].private for question in site)
    assert not {"see.injury", "see.violence", "see.child_alone", "see.answers_for"} & {question.id for question in site}


def test_the_check_refuses_a_site_question_that_asks_a_person(instrument) -> None:
    sections = tuple(
        msgspec.structs.replace(
            section,
            questions=tuple(
                msgspec.structs.replace(one, site=True) if one.id == "control.class" else one
                for one in section.questions
            ),
        )
        for section in instrument.sections
    )
    found = problems(msgspec.structs.replace(instrument, sections=sections))
    assert [one.where for one in found] == ["question control.class"]


def test_of_everything_answered_only_seen_facts_about_the_place_pass_on(tmp_path: Path, instrument) -> None:
    desk = Desk(tmp_path)
    case = desk.begin()
    for question in instrument.questions("workplace"):
        if question.kind == "yes_no":
            for source in ("said", "observed", "document", "third_party"):
                answer = Answer(
                    question=question.id, value="yes", source=source, words=f"secret {source}", talk=Talk(present="Ali")
                )  # type: ignore[arg-type]
                case = desk.space.caseload.answer(case.id, answer)
    case = desk.space.caseload.details(case.id, {"J3.name": "Kitchen Ltd", "E4.phone": "+352 621", "D4.band": "25_29"})
    desk.space.caseload.view(case.id, "presumed_victim", "secret reasons")
    other = desk.space.caseload.begin(Start(setting="workplace", place=case.place), case.id)
    assert set(other.answers) == {q.id for q in instrument.questions("workplace") if q.site}
    assert all(given.source in {"observed", "document"} for told in other.answers.values() for given in told)
    assert other.details == {"J3.name": "Kitchen Ltd"}
    kept = msgspec.json.encode(other).decode()
    assert "secret" not in kept
    assert "Ali" not in kept
    assert case.id not in kept
    assert case.code not in kept
    assert other.views == ()
    lines = "".join(str(line) for line in desk.space._vault.history.lines(case=other.id, limit=-1))
    assert case.id not in lines
    desk.space.close()


def test_what_was_not_known_or_taken_back_does_not_pass_on(tmp_path: Path, instrument) -> None:
    desk = Desk(tmp_path)
    case = desk.begin()
    case = desk.say(case, "see.locked", "unknown", source="observed")
    case = desk.say(case, "see.sleeping", "yes", source="observed")
    case = desk.space.caseload.take_back(case.id, "see.sleeping")
    assert site_facts(instrument, case).answers == {}
    desk.space.close()


def test_a_case_begun_without_a_visit_is_empty(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.say(desk.begin(), "see.locked", "yes", source="observed")
    assert desk.begin().answers == {}
    desk.space.close()
