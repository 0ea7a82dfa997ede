"""The shape of what is told to a person: parts of sections of rows, the same for paper, file and preview.

A row is a label and pieces of text. A piece that somebody typed is looked through for names; a piece that is about
another person is masked whole.
"""

from collections.abc import Iterable
from typing import NamedTuple

from victim_id import wording
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Choice, Field, Question
from victim_id.language import Language


class Said(NamedTuple):
    """A text and the language it is in (BCP 47); None when it was typed and its script decides."""

    text: str
    language: str | None


class Piece(NamedTuple):
    """One line of a value: as the program says it, as somebody typed it, or about another person."""

    said: Said
    typed: bool = False
    third: bool = False


class Row(NamedTuple):
    """A label, what is known of it, and `key`: where it stands, once in its section."""

    key: str
    label: Said
    pieces: tuple[Piece, ...]


class Section(NamedTuple):
    """Rows about one thing."""

    id: str
    title: Said
    rows: tuple[Row, ...]


class Part(NamedTuple):
    """The sections about one record, one package, or the paper itself."""

    id: str
    title: Said
    sections: tuple[Section, ...]


class Speaker:
    """Says everything in one language; what is not translated is English, and says so by its language."""

    def __init__(self, language: Language, instrument: Instrument) -> None:
        self.language, self.instrument = language, instrument

    def says(self, text: str) -> Said:
        """Gives words of the program."""
        return Said(text, self.language.tag)

    def content(self, context: str, english: str) -> Said:
        """Gives a text of the content as workers read it."""
        known = self.language.has("worker", context, english)
        return Said(self.language.content("worker", context, english), self.language.tag if known else "en")

    def question(self, name: str) -> Said:
        """Gives a question as the person was asked it, or as the worker reads it where the person was not."""
        asked = self.instrument.question.get(name)
        if asked is None:
            return Said(name, "en")
        if asked.person and self.language.has("person", f"{name}.person", asked.person):
            return Said(self.language.content("person", f"{name}.person", asked.person), self.language.tag)
        return self.content(f"{name}.worker", asked.worker)

    def choices(self, question: Question, chosen: Iterable[str]) -> str:
        """Gives the answers that were chosen, as the person was offered them."""
        offered = {one.id: one for one in question.choices}
        return ", ".join(self._choice(question, offered[name]) for name in chosen if name in offered)

    def field(self, key: str) -> Said:
        """Gives the label of a referral field `D6` or of a part of one, `J3.name`."""
        id_, _, part = key.partition(".")
        field = self.instrument.field.get(id_)
        if field is None:
            return Said(key, "en")
        label = self.content(f"field.{id_}.label", field.label)
        inside = next((one for one in field.parts if one.id == part), None)
        if inside is None:
            return label
        return Said(f"{label.text} – {self.content(f'field.{id_}.{part}.label', inside.label).text}", label.language)

    def entry(self, key: str, text: str) -> Piece:
        """Gives what stands in a referral field: choices in words, and what was typed as it was typed."""
        id_, _, part = key.partition(".")
        field = self.instrument.field.get(id_)
        offered = {one.id: one for one in _offered(field, part)} if field else {}
        if not offered:
            return Piece(Said(text, None), typed=True)
        context = f"field.{id_}.{part}" if part else f"field.{id_}"
        names = [self.content(f"{context}.{name}", offered[name].label).text if name in offered else name for name in text.split(";")]  # fmt: skip
        return Piece(self.says(", ".join(names)), typed=not set(text.split(";")) <= set(offered))

    def moment(self, at: str) -> str:
        """Gives day, hour and minute of a UTC moment, in local time."""
        return f"{self.language.date(at)} {self.language.time(at)}" if at else ""

    def line(self, *texts: str) -> Piece:
        """Gives several short facts as one line."""
        return Piece(self.says(wording.listed(self.language, [text for text in texts if text])))

    def _choice(self, question: Question, choice: Choice) -> str:
        english, context = choice.person or choice.label, f"{question.id}.{choice.id}"
        if question.of == "person" and self.language.has("person", f"{context}.person", english):
            return self.language.content("person", f"{context}.person", english)
        return self.content(f"{context}.label", choice.label).text


def typed(text: str, *, third: bool = False) -> Piece:
    """Gives what somebody typed."""
    return Piece(Said(text, None), typed=True, third=third)


def row(key: str, label: Said, *pieces: Piece | None) -> Row:
    """Gives a row of the pieces that say something."""
    return Row(key, label, tuple(piece for piece in pieces if piece is not None and piece.said.text.strip()))


def section(id_: str, title: Said, rows: Iterable[Row]) -> Section:
    """Gives a section of the rows that say something."""
    return Section(id_, title, tuple(one for one in rows if one.pieces))


def _offered(field: Field, part: str) -> tuple[Choice, ...]:
    return next((one.choices for one in field.parts if one.id == part), ()) if part else field.choices
