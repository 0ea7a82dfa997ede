"""One thread owns the workspace; the window never waits, and nobody who is gone is called."""

import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject

from victim_id.errors import DiskFull, Failure
from victim_id.ui.rubbish import Rubbish
from victim_id.ui.worker import Asker


class Shelf:
    """A workspace small enough to see everything that happens to it."""

    def __init__(self) -> None:
        self.made_in = threading.current_thread().ident
        self.deeds: list[str] = []


class Room:
    def __init__(self) -> None:
        self.bugs: list[BaseException] = []
        self.ask: Asker[Shelf] = Asker(self.bugs.append)
        self.owner = QObject()
        self.came: list[object] = []
        self.failed: list[Failure] = []


@pytest.fixture
def room(qapp, qtbot) -> Iterator[Room]:
    room = Room()
    room.ask.begin(Shelf, lambda shelf: shelf, room.came.append, room.failed.append, room.owner)
    qtbot.waitUntil(lambda: bool(room.came))
    yield room
    assert room.ask.close(5000)


def test_the_workspace_lives_in_a_thread_of_its_own_and_answers_come_back_to_the_window(room: Room, qtbot) -> None:
    shelf = room.came.pop()
    assert shelf.made_in != threading.current_thread().ident
    seen: list[int] = []
    room.ask.read(
        lambda _: threading.get_ident(),
        lambda where: seen.extend((where, threading.get_ident())),
        room.failed.append,
        room.owner,
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [shelf.made_in, threading.get_ident()]


def test_changes_are_done_in_the_order_in_which_they_were_asked(room: Room, qtbot) -> None:
    shelf = room.came.pop()
    for number in range(50):
        room.ask.change(
            lambda one, n=number: one.deeds.append(str(n)), room.came.append, room.failed.append, room.owner
        )
    qtbot.waitUntil(lambda: room.ask.waiting == 0)
    assert shelf.deeds == [str(n) for n in range(50)]
    assert len(room.came) == 50


def test_a_failure_of_the_world_comes_back_as_one(room: Room, qtbot) -> None:
    def full(_: Shelf) -> None:
        raise DiskFull("vault", "no room")

    room.ask.change(full, room.came.append, room.failed.append, room.owner)
    qtbot.waitUntil(lambda: bool(room.failed))
    assert isinstance(room.failed[0], DiskFull)
    assert room.bugs == []


def test_a_bug_goes_to_the_crash_page_and_the_thread_lives_on(room: Room, qtbot) -> None:
    room.ask.read(lambda _: 1 / 0, room.came.append, room.failed.append, room.owner)
    qtbot.waitUntil(lambda: bool(room.bugs))
    assert isinstance(room.bugs[0], ZeroDivisionError)
    room.came.clear()
    room.ask.read(lambda _: "still here", room.came.append, room.failed.append, room.owner)
    qtbot.waitUntil(lambda: room.came == ["still here"])


def test_nothing_is_called_for_an_asker_that_is_gone_but_its_change_is_done(room: Room, qtbot) -> None:
    shelf = room.came.pop()
    gone, gate = QObject(), threading.Event()
    room.ask.change(lambda _: gate.wait(5), lambda _: None, room.failed.append, room.owner)
    room.ask.change(lambda one: one.deeds.append("change"), room.came.append, room.failed.append, gone)
    room.ask.read(lambda one: one.deeds.append("read"), room.came.append, room.failed.append, gone)
    shiboken6.delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: room.ask.waiting == 0)
    assert shelf.deeds == ["change"]
    assert room.came == []


def test_closing_does_a_last_deed_after_everything_that_was_asked(qapp, qtbot) -> None:
    room = Room()
    room.ask.begin(Shelf, lambda shelf: shelf, room.came.append, room.failed.append, room.owner)
    qtbot.waitUntil(lambda: bool(room.came))
    shelf = room.came.pop()
    room.ask.change(lambda one: one.deeds.append("answer"), room.came.append, room.failed.append, room.owner)
    assert room.ask.close(5000, lambda one: one.deeds.append("closed"))
    assert shelf.deeds == ["answer", "closed"]


def test_closing_waits_no_longer_than_it_may(qapp, qtbot) -> None:
    room, gate = Room(), threading.Event()
    room.ask.begin(Shelf, lambda shelf: shelf, room.came.append, room.failed.append, room.owner)
    qtbot.waitUntil(lambda: bool(room.came))
    room.ask.change(lambda _: gate.wait(20), room.came.append, room.failed.append, room.owner)
    assert not room.ask.close(20)
    gate.set()
    room.ask._thread.wait(5000)


def test_garbage_is_never_swept_in_the_thread_of_the_workspace(qtbot, qapp) -> None:
    """A cycle with a widget in it, found by the collector in the other thread, would end the widget there."""
    import gc
    import threading

    asker, rubbish = Asker(lambda bug: pytest.fail(str(bug))), Rubbish(QObject())
    swept: list[str] = []

    def watch(phase: str, _facts: dict[str, int]) -> None:
        if phase == "start":
            swept.append(threading.current_thread().name)

    gc.callbacks.append(watch)
    try:
        owner = QObject()
        asker.aside(lambda: [[[] for _ in range(50)] for _ in range(500)], lambda _: None, lambda _: None, owner)
        qtbot.waitUntil(lambda: asker.waiting == 0)
        assert not gc.isenabled()
        rubbish.collect()
    finally:
        gc.callbacks.remove(watch)
        asker.close()
    assert set(swept) == {threading.main_thread().name}
