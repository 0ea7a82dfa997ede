"""The window library gives back every reference it takes: one that is lost at each call ends the program in a talk."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget


def paint() -> None:
    ground = QPixmap(8, 8)
    painter = QPainter(ground)
    painter.end()


def timer(owner: QWidget) -> None:
    once = QTimer(owner, singleShot=True, interval=0)
    once.deleteLater()


CALLS: dict[str, Callable[[QWidget], object]] = {
    "a function that finds nothing": lambda widget: widget.focusWidget(),
    "a property that is not there": lambda widget: widget.property("nothing"),
    "a setter": lambda widget: widget.setPalette(QPalette(QColor("white"))),
    "a painter": lambda _: paint(),
    "a timer": timer,
    "a layout": lambda _: QVBoxLayout().itemAt(3),
    "a label": lambda _: QLabel("x").setText("y"),
    "a picture": lambda widget: widget.grab(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_none_keeps_its_references(call: Callable[[QWidget], object], qapp: QApplication) -> None:
    widget = QWidget()
    for _ in range(10):
        call(widget)
    before = sys.getrefcount(None)
    for _ in range(500):
        call(widget)
    assert sys.getrefcount(None) - before > -50
