"""What the interview page shows, as values: sections, the question, the conditions of the talk, what is useful next."""

from typing import Literal, NamedTuple

from victim_id.instrument.answers import Answer, Source, Talk

Kind = Literal["yes_no", "number", "choice", "several", "text"]


class SectionRow(NamedTuple):
    """A section with how far it is; a closed one is private and opens only when alone, or by choice."""

    id: str
    label: str
    asked: int
    askable: int
    open: bool
    here: bool


class Asked(NamedTuple):
    """A question in both languages; `person` is empty where it is not asked of the person.

    `written` says when it was answered, `before` what was answered before that, `reason` why that was changed.
    """

    id: str
    section: str
    place: str
    worker: str
    person: str = ""
    direction: Literal["ltr", "rtl"] = "ltr"
    kind: Kind = "yes_no"
    source: Source = "said"
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    least: int = 0
    most: int = 0
    why: str = ""
    watch: str = ""
    avoid: str = ""
    answers: tuple[Answer, ...] = ()
    draft: str = ""
    untranslated: bool = False
    written: str = ""
    before: str = ""
    reason: str = ""


class Link(NamedTuple):
    """A question one can go to: its id and short words."""

    id: str
    words: str


class Urgent(NamedTuple):
    """An urgent sign: what it is, and what to do."""

    id: str
    label: str
    text: str


class Talking(NamedTuple):
    """A talk as it stands. No level, no score, no name of a dimension: nothing a bystander could read as a verdict."""

    code: str
    place: str
    role: str
    saved: str
    asked: int
    total: int
    sections: tuple[SectionRow, ...]
    question: Asked | None
    talk: Talk
    person_language: str
    next: tuple[Link, ...] = ()
    urgent: tuple[Urgent, ...] = ()
    all: tuple[Link, ...] = ()
    phone_away: bool = False
    quick: bool = False
    changed: int = 0
    unsaved: bool = False


class Given(NamedTuple):
    """An answer as it was given on the page; who, when and under which conditions is added where it is written down."""

    question: str
    value: Literal["yes", "no", "given", "unknown", "declined"]
    source: Source
    number: int | None = None
    chosen: tuple[str, ...] = ()
    words: str = ""
