"""The window's own door: folders, clock, fonts, the first page."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QStorageInfo, Qt, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from victim_id.places import Places
from victim_id.ui.afresh import PRACTICE, Afresh, told
from victim_id.ui.away import listen
from victim_id.ui.desk import Desk
from victim_id.ui.door import Door
from victim_id.ui.remembered import Remembered

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PLUGGED_IN = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
"""Where sticks and disks are found on Linux and macOS."""


def open_window(vault: Path | None = None, *, practice: bool = False, wait: bool = False) -> int:
    """Opens the window over the usual vault or another one, or for practice over none; gives the exit status.

    One that is to `wait` loads what it needs and opens nothing before it is told to.
    """
    practice = told() if wait else practice
    after = Afresh(sys.argv[1:])
    app = application(sys.argv[:1])
    places = Places.usual()
    door = Door(
        vault=vault or places.vault,
        now=lambda: datetime.now(UTC),
        remembered=Remembered(places.preferences),
        restart=after.begin,
        prepare=after.prepare,
        chooser=Dialogs,
        practise=lambda: after.begin(PRACTICE),
        editions=places.editions,
        organisation=places.organisation,
        listen=listen,
    )
    desk = Desk(app, door)
    sys.excepthook = _hook(desk)
    desk.open(practice=practice)
    return app.exec()


def application(arguments: list[str]) -> QApplication:
    """Gives the application: nothing of it names what it is for, and Qt writes no settings of its own."""
    sys.setswitchinterval(0.001)  # the window gets its turn back sooner while the other thread saves
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(form, scope, os.devnull)
    app = QApplication(arguments)
    app.setApplicationName("notes")
    app.setQuitOnLastWindowClosed(True)
    return app


class Dialogs:
    """Dialogs for files and printers, opened without stopping the window; none keeps a list of recent files."""

    def __init__(self, over: QWidget) -> None:
        self._over = over

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Asks for a folder."""
        dialog = self._dialog(title, QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def files(self, title: str, kinds: str, then: Callable[[list[Path]], None]) -> None:
        """Asks for files that are there."""
        dialog = self._dialog(title, QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(kinds)
        dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
        dialog.open()

    def save(self, title: str, name: str, then: Callable[[Path], None]) -> None:
        """Asks where a file shall be written."""
        dialog = self._dialog(title, QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def printer(self, title: str, then: "Callable[[QPrinter], None]") -> None:
        """Asks on which printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415  few ever print

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("1")
        dialog = QPrintDialog(printer, self._over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.accepted.connect(lambda: then(printer))
        dialog.setModal(True)
        dialog.show()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._over, title)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # the system's own keep lists of recent files
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setSidebarUrls([QUrl.fromLocalFile(str(Path.home())), *map(QUrl.fromLocalFile, _drives())])
        dialog.setFileMode(mode)
        return dialog


def _drives() -> list[str]:
    """Gives the sticks and disks that are plugged in."""
    roots = [one.rootPath() for one in QStorageInfo.mountedVolumes() if one.isReady()]
    return [root for root in roots if sys.platform == "win32" or root.startswith(PLUGGED_IN)]


def _hook(desk: Desk) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def crashed(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        del trace
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        desk.crashed(bug)

    return crashed
