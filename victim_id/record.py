"""The immutable base of everything that is written down, and its bytes.

Records refuse unknown fields; their repr names the kind only, because reprs end up in logs.
"""

from typing import Any, TypeVar, dataclass_transform

import msgspec

from victim_id.errors import Damaged, Newer, NotAPackage, TooLarge

R = TypeVar("R", bound="Record")


@dataclass_transform(frozen_default=True, kw_only_default=False, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that is written down. Subclasses give their fields and types; nothing else is accepted."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> Any:
        return iter(())


def encode(record: Any) -> bytes:
    """Gives the canonical JSON of a record or of plain values: UTF-8, keys sorted, no spaces."""
    return msgspec.json.encode(record, order="sorted")


def decode(kind: type[R], data: bytes, where: str) -> R:
    """Reads canonical JSON back into a record; anything else raises Damaged with `where`."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged(where, f"not a {kind.__name__}: {_without_values(error)}") from None


def encode_file(name: str, version: int, record: Record) -> bytes:
    """Gives the bytes of a file format: the first key names the format and its version, the others are sorted."""
    body = encode(record)
    head = encode({name: version})
    return head if body == b"{}" else head[:-1] + b"," + body[1:]


def decode_file(name: str, version: int, kind: type[R], data: bytes, where: str, most: int) -> R:
    """Reads a file format of at most `most` bytes: NotAPackage, Newer, TooLarge and Damaged are told apart."""
    if len(data) > most:
        raise TooLarge(where, f"{len(data)} bytes; at most {most} are read")
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Damaged(where, "not readable as JSON") from None
    if not isinstance(raw, dict) or name not in raw:
        raise NotAPackage(where, f"the key {name} is missing")
    found = raw.pop(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise Damaged(where, f"{name} is not a version number")
    if found > version:
        raise Newer(where, f"{name} {found}; this program reads up to {version}")
    try:
        return msgspec.convert(raw, type=kind)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Damaged(where, f"not a {kind.__name__}: {_without_values(error)}") from None


def _without_values(error: Exception) -> str:
    """Keeps the place of a decoding error and drops the value, which may be an answer."""
    text = str(error)
    return text.rpartition(" - at ")[2] if " - at " in text else type(error).__name__
