"""Failures in words: where, what and what to do, of the deed that failed; no path of the laptop among them."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenario import PASSPHRASE, Desk
from victim_id import errors
from victim_id.errors import Failure, LimitedCase, OtherKeyFile
from victim_id.language import language
from victim_id.troubles import Doing, trouble
from victim_id.workspace import Workspace

ENGLISH = language("en")
EVA = "purple otters juggle seventeen lemons"


def kinds(of: type[Failure] = Failure) -> list[type[Failure]]:
    return [of, *(kind for below in of.__subclasses__() for kind in kinds(below))]


@pytest.mark.parametrize(
    "kind", [kind for kind in kinds() if kind not in {errors.WrongContent, Failure, errors.CannotOpen}]
)
@pytest.mark.parametrize("doing", ["", "backup", "restore", "unlock", "recover"])
def test_every_failure_says_what_and_what_to_do(kind: type[Failure], doing: Doing) -> None:
    words = trouble(ENGLISH, kind("STICK"), doing)
    assert all(words)
    assert "did not work" not in words.title


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (errors.DiskFull("STICK", "no room left"), "There is no room left on STICK."),
        (errors.ReadOnly("STICK", "may not be written"), "Nothing may be written on STICK."),
        (errors.Machine("STICK", "is no longer there"), "STICK is not there any more."),
        (errors.WrongInput("STICK", "is not a folder"), "STICK is not there any more."),
    ],
)
def test_a_backup_that_failed_names_its_place_and_says_that_the_vault_is_whole(failure: Failure, told: str) -> None:
    words = trouble(ENGLISH, failure, "backup")
    assert words.title == told
    assert "The vault itself is whole" in words.what


def test_a_failure_elsewhere_names_its_file() -> None:
    assert trouble(ENGLISH, errors.TooLarge("movie.age", "is larger")).what.startswith("movie.age: ")


def test_the_words_of_unlock_restore_and_recovery_are_their_own() -> None:
    said = {
        (doing, kind.__name__): trouble(ENGLISH, kind("x"), doing).title
        for doing in ("unlock", "restore", "recover", "")
        for kind in (errors.ReadOnly, errors.DiskFull, errors.WrongInput, errors.NotForYou)
    }
    assert said["unlock", "ReadOnly"] == "The vault’s folder may not be written."
    assert said["unlock", "WrongInput"] == "The vault is not here."
    assert said["restore", "DiskFull"] == "There is no room left on this laptop."
    assert said["recover", "NotForYou"] == "These sheets do not open this vault."
    assert said["", "NotForYou"] == "This package is for somebody else."


def test_an_old_key_file_put_back_has_its_own_words(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault")
    old = (desk.folder / "vault.key").read_bytes()
    desk.space.ways_in.add("Eva", EVA)
    desk.space.close()
    for name in ("vault.key", "vault.key.bak"):
        (desk.folder / name).write_bytes(old)
    with pytest.raises(OtherKeyFile) as found:
        Workspace.unlock(desk.folder, PASSPHRASE, now=desk.now)
    assert trouble(ENGLISH, found.value, "unlock").title == "The key file beside the vault is not its own."


def test_a_case_limited_to_others_says_whom_to_ask_and_is_found_by_its_code(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault")
    case = desk.begin(place="Street, Bonnevoie")
    eva = desk.space.ways_in.add("Eva", EVA)
    desk.space.keeping.limit(case.id, [eva.id])
    with pytest.raises(LimitedCase) as found:
        desk.space.caseload.case(case.id)
    words = trouble(ENGLISH, found.value)
    assert (words.title, words.way) == ("This case is limited to others.", "Ask Eva.")
    assert (found.value.where, found.value.either) == (case.code, "please ask Eva")
    for typed in (case.code, case.code.lower().replace("-", ""), case.code[:3]):
        assert [row.code for row in desk.space.caseload.cases(text=typed)] == [case.code]
    assert desk.space.caseload.cases(text="Bonnevoie") == []
    desk.space.close()
    hers = Workspace.unlock(desk.folder, EVA, now=desk.now)
    assert [row.code for row in hers.caseload.cases(text="Bonnevoie")] == [case.code]
    assert [row.code for row in hers.caseload.cases(text=case.code)] == [case.code]
    hers.keeping.unlimit(case.id)
    assert [row.code for row in hers.caseload.cases(text="Bonnevoie")] == [case.code]
    hers.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory can be held back")
def test_too_little_memory_for_a_passphrase_is_a_failure_and_no_bug() -> None:
    code = (
        "import resource; from victim_id.sealing import Effort, passphrase_key;"
        "from victim_id.errors import NoMemory\n"
        "most = 1024 * 2**20; resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "try: passphrase_key('x', bytes(16), Effort(2 * 1024 * 1024, 1, 1))\n"
        "except NoMemory as failure: print(failure)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False,
        cwd=Path(__file__).resolve().parent.parent,
    )  # fmt: skip
    assert done.stdout == "memory: 2048 MiB are needed and not free\n", done.stderr
