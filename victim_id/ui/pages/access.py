"""A copy of all that is held about a person, for the person: two checks first, then all of it in sight with its masks."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QTextEdit, QWidget

from victim_id.language import Language
from victim_id.ui.pages.access_cards import CheckCard, GiveCard, MasksCard
from victim_id.ui.pages.handed import ArrivedRow, CopyShown
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.theme import Theme, dress_field, worn
from victim_id.ui.widgets.buttons import SecondaryButton
from victim_id.ui.widgets.notes import InlineNote, Sorry
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, put, stacked
from victim_id.ui.widgets.words import Words


class AccessPage(Leaving):
    """Emits `go` (check, packages), `put_off` (check, reason), `masked` (words added, places shown), the deeds of handing over, `left`."""

    go = Signal(object, tuple)
    put_off = Signal(object, str)
    masked = Signal(tuple, tuple)

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        self._more, self._shown = list[str](), dict[str, str]()
        say = language.say
        title = Words(say("A copy for the person"), size="title", bold=True, wrap=False)
        self._codes = Words("", role="muted")
        back = SecondaryButton(say("Back"), icon="back")
        self.check, self.masks, self.give = CheckCard(language), MasksCard(language), GiveCard(language)
        self.note = InlineNote("amber")
        self.reader = Reader(say("All of the text as it would be handed over"))
        self._beside = Card(
            Words(say("All of the text as it would be handed over"), size="lead", bold=True),
            self._some(say("Mark a name in it and press Cover what is marked.")),
            self.reader,
            gap=6,
        )
        left, right = Ground("page"), Ground("page")
        left.setLayout(column(self.note, self.check, self.masks, self.give, None, gap=14, margins=(20, 18, 10, 18)))
        right.setLayout(column(self._beside, None, gap=14, margins=(10, 18, 20, 18)))
        self._left, self._right = Scroll(left), Scroll(right)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(0)
        self._parts.setContentsMargins(0, 0, 0, 0)
        put(self._parts, (self._left, self._right))
        self._parts.setStretch(0, 1)
        self._parts.setStretch(1, 1)
        self.setLayout(column(Bar(title, self._codes, last=(back,)), self._parts, gap=0))
        self.first: QWidget = self.check.known
        back.clicked.connect(self.left)
        self.check.go.connect(self.go)
        self.check.put_off.connect(self.put_off)
        self.masks.more.connect(self._cover)
        self.masks.less.connect(self._uncover)
        self.masks.show_place.connect(self._show)
        self.masks.cover.connect(self._hide)
        self.masks.chosen.clicked.connect(lambda: self._cover(self.reader.marked()))
        self.begin("")

    def begin(self, codes: str, arrived: Sequence[ArrivedRow] = ()) -> None:
        """Begins anew: nothing is answered, nothing is open."""
        self._more, self._shown = [], {}
        self._codes.say(codes)
        self.check.forget()
        self.check.show_arrived(arrived)
        self.give.forget()
        self.reader.tell("", "")
        self.note.say("")
        self._stand(open_=False)

    def show_copy(self, shown: CopyShown) -> None:
        """Shows the copy as it would leave now."""
        self.masks.tell(shown, self._more)
        self.give.tell(shown)
        self.reader.tell(shown.text, shown.mask)
        more = self._language.say_many(
            "{n} more case is limited to others; only that it exists is told.",
            "{n} more cases are limited to others; only that they exist is told.",
            shown.closed,
        )
        self.note.say(more if shown.closed else "")
        self._stand(open_=True)

    def show_handed(self, title: str, text: str = "") -> None:
        """Says that it was handed over, and how it opens."""
        self.give.forget()
        self.give.note.say(title, text)

    def complain(self, message: Sorry) -> None:
        """Says what did not work."""
        self.note.say(*message)
        self._left.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked(self._parts, self)
        self.reader.setFixedHeight(max(worn().px(200), self.height() - worn().px(220)))

    def _some(self, words: str) -> Words:
        return Words(words, size="small", role="muted")

    def _stand(self, *, open_: bool) -> None:
        self.check.setVisible(not open_)
        for part in (self.masks, self.give, self._right):
            part.setVisible(open_)
        self._left.verticalScrollBar().setValue(0)

    def _cover(self, word: str) -> None:
        if word.strip() and word not in self._more:
            self._more.append(word.strip())
            self._told()

    def _uncover(self, word: str) -> None:
        self._more = [one for one in self._more if one != word]
        self._told()

    def _show(self, place: str, reason: str) -> None:
        self._shown[place] = reason
        self._told()

    def _hide(self, place: str) -> None:
        self._shown.pop(place, None)
        self._told()

    def _told(self) -> None:
        self.masked.emit(tuple(self._more), tuple(self._shown.items()))


class Reader(QPlainTextEdit):
    """A text to read and to mark words in; every mask in it stands out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self._mask = ""
        self.dress(worn())

    def dress(self, _theme: Theme) -> None:
        dress_field(self)
        if hasattr(self, "_mask"):
            self._light()

    def tell(self, text: str, mask: str) -> None:
        """Shows a text, staying where one reads."""
        at = self.verticalScrollBar().value()
        self._mask = mask
        self.setPlainText(text)
        self._light()
        self.verticalScrollBar().setValue(at)

    def marked(self) -> str:
        """Gives the words that are marked."""
        return self.textCursor().selectedText().replace("\u2029", " ").strip()

    def _light(self) -> None:
        look = QTextCharFormat()
        look.setBackground(QColor(worn().hex("amber_tint")))
        look.setForeground(QColor(worn().hex("amber")))
        found, cursor = [], QTextCursor(self.document())
        while self._mask and not (cursor := self.document().find(self._mask, cursor)).isNull():
            one = QTextEdit.ExtraSelection()
            one.cursor, one.format = cursor, look
            found.append(one)
        self.setExtraSelections(found)
