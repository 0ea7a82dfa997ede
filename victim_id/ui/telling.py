"""Connects the pages of the history with the workspace: of the whole vault, and of one case."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from victim_id.language import moment
from victim_id.ui.bench import Bench
from victim_id.ui.pages.history import HistoryPage, LineRow
from victim_id.ui.talks import Talks
from victim_id.ui.widgets.notes import Sorry

if TYPE_CHECKING:
    from victim_id.telling import Clock, Told
    from victim_id.workspace import Workspace


class Telling(QObject):
    """Shows what was done. `place` leads to another place of the preferences, `left` back to the cases."""

    place = Signal(str)
    left = Signal()

    def __init__(self, bench: Bench, talks: Talks) -> None:
        super().__init__()
        self._bench, self._talks, self._say, self._case = bench, talks, bench.language.say, ""

    def page(self) -> HistoryPage:
        """Builds the page of the vault's history."""
        page = HistoryPage(self._bench.language, partial(self._fetch, "history"))
        page.opened.connect(self.of_case)
        page.clock.connect(self._clock_is_right)
        page.place.connect(self.place)
        page.left.connect(self.left)
        return page

    def case_page(self) -> HistoryPage:
        """Builds the page of one case's history."""
        page = HistoryPage(self._bench.language, partial(self._fetch, "case_history"), of_case=True)
        page.left.connect(self._bench.shell.take_off)
        return page

    def show(self) -> None:
        """Shows the history of the vault."""
        self._bench.shell.show_page("history", rail="preferences")
        self._page("history").begin()
        self._look_at_the_clock()

    def of_case(self, case: str, code: str) -> None:
        """Shows the history of a case; going back leads to the page before."""
        self._case = case
        self._bench.shell.lay_over("case_history")
        self._page("case_history").begin(code)

    def of_open_case(self) -> None:
        """Shows the history of the case that is open."""
        case = self._talks.case
        if case is not None:
            self.of_case(case.id, case.code)

    def _fetch(self, name: str, offset: int, limit: int) -> None:
        bench, case = self._bench, self._case if name == "case_history" else ""

        def read(space: "Workspace") -> list[LineRow]:
            return [self._row(one) for one in space.telling.lines(case, offset, limit)]

        def show(rows: list[LineRow]) -> None:
            if case == self._case or name == "history":
                self._page(name).show_rows(offset, rows)

        bench.ask.read(read, show, bench.failed, self._page(name))

    def _row(self, told: "Told") -> LineRow:
        from victim_id.telling import sentence  # noqa: PLC0415  loaded with the vault

        language = self._bench.language
        doubt = self._say("the clock had gone back before this line") if told.doubt else ""
        code = told.code or (self._say("erased") if told.case else "")
        when = f"{language.date(told.at)}, {language.time(told.at)}"
        who = told.who or self._say("somebody who is not known here")
        return LineRow(when, doubt, who, sentence(language, self._bench.instrument, told), told.case, code)

    def _look_at_the_clock(self) -> None:
        def show(clock: "Clock") -> None:
            self._page("history").show_clock(self._doubt(clock))

        self._bench.ask.read(lambda space: space.telling.clock(), show, self._bench.failed, self)

    def _doubt(self, clock: "Clock") -> Sorry | None:
        now = moment(self._bench.now())
        language = self._bench.language
        today = self._say("This laptop says that it is {day}, {time}.", day=language.date(now, "long"), time=language.time(now))  # fmt: skip
        titles = {
            "behind": self._say("The clock stands before what was written already."),
            "ahead": self._say("The clock has leapt more than a year ahead."),
        }
        wait = self._say("Until it is set right or confirmed, nothing is erased because it was kept long enough.")
        return Sorry(titles[clock], f"{today} {wait}") if clock else None

    def _clock_is_right(self) -> None:
        ask = self._bench.ask
        ask.change(lambda space: space.telling.confirm_clock(), lambda _: self.show(), self._bench.failed, self)

    def _page(self, name: str) -> HistoryPage:
        page = self._bench.shell.page(name)
        assert isinstance(page, HistoryPage)  # built above
        return page
