"""Practice on training cases: which signs of the story were heard, which were missed, which stand there without it.

Pure. Nothing of it judges the worker: it puts two readings of one story side by side, with the reason people gave.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from victim_id.assessment.assess import assess
from victim_id.assessment.facts import facts
from victim_id.assessment.reading import Level, Reading
from victim_id.casework.arrangement import Start
from victim_id.casework.case import Case
from victim_id.casework.outcome import assess_case
from victim_id.instrument.answers import Answers, Talk
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.training import TrainingCase, answers_of
from victim_id.record import Record

Difficulty: TypeAlias = Literal["clear", "mixed", "hard"]
DIFFICULTIES: tuple[Difficulty, ...] = ("clear", "mixed", "hard")


class HeardSign(Record, kw_only=True):
    """A sign of a story (an indicator, `urgent.ID`, `gate.NAME`, `act` or `someone_else`) and the questions behind it."""

    sign: str
    questions: tuple[str, ...]
    strong: bool = False


class Feedback(Record, kw_only=True):
    """What a talk brought out of a story: `heard`, `missed` and `added` signs, and the levels of talk and story.

    `expected` and `why` were written by people before any program worked it out. `asked` of `told` questions of the
    story were asked. `panel` are the strong signs of the story and `against` what it firmly denies: what to look at again.
    """

    heard: tuple[HeardSign, ...]
    missed: tuple[HeardSign, ...]
    added: tuple[HeardSign, ...]
    level: Level
    expected: Level
    why: str
    asked: int
    told: int
    panel: tuple[HeardSign, ...]
    against: tuple[str, ...]
    talk_safe: bool


def start_of(story: TrainingCase) -> Start:
    """Gives how the talk of a story begins."""
    return Start(
        setting=story.setting,
        profile=story.profile,
        age=story.age,
        forms=story.forms,
        place=story.title,
        talk=_talk(story),
    )


def difficulty(story: TrainingCase, instrument: Instrument) -> Difficulty:
    """Gives how hard a story is, without telling its level.

    Clear: an adult in a safe talk, the picture at either end, however that is. Hard: something stays open, sources
    differ, the age is not certain, the talk was not safe, or exploitation and its means come apart. Mixed: between.
    """
    answers = answers_of(story, instrument)
    reading = _read(story, instrument, answers)
    differing = any(len({given.value for given in told}) > 1 for told in answers.values())
    apart = reading.level in {"open", "exploitation"}
    if apart or differing or story.age == "unsure" or not _talk(story).safe:
        return "hard"
    return "clear" if reading.level in {"strong", "few"} and story.age == "adult" else "mixed"


def feedback(instrument: Instrument, story: TrainingCase, case: Case) -> Feedback:
    """Compares what a talk brought out with all that the story tells."""
    answers = answers_of(story, instrument)
    whole, found = _read(story, instrument, answers), assess_case(instrument, case).first
    in_story, in_talk = _signs(whole), _signs(found)
    told = {one.question for one in story.answers}
    return Feedback(
        heard=tuple(in_story[sign] for sign in in_story if sign in in_talk),
        missed=tuple(in_story[sign] for sign in in_story if sign not in in_talk),
        added=tuple(in_talk[sign] for sign in in_talk if sign not in in_story),
        level=found.level,
        expected=story.expected,
        why=story.why,
        asked=sum(1 for question in told if case.answers.get(question)),
        told=len(told),
        panel=tuple(one for one in in_story.values() if one.strong),
        against=whole.against,
        talk_safe=_talk(story).safe,
    )


def _talk(story: TrainingCase) -> Talk:
    return Talk(alone=story.talk.alone, language=story.talk.language, distressed=story.talk.distressed)


def _read(story: TrainingCase, instrument: Instrument, answers: Answers) -> Reading:
    profile = instrument.profile[story.profile]
    known = facts(instrument, profile, answers, age=story.age, forms=story.forms, setting=story.setting)
    return assess(instrument, profile, known).first


def _signs(reading: Reading) -> dict[str, HeardSign]:
    """Gives every sign that is firmly there: urgent ones first, then purposes, then indicators by their strength."""
    keys = {one.key for one in reading.findings}
    found: list[tuple[str, Iterable[str], bool]] = [
        *((f"urgent.{sign.id}", sign.because, True) for sign in reading.urgent if sign.id not in keys),
        *((f"gate.{gate.name}", gate.because, True) for gate in reading.gates if gate.counts and gate.state == "yes"),
    ]
    order = ("strong", "medium", "weak")
    ranked = sorted(reading.findings, key=lambda finding: order.index(finding.strength))
    found += [(one.key, one.because, one.strength == "strong") for one in ranked]
    return {sign: HeardSign(sign=sign, questions=tuple(because), strong=strong) for sign, because, strong in found}
