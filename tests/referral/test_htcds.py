"""A case as HTCDS 2.0: every code the standard has, every trap in its files, and nothing that may not leave."""

import contextlib
import csv
import io
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victim_id.errors import CannotOpen, Damaged, Newer, NotAPackage, Older, TooLarge
from victim_id.instrument.shapes import Field
from victim_id.referral.htcds import codes, identity_record, read_record, record, schema, shape, write_csv, write_record
from victim_id.referral.htcds.files import MENDING, MOST_BYTES, PUBLISHED
from victim_id.referral.htcds.mapping import BLOCKS, GROUPS, SEALED_PARTS

CONTENT = Path(__file__).parents[2] / "indicators"
TABLE = json.loads((CONTENT / "htcds" / "htcds-2.0-fields.json").read_text("utf-8"))
LIVE = {row["full_name"]: row for row in TABLE["fields"] if row["status"] != "DEPRECATED"}
FIELDS: dict[str, Field] = {
    row["id"]: msgspec.convert(row, type=Field)
    for row in tomllib.loads((CONTENT / "fields.toml").read_text("utf-8"))["field"]
}
TO = "lu.infotraite"

KITCHEN: dict[str, Any] = {
    "A1": "5f0c7bb2-6d8e-4a51-9b1e-2f2f0f1c9a10",
    "A2": {"profile": "LU", "edition": "2026.1", "language": "fr"},
    "A3": "assistance",
    "A4": {"id": TO, "name": "INFOTRAITE", "type": "ngo"},
    "A5": "2026-11-20T11:50:00Z",
    "A6": "today",
    "A7": "recipient_team",
    "B1": {"name": "Inspection du travail", "type": "inspectorate"},
    "B2": {"name": "Ana Weber", "role": "inspector"},
    "B3": {"phone": "+352 247-76100", "email": "a.weber@example.lu"},
    "B5": "inspection",
    "C1": ["purpose", "use", "rights", "withdrawal"],
    "C3": [
        {"recipient": TO, "purpose": "assistance", "answer": "yes"},
        {"recipient": "lu.police", "purpose": "official_notice", "answer": "no"},
    ],
    "D1": "7F2-KQD",
    "D2": {"first": "Minh", "last": "Nguyễn"},
    "D3": "Tony",
    "D4": {"birth_date": "1999-03-01", "band": "25_29", "certain": "document"},
    "D5": {"now": "no", "then": "no"},
    "D6": "male",
    "D7": {"countries": ["VN"], "stateless": "no"},
    "D9": {"first": "vi", "others": ["fr-BE", "en"], "reads": "little"},
    "D12": "withheld",
    "D14": [{"kind": "passport", "number": "C1234567"}],
    "D15": {"children": "2", "where": "Hà Nội"},
    "E1": "yes",
    "E3": {"against": ["family_there"], "what": "debt collectors"},
    "E4": [
        {"phone": "+352 621 000 111", "hours": "after 22", "code_word": "tea", "safe": "yes"},
        {"phone": "+352 621 999 999", "safe": "no"},
    ],
    "E6": {"kind": "exploiter", "municipality": "Esch", "address": "7, rue du Canal"},
    "F1": ["labour", "crime"],
    "F2": {"section": "I", "detail": "restaurant kitchen"},
    "F4": ["recruited", "harboured"],
    "F5": ["debt", "movement", "hours"],
    "F6": {"how": ["social_network"], "apps": ["tiktok", "other"], "other_app": "Zalo"},
    "F7": [
        {"type": "recruitment", "country": "VN", "city": "Vinh", "date": "2025"},
        {"type": "exploitation", "country": "LU", "city": "Esch", "date": "2026-02-01"},
    ],
    "F12": "partner",
    "G2": {"edition": "2026.1", "level": "indications"},
    "H1": "man",
    "I7": "yes",
    "J1": [{"role": ["exploiter", "recruiter"], "description": "the owner", "phones": "+352 1"}],
    "J2": "upstairs",
    "K1": {"number": "3", "children": "unknown"},
    "L3": [{"address": "https://example.org/x", "platform": "TikTok", "at": "2026-11-20T10:00:00Z"}],
    "N3": {"status": "actual", "by": "police"},
    "N5": "2027-05-20",
}


def words(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False)


def test_a_record_is_the_standard_with_its_own_names_and_arrays():
    said = record(KITCHEN, recipient=TO)
    assert said["htcds_version"] == "2.0"
    assert said["htcds_commit"] == TABLE["commit"]
    assert said["x_version"] == 1
    assert said["cas_ReasonForOutgoingReferral"] == "AdditionalServicesRequired"
    assert said["cas_ReferredOrganisation"] == {"org_Name": "INFOTRAITE", "org_Type": "NGO"}
    assert said["cas_ReferringOrganisation"] == {
        "org_Name": "Inspection du travail",
        "org_Type": "CentralGovernmentOrganisation",
        "org_Phone": "+35224776100",
    }
    assert said["cas_OutgoingReferralDate"] == "2026-11-20"
    assert said["x_sentAt"] == "2026-11-20T11:50:00Z"
    assert said["vic_TypeOfExploitation"] == ["ForcedLabour", "Other"]
    assert said["x_exploitation"] == ["ForcedCriminality"]
    assert said["vic_ForcedLabourIndustry"] == "I_AccommodationAndFoodServiceActivities"
    assert said["vic_MethodOfRecruitment"] == ["ThroughOnlineSocialNetworks"]
    assert said["vic_RecruitmentWebsitesAndApps"] == ["TikTok", "Other"]
    assert said["x_recruitmentApp"] == "Zalo"
    assert said["prs_Citizenship"] == ["VN"]
    assert said["prs_Gender"] == "Masculine"
    assert said["prs_NumberOfChildren"] == 2
    assert said["vic_RelationshipToTrafficker"] == "Acquainted"
    assert said["x_relation"] == "IntimatePartner"
    assert said["x_ageBand"] == "25_29"
    assert [event["hte_Country"] for event in said["x_events"]] == ["VN", "LU"]
    assert said["x_events"][0]["x_date"] == "2025"
    assert said["x_events"][1]["hte_Date"] == "2026-02-01"
    assert said["vic_LocationOfExploitation"] == {"org_ShippingCity": "Esch", "org_ShippingCountry": "LU"}
    assert set(said) - set(PUBLISHED) == {name for name in said if name.startswith(("x_", "htcds_"))}


def test_names_numbers_birth_date_and_address_are_in_the_identity_part_alone():
    said, apart = words(record(KITCHEN, recipient=TO, police=True)), identity_record(KITCHEN)
    for secret in ("Minh", "Nguyễn", "Tony", "1999-03-01", "C1234567", "rue du Canal"):
        assert secret not in said
        assert secret in words(apart)
    assert apart["prs_FirstName"] == "Minh"
    assert apart["prs_SecondName"] == "Nguyễn"
    assert apart["prs_Birthdate"] == "1999-03-01"
    assert apart["prs_IdentityNumber"] == "C1234567"
    assert read_record(write_record(apart)).prs_Birthdate == date(1999, 3, 1)


def test_what_is_sealed_in_the_field_table_is_what_the_mapping_keeps_apart():
    parts = {row.id: part.id for row in FIELDS.values() for part in row.parts if part.sealed}
    assert parts == SEALED_PARTS
    blocks = {field for fields in BLOCKS.values() for field in fields}
    assert not blocks & {row.id for row in FIELDS.values() if row.sealed}
    assert {row.id for row in FIELDS.values() if row.kind == "group"} >= set(GROUPS)


def test_an_address_or_birth_date_written_without_its_part_does_not_slip_into_the_record():
    loose = {**KITCHEN, "E6": "7, rue du Canal", "D4": "1999-03-01", "D2": "Minh"}
    said = words(record(loose, recipient=TO, police=True))
    assert [secret for secret in ("rue du Canal", "1999-03-01", "Minh") if secret in said] == []
    assert identity_record(loose)["x_unmapped"] == {"D2": ["Minh"], "D4": ["1999-03-01"], "E6": ["7, rue du Canal"]}


def test_consent_is_true_only_for_the_recipient_who_got_a_yes():
    assert record(KITCHEN, recipient=TO)["con_Consent"] is True
    assert record(KITCHEN, recipient="lu.police")["con_Consent"] is False
    assert record({}, recipient=TO)["con_Consent"] is False


@pytest.mark.parametrize("answer", ["no", "not_able", "not_required", "", "YES"])
def test_anything_but_a_yes_is_no_consent(answer: str):
    rows = [{"recipient": TO, "purpose": "assistance", "answer": answer}]
    assert record({"C3": rows}, recipient=TO)["con_Consent"] is False


def test_a_yes_beside_a_no_or_a_withdrawal_is_no_consent():
    rows = [*KITCHEN["C3"], {"recipient": TO, "purpose": "registration", "answer": "no"}]
    assert record({**KITCHEN, "C3": rows}, recipient=TO)["con_Consent"] is False
    assert record({**KITCHEN, "C7": {"date": "2026-11-21"}}, recipient=TO)["con_Consent"] is False


def test_a_recipient_does_not_learn_what_was_answered_to_another():
    said = record(KITCHEN, recipient=TO)
    assert said["x_consent"] == [KITCHEN["C3"][0]]
    assert "lu.police" not in words(said)


def test_the_status_is_possible_whatever_the_case_says():
    for status in ("actual", "not", "possible"):
        said = record({**KITCHEN, "N3": {"status": status, "by": "police"}}, recipient=TO)
        assert said["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"
        assert "vic_TraffickingStatusDecisionMakingOrg" not in said
        assert '"actual"' not in words(said)


def test_alleged_exploiters_and_evidence_leave_for_the_police_only():
    said = record(KITCHEN, recipient=TO)
    assert not {"x_perpetrators", "x_perpetratorsNow", "x_evidence"} & set(said)
    assert "the owner" not in words(said)
    annex = record(KITCHEN, recipient="lu.police", police=True)
    assert annex["x_perpetrators"][0]["per_RoleInProcess"] == ["Exploiter", "RecruiterOrIntermediary"]
    assert annex["x_perpetratorsNow"] == "upstairs"
    assert annex["x_evidence"]["L3"][0]["platform"] == "TikTok"


def test_a_way_of_contact_leaves_only_when_it_is_safe():
    said = record(KITCHEN, recipient=TO)
    assert said["prs_MobilePhone"] == "+352621000111"
    assert said["x_safe"] is True
    assert "999 999" not in words(said)
    unsafe = record({**KITCHEN, "E4": {"phone": "+352 621 000 111", "email": "m@example.org"}}, recipient=TO)
    assert not {"prs_MobilePhone", "prs_Email", "x_contacts", "x_safe"} & set(unsafe)


def test_the_two_means_of_control_the_lists_forgot_leave_as_other_and_by_name():
    listed = [row["name"] for row in LIVE["vic_MethodsOfControl"]["values"]]
    assert len(listed) == 16
    assert not {"RestrictsMovement", "UsesChildren"} & set(listed)
    said = record({"F5": ["movement", "children", "debt"]}, recipient=TO)
    assert said["vic_MethodsOfControl"] == ["Other", "DebtBondage"]
    assert said["x_methodsOfControl"] == ["RestrictsMovement", "UsesChildren"]


def test_papers_kept_by_somebody_are_a_means_of_control_once():
    assert record({"D12": "withheld"}, recipient=TO)["vic_MethodsOfControl"] == ["WithholdsDocuments"]
    both = record({"D12": "withheld", "F5": ["documents"]}, recipient=TO)
    assert both["vic_MethodsOfControl"] == ["WithholdsDocuments"]
    assert "vic_MethodsOfControl" not in record({"D12": "lost"}, recipient=TO)


def test_a_household_is_servitude_and_forced_labour_in_a_household():
    said = record({"F1": ["domestic"]}, recipient=TO)
    assert said["vic_TypeOfExploitation"] == ["Servitude", "ForcedLabour"]
    assert said["vic_ForcedLabourIndustry"] == "T_ActivitiesOfHouseholdsAsEmployers"


def test_work_of_a_child_is_child_labour_too_and_of_somebody_of_unsure_age_is_not():
    assert record({"F1": "labour", "D5": {"now": "yes"}}, recipient=TO)["vic_TypeOfExploitation"] == [
        "ForcedLabour",
        "ChildLabour",
    ]
    unsure = record({"F1": ["labour"], "D5": {"now": "unsure"}}, recipient=TO)
    assert unsure["vic_TypeOfExploitation"] == ["ForcedLabour"]
    assert unsure["x_minor"] == "unsure"


def test_exploitation_before_a_camera_is_sexual_and_remote():
    said = record({"F1": ["online"]}, recipient=TO)
    assert said["vic_TypeOfExploitation"] == ["SexualExploitation"]
    assert said["vic_TypeOfSexExploitation"] == ["RemoteInteractiveServices"]


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-Hans", "zho"), ("pt-BR", "por"), ("es-419", "spa"), ("ary", "ara"), ("arz", "ara"), ("ckb", "kur"),
        ("kmr", "kur"), ("mnk", "man"), ("pcm", "cpe"), ("kri", "cpe"), ("fa-AF", "fas"), ("fil", "fil"),
        ("pa-Arab", "pan"), ("fr_BE", "fra"), ("NL", "nld"), ("bin", "bin"),
    ],
)  # fmt: skip
def test_a_language_leaves_as_iso_639_2_and_keeps_its_whole_tag(tag: str, code: str):
    said = record({"D9": {"first": tag}}, recipient=TO)
    assert said["prs_PrimaryLanguage"] == code
    assert said["x_languages"] == {"first": tag}


def test_a_language_without_a_code_is_kept_and_never_guessed():
    said = record({"D9": {"first": "tlh", "others": "Oshiwambo"}}, recipient=TO)
    assert "prs_PrimaryLanguage" not in said
    assert said["x_languages"] == {"first": "tlh", "others": "Oshiwambo"}


def test_a_country_that_is_no_iso_code_is_kept_beside_the_codes():
    said = record({"D7": {"countries": ["RO", "XK", "Roemenië"], "stateless": "unknown"}}, recipient=TO)
    assert said["prs_Citizenship"] == ["RO"]
    assert said["x_citizenshipOther"] == ["XK", "Roemenië"]
    assert len(codes.COUNTRIES) == 249


@pytest.mark.parametrize("phone", ["0475 12 34 56", "call Ana", "+0123", "1" * 16, "٠١٢٣٤٥", "+352621000111\n"])
def test_a_number_that_is_not_e_164_is_never_written_as_one(phone: str):
    said = record({"B3": {"phone": phone}, "E4": [{"phone": phone, "safe": "yes"}]}, recipient=TO)
    assert "prs_MobilePhone" not in said
    assert said["x_contacts"] == [{"phone": phone, "safe": "yes"}]
    assert said["x_unmapped"]["B3"] == [phone]


def test_a_word_that_no_table_knows_is_kept_and_shown_not_dropped():
    said = record({"F1": ["Küche", "labour"], "F5": "voodoo", "D5": {"age_then": "about 15"}}, recipient=TO)
    assert said["vic_TypeOfExploitation"] == ["ForcedLabour"]
    assert said["x_unmapped"] == {"F1": ["Küche"], "F5": ["voodoo"], "D5": ["about 15"]}


def test_every_choice_a_worker_has_finds_its_code():
    tables = {
        "A3": codes.REASON, "D6": codes.GENDER, "F1": codes.EXPLOITATION, "F3": codes.SEX_EXPLOITATION,
        "F5": codes.CONTROL, "F12": codes.RELATION | {"unknown": ""},
    }  # fmt: skip
    for field, table in tables.items():
        assert [choice.id for choice in FIELDS[field].choices] == list(table) or {
            choice.id for choice in FIELDS[field].choices
        } == set(table), field
    parts = {
        ("B1", "type"): codes.ORGANISATION, ("F2", "section"): codes.INDUSTRY, ("F6", "how"): codes.RECRUITMENT,
        ("F6", "apps"): codes.APP, ("F7", "type"): codes.EVENT, ("J1", "role"): codes.ROLE,
    }  # fmt: skip
    for (field, name), table in parts.items():
        part = next(part for part in FIELDS[field].parts if part.id == name)
        assert {choice.id for choice in part.choices} == set(table), (field, name)


def test_the_shape_has_the_81_live_names_in_order_and_no_deprecated_one():
    assert list(PUBLISHED) == list(LIVE)
    assert len(PUBLISHED) == 81


def test_every_code_list_is_the_published_one():
    checked = 0
    for name, row in LIVE.items():
        if "values" not in row:
            continue
        kind = shape.HtcdsRecord.__annotations__[name]
        found = [code for code in flattened(kind) if isinstance(code, str)]
        assert found == [value["name"] for value in row["values"]], name
        assert (name in MENDING) >= row["type"].startswith("Multi")
        checked += 1
    assert checked == 20


def flattened(kind: Any) -> list[Any]:
    inner = get_args(kind)
    return [leaf for part in inner for leaf in flattened(part)] if inner else [kind]


def test_no_field_is_lost_but_those_that_must_not_leave():
    """Each field is filled with a word of its own, which then stands in the record, the identity part, or is refused."""
    kept_back = {"E4", "N3"}
    for field, row in FIELDS.items():
        token = f"canary{field}canary"
        value: Any = token
        if row.kind == "group":
            value = {row.parts[-1].id: token}
        elif row.kind == "repeat":
            value = [{row.parts[-1].id: token, "recipient": TO}]
        said = words(record({field: value}, recipient=TO, police=True)) + words(identity_record({field: value}))
        assert (token in said) == (field not in kept_back), field


def keys(thing: object) -> set[str]:
    if isinstance(thing, dict):
        return set(thing) | {name for part in thing.values() for name in keys(part)}
    return {name for part in thing for name in keys(part)} if isinstance(thing, list) else set()


def test_every_name_the_field_table_promises_is_written():
    full = KITCHEN | {
        "D2": {"first": "Minh", "middle": "Văn", "last": "Nguyễn"},
        "D5": {"now": "no", "then": "yes", "age_then": "16"},
        "E4": [{"phone": "+352 621 000 111", "email": "m@example.org", "safe": "yes"}],
        "F3": ["private"],
        "N1": {"date": "2026-11-21"},
        "N2": {"answer": "accepted"},
        "N4": {"date": "2026-12-01", "closed": "taken over"},
    }
    written = keys(record(full, recipient=TO, police=True)) | keys(identity_record(full))
    promised = {name for row in FIELDS.values() for name in row.htcds}
    assert promised - written == {"vic_TraffickingStatusDecisionMakingOrg"}, "the status is for the authority to say"
    assert record(full, recipient=TO)["cas_Status"] == "ClosedReferred"


def test_writing_and_reading_gives_the_same_and_the_version_comes_first():
    said = record(KITCHEN, recipient=TO, police=True)
    content = write_record(said)
    assert content.startswith(b'{"htcds_version":"2.0","')
    assert write_record(json.loads(content)) == content
    read = read_record(content)
    assert read.vic_MethodsOfControl == ("DebtBondage", "Other", "ExcessiveWorkingHours", "WithholdsDocuments")
    assert read.con_Consent is True
    assert json.loads(msgspec.json.encode(read)) == json.loads(content)
    assert read_record(write_record(record({}, recipient=TO))).con_Consent is False


text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
value = st.recursive(
    st.one_of(text, st.lists(text, max_size=3), st.none(), st.integers(0, 200)),
    lambda inner: st.one_of(st.dictionaries(text, inner, max_size=3), st.lists(inner, max_size=2)),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), value, max_size=25), st.booleans())
def test_whatever_a_worker_enters_makes_a_record_that_can_be_read_again(values: dict[str, Any], police: bool):
    said = record(values, recipient=TO, police=police)
    read_record(write_record(said))
    read_record(write_record(identity_record(values)))
    assert len(list(csv.reader(io.StringIO(write_csv(said).decode()), delimiter=","))[1]) == 81


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"prs_First_Name": "A"}, {"prs_FirstName": "A"}),
        ({"prs_Second_Name": "B"}, {"prs_SecondName": "B"}),
        ({"vic_Methods_of_Control": "DebtBondage "}, {"vic_MethodsOfControl": ("DebtBondage",)}),
        ({"vic_MethodsOfControl": ["DebtBondage "]}, {"vic_MethodsOfControl": ("DebtBondage",)}),
        ({"vic_TypeOfExploitation": "ForcedLabour; Other"}, {"vic_TypeOfExploitation": ("ForcedLabour", "Other")}),
        ({"vic_TypeOfExploitation": "ForcedLabour Other"}, {"vic_TypeOfExploitation": ("ForcedLabour", "Other")}),
        ({"vic_TraffickinStatusDecisionMakingOrg": "NGO"}, {"vic_TraffickingStatusDecisionMakingOrg": "NGO"}),
        ({"con_Consent": "FALSE"}, {"con_Consent": False}),
        ({"con_Consent": "TRUE"}, {"con_Consent": True}),
        (
            {"vic_ForcedLabourIndustry": ["F_Construction", "C_Manufacturing"]},
            {"vic_ForcedLabourIndustry": "F_Construction", "x_industries": ("C_Manufacturing",)},
        ),
        ({"vic_ForcedLabourIndustry": "F_Construction"}, {"vic_ForcedLabourIndustry": "F_Construction"}),
        ({"prs_Title": "Nguyen"}, {"prs_Title": "Nguyen", "prs_SecondName": ""}),
    ],
)
def test_what_the_standards_own_files_write_otherwise_is_read(theirs: dict[str, Any], ours: dict[str, Any]):
    read = read_record(json.dumps({"htcds_version": "2.0", **theirs}).encode())
    assert {name: getattr(read, name) for name in ours} == ours


def test_the_names_that_are_read_are_never_written():
    for name in codes.ALIASES:
        assert name not in write_record(record(KITCHEN, recipient=TO)).decode()
        assert name not in schema().decode()


DEEP = b'{"htcds_version":"2.0","x_form":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", Damaged),
        (b"\xff\xfe", Damaged),
        (b"[]", NotAPackage),
        (b"null", NotAPackage),
        (b"{}", NotAPackage),
        (b'{"htcds_version":"2.1"}', Newer),
        (b'{"htcds_version":"10.0"}', Newer),
        (b'{"htcds_version":"1.1"}', Older),
        (b'{"htcds_version":2.0}', Damaged),
        (b'{"htcds_version":"2.0 "}', Damaged),
        (b'{"htcds_version":"2.0","x_version":2}', Newer),
        (b'{"htcds_version":"2.0","x_version":"1"}', Damaged),
        (b'{"htcds_version":"2.0","htcds_version":"2.0"}', Damaged),
        (b'{"htcds_version":"2.0","prs_FirstName":"A","prs_First_Name":"B"}', Damaged),
        (b'{"htcds_version":"2.0","vic_Vulnerabilities":["Poverty"]}', Damaged),
        (b'{"htcds_version":"2.0","vic_MethodsOfControl":["RestrictsMovement"]}', Damaged),
        (b'{"htcds_version":"2.0","prs_Citizenship":["vn"]}', Damaged),
        (b'{"htcds_version":"2.0","org_ShippingCountry":"LU\\n"}', Damaged),
        (b'{"htcds_version":"2.0","org_Phone":"+352621\\n"}', Damaged),
        ('{"htcds_version":"2.0","org_Phone":"+٣٥٢"}'.encode(), Damaged),
        (b'{"htcds_version":"2.0","prs_MobilePhone":"0475"}', Damaged),
        (b'{"htcds_version":"2.0","prs_Birthdate":"2026-02-30"}', Damaged),
        (b'{"htcds_version":"2.0","prs_NumberOfChildren":-1}', Damaged),
        (b'{"htcds_version":"2.0","con_Consent":"yes"}', Damaged),
        (b'{"htcds_version":"2.0","con_Consent":1}', Damaged),
        (b'{"htcds_version":"2.0","prs_MailingLatitude":NaN}', Damaged),
        (b'{"htcds_version":"2.0","x_form":{"a":{"b":{}}}}', Damaged),
        (DEEP, Damaged),
        (b'{"htcds_version":"2.0","x_sentAt":"' + b"a" * MOST_BYTES + b'"}', TooLarge),
    ],
)  # fmt: skip
def test_a_bad_record_is_refused_for_what_it_is(content: bytes, kind: type[Exception]):
    with pytest.raises(CannotOpen) as caught:
        read_record(content)
    assert type(caught.value) is kind


def test_a_refusal_names_the_place_and_never_the_value():
    with pytest.raises(Damaged) as caught:
        read_record(b'{"htcds_version":"2.0","vic_TypeOfExploitation":["canary"],"canary":"canary"}')
    assert "canary" not in str(caught.value)
    with pytest.raises(Damaged) as caught:
        read_record(b'{"htcds_version":"2.0","canary":"x"}')
    assert "canary" not in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_mutated_record_opens_or_is_refused_and_nothing_else_happens(data: st.DataObject):
    content = bytearray(write_record(record(KITCHEN, recipient=TO)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(CannotOpen):
        read_record(bytes(content[: data.draw(st.integers(0, len(content)))]))


def test_the_table_has_the_published_names_and_values_joined_by_semicolons():
    rows = list(csv.reader(io.StringIO(write_csv(record(KITCHEN, recipient=TO, police=True)).decode())))
    assert rows[0] == list(LIVE)
    cells = dict(zip(*rows, strict=True))
    assert cells["vic_MethodsOfControl"] == "DebtBondage;Other;ExcessiveWorkingHours;WithholdsDocuments"
    assert cells["con_Consent"] == "TRUE"
    assert cells["hte_Country"] == "VN;LU"
    assert cells["prs_MobilePhone"] == "352621000111"
    assert cells["org_Name"] == "Inspection du travail"
    assert cells["cas_ReferredOrganisation"] == "INFOTRAITE"
    assert cells["prs_FirstName"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_table_is_a_formula(start: str):
    said = record({"B1": {"name": f"{start}HYPERLINK(1)"}}, recipient=TO)
    rows = list(csv.reader(io.StringIO(write_csv(said).decode(), newline="")))
    assert dict(zip(*rows, strict=True))["org_Name"] == f"'{start}HYPERLINK(1)"


def test_the_committed_json_schema_is_the_one_of_the_shape():
    made = schema()
    assert (CONTENT / "htcds" / "record.schema.json").read_bytes() == made, (
        "write victim_id.referral.htcds.schema() into indicators/htcds/record.schema.json"
    )
    described = json.loads(made)
    top = described["$defs"]["HtcdsRecord"]
    assert top["additionalProperties"] is False
    assert set(LIVE) <= set(top["properties"])
    assert top["required"] == ["htcds_version"]
    assert "no endorsement" in described["$comment"]


@pytest.mark.parametrize("day", ["2020-W01-1", "2020-02-30", "20200101  ", "٢٠٢٠-٠١-٠١", "2020-1-1"])
def test_only_a_day_of_the_calendar_is_written_as_a_date(day: str):
    said = identity_record({"D4": {"birth_date": day}})
    assert "prs_Birthdate" not in said
    assert said["x_unmapped"] == {"D4": [day]}


@pytest.mark.parametrize(("told", "count"), [("2", 2), ("150", 150), ("151", None), ("00012345", None), ("²", None)])
def test_a_number_is_never_cut_to_another_one(told: str, count: int | None):
    said = record({"D15": {"children": told}}, recipient="x")
    assert said.get("prs_NumberOfChildren") == count
    assert ("x_unmapped" in said) == (count is None)
