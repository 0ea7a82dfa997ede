"""Brings the catalogues up to date: every sentence of the program and every text of the content, cut by reader.

The program's sentences are the literals given to say(...) and say_many(...). Texts of the content carry their id as
context. A text whose English changed becomes fuzzy in its translations, and English is shown until it is translated
again. The output depends on the sources alone, so that a second run changes nothing.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from victim_id.instrument.load import load  # noqa: E402  the checkout first
from victim_id.instrument.texts import texts, training_texts  # noqa: E402
from victim_id.instrument.training import load_training  # noqa: E402
from victim_id.language import DOMAIN, language, languages  # noqa: E402

STILL = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"say": 1, "to_say": 1, "say_many": 2}
"""Whose literals are sentences, and how many of their first arguments: said at once, said later, said by number."""


def templates() -> dict[str, Catalog]:
    """Gives the template of each domain."""
    found = {
        name: Catalog(domain=name, project="Victim ID", creation_date=STILL, fuzzy=False) for name in DOMAIN.values()
    }
    for path in sorted((ROOT / "victim_id").rglob("*.py")):
        for message in sentences(path.read_text("utf-8")):
            found["victim_id"].add(message)
    instrument = load(ROOT / "indicators")
    cases = load_training(ROOT / "indicators" / "training", instrument)
    for text in (*texts(instrument), *training_texts(cases)):
        found[DOMAIN[text.reader]].add(text.english, None, context=text.context)
    return found


def sentences(source: str) -> Iterator[str | tuple[str, str]]:
    """Gives the sentences of a source file, also those inside f-strings and inside other calls."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            name = called.lstrip("_")
            given = [one.value for one in node.args[: KEYWORDS.get(name, 0)] if isinstance(one, ast.Constant)]
            words = [one for one in given if isinstance(one, str) and any(letter.isalpha() for letter in one)]
            if words and len(words) == KEYWORDS[name]:
                yield words[0] if len(words) == 1 else (words[0], words[1])


def updated(template: Catalog, place: Path, tag: str) -> bytes:
    """Gives the bytes of a language's catalogue after an update."""
    locale = language(tag).locale
    if place.exists():
        catalogue = read_po(io.BytesIO(place.read_bytes()), locale=locale, domain=template.domain)
    else:
        catalogue = Catalog(locale=locale, domain=template.domain, project="Victim ID", fuzzy=False)
    catalogue.update(template, no_fuzzy_matching=True, keep_user_comments=True)
    catalogue.creation_date = catalogue.revision_date = STILL
    catalogue.fuzzy = False
    catalogue.obsolete.clear()
    for message in catalogue:
        message.flags.discard("python-format")
    return written(catalogue)


def written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, sort_output=True, omit_header=False)
    return out.getvalue()


def compiled() -> int:
    """Compiles every catalogue that is newer than what was compiled of it; fuzzy texts stay out. Gives how many.

    Babel's own command would take every `%` for a place of printf and refuse good translations.
    """
    done = 0
    for po in sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            out = io.BytesIO()
            write_mo(out, read_po(io.BytesIO(po.read_bytes())))
            mo.write_bytes(out.getvalue())
            done += 1
    return done


def main() -> int:
    if "--compile" in sys.argv:
        print(compiled())
        return 0
    for domain, template in templates().items():
        print(f"{domain}: {len(template)} texts")
        for tag in languages():
            if tag == "en":
                continue
            place = ROOT / "locales" / language(tag).locale / "LC_MESSAGES" / f"{domain}.po"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(updated(template, place, tag))
            catalogue = read_po(io.BytesIO(place.read_bytes()))
            missing = sum(1 for message in catalogue if message.id and not (message.string and all(message.string)))
            print(f"  {tag}: {missing} missing, {sum(m.fuzzy for m in catalogue if m.id)} fuzzy")
    return 0


if __name__ == "__main__":
    sys.exit(main())
