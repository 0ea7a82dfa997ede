"""Puts the questions of a workbook back into the files they came from.

What did not change keeps every byte, comments included; a changed question is written anew below its old comments; the
id of a question that was taken out is retired, so that it is never used again.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from victim_id.authoring.as_toml import inline, question_block, section_block, setting_block
from victim_id.authoring.reading import Workbook
from victim_id.errors import WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import fingerprint, read
from victim_id.instrument.shapes import Section, Setting

RETIRED, SETTINGS = "retired.toml", "settings.toml"
WHOLE = {"section.question", "setting"}
"""Tables that hold no others which could stand alone."""

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')


class Block(NamedTuple):
    """A table of a file with the comments above it; what comes before the first table has no header."""

    header: str
    text: str


def merge(files: Mapping[str, bytes], book: Workbook) -> dict[str, bytes]:
    """Gives the files of the edition with the workbook's sections and settings in them.

    Raises WrongInput when the workbook was exported from other files, because their changes would be lost.
    """
    if fingerprint(files) != book.fingerprint:
        raise WrongInput(
            "workbook",
            f"was exported from other files than these (edition {book.edition})",
            "please import it into the files it came from, or export anew",
        )
    old = read(files)
    places = _places(files, old)
    merged = dict(files)
    for path in places.files:
        changed = _file(path, places, old, book)
        if changed is not None:
            merged.pop(path)
            merged |= {path: changed} if changed else {}
    for path, text in _fresh(book, places).items():
        merged[path] = merged.get(path, b"") + text.encode()
    gone = sorted(set(old.question) - {question.id for section in book.sections for question in section.questions})
    if gone:
        merged[RETIRED] = _retired(merged.get(RETIRED, b"").decode(), gone)
    new = read(merged)
    if {one.id: one for one in new.sections} != {one.id: one for one in book.sections} or {
        one.id: one for one in new.settings
    } != {one.id: one for one in book.settings}:
        raise WrongInput("content", "cannot be taken apart safely", "please write texts of several lines with \\n")
    return merged


def split(text: str) -> list[Block]:
    """Takes a file apart into its tables; the blocks put together are the file again."""
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for line in re.split(r"(?<=\n)", text):
        match = _HEADER.match(line)
        if match is None or (blocks[-1][0] in WHOLE and match[1].startswith(f"{blocks[-1][0]}.")):
            blocks[-1][1].append(line)
            continue
        before, above = blocks[-1], list[str]()
        while before[0] and before[1] and (not before[1][-1].strip() or before[1][-1].lstrip().startswith("#")):
            above.insert(0, before[1].pop())
        blocks.append((match[1], [*above, line]))
    return [Block(header, "".join(lines)) for header, lines in blocks]


def comments(text: str) -> str:
    """Gives every comment of a block, one a line, also those behind a value."""
    found = []
    for line in text.split("\n"):
        at = _STRING.sub(lambda match: "_" * len(match[0]), line).find("#")
        if at >= 0:
            found.append(f"{line[at:]}\n")
    return "".join(found)


class _Places(NamedTuple):
    """Where everything stood: the blocks of every file, the file of a section or setting, and each record's own text."""

    files: dict[str, list[Block]]
    homes: dict[tuple[str, str], str]
    texts: dict[tuple[str, str], str]


def _places(files: Mapping[str, bytes], old: Instrument) -> _Places:
    places = _Places({}, {}, {})
    for path, content in sorted(files.items()):
        blocks = split(content.decode())
        if not any(block.header in {"section", "setting"} for block in blocks):
            continue
        places.files[path] = blocks
        for block in blocks:
            if block.header in {"section", "section.question", "setting"}:
                kind, name = block.header.split(".")[-1], _id(path, block)
                places.texts[kind, name] = block.text
                places.homes[kind, name] = path
    found = {kind: [name for one, name in places.texts if one == kind] for kind in ("section", "question", "setting")}
    if found != {"section": list(old.section), "question": list(old.question), "setting": list(old.setting)}:
        raise WrongInput("content", "has tables that cannot be told apart", "please begin every table on its own line")
    return places


def _id(path: str, block: Block) -> str:
    try:
        row: Any = tomllib.loads(block.text)
        for part in block.header.split("."):
            row = row[part][0] if isinstance(row[part], list) else row[part]
        return str(row["id"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        where = f"{path}: {block.header}"
        raise WrongInput(where, "cannot be told apart from what is around it", "please close its text first") from None


def _file(path: str, places: _Places, old: Instrument, book: Workbook) -> bytes | None:
    """Gives a file with what the workbook says; empty when nothing is left in it, None when nothing changed."""
    sections = [one for one in book.sections if places.homes.get(("section", one.id)) == path]
    settings = [one for one in book.settings if places.homes.get(("setting", one.id)) == path]
    if sections == [one for one in old.sections if places.homes["section", one.id] == path] and settings == [
        one for one in old.settings if places.homes["setting", one.id] == path
    ]:
        return None
    rest = [
        block for block in places.files[path] if block.header and not block.header.startswith(("section", "setting"))
    ]
    if not (sections or settings or rest):
        return b""
    head = places.files[path][0].text
    parts = [*(_section(one, places, old) for one in sections), *(_setting(one, places, old) for one in settings)]
    return "".join([head, *parts, *(block.text for block in rest)]).encode()


def _fresh(book: Workbook, places: _Places) -> dict[str, str]:
    """Gives the sections and settings that stood in no file yet, under the path where they belong."""
    empty = places._replace(homes={})
    found = {
        f"sections/{one.id}.toml": _section(one, empty, None)
        for one in book.sections
        if ("section", one.id) not in places.homes
    }
    settings = [one for one in book.settings if ("setting", one.id) not in places.homes]
    return found | ({SETTINGS: "".join(_setting(one, empty, None) for one in settings)} if settings else {})


def _section(section: Section, places: _Places, old: Instrument | None) -> str:
    before = old.section.get(section.id) if old else None
    same = before is not None and section_block(before) == section_block(section)
    parts = [_text(("section", section.id), section_block(section), places, same=same)]
    for question in section.questions:
        same = old is not None and old.question.get(question.id) == question
        parts.append(_text(("question", question.id), question_block(question), places, same=same))
    return "".join(parts)


def _setting(setting: Setting, places: _Places, old: Instrument | None) -> str:
    same = old is not None and old.setting.get(setting.id) == setting
    return _text(("setting", setting.id), setting_block(setting), places, same=same)


def _text(key: tuple[str, str], written: str, places: _Places, *, same: bool) -> str:
    """Gives a block as it stood when it is the same, otherwise anew below its old comments."""
    before = places.texts.get(key, "")
    if same:
        return before if before.endswith("\n") else f"{before}\n"
    return f"\n{comments(before)}{written}"


def _retired(before: str, gone: Iterable[str]) -> bytes:
    names = sorted({*tomllib.loads(before).get("retired", []), *gone})
    head = comments(before) or "# Ids of questions that are no longer asked; never used again.\n"
    return f"{head}retired = {inline(tuple(names))}\n".encode()
