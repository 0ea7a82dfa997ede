"""The faces that text is set in, and how they go into a PDF: glyphs, widths and the text every glyph stands for.

A code in the PDF stands for a glyph *and* its text, so one glyph may mean different letters. Only here and in lines.py is HarfBuzz known.
"""

import hashlib
import struct
from functools import cached_property
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFStreamFilterZCompress, PDFString

from victim_id.errors import Machine

FILES = (  # the first face that has a letter draws it
    "NotoSans-{style}.ttf",
    "NotoSansArabic-{style}.ttf",
    "NotoSansHebrew-{style}.ttf",
    "NotoSansEthiopic-{style}.ttf",
    "NotoSansBengali-{style}.ttf",
    "NotoSansTamil-{style}.ttf",
    "NotoSansTelugu-{style}.ttf",
    "paper/NotoSansSC.ttf",
)

_WEIGHTS = {"Regular": 400, "Bold": 700}
_DROPPED = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "name",
    "OS/2",
    "post",
    "cmap",
    "STAT",
    "DSIG",
    "gasp",
    "HVAR",
    "MVAR",
    "meta",
    "vhea",
    "vmtx",
)


class Face:
    """One font file at one weight; opened (mapped, not read) at the first letter asked for."""

    def __init__(self, path: Path, style: str) -> None:
        self.path, self.style = path, style
        self.name = f"{path.stem.partition('-')[0]}-{style}"
        self._outlines: dict[int, str] = {}

    @cached_property
    def whole(self) -> Any:
        """Gives HarfBuzz's face; a file that is missing or is no font raises Machine."""
        try:
            face = hb.Face(hb.Blob.from_file_path(str(self.path)))
        except hb.HarfBuzzError:
            face = None
        if face is None or not face.glyph_count:
            raise Machine(str(self.path), "the font cannot be opened", "set the program up again")
        return face

    @cached_property
    def font(self) -> Any:
        """Gives HarfBuzz's font, at this weight."""
        font = hb.Font(self.whole)
        font.set_variations(self.location)
        return font

    @cached_property
    def location(self) -> dict[str, float]:
        """Gives the place on the axes of a variable file, empty for a plain one."""
        return {
            axis.tag: float(_WEIGHTS[self.style]) if axis.tag == "wght" else axis.default_value
            for axis in self.whole.axis_infos
        }

    @cached_property
    def letters(self) -> Any:
        """Gives the code points that have a glyph."""
        return self.whole.unicodes

    @cached_property
    def space(self) -> int:
        """Gives the glyph of U+0020, which carries text that is not drawn."""
        return int(self.font.get_nominal_glyph(0x20))

    @cached_property
    def blank(self) -> int:
        """Gives a glyph that neither shows nor moves, the space where there is none."""
        for point in (0x200B, 0xFEFF, 0x034F):
            glyph = self.font.get_nominal_glyph(point)
            if glyph and not self.advance(glyph) and not self.outline(glyph):
                return int(glyph)
        return self.space

    @cached_property
    def unit(self) -> float:
        """Gives thousandths of an em per font unit."""
        return 1000 / float(self.whole.upem)

    @cached_property
    def leading(self) -> float:
        """Gives the line height in ems that keeps its letters apart, between 1.4 and 1.7."""
        height = self.font.get_font_extents("ltr")
        return min(1.7, max(1.4, float(height.ascender - height.descender) * self.unit / 1000))

    def has(self, character: str) -> bool:
        """Says whether the character has a glyph."""
        return ord(character) in self.letters

    def advance(self, glyph: int) -> float:
        """Gives the width of a glyph in thousandths of an em."""
        return float(self.font.get_glyph_h_advance(glyph)) * self.unit

    def outline(self, glyph: int) -> str:
        """Gives the outline of a glyph as PDF path operators, in font units."""
        if glyph not in self._outlines:
            path: list[str] = []
            self.font.draw_glyph(glyph, _pen(), path)
            self._outlines[glyph] = " ".join(path)
        return self._outlines[glyph]


class Faces:
    """The faces under a folder that tools/fonts.py made, Regular and Bold."""

    def __init__(self, folder: Path) -> None:
        self._faces = {
            style: tuple(Face(folder / name.format(style=style), style) for name in FILES) for style in _WEIGHTS
        }
        self._found: dict[tuple[str, str], Face | None] = {}

    def of(self, *, bold: bool) -> tuple[Face, ...]:
        """Gives the faces of a weight in the order in which they are asked."""
        return self._faces["Bold" if bold else "Regular"]

    def find(self, character: str, *, bold: bool) -> Face | None:
        """Gives the first face that has the character, None when none has."""
        style = "Bold" if bold else "Regular"
        key = (character, style)
        if key not in self._found:
            self._found[key] = next((face for face in self._faces[style] if face.has(character)), None)
        return self._found[key]


class Embedded:
    """One face as it goes into one document: its codes, numbered by first use."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: int, text: str) -> int:
        """Gives the two-byte code of a glyph that stands for a text."""
        return self._codes.setdefault((glyph, text), len(self._codes) + 1)

    def write(self, document: Any) -> Any:
        """Puts the cut font into the document and gives the reference of its Type0 dictionary (ISO 32000-1, 9.7)."""
        data, places = self._cut()
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
        name = PDFName(f"{tag}+{self.face.name}")
        file = _stream(data, {"Length1": len(data)})
        glyphs = struct.pack(f">{len(self._codes) + 1}H", 0, *(places[glyph] for glyph, _ in self._codes))
        widths = [round(self.face.advance(glyph), 3) for glyph, _ in self._codes]
        system = PDFDictionary({"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0})
        descendant = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": system,
                "FontDescriptor": document.Reference(self._descriptor(name, document.Reference(file))),
                "CIDToGIDMap": document.Reference(_stream(glyphs)),
                "W": PDFArray([1, PDFArray(widths)]),
            }
        )
        return document.Reference(
            PDFDictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/Type0",
                    "BaseFont": name,
                    "Encoding": "/Identity-H",
                    "DescendantFonts": PDFArray([document.Reference(descendant)]),
                    "ToUnicode": document.Reference(_stream(self._to_unicode())),
                }
            )
        )

    def _descriptor(self, name: str, file: Any) -> PDFDictionary:
        """Describes the font (ISO 32000-1, table 122); the box comes from the head table."""
        unit = self.face.unit
        height = self.face.font.get_font_extents("ltr")
        box = struct.unpack_from(">4h", self.face.whole.reference_table("head").data, 36)
        return PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": 4,
                "FontBBox": PDFArray([round(edge * unit) for edge in box]),
                "ItalicAngle": 0,
                "Ascent": round(height.ascender * unit),
                "Descent": round(height.descender * unit),
                "CapHeight": 714,
                "StemV": 140 if self.face.style == "Bold" else 80,
                "FontFile2": file,
            }
        )

    def _cut(self) -> tuple[bytes, Any]:
        """Cuts the face down to the glyphs used; gives the file and where each glyph went."""
        cut = hb.SubsetInput()
        cut.glyph_set.update({0} | {glyph for glyph, _ in self._codes})
        cut.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
        cut.drop_table_tag_set.update({int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED})
        for tag, place in self.face.location.items():
            cut.pin_axis_location(self.face.whole, tag, place)
        plan = hb.SubsetPlan(self.face.whole, cut)
        return bytes(plan.execute().blob.data), plan.old_to_new_glyph_mapping

    def _to_unicode(self) -> bytes:
        """Gives the text of every code (ISO 32000-1, 9.10.3)."""
        rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for (_, text), code in self._codes.items()]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for start in range(0, len(rows), 100):
            part = rows[start : start + 100]
            lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
        lines += ["endcmap CMapName currentdict /CMap defineresource pop end end"]
        return "\n".join(lines).encode("ascii")


def _stream(content: bytes, entries: dict[str, Any] | None = None) -> PDFStream:
    return PDFStream(PDFDictionary(entries or {}), content, [PDFStreamFilterZCompress()])


def _pen() -> Any:
    """Gives HarfBuzz's callbacks that write an outline; quadratic curves are raised to cubic ones."""
    pen = hb.DrawFuncs()
    last = [0.0, 0.0]

    def move(x: float, y: float, path: list[str]) -> None:
        last[:] = x, y
        path.append(f"{x:g} {y:g} m")

    def line(x: float, y: float, path: list[str]) -> None:
        last[:] = x, y
        path.append(f"{x:g} {y:g} l")

    def curve(ax: float, ay: float, bx: float, by: float, x: float, y: float, path: list[str]) -> None:
        last[:] = x, y
        path.append(f"{ax:.2f} {ay:.2f} {bx:.2f} {by:.2f} {x:g} {y:g} c")

    def quadratic(cx: float, cy: float, x: float, y: float, path: list[str]) -> None:
        ax, ay = last[0] + (cx - last[0]) * 2 / 3, last[1] + (cy - last[1]) * 2 / 3
        curve(ax, ay, x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y, path)

    pen.set_move_to_func(move)
    pen.set_line_to_func(line)
    pen.set_cubic_to_func(curve)
    pen.set_quadratic_to_func(quadratic)
    pen.set_close_path_func(lambda path: path.append("h"))
    return pen
