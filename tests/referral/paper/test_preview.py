"""Pictures of pages: the right size, what is on them, and PNG that others read."""

import io

import pytest
from PIL import Image

from tests.referral.paper import forms
from victim_id.errors import Damaged
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
