"""A vault goes from one version of its tables to the next whole or not at all, whenever the program is killed."""

import contextlib
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.vault.given import PASSPHRASE, Clock, document
from victim_id import errors
from victim_id.vault import Vault, backup, schema

ROOT = Path(__file__).parents[2]
VECTOR = Path(__file__).parents[1] / "vectors" / "vault-1"
CASES = 200
FIRST = schema.MIGRATIONS
NEXT = """
ALTER TABLE cases ADD COLUMN note TEXT;
UPDATE cases SET note = 'from ' || code;
CREATE TABLE moved (n INTEGER PRIMARY KEY REFERENCES cases (n), document BLOB NOT NULL, length INTEGER NOT NULL);
INSERT INTO moved SELECT n, document, length(document) FROM documents;
CREATE TRIGGER moved_is_kept BEFORE DELETE ON moved BEGIN SELECT RAISE(ABORT, 'kept; always'); END;
UPDATE documents SET document = document;
INSERT INTO words (words) VALUES ('rebuild');
CREATE INDEX cases_note ON cases (note)
"""
"""A next version as one may come: another column, every document read and written, a trigger, the index made anew."""
NEWER = """
import sys
from pathlib import Path
from tests.vault.given import PASSPHRASE, Clock
from tests.vault.test_vault_migration import NEXT
from victim_id.vault import Vault, schema

schema.MIGRATIONS += (NEXT,)
print("begins", flush=True)
Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock())
print("opened", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def filled(vault, folder):
    with vault._store.transaction():
        for number in range(CASES):
            vault.cases.put(f"c{number}", document(notes=f"{number} " * 900), deed="answered", words=[f"word{number}"])
    vault.drafts.put("c1", "work.hours", "from six")
    vault.close()
    return folder


def newer_program(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(schema, "MIGRATIONS", (*FIRST, NEXT))


def check_whole(vault: Vault) -> None:
    """Looks whether everything that was saved is there, in whichever version."""
    vault._store.check()
    vault.history.verify()
    assert vault.cases.count() == CASES
    assert [vault.cases.read(f"c{number}") for number in range(CASES)] == [
        document(notes=f"{number} " * 900) for number in range(CASES)
    ]
    assert vault.drafts.of("c1") == {"work.hours": "from six"}
    assert [row.id for row in vault.cases.search("word199")] == ["c199"]


def killed_while_migrating(folder: Path, after: float) -> str:
    """Lets a newer program open the vault, kills it some seconds after it began, and gives what it said last."""
    words = [sys.executable, "-c", NEWER, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, cwd=ROOT, **pipes) as newer:
        assert select.select([newer.stdout], [], [], 60)[0]
        time.sleep(after)
        newer.send_signal(signal.SIGKILL)
        said, complaints = newer.communicate()
    assert complaints == b""
    return said.decode().split()[-1]


@pytest.mark.full
def test_a_vault_whose_migration_is_killed_opens_in_one_of_the_two_versions_with_everything(
    filled, tmp_path, monkeypatch
):
    draw = random.Random(os.urandom(8))
    found = []
    for number in range(16):
        folder = tmp_path / str(number)
        shutil.copytree(filled, folder)
        said = killed_while_migrating(folder, draw.uniform(0, 0.4))
        with contextlib.ExitStack() as closing, monkeypatch.context() as patch:
            try:
                vault = closing.enter_context(Vault.unlock(folder, PASSPHRASE, now=Clock()))
            except errors.Newer:
                newer_program(patch)
                vault = closing.enter_context(Vault.unlock(folder, PASSPHRASE, now=Clock()))
                assert vault._store.value("SELECT count(*) FROM moved") == CASES
            version = vault._store.value("PRAGMA user_version")
            assert said != "opened" or version == len(FIRST) + 1
            assert version == len(FIRST) + vault._store.value(
                "SELECT count(*) FROM sqlite_master WHERE name = 'moved_is_kept'"
            )
            check_whole(vault)
            found.append(version)
        with monkeypatch.context() as patch:
            newer_program(patch)
            with Vault.unlock(folder, PASSPHRASE, now=Clock()) as vault:
                check_whole(vault)
        shutil.rmtree(folder)
    assert len(FIRST) in found


def test_a_vault_of_a_newer_program_is_refused_in_clear_words_and_stays_as_it_is(filled, monkeypatch):
    with monkeypatch.context() as patch:
        newer_program(patch)
        with Vault.unlock(filled, PASSPHRASE, now=Clock()) as vault:
            check_whole(vault)
    before = {path.name: path.read_bytes() for path in filled.iterdir()}

    with pytest.raises(errors.Newer, match="written by a later version of the program"):
        Vault.unlock(filled, PASSPHRASE, now=Clock())

    assert {path.name: path.read_bytes() for path in filled.iterdir()} == before
    with monkeypatch.context() as patch:
        newer_program(patch)
        Vault.unlock(filled, PASSPHRASE, now=Clock()).close()


def test_a_migration_that_finds_no_room_leaves_the_version_before_it_and_everything(filled, tmp_path):
    script = """
    import resource, sys
    from tests.vault.test_vault_migration import *
    schema.MIGRATIONS += (NEXT,)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))  # of what the migration writes
    try:
        Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock())
    except errors.DiskFull:
        print("full")
    """
    words = [sys.executable, "-c", textwrap.dedent(script), filled]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout == "full\n", done.stderr
    with Vault.unlock(filled, PASSPHRASE, now=Clock()) as vault:
        assert vault._store.value("PRAGMA user_version") == len(FIRST)
        check_whole(vault)


@pytest.mark.full
def test_a_backup_of_the_version_before_is_restored_and_goes_on_in_the_next(filled, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    with Vault.unlock(filled, PASSPHRASE, now=Clock()) as vault:
        made = vault.copying.make(tmp_path / "stick")
    newer_program(monkeypatch)

    backup.restore(made, tmp_path / "new")

    with Vault.unlock(tmp_path / "new", PASSPHRASE, now=Clock()) as vault:
        assert vault._store.value("PRAGMA user_version") == len(FIRST) + 1
        check_whole(vault)
        assert backup.check(vault.copying.make(tmp_path / "stick"))
        vault.keyring.rotate()
        check_whole(vault)


def test_the_first_released_vault_goes_on_in_the_next_version(tmp_path, monkeypatch):
    newer_program(monkeypatch)
    shutil.copytree(VECTOR / "vault", tmp_path / "vault")
    told = json.loads((VECTOR / "vector.json").read_text("utf-8"))
    with Vault.unlock(tmp_path / "vault", told["passphrase"], now=Clock()) as vault:
        assert vault._store.value("PRAGMA user_version") == len(FIRST) + 1
        vault._store.check()
        vault.history.verify()
