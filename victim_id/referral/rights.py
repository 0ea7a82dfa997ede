"""A sheet for the person, in their own language: rights and how to stay safe. Its outside tells nothing of what it is."""

from victim_id.instrument.instrument import Instrument
from victim_id.language import Language
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.paper.sheet import Sheet

PARTS = ("rights.", "safety.")


def rights(instrument: Instrument, language: Language, faces: Faces) -> bytes:
    """Gives the PDF of the sheet; what is not translated yet stands in English."""
    sheet = Sheet("1", language.tag, faces)
    sheet.heading(_words(language, "rights.title.person", instrument.text["rights.title"].person), level=1)
    for family in PARTS:
        texts = [text for text in instrument.texts if text.id.startswith(family) and text.id != "rights.title"]
        sheet.points([_words(language, f"{text.id}.person", text.person) for text in texts])
        sheet.rule()
    return sheet.bytes()


def _words(language: Language, context: str, english: str) -> tuple[str, str]:
    known = language.has("person", context, english)
    return language.content("person", context, english), language.tag if known else "en"
