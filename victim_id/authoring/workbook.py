"""The questions of an edition as one XLSForm workbook, which the ODK tools open and in which a review is written.

What those tools do not know (why, shows, quick, …) stands in columns and sheets beside theirs, so that nothing is lost
on the way back; see `reading`. openpyxl is a tool of authors and is loaded here only when a workbook is made.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from victim_id.authoring.as_toml import inline
from victim_id.authoring.columns import (
    CHOICE,
    GROUP,
    LANGUAGE,
    ONLY_FOR_EDITING,
    PLAIN,
    QUESTION,
    SETTING,
    TEXTS,
    TYPES,
    WARNING,
    YES_NO,
    Column,
)
from victim_id.authoring.relevant import constraint, relevant
from victim_id.errors import Problem, WrongContent
from victim_id.instrument.conditions import leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Choice, Question, Section, Setting
from victim_id.language import Language

MOST_SIGNS = 32_767
"""What a cell holds at most (Excel specifications and limits); more would be cut without a word."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_CHOICE_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]")
Row = dict[str, str | int]


def write_workbook(instrument: Instrument, languages: Sequence[Language] = ()) -> bytes:
    """Gives the workbook (XLSX) with sections, questions and settings, translated into `languages` where it can be.

    Raises WrongContent when an id or a text cannot stand in such a workbook.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415

    if problems := [*_names(instrument), *_texts(instrument)]:
        raise WrongContent(problems)
    book = Workbook()
    book.remove(book.active)
    for name, rows in (
        ("survey", _survey(instrument, languages)),
        ("choices", _choices(instrument, languages)),
        ("settings", [_form(instrument)]),
        ("shows", _shows(instrument)),
        ("asked_where", [_setting(setting, languages) for setting in instrument.settings]),
    ):
        _fill(book.create_sheet(name), _headers(name, languages), rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headers(sheet: str, languages: Sequence[Language]) -> list[str]:
    plain, texts = list(PLAIN[sheet]), TEXTS.get(sheet, ())
    at = 2 if sheet in {"survey", "choices"} else 1
    spoken = [
        column.header(*row) for column in texts for row in (("", ""), *((one.name, one.tag) for one in languages))
    ]
    return plain[:at] + spoken + plain[at:]


def _fill(sheet: Any, headers: list[str], rows: Iterable[Row]) -> None:
    """Writes rows as text and numbers; what begins with an equals sign stays a text."""
    sheet.freeze_panes = "C2"
    first: Row = {header: header for header in headers}
    for number, row in enumerate((first, *rows), 1):
        assert set(row) <= set(headers), set(row) - set(headers)
        for at, header in enumerate(headers, 1):
            value = row.get(header, "")
            if value != "":
                cell = sheet.cell(number, at, value)
                cell.data_type = "n" if isinstance(value, int) else "s"


def _survey(instrument: Instrument, languages: Sequence[Language]) -> Iterator[Row]:
    yield {"type": "note", "name": ONLY_FOR_EDITING, f"label::{LANGUAGE}": WARNING}
    for section in instrument.sections:
        yield _group(section, languages)
        for question in section.questions:
            yield _question(question, languages)
        yield {"type": "end_group"}


def _group(section: Section, languages: Sequence[Language]) -> Row:
    row: Row = {"type": "begin_group", "name": section.id, "private": "yes" if section.private else "no"}
    return row | _worded(section, GROUP, section.id, languages)


def _question(question: Question, languages: Sequence[Language]) -> Row:
    row: Row = {
        "type": TYPES[question.kind].format(id=question.id),
        "name": question.id,
        "relevant": relevant(question.asked_when, question.id) if question.asked_when else "",
        "constraint": constraint(question),
        "of": question.of,
        "field": question.field,
        "quick": " ".join(question.quick),
        "asked_when": inline(question.asked_when) if question.asked_when else "",
    }
    if question.kind == "number" or question.least or question.most:
        row |= {"least": question.least, "most": question.most}
    row |= {name: "yes" for name in ("abuse", "child", "free", "site") if getattr(question, name)}
    return row | _worded(question, QUESTION, question.id, languages)


def _choices(instrument: Instrument, languages: Sequence[Language]) -> Iterator[Row]:
    for name, label in YES_NO:
        yield {"list_name": "yes_no", "name": name, f"label::{LANGUAGE}": label}
    for question in instrument.question.values():
        for choice in question.choices:
            row: Row = {"list_name": question.id, "name": choice.id}
            yield row | _worded(choice, CHOICE, f"{question.id}.{choice.id}", languages)


def _shows(instrument: Instrument) -> Iterator[Row]:
    for question in instrument.question.values():
        for shows in question.shows:
            yield {"question": question.id, "sign": shows.sign, "when": inline(shows.when), "route": shows.route}


def _setting(setting: Setting, languages: Sequence[Language]) -> Row:
    row: Row = {
        "setting": setting.id,
        "sections": " ".join(setting.sections),
        "leaves_out": " ".join(setting.leaves_out),
    }
    row |= {flag: "yes" for flag in ("too_early", "secret_place") if getattr(setting, flag)}
    return row | _worded(setting, SETTING, f"setting.{setting.id}", languages)


def _form(instrument: Instrument) -> Row:
    edition = instrument.edition
    return {
        "form_title": f"{edition.id} {edition.number}: for editing only",
        "form_id": edition.id,
        "version": edition.number,
        "default_language": LANGUAGE,
        "fingerprint": instrument.fingerprint,
    }


def english(record: Choice | Question | Section | Setting, column: Column) -> str:
    """Gives the English of a column; where a choice has no wording for the person, the person reads its label."""
    text: str = getattr(record, column.field)
    return text or (record.label if isinstance(record, Choice) else "")


def _worded(
    record: Choice | Question | Section | Setting,
    columns: Iterable[Column],
    context: str,
    languages: Sequence[Language],
) -> Row:
    row: Row = {}
    for column in columns:
        row[column.header()] = getattr(record, column.field)
        for language in languages:
            place, words = f"{context}.{column.field}", english(record, column)
            if words and column.reader and language.has(column.reader, place, words):
                row[column.header(language.name, language.tag)] = language.content(column.reader, place, words)
    return row


def _names(instrument: Instrument) -> Iterator[Problem]:
    """Looks for ids that the ODK tools do not take as names, or that this workbook uses itself."""
    either = "please use letters, digits, full stops and low lines"
    asked = [question for section in instrument.sections for question in section.questions]
    names = [*(section.id for section in instrument.sections), *(question.id for question in asked)]
    for name in names:
        if not _NAME.fullmatch(name) or name in {ONLY_FOR_EDITING, "yes_no", "meta"}:
            yield Problem(f"id {name}", "cannot be a name in a form", either)
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(f"id {name}", "stands more than once", "please give one of them another id")
    for question in asked:
        where = f"question {question.id}"
        conditions = [
            *(shows.when for shows in question.shows),
            *([question.asked_when] if question.asked_when else []),
        ]
        said = [leaf for condition in conditions for _, leaf in leaves(condition, question.id)]
        for name in (
            *(leaf.question for leaf in said),
            *(leaf.has for leaf in said),
            *(one.id for one in question.choices),
        ):
            if name and not _CHOICE_NAME.fullmatch(name):
                yield Problem(where, f"names {name}, which cannot be a name in a form", either)
        if any(" " in name or not name for name in question.quick):
            yield Problem(where, "names a setting with a space in it", either)
    for setting in instrument.settings:
        if any(not _NAME.fullmatch(name) for name in (setting.id, *setting.sections, *setting.leaves_out)):
            yield Problem(f"setting {setting.id}", "holds a name with other signs", either)


def _texts(instrument: Instrument) -> Iterator[Problem]:
    """Looks for texts that a cell cannot hold whole."""
    rows: Mapping[str, Iterable[Row]] = {
        "survey": _survey(instrument, ()),
        "choices": _choices(instrument, ()),
        "shows": _shows(instrument),
        "asked_where": [_setting(setting, ()) for setting in instrument.settings],
    }
    for row in (row for sheet in rows.values() for row in sheet):
        for header, value in row.items():
            where = f"{row.get('name') or row.get('question') or row.get('setting')}: {header}"
            if isinstance(value, str) and len(value) > MOST_SIGNS:
                yield Problem(where, f"is longer than {MOST_SIGNS} signs", "please shorten it")
            if isinstance(value, str) and _NOT_IN_XML.search(value):
                yield Problem(where, "holds a control character", "please remove it")
