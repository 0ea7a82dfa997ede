"""What consent lets leave, and what a life at risk lets leave without it: the one place that decides."""

from victim_id.casework.case import Case, Consent
from victim_id.errors import WrongInput
from victim_id.instrument.shapes import Profile, Recipient

VITAL = "vital_interest"
"""The basis of whoever passes a name on because a life is at risk (a choice of field C6)."""


def may_leave(case: Case, recipient: Recipient) -> bool:
    """Tells whether a referral may go to a recipient, sealed or on paper, as far as consent decides it."""
    return recipient.consent != "needed" or case.consent(recipient.id).answer == "yes"


def check_may_leave(case: Case, recipient: Recipient) -> None:
    """Raises WrongInput where a recipient needs a consent that is not there."""
    if not may_leave(case, recipient):
        either = "please ask and write it down, or choose the advice call without names"
        raise WrongInput(recipient.id, "needs the person's consent", either)


def agrees(consent: Consent, recipient: Recipient) -> bool:
    """Tells whether ticks for name and details count: after a yes, or where this recipient needs none and nobody said no."""
    silent = consent.answer in {"not_asked", "not_required"}
    return consent.answer == "yes" or (recipient.consent != "needed" and silent)


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
