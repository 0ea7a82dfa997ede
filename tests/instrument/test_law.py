"""Law, recipients, fields and variants as data: complete, sourced, marked, and nothing in them that may not leave."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from victim_id.instrument.shapes import (
    GATES,
    Card,
    Field,
    Indicator,
    Profile,
    Recipient,
    Reporting,
    Route,
    Statement,
    UrgentSign,
    Variant,
)
from victim_id.record import Record

CONTENT = Path(__file__).parents[2] / "indicators"
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
PHONE = re.compile(r"\+?[0-9]+( [0-9]+)*")


def read(kind: type[Record], name: str, *paths: str) -> list[Any]:
    rows = [row for path in paths for row in tomllib.loads((CONTENT / path).read_text("utf-8")).get(name, [])]
    return [msgspec.convert(row, type=kind) for row in rows]


PROFILES: dict[str, Profile] = {
    row.id: row for row in read(Profile, "profile", *(f"profiles/{c}.toml" for c in ("LU", "BE", "NL", "INT")))
}
RECIPIENTS: list[Recipient] = read(Recipient, "recipient", *(f"recipients/{c}.toml" for c in ("LU", "BE", "NL")))
URGENT: dict[str, UrgentSign] = {row.id: row for row in read(UrgentSign, "urgent", "urgent.toml")}
FIELDS: dict[str, Field] = {row.id: row for row in read(Field, "field", "fields.toml")}
VARIANTS: dict[str, Variant] = {row.id: row for row in read(Variant, "variant", "fields.toml")}
CARDS: list[Card] = read(Card, "card", "cards.toml")
REPORTING: dict[str, Reporting] = {row.id: row for row in read(Reporting, "reporting", "reporting.toml")}
INDICATORS: list[Indicator] = read(Indicator, "indicator", "indicators.toml")
HTCDS = json.loads((CONTENT / "htcds" / "htcds-2.0-fields.json").read_text("utf-8"))


def within(thing: object) -> Iterator[Record]:
    """Walks every record inside a record."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from within(part)
    elif isinstance(thing, Record):
        yield thing
        for name in thing.__struct_fields__:
            yield from within(getattr(thing, name))


def statements() -> list[Statement]:
    found = within((*PROFILES.values(), *RECIPIENTS, *REPORTING.values()))
    return [record for record in found if isinstance(record, Statement)]


def texts(thing: object) -> Iterator[str]:
    for record in within(thing):
        for name in record.__struct_fields__:
            if isinstance(value := getattr(record, name), str):
                yield value


def phones() -> Iterator[tuple[Recipient | Route, str]]:
    for recipient in RECIPIENTS:
        for phone in (recipient.phone, *recipient.other_phones):
            if phone:
                yield recipient, phone
    for report in REPORTING.values():
        for route in report.routes:
            if route.phone:
                yield route, route.phone


def test_all_four_profiles_are_there_once():
    assert list(PROFILES) == ["LU", "BE", "NL", "INT"]


def test_means_are_asked_of_an_adult_in_the_netherlands_and_internationally_only():
    assert {name: row.adult_means_required for name, row in PROFILES.items()} == {
        "LU": False,
        "BE": False,
        "NL": True,
        "INT": True,
    }


def test_every_statement_has_words_a_published_source_a_mark_and_a_date():
    assert len(statements()) > 150
    for statement in statements():
        assert statement.text.strip()
        assert statement.source.strip(), statement.text
        assert statement.as_of.strip(), statement.text


def test_a_statement_that_says_to_verify_is_not_marked_as_read():
    for statement in statements():
        doubt = f"{statement.text} {statement.source}".lower()
        if "to verify" in doubt or "not known here" in doubt or "not read" in doubt:
            assert statement.mark != "R", statement.text


def test_no_statement_cites_our_own_pages():
    for text in texts((*PROFILES.values(), *RECIPIENTS, *URGENT.values(), *FIELDS.values(), *CARDS)):
        assert not re.search(r"\.md\b|\bscoring\b|design page", text), text


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_profile_knows_every_gate_with_its_article_source_and_since_when(profile: Profile):
    assert sorted(gate.name for gate in profile.gates) == sorted(GATES)
    for gate in profile.gates:
        assert gate.article
        assert gate.source
        if gate.adult or gate.child:
            assert DATE.fullmatch(gate.in_force_from), (profile.id, gate.name)
        else:
            assert gate.in_force_from == ""
            assert gate.mark == "V", "a purpose that is left out is left out because nobody has checked it yet"


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_what_counts_for_an_adult_counts_for_a_child(profile: Profile):
    assert all(gate.child for gate in profile.gates if gate.adult)


def test_new_purposes_count_only_where_and_since_the_law_counts_them():
    new = ("forced_marriage", "illegal_adoption", "surrogacy")
    counted = {
        (row.id, gate.name): gate.in_force_from
        for row in PROFILES.values()
        for gate in row.gates
        if gate.name in new and gate.adult
    }
    assert counted == {
        ("BE", "forced_marriage"): "2026-04-09",
        ("BE", "illegal_adoption"): "2026-04-09",
        ("INT", "forced_marriage"): "2026-07-15",
        ("INT", "illegal_adoption"): "2026-07-15",
        ("INT", "surrogacy"): "2026-07-15",
    }


def test_reflection_is_45_90_and_about_three_months_and_an_authority_decides():
    days = {name: row.reflection.days for name, row in PROFILES.items() if row.reflection}
    assert days == {"BE": 45, "LU": 90, "NL": 90}
    assert all("decides" in row.reflection.decides.text for row in PROFILES.values() if row.reflection)
    dutch = PROFILES["NL"].reflection
    assert dutch
    assert {other.when: other.days for other in dutch.other}["dublin"] == 30
    belgian = PROFILES["BE"].reflection
    assert belgian
    assert {other.when: other.days for other in belgian.other} == {"unaccompanied_minor": 0}


def test_every_country_names_all_acts_that_may_need_consent_and_its_duties_to_children():
    for profile in PROFILES.values():
        acts = [rule.act for rule in profile.consent]
        assert len(acts) == len(set(acts))
        assert len(profile.minors) >= 3
        if profile.id != "INT":
            assert len(acts) == 8, profile.id
        assert set(profile.core_fields) <= set(FIELDS)


def test_the_threshold_for_help_needs_no_level():
    for profile in PROFILES.values():
        assert "urgent sign" in profile.help.text
        assert profile.help.mark == "P"


def test_every_urgent_sign_of_the_instrument_says_what_to_do_now_and_when_it_is_past():
    asked = "danger_now injury self_harm pregnancy dependants_held danger_on_return images forced_sex child_alone"
    wanted = {*asked.split(), "companion_controls", "gate.organs", "gate.sexual"}
    assert set(URGENT) == wanted | {row.key for row in INDICATORS if row.urgent}
    for sign in URGENT.values():
        assert sign.now
        assert sign.past
        assert sign.source
        assert len(sign.label) <= 45


def test_there_are_93_fields_with_unique_ids_in_the_order_of_their_categories():
    assert len(FIELDS) == 93
    assert list(FIELDS) == sorted(FIELDS, key=lambda name: (name[0], int(name[1:])))
    assert [next(iter(FIELDS)), list(FIELDS)[-1]] == ["A1", "N5"]
    for row in FIELDS.values():
        assert row.source
        choices = [choice.id for choice in row.choices]
        assert len(choices) == len(set(choices))
        assert (row.kind in {"list", "several"}) == bool(row.choices), row.id
        assert (row.kind in {"group", "repeat"}) == bool(row.parts), row.id


def test_every_htcds_name_is_among_the_84_published_and_none_is_deprecated():
    published = {row["full_name"]: row["status"] for row in HTCDS["fields"]}
    assert len(published) == 84
    for row in FIELDS.values():
        for name in row.htcds:
            assert published[name] != "DEPRECATED", row.id


def test_identity_is_sealed_apart():
    assert [row.id for row in FIELDS.values() if row.sealed] == ["D2", "D3", "D14"]
    parts = [(row.id, part.id) for row in FIELDS.values() for part in row.parts if part.sealed]
    assert parts == [("D4", "birth_date"), ("E6", "address")]


def test_variants_carry_fields_that_exist_once_and_always_form_sender_code_and_deletion():
    wanted = "assistance official_notice anonymous registration child police_annex cross_border emergency"
    assert sorted(VARIANTS) == sorted(wanted.split())
    for row in VARIANTS.values():
        carried = [*row.fields, *row.agreed]
        assert len(carried) == len(set(carried))
        assert set(carried) <= set(FIELDS)
        assert {"A1", "A2", "A4", "A5", "A7", "B1", "B2", "B3", "D1", "N5"} <= set(row.fields)


def test_score_and_blind_view_are_no_field_and_leave_in_no_variant():
    for text in texts(tuple(FIELDS.values())):
        assert not re.search(r"\bscore|blind|own view|probab|per ?cent|%", text, re.IGNORECASE), text
    level = next(part for part in FIELDS["G2"].parts if part.id == "level")
    assert [choice.id for choice in level.choices] == ["strong", "indications", "open"]


def test_alleged_exploiters_are_in_the_police_annex_only():
    for row in VARIANTS.values():
        assert bool({"J1", "J2", "L1", "L2", "L3"} & {*row.fields, *row.agreed}) == (row.id == "police_annex")


def test_without_names_nothing_that_points_to_the_person_leaves():
    row = VARIANTS["anonymous"]
    assert row.agreed == ()
    assert not set(row.fields) & {"D2", "D3", "D4", "D7", "D8", "D14", "E4", "E6", "E7", "F7", "F10", "F11", "J3", "B4"}


def test_an_official_notice_has_no_name_unless_the_person_agrees():
    row = VARIANTS["official_notice"]
    assert "D2" not in row.fields
    assert "D2" in row.agreed
    assert "E4" not in row.fields


def test_a_child_is_protected_without_consent_and_without_an_account():
    row = VARIANTS["child"]
    assert {"D2", "D16", "H1", "E3"} <= set(row.fields)
    assert not set(row.fields) & {"F3", "F5", "F10", "F11"}


def test_recipients_have_unique_ids_a_known_variant_and_their_own_country():
    ids = [row.id for row in RECIPIENTS]
    assert len(ids) == len(set(ids))
    for row in RECIPIENTS:
        assert row.id.startswith(row.country.lower() + ".")
        assert row.country in PROFILES
        assert row.variant == "" or row.variant in VARIANTS
        assert row.languages


def test_the_first_choice_of_every_country_is_an_advice_call_without_names():
    for country in ("LU", "BE", "NL"):
        first = next(row for row in RECIPIENTS if row.country == country)
        assert (first.purpose, first.consent, first.variant) == ("advice", "not_needed", "anonymous")


@pytest.mark.parametrize("country", ["LU", "BE", "NL"])
def test_every_country_has_advice_assistance_official_notice_child_border_and_emergency(country: str):
    variants = {row.variant for row in RECIPIENTS if row.country == country}
    assert {"anonymous", "assistance", "official_notice", "child", "cross_border", "emergency"} <= variants


def test_assistance_and_care_abroad_need_consent_and_children_and_danger_do_not():
    for row in RECIPIENTS:
        if row.variant in {"assistance", "cross_border"}:
            assert row.consent == "needed", row.id
        if row.variant in {"child", "emergency", "anonymous"}:
            assert row.consent == "not_needed", row.id
        if row.variant == "official_notice":
            assert row.consent == "duty", row.id
        assert (row.variant == "child") <= row.minors_only


def test_a_phone_number_is_in_latin_digits_with_source_and_date_or_is_to_be_verified():
    numbers = list(phones())
    assert len(numbers) > 30
    for holder, phone in numbers:
        assert PHONE.fullmatch(phone), phone
        contact = holder.contact if isinstance(holder, Recipient) else holder.says
        assert contact.source
        assert contact.as_of or contact.mark == "V"


def test_an_unknown_contact_is_empty_and_says_so():
    for row in RECIPIENTS:
        if not (row.phone or row.site or row.email):
            assert row.contact.mark == "V", row.id
            assert row.contact.text.startswith("Not known here"), row.id


def test_numbers_that_must_not_be_used_are_left_out():
    digits = {re.sub(r"\D", "", phone) for _, phone in phones()}
    assert not any("49976210" in number for number in digits)
    assert "08007000" not in digits, "commonly published, but no source was read"


def test_no_address_of_a_house_is_stored():
    streets = r"\b(rue|straat|laan|leguit|rouveroy|alexiens|avenue|boulevard|plein|strasse|villa|étape)\b"
    for text in texts((*RECIPIENTS, *PROFILES.values(), *REPORTING.values())):
        assert not re.search(streets, text, re.IGNORECASE), text
        assert not re.search(r"\b(L-)?\d{4} (Luxembourg|Bruxelles|Antwerpen|Liège|Amsterdam)\b", text), text


def test_every_kind_of_harm_to_a_child_online_or_by_travellers_has_a_route_in_each_country():
    assert set(REPORTING) == {"travelling_offender", "grooming", "illegal_content"}
    for report in REPORTING.values():
        assert {route.country for route in report.routes} == {"LU", "BE", "NL"}
        words = " ".join(report.write_down).lower()
        assert "time" in words
        assert "never" in report.never.lower()
    assert "platform" in " ".join(REPORTING["illegal_content"].write_down).lower()


def test_every_card_says_whether_the_instrument_was_validated_and_ours_says_not_here():
    assert {card.id for card in CARDS} == {
        "ilo_ec_labour",
        "ilo_ec_sexual",
        "ilo_eleven",
        "tvit",
        "qyit",
        "raft",
        "ahtst",
        "cse_it",
        "victim_id",
    }
    for card in CARDS:
        assert card.validated
        assert card.on_whom
        assert card.figures
        assert card.source
    ours = next(card for card in CARDS if card.id == "victim_id")
    assert "Belgium, Luxembourg" in ours.validated
    assert ours.validated.startswith("Not validated")


def test_the_licence_of_the_standard_is_kept_without_a_hint_of_endorsement():
    note = (CONTENT / "htcds" / "README.md").read_text("utf-8")
    assert HTCDS["licence"].startswith("CC BY 4.0")
    assert HTCDS["commit"] in note
    for words in ("CC BY 4.0", "IOM", "No endorsement", "logo is not used"):
        assert words in note
