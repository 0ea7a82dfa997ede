"""How long the vault takes: unlock, first list, every key press of a search, one durable answer beside plain SQLite; memory.

Everything is measured in one run on one disk, each size in a process of its own. Goals: list of 100 000 cases at most
100 ms after unlock, search at most 30 ms a key press, one answer at most 5 ms and at most twice plain SQLite.
"""

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bench.peers import kdbx
from victim_id.sealing import Effort
from victim_id.vault import Vault

SIZES = (1_000, 10_000, 100_000)
VERSE, PLAIN = "correct horse battery staple", Effort(64 * 1024, 3, 4)
TYPED = "kitch"
ANSWERS, QUESTIONS, WORDS, OPENINGS = 200, 30, 40, 7


def now() -> datetime:
    """The clock of this program."""
    return datetime.now(UTC)


def vocabulary(draw: random.Random) -> list[str]:
    """Gives 20 000 words of letters, some of which begin as what is typed does."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = ["".join(draw.choices(letters, k=draw.randint(3, 9))) for _ in range(20_000)]
    return ["kitchen", "kitchens", "kit", *made]


def document(draw: random.Random, words: list[str]) -> bytes:
    """Gives a case document of about 4 KB with some thirty answers."""
    answers = {
        f"q.{place}": {"value": "yes", "words": " ".join(draw.choices(words, k=3)), "at": "2026-11-21T09:30:00Z"}
        for place in range(QUESTIONS)
    }
    return json.dumps(
        {
            "code": "".join(draw.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=6)),
            "state": draw.choice(["open", "referred", "closed"]),
            "kind": "labour",
            "changed": f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}T09:30:00Z",
            "setting": draw.choice(["workplace", "border", "shelter"]),
            "place": " ".join(draw.choices(words, k=2)),
            "level": draw.choice([None, "strong", "few", "open"]),
            "danger_now": draw.random() < 0.02,
            "child": draw.random() < 0.1,
            "asked": draw.randint(0, 60),
            "askable": 60,
            "case": {"answers": answers},
        }
    ).encode()


def grow(folder: Path, cases: int) -> None:
    """Makes a vault of so many cases."""
    draw = random.Random(1)
    words = vocabulary(draw)
    with Vault.create(folder, VERSE, "Ana", now=now, effort=PLAIN) as vault:
        for start in range(0, cases, 1_000):
            with vault.together():
                for _ in range(start, min(start + 1_000, cases)):
                    said = draw.choices(words, k=WORDS)
                    vault.cases.put(
                        str(uuid.UUID(int=draw.getrandbits(128))), document(draw, words), deed="begun", words=said
                    )
            vault.rest()


def timed(deed: Callable[[], object]) -> float:
    """Gives how long a deed takes, in milliseconds."""
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000


def measure(folder: Path) -> dict[str, float]:
    """Measures one vault in this fresh process."""
    found: dict[str, float] = {}
    begun = time.perf_counter()
    vault = Vault.unlock(folder, VERSE, now=now)
    found["unlock, with Argon2id"] = (time.perf_counter() - begun) * 1000
    found["first list of 100"] = timed(vault.cases.window)
    found["list of 100, elsewhere"] = timed(lambda: vault.cases.window(offset=vault.cases.count() // 2))
    found["counts of states"] = timed(vault.cases.counts)
    presses = [timed(partial(vault.cases.search, TYPED[:end])) for end in range(1, len(TYPED) + 1) for _ in range(5)]
    found["search, median of key presses"] = statistics.median(presses)
    found["search, slowest key press"] = max(presses)
    case = random.Random(2).choice(vault.cases.ids())
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        found |= answers(vault, case, Path(beside))
    found["half-typed answer, median"] = statistics.median(
        timed(lambda: vault.drafts.put(case, "q", os.urandom(9).hex())) for _ in range(100)
    )
    found["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    vault.close()
    return found


def answers(vault: Vault, case: str, beside: Path) -> dict[str, float]:
    """Gives how long the answers of one talk take to be durable, and the same in plain SQLite, turn by turn.

    `same tables` is this vault's own database without a key, changed by the very same statements; `the least` is a
    document, its words and a line of history, and nothing that lists, finds, chains or protects them.
    """
    sealed, same = vault._store._connection, _same(vault, beside / "same.db")  # noqa: SLF001  swapped for the peer
    content, words = json.loads(vault.cases.read(case)), vault.cases.words(case)
    least = _least(beside / "least.db", case, content, words)
    found: dict[str, float] = {}
    for kind in ("a yes or no", "own words"):
        times: dict[str, list[float]] = {"saved": [], "same tables": [], "the least": []}
        for number in range(ANSWERS):
            written = _one_more(content, number)
            said = [*words, f"said {number}"] if kind == "own words" else words
            for name, connection in (("saved", sealed), ("same tables", same)):
                vault._store._connection = connection  # noqa: SLF001
                times[name].append(timed(partial(vault.cases.put, case, written, deed="answered", words=said)))
            times["the least"].append(timed(partial(_answer, least, case, written, words=kind == "own words")))
        vault._store._connection = sealed  # noqa: SLF001
        middle = {name: statistics.median(taken) for name, taken in times.items()}
        found[f"{kind}, saved, median"] = middle["saved"]
        found[f"{kind}, saved, 95 of 100"] = sorted(times["saved"])[ANSWERS * 95 // 100]
        for peer in ("same tables", "the least"):
            found[f"{kind}, plain SQLite, {peer}"] = middle[peer]
            found[f"{kind}, ratio to {peer}"] = middle["saved"] / middle[peer]
    same.close()
    least.close()
    return found


def _one_more(content: dict[str, Any], number: int) -> bytes:
    """Gives a document with one more answer in it."""
    content["asked"] += 1
    content["changed"] = f"2026-12-01T10:{number // 60:02}:{number % 60:02}Z"
    content["case"]["answers"]["q.1"]["words"] = f"said {number}"
    return json.dumps(content).encode()


def _same(vault: Vault, path: Path) -> sqlite3.Connection:
    """Copies a vault's database into one without a key, opened with the same settings."""
    vault._store.rows("ATTACH DATABASE ? AS plain KEY ''", str(path))  # noqa: SLF001  the numbers are made up
    vault._store.rows("SELECT sqlcipher_export('plain')")  # noqa: SLF001
    vault._store.rows("DETACH DATABASE plain")  # noqa: SLF001
    plain = sqlite3.connect(path, isolation_level=None)
    plain.executescript(
        """PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 16000;"""
    )
    return plain


def _least(path: Path, case: str, content: dict[str, Any], words: list[str]) -> sqlite3.Connection:
    """Makes a database of the least that would do, as durable as ours."""
    plain = sqlite3.connect(path, isolation_level=None)
    plain.executescript(
        """PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE cases (id TEXT PRIMARY KEY, document TEXT);
        CREATE TABLE history (seq INTEGER PRIMARY KEY, case_id TEXT, body TEXT);
        CREATE VIRTUAL TABLE words USING fts5 (id, text);"""
    )
    plain.execute("INSERT INTO cases VALUES (?, ?)", (case, json.dumps(content)))
    plain.execute("INSERT INTO words VALUES (?, ?)", (case, " ".join(words)))
    return plain


def _answer(plain: sqlite3.Connection, case: str, written: bytes, *, words: bool) -> None:
    plain.execute("BEGIN IMMEDIATE")
    plain.execute("UPDATE cases SET document = ? WHERE id = ?", (written.decode(), case))
    if words:
        plain.execute("INSERT INTO words VALUES (?, ?)", (case, "said now"))
    plain.execute("INSERT INTO history (case_id, body) VALUES (?, ?)", (case, "{}"))
    plain.execute("COMMIT")


def beside_keepassxc(where: Path) -> dict[str, float]:
    """Gives how long KeePassXC's command line and ours take to open, both as a fresh process, at equal Argon2 cost.

    Nothing where it is not installed.
    """
    program = shutil.which("keepassxc-cli")
    if program is None:
        return {}
    database, folder = where / "peer.kdbx", where / "equal"
    database.write_bytes(kdbx.empty(VERSE, PLAIN.memory, PLAIN.passes, PLAIN.lanes))
    Vault.create(folder, VERSE, "Ana", now=now, effort=PLAIN).close()
    theirs, ours = [program, "ls", str(database)], [sys.executable, __file__, "--open", str(folder)]
    found: dict[str, list[float]] = {"theirs": [], "ours": []}
    inside = []
    for _ in range(OPENINGS):
        for name, command in (("theirs", theirs), ("ours", ours)):
            run = partial(subprocess.run, command, input=VERSE + "\n", text=True, check=True, capture_output=True)
            found[name].append(timed(run))
        inside.append(timed(lambda: Vault.unlock(folder, VERSE, now=now).close()))
    middle = {name: statistics.median(times) for name, times in found.items()}
    return {**middle, "inside": statistics.median(inside)}


def main() -> None:
    """Measures every size and prints a table; with --json what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help="measure this vault in this process")
    parser.add_argument("--open", type=Path, help="open this vault in this process, as KeePassXC's command line does")
    options = parser.parse_args()
    if options.open:
        Vault.unlock(options.open, sys.stdin.readline().strip(), now=now).close()
        return
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-vault-") as where:
        peer = beside_keepassxc(Path(where))
        for size in options.sizes:
            folder = Path(where) / str(size)
            grow(folder, size)
            done = subprocess.run(
                [sys.executable, __file__, "--measure", folder], check=True, capture_output=True, text=True
            )
            found[size] = json.loads(done.stdout)
            found[size]["database, MB"] = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
            shutil.rmtree(folder)
    if options.json:
        print(json.dumps({"sizes": found, "beside_keepassxc": peer}, indent=1))
        return
    print(f"{'milliseconds':44}" + "".join(f"{size:>12,}" for size in found))
    for name in next(iter(found.values())):
        print(f"{name:44}" + "".join(f"{row[name]:12.2f}" for row in found.values()))
    if not peer:
        print("KeePassXC's command line: not installed, nothing to compare with")
        return
    print(
        f"open at equal Argon2 cost ({PLAIN.memory // 1024} MiB, {PLAIN.passes} passes), a process each: "
        f"KeePassXC's command line {peer['theirs']:.0f} ms, ours {peer['ours']:.0f} ms, {peer['ours'] / peer['theirs']:.2f} of it; "
        f"ours in a program that runs already {peer['inside']:.0f} ms"
    )


if __name__ == "__main__":
    main()
