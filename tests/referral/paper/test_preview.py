"""Pictures of pages: the right size, what is on them, and PNG that others read."""

import io

import pytest
import segno
from PIL import Image

from tests.referral.paper import forms, reading
from victim_id.errors import Damaged, TooLarge
from victim_id.referral.paper.preview import pictures


def test_every_page_becomes_a_picture_of_a4():
    pdf = forms.everything(rows=60).bytes()
    found = list(pictures(pdf, 72))
    assert len(found) > 2
    for picture in found:
        assert (picture.width, picture.height) == (596, 842)
        assert len(picture.pixels) == picture.stride * picture.height
        assert picture.stride >= 3 * picture.width


def test_the_urgent_ground_is_pink_and_the_paper_white_in_the_png():
    form = forms.sheet()
    form.heading("Titre", 1)
    with form.box("urgent"):
        form.paragraph("Blessure non soignée")
    picture = next(pictures(form.bytes(), 72))
    image = Image.open(io.BytesIO(picture.png()))
    assert image.size == (picture.width, picture.height)
    colours = {colour: count for count, colour in image.convert("RGB").getcolors(1 << 24)}
    assert colours[(252, 228, 228)] > 5000
    assert colours[(255, 255, 255)] > 300_000


def test_what_stands_in_fields_is_seen():
    def dark(value):
        form = forms.sheet()
        form.heading("Titre", 1)
        form.field("a", "Nom", value)
        return sum(1 for byte in next(pictures(form.bytes(), 72)).pixels if byte < 100)

    assert dark("محمد Nguyễn " * 3) > dark("") + 100


def test_bytes_that_are_no_pdf_are_damaged():
    with pytest.raises(Damaged):
        list(pictures(b"no"))


def test_a_qr_symbol_is_drawn_module_by_module():
    matrix = [list(row) for row in segno.make("7F2-KQD:0f1e2d3c", micro=False).matrix]
    form = forms.sheet()
    form.heading("Titre", 1)
    form.field("a", "Nom")
    form.qr(matrix, "Code QR", size=72)
    pdf = form.bytes()
    document = reading.opened(pdf)
    figure = next(part for part in reading.elements(document.Root.StructTreeRoot) if part.S == "/Figure")
    left, _, right, top = (float(edge) for edge in figure.A.BBox)
    picture = next(pictures(pdf, 144))
    step = (right - left) / len(matrix)

    def dark(column, row):
        x, y = 2 * (left + (column + 0.5) * step), 2 * (841.89 - top + (row + 0.5) * step)
        return picture.pixels[int(y) * picture.stride + 3 * int(x)] < 128

    size = len(matrix)
    assert [[dark(column, row) for column in range(size)] for row in range(size)] == [
        [bool(cell) for cell in row] for row in matrix
    ]
    for at in range(-4, size + 4):  # the quiet zone
        assert not any(dark(at, edge) or dark(edge, at) for edge in (-4, -1, size, size + 3))


def strange(side: int, pages: int = 1) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {side} {side}]>>"
    parts = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]>>", *[page] * pages]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj{part}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(parts) + 1}/Root 1 0 R>>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF".encode()


def test_the_pages_of_a_stranger_are_drawn_like_others() -> None:
    assert [picture.width for picture in pictures(strange(144, 2), 72)] == [144, 144]


@pytest.mark.parametrize(("side", "pages"), [(14_400, 1), (10_000_000, 1), (595, 1000)])
def test_pages_without_measure_are_refused_before_they_are_drawn(side: int, pages: int) -> None:
    with pytest.raises(TooLarge):
        list(pictures(strange(side, pages), 110))


def test_a_page_that_is_none_is_damaged() -> None:
    with pytest.raises(Damaged):
        list(pictures(strange(144, 2).replace(b"/Type/Page/Parent", b"/Type/Pagx/Parent"), 72))
