"""A word is found however it was written or typed, also in a vault whose index an older folding made."""

import pytest

from tests.vault.test_vault_cases import found, put
from victim_id.vault.folding import FOLDING, fold, indexed, query


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("والمسؤول", "مسؤول"),
        ("والمسؤول", "المسؤول"),
        ("بالمطعم", "مطعم"),
        ("للشرطة", "الشرطة"),
        ("للشرطة", "شرطة"),
        ("لمحمد", "محمد"),
        ("كتاب", "الكتاب"),
        ("הדרכון", "דרכון"),
        ("ושהדרכון", "דרכון"),
        ("וכשהמעסיק", "מעסיק"),
        ("ליוסף", "יוסף"),
        ("ፀሐይ", "ጸሀይ"),
        ("ጸጋዬ", "ፀጋዬ"),
        ("ኣስራሒ", "አስራሂ"),
        ("ሥራ ዓለም", "ስራ አለም"),
        ("ኀይሌ", "ሃይሌ"),
        ("621123456", "621 123 456"),
        ("621123456", "621 12"),
        ("+352 621-123.456", "621123456"),
        ("+352 621-123.456", "621 123456"),
        ("+352 621 123 456", "0621/123456"),
        ("0471 12 34 56", "+32 471 123 456"),
        ("le 21 621 123 456", "621123456"),
        ("N'Diaye", "Ndiaye"),
        ("N’Diaye", "ndia"),
        ("Ndiaye", "N'Diaye"),
        ("Ndiaye", "n diaye"),
        ("O'Brien", "obrien"),
        ("L'employeur", "l'employeur"),
        ("ɓoy ɗan ƙasa ŋaara", "boy dan kasa naara"),
        ("می‌روم", "می روم"),
        ("می روم", "می‌روم"),
        ("گذرنامه‌ام", "گذرنامه ام"),
        ("ڕێگا", "ریگا"),
        ("4K0-M1N", "4KO-MIN"),
        ("4K0M1N", "4kOmLn"),
        ("K0M", "kom"),
    ],
)  # fmt: skip
def test_a_word_is_found_in_another_way_of_writing(vault, written, typed):
    put(vault, "c1", words=[f"before {written} after"])
    put(vault, "c2", words=["before something else after, l'autre 352 12"])

    assert found(vault, typed) == ["c1"]
    assert found(vault, written) == ["c1"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("البيت", "وردة"),
        ("621 123 456", "621 999"),
        ("a man", "aman"),
        ("boat 12", "b0at"),
        ("מכתב", "תבן"),
    ],
)
def test_what_is_another_word_is_not_found(vault, written, typed):
    put(vault, "c1", words=[written])

    assert found(vault, typed) == []


@pytest.mark.parametrize("text", ["والمسؤول ፀሐይ +352 621 123 456 N'Diaye می‌روم 4K0", "北京 N'Diaye", ""])
def test_what_is_kept_of_a_text_is_the_same_when_it_is_folded_anew(text):
    once = indexed([text])

    assert indexed([once]) == once
    assert once.startswith(fold(text))


def test_an_index_of_an_older_folding_is_brought_up_to_date_while_nobody_waits(vault):
    for number in range(250):
        put(vault, f"c{number}", words=[f"plain {number}"])
    put(vault, "old", words=["something"])
    vault.rest()
    store = vault._store
    with store.transaction():
        store.run("UPDATE words SET text = ? WHERE rowid = 251", "xold ፀሐይ والمسوول n diaye")
        store.run("DELETE FROM settings")
    assert found(vault, "diaye") == ["old"]
    assert found(vault, "ndiaye") == []

    for _ in range(5):
        vault.rest()

    for typed in ("ፀሐይ", "مسؤول", "ndiaye", "xold"):
        assert found(vault, typed) == ["old"]
    assert found(vault, "17 plain") == ["c17"]
    assert vault.settings.all() == {"folding": FOLDING}


def test_a_limited_case_is_found_in_another_way_of_writing_by_those_who_may_read_it(vault):
    put(vault, "c1", words=["والمسؤول"])
    vault.cases.limit("c1", [vault.worker.id])
    assert found(vault, "مسؤول") == ["c1"]

    vault.cases.unlimit("c1")

    assert found(vault, "مسؤول") == ["c1"]


@pytest.mark.parametrize(
    "typed", ["N'", "O'B\"", "621 123 ( OR", "l' AND 4K0 NEAR(", "می‌", "0000000 00000000", "ال", "و"]
)
def test_anything_may_be_typed(vault, typed):
    put(vault, "c1", words=["something"])

    assert found(vault, typed) == []
    assert query(typed).count('"') % 2 == 0


def test_a_half_space_alone_asks_for_nothing() -> None:
    assert [query(text) for text in ("\u200c", " \u200c* ", "-\u200c-")] == ["", "", ""]
