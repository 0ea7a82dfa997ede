"""Without any network at all: the program walks its whole way in a namespace of the system that has none."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APART = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
REACH = """
import errno, socket
for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as outside:
        for address in (("127.0.0.1", 9), ("192.0.2.1", 80)):
            try:
                outside.connect(address)
            except OSError as refused:
                print(errno.errorcode[refused.errno])
            else:
                print("reached")
"""


def apart(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Runs Python in a namespace with no network, in a home of its own."""
    if not shutil.which("unshare") or subprocess.run([*APART, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system does not let us make a namespace without a network: NOT TRIED here")
    env = {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(home),
        "PYTHONDONTWRITEBYTECODE": "1", "QT_LOGGING_RULES": "qt.qpa.*=false",
    }  # fmt: skip
    return subprocess.run(
        [*APART, sys.executable, *words],
        input=given, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.mark.full
def test_nothing_can_be_reached_from_there(tmp_path: Path) -> None:
    assert apart(tmp_path, "-c", REACH).stdout.split() == ["ENETUNREACH"] * 4


@pytest.mark.full
def test_make_run_leaves_everything_without_a_network(tmp_path: Path) -> None:
    out = tmp_path / "demo-out"

    done = apart(tmp_path, "-m", "victim_id", "demo", "--out", str(out))

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for name in ("referral.pdf", "record.json", "package.age", "recipient-key.txt", "demo.json", "person/rights.pdf"):
        assert (out / name).stat().st_size > 0
    assert len(json.loads((out / "demo.json").read_bytes())["steps"]) == 14
    opened = apart(
        tmp_path, "-m", "victim_id", "open", str(out / "package.age"),
        "--key", str(out / "recipient-key.txt"), "--in-clear", str(tmp_path / "clear"),
    )  # fmt: skip
    assert opened.returncode == 0, opened.stderr
    assert (tmp_path / "clear" / "referral.pdf").read_bytes() == (out / "referral.pdf").read_bytes()


@pytest.mark.full
def test_a_referral_goes_from_the_first_start_to_the_inbox_without_a_network(tmp_path: Path) -> None:
    for name in ("stick", "plain"):
        (tmp_path / name).mkdir()
    orders = {"words": [f"word{number}" for number in range(400)], "passphrase": "correct horse", "wrong": "battery"}

    done = apart(tmp_path, "-m", "tests.canary_walk", str(tmp_path), "before the lock", given=2 * (json.dumps(orders) + "\n"))  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["answers"] >= 40
