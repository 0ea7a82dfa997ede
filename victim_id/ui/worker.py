"""The one thread that owns the workspace. Widgets ask and never hold it; answers come back on the window's thread.

A change always runs, in the order in which it was asked; a read whose asker is gone is left out. Nothing is called
for an asker that is gone, and what is not a failure of the world goes to the crash page. What must not be lost is kept.
"""

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from victim_id.errors import Failure
from victim_id.ui.unwritten import Unwritten

W = TypeVar("W")
T = TypeVar("T")

STUBBORN = 3000
"""For how many milliseconds at most the end waits for what was interrupted, while the window is covered."""
STEP = 100


class _Wish(NamedTuple):
    deed: Callable[[], object]
    then: Callable[[object], None]
    failed: Callable[[Failure], None]
    owner: QObject
    always: bool


class _Outcome(NamedTuple):
    wish: _Wish
    value: object
    failure: Failure | None
    bug: BaseException | None


class _Thread(QObject):
    done = Signal(object)

    @Slot(object)
    def fulfil(self, wish: _Wish) -> None:
        if not wish.always and not shiboken6.isValid(wish.owner):
            self.done.emit(_Outcome(wish, None, None, None))
            return
        try:
            outcome = _Outcome(wish, wish.deed(), None, None)
        except Failure as failure:
            outcome = _Outcome(wish, None, failure, None)
        except BaseException as bug:  # noqa: BLE001  whatever it is, the window must learn of it
            outcome = _Outcome(wish, None, None, bug)
        self.done.emit(outcome)


class _Courier(QObject):
    wished = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], None]) -> None:
        super().__init__()
        self.crashed, self.waiting = crashed, 0

    @Slot(object)
    def deliver(self, outcome: _Outcome) -> None:
        self.waiting -= 1
        wish = outcome.wish
        if outcome.bug is not None:
            self.crashed(outcome.bug)
        elif not shiboken6.isValid(wish.owner):
            return
        elif outcome.failure is not None:
            wish.failed(outcome.failure)
        else:
            wish.then(outcome.value)


class Asker(Generic[W]):
    """Asks the thread that owns a workspace W; made on the window's thread, `crashed` gets every bug."""

    def __init__(self, crashed: Callable[[BaseException], None]) -> None:
        self._workspace: W | None = None
        self._courier = _Courier(crashed)
        self._hands, self._thread = _Thread(), QThread()
        self._hands.moveToThread(self._thread)
        self._courier.wished.connect(self._hands.fulfil, Qt.ConnectionType.QueuedConnection)
        self._hands.done.connect(self._courier.deliver, Qt.ConnectionType.QueuedConnection)
        self._thread.setObjectName("workspace")
        self._thread.start()
        self.unwritten: Unwritten[W] = Unwritten(self.change)

    @property
    def waiting(self) -> int:
        """How many wishes have no answer yet."""
        return self._courier.waiting

    def begin(
        self,
        make: Callable[[], W],
        first: Callable[[W], T],
        then: Callable[[T], None],
        failed: Callable[[Failure], None],
        owner: QObject,
    ) -> None:
        """Makes the workspace in its thread (unlock, create) and brings what is read there first; it never leaves it.

        What `first` raises leaves no workspace: it is for `first` to close what it was given.
        """

        def deed() -> T:
            made = make()
            found = first(made)
            self._workspace = made
            return found

        self._ask(deed, then, failed, owner, always=True)

    def read(
        self, deed: Callable[[W], T], then: Callable[[T], None], failed: Callable[[Failure], None], owner: QObject
    ) -> None:
        """Asks for something; when the owner is gone it is not even looked up."""
        self._ask(lambda: deed(self._there()), then, failed, owner, always=False)

    def change(
        self, deed: Callable[[W], T], then: Callable[[T], None], failed: Callable[[Failure], None], owner: QObject
    ) -> None:
        """Does a deed that is written down; it runs even when the owner is gone by then."""
        self._ask(lambda: deed(self._there()), then, failed, owner, always=True)

    def aside(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Failure], None], owner: QObject
    ) -> None:
        """Does something long that needs no workspace, such as drawing a page, off the window's thread."""
        self._ask(work, then, failed, owner, always=False)

    def beside(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Failure], None], owner: QObject
    ) -> None:
        """Does something very long that needs no workspace in a thread of its own: what is asked meanwhile does not wait.

        Whoever ends the program does not wait for it either.
        """
        self._courier.waiting += 1
        wish = _Wish(work, then, failed, owner, always=True)  # type: ignore[arg-type]
        Thread(target=self._hands.fulfil, args=(wish,), name="beside", daemon=True).start()

    def close(
        self,
        wait: int = 200,
        last: Callable[[W], object] | None = None,
        interrupt: Callable[[W], object] | None = None,
    ) -> bool:
        """Writes down what waits, does one last deed, and ends; tells whether all was done.

        What is running has `wait` ms; then it is interrupted, and again whatever comes before the last deed.
        """
        if not self._thread.isRunning():
            return True
        settled, ending = Event(), Event()
        self._courier.waiting += 1

        def end() -> None:
            ending.set()
            try:
                if self._workspace is not None and self.unwritten.once_more(self._workspace).failure is not None:
                    self.unwritten.once_more(self._workspace)  # an interruption may have met it
            finally:
                if self._workspace is not None and last is not None:
                    last(self._workspace)
                settled.set()

        self._courier.wished.emit(_Wish(end, lambda _: None, lambda _: None, self._courier, always=True))
        done = settled.wait(wait / 1000)
        for _ in range(STUBBORN // STEP if interrupt is not None else 0):
            if done:
                break
            if (
                interrupt is not None
                and self._workspace is not None
                and not (ending.is_set() or self.unwritten.writing)
            ):
                interrupt(self._workspace)
            done = settled.wait(STEP / 1000)
        self._thread.quit()
        self._thread.wait(wait)
        return done

    def _there(self) -> W:
        if self._workspace is None:
            raise RuntimeError("asked before the workspace was opened")
        return self._workspace

    def _ask(
        self,
        deed: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Failure], None],
        owner: QObject,
        *,
        always: bool,
    ) -> None:
        self._courier.waiting += 1
        self._courier.wished.emit(_Wish(deed, then, failed, owner, always))  # type: ignore[arg-type]
