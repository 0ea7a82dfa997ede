"""Makes the fonts of the program: plain Regular and Bold files under fonts/, out of the variable Noto faces in the font wheels.

Qt and the paper both read them; only the paper reads the whole Chinese face, which HarfBuzz pins and cuts as it draws.
A second run with nothing changed does nothing.
"""

import hashlib
import importlib.util
import io
import json
import shutil
import sys
import time
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}


class Family(NamedTuple):
    """A family as Qt shall name it, and the variable file and licence it is made of."""

    name: str
    wheel: str
    file: str
    licence: str
    letters: frozenset[int] | None = None

    def source(self) -> Path:
        """Gives the variable file inside its wheel; a wheel that is not installed ends the program."""
        return _wheel(self.wheel) / self.file

    def stem(self) -> str:
        """Gives the name of the files without the weight."""
        return self.name.replace(" ", "")


def gb2312() -> frozenset[int]:
    """Gives the code points of GB 2312-80, the letters of ASCII and the full-width forms."""
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    letters = {ord(letter) for pair in pairs for letter in pair.decode("gb2312", "ignore")}
    return frozenset(letters | set(range(0x20, 0x7F)) | set(range(0xFF01, 0xFF5F)))


def _intl(name: str, wheel: str, letters: frozenset[int] | None = None) -> Family:
    folder = f"fonts/ofl/{name.replace(' ', '').lower()}"
    axes = "wght" if wheel.endswith("cjk") else "wdth,wght"
    file = f"{folder}/{name.replace(' ', '')}[{axes}].ttf"
    return Family(name, f"justmytype_intl_{wheel}", file, f"{folder}/OFL.txt", letters)


FAMILIES = (  # Noto Sans has Latin, Cyrillic, Greek and Devanagari
    Family("Noto Sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", "LICENSE"),
    _intl("Noto Sans Arabic", "rtl"),
    _intl("Noto Sans Hebrew", "rtl"),
    _intl("Noto Sans Ethiopic", "africa"),
    _intl("Noto Sans Bengali", "south_asia"),
    _intl("Noto Sans Tamil", "south_asia"),
    _intl("Noto Sans Telugu", "south_asia"),
    _intl("Noto Sans SC", "cjk", gb2312()),
)
WHOLE = {"paper/NotoSansSC.ttf": FAMILIES[-1]}  # on paper every character of a name is drawn


def main() -> int:
    """Makes what is missing or old and prints it with the time it took."""
    begun = time.perf_counter()
    wanted = _fingerprint()
    stamp = OUT / "made.json"
    if stamp.is_file() and json.loads(stamp.read_text()) == {"from": wanted, "files": _files()}:
        print(f"fonts/ is as it should be ({len(_files())} files)")
        return 0
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "paper").mkdir(parents=True)
    for family in FAMILIES:
        whole = hb.Face(family.source().read_bytes())
        for style, weight in WEIGHTS.items():
            data = _static(whole, family, style, weight)
            (OUT / f"{family.stem()}-{style}.ttf").write_bytes(data)
            print(f"{family.stem()}-{style}.ttf  {len(data):,} bytes")
        shutil.copyfile(_wheel(family.wheel) / family.licence, OUT / f"{family.stem()}-OFL.txt")
    for name, family in WHOLE.items():
        shutil.copyfile(family.source(), OUT / name)
        print(f"{name}  {(OUT / name).stat().st_size:,} bytes")
    stamp.write_text(json.dumps({"from": wanted, "files": _files()}, indent=1, sort_keys=True) + "\n")
    print(f"made in {time.perf_counter() - begun:.1f} s")
    return 0


def _static(whole: hb.Face, family: Family, style: str, weight: int) -> bytes:
    """Pins the axes (HarfBuzz), then writes names and weight as Qt and Windows expect them (OpenType: name, OS/2, head)."""
    cut = hb.SubsetInput()
    cut.keep_everything()
    if family.letters is not None:
        cut.unicode_set.clear()
        cut.unicode_set.update(family.letters)
        cut.glyph_set.clear()
        cut.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NAME_LEGACY
    for axis in whole.axis_infos:
        cut.pin_axis_location(whole, axis.tag, float(weight) if axis.tag == "wght" else axis.default_value)
    font = TTFont(io.BytesIO(hb.subset(whole, cut).blob.data), recalcTimestamp=False)
    names = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    full = f"{family.name} {style}"
    for number, words in {
        1: family.name,
        2: style,
        3: f"{full} static",
        4: full,
        6: f"{family.stem()}-{style}",
    }.items():
        names.setName(words, number, 3, 1, 0x409)
    if "STAT" in font:
        del font["STAT"]
    bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b110_0001 | (0b10_0000 if bold else 0b100_0000)
    font["head"].macStyle = int(bold)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _fingerprint() -> dict[str, str]:
    """Gives what the fonts depend on: this file, HarfBuzz, and every source."""
    sources = {family.file: family.source() for family in FAMILIES}
    sums = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sources.items()}
    return {"tool": hashlib.sha256(Path(__file__).read_bytes()).hexdigest(), "harfbuzz": hb.version_string(), **sums}


def _files() -> dict[str, int]:
    found = sorted(path for path in OUT.rglob("*") if path.is_file() and path.name != "made.json")
    return {path.relative_to(OUT).as_posix(): path.stat().st_size for path in found}


def _wheel(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(f"{name}: not installed; install requirements/dev.txt")
    return Path(spec.origin).parent


if __name__ == "__main__":
    sys.exit(main())
