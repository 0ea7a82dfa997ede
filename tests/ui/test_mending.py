"""A vault that does not open is no dead end: the window says what is wrong, and each way on ends in a vault that opens."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenario import PASSPHRASE
from tests.ui.conftest import Office
from tests.ui.test_keeping import begin, lock_and_start_again, press, put, start, texts, unlock
from tests.vault.pages import database_pages
from victim_id import places
from victim_id.ui.pages.cases import CasesPage
from victim_id.ui.pages.damaged import DamagedPage
from victim_id.ui.pages.first_start import FirstStartPage
from victim_id.ui.pages.restore import RestorePage
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.vault import keyfile
from victim_id.workspace import Workspace


def database(office: Office) -> Path:
    (found,) = (office.folder / "vault").glob("vault-*.db")
    return found


def closed_with_cases(office: Office, many: int = 8, *, backup: bool = False) -> Path:
    """A vault with cases, locked, and the place of its backup."""
    start(office)
    for number in range(many):
        begin(office, f"Kitchen {number}")
    place = office.folder / "stick"
    place.mkdir()
    if backup:
        office.desk.signed_in.backups.back_up(place)
        office.settle()
    lock_and_start_again(office)
    return place


def start_again(office: Office) -> None:
    office.desk.ask.close(2000)
    office.start_again()


def aside(office: Office) -> Path:
    (found,) = office.folder.glob("vault-damaged-*")
    return found


def truncate(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 9 // 10 // 4096 * 4096 - 100])


def test_of_a_truncated_vault_what_can_be_read_takes_its_place_and_the_rest_is_told(office: Office) -> None:
    closed_with_cases(office)
    truncate(database(office))
    before = {path.name: path.read_bytes() for path in (office.folder / "vault").iterdir()}

    unlock(office, PASSPHRASE)
    page = office.page()
    assert isinstance(page, DamagedPage)
    assert "The vault is damaged." in texts(office)
    put(office, page.field, "not this one")
    press(office, "Save what can be read")
    assert "does not open" in texts(office)
    assert {path.name: path.read_bytes() for path in (office.folder / "vault").iterdir()} == before

    put(office, page.field, PASSPHRASE)
    press(office, "Save what can be read")

    told = texts(office)
    assert "What could be read is saved." in told
    kept = aside(office)
    assert f"“{kept.name}”" in told
    assert (kept / database(office).name).exists() is False
    assert all((kept / name).read_bytes() == content for name, content in before.items())
    press(office, "Go to the vault")
    assert isinstance(office.page(), UnlockPage)
    unlock(office, PASSPHRASE)
    assert office.desk.signed_in is not None
    whole = office.page().model.rowCount()
    assert f"{whole} cases are whole." in told or f"{whole} case is whole." in told
    assert sorted(path.name for path in office.folder.iterdir() if path.name.startswith("vault")) == [
        "vault",
        kept.name,
    ]


@pytest.mark.full
def test_a_page_that_was_overwritten_is_met_while_working_and_saved_around_after_the_lock(office: Office) -> None:
    start(office)
    cases = [begin(office, f"Kitchen {number}") for number in range(8)]
    office.desk.signed_in.bench.ask.change(lambda space: space.rest(), lambda _: None, pytest.fail, office.desk)
    office.settle()
    key: list[bytes] = []
    office.desk.ask.read(lambda space: space._vault.keyring.opened.vault_key, key.append, pytest.fail, office.desk)
    office.settle()
    lock_and_start_again(office)
    path = database(office)
    holding = [place for place, page in enumerate(database_pages(path, key[0])) if cases[3].encode() in page]
    content = bytearray(path.read_bytes())
    for place in holding:
        content[place * 4096 : (place + 1) * 4096] = bytes(4096)
    path.write_bytes(content)

    unlock(office, PASSPHRASE)
    if isinstance(office.page(), CasesPage):
        for case in cases:
            office.desk.signed_in.open(case)
            office.settle()
        lock_and_start_again(office)
        press(office, "A part of the vault is damaged: what can be done")
    page = office.page()
    assert isinstance(page, DamagedPage)
    put(office, page.field, PASSPHRASE)
    press(office, "Save what can be read")
    assert "What could be read is saved." in texts(office)
    press(office, "Go to the vault")
    unlock(office, PASSPHRASE)
    assert isinstance(office.page(), CasesPage)
    lock_and_start_again(office)
    assert "what can be done" not in texts(office)


@pytest.mark.parametrize("how", ["truncated", "no database", "empty database", "damaged key", "no key"])
def test_a_backup_takes_the_place_of_a_damaged_vault_which_is_kept_beside_it(office: Office, how: str) -> None:
    place = closed_with_cases(office, 3, backup=True)
    vault = office.folder / "vault"
    if how == "truncated":
        truncate(database(office))
    elif how == "no database":
        database(office).unlink()
    elif how == "empty database":
        database(office).write_bytes(b"")
    else:
        for name in ("vault.key", "vault.key.bak"):
            if how == "no key":
                (vault / name).unlink()
            else:
                (vault / name).write_bytes(b"{" + (vault / name).read_bytes()[1:-9])
    before = {path.name: path.read_bytes() for path in vault.iterdir()}
    if how == "no key":
        start_again(office)
    else:
        unlock(office, PASSPHRASE)

    page = office.page()
    assert isinstance(page, DamagedPage)
    assert page.go.isVisible() == (how == "truncated")
    assert {
        "truncated": "The vault is damaged.",
        "no database": "The database is gone.",
        "empty database": "The database is gone.",
        "damaged key": "The key file does not fit.",
        "no key": "The key file is gone.",
    }[how] in texts(office)
    press(office, "Restore from a backup…")
    assert isinstance(office.page(), RestorePage)
    assert "What stands in its place now is kept beside it" in texts(office)
    office.places.place = place
    press(office, "Choose the folder or stick…")
    put(office, office.page().field, PASSPHRASE)
    press(office, "Restore")

    assert isinstance(office.page(), CasesPage)
    assert office.page().model.rowCount() == 3
    kept = {path.name: path.read_bytes() for path in aside(office).iterdir()}
    assert before.items() <= kept.items()


def test_a_backup_that_fails_leaves_the_damaged_vault_where_it_was(office: Office) -> None:
    place = closed_with_cases(office, 2, backup=True)
    truncate(database(office))
    (made,) = place.glob("vault-*")
    truncate(next(made.glob("*.db")))
    before = {path.name: path.read_bytes() for path in (office.folder / "vault").iterdir()}
    unlock(office, PASSPHRASE)
    press(office, "Restore from a backup…")
    office.places.place = place
    press(office, "Choose the folder or stick…")
    put(office, office.page().field, PASSPHRASE)
    press(office, "Restore")
    assert isinstance(office.page(), RestorePage)
    assert {path.name: path.read_bytes() for path in (office.folder / "vault").iterdir()} == before
    assert [path.name for path in office.folder.glob("vault*")] == ["vault"]


def test_a_vault_of_which_nothing_can_be_read_stays_and_says_so(office: Office) -> None:
    closed_with_cases(office, 1)
    size = database(office).stat().st_size
    database(office).write_bytes(os.urandom(size))
    unlock(office, PASSPHRASE)
    put(office, office.page().field, PASSPHRASE)
    press(office, "Save what can be read")
    assert "Nothing of it can be read." in texts(office)
    assert [path.name for path in office.folder.glob("vault*")] == ["vault"]


def test_a_vault_whose_key_file_is_missing_opens_through_its_spare_copy(office: Office) -> None:
    closed_with_cases(office, 1)
    (office.folder / "vault" / "vault.key").unlink()
    start_again(office)
    assert isinstance(office.page(), UnlockPage)
    unlock(office, PASSPHRASE)
    assert office.desk.signed_in is not None


def test_a_key_file_that_is_put_back_is_found_by_looking_again(office: Office) -> None:
    closed_with_cases(office, 1)
    for name in ("vault.key", "vault.key.bak"):
        (office.folder / "vault" / name).rename(office.folder / name)
    start_again(office)
    press(office, "Look again")
    assert isinstance(office.page(), DamagedPage)
    (office.folder / "vault.key.bak").rename(office.folder / "vault" / "vault.key.bak")
    press(office, "Look again")
    assert isinstance(office.page(), UnlockPage)
    unlock(office, PASSPHRASE)
    assert office.desk.signed_in is not None


def test_a_new_vault_is_made_over_no_database(office: Office) -> None:
    closed_with_cases(office, 1)
    old = database(office)
    content = old.read_bytes()
    for name in ("vault.key", "vault.key.bak"):
        (office.folder / "vault" / name).unlink()
    start_again(office)
    press(office, "Make a new vault")
    assert isinstance(office.page(), FirstStartPage)
    office.create()
    assert (aside(office) / old.name).read_bytes() == content


def test_a_vault_whose_disk_is_away_is_no_first_start(office: Office) -> None:
    closed_with_cases(office, 1)
    (office.folder / "vault").rename(office.folder / "away")
    start_again(office)
    assert "The vault is not here." in texts(office)
    (office.folder / "away").rename(office.folder / "vault")
    press(office, "Look again")
    assert isinstance(office.page(), UnlockPage)


@contextlib.contextmanager
def closed_to_us(folder: Path) -> Iterator[None]:
    """Takes the right to read a folder away, also from whoever may read everything."""
    root = os.geteuid() == 0
    folder.chmod(0)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="has no such right")
@pytest.mark.parametrize("closed", ["vault", "."])
def test_a_folder_that_may_not_be_read_opens_the_window_with_a_plain_page(office: Office, closed: str) -> None:
    closed_with_cases(office, 1)
    office.desk.ask.close(2000)
    with closed_to_us(office.folder / closed):
        office.start_again()
        assert "The vault’s folder may not be read." in texts(office)
        press(office, "Look again")
        assert isinstance(office.page(), DamagedPage)
    press(office, "Look again")
    assert isinstance(office.page(), UnlockPage)


def test_a_program_that_was_killed_between_two_names_puts_the_mended_vault_in_its_place(office: Office) -> None:
    closed_with_cases(office, 1)
    folder = office.folder / "vault"
    folder.rename(places.mended(folder))
    start_again(office)
    assert isinstance(office.page(), UnlockPage)
    Workspace.unlock(folder, PASSPHRASE, now=office.now).close()


def test_the_door_knows_a_vault_by_the_names_that_the_vault_gives() -> None:
    assert places.KEYS == (keyfile.NAME, keyfile.SPARE_NAME)
    assert places.is_database(keyfile.new_database_name())
