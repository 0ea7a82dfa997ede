"""More ways in, before anybody is signed in: recovery sheets in place of a passphrase, a backup in place of a vault, and what
can be read of a damaged one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from victim_id import places
from victim_id.errors import Damaged, Failure, WrongInput, WrongPassphrase
from victim_id.language import Language
from victim_id.ui.long_work import LongWork
from victim_id.ui.pages.damaged import DamagedPage, SavedShown, Wrong
from victim_id.ui.pages.lost import LostPage
from victim_id.ui.pages.restore import FoundRow, RestorePage
from victim_id.ui.widgets.notes import Sorry

if TYPE_CHECKING:
    from victim_id.backups import FoundBackup
    from victim_id.mending import Saved
    from victim_id.ui.desk import Desk
    from victim_id.ui.door import Door
    from victim_id.ways_in import Outside
    from victim_id.workspace import Workspace


class WaysIn(QObject):
    """Connects the pages with the vault's folder; whoever comes in is signed in by the desk."""

    def __init__(self, desk: "Desk", door: "Door", language: Language, sorry: Callable[..., Sorry]) -> None:
        super().__init__()
        self._desk, self._door, self._language, self._sorry = desk, door, language, sorry
        self._work: LongWork | None = None
        self._private = b""
        self._key = Path()

    def stop(self) -> None:
        """Stops a restoring or a saving at its next step."""
        if self._work is not None:
            self._work.stop()

    # ---- recovery sheets

    def lost_page(self) -> LostPage:
        """Builds the page of a lost passphrase."""
        from victim_id.vault.sheets import LIST, WORDS  # noqa: PLC0415  only who lost a passphrase needs the words

        page = LostPage(self._language, LIST, WORDS)
        page.looked.connect(self._look)
        page.proved.connect(self._prove_by_sheets)
        page.key_file.connect(self._choose_key)
        page.key_proved.connect(self._prove_by_key)
        page.recover.connect(self._recover)
        page.back.connect(self._leave_lost)
        folder = self._door.vault

        def look() -> "Outside":
            from victim_id.ways_in import outside  # noqa: PLC0415  as above

            return outside(folder)

        self._desk.ask.aside(
            look,
            lambda found: page.tell(found.mark, organisation=found.organisation),
            lambda failure: page.complain(self._sorry(failure)),
            page,
        )
        return page

    def _leave_lost(self) -> None:
        self._private = b""
        self._desk.shell.show_page("unlock", alone=True)

    def _look(self, number: int, typed: str, other: str) -> None:
        folder, page = self._door.vault, self._lost

        def look() -> str:
            from victim_id.ways_in import look_at_sheet  # noqa: PLC0415  as above

            return look_at_sheet(folder, typed, (other,))

        self._desk.ask.aside(
            look,
            lambda found: page.show_look(number, found),
            lambda failure: page.complain(self._sorry(failure, "recover")),
            page,
        )

    def _prove_by_sheets(self, typed: tuple[str, str]) -> None:
        folder = self._door.vault

        def private() -> bytes:
            from victim_id.ways_in import key_of_sheets  # noqa: PLC0415  as above

            return key_of_sheets(folder, typed)

        self._prove(private)

    def _choose_key(self) -> None:
        title = self._language.say("The file of the organisation's key")
        self._door.chooser(self._desk.shell).files(title, "", lambda files: self.take_key(files[0]))

    def take_key(self, file: Path) -> None:
        """Takes the file of the organisation's key; it is read once its passphrase is there."""
        self._key = file
        self._lost.key.show_file(file.name)

    def _prove_by_key(self, passphrase: str) -> None:
        file = self._key

        def private() -> bytes:
            from victim_id.outside import read_outside  # noqa: PLC0415  as above
            from victim_id.vault import organisation_key  # noqa: PLC0415  as above

            return organisation_key.private(read_outside(file, organisation_key.MOST_BYTES), passphrase, file.name)

        self._prove(private)

    def _prove(self, private: Callable[[], bytes]) -> None:
        """Shows whose place it may be, once the key is found to open the vault."""
        folder, now, page = self._door.vault, self._door.now, self._lost

        def prove() -> tuple[bytes, list[str]]:
            from victim_id.ways_in import people_in  # noqa: PLC0415  as above

            found = private()
            return found, [worker.name for worker in people_in(folder, found, now)]

        def proved(found: tuple[bytes, list[str]]) -> None:
            self._private, names = found
            page.show_people(names)

        self._desk.ask.aside(prove, proved, lambda failure: page.complain(self._sorry(failure)), page)

    def _recover(self, name: str, new: bool, passphrase: str) -> None:
        folder, now, editions, private = self._door.vault, self._door.now, self._door.editions, self._private
        organisation = self._door.organisation

        def make() -> "Workspace":
            from victim_id.workspace import Workspace  # noqa: PLC0415  loaded after the unlock page is there

            return Workspace.recover(
                folder, private, name, passphrase, now=now, new=new, editions=editions, organisation=organisation
            )

        def failed(failure: Failure) -> None:
            where = failure.where if isinstance(failure, WrongInput) else ""
            say = self._language.say
            message = {
                "passphrase": Sorry(say("This passphrase cannot be used here."), say("Please choose another one.")),
                "name": Sorry(
                    say("Somebody of this name is here already."), say("Add something that tells them apart.")
                ),
            }.get(where, self._sorry(failure, "recover"))
            self._lost.complain(message, passphrase=where == "passphrase", name=where == "name")

        self._desk.come_in(make, failed)

    # ---- a backup

    def restore_page(self) -> RestorePage:
        """Builds the page of restoring."""
        page = RestorePage(self._language)
        page.choose.connect(self._choose)
        page.restore.connect(self._restore)
        page.stop.connect(self.stop)
        page.back.connect(self._desk.greet)
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

        self._desk.ask.aside(look, show, lambda failure: page.complain(self._sorry(failure, "restore")), page)

    def _restore(self, backup: str, passphrase: str) -> None:
        folder, page, now = self._door.vault, self._backup, self._door.now
        work = self._work = LongWork()
        work.moved.connect(page.under_way.show_per_cent)
        page.show_going()

        def deed() -> bool:
            from victim_id.backups import restored  # noqa: PLC0415  as above
            from victim_id.mending import restore  # noqa: PLC0415  as above
            from victim_id.vault.backup import Stopped  # noqa: PLC0415  as above

            try:
                if places.found(folder) == "nothing":
                    restored(Path(backup), folder, passphrase, work.progress, work.stopped)
                else:
                    restore(Path(backup), folder, passphrase, now, work.progress, work.stopped)
            except Stopped:
                return False
            return True

        def done(whole: bool) -> None:
            say = self._language.say
            if not whole:
                page.complain(Sorry(say("Stopped."), say("No vault was made.")))
                return
            self._mended()
            if passphrase:
                self._desk.unlock(passphrase)
            else:
                self._desk.shell.show_page("lost", alone=True)

        def failed(failure: Failure) -> None:
            page.complain(self._sorry(failure, "restore"), passphrase=isinstance(failure, WrongPassphrase))

        self._desk.ask.aside(deed, done, failed, page)

    # ---- a vault that cannot be opened as it is

    def damaged_page(self) -> DamagedPage:
        """Builds the page of a vault that cannot be opened as it is."""
        page = DamagedPage(self._language)
        page.save.connect(self._save)
        page.restore.connect(self._restore_in_its_place)
        page.anew.connect(self._make_anew)
        page.again.connect(self._desk.greet)
        page.stop.connect(self.stop)
        return page

    def tell(self, wrong: Wrong) -> None:
        """Shows what is wrong with the vault."""
        self._desk.shell.forget("damaged")
        self._damaged.tell(wrong, str(self._door.vault))
        self._desk.shell.show_page("damaged", alone=True)

    def _restore_in_its_place(self) -> None:
        self._backup.tell_aside(there=places.found(self._door.vault) != "nothing")
        self._desk.shell.show_page("restore", alone=True)

    def _make_anew(self) -> None:
        folder, now, page = self._door.vault, self._door.now, self._damaged

        def deed() -> None:
            from victim_id.mending import set_aside  # noqa: PLC0415  as above

            if places.found(folder) == "no_key":
                set_aside(folder, now())

        def done(_: None) -> None:
            self._desk.shell.show_page("first", alone=True)

        self._desk.ask.aside(deed, done, lambda failure: page.complain(self._sorry(failure)), page)

    def _save(self, passphrase: str) -> None:
        folder, now, page = self._door.vault, self._door.now, self._damaged
        work = self._work = LongWork()
        work.moved.connect(page.under_way.show_per_cent)
        page.show_going()

        def deed() -> "Saved | None":
            from victim_id.mending import save  # noqa: PLC0415  as above
            from victim_id.vault.backup import Stopped  # noqa: PLC0415  as above

            try:
                return save(folder, passphrase, now, work.progress, work.stopped)
            except Stopped:
                return None

        def done(saved: "Saved | None") -> None:
            say = self._language.say
            if saved is None:
                page.complain(Sorry(say("Stopped."), say("Nothing was changed.")))
            else:
                found = saved.found
                self._mended()
                page.show_saved(SavedShown(found.cases, found.lost, found.lines, found.drafts, saved.aside.name))

        def failed(failure: Failure) -> None:
            say = self._language.say
            none = Sorry(
                say("Nothing of it can be read."), say("Please restore from a backup. The folder is as it was.")
            )
            sorry = none if isinstance(failure, Damaged) else self._sorry(failure)
            page.complain(sorry, passphrase=isinstance(failure, WrongPassphrase))

        self._desk.ask.aside(deed, done, failed, page)

    def _mended(self) -> None:
        self._door.remembered.keep(damaged=0)
        self._desk.shell.forget("unlock")

    @property
    def _damaged(self) -> DamagedPage:
        page = self._desk.shell.page("damaged")
        assert isinstance(page, DamagedPage)  # the desk builds it
        return page

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
