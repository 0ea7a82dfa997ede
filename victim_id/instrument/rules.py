"""The numbers of the rules as content, and the four lists of indicators laid out for counting.

Says what counts and how much; how it is counted is said in assessment/.
"""

from typing import TypeAlias

from victim_id.instrument.shapes import DIMENSIONS, Indicator, SetName, Statement, Strength
from victim_id.record import Record

STRENGTHS: tuple[Strength, ...] = ("strong", "medium", "weak")
SETS: tuple[SetName, ...] = ("AL", "AS", "CL", "CS")
"""Every set, in the order in which equal ones are shown: labour before sexual."""


class Rules(Record, kw_only=True):
    """The thresholds that are ours; an edition states them in rules.toml with a note on each.

    `weights` (strong, medium, weak) and `whole` give the support of counts, (3s + 2m + w) / 6, at most `cap_tenths`/10
    until the rule of ILO/EC 2009 holds; scores from `indications` and from `strong` belong to those levels.
    """

    weights: tuple[int, int, int] = (3, 2, 1)
    whole: int = 6
    cap_tenths: int = 9
    indications: int = 60
    strong: int = 80
    few_percent: int = 80
    shown: int = 12
    notes: tuple[Statement, ...] = ()


Slot: TypeAlias = int
"""Where an indicator is counted: 3 x its dimension (in the order of DIMENSIONS) + its strength (strong, medium, weak)."""

EXPLOITATION: Slot = 3 * DIMENSIONS.index("exploitation")
COERCION_HERE: Slot = 3 * DIMENSIONS.index("coercion_destination")
SLOTS = 3 * len(DIMENSIONS)


class Row(Record):
    """One indicator of a set as the counting needs it."""

    key: str
    slot: Slot
    urgent: bool
    indicator: Indicator


class Sheet(Record):
    """One of the four sets laid out for counting, in the order of the content."""

    name: SetName
    child: bool
    rows: tuple[Row, ...]

    @property
    def labour(self) -> bool:
        return self.name in {"AL", "CL"}


def sheet(name: SetName, indicators: tuple[Indicator, ...]) -> Sheet:
    """Lays one set out: the indicators that have a strength in it."""
    place = {dimension: 3 * at for at, dimension in enumerate(DIMENSIONS)}
    rows = tuple(
        Row(one.key, place[one.dimension] + STRENGTHS.index(one.strength[name]), one.urgent, one)
        for one in indicators
        if name in one.strength and one.dimension in place
    )
    return Sheet(name, name in {"CL", "CS"}, rows)
