"""Text in any script, broken into lines of placed glyphs: cleaned, put in order (UAX #9) and shaped.

Pure but for the faces that are passed in; knows nothing of pages. Lengths are thousandths of an em. Thai, Lao, Khmer and
Burmese need a word list to be broken and are not covered.
"""

import itertools
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as hb

from victim_id.referral.paper import bidi
from victim_id.referral.paper.fonts import Face, Faces
from victim_id.referral.paper.words import CONTROLS, REPLACEMENT, is_right_to_left, sound

_GLUE = frozenset("\u00a0\u202f\u2007\u2060\u2011\ufeff\u200d")
_NO_START = frozenset(
    ")]},.!?:;%\u00bb\u2019\u201d\u2026\u2025\u2030\u2069\u3001\u3002\u300b\u300d\u300f\u3011\u3015\u3009\u30fb\u30fc"
)
_NO_START_WIDE = frozenset("\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d")
_NO_END = frozenset("([{\u00ab\u2018\u201c\u2066\u2067\u2068\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b\uff5b")
_LONG = 200  # letters; more than any line of ours holds
_HYPHENS = frozenset("-\u2010\u2013\u2014/")


class Glyph(NamedTuple):
    """A glyph at its place from the start of the line; drawn as an outline when it carries no text of its own."""

    face: Face
    number: int
    text: str
    x: float
    y: float


class Line(NamedTuple):
    """A line in the order in which it is seen; `hang` is the blank at its end, beyond `width`."""

    text: str
    glyphs: tuple[Glyph, ...]
    width: float
    hang: float
    right_to_left: bool
    scattered: bool
    leading: float


class _Item(NamedTuple):
    start: int
    end: int
    level: int
    face: Face | None
    script: str


def uncovered(text: str, faces: Faces) -> set[str]:
    """Gives the characters that no face can draw; on paper they become U+FFFD."""
    return {
        character
        for character in sound(text)
        if not character.isspace() and not _ignorable(character) and faces.find(character, bold=False) is None
    }


def set_lines(
    text: str,
    room: float,
    faces: Faces,
    *,
    language: str | None = None,
    bold: bool = False,
) -> list[Line]:
    """Breaks text into lines no wider than `room`; each newline starts a paragraph. Without language the first strong letter decides."""
    lines: list[Line] = []
    setter = _Setter(faces, bold, (language or "und").replace("_", "-"))
    for paragraph in sound(text).split("\n"):
        classes = bidi.classes_of(paragraph)
        base = bidi.base_of(classes) if language is None else int(is_right_to_left(language))
        lines += setter.paragraph(paragraph, classes, base, room)
    return lines


class _Setter:
    """Sets paragraphs in one weight and language."""

    def __init__(self, faces: Faces, bold: bool, language: str) -> None:
        self.faces, self.bold, self.language = faces, bold, language
        self._widths: dict[str, float] = {}

    def paragraph(self, text: str, classes: Sequence[str], base: int, room: float) -> list[Line]:
        """Fills lines greedily; a word that is wider than a line is broken between letters."""
        found = bidi.levels(text, classes, base)
        pieces = [part for piece in _pieces(text) for part in self._fitting(piece, room)]
        lines, at = [], 0
        while pieces:
            taken = self._how_many(pieces, room)
            while True:
                end = at + sum(len(piece) for piece in pieces[:taken])
                line = self._line(text[at:end], classes[at:end], found[at:end], base)
                if line.width <= room or taken == 1:
                    break
                taken -= 1
            lines.append(line)
            del pieces[:taken]
            at = end
        return lines or [self._line("", [], [], base)]

    def _how_many(self, pieces: Sequence[str], room: float) -> int:
        width, number = 0.0, 0
        for piece in pieces:
            if number and width + self._width(piece.rstrip()) > room:
                break
            width += self._width(piece)
            number += 1
        return number

    def _fitting(self, piece: str, room: float) -> Iterator[str]:
        """Breaks a piece that is too wide: as many letters as fit, found by halving."""
        while self._width(piece[:_LONG].rstrip()) > room or (len(piece) > _LONG and self._width(piece.rstrip()) > room):
            ends = [at for at in range(1, min(len(piece), _LONG)) if not _continues(piece[at - 1], piece[at])]
            if not ends:
                break
            fits = bisect(ends, room, key=lambda end: self._line(piece[:end], [], None, 0).width)
            end = ends[max(0, fits - 1)]
            yield piece[:end]
            piece = piece[end:]
        yield piece

    def _width(self, text: str) -> float:
        if text not in self._widths:
            self._widths[text] = self._line(text, [], None, 0).width
        return self._widths[text]

    def _line(self, text: str, classes: Sequence[str], found: Sequence[int] | None, base: int) -> Line:
        """Shapes one line; without levels only its width is right."""
        items = self._items(text, None if found is None else bidi.line_levels(classes, found, base))
        x, blank, scattered = 0.0, 0.0, False
        glyphs: list[Glyph] = []
        end = len(text)
        while end and (text[end - 1].isspace() or text[end - 1] in CONTROLS):
            end -= 1
        for place in bidi.visual([item.level for item in items]):
            item = items[place]
            part, width, exact = self._shape(text, item)
            scattered |= not exact
            glyphs += [glyph._replace(x=glyph.x + x) for glyph in part]
            x += width
            if item.end > end:
                blank += width if item.start >= end else self._shape(text, item._replace(start=end))[1]
        leading = max((item.face.leading for item in items if item.face), default=1.4)
        right = bool(base % 2)
        return Line(text, tuple(glyphs), x - blank, blank, right, scattered and not right, leading)

    def _items(self, text: str, found: Sequence[int] | None) -> list[_Item]:
        """Cuts a line where level, face or script changes; direction controls are left out."""
        items: list[_Item] = []
        last: Face | None = None
        script = ""
        for at, character in enumerate(text):
            if character in CONTROLS:
                continue
            face = self._face(character, last)
            own = _script(character)
            level = found[at] if found is not None else int((own or script) in _RIGHT_SCRIPTS)
            last = face or last
            if items and items[-1].end == at and (items[-1].level, items[-1].face) == (level, face):
                previous = items[-1]
                if not own or not previous.script or own == previous.script:
                    script = own or script
                    items[-1] = previous._replace(end=at + 1, script=previous.script or own)
                    continue
            script = own or script
            items.append(_Item(at, at + 1, level, face, own))
        return items

    def _face(self, character: str, last: Face | None) -> Face | None:
        """Finds the face of a character; what is no letter stays in the face before it."""
        if last is not None and (_ignorable(character) or (not character.isalpha() and last.has(character))):
            return last
        if _ignorable(character):
            return self.faces.of(bold=self.bold)[0]
        return self.faces.find(character, bold=self.bold)

    def _shape(self, text: str, item: _Item) -> tuple[list[Glyph], float, bool]:
        """Shapes one item in the sight of its line; gives glyphs, width and whether each glyph stands for one letter at its place."""
        if item.face is None:
            return self._missing(text[item.start : item.end], item.level % 2 == 1)
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.DO_NOT_INSERT_DOTTED_CIRCLE
        buffer.add_str(text, item.start, item.end - item.start)
        buffer.direction = "rtl" if item.level % 2 else "ltr"
        buffer.script = item.script or "Zyyy"
        buffer.language = self.language
        hb.shape(item.face.font, buffer)
        unit = item.face.unit
        shaped: list[_Shaped] = []
        x = 0.0
        for glyph, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
            place = (x + position.x_offset * unit, position.y_offset * unit)
            shaped.append(_Shaped(glyph.codepoint, glyph.cluster, x, *place, position.x_advance * unit))
            x += position.x_advance * unit
        glyphs, exact = _texts(text, item, shaped)
        return glyphs, x, exact

    def _missing(self, text: str, right: bool) -> tuple[list[Glyph], float, bool]:
        face = self.faces.of(bold=self.bold)[0]
        number = int(face.font.get_nominal_glyph(ord(REPLACEMENT)))
        width = face.advance(number)
        order = text[::-1] if right else text
        glyphs = [Glyph(face, number, character, at * width, 0.0) for at, character in enumerate(order)]
        return glyphs, width * len(text), True


class _Shaped(NamedTuple):
    number: int
    cluster: int
    pen: float
    x: float
    y: float
    advance: float


_RIGHT_SCRIPTS = frozenset(("Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"))
_NOTHING = "\u200b"  # PDF/UA asks for a text for every glyph; this one is none


def _texts(text: str, item: _Item, shaped: Sequence[_Shaped]) -> tuple[list[Glyph], bool]:
    """Gives every glyph the text it stands for, cluster by cluster.

    Readers of PDF put right-to-left text in order glyph by glyph: there a glyph gets one letter, and parts of a letter
    (dots) none. Left to right a line whose glyphs do not stand one for one is told apart, and gets its text as a whole.
    """
    assert item.face is not None
    face, right = item.face, item.level % 2 == 1
    starts = sorted({glyph.cluster for glyph in shaped})
    ends = dict(zip(starts, [*starts[1:], item.end], strict=True))
    glyphs: list[Glyph] = []
    exact = True
    for cluster, group in itertools.groupby(shaped, key=lambda glyph: glyph.cluster):
        parts = list(group)
        letters = text[cluster : ends[cluster]]
        main = max(parts, key=lambda glyph: glyph.advance)
        if right:
            glyphs += _from_the_right(face, parts, main, letters)
            continue
        apart = unicodedata.normalize("NFD", letters)
        alike = len(parts) == len(apart) > 1
        exact &= len(parts) == len(letters) == 1 and not parts[0].y and (bool(parts[0].advance) or _ignorable(letters))
        for step, part in enumerate(parts):
            own = apart[step] if alike else letters if part is main else _NOTHING
            glyphs.append(Glyph(face, part.number, own, part.x, part.y))
    return glyphs, exact


def _from_the_right(face: Face, parts: Sequence[_Shaped], main: _Shaped, letters: str) -> Iterator[Glyph]:
    """Gives the glyphs of a right-to-left cluster: a letter a glyph, and blank glyphs for what stands above or between."""
    if not main.advance:  # a mark, or a joiner
        start = min(part.pen for part in parts)
        for part in parts:
            yield Glyph(face, part.number, "", part.x, part.y)
        for letter in reversed(letters):
            yield Glyph(face, face.blank, letter, start, 0.0)
        return
    spare = main.advance / len(letters)
    for part in parts:
        yield Glyph(face, part.number, letters[-1] if part is main else "", part.x, part.y)
        if part is main:
            for step, letter in enumerate(reversed(letters[:-1]), 1):
                yield Glyph(face, face.space, letter, part.x + spare * step, 0.0)


def _pieces(text: str) -> list[str]:
    """Cuts a paragraph where a line may end (after UAX #14, cut down to what our scripts need)."""
    pieces, start = [], 0
    for at in range(1, len(text)):
        if _may_break(text, at):
            pieces.append(text[start:at])
            start = at
    return [*pieces, text[start:]] if text else []


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if _continues(before, after) or before in _GLUE or after in _GLUE or after.isspace():
        return False
    if before.isspace():
        return True
    if after in _NO_START or after in _NO_START_WIDE or before in _NO_END:
        return False
    if before in "\u1361\u200b":
        return True
    if before in _HYPHENS:
        return at > 1 and text[at - 2].isalpha() and after.isalpha()
    return _wide(before) or _wide(after)


def _continues(before: str, after: str) -> bool:
    """Says that both belong to one letter as a person sees it (UAX #29, cut down; Indic conjuncts are kept whole)."""
    joined = unicodedata.category(after)[0] == "M" or after in "\u200c\u200d" or "\ufe00" <= after <= "\ufe0f"
    return joined or before == "\u200d" or (unicodedata.combining(before) == 9 and after.isalpha())


@lru_cache(4096)
def _script(character: str) -> str:
    """Gives the script of a letter as HarfBuzz names it, empty for what is common to all."""
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    return str(buffer.script or "")


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _ignorable(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"
