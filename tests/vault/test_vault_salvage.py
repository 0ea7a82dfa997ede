"""Of a vault that lost pages everything is taken over that can still be read, and what is lost is told."""

import json
import shutil

import pytest

from tests.vault.given import LIGHT, PASSPHRASE, Clock, document
from tests.vault.pages import database_pages
from victim_id import errors
from victim_id.vault import Vault
from victim_id.vault.salvage import salvage

LEAF = 13  # the first byte of a leaf of a table (SQLite's file format, b-tree pages)


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """The folder of a closed vault of a few hundred cases, made once."""
    folder = tmp_path_factory.mktemp("used") / "vault"
    with Vault.create(folder, PASSPHRASE, "Ana", now=Clock(), effort=LIGHT, floor=LIGHT) as vault:
        with vault.together():
            for number in range(300):
                vault.cases.put(
                    f"c{number}",
                    document(code=f"{number:03}-AAA", notes=f"{number} " * 400),
                    deed="begun",
                    words=[f"word{number} kitchen"],
                )
                vault.drafts.put(f"c{number}", "q", f"draft {number}")
        vault.keyring.add("Eva", "another seven words for the second worker")
    return folder


@pytest.fixture
def used(once, folder):
    """The database file of such a vault."""
    shutil.copytree(once, folder)
    [database] = folder.glob("vault-*.db")
    return database


@pytest.mark.parametrize(
    "share", [1.0, pytest.param(0.9, marks=pytest.mark.full), pytest.param(0.4, marks=pytest.mark.full)]
)
def test_of_a_vault_that_lost_its_newest_pages_the_older_ones_are_saved(used, folder, tmp_path, clock, share):
    content = used.read_bytes()
    used.write_bytes(content[: int(len(content) / 4096 * share) * 4096 - (0 if share == 1 else 100)])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    if share < 1:
        with pytest.raises(errors.Damaged):
            Vault.unlock(folder, PASSPHRASE, now=clock)

    found = salvage(folder, PASSPHRASE, tmp_path / "new", now=clock)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with Vault.unlock(tmp_path / "new", PASSPHRASE, now=clock) as again:
        ids = again.cases.ids()
        assert found.cases == len(ids) == len(set(ids))
        assert found.cases > 20
        for case in ids:
            assert json.loads(again.cases.read(case))["code"] == f"{int(case[1:]):03}-AAA"
            assert [row.id for row in again.cases.search(f"{int(case[1:]):03}-AAA")] in ([case], [])
        assert not set(found.lost) & {f"{int(case[1:]):03}-AAA" for case in ids}
        again._store.check()
        again.cases.put("after", document(), deed="answered")
        if share == 1:
            assert (found.cases, found.lost, found.drafts) == (300, (), 300)
            again.history.verify()
            assert again.worker.name == "Ana"
            assert len(again.cases.search("kitchen", limit=500)) == 300
    assert sorted(path.suffix for path in (tmp_path / "new").iterdir()) == [".bak", ".db", ".key", ".lock"]
    Vault.unlock(tmp_path / "new", "another seven words for the second worker", now=clock).close()


def test_a_page_that_was_overwritten_takes_only_what_stood_on_it(used, folder, tmp_path, clock):
    content = bytearray(used.read_bytes())
    middle = len(content) // 4096 // 2
    content[middle * 4096 : (middle + 1) * 4096] = bytes(4096)
    used.write_bytes(content)

    found = salvage(folder, PASSPHRASE, tmp_path / "new", now=clock)

    assert 250 < found.cases + len(found.lost) <= 300
    assert found.cases > 250
    with Vault.unlock(tmp_path / "new", PASSPHRASE, now=clock) as again:
        assert again.cases.count() == found.cases


def test_a_gap_in_the_history_takes_what_comes_after_it_and_no_case(used, folder, tmp_path, clock):
    content = bytearray(used.read_bytes())
    with Vault.unlock(folder, PASSPHRASE, now=clock) as whole:
        key, lines = whole.keyring.opened.vault_key, whole.history.head().seq
    [_, hit, *_] = [
        place for place, page in enumerate(database_pages(used, key)) if page[0] == LEAF and page.count(b"begun") > 9
    ]
    content[hit * 4096 : (hit + 1) * 4096] = bytes(4096)
    used.write_bytes(content)

    found = salvage(folder, PASSPHRASE, tmp_path / "new", now=clock)

    assert (found.cases, found.lost) == (300, ())
    assert 10 < found.lines < lines
    with Vault.unlock(tmp_path / "new", PASSPHRASE, now=clock) as again:
        again.history.verify()
        assert [line.kind for line in again.history.lines(limit=2)] == ["unlocked", "salvaged"]


def test_where_nothing_can_be_read_nothing_is_made(used, folder, tmp_path, clock):
    used.write_bytes(bytes(40_960))
    with pytest.raises(errors.Damaged):
        salvage(folder, PASSPHRASE, tmp_path / "new", now=clock)
    assert not Vault.is_in(tmp_path / "new")
    used.unlink()
    with pytest.raises(errors.Damaged):
        salvage(folder, PASSPHRASE, tmp_path / "new", now=clock)
    with pytest.raises(errors.WrongPassphrase):
        salvage(folder, "wrong", tmp_path / "new", now=clock)
    with pytest.raises(errors.WrongInput):
        salvage(folder, PASSPHRASE, folder, now=clock)


def test_a_limited_case_whose_day_was_lost_is_due_to_be_looked_at_all_the_same(vault, folder, tmp_path, clock):
    vault.cases.put("c1", document(outcome="open"), deed="begun")
    vault.keyring.add("Eva", "another seven words for the second worker")
    vault.cases.limit("c1", [vault.worker.id])
    with vault.together():
        vault._store.run("DELETE FROM looks")
    vault.close()

    salvage(folder, PASSPHRASE, tmp_path / "new", now=clock)

    with Vault.unlock(tmp_path / "new", "another seven words for the second worker", now=clock) as hers:
        assert [look.since for look in hers.cases.looks("2027-12-31")] == ["2027-11-21"]
