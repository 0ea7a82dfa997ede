"""What text may reach paper: typed text is cleaned, what is inserted is isolated, a language knows its direction. Pure."""

import unicodedata

RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"))
REPLACEMENT = "\ufffd"  # drawn for what no face has; its text stays what was written
CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_NO_BREAK, _SHORT = "\u00a0", 24
_NEWLINES = ("\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")


def clean(text: str) -> str:
    """Gives text without what must not stand in typed words: direction and other controls, lone surrogates; one kind of line end."""
    return "".join(character for character in sound(text) if character not in CONTROLS)


def sound(text: str) -> str:
    """Gives text that can be drawn: overrides and unpaired isolates are taken out, lone surrogates become U+FFFD."""
    for newline in _NEWLINES:
        text = text.replace(newline, "\n")
    kept = "".join(_sound(character) for character in text)
    return "\n".join(part if _paired(part) else _without_isolates(part) for part in kept.split("\n"))


def isolate(text: str) -> str:
    """Wraps a number, date, telephone or code so that it stays as it is among right-to-left words (U+2066 to U+2069).

    Spaces in a short one become no-break spaces: it stays on one line, and readers of PDF copy it in the right order.
    """
    text = clean(text)
    return f"\u2066{text.replace(' ', _NO_BREAK) if len(text) <= _SHORT else text}\u2069"


def isolate_typed(text: str) -> str:
    """Wraps a name or other typed words so that they keep their own direction (U+2068 to U+2069)."""
    return f"\u2068{clean(text)}\u2069"


def is_right_to_left(language: str) -> bool:
    """Says whether a language is written from right to left."""
    subtags = language.replace("_", "-").split("-")
    return subtags[0].lower() in RIGHT_TO_LEFT or "Arab" in subtags or "Hebr" in subtags


def _sound(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    kind = unicodedata.category(character)
    if kind == "Cs":
        return REPLACEMENT
    return "" if kind == "Cc" or character in _OVERRIDES or character == "\ufeff" else character


def _paired(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character in OPENING) - (character == CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _without_isolates(text: str) -> str:
    return "".join(character for character in text if character not in OPENING + CLOSING)
