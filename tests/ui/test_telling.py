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


def test_a_search_says_how_many_cases_of_other_states_have_the_words(office: Office) -> None:
    from victim_id.ui.pages.cases import CasesPage

    case = with_case(office)
    bench = signed(office).bench
    bench.ask.change(lambda space: space.caseload.set_state(case, "closed"), lambda _: None, bench.failed, office.desk)
    signed(office).go("cases")
    office.settle()
    page = office.page()
    assert isinstance(page, CasesPage)
    page._search("kitchen")
    office.settle()
    assert page._faces.currentWidget() is page._none_found
    assert "1 case in another state has these words." in words_of(page)
    page._none_found.deed.click()
    office.settle()
    assert page.states.key() == "all"
    assert [page.model.row(number).id for number in range(page.model.rowCount())] == [case]
    page._search("Bonnevoie")
    office.settle()
    assert "No case has these words." in words_of(page)
    assert not page._none_found.deed.isVisible()


def test_opening_a_case_limited_to_others_says_whom_to_ask(office: Office) -> None:
    case = with_case(office)
    bench = signed(office).bench

    def limit(space) -> None:
        eva = space.ways_in.add("Eva", "purple otters juggle seventeen lemons")
        space.keeping.limit(case, [eva.id])

    bench.ask.change(limit, lambda _: None, bench.failed, office.desk)
    office.settle()
    signed(office).open(case)
    office.settle()
    assert "This case is limited to others." in words_of(office.desk.shell)
    assert "Ask Eva." in words_of(office.desk.shell)
    assert "package" not in words_of(office.desk.shell)


def test_a_backup_whose_place_is_gone_says_where_and_what_to_do(office: Office, tmp_path) -> None:
    office.create()
    signed(office).go("backup")
    office.settle()
    signed(office).backups.back_up(tmp_path / "STICK")
    office.settle()
    told = words_of(office.page())
    assert "STICK is not there any more." in told
    assert "Put the stick in again, or choose another place." in told
