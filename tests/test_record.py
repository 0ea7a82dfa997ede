"""What is written down: strict, canonical, silent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victim_id.errors import Damaged, Newer, NotAPackage, TooLarge
from victim_id.record import Record, decode, decode_file, encode, encode_file


class Note(Record, kw_only=True):
    words: str
    count: int = 0


def test_the_format_and_its_version_stand_first_and_the_rest_is_sorted() -> None:
    assert encode_file("victim_id_note", 1, Note(words="a")) == b'{"victim_id_note":1,"count":0,"words":"a"}'


def test_a_file_is_read_back() -> None:
    note = Note(words="été", count=3)
    assert decode_file("victim_id_note", 1, Note, encode_file("victim_id_note", 1, note), "note", 1000) == note


def test_newer_damaged_too_large_and_another_kind_are_told_apart() -> None:
    written = encode_file("victim_id_note", 2, Note(words="a"))
    for error, kind, most, content in (
        (Newer, "victim_id_note", 1000, written),
        (NotAPackage, "victim_id_other", 1000, written),
        (TooLarge, "victim_id_note", 10, written),
        (Damaged, "victim_id_note", 1000, written[:-1]),
        (Damaged, "victim_id_note", 1000, b'{"victim_id_note":1,"words":"a","more":1}'),
        (Damaged, "victim_id_note", 1000, b'{"victim_id_note":true,"words":"a"}'),
        (Damaged, "victim_id_note", 1000, b'{"victim_id_note":1}'),
        (NotAPackage, "victim_id_note", 1000, b"[]"),
        (Damaged, "victim_id_note", 1000, b"\xff\xfe"),
    ):
        with pytest.raises(error):
            decode_file(kind, 1, Note, content, "note", most)


def test_an_error_names_the_place_and_never_the_value() -> None:
    with pytest.raises(Damaged) as caught:
        decode(Note, b'{"words":"a","count":"CANARY"}', "note")
    assert "count" in str(caught.value)
    assert "CANARY" not in str(caught.value)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_one_of_our_errors(content: bytes) -> None:
    with pytest.raises((Damaged, NotAPackage, Newer)):
        decode_file("victim_id_note", 1, Note, content, "note", 1000)


@given(st.text(), st.integers(-(2**63), 2**63 - 1))
def test_the_same_record_gives_the_same_bytes(words: str, count: int) -> None:
    note = Note(words=words.encode("utf-8", "replace").decode(), count=count)
    assert encode(note) == encode(decode(Note, encode(note), "note"))


def test_nothing_of_a_record_is_in_its_repr() -> None:
    assert repr(Note(words="CANARY")) == "<Note>"
