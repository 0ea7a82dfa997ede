"""Measures the assessment, and form engines beside it on an equal questionnaire in the same run.

150 yes/no/unknown questions, every third one asked only after a yes, and a weighted score. The other engines keep one
sum; ours gives dimensions, elements, level, both bounds and every explanation. `npm install --no-package-lock` in
bench/peers first; without Node or the packages only our own numbers are printed.
"""

import gc
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import msgspec

from victim_id.assessment.assess import assess
from victim_id.assessment.exchange import assessed, read_cases
from victim_id.assessment.facts import facts
from victim_id.assessment.gaps import gaps
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.shapes import GATES, Condition, Question, Section, Setting, Shows

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
QUESTIONS = 150
ROUNDS = 12
SAFE = Talk(alone=True, language="common")
WEIGHT = {"strong": 3, "medium": 2, "weak": 1}


def questionnaire(shipped: Instrument) -> tuple[Instrument, list[dict[str, object]]]:
    """Gives an instrument of yes/no questions over the shipped signs, and the same as plain values for the others."""
    signs = [*shipped.indicator, "act", "someone_else", *(f"gate.{name}" for name in GATES)]
    made: list[Question] = []
    plain: list[dict[str, object]] = []
    for at in range(QUESTIONS):
        sign = signs[at % len(signs)]
        follows = f"q.{at - 1}" if at % 3 == 2 else ""
        made.append(
            Question(
                id=f"q.{at}",
                worker=sign,
                asked_when=Condition(question=follows, is_="yes") if follows else None,
                shows=(Shows(sign=sign, when=Condition(is_="yes")),),
            )
        )
        weight = WEIGHT[shipped.indicator[sign].strength["AL"]] if sign in shipped.indicator else 3
        plain.append({"id": f"q{at}", "follows": follows.replace(".", ""), "weight": weight})
    place = Setting(id="all", label="all", note="", sections=("q",))
    section = Section(id="q", label="q", questions=tuple(made))
    return msgspec.structs.replace(shipped, sections=(section,), settings=(place,)), plain


def given_answers() -> list[tuple[int, str]]:
    """Gives an answer to every question, in order, follow-ups left out where nothing is to be followed."""
    chance = random.Random(150)
    found: dict[int, str] = {}
    for at in range(QUESTIONS):
        if at % 3 != 2 or found.get(at - 1) == "yes":
            found[at] = chance.choices(("yes", "no", "unknown"), (2, 5, 1))[0]
    return list(found.items())


def microseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e6


def ours(instrument: Instrument, answers: list[tuple[int, str]]) -> dict[str, list[float]]:
    """Times every answer of a talk: facts and assessment after it, the assessment alone, and what is still open."""
    profile = instrument.profile["NL"]
    times: dict[str, list[float]] = {"answer": [], "assessment": [], "open": []}
    for _ in range(ROUNDS):
        given: dict[str, tuple[Answer, ...]] = {}
        for at, value in answers:
            one = Answer(question=f"q.{at}", value=value, talk=SAFE)  # type: ignore[arg-type]
            given[one.question] = (one,)

            def answered(given: dict[str, tuple[Answer, ...]] = given) -> None:
                told = facts(instrument, profile, given, age="adult", forms=("labour",), setting="all")
                assess(instrument, profile, told)

            times["answer"].append(microseconds(answered))
            known = facts(instrument, profile, given, age="adult", forms=("labour",), setting="all")
            times["assessment"].append(microseconds(lambda known=known: assess(instrument, profile, known)))  # type: ignore[misc]
            times["open"].append(microseconds(lambda known=known: gaps(instrument, profile, known, "AL")))  # type: ignore[misc]
    return times


def beside(plain: list[dict[str, object]], answers: list[tuple[int, str]]) -> dict[str, dict[str, float]]:
    """Gives what Node measured for the other engines, or nothing where it cannot run."""
    node = shutil.which("node")
    if node is None or not (PEERS / "node_modules").is_dir():
        print("the other engines: not measured; they need Node and npm install in bench/peers")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questionnaire.json"
        named = [(f"q{at}", value) for at, value in answers]
        path.write_text(json.dumps({"questions": plain, "answers": named, "rounds": ROUNDS}), "utf-8")
        run = subprocess.run([node, "measure.mjs", str(path)], cwd=PEERS, capture_output=True, text=True, check=False)
    if run.returncode:
        print(f"the other engines: could not be run: {run.stderr.strip().splitlines()[-1:]}")
        return {}
    found: dict[str, dict[str, float]] = json.loads(run.stdout.splitlines()[-1])
    return found


def import_time() -> float:
    """Gives the best of seven imports of everything the assessment needs, compiled once, in milliseconds."""
    program = (
        "from time import perf_counter as now; start = now();"
        "import victim_id.instrument.load, victim_id.assessment.facts, victim_id.assessment.gaps;"
        "print((now() - start) * 1000)"
    )
    with tempfile.TemporaryDirectory() as compiled:
        place = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
        command = [sys.executable, "-c", program]
        runs = [subprocess.run(command, cwd=ROOT, env=place, capture_output=True, check=True) for _ in range(7)]
    return min(float(run.stdout) for run in runs)


def ten_thousand(instrument: Instrument) -> float:
    """Gives the seconds for ten thousand objects in one array, both forms each."""
    chance = random.Random(10_000)
    states = ("yes", "no", "no", "no", "unknown", "declined", "not_applicable", "reported", "no_unsafe")
    cases = [
        {
            "profile": chance.choice([profile.id for profile in instrument.profiles]),
            "age": chance.choice(("adult", "child", "unsure")),
            "act": "yes",
            "indicators": {key: chance.choice(states) for key in instrument.indicator},
        }
        for _ in range(10_000)
    ]
    content = json.dumps(cases).encode()
    start = perf_counter()
    for _ in assessed(read_cases(content, instrument), instrument):
        pass
    return perf_counter() - start


def main() -> None:
    shipped = load(ROOT / "indicators")
    instrument, plain = questionnaire(shipped)
    answers = given_answers()
    gc.collect()
    times = ours(instrument, answers)
    per_answer = statistics.median(times["answer"])
    print(f"{QUESTIONS} questions, {len(answers)} asked, 67 indicators; medians of {ROUNDS} talks")
    print(f"  full assessment with explanation   {statistics.median(times['assessment']) / 1000:8.3f} ms   goal 1 ms")
    print(f"  decisive questions and ranking     {statistics.median(times['open']) / 1000:8.3f} ms   goal 5 ms")
    print(f"  from an answer to the assessment   {per_answer / 1000:8.3f} ms")
    print(f"  import of what it needs            {import_time():8.1f} ms   goal 60 ms")
    print(f"  ten thousand cases, all sets       {ten_thousand(shipped):8.1f} s    goal 30 s")
    print("from an answer to the result, beside it in the same run:")
    for name, one in beside(plain, answers).items():
        if "failed" in one:
            print(f"  {name:34} left out: {one['failed']}")
        else:
            ratio = one["median"] / per_answer
            print(f"  {name:34} {one['median'] / 1000:8.3f} ms   {ratio:6.1f} x ours   (score {one['score']:.0f})")
    expected = sum(int(str(plain[at]["weight"])) for at, value in answers if value == "yes")
    print(f"  the sum all of them should give: {expected}")


if __name__ == "__main__":
    main()
