"""What the page of handing out a copy shows: plain values, every word said already."""

from typing import NamedTuple


class ArrivedRow(NamedTuple):
    """A package that was taken in: what it is called here, and whether it fits the chosen cases."""

    package: str
    words: str
    fits: bool


class MaskRow(NamedTuple):
    """A place with masks: where, its label, its text now, and the reason when the worker shows it all the same."""

    key: str
    label: str
    text: str
    shown: str


class CopyShown(NamedTuple):
    """The copy as it would leave now: all of its text, how a mask looks, its masked places, and words that look like names.

    `idle` are words the worker covers that stand nowhere in it.
    """

    text: str
    mask: str
    masks: int
    places: tuple[MaskRow, ...]
    names: tuple[str, ...]
    closed: int
    language: str
    languages: tuple[tuple[str, str], ...]
    here: bool
    idle: tuple[str, ...] = ()
