"""Connects backups with the workspace: on demand with progress, and by itself while nobody types. A lock stops either.

A backup is written beside the workspace's thread, which saves what is typed meanwhile.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from victim_id.errors import Failure
from victim_id.ui import listing
from victim_id.ui.bench import Bench
from victim_id.ui.elsewhere import about_backup
from victim_id.ui.long_work import LongWork
from victim_id.ui.pages.backup import BackupPage, BackupRow
from victim_id.ui.widgets.notes import Sorry

if TYPE_CHECKING:
    from victim_id.ui.worker import Asker
    from victim_id.vault.backup import Begun, Label
    from victim_id.workspace import Workspace

QUIET = 60_000
"""After so many milliseconds without a key or a touch a backup that is due may begin."""


class BackingUp(QObject):
    """Makes backups. `left` leads back to the cases, `place` to another place of the preferences."""

    left = Signal()
    place = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._say = bench, bench.language.say
        self._work: LongWork | None = None
        self._looked, self._failed = 0, False
        bench.shell.quiet.connect(self.when_quiet)

    def stop(self) -> None:
        """Stops what is going on at its next step: a lock waits for nothing."""
        if self._work is not None:
            self._work.stop()

    def page(self) -> BackupPage:
        """Builds the page of backups."""
        page = BackupPage(self._bench.language)
        page.again.connect(self._again)
        page.elsewhere.connect(self._elsewhere)
        page.stop.connect(self.stop)
        page.gone.connect(self._gone)
        page.place.connect(self.place)
        page.left.connect(self.left)
        return page

    def show(self) -> None:
        """Shows the backups."""
        self._bench.shell.show_page("backup", rail="preferences")
        self._read()

    def _read(self) -> None:
        now, language, page = self._bench.now(), self._bench.language, self._page

        def read(space: "Workspace") -> tuple[list[BackupRow], bool, bool, str, Sorry | None]:
            stale, made = {one.id for one in space.backups.with_erased()}, space.backups.all()
            places = dict.fromkeys(Path(one.place).parent for one in made)
            risk = next((risk for place in places if (risk := about_backup(language, place))), None)
            rows = [
                BackupRow(
                    one.id,
                    listing.when_exactly(language, one.made, now),
                    one.place,
                    here=Path(one.place).exists(),
                    erased=one.id in stale,
                )
                for one in made
            ]
            more = space.backups.ahead()
            ahead = f"{listing.when_exactly(language, more.made, now)}, {more.folder}" if more else ""
            return rows, space.backups.due(now), space.backups.ways_changed(), ahead, risk

        def show(found: tuple[list[BackupRow], bool, bool, str, Sorry | None]) -> None:
            rows, due, ways, ahead, risk = found
            page.tell(rows, due=due, ways=ways, ahead=ahead, risk=risk)

        self._bench.ask.read(read, show, self._bench.failed, page)

    def _elsewhere(self) -> None:
        title = self._say("Where shall the backup go? A stick, for instance.")
        self._bench.chooser.folder(title, self.back_up)

    def _again(self) -> None:
        self._back_up(None)

    def back_up(self, place: Path) -> None:
        """Backs up into a folder or onto a stick, with the page showing how far it is."""
        self._back_up(place)

    def _back_up(self, place: Path | None) -> None:
        if self._work is not None:
            return
        page, work, say = self._page, self._begin(), self._say
        work.moved.connect(page.under_way.show_per_cent)
        page.show_going()

        def done(made: Path | None) -> None:
            self._work = None
            if made is None:
                page.show_done(Sorry(say("Stopped."), say("Nothing of this backup is left.")))
            else:
                page.show_done(Sorry(say("The backup is made and was looked through."), str(made)))
            self._read()

        def failed(failure: Failure) -> None:
            self._work = None
            from victim_id.vault.backup import INSIDE  # noqa: PLC0415  loaded with the vault

            inside = Sorry(
                say("This is the folder of the vault itself."),
                say(
                    "What destroys the vault would destroy such a backup too. Choose a stick, or a place on another disk."
                ),
            )
            page.show_done(inside if failure.what == INSIDE else self._bench.sorry(failure, "backup"), wrong=True)

        self._write(place, work, done, failed)

    def _gone(self, id_: str) -> None:
        self._bench.ask.change(lambda space: space.backups.gone(id_), lambda _: self._read(), self._bench.failed, self)

    def when_quiet(self, still: int) -> None:
        """Backs up where the newest backup is, when one is due and nobody has touched anything for a while."""
        ask, now, minute = self._bench.ask, self._bench.now(), still // QUIET
        before, self._looked = self._looked, minute
        if minute < 1 or minute == before or self._work is not None or ask.waiting or self._failed:
            return
        work = self._begin()

        def due(space: "Workspace") -> Path | None:
            newest = space.backups.all()[:1]
            there = bool(newest) and Path(newest[0].place).parent.is_dir()
            return Path(newest[0].place).parent if there and space.backups.due(now) else None

        def begin(place: Path | None) -> None:
            if place is None:
                self._work = None
            else:
                self._write(place, work, done, failed)

        def done(_: Path | None) -> None:
            self._work = None

        def failed(failure: Failure) -> None:
            self._work = None
            self._failed = True  # once is enough: it is tried again after the next unlock
            self._bench.failed(failure, "backup")

        ask.read(due, begin, failed, self)

    def _write(
        self, place: Path | None, work: LongWork, done: Callable[[Path | None], None], failed: Callable[[Failure], None]
    ) -> None:
        write_backup(self._bench.ask, place, work, done, failed, self)

    def _begin(self) -> LongWork:
        self._work = LongWork()
        return self._work

    @property
    def _page(self) -> BackupPage:
        page = self._bench.shell.page("backup")
        assert isinstance(page, BackupPage)  # the desk builds it
        return page


def write_backup(
    ask: "Asker[Workspace]",
    place: Path | None,
    work: LongWork,
    done: Callable[[Path | None], None],
    failed: Callable[[Failure], None],
    owner: QObject,
    keep: int | None = None,
) -> None:
    """Writes a backup beside the workspace, to the place of the newest one when none is given.

    What is typed and answered meanwhile is saved as ever. `done` is given nothing when the backup was stopped.
    """

    def begin(space: "Workspace") -> "Begun":
        return space.backups.begin(place or Path(space.backups.all()[0].place).parent)

    def began(begun: "Begun") -> None:
        from victim_id.vault.backup import KEPT, Stopped  # noqa: PLC0415  loaded with the vault

        def write() -> "Label | None":
            try:
                return begun.write(work.progress, work.stopped)
            except Stopped:
                return None

        def wrote(label: "Label | None") -> None:
            def finish(space: "Workspace") -> Path | None:
                if label is None:
                    space.backups.give_up(begun, Stopped())
                    return None
                return space.backups.finish(begun, label, keep or KEPT)

            ask.change(finish, done, wrong, owner)

        def wrong(failure: Failure) -> None:
            def give_up(space: "Workspace") -> None:
                raise space.backups.give_up(begun, failure)

            ask.change(give_up, lambda _: None, failed, owner)

        ask.beside(write, wrote, wrong, owner)

    ask.change(begin, began, failed, owner)
