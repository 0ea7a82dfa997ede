"""The history of a case, and how it left, in words a person reads: when, what was done, by whom as a role.

Writing of one day is told together, reading and everything that leaves or limits one by one. Names of workers are not
told (Court of Justice, C-579/21, 22 June 2023: not unless they are indispensable to the person's own rights [G]).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from victim_id.access.rows import Speaker
from victim_id.instrument.instrument import Instrument
from victim_id.language import Language
from victim_id.vault import Line

WRITING = frozenset({"answered", "arranged", "explained", "filled in", "took back"})
"""Deeds that come in dozens: a line for each would hide the others."""


class Deed(NamedTuple):
    """One line of the history: when, what, and the words somebody typed about it."""

    when: str
    deed: str
    words: tuple[str, ...] = ()


def deeds(lines: Sequence[Line], speaker: Speaker, instrument: Instrument) -> Iterator[Deed]:
    """Gives the history of a case, the oldest first."""
    language = speaker.language
    for (kind, day, _), group in groupby(lines, key=lambda line: (line.kind, line.time[:10], line.kind in WRITING or line.seq)):  # fmt: skip
        found = list(group)
        words = deed(language, kind)
        if kind in WRITING:
            told = language.say_many("{what} ({n} time)", "{what} ({n} times)", len(found), what=words)
            yield Deed(language.date(f"{day}T12:00:00Z"), told, ())
        else:
            line = found[0]
            yield Deed(speaker.moment(line.time), f"{words}{_whom(line, speaker, instrument)}", _words(line))


def deed(language: Language, kind: str) -> str:
    """Gives a deed of the history in words."""
    say = language.say
    return {
        "begun": say("begun"),
        "answered": say("answers written down"),
        "arranged": say("how the talk is held was changed"),
        "explained": say("a change was explained"),
        "filled in": say("details filled in"),
        "took back": say("an answer was taken back"),
        "viewed": say("own view written"),
        "saw the result": say("the result was looked at"),
        "consent": say("your agreement was written down"),
        "open": say("opened again"),
        "referred": say("marked as referred"),
        "closed": say("closed"),
        "sent": say("given to a recipient"),
        "read": say("read"),
        "exported": say("all that is held was given out"),
        "refused": say("reading was refused: limited to others"),
        "limited": say("limited to named workers"),
        "unlimited": say("opened to all workers of the office"),
        "held": say("must be kept: a hold began"),
        "released": say("the hold ended"),
        "access_asked": say("a copy was asked for: identity and safety were looked at"),
        "access_put_off": say("a copy was asked for, and put off"),
        "access_given": say("a copy was given"),
        "confirmed": say("the recipient confirmed what was sent"),
        "identity_erased": say("name, birth date, papers and address were erased"),
        "erased": say("erased"),
    }.get(kind, kind)


def way(language: Language, name: str) -> str:
    """Gives how something left."""
    say = language.say
    return {
        "sealed": say("sealed file"),
        "locked_pdf": say("PDF locked with a passphrase"),
        "printed": say("on paper"),
        "told": say("told by voice"),
        "plain": say("unlocked files"),
        "read": say("read together at the office"),
    }.get(name, name)


def before_talk(language: Language, name: str) -> str:
    """Gives what was looked at before a talk."""
    say = language.say
    return {
        "alone": say("The worker was alone with you, out of hearing"),
        "elsewhere": say("Companion, employer and colleagues were elsewhere"),
        "interpreter": say("The interpreter was not from the group"),
        "told": say("You were told who the worker is, what is written down and kept, and that you may stop"),
        "report": say("You were told what must be reported, and to whom"),
        "doctor": say("Nobody needed a doctor first"),
        "phone": say("The phone was away, or known to be watched"),
        "agreed": say("You agreed to the talk and to a record"),
    }.get(name, name)


def source(language: Language, name: str) -> str:
    """Gives how something is known, to the person it is about."""
    say = language.say
    return {
        "said": say("said by you"),
        "observed": say("seen by the worker"),
        "document": say("read in a paper"),
        "third_party": say("said by somebody else"),
    }[name]


def _whom(line: Line, speaker: Speaker, instrument: Instrument) -> str:
    body = line.body or {}
    found = instrument.recipient.get(str(body.get("recipient", "")))
    told = [speaker.content(f"recipient.{found.id}.label", found.label).text] if found else []
    if isinstance(body.get("way"), str):
        told.append(way(speaker.language, body["way"]))
    return f" ({', '.join(told)})" if told else ""


def _words(line: Line) -> tuple[str, ...]:
    """Gives what a worker typed about a deed: reasons, and how the person was known."""
    body = line.body or {}
    check = body.get("check", {})
    shown = [one.get("reason", "") for one in body.get("shown", [])]
    return tuple(text for text in (body.get("reason", ""), check.get("words", ""), check.get("kept_words", ""), *shown) if text)  # fmt: skip
