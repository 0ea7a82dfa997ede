"""One person with two records, full of other people's names in every place where words are kept."""

from pathlib import Path

import msgspec

from tests.scenario import ALONE, Desk
from victim_id.access.checked import Check
from victim_id.access.held import Held
from victim_id.access.told import Masking, Told
from victim_id.casework.case import Consent
from victim_id.instrument.answers import Talk
from victim_id.language import language

SAFE = Check(known=("talk",), alone=True, wanted=True, unseen=True, kept="lawyer")
NAMES = ("Brandsma", "Kowalska", "Müller-Vogt", "Zürichova", "Papadakis", "Nyström", "Okonkwo", "Weber")
"""Other people: employer, accomplice, guardian, companion, witness, interpreter, family, the worker."""
OWN = "Ionescu"
PHONE = "+352 621 778 899"


def told_everywhere() -> str:
    return "BRANDSMA and Nystrom came; kowalská shouted. Papadakis's cousin, Muller-Vogt, okonkwo and Zurichova. A. Weber wrote, call 00352 621.778.899."


def full_case(desk: Desk, place: str = "Kitchen, Esch") -> str:
    """Fills a case in every place that keeps words."""
    text = told_everywhere()
    case = desk.begin(place=place, talk=Talk(alone=False, language="other_interpreter", present="Papadakis, a cousin", interpreter="Nyström"))  # fmt: skip
    space = desk.space
    space.set_preferences(
        msgspec.structs.replace(space.preferences, regime="LED")
    )  # who else may keep data about suspects
    desk.show(case, "cd_documents")
    desk.say(case, "account.tell", "given", words=f"I am {OWN}. {text}")
    desk.say(case, "account.tell", "given", words=f"Only this: {text}")
    desk.say(case, "wishes.avoid", "given", words=text)
    space.caseload.keep_draft(case.id, "wishes.reach", f"at six, not with {text}")
    space.caseload.view(case.id, "unsure", text)
    space.caseload.result_seen(case.id)
    space.caseload.view(case.id, "presumed_victim", f"After the result. {text}")
    space.caseload.details(
        case.id,
        {
            "D2.first": "Ana", "D2.last": OWN, "D6": "female", "J3.name": "Restaurant Brandsma SARL", "J1.description": "A tall man, called Kowalska by all",
            "J1.phones": PHONE, "J2": "Rue de Brandsma 3", "D16.name": "Müller-Vogt", "E7": "Her aunt Zürichova", "E8": text, "H6": text,
        },
    )  # fmt: skip
    space.caseload.consent(case.id, Consent(recipient="lu.infotraite", answer="yes", told=True, told_in="en", form="spoken", witness="Okonkwo", name_too=True))  # fmt: skip
    referral = space.post.referral(space.caseload.case(case.id), "lu.infotraite", "en")
    space.post.sent(case.id, referral, "printed")
    space.caseload.arrange(case.id, next_step=text)
    space.keeping.hold(case.id, f"LG Luxembourg; {text}")
    return case.id


def held(desk: Desk, *cases: str, received: tuple[str, ...] = ()) -> Held:
    return desk.space.access.open(cases, SAFE, desk.space.preferences, received)


def told(desk: Desk, found: Held, tag: str = "en", masking: Masking | None = None) -> Told:
    return desk.space.access.told(found, masking or Masking(), language(tag), desk.space.instrument)


def desk_in(folder: Path) -> Desk:
    return Desk(folder / "vault")


__all__ = ["ALONE", "NAMES", "OWN", "SAFE", "desk_in", "full_case", "held", "told"]
