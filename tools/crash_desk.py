"""The program that crash.py kills: a worker at a desk who answers, types, backs up, renews keys, seals, locks, at random.

Everything is said before it is done ("trying") and after it was reported as saved ("saved").
"""

import json
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from victim_id.casework.arrangement import Start
from victim_id.errors import Failure, Machine, WrongPassphrase
from victim_id.instrument.answers import Answer, Talk
from victim_id.sealing import Effort
from victim_id.workspace import Workspace

WEAK = Effort(64, 1, 1)
"""As little stretching as goes, so that a run of many kills tries the vault and not Argon2id."""

ANA, VERSE, RECIPIENT = "Ana", "correct horse battery staple", "lu.infotraite"
DEEDS = {
    "answer": 40,
    "draft": 30,
    "begin": 2,
    "back_up": 3,
    "renew": 3,
    "passphrase": 3,
    "seal": 3,
    "lock": 3,
    "rest": 3,
    "limit": 2,
}


class Desk:
    """One worker, one open vault, and a voice."""

    def __init__(self, folder: Path, stick: Path, out: Path, draw: random.Random, verses: list[str]) -> None:
        self.folder, self.stick, self.out, self.draw = folder, stick, out, draw
        self.space, self.verse = self._unlocked(verses)
        self.questions = [one.id for one in self.space.instrument.questions("workplace") if one.kind == "yes_no"][:8]
        self.count = 0

    def work(self) -> None:
        """Does one deed after the other until somebody ends it; a failure of the machine is told, and work goes on."""
        while True:
            self.count += 1
            [deed] = self.draw.choices(list(DEEDS), list(DEEDS.values()))
            try:
                getattr(self, deed)()
            except Machine as failure:
                print(json.dumps({"refused": type(failure).__name__}), flush=True)

    def answer(self) -> None:
        case, question = self._case(), self.draw.choice(self.questions)
        words = f"{self.count} " + "word " * self.draw.randint(0, 60)
        self._say("trying", "answer", f"{case} {question}", words)
        self.space.answer(case, Answer(question=question, value="yes", words=words, talk=Talk(alone=True)))
        self._say("saved", "answer", f"{case} {question}", words)

    def draft(self) -> None:
        case, text = self._case(), f"{self.count} half-typed"
        self._say("trying", "draft", f"{case} own.words", text)
        self.space.keep_draft(case, "own.words", text)
        self._say("saved", "draft", f"{case} own.words", text)

    def begin(self) -> None:
        case = self.space.begin(Start(place=f"Place {self.count}"))
        self._say("saved", "case", case.id, "begun")

    def back_up(self) -> None:
        made = self.space.keeping.back_up(self.stick, keep=2)
        self._say("saved", "backup", "newest", str(made))

    def renew(self) -> None:
        self.space._vault.keyring.rotate()  # noqa: SLF001  until the window offers it

    def passphrase(self) -> None:
        new = f"{VERSE} {self.draw.random()}"
        self._say("trying", "passphrase", ANA, new)
        self.space._vault.keyring.change(self.verse, new)  # noqa: SLF001
        self.verse = new
        self._say("saved", "passphrase", ANA, new)

    def seal(self) -> None:
        case = next(row for row in self.space.cases("") if row.place in {"Kitchen", "Car wash", "Nail bar"})
        for path in self.space.seal(case.id, (RECIPIENT,), "fr", self.out):
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
        return self.draw.choice(self.space.cases("", limit=6)).id

    def _unlocked(self, verses: list[str]) -> tuple[Workspace, str]:
        """Tries what may be the passphrase until the vault opens: whoever stands at the unlock page has nowhere else to go."""
        while True:
            for verse in verses:
                try:
                    return Workspace.unlock(self.folder, verse, now=lambda: datetime.now(UTC)), verse
                except WrongPassphrase:
                    continue
                except Failure as failure:
                    print(json.dumps({"refused": type(failure).__name__}), flush=True)
            time.sleep(0.05)

    @staticmethod
    def _say(how: str, kind: str, name: str, value: str) -> None:
        print(json.dumps({how: [kind, name, value]}), flush=True)


if __name__ == "__main__":
    vault, stick, out, seed, *verses = sys.argv[1:]
    Desk._say("saved", "ready", "", "")  # noqa: SLF001  the first word
    desk = Desk(Path(vault), Path(stick), Path(out), random.Random(seed), [verse for verse in verses if verse])  # noqa: S311
    desk.work()
