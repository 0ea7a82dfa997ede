"""Several workers, sheets in a safe, an organisation's key: whoever may come in comes in, and nobody else."""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.given import LIGHT, PASSPHRASE, Clock, document
from victim_id import errors, sealing
from victim_id.vault import Vault, keyfile, sheets
from victim_id.vault.store import Store

ROOT = Path(__file__).parents[2]
EVAS = "another seven words for the second worker"
NEW = "a new passphrase that nobody has used"


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".key", ".bak"}}


# ---- workers


def test_every_worker_comes_in_with_an_own_passphrase_and_sees_the_same_cases(vault, unlock):
    vault.cases.put("c1", document(), deed="answered")
    eva = vault.keyring.add("Eva", EVAS)
    vault.close()

    with unlock(EVAS) as hers:
        assert hers.worker == eva
        assert hers.cases.read("c1") == document()
    with unlock() as anas:
        assert anas.worker.name == "Ana"
        assert [(line.kind, line.worker == eva.id) for line in anas.history.lines(limit=3)] == [
            ("unlocked", False),
            ("read", True),
            ("unlocked", True),
        ]


def test_no_name_of_a_worker_stands_in_any_file(vault, folder):
    vault.keyring.add("Evangelista", EVAS)

    assert not [name for name, content in files(folder).items() if b"vangel" in content]


def test_a_passphrase_that_opens_already_is_not_given_to_a_second_worker(vault, folder):
    before = files(folder)
    with pytest.raises(errors.WrongInput):
        vault.keyring.add("Eva", PASSPHRASE)
    with pytest.raises(errors.WrongInput):
        vault.keyring.add("Eva", "  ")
    with pytest.raises(errors.WrongInput):
        vault.keyring.add(" ", EVAS)

    assert files(folder) == before
    assert [worker.name for worker in vault.workers.all()] == ["Ana"]


def test_a_changed_passphrase_opens_and_the_old_one_does_not(vault, unlock):
    with pytest.raises(errors.WrongPassphrase):
        vault.keyring.change("not mine", NEW)
    vault.keyring.change(PASSPHRASE, NEW)
    vault.close()

    with pytest.raises(errors.WrongPassphrase):
        unlock()
    assert unlock(NEW).worker.name == "Ana"


def test_one_worker_cannot_change_the_passphrase_of_another(vault, unlock):
    vault.keyring.add("Eva", EVAS)

    with pytest.raises(errors.WrongPassphrase):
        vault.keyring.change(EVAS, NEW)
    vault.close()
    assert unlock(EVAS).worker.name == "Eva"


def test_who_was_removed_does_not_come_in_but_stays_in_the_history(vault, unlock, clock):
    eva = vault.keyring.add("Eva", EVAS)
    clock.move(hours=1)
    vault.keyring.remove(eva.id)

    assert [(worker.name, worker.left) for worker in vault.workers.all()] == [
        ("Ana", None),
        ("Eva", "2026-11-21T10:30:00Z"),
    ]
    vault.close()
    with pytest.raises(errors.WrongPassphrase):
        unlock(EVAS)
    assert [way.kind for way in unlock().keyring.ways()] == ["worker"]


def test_nobody_removes_oneself_the_last_one_or_a_stranger(vault):
    for worker in (vault.worker.id, "a stranger"):
        with pytest.raises(errors.WrongInput):
            vault.keyring.remove(worker)


def test_an_old_key_file_put_back_lets_nobody_in_who_was_removed(vault, folder, unlock):
    eva = vault.keyring.add("Eva", EVAS)
    old = files(folder)
    vault.keyring.remove(eva.id)
    vault.close()
    for name, content in old.items():
        (folder / name).write_bytes(content)

    with pytest.raises(errors.Damaged):
        unlock(EVAS)


def test_a_practice_vault_has_no_key_ring(clock):
    with Vault.practice("Ana", now=clock) as practice, pytest.raises(errors.WrongInput):
        practice.keyring.ways()


# ---- sheets


def test_slip_39_gives_the_secrets_of_its_published_vectors():
    from shamir_mnemonic import combine_mnemonics

    alone = "duckling enlarge academic academic agency result length solution fridge kidney coal piece deal husband erode duke ajar critical decision keyboard"
    two = [
        "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed",
        "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft early superior advocate guest smoking",
    ]
    assert combine_mnemonics([alone], b"TREZOR").hex() == "bb54aac4b89dc868ba37d9cc21b2cece"
    assert combine_mnemonics(two, b"TREZOR").hex() == "b43ceb7e57a0ea8766221624d01b0864"


@pytest.mark.parametrize("two", [(0, 1), (0, 2), (1, 2), (2, 0)])
def test_any_two_sheets_give_a_worker_the_way_back(vault, folder, clock, unlock, two):
    vault.cases.put("c1", document(), deed="answered")
    made = vault.keyring.make_sheets()
    vault.close()

    private = sheets.join([made[place] for place in two], keyfile.read(folder)[0])
    with Vault.recover(folder, private, "Ana", NEW, now=clock) as again:
        assert again.worker.id == vault.worker.id
        assert again.cases.read("c1") == document()
        assert "way_given_back" in [line.kind for line in again.history.lines()]
    with pytest.raises(errors.WrongPassphrase):
        unlock()
    assert unlock(NEW).worker.id == vault.worker.id


def test_sheets_let_a_new_worker_in_beside_the_others(vault, folder, clock, unlock):
    made = vault.keyring.make_sheets()
    vault.close()
    Vault.recover(folder, sheets.join(made[:2], keyfile.read(folder)[0]), "Eva", EVAS, now=clock, new=True).close()

    unlock().close()
    assert unlock(EVAS).worker.name == "Eva"


def test_what_is_wrong_with_a_sheet_is_told_apart(vault, folder, tmp_path, clock):
    one, two, _ = vault.keyring.make_sheets()
    with Vault.create(tmp_path / "other", PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT) as other:
        foreign = other.keyring.make_sheets()[0]
    file = keyfile.read(folder)[0]
    words = one.split()
    swapped = " ".join([*words[:10], words[11], words[10], *words[12:]])

    assert sheets.look(one, file) == "whole"
    assert sheets.look(" ".join(word[:4].upper() for word in words), file) == "whole"
    assert sheets.look(" ".join(words[:20]), file) == "unfinished"
    assert sheets.look(one + " academic", file) == "too_long"
    assert sheets.look(one.replace(words[5], "mountebank"), file) == "unknown_word"
    assert sheets.unknown_words(one.replace(words[5], "mountebank")) == [6]
    assert sheets.look(swapped, file) == "mistyped"
    assert sheets.look(foreign, file) == "other_vault"
    assert sheets.look(two, file, [one]) == "whole"
    assert sheets.look(one.upper(), file, [one]) == "same_sheet"
    for typed in ([one], [one, one], [one, foreign], [one, swapped], [one, " ".join(words[:20])]):
        with pytest.raises(errors.WrongInput):
            sheets.join(typed, file)
    assert [sheets.place(sheet) for sheet in vault.keyring.make_sheets()] == [1, 2, 3]


def test_older_sheets_open_nothing_once_new_ones_are_made(vault, folder):
    old = vault.keyring.make_sheets()
    new = vault.keyring.make_sheets()

    file = keyfile.read(folder)[0]
    assert [slot.kind for slot in file.slots] == ["worker", "recovery"]
    assert sheets.look(old[0], file) == "other_vault"
    sheets.join(new[1:], file)


@given(st.binary(min_size=32, max_size=32), st.permutations([0, 1, 2]))
@settings(max_examples=25, deadline=None)
def test_a_sheet_has_33_words_and_any_two_hold_the_whole_key(private, order):
    pair = sealing.pair_of(private)
    made = sheets.split(private, "vault")
    slot = keyfile.make_slot("r", "recovery", "vault", bytes(32), pair, None)
    stretching = keyfile.new_stretching(LIGHT)
    file = keyfile.KeyFile(
        vault="vault", made="", database="vault-00000000.db", generation=1, stretching=stretching, slots=(slot,)
    )

    assert {len(sheet.split()) for sheet in made} == {sheets.WORDS}
    assert sheets.join([made[place] for place in order[:2]], file) == private


@given(st.text(alphabet=st.sampled_from("abcdeé 王\n\t0"), max_size=300))
@settings(max_examples=60, deadline=None)
def test_anything_may_be_typed_as_a_sheet(typed):
    stretching = keyfile.new_stretching(LIGHT)
    file = keyfile.KeyFile(
        vault="vault", made="", database="vault-00000000.db", generation=1, stretching=stretching, slots=()
    )
    with pytest.raises(errors.WrongInput):
        sheets.join([typed, typed], file)


def test_a_rehearsal_is_written_down_with_its_date_until_new_sheets_are_made(vault, clock):
    made = vault.keyring.make_sheets()
    assert vault.keyring.rehearsed() is None
    clock.move(days=1)
    with pytest.raises(errors.WrongInput):
        vault.keyring.rehearse([made[0], made[0]])
    assert vault.keyring.rehearsed() is None

    assert vault.keyring.rehearse(made[:2]) == "2026-11-22T09:30:00Z"

    assert vault.keyring.rehearsed() == "2026-11-22T09:30:00Z"
    vault.keyring.make_sheets()
    assert vault.keyring.rehearsed() is None


def test_the_organisation_comes_in_with_its_own_key(vault, folder, clock, unlock):
    pair = sealing.make_pair()
    vault.keyring.set_organisation(pair.public)
    vault.close()

    with pytest.raises(errors.NotForYou):
        Vault.recover(folder, sealing.make_pair().private, "Eva", EVAS, now=clock)
    Vault.recover(folder, pair.private, "Eva", EVAS, now=clock, new=True).close()
    assert unlock(EVAS).worker.name == "Eva"


# ---- a new vault key


def test_a_renewed_vault_is_the_same_for_those_in_it_and_closed_to_an_old_key(vault, folder, unlock, clock):
    vault.cases.put("c1", document(notes="beds"), deed="answered", words=["beds behind the kitchen"])
    eva = vault.keyring.add("Eva", EVAS)
    made = vault.keyring.make_sheets()
    old_files, old_key = files(folder), vault.keyring.opened.vault_key
    [old] = folder.glob("vault-*.db")
    vault.keyring.remove(eva.id)
    told: list[tuple[int, int]] = []

    vault.keyring.rotate(lambda done, of: told.append((done, of)))

    assert told
    assert told[-1][0] == told[-1][1]
    assert not old.exists()
    assert [row.id for row in vault.cases.window()] == ["c1"]
    assert [row.id for row in vault.cases.search("behind")] == ["c1"]
    vault.cases.put("c2", document(), deed="answered")
    [new] = folder.glob("vault-*.db")
    vault.close()
    with pytest.raises(errors.Damaged):
        Store(new, old_key)
    with pytest.raises(errors.WrongPassphrase):
        unlock(EVAS)
    again = unlock()
    assert [row.id for row in again.cases.search("behind")] == ["c1"]
    assert again.cases.count() == 2
    again.history.verify()
    again._store.check()
    again.close()
    Vault.recover(folder, sheets.join(made[1:], keyfile.read(folder)[0]), "Ana", NEW, now=clock).close()
    for name, content in old_files.items():
        (folder / name).write_bytes(content)
    with pytest.raises(errors.Damaged):
        unlock()


def test_a_renewal_that_is_stopped_changes_nothing(vault, folder, unlock):
    for number in range(5):
        vault.cases.put(f"c{number}", document(notes="x" * 3000), deed="answered")
    before = {**files(folder), "names": sorted(path.name for path in folder.iterdir())}

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        vault.keyring.rotate(stop)

    assert {**files(folder), "names": sorted(path.name for path in folder.iterdir())} == before
    vault.cases.put("after", document(), deed="answered")
    vault.close()
    assert unlock().cases.count() == 6


def test_what_a_killed_renewal_left_is_swept_away_at_the_next_unlock(vault, folder, unlock):
    vault.close()
    for name in ("vault-00c0ffee.db", "vault-00c0ffee.db-wal", "vault.key.abc.new"):
        (folder / name).write_bytes(b"half")
    (folder / "notes.txt").write_bytes(b"not ours")

    unlock().close()

    assert not list(folder.glob("*c0ffee*"))
    assert sorted(path.name for path in folder.iterdir() if path.suffix != ".db") == [
        "notes.txt",
        "vault.key",
        "vault.key.bak",
        "vault.lock",
    ]


RENEWER = """
import sys
from pathlib import Path
from tests.vault.given import PASSPHRASE, Clock, document
from victim_id.vault import Vault

vault = Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock())
for number in range(10**6):
    vault.cases.put("c", document(number=number), deed="answered")
    print(number, flush=True)
    vault.keyring.rotate()
    if number % 2:
        vault.keyring.change(PASSPHRASE, "for a moment")
        vault.keyring.change("for a moment", PASSPHRASE)
"""


@pytest.mark.full
def test_a_vault_killed_while_its_key_is_renewed_opens_with_all_it_had(vault, folder):
    with vault._store.transaction():
        for number in range(300):
            vault.cases.put(f"c{number}", document(notes="x" * 4000), deed="answered")
    vault.close()
    draw = random.Random(os.urandom(8))
    for _ in range(6):
        words = [sys.executable, "-c", RENEWER, str(folder)]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
            assert program.stdout is not None
            assert select.select([program.stdout], [], [], 60)[0]
            time.sleep(draw.uniform(0.0, 0.5))
            program.send_signal(signal.SIGKILL)
            reported, complaints = program.communicate()
        assert complaints == b""
        last = int(reported.decode().rpartition("\n")[0].splitlines()[-1])
        try:
            again = Vault.unlock(folder, PASSPHRASE, now=Clock())
        except errors.WrongPassphrase:
            again = Vault.unlock(folder, "for a moment", now=Clock())
            again.keyring.change("for a moment", PASSPHRASE)
        with again:
            again._store.check()
            again.history.verify()
            assert json.loads(again.cases.read("c"))["number"] in {last, last + 1}
            assert again.cases.count() == 301
        assert len(list(folder.glob("vault-*.db"))) == 1


@pytest.mark.parametrize("deed", ["rotate", "change"])
def test_a_change_of_keys_whose_last_step_fails_loses_nothing_that_is_saved_afterwards(vault, folder, deed):
    """A full disk may refuse what comes after the key file was written: from then on the new key file holds."""
    vault.cases.put("c1", document(), deed="answered")
    with vault._store.transaction():
        vault._store.run("CREATE TRIGGER no_room BEFORE DELETE ON slot_lists BEGIN SELECT RAISE(ABORT, 'no room'); END")
    deeds = {"rotate": vault.keyring.rotate, "change": lambda: vault.keyring.change(PASSPHRASE, "another way in")}
    with pytest.raises(Exception, match="no room"):
        deeds[deed]()
    passphrase = PASSPHRASE if deed == "rotate" else "another way in"
    with vault._store.transaction():
        vault._store.run("DROP TRIGGER no_room")
    vault.cases.put("c2", document(), deed="answered")
    vault.keyring.change(passphrase, "the newest passphrase")
    vault.close()
    with Vault.unlock(folder, "the newest passphrase", now=Clock()) as again:
        assert again.cases.ids() == ["c1", "c2"]
        again.history.verify()
