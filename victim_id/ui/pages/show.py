"""What the person sees: one question in their own language and nothing of the worker's; coming back needs a PIN."""

import hmac
from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QStackedWidget

from victim_id.language import Language
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import IconButton, LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Option
from victim_id.ui.widgets.fields import Labelled, LineField
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, flow, plain, row
from victim_id.ui.widgets.words import Words

TRIES = 3
LEAST_DIGITS, MOST_DIGITS = 4, 8


class ShownQuestion(NamedTuple):
    """A question in the person's words: every text is in the person's language, and no earlier answer is among them."""

    id: str
    text: str
    answers: tuple[tuple[str, str], ...]


class PersonWords(NamedTuple):
    """The fixed words of this page in the person's language."""

    language: str
    direction: Literal["ltr", "rtl"]
    stop: str
    not_alone: str
    thanks: str
    back: str


class ShowPage(Ground):
    """Full screen. Emits `answered` (question, key), `stopped`, `not_alone`, `returned`, and `locked` after three wrong PINs."""

    answered = Signal(str, str)
    stopped = Signal()
    not_alone = Signal()
    returned = Signal()
    locked = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("card")
        self._pin, self._wrong = "", 0
        self._shown: ShownQuestion | None = None
        self._setting = _SetPin(language)
        self._asking = _Asking()
        self._coming = _ComeBack(language)
        self._faces = QStackedWidget()
        for face in (self._setting, self._asking, self._coming):
            self._faces.addWidget(face)
        self.setLayout(column(self._faces))
        self._setting.chosen.connect(self._begin)
        self._setting.left.connect(self.returned)
        self._asking.chosen.connect(self._answered)
        self._asking.stopped.connect(self.stopped)
        self._asking.not_alone.connect(self.not_alone)
        self._asking.back.connect(self._ask_pin)
        self._coming.tried.connect(self._try)
        self._coming.left.connect(lambda: self._faces.setCurrentWidget(self._asking))

    def enter(self, words: PersonWords, question: ShownQuestion) -> None:
        """Asks the worker for a PIN for coming back, then shows the question."""
        self._pin, self._wrong = "", 0
        self._asking.speak(words)
        self.ask(question)
        self._setting.begin()
        self._faces.setCurrentWidget(self._setting)

    def ask(self, question: ShownQuestion) -> None:
        """Shows a question; no answer is marked, whatever was said before."""
        self._shown = question
        self._asking.ask(question)

    def thank(self) -> None:
        """Thanks the person when there is nothing more to ask, and waits for the worker."""
        self._shown = None
        self._asking.thank()

    def pressed(self, deed: str) -> bool:
        """Escape asks for the PIN; no other key does anything here but the lock."""
        if deed == "back" and self._faces.currentWidget() is self._asking:
            self._ask_pin()
        return True

    def _begin(self, pin: str) -> None:
        self._pin = pin
        self._faces.setCurrentWidget(self._asking)
        self._asking.setFocus()

    def _answered(self, key: str) -> None:
        if self._shown is not None:
            self.answered.emit(self._shown.id, key)

    def _ask_pin(self) -> None:
        self._coming.begin()
        self._faces.setCurrentWidget(self._coming)

    def _try(self, pin: str) -> None:
        if hmac.compare_digest(pin.encode(), self._pin.encode()):
            self._pin, self._wrong = "", 0
            self.returned.emit()
            return
        self._wrong += 1
        if self._wrong >= TRIES:
            self.locked.emit()
        else:
            self._coming.wrong(TRIES - self._wrong)


class _Asking(Ground):
    chosen = Signal(str)
    stopped = Signal()
    not_alone = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__("card")
        self._words: PersonWords | None = None
        self._options: list[Option] = []
        self._tongue = Words("", size="title", role="muted", wrap=False)
        self._question = Words("", size="show", bold=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(20)
        self._stop, self._alone = SecondaryButton(""), SecondaryButton("")
        self._back = IconButton("padlock", "")
        self._stop.clicked.connect(self.stopped)
        self._alone.clicked.connect(self.not_alone)
        self._back.clicked.connect(self.back)
        inside = Ground("card")
        inside.setLayout(column(None, self._question, None, plain(self._grid), gap=24, margins=(70, 20, 70, 20)))
        top = row(self._tongue, None, self._back, margins=(70, 30, 60, 0))
        foot = plain(column(flow(self._stop, self._alone, across=16), margins=(70, 6, 70, 36)))
        self.setLayout(column(top, Scroll(inside, "card"), foot, gap=0))

    def speak(self, words: PersonWords) -> None:
        self._words = words
        right = words.direction == "rtl"
        direction = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)
        self._tongue.say(words.language, words.direction)
        self._stop.say(words.stop)
        self._alone.say(words.not_alone)
        self._back.turn("padlock", words.back)

    def ask(self, question: ShownQuestion) -> None:
        self._question.say(question.text, self._words.direction if self._words else "")
        while len(self._options) < len(question.answers):
            option = Option("", size="question", line="accent", centred=True, least=132, parent=self)
            option.clicked.connect(lambda _=False, one=option: self._choose(one))
            self._options.append(option)
        for option, (key, words) in zip(self._options, question.answers, strict=False):
            option.relabel(words, key)
            option.setChecked(False)
        for number, option in enumerate(self._options):
            option.setVisible(number < len(question.answers))
        self._arrange(len(question.answers))
        if self._options:
            self._options[0].setFocus(Qt.FocusReason.MouseFocusReason)

    def thank(self) -> None:
        for option in self._options:
            option.hide()
        self._question.say(self._words.thanks if self._words else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(sum(1 for option in self._options if not option.isHidden()))

    def _arrange(self, count: int) -> None:
        if count == 0:
            return
        shown = self._options[:count]
        widest = max(*(option.minimumSizeHint().width() for option in shown), worn().px(190))
        columns = max(1, min(4, count, (self.width() - 120) // (widest + 20)))
        if count == 4 and columns == 3:
            columns = 2
        for number, option in enumerate(shown):
            self._grid.addWidget(option, number // columns, number % columns)
        for number in range(4):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def _choose(self, option: Option) -> None:
        option.setChecked(False)
        self.chosen.emit(option.key)


def _pin_field(name: str) -> LineField:
    field = LineField(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(MOST_DIGITS)
    field.setValidator(QRegularExpressionValidator(QRegularExpression(rf"\d{{0,{MOST_DIGITS}}}"), field))
    field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return field


class _Pad(Ground):
    left = Signal()

    def __init__(
        self, language: Language, title: str, text: str, done: str, take: Callable[[str], None], leave: str
    ) -> None:
        super().__init__("page")
        self._say = language.say
        self.field = _pin_field(language.say("PIN"))
        self.labelled = Labelled(language.say("PIN"), self.field)
        ok, no = PrimaryButton(done), LinkButton(leave)
        self._take = take
        card = Card(
            Words(title, size="head", bold=True), Words(text, role="muted"), 6, self.labelled, 4, row(no, None, ok), gap=8, pad=30
        )  # fmt: skip
        card.setFixedWidth(min(worn().px(460), 900))
        inside = Ground("page")
        inside.setLayout(column(None, row(None, card, None), None, margins=(12, 12, 12, 12)))
        self.setLayout(column(Scroll(inside)))
        ok.clicked.connect(self._go)
        self.field.returnPressed.connect(self._go)
        no.clicked.connect(self.left)

    def begin(self) -> None:
        self.field.clear()
        self.labelled.complain("")
        QTimer.singleShot(0, self.field, self.field.setFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        text = self.field.text()
        self.field.clear()
        if len(text) < LEAST_DIGITS:
            self.labelled.complain(self._say("At least {n} digits, please.", n=LEAST_DIGITS))
        else:
            self._take(text)


class _SetPin(_Pad):
    chosen = Signal(str)

    def __init__(self, language: Language) -> None:
        say = language.say
        super().__init__(
            language,
            say("Show to the person"),
            say(
                "Choose a short PIN. You need it to come back; the person sees only the question in their own language."
            ),
            say("Show"),
            self._chosen,
            say("Back"),
        )

    def _chosen(self, pin: str) -> None:
        self.chosen.emit(pin)


class _ComeBack(_Pad):
    tried = Signal(str)

    def __init__(self, language: Language) -> None:
        say = language.say
        self._left = language
        super().__init__(language, say("PIN"), "", say("Go on"), self._tried, say("Back"))

    def wrong(self, left: int) -> None:
        self.labelled.complain(self._left.say_many("Wrong. One more try.", "Wrong. {n} more tries.", left))
        self.field.setFocus()

    def _tried(self, pin: str) -> None:
        self.tried.emit(pin)
