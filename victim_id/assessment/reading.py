"""What goes into an assessment and what comes out: values only, no rule."""

from typing import Literal, TypeAlias

import msgspec

from victim_id.instrument.shapes import MEANS, SetName, Strength
from victim_id.record import Record

State: TypeAlias = Literal["yes", "no", "unknown", "declined", "not_applicable", "reported", "no_unsafe", "not_asked"]
"""What is known of one sign, or why it is not: `reported` is a yes known only from a third party, `no_unsafe` a no
that was not said in safe conditions."""

NOT_KNOWN: tuple[State, ...] = ("not_asked", "unknown", "declined", "reported", "no_unsafe")

Age: TypeAlias = Literal["adult", "child", "unsure"]
Form: TypeAlias = Literal["labour", "sexual"]
Level: TypeAlias = Literal["strong", "indications", "open", "exploitation", "few"]
Element: TypeAlias = Literal["yes", "open", "no"]
Met: TypeAlias = Literal["met", "open", "not_met"]
When: TypeAlias = Literal["now", "past"]
Ilo: TypeAlias = Literal["yes", "possible", "no"]

LEVELS: tuple[Level, ...] = ("strong", "indications", "open", "exploitation", "few")
"""The order in which sets are shown: open stands before the two closing words, because something is still to be asked."""


class Facts(Record, kw_only=True):
    """What is known of every sign. What is missing was not asked.

    `urgent` is a sign outside the indicators whose id is not given; `urgent_signs` gives those that have one, with the
    time; `urgent_reported` and `urgent_differs` are known from third parties only, or yes by one source and no by another;
    `urgent_open` says that one of them is not known. `beside` holds the states that differ when the same
    answers are read for the other age. `day` (YYYY-MM-DD) is when the law must be in force. `because` names the questions behind a sign.
    """

    profile: str
    age: Age
    forms: tuple[Form, ...] = ()
    setting: str = ""
    act: State = "unknown"
    someone_else: State = "unknown"
    gates: dict[str, State] = msgspec.field(default_factory=dict)
    indicators: dict[str, State] = msgspec.field(default_factory=dict)
    urgent: bool = False
    urgent_signs: dict[str, When] = msgspec.field(default_factory=dict)
    urgent_reported: tuple[str, ...] = ()
    urgent_differs: tuple[str, ...] = ()
    urgent_open: bool = False
    quick: bool = False
    day: str = ""
    was_child: bool = False
    beside: dict[str, State] = msgspec.field(default_factory=dict)
    because: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    contradictions: tuple[str, ...] = ()


class Counts(Record):
    """How many indicators of each strength."""

    strong: int
    medium: int
    weak: int


class DimensionReading(Record, kw_only=True):
    """One dimension: met, open or not met on what was asked; `firm` signs, and how many more are `open`."""

    name: str
    state: Met
    firm: Counts
    open: Counts
    answered: int
    askable: int


class Elements(Record, kw_only=True):
    """The elements of the definition, whether or not this law asks for each of them."""

    act: Element
    means: Element
    purpose: Element


class GateReading(Record, kw_only=True):
    """One purpose gate, and whether it counts for this age under this law."""

    name: str
    state: State
    counts: bool
    because: tuple[str, ...]


class Finding(Record, kw_only=True):
    """A sign that is present, with its strength in this set and the questions (or inputs) behind it."""

    key: str
    dimension: str
    strength: Strength
    because: tuple[str, ...]


class Urgent(Record, kw_only=True):
    """A sign that never waits for a level. Without a `when` the time was not told: treat it as now."""

    id: str
    because: tuple[str, ...]
    when: Literal["now", "past", ""] = ""


class Score(Record):
    """From 0 to 100, how much of the definition is supported: on what is firm, and if all not known were yes."""

    lower: int
    upper: int


class ForcedLabour(Record, kw_only=True):
    """The ILO's eleven indicators, and both conditions of forced labour (Convention No. 29; 20th ICLS, 2018)."""

    present: tuple[str, ...]
    open: tuple[str, ...]
    involuntary: Ilo
    penalty: Ilo


class Reading(Record, kw_only=True):
    """The case read with one of the four sets. `possible` is the level if everything not known were yes.

    `urgent_reported` and `urgent_differs` move no level, and are shown beside `urgent` as what they are.
    """

    set: SetName
    level: Level
    possible: Level
    dignity: bool
    too_early: bool
    score: Score
    dimensions: tuple[DimensionReading, ...]
    pooled_means: DimensionReading
    elements: Elements
    gates: tuple[GateReading, ...]
    urgent: tuple[Urgent, ...]
    urgent_reported: tuple[str, ...]
    urgent_differs: tuple[str, ...]
    findings: tuple[Finding, ...]
    against: tuple[str, ...]
    forced_labour: ForcedLabour | None

    @property
    def urgent_doubted(self) -> tuple[str, ...]:
        """Gives the urgent signs that are not firm: sources that differ first, then what is only reported."""
        return (*self.urgent_differs, *self.urgent_reported)

    @property
    def help_due(self) -> bool:
        """Tells whether the law's threshold for help is reached: any firm means sign, or any urgent sign."""
        return bool(self.urgent) or any(finding.dimension in MEANS for finding in self.findings)


class Outlook(Record, kw_only=True):
    """Where the case would stand."""

    set: SetName
    level: Level
    score: Score


class Contradiction(Record, kw_only=True):
    """A sign whose sources differ, worked out both ways."""

    sign: str
    if_yes: Outlook
    if_no: Outlook


class Assessment(Record, kw_only=True):
    """What the answers show: every fitting set, the highest first, with the edition that says so."""

    edition: str
    fingerprint: str
    profile: str
    readings: tuple[Reading, ...]
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def first(self) -> Reading:
        return self.readings[0]

    @property
    def others(self) -> tuple[Reading, ...]:
        return self.readings[1:]


class Choices(Record):
    """Some of `total` equally small sets of inputs, in the order of the content."""

    total: int
    shown: tuple[tuple[str, ...], ...]


class Gaps(Record, kw_only=True):
    """What is still open in one set: the smallest sets of answers that would raise the level, and what to ask next."""

    decisive: Choices
    next: tuple[str, ...]
