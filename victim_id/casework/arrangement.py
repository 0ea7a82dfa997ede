"""How a vault's people have arranged their work, and how a talk begins. Nothing of it names a person."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from victim_id.casework.case import Age
from victim_id.instrument.answers import Talk
from victim_id.record import Record

BINDING = ("organisation", "organisation_type", "regime", "profile", "role", "idle_minutes")
"""What decides how this organisation is bound, who it is to others, and how soon the vault locks; a change of it is written into the history."""
OWN = frozenset({"language", "role", "phone", "email", "theme", "text_scale"})
"""What is a worker's own and not the vault's."""
SUSPECTS = frozenset({"J1", "J2"})
"""Fields about alleged offenders: only where Directive (EU) 2016/680 (LED) binds the organisation (GDPR art. 10)."""


class Preferences(Record, kw_only=True):
    """What this vault's people have set, as it is for one of them; nothing of it is a name."""

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


def known_preferences(kept: Mapping[str, object]) -> Preferences:
    """Gives preferences as they were kept; what an older version did not know has its default."""
    known = {name: value for name, value in kept.items() if name in Preferences.__struct_fields__}
    return msgspec.convert(known, Preferences)


def binding_changes(before: Preferences, after: Preferences) -> dict[str, object]:
    """Gives what changed of that which binds an organisation, as it is now."""
    return {name: getattr(after, name) for name in BINDING if getattr(after, name) != getattr(before, name)}


def may_keep(preferences: Preferences, details: Mapping[str, str]) -> bool:
    """Tells whether the law that binds an organisation allows these entries of the referral form to be kept."""
    return preferences.regime == "LED" or not any(text and name[:2] in SUSPECTS for name, text in details.items())
