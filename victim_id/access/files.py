"""The paper and the file of what is held: drawn from one text, so that both say the same; and both as one deliverable."""

import io
import zipfile
from typing import Any

import msgspec

from victim_id.access.rows import Part, Section
from victim_id.access.told import Told
from victim_id.record import encode
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.paper.sheet import Sheet, Text

FORMAT, VERSION = "victim_id_access", 1
NEUTRAL = "1"
"""Title and file name: they tell nothing."""


def draw_told(told: Told, faces: Faces) -> bytes:
    """Gives the PDF, tagged after PDF/UA-1; its outside tells nothing of what it is."""
    sheet = Sheet(NEUTRAL, told.language, faces)
    sheet.heading((told.title.text, told.title.language), level=1)
    for part in told.parts:
        sheet.heading((part.title.text, part.title.language), level=2)
        for one in part.sections:
            sheet.heading((one.title.text, one.title.language), level=3)
            sheet.facts([_line(one, number) for number in range(len(one.rows))])
    return sheet.bytes()


def write_told(told: Told) -> bytes:
    """Gives the JSON: parts by id, in them sections by id, in them rows by key, each with its label and its values.

    `{"victim_id_access": 1, "language": …, "title": …, "parts": {id: {"title": …, "sections": {id: {"title": …,
    "rows": {key: {"label": …, "values": […]}}}}}}}`. Keys are ids of the content and stay the same in every language;
    every value stands on the paper as well. The order of parts, sections and rows is that of the paper.
    """
    body = {"language": told.language, "title": told.title.text, "parts": {part.id: _part(part) for part in told.parts}}
    return encode({FORMAT: VERSION})[:-1] + b"," + msgspec.json.encode(body)[1:]


def deliverable(pdf: bytes, record: bytes) -> bytes:
    """Gives both as one ZIP archive, stored, with neutral names; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ((f"{NEUTRAL}.pdf", pdf), (f"{NEUTRAL}.json", record)):
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _line(one: Section, number: int) -> tuple[Text, Text]:
    found = one.rows[number]
    text = "\n".join(piece.said.text for piece in found.pieces)
    spoken = {piece.said.language for piece in found.pieces}
    return (found.label.text, found.label.language), (text, spoken.pop() if len(spoken) == 1 else None)


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": part.title.text,
        "sections": {
            one.id: {
                "title": one.title.text,
                "rows": {
                    found.key: {"label": found.label.text, "values": [piece.said.text for piece in found.pieces]}
                    for found in one.rows
                },
            }
            for one in part.sections
        },
    }
