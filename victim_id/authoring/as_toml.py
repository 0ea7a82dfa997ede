"""Records of the content as TOML, in the way that authors write them: one key a line, defaults left out."""

import json
from typing import Any

import msgspec

from victim_id.errors import WrongInput
from victim_id.instrument.shapes import Condition, Question, Section, Setting
from victim_id.instrument.toml import read_toml
from victim_id.record import Record


def inline(value: Any) -> str:
    """Gives a value as TOML on one line; records become inline tables without their defaults."""
    if isinstance(value, Record):
        rows = ", ".join(f"{name} = {inline(part)}" for name, part in _given(value))
        return f"{{ {rows} }}" if rows else "{}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(inline(part) for part in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def condition_of(text: str) -> Condition:
    """Reads a condition that `inline` wrote or an author did; raises ValueError with what is wrong."""
    try:
        document = read_toml(f"condition = {text}".encode())
        if list(document) != ["condition"]:
            raise ValueError("holds more than one condition")
        return msgspec.convert(document["condition"], type=Condition)
    except WrongInput as wrong:
        raise ValueError(f"is not a condition: it {wrong.what}") from None
    except msgspec.ValidationError as error:
        raise ValueError(f"is not a condition: {error}") from None
    except RecursionError:
        raise ValueError("is not a condition: it is nested too deeply") from None


def question_block(question: Question) -> str:
    """Gives a question as the block that stands in a section's file."""
    return _block("section.question", question)


def section_block(section: Section) -> str:
    """Gives the head of a section, without its questions."""
    return _block("section", msgspec.structs.replace(section, questions=()))


def setting_block(setting: Setting) -> str:
    """Gives a setting as it stands in settings.toml."""
    return _block("setting", setting)


def _block(name: str, record: Record) -> str:
    return "".join([f"[[{name}]]\n", *(f"{key} = {_across(value)}\n" for key, value in _given(record))])


def _across(value: Any) -> str:
    """Gives an array of tables, and a long array, with a line for each element."""
    flat = inline(value)
    if isinstance(value, tuple) and value and (isinstance(value[0], Record) or len(flat) > 100):
        return "[\n" + "".join(f"    {inline(part)},\n" for part in value) + "]"
    return flat


def _given(record: Record) -> list[tuple[str, Any]]:
    """Gives the fields of a record that differ from their default, under the names that authors write."""
    rows = ((field, getattr(record, field.name)) for field in msgspec.structs.fields(record))
    return [
        (field.encode_name, value)
        for field, value in rows
        if value is not None and (field.required or value != field.default)
    ]
