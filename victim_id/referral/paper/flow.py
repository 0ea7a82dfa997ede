"""Puts slices of content onto pages, one below the other: what must stay together stays, a table's head is repeated."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from victim_id.referral.paper.lines import Line
from victim_id.referral.paper.page import HEIGHT, Colour, Ink, Page, Rect
from victim_id.referral.paper.tags import Element

TOP_FIRST, TOP, BOTTOM = HEIGHT - 48.0, HEIGHT - 72.0, 56.0


class Tint(NamedTuple):
    """A coloured ground under slices, with a darker edge when it has a colour for it."""

    colour: Colour
    x: float
    width: float
    edge: Rect | None = None
    edge_colour: Colour | None = None


class Slice(NamedTuple):
    """A strip of content: its height, how it is drawn from its upper edge, and whether the next one belongs with it."""

    height: float
    draw: Callable[[Page, float], None] | None = None
    keep: bool = False
    tint: Tint | None = None
    again: tuple["Slice", ...] = ()


class Cell(NamedTuple):
    """Lines of one element, set between x and x + width; `at_right` says where a single line stands, else its direction does."""

    lines: list[Line]
    x: float
    width: float
    size: float
    colour: Colour
    element: Element | None
    at_right: bool | None = None


class Flow:
    """The pages under way."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self.pages = [Page(0, ink)]
        self._y = TOP_FIRST

    def place(self, slices: Sequence[Slice]) -> None:
        """Places slices: all on one page when they fit on one, else broken where they may be, else anywhere."""
        room = TOP - BOTTOM
        whole = sum(part.height for part in slices) <= room
        spots: list[tuple[Page, float, Slice]] = []
        for group in [list(slices)] if whole else list(_groups(slices)):
            height = sum(part.height for part in group)
            fresh = height > self._y - BOTTOM and height <= room - sum(part.height for part in group[0].again)
            for part in group:
                if fresh or part.height > self._y - BOTTOM:
                    self._turn()
                    spots += self._put(part.again)
                    fresh = False
                spots += self._put((part,))
        _paint(spots)
        for page, top, part in spots:
            if part.draw is not None:
                part.draw(page, top)

    def _put(self, parts: Sequence[Slice]) -> Iterator[tuple[Page, float, Slice]]:
        for part in parts:
            yield self.pages[-1], self._y, part
            self._y -= part.height

    def _turn(self) -> None:
        self.pages.append(Page(len(self.pages), self._ink))
        self._y = TOP


def bands(cells: Sequence[Cell], *, keep: bool = False) -> list[Slice]:
    """Gives one slice for each line of cells that stand beside each other."""
    return [_band(cells, number, keep) for number in range(max(len(cell.lines) for cell in cells))]


def indent(line: Line, width: float, size: float, at_right: bool | None = None) -> float:
    """Gives how far from the left a line begins; without a side its own direction decides. Blanks at its end hang out."""
    right = line.right_to_left if at_right is None else at_right
    start = width - line.width * size / 1000 if right else 0.0
    return start - (line.hang * size / 1000 if line.right_to_left else 0.0)


def kept(slices: Sequence[Slice]) -> list[Slice]:
    """Keeps slices together on one page."""
    return [part._replace(keep=True) for part in slices[:-1]] + list(slices[-1:])


def _band(cells: Sequence[Cell], number: int, keep: bool) -> Slice:
    present = [(cell, cell.lines[number]) for cell in cells if number < len(cell.lines)]
    height = max(cell.size * line.leading for cell, line in present)

    def draw(page: Page, top: float) -> None:
        for cell, line in present:
            side = cell.at_right if len(cell.lines) == 1 else None
            x = cell.x + indent(line, cell.width, cell.size, side)
            baseline = top - height / 2 - cell.size * 0.36
            page.line(line, x, baseline, cell.size, cell.colour, cell.element)

    return Slice(height, draw, keep=keep)


def _groups(slices: Sequence[Slice]) -> Iterator[list[Slice]]:
    group: list[Slice] = []
    for part in slices:
        group.append(part)
        if not part.keep:
            yield group
            group = []
    if group:
        yield group


def _paint(spots: Sequence[tuple[Page, float, Slice]]) -> None:
    """Paints each ground once over all slices that follow each other on a page."""
    at = 0
    while at < len(spots):
        page, top, part = spots[at]
        end = at
        height = 0.0
        while end < len(spots) and spots[end][0] is page and spots[end][2].tint is part.tint:
            height += spots[end][2].height
            end += 1
        tint = part.tint
        if tint is not None:
            with page.artifact():
                page.fill([Rect(tint.x, top - height, tint.width, height)], tint.colour)
                if tint.edge is not None and tint.edge_colour is not None:
                    page.fill([Rect(tint.edge.x, top - height, tint.edge.width, height)], tint.edge_colour)
        at = end
