"""The walls: each word has one room that may say it, and no name hides what a thing is."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "victim_id").rglob("*.py"))

ONLY_IN = {
    r"\bPySide6\b|\bshiboken6\b": r"ui/",
    r"\bsqlcipher3\b": r"vault/|register/",
    r"\.execute(many|script)?\(": r"vault/|register/|referral/paper/fonts",  # there it is HarfBuzz that executes a subset
    r"\bimport cryptography|\bfrom cryptography|\bpyrage\b": r"sealing\.py",
    r"\breportlab\b|\buharfbuzz\b": r"referral/paper/",
    r"\bpypdfium2\b": r"referral/paper/",
    r"setStyleSheet": r"ui/theme\.py",
    r"datetime\.now\(": r"__main__\.py|vault_commands\.py|ui/app\.py|ui/demo\.py",
    r"\bzxcvbn\b": r"guessing\.py",
    r"\bsegno\b": r"referral/",
}
"""A word, and the only places that may say it."""

NOWHERE = r"^\s*(import|from) (socket|http|urllib|ssl|ftplib|smtplib|asyncio|xmlrpc|telnetlib|requests)\b|QtNetwork"
"""The offline promise: no part of the program names a way to the network."""

BANNED = {
    "manager",
    "helper",
    "util",
    "utils",
    "handler",
    "controller",
    "common",
    "base",
    "misc",
    "data",
    "info",
    "process",
}
LIBRARY_NAMES = {"data", "headerData", "process", "processEvents", "setData", "data_changed", "dataChanged", "base_of"}


def place(path: Path) -> str:
    return path.relative_to(ROOT / "victim_id").as_posix()


@pytest.mark.parametrize("word", ONLY_IN)
def test_a_word_is_said_only_in_its_room(word: str) -> None:
    elsewhere = [
        place(path)
        for path in SOURCES
        if re.search(word, path.read_text("utf-8")) and not re.match(ONLY_IN[word], place(path))
    ]
    assert elsewhere == []


def test_nothing_in_the_program_names_the_network() -> None:
    found = [place(path) for path in SOURCES if re.search(NOWHERE, path.read_text("utf-8"), re.MULTILINE)]
    assert found == []


def test_no_name_of_ours_says_manager_or_data() -> None:
    found = []
    for path in SOURCES:
        words = set(re.split(r"[_/.]", place(path)))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                words |= {
                    word.lower() for word in re.findall(r"[A-Z]?[a-z]+", node.name) if node.name not in LIBRARY_NAMES
                }
        found += [(place(path), word) for word in sorted(words & BANNED)]
    assert found == []


def test_every_wall_names_the_whole_program_and_the_one_room_that_may() -> None:
    """A contract that lists rooms forgets the next one; the layers name every room, or the contract breaks."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers, *walls = contracts
    assert (layers["containers"], layers["exhaustive"]) == (["victim_id"], True)
    may = {"cryptography": "sealing", "pyrage": "sealing", "sqlcipher3": "vault", "PySide6": "ui", "shiboken6": "ui"}
    may |= {"reportlab": "referral.paper", "uharfbuzz": "referral.paper"}
    named = {}
    for wall in walls:
        assert wall["source_modules"] == ["victim_id"]
        for line in wall["ignore_imports"]:
            room, library = line.removeprefix("victim_id.").split(" -> ")
            named[library] = room.removesuffix(".**")
        assert {line.split(" -> ")[1] for line in wall["ignore_imports"]} == set(wall["forbidden_modules"])
    assert named == may


def test_every_room_says_its_promise_in_its_first_lines() -> None:
    silent = [
        place(path)
        for path in SOURCES
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_a_file_is_short_enough_to_be_read_like_a_page() -> None:
    long = {place(path): count for path in SOURCES if (count := len(path.read_text("utf-8").splitlines())) > 450}
    assert long == {}


def test_no_rule_of_the_program_names_a_country() -> None:
    named = [place(path) for path in SOURCES if re.search(r"[=!]= ?\"(BE|LU|NL|INT)\"", path.read_text("utf-8"))]
    assert named == []
