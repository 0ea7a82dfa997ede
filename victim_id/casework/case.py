"""One person's record: answers, the worker's own judgement, consent, referrals. Pure; every change makes a new Case."""

from typing import Literal, TypeAlias

import msgspec

from victim_id.instrument.answers import Answer, Talk
from victim_id.record import Record

Age: TypeAlias = Literal["adult", "child", "unsure"]
View: TypeAlias = Literal["no_concern", "unsure", "presumed_victim"]
State: TypeAlias = Literal["open", "referred", "closed"]
OWN_VIEW, JUDGEMENT = "own_view", "judgement"
"""Under these names half-typed reasons are kept beside the half-typed answers, which have their question's."""


class OwnView(Record, kw_only=True):
    """What the worker thought, with reasons; `result_seen` tells that level and score were already on screen."""

    view: View
    reasons: str
    at: str
    by: str
    result_seen: bool = False


class Consent(Record, kw_only=True):
    """The person's consent to one recipient for one purpose: told what, in which language, given how, to which parts.

    Where a life is at risk, `basis` is `vital_interest`, `reason` says why, and `vital` names the fields of the identity
    that the worker passes on without consent.
    """

    recipient: str
    answer: Literal["yes", "no", "not_able", "not_required", "not_asked"] = "not_asked"
    told: bool = False
    told_in: str = ""
    form: Literal["spoken", "written", "guardian", ""] = ""
    witness: str = ""
    name_too: bool = False
    details_too: bool = False
    basis: str = ""
    reason: str = ""
    vital: tuple[str, ...] = ()
    at: str = ""
    by: str = ""


class Sent(Record, kw_only=True):
    """A referral that left: to whom, in which language, how, as which package."""

    recipient: str
    language: str
    way: Literal["sealed", "locked_pdf", "printed", "told"]
    at: str
    by: str
    package: str = ""


class Correction(Record, kw_only=True):
    """A past answer that was replaced; both are kept, with the reason."""

    before: Answer
    reason: str
    at: str
    by: str


class Case(Record, kw_only=True):
    """A case is for ever read with the edition that asked it (`edition`, `fingerprint`)."""

    id: str
    code: str
    made: str
    changed: str
    by: str
    edition: str
    fingerprint: str
    profile: str
    setting: str
    age: Age = "adult"
    forms: tuple[Literal["labour", "sexual"], ...] = ()
    quick: bool = False
    state: State = "open"
    place: str = ""
    worker_language: str = "en"
    person_language: str = "en"
    before: tuple[str, ...] = ()
    talk: Talk = Talk()
    opened: tuple[str, ...] = ()
    answers: dict[str, tuple[Answer, ...]] = msgspec.field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    at_question: str = ""
    views: tuple[OwnView, ...] = ()
    result_seen: bool = False
    details: dict[str, str] = msgspec.field(default_factory=dict)
    consents: tuple[Consent, ...] = ()
    sent: tuple[Sent, ...] = ()
    next_step: str = ""
    due: str = ""

    @property
    def view(self) -> OwnView | None:
        """Gives the newest own view, if one was written."""
        return self.views[-1] if self.views else None

    @property
    def judgement(self) -> OwnView | None:
        """Gives the newest view written with the result on screen: the one that may leave; the blind one never does."""
        return next((view for view in reversed(self.views) if view.result_seen), None)

    def consent(self, recipient: str) -> Consent:
        """Gives the consent to a recipient; not asked where nothing was written down."""
        return next((c for c in self.consents if c.recipient == recipient), Consent(recipient=recipient))


def answered(case: Case, answer: Answer, *, at: str, reason: str = "") -> Case:
    """Gives the case with one more answer: it takes the place of the earlier one from the same source.

    An earlier answer that said something else is kept among the corrections, with `reason`.
    """
    earlier = case.answers.get(answer.question, ())
    same = [old for old in earlier if old.source == answer.source]
    others = tuple(old for old in earlier if old.source != answer.source)
    said_otherwise = [old for old in same if _gist(old) != _gist(answer)]
    return msgspec.structs.replace(
        case,
        answers=case.answers | {answer.question: (*others, answer)},
        corrections=case.corrections
        + tuple(Correction(before=old, reason=reason, at=at, by=answer.by) for old in said_otherwise),
        changed=at,
    )


def unanswered(case: Case, question: str, *, at: str, by: str) -> Case:
    """Gives the case without the answers to a question (undo); what was there is kept among the corrections."""
    gone = case.answers.get(question, ())
    kept = {name: answers for name, answers in case.answers.items() if name != question}
    taken = tuple(Correction(before=old, reason="undo", at=at, by=by) for old in gone)
    return msgspec.structs.replace(case, answers=kept, corrections=case.corrections + taken, changed=at)


def viewed(case: Case, view: View, reasons: str, *, at: str, by: str) -> Case:
    """Gives the case with the worker's own view; once the result was seen it is marked so."""
    own = OwnView(view=view, reasons=reasons, at=at, by=by, result_seen=case.result_seen)
    return msgspec.structs.replace(case, views=(*case.views, own), changed=at)


def consented(case: Case, consent: Consent, *, at: str) -> Case:
    """Gives the case with the consent to one recipient written down, in place of an earlier one."""
    others = tuple(old for old in case.consents if old.recipient != consent.recipient)
    return msgspec.structs.replace(case, consents=(*others, consent), changed=at)


def was_sent(case: Case, sent: Sent) -> Case:
    """Gives the case with a referral that left."""
    return msgspec.structs.replace(case, sent=(*case.sent, sent), state="referred", changed=sent.at)


def new_code(random: bytes) -> str:
    """Makes a case code `XXX-XXX` (Crockford base32) out of 4 random bytes; it tells neither order nor volume."""
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int.from_bytes(random[:4], "big")
    code = "".join(letters[(number >> (5 * place)) & 31] for place in range(6))
    return f"{code[:3]}-{code[3:]}"


def _gist(answer: Answer) -> tuple[object, ...]:
    return answer.value, answer.number, answer.chosen, answer.words
