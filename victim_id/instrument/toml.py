"""TOML from outside: looked over before it is parsed, so that no file costs more than its size; refusals in our words."""

import re
import tomllib
from typing import Any

from victim_id.errors import WrongInput

MOST_PARTS, MOST_DEPTH, MOST_ENTRIES, MOST_TABLES = 16, 32, 100_000, 20_000
"""How long a dotted key may be, how deep brackets may stand in each other, how many keys and tables a file may hold."""

_TEXTS = re.compile(
    r"""
    \"{3} (?:[^\\] | \\.)*? (?:\"{3,5} | \Z)
    | '{3} .*? (?:'{3,5} | \Z)
    | \" (?:[^\"\\\n] | \\.)* \"?
    | ' [^'\n]* '?
    | \# [^\n]*
    """,
    re.DOTALL | re.VERBOSE,
)
"""Strings of the four kinds and comments (TOML 1.0), whole; one without an end goes as far as it could."""
_DOTTED = re.compile(rf"(?:\.[^.=,{{}}\[\]\n]*){{{MOST_PARTS}}}")
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def read_toml(content: bytes) -> dict[str, Any]:
    """Gives a TOML document; raises WrongInput, without a place, for one that is none or goes beyond the bounds."""
    try:
        text = content.decode()
        _look_over(text)
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers and dates that Python cannot hold
        raise WrongInput("", f"cannot be read as TOML: {error}", "please mend the line it names") from None


def _look_over(text: str) -> None:
    """Looks at everything but strings and comments once, from left to right."""
    bare = _TEXTS.sub("s", text.replace("\r\n", "\n"))
    depth = deepest = 0
    for sign in re.findall(r"[\[\]{}]", bare):
        depth = depth + 1 if sign in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    if _DOTTED.search(bare):
        raise WrongInput("", f"has a key of more than {MOST_PARTS} parts", "please write its tables one by one")
    if deepest > MOST_DEPTH:
        raise WrongInput("", f"has brackets more than {MOST_DEPTH} deep", "please write it flatter")
    if bare.count("=") > MOST_ENTRIES or len(_TABLE.findall(bare)) > MOST_TABLES:
        raise WrongInput("", f"has more than {MOST_ENTRIES} keys or {MOST_TABLES} tables", "please split it")
