"""How the tests read a PDF back: letters with their places and words (PDFium), the structure (pikepdf)."""

import io
from typing import NamedTuple

import page as checker
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


class Letter(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float


def letters(pdf: bytes) -> list[list[Letter]]:
    """Gives the letters of every page, as PDFium finds them."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        found = []
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            found.append(Letter(chr(pdfium.FPDFText_GetUnicode(text, at)), left, bottom, right, top))
        pages.append(found)
        text.close()
        page.close()
    document.close()
    return pages


def text(pdf: bytes) -> str:
    """Gives the text of all pages, as PDFium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        words = page.get_textpage()
        pages.append(words.get_text_range())
        words.close()
        page.close()
    document.close()
    return "\n".join(pages).replace("\r", "")


def seen(pdf: bytes, wanted: str) -> list[str]:
    """Gives, line by line from the top, the letters of `wanted` as an eye meets them from left to right."""
    rows: dict[tuple[int, int], list[Letter]] = {}
    for number, page in enumerate(letters(pdf)):
        for letter in page:
            if letter.text in wanted and letter.right > letter.left:
                rows.setdefault((number, -round(letter.bottom / 8)), []).append(letter)
    return [
        "".join(letter.text for letter in sorted(row, key=lambda letter: letter.left))
        for _, row in sorted(rows.items())
    ]


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def elements(root):
    """Gives every element of a structure tree, parents first."""
    for kid in kids_of(root):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kids_of(element):
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def complaints(pdf: bytes) -> list[str]:
    """Gives what a checker of PDF/UA-1 finds wrong."""
    report = checker.validate_pdf_bytes(pdf, profile="ua1")
    return [str(failure) for failure in report.failures]
