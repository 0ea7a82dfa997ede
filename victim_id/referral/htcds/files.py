"""The bytes of a record: written canonically, read strictly, as a table, and the JSON Schema of its shape.

Reads also what the standard's own form and template write otherwise, and never writes it.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from victim_id.errors import Damaged, Newer, NotAPackage, Older, TooLarge
from victim_id.record import encode
from victim_id.referral.htcds.codes import ALIASES
from victim_id.referral.htcds.shape import HTCDS_COMMIT, HTCDS_VERSION, X_VERSION, HtcdsRecord

MOST_BYTES = 1024 * 1024
PUBLISHED = tuple(name for name in HtcdsRecord.__struct_fields__ if not name.startswith(("htcds_", "x_")))
ROWS = {"hte_": "x_events", "per_": "x_perpetrators"}
PHONE = re.compile(r"\+[1-9][0-9]{1,14}")


def write_record(said: Mapping[str, Any]) -> bytes:
    """Gives the JSON of a record: the version first, the other keys sorted, no spaces."""
    rest = encode({name: value for name, value in said.items() if name != "htcds_version"})
    return encode({"htcds_version": said["htcds_version"]})[:-1] + b"," + rest[1:]


def read_record(content: bytes, where: str = "record.json") -> HtcdsRecord:
    """Reads a record strictly, of at most 1 MiB; also under the names and with the blanks of the standard's own toolkit.

    Raises TooLarge, NotAPackage, Newer, Older, or Damaged, which names the place and never the value.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(where, f"{len(content)} bytes; at most {MOST_BYTES} are read")
    raw = _object(content, where)
    if "htcds_version" not in raw:
        raise NotAPackage(where, "the key htcds_version is missing")
    _check_version(raw, where)
    try:
        return msgspec.convert(_mended(raw, where), type=HtcdsRecord)
    except (msgspec.ValidationError, RecursionError) as error:
        place = str(error).rpartition(" - at ")[2] if " - at " in str(error) else "a key that is not known"
        raise Damaged(where, f"not HTCDS {HTCDS_VERSION}: {place}") from None


def write_csv(said: Mapping[str, Any]) -> bytes:
    """Gives the published fields as a table of one row, several values joined by `;`; the extension stays behind.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    out = io.StringIO(newline="")
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(PUBLISHED)
    sheet.writerow([_cell(said, name) for name in PUBLISHED])
    return out.getvalue().encode()


def schema() -> bytes:
    """Gives the JSON Schema (2020-12) of a record, made from its shape."""
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"HTCDS {HTCDS_VERSION} by IOM (CC BY 4.0, no endorsement), commit {HTCDS_COMMIT}; "
        f"keys x_ are an extension, version {X_VERSION}.",
        **msgspec.json.schema(HtcdsRecord),
    }
    return json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _object(content: bytes, where: str) -> dict[str, Any]:
    """Decodes one JSON object in which no key stands twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Damaged(where, "a key stands twice")
        return found

    try:
        raw = msgspec.json.decode(content)
        json.loads(content, object_pairs_hook=once)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise Damaged(where, "not readable as JSON") from None
    if not isinstance(raw, dict):
        raise NotAPackage(where, "holds no JSON object")
    return raw


def _check_version(raw: Mapping[str, Any], where: str) -> None:
    found = raw["htcds_version"]
    if not isinstance(found, str) or not re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}", found):
        raise Damaged(where, "htcds_version is not a version number")
    ours, theirs = (tuple(int(part) for part in text.split(".")) for text in (HTCDS_VERSION, found))
    extension = raw.get("x_version", 0)
    if theirs > ours or (isinstance(extension, int) and extension > X_VERSION):
        raise Newer(where, f"written by a later version; this program reads HTCDS {HTCDS_VERSION}, x_ {X_VERSION}")
    if theirs < ours:
        raise Older(where, f"HTCDS {found}; this program reads {HTCDS_VERSION}")


def _mended(raw: dict[str, Any], where: str) -> dict[str, Any]:
    """Reads what the standard's own form and template write otherwise: names, blanks, joined values, TRUE and FALSE."""
    said: dict[str, Any] = {}
    for name, value in raw.items():
        ours = ALIASES.get(name, name)
        if ours in said:
            raise Damaged(where, f"{ours} stands under two names")
        said[ours] = MENDING[ours](value) if ours in MENDING else value
    industries = said.get("vic_ForcedLabourIndustry")
    if isinstance(industries, list):
        said["vic_ForcedLabourIndustry"] = industries[0] if industries else None
        if len(industries) > 1 and "x_industries" not in said:
            said["x_industries"] = industries[1:]
    return said


def _separate(value: Any) -> Any:
    if isinstance(value, str):
        return [part for part in re.split(r"[;\s]+", value) if part]
    return [item.strip() if isinstance(item, str) else item for item in value] if isinstance(value, list) else value


def _truth(value: Any) -> Any:
    return {"TRUE": True, "FALSE": False}.get(value, value) if isinstance(value, str) else value


MENDING: dict[str, Callable[[Any], Any]] = {
    "con_Consent": _truth,
    "prs_Citizenship": _separate,
    "per_RoleInProcess": _separate,
    "vic_ExploitationWebsitesAndApps": _separate,
    "vic_ForcedLabourIndustry": _separate,
    "vic_MethodOfRecruitment": _separate,
    "vic_MethodsOfControl": _separate,
    "vic_RecruitmentWebsitesAndApps": _separate,
    "vic_TypeOfExploitation": _separate,
    "vic_TypeOfSexExploitation": _separate,
}


def _cell(said: Mapping[str, Any], name: str) -> str:
    rows = said.get(ROWS.get(name[:4], ""), ())
    sender = said.get("cas_ReferringOrganisation", {}) if name.startswith("org_") else {}
    found = [value for row in (said, sender, *rows) if (value := row.get(name)) not in (None, "")]
    return ";".join(_plain(value) for value in found)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Mapping):
        value = value.get("org_Name") or value.get("x_name") or value.get("org_ShippingCountry") or ""
    text = ";".join(_plain(item) for item in value) if isinstance(value, list | tuple) else str(value)
    if PHONE.fullmatch(text):
        return text.removeprefix("+")
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
