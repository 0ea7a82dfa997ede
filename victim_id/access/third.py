"""Third persons: which fields name them, which words are their names, and where these stand in any other text.

Names are found however they are written: case, diacritics and digits are folded as search folds them. A word too many
that is masked can be shown again with a reason; a name too few cannot be called back.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from victim_id.access.held import Came, Held, HeldCase
from victim_id.instrument.answers import Answer
from victim_id.vault.folding import fold

NAMED = frozenset({
    "B2.name", "B3.deputy", "B7.name", "D16.name", "I3.who", "J3.name", "L2.by", "M2.from_contact", "M2.to_contact",
    "M3.contact", "N1.by",
})  # fmt: skip
"""Referral fields and parts that are the name of another person, or of the employer: each word of them is looked for."""

TOLD = frozenset({
    "B3.phone", "B3.email", "B6.present", "B6.interpreter", "C7.by", "D15.ages", "D15.where", "D16.contact", "E3.against",
    "E7", "J1.role", "J1.description", "J1.language", "J1.vehicles", "J1.phones", "J2", "J3.number", "L1.origin", "L2.what",
    "L3.handle", "M2.travel", "N3.by",
})  # fmt: skip
"""Fields and parts that tell of other persons: all of it is masked, and what looks like a name in it is looked for."""

RECORD = frozenset({
    "x_perpetrators", "x_perpetratorsNow", "x_employer", "x_others", "x_name", "x_email", "x_deputy", "x_phones", "x_vehicles",
    "cas_CaseOwner", "cas_ReferringPrimaryCaseWorker", "cas_ReferredPrimaryCaseWorker", "per_RoleDetails",
    "per_Organisation", "witness", "by",
})  # fmt: skip
"""Keys of a record from somebody else (HTCDS 2.0 and our extension) below which everything is about other persons."""

OWN = ("D2", "D3")
"""Fields with the person's own names: a word of them alone is never taken for somebody else's."""

_PARTICLES = "van der den de da di do dos du la le el al bin ben ibn bint abu von zu und the and of et en het st"
_BUSINESS = (
    "sa sarl srl sprl sc scrl spa bv bvba nv vzw asbl ltd gmbh ag inc llc company compagnie firma restaurant hotel café bar"
    " bakery boulangerie bakkerij kitchen keuken cuisine farm ferme boerderij garage shop magasin winkel service services"
    " transport bouw construction"
)
_PLAIN = frozenset(f"{_PARTICLES} {_BUSINESS}".replace("é", "e").split())
"""Words of a name that are no name alone: particles, legal forms, kinds of business."""
_SHORT, _LEAST, _ENDING, _PHONE = 2, 3, 3, 6
"""Letters of a name that counts only with a capital (Li, Ng), of any other, of an ending; digits that tell a telephone."""
_NUMBER = re.compile(r"[+(]?\d(?:[\s./()\-]{0,2}\d){5,}")


class Word(NamedTuple):
    """A word of a text: where it begins and ends, and its folded form."""

    start: int
    end: int
    folded: str
    capital: bool


class Names(NamedTuple):
    """What is looked for: words that stand alone, phrases of several words, and the last digits of telephones.

    `short` are names of two letters: they are looked for only where they begin with a capital.
    """

    words: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    numbers: frozenset[str]
    short: frozenset[str] = frozenset()


def names_of(held: Held, more: Iterable[str] = ()) -> Names:
    """Gives the names of everybody but the person in what is held; `more` are words the worker masks besides."""
    named: list[str] = [*held.workers]
    told: list[str] = []
    for one in held.cases:
        _of_case(one, named, told)
    for came in held.came:
        _of_package(came, named, told)
    mine = {word.folded for text in _own(held) for word in words_of(text)}
    return _names([(text, True) for text in named] + [(text, False) for text in told], mine, list(more))


def is_third(key: str) -> bool:
    """Tells whether a referral field or part, `J3.name`, is about somebody else."""
    return key in NAMED or key in TOLD


def is_name(key: str) -> bool:
    """Tells whether a referral field or part is the person's own name, so that each word of it is looked for."""
    return key.partition(".")[0] in OWN


def phrases_of(texts: Iterable[tuple[str, bool]]) -> Names:
    """Gives what is looked for to find texts again; of a name each word alone, of anything else all of it and its numbers."""
    told = list(texts)
    return _names([(text, True) for text, name in told if name], set(), [text for text, name in told if not name])


def places(text: str, names: Names) -> list[tuple[int, int]]:
    """Gives where names stand in a text, as spans that neither touch nor overlap."""
    words = words_of(text)
    spans = [(word.start, word.end) for word in words if _matches(word, names)]
    for phrase in names.phrases:
        spans += [
            (words[at].start, words[at + len(phrase) - 1].end)
            for at in range(len(words) - len(phrase) + 1)
            if tuple(word.folded for word in words[at : at + len(phrase)]) == phrase
        ]
    for number in _NUMBER.finditer(text):
        digits = _digits(number.group())
        if any(digits.endswith(known) for known in names.numbers):
            spans.append(number.span())
    return _merged(text, sorted(spans))


def masked(text: str, names: Names, mask: str) -> tuple[str, int]:
    """Gives a text with a visible mask in the place of every name, and how many there are."""
    found = places(text, names)
    for start, end in reversed(found):
        text = text[:start] + mask + text[end:]
    return text, len(found)


def suspects(texts: Iterable[str], held: Held, mask: str, most: int = 40) -> tuple[str, ...]:
    """Gives words of typed texts that look like names and are not masked, each once; the person's own are left out."""
    mine = {word.folded for text in _own(held) for word in words_of(text)}
    found: dict[str, str] = {}
    for whole in texts:
        text = whole.replace(mask, "\n")
        first = _sentences(text)
        for word in words_of(text):
            cut = text[word.start : word.end]
            if word.capital and word.start not in first and len(cut) >= _SHORT and word.folded not in mine | _PLAIN:
                found.setdefault(word.folded, cut)
    return tuple(found.values())[:most]


def words_of(text: str) -> list[Word]:
    """Gives the words of a text; in scripts without spaces each sign is a word, as search takes them."""
    return [word for start, end in _runs(text) for word in _pieces(text, start, end) if word.folded]


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Gives every value of a record that is not empty, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from leaves(inside, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from leaves(inside, path)
    elif value is not None and str(value).strip():
        yield path, str(value)


def in_record(path: tuple[str, ...]) -> bool:
    """Tells whether a value of a record from somebody else is about another person."""
    keys = [*path, *(".".join(pair) for pair in pairwise(path))]
    return any(key in RECORD or is_third(key) for key in keys)


def _own(held: Held) -> list[str]:
    details = [pair for one in held.cases for pair in one.case.details.items()]
    apart = [pair for came in held.came for pair in came.identity.items()]
    return [text for key, text in details if key.split(".")[0] in OWN] + [str(value) for key, value in apart if key.endswith("Name")]  # fmt: skip


def _of_case(one: HeldCase, named: list[str], told: list[str]) -> None:
    case, instrument = one.case, one.instrument
    for key, text in case.details.items():
        if is_third(key):
            (named if key in NAMED else told).append(text)
    named += [consent.witness for consent in case.consents]
    answers: list[Answer] = [given for told_of in case.answers.values() for given in told_of]
    answers += [correction.before for correction in case.corrections]
    told += [
        text for talk in (case.talk, *(given.talk for given in answers)) for text in (talk.present, talk.interpreter)
    ]
    third = {question.id for question in instrument.question.values() if is_third(question.field)}
    told += [given.words for given in answers if given.question in third]
    told += [text for question, text in one.drafts.items() if question in third]


def _of_package(came: Came, named: list[str], told: list[str]) -> None:
    for path, text in (*leaves(came.record), *leaves(came.consent), *leaves(came.evidence), *leaves(came.identity)):
        if in_record(path):
            (named if path[-1] in {"x_name", "name", "witness"} else told).append(text)


def _names(texts: list[tuple[str, bool]], mine: set[str], more: list[str]) -> Names:
    alone, phrases, numbers, brief = set[str](), set[tuple[str, ...]](), set[str](), set[str]()
    for text, whole in texts:
        words = words_of(text)
        short = len(words) <= 4
        phrase = tuple(word.folded for word in words)
        if (whole or short) and len(phrase) > 1 and not set(phrase) <= mine:
            phrases.add(phrase)
        first = _sentences(text)
        for word in words:
            if word.folded in mine or word.folded in _PLAIN:
                continue
            if len(word.folded) < _LEAST:
                if whole and word.capital and len(word.folded) == _SHORT and word.folded.isalpha():
                    brief.add(word.folded)
                continue
            capital = word.capital and (short or word.start not in first)
            letters = any(sign.isalpha() for sign in word.folded)
            bare = short and letters and not _cased(word.folded)  # a script without capitals
            if (whole and letters) or capital or bare or _is_number(word.folded):
                alone.add(word.folded)
        numbers |= {_digits(one.group())[-_PHONE:] for one in _NUMBER.finditer(text)}
    for text in more:
        phrase = tuple(word.folded for word in words_of(text))
        if len(phrase) == 1:
            alone.add(phrase[0])
        elif phrase:
            phrases.add(phrase)
        numbers |= {_digits(one.group())[-_PHONE:] for one in _NUMBER.finditer(text)}
    return Names(frozenset(alone), frozenset(phrases), frozenset(numbers), frozenset(brief))


def _matches(word: Word, known: Names) -> bool:
    """Tells whether a word is a name, or a name with an ending of its language, or with letters before it in a script without capitals."""
    names = known.words
    if word.folded in names or (word.capital and word.folded in known.short):
        return True
    for cut in range(1, _ENDING + 1):
        stem = word.folded[:-cut]
        if len(stem) > _LEAST and word.capital and stem in names:
            return True
    if not _cased(word.folded):
        return any(
            name in word.folded and len(word.folded) - len(name) <= _ENDING
            for name in names
            if len(name) >= _LEAST and not _cased(name) and not name.isdigit()
        )
    return False


def _runs(text: str) -> Iterator[tuple[int, int]]:
    start = -1
    for place, sign in enumerate(text):
        inside = _in_word(sign)
        if inside and start < 0:
            start = place
        elif not inside and start >= 0:
            yield start, place
            start = -1
    if start >= 0:
        yield start, len(text)


def _pieces(text: str, start: int, end: int) -> Iterator[Word]:
    if " " not in fold(text[start:end]):
        yield _word(text, start, end)
        return
    begin = start
    for place in range(start, end):
        if " " in fold(f"a{text[place]}"):
            if begin < place:
                yield _word(text, begin, place)
            yield _word(text, place, place + 1)
            begin = place + 1
    if begin < end:
        yield _word(text, begin, end)


def _word(text: str, start: int, end: int) -> Word:
    cut = text[start:end]
    return Word(start, end, fold(cut).replace(" ", ""), cut[:1].isupper())


def _in_word(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] in "LM" or kind in {"Nd", "Nl", "No", "Cf", "Co"}


def _cased(text: str) -> bool:
    return any(sign.lower() != sign.upper() for sign in text)


def _is_number(word: str) -> bool:
    """Tells a plate, an account or a long number from a year or an hour."""
    mixed = any(sign.isalpha() for sign in word) and any(sign.isdigit() for sign in word)
    return (mixed and len(word) > _LEAST) or (word.isdigit() and len(word) >= _PHONE)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in text if unicodedata.category(sign) == "Nd")


def _sentences(text: str) -> set[int]:
    """Gives where sentences begin: a capital letter there tells nothing."""
    return {found.start(1) for found in re.finditer(r"(?:^|[.!?;:\n]\s*)(\S)", text)}


def _merged(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" .-'’\u00a0")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
