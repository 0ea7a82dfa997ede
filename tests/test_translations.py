"""Every shipped language says everything, in its own script, with the same numbers and places, and nothing else."""

import ast
import io
import re
import shutil
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.strings import templates, updated
from victim_id.language import DOMAIN, Language, language, languages
from victim_id.wording import labelled, listed

ROOT = Path(__file__).resolve().parent.parent
WORKER, PERSON = DOMAIN["worker"], DOMAIN["person"]
TAGS = tuple(tag for tag in languages() if tag != "en")
EACH = [(tag, domain) for tag in TAGS for domain in (WORKER, PERSON)]

LEAST = {WORKER: 3200, PERSON: 500}
"""How many texts there are at least: a catalogue that shrinks has lost something."""

GUIDES = tuple(sorted(path.stem for path in (ROOT / "docs" / "guide").glob("*.md") if path.stem != "en"))
"""The languages that the guide is translated into."""

SCRIPT = {
    "LATIN": "fr nl de lb pt es it ro pl hu sq tr vi so sw tl id yo",
    "CYRILLIC": "bg uk ru sr",
    "GREEK": "el",
    "ARABIC": "ar fa ps ur ckb",
    "HEBREW": "he",
    "ETHIOPIC": "ti am",
    "DEVANAGARI": "hi ne",
    "GURMUKHI": "pa",
    "BENGALI": "bn",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "CJK": "zh",
}
"""How Unicode names the letters of a language (unicodedata.name)."""

NAMES = frozenset({
    "4Sale", "Facebook", "Facebook Messenger", "Instagram", "Line", "QQ", "QZone", "Snapchat", "Telegram", "TikTok",
    "Viber", "WeChat", "WhatsApp",
    "BEE SECURE Helpline", "BEE SECURE Stopline", "Child Focus", "Esperanto", "FairWork", "Minor-Ndako", "Myria",
    "Nidos", "Sürya, Liège", "Veilig Thuis",
    "Luxembourg", "SHA-256",
})  # fmt: skip
"""Names of platforms, of organisations, of a country and of a method: they keep their form."""

SAME = {
    "fr": frozenset({
        "Assistance", "Date", "Description", "Dimension", "Document", "Documents", "Exploitation", "Guide", "Notes",
        "Organisation", "Police", "Prostitution", "Signature", "document", "euros", "possible", "{n} minute",
        "{n} minutes", "{n} question", "{n} questions",
    }),
}  # fmt: skip
"""Words that are spelt alike in English and in the language; each was looked at in its place."""

UNSEEN = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
"""Bidi controls (Unicode UAX #9) and what cannot be seen: the program sets directions, not a translation."""

SHORT, LONG = 0.5, 2.2
"""Bounds of a translation's length against the English of more than 20 characters."""

NAMED = {"fr": r"\b(traite|victimes?|exploit\w*|esclav\w*|prostitu\w*|proxén\w*|servitude|trafi\w*|indices?)\b"}
"""What nobody may read over the person's shoulder: words that name what the talk is about."""


@cache
def template(domain: str) -> Catalog:
    return templates()[domain]


def place(tag: str, domain: str) -> Path:
    return ROOT / "locales" / language(tag).locale / "LC_MESSAGES" / f"{domain}.po"


@cache
def catalogue(tag: str, domain: str) -> Catalog:
    return read_po(io.BytesIO(place(tag, domain).read_bytes()), locale=language(tag).locale, domain=domain)


def messages(tag: str, domain: str) -> list[Message]:
    return [message for message in catalogue(tag, domain) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def pairs(tag: str, domain: str) -> Iterator[tuple[str, str, str]]:
    """Gives where a text stands, its English and its translation; plural forms beside the English of theirs."""
    for message in messages(tag, domain):
        english = forms(message.id)
        for number, said in enumerate(forms(message.string)):
            yield message.context or english[0], english[min(number, len(english) - 1)], said


def words(text: str) -> str:
    """Gives a text without its {places}."""
    return "".join(literal for literal, _, _, _ in Formatter().parse(text))


def spoken(text: str) -> bool:
    """Tells whether there is anything to translate: a line break or a dot between two facts says nothing."""
    return any(sign.isalpha() for sign in words(text))


def places(text: str) -> Counter[str]:
    return Counter(f"{name}!{conversion}:{form}" for _, name, form, conversion in Formatter().parse(text) if name)


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", words(text)))


def alphabet(text: str) -> Counter[str]:
    """Counts the letters of a text by the script that Unicode names first."""
    return Counter(unicodedata.name(sign).split()[0].split("-")[0] for sign in words(text) if sign.isalpha())


SAYING = frozenset({"say", "say_many", "to_say"})
"""Under which names, with or without an underscore before, the program says its sentences."""


def called(function: ast.expr) -> str:
    return (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")).lstrip("_")


def literals(given: ast.expr) -> Iterator[str]:
    """Gives the words written out in an argument, also in a choice or an f-string; what is called in it says its own."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str) and any(map(str.isalpha, given.value)):
        yield given.value
    for child in ast.iter_child_nodes(given):
        if isinstance(child, ast.expr) and not isinstance(given, ast.Call | ast.Subscript):
            yield from literals(child)


def test_no_words_that_the_program_says_are_missing_from_the_template() -> None:
    known = {text for message in template(WORKER) if message.id for text in forms(message.id)}
    calls = [
        (f"{path.relative_to(ROOT)}:{node.lineno}", text)
        for path in sorted((ROOT / "victim_id").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and called(node.func) in SAYING
        for given in node.args
        for text in literals(given)
    ]
    assert len(calls) > 400
    assert [(where, text) for where, text in calls if text not in known] == []


def test_what_says_a_sentence_has_no_other_name() -> None:
    """A method kept under another name would say sentences that nobody finds."""
    for path in sorted((ROOT / "victim_id").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign):
                names, values = (getattr(side, "elts", [side]) for side in (node.targets[0], node.value))
                for name, value in zip(names, values, strict=False):
                    if isinstance(value, ast.Attribute) and value.attr in SAYING:
                        assert called(name) == value.attr, f"{path.relative_to(ROOT)}:{value.lineno}"


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_the_catalogue_has_exactly_the_texts_of_the_sources(tag: str, domain: str) -> None:
    here = {(message.context, forms(message.id)) for message in messages(tag, domain)}
    sources = {(message.context, forms(message.id)) for message in template(domain) if message.id}
    assert here == sources
    assert len(here) >= LEAST[domain]


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_another_update_of_the_catalogue_changes_no_byte(tag: str, domain: str) -> None:
    assert updated(template(domain), place(tag, domain), tag) == place(tag, domain).read_bytes()


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_nothing_is_missing_and_nothing_is_stale(tag: str, domain: str) -> None:
    several = catalogue(tag, domain).num_plurals
    missing = [
        message.context or message.id
        for message in messages(tag, domain)
        if message.fuzzy
        or len(forms(message.string)) != (several if isinstance(message.id, tuple) else 1)
        or not all(forms(message.string))
    ]
    assert missing == []


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_places_to_fill_are_kept_and_can_be_filled(tag: str, domain: str) -> None:
    """A plural form may count with {n} where the English of one does not."""
    for message in messages(tag, domain):
        english = [places(text) for text in forms(message.id)]
        for number, said in enumerate(forms(message.string)):
            kept = english if len(english) > 1 and number == 0 else english[-1:]
            assert places(said) in kept, message.id
            values = {name.split("!")[0]: 7 for name in places(said)}
            assert not values or "{" not in said.format(**values), message.id


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_numbers_are_kept(tag: str, domain: str) -> None:
    assert [(english, said) for _, english, said in pairs(tag, domain) if numbers(english) != numbers(said)] == []


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_no_english_is_left_but_names(tag: str, domain: str) -> None:
    kept = NAMES | SAME.get(tag, frozenset())
    left = [where for where, english, said in pairs(tag, domain) if spoken(english) and said == english not in kept]
    assert left == []


@pytest.mark.parametrize("tag", TAGS)
def test_what_the_person_reads_never_equals_the_english(tag: str) -> None:
    """A text that equals the English counts as missing, and is not read aloud in the person's language."""
    assert [where for where, english, said in pairs(tag, PERSON) if english == said] == []


@pytest.mark.parametrize("tag", SAME)
def test_the_list_of_equal_words_names_only_words_that_are_equal(tag: str) -> None:
    equal = {said for domain in (WORKER, PERSON) for _, english, said in pairs(tag, domain) if english == said}
    assert SAME[tag] - equal == frozenset()


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_letters_are_those_of_the_language(tag: str, domain: str) -> None:
    scripts = {one: script for script, ones in SCRIPT.items() for one in ones.split()}
    own = scripts[tag.split("-", maxsplit=1)[0]]
    for where, english, said in pairs(tag, domain):
        letters = alphabet(said)
        assert set(letters) <= {own, "LATIN", "MODIFIER", "HIRAGANA" if own == "CJK" else own}, where
        if english not in NAMES and spoken(english):
            assert letters[own] * 2 > letters.total(), where


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_lengths_are_those_of_a_translation(tag: str, domain: str) -> None:
    odd = [
        (round(len(said) / len(english), 2), english, said)
        for _, english, said in pairs(tag, domain)
        if len(english) > 20 and not SHORT <= len(said) / len(english) <= LONG
    ]
    assert odd == []


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_translations_are_plain_text(tag: str, domain: str) -> None:
    for where, english, said in pairs(tag, domain):
        assert re.search(r"<[^>]*>|&#?\w+;|\*\*|`", said) is None, where
        assert not UNSEEN.intersection(said), where
        assert not [sign for sign in said if unicodedata.category(sign) in {"Cc", "Co", "Cn"} and sign != "\n"], where
        assert said == unicodedata.normalize("NFC", said), where
        assert said.count("\n") == english.count("\n"), where


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_spaces_at_both_ends_are_those_of_the_english(tag: str, domain: str) -> None:
    for where, english, said in pairs(tag, domain):
        assert said[: len(said) - len(said.lstrip())] == english[: len(english) - len(english.lstrip())], where
        assert said[len(said.rstrip()) :] == english[len(english.rstrip()) :], where
        assert "  " not in said or "  " in english, where


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_a_question_stays_a_question(tag: str, domain: str) -> None:
    ends = ("?", "؟", "？", ";", "։", "՞", "፧")
    for where, english, said in pairs(tag, domain):
        if english.endswith("?"):
            assert said.endswith(ends), where


@pytest.mark.parametrize(("tag", "domain"), EACH)
def test_the_same_long_english_is_said_in_the_same_words(tag: str, domain: str) -> None:
    """Law and advice are repeated from one recipient to the next; a reader must not look for a difference."""
    said_as = defaultdict(set)
    for _, english, said in pairs(tag, domain):
        if len(english) > 60:
            said_as[english].add(said)
    assert [said for said in said_as.values() if len(said) > 1] == []


def compiled(tag: str, place: Path) -> Language:
    """Gives a language whose catalogues are compiled into a place as they are for shipping."""
    folder = place / language(tag).locale / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "locales" / "languages.toml", place)
    for domain in (WORKER, PERSON):
        with (folder / f"{domain}.mo").open("wb") as file:
            write_mo(file, catalogue(tag, domain))
    return Language(tag, {"name": tag, "autonym": tag, "locale": language(tag).locale}, place)


@pytest.mark.parametrize("tag", TAGS)
def test_the_program_finds_every_translation(tag: str, tmp_path: Path) -> None:
    """Compiled as for shipping, each text comes out for its own context, none as English, and every number counts."""
    told = compiled(tag, tmp_path)
    for message in messages(tag, PERSON):
        assert told.content("person", message.context, message.id) == message.string
        assert told.has("person", message.context, message.id)
    for message in messages(tag, WORKER):
        if message.context:
            assert told.content("worker", message.context, message.id) == message.string
        elif isinstance(message.id, tuple):
            given = {name.split("!")[0]: 7 for name in places(message.id[1]) if name != "n!None:"}
            assert len({told.say_many(*message.id, number, **given) for number in range(200)}) == 200
        else:
            assert told.say(message.id) == message.string


@pytest.mark.parametrize("tag", NAMED)
def test_nobody_reads_over_a_shoulder_what_the_talk_is_about(tag: str) -> None:
    seen = [said for _, _, said in pairs(tag, PERSON) if re.search(NAMED[tag], said, re.IGNORECASE)]
    assert seen == []


def shape(guide: str) -> list[str]:
    """Gives what a guide is built of: the rank of its headings, its pictures, points, steps, rows and paragraphs."""
    parts = re.split(r"\n(?=- |\d+\. |\|)|\n\n", guide.strip())
    return [re.findall(r"^#+|^!|^- |^\d+\.|^\||^", part)[0] for part in parts]


@pytest.mark.parametrize("tag", GUIDES)
def test_the_guide_is_the_same_in_every_language_that_it_is_in(tag: str) -> None:
    english, said = ((ROOT / "docs" / "guide" / f"{one}.md").read_text("utf-8") for one in ("en", tag))
    assert re.findall(r"pictures/[\w.-]+", said) == re.findall(r"pictures/[\w.-]+", english)
    assert Counter(re.findall(r"F\d+|Ctrl\+\w|\b112\b|\b2009\b|7F2-KQD", said)) == Counter(
        re.findall(r"F\d+|Ctrl\+\w|\b112\b|\b2009\b|7F2-KQD", english)
    )
    note = 1  # the paragraph that says who drafted the translation
    assert len(shape(said)) == len(shape(english)) + note
    assert [part for part in shape(said) if part] == [part for part in shape(english) if part]


# --- French ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", [WORKER, PERSON])
def test_french_marks_stand_off_by_a_space_that_does_not_break(domain: str) -> None:
    for where, _, said in pairs("fr", domain):
        assert re.search(r"(?<![\u00a0?!])[?!;»]", said) is None, where
        assert re.search(r"(?<!\u00a0):(?![/\d])", said) is None, where
        assert re.search(r"«(?!\u00a0)", said) is None, where
        assert re.search(r"(?<=\d) (?=[%€]|h\b)", said) is None, where


@pytest.mark.parametrize("domain", [WORKER, PERSON])
def test_french_has_typographic_signs(domain: str) -> None:
    for where, _, said in pairs("fr", domain):
        assert not set("'\"“”\u202f").intersection(said), where
        assert "..." not in said, where
        assert re.search(r"\w\(e\)|\w·e\b|\w\.e\b", said) is None, where


def test_french_sets_labels_and_lists_off_by_a_space_that_does_not_break(tmp_path: Path) -> None:
    french = compiled("fr", tmp_path)
    named, placed = labelled(french, "Nom", "{A} B"), labelled(french, "Lieu", "Esch")
    assert listed(french, (named, placed)) == "Nom\u00a0: {A} B\u00a0; Lieu\u00a0: Esch"
    assert listed(language("en"), (labelled(language("en"), "Name", "A"), "B", "C")) == "Name: A; B; C"
    assert listed(french, ()) == ""


def test_french_speaks_to_the_person_with_vous() -> None:
    seen = [said for _, _, said in pairs("fr", PERSON) if re.search(r"\b(tu|toi|te|ton|ta|tes)\b", said, re.IGNORECASE)]
    assert seen == []


def test_french_sentences_for_the_person_are_short() -> None:
    """The English has about twenty words; French needs a third more."""
    sentences = [one for _, _, said in pairs("fr", PERSON) for one in re.split(r"(?<=[.?!])\s", said)]
    assert [one for one in sentences if len(re.findall(r"[\w’-]+", one)) > 27] == []


def test_the_french_guide_is_set_as_french_is() -> None:
    """As in the catalogues: spaces that do not break, typographic signs, and nobody's sex in brackets."""
    said = (ROOT / "docs" / "guide" / "fr.md").read_text("utf-8")
    plain = re.sub(r"\]\([^)]*\)|^\|[-|]+$", "", said, flags=re.MULTILINE)
    assert re.search(r"(?<!\u00a0)[?!;»:](?!\[)", plain) is None
    assert re.search(r"«(?!\u00a0)", plain) is None
    assert not set("'\"“”\u202f").intersection(plain)
    assert re.search(r"\w\(e\)|\w·e\b|trafic", plain) is None


def test_french_says_traite_and_never_trafic() -> None:
    """Smuggling of persons (trafic) is another offence than trafficking in them (traite)."""
    for where, english, said in pairs("fr", WORKER):
        if re.search(r"\btraffick", english, re.IGNORECASE):
            assert re.search(r"\btraite\b", said), where
        assert "trafic" not in said.lower(), where
