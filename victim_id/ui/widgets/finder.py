"""Finds one of many, such as a language by any of its names: a small window with a search field and a list."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from victim_id.ui.theme import Theme, dress_list, worn
from victim_id.ui.widgets.fields import SearchField


class Find(NamedTuple):
    """Something to be found: its key, its words, and other words by which it is found as well."""

    key: str
    words: str
    also: str = ""


class FindModel(QAbstractListModel):
    """What fits the words that are searched, in the order in which it is offered."""

    def __init__(self, offered: Sequence[Find]) -> None:
        super().__init__()
        self._offered = self._fitting = list(offered)

    def search(self, text: str) -> None:
        """Keeps what has the words in it, in capitals or not."""
        wanted = text.casefold()
        self.beginResetModel()
        self._fitting = [find for find in self._offered if wanted in f"{find.words} {find.also}".casefold()]
        self.endResetModel()

    def key(self, row: int) -> str:
        """Gives the key of a row."""
        return self._fitting[row].key

    def row(self, key: str) -> int:
        """Gives the row of a key, or -1."""
        return next((number for number, find in enumerate(self._fitting) if find.key == key), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self._fitting)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(worn().px(200), worn().touch)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            find = self._fitting[index.row()]
            if role == Qt.ItemDataRole.AccessibleTextRole and find.also:
                return f"{find.words} ({find.also})"
            return find.words
        return None


class Finder(QFrame):
    """Opens below a button; typing narrows, Enter or a touch takes, Escape closes. Emits `found` with the key."""

    found = Signal(str)

    def __init__(self, name: str, search: str, offered: Sequence[Find], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName(name)
        self._model = FindModel(offered)
        self.search = SearchField(search, wait=0)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName(name)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 10, 10, 10)
        inside.addWidget(self.search)
        inside.addWidget(self.list)
        self.search.searched.connect(self._narrow)
        self.search.returnPressed.connect(lambda: self._take(self.list.currentIndex()))
        self.list.clicked.connect(self._take)
        self.list.activated.connect(self._take)
        self.dress(worn())

    def dress(self, _theme: Theme) -> None:
        dress_list(self.list)
        dress_list(self)

    def open_below(self, button: QWidget, here: str = "") -> None:
        """Opens below a button with `here` chosen; nothing is searched yet."""
        self.search.clear()
        self._narrow("")
        row = max(self._model.row(here), 0)
        self.list.setCurrentIndex(self._model.index(row))
        theme = worn()
        size = QSize(max(button.width(), theme.px(300)), min(theme.px(420), 120 + theme.touch * self._model.rowCount()))
        self.resize(size)
        right = button.layoutDirection() == Qt.LayoutDirection.LeftToRight
        x = button.width() - size.width() if right else 0
        self.move(button.mapToGlobal(QPoint(x, button.height() + 4)))
        self.show()
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.search.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(self.list.currentIndex().row() + step, 0), self._model.rowCount() - 1)
            self.list.setCurrentIndex(self._model.index(row))
        else:
            super().keyPressEvent(event)

    def _narrow(self, text: str) -> None:
        self._model.search(text)
        self.list.setCurrentIndex(self._model.index(0))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            key = self._model.key(index.row())
            self.close()
            self.found.emit(key)
