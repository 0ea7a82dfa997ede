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
