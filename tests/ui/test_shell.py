"""The window: it locks before anything else, remembers no names, and a bug shows a page instead of ending it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QWidget

from victim_id.errors import Damaged, DiskFull, NotForYou
from victim_id.language import LONG, language
from victim_id.troubles import trouble
from victim_id.ui.remembered import Remembered
from victim_id.ui.shell import KEYS, LEAST, Shell
from victim_id.ui.theme import Theme, wear


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def pressed(self, deed: str) -> bool:
        self.heard.append(deed)
        return deed == "side"


@pytest.fixture
def shell(qtbot) -> Shell:
    shell = Shell(language("en"), {"cases": Page, "interview": Page, "preferences": Page})
    qtbot.addWidget(shell)
    shell.show_page("cases")
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return shell


def test_pages_are_built_when_they_are_first_shown_and_kept(shell: Shell) -> None:
    assert shell.built("cases")
    assert not shell.built("interview")
    first = shell.show_page("interview")
    shell.show_page("cases")
    assert shell.show_page("interview") is first
    shell.forget("interview")
    assert not shell.built("interview")


def test_the_window_is_covered_before_anybody_hears_of_the_lock(qtbot, shell: Shell) -> None:
    seen: list[bool] = []
    shell.locked.connect(lambda: seen.append(shell._cover.isVisible() and shell._cover.geometry() == shell.rect()))
    qtbot.keyClick(shell, Qt.Key.Key_F12)
    assert seen == [True]
    picture = shell.grab().toImage()
    assert len({picture.pixelColor(x, y).name() for x in range(0, 1024, 64) for y in range(0, 200, 40)}) == 1


@pytest.mark.parametrize("page", ["cases", "interview", "preferences"])
def test_one_key_locks_on_every_page(qtbot, shell: Shell, page: str) -> None:
    shell.show_page(page)
    with qtbot.waitSignal(shell.locked):
        qtbot.keyClick(shell, Qt.Key.Key_F12)


def test_a_page_hears_a_key_first_and_what_it_leaves_comes_to_the_desk(qtbot, shell: Shell) -> None:
    left: list[str] = []
    shell.deed.connect(left.append)
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F5, Qt.Key.Key_Escape):
        qtbot.keyClick(shell, key)
    assert shell.page("cases").heard == ["side", "refer_now", "back"]
    assert left == ["refer_now", "back"]


def test_every_key_of_the_list_has_a_deed(shell: Shell) -> None:
    assert {"F5", "F6", "F7", "F8", "F9", "F10", "F12", "F1", "Ctrl+N", "Ctrl+K"} == set(KEYS)


def test_a_pause_blanks_the_screen_keeps_the_page_and_lets_no_key_through(qtbot, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F10)
    assert shell._cover.isVisible()
    qtbot.keyClick(shell, Qt.Key.Key_F5)
    assert shell.page("cases").heard == []
    qtbot.keyClick(shell._cover.go_on, Qt.Key.Key_Return)
    assert not shell._cover.isVisible()


def test_a_lock_goes_through_a_pause(qtbot, shell: Shell) -> None:
    shell.pause()
    with qtbot.waitSignal(shell.locked):
        qtbot.keyClick(shell, Qt.Key.Key_F12)


def test_nothing_done_for_long_locks_but_not_while_the_person_reads(qtbot, shell: Shell) -> None:
    locked: list[bool] = []
    shell.locked.connect(lambda: locked.append(True))

    class Late:
        def elapsed(self) -> int:
            return 86_400_000

    shell.lock_after(5)
    shell._look_at_the_clock()
    assert locked == []
    shell._still = Late()
    shell.reading = True
    shell._look_at_the_clock()
    assert locked == []
    shell.reading = False
    shell._look_at_the_clock()
    assert locked == [True]


def test_a_key_or_a_touch_begins_the_wait_anew(qtbot, shell: Shell) -> None:
    begun: list[bool] = []

    class Counted:
        def restart(self) -> int:
            begun.append(True)
            return 0

    shell._still = Counted()
    qtbot.keyClick(shell.windowHandle(), Qt.Key.Key_A)
    assert begun


def test_the_window_is_never_smaller_than_1024_by_600(shell: Shell) -> None:
    shell.resize(300, 200)
    assert (shell.minimumWidth(), shell.minimumHeight()) == LEAST
    assert shell.width() >= LEAST[0]


def test_a_crash_says_what_is_safe_and_names_a_place_not_a_case(qtbot, shell: Shell) -> None:
    shell.crash("KeyError · talks.py:12")
    texts = " ".join(label.text() for label in shell.findChildren(QLabel) if label.isVisible())
    assert "saved" in texts
    assert "talks.py:12" in texts
    with qtbot.waitSignal(shell.locked):
        qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Return)


def test_the_rail_marks_where_one_is_and_asks_before_going(qtbot, shell: Shell) -> None:
    asked: list[str] = []
    shell.chosen.connect(asked.append)
    button = shell._rail._buttons["preferences"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["preferences"]
    assert shell._rail._buttons["cases"].isChecked()
    assert not button.isChecked()
    shell.show_page("preferences")
    assert button.isChecked()


def test_a_word_passes_by_and_can_be_taken_back(qtbot, shell: Shell) -> None:
    undone: list[bool] = []
    shell.say("Taken back.", "Undo", lambda: undone.append(True))
    link = next(b for b in shell._toast.findChildren(QPushButton) if b.accessibleName() == "Undo")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not shell._toast.isVisible()


def test_size_and_place_are_remembered_without_any_name(qtbot, shell: Shell, tmp_path: Path) -> None:
    shell.resize(1024, 640)
    remembered = Remembered(tmp_path / "deep" / "preferences.toml")
    remembered.keep(window=shell.whereabouts(), language="fr", theme="dark", text_scale=150)
    again = Remembered(tmp_path / "deep" / "preferences.toml")
    assert (again.language, again.theme, again.text_scale) == ("fr", "dark", 150)
    other = Shell(language("en"), {})
    qtbot.addWidget(other)
    assert other.restore(again.window)
    assert other.size() == shell.size()
    assert not other.restore("nonsense")


@pytest.mark.parametrize(
    "text", ["", "theme = 5\ntext_scale = true", "not toml [", "\x00", 'theme = "pink"\ntext_scale = 4000']
)
def test_a_preferences_file_that_means_nothing_is_as_if_it_were_not_there(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.toml").write_text(text, "utf-8")
    found = Remembered(tmp_path / "p.toml")
    assert found.theme == "system"
    assert 100 <= found.text_scale <= 200
    assert found.language == "en"


def test_what_is_written_is_read_again_whatever_stands_in_it(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    Remembered(file).keep(country='L"U\\\n\x01', window="é")
    assert Remembered(file).country == 'L"U\\\n\x01'
    assert Remembered(file).window == "é"


def test_the_unlock_page_is_there_before_vault_keys_paper_and_dates_are_loaded() -> None:
    code = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from victim_id.ui.app import application
from victim_id.ui.desk import Desk
from victim_id.ui.door import Door
from victim_id.ui.remembered import Remembered
from datetime import datetime, UTC
from pathlib import Path
app = application(["notes"])
folder = Path(sys.argv[1])
(folder / "vault").mkdir()
(folder / "vault" / "vault.key").write_bytes(b"{}")
door = Door(folder / "vault", lambda: datetime.now(UTC), Remembered(folder / "p.toml"), lambda: None, lambda over: None)
desk = Desk(app, door)
desk.open()
heavy = {"sqlcipher3", "cryptography", "reportlab", "babel", "msgspec", "pyrage", "uharfbuzz", "zxcvbn", "PIL"}
early = sorted(heavy & {name.partition(".")[0] for name in sys.modules})
assert desk.shell.focusWidget().accessibleName() == "Passphrase", desk.shell.focusWidget()
print(early)
desk.ask.close(20000)
os._exit(0)
"""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code, folder], capture_output=True, text=True, timeout=60, check=False
        )
    assert done.stdout.strip().splitlines()[-1] == "[]", done.stdout + done.stderr


@pytest.mark.parametrize("tag", ["en", "fr", LONG])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_word_that_passes_by_is_whole_in_the_smallest_window_and_leaves_the_lock_free(
    qapp, qtbot, tag: str, scale: float
) -> None:
    wear(qapp, Theme("light", scale))
    spoken = language(tag)
    shell = Shell(spoken, {"cases": Page})
    qtbot.addWidget(shell)
    shell.show_page("cases")
    shell.resize(*LEAST)
    shell.show()
    for failure in (NotForYou(), Damaged(), DiskFull()):
        shell.say(" ".join(trouble(spoken, failure)), spoken.say("Undo"), lambda: None)
        qapp.processEvents()
        toast = shell._toast
        assert toast is not None
        assert shell.rect().contains(toast.geometry())
        assert not toast.geometry().intersects(shell._rail.geometry())
        words, undo = toast._words, toast._undo
        assert words.height() >= words.heightForWidth(words.width())
        assert undo.width() >= undo.sizeHint().width()
        assert toast.rect().contains(words.geometry().united(undo.geometry()))


def the_file_dialog(over: QWidget) -> QDialog:
    dialog = QFileDialog(over)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    return dialog


PRINTERS: list[QPrinter] = []


def the_print_dialog(over: QWidget) -> QDialog:
    PRINTERS.append(QPrinter())  # the dialog does not keep it alive
    dialog = QPrintDialog(PRINTERS[-1], over)
    dialog.destroyed.connect(PRINTERS.clear)
    return dialog


@pytest.mark.parametrize("dialog", [the_file_dialog, the_print_dialog])
def test_f12_locks_while_a_dialog_is_open_and_nothing_of_it_stays_on_the_screen(
    qapp, qtbot, shell: Shell, dialog: Callable[[QWidget], QDialog]
) -> None:
    seen: list[bool] = []
    shell.locked.connect(lambda: seen.append(shell._cover.isVisible() and not opened.isVisible()))
    opened = dialog(shell)
    opened.setModal(True)
    opened.show()
    qtbot.waitUntil(opened.isActiveWindow)
    field = opened.focusWidget() or opened
    qtbot.keyClick(field, Qt.Key.Key_A)
    assert seen == []
    qtbot.keyClick(field, Qt.Key.Key_F12)
    assert seen == [True]
    assert not opened.isVisible()


def test_a_dialog_that_is_closed_leaves_the_keys_to_the_window(qapp, qtbot, shell: Shell) -> None:
    opened = the_file_dialog(shell)
    opened.open()
    qtbot.waitUntil(opened.isActiveWindow)
    opened.reject()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    locked: list[bool] = []
    shell.locked.connect(lambda: locked.append(True))
    qtbot.keyClick(shell, Qt.Key.Key_F12)
    assert locked == [True]


def test_typing_in_a_dialog_is_no_rest(qapp, qtbot, shell: Shell) -> None:
    opened = the_file_dialog(shell)
    opened.open()
    qtbot.waitUntil(opened.isActiveWindow)
    shell._still.invalidate()
    qtbot.keyClick(opened.focusWidget() or opened, Qt.Key.Key_A)
    assert shell._still.isValid()
