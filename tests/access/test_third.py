"""Names of other persons are found however they are written, and common words are left alone."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victim_id.access.third import NAMED, TOLD, Names, _names, is_third, masked, own_words, places, words_of
from victim_id.instrument.load import load
from victim_id.resources import shipped
from victim_id.vault.folding import fold

MASK = "[another person]"


def names(*named: str, told: tuple[str, ...] = (), own: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> Names:
    mine = own_words(own)
    return _names([(text, True) for text in named] + [(text, False) for text in told], mine, list(more))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Brandsma", "BRANDSMA came, brandsma's car, Brandsmas cat", "[] came, []'s car, [] cat"),
        ("Müller-Vogt", "mueller? Muller Vogt, MÜLLER", "mueller? [], []"),
        ("Jan de Vries", "jan DE vries took de sleutel; Vries and Jan", "[] took de sleutel; [] and []"),
        ("Kowalski", "Kowalskiego and Kowalskim", "[] and []"),
        ("Mark", "market and Mark, remark, MARK", "market and [], remark, []"),
        ("A. Weber", "a weber, A.Weber, Weber said a word", "[], [], [] said a word"),
        ("محمد", "جاء محمد مع ومحمد", "جاء [] مع []"),
        ("王小明", "昨天王小明在厨房", "昨天[]在厨房"),
        ("Łukasz", "lukasz and ŁUKASZ", "[] and []"),
        ("Nguyễn Thị Lan", "nguyen thi lan, NGUYỄN", "[], []"),
        ("Βασίλης", "ΒΑΣΊΛΗΣ ήρθε", "[] ήρθε"),
        ("Restaurant Roma SARL", "a restaurant; roma; Restaurant Roma", "a restaurant; []; Restaurant []"),
        ("Wu Li", "Li shouted, WU came; the li and wu of 北; Lily, Wuhan", "[] shouted, [] came; the li and wu of 北; Lily, Wuhan"),
        ("wu A. Ng", "Wu came; A door; NG hit us", "Wu came; A door; [] hit us"),
        ("We\u200bber", "Weber, We\u00adber", "[], []"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_way_it_is_written(name: str, text: str, expected: str) -> None:
    assert masked(text, names(name), "[]")[0] == expected


def test_the_name_is_found_composed_and_decomposed() -> None:
    for form in ("NFC", "NFD"):
        assert masked(unicodedata.normalize(form, "Zürichová came"), names("Zurichova"), MASK)[0] == f"{MASK} came"


def test_a_telephone_is_found_however_it_is_grouped() -> None:
    found = names(told=("call +352 621 778 899",))
    for written in ("+352621778899", "621 778 899", "00352-621-778-899", "(621) 77.88.99", "٦٢١٧٧٨٨٩٩"):
        assert masked(f"it was {written}, at 10:30 on 2026-11-21", found, MASK) == (f"it was {MASK}, at 10:30 on 2026-11-21", 1)  # fmt: skip


def test_of_a_longer_account_only_what_looks_like_a_name_is_looked_for() -> None:
    found = names(told=("The tall man is called Kamal and drives a van with 1-ABC-234. He lives in 2019 with Ines.",))
    assert masked("the man, kamal, has a van; he was here in 2019 with INES", found, "[]")[0] == "the man, [], has a van; he was here in 2019 with []"  # fmt: skip


def test_the_persons_own_name_is_not_taken_for_that_of_a_namesake() -> None:
    found = names("Ion Popescu", own=("Ana", "Popescu"))
    assert masked("I am Popescu. Ion POPESCU hit me; Ion left", found, "[]")[0] == "I am Popescu. [] hit me; [] left"


def test_a_name_of_two_letters_that_is_the_persons_own_or_was_only_told_of_is_left() -> None:
    found = names("Ng Li", told=("Wu, a cousin",), own=("Mai", "Li"), more=("ho",))
    assert masked("I am Li. Ng Li hit me; Ng and Wu and ho left", found, "[]")[0] == "I am Li. [] hit me; [] and Wu and [] left"  # fmt: skip


def test_words_the_worker_adds_are_masked_as_they_stand() -> None:
    found = names(more=("the foreman", "blue"))
    assert masked("The Foreman in a blue car; a man", found, "[]")[0] == "[] in a [] car; a man"


LETTERS = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Lo", "Mn"), max_codepoint=0x9FFF), min_size=4, max_size=12)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LETTERS, st.lists(st.sampled_from(["came", "and", "12", "the", "kitchen", "夜"]), max_size=6), st.booleans())
def test_no_word_that_folds_to_a_name_is_left(name: str, others: list[str], upper: bool) -> None:
    words = words_of(name)
    if len(words) != 1 or len(words[0].folded) < 4:
        return
    text = " ".join([*others, name.upper() if upper else name, *others])
    if fold(name.upper()) != fold(name):
        text = " ".join([*others, name, *others])
    shown, count = masked(text, names(name), MASK)
    assert count >= 1
    assert words[0].folded not in {word.folded for word in words_of(shown.replace(MASK, " "))}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.lists(LETTERS, max_size=4))
def test_masks_neither_overlap_nor_touch_what_is_no_name(text: str, found: list[str]) -> None:
    spans = places(text, names(*found))
    assert all(start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_every_field_that_can_name_somebody_else_is_masked() -> None:
    instrument = load(shipped("indicators"))
    keys = {f"{field.id}.{part.id}" for field in instrument.fields for part in field.parts} | {field.id for field in instrument.fields}  # fmt: skip
    assert keys >= NAMED | TOLD
    naming = {
        f"{field.id}.{part.id}"
        for field in instrument.fields
        for part in field.parts
        if part.id in {"name", "by", "who", "contact", "deputy", "from_contact", "to_contact", "phones", "vehicles", "handle"}
    } - {"A4.name", "B1.name", "C2.by"}  # fmt: skip
    assert naming <= NAMED | TOLD
    assert {field.id for field in instrument.fields if field.id.startswith("J")} == {"J1", "J2", "J3"}
    for field in instrument.fields:
        if field.id.startswith("J"):
            assert all(is_third(f"{field.id}.{part.id}") for part in field.parts) or is_third(field.id)
