"""Pages offscreen: a real application, our own fonts where they are made, real vaults with weak stretching."""

import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.scenario import PASSPHRASE, WEAK, Clock
from victim_id.ui.desk import Desk
from victim_id.ui.door import Door
from victim_id.ui.remembered import Remembered
from victim_id.ui.theme import Theme, load_fonts, wear


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], pytestconfig: pytest.Config) -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(qapp_args)
    load_fonts()
    return app


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    """Every test begins with the light look at 100 % and leaves no window behind."""
    wear(qapp, Theme())
    yield
    for widget in qapp.topLevelWidgets():
        widget.hide()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


class Places:
    """Chooses places at once, as a worker would in the dialogs of the system."""

    def __init__(self, folder: Path) -> None:
        self.place, self.chosen = folder, list[Path]()

    def __call__(self, _over: QWidget) -> "Places":
        return self

    def folder(self, _title: str, then: Callable[[Path], None]) -> None:
        then(self.place)

    def files(self, _title: str, _kinds: str, then: Callable[[list[Path]], None]) -> None:
        then(self.chosen)

    def save(self, _title: str, name: str, then: Callable[[Path], None]) -> None:
        then(self.place / name)

    def printer(self, _title: str, then: Callable[[QPrinter], None]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFileName(str(self.place / "printed.pdf"))
        then(printer)


class Office:
    """A laptop: the desk with its vault, and what the door saw of it."""

    def __init__(self, app: QApplication, qtbot: QtBot, folder: Path, now: Clock) -> None:
        self.app, self.qtbot, self.folder, self.now = app, qtbot, folder, now
        self.places, self.restarts = Places(folder), 0
        self.desk = self._desk()

    def _desk(self) -> Desk:
        door = Door(
            vault=self.folder / "vault",
            now=self.now,
            remembered=Remembered(self.folder / "preferences.toml"),
            restart=self._restarted,
            chooser=self.places,
            effort=WEAK,
        )
        desk = Desk(self.app, door)
        desk.open()
        return desk

    def _restarted(self) -> None:
        self.restarts += 1

    def start_again(self) -> None:
        """What the door does after a lock: a fresh program over the same folder."""
        self.desk.shell.hide()
        self.desk = self._desk()

    def settle(self) -> None:
        """Waits until everything that was asked has been answered and shown."""
        self.qtbot.waitUntil(lambda: self.desk.ask.waiting == 0, timeout=20_000)
        self.app.processEvents()
        self.qtbot.waitUntil(lambda: self.desk.ask.waiting == 0, timeout=20_000)

    def page(self) -> QWidget:
        return self.desk.shell.page(self.desk.shell.here)

    def create(self) -> None:
        """Goes through the first start."""
        from victim_id.ui.pages.first_start import NewVault

        self.desk.create(NewVault(PASSPHRASE, "A. Weber", "labour inspector", "ITM", "LU", "en"))
        self.settle()


@pytest.fixture
def office(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    office = Office(qapp, qtbot, tmp_path, Clock())
    yield office
    office.settle()
    office.desk.close()
