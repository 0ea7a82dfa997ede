"""Everything that is held about one person, as it was found: the cases that could be opened, and how many could not."""

from typing import Any, NamedTuple

from victim_id.assessment.reading import Assessment
from victim_id.casework.case import Case
from victim_id.casework.outcome import Outcome
from victim_id.instrument.instrument import Instrument
from victim_id.vault import Hold, Passed
from victim_id.vault.history import Line


class Came(NamedTuple):
    """A package about the person that came from somebody else, with everything in it that can be read."""

    package: str
    kind: str
    code: str
    sender: str
    role: str
    made: str
    at: str
    record: dict[str, Any]
    consent: dict[str, Any]
    evidence: list[Any]
    identity: dict[str, Any]


class HeldCase(NamedTuple):
    """One case with everything beside it. `readers` counts those it is limited to, 0 for an ordinary case.

    `due` is the moment from which it is looked at to be erased, if nothing changes; `days` how long that is.
    """

    case: Case
    instrument: Instrument
    assessment: Assessment
    drafts: dict[str, str]
    passed: tuple[Passed, ...]
    lines: tuple[Line, ...]
    hold: Hold | None
    readers: int
    outcome: Outcome
    days: int
    due: str


class Held(NamedTuple):
    """What is held. `closed` counts the cases that this worker cannot open: nothing else of them is known here.

    `workers` are the names of everybody who is or was a worker, for masking only. `country` is the legal profile.
    """

    cases: tuple[HeldCase, ...]
    closed: int
    came: tuple[Came, ...]
    workers: tuple[str, ...]
    organisation: str
    role: str
    contact: str
    country: str
    made: str
