"""What leaves: exactly the fields of a recipient's variant, no sign about health where none may go, no level after a quick screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.scenario import Desk
from victim_id.assessment.bounds import URGENT_GATES_CHILD
from victim_id.casework.case import Case, Consent
from victim_id.errors import WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.post import record_of
from victim_id.record import encode
from victim_id.referral.referral import Referral

PROGRAM_OWN = {"A1", "A2", "A3", "A4", "A5", "A6", "A7", "B6", "C2", "C3", "C4", "D1", "D7", "D8", "D9", "F7", "G1", "G2", "M1"}  # fmt: skip
"""Fields that the program fills, or that hold codes."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "vault")
    yield desk
    desk.space.close()


def canaries(instrument: Instrument) -> dict[str, str]:
    """Gives an entry for every field and part that takes free words, each naming its own field."""
    places = {
        (f"{field.id}.{part.id}" if part else field.id): (part or field).choices
        for field in instrument.fields
        if field.id not in PROGRAM_OWN
        for part in (field.parts or (None,))
    }
    return {place: f"CANARY{place.replace('.', '-')}Z" for place, choices in places.items() if not choices}


def written(referral: Referral) -> bytes:
    """Gives every word of a referral outside its sealed part, on paper and in the record."""
    return encode(msgspec.structs.replace(referral, sealed={})) + record_of(referral)


def consented(case: Case, recipient: str, answer: str, *, name: bool = True, details: bool = True) -> Case:
    consent = Consent(recipient=recipient, answer=answer, name_too=name, details_too=details)  # type: ignore[arg-type]
    return msgspec.structs.replace(case, consents=(consent,))


@pytest.mark.parametrize("answer", ["yes", "no", "not_able", "not_asked", "not_required"])
def test_no_recipient_gets_a_field_that_its_variant_does_not_carry(desk: Desk, answer: str) -> None:
    instrument = desk.space.instrument
    desk.space.set_preferences(msgspec.structs.replace(desk.space.preferences, regime="LED"))
    case = desk.space.caseload.details(desk.begin().id, canaries(instrument))
    apart = {field.id for field in instrument.fields if field.sealed}
    for recipient in instrument.recipients:
        if not recipient.variant:
            continue
        said_yes = answer == "yes" or (recipient.consent != "needed" and answer in {"not_asked", "not_required"})
        variant = instrument.variant[recipient.variant]
        may = {*variant.fields, *(variant.agreed if said_yes else ())} - apart
        referral = desk.space.post.referral(consented(case, recipient.id, answer), recipient.id, "en")
        found = {place.decode() for place in re.findall(rb"CANARY([A-Z]\d+)", written(referral))}
        assert found <= may, recipient.id
        assert b"CANARYD4-birth_date" not in written(referral)
        assert b"CANARYE6-address" not in written(referral)
        assert said_yes or referral.sealed == {}


@pytest.mark.parametrize("sign", ["injury", "self_harm", "pregnancy"])
def test_an_official_notice_carries_no_sign_about_health_unless_the_person_agrees(desk: Desk, sign: str) -> None:
    case = desk.show(desk.begin(), f"urgent.{sign}")
    assert sign in {urgent.id for urgent in desk.space.caseload.assessment(case).first.urgent}
    label = desk.space.instrument.urgent_sign[sign].label

    def told(recipient: str, *, details: bool) -> bool:
        agreed = consented(case, recipient, "not_asked", details=details)
        return label in {words.text for words in desk.space.post.referral(agreed, recipient, "en").urgent}

    assert not told("lu.police", details=False)
    assert not told("nl.comensha_registration", details=False)
    assert told("lu.police", details=True)
    assert told("lu.emergency", details=False)
    assert told("lu.infotraite_advice", details=False)


def test_forced_sexual_acts_are_told_only_where_the_kind_of_sexual_exploitation_may_go(desk: Desk) -> None:
    """Field F3: not in an official notice without a yes, never in the notice about a child, nor in the record."""
    cases = {age: desk.show(desk.begin(age=age, setting="shelter"), "urgent.forced_sex") for age in ("adult", "unsure")}

    def told(recipient: str, *, age: str = "adult", details: bool = False) -> bool:
        agreed = consented(cases[age], recipient, "yes" if details else "not_asked", details=details)
        return b"Forced sexual acts" in written(desk.space.post.referral(agreed, recipient, "en"))

    assert "forced_sex" in {one.id for one in desk.space.caseload.assessment(cases["adult"]).first.urgent}
    assert not told("lu.police")
    assert told("lu.police", details=True)
    assert not told("lu.child", age="unsure")
    assert not told("lu.child", age="unsure", details=True)
    assert not told("nl.comensha_registration", details=True)
    assert told("lu.infotraite", details=True)
    assert told("lu.infotraite_advice")


def test_signs_of_violence_stay_in_an_official_notice(desk: Desk) -> None:
    case = desk.show(desk.begin(), "cd_violence")
    assert "Violence by those in control" in {
        words.text for words in desk.space.post.referral(case, "lu.police", "en").urgent
    }


def test_a_name_that_may_be_passed_on_goes_also_where_no_consent_is_needed(desk: Desk) -> None:
    case = desk.space.caseload.details(desk.begin(age="child").id, {"D2.first": "CANARYNAME"})
    for recipient in ("lu.child", "lu.police"):
        ticked = consented(case, recipient, "not_asked", details=False)
        assert desk.space.post.referral(ticked, recipient, "en").sealed == {"D2": {"first": "CANARYNAME"}}
        for answer in ("no", "not_able"):
            assert desk.space.post.referral(consented(case, recipient, answer), recipient, "en").sealed == {}
        assert desk.space.post.referral(case, recipient, "en").sealed == {}
    assert desk.space.post.referral(consented(case, "lu.infotraite", "not_asked"), "lu.infotraite", "en").sealed == {}


def test_a_quick_screen_has_no_level_on_paper_or_in_the_record(desk: Desk) -> None:
    for quick in (False, True):
        referral = desk.space.post.referral(desk.show(desk.begin(quick=quick), "cd_violence"), "lu.infotraite", "en")
        assert (referral.level.text == "Level not stated") == quick
        assert (b'"level":' in record_of(referral)) != quick
        assert referral.signs


def test_every_sign_that_can_be_urgent_has_words(desk: Desk) -> None:
    instrument = desk.space.instrument
    urgent = {one.key for one in instrument.indicators if one.urgent} | {f"gate.{name}" for name in URGENT_GATES_CHILD}
    assert urgent <= set(instrument.urgent_sign)


def test_an_entry_for_one_part_of_a_field_does_not_hide_what_was_answered_for_another(desk: Desk) -> None:
    instrument = desk.space.instrument
    (question,) = [one for one in instrument.question.values() if one.field == "H2.urgent"]
    other = next(part.id for field in instrument.fields if field.id == "H2" for part in field.parts if not part.choices)
    case = desk.say(desk.begin(), question.id, "yes")
    case = desk.space.caseload.details(case.id, {f"H2.{other}": "insulin", "D9.reads": "no"})
    values = desk.space.post.referral(case, "lu.infotraite_advice", "en").values
    assert values["H2"] == {"urgent": "yes", other: "insulin"}
    assert values["D9"] == {"first": "en", "reads": "no"}
    case = desk.space.caseload.details(case.id, {"H2.urgent": "no"})
    assert desk.space.post.referral(case, "lu.infotraite_advice", "en").values["H2"] == {
        "urgent": "no",
        other: "insulin",
    }


IDENTITY = {"D2.first": "CANARYNAME", "D3": "CANARYALIAS", "D4.birth_date": "2001-02-03", "E6.kind": "home", "E6.address": "CANARYSTREET"}  # fmt: skip


def at_risk(*fields: str, reason: str = "bleeding, cannot speak") -> Consent:
    return Consent(recipient="lu.emergency", answer="not_able", basis="vital_interest", reason=reason, vital=fields)


def test_in_danger_of_life_the_worker_passes_on_field_by_field_with_the_reason(desk: Desk) -> None:
    """An emergency call is confirmed on paper: what goes stands there in clear words, and nothing else of the identity."""
    case = desk.space.caseload.details(desk.begin().id, IDENTITY)
    without = desk.space.post.referral(case, "lu.emergency", "en")
    assert (without.sealed, without.opened) == ({}, {})
    assert b"CANARY" not in encode(without)
    referral = desk.space.post.referral(desk.space.caseload.consent(case.id, at_risk("D2", "E6")), "lu.emergency", "en")
    assert referral.opened == {"D2": {"first": "CANARYNAME"}, "E6": {"address": "CANARYSTREET"}}
    assert referral.sealed == referral.opened
    shown = {row.field: row.value.text for block in referral.blocks for row in block.rows}
    assert "CANARYNAME" in shown["D2"]
    assert "CANARYSTREET" in shown["E6"]
    assert shown["C6"] == "Basis: A life is at risk; Reason: bleeding, cannot speak"
    assert not {"D3"} & set(shown)
    assert b"2001-02-03" not in encode(referral)
    assert b"CANARYNAME" not in record_of(referral)
    assert b"CANARYALIAS" not in encode(referral)


def test_a_life_at_risk_is_a_reason_only_where_one_is_written_and_only_for_an_emergency(desk: Desk) -> None:
    case = desk.space.caseload.details(desk.begin().id, IDENTITY)
    with pytest.raises(WrongInput, match="why a life is at risk"):
        desk.space.caseload.consent(case.id, at_risk("D2", reason=" "))
    with pytest.raises(WrongInput, match="no emergency"):
        desk.space.caseload.consent(case.id, msgspec.structs.replace(at_risk("D2"), recipient="lu.police"))
    planted = msgspec.structs.replace(case, consents=(msgspec.structs.replace(at_risk("D2"), recipient="lu.police"),))
    assert desk.space.post.referral(planted, "lu.police", "en").opened == {}


def test_the_history_tells_which_fields_went_without_consent_and_not_what_stood_in_them(desk: Desk) -> None:
    case = desk.space.caseload.details(desk.begin().id, IDENTITY)
    desk.space.caseload.consent(case.id, at_risk("D2", "E6"))
    (line,) = [one for one in desk.space._vault.history.lines(case=case.id) if one.kind == "consent"]
    assert line.body == {
        "recipient": "lu.emergency", "answer": "not_able", "basis": "vital_interest", "vital": ["D2", "E6"],
    }  # fmt: skip


@pytest.mark.parametrize("recipient", ["lu.infotraite", "lu.police", "lu.infotraite_advice", "nl.comensha"])
def test_the_place_of_a_shelter_never_leaves(desk: Desk, recipient: str) -> None:
    """Neither where the talk was held nor an address of one, whatever the person agreed to."""
    case = desk.begin(setting="shelter", place="CANARYHOUSE")
    entries = {"B6.place": "CANARYENTRY", "E6.kind": "shelter", "E6.address": "CANARYSTREET"}
    case = consented(desk.space.caseload.details(case.id, entries), recipient, "yes")
    referral = desk.space.post.referral(case, recipient, "en")
    assert b"CANARY" not in encode(referral) + record_of(referral)


def test_the_place_of_an_inspection_is_told_and_a_shelters_only_where_a_life_is_at_risk(desk: Desk) -> None:
    inspected = consented(desk.begin(place="CANARYHOUSE"), "lu.infotraite", "yes")
    assert b"CANARYHOUSE" in written(desk.space.post.referral(inspected, "lu.infotraite", "en"))
    case = desk.space.caseload.details(
        desk.begin(setting="shelter").id, {"E6.kind": "shelter", "E6.address": "CANARYSTREET"}
    )
    case = desk.space.caseload.consent(case.id, at_risk("E6"))
    assert b"CANARYSTREET" in encode(desk.space.post.referral(case, "lu.emergency", "en"))


def test_the_law_of_a_purpose_is_told_only_where_the_kind_of_exploitation_may_go(desk: Desk) -> None:
    """Field F1; an ambulance needs no word of it."""
    begun = desk.begin(setting="shelter")
    case = consented(desk.choose(begun, "marriage.will", "forced"), "be.pagasa", "yes")
    kept = msgspec.structs.replace(case, profile="BE")
    assert b"counts since 2026-04-09" in written(desk.space.post.referral(kept, "be.pagasa", "en"))
    assert b"counts since" not in written(desk.space.post.referral(kept, "be.emergency", "en"))
