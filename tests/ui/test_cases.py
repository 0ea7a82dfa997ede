"""The list of cases in the window: ordered by its heads, filtered by chips, and honest about what a filter hides."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import Office
from tests.ui.samples import CASES
from victim_id.casework.arrangement import Start
from victim_id.language import language
from victim_id.ui import listing
from victim_id.ui.pages.case_filter import FILTERS, NONE, ORDERS, Wanted, turned
from victim_id.ui.pages.cases import ALL, CasesPage
from victim_id.ui.widgets.choices import Chips
from victim_id.vault import Filter
from victim_id.vault.ordering import ORDERS as IN_THE_VAULT

POPUP = pytest.mark.qt_log_ignore("plugin does not support", extend=True)


class Listed:
    """A page with some cases, and what it asked for."""

    def __init__(self, qtbot) -> None:
        self.asked: list[tuple[Wanted, int]] = []
        self.page = CasesPage(language("en"), lambda wanted, offset, _limit: self.asked.append((wanted, offset)))
        qtbot.addWidget(self.page)
        self.page.resize(1300, 700)
        self.page.show()
        self.page.show_counts({"open": len(CASES), "closed": 2})
        self.bring(CASES)

    @property
    def wanted(self) -> Wanted:
        return self.asked[-1][0]

    def bring(self, rows) -> None:
        self.page.show_rows(self.wanted, 0, rows, len(rows))

    def click_head(self, qtbot, number: int) -> None:
        head = self.page.table.horizontalHeader()
        place = head.rect().center()
        place.setX(head.sectionViewportPosition(number) + 20)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def head(self, number: int, role: Qt.ItemDataRole = Qt.ItemDataRole.AccessibleTextRole) -> str:
        return self.page.model.headerData(number, Qt.Orientation.Horizontal, role)


@pytest.fixture
def listed(qtbot) -> Listed:
    return Listed(qtbot)


def test_a_head_orders_the_list_then_turns_it_round_and_says_so(listed: Listed, qtbot) -> None:
    assert listed.head(1) == "Now, Most urgent first"
    listed.click_head(qtbot, 5)
    assert (listed.wanted.sort, listed.wanted.backwards) == ("level", False)
    listed.bring(CASES[::-1])
    assert listed.head(5) == "Level, Highest level first"
    assert listed.head(5, Qt.ItemDataRole.DisplayRole) == "Level"
    assert listed.head(1) == "Now"
    listed.click_head(qtbot, 5)
    listed.bring(CASES)
    assert listed.head(5) == "Level, Lowest level first"
    assert listed.page.filters.order.accessibleName() == "Order: Lowest level first"
    before = len(listed.asked)
    listed.click_head(qtbot, 6)
    assert len(listed.asked) == before


def test_what_has_no_due_date_is_never_put_first() -> None:
    assert turned(Wanted(sort="due"), "due") == Wanted(sort="due")
    assert turned(Wanted(sort="level", backwards=True), "level") == Wanted(sort="level")


def test_every_order_of_the_page_is_one_of_the_vault() -> None:
    assert {order.sort for order in ORDERS} == set(IN_THE_VAULT)


@POPUP
def test_orders_and_filters_are_chosen_by_keys_alone_and_taken_off_again(listed: Listed, qtbot) -> None:
    filters = listed.page.filters
    for button, typed in ((filters.order, "children"), (filters.add, "level: strong"), (filters.add, "not sure")):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Return)
        finder = filters._orders if button is filters.order else filters._filters
        qtbot.keyClicks(finder.search, typed)
        qtbot.waitUntil(lambda finder=finder: finder.list.model().rowCount() == 1)
        qtbot.keyClick(finder.search, Qt.Key.Key_Return)
    assert listed.wanted == Wanted(sort="child", level="strong", child="yes")
    assert [chip.accessibleName() for chip in filters._chips.values()] == [
        "Take off: Level: Strong indications", "Take off: Age: child, or age not sure",
    ]  # fmt: skip
    chip = filters._chips["level"]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert listed.wanted == Wanted(sort="child", child="yes")
    assert filters._chips["child"].hasFocus()
    qtbot.keyClick(filters._chips["child"], Qt.Key.Key_Space)
    assert listed.wanted == Wanted(sort="child")
    assert filters.add.hasFocus()


def test_an_empty_list_names_every_filter_that_hides_it_and_is_cleared_by_one_press(listed: Listed, qtbot) -> None:
    listed.page._want(Wanted(text="kitchen", level=NONE, changed="today"))
    listed.bring([])
    assert listed.page._faces.currentWidget() is listed.page._hidden
    text = listed.page._hidden._text.text()
    for word in ("Level: own view first", "Last change: today", "Search: kitchen", "6 cases are hidden."):
        assert word in text
    listed.page.search.setText("kitchen")
    qtbot.mouseClick(listed.page._hidden.deed, Qt.MouseButton.LeftButton)
    assert listed.wanted == Wanted()
    assert not listed.page.search.text()
    listed.bring(CASES)
    assert listed.page._faces.currentWidget() is listed.page.table


def test_the_rows_stay_until_the_others_are_there_and_late_ones_are_dropped(listed: Listed, qtmodeltester) -> None:
    page, first = listed.page, listed.wanted
    page._want(first._replace(level="strong"))
    assert page.model.rowCount() == len(CASES)
    page.show_rows(first, 0, CASES[:1], 1)
    assert page.model.rowCount() == len(CASES)
    listed.bring(CASES[:2])
    assert page.model.rowCount() == 2
    qtmodeltester.check(page.model, force_py=True)


def test_the_same_list_keeps_its_place_when_it_is_asked_for_again(listed: Listed) -> None:
    page, rows = listed.page, CASES * 30
    page.show_rows(listed.wanted, 0, rows, len(rows))
    page.table.setCurrentIndex(page.model.index(100, 0))
    place = page.table.verticalScrollBar().value()
    assert place
    page.show_counts({"open": len(rows)})
    page.show_rows(listed.wanted, 0, rows, len(rows))
    assert page.table.currentIndex().row() == 100
    assert page.table.verticalScrollBar().value() == place


def test_days_of_a_filter_are_those_of_this_place(office: Office) -> None:
    today = office.now().astimezone().replace(hour=0, minute=0, second=0)
    only = listing.only(Wanted(due="today", changed="today", child="no", kind=NONE, level="few"), office.now())
    assert (only.child, only.kind, only.level) == (False, "", "few")
    assert listing.parse_moment(only.changed_from) == today
    assert (listing.parse_moment(only.due_by) - today).days == 1
    assert listing.only(Wanted(), office.now()) == Filter()


def test_the_vault_orders_and_filters_what_the_page_wants(office: Office, qtbot) -> None:
    office.create()
    signed_in = office.desk.signed_in

    def fill(space) -> None:
        for number in range(3):
            space.caseload.begin(
                Start(setting="border", age="child", place=f"Airport {number}", forms=("labour", "sexual"))
            )
        space.caseload.begin(Start(setting="workplace", place="A kitchen", forms=("labour",)))

    office.desk.ask.change(fill, lambda _: None, signed_in.bench.failed, signed_in)
    office.settle()
    signed_in.cases()
    office.settle()
    page = office.page()
    assert isinstance(page, CasesPage)

    def places() -> list[str]:
        office.settle()
        return [page.model.index(number, 3).data() for number in range(page.model.rowCount())]

    page._want(Wanted(sort="place", setting="border"))
    assert places() == ["Airport 0", "Airport 1", "Airport 2"]
    page._want(Wanted(sort="place", backwards=True, kind="sexual", child="yes", changed="week"))
    assert places() == ["Airport 2", "Airport 1", "Airport 0"]
    page._want(Wanted(state=ALL, text="kit", kind="labour", level=NONE))
    assert places() == ["A kitchen"]
    page._want(Wanted(child="no", setting="border"))
    assert places() == []
    assert page._faces.currentWidget() is page._hidden
    page._want(Wanted(child="yes"))
    office.settle()
    signed_in.go("preferences")
    office.settle()
    signed_in.go("cases")
    assert len(places()) == 3
    assert list(page.filters._chips) == ["child"]
    written = (
        (office.folder / "preferences.toml").read_text("utf-8") if (office.folder / "preferences.toml").exists() else ""
    )
    assert not any(name in written for name in (*FILTERS[1:], "sort"))


def test_every_chip_and_button_of_the_row_is_named(listed: Listed) -> None:
    listed.page._want(Wanted(level="strong", due="any"))
    inside = [child for child in listed.page.filters.findChildren(QWidget) if child.isVisible()]
    assert inside
    assert all(child.accessibleName() for child in inside)


def test_the_arrows_go_through_chips_as_one_reads_over_the_ends_of_lines(qtbot) -> None:
    rows = [(str(number), f"A rather long choice {number}") for number in range(5)]
    for direction, on in (
        (Qt.LayoutDirection.LeftToRight, Qt.Key.Key_Right),
        (Qt.LayoutDirection.RightToLeft, Qt.Key.Key_Left),
    ):
        chips = Chips("Choices", rows, here=["0"])
        qtbot.addWidget(chips)
        chips.setLayoutDirection(direction)
        chips.resize(400, 300)
        chips.show()
        told = list[tuple[str, ...]]()
        chips.chosen.connect(told.append)
        chips.chip("0").setFocus()
        for _ in range(5):
            qtbot.keyClick(chips.focusWidget(), on)
        qtbot.keyClick(chips.focusWidget(), Qt.Key.Key_Up)
        assert [keys[0] for keys in told] == ["1", "2", "3", "4", "0", "4"]
        assert chips.focusWidget() is chips.chip("4")
