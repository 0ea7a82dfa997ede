"""Reads indicators/ strictly into an Instrument: every problem with where it is, what it is and what would be right."""

import difflib
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from victim_id.errors import Problem, TooLarge, WrongContent, WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.rules import Rules
from victim_id.instrument.shapes import (
    Card,
    Dimension,
    Edition,
    Field,
    IloSign,
    Indicator,
    PersonText,
    Profile,
    Question,
    Recipient,
    Reporting,
    Section,
    Setting,
    UrgentSign,
    Variant,
)
from victim_id.instrument.toml import read_toml
from victim_id.outside import read_outside
from victim_id.record import Record

R = TypeVar("R", bound=Record)

TABLES: dict[str, tuple[str, type[Record]]] = {
    "dimension": ("dimensions", Dimension),
    "indicator": ("indicators", Indicator),
    "ilo": ("ilo", IloSign),
    "urgent": ("urgent", UrgentSign),
    "section": ("sections", Section),
    "setting": ("settings", Setting),
    "profile": ("profiles", Profile),
    "recipient": ("recipients", Recipient),
    "field": ("fields", Field),
    "variant": ("variants", Variant),
    "text": ("texts", PersonText),
    "card": ("cards", Card),
    "reporting": ("reporting", Reporting),
}
"""Which array of tables of the files becomes which part of the Instrument; a file may hold any of them."""

MOST_BYTES, MOST_FILES = 4 * 1024 * 1024, 2000
TRAINING = "training/"


def load(folder: Path) -> Instrument:
    """Reads every *.toml below `folder` but training/; raises WrongContent with all problems found."""
    return read(content_of(folder))


def content_of(folder: Path, *, training: bool = False) -> dict[str, bytes]:
    """Gives the files an edition is made of, by their path below `folder` with `/`, sorted; with training cases if wanted.

    Raises WrongInput where it is no folder, and TooLarge for a file or a number of files beyond their bounds.
    """
    if not folder.is_dir():
        raise WrongInput(folder.name, "is no folder", "please give a folder of content")
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.toml")}
    wanted = sorted(name for name in paths if training or not name.startswith(TRAINING))
    if len(wanted) > MOST_FILES:
        raise TooLarge(folder.name, f"holds more than the {MOST_FILES} files that are read")
    return {name: read_outside(paths[name], MOST_BYTES) for name in wanted}


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Gives SHA-256 over the sorted lines of `sha256sum` of the files, paths relative with `/`, as 64 hex digits."""
    lines = sorted(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read(files: Mapping[str, bytes]) -> Instrument:
    """Reads the files of an edition, given as relative path to bytes; the same files again are not read anew."""
    return _read(tuple(sorted(files.items())))


@lru_cache(2)
def _read(files: tuple[tuple[str, bytes], ...]) -> Instrument:
    problems: list[Problem] = []
    parts: dict[str, list[Record]] = {name: [] for name, _ in TABLES.values()}
    edition: Edition | None = None
    rules: Rules | None = None
    retired: list[str] = []
    for path, data in files:
        document = _parse(path, data, problems)
        if "edition" in document:
            edition = _row(path, "edition", document.pop("edition"), Edition, problems)
        if "rules" in document:
            rules = _row(path, "rules", document.pop("rules"), Rules, problems)
        retired += _retired(path, document.pop("retired", []), problems)
        for name, rows in document.items():
            _table(path, name, rows, parts, problems)
    if edition is None:
        problems.append(
            Problem("edition.toml", "no edition is given", "please write [edition] with id, number and made")
        )
    if problems or edition is None:
        raise WrongContent(problems)
    return Instrument(
        edition=edition,
        fingerprint=fingerprint(dict(files)),
        retired=tuple(retired),
        rules=rules or Rules(),
        **{name: tuple(rows) for name, rows in parts.items()},  # type: ignore[arg-type]  # each list holds its kind
    )


def _parse(path: str, data: bytes, problems: list[Problem]) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        problems.append(Problem(path, f"is larger than {MOST_BYTES} bytes", "please split it"))
        return {}
    try:
        return read_toml(data)
    except WrongInput as wrong:
        problems.append(Problem(path, wrong.what, wrong.either))
        return {}


def _retired(path: str, ids: Any, problems: list[Problem]) -> list[str]:
    if isinstance(ids, list) and all(isinstance(one, str) for one in ids):
        return ids
    problems.append(Problem(f"{path}: retired", "is not a list of ids", 'please write retired = ["section.word"]'))
    return []


def _table(path: str, name: str, rows: Any, parts: dict[str, list[Record]], problems: list[Problem]) -> None:
    if name not in TABLES:
        known = _nearest(name, TABLES)
        problems.append(Problem(path, f"has a table [[{name}]] that nothing reads", f"please either write {known}"))
        return
    if not isinstance(rows, list):
        problems.append(Problem(path, f"[{name}] stands alone", f"please either write [[{name}]] or remove it"))
        return
    part, kind = TABLES[name]
    for row in rows:
        record = _row(path, name, row, kind, problems)
        if record is not None:
            parts[part].append(record)


def _row(path: str, name: str, row: Any, kind: type[R], problems: list[Problem]) -> R | None:
    """Reads one table; questions are read one by one, so that each problem names its own id."""
    if not isinstance(row, dict):
        problems.append(Problem(path, f"{name} is not a table", f"please either write [[{name}]] or remove it"))
        return None
    if kind is Section and isinstance(row.get("question"), list):
        questions = [_row(path, "question", question, Question, problems) for question in row.pop("question")]
        section = _row(path, name, row, kind, problems)
        if section is None or None in questions:
            return None
        return msgspec.structs.replace(section, questions=tuple(questions))
    try:
        return msgspec.convert(row, type=kind)
    except (msgspec.ValidationError, RecursionError) as error:
        who = row.get("id") or row.get("key") or row.get("name") or "without id"
        problems.append(Problem(f"{path}: {name} {who}", *_advice(str(error), kind)))
        return None


def _advice(text: str, kind: type[Record]) -> tuple[str, str]:
    """Turns a validation error into what is wrong and what would be right."""
    what, _, where = text.partition(" - at ")
    place = where.strip("`").removeprefix("$.").removeprefix("$")
    fact = f"{what} in {place}" if place else what
    if "unknown field" in what:
        wrong = what.split("`")[1]
        names = [field.encode_name for field in msgspec.structs.fields(kind)] if not place else []
        return fact, f"please either write {_nearest(wrong, names)} or remove it" if names else "please remove it"
    if "missing required field" in what:
        return fact, f"please add {what.split('`')[1]}"
    return fact, "please write a value of the kind it asks for"


def _nearest(word: str, known: Any) -> str:
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.5) or sorted(known)
    return " or ".join(near)
