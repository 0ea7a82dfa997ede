"""Workbooks for the tests: changed in one cell, as an author would, and instruments of every shape."""

import io
import string
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.small import FILES
from victim_id.authoring.as_toml import question_block, section_block, setting_block
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import read
from victim_id.instrument.shapes import Choice, Condition, Question, Section, Setting, Shows


def files_of(sections: list[Section], settings: list[Setting]) -> dict[str, bytes]:
    """Gives an edition with these sections and settings and nothing else."""
    blocks = [
        block
        for section in sections
        for block in (section_block(section), *(question_block(question) for question in section.questions))
    ]
    text = "".join([*blocks, *(setting_block(setting) for setting in settings)])
    return {"edition.toml": FILES["edition.toml"].encode(), "sections.toml": text.encode()}


def edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Gives a workbook after a change by its author."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(book: Any, sheet: str, name: str, column: str) -> Any:
    """Gives the cell of a column in the row of a name (the first cell of which says it)."""
    rows = list(book[sheet].iter_rows())
    at = next(place for place, header in enumerate(rows[0]) if header.value == column)
    row = next(row for row in rows if name in {one.value for one in row[:2]})
    return row[at]


def with_cell(content: bytes, sheet: str, name: str, column: str, value: Any) -> bytes:
    """Gives a workbook with one cell changed."""

    def change(book: Any) -> None:
        cell(book, sheet, name, column).value = value

    return edited(content, change)


# --- instruments of every shape -------------------------------------------------------------------------------------

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t=+-@'\"#_x"),
    max_size=30,
) | st.sampled_from(
    ["=1+1", "#N/A", "TRUE", "007", " a ", "_x0041_", "'", "12", "# no comment", "a\n\nb", "\\", "</t>"]
)
NAME = st.text(string.ascii_lowercase, min_size=1, max_size=5)


def leaf(names: list[str]) -> st.SearchStrategy[Condition]:
    question = st.sampled_from(["", *names])
    bound = st.integers(-5, 30)
    return st.one_of(
        st.builds(Condition, question=question, is_=st.sampled_from(["yes", "no"])),
        st.builds(Condition, question=question, has=NAME),
        st.builds(Condition, question=question, at_least=bound),
        st.builds(Condition, question=question, at_least=bound, at_most=bound),
    )


def condition(names: list[str]) -> st.SearchStrategy[Condition]:
    def nested(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.builds(Condition, all=parts) | st.builds(Condition, any=parts)

    return st.recursive(leaf(names), nested, max_leaves=5)


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Draws an edition whose questions have any text, kind, condition and sign that a file can say."""
    groups = draw(st.lists(NAME, min_size=1, max_size=3, unique=True))
    ids = {group: [f"{group}.{word}" for word in draw(st.lists(NAME, max_size=3, unique=True))] for group in groups}
    names = [name for group in groups for name in ids[group]]
    sections = [
        Section(
            id=group,
            label=draw(TEXT),
            note=draw(TEXT),
            private=draw(st.booleans()),
            questions=tuple(draw(question(name, names)) for name in ids[group]),
        )
        for group in groups
    ]
    settings = [
        Setting(
            id=name,
            label=draw(TEXT),
            note=draw(TEXT),
            sections=tuple(draw(st.lists(st.sampled_from(groups), max_size=3))),
            leaves_out=tuple(draw(st.lists(st.sampled_from(names), max_size=2))) if names else (),
            too_early=draw(st.booleans()),
        )
        for name in draw(st.lists(NAME, max_size=2, unique=True))
    ]
    return read(files_of(sections, settings))


def question(name: str, names: list[str]) -> st.SearchStrategy[Question]:
    shows = st.builds(Shows, sign=NAME, when=condition(names), route=st.sampled_from(["", "adult", "child"]))
    return st.builds(
        Question,
        id=st.just(name),
        worker=TEXT,
        person=TEXT,
        kind=st.sampled_from(["yes_no", "number", "choice", "several", "text"]),
        of=st.sampled_from(["person", "observation", "document"]),
        why=TEXT,
        watch=TEXT,
        avoid=TEXT,
        choices=st.lists(st.builds(Choice, id=NAME, label=TEXT, person=TEXT), max_size=3).map(tuple),
        unit=TEXT,
        least=st.integers(0, 10),
        most=st.integers(0, 10**9),
        abuse=st.booleans(),
        site=st.booleans(),
        child=st.booleans(),
        free=st.booleans(),
        field=NAME | st.just(""),
        quick=st.lists(NAME, max_size=2).map(tuple),
        asked_when=st.none() | condition(names),
        shows=st.lists(shows, max_size=2).map(tuple),
    )
