"""Texts: always plain, in a step of the type scale and a named colour; each may have a direction of its own."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from victim_id.ui.theme import Role, Size, Theme, dress_text, worn


class Words(QLabel):
    """A plain text. Wrapped unless `wrap` is off; `direction` sets a text apart from the page's direction."""

    def __init__(
        self,
        text: str = "",
        *,
        size: Size = "body",
        role: Role = "text",
        bold: bool = False,
        wrap: bool = True,
        direction: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._role, self._bold, self._direction = size, role, bold, direction
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.dress(worn())
        self.say(text, direction)

    def dress(self, _theme: Theme) -> None:
        dress_text(self, self._role, self._size, bold=self._bold)

    def say(self, text: str, direction: str = "") -> None:
        """Shows a text, in a direction of its own where one is given."""
        if direction:
            self.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if direction == "rtl" else Qt.LayoutDirection.LeftToRight
            )
        self.setText(text)

    def turn(self, role: Role) -> None:
        """Changes the colour."""
        if role != self._role:
            self._role = role
            self.dress(worn())


class Elided(Words):
    """One line that is shortened with … when there is no room; the whole text is its tooltip and its spoken name."""

    def __init__(self, text: str = "", *, size: Size = "body", role: Role = "text", bold: bool = False) -> None:
        super().__init__(text, size=size, role=role, bold=bold, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(hint.width(), worn().px(60)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), text)
