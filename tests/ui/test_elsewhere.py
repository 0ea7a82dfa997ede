"""A vault or a backup in a synced folder is told where it is seen, and works all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.scenario import Clock
from tests.ui.conftest import Office
from victim_id.ui.pages.backup import BackupPage
from victim_id.ui.pages.first_start import FirstStartPage
from victim_id.ui.pages.unlock import UnlockPage


@pytest.fixture
def synced(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    (tmp_path / "Nextcloud").mkdir()
    office = Office(qapp, qtbot, tmp_path / "Nextcloud", Clock())
    yield office
    office.settle()
    office.desk.close()


def test_the_first_start_and_the_unlock_page_warn_of_a_synced_vault(synced: Office) -> None:
    first = synced.page()
    assert isinstance(first, FirstStartPage)
    assert "copies to other machines" in first.warning.accessibleName()
    synced.create()
    synced.desk.lock()
    synced.start_again()
    unlock = synced.page()
    assert isinstance(unlock, UnlockPage)
    assert "copies to other machines" in unlock.warning.accessibleName()
    assert unlock.button.isEnabled()


def test_the_backup_page_warns_of_a_synced_place_and_the_backup_counts(office: Office, tmp_path: Path) -> None:
    office.create()
    assert office.desk.signed_in is not None
    office.desk.signed_in.go("backup")
    office.settle()
    page = office.page()
    assert isinstance(page, BackupPage)
    assert page.risk.isHidden()
    place = tmp_path / "OneDrive - Office"
    place.mkdir()
    office.desk.signed_in.backups.back_up(place)
    office.settle()
    office.qtbot.waitUntil(lambda: not page.risk.isHidden(), timeout=20_000)
    assert str(place) in page.risk.accessibleName()
    assert "looked through" in page.note.accessibleName()


def test_a_disk_of_the_laptop_is_no_reason_for_a_word(office: Office) -> None:
    page = office.page()
    assert isinstance(page, FirstStartPage)
    assert page.warning.isHidden()
