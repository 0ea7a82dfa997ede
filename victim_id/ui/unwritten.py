"""What was told and is not on the disk yet: kept in its order, and tried again until the machine takes it.

A deed waits while the machine refuses it (a full disk, a stick that was pulled); one that can never be done is given back.
The deeds of one case are done in the order in which they came; those of another case do not wait for them.
"""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from victim_id.errors import Damaged, Failure, InUse, Machine

W = TypeVar("W")

AGAIN = 4000
"""After how many milliseconds the machine is asked once more."""
REFUSALS = (Machine, InUse, Damaged)
"""What may be over in a moment: a file that is away for now looks like a damaged vault."""


class _Deed(NamedTuple):
    number: int
    case: str
    deed: Callable[[Any], object]
    key: str


class _Waiting(NamedTuple):
    case: str
    then: Callable[[Any], None]
    given_back: Callable[[Failure], None]
    owner: QObject


class _Outcome(NamedTuple):
    number: int
    value: object
    failure: Failure | None
    replaced: bool = False


class _Tried(NamedTuple):
    done: tuple[_Outcome, ...]
    failure: Failure | None


class _Change(Protocol):
    def __call__(
        self,
        deed: Callable[[Any], _Tried],
        then: Callable[[_Tried], None],
        failed: Callable[[Failure], None],
        owner: QObject,
    ) -> None: ...


class Unwritten(QObject, Generic[W]):
    """The line of deeds in front of the disk; `changed` tells that it is longer, shorter or refused."""

    changed = Signal()

    def __init__(self, change: _Change) -> None:
        super().__init__()
        self.failure: Failure | None = None
        self.writing = False
        self._change = change
        self._line: list[_Deed] = []  # touched by the workspace's thread alone
        self._waiting: dict[int, _Waiting] = {}
        self._number, self._asked = 0, 0
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self.try_again)

    def __len__(self) -> int:
        """Counts the deeds that are not known to be on the disk."""
        return len(self._waiting)

    def of(self, case: str) -> int:
        """Counts those of one case."""
        return sum(one.case == case for one in self._waiting.values())

    def keep(
        self,
        case: str,
        deed: Callable[[W], Any],
        then: Callable[[Any], None],
        given_back: Callable[[Failure], None],
        owner: QObject,
        *,
        key: str = "",
    ) -> None:
        """Does a deed as soon as the machine can; one with the same key that still waits is replaced by it."""
        self._number += 1
        self._waiting[self._number] = _Waiting(case, then, given_back, owner)
        more = _Deed(self._number, case, deed, key)
        self._ask(lambda space: self._try((*self._line, more), space))

    def try_again(self) -> None:
        """Asks the machine once more, unless it is being asked."""
        if self._waiting and not self._asked:
            self._ask(self.once_more)

    def once_more(self, space: W) -> _Tried:
        """Does what waits, as far as the machine lets it; called in the workspace's thread."""
        return self._try(tuple(self._line), space)

    def _ask(self, work: Callable[[W], _Tried]) -> None:
        self._again.stop()
        self._asked += 1
        self._change(work, self._tried, lambda _: None, self)

    def _try(self, line: tuple[_Deed, ...], space: W) -> _Tried:
        done: list[_Outcome] = []
        last = {one.key: one.number for one in line if one.key}
        left = [one for one in line if last.get(one.key, one.number) == one.number]
        done += [_Outcome(one.number, None, None, replaced=True) for one in line if one not in left]
        self._line, failure, refused = left, None, set[str]()
        self.writing = True
        try:
            for one in left:
                if one.case in refused:
                    continue
                try:
                    outcome = _Outcome(one.number, one.deed(space), None)
                except REFUSALS as found:
                    failure = failure or found
                    refused.add(one.case)
                    continue
                except Failure as found:
                    outcome = _Outcome(one.number, None, found)
                except BaseException:
                    self._drop(one)
                    raise
                self._drop(one)
                done.append(outcome)
        finally:
            self.writing = False
        return _Tried(tuple(done), failure)

    def _drop(self, one: _Deed) -> None:
        self._line = [other for other in self._line if other is not one]

    def _tried(self, tried: _Tried) -> None:
        self._asked -= 1
        self.failure = tried.failure
        for outcome in tried.done:
            one = self._waiting.pop(outcome.number)
            if outcome.replaced or not shiboken6.isValid(one.owner):
                continue
            if outcome.failure is not None:
                one.given_back(outcome.failure)
            else:
                one.then(outcome.value)
        if self.failure is not None:
            self._again.start()
        self.changed.emit()
