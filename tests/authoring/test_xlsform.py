"""The questions travel to the ODK tools and back, and nothing is lost on the way."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.authoring.workbooks import cell, condition, edited, instruments, with_cell
from tests.small import small
from victim_id.authoring.as_toml import condition_of, inline
from victim_id.authoring.columns import ONLY_FOR_EDITING
from victim_id.authoring.reading import Workbook, read_workbook
from victim_id.authoring.relevant import relevant
from victim_id.authoring.workbook import MOST_SIGNS, write_workbook
from victim_id.errors import NotAPackage, TooLarge, WrongContent
from victim_id.instrument.answers import Answer
from victim_id.instrument.conditions import holds
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.shapes import Condition

INDICATORS = Path(__file__).resolve().parent.parent.parent / "indicators"
SHIPPED = load(INDICATORS)
SMALL = write_workbook(small())


def problems(content: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(WrongContent) as caught:
        read_workbook(content)
    return [(problem.where, problem.what, problem.either) for problem in caught.value.problems]


def same(instrument: Instrument, book: Workbook) -> bool:
    return (instrument.sections, instrument.settings) == (book.sections, book.settings)


def test_the_shipped_questions_come_back_as_they_went() -> None:
    book = read_workbook(write_workbook(SHIPPED))
    assert same(SHIPPED, book)
    assert (book.edition, book.fingerprint) == (SHIPPED.edition.number, SHIPPED.fingerprint)


@pytest.mark.full
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(instruments())
def test_any_questions_come_back_as_they_went(instrument: Instrument) -> None:
    assert same(instrument, read_workbook(write_workbook(instrument)))


def test_the_odk_tools_take_the_whole_form_without_a_word(tmp_path: Path) -> None:
    from pyxform.xls2xform import convert

    place = tmp_path / "form.xlsx"
    place.write_bytes(write_workbook(SHIPPED))
    converted = convert(place, validate=False)
    assert converted.warnings == []
    for question in SHIPPED.question.values():
        section = SHIPPED.section_of[question.id].id
        assert f'nodeset="/data/{section}/{question.id}"' in converted.xform
    waiting = sum(1 for question in SHIPPED.question.values() if question.asked_when)
    assert waiting >= 30
    assert converted.xform.count(" relevant=") == waiting


def test_the_form_says_first_that_nobodys_answers_belong_in_it() -> None:
    book = load_workbook(io.BytesIO(SMALL))
    assert cell(book, "survey", ONLY_FOR_EDITING, "name").row == 2
    assert "Never write a person's answers" in cell(book, "survey", ONLY_FOR_EDITING, "label::English (en)").value


# --- conditions -----------------------------------------------------------------------------------------------------

NAMES = ["a.a", "a.b"]
ANSWER = st.one_of(
    st.none(),
    st.sampled_from(["yes", "no", "unknown", "declined"]),
    st.integers(-6, 31),
    st.lists(st.text("abc", min_size=1, max_size=2), min_size=1, max_size=2),
)


def as_answer(name: str, told: Any) -> tuple[Answer, ...]:
    if told is None:
        return ()
    if isinstance(told, str):
        return (Answer(question=name, value=told),)  # type: ignore[arg-type]  # hypothesis draws one of the literals
    if isinstance(told, int):
        return (Answer(question=name, value="given", number=told),)
    return (Answer(question=name, value="given", chosen=tuple(told)),)


def odk(expression: str, told: dict[str, Any]) -> bool:
    """Works out an expression as the ODK tools do: what is empty is no number, and compares as false."""

    def selected(value: Any, wanted: str) -> bool:
        return wanted in ([value] if isinstance(value, str) else value if isinstance(value, list) else [])

    def number(value: Any) -> float:
        return float(value) if isinstance(value, int) else float("nan")

    python = re.sub(r"selected\(\$\{([^}]*)\}, ('[^']*')\)", r"selected(told.get('\1'), \2)", expression)
    python = re.sub(r"\$\{([^}]*)\} != ''", r"(told.get('\1') is not None)", python)
    python = re.sub(r"\$\{([^}]*)\}", r"number(told.get('\1'))", python)
    return bool(eval(python, {"selected": selected, "number": number, "told": told}))


@settings(max_examples=200, deadline=None)
@given(condition(NAMES), st.fixed_dictionaries({"a.a": ANSWER, "a.b": ANSWER, "own": ANSWER}))
def test_the_odk_tools_ask_exactly_when_the_condition_is_true(asked: Condition, told: dict[str, Any]) -> None:
    answers = {name: as_answer(name, value) for name, value in told.items()}
    assert odk(relevant(asked, "own"), told) is (holds(asked, answers, "own") is True)


@settings(max_examples=200, deadline=None)
@given(condition(NAMES))
def test_a_condition_is_read_as_it_was_written(written: Condition) -> None:
    assert condition_of(inline(written)) == written


@pytest.mark.parametrize(
    "text", ["yes", "{ is = 'maybe' }", "{ iss = 'yes' }", "{ is = 'yes' }\nother = 1", "{ all = " + "[" * 5000]
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="condition"):
        condition_of(text)


# --- what an author may get wrong -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "name", "column", "value", "where", "what"),
    [
        ("survey", "control.used", "relevant", "selected(${control.money}, 'no')", "row 8, column relevant", "does not say what asked_when says"),
        ("survey", "control.used", "relevant", None, "row 8, column relevant", "does not say what asked_when says"),
        ("survey", "control.used", "asked_when", None, "row 8, column relevant", "does not say what asked_when says"),
        ("survey", "control.used", "asked_when", "{ is = yes }", "row 8, column asked_when", "is not a condition"),
        ("survey", "control.used", "type", "date", "row 8, column type", "says date"),
        ("survey", "control.used", "of", "gossip", "row 8, column of", "Invalid enum value 'gossip'"),
        ("survey", "control.used", "abuse", "perhaps", "row 8, column abuse", "says neither yes nor no"),
        ("survey", "control.used", "label::English (en)", "=1+1", "row 8, column label::English (en)", "holds a formula"),
        ("survey", "control.used", "private", "yes", "row 8, column private", "is filled in a row that does not have it"),
        ("survey", "work.hours", "most", 16, "row 4, column constraint", "does not say what least and most says"),
        ("survey", "work.hours", "least", "few", "row 4, column least", "says few"),
        ("survey", "work", "type", None, "row 3, column type", "stands outside a group"),
        ("survey", "work", "why", "because", "row 3, column why", "is filled in a row that does not have it"),
        ("shows", "work.hours", "question", "work.hour", "row 2, column question", "names work.hour, which is not asked"),
        ("shows", "work.hours", "when", None, "row 2, column when", "is empty"),
        ("shows", "work.hours", "route", "both", "row 2, column route", "Invalid enum value 'both'"),
        ("choices", "yes_no", "name", "perhaps", "row 2, column name", "is added to yes_no"),
        ("settings", "small", "fingerprint", "abc", "column fingerprint", "is no fingerprint"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_sheet_row_and_column(
    sheet: str, name: str, column: str, value: Any, where: str, what: str
) -> None:
    found = problems(with_cell(SMALL, sheet, name, column, value))
    assert any(one.startswith(f"sheet {sheet}") and one.endswith(where) and what in told for one, told, _ in found), (
        found
    )
    assert all(either.startswith("please ") for _, _, either in found)


def test_a_column_that_nothing_reads_is_refused_and_not_lost() -> None:
    def change(book: Any) -> None:
        book["survey"].cell(1, book["survey"].max_column + 1, "appearance")

    assert problems(edited(SMALL, change)) == [
        ("sheet survey, column appearance", "is a column that nothing reads", "please remove it")
    ]


@pytest.mark.parametrize("sheet", ["survey", "choices", "settings", "shows", "asked_where"])
def test_a_missing_sheet_is_named(sheet: str) -> None:
    assert problems(edited(SMALL, lambda book: book.remove(book[sheet])))[0][:2] == (f"sheet {sheet}", "is missing")


def test_groups_that_do_not_close_or_stand_in_each_other_are_refused() -> None:
    def change(book: Any) -> None:
        cell(book, "survey", "end_group", "type").value = None

    assert "begins a group inside a group" in {what for _, what, _ in problems(edited(SMALL, change))}
    assert (
        problems(edited(SMALL, lambda book: book["survey"].delete_rows(9)))[0][1] == "begins a group that does not end"
    )


@pytest.mark.parametrize("value", [7, 7.0, "7"])
def test_numbers_are_read_however_a_spreadsheet_keeps_them(value: Any) -> None:
    content = with_cell(SMALL, "survey", "work.hours", "least", value)
    book = read_workbook(with_cell(content, "survey", "work.hours", "constraint", ". >= 7 and . <= 24"))
    assert book.sections[0].questions[0].least == 7


def test_what_a_form_cannot_hold_is_refused_before_it_is_written() -> None:
    text = "Hours on a normal day"
    from tests.small import changed

    for after, what in (("x" * (MOST_SIGNS + 1), "is longer than"), ("a\\u0001b", "holds a control character")):
        with pytest.raises(WrongContent, match=what):
            write_workbook(changed("sections", text, after))
    with pytest.raises(WrongContent, match="cannot be a name"):
        write_workbook(changed("sections", 'id = "control.money"', 'id = "control money"'))


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"x" * 100, SMALL[:-100]])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPackage):
        read_workbook(content)


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(130 * 1024**2))
    with pytest.raises(TooLarge):
        read_workbook(out.getvalue())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_any_changed_byte_is_read_or_refused_in_words(at: int, turned: int) -> None:
    content = bytearray(SMALL)
    content[at] ^= turned
    with contextlib.suppress(NotAPackage, TooLarge, WrongContent):
        read_workbook(bytes(content))
