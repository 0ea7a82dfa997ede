"""Kills the program at random moments and looks whether anything it called saved is lost, or a vault does not open.

The program under test is another process that says on its stdout, one JSON line each, what it is about to save and what
it has saved; only what it said is believed. `--program` names another one that speaks the same way, such as the window.
"""

import argparse
import collections
import contextlib
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tools.crash_desk import ANA, RECIPIENT, VERSE, WEAK
from victim_id import sealing
from victim_id.casework.arrangement import Preferences, Start
from victim_id.casework.case import Consent
from victim_id.errors import Damaged, Failure, ReadOnly, WrongPassphrase
from victim_id.vault import backup
from victim_id.workspace import Workspace

HERE = Path(__file__).resolve().parent
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
LONGEST = 2.5  # seconds a program lives after its first word
AFRESH = 25  # kills after which a new vault is made
CONDITIONS = {"plain": 68, "full disk": 8, "read-only": 8, "stick pulled out": 8, "clock set back": 8}


class Said:
    """What the program said: what was saved last under each name, and what it was saving when it ended."""

    def __init__(self) -> None:
        self.saved: dict[tuple[str, str], str] = {}
        self.trying: dict[tuple[str, str], str] = {}
        self.refused: collections.Counter[str] = collections.Counter()

    def hear(self, lines: list[str]) -> int:
        """Takes lines over, and gives how many things they call saved."""
        count = 0
        for line in lines:
            told = json.loads(line)
            if "refused" in told:
                self.refused[told["refused"]] += 1
                continue
            [(how, (kind, name, value))] = told.items()
            if how == "saved":
                self.saved[kind, name] = value
                self.trying.pop((kind, name), None)
                count += 1
            else:
                self.trying[kind, name] = value
        return count

    def may_be(self, kind: str, name: str) -> set[str]:
        """Gives what may be found: what was saved last or, if it was under way, what was to be saved."""
        return {had[kind, name] for had in (self.saved, self.trying) if (kind, name) in had}


class Trial:
    """One vault that is written to, killed, opened and compared, again and again."""

    def __init__(self, where: Path, cell: Workspace, program: list[str]) -> None:
        self.where, self.cell, self.program = where, cell, program
        self.folder, self.stick, self.out = where / "vault", where / "stick", where / "out"
        self.stick.mkdir()
        self.out.mkdir()
        self.said = Said()
        self.said.saved["passphrase", ANA] = VERSE
        preferences = Preferences(organisation="ITM", role="inspector")
        with contextlib.closing(Workspace.create(self.folder, VERSE, ANA, preferences, now=now, effort=WEAK)) as space:
            space.learn_recipient(RECIPIENT, cell.card_file())
            consent = Consent(recipient=RECIPIENT, answer="yes", told=True, told_in="fr", form="spoken")
            for place in ("Kitchen", "Car wash", "Nail bar"):
                case = space.begin(Start(place=place, forms=("labour",)))
                space.consent(case.id, consent)
                self.said.saved["case", case.id] = "begun"

    def kill(self, draw: random.Random, condition: str) -> int:
        """Runs the program, ends it at a random moment under a condition, and gives how many things it had saved."""
        words = [*self.program, str(self.folder), str(self.stick), str(self.out), str(draw.random())]
        words += [self.said.saved["passphrase", ANA], self.said.trying.get(("passphrase", ANA), "")]
        setting = dict(os.environ)
        if condition == "clock set back" and FAKETIME.exists():
            setting |= {"LD_PRELOAD": str(FAKETIME), "FAKETIME": "-3d"}
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(words, stdout=subprocess.PIPE, stderr=complaints, env=setting) as program,
        ):
            assert program.stdout is not None
            if not select.select([program.stdout], [], [], 120)[0]:
                raise SystemExit("the program said nothing for two minutes")
            wait = draw.uniform(0, LONGEST)
            if condition == "stick pulled out":
                time.sleep(draw.uniform(0, wait))
                _unmount(self.stick)
            time.sleep(wait)
            program.send_signal(signal.SIGKILL)
            heard = program.communicate()[0].decode().rpartition("\n")[0].splitlines()
            complaints.seek(0)
            if complaint := complaints.read().decode():
                print(complaint, file=sys.stderr)
                raise SystemExit("the program complained by itself")
        return self.said.hear(heard)

    def compare(self) -> tuple[list[str], bool]:
        """Opens the vault and gives what is lost of what was called saved, and whether the vault is whole."""
        try:
            with contextlib.closing(self._unlocked()) as space:
                space._vault._store.check()  # noqa: SLF001  what no window shows: every page
                space._vault.history.verify()  # noqa: SLF001
                lost = [" ".join(name) for name in self.said.saved if not self._is_there(space, *name)]
        except Failure as failure:
            print(f"the vault does not open: {failure}", file=sys.stderr)
            return [], False
        self.said.trying = {name: value for name, value in self.said.trying.items() if name[0] == "passphrase"}
        return lost, True

    def is_read_only(self) -> bool:
        """Says whether a vault that may not be written is told as such, and is the same afterwards."""
        with _read_only(self.where):
            try:
                self._unlocked().close()
            except ReadOnly:
                return True
        return False

    def _unlocked(self) -> Workspace:
        for verse in sorted(self.said.may_be("passphrase", ANA)):
            try:
                space = Workspace.unlock(self.folder, verse, now=now)
            except WrongPassphrase:
                continue
            self.said.saved["passphrase", ANA] = verse
            self.said.trying.pop(("passphrase", ANA), None)
            return space
        raise Damaged("vault", "no passphrase that was saved opens it")

    def _is_there(self, space: Workspace, kind: str, name: str) -> bool:
        wanted = self.said.may_be(kind, name)
        if kind in {"answer", "case"}:
            id_, _, question = name.partition(" ")
            case = space.case(id_)
            found = case.answers[question][-1].words if question in case.answers else "begun"
        elif kind == "draft":
            id_, _, question = name.partition(" ")
            found = space.drafts(id_).get(question, "")
        elif kind == "package":
            content = (self.out / name).read_bytes()
            [found] = {"sealed"} if sealing.open_sealed(content, self.cell._vault.cards.keys()[0].identity) else {""}  # noqa: SLF001
        elif kind == "backup":
            path = Path(self.said.saved[kind, name])
            if not os.path.ismount(self.stick) and not path.exists():
                return True  # the stick was pulled out
            found = str(path)
            backup.check(path)
        else:
            return True  # that it opened has shown it
        if found not in wanted:
            print(f"lost: {kind} {name}: {found!r} instead of {sorted(wanted)}", file=sys.stderr)
            return False
        self.said.saved[kind, name] = found
        return True


def main() -> int:
    """Kills N programs and tells what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    parser.add_argument("--program", nargs="+", default=[sys.executable, str(HERE / "crash_desk.py")])
    options = parser.parse_args()
    os.umask(0o077)
    draw = random.Random(options.seed)  # noqa: S311  so that a run can be repeated
    can_mount = os.geteuid() == 0 and _can_mount()
    conditions = CONDITIONS if can_mount else {"plain": 90, "clock set back": 10}
    counted: collections.Counter[str] = collections.Counter()
    lost, damaged, saved = 0, 0, 0
    refused: collections.Counter[str] = collections.Counter()
    with contextlib.ExitStack() as ends:
        cell = _cell(ends)
        trial, mounts = _trial(options.program, cell, can_mount)
        ends.callback(lambda: mounts.close())  # noqa: PLW0108  those of the last vault, whichever it is
        for number in range(options.kills):
            if number % AFRESH == AFRESH - 1:
                refused += trial.said.refused
                mounts.close()
                trial, mounts = _trial(options.program, cell, can_mount)
            [condition] = draw.choices(list(conditions), list(conditions.values()))
            with _condition(trial, condition, can_mount=can_mount):
                saved += trial.kill(draw, condition)
            told = condition != "read-only" or trial.is_read_only()
            missing, whole = trial.compare()
            counted[condition] += 1
            lost += len(missing)
            damaged += 0 if whole and told else 1
        refused += trial.said.refused
    if not can_mount:
        print("full disk, read-only folder and pulled stick were not tried: mounting is not allowed here")
    if not FAKETIME.exists():
        print("the clock was not set back: libfaketime is missing")
    print(
        f"seed {options.seed}; {saved} things were called saved; " + ", ".join(f"{n} {c}" for c, n in counted.items())
    )
    print("refused in words: " + (", ".join(f"{count} {name}" for name, count in sorted(refused.items())) or "nothing"))
    print(f"{options.kills} kills: {lost} answers lost, {damaged} vaults damaged")
    return 1 if lost or damaged else 0


def now() -> datetime:
    """The clock of this program."""
    return datetime.now(UTC)


def _cell(ends: contextlib.ExitStack) -> Workspace:
    """Makes the one whom packages are sealed for."""
    folder = Path(tempfile.mkdtemp(prefix="crash-cell-"))
    ends.callback(shutil.rmtree, folder)
    space = Workspace.create(folder / "vault", VERSE, "Cell", Preferences(), now=now, effort=WEAK)
    ends.callback(space.close)
    return space


def _trial(program: list[str], cell: Workspace, can_mount: bool) -> tuple[Trial, contextlib.ExitStack]:
    mounts = contextlib.ExitStack()
    where = Path(tempfile.mkdtemp(prefix="crash-"))
    mounts.callback(shutil.rmtree, where)
    if can_mount:
        _mount(where, "512m")
        mounts.callback(_unmount, where)
    return Trial(where, cell, program), mounts


@contextlib.contextmanager
def _condition(trial: Trial, condition: str, *, can_mount: bool) -> Iterator[None]:
    """Puts the machine into a condition while a program runs, and out of it again."""
    if condition == "full disk":
        used = sum(path.stat().st_size for path in trial.where.rglob("*") if path.is_file())
        subprocess.run(["mount", "-o", f"remount,size={used // 1024 + 600}k", trial.where], check=True)
        yield
        subprocess.run(["mount", "-o", "remount,size=512m", trial.where], check=True)
    elif can_mount:
        _mount(trial.stick, "64m")
        yield
        if os.path.ismount(trial.stick):
            _unmount(trial.stick)
        trial.said.saved = {name: value for name, value in trial.said.saved.items() if name[0] != "backup"}
    else:
        yield


@contextlib.contextmanager
def _read_only(where: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "remount,ro", where], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", where], check=True)


def _mount(where: Path, size: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", where], check=True)


def _unmount(where: Path) -> None:
    subprocess.run(["umount", "-l", where], check=True)


def _can_mount() -> bool:
    with tempfile.TemporaryDirectory() as where:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", where], check=False, capture_output=True)
        if done.returncode == 0:
            subprocess.run(["umount", where], check=True)
        return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
