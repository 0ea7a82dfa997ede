"""The organisation's own key on the command line: made there, given to a vault, used when nobody can come in."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.vault.given import LIGHT, PASSPHRASE, Clock, document
from victim_id import errors, sealing
from victim_id.vault import Vault, organisation_key

ROOT = Path(__file__).resolve().parent.parent
KEYS = "a passphrase that only the organisation keeps"
NEW = "quite another long phrase here"
ENTRY = "another seven words for the second worker"


@pytest.fixture
def run(tmp_path):
    """Runs an organisation-key command with passphrases on standard input; gives status, lines and complaints."""

    def run_it(*words, typed=()):
        deed = ["organisation-key", words[0], *words[1:], "--passphrase-stdin"]
        where = [] if words[0] == "make" else ["--vault", str(tmp_path / "vault")]
        done = subprocess.run(
            [sys.executable, "-m", "victim_id", *deed, *where],
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
            check=False,
        )
        return done.returncode, done.stdout.splitlines(), done.stderr

    return run_it


@pytest.fixture
def vault(tmp_path):
    with Vault.create(tmp_path / "vault", PASSPHRASE, "Ana", now=Clock(), effort=LIGHT, floor=LIGHT) as made:
        made.cases.put("c1", document(), deed="begun")
        made.cases.limit("c1", [made.worker.id])
    return tmp_path / "vault"


def test_a_key_that_was_made_and_given_lets_who_lost_a_passphrase_back_to_a_limited_case(run, vault, tmp_path):
    key = tmp_path / "office.age"
    status, lines, _ = run("make", str(key), typed=[KEYS])
    assert (status, lines[:2]) == (0, ["office.age", "office.age.pub"])
    assert run("show", typed=[PASSPHRASE])[1] == ["no key of an organisation opens this vault"]
    status, given, asked = run("give", f"{key}.pub", typed=[PASSPHRASE])
    assert (status, given) == (0, lines[2:])
    assert "by voice" in asked
    assert run("show", typed=[PASSPHRASE])[1] == lines[2:]
    assert run("recover", str(key), typed=[KEYS])[1] == ["Ana"]

    status, _, wrong = run("recover", str(key), "--worker", "ana", typed=[KEYS, NEW])
    assert status == errors.WrongInput.exit_status
    assert "nobody" in wrong
    assert run("recover", str(key), "--new", "ana", typed=[KEYS, NEW])[0] == errors.WrongInput.exit_status
    assert run("recover", str(key), "--worker", "Ana", typed=[KEYS, NEW])[0] == 0
    assert run("recover", str(key), "--new", "Eva", typed=[KEYS, ENTRY])[0] == 0

    with pytest.raises(errors.WrongPassphrase):
        Vault.unlock(vault, PASSPHRASE, now=Clock())
    with Vault.unlock(vault, NEW, now=Clock()) as anas:
        assert anas.cases.read("c1") == document()
    with Vault.unlock(vault, ENTRY, now=Clock()) as evas, pytest.raises(errors.NotForYou):
        evas.cases.read("c1")


@pytest.mark.full
def test_a_key_that_was_removed_opens_nothing(run, vault, tmp_path):
    key = tmp_path / "office.age"
    run("make", str(key), typed=[KEYS])
    run("give", f"{key}.pub", typed=[PASSPHRASE])

    assert run("remove", typed=[PASSPHRASE])[0] == 0

    assert run("recover", str(key), "--worker", "Ana", typed=[KEYS, NEW])[0] == errors.NotForYou.exit_status
    assert run("remove", typed=[PASSPHRASE])[0] == errors.WrongInput.exit_status
    Vault.unlock(vault, PASSPHRASE, now=Clock()).close()


def test_a_weak_or_wrong_passphrase_and_files_that_are_there_are_refused(run, vault, tmp_path):
    key = tmp_path / "office.age"
    assert run("make", str(key), typed=["password"])[0] == errors.WrongInput.exit_status
    assert not key.exists()
    run("make", str(key), typed=[KEYS])
    before = key.read_bytes()
    assert run("make", str(key), typed=[KEYS])[0] == errors.WrongInput.exit_status
    assert key.read_bytes() == before
    run("give", f"{key}.pub", typed=[PASSPHRASE])
    assert run("recover", str(key), typed=["wrong"])[0] == errors.WrongPassphrase.exit_status
    assert run("give", str(key), typed=[PASSPHRASE])[0] == errors.WrongInput.exit_status


@pytest.mark.full
def test_the_files_are_those_of_age_and_hold_the_same_pair():
    sealed, public = organisation_key.make(KEYS, "2026-11-21T20:00:00Z")
    private = organisation_key.private(sealed, KEYS, "key")
    unsealed = sealing.open_with_passphrase(sealed, KEYS)
    assert organisation_key.private(unsealed, "", "key") == private
    raw = organisation_key.public(public.decode(), "key")
    assert sealing.pair_of(private).public == raw
    line = public.decode().splitlines()[1]
    assert organisation_key.public(f" {line[:20]} {line[20:]} ", "key") == raw
    assert organisation_key.public(line.upper(), "key") == raw
    for wrong in ("", line[:-1], line.replace(line[9], "q" if line[9] != "q" else "p", 1), f"{line}\n{line}"):
        with pytest.raises(errors.WrongInput):
            organisation_key.public(wrong, "key")
    number = organisation_key.number(raw)
    assert [len(group) for group in number.split()] == [5] * 6
