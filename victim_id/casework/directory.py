"""The directory of a country: whom to call and where to report, with what an organisation has corrected, dated.

Pure. A correction never changes the content; it stands beside it, with its day, and is shown as such.
"""

from collections.abc import Mapping

import msgspec

from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Recipient
from victim_id.record import Record

PURPOSES = ("emergency", "child_protection", "advice", "assistance", "official_notice", "registration", "cross_border")
"""The order of the list: danger and children first."""


OFFICIALS = frozenset({"inspectorate", "police", "immigration", "municipality"})
"""Kinds of organisation whose workers are public officials, by the choices of field B1."""


class Corrected(Record, kw_only=True):
    """What an organisation knows better of a contact than the content does, since `at`; empty is as the content says."""

    phone: str = ""
    email: str = ""
    site: str = ""
    note: str = ""
    at: str = ""


class Contact(Record, kw_only=True):
    """A recipient as it is shown: with the corrected contact where there is one."""

    recipient: Recipient
    corrected: Corrected | None = None

    @property
    def phone(self) -> str:
        """Gives the number to call."""
        return (self.corrected.phone if self.corrected else "") or self.recipient.phone

    @property
    def email(self) -> str:
        """Gives the address to write to."""
        return (self.corrected.email if self.corrected else "") or self.recipient.email

    @property
    def site(self) -> str:
        """Gives the public site."""
        return (self.corrected.site if self.corrected else "") or self.recipient.site


def contacts(instrument: Instrument, country: str, corrections: Mapping[str, Corrected]) -> list[Contact]:
    """Gives the recipients and contacts of a country, emergency and children first."""
    here = [one for one in instrument.recipients if one.country == country]
    ranked = sorted(here, key=lambda one: (PURPOSES.index(one.purpose), not one.minors_only))
    return [Contact(recipient=one, corrected=corrections.get(one.id)) for one in ranked]


def corrected(instrument: Instrument, corrections: Mapping[str, Corrected]) -> Instrument:
    """Gives the content with the numbers an organisation corrected, so that every page and paper shows the same."""
    recipients = tuple(
        msgspec.structs.replace(one, phone=here.phone, email=here.email, site=here.site)
        if (known := corrections.get(one.id)) and (here := Contact(recipient=one, corrected=known))
        else one
        for one in instrument.recipients
    )
    return msgspec.structs.replace(instrument, recipients=recipients)


def bound(instrument: Instrument, kind: str) -> Instrument:
    """Gives the content as it binds a kind of organisation: only a public official has a duty to report.

    Whoever is bound by secrecy needs the person's consent instead. Code de procédure pénale art. 23(2) and Code pénal
    art. 458 (Luxembourg), Code d'instruction criminelle art. 29 (Belgium), Wetboek van Strafvordering art. 162
    (Netherlands), all from general knowledge [G].
    """
    if kind in OFFICIALS:
        return instrument
    recipients = tuple(
        msgspec.structs.replace(one, consent="needed") if one.consent == "duty" else one
        for one in instrument.recipients
    )
    return msgspec.structs.replace(instrument, recipients=recipients)
