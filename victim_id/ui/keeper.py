"""Connects people and recovery with the workspace, and reminds of what keeps the vault."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from victim_id.errors import Failure, WrongInput, WrongPassphrase
from victim_id.ui.bench import Bench
from victim_id.ui.long_work import LongWork
from victim_id.ui.pages.cases import Reminder
from victim_id.ui.pages.organisations_key import KeyShown
from victim_id.ui.pages.people import PeoplePage, PersonRow
from victim_id.ui.pages.recovery import RecoveryPage, SheetsShown
from victim_id.ui.pages.sent import PageImage
from victim_id.ui.printing import Paper
from victim_id.ui.widgets.notes import Sorry

if TYPE_CHECKING:
    from victim_id.ways_in import Organisation, Sheets
    from victim_id.workspace import Reminders, Workspace

MOST_KEY = 64 * 1024


class _Made(NamedTuple):
    papers: list[bytes]
    pages: tuple[PageImage, ...]
    sheets: "Sheets"


class Keeper(QObject):
    """What keeps the vault itself. `left` leads back to the cases, `place` to another place of the preferences, `paper` to print."""

    left = Signal()
    place = Signal(str)
    paper = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._say = bench, bench.language.say
        self._papers: list[bytes] = []
        self._first = False
        self._work: LongWork | None = None

    def stop(self) -> None:
        """Stops a long work at its next step: a lock waits for nothing."""
        if self._work is not None:
            self._work.stop()

    # ---- reminders

    def remind(self, show: Callable[[list[Reminder]], None], owner: QObject) -> None:
        """Brings what the worker is to be reminded of."""
        now = self._bench.now()
        self._bench.ask.read(
            lambda space: space.reminders(now), lambda found: show(self._reminders(found)), self._quiet, owner
        )

    def _reminders(self, found: "Reminders") -> list[Reminder]:
        say = self._say
        sheets = {
            "none": say("Make the recovery sheets"),
            "not_kept": say("Put the recovery sheets on paper"),
            "used": say("The recovery sheets were used: make new ones"),
            "rehearsal": say("Try the recovery sheets: a year has passed"),
        }.get(found.sheets)
        clock = {
            "behind": say("The clock of this laptop stands before what was written already"),
            "ahead": say("The clock of this laptop has leapt more than a year ahead"),
        }.get(found.clock)
        rows = [Reminder("history", clock)] if clock else []
        rows += [Reminder("recovery", sheets)] if sheets else []
        if found.ahead:
            rows.append(Reminder("backup", say("A backup is newer than this vault")))
        if found.backup:
            rows.append(Reminder("backup", say("A backup is due")))
        if found.organisation:
            waits, refused = (
                say("Compare the key of your organisation’s file"),
                say("A file of your organisation was not taken"),
            )
            rows.append(Reminder("preferences", waits if found.organisation == "wanted" else refused))
        if found.due:
            words = self._bench.language.say_many("{n} case is due to be erased", "{n} cases are due to be erased", found.due)  # fmt: skip
            rows.append(Reminder("care", words))
        return rows

    # ---- people

    def people_page(self) -> PeoplePage:
        """Builds the page of people."""
        page = PeoplePage(self._bench.language, self._bench.preferences.organisation)
        page.added.connect(self._add)
        page.changed.connect(self._change)
        page.removed.connect(self._remove)
        page.renew.connect(lambda: self.place.emit("recovery"))
        page.place.connect(self.place)
        page.left.connect(self.left)
        return page

    def people(self) -> None:
        """Shows who can open the vault."""
        self._bench.shell.show_page("people", rail="preferences")
        self._read_people()

    def _read_people(self) -> None:
        language = self._bench.language

        def read(space: "Workspace") -> list[PersonRow]:
            me = space.worker.id
            return [
                PersonRow(
                    one.id,
                    one.name,
                    language.say("since {date}", date=language.date(one.made)),
                    one.id == me,
                    *space.ways_in.alone(one.id),
                )
                for one in space.ways_in.people()
            ]

        self._bench.ask.read(read, self._people.show_people, self._bench.failed, self)

    def _add(self, name: str, passphrase: str) -> None:
        def failed(failure: Failure) -> None:
            self._people.complain_add(self._about_passphrase(failure), passphrase=_is_passphrase(failure))

        def added(_: object) -> None:
            self._people.was_added()
            self._bench.shell.say(self._say("{name} can open this vault now.", name=name))
            self._read_people()

        self._bench.ask.change(lambda space: space.ways_in.add(name, passphrase), added, failed, self)

    def _change(self, old: str, new: str) -> None:
        def failed(failure: Failure) -> None:
            present = isinstance(failure, WrongPassphrase)
            message = Sorry(self._say("This is not your present passphrase."), self._say("Nothing was changed."))
            self._people.complain_change(message if present else self._about_passphrase(failure), present=present)

        def changed(_: None) -> None:
            self._people.was_changed()
            self._bench.shell.say(self._say("Your passphrase is changed."))

        self._bench.ask.change(lambda space: space.ways_in.change_passphrase(old, new), changed, failed, self)

    def _remove(self, worker: str, stranding: bool) -> None:
        def deed(space: "Workspace") -> str:
            name = next(one.name for one in space.ways_in.people() if one.id == worker)
            space.ways_in.remove(worker, stranding=stranding)
            return name

        def failed(failure: Failure) -> None:
            alone = Sorry(
                self._say("Nobody was removed: they are the only one who can read some limited cases."),
                self._say("They may let others read those cases first."),
            )
            self._people.complain_remove(alone if isinstance(failure, WrongInput) else self._bench.sorry(failure))

        def removed(name: str) -> None:
            self._people.was_removed(name)
            self._read_people()

        self._bench.ask.change(deed, removed, failed, self)

    def _about_passphrase(self, failure: Failure) -> Sorry:
        if _is_passphrase(failure):
            return Sorry(self._say("This passphrase cannot be used here."), self._say("Please choose another one."))
        return self._bench.sorry(failure)

    # ---- recovery sheets

    def recovery_page(self) -> RecoveryPage:
        """Builds the page of the recovery sheets; at the end of the first start they are only offered."""
        from victim_id.vault.sheets import LIST, WORDS  # noqa: PLC0415  loaded with the vault

        page = RecoveryPage(self._bench.language, LIST, WORDS, first=self._first, printing=True)
        page.make.connect(self.make)
        page.save.connect(self._save)
        page.print_out.connect(self._print)
        page.looked.connect(self._look)
        page.earlier.typed.looked.connect(self._look_at_earlier)
        page.earlier.cover.connect(self._cover)
        page.organisation.choose.connect(self._choose_key)
        page.organisation.looked.connect(self._look_at_key)
        page.organisation.given.connect(self._give_key)
        page.organisation.removed.connect(self._remove_key)
        page.rehearse.connect(self._rehearse)
        page.renew_key.connect(self._renew)
        page.stop.connect(self.stop)
        page.later.connect(self._later)
        page.place.connect(self.place)
        page.left.connect(self.left)
        return page

    def recovery(self, *, first: bool = False) -> None:
        """Shows the sheets; once all are on paper they are out of sight for good."""
        if first != self._first:
            self._first = first
            self._bench.shell.forget("recovery")
        self._bench.shell.show_page("recovery", alone=first, rail="preferences")
        self._bench.ask.read(
            lambda space: (space.ways_in.sheets(), space.ways_in.mark), self._came_to_sheets, self._bench.failed, self
        )
        self._bench.ask.read(lambda space: space.ways_in.organisation(), self._show_key, self._bench.failed, self)

    def _later(self) -> None:
        self._papers, self._first = [], False
        self._bench.shell.forget("recovery")
        self.left.emit()

    def _came_to_sheets(self, read: tuple["Sheets", str]) -> None:
        found, mark = read
        self._recovery.show_mark(mark)
        if self._papers and len(found.kept) == len(self._papers):
            self._papers = []
            self._recovery.show_sheets(())
        self._recovery.tell(self._shown(found))

    def make(self) -> None:
        """Makes new sheets and shows them."""
        language = self._bench.language

        def deed(space: "Workspace") -> _Made:
            from victim_id.referral.paper.preview import pictures  # noqa: PLC0415  loaded with the first sheet

            papers = space.ways_in.recovery_sheets(language)
            pages = tuple(PageImage(*one) for paper in papers for one in pictures(paper, 110))
            return _Made(papers, pages, space.ways_in.sheets())

        def made(found: _Made) -> None:
            self._papers = found.papers
            self._recovery.tell(self._shown(found.sheets))
            self._recovery.show_sheets(found.pages)

        self._bench.ask.change(deed, made, self._not_made, self)

    def _save(self, number: int) -> None:
        title = self._say("Save sheet {n}: a plain copy, onto a stick", n=number)
        self._bench.chooser.save(title, f"sheet-{number}.pdf", lambda file: self.save_sheet(number, file))

    def save_sheet(self, number: int, file: Path) -> None:
        """Writes one sheet as a plain PDF where the worker wants it, and notes that it is kept."""
        if not self._papers:
            return
        paper = self._papers[number - 1]

        def deed(space: "Workspace") -> "Sheets":
            from victim_id.vault.folder import write  # noqa: PLC0415  loaded with the vault

            write(file, paper)
            return space.ways_in.sheet_kept(number)

        def saved(found: "Sheets") -> None:
            self._recovery.tell(self._shown(found))
            self._bench.shell.say(self._say("Sheet {n} is saved.", n=number))

        self._bench.ask.change(deed, saved, self._not_made, self)

    def _print(self, number: int) -> None:
        if not self._papers:
            return
        paper = self._papers[number - 1]
        self.paper.emit(
            Paper(
                self._say("Sheet {n}", n=number),
                f"sheet-{number}",
                lambda _space: paper,
                lambda space: space.ways_in.sheet_kept(number),
                self._read_sheets,
            )
        )

    def _read_sheets(self) -> None:
        self._bench.ask.read(
            lambda space: space.ways_in.sheets(),
            lambda found: self._recovery.tell(self._shown(found)),
            self._bench.failed,
            self._recovery,
        )

    def _not_made(self, failure: Failure) -> None:
        self._recovery.complain_sheets(self._bench.sorry(failure))

    def _look(self, number: int, typed: str, other: str) -> None:
        page = self._recovery
        self._bench.ask.read(
            lambda space: space.ways_in.look(typed, (other,)),
            lambda look: page.show_look(number, look),
            self._bench.failed,
            page,
        )

    def _look_at_earlier(self, number: int, typed: str, other: str) -> None:
        page = self._recovery
        self._bench.ask.read(
            lambda space: space.ways_in.look_at_earlier(typed, (other,)),
            lambda look: page.earlier.typed.show_look(number, look),
            self._bench.failed,
            page,
        )

    def _cover(self, typed: tuple[str, str]) -> None:
        def covered(found: "Sheets") -> None:
            self._recovery.earlier.close_up()
            self._recovery.tell(self._shown(found))
            self._bench.shell.say(self._say("The present sheets open those cases as well now."))

        self._bench.ask.change(lambda space: space.ways_in.cover(typed), covered, self._not_made, self)

    def _rehearse(self, typed: tuple[str, str]) -> None:
        self._bench.ask.change(
            lambda space: space.ways_in.rehearse(typed),
            lambda found: self._recovery.was_rehearsed(self._shown(found)),
            self._not_made,
            self,
        )

    def _shown(self, found: "Sheets") -> SheetsShown:
        date = self._bench.language.date
        return SheetsShown(
            date(found.made) if found.made else "",
            found.kept,
            date(found.rehearsed) if found.rehearsed else "",
            used=found.used,
            uncovered=found.uncovered,
            earlier=found.earlier,
        )

    # ---- the organisation's key

    def _choose_key(self) -> None:
        title = self._say("The public file of the organisation's key")
        self._bench.chooser.files(title, "", lambda files: self.look_at_key_in(files[0]))

    def look_at_key_in(self, file: Path) -> None:
        """Shows the number of a key whose public file was chosen."""

        def typed() -> str:
            from victim_id.outside import read_outside  # noqa: PLC0415  loaded with the first key

            return read_outside(file, MOST_KEY).decode(errors="replace")

        self._offer(typed)

    def _look_at_key(self, typed: str) -> None:
        self._offer(lambda: typed)

    def _offer(self, typed: Callable[[], str]) -> None:
        card = self._recovery.organisation

        def read(_space: "Workspace") -> tuple[str, str]:
            from victim_id.ways_in import number_of  # noqa: PLC0415  as above

            found = typed()
            return found, number_of(found)

        self._bench.ask.read(read, lambda found: card.offer(*found), self._no_key, card)

    def _give_key(self, typed: str) -> None:
        self._bench.ask.change(lambda space: space.ways_in.set_organisation(typed), self._show_key, self._no_key, self)

    def _remove_key(self) -> None:
        self._bench.ask.change(lambda space: space.ways_in.forget_organisation(), self._show_key, self._no_key, self)

    def _show_key(self, found: "Organisation") -> None:
        self._recovery.organisation.tell(KeyShown(found.number, found.uncovered))

    def _no_key(self, failure: Failure) -> None:
        say = self._say
        wrong = Sorry(say("This is not a new public key of an organisation."), say("It begins with age1. Compare each sign, or choose its file."))  # fmt: skip
        self._recovery.organisation.complain(wrong if isinstance(failure, WrongInput) else self._bench.sorry(failure))

    # ---- a new vault key

    def _renew(self) -> None:
        page, work, say = self._recovery, LongWork(), self._say
        self._work = work
        work.moved.connect(page.under_way.show_per_cent)
        page.show_renewing()

        def deed(space: "Workspace") -> bool:
            from victim_id.vault.backup import Stopped  # noqa: PLC0415  loaded with the vault

            try:
                space.ways_in.renew_key(work.progress, work.stopped)
            except Stopped:
                return False
            return True

        def done(whole: bool) -> None:
            self._work = None
            message = say("The vault has a new key."), say("Make a new backup: older ones open with the old key.")
            stopped = say("Stopped."), say("The vault is as it was.")
            page.was_renewed(Sorry(*(message if whole else stopped)))

        def failed(failure: Failure) -> None:
            self._work = None
            page.was_renewed(self._bench.sorry(failure))

        self._bench.ask.change(deed, done, failed, self)

    # ---- inside

    def _quiet(self, _failure: Failure) -> None:
        """A reminder that cannot be read is none; whatever is wrong shows itself where something is done."""

    @property
    def _people(self) -> PeoplePage:
        page = self._bench.shell.page("people")
        assert isinstance(page, PeoplePage)  # the desk builds it
        return page

    @property
    def _recovery(self) -> RecoveryPage:
        page = self._bench.shell.page("recovery")
        assert isinstance(page, RecoveryPage)  # as above
        return page


def _is_passphrase(failure: Failure) -> bool:
    return isinstance(failure, WrongInput) and failure.where == "passphrase"
