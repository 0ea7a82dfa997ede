"""The user guide as it is shipped: its text in the worker's language, its headings, and the page each part is about."""

import re
from pathlib import Path
from typing import Literal, NamedTuple

from victim_id.errors import Machine
from victim_id.resources import shipped

_PICTURE = re.compile(r"!\[[^\]]*\]\(\.\./pictures/([a-z_]+)\.png\)\n*")
_HEADING = re.compile(r"^(##+) (.+)$", re.MULTILINE)


class Guide(NamedTuple):
    """The text as Markdown, its headings (depth from 1, words), the heading of each topic, and where pictures are."""

    text: str
    headings: tuple[tuple[int, str], ...]
    topics: dict[str, str]
    pictures: Path
    direction: Literal["ltr", "rtl"] = "ltr"


def read_guide(tag: str, direction: Literal["ltr", "rtl"] = "ltr") -> Guide:
    """Reads the guide in a language, in English where it is not written yet; pictures that are not there are left out."""
    folder = shipped("docs")
    file = folder / "guide" / f"{tag}.md"
    if not file.exists():
        file, direction = folder / "guide" / "en.md", "ltr"
    try:
        text = file.read_text("utf-8")
    except OSError as error:
        raise Machine("guide", error.strerror or "cannot be read") from None
    pictures = folder / "pictures"
    headings = tuple((len(found[1]) - 1, found[2]) for found in _HEADING.finditer(text))
    shown = _PICTURE.sub(lambda found: found[0] if (pictures / f"{found[1]}.png").exists() else "", text)
    return Guide(shown, headings, _topics(text), pictures, direction)


def _topics(text: str) -> dict[str, str]:
    """Gives the heading that stands over each picture: a part is about the page it shows."""
    topics: dict[str, str] = {}
    for found in _PICTURE.finditer(text):
        above = [heading[2] for heading in _HEADING.finditer(text, 0, found.start())]
        if above:
            topics.setdefault(found[1], above[-1])
    return topics
