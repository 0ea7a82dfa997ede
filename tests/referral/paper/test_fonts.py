"""The fonts that tools/fonts.py makes, and how they go into a file."""

import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.referral.paper import forms, reading
from victim_id.errors import Machine
from victim_id.referral.paper.fonts import Face, Faces
from victim_id.referral.paper.lines import set_lines

TOOL = Path(__file__).resolve().parents[3] / "tools" / "fonts.py"
STATIC = sorted(forms.FONTS.glob("*.ttf"))


def test_a_second_run_makes_nothing_anew():
    before = {path: path.stat().st_mtime_ns for path in forms.FONTS.rglob("*.ttf")}
    said = subprocess.run([sys.executable, TOOL], capture_output=True, text=True, check=True).stdout
    assert "as it should be" in said
    assert before == {path: path.stat().st_mtime_ns for path in forms.FONTS.rglob("*.ttf")}


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.stem)
def test_a_static_font_has_plain_names_and_one_weight(path):
    font = TTFont(path)
    names = {name.nameID: str(name) for name in font["name"].names}
    style = path.stem.partition("-")[2]
    assert names[1].replace(" ", "") == path.stem.partition("-")[0]
    assert names[2] == style
    assert not {16, 17, 21, 22, 25} & set(names)
    assert font["OS/2"].usWeightClass == {"Regular": 400, "Bold": 700}[style]
    assert bool(font["OS/2"].fsSelection & 0x20) == (style == "Bold") == bool(font["head"].macStyle & 1)
    assert "fvar" not in font
    assert "GSUB" in font


def test_every_family_lays_its_licence_beside():
    families = {path.stem.partition("-")[0] for path in STATIC}
    assert len(families) == 8
    for family in families:
        assert "SIL OPEN FONT LICENSE" in (forms.FONTS / f"{family}-OFL.txt").read_text("utf-8").upper()


def test_the_screen_has_all_of_gb2312_and_paper_more():
    letters = {
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
    } - {""}
    assert len(letters) == 6763
    small, whole = (
        Face(forms.FONTS / "NotoSansSC-Regular.ttf", "Regular"),
        Face(forms.FONTS / "paper/NotoSansSC.ttf", "Regular"),
    )
    assert all(small.has(letter) and whole.has(letter) for letter in letters)
    assert whole.has("镕")  # in personal names, not in GB 2312
    assert not small.has("镕")


def test_a_missing_font_is_named():
    with pytest.raises(Machine, match="NotoSans-Regular"):
        set_lines("a", 1000, Faces(Path("/nowhere")))


def test_only_what_is_used_goes_into_the_file():
    form = forms.sheet()
    form.heading("Titre", 1)
    form.paragraph(("护照", "zh-Hans"))
    pdf = form.bytes()
    assert len(pdf) < 30_000
    document = reading.opened(pdf)
    for font in document.pages[0].Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert len(str(descriptor.FontName)) > 8
        assert "/FontFile2" in descriptor
        assert "/ToUnicode" in font


def test_every_code_has_a_width_and_a_text():
    pdf = forms.everything().bytes()
    document = reading.opened(pdf)
    for font in document.pages[0].Resources.Font.values():
        widths = font.DescendantFonts[0].W[1]
        glyphs = len(font.DescendantFonts[0].CIDToGIDMap.read_bytes()) // 2
        rows = sum(line.count(b"> <") for line in font.ToUnicode.read_bytes().splitlines() if line.startswith(b"<"))
        assert len(widths) == glyphs - 1 == rows


def test_no_glyph_has_nul_for_its_text():
    document = reading.opened(forms.everything().bytes())
    for font in document.pages[0].Resources.Font.values():
        assert b"<0000>\n" not in font.ToUnicode.read_bytes().replace(b"<0000> <FFFF>", b"")
