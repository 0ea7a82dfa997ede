"""Connects the page of keeping and erasing with the workspace: what is due, holds, who may read, erasing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PySide6.QtCore import QObject, Signal

from victim_id import wording
from victim_id.errors import Failure, NotForYou, WrongInput
from victim_id.ui import listing
from victim_id.ui.backing_up import write_backup
from victim_id.ui.bench import Bench
from victim_id.ui.long_work import LongWork
from victim_id.ui.pages.care import CarePage
from victim_id.ui.pages.cared import CareRow, Chosen, Kept, Listing, StaleBackup
from victim_id.ui.widgets.notes import Sorry

if TYPE_CHECKING:
    from victim_id.vault import Backup
    from victim_id.vault import CaseRow as StoredRow
    from victim_id.workspace import Workspace


class Erased(NamedTuple):
    """What an erasure leaves behind: the backups that still hold the words, and whether the vault's file is to be cleaned."""

    backups: "list[Backup]"
    unclean: bool


class Caring(QObject):
    """`left` leads back to the cases, `opened` to a case, `gone` carries the ids that can no longer be read here,
    `copy_wanted` those of a person who asks for a copy.
    """

    left = Signal()
    opened = Signal(str)
    gone = Signal(tuple)
    copy_wanted = Signal(tuple)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._say = bench, bench.language.say
        self._work: LongWork | None = None

    def stop(self) -> None:
        """Stops what is going on at its next step."""
        if self._work is not None:
            self._work.stop()

    def page(self) -> CarePage:
        """Builds the page."""
        page = CarePage(self._bench.language)
        page.listed.connect(self._list)
        page.chosen.connect(self._choose)
        page.opened.connect(self.opened)
        page.erase.connect(self._erase)
        page.hold.connect(lambda case, reason: self._hold(case, reason, held=True))
        page.release.connect(lambda case, reason: self._hold(case, reason, held=False))
        page.limit.connect(self._limit)
        page.export.connect(self.copy_wanted)
        page.confirm.connect(self._confirm)
        page.erase_identity.connect(self._erase_identity)
        page.forget.connect(self._forget)
        page.replace.connect(self._replace)
        page.stop.connect(self.stop)
        page.kept.connect(self._keep)
        page.left.connect(self.left)
        return page

    def show(self, *cases: str) -> None:
        """Shows what is due, with some cases chosen."""
        self._bench.shell.show_page("care", rail="cases")
        page, now = self._page, self._bench.now()

        def read(space: "Workspace") -> tuple[list[CareRow], Kept, int, frozenset[str]]:
            retention = Kept(**msgspec.structs.asdict(space.keeping.retention))
            old, fixed = space.keeping.old_history(now), frozenset(space.keeping.fixed)
            return self._rows_of(space, cases), retention, old, fixed

        def show(found: tuple[list[CareRow], Kept, int, frozenset[str]]) -> None:
            page.show_kept(*found[1:])
            page.take(found[0])
            page.ask()

        self._bench.ask.read(read, show, self._bench.failed, page)

    # ---- what is listed and chosen

    def _list(self, which: Listing, text: str, most: int) -> None:
        page, now, language = self._page, self._bench.now(), self._bench.language

        def read(space: "Workspace") -> list[CareRow]:
            if which == "all":
                return [self._row(row) for row in space.caseload.cases("", text, 0, most + 1, "changed")]
            if which == "due":
                due = {one.case: one for one in space.keeping.due(now)}
                words = {
                    id_: self._say(
                        "{outcome} · due since {date}",
                        outcome=wording.outcome(language, one.outcome),
                        date=language.date(one.since),
                    )
                    for id_, one in due.items()
                }
                for look in space.keeping.looks(now):
                    day = language.date(f"{look.since}T12:00:00Z")
                    words[look.case] = (
                        self._say("nobody is left who can read it · due to be erased since {date}", date=day)
                        if look.stranded
                        else self._say("limited to others · due to be looked at since {date}", date=day)
                    )  # fmt: skip
                for one in space.keeping.identities_due(now):
                    told = self._say("who the person is · due since {date}", date=language.date(one.since))
                    words[one.case] = " · ".join(text for text in (words.get(one.case), told) if text)
            else:
                words = {hold.case: "" for hold in space.keeping.holds()}
            rows = [self._row(row, words[row.id]) for row in space.caseload.rows(list(words))]
            return rows + (self._packages(space, space.keeping.received_due(now)) if which == "due" else [])

        def show(rows: list[CareRow]) -> None:
            more = which == "all" and len(rows) > most
            page.show_rows(which, rows[:most] if more else rows, more=more)

        self._bench.ask.read(read, show, self._wrong, page)

    def _rows_of(self, space: "Workspace", ids: Sequence[str]) -> list[CareRow]:
        """Gives chosen cases, and chosen packages that were taken in."""
        rows = [self._row(one) for one in space.caseload.rows(ids)]
        return rows if len(rows) == len(ids) else rows + self._packages(space, ids)

    def _packages(self, space: "Workspace", ids: Sequence[str]) -> list[CareRow]:
        language, wanted = self._bench.language, set(ids)
        found = {one.package.manifest.package: one for one in space.post.inbox(limit=-1)} if wanted else {}
        return [
            CareRow(
                id_,
                one.package.manifest.case,
                one.package.manifest.sender.organisation,
                self._say("came in · taken in on {date}", date=language.date(one.at)),
                held=False,
                came=True,
            )
            for id_, one in found.items()
            if id_ in wanted
        ]

    def _row(self, row: "StoredRow", why: str = "") -> CareRow:
        language = self._bench.language
        if row.held:
            why = self._say("on hold since {date}", date=language.date(row.held))
        changed = listing.when(language, row.changed, self._bench.now())
        last = self._say("last change {when}", when=changed) if changed else self._say("limited to others")
        return CareRow(row.id, row.code, row.place or "", why or last, held=bool(row.held))

    def _choose(self, chosen: tuple[str, ...]) -> None:
        page, language = self._page, self._bench.language

        def read(space: "Workspace") -> Chosen:
            rows = tuple(self._rows_of(space, chosen))
            cases = tuple(one.id for one in rows if not one.came)
            people = [(one.id, one.name) for one in space.ways_in.people()]
            held, named = "", tuple[str, ...]()
            if len(cases) == 1:
                named = tuple(space.keeping.named(cases[0]))
                hold = space.keeping.held(cases[0])
                if hold is not None:
                    who = dict(people).get(hold.worker, "–")
                    since = language.date(hold.since)
                    held = (
                        self._say("Since {date}, by {who}: {reason}", date=since, who=who, reason=hold.reason)
                        if hold.reason
                        else self._say("Since {date}, by {who}. Those named can read why.", date=since, who=who)
                    )
            others, stranded = self._others(space, cases)
            identity = self._identity(space, cases)
            fits = [one.package for one in space.access.arrived(cases) if one.fits and one.package not in chosen]
            fitting = tuple(self._packages(space, fits))
            return Chosen(rows, held, named, tuple(people), space.worker.id, identity, others, stranded, fitting)

        self._bench.ask.read(read, page.show_chosen, self._wrong, page)

    def _others(self, space: "Workspace", cases: tuple[str, ...]) -> tuple[str, bool]:
        """Gives whose it is to care for a chosen case that is limited to others, and whether nobody is left who is named."""
        closed = [case for case in cases if not space.keeping.is_readable(case)]
        names = {one.id: one.name for one in space.ways_in.people()}
        readers = sorted({names[id_] for case in closed for id_ in space.keeping.named(case) if id_ in names})
        if not closed:
            return "", False
        if readers:
            return self._say("It is limited. Only these can hold it, erase it or let others in: {names}.", names=", ".join(readers)), False  # fmt: skip
        return (
            self._say("Nobody is left who can read it. It may be erased once it was kept long enough; whoever comes in with two recovery sheets can read it."),
            True,
        )  # fmt: skip

    def _identity(self, space: "Workspace", cases: tuple[str, ...]) -> str:
        """Gives when a recipient confirmed the one chosen case, and from when on the identity part is due."""
        date = self._bench.language.date
        return next(
            (
                self._say("Confirmed on {day}. Due to be erased from {since}.", day=date(one.confirmed), since=date(one.since))
                for one in (space.keeping.identities() if len(cases) == 1 else ())
                if one.case == cases[0]
            ),
            "",
        )  # fmt: skip

    # ---- deeds

    def _confirm(self, case: str) -> None:
        def done(_: None) -> None:
            self._bench.shell.say(self._say("Written down."))
            self._choose((case,))

        self._bench.ask.change(lambda space: space.keeping.confirm(case), done, self._wrong, self)

    def _erase_identity(self, case: str) -> None:
        def deed(space: "Workspace") -> Erased:
            return Erased(space.keeping.erase_identity(case), space.keeping.cleaning_is_due)

        def done(erased: Erased) -> None:
            self.gone.emit((case,))
            words = self._say("Who the person is was erased; the case stays.")
            self._page.show_left(words, self._stale(erased.backups), unclean=erased.unclean)
            self._choose((case,))

        self._bench.ask.change(deed, done, self._wrong, self)

    def _forget(self) -> None:
        now = self._bench.now()

        def done(number: int) -> None:
            self._bench.shell.say(
                self._bench.language.say_many("{n} line is forgotten.", "{n} lines are forgotten.", number)
            )
            self.show()

        self._bench.ask.change(lambda space: space.keeping.forget_history(now), done, self._wrong, self)

    def _erase(self, chosen: tuple[str, ...], ground: str) -> None:
        def deed(space: "Workspace") -> tuple[Erased, str]:
            came = [one.id for one in self._packages(space, chosen)]
            cases = [one for one in chosen if one not in came]
            backups = space.keeping.erase(cases, ground, came)  # type: ignore[arg-type]  # the chips offer the known grounds
            return Erased(backups, space.keeping.cleaning_is_due), self._told(len(cases), len(came))

        def erased(done: tuple[Erased, str]) -> None:
            self.gone.emit(chosen)
            self._page.show_erased(done[1], self._stale(done[0].backups), unclean=done[0].unclean)

        def failed(failure: Failure) -> None:
            held = Sorry(self._say("Nothing was erased."), self._say("A legal hold keeps one of these cases."))
            if isinstance(failure, NotForYou):
                self._page.complain(Sorry(self._say("Nothing was erased."), self._say("One of these cases is limited to others, or was not kept long enough.")))  # fmt: skip
            elif isinstance(failure, WrongInput):
                self._page.complain(held)
            else:
                self._wrong(failure)

        self._bench.ask.change(deed, erased, failed, self)

    def _told(self, cases: int, came: int) -> str:
        say_many = self._bench.language.say_many
        told = (
            say_many("{n} case is erased.", "{n} cases are erased.", cases) if cases else "",
            say_many("{n} package is erased.", "{n} packages are erased.", came) if came else "",
        )
        return " ".join(text for text in told if text)

    def _hold(self, case: str, reason: str, *, held: bool) -> None:
        def deed(space: "Workspace") -> None:
            (space.keeping.hold if held else space.keeping.release)(case, reason)

        def done(_: None) -> None:
            self._bench.shell.say(self._say("The hold is written down.") if held else self._say("The hold has ended."))
            self._choose((case,))
            self._page.ask()

        self._bench.ask.change(deed, done, self._wrong, self)

    def _limit(self, case: str, named: tuple[str, ...]) -> None:
        def deed(space: "Workspace") -> tuple[bool, bool]:
            if named:
                space.keeping.limit(case, named)
            else:
                space.keeping.unlimit(case)
            return not named or space.worker.id in named, space.keeping.cleaning_is_due

        def done(found: tuple[bool, bool]) -> None:
            readable, unclean = found
            if not readable:
                self.gone.emit((case,))
            words = self._say("Only those named can read it now.") if named else self._say("Everybody can read it now.")
            self._bench.shell.say(words)
            self._page.ask()
            self._choose((case,))
            if named and unclean:
                self._page.show_unclean(words)

        self._bench.ask.change(deed, done, self._wrong, self)

    def _replace(self) -> None:
        """Makes a new backup wherever an older one holds what was erased, and keeps only the new one there."""
        page = self._page
        work = self._work = LongWork()
        work.moved.connect(page.erased.under_way.show_per_cent)

        def stale(space: "Workspace") -> "list[Backup]":
            return space.backups.with_erased()

        def left(space: "Workspace") -> Erased:
            return Erased(stale(space), space.keeping.cleaning_is_due)

        def shown(erased: Erased) -> None:
            page.erased.show_replaced(self._stale(erased.backups), unclean=erased.unclean)

        def found(places: list[Path]) -> None:
            if places and not work.stopped():
                write_backup(self._bench.ask, places[0], work, lambda _: found(places[1:]), self._wrong, page, keep=1)
            else:
                self._bench.ask.read(left, shown, self._wrong, page)

        def wanted(space: "Workspace") -> list[Path]:
            return [place for place in sorted({Path(one.place).parent for one in stale(space)}) if place.is_dir()]

        self._bench.ask.read(wanted, found, self._wrong, page)

    def _keep(self, kept: Kept) -> None:
        def deed(space: "Workspace") -> None:
            from victim_id.vault import Retention  # noqa: PLC0415  loaded with the vault

            space.keeping.set_retention(Retention(**kept._asdict()))

        self._bench.ask.change(deed, lambda _: self._page.ask(), self._wrong, self)

    def _stale(self, backups: "Sequence[Backup]") -> list[StaleBackup]:
        now = self._bench.now()
        return [StaleBackup(listing.when_exactly(self._bench.language, one.made, now), one.place) for one in backups]

    def _wrong(self, failure: Failure) -> None:
        """Says a failure on the page."""
        self._page.complain(self._bench.sorry(failure))

    @property
    def _page(self) -> CarePage:
        page = self._bench.shell.page("care")
        assert isinstance(page, CarePage)  # the desk builds it
        return page
