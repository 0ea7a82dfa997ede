"""Two more ways in, before anybody is signed in: recovery sheets in place of a passphrase, and a backup in place of a vault."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from victim_id.errors import Failure, WrongInput, WrongPassphrase
from victim_id.language import Language
from victim_id.ui.long_work import LongWork
from victim_id.ui.pages.lost import LostPage
from victim_id.ui.pages.restore import FoundRow, RestorePage
from victim_id.ui.widgets.notes import Sorry

if TYPE_CHECKING:
    from victim_id.backups import FoundBackup
    from victim_id.ui.desk import Desk, Door
    from victim_id.workspace import Workspace


class WaysIn(QObject):
    """Connects the two pages with the vault's folder; whoever comes in is signed in by the desk."""

    def __init__(self, desk: "Desk", door: "Door", language: Language, sorry: Callable[[Failure], Sorry]) -> None:
        super().__init__()
        self._desk, self._door, self._language, self._sorry = desk, door, language, sorry
        self._work: LongWork | None = None

    def stop(self) -> None:
        """Stops a restoring at its next step."""
        if self._work is not None:
            self._work.stop()

    # ---- recovery sheets

    def lost_page(self) -> LostPage:
        """Builds the page of a lost passphrase."""
        from victim_id.vault.sheets import LIST, WORDS  # noqa: PLC0415  only who lost a passphrase needs the words

        page = LostPage(self._language, LIST, WORDS)
        page.looked.connect(self._look)
        page.recover.connect(self._recover)
        page.back.connect(lambda: self._desk.shell.show_page("unlock", alone=True))
        return page

    def _look(self, number: int, typed: str, other: str) -> None:
        folder, page = self._door.vault, self._lost

        def look() -> str:
            from victim_id.ways_in import look_at_sheet  # noqa: PLC0415  as above

            return look_at_sheet(folder, typed, (other,))

        self._desk.ask.aside(
            look, lambda found: page.show_look(number, found), lambda failure: page.complain(self._sorry(failure)), page
        )

    def _recover(self, typed: tuple[str, str], name: str, passphrase: str) -> None:
        folder, now, editions = self._door.vault, self._door.now, self._door.editions
        organisation = self._door.organisation

        def make() -> "Workspace":
            from victim_id.workspace import Workspace  # noqa: PLC0415  loaded after the unlock page is there

            return Workspace.recover(
                folder, typed, name, passphrase, now=now, editions=editions, organisation=organisation
            )

        def failed(failure: Failure) -> None:
            taken = isinstance(failure, WrongInput) and failure.where == "passphrase"
            message = Sorry(
                self._language.say("This passphrase cannot be used here."),
                self._language.say("Please choose another one."),
            )
            self._lost.complain(message if taken else self._sorry(failure), passphrase=taken)

        self._desk.come_in(make, failed)

    # ---- a backup

    def restore_page(self) -> RestorePage:
        """Builds the page of restoring."""
        page = RestorePage(self._language)
        page.choose.connect(self._choose)
        page.restore.connect(self._restore)
        page.stop.connect(self.stop)
        page.back.connect(lambda: self._desk.shell.show_page("first", alone=True))
        return page

    def _choose(self) -> None:
        title = self._language.say("The folder or stick with the backup")
        self._door.chooser(self._desk.shell).folder(title, self.look_for_backups)

    def look_for_backups(self, place: Path) -> None:
        """Shows the backups of a place."""
        page = self._backup

        def look() -> "list[FoundBackup]":
            from victim_id.backups import backups_in  # noqa: PLC0415  only who restores needs it

            return backups_in(place)

        def show(found: "list[FoundBackup]") -> None:
            language = self._language
            rows = [
                FoundRow(
                    str(one.folder),
                    f"{language.date(one.made)}, {language.time(one.made)}",
                    language.say_many("{n} case", "{n} cases", one.cases),
                )
                for one in found
            ]
            page.show_found(str(place), rows)

        self._desk.ask.aside(look, show, lambda failure: page.complain(self._sorry(failure)), page)

    def _restore(self, backup: str, passphrase: str) -> None:
        folder, page = self._door.vault, self._backup
        work = self._work = LongWork()
        work.moved.connect(page.under_way.show_per_cent)
        page.show_going()

        def deed() -> bool:
            from victim_id.backups import restored  # noqa: PLC0415  as above
            from victim_id.vault.backup import Stopped  # noqa: PLC0415  as above

            try:
                restored(Path(backup), folder, passphrase, work.progress, work.stopped)
            except Stopped:
                return False
            return True

        def done(whole: bool) -> None:
            say = self._language.say
            if not whole:
                page.complain(Sorry(say("Stopped."), say("No vault was made.")))
            elif passphrase:
                self._desk.unlock(passphrase)
            else:
                self._desk.shell.show_page("lost", alone=True)

        def failed(failure: Failure) -> None:
            page.complain(self._sorry(failure), passphrase=isinstance(failure, WrongPassphrase))

        self._desk.ask.aside(deed, done, failed, page)

    @property
    def _lost(self) -> LostPage:
        page = self._desk.shell.page("lost")
        assert isinstance(page, LostPage)  # the desk builds it
        return page

    @property
    def _backup(self) -> RestorePage:
        page = self._desk.shell.page("restore")
        assert isinstance(page, RestorePage)  # as above
        return page
