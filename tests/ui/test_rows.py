"""Lists of any length hold a window of rows, and Qt's own tester finds no fault in their models."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from tests.ui.samples import CASES, TONGUES
from victim_id.language import language
from victim_id.ui.pages.case_filter import Wanted
from victim_id.ui.pages.cases import CaseRow, CasesPage
from victim_id.ui.widgets.finder import Finder, FindModel
from victim_id.ui.widgets.rows import WINDOW, Cell, Column, RowsModel

COLUMNS = (Column("A", 40), Column("B", 40, 1))


def model_over(rows: list[str], asked: list[tuple[int, int]], *, at_once: bool = True) -> RowsModel:
    def fetch(offset: int, limit: int) -> None:
        asked.append((offset, limit))
        if at_once:
            model.took(offset, rows[offset : offset + limit])

    model = RowsModel(COLUMNS, fetch, lambda row, column: Cell(f"{row}.{column}"))
    return model


def test_a_list_with_a_known_number_fetches_only_what_is_looked_at(qtmodeltester) -> None:
    rows, asked = [f"r{n}" for n in range(100_000)], list[tuple[int, int]]()
    model = model_over(rows, asked)
    model.begin(len(rows))
    assert model.rowCount() == 100_000
    assert asked == [(0, WINDOW)]
    assert model.index(99_999, 1).data() == "r99999.1"
    assert asked == [(0, WINDOW), (99_800, WINDOW)]
    assert model.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "r3.0"


def test_a_list_whose_number_is_not_known_grows_as_one_goes_down(qtmodeltester) -> None:
    rows, asked = [f"r{n}" for n in range(WINDOW + 7)], list[tuple[int, int]]()
    model = model_over(rows, asked)
    model.begin(None)
    assert model.rowCount() == WINDOW
    assert model.canFetchMore(QModelIndex())
    qtmodeltester.check(model, force_py=True)
    assert model.rowCount() == WINDOW + 7
    assert not model.canFetchMore(QModelIndex())
    assert asked == [(0, WINDOW), (WINDOW, WINDOW)]


def test_rows_that_come_for_an_earlier_search_are_dropped(qapp) -> None:
    asked: list[tuple[int, int]] = []
    model = model_over([], asked, at_once=False)
    model.begin(None)
    model.begin(2)
    model.took(0, ["new", "rows"])
    model.took(0, ["old"])
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == ["new.0", "rows.0"]


def test_an_empty_list_asks_for_nothing(qtmodeltester) -> None:
    asked: list[tuple[int, int]] = []
    model = model_over([], asked)
    model.begin(0)
    qtmodeltester.check(model, force_py=True)
    assert asked == []


def test_the_cases_model_stands_qts_tests(qapp, qtmodeltester) -> None:
    page = CasesPage(language("en"), lambda *_wanted: None)
    page.show_counts({"open": len(CASES)})
    page.show_rows(Wanted(), 0, CASES, len(CASES))
    qtmodeltester.check(page.model, force_py=True)
    assert page.model.index(0, 0).data() == "M3T-9XA"


def test_search_while_typing_asks_for_the_newest_words_only(qtbot) -> None:
    wanted: list[tuple[str, str]] = []
    page = CasesPage(language("en"), lambda asked, _offset, _limit: wanted.append((asked.state, asked.text)))
    qtbot.addWidget(page)
    page.show_counts({"open": 3})
    page.show()
    qtbot.keyClicks(page.search, "est")
    qtbot.waitUntil(lambda: wanted[-1:] == [("open", "est")])
    page.show_rows(Wanted(text="e"), 0, [CASES[0]])
    assert page.model.rowCount() == 0
    page.show_rows(Wanted(text="est"), 0, [CASES[1]])
    assert page.model.rowCount() == 1
    page.show_rows(Wanted(text="est"), 0, [])
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: wanted[-1] == ("open", ""))


def test_nothing_found_is_said_and_so_is_nothing_there(qtbot) -> None:
    page = CasesPage(language("en"), lambda *_wanted: None)
    qtbot.addWidget(page)
    page.show_counts({})
    assert page._faces.currentWidget() is page._nothing
    page.show_counts({"open": 1})
    page._search("nobody")
    page.show_rows(Wanted(text="nobody"), 0, [])
    assert page._faces.currentWidget() is page._none_found


def test_enter_and_a_touch_open_a_case(qtbot) -> None:
    page = CasesPage(language("en"), lambda *_wanted: None)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show_counts({"open": len(CASES)})
    page.show_rows(Wanted(), 0, CASES, len(CASES))
    page.show()
    opened: list[str] = []
    page.opened.connect(opened.append)
    page.table.setCurrentIndex(page.model.index(2, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    place = page.table.visualRect(page.model.index(1, 3)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["3", "2"]


def test_columns_that_can_be_spared_go_first(qtbot) -> None:
    page = CasesPage(language("en"), lambda *_wanted: None)
    qtbot.addWidget(page)
    page.show()
    page.resize(1500, 700)
    assert not any(page.table.isColumnHidden(n) for n in range(8))
    page.resize(960, 600)
    hidden = {n for n in range(8) if page.table.isColumnHidden(n)}
    assert hidden
    assert hidden <= {2, 4, 6}


def test_a_language_is_found_by_any_of_its_names(qtbot, qtmodeltester) -> None:
    model = FindModel(TONGUES)
    qtmodeltester.check(model, force_py=True)
    for typed, key in (("arab", "ar"), ("العر", "ar"), ("PORT", "pt"), ("việt", "vi"), ("ukrai", "uk")):
        model.search(typed)
        assert model.key(0) == key
    model.search("nothing of this")
    assert model.rowCount() == 0


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_the_finder_is_used_by_keys_alone(qtbot) -> None:
    page = CasesPage(language("en"), lambda *_wanted: None)
    qtbot.addWidget(page)
    page.show()
    finder, found = Finder("Languages", "Search", TONGUES, page), list[str]()
    finder.found.connect(found.append)
    finder.open_below(page.search, "ro")
    qtbot.keyClick(finder.search, Qt.Key.Key_Down)
    qtbot.keyClick(finder.search, Qt.Key.Key_Return)
    finder.open_below(page.search)
    qtbot.keyClicks(finder.search, "viet")
    qtbot.waitUntil(lambda: finder.list.model().rowCount() == 1)
    qtbot.keyClick(finder.search, Qt.Key.Key_Return)
    assert found == ["ar", "vi"]
    assert not finder.isVisible()


def test_a_row_says_its_cells_to_a_screen_reader(qapp) -> None:
    assert CaseRow(*CASES[0]).code == "M3T-9XA"
    page = CasesPage(language("en"), lambda *_wanted: None)
    page.show_counts({"open": len(CASES)})
    page.show_rows(Wanted(), 0, CASES, len(CASES))
    spoken = [page.model.index(0, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(8)]
    assert spoken[1] == "child"
    assert spoken[5] == "Strong indications"
