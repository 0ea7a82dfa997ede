"""Dialogs for files and printers, opened without stopping the window; none keeps a list of recent files."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QStorageInfo, Qt, QTranslator, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QSplitter, QToolButton, QTreeView, QWidget

from victim_id.language import Language
from victim_id.ui import icons
from victim_id.ui.theme import dress_dialog, worn

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PLUGGED_IN = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
"""Where sticks and disks are found on Linux and macOS."""
BUTTONS = {"backButton": "back", "forwardButton": "next", "toParentButton": "up", "newFolderButton": "plus"}
"""Our icons on Qt's buttons: its own are black on black in the dark."""

NEEDLESS = ("lookInLabel", "fileTypeLabel", "fileTypeCombo", "listModeButton", "detailModeButton")
"""What only makes the choice longer; Qt has no French for some of it either."""
SIZE, KIND, CHANGED = 1, 2, 3


class Dialogs:
    """Asks for folders, files and printers, over a window."""

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
        self._settle(dialog)
        return dialog

    def _settle(self, dialog: QFileDialog) -> None:
        """Makes the dialog look as the window does, and as large as the window has room for."""
        theme = worn()
        dialog.setLayoutDirection(self._over.layoutDirection())
        dress_dialog(dialog)
        mirrored = self._over.layoutDirection() == Qt.LayoutDirection.RightToLeft
        turned = {"back": "next", "next": "back"} if mirrored else {}
        for name, icon in BUTTONS.items():
            for button in dialog.findChildren(QToolButton, name):
                button.setIcon(icons.icon(turned.get(icon, icon), theme.hex("text")))
                button.setFixedSize(theme.touch, theme.touch)
        for name in NEEDLESS:
            for widget in dialog.findChildren(QWidget, name):
                widget.hide()
        for table in dialog.findChildren(QTreeView):
            for number in (SIZE, KIND):
                table.setColumnHidden(number, True)
            table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            table.header().setSectionResizeMode(CHANGED, QHeaderView.ResizeMode.ResizeToContents)
        room = self._over.size()
        dialog.resize(min(theme.px(860), room.width() - 40), min(theme.px(520), room.height() - 40))
        for splitter in dialog.findChildren(QSplitter):
            splitter.setSizes([theme.px(170), dialog.width() - theme.px(170)])


def translate(app: QApplication, language: Language) -> None:
    """Puts Qt's own words, those of its dialogs and of the menus of its fields, into a language where Qt has it."""
    for old in app.findChildren(QTranslator, "qt"):
        app.removeTranslator(old)
        old.deleteLater()
    words = QTranslator(app)
    words.setObjectName("qt")
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(f"qtbase_{language.tag}", folder):
        app.installTranslator(words)


def _drives() -> list[str]:
    """Gives the sticks and disks that are plugged in."""
    roots = [one.rootPath() for one in QStorageInfo.mountedVolumes() if one.isReady()]
    return [root for root in roots if sys.platform == "win32" or root.startswith(PLUGGED_IN)]
