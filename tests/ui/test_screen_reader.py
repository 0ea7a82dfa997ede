"""The window as a screen reader sees it: over AT-SPI, under a real X server, window manager and session bus."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("Xvfb", "openbox", "dbus-run-session", "xdotool")
UNNAMED = {"frame", "filler", "panel", "table cell"}
"""What holds others, and a cell where nothing is to be said."""
SESSION = """
openbox & manager=$!
{python} -m victim_id --vault {vault} & window=$!
/usr/bin/python3 {reader}
status=$?
kill $window $manager
exit $status
"""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict]]:
    """What the reader heard on each page."""
    assert all(shutil.which(name) for name in NEEDED), (
        f"please install {', '.join(NEEDED)}, at-spi2-core, python3-pyatspi"
    )
    home = tmp_path_factory.mktemp("home")
    (home / "vault").mkdir()
    (home / "vault" / "vault.key").touch()
    env = {
        "PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(home),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1", "QT_QPA_PLATFORM": "xcb",
    }  # fmt: skip
    script = SESSION.format(
        python=sys.executable, vault=home / "vault", reader=Path(__file__).parent / "screen_reader.py"
    )
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--", "sh", "-c", script]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def named(rows: list[dict], name: str) -> dict:
    found = [row for row in rows if row["name"] == name]
    assert found, [row["name"] for row in rows if row["name"]]
    return found[0]


@pytest.mark.full
def test_the_unlock_page_names_its_field_and_its_buttons_and_nobody(heard) -> None:
    rows = heard["unlock"]
    field = next(row for row in rows if row["name"] == "Passphrase" and "text" in row["role"])
    assert field["role"] == "password text"
    assert "focused" in field["states"]
    for name in ("Unlock", "Show the passphrase", "Practise without a vault"):
        row = named(rows, name)
        assert row["role"] in {"push button", "button"}
        assert {"enabled", "focusable"} <= set(row["states"])
    assert "traffick" not in json.dumps(rows).casefold()


@pytest.mark.full
def test_everything_that_takes_the_focus_has_a_name(heard) -> None:
    for place, rows in heard.items():
        silent = [
            row for row in rows if "focusable" in row["states"] and not row["name"] and row["role"] not in UNNAMED
        ]
        assert silent == [], place


@pytest.mark.full
def test_the_interview_reads_its_question_and_its_answers_with_their_state(heard) -> None:
    rows = heard["interview"]
    assert any(row["name"].endswith("?") and row["role"] == "label" for row in rows)
    for name in ("Not known", "Won’t say", "Next", "Back", "Skip"):
        assert "enabled" in named(rows, name)["states"]
    answer = named(rows, "Not known")
    assert answer["role"] in {"toggle button", "radio button", "check box", "push button", "button"}
    assert "checked" not in answer["states"]
    assert "checked" in named(heard["answered"], "Not known")["states"]


@pytest.mark.full
def test_practice_says_that_nothing_is_real_to_the_ear_too(heard) -> None:
    for place in ("stories", "interview"):
        assert any("nothing here is real" in row["name"] for row in heard[place])
