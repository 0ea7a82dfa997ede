"""A life at risk: which fields of a person's identity go without consent, and only with the reason written down."""

from victim_id.casework.case import Consent
from victim_id.errors import WrongInput
from victim_id.instrument.shapes import Profile, Recipient

VITAL = "vital_interest"
"""The basis of whoever passes a name on because a life is at risk (a choice of field C6)."""


def vital_fields(consent: Consent, recipient: Recipient, profile: Profile) -> tuple[str, ...]:
    """Gives the fields of the identity that the worker passes on without consent, because a life is at risk.

    Only to an emergency, under a law that lets a life at risk go before consent, and with the reason written down
    (GDPR art. 6(1)(d) and 9(2)(c)).
    """
    lawful = any(rule.act == "life_at_risk" and rule.consent == "not_needed" for rule in profile.consent)
    told = consent.basis == VITAL and consent.reason.strip()
    return consent.vital if recipient.purpose == "emergency" and lawful and told else ()


def check_vital(consent: Consent, recipient: Recipient, profile: Profile) -> None:
    """Raises WrongInput where fields of the identity may not be passed on as for a life at risk."""
    if not consent.reason.strip():
        raise WrongInput("reason", "is not written", "please write why a life is at risk")
    if not vital_fields(consent, recipient, profile):
        raise WrongInput(recipient.id, "is no emergency under this law", "please ask for the person's consent")
