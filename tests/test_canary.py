"""No word of anybody leaves the vault by the way: a whole run is watched by the system, call by call.

Every file that was opened for writing, every byte that was written or sent, every name of a file and every connection
is looked at. What finds nothing must be able to find something: each kind of leak is made once on purpose.
"""

import json
import os
import re
import shutil
import string
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from victim_id.vault import Vault

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("strace", "xvfb-run", "Xvfb")
CALLS = "trace=%file,%network,write,writev,pwrite64,pwritev,pwritev2,sendfile,splice,copy_file_range,memfd_create"
STEM = "Zq"
SPOKEN = {"Zqገጣሚ", "Zq金絲雀", "Zqkanarië"}
"""Words in other writings, which are stored folded and in other encodings."""


class Seen(NamedTuple):
    """What a run left and did: what the program said, each thing that tells, what was written where, whom it called."""

    said: list[dict[str, object]]
    told: list[str]
    written: set[Path]
    called: set[str]
    complaints: str


class Watch:
    """A laptop of its own, on which one program is run and watched."""

    def __init__(self, place: Path) -> None:
        assert all(shutil.which(name) for name in NEEDED), "please install strace, xvfb and xauth"
        self.place = place
        for name in ("home", "run", "tmp", "stick", "plain"):
            (place / name).mkdir(mode=0o700)
        self.words = [f"{STEM}{_letters(number)}{os.urandom(3).hex()}" for number in range(400)]
        self.words[20:80:20] = sorted(SPOKEN)
        self.passphrase, self.wrong = (f"{STEM}{os.urandom(4).hex()} correct horse battery" for _ in range(2))

    def run(self, part: str, leak: str = "") -> Seen:
        """Runs the program from first start to lock and on, and gives what was seen."""
        orders = {"words": self.words, "passphrase": self.passphrase, "wrong": self.wrong, "leak": leak}
        env = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.place / "home"), "TMPDIR": str(self.place / "tmp"),
            "XDG_RUNTIME_DIR": str(self.place / "run"), "QT_QPA_PLATFORM": "xcb", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        log = self.place / "calls"
        watched = ["strace", "-f", "-qq", "-y", "--seccomp-bpf", "-s", "1000000", "-e", "signal=none", "-e", CALLS]
        walk = [sys.executable, "-m", "tests.canary_walk", str(self.place), part]
        done = subprocess.run(
            ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", *watched, "-o", str(log), *walk],
            input="".join(json.dumps(orders) + "\n" for _ in range(2)).encode(),
            env=env, cwd=ROOT, capture_output=True, timeout=580, check=False,
        )  # fmt: skip
        output = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == 0, output[1][-3000:]
        calls = log.read_bytes()
        log.unlink()
        said = [json.loads(line) for line in output[0].splitlines()]
        return Seen(said, self._told(calls, *output), _written(calls), _called(calls), output[1])

    def _told(self, calls: bytes, *output: str) -> list[str]:
        """Gives where a word stands: in a call, in what was printed, in a file that was left or in its name."""
        secrets = [*self.words, *self.passphrase.split()[:1], *self.wrong.split()[:1]]
        told = [f"{secret} in what was printed" for secret in secrets for text in output if secret in text]
        forms = {form for secret in secrets for form in _forms(secret)}
        told += [_where(calls, place) for place in _found({_as_traced(form) for form in forms}, calls)]
        for path in self.place.rglob("*"):
            if _found(forms, str(path).encode()):
                told.append(f"the name {path}")
            if path.is_file() and _found(forms, path.read_bytes()):
                told.append(f"the file {path}")
        return told


def _letters(number: int) -> str:
    return "".join(string.ascii_lowercase[int(sign)] for sign in f"{number:03d}")


def _forms(word: str) -> set[bytes]:
    """Gives a word as it may stand in a file: as it is, folded, in capitals, in the encodings of Windows and Qt, in JSON."""
    spelled = {word, word.casefold(), word.upper()}
    found = {one.encode(code) for one in spelled for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
    return found | {json.dumps(word)[1:-1].encode()}


def _found(forms: set[bytes], content: bytes) -> list[int]:
    """Gives where one of the forms of any word stands; all words begin alike, so that their beginning is looked for first."""
    stems = {form.rstrip(b"\0") for form in _forms(STEM)}
    lengths, found = {len(form) for form in forms}, []
    for stem in stems | {_as_traced(one) for one in stems}:
        place = content.find(stem)
        while place >= 0:
            if any(content[place : place + length] in forms for length in lengths):
                found.append(place)
            place = content.find(stem, place + 1)
    return found


def _as_traced(form: bytes) -> bytes:
    """Gives bytes as strace writes them down."""
    out = ""
    for here, after in zip(form, [*form[1:], 0], strict=True):
        if 32 <= here < 127:
            out += chr(here) if chr(here) not in '"\\' else "\\" + chr(here)
        else:
            out += f"\\{here:03o}" if chr(after).isdigit() else f"\\{here:o}"
    return out.encode()


def _where(calls: bytes, place: int) -> str:
    line = calls[calls.rfind(b"\n", 0, place) + 1 : place][:160]
    return f"the call {line.decode('utf-8', 'replace')}"


def _written(calls: bytes) -> set[Path]:
    """Gives every path that was made, opened for writing, or given a new name."""
    opened = (
        rb'(?:openat|open|creat)\([^"]*"([^"]+)", [^)]*O_(?:WRONLY|RDWR|CREAT|TMPFILE)[^)]*(?:\) = \d| <unfinished)'
    )
    renamed = rb'(?:rename(?:at2?)?|link(?:at)?|mkdir(?:at)?|symlink(?:at)?)\(.*"([^"]+)"[^"]*(?:\) = 0| <unfinished)'
    names = {match[1].decode() for call in (opened, renamed) for match in re.finditer(call, calls)}
    return {ROOT / name for name in names}


def _called(calls: bytes) -> set[str]:
    """Gives whom the program tried to reach: every address that was connected to, sent to or listened at, every kind of socket."""
    found = {match[1].decode() for match in re.finditer(rb"socket\((AF_\w+)", calls)} - {"AF_UNIX"}
    found |= {match[1].decode() for match in re.finditer(rb"sa_family=AF_(\w+)", calls)} - {"UNIX"}
    return found | {match[1].decode() for match in re.finditer(rb'connect\(.*sun_path=@?"([^"]+)"', calls)}


def _half(path: Path, whole: set[Path]) -> bool:
    """Says whether a file is one of these while it is being written, to be put in its place in one step."""
    return path.suffix == ".new" and any(path.name.startswith(one.stem) for one in whole if one.parent == path.parent)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Watch, Seen]:
    """One whole run."""
    watch = Watch(tmp_path_factory.mktemp("laptop"))
    return watch, watch.run("before the lock")


@pytest.mark.full
def test_a_whole_run_leaves_no_word_outside_the_vault_and_prints_none(run: tuple[Watch, Seen]) -> None:
    watch, seen = run
    before, after = seen.said
    assert before["used"] > 150
    assert after["answers"] >= 40
    assert seen.told == []
    assert after["clipboard"] == ""
    assert seen.complaints == ""
    with Vault.unlock(
        watch.place / "home/.local/share/victim-id/vault", watch.passphrase, now=lambda: datetime.now(UTC)
    ) as vault:
        held = b"".join(vault.cases.read(id_) for id_ in vault.cases.ids())
    assert sum(1 for word in watch.words if word.encode() in held) > 120
    assert all(word.encode() in held for word in SPOKEN)


@pytest.mark.full
def test_a_whole_run_writes_into_the_vault_and_where_it_was_asked_to_and_nowhere_else(run: tuple[Watch, Seen]) -> None:
    watch, seen = run
    home, place = watch.place / "home", watch.place
    kept = {place / "stick", place / "cell", home / ".local" / "share" / "victim-id"}
    single = {home / ".config" / "victim-id" / "preferences.toml", place / "plain" / "1.pdf"}
    above = {folder for path in kept | single for folder in path.parents}

    def allowed(path: Path) -> bool:
        return bool(kept & {path, *path.parents}) or path in single | above or _half(path, single)

    assert {path for path in seen.written if not allowed(path) and path != Path("/dev/null")} == set()
    assert {path for path in place.rglob("*") if path.is_file() and not allowed(path)} == set()
    assert single <= seen.written


@pytest.mark.full
def test_a_whole_run_calls_nobody_but_the_screen(run: tuple[Watch, Seen]) -> None:
    assert all(re.fullmatch(r"/tmp/\.X11-unix/X\d+", name) for name in run[1].called), run[1].called
    assert run[1].called


@pytest.mark.full
@pytest.mark.parametrize(
    "how",
    ["a file that is gone", "another encoding", "a name", "standard error", "another place", "the network", "the clipboard"],
)  # fmt: skip
def test_a_leak_made_on_purpose_is_noticed(tmp_path: Path, how: str) -> None:
    watch = Watch(tmp_path)
    seen = watch.run("leak", how)

    noticed = {
        "another place": watch.place / "elsewhere" in seen.written,
        "the network": "INET" in seen.called,
        "the clipboard": any(str(one.get("clipboard", "")) in watch.words for one in seen.said),
    }
    assert noticed.get(how, bool(seen.told))
    if how in {"another place", "the network"}:
        assert seen.told == []
