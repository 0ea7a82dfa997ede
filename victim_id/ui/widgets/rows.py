"""Lists of any length: windows of rows that are fetched when they are looked at, and a table that paints them."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from victim_id.ui import icons
from victim_id.ui.theme import Role, Theme, dress_table, worn
from victim_id.ui.widgets.marks import WRAPPED, paint_level

WINDOW = 200
Index = QModelIndex | QPersistentModelIndex


class Cell(NamedTuple):
    """What stands in a cell: words, their look, the level a dot shows, and what more is said in a tooltip and aloud."""

    words: str
    role: Role = "text"
    bold: bool = False
    level: str = ""
    sign: str = ""
    more: str = ""


class Column(NamedTuple):
    """A column: its head, its least width in pixels at 100 %, its share of what is left, which goes first for room, and
    the order that its head asks for, if any.
    """

    head: str
    least: int
    share: int = 0
    spare: int = 0
    sort: str = ""


class Sorted(NamedTuple):
    """The order a list stands in: its key, which way round, and in words."""

    sort: str = ""
    backwards: bool = False
    words: str = ""


class Place(IntEnum):
    """Where a model keeps more than words."""

    CELL = Qt.ItemDataRole.UserRole
    KEY = Qt.ItemDataRole.UserRole + 1


class RowsModel(QAbstractTableModel):
    """Rows in windows of 200. `fetch(offset, limit)` asks for one, `took` brings it; a total that is not known grows."""

    def __init__(
        self, columns: Sequence[Column], fetch: Callable[[int, int], None], cells: Callable[[Any, int], Cell]
    ) -> None:
        super().__init__()
        self._columns, self._fetch, self._cells = columns, fetch, cells
        self._windows: dict[int, list[Any]] = {}
        self._asked: set[int] = set()
        self._count, self._more = 0, False
        self.sorted = Sorted()

    def begin(self, total: int | None, first: Sequence[Any] | None = None) -> None:
        """Forgets all rows and begins anew with so many, or with a number that is found out on the way.

        `first` is the first window where it is there already, so that no empty list is seen in between.
        """
        self.beginResetModel()
        self._windows, self._asked = {}, set()
        self._count, self._more = total or 0, total is None
        if first is not None:
            self._windows[0] = list(first)
            self._count, self._more = (len(first), len(first) == WINDOW) if total is None else (total, False)
        self.endResetModel()
        if first is None and (total is None or total):
            self._ask(0)

    def order(self, order: Sorted) -> None:
        """Says in the heads in which order the rows stand."""
        self.sorted = order
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def took(self, offset: int, rows: Sequence[Any]) -> None:
        """Takes the window that begins at `offset`; one that nobody asked for any more is dropped."""
        window = offset // WINDOW
        if window not in self._asked:
            return
        self._asked.discard(window)
        self._windows[window] = list(rows)
        grown = offset + len(rows)
        if self._more:
            self._more = len(rows) == WINDOW
            if grown > self._count:
                self.beginInsertRows(QModelIndex(), self._count, grown - 1)
                self._count = grown
                self.endInsertRows()
        elif rows:
            last = min(grown, self._count) - 1
            self.dataChanged.emit(self.index(offset, 0), self.index(last, len(self._columns) - 1))

    def row(self, number: int) -> Any:
        """Gives the row, or None while its window is on the way."""
        self._ask(number // WINDOW)
        window = self._windows.get(number // WINDOW)
        inside = number % WINDOW
        if window is None:
            return None
        return window[inside] if inside < len(window) else None

    def canFetchMore(self, _parent: Index) -> bool:
        return self._more and not self._asked

    def fetchMore(self, _parent: Index) -> None:
        if self.canFetchMore(QModelIndex()):
            self._ask(self._count // WINDOW)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self.row(index.row())
        if found is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            cell = self._cells(found, index.column())
            aloud = f"{cell.words}: {cell.more}" if cell.more else cell.words
            return cell.words if role == Qt.ItemDataRole.DisplayRole else aloud
        if role == Place.CELL:
            return self._cells(found, index.column())
        if role == Place.KEY:
            return found
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.AccessibleTextRole and column.sort and column.sort == self.sorted.sort:
            return f"{column.head}, {self.sorted.words}"
        return column.head if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None

    def _ask(self, window: int) -> None:
        if window not in self._asked and window not in self._windows:
            self._asked.add(window)
            self._fetch(window * WINDOW, WINDOW)


class RowsView(QTableView):
    """A table that fits its columns to the room, leaves out the spare ones first, and opens a row by Enter or a touch."""

    opened = Signal(object)
    ordered = Signal(str)

    def __init__(self, model: RowsModel, columns: Sequence[Column], name: str) -> None:
        super().__init__()
        self._columns = columns
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = _Heads(columns, self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(any(column.sort for column in columns))
        head.sectionClicked.connect(
            lambda number: self.ordered.emit(columns[number].sort) if columns[number].sort else None
        )
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.setMinimumSectionSize(20)
        self.clicked.connect(self._open)
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        dress_table(self)
        lines = QFontMetrics(theme.font()).lineSpacing()
        self.verticalHeader().setDefaultSectionSize(max(2 * lines + theme.px(14), theme.touch))
        self.horizontalHeader().setFixedHeight(max(theme.px(40), theme.touch - 4))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(worn().px(280), worn().touch * 2)

    def _open(self, index: QModelIndex) -> None:
        found = index.data(Place.KEY)
        if found is not None:
            self.opened.emit(found)

    def _fit(self) -> None:
        theme = worn()
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.horizontalHeader().setDefaultAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        heads = QFontMetrics(theme.font("small", bold=True))
        least = [
            max(theme.px(c.least), heads.horizontalAdvance(c.head) + theme.px(30 if c.sort else 24))
            for c in self._columns
        ]
        room = self.viewport().width()
        hidden: set[int] = set()
        for number in sorted(
            (n for n, c in enumerate(self._columns) if c.spare), key=lambda n: -self._columns[n].spare
        ):
            if sum(width for n, width in enumerate(least) if n not in hidden) > room:
                hidden.add(number)
        shown = [n for n in range(len(self._columns)) if n not in hidden]
        left = max(room - sum(least[n] for n in shown), 0)
        shares = sum(self._columns[n].share for n in shown) or 1
        for number, column in enumerate(self._columns):
            self.setColumnHidden(number, number in hidden)
            if number not in hidden:
                self.setColumnWidth(number, least[number] + left * column.share // shares)


class _Heads(QHeaderView):
    """The heads of a table; the one by which it is ordered has an arrow, and one that orders is pressed."""

    def __init__(self, columns: Sequence[Column], parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        here = self.logicalIndexAt(event.position().toPoint())
        sorts = 0 <= here < len(self._columns) and self._columns[here].sort
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if sorts else Qt.CursorShape.ArrowCursor)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        model, column, theme = self.model(), self._columns[section], worn()
        if not isinstance(model, RowsModel) or not column.sort or column.sort != model.sorted.sort:
            return
        side = theme.px(14)
        words = QFontMetrics(theme.font("small", bold=True)).horizontalAdvance(column.head)
        spot = QRect(rect.x() + theme.px(12) + words + 3, rect.center().y() - side // 2, side, side)
        spot = QStyle.visualRect(self.layoutDirection(), rect, spot)
        icons.paint(painter, "up" if model.sorted.backwards else "down", theme.hex("accent"), QRectF(spot))


class _Painter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, room, view = worn(), option.rect, self.parent()
        cell = index.data(Place.CELL)
        painter.save()
        here = isinstance(view, RowsView) and view.currentIndex().row() == index.row() and view.currentIndex().isValid()
        hover = option.state & QStyle.StateFlag.State_MouseOver
        if here or hover:
            painter.fillRect(room, theme.colour("tint"))
        painter.fillRect(QRect(room.x(), room.bottom(), room.width(), 1), theme.colour("line"))
        first = isinstance(view, RowsView) and view.horizontalHeader().visualIndex(index.column()) == 0
        if here and first and isinstance(view, RowsView) and view.hasFocus():
            right = view.layoutDirection() == Qt.LayoutDirection.RightToLeft
            painter.fillRect(
                QRect(room.right() - 3 if right else room.x(), room.y(), 4, room.height()), theme.colour("accent")
            )
        if isinstance(cell, Cell) and cell.words:
            self._cell(painter, theme, room.adjusted(theme.px(12), 2, -theme.px(10), -3), cell, option)
        painter.restore()

    @staticmethod
    def _cell(painter: QPainter, theme: Theme, room: QRect, cell: Cell, option: QStyleOptionViewItem) -> None:
        direction = option.direction
        if cell.level:
            paint_level(painter, room, cell.level, cell.words, direction)
            return
        painter.setLayoutDirection(direction)
        colour = theme.colour(cell.role)
        if cell.sign:
            side = theme.px(17)
            spot = QStyle.visualRect(direction, room, QRect(room.x(), room.center().y() - side // 2, side, side))
            icons.paint(painter, cell.sign, colour.name(), spot.toRectF())
            room = QStyle.visualRect(direction, room, room.adjusted(side + theme.px(5), 0, 0, 0))
        font = theme.font("body" if not cell.bold else "small" if cell.sign else "body", bold=cell.bold)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(room, WRAPPED, two_lines(QFontMetrics(font), cell.words, room.width()))


def two_lines(metrics: QFontMetrics, words: str, width: int) -> str:
    """Shortens words with … until they stand on two lines."""
    fits = round(metrics.lineSpacing() * 2.4)
    if metrics.boundingRect(QRect(0, 0, width, 9999), WRAPPED, words).height() <= fits:
        return words
    for part in (1.9, 1.7, 1.5, 1.2, 1.0):
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(width * part))
        if metrics.boundingRect(QRect(0, 0, width, 9999), WRAPPED, cut).height() <= fits:
            return cut
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
