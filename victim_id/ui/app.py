"""The window's own door: folders, clock, fonts, the first page."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from victim_id.places import Places
from victim_id.ui.afresh import PRACTICE, Afresh, told
from victim_id.ui.away import listen
from victim_id.ui.desk import Desk
from victim_id.ui.dialogs import Dialogs
from victim_id.ui.door import Door
from victim_id.ui.remembered import Remembered


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


def _hook(desk: Desk) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def crashed(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        del trace
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        desk.crashed(bug)

    return crashed
