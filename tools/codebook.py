"""Makes the codebook out of the content: everything that is asked and why, as one page of HTML and as a tagged PDF.

For reviewers who are no programmers. What stands in it is listed once, by `pages`; the HTML has no scripts and loads
nothing, and both can be read out by a screen reader.
"""

import html
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.codebook_pages import Facts, Heading, Page, Paragraph, Points, Table, pages  # noqa: E402  the checkout first
from victim_id.instrument.load import load  # noqa: E402
from victim_id.instrument.training import load_training  # noqa: E402
from victim_id.referral.paper.fonts import Faces  # noqa: E402
from victim_id.referral.paper.sheet import Sheet  # noqa: E402

STYLE = """
:root { color-scheme: light dark; --ink: #111827; --grey: #4b5563; --line: #9ca3af; --ground: #fff; --tint: #f3f4f6; --link: #1d4ed8 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f3f4f6; --grey: #d1d5db; --line: #6b7280; --ground: #111827; --tint: #1f2937; --link: #93c5fd }
}
body { margin: 0 auto; max-width: 62rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }
a { color: var(--link) } a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
h2 { margin-top: 3rem; border-bottom: 2px solid var(--line) } h3 { margin-top: 2rem }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 } .wide { overflow-x: auto }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
thead th { background: var(--tint); color: var(--grey) } tbody th { width: 11rem; font-weight: 600; color: var(--grey) }
td, p, li { white-space: pre-line } nav ol { columns: 2 }
@media (max-width: 40rem) { nav ol { columns: 1 } tbody th { width: 6rem } }
@media print { nav { display: none } h3, tr { break-inside: avoid } }
"""


class _Anchors(NamedTuple):
    """The headings by their id, and the words that become links to them: ids that are no ordinary words."""

    names: dict[str, str]
    words: re.Pattern[str]


def as_html(found: Sequence[Page], title: str) -> str:
    """Gives the codebook as one HTML file: no script, nothing loaded, every id a link to its place."""
    anchors = _anchors(found)
    chapters = [page for page in found if isinstance(page, Heading) and page.level == 2]
    body = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{html.escape(title)}</title><style>{STYLE}</style></head>",
        '<body><nav aria-label="Contents"><ol>',
        *(f'<li><a href="#{_slug(page)}">{html.escape(page.text)}</a></li>' for page in chapters),
        "</ol></nav><main>",
        *(_html(page, anchors) for page in found),
        "</main></body></html>",
    ]
    return "\n".join(body) + "\n"


def as_pdf(found: Sequence[Page], title: str, faces: Faces) -> bytes:
    """Gives the codebook as a tagged PDF."""
    sheet = Sheet(title, "en", faces, running=title, footer="Content of the program; nobody's answers are in it.")
    for page in found:
        match page:
            case Heading():
                sheet.heading(page.text, page.level)
            case Paragraph():
                sheet.paragraph(page.text)
            case Points():
                sheet.points(page.texts)
            case Facts():
                sheet.facts(page.rows, share=0.22)
            case Table():
                sheet.table(page.headers, page.rows, page.widths)
    return sheet.bytes()


def _anchors(found: Iterable[Page]) -> _Anchors:
    names = {page.anchor: _slug(page) for page in found if isinstance(page, Heading) and page.anchor}
    for page in found:
        if isinstance(page, Table) and page.anchored:
            names |= {row[0].split("\n")[0]: f"at-{row[0].split(chr(10))[0]}" for row in page.rows}
    longest = sorted((name for name in names if {".", "_"} & set(name)), key=len, reverse=True)
    return _Anchors(names, re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, longest))})(?![\w]|\.\w)"))


def _slug(page: Heading) -> str:
    return f"at-{page.anchor}" if page.anchor else re.sub(r"[^a-z0-9]+", "-", page.text.lower()).strip("-")


def _html(page: Page, anchors: _Anchors) -> str:
    match page:
        case Heading():
            return f'<h{page.level} id="{_slug(page)}">{html.escape(page.text)}</h{page.level}>'
        case Paragraph():
            return f"<p>{_linked(page.text, anchors)}</p>"
        case Points():
            return "<ul>" + "".join(f"<li>{_linked(text, anchors)}</li>" for text in page.texts) + "</ul>"
        case Facts():
            rows = (
                f'<tr><th scope="row">{html.escape(label)}</th><td>{_linked(text, anchors)}</td></tr>'
                for label, text in page.rows
            )
            return f"<table><tbody>{''.join(rows)}</tbody></table>"
        case Table():
            return _table(page, anchors)


def _table(page: Table, anchors: _Anchors) -> str:
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in page.headers)
    rows = []
    for row in page.rows:
        place = f' id="at-{row[0].split(chr(10))[0]}"' if page.anchored else ""
        first = html.escape(row[0]) if page.anchored else _linked(row[0], anchors)
        cells = "".join(f"<td>{_linked(text, anchors)}</td>" for text in row[1:])
        rows.append(f'<tr{place}><th scope="row">{first}</th>{cells}</tr>')
    return f'<div class="wide" tabindex="0" role="region" aria-label="{html.escape(page.caption)}"><table><caption>{html.escape(page.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _linked(text: str, anchors: _Anchors) -> str:
    """Escapes a text and makes a link of every id in it that has a place of its own."""
    return anchors.words.sub(
        lambda found: f'<a href="#{anchors.names[found[1]]}">{found[1]}</a>', html.escape(text, quote=False)
    )


def make(content: Path, fonts: Path, out: Path) -> Iterator[Path]:
    """Writes codebook.html and codebook.pdf of a folder of content into `out`, and gives their paths."""
    instrument = load(content)
    found = list(pages(instrument, load_training(content / "training", instrument)))
    title = f"Codebook, edition {instrument.edition.number}"
    out.mkdir(parents=True, exist_ok=True)
    for name, written in (
        ("codebook.html", as_html(found, title).encode()),
        ("codebook.pdf", as_pdf(found, title, Faces(fonts))),
    ):
        (out / name).write_bytes(written)
        yield out / name


if __name__ == "__main__":
    for path in make(ROOT / "indicators", ROOT / "fonts", ROOT / "build" / "codebook"):
        print(path.relative_to(ROOT))
