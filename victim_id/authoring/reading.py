"""Reads back what `workbook` wrote and somebody edited: strictly, every problem with its sheet, row and column.

A condition is read from its exact column; where the expression for the ODK tools says something else, it is refused.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from victim_id.authoring.as_toml import condition_of
from victim_id.authoring.columns import (
    CHOICE,
    GROUP,
    ONLY_FOR_EDITING,
    PLAIN,
    QUESTION,
    SETTING,
    TEXTS,
    TYPES,
    YES_NO,
    Column,
    Translation,
)
from victim_id.authoring.relevant import constraint, relevant
from victim_id.authoring.workbook import english
from victim_id.errors import NotAPackage, Problem, TooLarge, WrongContent
from victim_id.instrument.shapes import Choice, Condition, Question, Section, Setting, Shows
from victim_id.record import Record

MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 16 * 1024**2, 128 * 1024**2, 20_000
R = TypeVar("R", bound=Record)
_TRANSLATED = re.compile(r"(?:(label|hint)::.* \(([A-Za-z0-9-]+)\)|([a-z]+)_([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*))")


class Workbook(Record, kw_only=True):
    """What a workbook says: sections with their questions, settings, translations, and which edition it came from."""

    edition: str
    fingerprint: str
    sections: tuple[Section, ...]
    settings: tuple[Setting, ...]
    translations: tuple[Translation, ...] = ()


class _Row(NamedTuple):
    sheet: str
    number: int
    cells: dict[str, Any]


def read_workbook(content: bytes, where: str = "workbook") -> Workbook:
    """Reads a workbook; raises NotAPackage, TooLarge, or WrongContent with all problems found."""
    sheets = _sheets(content, where)
    reading = _Reading(sheets)
    book = reading.book()
    if reading.problems or book is None:
        raise WrongContent(reading.problems)
    return book


def _sheets(content: bytes, where: str) -> dict[str, list[list[Any]]]:
    """Gives the cells of every sheet we know, within bounds that are tested before anything is unpacked."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415  a tool of authors

    if len(content) > MOST_BYTES:
        raise TooLarge(where, f"{len(content)} bytes; at most {MOST_BYTES} are read")
    try:
        _check_size(content, where)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        found = {name: _cells(book[name], where) for name in PLAIN if name in book.sheetnames}
    except TooLarge:
        raise
    except Exception:  # noqa: BLE001  the library raises what it stumbles over
        raise NotAPackage(where, "is not a workbook that can be read") from None
    missing = [name for name in PLAIN if name not in found]
    if missing:
        either = "please import a workbook that this program exported"
        raise WrongContent([Problem(f"sheet {name}", "is missing", either) for name in missing])
    return found


def _check_size(content: bytes, where: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise TooLarge(where, f"unpacks to more than {MOST_UNPACKED} bytes")


def _cells(sheet: Any, where: str) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for row in sheet.iter_rows():
        if len(rows) >= MOST_ROWS:
            raise TooLarge(where, f"has more than {MOST_ROWS} rows in a sheet")
        rows.append([_Formula if cell.data_type == "f" else cell.value for cell in row])
    return rows


class _Formula:
    """Stands for a cell that holds a formula."""


class _Reading:
    """One pass over a workbook: rows become records, and every problem is kept."""

    def __init__(self, sheets: dict[str, list[list[Any]]]) -> None:
        self.problems: list[Problem] = []
        self.translations: list[Translation] = []
        self._languages: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self.rows = {name: self._rows(name, rows) for name, rows in sheets.items()}

    def book(self) -> Workbook | None:
        """Gives the whole, or None where there are problems."""
        form = self.rows["settings"][0] if self.rows["settings"] else _Row("settings", 2, {})
        choices, shows = self._choices(), self._shows()
        sections = tuple(self._sections(choices, shows))
        self._left_over(choices, shows, {question.id for section in sections for question in section.questions})
        settings = tuple(filter(None, (self._setting(row) for row in self.rows["asked_where"])))
        edition, fingerprint = self._text(form, "version"), self._text(form, "fingerprint")
        if not re.fullmatch(r"[0-9a-f]{64}", fingerprint):
            self._problem(form, "fingerprint", "is no fingerprint", "please leave it as it was exported")
        if self.problems:
            return None
        return Workbook(
            edition=edition,
            fingerprint=fingerprint,
            sections=sections,
            settings=settings,
            translations=tuple(self.translations),
        )

    # --- rows and cells ---------------------------------------------------------------------------------------------

    def _rows(self, sheet: str, rows: list[list[Any]]) -> list[_Row]:
        headers = [str(header) if header is not None else "" for header in (rows[0] if rows else [])]
        self._headers(sheet, headers)
        found = []
        for number, cells in enumerate(rows[1:], 2):
            given = {
                header: cell for header, cell in zip(headers, cells, strict=False) if cell is not None and cell != ""
            }
            if "" in given:
                self.problems.append(
                    Problem(
                        f"sheet {sheet}, row {number}", "holds something in a column without a name", "please remove it"
                    )
                )
            if given:
                found.append(_Row(sheet, number, given))
        return found

    def _headers(self, sheet: str, headers: Sequence[str]) -> None:
        texts = TEXTS.get(sheet, ())
        wanted = {*PLAIN[sheet], *(column.header() for column in texts)}
        languages = self._languages[sheet] = {column.name: [] for column in texts}
        for header in headers:
            match = _TRANSLATED.fullmatch(header)
            named, tag = ((match[1] or match[3]), (match[2] or match[4])) if match else ("", "")
            column = next((column for column in texts if column.name == named), None)
            where = f"sheet {sheet}, column {header}"
            if headers.count(header) > 1 and header:
                self.problems.append(Problem(where, "stands more than once", "please remove one of them"))
            elif header in wanted or not header:
                continue
            elif column is None:
                self.problems.append(Problem(where, "is a column that nothing reads", "please remove it"))
            else:
                languages[column.name].append((header, tag))
        for header in sorted(wanted - set(headers)):
            self.problems.append(Problem(f"sheet {sheet}, column {header}", "is missing", "please put it back"))

    def _problem(self, row: _Row, column: str, what: str, either: str) -> None:
        place = f", column {column}" if column else ""
        self.problems.append(Problem(f"sheet {row.sheet}, row {row.number}{place}", what, either))

    def _text(self, row: _Row, column: str) -> str:
        value = row.cells.get(column, "")
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
            return str(int(value))
        what = "holds a formula" if value is _Formula else "is not a text"
        self._problem(row, column, what, "please write it as text")
        return ""

    def _number(self, row: _Row, column: str) -> int:
        text = self._text(row, column).strip() or "0"
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            self._problem(row, column, f"says {text}", "please write a whole number")
            return 0
        return int(text)

    def _flag(self, row: _Row, column: str) -> bool:
        value = row.cells.get(column, "")
        if value in ("yes", "no", "") or isinstance(value, bool):
            return value is True or value == "yes"
        self._problem(row, column, "says neither yes nor no", "please write yes or no, or leave it empty")
        return False

    def _condition(self, row: _Row, column: str) -> Condition | None:
        text = self._text(row, column)
        if not text.strip():
            return None
        try:
            return condition_of(text)
        except ValueError as error:
            self._problem(row, column, str(error), 'please write it as { question = "…", is = "yes" }')
            return None

    def _record(self, row: _Row, kind: type[R], fields: dict[str, Any]) -> R | None:
        try:
            return msgspec.convert(fields, type=kind)
        except msgspec.ValidationError as error:
            what, _, place = str(error).partition(" - at `$.")
            self._problem(row, place.rstrip("`"), what, "please write a value of the kind it asks for")
            return None

    def _texts(self, row: _Row, columns: Sequence[Column]) -> dict[str, str]:
        return {column.field: self._text(row, column.header()) for column in columns}

    def _translated(self, row: _Row, record: Any, columns: Sequence[Column], context: str) -> None:
        for column in columns:
            for header, tag in self._languages[row.sheet][column.name]:
                words, original = self._text(row, header), english(record, column)
                if words and column.reader and original:
                    place = f"{context}.{column.field}"
                    self.translations.append(Translation(tag, column.reader, place, original, words))

    # --- sheets -----------------------------------------------------------------------------------------------------

    def _sections(self, choices: dict[str, list[Choice]], shows: dict[str, list[Shows]]) -> Iterator[Section]:
        section: Section | None = None
        questions: list[Question] = []
        opened: _Row | None = None
        for row in self.rows["survey"]:
            kind = self._text(row, "type")
            if kind == "begin_group":
                if opened:
                    self._problem(row, "type", "begins a group inside a group", "please end the one before first")
                section, questions, opened = self._section(row), [], row
            elif kind == "end_group":
                if not opened:
                    self._problem(row, "type", "ends a group that did not begin", "please remove it")
                if section:
                    yield msgspec.structs.replace(section, questions=tuple(questions))
                section, opened = None, None
            elif kind == "note" and self._text(row, "name") == ONLY_FOR_EDITING:
                continue
            elif not opened:
                self._problem(row, "type", "stands outside a group", "please move it into a section")
            elif question := self._question(row, kind, choices, shows):
                questions.append(question)
        if opened:
            self._problem(opened, "type", "begins a group that does not end", "please add end_group")

    def _section(self, row: _Row) -> Section | None:
        self._only(row, {"type", "name", "private"}, GROUP)
        fields = {"id": self._text(row, "name"), "private": self._flag(row, "private")}
        section = self._record(row, Section, fields | self._texts(row, GROUP))
        if section:
            self._translated(row, section, GROUP, section.id)
        return section

    def _question(
        self, row: _Row, written: str, choices: dict[str, list[Choice]], shows: dict[str, list[Shows]]
    ) -> Question | None:
        name = self._text(row, "name")
        kind = next((kind for kind, of_odk in TYPES.items() if of_odk.format(id=name) == written), "")
        if not kind:
            either = f"please write one of {', '.join(TYPES.values()).format(id=name)}"
            self._problem(row, "type", f"says {written or 'nothing'}", either)
            return None
        self._only(row, set(PLAIN["survey"]) - {"private"}, QUESTION)
        condition = self._condition(row, "asked_when")
        fields: dict[str, Any] = {
            "id": name,
            "kind": kind,
            "of": self._text(row, "of") or "person",
            "least": self._number(row, "least"),
            "most": self._number(row, "most"),
            "field": self._text(row, "field"),
            "quick": tuple(self._text(row, "quick").split()),
        }
        fields |= {flag: self._flag(row, flag) for flag in ("abuse", "child", "free", "site")}
        question = self._record(row, Question, fields | self._texts(row, QUESTION))
        if question is None:
            return None
        self._same(row, "relevant", relevant(condition, name) if condition else "", "asked_when")
        self._same(row, "constraint", constraint(question), "least and most")
        self._translated(row, question, QUESTION, name)
        for choice, its_row in self._choice_rows.get(name, []):
            self._translated(its_row, choice, CHOICE, f"{name}.{choice.id}")
        return msgspec.structs.replace(
            question, asked_when=condition, choices=tuple(choices.get(name, [])), shows=tuple(shows.get(name, []))
        )

    def _only(self, row: _Row, plain: set[str], texts: Sequence[Column]) -> None:
        """Refuses a filled cell that a row of this kind does not have."""
        headers = {column.header() for column in texts}
        headers |= {header for column in texts for header, _ in self._languages[row.sheet][column.name]}
        for header in row.cells:
            if header and header not in plain | headers and header in self._known(row.sheet):
                self._problem(row, header, "is filled in a row that does not have it", "please empty the cell")

    def _known(self, sheet: str) -> set[str]:
        texts = {header for rows in self._languages[sheet].values() for header, _ in rows}
        return {*PLAIN[sheet], *(column.header() for column in TEXTS.get(sheet, ())), *texts}

    def _same(self, row: _Row, column: str, wanted: str, exact: str) -> None:
        """Refuses an expression of the ODK tools that does not say what the exact column says."""
        if " ".join(self._text(row, column).split()) != wanted:
            either = f"please write it in {exact}, and here {wanted or 'nothing'}"
            self._problem(row, column, f"does not say what {exact} says", either)

    def _choices(self) -> dict[str, list[Choice]]:
        found: dict[str, list[Choice]] = {}
        self._choice_rows: dict[str, list[tuple[Choice, _Row]]] = {}
        for row in self.rows["choices"]:
            name, fields = self._text(row, "list_name"), {"id": self._text(row, "name")}
            if name == "yes_no":
                if fields["id"] not in dict(YES_NO):
                    self._problem(row, "name", "is added to yes_no", "please make it a choice question of its own")
                continue
            choice = self._record(row, Choice, fields | self._texts(row, CHOICE))
            if choice:
                found.setdefault(name, []).append(choice)
                self._choice_rows.setdefault(name, []).append((choice, row))
        return found

    def _shows(self) -> dict[str, list[Shows]]:
        found: dict[str, list[Shows]] = {}
        for row in self.rows["shows"]:
            when = self._condition(row, "when")
            if when is None:
                if not self._text(row, "when").strip():
                    self._problem(row, "when", "is empty", 'please write when it is shown, such as { is = "yes" }')
                continue
            fields = {"sign": self._text(row, "sign"), "route": self._text(row, "route"), "when": Condition()}
            shown = self._record(row, Shows, fields)
            if shown:
                found.setdefault(self._text(row, "question"), []).append(msgspec.structs.replace(shown, when=when))
        return found

    def _left_over(self, choices: dict[str, list[Choice]], shows: dict[str, list[Shows]], asked: set[str]) -> None:
        """Refuses choices and signs of questions that are not in the survey."""
        rows: list[tuple[str, str, Callable[[_Row], str]]] = [
            ("choices", "list_name", lambda row: self._text(row, "list_name")),
            ("shows", "question", lambda row: self._text(row, "question")),
        ]
        for sheet, column, name_of in rows:
            for row in self.rows[sheet]:
                name = name_of(row)
                if name not in asked and name != "yes_no" and (name in choices or name in shows):
                    self._problem(row, column, f"names {name}, which is not asked", "please correct or remove the row")

    def _setting(self, row: _Row) -> Setting | None:
        fields: dict[str, Any] = {
            "id": self._text(row, "setting"),
            "sections": tuple(self._text(row, "sections").split()),
            "leaves_out": tuple(self._text(row, "leaves_out").split()),
            "too_early": self._flag(row, "too_early"),
            "secret_place": self._flag(row, "secret_place"),
        }
        setting = self._record(row, Setting, fields | self._texts(row, SETTING))
        if setting:
            self._translated(row, setting, SETTING, f"setting.{setting.id}")
        return setting
