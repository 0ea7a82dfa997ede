"""The referral fields as HTCDS 2.0: pure, and nothing is lost without being said.

What the standard cannot say goes into its versioned `x_` extension. Names, file numbers, date of birth and address are
never in the record, only in the identity part; alleged exploiters only in what goes to the police.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from victim_id.referral.htcds import codes
from victim_id.referral.htcds.shape import HTCDS_COMMIT, HTCDS_VERSION, X_VERSION

Given: TypeAlias = Mapping[str, Any]
"""Field id to what was said: text, a list, the parts of a group, or rows of parts."""

BLOCKS = {
    "x_sender": ("B4", "B5", "B6", "B7"),
    "x_consentDetails": ("C1", "C2", "C4", "C5", "C6", "C7", "C8", "C9"),
    "x_person": ("D8", "D10", "D11", "D13", "D15", "D16"),
    "x_safety": ("E1", "E2", "E3", "E5", "E6", "E7", "E8", "E9"),
    "x_account": ("F8", "F9", "F10", "F11"),
    "x_indications": ("G1", "G2", "G3", "G4"),
    "x_needs": ("H1", "H2", "H3", "H4", "H5", "H6", "H7"),
    "x_procedure": ("I1", "I2", "I3", "I4", "I5", "I6", "I7"),
    "x_hosting": ("M1", "M2", "M3"),
    "x_receipt": ("N1", "N2", "N4"),
}
"""What the standard has no field for, by our field id; N3, the status, is for the authority to say and never here."""
GROUPS = ("A2", "A4", "B1", "B2", "B3", "D5", "D7", "D9", "F2", "F6", "J3", "K1")
SEALED_PARTS = {"D4": "birth_date", "E6": "address"}
PHONE = re.compile(r"\+?[1-9][0-9]{1,14}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def record(values: Given, *, recipient: str, police: bool = False) -> dict[str, Any]:
    """Gives HTCDS 2.0 for one recipient, by its id; alleged exploiters and evidence only if `police`.

    Consent is true only if every answer for this recipient is yes and none was withdrawn; the status is *possible*.
    """
    unmapped = {
        field: _many(values[field]) for field in GROUPS if field in values and not isinstance(values[field], Mapping)
    }
    parts = (
        _form(values, recipient, unmapped),
        _person(values, unmapped),
        _exploitation(values, unmapped),
        _police(values, unmapped) if police else {},
        _receipt(values),
        {name: _block(values, fields) for name, fields in BLOCKS.items()},
    )
    said = {name: value for part in parts for name, value in part.items() if value not in (None, "", [], {})}
    return {
        "htcds_version": HTCDS_VERSION,
        "htcds_commit": HTCDS_COMMIT,
        "x_version": X_VERSION,
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        **said,
        **({"x_unmapped": unmapped} if unmapped else {}),
    }


def identity_record(values: Given) -> dict[str, Any]:
    """Gives the part that says who the person is, as HTCDS 2.0; it is sealed apart from the record."""
    name, born = _parts(values, "D2"), _day(_text(_parts(values, "D4").get("birth_date")))
    numbers = _rows(values, "D14")
    said: dict[str, Any] = {
        "prs_FirstName": _text(name.get("first")),
        "prs_MiddleName": _text(name.get("middle")),
        "prs_SecondName": _text(name.get("last")),
        "prs_Birthdate": born,
        "prs_IdentityNumber": _text(numbers[0].get("number")) if numbers else "",
        "x_identityNumbers": numbers,
        "x_aliases": _many(values.get("D3")),
        "x_address": _text(_parts(values, "E6").get("address")),
        "x_clientCode": _text(values.get("D1")),
    }
    untold = {field: _many(values[field]) for field in ("D2", "D4", "E6") if isinstance(values.get(field), str)}
    if not born and (about := _text(_parts(values, "D4").get("birth_date"))):
        untold["D4"] = [about]
    said["x_unmapped"] = {field: words for field, words in untold.items() if words}
    head = {"htcds_version": HTCDS_VERSION, "htcds_commit": HTCDS_COMMIT, "x_version": X_VERSION}
    return head | {key: value for key, value in said.items() if value}


def _form(values: Given, recipient: str, unmapped: dict[str, list[str]]) -> dict[str, Any]:
    worker, reach, to, sender = (_parts(values, field) for field in ("B2", "B3", "A4", "B1"))
    consents = [row for row in _rows(values, "C3") if row.get("recipient") == recipient]
    withdrawn = any(_parts(values, "C7").values())
    name = {"x_name": _text(worker.get("name"))}
    return {
        "x_formId": _text(values.get("A1")),
        "x_form": _parts(values, "A2"),
        "x_purpose": _text(values.get("A3")),
        "cas_ReasonForOutgoingReferral": _one(values, "A3", codes.REASON, unmapped),
        "x_recipient": recipient,
        "cas_ReferredOrganisation": _organisation(to, "A4", {}, unmapped),
        "cas_OutgoingReferralDate": _day(_text(values.get("A5"))[:10]),
        "x_sentAt": _text(values.get("A5")),
        "x_urgency": _text(values.get("A6")),
        "x_handling": _text(values.get("A7")),
        "cas_ReferringOrganisation": _organisation(sender, "B1", reach, unmapped),
        "cas_CaseOwner": _filled(name),
        "cas_ReferringPrimaryCaseWorker": _filled(
            {
                **name,
                "prs_Title": _text(worker.get("role")),
                "x_email": _text(reach.get("email")),
                "x_deputy": _text(reach.get("deputy")),
            }
        ),
        "con_Consent": bool(consents) and not withdrawn and all(row.get("answer") == "yes" for row in consents),
        "x_consent": consents,
        "x_clientCode": _text(values.get("D1")),
        "x_deleteAfter": _text(values.get("N5")),
    }


def _person(values: Given, unmapped: dict[str, list[str]]) -> dict[str, Any]:
    age, child, tongues = _parts(values, "D4"), _parts(values, "D5"), _parts(values, "D9")
    countries = _many(_parts(values, "D7").get("countries"))
    spoken = [_language(tag) for tag in (_text(tongues.get("first")), *_many(tongues.get("others"))[:1])]
    contacts = [row for row in _rows(values, "E4") if row.get("safe") == "yes"]
    first = contacts[0] if contacts else {}
    return {
        "x_ageBand": _text(age.get("band")),
        "x_ageCertainty": _text(age.get("certain")),
        "x_minor": _among(child, "now", unmapped),
        "x_minorThen": _among(child, "then", unmapped),
        "vic_AgeWhenTrafficked": _count(child.get("age_then"), "D5", unmapped),
        "prs_Gender": _one(values, "D6", codes.GENDER, unmapped),
        "prs_Citizenship": [code for code in countries if code in codes.COUNTRIES],
        "x_citizenshipOther": [text for text in countries if text not in codes.COUNTRIES],
        "x_stateless": _text(_parts(values, "D7").get("stateless")),
        "prs_PrimaryLanguage": spoken[0],
        "prs_SecondaryLanguage": spoken[1] if len(spoken) > 1 else None,
        "x_languages": tongues,
        "x_idDocuments": _text(values.get("D12")),
        "prs_NumberOfChildren": _count(_parts(values, "D15").get("children"), "D15", unmapped),
        "prs_MobilePhone": _phone(first.get("phone")),
        "prs_Email": _text(first.get("email")),
        "x_contacts": contacts,
        "x_safe": True if contacts else None,
    }


def _exploitation(values: Given, unmapped: dict[str, list[str]]) -> dict[str, Any]:
    kinds, control = _many(values.get("F1")), _many(values.get("F5"))
    sector, how = _parts(values, "F2"), _parts(values, "F6")
    child = "yes" in (_parts(values, "D5").get("now"), _parts(values, "D5").get("then"))
    types = [code for kind in _known("F1", kinds, codes.EXPLOITATION, unmapped) for code in codes.EXPLOITATION[kind]]
    industry = _one(sector, "section", codes.INDUSTRY, unmapped, "F2")
    sexual = _codes("F3", _many(values.get("F3")), codes.SEX_EXPLOITATION, unmapped)
    events = [_event(row, unmapped) for row in _rows(values, "F7")]
    return {
        "vic_TypeOfExploitation": _once([*types, *(["ChildLabour"] if child and "ForcedLabour" in types else [])]),
        "x_exploitation": [codes.X_EXPLOITATION[kind] for kind in kinds if kind in codes.X_EXPLOITATION],
        "vic_ForcedLabourIndustry": industry or (codes.INDUSTRY["T"] if "domestic" in kinds else None),
        "x_industryDetail": _text(sector.get("detail")),
        "vic_TypeOfSexExploitation": _once([*sexual, *(["RemoteInteractiveServices"] if "online" in kinds else [])]),
        "x_acts": _many(values.get("F4")),
        "vic_MethodsOfControl": _once(
            [
                *_codes("F5", control, codes.CONTROL, unmapped),
                *(["WithholdsDocuments"] if values.get("D12") == "withheld" else []),
            ]
        ),
        "x_methodsOfControl": [codes.X_CONTROL[means] for means in control if means in codes.X_CONTROL],
        "vic_MethodOfRecruitment": _codes("F6", _many(how.get("how")), codes.RECRUITMENT, unmapped),
        "vic_RecruitmentWebsitesAndApps": _codes("F6", _many(how.get("apps")), codes.APP, unmapped),
        "x_recruitmentApp": _text(how.get("other_app")),
        "x_events": [event for event in events if event],
        "vic_LocationOfRecruitment": _place(events, "Recruitment"),
        "vic_LocationOfExploitation": _place(events, "Exploitation"),
        "vic_RelationshipToTrafficker": _one(values, "F12", codes.RELATION | {"unknown": None}, unmapped),
        "x_relation": codes.X_RELATION.get(_text(values.get("F12"))),
        "x_employer": _parts(values, "J3"),
        "x_others": _parts(values, "K1"),
    }


def _police(values: Given, unmapped: dict[str, list[str]]) -> dict[str, Any]:
    people = [
        _filled(
            {
                "per_RoleInProcess": _codes("J1", _many(row.get("role")), codes.ROLE, unmapped),
                "per_RoleDetails": _text(row.get("description")),
                "x_language": _text(row.get("language")),
                "x_vehicles": _text(row.get("vehicles")),
                "x_phones": _text(row.get("phones")),
            }
        )
        for row in _rows(values, "J1")
    ]
    return {
        "x_perpetrators": [person for person in people if person],
        "x_perpetratorsNow": _text(values.get("J2")),
        "x_evidence": _block(values, ("L1", "L2", "L3")),
    }


def _receipt(values: Given) -> dict[str, Any]:
    answer, after = _parts(values, "N2").get("answer"), _parts(values, "N4")
    closed = "ClosedReferred" if answer in {"accepted", "passed_on"} else "Closed"
    return {
        "cas_IncomingReferralDate": _day(_text(_parts(values, "N1").get("date"))),
        "cas_Status": closed if after.get("closed") else "FollowUp" if after.get("date") else None,
        "cas_ReasonForCaseClosure": _text(after.get("closed")),
    }


def _organisation(
    given: Mapping[str, Any], field: str, reach: Mapping[str, Any], unmapped: dict[str, list[str]]
) -> dict[str, Any]:
    phone = _text(reach.get("phone"))
    if phone and not _phone(phone):
        unmapped.setdefault("B3", []).append(phone)
    return _filled(
        {
            "org_Name": _text(given.get("name")),
            "org_Type": _one(given, "type", codes.ORGANISATION, unmapped, field),
            "org_Phone": _phone(phone),
        }
    )


def _event(row: Mapping[str, Any], unmapped: dict[str, list[str]]) -> dict[str, Any]:
    country, when = _text(row.get("country")), _text(row.get("date"))
    if country and country not in codes.COUNTRIES:
        unmapped.setdefault("F7", []).append(country)
    return _filled(
        {
            "hte_Type": _one(row, "type", codes.EVENT, unmapped, "F7"),
            "hte_Country": country if country in codes.COUNTRIES else None,
            "hte_City": _text(row.get("city")),
            "hte_Date": _day(when),
            "x_date": "" if _day(when) else when,
        }
    )


def _place(events: Iterable[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    """Gives town and country of the first event of a kind as the organisation the standard looks up; never a street."""
    for event in events:
        if event.get("hte_Type") == kind:
            return _filled({"org_ShippingCity": event.get("hte_City"), "org_ShippingCountry": event.get("hte_Country")})
    return {}


def _block(values: Given, fields: Iterable[str]) -> dict[str, Any]:
    """Gives fields as they were said, without sealed parts; a sealed part told without its name is not taken at all."""
    said: dict[str, Any] = {}
    for field in fields:
        value, apart = values.get(field), SEALED_PARTS.get(field)
        if isinstance(value, Mapping):
            said[field] = {name: _entry(part) for name, part in value.items() if name != apart and part}
        elif not apart and isinstance(value, list | tuple):
            said[field] = [_row(item) if isinstance(item, Mapping) else _text(item) for item in value]
        elif not apart:
            said[field] = _text(value)
    return _filled(said)


def _parts(values: Given, field: str) -> dict[str, Any]:
    value = values.get(field)
    return _row(value) if isinstance(value, Mapping) else {}


def _rows(values: Given, field: str) -> list[dict[str, Any]]:
    value = values.get(field)
    rows = [value] if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else []
    return [row for item in rows if isinstance(item, Mapping) and (row := _row(item))]


def _row(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _entry(part) for name, part in given.items() if part not in (None, "", [], ())}


def _entry(value: Any) -> str | list[str]:
    return [_text(item) for item in value] if isinstance(value, list | tuple) else _text(value)


def _many(value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    return [text for item in items if (text := _text(item))]


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_text(item) for item in value)
    return "" if value is None else str(value)


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _known(field: str, given: Iterable[str], table: Mapping[str, object], unmapped: dict[str, list[str]]) -> list[str]:
    """Gives the words that the table knows; the others are kept as they were said."""
    words = list(given)
    if strange := [word for word in words if word not in table]:
        unmapped.setdefault(field, []).extend(strange)
    return [word for word in words if word in table]


def _codes(field: str, given: Iterable[str], table: Mapping[str, str], unmapped: dict[str, list[str]]) -> list[str]:
    return _once(table[word] for word in _known(field, given, table, unmapped))


def _one(
    values: Given, name: str, table: Mapping[str, str | None], unmapped: dict[str, list[str]], field: str = ""
) -> str | None:
    words = _known(field or name, _many(values.get(name)), table, unmapped)
    return table[words[0]] if words else None


def _among(child: Mapping[str, Any], part: str, unmapped: dict[str, list[str]]) -> str | None:
    return _one(child, part, {"yes": "yes", "no": "no", "unsure": "unsure"}, unmapped, "D5")


def _count(value: Any, field: str, unmapped: dict[str, list[str]]) -> int | None:
    text = _text(value)
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= 150:
        return int(text)
    if text:
        unmapped.setdefault(field, []).append(text)
    return None


def _phone(value: Any) -> str:
    """Gives a number as E.164 writes it, or nothing: a national number with its 0 is not one."""
    digits = re.sub(r"[ ().\-/\u00a0]", "", _text(value))
    return digits if PHONE.fullmatch(digits) else ""


def _language(tag: str) -> str | None:
    return codes.LANGUAGES.get(re.split("[-_]", tag)[0].lower())


def _day(text: str) -> str | None:
    """Gives an exact date as it was written, or nothing."""
    try:
        return text if DAY.fullmatch(text) and date.fromisoformat(text) else None
    except ValueError:
        return None
