"""One page as it is drawn: every operator lies in exactly one marked-content sequence or artifact (ISO 14289-1, 7.1)."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDictionary

from victim_id.referral.paper.fonts import Embedded, Face
from victim_id.referral.paper.lines import Glyph, Line
from victim_id.referral.paper.tags import Element, Finished
from victim_id.referral.paper.words import clean

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points

Colour = tuple[float, float, float]


class Rect(NamedTuple):
    """A place on a page in points, from its lower left corner."""

    x: float
    y: float
    width: float
    height: float


class Ink:
    """The fonts of one document, named by first use."""

    def __init__(self) -> None:
        self.fonts: dict[Face, Embedded] = {}

    def embedded(self, face: Face) -> Embedded:
        """Gives a face as it goes into this document."""
        if face not in self.fonts:
            self.fonts[face] = Embedded(face, f"F{len(self.fonts) + 1}")
        return self.fonts[face]

    def show(self, line: Line, x: float, y: float, size: float, colour: Colour) -> Iterator[str]:
        """Gives the operators that draw a line from x on its baseline y."""
        yield f"{numbers(*colour)} rg"
        lettered = (glyph for glyph in line.glyphs if glyph.text)
        for (face, rise), run in itertools.groupby(lettered, key=lambda glyph: (glyph.face, glyph.y)):
            yield self._run(self.embedded(face), list(run), (x, y + rise * size / 1000), size)
        for glyph in line.glyphs:
            if not glyph.text:
                scale = size * glyph.face.unit / 1000
                place = numbers(scale, 0, 0, scale, x + glyph.x * size / 1000, y + glyph.y * size / 1000)
                yield f"q {place} cm {glyph.face.outline(glyph.number)} f Q"

    def _run(self, font: Embedded, run: list[Glyph], start: tuple[float, float], size: float) -> str:
        first = run[0].x
        pen, shown, codes = first, [], ""
        for glyph in run:
            if abs(glyph.x - pen) >= 0.5:
                shown += [f"<{codes}>" if codes else "", numbers(pen - glyph.x)]
                codes = ""
            codes += f"{font.code(glyph.number, glyph.text):04X}"
            pen = glyph.x + glyph.face.advance(glyph.number)
        shown.append(f"<{codes}>")
        place = numbers(1, 0, 0, 1, start[0] + first * size / 1000, start[1])
        return f"BT /{font.name} {numbers(size)} Tf {place} Tm [{' '.join(filter(None, shown))}] TJ ET"


class Page:
    """A page under way. Its marked content is numbered as it is drawn."""

    def __init__(self, number: int, ink: Ink) -> None:
        self.number, self.ink = number, ink
        self.operators: list[str] = []
        self.marked: list[Element] = []
        self.widgets: list[PDFDictionary] = []
        self._open = False

    def line(self, line: Line, x: float, y: float, size: float, colour: Colour, element: Element | None) -> None:
        """Draws a line as content of an element, or as a repeated artifact without one."""
        if not line.glyphs:
            return
        if element is None:
            with self.artifact("Pagination"):
                self.operators += self.ink.show(line, x, y, size, colour)
        else:
            with self.content(element, line.text if line.scattered else None):
                self.operators += self.ink.show(line, x, y, size, colour)

    @contextmanager
    def content(self, element: Element, actual: str | None = None) -> Iterator[None]:
        """Marks what is drawn inside as content of an element; `actual` replaces what the glyphs say one by one."""
        spoken = f" /ActualText {hexed(clean(actual))}" if actual is not None else ""
        self._begin(f"/Span << /MCID {len(self.marked)}{spoken} >> BDC")
        element.mark(self.number, len(self.marked))
        self.marked.append(element)
        yield
        self._end()

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str | None = None) -> Iterator[None]:
        """Marks what is drawn inside as no content (ISO 32000-1, 14.8.2.2): Layout or Pagination, Header or Footer."""
        self._begin(f"/Artifact << /Type /{kind}{f' /Subtype /{subtype}' if subtype else ''} >> BDC")
        yield
        self._end()

    def fill(self, rects: Iterable[Rect], colour: Colour) -> None:
        """Fills rectangles; the caller says what they are."""
        assert self._open
        shapes = " ".join(f"{numbers(*rect)} re" for rect in rects)
        self.operators.append(f"{numbers(*colour)} rg {shapes} f")

    def finished(self, frame: Sequence[str]) -> Finished:
        """Gives the page as it is written, with its head and foot drawn first."""
        content = "\n".join([*frame, *self.operators]).encode("ascii")
        return Finished((WIDTH, HEIGHT), content, self.marked, self.widgets)

    def _begin(self, operator: str) -> None:
        assert not self._open, "marked content does not nest"
        self._open = True
        self.operators.append(operator)

    def _end(self) -> None:
        self._open = False
        self.operators.append("EMC")


def numbers(*values: float) -> str:
    """Writes numbers as PDF wants them: plain decimals, three places at most."""
    return " ".join(f"{round(value, 3) + 0.0:.3f}".rstrip("0").rstrip(".") for value in values)


def hexed(text: str) -> str:
    """Writes text as a hexadecimal PDF string."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
