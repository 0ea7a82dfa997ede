"""What takes a while: a bar that fills, its words, and a button that stops it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import SecondaryButton
from victim_id.ui.widgets.surfaces import column, flow, plain
from victim_id.ui.widgets.words import Words


class UnderWay(QWidget):
    """Hidden until something begins. `stopped` asks to stop it; what has been done so far is said in words as well."""

    stopped = Signal()

    def __init__(self, stop: str) -> None:
        super().__init__()
        self._what = ""
        self._words, self._bar = Words("", size="small", role="muted"), _Bar()
        self.button = SecondaryButton(stop)
        self.button.clicked.connect(self._stop)
        self.setLayout(column(self._words, self._bar, plain(flow(self.button)), gap=6))
        self.hide()

    def begin(self, what: str) -> None:
        """Shows that something has begun."""
        self._what = what
        self._bar.setAccessibleName(what)
        self.button.setEnabled(True)
        self.show_per_cent(0)
        self.show()

    @Slot(int)
    def show_per_cent(self, per_cent: int) -> None:
        """Shows how far it is."""
        self._words.say(f"{self._what} {per_cent} %")
        self._bar.setValue(per_cent)

    def end(self) -> None:
        """Shows nothing any more."""
        self.hide()

    def _stop(self) -> None:
        self.button.setEnabled(False)
        self.stopped.emit()


class _Bar(QProgressBar):
    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, _theme: Theme) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(160, worn().px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, worn().px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        done = self.width() * self.value() / 100
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(self.width() - done if right else 0, 0, done, self.height()), 4, 4)
