"""Practice: what a talk brought out of a story, beside all that the story tells."""

import pytest

from victim_id.casework.case import Case, answered
from victim_id.casework.practice import DIFFICULTIES, difficulty, feedback, start_of
from victim_id.instrument.answers import Answer
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.training import TrainingCase, answers_of, load_training
from victim_id.resources import shipped


@pytest.fixture(scope="module")
def content() -> tuple[Instrument, dict[str, TrainingCase]]:
    instrument = load(shipped("indicators"))
    return instrument, {one.id: one for one in load_training(shipped("indicators") / "training", instrument)}


def begun(story: TrainingCase, instrument: Instrument) -> Case:
    start = start_of(story)
    return Case(
        id="1", code="AAA-AAA", made="", changed="", by="w", edition="1", fingerprint=instrument.fingerprint,
        profile=start.profile, setting=start.setting, age=start.age, forms=start.forms, talk=start.talk,
    )  # fmt: skip


def answer_all(case: Case, story: TrainingCase, instrument: Instrument, leave: str = "") -> Case:
    for question, told in answers_of(story, instrument).items():
        for given in told:
            if question != leave:
                case = answered(case, given, at="2026-11-21T10:00:00Z")
    return case


def test_a_talk_that_asks_everything_hears_every_sign_and_comes_to_the_expected_level(content) -> None:
    instrument, stories = content
    for story in stories.values():
        found = feedback(instrument, story, answer_all(begun(story, instrument), story, instrument))
        assert (found.missed, found.added) == ((), ()), story.id
        assert found.level == found.expected == story.expected, story.id
        assert found.asked == found.told


def test_a_question_left_out_is_named_with_the_sign_it_would_have_shown(content) -> None:
    instrument, stories = content
    story = stories["restaurant_papers"]
    found = feedback(instrument, story, answer_all(begun(story, instrument), story, instrument, "control.papers"))
    assert "cd_documents" in {one.sign for one in found.missed}
    missed = next(one for one in found.missed if one.sign == "cd_documents")
    assert "control.papers" in missed.questions
    assert found.asked == found.told - 1


def test_a_sign_the_story_does_not_tell_of_is_said_to_be_added(content) -> None:
    instrument, stories = content
    story = stories["kitchen_55"]
    case = answer_all(begun(story, instrument), story, instrument)
    case = answered(case, Answer(question="see.locked", value="yes", source="observed"), at="2026-11-21T10:00:00Z")
    assert [one.sign for one in feedback(instrument, story, case).added] == ["cd_isolation"]


def test_an_empty_talk_misses_everything_and_is_open_not_few(content) -> None:
    instrument, stories = content
    story = stories["harvest_debt"]
    found = feedback(instrument, story, begun(story, instrument))
    assert found.heard == ()
    assert found.missed
    assert found.level == "open"


def test_no_step_of_difficulty_tells_a_level(content) -> None:
    instrument, stories = content
    steps = {step: {s.expected for s in stories.values() if difficulty(s, instrument) == step} for step in DIFFICULTIES}
    assert all(len(levels) >= 2 for levels in steps.values()), steps
    counts = [sum(1 for s in stories.values() if difficulty(s, instrument) == step) for step in DIFFICULTIES]
    assert min(counts) >= 5, counts
