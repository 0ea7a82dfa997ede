"""Brings translations that were changed in a workbook back into the catalogues (gettext, by Babel)."""

import io
from collections.abc import Iterable

from victim_id.authoring.columns import Translation


def retranslated(catalogue: bytes, translations: Iterable[Translation]) -> bytes:
    """Gives a catalogue (.po) with the translations that differ from it; the same bytes when none does.

    Where the English changed as well, the translation counts for the new English. `make strings` marks the others.
    """
    from babel.messages.pofile import read_po, write_po  # noqa: PLC0415  loaded by authors only

    found = read_po(io.BytesIO(catalogue))
    before = {message.context: message for message in found if message.id and message.context}
    changed = False
    for one in translations:
        message = before.get(one.context)
        if message is not None and message.string == one.words:
            continue
        if message is not None and message.id != one.english:
            found.delete(message.id, one.context)
        found.add(one.english, one.words, context=one.context)
        kept = found.get(one.english, one.context)
        assert kept is not None
        kept.string = one.words
        kept.flags.discard("fuzzy")
        changed = True
    if not changed:
        return catalogue
    out = io.BytesIO()
    write_po(out, found, width=0, no_location=True, sort_output=True, omit_header=False)
    return out.getvalue()
