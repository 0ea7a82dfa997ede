"""What is typed and ticked: every field has a visible label that is also its spoken name, and its error below it."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QSizePolicy, QStyle, QVBoxLayout, QWidget

from victim_id.ui import icons
from victim_id.ui.theme import Size, Theme, by_keyboard, dress_field, worn
from victim_id.ui.widgets.buttons import IconButton, box, marked
from victim_id.ui.widgets.measures import WRAPPED
from victim_id.ui.widgets.words import Words


class LineField(QLineEdit):
    """One line to type in."""

    def __init__(self, name: str, text: str = "", *, placeholder: str = "", size: Size = "body") -> None:
        super().__init__(text)
        self._wrong, self._size = False, size
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        dress_field(self, self._size, wrong=self._wrong)
        self.setMinimumHeight(theme.touch)

    def mark(self, *, wrong: bool) -> None:
        """Shows that what stands here is not accepted, or that it is again."""
        if wrong != self._wrong:
            self._wrong = wrong
            self.dress(worn())


class SecretField(LineField):
    """A passphrase: hidden, with an eye that shows it; never copied, never completed."""

    def __init__(self, name: str, show: str, hide: str) -> None:
        super().__init__(name)
        self._show, self._hide = show, hide
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.eye = IconButton("eye", show, self)
        self.eye.clicked.connect(self._turn)

    def conceal(self) -> None:
        """Hides the passphrase again."""
        if self.echoMode() == QLineEdit.EchoMode.Normal:
            self._turn()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        side = self.height()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.eye.setGeometry(0 if mirrored else self.width() - side, 0, side, side)
        self.setTextMargins(side if mirrored else 0, 0, 0 if mirrored else side, 0)

    def _turn(self) -> None:
        shown = self.echoMode() == QLineEdit.EchoMode.Normal
        self.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)
        self.eye.turn("eye" if shown else "eye_off", self._show if shown else self._hide)


class SearchField(LineField):
    """Searches while one types: tells the words a moment after the last key; Escape empties it."""

    searched = Signal(str)

    def __init__(self, name: str, placeholder: str = "", wait: int = 120) -> None:
        super().__init__(name, placeholder=placeholder or name)
        self._timer = QTimer(self, singleShot=True, interval=wait)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._timer.start())
        self.setMinimumWidth(120)

    def sizeHint(self) -> QSize:
        return QSize(worn().px(320), worn().touch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._timer.start()
        else:
            super().keyPressEvent(event)


class TextField(QPlainTextEdit):
    """Some lines of own words; Ctrl+Enter goes on as Enter does elsewhere; tells
    them 0.5 s after the last key, and at once when the focus goes.
    """

    paused = Signal(str)

    def __init__(
        self, name: str, text: str = "", *, placeholder: str = "", lines: int = 3, person: bool = False
    ) -> None:
        super().__init__(text)
        self._lines, self._person, self._told = lines, person, text
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=500)
        self._timer.timeout.connect(self.tell)
        self.textChanged.connect(self._typed)
        self.dress(worn())

    def dress(self, _theme: Theme) -> None:
        dress_field(self, person=self._person)
        self.setFixedHeight(QFontMetrics(worn().font()).lineSpacing() * self._lines + worn().px(30))

    def tell(self) -> None:
        """Tells what stands here, if it was not told yet."""
        self._timer.stop()
        if self.toPlainText() != self._told:
            self._told = self.toPlainText()
            self.paused.emit(self._told)

    def put(self, text: str) -> None:
        """Shows a text without telling it."""
        self._told = text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._timer.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.tell()

    def _typed(self) -> None:
        self._timer.start()


class Tick(QCheckBox):
    """A box to tick with words that wrap."""

    def __init__(self, text: str, *, size: Size = "body", checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._size, self._ringed, self._letter = text, size, False, -1
        self.setAccessibleName(text)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """The text beside the box."""
        return self._words

    def mark(self, place: int) -> None:
        """Underlines one letter, or none (-1)."""
        self._letter = place
        self.update()

    def dress(self, _theme: Theme) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = worn()
        metrics = QFontMetrics(theme.font(self._size))
        return QSize(metrics.horizontalAdvance(self._words) + theme.px(34), max(theme.touch, metrics.height() + 10))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), worn().px(140)), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - worn().px(32), 10), 9999)
        lines = QFontMetrics(worn().font(self._size)).boundingRect(room, WRAPPED, self._words).height()
        return max(self.sizeHint().height(), lines + 10)

    def hitButton(self, _pos: object) -> bool:
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event.reason())
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = worn(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        side = theme.px(20)
        line = QFontMetrics(theme.font(self._size)).height()
        one_line = self.height() <= self.sizeHint().height() + 2
        top = (self.height() - side) // 2 if one_line else 5 + (line - side) // 2
        spot = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(2, top, side, side))
        checked = self.isChecked()
        box(
            painter,
            spot,
            5,
            theme.colour("primary" if checked else "card"),
            None if checked else theme.colour("edge"),
            1.5,
        )
        if checked:
            inner = QRectF(spot).adjusted(2, 2, -2, -2)
            icons.paint(painter, "check", theme.hex("on_primary"), inner)
        painter.setFont(theme.font(self._size))
        painter.setPen(theme.colour("text" if self.isEnabled() else "muted"))
        words = self.rect().adjusted(theme.px(32), 0, 0, 0)
        room = QStyle.visualRect(self.layoutDirection(), self.rect(), words)
        if self._letter >= 0:
            painter.drawText(room, WRAPPED | int(Qt.TextFlag.TextShowMnemonic), marked(self._words, self._letter))
        else:
            painter.drawText(room, WRAPPED, self._words)
        if self.hasFocus() and self._ringed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.drawRoundedRect(QRectF(spot).adjusted(-1, -1, 1, 1), 6, 6)


class Labelled(QWidget):
    """A field with its label above and room for an error below."""

    def __init__(self, label: str, field: QWidget, *, note: str = "") -> None:
        super().__init__()
        self.field, self._said = field, label
        self._label = Words(label, size="small", bold=True)
        self._label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._note = Words(note, size="small", role="muted")
        if not note:
            self._note.hide()
        self._plain = note
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(5)
        for part in (self._label, field, self._note):
            inside.addWidget(part)

    @property
    def words(self) -> str:
        """The label."""
        return self._said

    def mark(self, place: int) -> None:
        """Underlines a letter of the label, which then leads to the field, or none (-1)."""
        self._label.say(marked(self._said, place) if place >= 0 else self._said)

    def rename(self, label: str) -> None:
        """Changes the label, and with it the field's spoken name."""
        self._said = label
        self._label.say(label)
        self.field.setAccessibleName(label)

    def complain(self, message: str) -> None:
        """Shows an error where it happened, or takes it away; it is also the field's spoken description."""
        if isinstance(self.field, LineField):
            self.field.mark(wrong=bool(message))
        self._note.turn("urgent" if message else "muted")
        self._note.say(message or self._plain)
        self._note.setVisible(bool(message or self._plain))
        self.field.setAccessibleDescription(message or self._plain)
