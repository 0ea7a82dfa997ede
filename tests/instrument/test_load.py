"""Reading the content strictly: every problem says where, what, and what would be right."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import FILES, changed, small
from victim_id.errors import WrongContent
from victim_id.instrument.load import content_of, fingerprint, load, read

INDICATORS = Path(__file__).resolve().parent.parent.parent / "indicators"


def problem_of(file: str, before: str, after: str) -> tuple[str, str, str]:
    with pytest.raises(WrongContent) as caught:
        changed(file, before, after)
    first = caught.value.problems[0]
    return first.where, first.what, first.either


def test_a_mistyped_field_names_the_file_the_id_and_the_nearest_right_one() -> None:
    where, what, either = problem_of("sections", 'worker = "Was money', 'wroker = "Was money')
    assert where == "sections.toml: question control.money"
    assert "wroker" in what
    assert "worker" in either


def test_a_mistyped_table_names_what_would_be_read() -> None:
    where, what, either = problem_of("sections", "[[setting]]", "[[seting]]")
    assert where == "sections.toml"
    assert either.startswith("please either write setting")
    assert "seting" in what


def test_a_missing_field_is_named() -> None:
    where, what, either = problem_of("indicators", 'phrase = "economic hardship"\n', "")
    assert where == "indicators.toml: indicator rv_economic"
    assert either == "please add phrase"
    assert "phrase" in what


def test_a_wrong_strength_says_in_which_cell_it_stands() -> None:
    where, what, _ = problem_of("indicators", 'AL = "strong"', 'AL = "strongest"')
    assert where == "indicators.toml: indicator ex_hours"
    assert "strongest" in what
    assert "strength" in what


def test_broken_toml_names_the_line() -> None:
    where, what, _ = problem_of("sections", 'id = "work.hours"', 'id = "work.hours')
    assert where == "sections.toml"
    assert "line" in what


def test_all_problems_of_an_edition_are_told_at_once() -> None:
    text = FILES["sections.toml"].replace('kind = "number"', 'kind = "numbre"').replace("abuse = true", "abus = true")
    with pytest.raises(WrongContent) as caught:
        small(sections=text)
    assert {problem.where for problem in caught.value.problems} == {
        "sections.toml: question work.hours",
        "sections.toml: question control.used",
    }


def test_content_without_an_edition_is_refused() -> None:
    with pytest.raises(WrongContent, match="no edition"):
        read({name: text.encode() for name, text in FILES.items() if name != "edition.toml"})


def test_the_fingerprint_is_what_sha256sum_would_give(tmp_path: Path) -> None:
    import hashlib
    import subprocess

    (tmp_path / "sections").mkdir()
    (tmp_path / "a.toml").write_text("x = 1\n")
    (tmp_path / "sections" / "b.toml").write_text("y = 2\n")
    lines = subprocess.run(
        "sha256sum a.toml sections/b.toml | sort", shell=True, cwd=tmp_path, capture_output=True, check=True
    ).stdout
    files = content_of(tmp_path)
    assert fingerprint(files) == hashlib.sha256(lines).hexdigest()


def test_training_cases_are_not_part_of_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "training").mkdir()
    (tmp_path / "training" / "case.toml").write_text("x = 1\n")
    (tmp_path / "a.toml").write_text("x = 1\n")
    assert list(content_of(tmp_path)) == ["a.toml"]


def test_any_changed_byte_changes_the_fingerprint() -> None:
    before = small().fingerprint
    assert changed("sections", "Work and pay", "Work and Pay").fingerprint != before
    assert small().fingerprint == before


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_as_wrong_content(data: bytes) -> None:
    try:
        read({name: text.encode() for name, text in FILES.items()} | {"x.toml": data})
    except WrongContent as wrong:
        assert all(problem.where and problem.what and problem.either for problem in wrong.problems)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_shipped_content_with_a_piece_cut_out_is_read_or_refused(data: st.DataObject) -> None:
    text = FILES["sections.toml"]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    try:
        small(sections=text[:start] + text[end:])
    except WrongContent as wrong:
        assert wrong.problems


def test_the_shipped_edition_is_read_without_a_problem() -> None:
    instrument = load(INDICATORS)
    assert len(instrument.indicators) == 67
    assert len(instrument.fingerprint) == 64


@pytest.mark.parametrize("retired", ["5", '"abc"', '["a.b", 5]', "{}"])
def test_retired_ids_that_are_no_list_of_ids_are_named(retired: str) -> None:
    with pytest.raises(WrongContent) as caught:
        read({name: text.encode() for name, text in FILES.items()} | {"retired.toml": f"retired = {retired}".encode()})
    assert [problem.where for problem in caught.value.problems] == ["retired.toml: retired"]


@pytest.mark.parametrize("depth", [100, 400, 900])
def test_conditions_within_conditions_without_end_are_refused(depth: int) -> None:
    shows = "".join(f"[[section.question.shows.when{'.all' * level}]]\n" for level in range(1, depth))
    question = '[[section]]\nid = "x"\nlabel = "x"\n[[section.question]]\nid = "x.y"\n[[section.question.shows]]\nsign = "act"\n'
    with pytest.raises(WrongContent):
        read({name: text.encode() for name, text in FILES.items()} | {"deep.toml": (question + shows).encode()})
