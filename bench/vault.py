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

from victim_id.sealing import Effort
from victim_id.vault import Vault

SIZES = (1_000, 10_000, 100_000)
VERSE, PLAIN = "correct horse battery staple", Effort(64 * 1024, 3, 4)
TYPED = "kitch"
Told = tuple[str, dict[str, Any], list[str]]
ANSWERS, QUESTIONS, WORDS = 200, 30, 40


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
    draw = random.Random(2)
    ids = draw.sample(vault.cases.ids(), min(ANSWERS, 500))
    documents: list[Told] = [(case, json.loads(vault.cases.read(case)), vault.cases.words(case)) for case in ids]
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        plain = _plain(Path(beside) / "plain.db", documents)
        for kind in ("a yes or no", "own words"):
            theirs, ours = [], []
            for number, (case, content, words) in enumerate(documents):
                written = _one_more(content, number)
                said = [*words, f"said {number}"] if kind == "own words" else words
                theirs.append(timed(partial(_answer, plain, case, written, words=kind == "own words")))
                ours.append(timed(partial(vault.cases.put, case, written, deed="answered", words=said)))
            found[f"{kind}, saved, median"] = statistics.median(ours)
            found[f"{kind}, saved, 95 of 100"] = sorted(ours)[len(ours) * 95 // 100]
            found[f"{kind}, plain SQLite, median"] = statistics.median(theirs)
            found[f"{kind}, ratio"] = statistics.median(ours) / statistics.median(theirs)
        plain.close()
    found["half-typed answer, median"] = statistics.median(
        timed(lambda: vault.drafts.put(ids[0], "q", os.urandom(9).hex())) for _ in range(100)
    )
    found["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    vault.close()
    return found


def _one_more(content: dict[str, Any], number: int) -> bytes:
    """Gives a document with one more answer in it."""
    content["asked"] += 1
    content["changed"] = f"2026-12-01T10:{number // 60:02}:{number % 60:02}Z"
    content["case"]["answers"]["q.1"]["words"] = f"said {number}"
    return json.dumps(content).encode()


def _plain(path: Path, documents: list[Told]) -> sqlite3.Connection:
    """Makes a database of the least that would do: the document, its words, a line of history; as durable as ours."""
    plain = sqlite3.connect(path, isolation_level=None)
    plain.executescript(
        """PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE cases (id TEXT PRIMARY KEY, document TEXT);
        CREATE TABLE history (seq INTEGER PRIMARY KEY, case_id TEXT, body TEXT);
        CREATE VIRTUAL TABLE words USING fts5 (id, text);"""
    )
    for case, content, words in documents:
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


def keepassxc(where: Path) -> float | None:
    """Gives how long KeePassXC's command line takes to open a database with its own defaults; None where it is missing."""
    program = shutil.which("keepassxc-cli")
    if program is None:
        return None
    database = where / "peer.kdbx"
    made = f"{VERSE}\n{VERSE}\n"
    subprocess.run([program, "db-create", "-p", database], input=made, text=True, check=True, capture_output=True)
    opening = [program, "ls", str(database)]
    return timed(lambda: subprocess.run(opening, input=VERSE + "\n", text=True, check=True, capture_output=True))


def main() -> None:
    """Measures every size and prints a table; with --json what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help="measure this vault in this process")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-vault-") as where:
        peer = keepassxc(Path(where))
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
        print(json.dumps({"sizes": found, "keepassxc_ms": peer}, indent=1))
        return
    print(f"{'milliseconds':34}" + "".join(f"{size:>12,}" for size in found))
    for name in next(iter(found.values())):
        print(f"{name:34}" + "".join(f"{row[name]:12.2f}" for row in found.values()))
    print(
        "KeePassXC's command line: "
        + ("not installed, nothing to compare with" if peer is None else f"opens in {peer:.0f} ms, its own cost")
    )


if __name__ == "__main__":
    main()
