"""How a vault's people have arranged their work, and how a talk begins. Nothing of it names a person."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

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


def kept_preferences(kept: Mapping[str, Any]) -> Preferences:
    """Gives the preferences out of what was kept; what this version does not know is left out, what it lacks has its default."""
    return msgspec.convert({name: kept[name] for name in kept if name in Preferences.__struct_fields__}, Preferences)


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
