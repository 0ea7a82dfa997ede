"""The program that crash.py kills, as the worker has it: the real window with its real pages, typed into at random.

*Saved* is what the page shows and nothing else: an answer counts from the moment the line at the top says so. Speaks
like crash_desk.py; the worker's hands are keys and clicks on the page's own controls, sent as Qt sends them.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tools.crash_desk import WEAK, tell
from victim_id.ui.app import application
from victim_id.ui.demo_beside import NoDialogs
from victim_id.ui.desk import Desk
from victim_id.ui.door import Door
from victim_id.ui.pages.cases import CasesPage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.ui.remembered import Remembered

QUESTIONS, ANSWERED = 8, 6
"""How many questions are used; the last of them are only ever half-typed, since an answer takes its draft away."""
P = TypeVar("P", bound=QWidget)
PATIENCE = 20_000


class Closed(Exception):  # noqa: N818
    """The page did not come to where it was led."""


class Hands:
    """A worker's hands and eyes on one window."""

    def __init__(self, folder: Path, draw: random.Random, verses: list[str]) -> None:
        self.folder, self.draw, self.verses = folder, draw, verses
        self.app = application(["victim-id"])
        self.count = 0
        self.open()

    def open(self) -> None:
        """Opens the window and the vault, with whichever passphrase fits."""
        remembered = Remembered(self.folder.parent / "preferences.toml")
        self.desk = Desk(
            self.app, Door(self.folder, lambda: datetime.now(UTC), remembered, lambda: None, NoDialogs, WEAK)
        )
        self.desk.open()
        for verse in self.verses:
            page = self.page(UnlockPage)
            page.unlock.emit(verse)
            self.settle()
            if self.desk.signed_in is not None:  # in the list of cases, or in the talk that was locked
                return
        raise Closed("no passphrase opened the vault")

    def work(self) -> None:
        """Goes from case to case, answers and types, until somebody ends it."""
        while True:
            self.count += 1
            tell(doing="opening a case")
            self.take_up_a_case()
            for _ in range(self.draw.randint(1, 12)):
                self.count += 1
                if self.draw.random() < 0.5:
                    tell(doing="saving, in the window")
                    self.answer()
                else:
                    tell(doing="typing, in the window")
                    self.type_half()
            if self.draw.random() < 0.1:
                tell(doing="locking, unlocking, in the window")
                self.desk.lock()
                self.desk.ask._thread.wait(PATIENCE)  # noqa: SLF001  a fresh program would not share it
                self.open()

    def take_up_a_case(self) -> None:
        signed_in = self.desk.signed_in
        assert signed_in is not None
        signed_in.cases()
        self.settle()
        page = self.page(CasesPage)
        signed_in.open(page.model.row(self.draw.randrange(min(3, page.model.rowCount()))).id)
        self.settle()

    def answer(self) -> None:
        """Goes to a question, types own words, presses Yes, and waits until the page says that it is saved."""
        page, case, question = self._at_a_question(slice(0, ANSWERED))
        words = f"{self.count} " + "word " * self.draw.randint(0, 25)
        say("trying", "answer", f"{case} {question}", words.strip())
        page.pad.words.setPlainText(words.strip())
        self.press(page.next, Qt.Key.Key_1, "1")
        if self.until(lambda: page._saved.text().startswith("saved")):  # noqa: SLF001  what the worker reads
            say("saved", "answer", f"{case} {question}", words.strip())

    def type_half(self) -> None:
        """Types and leaves it half-typed; it is said to be saved only once the window is at rest."""
        page, case, question = self._at_a_question(slice(ANSWERED, QUESTIONS))
        text = f"{self.count} half-typed"
        say("trying", "draft", f"{case} {question}", text)
        page.pad.words.setPlainText(text)
        time.sleep(0.55)
        self.settle()
        say("saved", "draft", f"{case} {question}", text)

    def _at_a_question(self, which: slice) -> tuple[InterviewPage, str, str]:
        signed_in = self.desk.signed_in
        assert signed_in is not None
        case = signed_in.talks.case
        assert case is not None
        asked = [
            one.id
            for one in signed_in.bench.instrument.questions(case.setting)
            if one.kind == "yes_no" and one.of == "observation"
        ]
        question = self.draw.choice(asked[which])
        signed_in.talks.go_to(question)
        self.settle()
        return self.page(InterviewPage), case.id, question

    def press(self, target: QWidget, key: Qt.Key, text: str) -> None:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def until(self, seen: Callable[[], bool]) -> bool:
        """Lets the window live until something is seen, for at most ten seconds."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            if seen():
                return True
            time.sleep(0.001)
        return False

    def settle(self) -> None:
        for _ in range(3):
            self.until(lambda: not self.desk.ask.waiting)

    def here(self) -> QWidget:
        return self.desk.shell.page(self.desk.shell.here)

    def page(self, kind: type[P]) -> P:
        page = self.here()
        if not isinstance(page, kind):
            raise Closed(f"{type(page).__name__} instead of {kind.__name__}")
        return page


def say(how: str, kind: str, name: str, value: str) -> None:
    tell(**{how: [kind, name, value]})


if __name__ == "__main__":
    vault, _stick, _out, seed, *verses = sys.argv[1:]
    hands = Hands(Path(vault), random.Random(seed), [verse for verse in verses if verse])  # noqa: S311
    say("saved", "ready", "", "")  # the first word, once the window is open
    hands.work()
