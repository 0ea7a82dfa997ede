"""The whole program walked once by unique words, to be watched from outside; not a test by itself.

The real window over the usual folders with the real dialogs: first start, a talk whose every answer has words of its
own, own view, result, referral as paper and sealed, backup, a bug in either thread, lock, a fresh program, and the cell
that receives. Orders come as JSON on stdin, so that no word of them stands in an argument or in a setting.
"""

import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tests.access.person import SAFE
from victim_id import commands
from victim_id.casework.arrangement import Preferences
from victim_id.casework.case import Consent
from victim_id.instrument.answers import Talk
from victim_id.places import Places
from victim_id.sealing import Effort
from victim_id.ui.app import _hook, application
from victim_id.ui.desk import Desk
from victim_id.ui.dialogs import Dialogs
from victim_id.ui.door import Door
from victim_id.ui.pages.asked import Given
from victim_id.ui.pages.first_start import NewVault
from victim_id.ui.pages.start import Beginning
from victim_id.ui.remembered import Remembered
from victim_id.workspace import Workspace

WEAK = Effort(32, 1, 1)
RECIPIENT = "lu.infotraite"
ANSWERED = 60
COMPUTED = {"A4", "B1", "B2", "B6", "C2", "C3", "C4", "D5", "D7", "D9", "F8", "G1", "I4"}
DAYS = {"date", "from", "to", "until", "at", "end", "birth_date"}


class Walk:
    """One program from its start to its lock, led by somebody who writes each word only once."""

    def __init__(self, place: Path, words: Iterator[str]) -> None:
        self.place, self.words = place, words
        self.out, self.plain, self.stick = place / "out", place / "plain", place / "stick"
        self.app = application(["victim-id"])

    def open(self, vault: Path, restart: Callable[[], None] = lambda: None) -> None:
        """Opens the window as the program's own door does."""
        now = lambda: datetime.now(UTC)  # noqa: E731  as the door's
        door = Door(
            vault, now, Remembered(Places.usual().preferences), restart, Dialogs, WEAK, editions=Places.usual().editions
        )
        self.desk = Desk(self.app, door)
        sys.excepthook = _hook(self.desk)
        self.desk.open()
        self.settle()

    def settle(self) -> None:
        """Lets both threads come to rest."""
        end = time.monotonic() + 120
        for _ in range(4):
            while time.monotonic() < end:
                self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
                if not self.desk.ask.waiting:
                    break
        if self.desk.ask.waiting:
            raise SystemExit("the window did not come to rest")

    def word(self) -> str:
        """Gives a word that was never used before."""
        return next(self.words)

    def page(self, name: str = "") -> QWidget:
        """Gives the page that is shown; with a name, only if it is that one."""
        shell = self.desk.shell
        if name and shell.here != name:
            raise SystemExit(f"{shell.here} instead of {name}")
        return shell.page(shell.here)

    def do(self, deed: Callable[[Workspace], object]) -> object:
        """Does a deed in the workspace's thread."""
        found: list[object] = []

        def failed(failure: Exception) -> None:
            raise SystemExit(f"{type(failure).__name__}")

        self.desk.ask.change(deed, found.append, failed, self.desk)
        self.settle()
        return found[0]

    def choose(self, path: Path) -> None:
        """Chooses a path in the dialog of the system that is open."""
        dialogs = [one for one in self.app.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
        if len(dialogs) != 1:
            raise SystemExit(f"{len(dialogs)} dialogs are open")
        dialogs[0].setDirectory(str(path.parent))
        dialogs[0].selectFile(str(path))
        self.app.processEvents()
        dialogs[0].accept()
        self.settle()

    def press(self, target: QWidget, key: Qt.Key, text: str) -> None:
        """Presses a key as Qt sends it."""
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
        self.settle()

    # ---- the steps

    def first_start(self, passphrase: str) -> None:
        self.desk.create(NewVault(passphrase, self.word(), self.word(), self.word(), "LU", "en", regime="LED"))
        self.settle()
        self.page("recovery").later.emit()
        self.settle()

    def begin(self) -> None:
        self.desk.signed_in.new()
        self.settle()
        talk = Talk(alone=True, language="neutral_interpreter", present=self.word(), interpreter=self.word())
        self.page("start").begun.emit(Beginning("workplace", False, "adult", "fr", self.word(), (), talk, True))
        self.settle()

    def answer(self) -> None:
        """Answers every question with words: typed and pressed where it is a yes or no, else as the page gives them."""
        talks = self.desk.signed_in.talks
        for question in talks.instrument.questions("workplace")[:ANSWERED]:
            talks.go_to(question.id)
            self.settle()
            page = self.page("interview")
            here = page._talking.question
            if here is None or here.id != question.id:
                continue
            if here.kind == "yes_no":
                page.pad.words.setPlainText(self.word())
                self.press(page.next, Qt.Key.Key_1, "1")
            else:
                number = 14 if here.kind == "number" else None
                chosen = (here.choices[0][0],) if here.choices else ()
                page.given.emit(Given(here.id, "given", here.source, number, chosen, self.word()))
                self.settle()
            if talks.case.answers.keys() & {question.id} and len(talks.case.answers) == 5:
                talks.go_to(question.id)
                page.given.emit(Given(question.id, "no", here.source, None, (), self.word()))
                page.explained.emit(question.id, self.word())
                self.settle()
        page.pad.words.setPlainText(self.word())  # half-typed, and left so
        page.draft.emit(page._talking.question.id, self.word())
        self.settle()

    def judge(self) -> None:
        signed_in = self.desk.signed_in
        signed_in.view()
        self.settle()
        self.page("view").viewed.emit("presumed_victim", self.word())
        self.settle()
        self.page("assessment").judged.emit("presumed_victim", self.word())
        self.settle()
        signed_in.around.steps()
        self.page("steps").planned.emit(self.word(), "2099-12-31")
        self.settle()
        self.desk.shell.take_off()

    def fill_in(self, case: str) -> None:
        """Writes a word into every field of the referral that takes words: the person, third persons, needs, how to be reached."""
        entries: dict[str, str] = {}
        for field in self.desk.signed_in.bench.instrument.fields:
            if field.id in COMPUTED or field.kind not in {"text", "group", "repeat"} or field.who in {"S", "R"}:
                continue
            parts = [f"{field.id}.{part.id}" for part in field.parts if not part.choices] if field.parts else [field.id]
            entries |= {name: self.word() for name in parts if name.split(".")[-1] not in DAYS}
        self.do(lambda space: space.caseload.details(case, entries))
        self.do(lambda space: space.caseload.keep_draft(case, "own.words", self.word()))
        given = Consent(
            recipient=RECIPIENT, answer="yes", told=True, told_in="fr", form="spoken", witness=self.word(), name_too=True,
            details_too=True, basis=self.word(),
        )  # fmt: skip
        self.do(lambda space: space.caseload.consent(case, given))

    def refer(self, card: bytes) -> None:
        """Seals onto the stick, and saves one paper where the worker wants it in clear."""
        signed_in = self.desk.signed_in
        self.do(lambda space: space.post.learn_recipient(RECIPIENT, card))
        case = signed_in.talks.case.id
        self.fill_in(case)
        signed_in.talks.changed(self.do(lambda space: space.caseload.case(case)))
        signed_in.refer()
        self.settle()
        self.page("referral").recipients_chosen.emit((RECIPIENT,))
        self.settle()
        self.page("referral").seal.emit()
        self.choose(self.stick)
        self.page("referral").print_out.emit()
        self.settle()
        self.page("paper").save_wanted.emit()
        self.choose(self.plain / "1.pdf")
        self.desk.shell.take_off()

    def keep(self) -> None:
        signed_in = self.desk.signed_in
        signed_in.contacting.correct(RECIPIENT, self.word(), self.word(), self.word(), self.word())
        self.settle()
        signed_in.go("people")
        self.settle()
        self.page("people").added.emit(self.word(), self.word() + " and more words")
        self.settle()
        case = signed_in.talks.case.id
        signed_in.caring.show(case)
        self.settle()
        self.page("care").hold.emit(case, self.word())
        self.settle()
        self.page("care").export.emit((case,))
        self.settle()
        self.page("access").go.emit(SAFE, ())
        self.settle()
        self.page("access").give.seal.emit("")
        self.choose(self.stick / "copy.zip.age")
        signed_in.go("backup")
        self.settle()
        self.page("backup").elsewhere.emit()
        self.choose(self.stick)
        signed_in.cases()
        self.settle()
        self.do(lambda space: space.caseload.cases("", self.word()))

    def break_down(self) -> None:
        """A bug whose words are somebody's answers, in either thread."""
        words = self.word(), self.word()

        def bug(_: Workspace) -> None:
            raise ValueError(words[0])

        def other_bug() -> None:
            raise ValueError(words[1])

        self.desk.ask.read(bug, lambda _: None, lambda _: None, self.desk)
        self.settle()
        QTimer.singleShot(0, self.desk, other_bug)
        self.settle()
        self.page("crash")

    def look_again(self) -> int:
        """Opens the case after the lock, as the fresh program does; gives how many answers are there."""
        row = self.do(lambda space: space.caseload.cases("")[0])
        self.desk.signed_in.open(row.id)
        self.settle()
        return len(self.desk.signed_in.talks.case.answers)

    def receive(self) -> None:
        """Opens what arrived in the cell, reads its form and takes it in."""
        letters = self.desk.signed_in.letters
        letters.show_inbox()
        self.settle()
        self.page("inbox").files_wanted.emit()
        [sealed] = self.stick.glob("*-*.age")
        self.choose(sealed)
        [package] = letters._received
        self.page("inbox").read_form.emit(package)
        self.settle()
        self.page("inbox").take.emit(package)
        self.settle()
        if not self.do(lambda space: space.post.inbox()):
            raise SystemExit("nothing was taken in")

    def close(self) -> None:
        self.desk.ask.close(5000, lambda space: space.close())
        self.desk.shell.hide()


def leak(how: str, word: str, place: Path) -> None:
    """Does on purpose what the program must not: whoever watches has to notice."""
    if how == "a file that is gone":
        with tempfile.NamedTemporaryFile() as file:
            file.write(f"x{word}x".encode())
            file.flush()
    elif how == "another encoding":
        (Path.home() / ".cache").mkdir(exist_ok=True)
        (Path.home() / ".cache" / "recent").write_bytes(word.encode("utf-16-le"))
    elif how == "a name":
        (place / "stick" / f"{word}.age").touch()
    elif how == "standard error":
        os.write(2, word.encode())
    elif how == "another place":
        (place / "elsewhere").write_bytes(b"nothing of anybody")
    elif how == "the network":
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
            outside.connect(("127.0.0.1", 9))
    elif how == "the clipboard":
        QApplication.clipboard().setText(word)


def say(**told: object) -> None:
    """Tells whoever watches, and nothing that anybody wrote."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _line() -> bytes:
    """Reads one line and not a byte more, so that the next program finds the next one."""
    line = b""
    while (byte := os.read(0, 1)) not in {b"", b"\n"}:
        line += byte
    return line


def main() -> None:
    orders = json.loads(_line())
    place, part = Path(sys.argv[1]), sys.argv[2]
    commands._keep_to_oneself()
    walk = Walk(place, iter(orders["words"]))
    vault, cell, passphrase = Places.usual().vault, place / "cell", orders["passphrase"]
    if part == "leak":
        walk.open(vault)
        walk.first_start(passphrase)
        leak(orders["leak"], walk.word(), place)
        walk.close()
    elif part == "before the lock":
        preferences = Preferences(organisation=walk.word(), role=walk.word(), profile="LU")
        receiving = Workspace.create(
            cell, passphrase, walk.word(), preferences, now=lambda: datetime.now(UTC), effort=WEAK
        )
        card = receiving.post.card_file()
        receiving.close()
        again = [sys.executable, "-m", "tests.canary_walk", str(place), "after the lock"]
        walk.open(vault, lambda: os.execv(sys.executable, again))
        walk.first_start(passphrase)
        walk.begin()
        walk.answer()
        walk.judge()
        walk.refer(card)
        walk.keep()
        walk.break_down()
        say(used=len(orders["words"]) - sum(1 for _ in walk.words))
        walk.desk.lock()
    else:
        walk.open(vault)
        walk.page("unlock").unlock.emit(orders["wrong"])
        walk.settle()
        walk.page("unlock").unlock.emit(passphrase)
        walk.settle()
        answers = walk.look_again()
        walk.close()
        walk.open(cell)
        walk.page("unlock").unlock.emit(passphrase)
        walk.settle()
        walk.receive()
        walk.close()
        clipboard = QApplication.clipboard()
        say(answers=answers, clipboard=clipboard.text() + clipboard.text(clipboard.Mode.Selection))
    if part == "leak":
        say(clipboard=QApplication.clipboard().text())


if __name__ == "__main__":
    main()
