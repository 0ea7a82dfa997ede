"""Third persons: which fields name them, which words are their names, and where these stand in any other text.

Names are found however they are written: case, diacritics and digits are folded as search folds them. A word too many
that is masked can be shown again with a reason; a name too few cannot be called back.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from victim_id.access import scripts
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
_BEFORE = 3
"""Letters before a name in a script without capitals: *and*, *to* and *the*. Behind one of more than three there may be any."""
_MKHEDRULI = "\u10d0", "\u10ff"
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
    return _names(
        [(text, True) for text in named] + [(text, False) for text in told], own_words(_own(held)), list(more)
    )


def own_words(texts: Iterable[str]) -> set[str]:
    """Gives the words of the person's own names, and each name as one word."""
    words = [words_of(text) for text in texts]
    return {word.folded for name in words for word in name} | {_joined(name) for name in words}


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
    spans += _phrases(words, names.phrases)
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
    """Gives words of typed texts that look like names and are not masked, each once; the person's own are left out.

    First what has a capital or stands beside a title; then, in scripts without capitals, any word, for it may be a name.
    """
    mine = own_words(_own(held)) | _PLAIN
    found, others = dict[str, str](), dict[str, str]()
    for whole in texts:
        text = whole.replace(mask, "\n")
        first, words = _sentences(text), words_of(text)
        for cut in scripts.titled(text):
            if _joined(words_of(cut)) not in mine:
                found.setdefault(fold(cut), cut)
        for at, word in enumerate(words):
            cut = text[word.start : word.end]
            if word.folded in mine or len(cut) < _SHORT or scripts.is_called(word.folded):
                continue
            if word.capital:
                if word.start not in first:
                    found.setdefault(word.folded, cut)
            elif any(sign.isalpha() for sign in word.folded) and not _cased(word.folded):
                beside = (*words[max(at - 1, 0) : at], *words[at + 1 : at + 2])
                likely = any(scripts.is_called(near.folded) for near in beside)
                (found if likely else others).setdefault(word.folded, cut)
    return tuple((found | {key: cut for key, cut in others.items() if key not in found}).values())[:most]


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
        short = len(list(_runs(text))) <= 4
        phrase = tuple(word.folded for word in words)
        if (whole or short) and len(phrase) > 1 and not _is_own(phrase, mine):
            phrases.add(phrase)
        if whole or (short and len(words) <= 4):
            for part in scripts.parts(text):
                _look_for(part, mine, alone, phrases)
        first = _sentences(text)
        for word in words:
            if word.folded in mine or word.folded in _PLAIN:
                continue
            letters = any(sign.isalpha() for sign in word.folded)
            bare = short and letters and not _cased(word.folded)  # a script without capitals
            if len(word.folded) < _LEAST:
                if (bare or (whole and word.capital and word.folded.isalpha())) and len(word.folded) == _SHORT:
                    brief.add(word.folded)
                continue
            capital = word.capital and (short or word.start not in first)
            if (whole and letters) or capital or bare or _is_number(word.folded):
                alone.add(word.folded)
        numbers |= {_digits(one.group())[-_PHONE:] for one in _NUMBER.finditer(text)}
    for text in more:
        _look_for(text, set(), alone, phrases)
        numbers |= {_digits(one.group())[-_PHONE:] for one in _NUMBER.finditer(text)}
    return Names(frozenset(alone), frozenset(phrases), frozenset(numbers), frozenset(brief))


def _look_for(text: str, mine: set[str], alone: set[str], phrases: set[tuple[str, ...]]) -> None:
    phrase = tuple(word.folded for word in words_of(text))
    if not phrase or _is_own(phrase, mine):
        return
    if len(phrase) == 1:
        alone.add(phrase[0])
    else:
        phrases.add(phrase)


def _is_own(phrase: tuple[str, ...], mine: set[str]) -> bool:
    """Tells whether a phrase is of the person's own name; signs are so only side by side."""
    if all(len(word) == 1 for word in phrase):
        return any("".join(phrase) in name for name in mine)
    return set(phrase) <= mine


def _joined(words: Iterable[Word]) -> str:
    return "".join(word.folded for word in words)


def _phrases(words: list[Word], phrases: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Gives where phrases stand; in a script without capitals the last word may have an ending."""
    beginning: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        beginning.setdefault(phrase[0], []).append(phrase)
    for at, word in enumerate(words):
        for phrase in beginning.get(word.folded, ()):
            here = [one.folded for one in words[at : at + len(phrase)]]
            if here[:-1] != list(phrase[:-1]) or len(here) < len(phrase):
                continue
            *_, last = phrase
            if here[-1] == last or (len(last) > 1 and not _cased(last) and here[-1].startswith(last)):
                yield word.start, words[at + len(phrase) - 1].end


def _matches(word: Word, known: Names) -> bool:
    """Tells whether a word is a name, or a name with an ending of its language, or with letters before it in a script without capitals."""
    names = known.words
    if word.folded in names:
        return True
    if _cased(word.folded):
        if word.capital and word.folded in known.short:
            return True
        return word.capital and any(len(stem) > _LEAST and stem in names for stem in _stems(word.folded))
    return any(_holds(word.folded, name) for name in names if not _cased(name) and not name.isdigit()) or any(
        word.folded == name or (name in word.folded and len(word.folded) == len(name) + 1) for name in known.short
    )


def _stems(word: str) -> list[str]:
    return [word[:-cut] for cut in range(1, _ENDING + 1)]


def _holds(word: str, name: str) -> bool:
    """Tells whether a word holds a name between a few letters; of a longer name the last letter may have changed."""
    for known in (name, name[:-1]) if len(name) > _LEAST + 1 else (name,):
        at = word.find(known) if len(known) >= _LEAST else -1
        if 0 <= at <= _BEFORE and (len(known) > _LEAST or len(word) - at - len(known) <= _ENDING):
            return True
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
    """Tells whether a capital would tell a name here; the capitals of Georgian are for headings."""
    return any(sign.lower() != sign.upper() and not _MKHEDRULI[0] <= sign <= _MKHEDRULI[1] for sign in text)


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
