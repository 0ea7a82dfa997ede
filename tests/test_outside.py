"""What is read from outside is read up to its bound; nothing a stick or a friend brings can fill the memory."""

import re
import tracemalloc
from pathlib import Path

import pytest

from victim_id.author_commands import MOST_BYTES
from victim_id.errors import Machine, TooLarge, WrongInput
from victim_id.outside import STEP, read_outside
from victim_id.referral.cards import MOST as MOST_CARD
from victim_id.referral.package import MOST_FILE as MOST_PACKAGE

ROOT = Path(__file__).resolve().parent.parent / "victim_id"
OUR_OWN = {"ui/demo.py", "ui/guide.py", "selftest.py", "language.py", "guessing.py", "places.py"}
"""Rooms that read whole only what the program itself shipped or has just written, or what the system says of itself."""


@pytest.mark.parametrize("size", [0, 1, STEP, STEP + 1, 2 * STEP])
def test_a_file_up_to_its_bound_is_read_whole(tmp_path: Path, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    (tmp_path / "f").write_bytes(content)
    assert read_outside(tmp_path / "f", size) == content
    assert read_outside(tmp_path / "f", size + 5) == content


def test_a_file_of_one_byte_more_is_refused_with_where_what_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "big.age").write_bytes(b"12345")
    with pytest.raises(TooLarge) as refused:
        read_outside(tmp_path / "big.age", 4)
    assert str(refused.value) == "big.age: is larger than the 4 bytes that are read; please choose another file"


def test_a_file_without_an_end_is_read_up_to_its_bound() -> None:
    """Its size says nothing: /dev/zero has none."""
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read_outside(Path("/dev/zero"), 4 * STEP)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 12 * STEP


def test_a_sparse_giant_takes_no_memory(tmp_path: Path) -> None:
    with (tmp_path / "giant").open("wb") as file:
        file.truncate(MOST_PACKAGE + 1)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read_outside(tmp_path / "giant", MOST_CARD)
    assert tracemalloc.get_traced_memory()[1] < 4 * STEP
    tracemalloc.stop()


def test_what_is_no_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="is not there"):
        read_outside(tmp_path / "none", 1)
    with pytest.raises(WrongInput, match="is a folder"):
        read_outside(tmp_path, 1)
    with pytest.raises(Machine):
        read_outside(tmp_path / ("n" * 300), 1)


def test_no_room_reads_a_file_from_outside_without_a_bound() -> None:
    """`read_bytes` and `read_text` have none; only what is our own may be read so."""
    unbounded = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.rglob("*.py"))
        if re.search(r"\.read_(bytes|text)\(|stdin\.buffer\.read\(\)", path.read_text("utf-8"))
    ]
    assert set(unbounded) <= OUR_OWN
    assert MOST_BYTES < MOST_PACKAGE
