"""How long a passphrase would stand is judged as somebody would guess it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victim_id import guessing


@pytest.mark.parametrize(
    ("passphrase", "weakness", "strong"),
    [
        ("", "short", False),
        ("Kx9#mQ", "short", False),
        ("password1", "word", False),
        ("mnbvcxdsa", "keyboard", False),
        ("aaaaaaaaaaaaaaaa", "repeat", False),
        ("abcdefghijk", "sequence", False),
        ("03.12.1987", "date", False),
        ("Inspectorate", "known", False),
        ("correct horse battery staple", "none", True),
        ("пять простых слов для сейфа", "none", True),
        ("x" * 10_000, "repeat", False),
    ],
)
def test_a_passphrase_is_judged_as_somebody_would_guess_it(passphrase, weakness, strong):
    found = guessing.strength(passphrase, ["inspectorate", ""])

    assert (found.weakness, found.score >= 3) == (weakness, strong)


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_strength_and_it_is_not_shown(passphrase):
    found = guessing.strength(passphrase)

    assert 0 <= found.score <= 4
    assert repr(found) == "<Strength>"


@pytest.mark.parametrize(
    "passphrase",
    [
        "bonjourtoutlemonde",
        "inspectiondutravail",
        "Inspection du travail 2026",
        "jaimemonchien2026",
        "j'aime mon chien",
        "MotDePasse2026!",
        "été2026Bruxelles!",
        "le chat est noir",
        "parquetdebruxelles",
        "ikhouvanjou2026",
        "ikhouvanmijnhond2026",
        "arbeidsinspectie2026",
        "Mensenhandel2026!",
        "gutenmorgendeutschland",
        "ichliebemeinenhund2026",
        "DasIstMeinPasswort1",
        "Willkommen in Luxemburg 2026",
        "Hamburg1998",
    ],
)
def test_words_of_the_languages_and_of_the_field_make_no_good_passphrase(passphrase):
    assert guessing.strength(passphrase).score < 4


@pytest.mark.parametrize(
    "passphrase",
    [
        "the moss grows on northern walls",
        "trois girafes mangent du goudron",
        "paarse olifant drinkt thee op dinsdag",
        "sieben graue Dachse tanzen im Rathaus",
        "пять простых слов для сейфа",
        "vK7#qLm2!xPz",
    ],
)
def test_good_passphrases_of_any_language_stay_good(passphrase):
    assert guessing.strength(passphrase).score == 4


@pytest.mark.parametrize("tag", ["en", "fr", "nl", "de", "xx"])
def test_five_words_are_drawn_that_are_strong_and_easy_to_type(tag):
    found = {guessing.drawn(tag) for _ in range(20)}

    assert len(found) == 20
    for words in found:
        assert len(words.split()) == 5
        assert words.replace(" ", "").isascii()
        assert words == words.lower()
        assert guessing.strength(words).score == 4


@pytest.mark.parametrize("tag", guessing.DRAWN)
def test_there_are_enough_words_to_draw_from_and_none_stands_twice(tag):
    words = guessing._drawable(tag)

    assert len(words) >= 512  # five words of so many are 2^45 and more
    assert len(set(words)) == len(words)
