"""Fields that a reader can fill in, with appearances of our own; and their values read back.

Other programs keep what is typed, but may not draw every letter of it: the value is right, the look may not be.
"""

import ctypes
from collections.abc import Iterable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFStream, PDFStreamFilterZCompress, PDFString

from victim_id.errors import Damaged
from victim_id.referral.paper.page import Rect, numbers

_PRINT = 4
_MULTILINE = 1 << 12


def text_field(name: str, label: str, value: str, place: Rect, look: Iterable[str], *, lines: int) -> PDFDictionary:
    """Makes a text field; `look` is what is drawn in it, from its lower left corner, in the fonts of the document."""
    widget = _widget(name, label, place, "/Tx")
    widget["V"] = widget["DV"] = PDFString(
        value, enc="utf-16"
    )  # always marked as such: a typed þÿ is no mark of its own
    widget["DA"] = PDFString("/Helv 10 Tf 0 g")
    widget["Ff"] = _MULTILINE if lines > 1 else 0
    frame = f"0.55 0.58 0.62 RG 1 1 1 rg 0.7 w {numbers(0.35, 0.35, place.width - 0.7, place.height - 0.7)} re B"
    clip = f"/Tx BMC q {numbers(1, 1, place.width - 2, place.height - 2)} re W n"
    widget["AP"] = PDFDictionary({"N": _form(place, [frame, clip, *look, "Q EMC"])})
    return widget


def check_box(name: str, label: str, checked: bool, place: Rect) -> PDFDictionary:
    """Makes a check box; its states are Yes and Off."""
    widget = _widget(name, label, place, "/Btn")
    widget["V"] = widget["DV"] = widget["AS"] = "/Yes" if checked else "/Off"
    widget["Ff"] = 0
    side = place.width
    frame = f"0.2 0.24 0.3 RG 1 1 1 rg 0.9 w {numbers(0.5, 0.5, side - 1, side - 1)} re B"
    points = [(0.22, 0.52), (0.42, 0.28), (0.8, 0.78)]
    tick = " ".join(f"{numbers(x * side, y * side)} {'l' if at else 'm'}" for at, (x, y) in enumerate(points))
    looks = {"Off": _form(place, [frame]), "Yes": _form(place, [frame, f"0.07 0.1 0.16 RG 1.5 w 1 J 1 j {tick} S"])}
    widget["AP"] = PDFDictionary({"N": PDFDictionary(looks)})
    return widget


def read_fields(pdf: bytes) -> dict[str, str | bool]:
    """Gives the fields of a PDF by name: text, or whether a box is checked. Bytes that are no PDF raise Damaged."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise Damaged("form", "not readable as a PDF") from error
    try:
        document.init_forms()
        found: dict[str, str | bool] = {}
        if document.formenv is not None:
            for number in range(len(document)):
                found |= _fields_of(document, number)
        return found
    finally:
        document.close()


def _fields_of(document: Any, number: int) -> dict[str, str | bool]:
    page, env = document[number], document.formenv
    found: dict[str, str | bool] = {}
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetFormFieldType(env, note)
        if kind == pdfium.FPDF_FORMFIELD_CHECKBOX:
            found[_words(pdfium.FPDFAnnot_GetFormFieldName, env, note)] = bool(pdfium.FPDFAnnot_IsChecked(env, note))
        elif kind == pdfium.FPDF_FORMFIELD_TEXTFIELD:
            value = _words(pdfium.FPDFAnnot_GetFormFieldValue, env, note)
            found[_words(pdfium.FPDFAnnot_GetFormFieldName, env, note)] = value.replace("\r\n", "\n").replace(
                "\r", "\n"
            )
        pdfium.FPDFPage_CloseAnnot(note)
    page.close()
    return found


def _words(read: Any, env: Any, note: Any) -> str:
    """Reads a string in two steps: its length in bytes, then UTF-16LE with a closing NUL."""
    length = read(env, note, None, 0)
    space = (ctypes.c_ushort * (length // 2 + 1))()
    read(env, note, space, length)
    return bytes(space)[: max(0, length - 2)].decode("utf-16-le", "replace")


def _widget(name: str, label: str, place: Rect, kind: str) -> PDFDictionary:
    x, y, width, height = place
    return PDFDictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": kind,
            "T": PDFString(name),
            "TU": PDFString(label),
            "F": _PRINT,
            "Rect": PDFArray([round(edge, 3) for edge in (x, y, x + width, y + height)]),
        }
    )


def _form(place: Rect, operators: Iterable[str]) -> PDFStream:
    box = PDFArray([0, 0, round(place.width, 3), round(place.height, 3)])
    entries = {"Type": "/XObject", "Subtype": "/Form", "BBox": box}
    return PDFStream(PDFDictionary(entries), "\n".join(operators).encode("ascii"), [PDFStreamFilterZCompress()])
