"""What the page of keeping and erasing shows: plain values, every word in the worker's language."""

from typing import Literal, NamedTuple, TypeAlias

Listing: TypeAlias = Literal["due", "held", "all"]


class CareRow(NamedTuple):
    """A case as it stands in the list: its code, its place, why it is here, and whether a legal hold keeps it.

    With `came` it is a package that was taken in, and its place is who sent it.
    """

    id: str
    code: str
    place: str
    why: str
    held: bool
    came: bool = False


class Chosen(NamedTuple):
    """What is known of the chosen cases: the hold in words, who may read it (nobody named: everybody), who there is.

    `identity` tells when a recipient confirmed what was sent, and from when on who the person is is due to be erased.
    `others` says whose the case is to hold and erase, when one of them is limited to others; `stranded` that nobody is left
    who can read one, which is then erased on the ground of retention alone. `fitting` are packages that came in about the
    same person and may go with the cases.
    """

    cases: tuple[CareRow, ...]
    hold: str
    named: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    me: str
    identity: str = ""
    others: str = ""
    stranded: bool = False
    fitting: tuple[CareRow, ...] = ()


class Kept(NamedTuple):
    """After how many days a case of each outcome is due, and the identity part, what came in, and lines of the history."""

    unfounded: int
    refused: int
    open: int
    referred: int
    closed: int
    identity: int = 30
    received: int = 365
    history: int = 730


class StaleBackup(NamedTuple):
    """A backup that still holds what was erased: when it was made, in words, and where it is."""

    made: str
    place: str
