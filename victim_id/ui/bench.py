"""What the parts of the desk share while a worker is signed in: whom to ask, where to show, in which language."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from victim_id import places
from victim_id.casework.arrangement import Preferences
from victim_id.errors import Damaged, Failure
from victim_id.instrument.instrument import Instrument
from victim_id.language import Language, languages
from victim_id.language import language as language_of
from victim_id.troubles import Doing, trouble
from victim_id.ui.shell import Shell
from victim_id.ui.widgets.finder import Find
from victim_id.ui.widgets.notes import Sorry
from victim_id.ui.worker import Asker

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from victim_id.workspace import Workspace


class Chooser(Protocol):
    """Asks the worker for places on the disk and for a printer, without stopping the window; `then` is called only when one was chosen."""

    def folder(self, title: str, then: Callable[[Path], None]) -> None: ...

    def files(self, title: str, kinds: str, then: Callable[[list[Path]], None]) -> None: ...

    def save(self, title: str, name: str, then: Callable[[Path], None]) -> None: ...

    def printer(self, title: str, then: "Callable[[QPrinter], None]") -> None: ...


class Bench(QObject):
    """One signed-in worker's tools; dropped when the vault is locked. `damaged` tells that a page of the vault is."""

    damaged = Signal()

    def __init__(
        self,
        ask: "Asker[Workspace]",
        shell: Shell,
        language: Language,
        instrument: Instrument,
        preferences: Preferences,
        now: Callable[[], datetime],
        chooser: Chooser,
    ) -> None:
        super().__init__()
        self.ask, self.shell, self.language, self.instrument = ask, shell, language, instrument
        self.preferences, self.now, self.chooser = preferences, now, chooser

    def sorry(self, failure: Failure, doing: Doing = "") -> Sorry:
        """Gives a failure in the worker's words."""
        if isinstance(failure, Damaged) and places.is_database(failure.where):
            say = self.language.say
            self.damaged.emit()
            return Sorry(
                say("A part of the vault is damaged."),
                say("Nothing more can be saved. Lock with F12: the first page offers to save what can be read."),
            )
        words = trouble(self.language, failure, doing)
        return Sorry(words.title, f"{words.what} {words.way}")

    def failed(self, failure: Failure, doing: Doing = "") -> None:
        """Says a failure that has no place of its own on the page."""
        self.shell.say(" ".join(self.sorry(failure, doing)))


def find_languages(language: Language) -> list[Find]:
    """Gives the languages a person can be asked in, by their own name, found by any name; the worker's comes last."""
    tags = [tag for tag in languages() if tag != language.tag] + [language.tag]
    return [Find(tag, language_of(tag).autonym, f"{language_of(tag).name} {tag}") for tag in tags]


def autonyms() -> tuple[tuple[str, str], ...]:
    """Gives every shipped language by its own name."""
    return tuple((tag, language_of(tag).autonym) for tag in languages())


def kinds_of_organisation(instrument: Instrument, language: Language) -> tuple[tuple[str, str], ...]:
    """Gives the kinds of organisation that a form can name, in the worker's language."""
    part = next(part for part in instrument.field["B1"].parts if part.id == "type")
    return tuple((one.id, language.content("worker", f"field.B1.type.{one.id}", one.label)) for one in part.choices)
