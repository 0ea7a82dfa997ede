"""The middle of the interview: one question in two languages, its answers, how one knows, and own words."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from victim_id.instrument.answers import Answer, Source
from victim_id.language import Language, to_say
from victim_id.ui.pages.asked import Asked, Given
from victim_id.ui.pages.changed import WhyChanged
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import LinkButton
from victim_id.ui.widgets.choices import Chips, Option
from victim_id.ui.widgets.fields import LineField, TextField
from victim_id.ui.widgets.notes import Sign
from victim_id.ui.widgets.surfaces import column, plain, row
from victim_id.ui.widgets.words import Words

OPEN_ANSWERS = ("unknown", "declined")
USUAL = 8
"""So many answers have their buttons before the first question; more are made when they are needed."""


class QuestionPad(QWidget):
    """Shows a question and tells what is answered: `given` at once, `draft` while words are typed, `undone` to take back."""

    given = Signal(object)
    draft = Signal(str, str)
    undone = Signal(str)
    explained = Signal(str, str)
    stamp_wanted = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._asked: Asked | None = None
        self._written: Given | None = None
        say = language.say
        self._where = Words("", size="small", role="muted")
        self.worker = Words("", size="question", bold=True)
        self.person = _Person()
        self.answers = AnswerGrid(language)
        self.number = _Number(language)
        self.sources = Chips(say("How do you know?"), [(key, say(words)) for key, words in SOURCES])
        self.words = TextField(say("In the person’s own words"), placeholder=say("In the person’s own words…"), lines=2)
        self._undo = LinkButton(say("Take back"), size="small")
        self._when = Words("", size="small", role="muted", wrap=False)
        self._time = LinkButton(say("Write the time"), size="small")
        self._under = plain(row(self._when, None, self._time))
        self.changed = WhyChanged(language)
        self._note = _Note(language)
        self._how = plain(
            row(Words(say("How do you know?"), size="small", role="muted", wrap=False), self.sources, self._undo, gap=8)
        )
        self.setLayout(
            column(
                self._where, 6, self.worker, 8, self.person, 12, self.number, self.answers, self._how, self.words,
                self._under, self.changed, 2, self._note, None, gap=4,
            )
        )  # fmt: skip
        self.answers.chosen.connect(self._answered)
        self.number.changed.connect(self._answered)
        self.sources.chosen.connect(lambda _keys: self._show_answer())
        self.words.paused.connect(self._drafted)
        self.words.textChanged.connect(self._show_under)
        self._undo.clicked.connect(self._take_back)
        self._time.clicked.connect(self.stamp_wanted)
        self.changed.told.connect(lambda reason: self.explained.emit(self._asked.id if self._asked else "", reason))

    def ask(self, asked: Asked) -> bool:
        """Shows a question with what is known about it, building nothing anew; tells whether it is another one."""
        same = self._asked is not None and self._asked.id == asked.id
        self._asked = asked
        if not same:
            self._where.say(" · ".join(part for part in (asked.section, asked.place) if part))
            self.worker.say(asked.worker)
            self.person.say(asked.person, asked.direction)
            self._note.say(asked)
            self.answers.ask(asked)
            self.number.ask(asked)
            self.words.setVisible(True)
            self.words.put(asked.draft)
            source = asked.answers[-1].source if asked.answers else asked.source
            self.sources.choose(source)
        self._show_answer(keep_words=same)
        return not same

    def stamp(self, time: str) -> None:
        """Writes the time into the own words, on a line of its own, and goes on typing there."""
        cursor = self.words.textCursor()
        cursor.insertText(f"{'' if cursor.atBlockStart() else chr(10)}[{time}] ")
        self.words.setTextCursor(cursor)
        self.words.setFocus()

    def press(self, number: int) -> bool:
        """Chooses the answer of a key 1 to 9, unless somebody is typing."""
        return self.answers.press(number)

    def finish(self) -> None:
        """Tells what was typed since the answer was given, before the talk goes on."""
        self.words.tell()
        if self._asked is None:
            return
        text = self.words.toPlainText().strip()
        if self._asked.kind == "text" and text and (self._written is None or self._written.words != text):
            self._tell(Given(self._asked.id, "given", self._source(), words=text))
        elif self._written is not None and self._written.words != text:
            self._tell(self._written._replace(words=text))

    def _source(self) -> Source:
        return self.sources.key() or "said"  # type: ignore[return-value]

    def _show_answer(self, *, keep_words: bool = False) -> None:
        if self._asked is None:
            return
        found = next((answer for answer in self._asked.answers if answer.source == self._source()), None)
        self._written = _as_given(found)
        self.answers.show_answer(found)
        self.number.show_answer(found)
        if not keep_words or self.words.document().isEmpty():
            self.words.put(self._asked.draft or (found.words if found else ""))
        self._undo.setVisible(bool(self._asked.answers))
        self._when.say(self._asked.written)
        self._show_under()
        self.changed.show_change(self._asked.before, self._asked.reason)
        self._how.setVisible(self._asked.kind != "text" or bool(self._asked.answers))

    def _show_under(self) -> None:
        self._under.setVisible(bool(self._when.text()) or not self.words.document().isEmpty())

    def _answered(self) -> None:
        if self._asked is None:
            return
        chosen, number = self.answers.keys(), self.number.value()
        text, source = self.words.toPlainText().strip(), self._source()
        open_answer = next((key for key in chosen if key in OPEN_ANSWERS), "")
        if open_answer:
            self._tell(Given(self._asked.id, open_answer, source, words=text))  # type: ignore[arg-type]
        elif self._asked.kind == "yes_no" and chosen:
            self._tell(Given(self._asked.id, chosen[0], source, words=text))  # type: ignore[arg-type]
        elif self._asked.kind == "number" and number is not None:
            self._tell(Given(self._asked.id, "given", source, number=number, words=text))
        elif self._asked.kind in {"choice", "several"} and chosen:
            self._tell(Given(self._asked.id, "given", source, chosen=chosen, words=text))
        elif self._asked.kind == "several" and self._written is not None:
            self._take_back()

    def _tell(self, given: Given) -> None:
        self._written = given
        self.given.emit(given)

    def _drafted(self, text: str) -> None:
        if self._asked is not None:
            self.draft.emit(self._asked.id, text)

    def _take_back(self) -> None:
        if self._asked is not None:
            self._written = None
            self.answers.show_answer(None)
            self.number.show_answer(None)
            self.undone.emit(self._asked.id)


SOURCES: tuple[tuple[Source, str], ...] = (
    ("said", to_say("Person said so")),
    ("observed", to_say("I saw it")),
    ("document", to_say("Document")),
    ("third_party", to_say("Someone else")),
)


def _as_given(answer: Answer | None) -> Given | None:
    if answer is None or answer.value == "not_applicable":
        return None
    return Given(answer.question, answer.value, answer.source, answer.number, answer.chosen, answer.words)


class AnswerGrid(QWidget):
    """Answers side by side with the keys that choose them; as many columns as there is room for."""

    chosen = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._options: list[Option] = []
        self._shown, self._columns = 0, 0
        self._several = False
        self._make(USUAL)

    def ask(self, asked: Asked) -> None:
        """Offers the answers of a question, in buttons that are there already."""
        say = self._language.say
        rows: list[tuple[str, str]] = []
        if asked.kind == "yes_no":
            rows = [("yes", say("Yes")), ("no", say("No"))]
        elif asked.kind in {"choice", "several"}:
            rows = list(asked.choices)
        rows += [("unknown", say("Not known")), ("declined", say("Won’t say"))]
        self._several = asked.kind == "several"
        self._make(len(rows))
        for option, (key, words) in zip(self._options, rows, strict=False):
            option.relabel(words, key)
            option.setChecked(False)
        self._shown = len(rows)
        self._arrange()

    def _make(self, number: int) -> None:
        while len(self._options) < number:
            option = Option("", number=len(self._options) + 1, least=58, size="body", parent=self)
            option.hide()
            option.clicked.connect(lambda _checked=False, one=option: self._pressed(one))
            self._options.append(option)
            self._columns = 0

    def show_answer(self, answer: Answer | None) -> None:
        """Marks what was answered."""
        keys: set[str] = set()
        if answer is not None:
            keys = set(answer.chosen) if answer.value == "given" else {answer.value}
        for option in self._options[: self._shown]:
            option.setChecked(option.key in keys)

    def keys(self) -> tuple[str, ...]:
        """Gives what is marked."""
        return tuple(option.key for option in self._options[: self._shown] if option.isChecked())

    def press(self, number: int) -> bool:
        """Chooses the answer with a number."""
        if 1 <= number <= self._shown:
            self._options[number - 1].click()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _pressed(self, one: Option) -> None:
        alone = not self._several or one.key in OPEN_ANSWERS
        for option in self._options[: self._shown]:
            if option is one:
                option.setChecked(True if alone else option.isChecked())
            elif alone or option.key in OPEN_ANSWERS:
                option.setChecked(False)
        self.chosen.emit()

    def _arrange(self) -> None:
        shown = self._options[: self._shown]
        if not shown:
            return
        widest = max(option.minimumSizeHint().width() for option in shown)
        most = 4 if self._shown <= 4 else 2
        columns = max(1, min(most, (self.width() + 10) // max(widest + 10, 1), self._shown))
        if self._shown == 4 and columns == 3:
            columns = 2
        turned = [option for place, option in enumerate(self._options) if option.isHidden() == (place < self._shown)]
        apart = len(turned) > 1 and not self.isHidden()
        if apart:
            self.hide()  # each button that appears in a row on the screen lays out the whole page once more
        for option in turned:
            option.setVisible(option.isHidden())
        if apart:
            self.show()
        if columns != self._columns:
            self._columns = columns
            for place, option in enumerate(self._options):
                self._grid.addWidget(option, place // columns, place % columns)
            for number in range(4):
                self._grid.setColumnStretch(number, 1 if number < columns else 0)


class _Number(QWidget):
    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._field = LineField(language.say("Number"))
        self._field.setMaximumWidth(220)
        self._unit = Words("", role="muted", wrap=False)
        self._why = Words("", size="small", role="urgent")
        self._language = language
        self._asked: Asked | None = None
        self.setLayout(column(row(self._field, self._unit, None), self._why, gap=4, margins=(0, 0, 0, 10)))
        self._field.editingFinished.connect(self._done)
        self._field.textEdited.connect(lambda _text: self._why.hide())

    def ask(self, asked: Asked) -> None:
        self._asked = asked
        self.setVisible(asked.kind == "number")
        self._why.hide()
        self._unit.say(asked.unit)
        self._field.setAccessibleName(f"{asked.worker} {asked.unit}".strip())
        self._field.setValidator(QIntValidator(0, 10**9, self))
        if asked.kind == "number":
            self._field.setFocus()

    def show_answer(self, answer: Answer | None) -> None:
        text = "" if answer is None or answer.number is None else str(answer.number)
        if not self._field.hasFocus() or not self._field.isModified():
            self._field.setText(text)

    def value(self) -> int | None:
        text = self._field.text().strip()
        return int(text) if text.isdecimal() and self._asked is not None and self._asked.kind == "number" else None

    def _done(self) -> None:
        value, asked = self.value(), self._asked
        if value is None or asked is None or not self._field.isModified():
            return
        if asked.most and not asked.least <= value <= asked.most:
            self._why.say(
                self._language.say("A number from {least} to {most}, please.", least=asked.least, most=asked.most)
            )
            self._why.show()
            return
        self._field.setModified(False)
        self.changed.emit()


class _Person(QWidget):
    """The person's wording, apart by a line at its side, in its own direction."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Words("", size="person", role="person")
        self.setLayout(column(self._words, margins=(20, 2, 20, 2)))

    def say(self, text: str, direction: Literal["ltr", "rtl"]) -> None:
        self.setVisible(bool(text))
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if direction == "rtl" else Qt.LayoutDirection.LeftToRight
        )
        self._words.say(text, direction)

    @property
    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        QPainter(self).fillRect(self.width() - 4 if right else 0, 0, 4, self.height(), worn().colour("quote"))


class _Note(QWidget):
    """One quiet line for the worker: what to watch for, what to leave out, and why it is asked."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._words = Words("", size="small", role="muted")
        line = row(column(Sign("note", "muted", 18), None, margins=(0, 2, 0, 0)), self._words, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)

    def say(self, asked: Asked) -> None:
        say = self._language.say
        parts = [asked.watch, say("Leave out: {what}", what=asked.avoid) if asked.avoid else "", asked.why]
        if asked.untranslated:
            parts.insert(0, say("Not translated yet: it is shown in English."))
        text = "\n".join(part for part in parts if part)
        self._words.say(text)
        self.setVisible(bool(text))
