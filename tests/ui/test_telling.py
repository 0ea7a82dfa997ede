"""The history in the window: of the vault, of one case, and a clock that is in doubt."""

from datetime import timedelta

from tests.scenario import ALONE
from tests.ui.conftest import Office
from victim_id.casework.arrangement import Start
from victim_id.ui.pages.history import HistoryPage


def signed(office: Office):
    signed_in = office.desk.signed_in
    assert signed_in is not None
    return signed_in


def told(office: Office) -> list[str]:
    page = office.page()
    assert isinstance(page, HistoryPage)
    return [page.model.row(number).what for number in range(page.model.rowCount())]


def with_case(office: Office) -> str:
    office.create()
    found: list[str] = []
    start = Start(place="Kitchen, Esch", talk=ALONE)
    signed(office).bench.ask.change(
        lambda space: space.caseload.begin(start).id, found.append, signed(office).bench.failed, office.desk
    )
    office.settle()
    return found[0]


def test_the_history_of_the_vault_is_a_place_of_the_preferences(office: Office) -> None:
    with_case(office)
    signed(office).go("history")
    office.settle()
    assert told(office) == ["Began the case", "Made the vault"]
    page = office.page()
    assert isinstance(page, HistoryPage)
    page.table.opened.emit(page.model.row(0))
    office.settle()
    assert office.desk.shell.here == "case_history"
    assert told(office) == ["Began the case"]
    office.page().pressed("back")
    assert office.desk.shell.here == "history"


def test_the_history_of_a_case_hangs_on_its_assessment(office: Office) -> None:
    case = with_case(office)
    signed(office).bench.ask.change(
        lambda space: space.caseload.view(case, "unsure", ""), lambda _: None, signed(office).bench.failed, office.desk
    )
    signed(office).open(case)
    office.settle()
    assert office.desk.shell.here == "assessment"
    office.page().history.emit()
    office.settle()
    assert told(office) == ["Saw the result", "Opened the case", "Wrote down the own view", "Began the case"]
    office.page().pressed("back")
    assert office.desk.shell.here == "assessment"


def test_a_clock_in_doubt_is_said_with_the_cases_and_is_confirmed_on_the_history(office: Office) -> None:
    with_case(office)
    office.now.moment -= timedelta(days=2)
    signed(office).go("cases")
    office.settle()
    page = office.page()
    assert "The clock of this laptop stands before what was written already" in words_of(page)
    page.reminded.emit("history")
    office.settle()
    page = office.page()
    assert isinstance(page, HistoryPage)
    assert page.note.isVisible()
    assert "Nov 19, 2026" in words_of(page) or "November 19, 2026" in words_of(page)
    page.note.asked.emit()
    office.settle()
    assert not page.note.isVisible()
    assert page.model.row(0).what == "Looked at the clock: it is right"
    assert page.model.row(0).doubt


def words_of(page) -> str:
    from PySide6.QtWidgets import QLabel

    from victim_id.ui.widgets.buttons import LinkButton

    labels = [label.text() for label in page.findChildren(QLabel)]
    return " ".join(labels + [link.words for link in page.findChildren(LinkButton)])
