"""Draws every page in every look, language and size into gallery/, with an index, so that all of it is seen in a minute.

The pages are those of the demo's walk: a real vault, a real talk. The pseudo-languages show what is not translated, what
is cut off when it grows by a third, and what does not mirror. Themes and languages that are named are drawn alone:
`python tools/gallery.py dark fr`.
"""

import html
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Literal

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from victim_id.instrument.load import load  # noqa: E402  the checkout first
from victim_id.language import LONG, MIRRORED  # noqa: E402
from victim_id.resources import shipped  # noqa: E402
from victim_id.ui.demo import STORY, Walk  # noqa: E402
from victim_id.ui.demo_beside import beside, practised  # noqa: E402

THEMES: tuple[Literal["light", "dark", "contrast"], ...] = ("light", "dark", "contrast")
LANGUAGES = ("en", "fr", LONG, MIRRORED)
SIZES = ((1366, 768), (1024, 600))


class GalleryWalk(Walk):
    """The demo's walk up to the preferences, in one look and language."""

    def go(self) -> None:
        for deed in (
            self.first_start, self.unlock, self.fill_the_list, self.begin, self.interview, self.assess, self.keep, self.make_cell, self.refer, lambda: beside(self), self.receive,
        ):  # fmt: skip
            deed()
            if self.bugs:
                raise self.bugs[0]
        assert self.desk is not None
        assert self.desk.signed_in is not None
        self.desk.signed_in.arranging.show()
        self.look("preferences")
        practised(self, STORY)


def main() -> int:
    out, instrument, named = ROOT / "gallery", load(shipped("indicators")), set(sys.argv[1:])
    for theme in [one for one in THEMES if one in named] or THEMES:
        for tag in [one for one in LANGUAGES if one in named] or LANGUAGES:
            began, place = time.perf_counter(), out / f"{theme}-{tag}"
            for old in place.glob("**/*.png"):
                old.unlink()
            place.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory() as folder:
                walk = GalleryWalk(place, Path(folder), instrument, "LU", tag, "fr" if tag == "en" else "en")
                walk.theme, walk.sizes = theme, SIZES
                try:
                    walk.go()
                finally:
                    walk.close()
            print(
                f"{theme} {tag}: {walk.pictures * len(SIZES)} pictures, {time.perf_counter() - began:.1f} s", flush=True
            )
    (out / "index.html").write_text(index(out), "utf-8")
    print(f"see {(out / 'index.html').relative_to(ROOT)}")
    return 0


def index(out: Path) -> str:
    """Gives the page that shows all pictures: a row for each page, a column for each look."""
    places = [f"{theme}-{tag}" for theme in THEMES for tag in LANGUAGES]
    names = sorted({picture.name for place in places for picture in (out / place / "pages").glob("*.png")})
    head = "".join(f"<th>{html.escape(place)}</th>" for place in places)
    rows = "".join(
        f"<tr><th>{html.escape(name)}</th>"
        + "".join(
            f'<td><a href="{place}/pages/{name}"><img loading="lazy" width="320" alt="{name}, {place}" src="{place}/pages/{name}"></a></td>'
            for place in places
        )
        + "</tr>"
        for name in names
    )
    style = (
        "body{font:14px sans-serif}table{border-collapse:collapse}th,td{padding:4px;vertical-align:top;text-align:left}"
    )
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>Gallery</title><style>{style}</style><table><tr><th></th>{head}</tr>{rows}</table></html>"


if __name__ == "__main__":
    sys.exit(main())
