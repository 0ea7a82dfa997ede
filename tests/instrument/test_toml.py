"""TOML from outside costs no more than its size: what would hang the parser is refused before it is parsed."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victim_id.errors import Failure, WrongInput
from victim_id.instrument.load import content_of, read
from victim_id.instrument.toml import MOST_DEPTH, MOST_PARTS, MOST_TABLES, read_toml
from victim_id.resources import shipped

MEGABYTES = 2 * 1024 * 1024


def long_key(parts: int) -> str:
    return ".".join("a" * parts)


@pytest.mark.parametrize(
    "text",
    [
        f"{long_key(MEGABYTES // 2)} = 1",
        f"[{long_key(MEGABYTES // 2)}]",
        f"[[{long_key(MEGABYTES // 2)}]]",
        f"x = {{ {long_key(MEGABYTES // 2)} = 1 }}",
        ".".join(['a."="'] * 1000) + " = 1",
        f"{'. '.join('a' * 1000)} = 1",
        f"x = {'[' * 100_000}",
        f"x = {'{a=' * 100_000}",
        "[[a]]\n" * (MOST_TABLES + 1),
        "\n".join(f"a{number} = 1" for number in range(100_001)),
    ],
    ids=["key", "table", "array", "inline", "quoted", "spaced", "brackets", "braces", "tables", "keys"],
)
def test_what_would_hang_the_parser_is_refused_before_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: the parser is never asked."""
    asked: list[str] = []
    monkeypatch.setattr(tomllib, "loads", asked.append)
    with pytest.raises(WrongInput, match="more than"):
        read_toml(text.encode())
    assert asked == []


def test_the_bounds_themselves_are_read() -> None:
    assert read_toml(f"{long_key(MOST_PARTS)} = 1".encode()) == tomllib.loads(f"{long_key(MOST_PARTS)} = 1")
    with pytest.raises(WrongInput):
        read_toml(f"{long_key(MOST_PARTS + 1)} = 1".encode())
    deep = f"x = {'[' * MOST_DEPTH}{']' * MOST_DEPTH}"
    assert read_toml(deep.encode()) == tomllib.loads(deep)


@pytest.mark.parametrize(
    "text",
    [
        'x = "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a [[[ {{{"',
        "x = 'a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a'",
        'x = """\n' + '....................... " "" [[[\n' + '"""',
        "x = '''\n.......................\n'''''",
        '# ...............................\nx = """a"""""',
        'x = "\\"......................"',
    ],
)
def test_dots_and_brackets_in_texts_and_comments_are_only_words(text: str) -> None:
    assert read_toml(text.encode()) == tomllib.loads(text)


@pytest.mark.parametrize("value", ["1" * 5000, "2020-02-30", "99:99:99"])
def test_a_value_that_no_machine_holds_is_a_problem_of_the_file_and_no_bug(value: str) -> None:
    with pytest.raises(WrongInput, match="cannot be read as TOML"):
        read_toml(f"x = {value}".encode())


@given(st.text(alphabet="ab.=[]{}\"'#\\\n ,1", max_size=80))
@settings(max_examples=200)
def test_any_text_is_read_as_the_parser_reads_it_or_refused(text: str) -> None:
    try:
        found = read_toml(text.encode())
    except Failure:
        return
    assert found == tomllib.loads(text)


def test_the_shipped_content_is_far_within_the_bounds() -> None:
    for content in content_of(shipped("indicators"), training=True).values():
        assert read_toml(content) == tomllib.loads(content.decode())


def test_an_edition_with_such_a_file_names_it() -> None:
    files = content_of(shipped("indicators")) | {"sections/work.toml": f"{long_key(5000)} = 1".encode()}
    with pytest.raises(WrongInput) as wrong:
        read(files)
    assert "sections/work.toml" in {problem.where for problem in wrong.value.problems}
