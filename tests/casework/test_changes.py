"""An answer that is changed later stays beside the new one, with its reason; a slip of the same minute is none."""

import sys
from types import FrameType

from victim_id.casework.case import Case, answered, unanswered
from victim_id.casework.changes import changes, changes_of, explained
from victim_id.instrument.answers import Answer

EMPTY = Case(
    id="1", code="AAA-AAA", made="", changed="", by="w", edition="1", fingerprint="", profile="LU", setting="workplace"
)  # fmt: skip


def at(minute: int, second: int = 0) -> str:
    return f"2026-11-21T10:{minute:02}:{second:02}Z"


def give(case: Case, value: str, when: str, question: str = "control.class", source: str = "said") -> Case:
    return answered(case, Answer(question=question, value=value, source=source, at=when, by="w"), at=when)  # type: ignore[arg-type]


def test_both_answers_are_kept_with_the_reason() -> None:
    case = give(give(EMPTY, "no", at(0)), "yes", at(5))
    case = explained(case, "control.class", "He said no while the foreman stood there.", at=at(6))
    (change,) = changes(case)
    assert (change.before.value, change.after.value) == ("no", "yes")
    assert change.reason == "He said no while the foreman stood there."
    assert change.at == at(5)
    assert case.changed == at(6)


def test_a_slip_of_the_same_minute_is_kept_but_not_called_a_change() -> None:
    case = give(give(EMPTY, "no", at(0)), "yes", at(0, 40))
    assert changes(case) == ()
    assert len(case.corrections) == 1
    assert explained(case, "control.class", "x", at=at(2)) is case


def test_a_chain_of_changes_says_what_came_after_each() -> None:
    case = give(give(give(EMPTY, "no", at(0)), "unknown", at(5)), "yes", at(10))
    assert [(c.before.value, c.after.value) for c in changes(case)] == [("no", "unknown"), ("unknown", "yes")]


def test_an_answer_from_another_source_is_no_change() -> None:
    case = give(give(EMPTY, "no", at(0)), "yes", at(5), source="observed")
    assert changes(case) == ()


def test_an_answer_that_is_taken_back_later_has_nothing_after_it() -> None:
    case = unanswered(give(EMPTY, "yes", at(0)), "control.class", at=at(9), by="w")
    (change,) = changes_of(case, "control.class")
    assert change.after is None
    assert change.reason == ""
    assert changes_of(case, "control.law") == ()


def test_a_reason_goes_to_the_latest_change_only() -> None:
    case = give(give(give(EMPTY, "no", at(0)), "unknown", at(5)), "yes", at(10))
    case = explained(case, "control.class", "first he was afraid", at=at(11))
    assert [c.reason for c in changes(case)] == ["", "first he was afraid"]


def test_own_words_that_grow_are_no_change_but_words_that_are_replaced_are() -> None:
    def write(case: Case, words: str, minute: int) -> Case:
        answer = Answer(question="account.tell", value="given", words=words, at=at(minute), by="w")
        return answered(case, answer, at=at(minute))

    grown = write(write(EMPTY, "They keep 400.", 0), "They keep 400. For the journey, he says.", 5)
    assert changes(grown) == ()
    (change,) = changes(write(grown, "Nothing is kept.", 9))
    assert change.before.words == "They keep 400. For the journey, he says."


def steps(case: Case) -> int:
    """Counts the steps of the interpreter while the changes of a case are found."""
    done = 0

    def step(frame: FrameType, event: str, _: object) -> object:
        nonlocal done
        frame.f_trace_opcodes = True
        done += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        changes(case)
    finally:
        sys.settrace(before)
    return done


def test_the_work_of_finding_changes_grows_with_their_number_and_no_faster() -> None:
    """A talk shows how many there are after every press."""
    case, sizes = EMPTY, {}
    for number in range(161):
        case = give(case, "yes" if number % 2 else "no", f"2026-11-{1 + number // 24:02}T{number % 24:02}:00:00Z")
        sizes[number] = case
    few, many = steps(sizes[40]), steps(sizes[160])
    assert len(changes(sizes[160])) == 160
    assert many < 5 * few
