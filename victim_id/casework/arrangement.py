"""How a vault's people have arranged their work, and how a talk begins. Nothing of it names a person."""

from typing import Literal

from victim_id.casework.case import Age
from victim_id.instrument.answers import Talk
from victim_id.record import Record


class Preferences(Record, kw_only=True):
    """What this vault's people have set; nothing of it names a person."""

    language: str = "en"
    profile: str = "LU"
    organisation: str = ""
    organisation_type: str = "inspectorate"
    role: str = ""
    phone: str = ""
    email: str = ""
    regime: Literal["GDPR", "LED"] = "GDPR"
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    text_scale: int = 100
    idle_minutes: int = 5


class Start(Record, kw_only=True):
    """How a talk begins; nothing here is needed, and all of it can be filled in later."""

    setting: str = "workplace"
    profile: str = ""
    quick: bool = False
    age: Age = "adult"
    forms: tuple[Literal["labour", "sexual"], ...] = ()
    person_language: str = "en"
    place: str = ""
    before: tuple[str, ...] = ()
    talk: Talk = Talk()
