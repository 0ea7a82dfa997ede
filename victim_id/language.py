"""A language as a value: its words, direction, dates and numbers. Three of them meet in one interview.

Texts the worker or a recipient reads are in the gettext domain `victim_id`; texts the person reads or hears are in
`indicators`. A text whose translation is missing or fuzzy is shown in English, never in a stale translation.
"""

import gettext
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal, TypeAlias

from victim_id.errors import WrongInput
from victim_id.resources import shipped

Reader: TypeAlias = Literal["worker", "person"]
DOMAIN: dict[Reader, str] = {"worker": "victim_id", "person": "indicators"}
LONG, MIRRORED = "en-XA", "ar-XB"
"""Pseudo-languages for tests and the gallery: a third longer with every letter marked, and right to left."""


class Language:
    """One language: `say` for the program's words, `content` for those of the instrument."""

    def __init__(self, tag: str, row: dict[str, str], folder: Path) -> None:
        self.tag = tag
        self.name, self.autonym = row["name"], row["autonym"]
        self.direction: Literal["ltr", "rtl"] = "rtl" if row.get("direction") == "rtl" else "ltr"
        self.locale = row.get("locale", tag.replace("-", "_"))
        self.reviewer, self.reviewed = row.get("reviewer", ""), row.get("reviewed", "")
        self._folder, self._catalogues = folder, dict[str, gettext.NullTranslations]()

    def __repr__(self) -> str:
        return f"<Language {self.tag}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and other.tag == self.tag

    def __hash__(self) -> int:
        return hash(self.tag)

    @property
    def machine_drafted(self) -> bool:
        """Tells that no person has reviewed this translation yet."""
        return not self.reviewer and self.tag != "en"

    def say(self, english: str, /, **values: object) -> str:
        """Gives a sentence of the program in this language, with its {places} filled."""
        return self._filled(self._marked(self._catalogue("worker").gettext(english)), values)

    def say_many(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Gives a sentence that counts, in the right plural form; {n} is the number."""
        text = self._catalogue("worker").ngettext(one, many, number)
        return self._filled(self._marked(text), {"n": number, **values})

    def content(self, reader: Reader, context: str, english: str) -> str:
        """Gives a text of the instrument; its context is the id it belongs to and the field, `work.hours.person`."""
        return self._marked(self._catalogue(reader).pgettext(context, english)) if english else ""

    def has(self, reader: Reader, context: str, english: str) -> bool:
        """Tells whether a text of the instrument is there in this language, so that English is never taken for it."""
        known: dict[str, str] = getattr(self._catalogue(reader), "_catalog", {})
        return self.tag == "en" or f"{context}\x04{english}" in known

    def date(self, moment: str, form: Literal["short", "medium", "long"] = "medium") -> str:
        """Gives the day of a UTC moment `2026-11-21T10:42:00Z`, in local time, as this language writes it (CLDR)."""
        from babel.dates import format_date  # noqa: PLC0415  Babel is loaded when a date is first written, not at start

        return format_date(parse_moment(moment).astimezone().date(), form, locale=self._cldr())

    def time(self, moment: str) -> str:
        """Gives the local hour and minute of a UTC moment: 24 hours and Latin digits in every language."""
        return parse_moment(moment).astimezone().strftime("%H:%M")

    def language_name(self, tag: str) -> str:
        """Gives the name of a language (BCP 47) in this language (CLDR); the tag itself when it has none."""
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415  as for dates

        try:
            named = Locale.parse(tag.replace("-", "_")).get_display_name(self._cldr())
        except (UnknownLocaleError, ValueError):
            named = None
        return named or tag

    def country_name(self, code: str) -> str:
        """Gives the name of a country (ISO 3166 alpha-2) in this language (CLDR); the code itself when it has none."""
        from babel import Locale  # noqa: PLC0415  as for dates

        return str(Locale.parse(self._cldr()).territories.get(code.upper(), code))

    def _cldr(self) -> str:
        return {LONG: "en", MIRRORED: "en"}.get(self.tag, self.locale)

    def _catalogue(self, reader: Reader) -> gettext.NullTranslations:
        domain = DOMAIN[reader]
        if domain not in self._catalogues:
            place = self._folder / self.locale / "LC_MESSAGES" / f"{domain}.mo"
            self._catalogues[domain] = gettext.NullTranslations()
            if place.exists():
                with place.open("rb") as file:
                    self._catalogues[domain] = gettext.GNUTranslations(file)
        return self._catalogues[domain]

    def _marked(self, text: str) -> str:
        if self.tag == LONG:
            return _long(text)
        return f"\u200f{text}\u200f" if self.tag == MIRRORED and text else text

    @staticmethod
    def _filled(text: str, values: dict[str, object]) -> str:
        return text.format(**values) if values else text


def to_say(english: str) -> str:
    """Marks a sentence of a table that a language says later, so that it is among those that are translated."""
    return english


def parse_moment(moment: str) -> datetime:
    """Reads a UTC moment `2026-11-21T10:42:00Z`."""
    return datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def moment(now: datetime) -> str:
    """Writes a moment as UTC seconds with Z."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _long(text: str) -> str:
    """Marks every letter and makes the text a third longer; {places} stay as they are."""
    accents = str.maketrans("aeiouAEIOUcnsy", "åéîöûÅÉÎÖÛçñšý")
    parts = []
    for literal, name, form, _ in Formatter().parse(text):
        parts.append(literal.translate(accents))
        if name is not None:
            parts.append("{" + name + (f":{form}" if form else "") + "}")
    grown = "".join(parts)
    return f"[{grown}{' ~' * (max(2, len(text) // 3) // 2)}]" if text.strip() else text


@cache
def _rows(folder: Path) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = tomllib.loads((folder / "languages.toml").read_text("utf-8"))
    pseudo = {"name": "Pseudo", "autonym": "Pseudo", "pseudo": "yes"}
    return rows | {LONG: pseudo, MIRRORED: pseudo | {"direction": "rtl"}}


@cache
def language(tag: str) -> Language:
    """Gives the language of a BCP 47 tag out of locales/languages.toml."""
    folder = shipped("locales")
    rows = _rows(folder)
    if tag not in rows:
        raise WrongInput(f"language {tag}", "is not shipped", f"please choose one of {', '.join(languages())}")
    return Language(tag, rows[tag], folder)


def languages(*, pseudo: bool = False) -> list[str]:
    """Gives the tags of all shipped languages in the order in which they are offered; for tests also the pseudo ones."""
    return [tag for tag, row in _rows(shipped("locales")).items() if pseudo or "pseudo" not in row]
