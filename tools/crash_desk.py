"""The program that crash.py kills: a worker at a desk who answers, types, backs up, migrates, renews keys, seals, locks, at random.

Everything is said before it is done ("trying") and after it was reported as saved ("saved"); "doing" and "did" tell the moment.
"""

import json
import os
import random
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from victim_id.casework.arrangement import Start
from victim_id.errors import Failure, Machine, WrongPassphrase
from victim_id.instrument.answers import Answer, Talk
from victim_id.sealing import Effort
from victim_id.vault import schema
from victim_id.vault.backup import Label
from victim_id.workspace import Workspace

WEAK = Effort(64, 1, 1)
"""As little stretching as goes, so that a run of many kills tries the vault and not Argon2id."""

RELEASED = schema.MIGRATIONS
ANA, VERSE, RECIPIENT = "Ana", "correct horse battery staple", "lu.infotraite"
DEEDS = {
    "answer": 40, "draft": 30, "begin": 2, "back_up": 3, "migrate": 2, "renew": 3, "passphrase": 3, "seal": 3, "lock": 3,
    "rest": 3, "limit": 2,
}  # fmt: skip
"""Each deed, and how often it is done."""
MOMENTS = {
    "answer": "saving", "begin": "saving", "draft": "typing", "back_up": "backing up", "migrate": "migrating",
    "renew": "rotating keys", "passphrase": "changing passphrase", "seal": "sealing", "lock": "locking, unlocking",
    "rest": "resting", "limit": "limiting a case",
}  # fmt: skip
"""What a deed is called in the report."""
AIM, VERSION = "CRASH_AIM", "CRASH_VERSION"
"""Settings of the program: the moment at which it is to be killed, and how many trial migrations its vault has seen."""
_TRIAL = """
CREATE TABLE trial_{n} (n INTEGER PRIMARY KEY, document BLOB, filling BLOB NOT NULL);
WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2000)
    INSERT INTO trial_{n} SELECT n, (SELECT document FROM documents WHERE documents.n = number.n), randomblob(600) FROM number;
UPDATE documents SET document = document;
DROP TABLE IF EXISTS trial_{before}
"""


def migrate_to(version: int) -> None:
    """Makes this the program of a later day, whose tables have seen so many trial migrations more."""
    schema.MIGRATIONS = (*RELEASED, *(_TRIAL.format(n=n, before=n - 1) for n in range(1, version + 1)))


def tell(**what: object) -> None:
    """Says one thing to whoever kills."""
    print(json.dumps(what), flush=True)


class Desk:
    """One worker, one open vault, and a voice."""

    def __init__(self, folder: Path, stick: Path, out: Path, draw: random.Random, verses: list[str]) -> None:
        self.folder, self.stick, self.out, self.draw = folder, stick, out, draw
        self.version = int(os.environ.get(VERSION, "0"))
        migrate_to(self.version)
        self.space, self.verse = self._unlocked(verses)
        self.questions = [one.id for one in self.space.instrument.questions("workplace") if one.kind == "yes_no"][:8]
        self.count = 0

    def work(self) -> None:
        """Does one deed after the other until somebody ends it; a failure of the machine is told, and work goes on."""
        weights = {deed: often + 60 * (MOMENTS[deed] == os.environ.get(AIM)) for deed, often in DEEDS.items()}
        while True:
            self.count += 1
            [deed] = self.draw.choices(list(DEEDS), list(weights.values()))
            tell(doing=MOMENTS[deed])
            try:
                getattr(self, deed)()
                tell(did=MOMENTS[deed])
            except Machine as failure:
                tell(refused=type(failure).__name__)

    def answer(self) -> None:
        case, question = self._case(), self.draw.choice(self.questions)
        words = f"{self.count} " + "word " * self.draw.randint(0, 60)
        self._say("trying", "answer", f"{case} {question}", words)
        self.space.caseload.answer(case, Answer(question=question, value="yes", words=words, talk=Talk(alone=True)))
        self._say("saved", "answer", f"{case} {question}", words)

    def draft(self) -> None:
        case, text = self._case(), f"{self.count} half-typed"
        self._say("trying", "draft", f"{case} own.words", text)
        self.space.caseload.keep_draft(case, "own.words", text)
        self._say("saved", "draft", f"{case} own.words", text)

    def begin(self) -> None:
        case = self.space.caseload.begin(Start(place=f"Place {self.count}"))
        self._say("saved", "case", case.id, "begun")

    def back_up(self) -> None:
        """Backs up as the window does: in a thread of its own, while answers and drafts go on."""
        backups, came = self.space.backups, list[Label | Failure]()
        begun = backups.begin(self.stick)

        def write() -> None:
            try:
                came.append(begun.write())
            except Failure as failure:
                came.append(failure)

        writing = threading.Thread(target=write, daemon=True)
        writing.start()
        try:
            while writing.is_alive():
                self.draw.choice((self.answer, self.draft))()
        finally:
            writing.join()
        [label] = came
        if isinstance(label, Failure):
            raise backups.give_up(begun, label)
        self._say("saved", "backup", "newest", str(backups.finish(begun, label, 2)))

    def migrate(self) -> None:
        """Closes the vault, and opens it as the program of a later day does."""
        self.space.close()
        self._say("trying", "version", "tables", str(self.version + 1))
        migrate_to(self.version + 1)
        self.space, self.verse = self._unlocked([self.verse])
        self.version += 1
        self._say("saved", "version", "tables", str(self.version))

    def renew(self) -> None:
        self.space._vault.keyring.rotate()  # noqa: SLF001  until the window offers it

    def passphrase(self) -> None:
        new = f"{VERSE} {self.draw.random()}"
        self._say("trying", "passphrase", ANA, new)
        self.space._vault.keyring.change(self.verse, new)  # noqa: SLF001
        self.verse = new
        self._say("saved", "passphrase", ANA, new)

    def seal(self) -> None:
        case = next(row for row in self.space.caseload.cases("") if row.place in {"Kitchen", "Car wash", "Nail bar"})
        for path in self.space.post.seal(case.id, (RECIPIENT,), "fr", self.out):
            self._say("saved", "package", path.name, "sealed")

    def lock(self) -> None:
        self.space.close()
        self.space, self.verse = self._unlocked([self.verse])

    def rest(self) -> None:
        self.space._vault.rest()  # noqa: SLF001

    def limit(self) -> None:
        case = self._case()
        if self.space._vault.cases.named(case):  # noqa: SLF001
            self.space.keeping.unlimit(case)
        else:
            self.space.keeping.limit(case, [self.space.worker.id])

    def _case(self) -> str:
        return self.draw.choice(self.space.caseload.cases("", limit=6)).id

    def _unlocked(self, verses: list[str]) -> tuple[Workspace, str]:
        """Tries what may be the passphrase until the vault opens: whoever stands at the unlock page has nowhere else to go."""
        while True:
            for verse in verses:
                try:
                    return Workspace.unlock(self.folder, verse, now=lambda: datetime.now(UTC)), verse
                except WrongPassphrase:
                    continue
                except Failure as failure:
                    tell(refused=type(failure).__name__)
            time.sleep(0.05)

    @staticmethod
    def _say(how: str, kind: str, name: str, value: str) -> None:
        tell(**{how: [kind, name, value]})


if __name__ == "__main__":
    vault, stick, out, seed, *verses = sys.argv[1:]
    Desk._say("saved", "ready", "", "")  # noqa: SLF001  the first word
    desk = Desk(Path(vault), Path(stick), Path(out), random.Random(seed), [verse for verse in verses if verse])  # noqa: S311
    desk.work()
