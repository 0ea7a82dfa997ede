"""What was told is never lost and never called saved when it is not: a full disk, a lock, another page, another case."""

import contextlib
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.scenario import PASSPHRASE, Clock
from tests.ui.conftest import Office
from tests.ui.test_desk import begin
from victim_id.ui.pages.asked import Given
from victim_id.ui.pages.assessment import AssessmentPage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.talks import Talks
from victim_id.workspace import Workspace

WORDS = "he keeps my passport in his desk"


class Disk:
    """A disk that can be full: a small file system of its own, or a bound on how long files may grow."""

    def __init__(self, where: Path, *, own: bool) -> None:
        self.where, self._own = where, own

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        filler = self.where / "filler"
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        if self._own:
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while file.write(bytes(1000)):
                    pass
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
        try:
            yield
        finally:
            filler.unlink(missing_ok=True)
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(params=["own", "bound"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    if request.param == "bound":
        yield Disk(tmp_path, own=False)
        return
    where = Path(tempfile.mkdtemp(prefix="small-"))
    asked = ["mount", "-t", "tmpfs", "-o", "size=40m,mode=0700", "tmpfs", where]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        where.rmdir()
        pytest.skip("mounting is not allowed here")
    try:
        yield Disk(where, own=True)
    finally:
        subprocess.run(["umount", "-l", where], check=True)
        where.rmdir()


@pytest.fixture
def office(qapp: QApplication, qtbot: QtBot, disk: Disk) -> Iterator[Office]:
    office = Office(qapp, qtbot, disk.where, Clock())
    office.create()
    begin(office)
    yield office
    office.settle()
    office.desk.close()


def talks(office: Office) -> Talks:
    assert office.desk.signed_in is not None
    return office.desk.signed_in.talks


def interview(office: Office) -> InterviewPage:
    page = office.desk.shell.page("interview")
    assert isinstance(page, InterviewPage)
    return page


def yes_no(office: Office, number: int) -> str:
    """Shows one of the questions with yes and no, and gives its id."""
    walk = talks(office).walk
    assert walk is not None
    question = [one.id for one in walk.askable() if one.kind == "yes_no"][number]
    talks(office).go_to(question)
    office.settle()
    return question


def mark(office: Office) -> str:
    page = interview(office)
    assert page._not_saved.isHidden() or page._saved.text().count("saved") == 0
    first = page._saved.text().split(" · ")[0]
    return "NOT SAVED" if not page._not_saved.isHidden() else "" if "asked" in first else first


def warning(office: Office) -> str:
    found = office.desk.shell._warning
    return found.accessibleName() if found is not None and found.isVisible() else ""


def case_of(office: Office) -> str:
    case = talks(office).case
    assert case is not None
    return case.id


def in_vault(office: Office, case: str) -> tuple[dict[str, object], dict[str, str]]:
    """Gives answers and drafts as the next program finds them."""
    office.desk.close()
    space = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    try:
        return dict(space.caseload.case(case).answers), space.caseload.drafts(case)
    finally:
        space.close()


def test_an_answer_given_on_a_full_disk_waits_in_the_window_and_is_saved_when_there_is_room(
    office: Office, disk: Disk
) -> None:
    first = yes_no(office, 0)
    assert mark(office).startswith("saved")
    with disk.full():
        talks(office).give(Given(first, "yes", "said", words=WORDS))
        assert mark(office) == ""
        office.settle()
        assert mark(office) == "NOT SAVED"
        assert "full" in warning(office)
        assert "Make room" in warning(office)
        second = yes_no(office, 1)
        talks(office).give(Given(second, "no", "said"))
        office.settle()
        assert mark(office) == "NOT SAVED"
        office.desk.shell._warning.way.click()
        office.settle()
        assert mark(office) == "NOT SAVED"
    office.desk.shell._warning.way.click()
    office.settle()
    assert mark(office).startswith("saved")
    assert warning(office) == ""
    talks(office).go_to(first)
    assert interview(office).pad.words.toPlainText() == WORDS
    answers, drafts = in_vault(office, case_of(office))
    assert answers[first][0].words == WORDS  # type: ignore[index]
    assert second in answers
    assert drafts == {}


def test_what_could_not_be_saved_is_saved_before_the_next_change(office: Office, disk: Disk) -> None:
    first, second = yes_no(office, 0), yes_no(office, 1)
    with disk.full():
        talks(office).give(Given(first, "yes", "said", words=WORDS))
        office.settle()
    talks(office).give(Given(second, "no", "said"))
    office.settle()
    assert mark(office).startswith("saved")
    answers, _ = in_vault(office, case_of(office))
    assert {first, second} <= set(answers)


def test_the_machine_is_asked_again_by_itself(office: Office, disk: Disk, qtbot: QtBot) -> None:
    office.desk.ask.unwritten._again.setInterval(20)
    first = yes_no(office, 0)
    with disk.full():
        talks(office).give(Given(first, "yes", "said"))
        office.settle()
        assert mark(office) == "NOT SAVED"
    qtbot.waitUntil(lambda: mark(office).startswith("saved"))


def test_a_draft_that_could_not_be_kept_is_not_called_saved(office: Office, disk: Disk, qtbot: QtBot) -> None:
    first, page = yes_no(office, 0), interview(office)
    with disk.full():
        qtbot.keyClicks(page.pad.words, WORDS)
        page.pad.words.tell()
        assert mark(office) == ""
        office.settle()
        assert mark(office) == "NOT SAVED"
        qtbot.keyClicks(page.pad.words, "!")
        page.pad.words.tell()
        office.settle()
        assert len(office.desk.ask.unwritten) == 1
    office.desk.ask.unwritten.try_again()
    office.settle()
    assert mark(office).startswith("saved")
    _, drafts = in_vault(office, case_of(office))
    assert drafts == {first: f"{WORDS}!"}


def test_another_page_and_another_case_drop_nothing_that_waits(office: Office, disk: Disk) -> None:
    signed, case, first = office.desk.signed_in, case_of(office), yes_no(office, 0)
    assert signed is not None
    signed.cases()
    office.settle()
    begin(office)
    other = case_of(office)
    signed.open(case)
    office.settle()
    with disk.full():
        talks(office).go_to(first)
        talks(office).give(Given(first, "yes", "said", words=WORDS))
        office.settle()
        for page in ("cases", "preferences"):
            signed.go(page)
            office.settle()
            assert "NOT SAVED" in warning(office)
    assert warning(office)
    talks(office).take(talks(office)._saving._held[case])
    assert talks(office).case is not None
    assert first in talks(office).case.answers
    signed.open(other)
    office.settle()
    office.desk.ask.unwritten.try_again()
    office.settle()
    assert warning(office) == ""
    signed.open(case)
    office.settle()
    assert talks(office).case.answers[first][0].words == WORDS
    assert first in in_vault(office, case)[0]


def test_locking_tries_once_more(office: Office, disk: Disk, qtbot: QtBot) -> None:
    first, second = yes_no(office, 0), yes_no(office, 1)
    with disk.full():
        talks(office).give(Given(first, "yes", "said"))
        office.settle()
        qtbot.keyClicks(interview(office).pad.words, WORDS)
    qtbot.keyClick(office.desk.shell, Qt.Key.Key_F12)
    assert office.restarts == 1
    answers, drafts = in_vault(office, case_of_lock(office))
    assert first in answers
    assert drafts == {second: WORDS}


ENDLESS = "WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one) SELECT count(*) FROM one"


@pytest.mark.parametrize("disk", ["bound"], indirect=True)
def test_f12_while_the_vault_is_busy_for_long_saves_answers_and_what_is_half_typed(
    office: Office, qtbot: QtBot
) -> None:
    first, second = yes_no(office, 0), yes_no(office, 1)
    for _ in range(2):
        office.desk.ask.change(
            lambda space: space._vault._store.rows(ENDLESS), lambda _: None, lambda _: None, office.desk
        )
    talks(office).give(Given(first, "yes", "said"))
    page = interview(office)
    qtbot.keyClicks(page.pad.words, WORDS)
    page.pad.words.tell()
    qtbot.wait(50)
    assert mark(office) == ""
    qtbot.keyClick(page.pad.words, Qt.Key.Key_F12)
    assert office.restarts == 1
    assert not office.desk.ask._thread.isRunning()
    answers, drafts = in_vault(office, case_of_lock(office))
    assert first in answers
    assert drafts == {second: WORDS}


def case_of_lock(office: Office) -> str:
    space = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    [row] = space.caseload.cases("open")
    space.close()
    return row.id


REASONS = "she looks at the foreman before each word"


def own_view(office: Office) -> OwnViewPage:
    assert office.desk.signed_in is not None
    office.desk.signed_in.view()
    office.settle()
    page = office.page()
    assert isinstance(page, OwnViewPage)
    return page


def assessment(office: Office) -> AssessmentPage:
    assert office.desk.signed_in is not None
    office.desk.signed_in.assess()
    office.settle()
    page = office.page()
    assert isinstance(page, AssessmentPage)
    return page


def unlock_again(office: Office, case: str) -> None:
    office.start_again()
    office.desk.unlock(PASSPHRASE)
    office.settle()
    office.desk.signed_in.open(case)
    office.settle()


@pytest.mark.parametrize("disk", ["bound"], indirect=True)
def test_half_typed_reasons_of_the_own_view_are_there_again_and_gone_once_written_down(
    office: Office, qtbot: QtBot
) -> None:
    case = case_of(office)
    page = own_view(office)
    qtbot.keyClicks(page.reasons, REASONS)
    page.back.emit()
    assert own_view(office).reasons.toPlainText() == REASONS
    qtbot.keyClicks(page.reasons, "!")
    qtbot.keyClick(page.reasons, Qt.Key.Key_F12)
    unlock_again(office, case)
    page = own_view(office)
    assert page.reasons.toPlainText() == f"{REASONS}!"
    page.options[1].click()
    page.done.click()
    office.settle()
    assert isinstance(office.page(), AssessmentPage)
    assert own_view(office).reasons.toPlainText() == ""
    assert in_vault(office, case)[1] == {}


@pytest.mark.parametrize("disk", ["bound"], indirect=True)
def test_a_half_typed_judgement_is_there_again_and_gone_once_written_down(office: Office, qtbot: QtBot) -> None:
    case = case_of(office)
    page = own_view(office)
    page.options[1].click()
    page.viewed.emit("unsure", REASONS)
    office.settle()
    result = assessment(office)
    qtbot.keyClicks(result.judgement.reasons, WORDS)
    office.desk.signed_in.go("cases")
    office.settle()
    assert assessment(office).judgement.reasons.toPlainText() == WORDS
    qtbot.keyClicks(result.judgement.reasons, "!")
    qtbot.keyClick(result.judgement.reasons, Qt.Key.Key_F12)
    unlock_again(office, case)
    result = assessment(office)
    assert result.judgement.reasons.toPlainText() == f"{WORDS}!"
    result.judgement.keep.click()
    office.settle()
    assert assessment(office).judgement.reasons.toPlainText() == ""
    assert in_vault(office, case)[1] == {}


def test_an_own_view_that_could_not_be_saved_waits_behind_the_answers(office: Office, disk: Disk) -> None:
    case, first = case_of(office), yes_no(office, 0)
    with disk.full():
        talks(office).give(Given(first, "yes", "said", words=WORDS))
        page = own_view(office)
        page.options[2].click()
        page.reasons.setPlainText(REASONS)
        page.done.click()
        office.settle()
        assert office.page() is page
        assert "NOT SAVED" in warning(office)
    office.desk.ask.unwritten.try_again()
    office.settle()
    assert isinstance(office.page(), AssessmentPage)
    assert warning(office) == ""
    seen = talks(office).case
    assert seen is not None
    assert [one.reasons for one in seen.views] == [REASONS]
    assert in_vault(office, case)[1] == {}


def test_the_window_does_not_close_over_what_is_not_saved_before_it_was_said_once(office: Office, disk: Disk) -> None:
    shell = office.desk.shell
    with disk.full():
        for number in (0, 1):
            talks(office).give(Given(yes_no(office, number), "yes", "said", words=WORDS))
            office.settle()
            waiting = len(office.desk.ask.unwritten)
            assert waiting > number
            assert not shell.close()
            assert f"{waiting} changes would be lost by closing now." in warning(office)
            assert shell.isVisible()
    office.desk.shell._warning.way.click()
    office.settle()
    assert warning(office) == ""
    assert shell.close()
