"""Sets of inputs of one size, counted exactly and shown from the first on, without writing all of them down.

Two facts make it cheap. Choices from inputs that have nothing in common multiply: their numbers multiply, and the first
n of the product are found among the products of the first n of each. (Of two sets of one size the one that holds the
smallest input in which they differ comes first, and that does not depend on what is added to both.) And whether a
dimension is positive depends only on how many of each strength are taken, so a choice is a product over strengths.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, islice, product
from math import comb
from typing import TypeAlias

from victim_id.record import Record

Places: TypeAlias = tuple[int, ...]
"""The places of the chosen inputs in the order of the content, sorted."""


class Found(Record):
    """All of `total` sets of `size` inputs, represented by the first of them; without any, nothing suffices."""

    size: int
    total: int
    first: tuple[Places, ...]


NOTHING_NEEDED = Found(0, 1, ((),))
IMPOSSIBLE = Found(0, 0, ())


def one_of(places: Iterable[int], most: int) -> Found:
    """Gives the sets that hold one of these inputs."""
    each = sorted(set(places))
    return Found(1, len(each), tuple((place,) for place in each[:most])) if each else IMPOSSIBLE


def several_of(places: Sequence[int], size: int, most: int) -> Found:
    """Gives the sets that hold `size` of these inputs, which are sorted."""
    return Found(size, comb(len(places), size), tuple(islice(combinations(places, size), most)))


def together(parts: Iterable[Found], most: int) -> Found:
    """Gives the sets that hold one set of each part; the parts have no input in common."""
    found = NOTHING_NEEDED
    for part in parts:
        if part is not NOTHING_NEEDED:
            first = sorted(tuple(sorted(one + other)) for one, other in product(found.first, part.first))
            found = Found(found.size + part.size, found.total * part.total, tuple(first[:most]))
    return found if found.total else IMPOSSIBLE


def smallest(parts: Iterable[Found], most: int) -> Found:
    """Gives the smallest sets of any part; no set belongs to two of the parts."""
    possible = [part for part in parts if part.total]
    if not possible:
        return IMPOSSIBLE
    size = min(part.size for part in possible)
    chosen = [part for part in possible if part.size == size]
    first = sorted(places for part in chosen for places in part.first)
    return Found(size, sum(part.total for part in chosen), tuple(first[:most]))


def enough(
    rule: Callable[[int, int, int], bool],
    firm: tuple[int, int, int],
    free: tuple[list[int], list[int], list[int]],
    most: int,
) -> Found:
    """Gives the smallest sets that make a rule on counts true: `firm` counts, `free` places by strength.

    Three more are always enough for the rule of ILO/EC 2009, or nothing is.
    """
    strong, medium, weak = firm
    if rule(strong, medium, weak):
        return NOTHING_NEEDED
    for size in (1, 2, 3):
        parts = [
            together(
                (several_of(free[0], s, most), several_of(free[1], m, most), several_of(free[2], size - s - m, most)),
                most,
            )
            for s in range(size + 1)
            for m in range(size + 1 - s)
            if rule(strong + s, medium + m, weak + size - s - m)
        ]
        found = smallest(parts, most)
        if found.total:
            return found
    return IMPOSSIBLE
