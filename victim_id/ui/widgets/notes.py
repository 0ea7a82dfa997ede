"""What the program tells: an error where it happened, a word that passes by, and what to do on an empty page."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from victim_id.ui import icons
from victim_id.ui.theme import Role, Theme, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, Tone, column, row
from victim_id.ui.widgets.words import Words

GAP, MARGIN = 16, 24
ABOVE = 72
"""How far a passing word stands above the foot of the window, where the buttons of a talk are."""


class Sorry(NamedTuple):
    """Why something did not work, and what can be done; both in the worker's language."""

    title: str
    text: str


class Sign(QWidget):
    """An icon as a picture, without being pressed."""

    def __init__(self, name: str, role: str = "muted", size: int = 20) -> None:
        super().__init__()
        self._name, self._role, self._side = name, role, size
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        self.setFixedSize(theme.px(self._side), theme.px(self._side))

    def turn(self, name: str, role: str) -> None:
        """Shows another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        icons.paint(QPainter(self), self._name, worn().hex(self._role), QRectF(self.rect()), mirrored=mirrored)  # type: ignore[arg-type]


class InlineNote(Card):
    """A message in the place it belongs to, with a way on; hidden until it has something to say."""

    asked = Signal()

    def __init__(self, tone: Tone = "urgent") -> None:
        super().__init__(tone=tone, gap=4, pad=14)
        role = {"urgent": "urgent", "amber": "amber"}.get(tone, "accent")
        self._title = Words("", bold=True, role=role)  # type: ignore[arg-type]
        self._text = Words("")
        self._way = LinkButton("", underline=True, role="text")
        self._way.clicked.connect(self.asked)
        self.body.addLayout(row(Sign("warn" if tone != "tint" else "note", role), self._title, gap=8))
        self.body.addWidget(self._text)
        self.body.addWidget(self._way)
        self.hide()

    def say(self, title: str, text: str = "", way: str = "") -> None:
        """Shows a message, and what can be pressed to go on; nothing hides it."""
        self._title.say(title)
        self._text.say(text)
        self._text.setVisible(bool(text))
        self._way.say(way)
        self._way.setVisible(bool(way))
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        self.setVisible(bool(title or text))
        if title and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class Strip(Card):
    """A warning that stays above a page until it is empty, in as few lines as it takes, with a way on."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(tone="urgent", gap=0, pad=8)
        self._title = Words("", size="small", bold=True, role="urgent")
        self._text = Words("", size="small")
        self.way = LinkButton("", underline=True, role="text", size="small")
        self.way.clicked.connect(self.asked)
        words = column(self._title, self._text, gap=0)
        line = row(Sign("warn", "urgent"), words, self.way, gap=12, margins=(10, 0, 6, 0))
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.hide()

    def say(self, title: str, text: str = "", way: str = "") -> None:
        """Shows a warning; nothing hides it."""
        new = bool(title) and self.isHidden()
        self._title.say(title)
        self._text.say(text)
        self._text.setVisible(bool(text))
        self.way.say(way)
        self.way.setVisible(bool(way))
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        self.setVisible(bool(title))
        if new:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class Toast(Card):
    """A word that passes by above the foot of the window, with undo where there is one; it takes no focus.

    It wraps, and stays over one part of the window, so that it never lies over the lock.
    """

    undone = Signal()

    def __init__(self, over: QWidget, part: QWidget) -> None:
        super().__init__(gap=0, pad=12)
        self.setParent(over)
        self._over, self._part = over, part
        self._words = Words("")
        self._undo = LinkButton("", underline=True)
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.clicked.connect(self._take_back)
        line = row(self._words, self._undo, gap=GAP)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self._timer = QTimer(self, singleShot=True, interval=6000)
        self._timer.timeout.connect(self.hide)
        part.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: str = "") -> None:
        """Shows a word for six seconds."""
        self._words.say(text)
        self._undo.say(undo)
        self._undo.setVisible(bool(undo))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Takes the width that the words need on one line, or nearly the whole part and as many lines as it takes."""
        frame = self.body.contentsMargins()
        beside = frame.left() + frame.right()
        if not self._undo.isHidden():
            beside += self._undo.sizeHint().width() + GAP
        line = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 4
        room = QRect(self._part.mapTo(self._over, QPoint()), self._part.size())
        width = min(line + beside, room.width() - 2 * MARGIN)
        height = self._words.heightForWidth(width - beside)
        if not self._undo.isHidden():
            height = max(height, self._undo.sizeHint().height())
        self.resize(width, height + frame.top() + frame.bottom())
        self.move(room.center().x() - self.width() // 2, room.bottom() - self.height() - worn().px(ABOVE))

    def _take_back(self) -> None:
        self.hide()
        self.undone.emit()


class EmptyState(QWidget):
    """What stands on an empty page: what would be here, and the one thing to do."""

    asked = Signal()

    def __init__(self, icon: str, title: str, text: str, deed: str = "", *, ground: Role = "card") -> None:
        super().__init__()
        self._title = Words(title, size="title", bold=True)
        self._text = Words(text, role="muted")
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.deed = PrimaryButton(deed)
        if not deed:
            self.deed.hide()
        self.deed.clicked.connect(self.asked)
        inside = column(
            None,
            row(None, Sign(icon, "edge", 44), None),
            self._title,
            self._text,
            row(None, self.deed, None),
            None,
            gap=10,
            margins=(24, 24, 24, 24),
        )
        filled = Ground(ground)
        filled.setLayout(inside)
        self.setLayout(column(Scroll(filled, ground)))

    def say(self, title: str, text: str) -> None:
        """Says something else."""
        self._title.say(title)
        self._text.say(text)
