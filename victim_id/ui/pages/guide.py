"""The guide inside the program: headings on one side, the text on the other, searched while one types; no network."""

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextBlock, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QTextBrowser

from victim_id.language import Language
from victim_id.ui.guide import Guide
from victim_id.ui.theme import Size, Theme, dress_grid, dress_reader, found_words, heading_words, worn
from victim_id.ui.widgets.buttons import LinkButton, SecondaryButton
from victim_id.ui.widgets.fields import SearchField
from victim_id.ui.widgets.surfaces import Bar, Ground, Rule, Scroll, column, row
from victim_id.ui.widgets.words import Words

HEADINGS: dict[int, Size] = {1: "head", 2: "title", 3: "lead"}


class Reader(QTextBrowser):
    """Shows the guide's own text and pictures, and nothing else: a link leads only to a heading of the guide."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._guide: Guide | None = None
        self.heading, self._wide = "", 0
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        flag = (
            Qt.TextInteractionFlag
        )  # by keyboard one goes to the headings beside the text, so that Tab leaves it at once
        self.setTextInteractionFlags(
            flag.TextSelectableByMouse | flag.TextSelectableByKeyboard | flag.LinksAccessibleByMouse
        )
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.dress(worn())

    def dress(self, _theme: Theme) -> None:
        dress_reader(self)
        if self._guide is not None:
            self._lay_out()

    def read(self, guide: Guide) -> None:
        """Shows a guide from its beginning."""
        self._guide = guide
        right = guide.direction == "rtl"
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        self.document().setMarkdown(guide.text)
        self._lay_out()

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """Gives a picture of the guide, as wide as there is room for; every other address is empty."""
        file = QUrl(name).fileName()
        if self._guide is None or not file.endswith(".png"):
            return None
        picture = QImage(str(self._guide.pictures / file))
        if picture.isNull():
            return None
        wide = min(picture.width(), max(self.viewport().width() - 2 * worn().px(24) - 8, 200))
        return picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)

    def _lay_out(self) -> None:
        """Gives headings their size, and everything its room."""
        self.document().setDocumentMargin(worn().px(24))
        for block in self._blocks():
            depth, room = block.blockFormat().headingLevel(), block.blockFormat()
            room.setTopMargin(worn().px(18 if depth else 0))
            room.setBottomMargin(worn().px(5 if block.textList() else 9))
            if not QTextCursor(block).currentTable():
                QTextCursor(block).setBlockFormat(room)
            if depth:
                heading_words(QTextCursor(block), HEADINGS.get(depth, "lead"))
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                dress_grid(frame)

    def to_heading(self, words: str) -> None:
        """Brings a heading to the top."""
        self.heading = words
        for block in self._blocks():
            if block.blockFormat().headingLevel() and block.text() == words:
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(max(int(top) - worn().px(8), 0))
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the pictures to another width, and stays at the heading one had gone to."""
        super().resizeEvent(event)
        if self._guide is None or self.viewport().width() == self._wide:
            return
        self._wide = self.viewport().width()
        document, kind = self.document(), QTextDocument.ResourceType.ImageResource
        for name in self._guide.topics:
            address = QUrl(f"../pictures/{name}.png")
            picture = self.loadResource(kind.value, address)
            if picture is not None:
                document.addResource(kind.value, address, picture)
        document.markContentsDirty(0, document.characterCount())
        self.to_heading(self.heading)

    def _blocks(self) -> list[QTextBlock]:
        found, block = [], self.document().begin()
        while block.isValid():
            found.append(block)
            block = block.next()
        return found


class GuidePage(Ground):
    """Shows a guide. Emits `left` to go back to where it was opened."""

    left = Signal()

    def __init__(self, language: Language, guide: Guide) -> None:
        super().__init__("page")
        self._language, self._guide = language, guide
        self._found: list[QTextCursor] = []
        self._at = 0
        say = language.say
        self.search = SearchField(say("Search the guide"), say("Search the guide…"))
        self._count = Words("", role="muted", wrap=False)
        back = SecondaryButton(say("Back"), icon="back")
        self.reader = Reader(say("Guide"))
        self.headings = [self._heading(depth, words) for depth, words in guide.headings]
        list_ = Ground("card")
        list_.setLayout(column(*self.headings, None, gap=0, margins=(16, 10, 12, 10)))
        self._side = Scroll(list_, "card")
        title = Words(say("Guide"), size="title", bold=True, wrap=False)
        parts = row(self._side, Rule(upright=True), self.reader, Ground("card"), gap=0)
        parts.setStretch(2, 100)
        parts.setStretch(3, 1)
        self.setLayout(column(Bar(title, self.search, self._count, last=(back,)), parts, gap=0))
        self.first = self.search
        back.clicked.connect(self.left)
        self.reader.anchorClicked.connect(self._follow)
        self.search.searched.connect(self._search)
        self.reader.read(guide)

    def open_at(self, topic: str) -> None:
        """Shows the part that is about a page, or the beginning."""
        if topic in self._guide.topics:
            words = self._guide.topics[topic]
            QTimer.singleShot(0, self, lambda: self.reader.to_heading(words))  # once the text has its width

    def pressed(self, deed: str) -> bool:
        """Ctrl+K searches; Escape and F1 go back to where one was."""
        if deed == "search":
            self.search.setFocus()
            self.search.selectAll()
        elif deed in {"back", "guide"}:
            self.left.emit()
        return deed in {"search", "back", "guide"}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._found:
            self._go_to(self._at + (-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(min(worn().px(250), self.width() // 3))
        self._side.setVisible(self.width() >= worn().px(700))
        self.reader.setMaximumWidth(worn().px(900))

    def _heading(self, depth: int, words: str) -> LinkButton:
        link = LinkButton(words, role="text" if depth == 1 else "muted", size="body" if depth == 1 else "small")
        link.clicked.connect(lambda: self.reader.to_heading(words))
        return link

    def _follow(self, address: QUrl) -> None:
        """Follows a link to a heading of the guide; every other one leads nowhere."""
        for _, words in self._guide.headings:
            if address.fragment() == words.lower().replace(" ", "-"):
                self.reader.to_heading(words)

    def _search(self, text: str) -> None:
        self._found, cursor = [], QTextCursor(self.reader.document())
        while text:
            cursor = self.reader.document().find(text, cursor)
            if cursor.isNull():
                break
            self._found.append(QTextCursor(cursor))
        self._at = -1
        if self._found:
            self._go_to(0)
        else:
            self.reader.setExtraSelections([])
            self._count.say(self._language.say("Nothing found") if text else "")

    def _go_to(self, number: int) -> None:
        self._at, self.reader.heading = number % len(self._found), ""
        self._count.say(self._language.say("{n} of {all}", n=self._at + 1, all=len(self._found)))
        self.reader.setExtraSelections(
            [found_words(cursor, here=place == self._at) for place, cursor in enumerate(self._found)]
        )
        cursor = QTextCursor(self._found[self._at])
        cursor.clearSelection()
        self.reader.setTextCursor(cursor)
        self.reader.ensureCursorVisible()
