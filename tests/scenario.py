"""A worker and a cell without a screen: the stories are told through these."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from victim_id.casework.arrangement import Preferences, Start
from victim_id.casework.case import Case
from victim_id.instrument.answers import Answer, Talk
from victim_id.sealing import Effort
from victim_id.vault.backup import KEPT
from victim_id.workspace import Workspace

WEAK = Effort(8 * 4, 1, 1)
"""As little stretching as Argon2id allows: tests make many vaults. The floor of real vaults has tests of its own."""

PASSPHRASE = "correct horse battery staple"
ALONE = Talk(alone=True, language="common")
WATCHED = Talk(alone=False)


class Clock:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


class Desk:
    """A vault with its worker, made and opened as the program does it."""

    def __init__(
        self,
        folder: Path,
        *,
        organisation: str = "ITM",
        worker: str = "A. Weber",
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.folder, self.now = folder, now or Clock()
        preferences = Preferences(organisation=organisation, role="labour inspector", profile="LU")
        self.space = Workspace.create(folder, PASSPHRASE, worker, preferences, now=self.now, effort=WEAK)

    def lock(self) -> None:
        """Closes the vault and opens it again, as after F12."""
        self.space.close()
        self.space = Workspace.unlock(self.folder, PASSPHRASE, now=self.now)

    def back_up(self, place: Path, keep: int = KEPT) -> Path:
        """Makes a backup from its first step to its last, and gives its folder."""
        begun = self.space.backups.begin(place)
        return self.space.backups.finish(begun, begun.write(), keep)

    def begin(self, **start: object) -> Case:
        return self.space.caseload.begin(
            Start(**{"place": "Kitchen, Esch", "talk": ALONE, "forms": ("labour",)} | start)
        )  # type: ignore[arg-type]

    def say(self, case: Case, question: str, value: str = "yes", *, talk: Talk = ALONE, **how: object) -> Case:
        """Gives an answer as the person would, in the conditions of `talk`."""
        return self.space.caseload.answer(case.id, Answer(question=question, value=value, talk=talk, **how))  # type: ignore[arg-type]

    def choose(self, case: Case, question: str, *chosen: str, **how: object) -> Case:
        return self.say(case, question, "given", chosen=chosen, **how)

    def show(self, case: Case, sign: str) -> Case:
        """Answers some question of the setting so that it shows a sign."""
        for question in self.space.instrument.questions(case.setting):
            for shows in question.shows:
                if shows.sign == sign and shows.when.is_:
                    return self.say(case, question.id, shows.when.is_)
                if shows.sign == sign and shows.when.has:
                    return self.choose(case, question.id, shows.when.has)
        raise AssertionError(f"no single answer shows {sign}")
