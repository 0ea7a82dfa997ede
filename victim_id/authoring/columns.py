"""The sheets and columns of the workbook: what the ODK tools know (xlsform.org), and what they carry along for us."""

from typing import Literal, NamedTuple, TypeAlias

import msgspec

Shown: TypeAlias = Literal["worker", "person"]

LANGUAGE = "English (en)"
ONLY_FOR_EDITING = "for_editing_only"
WARNING = (
    "This form is for editing and reviewing the questions. Never write a person's answers into it: nothing here is "
    "encrypted, and an answer that is found can harm the person."
)
YES_NO = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"), ("declined", "Does not want to say"))
TYPES = {
    "yes_no": "select_one yes_no",
    "number": "integer",
    "choice": "select_one {id}",
    "several": "select_multiple {id}",
    "text": "text",
}
"""The kinds of question as types of the ODK tools; a list of choices has the id of its question."""

FORM = ("form_title", "form_id", "version", "default_language", "fingerprint")
SHOWS = ("question", "sign", "when", "route")


class Column(NamedTuple):
    """One column: its name, the field it holds, and the reader of its text when it is translated."""

    name: str
    field: str
    reader: Shown | None = None

    def header(self, language: str = "", tag: str = "") -> str:
        """Gives the header; for a translation the tools' own columns say `label::French (fr)`, ours say `why_fr`."""
        own = self.name in {"label", "hint"}
        if not tag:
            return f"{self.name}::{LANGUAGE}" if own else self.name
        return f"{self.name}::{language} ({tag})" if own else f"{self.name}_{tag}"


QUESTION = (
    Column("label", "worker", "worker"),
    Column("hint", "person", "person"),
    Column("why", "why", "worker"),
    Column("watch", "watch", "worker"),
    Column("avoid", "avoid", "worker"),
    Column("unit", "unit", "worker"),
)
GROUP = (Column("label", "label", "worker"), Column("note", "note", "worker"))
CHOICE = (Column("label", "label", "worker"), Column("person", "person", "person"))
SETTING = (Column("label", "label", "worker"), Column("note", "note", "worker"))

SURVEY_TEXTS = (*QUESTION, GROUP[1])
SURVEY = ("type", "name", "relevant", "constraint", "of", "least", "most", "abuse", "child", "free", "site", "field", "quick",
          "asked_when", "private")  # fmt: skip
CHOICES = ("list_name", "name")
WHERE = ("setting", "sections", "leaves_out", "too_early", "secret_place")

PLAIN: dict[str, tuple[str, ...]] = {
    "survey": SURVEY,
    "choices": CHOICES,
    "asked_where": WHERE,
    "shows": SHOWS,
    "settings": FORM,
}
TEXTS: dict[str, tuple[Column, ...]] = {"survey": SURVEY_TEXTS, "choices": CHOICE, "asked_where": SETTING}
"""Every sheet with its plain columns, and with those that hold a text."""


class Translation(msgspec.Struct, frozen=True):
    """A text in a language, as it stands in a workbook: for which reader, its context, its English, its words."""

    tag: str
    reader: Shown
    context: str
    english: str
    words: str
