"""One folding of text and of what is searched for, so that a word is found however it was written.

Compatibility forms, case, marks and digits are evened out (Unicode NFKD and case folding); scripts that
are written without spaces are taken sign by sign. Beside its words the index of a text holds other ways of writing them:
without the letters before a word, numbers without their groups, a letter and its apostrophe joined to the word.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise

FOLDING = 2
"""The number of this folding: an index that an older one made is brought up to date while nobody waits."""
_BESIDE = "\x1f"
"""Stands between the words of a text and their other ways of writing."""

# Letters that no Unicode decomposition takes apart, and letters of the Arabic script that keyboards of different
# languages give differently (yeh, kaf, heh).
_ALIKE = (0x1200, 0x1210, 0x1280, 0x12B8), (0x12A0, 0x12D0), (0x1230, 0x1220), (0x1338, 0x1340)
"""Rows of Ethiopic letters that sound alike; of the first two the first and the fourth order do as well."""
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
        **dict(zip("ɓƃɖɗɛɣƙɲɔƥƭʊʋƴƒɩʼʻʿʾ", "bbddegknoptuvyfi''''", strict=True)),
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
        **dict(zip("ڕڵۆێںڤ", "رلوينف", strict=True)),
        **{chr(other + order): chr(one + order) for one, *others in _ALIKE for other in others for order in range(8)},
        **{chr(other + 3): chr(one) for one, *others in _ALIKE[:2] for other in (one, *others)},
    }
)
_HALF_SPACE = "\u200c"
_ELIDED = frozenset("bcdfghjklmnopqrstvwxz")
"""Letters that stand before an apostrophe: N'Diaye, O'Brien."""
_CODE = str.maketrans("oil", "011")
_NUMBER, _TAIL, _LONGEST = 5, 8, 16
"""Digits from which groups are a number, by which two numbers are the same with and without their country, and at most."""
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


def indexed(texts: Iterable[str]) -> str:
    """Gives what is kept of texts for the index: their folded words, and other ways of writing them; also of what it gave."""
    words, beside = dict[str, None](), dict[str, None]()
    for folded, others in map(_folded, texts):
        words |= {folded: None} if folded else {}
        beside |= dict.fromkeys(others)
    whole = " ".join(words)
    there = set(whole.split())
    also = " ".join(one for one in beside if one not in there)
    return f"{whole}{_BESIDE}{also}" if also else whole


@lru_cache(4096)
def _folded(text: str) -> tuple[str, tuple[str, ...]]:
    """Gives the folded words of one text, and their other spellings; the texts of a case are the same at each answer but one."""
    told, _, known = text.partition(_BESIDE)
    folded = fold(told)
    others = [*fold(known).split(), *_others(folded.split())]
    if _HALF_SPACE in told:
        others += fold(told.replace(_HALF_SPACE, " ")).split()
    return folded, tuple(others)


def query(text: str) -> str:
    """Gives the FTS5 query for what was typed so far: every word, the last one as the beginning of a word; empty for nothing.

    What may be written in several ways stands in parentheses.
    """
    terms = _terms(text)
    if not terms:
        return ""
    plain = not any(term.startswith("(") for term in terms)
    return (" " if plain else " AND ").join(terms)


def _words(text: str) -> list[list[str]]:
    """Gives each word as the list of pieces that are indexed one by one."""
    evened = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    kept = "".join(_kept(sign) for sign in evened)
    return [_pieces(word) for word in kept.split()]


@lru_cache(8192)
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


@lru_cache(8192)
def _alone(sign: str) -> bool:
    point = ord(sign)
    return point >= 0x0E00 and any(first <= point <= last for first, last in _WITHOUT_SPACES)


def _terms(text: str) -> list[str]:
    """Gives the terms that must all hold."""
    words = [" ".join(pieces) for pieces in _words(text)]
    terms, at = list[str](), 0
    while at < len(words):
        count = _together(words[at:])
        last = at + count == len(words)
        terms.append(_term(words[at : at + count], last=last))
        at += count
    if _HALF_SPACE in text and terms:
        apart = _terms(text.replace(_HALF_SPACE, " "))
        return [f"(({' AND '.join(terms)}) OR ({' AND '.join(apart)}))"]
    return terms


def _term(words: list[str], *, last: bool) -> str:
    end = "*" if last else ""
    as_typed = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"{end}'])
    joined = "".join(words)
    others = list[str]()
    if joined.isdecimal():
        short = joined.lstrip("0")
        others = [joined] if len(words) > 1 else []
        others += [short] if short != joined and len(short) >= _NUMBER else []
        others += [joined[-_TAIL:]] if len(joined) > _TAIL else []
        end = "*"
    elif len(words) > 1:
        others = [joined]
    elif words[0].isascii():
        others = [_as_code(words[0])]
    elif words[0].startswith("ال") and len(words[0]) > 4:
        others = [words[0][2:]]
    others = [other for other in dict.fromkeys(others) if other != words[0]]
    if not others:
        return as_typed
    return f"(({as_typed}) OR " + " OR ".join(f'"{other}"{end}' for other in others) + ")"


def _together(words: list[str]) -> int:
    """Counts the words at the beginning that may be one: the groups of a number, or a letter before its word."""
    groups = next((at for at, word in enumerate(words) if not word.isdecimal()), len(words))
    if groups > 1 and len("".join(words[:groups])) >= _NUMBER:
        return groups
    return 2 if len(words) > 1 and _joins(words[0], words[1]) else 1


def _others(words: list[str]) -> Iterator[str]:
    """Gives other ways of writing folded words."""
    for one, two in pairwise(words):
        if _joins(one, two):
            yield one + two
    for decimal, run in groupby(words, str.isdecimal):
        group = list(run)
        for word in [] if decimal else group:
            if not word.isascii():
                yield from _shed_arabic(word) if "\u0620" <= word[0] <= "\u06ff" else _shed_hebrew(word)
            elif any(sign.isdecimal() for sign in word):
                yield from (_as_code(word), word.replace("0", "o").replace("1", "i"), word.replace("0", "o").replace("1", "l"))  # fmt: skip
        for at in range(len(group) if decimal else 0):
            number = "".join(group[at:])[:_LONGEST]
            if len(number) >= _NUMBER:
                yield from (number, number.lstrip("0"))
            if len(number) > _TAIL:
                yield number[-_TAIL:]


def _joins(one: str, two: str) -> bool:
    return one in _ELIDED and len(two) >= 3 and two.isascii() and two.isalpha()


def _as_code(word: str) -> str:
    """Gives a word with letters and digits as a case code has it, which knows no O, I and L."""
    if not any(sign.isdecimal() for sign in word):
        return word
    return word.translate(_CODE)


def _shed_arabic(word: str) -> Iterator[str]:
    """Gives a word without *and*, *with*, *like*, *to* and *the* before it."""
    if word[0] in "وف" and len(word) > 3:
        word = word[1:]
        yield word
    if word.startswith("لل") and len(word) > 4:
        yield from ("ال" + word[2:], word[2:])
        return
    if word[0] in "بكل" and len(word) > 3:
        word = word[1:]
        yield word
    if word.startswith("ال") and len(word) > 4:
        yield word[2:]


def _shed_hebrew(word: str) -> Iterator[str]:
    """Gives a word without *and*, *when*, *that*, *in*, *like*, *to*, *from* and *the* before it."""
    if not "\u05d0" <= word[0] <= "\u05ea":
        return
    for letters in ("ו", "כש", "ש", "בכלמ", "ה"):
        cut = 2 if letters == "כש" and word.startswith(letters) else int(letters != "כש" and word[0] in letters)
        if cut and len(word) - cut >= 3:
            word = word[cut:]
            yield word
