"""Kills the program at random moments and looks whether anything it called saved is lost, or a vault does not open.

The programs under test are other processes that say on their stdout, one JSON line each, what they are doing, what they are
about to save and what they have saved; only what they said is believed. By turns a worker's deeds without a screen, and the
window; `--program` names others that speak the same way.
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

from tools.crash_desk import AIM, ANA, RECIPIENT, VERSE, VERSION, WEAK, migrate_to
from victim_id import sealing
from victim_id.casework.arrangement import Preferences, Start
from victim_id.casework.case import Consent
from victim_id.errors import Damaged, Failure, Newer, ReadOnly, WrongPassphrase
from victim_id.vault import backup
from victim_id.workspace import Workspace

PROGRAMS = ("crash_desk.py", "crash_desk.py", "crash_window.py")
HERE = Path(__file__).resolve().parent
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
LONGEST = 2.5  # seconds a program lives after its first word
LINES = 40  # of what a program said last, that are shown when something is lost
AFRESH = 25  # kills after which a new vault is made
MOMENTS = {
    "typing": 0.004, "saving": 0.006, "backing up": 0.4, "migrating": 0.3, "rotating keys": 0.3, "changing passphrase": 0.02,
    "sealing": 0.4, "locking, unlocking": 0.1, "resting": 0.01, "limiting a case": 0.05,
}  # fmt: skip
"""At which moments the program is killed, and up to how many seconds after they began; the rest is chance."""
BETWEEN = "between two deeds"
CONDITIONS = {"plain": 68, "full disk": 8, "read-only": 8, "stick pulled out": 8, "clock set back": 8}


class Said:
    """What the program said: what was saved last under each name, and what it was saving when it ended."""

    def __init__(self) -> None:
        self.saved: dict[tuple[str, str], str] = {}
        self.trying: dict[tuple[str, str], str] = {}
        self.refused: collections.Counter[str] = collections.Counter()
        self.moment = BETWEEN
        self.last: list[str] = []

    def hear(self, lines: list[str]) -> int:
        """Takes lines over, and gives how many things they call saved."""
        count, self.last = 0, lines
        for line in lines:
            told = json.loads(line)
            if "refused" in told:
                self.refused[told["refused"]] += 1
            if not told.keys() & {"saved", "trying"}:
                self.moment = told.get("doing", BETWEEN)
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
        self.said.saved |= {("passphrase", ANA): VERSE, ("version", "tables"): "0"}
        migrate_to(0)
        preferences = Preferences(organisation="ITM", role="inspector")
        with contextlib.closing(Workspace.create(self.folder, VERSE, ANA, preferences, now=now, effort=WEAK)) as space:
            space.post.learn_recipient(RECIPIENT, cell.post.card_file())
            consent = Consent(recipient=RECIPIENT, answer="yes", told=True, told_in="fr", form="spoken")
            for place in ("Kitchen", "Car wash", "Nail bar"):
                case = space.caseload.begin(Start(place=place, forms=("labour",)))
                space.caseload.consent(case.id, consent)
                self.said.saved["case", case.id] = "begun"

    def kill(self, draw: random.Random, condition: str) -> int:
        """Runs the program, ends it at a random moment under a condition, and gives how many things it had saved."""
        words = [*self.program, str(self.folder), str(self.stick), str(self.out), str(draw.random())]
        words += [self.said.saved["passphrase", ANA], self.said.trying.get(("passphrase", ANA), "")]
        [aim] = draw.choices(list(MOMENTS))
        setting = os.environ | {AIM: aim, VERSION: self.said.saved["version", "tables"]}
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
            heard = _heard_until(program.stdout.fileno(), wait, aim)
            time.sleep(draw.uniform(0, MOMENTS[aim]))
            program.send_signal(signal.SIGKILL)
            heard += program.communicate()[0]
            complaints.seek(0)
            if complaint := complaints.read().decode():
                print(complaint, file=sys.stderr)
                raise SystemExit("the program complained by itself")
        return self.said.hear(heard.decode().rpartition("\n")[0].splitlines())

    def compare(self) -> tuple[list[str], bool]:
        """Opens the vault and gives what is lost of what was called saved, and whether the vault is whole."""
        try:
            with contextlib.closing(self._unlocked()) as space:
                space._vault._store.check()  # noqa: SLF001  what no window shows: every page
                space._vault.history.verify()  # noqa: SLF001
                lost = [" ".join(name) for name in self.said.saved if not self._is_there(space, *name)]
                lost += [f"swept: {path.name}" for path in self.stick.glob("*.unfinished")]
        except Failure as failure:
            print(f"the vault does not open: {failure}", file=sys.stderr)
            return [], False
        self.said.trying = {
            name: value for name, value in self.said.trying.items() if name[0] in {"passphrase", "version"}
        }
        return lost, True

    def keep(self, number: int) -> Path:
        """Puts a copy of the vault as the kill left it aside, for whoever looks for what was lost."""
        aside = Path(tempfile.mkdtemp(prefix=f"crash-kill-{number}-"))
        return shutil.copytree(self.folder, aside / "vault").parent

    def is_read_only(self) -> bool:
        """Says whether a vault that may not be written is told as such, and is the same afterwards."""
        with _read_only(self.where):
            try:
                self._unlocked().close()
            except ReadOnly:
                return True
        return False

    def _unlocked(self) -> Workspace:
        """Opens the vault with what may be the passphrase, as the earlier program or, where that is refused, as the later."""
        for version in sorted(self.said.may_be("version", "tables"), key=int):
            migrate_to(int(version))
            for verse in sorted(self.said.may_be("passphrase", ANA)):
                try:
                    space = Workspace.unlock(self.folder, verse, now=now)
                except WrongPassphrase:
                    continue
                except Newer:
                    break
                self.said.saved |= {("passphrase", ANA): verse, ("version", "tables"): version}
                for name in (("passphrase", ANA), ("version", "tables")):
                    self.said.trying.pop(name, None)
                return space
        raise Damaged("vault", "no passphrase that was saved opens it in any version that it had")

    def _is_there(self, space: Workspace, kind: str, name: str) -> bool:
        wanted = self.said.may_be(kind, name)
        if kind in {"answer", "case"}:
            id_, _, question = name.partition(" ")
            case = space.caseload.case(id_)
            found = case.answers[question][-1].words if question in case.answers else "begun"
        elif kind == "draft":
            id_, _, question = name.partition(" ")
            found = space.caseload.drafts(id_).get(question, "")
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


class Count:
    """What came of the kills at one moment."""

    def __init__(self) -> None:
        self.kills = self.saved = self.lost = self.damaged = 0


def main() -> int:
    """Kills N programs and tells what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    parser.add_argument("--program", nargs="+", action="append")
    options = parser.parse_args()
    programs = options.program or [[sys.executable, str(HERE / name)] for name in PROGRAMS]
    os.umask(0o077)
    draw = random.Random(options.seed)  # noqa: S311  so that a run can be repeated
    can_mount = os.geteuid() == 0 and _can_mount()
    conditions = CONDITIONS if can_mount else {"plain": 90, "clock set back": 10}
    counted: collections.Counter[str] = collections.Counter()
    found: dict[str, Count] = collections.defaultdict(Count)
    refused: collections.Counter[str] = collections.Counter()
    with contextlib.ExitStack() as ends:
        cell = _cell(ends)
        trials = [_trial(program, cell, can_mount) for program in programs]
        ends.callback(_close, trials)
        for number in range(options.kills):
            turn, round_ = number % len(programs), number // len(programs)
            if turn == 0 and round_ % AFRESH == AFRESH - 1:
                for trial, _ in trials:
                    refused += trial.said.refused
                _close(trials)
                trials[:] = [_trial(program, cell, can_mount) for program in programs]
            trial = trials[turn][0]
            [condition] = draw.choices(list(conditions), list(conditions.values()))
            with _condition(trial, condition, can_mount=can_mount):
                saved = trial.kill(draw, condition)
            moment = trial.said.moment
            kept = trial.keep(number)
            told = condition != "read-only" or trial.is_read_only()
            missing, whole = trial.compare()
            if missing or not whole or not told:
                print(
                    f"kill {number}, {condition}, killed while {moment}; the vault as it was is in {kept}",
                    file=sys.stderr,
                )
                print("\n".join(trial.said.last[-LINES:]), file=sys.stderr)
            else:
                shutil.rmtree(kept)
            counted[condition] += 1
            one = found[moment]
            one.kills, one.saved, one.lost = one.kills + 1, one.saved + saved, one.lost + len(missing)
            one.damaged += 0 if whole and told else 1
        for trial, _ in trials:
            refused += trial.said.refused
    if not can_mount:
        print("full disk, read-only folder and pulled stick were not tried: mounting is not allowed here")
    if not FAKETIME.exists():
        print("the clock was not set back: libfaketime is missing")
    print(f"seed {options.seed}; " + ", ".join(f"{n} {c}" for c, n in counted.items()))
    print("refused in words: " + (", ".join(f"{count} {name}" for name, count in sorted(refused.items())) or "nothing"))
    _table(found)
    lost, damaged = (sum(getattr(one, what) for one in found.values()) for what in ("lost", "damaged"))
    print(f"{options.kills} kills: {lost} answers lost, {damaged} vaults damaged")
    return 1 if lost or damaged else 0


def _table(found: dict[str, Count]) -> None:
    """Prints what came of the kills, moment by moment; one at which nobody was killed is told as such."""
    print(f"{'killed while':36} {'kills':>6} {'saved':>7} {'lost':>5} {'damaged':>8}")
    for moment in (*MOMENTS, *(moment for moment in found if moment not in MOMENTS)):
        one = found.get(moment, Count())
        print(f"{moment:36} {one.kills:6} {one.saved:7} {one.lost:5} {one.damaged:8}")


def _heard_until(pipe: int, wait: float, aim: str) -> bytes:
    """Gives what a program says until, after so many seconds, a moment begins; one that does not come is not waited for."""
    heard, began, doing = b"", time.monotonic(), json.dumps({"doing": aim}).encode()
    while (passed := time.monotonic() - began) < wait + LONGEST:
        if select.select([pipe], [], [], 0.02)[0]:
            piece = os.read(pipe, 1 << 16)
            heard += piece
            if not piece or (passed > wait and doing in piece.splitlines()[-3:]):
                break
        if passed > wait and b'"doing": "' in heard and b" in the window" in heard[-4000:]:
            break
    return heard


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


def _close(trials: list[tuple[Trial, contextlib.ExitStack]]) -> None:
    for _, mounts in trials:
        mounts.close()


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
