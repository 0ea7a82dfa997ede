"""The codebook says all of the content, to readers of a screen, of paper, and to those who have it read out."""

import itertools
import re
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.referral.paper import reading
from tests.small import small
from tools.codebook import as_html, make
from tools.codebook_pages import Facts, Heading, Page, Paragraph, Points, Table, pages
from tools.codebook_words import in_words
from victim_id.instrument.load import load
from victim_id.instrument.shapes import Condition, Statement
from victim_id.instrument.texts import texts
from victim_id.instrument.training import load_training
from victim_id.record import Record

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "indicators"
SHIPPED = load(CONTENT)
CASES = load_training(CONTENT / "training", SHIPPED)


class Read(HTMLParser):
    """What a browser makes of the page: words, ids, links, and anything that would be loaded or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.loaded: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "srcset", "style", "action"} or name.startswith("on"):
                self.loaded.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @cached_property
    def text(self) -> str:
        return flat("".join(self.words))


def flat(text: str) -> str:
    """Leaves out what breaks lines, and hyphens, of which PDFium drops those at the end of a line."""
    return re.sub(r"[-\s\u00a0\ufffe\u00ad\x02]+", "", text)


pytestmark = pytest.mark.full
"""The codebook is for reviewers: it is drawn by `make codebook`, and its whole test takes half a minute."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("codebook")
    return {path.name: path.read_bytes() for path in make(CONTENT, ROOT / "fonts", folder)}


@pytest.fixture(scope="module")
def page(made: dict[str, bytes]) -> Read:
    return Read(made["codebook.html"].decode())


@pytest.fixture(scope="module")
def paper(made: dict[str, bytes]) -> str:
    read = flat(reading.text(made["codebook.pdf"]))
    running, count = flat(f"Codebook, edition {SHIPPED.edition.number}"), len(reading.letters(made["codebook.pdf"]))
    frame = rf"{re.escape(running)}\d+/{count}|Contentoftheprogram;nobody'sanswersareinit\."
    return re.sub(frame, "", read)


def statements(thing: Any) -> list[Statement]:
    if isinstance(thing, tuple):
        return [found for part in thing for found in statements(part)]
    if isinstance(thing, Record):
        inside = [found for name in thing.__struct_fields__ for found in statements(getattr(thing, name))]
        return [*([thing] if isinstance(thing, Statement) else []), *inside]
    return []


def test_every_question_and_every_indicator_stands_in_both_and_can_be_linked_to(page: Read, paper: str) -> None:
    for name in (*SHIPPED.question, *SHIPPED.indicator):
        assert f"at-{name}" in page.ids
        assert flat(name) in paper


def test_every_text_of_the_content_stands_in_the_page(page: Read) -> None:
    missing = [
        text.context
        for text in texts(SHIPPED)
        if flat(text.english) not in page.text and not text.context.startswith(("field.", "variant."))
    ]
    assert missing == []


def test_questions_statements_and_stories_stand_on_paper_too(paper: str) -> None:
    for question in SHIPPED.question.values():
        for words in (question.worker, question.person, question.why, question.watch, question.avoid):
            assert flat(words) in paper, question.id
    for part in (SHIPPED.profiles, SHIPPED.recipients, SHIPPED.reporting, SHIPPED.rules):
        for statement in statements(part):
            assert flat(statement.text) in paper
            assert flat(f"[{statement.mark}] {statement.source}") in paper
    for case in CASES:
        assert flat(case.why) in paper
        assert flat(case.story) in paper


def test_both_say_that_no_cell_was_verified_and_that_no_sign_proves_anything(page: Read, paper: str) -> None:
    for words in (
        "The sets AS and CS are not verified",
        "They never prove that somebody is a victim",
        "their absence never proves that somebody is not",
        "nobody yet",
    ):
        assert flat(words) in page.text
        assert flat(words) in paper


def test_the_page_runs_nothing_and_loads_nothing(made: dict[str, bytes], page: Read) -> None:
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(page.tags)
    assert page.loaded == []
    assert b"default-src 'none'" in made["codebook.html"]
    assert not re.search(rb"url\(|@import", made["codebook.html"])


def test_every_link_of_the_page_leads_to_one_place_in_it(page: Read) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)


def test_the_page_is_built_for_screen_readers(made: dict[str, bytes], page: Read) -> None:
    text = made["codebook.html"].decode()
    assert '<html lang="en">' in text
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("nav") == 1
    assert page.open == []
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all("scope=" in head for head in re.findall(r"<th[ >][^>]*>?", text.partition("</style>")[2]))


def test_the_pdf_passes_all_rules_of_pdf_ua(made: dict[str, bytes]) -> None:
    assert reading.complaints(made["codebook.pdf"]) == []


def test_the_same_content_gives_the_same_bytes(made: dict[str, bytes]) -> None:
    found = list(pages(SHIPPED, CASES))
    assert as_html(found, f"Codebook, edition {SHIPPED.edition.number}").encode() == made["codebook.html"]


def test_words_of_the_content_are_never_markup() -> None:
    evil = "<script>alert('&')</script>"
    found: list[Page] = [
        Heading("Codebook", 1),
        Heading(evil, anchor="a.b"),
        Paragraph(evil),
        Points([evil]),
        Facts([(evil, evil)]),
        Table(evil, (evil,), [(evil, evil)], (1, 1)),
    ]
    assert "script" not in Read(as_html(found, evil)).tags


def test_a_condition_is_said_as_a_sentence() -> None:
    instrument = small()
    both = Condition(all=(Condition(question="control.money", is_="yes"), Condition(at_least=14, at_most=20)))
    either = Condition(any=(both, Condition(at_most=2)))
    assert in_words(either, "work.hours", instrument) == (
        "(the answer to control.money is yes and the answer is 14 or more and 20 or less) or the answer is 2 or less"
    )
