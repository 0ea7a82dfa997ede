"""Sheets of paper without a name on them: one to speak from for a call, and the quick screen for where no laptop goes."""

from collections.abc import Sequence

from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Question
from victim_id.language import Language
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.paper.sheet import Sheet


def speaking_sheet(title: str, phone: str, lines: Sequence[str], language: Language, faces: Faces) -> bytes:
    """Gives the PDF of a sheet to speak from: whom to call, the number, and what to say, in that order."""
    sheet = Sheet("1", language.tag, faces)
    sheet.heading(title, level=1)
    sheet.paragraph(phone, bold=True, size=15.0)
    sheet.points(lines, numbered=True, size=11.0)
    return sheet.bytes()


def quick_card(instrument: Instrument, setting: str, language: Language, faces: Faces) -> bytes:
    """Gives the PDF of a setting's quick screen as a card for one contact; it has no room for a name, on purpose."""
    say = language.say
    sheet = Sheet("1", language.tag, faces)
    sheet.heading(say("Checklist"), level=1)
    sheet.paragraph(say("One sheet for each contact. Write no name. Type it in the same day, then shred this sheet."))
    quick = [question for question in instrument.questions(setting) if setting in question.quick]
    for words, asked in (
        (say("What you see or read"), [question for question in quick if question.of != "person"]),
        (say("What you ask, alone with the person"), [question for question in quick if question.of == "person"]),
    ):
        if asked:
            sheet.heading(words)
            sheet.table([words, say("Answer")], [_row(question, language) for question in asked], (0.62, 0.38))
    sheet.heading(say("Place and time"))
    sheet.field("place", say("Place and time"), lines=2)
    return sheet.bytes()


def _row(question: Question, language: Language) -> tuple[str, str]:
    words = language.content("worker", f"{question.id}.worker", question.worker)
    if question.kind == "yes_no":
        offered = [language.say("Yes"), language.say("No")]
    else:
        offered = [language.content("worker", f"{question.id}.{one.id}.label", one.label) for one in question.choices]
    between = "   " if question.kind == "yes_no" else "\n"
    return words, between.join(f"\u25a1 {answer}" for answer in [*offered, language.say("Not known")])
