"""Reads the training cases of indicators/training/: a story, the level that people expect of it and why, and the answers.

Strict like the loader of the instrument. Knows which question is asked of whom, but nothing of how answers are judged.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from victim_id.errors import Problem, WrongContent, WrongInput
from victim_id.instrument.answers import Answer, Answers, Source, Talk, Value
from victim_id.instrument.conditions import holds, leaf, leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import MOST_BYTES
from victim_id.instrument.shapes import Condition, Question
from victim_id.instrument.toml import read_toml
from victim_id.outside import read_outside
from victim_id.record import Record

FIRST_HAND: dict[str, Source] = {"person": "said", "observation": "observed", "document": "document"}
"""How an answer is known when a case does not say: in the way its question is meant."""


class Told(Record, kw_only=True):
    """One answer of a case. Without a value it is `given` where a number, choices or words are written."""

    question: str
    value: Value | Literal[""] = ""
    source: Source | Literal[""] = ""
    number: int | None = None
    chosen: tuple[str, ...] = ()
    words: str = ""


class TrainingTalk(Record, kw_only=True):
    """The conditions of the talk of a case; without them the person sat alone with the worker, in one language."""

    alone: bool | None = True
    language: Literal["common", "neutral_interpreter", "other_interpreter", ""] = "common"
    distressed: bool = False


class TrainingCase(Record, kw_only=True):
    """A case to practise on. `expected` was written before any program worked it out, and `why` says from which rule.

    With `everything_else = "no"` all other questions of the talk have the answer that denies, see `answers_of`.
    """

    id: str
    title: str
    story: str
    profile: str
    setting: str
    age: Literal["adult", "child", "unsure"]
    forms: tuple[Literal["labour", "sexual"], ...]
    expected: Literal["strong", "indications", "open", "exploitation", "few"]
    why: str
    everything_else: Literal["", "no"] = ""
    talk: TrainingTalk = TrainingTalk()
    answers: tuple[Told, ...] = msgspec.field(default=(), name="answer")


class _File(Record):
    case: tuple[dict[str, Any], ...]


def load_training(folder: Path, instrument: Instrument) -> tuple[TrainingCase, ...]:
    """Reads every *.toml of a folder such as indicators/training/; raises WrongContent with all problems found."""
    return read_training(
        {path.name: read_outside(path, MOST_BYTES) for path in sorted(folder.glob("*.toml"))}, instrument
    )


def read_training(files: Mapping[str, bytes], instrument: Instrument) -> tuple[TrainingCase, ...]:
    """Reads training cases, given as name to bytes, against the edition that they answer; each text is one line."""
    cases: list[TrainingCase] = []
    problems: list[Problem] = []
    for name, data in sorted(files.items()):
        try:
            rows = msgspec.convert(read_toml(data), type=_File).case
        except WrongInput as wrong:
            problems.append(Problem(name, wrong.what, wrong.either))
            continue
        except (msgspec.ValidationError, RecursionError) as error:
            problems.append(Problem(name, f"cannot be read: {error}", "please write it as [[case]] tables"))
            continue
        for row in rows:
            where = f"{name}: case {row.get('id', 'without id')}"
            try:
                case = msgspec.convert(row, type=TrainingCase)
            except msgspec.ValidationError as error:
                problems.append(Problem(where, str(error), "please write what README.md says of training cases"))
                continue
            if case.id in {other.id for other in cases}:
                problems.append(Problem(where, "stands more than once", "please give one of them another id"))
            problems += _problems(case, instrument, where)
            lines = {name: " ".join(getattr(case, name).split()) for name in ("title", "story", "why")}
            cases.append(msgspec.structs.replace(case, **lines))
    if problems:
        raise WrongContent(problems)
    return tuple(cases)


def answers_of(case: TrainingCase, instrument: Instrument) -> Answers:
    """Gives the answers of a case, as a worker would have written them down.

    With `everything_else = "no"` every other question that belongs to the talk is answered as well, in its order and
    under the same conditions of the talk, by `denial`; free text stays empty.
    """
    given: dict[str, tuple[Answer, ...]] = {}
    for told in case.answers:
        given[told.question] = (*given.get(told.question, ()), _answer(told, instrument, case))
    spoken = _spoken(instrument) if case.everything_else else {}
    while spoken:
        missing = [question for question in asked(instrument, case, given) if question.id not in given]
        denied = [answer for question in missing if (answer := _denies(question, spoken)) is not None]
        if not denied:
            break
        given |= {answer.question: (_meant(answer, instrument, case),) for answer in denied}
    return given


def asked(instrument: Instrument, case: TrainingCase, answers: Answers) -> Iterator[Question]:
    """Gives the questions that belong to the talk of a case: its setting, its age, and the follow-ups that came up."""
    for question in instrument.questions(case.setting):
        if question.asked_of(case.age) and (
            question.asked_when is None or holds(question.asked_when, answers, question.id) is True
        ):
            yield question


def denial(instrument: Instrument, question: Question) -> Answer | None:
    """Gives the answer that denies: the first for which no condition of the content that speaks of the question holds.

    So it shows no sign and opens no follow-up. Tried are: no, yes; *none of these*, then the choices in their order; the
    least number, then the most. None for free text, where no condition speaks of the question (there is nothing to
    deny), and where every answer shows something.
    """
    return _denies(question, _spoken(instrument))


def _denies(question: Question, spoken: Mapping[str, list[Condition]]) -> Answer | None:
    conditions = spoken.get(question.id, [])
    for answer in _possible(question):
        if conditions and not any(leaf(condition, answer) for condition in conditions):
            return answer
    return None


def _possible(question: Question) -> Iterator[Answer]:
    if question.kind == "yes_no":
        values: tuple[Value, ...] = ("no", "yes")
        yield from (Answer(question=question.id, value=value) for value in values)
    elif question.kind == "number":
        for number in (question.least, question.most):
            yield Answer(question=question.id, value="given", number=number)
    else:
        for choice in sorted(question.choices, key=lambda choice: choice.id != "none"):
            yield Answer(question=question.id, value="given", chosen=(choice.id,))


def _spoken(instrument: Instrument) -> dict[str, list[Condition]]:
    """Gives for each question all that the content says of its answers, in signs and in follow-ups."""
    spoken: dict[str, list[Condition]] = {}
    for question in instrument.question.values():
        for condition in (*(shows.when for shows in question.shows), *filter(None, (question.asked_when,))):
            for name, own in leaves(condition, question.id):
                spoken.setdefault(name, []).append(own)
    return spoken


def _answer(told: Told, instrument: Instrument, case: TrainingCase) -> Answer:
    answer = Answer(
        question=told.question,
        value=told.value or "given",
        number=told.number,
        chosen=told.chosen,
        words=told.words,
    )
    return _meant(answer, instrument, case, told.source)


def _meant(answer: Answer, instrument: Instrument, case: TrainingCase, source: Source | Literal[""] = "") -> Answer:
    """Gives an answer its source and the conditions of the talk."""
    known_by = source or FIRST_HAND[instrument.question[answer.question].of]
    talk = Talk(alone=case.talk.alone, language=case.talk.language, distressed=case.talk.distressed)
    return msgspec.structs.replace(answer, source=known_by, talk=talk)


def _problems(case: TrainingCase, instrument: Instrument, where: str) -> Iterator[Problem]:
    """Looks through one case: everything it names must be there, and every answer must belong to its talk."""
    for what in ("title", "story", "why"):
        if not getattr(case, what).strip():
            yield Problem(where, f"has no {what}", f"please write {what}")
    if case.profile not in instrument.profile:
        yield Problem(where, f"names the profile {case.profile}", f"please write one of {_listed(instrument.profile)}")
    if case.setting not in instrument.setting:
        yield Problem(where, f"names the setting {case.setting}", f"please write one of {_listed(instrument.setting)}")
        return
    here = {question.id for question in instrument.questions(case.setting)}
    wrong = [_wrong(told, instrument.question.get(told.question), here) for told in case.answers]
    for told, (what, either) in zip(case.answers, wrong, strict=True):
        if what:
            yield Problem(f"{where}: answer {told.question}", what, either)
    if any(what for what, _ in wrong):
        return
    answers = answers_of(case, instrument)
    belongs = {question.id for question in asked(instrument, case, answers)}
    for name in dict.fromkeys(told.question for told in case.answers):
        if name not in belongs:
            yield Problem(
                f"{where}: answer {name}",
                "is not asked in this talk",
                "please either answer what it waits for, or write an observation if it is a child",
            )
    for name, sources in ((name, [answer.source for answer in given]) for name, given in answers.items()):
        if len(set(sources)) < len(sources):
            yield Problem(f"{where}: answer {name}", "is given twice by one source", "please keep one of them")


def _wrong(told: Told, question: Question | None, here: set[str]) -> tuple[str, str]:
    """Tells what is wrong with one answer, and what would be right; empty when it is right."""
    if question is None:
        return "is no question", "please write the id of a question"
    if question.id not in here:
        return "is not asked in this setting", "please either choose another question or another setting"
    content = told.number is not None or bool(told.chosen) or bool(told.words)
    value = told.value or ("given" if content else "")
    if not value:
        return "says nothing", "please write value, number, chosen or words"
    if value in {"unknown", "declined", "not_applicable"}:
        return ("says nothing known and something known", "please keep one") if told.number or told.chosen else ("", "")
    fits = {
        "yes_no": value in {"yes", "no"} and told.number is None and not told.chosen,
        "number": told.number is not None and question.least <= told.number <= question.most and not told.chosen,
        "choice": len(told.chosen) == 1 and told.number is None,
        "several": bool(told.chosen) and told.number is None,
        "text": bool(told.words) and told.number is None and not told.chosen,
    }[question.kind]
    if not fits:
        return f"does not answer a {question.kind} question", "please write " + _wants(question)
    strange = [name for name in told.chosen if name not in {choice.id for choice in question.choices}]
    if strange:
        return f"chooses {', '.join(strange)}", "please choose from " + ", ".join(one.id for one in question.choices)
    if "none" in told.chosen and len(told.chosen) > 1:
        return "chooses none and something else", "please keep one of them"
    return "", ""


def _wants(question: Question) -> str:
    return {
        "yes_no": 'value = "yes" or "no"',
        "number": f"number, from {question.least} to {question.most}",
        "choice": "chosen, with one id",
        "several": "chosen, with one id or more",
        "text": "words",
    }[question.kind]


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(sorted(names))
