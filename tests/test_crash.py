"""The tool that kills the program says what was lost, and would say so if something were."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LIAR = """
import json, sys, time
vault, stick, out, seed, *verses = sys.argv[1:]
print(json.dumps({"saved": ["ready", "", ""]}), flush=True)
print(json.dumps({"saved": ["draft", "CASE own.words", "never written"]}), flush=True)
time.sleep(60)
"""


def crash(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "crash.py", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.full
def test_nothing_is_lost_and_nothing_damaged_by_kills():
    done = crash("20")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "20 kills: 0 answers lost, 0 vaults damaged"


@pytest.mark.full
def test_a_program_that_calls_saved_what_it_did_not_write_is_found_out(tmp_path):
    liar = tmp_path / "liar.py"
    liar.write_text(LIAR)

    done = crash("1", "--program", sys.executable, str(liar))

    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] in {
        "1 kills: 1 answers lost, 0 vaults damaged",
        "1 kills: 0 answers lost, 1 vaults damaged",
    }


@pytest.mark.full
def test_the_report_tells_each_moment_at_which_the_program_was_killed():
    lines = crash("1").stdout.splitlines()

    head = next(number for number, line in enumerate(lines) if line.startswith("killed while"))
    told = {line[:36].strip(): [int(figure) for figure in line[36:].split()] for line in lines[head + 1 : -1]}
    assert lines[head].split()[2:] == ["kills", "saved", "lost", "damaged"]
    assert {"typing", "saving", "backing up", "migrating", "rotating keys", "sealing"} <= set(told)
    assert sum(kills for kills, *_ in told.values()) == 1
