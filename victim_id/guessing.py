"""How long a passphrase would stand against somebody who guesses, and words drawn for one. Nothing is kept of either."""

import re
import secrets
import unicodedata
from bisect import bisect
from collections.abc import Sequence
from functools import cache
from math import log10
from typing import Literal, TypeAlias

from victim_id.record import Record
from victim_id.resources import shipped

Weakness: TypeAlias = Literal["none", "short", "word", "keyboard", "repeat", "sequence", "date", "known"]
_WEAKNESSES: dict[str, Weakness] = {
    "dictionary": "word",
    "spatial": "keyboard",
    "repeat": "repeat",
    "sequence": "sequence",
    "regex": "date",
    "date": "date",
}
DRAWN = ("en", "fr", "nl", "de")
"""The languages in which words can be drawn."""
_STRONG = 3
_ESTIMATED = 100  # signs; the estimate of longer ones would take long and change nothing
_SCORES = (3.0, 6.0, 8.0, 10.0)
"""Powers of ten of guesses from which a score begins, as zxcvbn has them."""
_SEPARATOR, _LETTER, _WORD, _YEARS, _LONGEST = 0.3, 1.4, 0.7, 1.7, 24
"""What a sign between words, a letter outside any word, the most frequent word and a year cost, as powers of ten; the longest word."""
_WORDS = 5
_YEAR = re.compile("(19|20)[0-9]{2}")
_LISTS = ("phrases", "field", "frequent_fr", "frequent_nl", "frequent_de")
_PLAIN = str.maketrans({"ß": "ss", "œ": "oe", "Œ": "OE", "æ": "ae"})


class Strength(Record, kw_only=True):
    """How long a passphrase would stand: zxcvbn's score 0 to 4, the power of ten of guesses, its weakest kind of part."""

    score: int
    guesses_log10: float
    weakness: Weakness


def strength(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """Estimates a passphrase as somebody would guess it who knows the words in `known` (zxcvbn); nothing is kept of it.

    French, Dutch and German words, those of the field and greetings are tried as English ones are, with or without accents.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415  its word lists are loaded when a passphrase is chosen, not at start

    if not passphrase:
        return Strength(score=0, guesses_log10=0.0, weakness="short")
    ranks = _ranks()
    typed, mine = _plain(passphrase[:_ESTIMATED]), [_plain(word) for word in known if word]
    found = zxcvbn(typed, user_inputs=mine, max_length=2 * _ESTIMATED)
    guesses = min(float(found["guesses_log10"]), _as_words(typed.lower(), ranks, {word.lower() for word in mine}))
    score = min(found["score"], bisect(_SCORES, guesses))
    if score >= _STRONG:
        return Strength(score=score, guesses_log10=guesses, weakness="none")
    parts = [part for part in found["sequence"] if part["pattern"] != "bruteforce"]
    longest = max(parts, key=lambda part: len(part["token"]), default=None)
    weakness: Weakness = "short"
    if longest is not None:
        weakness = "known" if longest.get("dictionary_name") == "user_inputs" else _WEAKNESSES[longest["pattern"]]
    return Strength(score=score, guesses_log10=guesses, weakness=weakness)


def drawn(tag: str) -> str:
    """Gives five words drawn at random from the list of a language, with single spaces; English for one without a list.

    By rare chance all of them are among the most frequent ones: then others are drawn.
    """
    words = _drawable(tag if tag in DRAWN else "en")
    while True:
        found = " ".join(secrets.choice(words) for _ in range(_WORDS))
        if strength(found).score == len(_SCORES):
            return found


@cache
def _drawable(tag: str) -> tuple[str, ...]:
    if tag == "en":
        from shamir_mnemonic.wordlist import WORDLIST  # noqa: PLC0415  read when words are drawn, not at start

        return tuple(WORDLIST)
    return _list(f"drawn_{tag}")


@cache
def _ranks() -> dict[str, int]:
    """Gives zxcvbn the lists that are shipped, once, and gives the best place of every word in any list."""
    from zxcvbn.matching import RANKED_DICTIONARIES, add_frequency_lists  # noqa: PLC0415

    add_frequency_lists({name: list(_list(name)) for name in _LISTS})
    best: dict[str, int] = {}
    for ranked in RANKED_DICTIONARIES.values():
        for word, rank in ranked.items():
            best[word] = min(rank, best.get(word, rank))
    return best


def _as_words(typed: str, ranks: dict[str, int], known: set[str]) -> float:
    """Gives the power of ten of guesses of somebody who strings words together: the cheapest way to read it so.

    zxcvbn counts every order of the parts besides, which makes a plain sentence of common words look strong.
    """
    cheapest = [0.0]
    for end in range(1, len(typed) + 1):
        ways = [cheapest[end - 1] + (_SEPARATOR if not typed[end - 1].isalnum() else 1.0 if typed[end - 1].isdecimal() else _LETTER)]  # fmt: skip
        for start in range(max(0, end - _LONGEST), end - 1):
            part = typed[start:end]
            if part in known:
                ways.append(cheapest[start] + _SEPARATOR)
            elif part in ranks:
                ways.append(cheapest[start] + max(log10(ranks[part]), _WORD))
            elif _YEAR.fullmatch(part):
                ways.append(cheapest[start] + _YEARS)
        cheapest.append(min(ways))
    return cheapest[-1]


def _list(name: str) -> tuple[str, ...]:
    return tuple((shipped("wordlists") / f"{name}.txt").read_text("utf-8").split())


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")[: 2 * _ESTIMATED]
