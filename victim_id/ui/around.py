"""What lies around the case that is open: what was changed in it, what comes next, and its deadlines."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from victim_id.casework.case import Case
from victim_id.casework.deadlines import BEGAN, END, due_on, estimated
from victim_id.instrument.instrument import Instrument
from victim_id.language import Language
from victim_id.ui import asking
from victim_id.ui.bench import Bench
from victim_id.ui.contacting import sourced
from victim_id.ui.pages.changed import ChangesPage
from victim_id.ui.pages.steps import Period, StepsPage
from victim_id.ui.talks import Talks

if TYPE_CHECKING:
    from victim_id.workspace import Workspace

OFFERED = (0, 1, 3, 7, 30)
"""Days from now that are offered for a next step."""


class Around(QObject):
    """Connects the pages beside a talk with it."""

    def __init__(self, bench: Bench, talks: Talks) -> None:
        super().__init__()
        self._bench, self._talks, self._say = bench, talks, bench.language.say
        talks.changes_wanted.connect(self.changes)
        talks.steps_wanted.connect(self.steps)

    # ---- what was changed

    def changes_page(self) -> ChangesPage:
        """Builds the list of what was changed."""
        page = ChangesPage(self._bench.language)
        page.question.connect(self._talks.go_to)
        page.left.connect(self._bench.shell.take_off)
        return page

    def changes(self) -> None:
        """Shows what was changed in the case that is open."""
        case = self._talks.case
        if case is not None:
            page = self._bench.shell.lay_over("changes")
            assert isinstance(page, ChangesPage)  # built above
            page.tell(case.code, asking.change_rows(case, self._talks.instrument, self._bench.language))

    # ---- what comes next

    def steps_page(self) -> StepsPage:
        """Builds the page of next step and deadlines."""
        language, today = self._bench.language, self._bench.now().astimezone().date()
        days = [
            (
                (today + timedelta(days=one)).isoformat(),
                self._say("today") if not one else language.say_many("in {n} day", "in {n} days", one),
            )
            for one in OFFERED
        ]
        page = StepsPage(language, days)
        page.planned.connect(self._plan)
        page.began.connect(self._begin_period)
        page.remind.connect(self._remind)
        page.left.connect(self._bench.shell.take_off)
        return page

    def steps(self) -> None:
        """Shows next step and deadlines of the case that is open."""
        if self._talks.case is not None:
            self._bench.shell.lay_over("steps")
            self._tell()

    def _tell(self) -> None:
        case = self._talks.case
        if case is not None:
            period = reflection(case, self._talks.instrument, self._bench.language)
            self._page.tell(case.code, case.next_step, case.due[:10], period)

    def _plan(self, step: str, day: str) -> None:
        try:
            due = due_on(day)
        except ValueError:
            self._page.complain(day=self._say("A day as year-month-day, please, such as 2026-12-31."))
            return
        self._arrange(step, due)

    def _arrange(self, step: str, due: str) -> None:
        case = self._talks.case
        if case is not None:
            id_ = case.id
            self._change(lambda space: space.caseload.arrange(id_, next_step=step, due=due))

    def _begin_period(self, day: str) -> None:
        case = self._talks.case
        if case is None or day == case.details.get(BEGAN, ""):
            return
        id_, profile, age = case.id, self._talks.instrument.profile[case.profile], case.age
        try:
            found = estimated(profile, day, age) if day else None
        except ValueError:
            self._page.complain(began=self._say("A day as year-month-day, please, such as 2026-12-31."))
            return
        entries = {BEGAN: day, END: found.end if found else ""}
        self._change(lambda space: space.caseload.details(id_, entries))

    def _remind(self, end: str) -> None:
        self._arrange(self._say("Reflection period may end; the authority decides"), due_on(end))

    def _change(self, deed: "Callable[[Workspace], Case]") -> None:
        def changed(case: Case) -> None:
            self._talks.changed(case)
            self._tell()
            self._bench.shell.say(self._say("Written down."))

        self._bench.ask.change(deed, changed, self._bench.failed, self)

    @property
    def _page(self) -> StepsPage:
        page = self._bench.shell.page("steps")
        assert isinstance(page, StepsPage)  # built above
        return page


def reflection(case: Case, instrument: Instrument, language: Language) -> Period | None:
    """Gives the reflection period of a case under its country's law; None where the law has none."""
    profile = instrument.profile[case.profile]
    period = profile.reflection
    if period is None:
        return None
    began = case.details.get(BEGAN, "")
    try:
        found = estimated(profile, began, case.age) if began else None
    except ValueError:
        found = None
    words = ""
    if found is not None:
        day = language.date(due_on(found.end), "long")
        words = language.say("Estimated end: {day} ({n} days); the authority decides.", day=day, n=found.days)
    elif began:
        words = language.say("For this person the law here names no period; ask a lawyer.")
    where = f"profile.{profile.id}.reflection"
    conditions = [
        (language.content("worker", f"{where}.starts", period.starts.text), sourced(period.starts, language)),
        *(
            (language.content("worker", f"{where}.{number}", one.text), sourced(one, language))
            for number, one in enumerate(period.conditions, 1)
        ),
    ]
    decides = language.content("worker", f"{where}.decides", period.decides.text)
    return Period(began, found.end if found else "", words, decides, tuple(conditions))
