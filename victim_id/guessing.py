"""How long a passphrase would stand against somebody who guesses. Nothing is kept of it, and nothing is sealed here."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from victim_id.record import Record

Weakness: TypeAlias = Literal["none", "short", "word", "keyboard", "repeat", "sequence", "date", "known"]
_WEAKNESSES: dict[str, Weakness] = {
    "dictionary": "word",
    "spatial": "keyboard",
    "repeat": "repeat",
    "sequence": "sequence",
    "regex": "date",
    "date": "date",
}
_STRONG = 3
_ESTIMATED = 100  # signs; the estimate of longer ones would take long and change nothing


class Strength(Record, kw_only=True):
    """How long a passphrase would stand: zxcvbn's score 0 to 4, the power of ten of guesses, its weakest kind of part."""

    score: int
    guesses_log10: float
    weakness: Weakness


def strength(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """Estimates a passphrase as somebody would guess it who knows the words in `known` (zxcvbn); nothing is kept of it."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  its word lists are loaded when a passphrase is chosen, not at start

    if not passphrase:
        return Strength(score=0, guesses_log10=0.0, weakness="short")
    found = zxcvbn(passphrase[:_ESTIMATED], user_inputs=[word for word in known if word], max_length=_ESTIMATED)
    parts = [part for part in found["sequence"] if part["pattern"] != "bruteforce"]
    longest = max(parts, key=lambda part: len(part["token"]), default=None)
    weakness: Weakness = "none" if found["score"] >= _STRONG else "short"
    if longest is not None and found["score"] < _STRONG:
        weakness = "known" if longest.get("dictionary_name") == "user_inputs" else _WEAKNESSES[longest["pattern"]]
    return Strength(score=found["score"], guesses_log10=float(found["guesses_log10"]), weakness=weakness)
