"""A backup counts when it was opened and looked through; it comes back on another machine; half of one is refused."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vault.given import LIGHT, PASSPHRASE, Clock, document
from tests.vault.pages import found
from tests.vault.test_vault_endures import small_disk
from victim_id import errors
from victim_id.vault import Vault, backup

ROOT = Path(__file__).parents[2]


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """The folder of a vault in use, made once."""
    folder = tmp_path_factory.mktemp("used") / "vault"
    with Vault.create(folder, PASSPHRASE, "Ana", now=Clock(), effort=LIGHT, floor=LIGHT) as vault:
        with vault.together():
            for number in range(200):
                vault.cases.put(f"c{number}", document(notes="x" * 3000), deed="answered", words=["kitchen"])
        vault.drafts.put("c1", "work.hours", "from six")
    return folder


@pytest.fixture
def used(once, folder, unlock):
    shutil.copytree(once, folder)
    return unlock()


def test_a_backup_opens_on_another_machine_with_all_that_was_saved(used, stick, tmp_path, clock, unlock):
    made = used.copying.make(stick)
    label = backup.read(made)
    assert (label.cases, label.lines, label.history.seq) == (200, used.history.head().seq - 1, label.lines)
    assert sorted(path.name for path in made.iterdir()) == sorted(
        ["backup.json", "vault.key", "vault.key.bak", label.database]
    )
    used.close()

    assert backup.restore(made, tmp_path / "new" / "vault") == label

    with Vault.unlock(tmp_path / "new" / "vault", PASSPHRASE, now=clock) as again:
        assert again.cases.count() == 200
        assert again.drafts.of("c1") == {"work.hours": "from six"}
        assert len(again.cases.search("kitch", limit=500)) == 200
        again.history.verify(label.history)
        again.cases.put("after", document(), deed="answered")
    unlock().history.verify(label.history)


def test_backup_json_tells_nothing_but_counts(used, stick):
    made = used.copying.make(stick)

    content = (made / "backup.json").read_bytes()
    assert content.startswith(b'{"victim_id_backup":1,')
    assert set(json.loads(content)) == {
        "victim_id_backup", "id", "vault", "made", "cases", "lines", "history", "database", "bytes", "sha256",
    }  # fmt: skip
    assert "victim" not in made.name
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}
    assert made.stat().st_mode & 0o777 == 0o700


def test_older_backups_roll_away_and_those_of_another_vault_stay(used, stick, clock):
    (stick / "holiday.jpg").write_bytes(b"x")
    shutil.copytree(used.copying.make(stick), stick / "vault-of-another")
    foreign = stick / "vault-of-another" / "backup.json"
    foreign.write_bytes(foreign.read_bytes().replace(used.id.encode(), b"00000000-0000-4000-8000-000000000000"))
    for _ in range(4):
        clock.move(days=1)
        used.copying.make(stick, keep=2)

    kept = backup.find(stick, used.id)
    assert [label.made for _, label in kept] == ["2026-11-24T09:30:00Z", "2026-11-25T09:30:00Z"]
    assert {path.name for path in stick.iterdir()} == {
        "holiday.jpg",
        "vault-of-another",
        *(path.name for path, _ in kept),
    }
    assert {one.place for one in used.backups.all()} == {str(path) for path, _ in kept}


def test_a_backup_that_is_stopped_leaves_nothing(used, stick):
    with pytest.raises(backup.Stopped):
        used.copying.make(stick, stopped=lambda: True)

    assert list(stick.iterdir()) == []
    assert used.backups.all() == []
    used.cases.put("after", document(), deed="answered")


def test_a_backup_onto_a_full_stick_leaves_nothing_and_the_vault_goes_on(used):
    with small_disk(1) as disk:
        if disk is None:
            return
        with pytest.raises(errors.DiskFull):
            used.copying.make(disk)
        assert list(disk.iterdir()) == []
    used.cases.put("after", document(), deed="answered")
    assert used.backups.all() == []


def test_a_place_that_is_gone_is_told(used, stick):
    stick.rmdir()
    with pytest.raises(errors.WrongInput):
        used.copying.make(stick)


def test_a_stick_that_is_pulled_out_is_told_and_the_vault_goes_on(used, stick):
    def pull(_done: int, _of: int) -> None:
        shutil.rmtree(stick, ignore_errors=True)

    with pytest.raises(errors.Machine, match="no longer there"):
        used.copying.make(stick, progress=pull)
    assert used.backups.all() == []
    used.cases.put("after", document(), deed="answered")


def test_a_file_system_that_is_pulled_out_is_told_and_the_vault_goes_on(used, stick):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", stick], check=False, capture_output=True
    )
    if mounted.returncode:
        return  # the same without a file system of its own is tested above

    def pull(_done: int, _of: int) -> None:
        subprocess.run(["umount", "-l", stick], check=False, capture_output=True)

    with pytest.raises(errors.Machine):
        used.copying.make(stick, progress=pull)
    assert list(stick.iterdir()) == []
    used.cases.put("after", document(), deed="answered")


def broken(made: Path, how: str) -> None:
    label = backup.read(made)
    database = made / label.database
    if how == "no label":
        (made / "backup.json").unlink()
    elif how == "half label":
        (made / "backup.json").write_bytes((made / "backup.json").read_bytes()[:-9])
    elif how == "no database":
        database.unlink()
    elif how == "half database":
        database.write_bytes(database.read_bytes()[:-4096])
    elif how == "one bit":
        content = bytearray(database.read_bytes())
        content[9000] ^= 1
        database.write_bytes(content)
    elif how == "no key files":
        (made / "vault.key").unlink()
        (made / "vault.key.bak").unlink()
    elif how == "another database":
        content = json.loads((made / "backup.json").read_bytes())
        content["database"] = "../../etc/passwd"
        (made / "backup.json").write_bytes(json.dumps(content).encode())


@pytest.mark.parametrize(
    "how", ["no label", "half label", "no database", "half database", "one bit", "no key files", "another database"]
)
def test_an_incomplete_backup_is_refused_and_nothing_is_made_of_it(used, stick, tmp_path, how):
    made = used.copying.make(stick)
    broken(made, how)

    with pytest.raises(errors.CannotOpen):
        backup.restore(made, tmp_path / "new")
    assert not Vault.is_in(tmp_path / "new")


def test_an_unfinished_backup_is_refused(used, stick, tmp_path):
    made = used.copying.make(stick)
    half = made.rename(made.with_name(made.name + ".unfinished"))

    with pytest.raises(errors.Damaged):
        backup.restore(half, tmp_path / "new")
    assert backup.find(stick, used.id) == []


def test_a_backup_is_not_restored_over_anything(used, stick, folder, tmp_path):
    made = used.copying.make(stick)
    with pytest.raises(errors.WrongInput):
        backup.restore(made, folder)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_bytes(b"x")
    with pytest.raises(errors.WrongInput):
        backup.restore(made, tmp_path / "mine")


def test_a_restore_that_finds_no_room_leaves_no_vault(used):
    place = Path(tempfile.mkdtemp(prefix="stick-"))
    try:
        made = used.copying.make(place)
        with small_disk(1) as disk:
            if disk is None:
                return
            with pytest.raises(errors.DiskFull):
                backup.restore(made, disk / "vault")
            assert not Vault.is_in(disk / "vault")
            assert not list((disk / "vault").glob("*.db"))
    finally:
        shutil.rmtree(place)


def test_a_backup_is_due_when_there_is_something_new_and_a_week_has_gone(used, stick, clock):
    week = timedelta(days=7)
    assert used.copying.due(clock(), week)
    used.copying.make(stick)
    clock.move(days=8)
    assert not used.copying.due(clock(), week)
    used.cases.read("c1")
    assert not used.copying.due(clock(), week)
    used.cases.put("c1", document(), deed="answered")
    assert used.copying.due(clock(), week)
    clock.move(days=-4)
    assert not used.copying.due(clock(), week)


def test_a_backup_made_after_an_erasure_does_not_hold_the_words_and_older_ones_are_told(used, stick, clock):
    used.cases.put("secret", document(place="Zwanenburgwal"), deed="answered", words=["Zwanenburgwal"])
    before = used.copying.make(stick)
    key = used.keyring.opened.vault_key
    assert found(before, key, ["Zwanenburgwal"])
    clock.move(minutes=1)

    told = used.erasure.erase(["secret"], "asked for")
    after = used.copying.make(stick)

    assert [one.place for one in told] == [str(before)]
    assert found(after, key, ["Zwanenburgwal"]) == {}
    used.copying.make(stick, keep=1)
    assert used.erasure.kept_in_backups(["secret"]) == []


def test_a_limited_case_stays_limited_in_a_backup(used, stick, tmp_path, clock):
    used.keyring.add("Eva", "another seven words for the second worker")
    used.cases.limit("c1", [used.worker.id])
    backup.restore(used.copying.make(stick), tmp_path / "new")

    with (
        Vault.unlock(tmp_path / "new", "another seven words for the second worker", now=clock) as hers,
        pytest.raises(errors.NotForYou),
    ):
        hers.cases.read("c1")


def test_a_backup_of_a_renewed_vault_opens_and_so_does_one_from_before(used, stick, tmp_path, clock):
    old = used.copying.make(stick)
    used.keyring.rotate()
    new = used.copying.make(stick)

    for number, made in enumerate((old, new)):
        backup.restore(made, tmp_path / str(number))
        Vault.unlock(tmp_path / str(number), PASSPHRASE, now=clock).close()


def test_a_backup_just_made_is_never_the_one_that_rolls_away_whatever_the_clocks_said(used, stick, clock):
    clock.move(days=4000)
    ahead = [used.copying.make(stick) for _ in range(3)]
    clock.move(days=-4000)
    for _ in range(3):
        made = used.copying.make(stick)
        assert backup.check(made).history.seq == used.history.head().seq - 1
    assert not any(path.exists() for path in ahead)
    assert len(backup.find(stick, used.id)) == 3


def test_labels_laid_onto_the_stick_do_not_drive_a_new_backup_away(used, stick):
    first = used.copying.make(stick)
    for number in range(5):
        forged = stick / f"vault-29990101-000000-{number}"
        forged.mkdir()
        text = (first / "backup.json").read_text().replace('"made":"2026', '"made":"2999').replace('"seq":', '"seq":9')
        (forged / "backup.json").write_text(text)
    made = used.copying.make(stick)
    assert backup.check(made)


def test_a_backup_is_due_again_after_the_clock_was_ahead(used, stick, clock):
    clock.move(days=4000)
    used.copying.make(stick)
    clock.move(days=-4000)
    assert not used.copying.due(clock(), timedelta(days=7))
    used.cases.put("c1", document(notes="new"), deed="answered")
    assert used.copying.due(clock(), timedelta(days=7))
    used.copying.make(stick)
    assert not used.copying.due(clock(), timedelta(days=7))
    used.cases.put("c1", document(notes="newer"), deed="answered")
    assert not used.copying.due(clock() + timedelta(days=6), timedelta(days=7))
    assert used.copying.due(clock() + timedelta(days=8), timedelta(days=7))


KEEPER = """
import os, signal, sys
from pathlib import Path
from tests.vault.given import PASSPHRASE, Clock
from victim_id.vault import Vault

vault, stick, step = Vault.unlock(Path(sys.argv[1]), PASSPHRASE, now=Clock()), Path(sys.argv[2]), sys.argv[3]


def end(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def looked(frame, *_):
    if frame.f_code.co_name == step and frame.f_code.co_filename.endswith("backup.py"):
        end()


sys.setprofile(looked)
vault.copying.make(stick, progress=end if step == "copying" else lambda done, of: None)
"""


def killed_while_backing_up(folder: Path, stick: Path, step: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KEEPER, folder, stick, step], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (-9, b"")


def test_what_a_killed_backup_left_is_swept_at_the_next_unlock_and_nothing_else_is(used, folder, stick, unlock):
    (stick / "vault-20200101-000000-abcd.unfinished").mkdir()
    (stick / "vault-20200101-000000-abcd.unfinished" / "vault-00000000.db").write_bytes(b"of another vault")
    (stick / "holiday.jpg").write_bytes(b"x")
    before = sorted(stick.rglob("*"))
    used.close()
    for step in ("copying", "_looked_through", "_sha256"):
        killed_while_backing_up(folder, stick, step)
        assert len(list(stick.glob("*.unfinished"))) == 2

        unlock().close()

        assert sorted(stick.rglob("*")) == before


def test_what_a_killed_backup_left_on_a_stick_that_is_away_is_swept_when_it_is_back(
    used, folder, stick, unlock, tmp_path
):
    used.close()
    killed_while_backing_up(folder, stick, "copying")
    stick.rename(tmp_path / "away")
    stick.mkdir()
    unlock().close()
    stick.rmdir()
    (tmp_path / "away").rename(stick)

    made = unlock().copying.make(stick)

    assert list(stick.iterdir()) == [made]


def test_a_backup_that_was_killed_when_it_was_whole_is_one(used, folder, stick, unlock):
    used.close()
    killed_while_backing_up(folder, stick, "_made")

    again = unlock()

    [made] = stick.iterdir()
    assert [one.place for one in again.backups.all()] == [str(made)]
    assert [line.kind for line in again.history.lines(limit=2)] == ["backed_up", "unlocked"]
    again.close()
    assert [one.place for one in unlock().backups.all()] == [str(made)]


def test_nothing_of_somebody_else_goes_with_an_unfinished_backup(used, folder, stick, unlock, tmp_path):
    used.close()
    killed_while_backing_up(folder, stick, "copying")
    [left] = stick.iterdir()
    (left / "letter.txt").write_bytes(b"mine")

    unlock().close()
    assert [path.name for path in left.iterdir()] == ["letter.txt"]

    shutil.rmtree(left)
    left.symlink_to(folder)
    before = sorted(path.name for path in folder.iterdir())
    unlock().close()
    assert sorted(path.name for path in folder.iterdir()) == before
    assert left.is_symlink()


def test_a_place_that_stays_away_is_not_noted_for_ever(used, stick, clock):
    for number in range(20):
        with pytest.raises(errors.Machine):
            used.copying.make(stick, progress=lambda _done, _of: shutil.rmtree(stick, ignore_errors=True))
        stick.mkdir()
        clock.move(minutes=number)
    assert used._store.value("SELECT count(*) FROM unfinished") <= 9


RESTORER = """
import os, signal, sys
from pathlib import Path
from victim_id.vault import backup

backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), lambda done, of: done and os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_killed_restoring_is_no_vault_and_is_done_again(used, stick, tmp_path, clock):
    made, new = used.copying.make(stick), tmp_path / "new"
    done = subprocess.run([sys.executable, "-c", RESTORER, made, new], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-9, b"")
    assert not Vault.is_in(new)

    backup.restore(made, new)

    assert not list(new.glob("*.new"))
    with Vault.unlock(new, PASSPHRASE, now=clock) as again:
        assert again.cases.count() == 200


def test_a_restored_vault_knows_that_the_backup_it_came_from_holds_what_is_erased_later(used, tmp_path, unlock):
    used.cases.put("c9", document(), deed="begun")
    (tmp_path / "stick").mkdir()
    first = used.copying.make(tmp_path / "stick").name
    for number in range(20):
        used.cases.put("c9", document(number=number), deed="answered")
    later = used.copying.make(tmp_path / "stick").name
    used.close()
    (tmp_path / "stick").rename(tmp_path / "elsewhere")
    first, later = tmp_path / "elsewhere" / first, tmp_path / "elsewhere" / later

    backup.restore(first, tmp_path / "new")
    again = unlock(where=tmp_path / "new")

    assert not (tmp_path / "new" / "restored.json").exists()
    assert {one.place for one in again.backups.all()} == {str(first), str(later)}
    assert {one.place for one in again.erasure.erase(["c9"], "asked_for")} == {str(first), str(later)}
    again.close()
    (tmp_path / "elsewhere").rename(tmp_path / "stick")  # what was noted when it was made is found there again
    again = unlock(where=tmp_path / "new")
    stale = {Path(one.place).name for one in again.erasure.kept()}
    assert stale == {first.name, later.name}


@pytest.mark.parametrize(("seq", "known"), [(None, 0), (2**70, 1), (-(2**70), 1)])
def test_a_note_of_the_source_that_was_changed_keeps_nobody_out(used, tmp_path, unlock, seq, known):
    made = used.copying.make(tmp_path)
    used.close()
    made = made.rename(tmp_path / "elsewhere")
    backup.restore(made, tmp_path / "new")
    note = tmp_path / "new" / "restored.json"
    note.write_bytes(re.sub(rb'"seq":\d+', b'"seq":%d' % seq, note.read_bytes()) if seq else b"{")

    again = unlock(where=tmp_path / "new")

    assert len(again.backups.all()) == known
    assert not (tmp_path / "new" / "restored.json").exists()


def test_the_only_backup_of_another_laptop_with_the_same_vault_does_not_roll_away(used, stick, tmp_path, clock):
    backup.restore(used.copying.make(tmp_path), tmp_path / "other" / "vault")
    with Vault.unlock(tmp_path / "other" / "vault", PASSPHRASE, now=clock) as other:
        only = other.copying.make(stick)
        for _ in range(5):
            clock.move(days=1)
            used.copying.make(stick)
        assert backup.check(only)
        assert len(backup.find(stick, used.id)) == backup.KEPT + 1
        assert not other.copying.due(clock())


def test_a_backup_that_is_gone_from_a_place_at_hand_is_due_again_and_one_on_a_stick_that_is_away_is_not(
    used, stick, clock
):
    made = used.copying.make(stick)
    assert not used.copying.due(clock())
    stick.rename(stick.with_name("away"))
    assert not used.copying.due(clock())
    stick.with_name("away").rename(stick)
    shutil.rmtree(made)
    assert used.copying.due(clock())
    used.copying.make(stick)
    assert not used.copying.due(clock())


@pytest.mark.parametrize(
    "change",
    [
        lambda ring, _eva: ring.make_sheets(),
        lambda ring, _eva: ring.change(PASSPHRASE, "seven quite other words for the first"),
        lambda ring, eva: ring.remove(eva.id),
        lambda ring, _eva: ring.rotate(),
    ],
)
def test_a_backup_is_due_at_once_when_a_way_into_the_vault_has_changed(used, stick, clock, change):
    eva = used.keyring.add("Eva", "another seven words for the second worker")
    used.copying.make(stick)
    assert not used.copying.due(clock())
    assert not used.copying.ways_changed()
    change(used.keyring, eva)
    assert used.copying.due(clock())
    assert used.copying.ways_changed()
    used.copying.make(stick)
    assert not used.copying.due(clock())
    assert not used.copying.ways_changed()


def test_a_backup_is_not_put_into_the_vault_itself(used, folder):
    (folder / "safe").mkdir()
    before = sorted(path.name for path in folder.iterdir())
    for place in (folder, folder / "safe", folder / "safe" / ".."):
        with pytest.raises(errors.WrongInput, match="own folder"):
            used.copying.make(place)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_vault_that_was_rolled_back_is_told_by_the_newer_backup_at_its_place(
    used, folder, stick, tmp_path, clock, unlock
):
    used.copying.make(stick)
    used.close()
    shutil.copytree(folder, tmp_path / "yesterday")
    with unlock() as today:
        today.cases.put("c1", document(notes="newer"), deed="answered")
        assert today.copying.ahead() is None
        newer = today.copying.make(stick)
        assert today.copying.ahead() is None
    shutil.rmtree(folder)
    (tmp_path / "yesterday").rename(folder)

    with unlock() as rolled:
        assert rolled.copying.ahead() == (newer, backup.read(newer))
        with pytest.raises(errors.Damaged, match="line"):
            rolled.history.verify(*rolled.copying.heads())
        for number in range(9):  # as long as the one that is gone, but another one
            rolled.cases.put("c1", document(notes=str(number)), deed="answered")
        assert rolled.copying.ahead() == (newer, backup.read(newer))


def test_yesterdays_database_beside_todays_key_file_is_told_where_a_way_in_has_changed(used, folder, clock):
    used.close()
    [database] = folder.glob("vault-*.db")
    old = database.read_bytes()
    with Vault.unlock(folder, PASSPHRASE, now=clock) as today:
        today.keyring.make_sheets()
    database.write_bytes(old)
    with pytest.raises(errors.Damaged, match=r"vault\.key"):
        Vault.unlock(folder, PASSPHRASE, now=clock)
