"""What lies around the case that is open: the list of what was changed in it."""

from PySide6.QtCore import QObject

from victim_id.ui import asking
from victim_id.ui.bench import Bench
from victim_id.ui.pages.changed import ChangesPage
from victim_id.ui.talks import Talks


class Around(QObject):
    """Connects the pages beside a talk with it."""

    def __init__(self, bench: Bench, talks: Talks) -> None:
        super().__init__()
        self._bench, self._talks = bench, talks

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
