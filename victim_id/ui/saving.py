"""What a talk tells, on its way to the disk: sent after the screen was painted, and called saved only once all of it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from victim_id.casework.case import Case
from victim_id.errors import Failure
from victim_id.instrument.instrument import Instrument
from victim_id.ui.bench import Bench
from victim_id.ui.unsaved import Unsaved

if TYPE_CHECKING:
    from victim_id.workspace import Workspace

T = TypeVar("T")


class Opened(NamedTuple):
    """A case with the edition that asks it and its half-typed answers."""

    case: Case
    instrument: Instrument
    drafts: dict[str, str]


class Saving(QObject):
    """The deeds of a talk. `settled` brings a case of which everything is on the disk, `moved` tells that the mark is another."""

    settled = Signal(object)
    moved = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._line = bench, bench.ask.unwritten
        self._line.changed.connect(self._look)
        Unsaved(bench).setParent(self)
        self._here, self._saved, self._refused = "", "", False
        self._held: dict[str, Opened] = {}
        self._latest: dict[str, Case] = {}
        self._unsent: list[tuple[str, Callable[[], None]]] = []
        self._post = QTimer(self, singleShot=True, interval=0)
        self._post.timeout.connect(self.send)

    def take(self, opened: Opened) -> Opened:
        """Begins with a case; gives it with what of it is not on the disk yet."""
        self._here, self._saved, self._refused = opened.case.id, "", False
        return self._held[opened.case.id] if self.waits(opened.case.id) else opened

    def waits(self, case: str) -> bool:
        """Tells whether something of a case is not on the disk yet."""
        return case in self._held

    def soon(
        self, opened: Opened, deed: "Callable[[Workspace], T]", then: Callable[[T], None] | None = None, key: str = ""
    ) -> None:
        """Asks for a deed, after which the case is as `opened`, right after the next question is on the screen."""
        id_ = opened.case.id
        self._held[id_] = opened

        def done(value: T) -> None:
            if isinstance(value, Case):
                self._latest[id_] = value
            if then is not None:
                then(value)

        self._unsent.append((id_, lambda: self._line.keep(id_, deed, done, self._given_back, self, key=key)))
        self._post.start()
        self.moved.emit()

    def send(self) -> None:
        """Sends what was asked for."""
        unsent, self._unsent = self._unsent, []
        for _, send in unsent:
            send()

    def state(self, case: str) -> tuple[str, bool]:
        """Gives when the last word was saved, empty while one is not; and whether one could not be."""
        unsaved = self._refused or self._line.failure is not None
        return "" if unsaved or self.waits(case) else self._saved, unsaved

    def _look(self) -> None:
        unsent = {id_ for id_, _ in self._unsent}
        for id_ in [one for one in self._held if one not in unsent and not self._line.of(one)]:
            del self._held[id_]
            latest = self._latest.pop(id_, None)
            if latest is not None and id_ == self._here:
                self._saved = self._bench.language.say("saved {time}", time=self._bench.language.time(latest.changed))
                self.settled.emit(latest)
        self.moved.emit()

    def _given_back(self, failure: Failure) -> None:
        self._refused = True
        self._bench.failed(failure)
