"""Whatever happens to the program or the disk: nothing that was reported as saved is lost, and the vault opens."""

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
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.given import LIGHT, PASSPHRASE, Clock, document
from victim_id import errors
from victim_id.vault import Vault

ROOT = Path(__file__).parents[2]
KILLS = 6

WRITER = """
import sys
from pathlib import Path
from tests.vault.given import PASSPHRASE, Clock, document
from victim_id.vault import Vault

vault = Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock())
for number in range(10**6):
    case = f"c{number % 7}"
    words = "word " * (number % 50)
    vault.cases.put(case, document(number=number, notes=words), deed="answered", words=[words], body={"number": number})
    print("case", case, number, flush=True)
    if number % 3 == 0:
        vault.drafts.put(case, "q", str(number))
        print("draft", case, number, flush=True)
    if number % 40 == 39:
        vault.editions.put("edition", "2026.1", str(number), bytes(200_000))
        print("edition", number, number, flush=True)
"""


def test_nothing_reported_as_saved_is_lost_when_the_program_is_killed(vault, folder):
    vault.close()
    draw = random.Random(os.urandom(8))
    for _ in range(KILLS):
        saved = killed_while_writing(folder, draw.uniform(0.0, 0.6))
        newest = {(kind, of): number for kind, of, number in saved}
        with Vault.unlock(folder, PASSPHRASE, now=Clock()) as again:
            again._store.check()
            again.history.verify()
            for (kind, of), number in newest.items():
                found = kept(again, kind, of)
                # Only what was being written in the moment of the kill may be newer than its last report.
                last = max(number for (kind, _), number in newest.items() if kind == "case")
                assert found in {number, last, last + 1}, (kind, of, number, found)
            deeds = [line.kind for line in again.history.lines(limit=10**6)]
            here = deeds.index("unlocked")
            there = deeds.index("unlocked", here + 1)
            assert deeds[here:there].count("answered") >= len([1 for kind, _, _ in saved if kind == "case"])
        assert newest


def kept(vault: Vault, kind: str, of: str) -> int:
    """Gives the number that was kept last."""
    if kind == "case":
        return int(json.loads(vault.cases.read(of, deed="checked"))["number"])
    if kind == "draft":
        return int(vault.drafts.of(of)["q"])
    assert len(vault.editions.archive(of)) == 200_000
    return int(of)


def killed_while_writing(folder: Path, after: float) -> list[tuple[str, str, int]]:
    """Lets a program write, kills it some seconds after its first word, and gives what it had reported."""
    words = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert select.select([writer.stdout], [], [], 60)[0]
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        reported, complaints = writer.communicate()
    assert complaints == b""
    whole = reported.decode().rpartition("\n")[0].splitlines()
    return [(kind, case, int(number)) for kind, case, number in (line.split() for line in whole)]


@contextlib.contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A folder on a file system of a few megabytes; None where mounting is not allowed."""
    where = Path(tempfile.mkdtemp(prefix="small-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", where], check=False, capture_output=True
    )
    try:
        yield where if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", where], check=True)
        where.rmdir()


FILLER = """
import sys, resource
from pathlib import Path
from tests.vault.given import PASSPHRASE, Clock, document
from victim_id import errors
from victim_id.vault import Vault

vault = Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock())
if sys.argv[2] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
number = 0
try:
    for number in range(2000):
        vault.cases.put(f"c{number}", document(number=number, notes=str(number) * 2000), deed="answered")
        print(number, flush=True)
except errors.DiskFull:
    print("full", number, flush=True)
seen = vault.cases.count()
assert seen == number, (seen, number)
print("still read", flush=True)
vault.close()
"""


def fill(folder: Path, limit: int) -> int:
    """Fills a vault until there is no room, and gives how many cases were reported as saved."""
    words = [sys.executable, "-c", FILLER, str(folder), str(limit)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[-2:] == [f"full {len(lines) - 2}", "still read"], done.stdout[-300:]
    return len(lines) - 2


def test_a_full_disk_is_told_and_what_was_saved_stays(vault, folder, unlock):
    vault.close()

    saved = fill(folder, limit=3_000_000)

    again = unlock()
    again._store.check()
    assert again.cases.count() == saved > 10
    again.cases.put("after", document(), deed="answered")


def test_a_full_file_system_is_told_and_what_was_saved_stays(clock):
    with small_disk(4) as disk:
        if disk is None:
            return  # the same with a limit on the size of files is tested above
        Vault.create(disk / "vault", PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT).close()

        saved = fill(disk / "vault", limit=0)

        subprocess.run(["mount", "-o", "remount,size=40m", disk], check=True)
        with Vault.unlock(disk / "vault", PASSPHRASE, now=clock) as again:
            again._store.check()
            assert again.cases.count() == saved > 10
            again.cases.put("after", document(), deed="answered")


def test_a_disk_that_became_read_only_is_told(clock):
    with small_disk(4) as disk:
        if disk is None:
            return  # a folder that may not be written is tested below
        Vault.create(disk / "vault", PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT).close()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)

        with pytest.raises(errors.ReadOnly):
            Vault.unlock(disk / "vault", PASSPHRASE, now=clock)
        with pytest.raises(errors.ReadOnly):
            Vault.create(disk / "other", PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT)


READER = """
import os, sys
from pathlib import Path
from tests.vault.given import LIGHT, PASSPHRASE, Clock
from victim_id import errors
from victim_id.vault import Vault

if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
for deed in (
    lambda: Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock()),
    lambda: Vault.create(Path(sys.argv[1]).parent / "new", PASSPHRASE, "Ana", now=Clock(), effort=LIGHT, floor=LIGHT),
):
    try:
        deed()
    except errors.ReadOnly as error:
        print(error)
"""


def test_a_folder_that_may_not_be_written_is_told(clock):
    above = Path(tempfile.mkdtemp(prefix="readonly-"))
    try:
        folder = above / "vault"
        Vault.create(folder, PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT).close()
        for path in (*folder.iterdir(), folder, above):
            if os.geteuid() == 0:
                os.chown(path, 65534, 65534)
            path.chmod(0o500 if path.is_dir() else 0o400)

        done = subprocess.run(
            [sys.executable, "-c", READER, folder], cwd=ROOT, capture_output=True, text=True, check=False
        )

        assert done.stdout.splitlines() == ["vault: may not be written", "new: may not be written"], done.stderr
    finally:
        for path in (above, above / "vault"):
            path.chmod(0o700)
        shutil.rmtree(above)


def test_a_file_is_whole_or_as_before_when_it_cannot_be_written(vault, folder):
    script = """
    import resource, sys
    from pathlib import Path
    from victim_id import errors
    from victim_id.vault import folder
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    try:
        folder.write(Path(sys.argv[1]) / "vault.key", b"x" * 5000)
    except errors.DiskFull:
        print("full")
    """
    before = {path.name: path.read_bytes() for path in folder.glob("vault.key*")}

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), folder], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout == "full\n", done.stderr
    assert {path.name: path.read_bytes() for path in folder.glob("vault.key*")} == before
