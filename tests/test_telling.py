"""The history told: who did what, when, in plain words; nothing of a case limited to others; and a clock that is in doubt."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.scenario import PASSPHRASE, Clock, Desk
from victim_id.errors import DoubtfulClock
from victim_id.language import language
from victim_id.telling import deed_words, sentence
from victim_id.workspace import Workspace

EVA = "purple otters juggle seventeen lemons"


def told(space: Workspace, case: str = "") -> list[tuple[str, str, str]]:
    english = language("en")
    return [(one.who, one.code, sentence(english, space.instrument, one)) for one in space.telling.lines(case)]


def two_workers(folder: Path) -> tuple[Desk, str]:
    """Gives a desk whose vault a second worker opened, and a case that she limited to herself."""
    desk = Desk(folder / "vault")
    case = desk.begin(place="Street, Bonnevoie")
    desk.say(case, "control.papers", words="they keep the papers")
    eva = desk.space.ways_in.add("Eva", EVA)
    desk.space.close()
    hers = Workspace.unlock(desk.folder, EVA, now=desk.now)
    hers.keeping.limit(case.id, [eva.id])
    hers.keeping.hold(case.id, "a court asked for the papers of Maria")
    hers.close()
    desk.space = Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now)
    return desk, case.id


def test_the_newest_line_comes_first_with_who_and_what(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault")
    case = desk.begin()
    question = desk.space.instrument.question["control.papers"].worker
    desk.say(case, "control.papers")
    assert told(desk.space)[:2] == [
        ("A. Weber", case.code, f"Wrote down an answer: {question}"),
        ("A. Weber", case.code, "Began the case"),
    ]
    desk.space.caseload.set_state(case.id, "closed")
    desk.begin()
    assert next(words for _, _, words in told(desk.space, case.id)) == "Closed the case"
    desk.space.close()


def test_of_a_limited_case_nothing_more_is_told_once_it_is_erased(tmp_path: Path) -> None:
    desk, case = two_workers(tmp_path)
    before = told(desk.space, case)
    desk.space.close()
    hers = Workspace.unlock(desk.folder, EVA, now=desk.now)
    hers.keeping.release(case, "the court has them")
    hers.keeping.erase([case], "asked_for")
    hers.close()
    desk.space = Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now)
    after = told(desk.space, case)
    assert [line[2] for line in after[2:]] == [line[2] for line in before]
    assert after[0][2] == "Erased the case: the person asked for it"
    assert after[1][2] == "Something was done in a case that is limited to others"
    desk.space.close()


def test_windows_of_lines_join_without_a_gap(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault")
    case = desk.begin()
    for _ in range(4):
        desk.say(case, "control.papers")
    whole = desk.space.telling.lines(limit=100)
    assert desk.space.telling.lines(offset=0, limit=3) + desk.space.telling.lines(offset=3) == whole
    assert list(desk.space.telling.all()) == whole
    desk.space.close()


def test_a_case_limited_to_others_tells_that_something_was_done_and_no_more(tmp_path: Path) -> None:
    desk, case = two_workers(tmp_path)
    lines = told(desk.space, case)
    words = " ".join(" ".join(line) for line in lines)
    assert "Limited the case to named workers" in words
    assert words.count("Something was done in a case that is limited to others") == len(lines) - 1
    assert "Maria" not in words
    assert "answer" not in words
    assert all(not one.body for one in desk.space.telling.lines(case) if one.closed)
    desk.space.close()
    hers = Workspace.unlock(desk.folder, EVA, now=desk.now)
    theirs = [line[2] for line in told(hers, case)]
    assert "Put the case under legal hold: “a court asked for the papers of Maria”" in theirs
    assert "Limited the case to named workers: Eva" in theirs
    hers.close()


def test_an_erased_case_leaves_its_ground_and_no_code(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault")
    case = desk.begin()
    desk.space.keeping.erase([case.id], "asked_for")
    newest = told(desk.space)[0]
    assert newest == ("A. Weber", "", "Erased the case: the person asked for it")
    desk.space.close()


def test_a_deed_without_words_of_its_own_is_told_all_the_same() -> None:
    assert deed_words(language("en"), "made_up") == "Something else: made_up"


def test_a_clock_that_went_back_marks_its_lines_and_is_in_doubt(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(tmp_path / "vault", now=clock)
    assert desk.space.telling.clock() == ""
    clock.moment -= timedelta(days=3)
    desk.begin()
    assert desk.space.telling.lines()[0].doubt
    assert desk.space.telling.clock() == "behind"
    assert desk.space.reminders(clock()).clock == "behind"
    desk.space.telling.confirm_clock()
    assert desk.space.telling.clock() == ""
    desk.space.close()


def test_a_leap_of_more_than_a_year_is_in_doubt_until_somebody_looked(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(tmp_path / "vault", now=clock)
    case = desk.begin()
    clock.moment += timedelta(days=360)
    desk.lock()
    assert desk.space.telling.clock() == ""
    clock.moment += timedelta(days=3650)
    desk.lock()
    assert desk.space.telling.clock() == "ahead"
    desk.lock()
    assert desk.space.telling.clock() == "ahead"
    with pytest.raises(DoubtfulClock):
        desk.space.keeping.erase([case.id], "retention")
    with pytest.raises(DoubtfulClock):
        desk.space.keeping.forget_history(clock())
    assert [row.id for row in desk.space.caseload.cases()] == [case.id]
    desk.space.telling.confirm_clock()
    assert desk.space.telling.clock() == ""
    assert told(desk.space)[0][2] == "Looked at the clock: it is right"
    desk.space.keeping.erase([case.id], "retention")
    desk.space.close()


def test_a_leap_that_was_confirmed_and_was_wrong_is_noticed_when_the_clock_is_set_right(tmp_path: Path) -> None:
    clock = Clock()
    desk = Desk(tmp_path / "vault", now=clock)
    clock.moment += timedelta(days=3650)
    desk.lock()
    desk.space.telling.confirm_clock()
    clock.moment -= timedelta(days=3650)
    desk.lock()
    assert desk.space.telling.clock() == "behind"
    desk.space.telling.confirm_clock()
    desk.lock()
    assert desk.space.telling.clock() == ""
    desk.space.close()
