"""One folding of text and of what is searched for, so that a word is found however it was written.

Compatibility forms, case, marks and digits are evened out (Unicode NFKD and case folding); scripts that
are written without spaces are taken sign by sign.
"""

import unicodedata

# Letters that no Unicode decomposition takes apart, and letters of the Arabic script that keyboards of different
# languages give differently (yeh, kaf, heh).
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ŋ": "n",
        "ə": "e",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ڪ": "ك",
        "ة": "ه",
        "ە": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ـ": "",
    }
)
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # CJK signs of repetition and zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),  # CJK
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def fold(text: str) -> str:
    """Gives the folded words of a text, with single spaces between them."""
    return " ".join(" ".join(pieces) for pieces in _words(text))


def query(text: str) -> str:
    """Gives the FTS5 query for what was typed so far: every word, the last one as the beginning of a word; empty for nothing."""
    phrases = ['"' + " ".join(pieces) + '"' for pieces in _words(text)]
    return " ".join(phrases) + "*" if phrases else ""


def _words(text: str) -> list[list[str]]:
    """Gives each word as the list of pieces that are indexed one by one."""
    evened = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    kept = "".join(_kept(sign) for sign in evened)
    return [_pieces(word) for word in kept.split()]


def _kept(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    if kind[0] in "LN" or kind in {"Mc", "Co"}:
        return sign
    return "" if kind in {"Mn", "Me", "Cf"} else " "


def _pieces(word: str) -> list[str]:
    spaced = "".join(f" {sign} " if _alone(sign) else sign for sign in word)
    return spaced.split()


def _alone(sign: str) -> bool:
    point = ord(sign)
    return point >= 0x0E00 and any(first <= point <= last for first, last in _WITHOUT_SPACES)
