"""What is copied out of the window leaves the clipboard again; what others put there stays. No dialog remembers files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office
from victim_id.ui.copied import Copied
from victim_id.ui.dialogs import Dialogs
from victim_id.ui.widgets.fields import LineField, TextField


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    clipboard = qapp.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def field(qtbot: QtBot) -> LineField:
    field = LineField("Name", "Ana Petrova")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    return field


def test_what_was_copied_goes_after_the_countdown(clipboard: QClipboard, field: LineField, qtbot: QtBot) -> None:
    watched = Copied(clipboard, field, wait=20)
    field.selectAll()
    field.copy()
    assert clipboard.text() == "Ana Petrova"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert watched._text == ""


def test_what_another_program_put_there_since_stays(clipboard: QClipboard, qapp: QApplication, qtbot: QtBot) -> None:
    field = LineField("Name", "Ana Petrova")
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    watched = Copied(clipboard, qapp)
    field.selectAll()
    field.copy()
    shiboken6.delete(field)
    assert QApplication.focusWindow() is None
    clipboard.setText("a recipe")
    watched.clear()
    assert clipboard.text() == "a recipe"
    shiboken6.delete(watched)


def test_what_was_copied_goes_at_the_lock(clipboard: QClipboard, office: Office) -> None:
    office.create()
    office.desk.shell.activateWindow()
    office.qtbot.waitUntil(office.desk.shell.isActiveWindow)
    notes = TextField("Notes", "the foreman has the passports")
    notes.setParent(office.desk.shell)
    notes.selectAll()
    notes.copy()
    assert clipboard.text() == "the foreman has the passports"
    office.desk.shell.lock()
    assert clipboard.text() == ""


def test_no_dialog_for_files_is_one_that_the_system_remembers(qtbot: QtBot, tmp_path: Path) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    dialogs = Dialogs(over)
    dialogs.folder("Where", lambda _: None)
    dialogs.files("Which", "Cards (*.card)", lambda _: None)
    dialogs.save("As", "a.card", lambda _: None)
    found = over.findChildren(QFileDialog)
    assert len(found) == 3
    for dialog in found:
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.reject()
