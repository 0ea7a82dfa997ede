"""Draws a recovery sheet for the safe: its words numbered and as a QR code, which of three it is, of which vault, what to do.

Nothing on it names a person, an organisation or what the vault is for.
"""

import segno

from victim_id.language import Language
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.paper.sheet import Sheet

COLUMNS = 3


def draw_recovery_sheet(
    words: list[str],
    language: Language,
    faces: Faces,
    *,
    number: int,
    of: int,
    needed: int,
    checksum: int,
    vault: str,
    made: str,
) -> bytes:
    """Gives one page of PDF; `vault` is a short mark of the vault, `made` a UTC moment, `checksum` how many last words check the others."""
    say = language.say
    title = say("Recovery sheet {number} of {of}", number=number, of=of)
    sheet = Sheet(
        title,
        language.tag,
        faces,
        code=vault,
        footer=say("Vault {mark} · sheet {number} of {of}", mark=vault, number=number, of=of),
    )
    sheet.heading(title, level=1)
    sheet.facts(
        [
            (say("Vault"), vault),
            (say("Made on"), language.date(made)),
            (say("Needed to open"), say("any {needed} of the {of} sheets", needed=needed, of=of)),
        ]
    )
    with sheet.box():
        sheet.paragraph(
            say("Keep this sheet like a key: locked away, not beside the laptop, and not together with another sheet."),
            bold=True,
        )
    sheet.heading(say("The words, in this order"), level=2)
    rows = -(-len(words) // COLUMNS)
    numbered = [(f"{place}. {word}", "en") for place, word in enumerate(words, 1)]
    sheet.table(
        [
            say("Words {first} to {last}", first=first + 1, last=min(first + rows, len(words)))
            for first in range(0, len(words), rows)
        ],
        [
            [numbered[row + column * rows] if row + column * rows < len(words) else "" for column in range(COLUMNS)]
            for row in range(rows)
        ],
        [1.0] * COLUMNS,
    )
    sheet.paragraph(
        say(
            "The words are English in every language, and the first four letters of each are enough. The last {count} check the others: a mistyped word is noticed.",
            count=checksum,
        ),
        size=8.5,
    )
    symbol = segno.make(" ".join(words), error="m", micro=False)
    sheet.qr([list(line) for line in symbol.matrix], say("The words of this sheet as a QR code"), size=110)
    sheet.heading(say("When nobody can open the vault any more"), level=2)
    for step in (
        say("1. Start the program and choose: I lost my passphrase."),
        say("2. Type the words of two different sheets, or scan their QR codes."),
        say("3. Choose a new passphrase. Then make new sheets: these have been seen."),
    ):
        sheet.paragraph(step)
    sheet.heading(say("If this sheet is lost or was seen by others"), level=2)
    sheet.paragraph(
        say(
            "One sheet alone opens nothing. Make new sheets in the preferences at once: the old ones then open nothing any more."
        )
    )
    return sheet.bytes()
