"""A backup is written beside the work: nothing that is typed waits for it, and nothing it copies is changed under it."""

import json
import shutil
import threading

import pytest

from tests.scenario import PASSPHRASE
from tests.ui.conftest import Office
from tests.ui.test_keeping import begin, lock_and_start_again, make_sheets, press, start, texts, to, unlock
from victim_id.ui.pages.asked import Given
from victim_id.ui.pages.backup import BackupPage
from victim_id.ui.pages.cases import CasesPage
from victim_id.vault import backup
from victim_id.workspace import Workspace


@pytest.mark.parametrize("step", ["copy", "_looked_through", "_sha256"])
def test_what_is_typed_and_answered_while_a_backup_is_under_way_is_saved_before_it_is_ready(
    office: Office, qtbot, step: str
) -> None:
    start(office)
    begin(office)
    interview = office.page()
    case = office.desk.signed_in.talks.case.id
    reached, go_on = threading.Event(), threading.Event()

    def hold(frame, event, _arg) -> None:
        if event == "call" and frame.f_code.co_name == step and not reached.is_set():
            reached.set()
            go_on.wait(30)

    threading.setprofile(hold)  # of threads that begin from now on: the backup's
    try:
        office.desk.signed_in.backups.back_up(office.folder)
        qtbot.waitUntil(reached.is_set)
        question = interview._talking.question.id
        interview.given.emit(Given(question, "yes", "said", words="sleeps there"))
        qtbot.waitUntil(lambda: interview._saved.text().startswith("saved "))
        interview.draft.emit(question, "they keep 40")
        seen: list[tuple[str, str]] = []

        def look(space: Workspace) -> tuple[str, str]:
            held = json.loads(space._vault.cases.read(case))["case"]["answers"][question][0]["words"]
            return held, space.caseload.drafts(case)[question]

        office.desk.ask.read(look, seen.append, pytest.fail, office.desk)
        qtbot.waitUntil(lambda: bool(seen))
        assert not go_on.is_set()
        assert [path.suffix for path in office.folder.glob("vault-*")] == [".unfinished"]
    finally:
        threading.setprofile(None)
        go_on.set()
    office.settle()

    assert seen == [("sleeps there", "they keep 40")]
    [made] = office.folder.glob("vault-*")
    assert backup.check(made)


def test_keys_are_not_changed_under_a_backup_that_is_being_copied(office: Office, qtbot) -> None:
    start(office)
    reached, go_on = threading.Event(), threading.Event()

    def hold(frame, event, _arg) -> None:
        if event == "call" and frame.f_code.co_name == "still" and not reached.is_set():
            reached.set()
            go_on.wait(30)

    threading.setprofile(hold)
    try:
        office.desk.signed_in.backups.back_up(office.folder)
        qtbot.waitUntil(reached.is_set)
        changed: list[object] = []
        office.desk.ask.change(
            lambda space: space.ways_in.renew_key(), lambda _: changed.append(1), pytest.fail, office.desk
        )
        go_on.set()
        qtbot.waitUntil(lambda: bool(changed))
    finally:
        threading.setprofile(None)
        go_on.set()
    office.settle()

    assert list(office.folder.glob("vault-*")) == []
    office.desk.signed_in.backups.back_up(office.folder)
    office.settle()
    assert len(list(office.folder.glob("vault-*"))) == 1


def test_the_vaults_own_folder_is_refused_as_a_place_in_its_own_words(office: Office) -> None:
    start(office)
    page = to(office, "Backup", BackupPage)
    office.places.place = office.folder / "vault"
    press(office, "Choose a place and back up…")
    assert page.wrong.isVisible()
    assert "This is the folder of the vault itself." in texts(office)
    assert backup.find(office.folder / "vault", "") == []


def test_new_sheets_make_a_backup_due_and_the_page_says_why(office: Office) -> None:
    start(office)
    place = office.folder / "stick"
    place.mkdir()
    office.desk.signed_in.backups.back_up(place)
    office.settle()
    make_sheets(office)
    to(office, "Backup", BackupPage)
    assert "A new one is due." in texts(office)
    assert "earlier backups still open with the old ones" in texts(office)
    press(office, "Back up now")
    assert "A new one is due." not in texts(office)
    assert "earlier backups still open" not in texts(office)


def test_whoever_opens_a_vault_that_was_rolled_back_is_told(office: Office) -> None:
    start(office)
    place = office.folder / "stick"
    place.mkdir()
    office.desk.signed_in.backups.back_up(place)
    office.settle()
    lock_and_start_again(office)
    shutil.copytree(office.folder / "vault", office.folder / "yesterday")
    unlock(office, PASSPHRASE)
    assert "newer than this vault" not in texts(office)
    office.desk.signed_in.backups.back_up(place)
    office.settle()
    lock_and_start_again(office)
    shutil.rmtree(office.folder / "vault")
    (office.folder / "yesterday").rename(office.folder / "vault")

    unlock(office, PASSPHRASE)
    assert isinstance(office.page(), CasesPage)
    press(office, "A backup is newer than this vault")
    assert "A backup holds lines of the history that this vault does not have" in texts(office)
    assert str(place) in texts(office)
