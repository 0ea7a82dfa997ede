"""A signed-in worker's pages and the ways between them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from victim_id.casework.case import JUDGEMENT, OWN_VIEW, Case, View
from victim_id.instrument.instrument import Instrument
from victim_id.ui import listing
from victim_id.ui.around import Around
from victim_id.ui.arranging import Arranged, Arranging
from victim_id.ui.backing_up import BackingUp
from victim_id.ui.bench import Bench
from victim_id.ui.caring import Caring
from victim_id.ui.contacting import Contacting
from victim_id.ui.handing import Handing
from victim_id.ui.keeper import Keeper
from victim_id.ui.letters import Letters
from victim_id.ui.pages.assessment import AssessmentPage, Shown
from victim_id.ui.pages.case_filter import Wanted
from victim_id.ui.pages.cases import ALL, CaseRow, CasesPage
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.pages.practice import PracticeDoor
from victim_id.ui.person import PersonScreen
from victim_id.ui.printing import Printing
from victim_id.ui.saving import Opened
from victim_id.ui.showing import shown
from victim_id.ui.starting import Starting
from victim_id.ui.talks import Talks
from victim_id.ui.telling import Telling

if TYPE_CHECKING:
    from victim_id.vault import CaseRow as StoredRow
    from victim_id.workspace import Workspace

DUE = 8
TALK = frozenset({"interview", "show"})
"""The pages of a talk."""
QUIET = 30_000
"""How many milliseconds lie between two looks whether the vault may rest."""


class SignedIn(QObject):
    """Everything between unlocking and locking."""

    def __init__(self, bench: Bench, over: Arranged) -> None:
        super().__init__()
        self.bench, self._over = bench, over
        self._say = bench.language.say
        self.talks, self.letters = Talks(bench), Letters(bench)
        self.person, self.around = PersonScreen(bench, self.talks), Around(bench, self.talks)
        self.starting, self.contacting = Starting(bench, self.talks), Contacting(bench, self._renewed)
        self.printing = Printing(bench, self.letters.printed)
        self.arranging = Arranging(bench, over, self._renewed)
        self.keeper, self.backups, self.caring = Keeper(bench), BackingUp(bench), Caring(bench)
        self.handing, self.telling = Handing(bench), Telling(bench, self.talks)
        self._build: dict[str, Callable[[], QWidget]] = {
            "cases": self._cases_page,
            "start": self.starting.page,
            "interview": self.talks.interview_page,
            "view": self._view_page,
            "assessment": self._assessment_page,
            "referral": self.letters.referral_page,
            "inbox": self.letters.inbox_page,
            "preferences": self.arranging.page,
            "show": self.person.page,
            "practice": self._practice_page,
            "changes": self.around.changes_page,
            "steps": self.around.steps_page,
            "contacts": self.contacting.page,
            "paper": self.printing.page,
            "people": self.keeper.people_page,
            "recovery": self.keeper.recovery_page,
            "backup": self.backups.page,
            "care": self.caring.page,
            "access": self.handing.page,
            "history": self.telling.page,
            "case_history": self.telling.case_page,
        }
        self.talks.view_wanted.connect(self.view)
        self.talks.refer.connect(self.refer)
        self.talks.left.connect(self.cases)
        self.starting.left.connect(self.cases)
        self.contacting.left.connect(self.cases)
        self.letters.changed.connect(self.talks.changed)
        self.letters.left.connect(self.back)
        self.letters.care.connect(self.caring.show)
        for part in (
            self.talks,
            self.letters,
            self.person,
            self.keeper,
            self.backups,
            self.caring,
            self.handing,
            self.telling,
        ):
            part.setParent(self)  # their timers end with them, in the window's thread
        for source in (self.letters, self.contacting, self.keeper, self.handing):
            source.paper.connect(self.printing.show)
        for place in (self.keeper, self.backups, self.caring, self.arranging, self.telling):
            place.left.connect(self.cases)
        self.arranging.place.connect(self.go)
        self.keeper.place.connect(self.go)
        self.telling.place.connect(self.go)
        self.backups.place.connect(self.go)
        self.caring.opened.connect(self.open)
        self.caring.gone.connect(self._gone)
        self.caring.copy_wanted.connect(self.handing.show)
        self.handing.left.connect(lambda cases: self.caring.show(*cases))
        bench.shell.chosen.connect(self.go)
        bench.shell.deed.connect(self._pressed)

    def build(self, name: str) -> QWidget:
        """Builds a page."""
        return self._build[name]()

    @property
    def standing(self) -> str:
        """The case whose talk is on the screen; empty when it is another page."""
        case = self.talks.case
        return case.id if case is not None and self.bench.shell.under in TALK else ""

    def begin(self, page: str = "cases", stood: Opened | None = None) -> None:
        """Shows the first page, or the talk in which the worker stood, and lets the idle lock run."""
        self.bench.shell.lock_after(self.bench.preferences.idle_minutes)
        self._quiet = QTimer(self, interval=QUIET)
        self._quiet.timeout.connect(self._rest)
        self._quiet.start()
        if stood is not None:
            self.talks.take(stood)
        else:
            self.go(page)

    def _rest(self) -> None:
        if not self.bench.ask.waiting:
            self.bench.ask.change(lambda space: space.rest(), lambda _: None, self.bench.failed, self)

    def end(self) -> None:
        """Stops every long work at its next step, saves what is half-typed, and is gone: nothing of it asks any more."""
        for part in (self.keeper, self.backups, self.caring):
            part.stop()
        self.put_down()
        self.deleteLater()

    def put_down(self) -> None:
        """Saves what is half-typed; nothing is shown any more."""
        for name in ("view", "assessment"):
            if self.bench.shell.built(name):
                self.bench.shell.page(name).finish()  # type: ignore[attr-defined]  # built below
        if self.bench.shell.built("interview"):
            self.talks.put_down()

    def _back_to_talk(self) -> None:
        self.put_down()
        self.talks.resume()

    def go(self, page: str) -> None:
        """Goes to a place of the rail, or of the preferences."""
        ways: dict[str, Callable[[], object]] = {
            "guide": lambda: self.bench.shell.deed.emit("guide"),
            "cases": self.cases,
            "interview": self.interview,
            "referral": self.refer,
            "inbox": self.letters.show_inbox,
            "contacts": self.contacting.show,
            "practice": lambda: self.bench.shell.show_page("practice"),
            "preferences": self.arranging.show,
            "people": self.keeper.people,
            "recovery": self.keeper.recovery,
            "first": lambda: self.keeper.recovery(first=True),
            "backup": self.backups.show,
            "care": self.caring.show,
            "history": self.telling.show,
        }
        self.put_down()
        ways[page]()

    # ---- cases

    def cases(self) -> None:
        """Shows the list, with what is due."""
        self.bench.shell.show_page("cases")

        def read(space: "Workspace") -> "tuple[dict[str, int], list[StoredRow]]":
            due = [
                row
                for state in ("open", "referred")
                for row in space.caseload.cases(state, sort="due", limit=DUE)
                if row.due
            ]
            return space.caseload.counts(), sorted(due, key=lambda row: row.due or "")[:DUE]

        self.bench.ask.read(read, self._show_cases, self.bench.failed, self)

    def _show_cases(self, found: "tuple[dict[str, int], Sequence[StoredRow]]") -> None:
        counts, due = found
        page = self.bench.shell.page("cases")
        assert isinstance(page, CasesPage)  # built below
        page.show_counts(counts)
        page.show_due(listing.due_rows(due, self.bench.language, self.bench.now()))
        edition = self.bench.instrument.edition
        minutes = self.bench.language.say_many(
            "Locks after {n} minute", "Locks after {n} minutes", self.bench.preferences.idle_minutes
        )
        page.show_vault([minutes, self._say("Content: edition {number}", number=edition.number)])
        self.keeper.remind(page.show_reminders, page)

    def _cases_page(self) -> CasesPage:
        content = self.bench.language.content
        settings = [
            (one.id, content("worker", f"setting.{one.id}.label", one.label)) for one in self.bench.instrument.settings
        ]
        page = CasesPage(self.bench.language, self._fetch, settings)
        page.opened.connect(self.open)
        page.new_interview.connect(self.new)
        page.quick_screen.connect(lambda: self.new(quick=True))
        page.care.connect(lambda case: self.caring.show(*([case] if case else [])))
        page.reminded.connect(self.go)
        return page

    def _fetch(self, wanted: Wanted, offset: int, limit: int) -> None:
        bench = self.bench

        def read(space: "Workspace") -> tuple[list[CaseRow], int | None, int]:
            now, state = bench.now(), "" if wanted.state == ALL else wanted.state
            only = listing.only(wanted, now)
            rows = space.caseload.cases(
                state, wanted.text, offset, limit, wanted.sort, only=only, backwards=wanted.backwards  # type: ignore[arg-type]
            )  # fmt: skip
            total = None if offset or wanted.text else space.caseload.count(state, only=only)
            lost = bool(state and wanted.text) and not (offset or rows)
            elsewhere = space.caseload.count("", wanted.text, only=only) if lost else 0
            return [listing.case_row(row, bench.instrument, bench.language, now) for row in rows], total, elsewhere

        def bring(found: tuple[list[CaseRow], int | None, int]) -> None:
            page = bench.shell.page("cases")
            assert isinstance(page, CasesPage)  # as above
            page.show_rows(wanted, offset, *found)

        bench.ask.read(read, bring, bench.failed, self)

    def new(self, *, quick: bool = False) -> None:
        """Shows the page before a talk."""
        self.starting.new(quick=quick)

    def open(self, id_: str) -> None:
        """Opens a case where it stands: its talk, or its result once an own view was written and nothing is left."""

        def deed(space: "Workspace") -> Opened:
            case = space.caseload.case(id_)
            return Opened(case, space.caseload.instrument_of(case), space.caseload.drafts(id_))

        self.bench.ask.change(deed, self._opened, self.bench.failed, self)

    def _opened(self, opened: Opened) -> None:
        self.talks.take(opened)
        if opened.case.views and not opened.case.quick:
            self.assess()

    def _gone(self, cases: tuple[str, ...]) -> None:
        """Forgets a case that was erased, or that was limited to others."""
        self.letters.forget(cases)
        if self.talks.case is not None and self.talks.case.id in cases:
            self.talks.forget()

    def interview(self) -> None:
        """Goes on with the talk that is open, or begins one."""
        if self.talks.case is None:
            self.new()
        else:
            self.talks.resume()

    # ---- own view and assessment

    def view(self) -> None:
        """Asks for the own view; a quick screen has none."""
        case = self.talks.case
        if case is None:
            return
        if case.quick:
            self.talks.conclude()
            return
        page = self.bench.shell.show_page("view", rail="interview")
        assert isinstance(page, OwnViewPage)  # built below
        _, urgent = self.talks.outlook()
        page.tell(case.code, urgent, result_seen=case.result_seen, draft=self.talks.drafted(OWN_VIEW))

    def _view_page(self) -> OwnViewPage:
        page = OwnViewPage(self.bench.language)
        page.viewed.connect(self._viewed)
        page.draft.connect(lambda text: self.talks.draft(OWN_VIEW, text))
        page.back.connect(self._back_to_talk)
        page.refer_now.connect(self.refer)
        return page

    def _viewed(self, view: View, reasons: str) -> None:
        case = self.talks.case
        if case is not None:
            id_ = case.id
            self.talks.write(lambda space: space.caseload.view(id_, view, reasons, OWN_VIEW), self._assess, OWN_VIEW)

    def _assess(self, case: Case) -> None:
        self.talks.changed(case)
        here = self.talks.case
        if here is not None and here.id == case.id and self.bench.shell.here == "view":
            self.assess()

    def assess(self) -> None:
        """Shows the result; that it was seen is written down."""
        case, instrument, language = self.talks.case, self.talks.instrument, self.bench.language
        if case is None:
            return
        if not case.views:
            self.view()
            return
        page = self.bench.shell.show_page("assessment", rail="interview")
        assert isinstance(page, AssessmentPage)  # built below

        def deed(space: "Workspace") -> tuple[Case, Shown]:
            seen = space.caseload.result_seen(case.id)
            return seen, shown(seen, space.caseload.assessment(seen), instrument, language)

        def show(found: tuple[Case, Shown]) -> None:
            self.talks.changed(found[0])
            page.tell(found[1], self.talks.drafted(JUDGEMENT))

        self.bench.ask.change(deed, show, self.bench.failed, page)

    def _assessment_page(self) -> AssessmentPage:
        page = AssessmentPage(self.bench.language)
        page.question.connect(self.talks.go_to)
        page.judged.connect(self._judged)
        page.draft.connect(lambda text: self.talks.draft(JUDGEMENT, text))
        page.refer.connect(self.refer)
        page.steps.connect(self.around.steps)
        page.history.connect(self.telling.of_open_case)
        page.back.connect(self._back_to_talk)
        return page

    def _judged(self, view: View, reasons: str) -> None:
        case = self.talks.case
        if case is not None:
            id_ = case.id
            self.talks.write(
                lambda space: space.caseload.view(id_, view, reasons, JUDGEMENT), self._was_judged, JUDGEMENT
            )

    def _was_judged(self, case: Case) -> None:
        self.talks.changed(case)
        self.bench.shell.say(self._say("Your judgement is written down."))

    # ---- referral and what lies around it

    def refer(self) -> None:
        """Prepares a referral of the case that is open; it waits for nothing."""
        if self.talks.case is None:
            self.bench.shell.say(self._say("Open a case first."))
            self.cases()
        else:
            self.put_down()
            self.letters.refer(self.talks.case, self.talks.instrument)

    def _renewed(self, instrument: Instrument) -> None:
        """Takes the content over as it is shown after a contact was corrected, or the organisation became another."""
        self.bench.instrument = instrument
        if self.talks.instrument.fingerprint == instrument.fingerprint:
            self.talks.instrument = instrument

    def back(self) -> None:
        """Goes back to where the referral was asked for."""
        case = self.talks.case
        if case is not None and case.views:
            self.assess()
        else:
            self.interview()

    def _practice_page(self) -> PracticeDoor:
        page = PracticeDoor(self.bench.language)
        page.wanted.connect(self._over.lock_and_practise)
        page.left.connect(self.cases)
        return page

    # ---- keys

    def _pressed(self, deed: str) -> None:
        deeds: dict[str, Callable[[], None]] = {
            "came_in": lambda: self._in_talk(self.talks.came_in),
            "distressed": lambda: self._in_talk(self.talks.distressed),
            "new": self.new,
            "search": self.cases,
            "refer_now": self.refer,
            "back": self.cases,
        }
        if deed in deeds:
            self.put_down()
            deeds[deed]()

    def _in_talk(self, deed: Callable[[], None]) -> None:
        """Does on any page what must work at once: with a case open its talk shows it, without one the window goes blank."""
        if self.talks.case is None:
            self.bench.shell.pause()
        else:
            self.talks.resume()
            deed()
