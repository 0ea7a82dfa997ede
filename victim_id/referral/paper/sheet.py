"""The surface on which forms are drawn: A4, tagged, in any script; the same calls give the same bytes.

A text is words in the sheet's language, or a pair (words, language); with language None the words decide their direction.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary

from victim_id.referral.paper.fields import check_box, text_field
from victim_id.referral.paper.flow import Cell, Flow, Slice, Tint, bands, indent, kept
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.paper.lines import set_lines
from victim_id.referral.paper.page import HEIGHT, WIDTH, Colour, Ink, Page, Rect
from victim_id.referral.paper.tags import Bookmark, Element, Tree, write_document
from victim_id.referral.paper.words import clean, is_right_to_left, isolate

Text = str | tuple[str, str | None]

INK: Colour = (0.067, 0.094, 0.153)
GREY: Colour = (0.294, 0.333, 0.388)
HAIR: Colour = (0.82, 0.835, 0.855)
GROUND: Colour = (0.953, 0.957, 0.961)
PINK: Colour = (0.988, 0.894, 0.894)
RED: Colour = (0.6, 0.106, 0.106)

BODY, SMALL = 9.5, 8.0

_HEADINGS = {1: 15.0, 2: 10.5, 3: 9.5}
_LEFT, _RIGHT = 51.0, WIDTH - 51.0
_TALLEST = 500.0  # a field is no higher; what it holds is whole all the same
_CORNER = 150.0  # kept free beside the first heading for the code, the mark and the page number


class Sheet:
    """A form under way. `code`, `mark` and "page of pages" stand at the head of every page, `footer` at its foot."""

    def __init__(
        self,
        title: str,
        language: str,
        faces: Faces,
        *,
        code: str = "",
        mark: str = "",
        running: str = "",
        footer: str = "",
        page_of: str = "{page}/{pages}",
    ) -> None:
        self.title, self.language, self.faces = clean(title), language.replace("_", "-"), faces
        self._code, self._mark, self._running, self._footer, self._page_of = code, mark, running, footer, page_of
        self._mirrored = is_right_to_left(language)
        self._ink = Ink()
        self._flow = Flow(self._ink)
        self._tree = Tree()
        self._waiting: list[Slice] = []
        self._tint: Tint | None = None
        self._left, self._right = _LEFT, _RIGHT
        self._level = 0
        self._bookmarks: list[Bookmark] = []
        self._names: set[str] = set()
        self._finished = b""

    def heading(self, text: Text, level: int = 2) -> None:
        """Adds a heading, bookmarked; the first thing on a sheet is its heading of level 1, and no level is left out."""
        if level not in _HEADINGS or level > self._level + 1 or (level == 1) == (self._level > 0):
            raise ValueError(f"a heading of level {level} cannot follow level {self._level}")
        self._level = level
        size = _HEADINGS[level]
        first = level == 1
        bar = level == 2 and self._tint is None
        space, inset = (4.0, 8.0) if bar else (0.0, 0.0)
        x, width = self._left + inset, self._right - self._left - 2 * inset
        if first:
            width -= _CORNER
            x += _CORNER if self._mirrored else 0.0
        cell = self._cell(text, f"H{level}", x, width, size=size, bold=True)
        words = _spoken(text).replace("\n", " ")

        def bookmark(page: Page, top: float) -> None:
            self._bookmarks.append(Bookmark(level, words, page.number, top))

        tint = Tint(GROUND, self._left, self._right - self._left) if bar else None
        strips = [part._replace(keep=True, tint=tint) for part in bands([cell])]
        opens = first or (self._tint is not None and len(self._waiting) == 1)
        self._add([Slice(0.0 if opens else 6.0, keep=True)])
        self._add([Slice(space, bookmark, keep=True, tint=tint), *strips, Slice(space, keep=True, tint=tint)])
        if first:
            beside = max(0.0, 40.0 - sum(part.height for part in strips))
            self._add([Slice(beside + 6.0, keep=True), Slice(10.0, self._stroke(1.6, INK))])
        else:
            self._add([Slice(3.0 if bar else 1.0, keep=True)])

    def paragraph(self, text: Text, *, bold: bool = False, colour: Colour = INK, size: float = BODY) -> None:
        """Adds a paragraph; every newline starts a new line of it."""
        cell = self._cell(text, "P", self._left, self._right - self._left, size=size, bold=bold, colour=colour)
        self._add([*bands([cell]), Slice(3.0)])

    def points(self, texts: Iterable[Text], *, numbered: bool = False, size: float = BODY) -> None:
        """Adds a list, each text a point of it with a dot or its number before it."""
        texts = list(texts)
        if not texts:
            return
        mark = 8.0 + (size if numbered else 0.0)
        with self._tree.inside("L"):
            for number, text in enumerate(texts, 1):
                with self._tree.inside("LI"):
                    sign = isolate(f"{number}.") if numbered else "\u2022"
                    width = self._right - self._left - mark
                    at, x = (self._right - mark, self._left) if self._mirrored else (self._left, self._left + mark)
                    label = self._cell(sign, "Lbl", at, mark, size=size, at_side=True)
                    body = self._cell(text, "LBody", x, width, size=size, at_side=True)
                self._add([*bands([label, body]), Slice(2.0)])

    def facts(self, rows: Iterable[tuple[Text, Text]], *, share: float = 0.34) -> None:
        """Adds lines of a label and what is known of it, as a table whose labels are row headers."""
        rows = list(rows)
        if not rows:
            return
        with self._tree.inside("Table"):
            for label, value in rows:
                places = self._columns((share, 1 - share))
                with self._tree.inside("TR"):
                    head = self._cell(label, "TH", *places[0], colour=GREY, scope="Row", at_side=True)
                    body = self._cell(value, "TD", *places[1], at_side=True)
                self._add(kept([*bands([head, body]), Slice(2.5)]))
        self._add([Slice(2.0)])

    def table(self, headers: Sequence[Text], rows: Iterable[Sequence[Text]], widths: Sequence[float]) -> None:
        """Adds a table; `widths` are shares of the line. Its head is repeated on every page, a long row may be broken."""
        places = self._columns(widths)
        with self._tree.inside("Table"):
            with self._tree.inside("TR"):
                cells = [
                    self._cell(words, "TH", *place, size=SMALL, bold=True, colour=GREY, scope="Column", at_side=True)
                    for words, place in zip(headers, places, strict=True)
                ]
            again = self._row([cell._replace(element=None) for cell in cells], 0.9)
            self._add([part._replace(keep=True) for part in self._row(cells, 0.9)])
            for row in rows:
                with self._tree.inside("TR"):
                    cells = [
                        self._cell(words, "TD", *place, size=SMALL + 0.5, at_side=True)
                        for words, place in zip(row, places, strict=True)
                    ]
                strips = [part._replace(again=tuple(again)) for part in self._row(cells, 0.5)]
                self._add(kept(strips) if sum(part.height for part in strips) < HEIGHT / 3 else strips)
        self._add([Slice(5.0)])

    @contextmanager
    def box(self, kind: str = "plain") -> Iterator[None]:
        """Puts what is added inside onto a tinted ground, pink for `urgent`; it stays on one page when it fits on one."""
        if self._tint is not None:
            raise ValueError("a box does not stand in a box")
        urgent = {"plain": False, "urgent": True}[kind]
        width = self._right - self._left
        side = Rect(self._right - 3 if self._mirrored else self._left, 0, 3.0, 0)
        before = self._waiting
        tint = Tint(PINK if urgent else GROUND, self._left, width, side if urgent else None, RED if urgent else None)
        self._waiting, self._tint = [], tint
        self._left, self._right = self._left + 10, self._right - 10
        try:
            with self._tree.inside("Div"):
                self._add([Slice(5.0, keep=True)])
                yield
                self._add([Slice(4.0)])
        finally:
            inside, self._waiting, self._tint = self._waiting, [], None
            self._left, self._right = self._left - 10, self._right + 10
        self._flow.place([*before, *inside])
        self._add([Slice(6.0)])

    def checkbox(self, name: str, label: Text, *, checked: bool = False) -> None:
        """Adds a box to be checked, with its label beside it; `name` is its name in the file, once a sheet."""
        side = 9.0
        x = self._right - side if self._mirrored else self._left
        with self._tree.inside("P"):
            form = self._tree.add("Form")
            room = self._right - self._left - side - 6
            cell = self._cell(label, "Span", self._left + (0 if self._mirrored else side + 6), room, at_side=True)
        spoken = _spoken(label) or name
        self._claim(name)

        def draw(page: Page, top: float) -> None:
            widget = check_box(
                name, spoken, checked, Rect(x, top - cell.size * 0.5 * cell.lines[0].leading - 4.5, side, side)
            )
            self._put(form, page, widget)

        self._add([Slice(0.0, draw, keep=True), *kept(bands([cell])), Slice(2.5)])

    def field(self, name: str, label: Text, value: str = "", *, lines: int = 1) -> None:
        """Adds a line (or `lines` of them) to be written in, below its label; `value` stands in it already."""
        with self._tree.inside("P"):
            cell = self._cell(label, "Span", self._left, self._right - self._left, size=SMALL, colour=GREY)
            form = self._tree.add("Form")
        spoken, typed = _spoken(label) or name, clean(value)
        left, width = self._left, self._right - self._left
        self._claim(name)
        shown = set_lines(typed, (width - 10) / BODY * 1000, self.faces)
        lines = max(lines, len(shown))
        height = min(_TALLEST, 8.0 + BODY * max(lines * 1.45, sum(line.leading for line in shown)))

        def draw(page: Page, top: float) -> None:
            look: list[str] = []
            y = height - 4.0
            for line in shown:
                y -= BODY * line.leading
                look += self._ink.show(line, 5.0 + indent(line, width - 10, BODY), y + BODY * 0.4, BODY, INK)
            place = Rect(left, top - height, width, height)
            self._put(form, page, text_field(name, spoken, typed, place, look, lines=lines))

        self._add([*bands([cell], keep=True), Slice(1.0, keep=True), Slice(height, draw), Slice(5.0)])

    def qr(self, modules: Sequence[Sequence[Any]], alt: Text, *, size: float = 90.0) -> None:
        """Adds a QR symbol as a drawing; `modules` are its rows with true for dark, `alt` says what it is for."""
        words, language = _pair(alt, self.language)
        x = self._right - size if self._mirrored else self._left
        figure = self._tree.add("Figure", language=self._told(language), alt=clean(words))
        step = size / len(modules)

        def draw(page: Page, top: float) -> None:
            box = [round(edge, 2) for edge in (x, top - size, x + size, top)]
            figure.attributes = {"O": "/Layout", "BBox": PDFArray(box), "Placement": "/Block"}
            dark = [
                Rect(x + column * step, top - (row + 1) * step, step, step)
                for row, cells in enumerate(modules)
                for column, cell in enumerate(cells)
                if cell
            ]
            with page.content(figure):
                page.fill(dark, (0.0, 0.0, 0.0))

        quiet = 4 * step  # ISO/IEC 18004 asks for four free modules around
        self._add([Slice(quiet, keep=True), Slice(size, draw, keep=True), Slice(quiet)])

    def rule(self) -> None:
        """Adds a thin line from side to side."""
        self._add([Slice(3.0), Slice(4.0, self._stroke(0.5, HAIR))])

    def space(self, height: float = 8.0) -> None:
        """Leaves `height` points free."""
        self._add([Slice(height)])

    def bytes(self) -> bytes:
        """Gives the PDF (1.7, tagged after ISO 14289-1). The file's /ID is a digest of everything in it. Nothing can be added afterwards."""
        if self._finished:
            return self._finished
        self._add([])
        self._flow.place(self._waiting)
        self._waiting = []
        self._finished = write_document(
            self.title,
            self.language,
            [page.finished(self._frame(page)) for page in self._flow.pages],
            list(self._ink.fonts.values()),
            self._tree.root,
            self._bookmarks,
            mirrored=self._mirrored,
        )
        return self._finished

    def _add(self, slices: Iterable[Slice]) -> None:
        """Takes slices; places them as soon as the last of them need not wait for the next."""
        if self._finished:
            raise ValueError("the sheet is finished")
        if not self._level:
            raise ValueError("a sheet begins with its heading of level 1")
        self._waiting += [part._replace(tint=part.tint or self._tint) for part in slices]
        if self._tint is None and self._waiting and not self._waiting[-1].keep:
            self._flow.place(self._waiting)
            self._waiting = []

    def _cell(
        self,
        text: Text,
        tag: str,
        x: float,
        width: float,
        *,
        size: float = BODY,
        bold: bool = False,
        colour: Colour = INK,
        scope: str | None = None,
        at_side: bool = False,
    ) -> Cell:
        """Sets a text between x and x + width and gives it its element."""
        words, language = _pair(text, self.language)
        lines = set_lines(words, width / size * 1000, self.faces, language=language, bold=bold)
        told: dict[str, Any] = {"language": self._told(language)}
        if any(line.right_to_left and line.glyphs for line in lines):
            told["actual"] = clean(words)
        if scope is not None:
            told["attributes"] = {"O": "/Table", "Scope": f"/{scope}"}
        return Cell(lines, x, width, size, colour, self._tree.add(tag, **told), self._mirrored if at_side else None)

    def _row(self, cells: Sequence[Cell], line: float) -> list[Slice]:
        """Gives the slices of a table row with the line below it."""
        return [Slice(2.0, keep=True), *bands(cells), Slice(3.0, self._stroke(line, HAIR, 2.5))]

    def _columns(self, shares: Sequence[float]) -> list[tuple[float, float]]:
        """Gives x and width of columns, from the side where reading begins, with a gutter between them."""
        gutter, x = 8.0, self._left
        room = self._right - self._left
        places = []
        for share in shares:
            width = room * share / sum(shares)
            places.append((x, width - gutter))
            x += width
        mirror = self._left + self._right
        return [(mirror - x - width, width) for x, width in places] if self._mirrored else places

    def _stroke(self, thickness: float, colour: Colour, below: float = 0.0) -> Callable[[Page, float], None]:
        left, width = self._left, self._right - self._left

        def draw(page: Page, top: float) -> None:
            with page.artifact():
                page.fill([Rect(left, top - below - thickness, width, thickness)], colour)

        return draw

    def _put(self, form: Element, page: Page, widget: PDFDictionary) -> None:
        form.place(page.number, widget)
        page.widgets.append(widget)

    def _claim(self, name: str) -> None:
        if not name or "." in name or name in self._names:
            raise ValueError(f"the name of a field stands once on a sheet, without full stops: {name!r}")
        self._names.add(name)

    def _told(self, language: str | None) -> str | None:
        """Gives a language only where it differs from the sheet's."""
        return language if language is not None and language != self.language else None

    def _frame(self, page: Page) -> list[str]:
        """Draws the head and foot of a page, as artifacts before its content."""
        ink = Page(page.number, self._ink)
        number = self._page_of.format(page=page.number + 1, pages=len(self._flow.pages))
        marked = " \u00b7 ".join(filter(None, (self._mark, number)))
        y = HEIGHT - 60.0
        with ink.artifact("Pagination", "Header"):
            if page.number == 0:
                self._margin(ink, "\n".join(filter(None, (self._code, marked))), y, _CORNER - 10, 3, far=True)
            else:
                used = self._margin(ink, " \u00b7 ".join(filter(None, (self._code, marked))), y, 330, 1, far=True)
                self._margin(ink, self._running, y, _RIGHT - _LEFT - used - 20, 1)
                ink.fill([Rect(_LEFT, y - 6.0, _RIGHT - _LEFT, 0.5)], HAIR)
        if self._footer:
            with ink.artifact("Pagination", "Footer"):
                self._margin(ink, self._footer, 36.0, _RIGHT - _LEFT, 2)
        return ink.operators

    def _margin(self, page: Page, words: str, y: float, width: float, most: int, *, far: bool = False) -> float:
        """Draws up to `most` lines of the head or foot, downwards, at the near or far side; gives the width they take."""
        at_right = far != self._mirrored
        lines = set_lines(words, width / SMALL * 1000, self.faces, language=self.language)
        for number, line in enumerate(lines[:most]):
            x = (_RIGHT - width if at_right else _LEFT) + indent(line, width, SMALL, at_right)
            page.operators += self._ink.show(line, x, y - 12.0 * number, SMALL, GREY)
        return max(line.width for line in lines[:most]) * SMALL / 1000


def _pair(text: Text, language: str) -> tuple[str, str | None]:
    words, own = (text, language) if isinstance(text, str) else text
    return words, own.replace("_", "-") if own else None


def _spoken(text: Text) -> str:
    return clean(text if isinstance(text, str) else text[0])
