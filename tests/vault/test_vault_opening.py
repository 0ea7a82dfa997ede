"""A vault is made, opened, held by one program, and says which kind of trouble it meets."""

import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.vault.given import LIGHT, PASSPHRASE, document
from victim_id import errors
from victim_id.sealing import Effort
from victim_id.vault import Vault
from victim_id.vault.schema import MIGRATIONS
from victim_id.vault.store import Store

ROOT = Path(__file__).parents[2]


def program(script: str, *arguments: object, **options) -> subprocess.CompletedProcess[str]:
    """Runs a script as another program that knows the test vault."""
    head = "import sys\nfrom pathlib import Path\nfrom tests.vault.given import *\nfrom victim_id import errors\nfrom victim_id.vault import *\n"
    words = [sys.executable, "-c", head + textwrap.dedent(script), *map(str, arguments)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, **options)


def test_a_real_vault_is_never_made_with_less_than_the_floor(folder, clock):
    for weak in (Effort(64 * 1024 - 1, 3, 4), Effort(64 * 1024, 2, 4), Effort(64 * 1024, 3, 3)):
        with pytest.raises(errors.WrongInput):
            Vault.create(folder, PASSPHRASE, "Ana", now=clock, effort=weak)
    assert not folder.exists()


def test_a_vault_made_without_choosing_reaches_the_floor(folder, clock):
    Vault.create(folder, PASSPHRASE, "Ana", now=clock).close()

    from victim_id.vault import keyfile

    assert keyfile.read(folder)[0].stretching.effort.reaches(Effort.floor())
    with Vault.unlock(folder, PASSPHRASE, now=clock) as opened:
        assert opened.kind == "real"


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_passphrase_makes_no_vault(folder, clock, empty):
    with pytest.raises(errors.WrongInput):
        Vault.create(folder, empty, "Ana", now=clock, effort=LIGHT, floor=LIGHT)


def test_what_was_saved_is_there_after_unlocking(vault, unlock):
    vault.cases.put("c1", document(notes="beds behind the kitchen"), deed="answered")
    vault.drafts.put("c1", "work.hours", "from six in the mor")
    vault.close()

    again = unlock()

    assert again.cases.read("c1") == document(notes="beds behind the kitchen")
    assert again.drafts.of("c1") == {"work.hours": "from six in the mor"}


def test_a_vault_is_not_made_over_another(vault, folder, clock):
    vault.close()
    before = (folder / "vault.key").read_bytes()

    with pytest.raises(errors.WrongInput):
        Vault.create(folder, "another passphrase", "Eva", now=clock, effort=LIGHT, floor=LIGHT)
    assert (folder / "vault.key").read_bytes() == before


def test_an_empty_folder_holds_no_vault(folder, unlock):
    folder.mkdir()
    with pytest.raises(errors.WrongInput):
        unlock()
    assert list(folder.iterdir()) == []


def test_only_the_owner_can_read_the_folder_and_every_file_whatever_the_umask(folder, clock):
    before = os.umask(0o022)
    try:
        with Vault.create(folder, PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT) as made:
            made.cases.put("c1", document(), deed="answered")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(before)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert any(name.endswith("-wal") for name in modes)


def test_two_programs_do_not_open_one_vault(vault, folder, unlock, clock):
    with pytest.raises(errors.InUse):
        unlock()

    done = program(
        """
        try:
            Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock())
        except errors.InUse:
            print("in use")
        """,
        folder,
    )
    assert done.stdout == "in use\n", done.stderr
    vault.close()
    assert unlock().worker.name == "Ana"


def test_a_program_that_died_does_not_leave_the_vault_locked(vault, folder, unlock):
    vault.close()
    done = program(
        """
        import os, signal
        vault = Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock())
        vault.cases.put("c1", document(), deed="answered")
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        folder,
    )

    assert done.returncode == -9, done.stderr
    assert unlock().cases.read("c1") == document()


def test_a_failed_unlock_lets_go_of_the_vault(vault, unlock):
    vault.close()
    for _ in range(2):
        with pytest.raises(errors.WrongPassphrase):
            unlock("wrong")
    unlock()


def test_a_missing_database_is_damage_and_no_empty_one_takes_its_place(vault, folder, unlock):
    vault.close()
    [database] = folder.glob("vault-*.db")
    database.rename(folder / "elsewhere")

    with pytest.raises(errors.Damaged):
        unlock()
    assert not database.exists()


@pytest.mark.parametrize("place", [0, 20, 5000])
def test_a_changed_database_is_damage(vault, folder, unlock, place):
    for number in range(5):
        vault.cases.put(f"c{number}", document(notes="x" * 3000), deed="answered")
    vault.close()
    [database] = folder.glob("vault-*.db")
    content = bytearray(database.read_bytes())
    content[place] ^= 1
    database.write_bytes(content)

    with pytest.raises(errors.Damaged):
        unlock()._store.check()


def test_a_database_of_a_later_program_is_newer_and_untouched(tmp_path):
    path, key = tmp_path / "x.db", b"k" * 32
    path.touch()
    Store(path, key, (*MIGRATIONS, "CREATE TABLE later (a)")).close()
    before = path.read_bytes()

    with pytest.raises(errors.Newer):
        Store(path, key)
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_the_version_before_it(tmp_path):
    path, key = tmp_path / "x.db", b"k" * 32
    path.touch()
    Store(path, key).close()
    broken = (*MIGRATIONS, "CREATE TABLE half (a); INSERT INTO no_such_table VALUES (1)")
    with pytest.raises(Exception, match="no_such_table"):
        Store(path, key, broken)

    store = Store(path, key)
    assert store.value("PRAGMA user_version") == len(MIGRATIONS)
    assert store.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0
    store.close()


def test_the_store_is_hardened_as_promised(vault):
    found = {
        name: vault._store.value(f"PRAGMA {name}")
        for name in (
            "journal_mode",
            "synchronous",
            "temp_store",
            "foreign_keys",
            "trusted_schema",
            "secure_delete",
            "cell_size_check",
            "cipher_memory_security",
        )
    }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "cell_size_check": 1,
        "cipher_memory_security": "1",
    }


def test_a_wrong_key_prints_nothing(vault, folder, capfd):
    vault.close()
    [database] = folder.glob("vault-*.db")

    with pytest.raises(errors.Damaged):
        Store(database, b"w" * 32)
    assert capfd.readouterr() == ("", "")


def test_a_practice_vault_is_in_memory_and_takes_no_real_case(clock, tmp_path):
    with Vault.practice("Ana", now=clock) as practice:
        assert practice.kind == "practice"
        practice.cases.put("c1", document(kind="practice"), deed="answered")
        assert practice.cases.read("c1") == document(kind="practice")
        with pytest.raises(errors.WrongInput):
            practice.cases.put("c2", document(kind="real"), deed="answered")
        assert practice.cases.count() == 1
    assert list(tmp_path.iterdir()) == []


def test_a_real_vault_takes_no_training_case(vault):
    with pytest.raises(errors.WrongInput):
        vault.cases.put("c1", document(kind="practice"), deed="answered")
    assert vault.cases.count() == 0


def test_no_word_of_anybody_is_in_any_file_or_in_what_is_printed(vault, folder, clock, capfd, tmp_path, monkeypatch):
    words = ["Zwanenburgwal", "Qamishlokey", "Ørsted-Kanarie", "ካናሪዎርድ", "金絲雀詞語"]
    spaced = " ".join(words)
    vault.workers.rename(vault.worker.id, spaced)
    vault.cases.put("c1", document(place=spaced, notes=spaced), deed="answered", words=words, body={"own": spaced})
    vault.drafts.put("c1", "work.hours", spaced)
    vault.settings.put("organisation", spaced)
    vault.cards.put("card", "recipient", spaced.encode())
    vault.editions.put("edition", "2026.1", "f" * 64, spaced.encode())
    vault.packages.put("p1", "in", spaced)
    vault._store.rows("SELECT DISTINCT document FROM documents ORDER BY document")
    secrets = [
        *(form for word in words for form in (word.encode(), word.encode("utf-16-le"), word.casefold().encode())),
        PASSPHRASE.encode(),
        vault.cards.keys()[0].identity.secret.encode(),
        vault.cards.keys()[0].signing.secret,
        b'"state"',
        b"CREATE TABLE",
    ]

    for look in ("while open", "after closing"):
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) >= (5 if look == "while open" else 4)
        for path in files:
            content = path.read_bytes()
            assert not [secret for secret in secrets if secret in content], (look, path.name)
        vault.close()
    assert capfd.readouterr() == ("", "")
    assert spaced not in repr(vault) + repr(vault.worker) + repr(vault.cases) + repr(vault.history.__dict__)


def test_a_thing_of_the_wrong_shape_is_named_without_its_content(vault):
    with pytest.raises(errors.WrongInput) as caught:
        vault.cases.put("c1", b'{"code":"7K3-9QD","state":"canary-state"}', deed="answered")

    assert "canary" not in str(caught.value)


def test_a_vault_is_not_made_among_other_files_and_their_folder_stays_as_it_was(tmp_path, clock):
    papers = tmp_path / "papers"
    papers.mkdir()
    papers.chmod(0o755)
    (papers / "letter.txt").write_text("x")
    with pytest.raises(errors.WrongInput, match="not empty"):
        Vault.create(papers, PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT)
    assert papers.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in papers.iterdir()] == ["letter.txt"]


def test_what_a_killed_making_left_is_no_hindrance(folder, clock):
    folder.mkdir()
    for name in ("vault.lock", "vault-0a1b2c3d.db", "vault-0a1b2c3d.db-wal", "vault.key.x1.new"):
        (folder / name).write_bytes(b"")
    Vault.create(folder, PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT).close()
    with Vault.unlock(folder, PASSPHRASE, now=clock) as vault:
        assert vault.cases.count() == 0
    assert not (folder / "vault-0a1b2c3d.db").exists()


def test_a_database_that_lost_every_byte_is_damaged_and_stays_empty(vault, folder, unlock):
    vault.close()
    (database,) = folder.glob("vault-*.db")
    database.write_bytes(b"")
    with pytest.raises(errors.Damaged, match=rf"{database.name}: is empty"):
        unlock()
    assert database.read_bytes() == b""
