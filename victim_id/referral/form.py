"""Draws a Referral: the same form for paper, screen and package; same in, same bytes."""

import hashlib

import segno

from victim_id.referral.paper.fonts import Faces
from victim_id.referral.paper.sheet import RED, Sheet, Text
from victim_id.referral.paper.words import isolate
from victim_id.referral.referral import Referral, Words


def draw(referral: Referral, faces: Faces, record: bytes) -> bytes:
    """Gives the PDF of a referral, tagged after PDF/UA-1; its QR code ties it to the package and to `record`."""
    sheet = Sheet(
        referral.code,  # the file's own title tells nothing; what it is stands on the page
        referral.language,
        faces,
        code=referral.code,
        mark=referral.mark.text,
        running=f"{referral.code} · {referral.title.text}",
        footer=referral.footer.text,
    )
    safety, found, judgement, to_know = referral.headings
    sheet.heading(text(referral.title), level=1)
    sheet.paragraph(text(referral.addressee), bold=True)
    if referral.urgent:
        with sheet.box("urgent"):
            sheet.heading(text(safety), level=2)
            for sign in referral.urgent:
                sheet.paragraph(text(sign), colour=RED)
    sheet.heading(text(found), level=2)
    sheet.paragraph(text(referral.level), bold=True, size=11.5)
    sheet.paragraph(text(referral.advice), size=8.5)
    if referral.signs:
        rows = [[text(row.sign), text(row.strength), text(row.source)] for row in referral.signs]
        sheet.table([text(head) for head in referral.signs_head], rows, [0.58, 0.14, 0.28])
    if referral.opinion.text:
        sheet.heading(text(judgement), level=2)
        sheet.paragraph(text(referral.opinion))
    for number, block in enumerate(referral.blocks, 1):
        sheet.heading((f"{number}. {block.title.text}", block.title.language), level=2)
        sheet.facts([(text(row.label), text(row.value)) for row in block.rows])
    sheet.heading(text(to_know), level=2)
    for note in referral.notes:
        sheet.paragraph(text(note), size=8.5)
    _receipt(sheet, referral, record)
    return sheet.bytes()


def text(words: Words) -> Text:
    """Gives words as the sheet takes them."""
    return (words.text, words.language)


def _receipt(sheet: Sheet, referral: Referral, record: bytes) -> None:
    if referral.receipt.rows:
        sheet.heading(text(referral.receipt.title), level=2)
        for row in referral.receipt.rows:
            sheet.field(row.field.replace(".", "_"), text(row.label))
    symbol = segno.make(f"{referral.package} {hashlib.sha256(record).hexdigest()}", error="m", micro=False)
    sheet.qr([list(line) for line in symbol.matrix], (f"QR: {isolate(referral.package)}", referral.language), size=72)
