"""The window: a rail, pages that are built when they are first shown, keys that work everywhere, and the lock.

It knows no case and no page by name. Its title is neutral, and locking covers the window before anything else happens.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QByteArray, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from victim_id.language import Language, to_say
from victim_id.ui.mnemonics import Mnemonics
from victim_id.ui.theme import Theme, dress_ground, used, worn
from victim_id.ui.uncaptured import keep_uncaptured
from victim_id.ui.widgets.buttons import PrimaryButton, RailButton
from victim_id.ui.widgets.notes import Sign, Strip, Toast
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, plain, row
from victim_id.ui.widgets.words import Words

LEAST = (1024, 600)
KEYS = {
    "Ctrl+N": "new",
    "Ctrl+K": "search",
    "F1": "guide",
    "F5": "refer_now",
    "F6": "distressed",
    "F7": "came_in",
    "F8": "side",
    "F9": "show_person",
    "F10": "pause",
    "F12": "lock",
}
"""Keys that work on every page, and the deed each one asks for."""


class RailPlace(NamedTuple):
    """A page in the rail: its key, its English word, its icon; those at the `foot` stand above the lock."""

    key: str
    word: str
    icon: str
    foot: bool = False


RAIL = (
    RailPlace("cases", to_say("Cases"), "cases"),
    RailPlace("interview", to_say("Interview"), "interview"),
    RailPlace("referral", to_say("Referral"), "referral"),
    RailPlace("inbox", to_say("Inbox"), "inbox"),
    RailPlace("contacts", to_say("Contacts"), "contacts"),
    RailPlace("practice", to_say("Practice"), "practice", foot=True),
    RailPlace("guide", to_say("Guide"), "guide", foot=True),
    RailPlace("preferences", to_say("Preferences"), "preferences", foot=True),
)


@runtime_checkable
class Keyed(Protocol):
    """A page that answers some of the keys that work everywhere; True when it did."""

    def pressed(self, deed: str) -> bool: ...


@runtime_checkable
class Begins(Protocol):
    """A page that says where the keyboard begins."""

    first: QWidget


class Shell(QWidget):
    """The main window. `chosen` asks for a page of the rail, `deed` for what a key means, `locked` comes after
    covering, `turned` after another page is shown; `quiet` tells now and then for how many milliseconds nobody has
    pressed or touched anything.
    """

    chosen = Signal(str)
    deed = Signal(str)
    turned = Signal()
    locked = Signal()
    quiet = Signal(int)
    closed = Signal()

    def __init__(
        self, language: Language, build: Mapping[str, Callable[[], QWidget]], rail: tuple[RailPlace, ...] = RAIL
    ) -> None:
        super().__init__()
        self._language, self._build, self._places = language, build, rail
        self._pages: dict[str, QWidget] = {}
        self._rail: _Rail | None = None
        self._still, self._idle = QElapsedTimer(), QTimer(self, interval=5000)
        self._idle.timeout.connect(self._look_at_the_clock)
        self._dialogs = _OverDialogs(self)
        self._dialogs.touched.connect(self._still.restart)
        self._dialogs.lock.connect(self.lock)
        self._minutes, self.reading = 0, False
        self.may_close: Callable[[], bool] = lambda: True
        right = language.direction == "rtl"
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        self.setWindowTitle(language.say("Notes"))
        self.setMinimumSize(*LEAST)
        self._stack = QStackedWidget()
        self._above = column(self._stack, gap=0)
        self._inside = row(self._above, gap=0)
        self.setLayout(self._inside)
        self._cover = _Cover(self, language)
        self._cover.go_on.clicked.connect(self._go_on)
        self._paused: QWidget | None = None
        self._toast: Toast | None = None
        self._warning: Strip | None = None
        self._shown = self._below = ("", True, "")
        self.mnemonics = Mnemonics(self)
        self._laid = False
        for key, name in KEYS.items():
            QShortcut(QKeySequence(key), self).activated.connect(lambda name=name: self._press(name))

    @property
    def here(self) -> str:
        """The key of the page that is shown."""
        return next((key for key, page in self._pages.items() if page is self._stack.currentWidget()), "")

    @property
    def under(self) -> str:
        """The key of the page that is shown, or of the one below what was laid over it."""
        return self._below[0] if self._laid else self.here

    def page(self, key: str) -> QWidget:
        """Gives a page, building it when it is first asked for."""
        if key not in self._pages:
            self._pages[key] = self._build[key]()
            self._stack.addWidget(self._pages[key])
        return self._pages[key]

    def built(self, key: str) -> bool:
        """Tells whether a page has been built."""
        return key in self._pages

    def forget(self, key: str) -> None:
        """Drops a page, so that it is built anew when it is shown next."""
        page = self._pages.pop(key, None)
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    def show_page(self, key: str, *, alone: bool = False, rail: str = "") -> QWidget:
        """Shows a page; `alone` without the rail, `rail` names the place in the rail it belongs to."""
        page = self.page(key)
        if self._rail is None and not alone:
            self._rail = _Rail(self._language, self._places)
            self._rail.chosen.connect(self.chosen)
            self._rail.locked.connect(self.lock)
            self._inside.insertWidget(0, self._rail)
        if self._rail is not None:
            self._rail.setVisible(not alone)
            self._rail.mark(rail or key)
        self._shown, self._laid = (key, alone, rail), False
        self._stack.setCurrentWidget(page)
        if isinstance(page, Begins):
            page.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.mnemonics.renew()
        self.turned.emit()
        return page

    def frame(self, bar: QWidget, rail: tuple[RailPlace, ...]) -> None:
        """Puts a bar over every page and a frame of its colour round the window, with a rail of its own."""
        self._places = rail
        self._above.insertWidget(0, bar)
        self._inside.setContentsMargins(6, 0, 6, 6)
        dress_ground(self, "practice")

    def lay_over(self, key: str) -> QWidget:
        """Shows a page over the one that is shown, which `take_off` brings back as it was."""
        if self.here != key and not self._laid:
            self._below = self._shown
        page = self.show_page(key, alone=self._shown[1])
        self._laid = True
        return page

    def take_off(self) -> None:
        """Goes back to the page below the one that was laid over it."""
        key, alone, rail = self._below
        self.show_page(key, alone=alone, rail=rail)

    def offer(self, *keys: str) -> None:
        """Makes only these places of the rail available."""
        if self._rail is not None:
            self._rail.offer(keys)

    def say(self, text: str, undo: str = "", undone: Callable[[], None] | None = None) -> None:
        """Shows a word that passes by, with undo where there is one."""
        if self._toast is not None:
            self._toast.deleteLater()
        self._toast = Toast(self, self._stack)
        if undone is not None:
            self._toast.undone.connect(undone)
        self._toast.say(text, undo if undone is not None else "")

    def warn(self, title: str, text: str = "", way: str = "", asked: Callable[[], None] | None = None) -> None:
        """Keeps a warning above every page until it is empty, with a way on."""
        if self._warning is None and title:
            self._warning = Strip()
            if asked is not None:
                self._warning.asked.connect(asked)
            self._above.insertWidget(self._above.indexOf(self._stack), self._warning)
        if self._warning is not None:
            self._warning.say(title, text, way)

    def lock_after(self, minutes: int) -> None:
        """Locks after so many minutes without a key or a touch; 0 never does (before there is anything to lock)."""
        self._minutes = minutes
        self._still.start()
        if minutes:
            self._idle.start()
        else:
            self._idle.stop()

    def lock(self) -> None:
        """Covers the window in this very frame, then tells that it is locked."""
        self.cover()
        self.locked.emit()

    def cover(self) -> None:
        """Covers the window in this very frame; dialogs over it are gone."""
        self._cover.over(go_on=False)
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self and dialog.isModal():
                dialog.hide()

    def pause(self) -> None:
        """Blanks the window and keeps everything as it is until the worker goes on; no key reaches what is below."""
        self._paused = self.focusWidget()
        self._cover.over(go_on=True)
        for part in self._covered():
            part.setEnabled(False)
        self._cover.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        for part in self._covered():
            part.setEnabled(True)
        self._cover.hide()
        if self._paused is not None and shiboken6.isValid(self._paused):
            self._paused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _covered(self) -> list[QWidget]:
        return [self._stack, *([self._rail] if self._rail is not None else [])]

    def crash(self, where: str) -> None:
        """Shows the crash page: what was answered is saved; `where` names a place in the program and no answers."""
        self._cover.hide()
        self.forget("crash")
        self._pages["crash"] = page = _Crash(self._language, where)
        page.again.connect(self.lock)
        self._stack.addWidget(page)
        self.show_page("crash", alone=True)
        page.button.setFocus()

    def whereabouts(self) -> str:
        """Gives size and place of the window as text, without a name of anything."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore(self, whereabouts: str) -> bool:
        """Puts the window where it was; a text that means nothing leaves it where it is."""
        return bool(whereabouts) and self.restoreGeometry(QByteArray.fromBase64(QByteArray(whereabouts.encode())))

    def fit(self, width: int, height: int) -> None:
        """Takes a size; a screen that has just that room or less is filled, so that no frame or bar cuts anything off."""
        self.resize(width, height)
        room = self.screen().availableGeometry()
        small = room.width() <= width or room.height() <= height
        if small and room.width() >= LEAST[0] and room.height() >= LEAST[1]:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._press("back")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.windowHandle() is not None:
            self.windowHandle().installEventFilter(self)
            self._dialogs.watch(self.windowHandle())
        keep_uncaptured(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._cover.isVisible():
            self.mnemonics.see(event)
        if event.type() in _TOUCHES:
            self._still.restart()
            if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}:
                used(keyboard=event.type() == QEvent.Type.KeyPress)
        return super().eventFilter(watched, event)

    def _press(self, name: str) -> None:
        if name == "lock":
            self.lock()
            return
        if self._cover.isVisible():
            return
        if name == "pause":
            self.pause()
            return
        page = self._stack.currentWidget()
        if not (isinstance(page, Keyed) and page.pressed(name)):
            self.deed.emit(name)

    def _look_at_the_clock(self) -> None:
        still = self._still.elapsed()
        if self._minutes and not self.reading and still > self._minutes * 60_000:
            self._idle.stop()
            self.lock()
        else:
            self.quiet.emit(still)


_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})  # fmt: skip


class _OverDialogs(QObject):
    """Hears keys and touches in the dialogs that lie over the window, as long as there is one."""

    touched = Signal()
    lock = Signal()

    def watch(self, window: QObject) -> None:
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            app = QApplication.instance()
            if app is not None and event.type() == QEvent.Type.WindowBlocked:
                app.installEventFilter(self)
            elif app is not None and event.type() == QEvent.Type.WindowUnblocked:
                app.removeEventFilter(self)
        elif event.type() in _TOUCHES:
            self.touched.emit()
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F12:
                self.lock.emit()
                return True
        return False


class _Rail(Ground):
    chosen = Signal(str)
    locked = Signal()

    def __init__(self, language: Language, places: tuple[RailPlace, ...]) -> None:
        super().__init__("rail")
        self._buttons: dict[str, RailButton] = {}
        for place in places:
            button = RailButton(language.say(place.word), place.icon)
            button.clicked.connect(lambda _=False, key=place.key: self._choose(key))
            self._buttons[place.key] = button
        lock = RailButton(language.say("Lock"), "lock", key="F12", danger=True)
        lock.clicked.connect(self.locked)
        top = [self._buttons[place.key] for place in places if not place.foot]
        foot = [self._buttons[place.key] for place in places if place.foot]
        inside = Ground("rail")
        inside.setLayout(column(*top, None, *foot, gap=6, margins=(3, 14, 3, 6)))
        scroll = Scroll(inside, "rail")
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(scroll, plain(column(lock, margins=(3, 0, 3, 14))), gap=0))
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        if hasattr(self, "_buttons"):
            widest = max(button.sizeHint().width() for button in self._buttons.values())
            self.setFixedWidth(widest + 6)

    def mark(self, key: str) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def offer(self, keys: tuple[str, ...]) -> None:
        for name, button in self._buttons.items():
            button.setEnabled(name in keys)

    def _choose(self, key: str) -> None:
        here = next((name for name, button in self._buttons.items() if button.isChecked() and name != key), key)
        self.mark(here)
        self.chosen.emit(key)


class _Cover(Ground):
    def __init__(self, over: QWidget, language: Language) -> None:
        super().__init__("rail", over)
        self._over = over
        self.go_on = PrimaryButton(language.say("Go on"))
        self.setLayout(
            column(None, row(None, Sign("padlock", "rail_text", 36), None), row(None, self.go_on, None), None, gap=18)
        )
        self.hide()

    def over(self, *, go_on: bool) -> None:
        self.setGeometry(self._over.rect())
        self.go_on.setVisible(go_on)
        self.show()
        self.raise_()
        if go_on:
            self.go_on.setFocus()
        self.repaint()


class _Crash(Ground):
    again = Signal()

    def __init__(self, language: Language, where: str) -> None:
        super().__init__("page")
        self.button = PrimaryButton(language.say("Lock and start again"))
        self.button.clicked.connect(self.again)
        card = Card(
            Words(language.say("Something in the program went wrong."), size="title", bold=True),
            Words(
                language.say(
                    "Every answer up to the last one is saved. Please start again; you come back to the same question."
                )
            ),
            Words(
                language.say("For whoever looks after the program: {where}", where=where), size="small", role="muted"
            ),
            6,
            row(self.button, None),
            gap=10,
            pad=32,
        )
        card.setMaximumWidth(worn().px(560))
        self.setLayout(column(None, row(None, card, None), None))
