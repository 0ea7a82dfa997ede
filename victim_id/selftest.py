"""Tries on this machine what nobody may find broken in the field: vault, assessment, form, seal and opening.

Runs in a folder of its own that is removed, on the shortest story that leads to a referral.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from victim_id.casework.arrangement import Preferences, Start
from victim_id.casework.case import Case, Consent
from victim_id.errors import NotForYou, WrongPassphrase
from victim_id.instrument.training import answers_of, load_training
from victim_id.record import Record, encode
from victim_id.resources import shipped
from victim_id.workspace import Workspace

PASSPHRASE = "self-test only, never kept"  # noqa: S105  of a vault that is removed at once

STORY = "restaurant_papers"
"""A training case whose level is strong under every law."""


class Step(Record, kw_only=True):
    """One thing that was tried: whether it was as it must be, what was seen, and how long it took."""

    name: str
    good: bool
    outcome: str
    milliseconds: int


def as_json(steps: list[Step]) -> str:
    """Gives the steps as canonical JSON."""
    return encode({"good": all(step.good for step in steps), "steps": steps}).decode()


def self_test(now: Callable[[], datetime] = lambda: datetime(2026, 1, 5, 9, 30, tzinfo=UTC)) -> Iterator[Step]:
    """Does every step in turn; one that fails is told, and the rest that need it are left out."""
    with tempfile.TemporaryDirectory(prefix="victim-id-") as place:
        trial = _Trial(Path(place), now)
        try:
            for name, deed in trial.deeds():
                began = time.perf_counter()
                try:
                    outcome, good = deed(), True
                except Exception as error:  # noqa: BLE001  whatever is broken is to be named, not to end the test unheard
                    outcome, good = f"failed: {type(error).__name__}: {error}", False
                yield Step(
                    name=name, good=good, outcome=outcome, milliseconds=round((time.perf_counter() - began) * 1000)
                )
                if not good:
                    return
        finally:
            trial.close()


class _Trial:
    def __init__(self, place: Path, now: Callable[[], datetime]) -> None:
        self.place, self.now = place, now
        self.sender: Workspace | None = None
        self.cell: Workspace | None = None
        self.case: Case | None = None
        self.sealed = b""

    def deeds(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("vault", self.vault),
            ("wrong passphrase", self.wrong_passphrase),
            ("interview", self.interview),
            ("assessment", self.assessment),
            ("form", self.form),
            ("seal", self.seal),
            ("open", self.open),
        ]

    def close(self) -> None:
        for space in (self.sender, self.cell):
            if space is not None:
                space.close()

    def vault(self) -> str:
        preferences = Preferences(organisation="Self-test", role="self-test")
        Workspace.create(self.place / "sender", PASSPHRASE, "Self-test", preferences, now=self.now).close()
        self.sender = Workspace.unlock(self.place / "sender", PASSPHRASE, now=self.now)
        self.cell = Workspace.create(self.place / "cell", PASSPHRASE, "Self-test", preferences, now=self.now)
        return "made, closed and opened again"

    def wrong_passphrase(self) -> str:
        assert self.cell is not None
        self.cell.close()
        try:
            Workspace.unlock(self.place / "cell", PASSPHRASE + "x", now=self.now).close()
        except WrongPassphrase:
            self.cell = Workspace.unlock(self.place / "cell", PASSPHRASE, now=self.now)
            return "refused"
        raise AssertionError("a wrong passphrase opened the vault")

    def interview(self) -> str:
        assert self.sender is not None
        instrument = self.sender.instrument
        story = {case.id: case for case in load_training(shipped("indicators") / "training", instrument)}[STORY]
        case = self.sender.caseload.begin(
            Start(setting=story.setting, age=story.age, forms=story.forms, place="Self-test")
        )
        answers = answers_of(story, instrument)
        for given in (given for told in answers.values() for given in told):
            self.case = self.sender.caseload.answer(case.id, given)
        return f"{len(answers)} answers saved, one by one"

    def assessment(self) -> str:
        assert self.sender is not None
        assert self.case is not None
        reading = self.sender.caseload.assessment(self.case).first
        assert reading.level == "strong", reading.level
        return f"{len(reading.findings)} findings, level {reading.level}"

    def form(self) -> str:
        assert self.sender is not None
        assert self.case is not None
        sizes = [
            len(self.sender.post.form(self.sender.post.referral(self.case, "lu.infotraite", tag)))
            for tag in ("en", "fr")
        ]
        return f"{sizes[0]} and {sizes[1]} bytes"

    def seal(self) -> str:
        assert self.sender is not None
        assert self.cell is not None
        assert self.case is not None
        self.sender.post.learn_recipient("lu.infotraite", self.cell.post.card_file())
        self.sender.caseload.consent(
            self.case.id, Consent(recipient="lu.infotraite", answer="yes", told=True, told_in="en", form="spoken")
        )
        (path,) = self.sender.post.seal(self.case.id, ("lu.infotraite",), "fr", self.place)
        self.sealed = path.read_bytes()
        return f"{len(self.sealed)} bytes"

    def open(self) -> str:
        assert self.sender is not None
        assert self.cell is not None
        try:
            self.sender.post.open_package(self.sealed)
        except NotForYou:
            received = self.cell.post.take(self.cell.post.open_package(self.sealed))
            return f"{len(received.package.parts)} parts, refused to its own sender"
        raise AssertionError("a package opened for somebody else")
