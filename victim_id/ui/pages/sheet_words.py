"""Recovery sheets as they are typed off paper: word for word, completed from the list of words, and looked at while typing."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.theme import Theme, worn
from victim_id.ui.widgets.buttons import LinkButton
from victim_id.ui.widgets.fields import Labelled, TextField
from victim_id.ui.widgets.notes import Sign
from victim_id.ui.widgets.surfaces import column, flow, plain
from victim_id.ui.widgets.words import Words

OFFERED = 3


def look_words(language: Language, look: str, unknown: Sequence[str] = ()) -> str:
    """Gives what is wrong with a sheet, in words; nothing for one that is whole or not finished."""
    say = language.say
    if look == "unknown_word" and unknown:
        return say("“{word}” stands on no sheet.", word=unknown[0])
    return {
        "unknown_word": say("One word stands on no sheet."),
        "too_long": say("These are more words than a sheet has."),
        "mistyped": say("A word is mistyped: the last three do not fit the others. Compare each word with the paper."),
        "other_vault": say("This sheet belongs to another vault, or to an older set of sheets."),
        "same_sheet": say("This is the same sheet once more. Two different ones are needed."),
    }.get(look, "")


class SheetWords(QWidget):
    """The words of one sheet. `typed` tells them half a second after the last key, or at once when Enter ends them, as
    a scanner that types does; then `ended` comes too. `show_look` brings what they are.
    """

    typed = Signal(str)
    ended = Signal()

    def __init__(self, language: Language, name: str, words: Sequence[str], many: int) -> None:
        super().__init__()
        self._language, self._words, self._many = language, sorted(words), many
        self.look = ""
        self.field = _Field(name, self._words)
        self._labelled = Labelled(name, self.field)
        self._sign, self._count = Sign("check", "good", 18), Words("", size="small", role="muted", wrap=False)
        self._sign.hide()
        self._offers = [LinkButton("", size="small") for _ in range(OFFERED)]
        for offer in self._offers:
            offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard a word is completed with the space bar
            offer.clicked.connect(lambda _=False, offer=offer: self.field.complete(offer.words))
            offer.hide()
        self._line = plain(flow(self._sign, self._count, *self._offers, across=10, down=0))
        self.setLayout(column(self._labelled, self._line, gap=2))
        self.field.paused.connect(self.typed)
        self.field.textChanged.connect(self._typed)
        self.field.entered.connect(self._entered)
        self._typed()
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        if hasattr(self, "_line"):
            self._line.setMinimumHeight(theme.touch)

    def text(self) -> str:
        """Gives what is typed."""
        return self.field.toPlainText()

    def show_look(self, look: str) -> None:
        """Shows what the typed words are; `whole` is the only one that opens something."""
        self.look = look
        unknown = [word for word in self.text().casefold().split() if not self._known(word)]
        wrong = look_words(self._language, look, unknown)
        self._labelled.complain(wrong)
        self._sign.setVisible(look == "whole")
        self._count.turn("good" if look == "whole" else "muted")
        if look == "whole":
            self._count.say(self._language.say("This sheet is whole."))

    def complain(self, message: str) -> None:
        """Shows an error at this sheet."""
        self._labelled.complain(message)

    def forget(self) -> None:
        """Empties the field; nothing of it is kept."""
        self.field.put("")
        self.show_look("")
        self._typed()

    def _entered(self) -> None:
        if len(self.text().split()) >= self._many:
            self.field.tell()
            self.ended.emit()

    def _typed(self) -> None:
        self.look = ""
        self._sign.hide()
        self._count.turn("muted")
        number = len(self.text().split())
        self._count.say(self._language.say("{n} of {all} words", n=number, all=self._many))
        begun = self.field.begun()
        offered = fitting(self._words, begun)[:OFFERED] if len(begun) > 1 else []
        if offered == [begun]:
            offered = []
        for place, offer in enumerate(self._offers):
            offer.say(offered[place] if place < len(offered) else "")
            offer.setVisible(place < len(offered))

    def _known(self, typed: str) -> bool:
        found = fitting(self._words, typed)
        return bool(found) and (len(typed) >= 4 or found[0] == typed)


class TwoSheets(QWidget):
    """Two different sheets. `looked` asks what a typed one is (0 or 1, its words, the other's); `changed` when one is whole or not."""

    looked = Signal(int, str, str)
    changed = Signal()

    def __init__(self, language: Language, words: Sequence[str], many: int) -> None:
        super().__init__()
        say = language.say
        self.sheets = (
            SheetWords(language, say("Words of one sheet"), words, many),
            SheetWords(language, say("Words of another sheet"), words, many),
        )
        hint = say("The first four letters of a word are enough; the space bar completes it.")
        self.setLayout(column(Words(hint, size="small", role="muted"), *self.sheets, gap=6))
        for number, sheet in enumerate(self.sheets):
            sheet.typed.connect(lambda text, number=number: self._ask(number, text))
            sheet.field.textChanged.connect(self.changed)
            sheet.ended.connect(lambda other=self.sheets[1 - number]: self._go_on(other))

    def show_look(self, number: int, look: str) -> None:
        """Brings what one of the two is."""
        self.sheets[number].show_look(look)
        self.changed.emit()

    def tell(self) -> None:
        """Asks at once for what was typed last."""
        for sheet in self.sheets:
            sheet.field.tell()

    @property
    def ready(self) -> bool:
        """Tells whether both are whole."""
        return all(sheet.look == "whole" for sheet in self.sheets)

    def texts(self) -> tuple[str, str]:
        """Gives the words of both."""
        return self.sheets[0].text(), self.sheets[1].text()

    def forget(self) -> None:
        """Empties both."""
        for sheet in self.sheets:
            sheet.forget()
        self.changed.emit()

    def _go_on(self, other: SheetWords) -> None:
        """Goes to the other sheet when it is still empty, so that one can be scanned after the other."""
        if not other.text().strip():
            other.field.setFocus()

    def _ask(self, number: int, text: str) -> None:
        self.looked.emit(number, text, self.sheets[1 - number].text())


def fitting(words: Sequence[str], begun: str) -> list[str]:
    """Gives the words, out of a sorted list, that begin so."""
    found = []
    for word in words[bisect_left(words, begun) :]:
        if not word.startswith(begun):
            break
        found.append(word)
    return found


class _Field(TextField):
    """Words in English, from left to right in every language; the space bar, or Enter, completes the only word that fits."""

    entered = Signal()

    def __init__(self, name: str, words: Sequence[str]) -> None:
        super().__init__(name, lines=5)
        self._list = words
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setUndoRedoEnabled(False)

    def begun(self) -> str:
        """Gives the word before the cursor, as far as it is typed."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        return before.rpartition(" ")[2].casefold()

    def complete(self, word: str) -> None:
        """Puts a whole word in the place of the one that is begun, and a space behind it."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self.begun()))
        cursor.insertText(word + " ")

    def sizeHint(self) -> QSize:
        return QSize(worn().px(240), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            begun = self.begun()
            found = fitting(self._list, begun) if begun else []
            if len(found) == 1:
                self.complete(found[0])
            elif begun:
                self.insertPlainText(" ")
            if event.key() != Qt.Key.Key_Space:
                self.entered.emit()
        else:
            super().keyPressEvent(event)
