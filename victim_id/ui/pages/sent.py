"""What the referral page shows, as values: recipients, consent, what is missing, what leaves, and drawn pages."""

from typing import Literal, NamedTuple

from victim_id.casework.case import Consent


class RecipientRow(NamedTuple):
    """A body one can turn to; `advice` is the call without names, always the first choice."""

    id: str
    label: str
    note: str
    advice: bool = False


class ConsentRow(NamedTuple):
    """What consent one recipient needs and why, what may follow for the person, and what was written down."""

    consent: Consent
    label: str
    needed: Literal["needed", "not_needed", "duty"]
    why: str
    follows: str = ""


class VitalRow(NamedTuple):
    """A call because a life is at risk: which fields of the identity (key, label) could be passed on without consent."""

    consent: Consent
    label: str
    fields: tuple[tuple[str, str], ...]


class MissingRow(NamedTuple):
    """A field that is still empty; a `heavy` one should not be left so."""

    words: str
    inputs: tuple["Input", ...]
    heavy: bool = False


class Input(NamedTuple):
    """One thing to be filled in: its key, label, and the choices where it has them."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False


class LeavingRow(NamedTuple):
    """What goes to one recipient: in short, and every single field."""

    label: str
    short: str
    fields: tuple[str, ...]


class Sending(NamedTuple):
    """A referral as it stands; `sealable` counts the recipients it can be sealed for now, `why_not` says what is in the way."""

    code: str
    recipients: tuple[RecipientRow, ...]
    chosen: tuple[str, ...]
    consents: tuple[ConsentRow, ...]
    missing: tuple[MissingRow, ...]
    leaving: tuple[LeavingRow, ...]
    languages: tuple[tuple[str, str], ...]
    language: str
    told_in: str
    sealable: int
    why_not: str = ""
    vital: tuple[VitalRow, ...] = ()


class PageImage(NamedTuple):
    """A drawn page: size in pixels, bytes in a line, and its pixels as blue, green, red."""

    width: int
    height: int
    stride: int
    pixels: bytes
