"""The organisation's file: signed, read strictly, accepted once, above the vault's own preferences, and never in the way."""

import sys
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tests.scenario import PASSPHRASE, Desk
from victim_id.commands import run
from victim_id.errors import Older, WrongContent, WrongInput, WrongSignature
from victim_id.instrument.load import load
from victim_id.organisation import FILE, SIGNATURE, read_organisation
from victim_id.places import Places, organisation_folders
from victim_id.resources import shipped
from victim_id.sealing import SigningKey, make_signing_key, sign, verifying_key
from victim_id.vault import Retention
from victim_id.workspace import Workspace

ALL = """
name = "Inspection du travail et des mines"
kind = "police"
regime = "LED"
profile = "BE"
idle_minutes = 3
backup_days = 2

[retention]
unfounded = 7
history = 365
"""


@pytest.fixture(scope="module")
def instrument():
    return load(shipped("indicators"))


class Office:
    """A vault, and the folder where an administrator puts the file."""

    def __init__(self, folder: Path) -> None:
        self.key, self.place = make_signing_key(), folder / "etc"
        self.place.mkdir()
        self.desk = Desk(folder / "vault")

    def put(self, body: str = ALL, number: int = 1, *, by: SigningKey | None = None, named: str = "") -> None:
        """Puts a file there, signed."""
        text = f'number = {number}\nkey = "{named or verifying_key(self.key)}"\n{body}'.encode()
        (self.place / FILE).write_bytes(text)
        (self.place / (FILE + SIGNATURE)).write_bytes(sign(text, by or self.key, "organisation"))

    def unlock(self) -> Workspace:
        self.desk.space.close()
        self.desk.space = Workspace.unlock(
            self.desk.folder, PASSPHRASE, now=self.desk.now, organisation=(self.place / "none", self.place)
        )
        return self.desk.space

    def accepted(self, body: str = ALL, number: int = 1) -> Workspace:
        self.put(body, number)
        self.unlock().accept_organisation()
        return self.desk.space


@pytest.fixture
def office(tmp_path: Path):
    office = Office(tmp_path)
    yield office
    office.desk.space.close()


def test_nothing_holds_before_a_worker_has_compared_the_key(office: Office) -> None:
    office.put()
    space = office.unlock()
    assert space.organisation.wanted is not None
    assert space.reminders(office.desk.now()).organisation == "wanted"
    assert (space.organisation.in_force, space.preferences.organisation) == (None, "ITM")
    assert len(space.organisation.wanted.digits.split()) == 6


def test_what_the_file_sets_stands_above_the_preferences(office: Office) -> None:
    space = office.accepted()
    mine = space.preferences
    assert (mine.organisation, mine.organisation_type, mine.regime, mine.profile, mine.idle_minutes) == (
        "Inspection du travail et des mines", "police", "LED", "BE", 3,
    )  # fmt: skip
    assert (space.keeping.retention.unfounded, space.keeping.retention.history, space.keeping.retention.open) == (7, 365, 30)  # fmt: skip
    assert space.post.card.organisation == "Inspection du travail et des mines"
    assert office.unlock().preferences == mine


def test_what_it_sets_cannot_be_changed_here_and_what_it_leaves_out_can(office: Office) -> None:
    space = office.accepted()
    space.set_preferences(
        msgspec.structs.replace(space.preferences, organisation="Ours", regime="GDPR", idle_minutes=2)
    )
    space.keeping.set_retention(msgspec.structs.replace(space.keeping.retention, unfounded=90, open=90))
    assert (space.preferences.organisation, space.preferences.regime, space.preferences.idle_minutes) == (
        "Inspection du travail et des mines", "LED", 2,
    )  # fmt: skip
    assert (space.keeping.retention.unfounded, space.keeping.retention.open) == (7, 90)


def test_what_the_vault_had_set_is_there_again_once_the_file_leaves_it_out(office: Office) -> None:
    space = office.accepted()
    space.set_preferences(msgspec.structs.replace(space.preferences, role="inspector"))
    office.put("", number=2)
    assert (office.unlock().preferences.organisation, office.desk.space.keeping.retention.unfounded) == ("ITM", 30)


def test_a_backup_is_due_after_as_many_days_as_it_sets(office: Office, tmp_path: Path) -> None:
    office.accepted()
    (tmp_path / "stick").mkdir()
    office.desk.back_up(tmp_path / "stick")
    office.desk.begin()
    later = office.desk.now() + timedelta(days=3)
    assert office.desk.space.backups.due(later)
    office.put("", number=2)
    assert not office.unlock().backups.due(later)


def test_a_limited_case_is_looked_at_after_the_days_that_it_sets(office: Office) -> None:
    space, vault = office.desk.space, office.desk.space._vault
    case = office.desk.begin().id
    vault.keyring.add("Eva", "another seven words for the second worker")
    space.keeping.limit(case, [vault.worker.id])

    def day() -> str:
        return str(office.desk.space._vault._store.value("SELECT day FROM looks"))

    before = day()
    office.accepted("[retention]\nopen = 31")
    assert day() > before
    office.put("[retention]\nopen = 90", 2)
    office.unlock()
    later = day()
    assert later > before
    office.desk.space.keeping.set_retention(Retention(open=3))
    assert day() == later


def test_a_newer_file_of_the_same_key_is_taken_and_written_down(office: Office) -> None:
    office.accepted()
    office.put('name = "New name"', number=2)
    space = office.unlock()
    assert (space.preferences.organisation, space.organisation.trouble) == ("New name", None)
    lines = [line.body for line in space._vault.history.lines() if line.kind == "organisation"]
    assert [line["number"] for line in lines] == [2, 1]


def spoil(office: Office, how: str) -> type[Exception]:
    if how == "another key":
        other = make_signing_key()
        office.put('name = "Other"', 2, by=other, named=verifying_key(other))
        return WrongSignature
    if how == "changed after signing":
        file = office.place / FILE
        file.write_bytes(file.read_bytes().replace(b"idle_minutes = 3", b"idle_minutes = 30"))
        return WrongSignature
    if how == "older":
        office.put('name = "Older"', 1)
        return Older
    if how == "unknown key":
        office.put('colour = "red"', 9)
        return WrongContent
    if how == "no toml":
        office.put("[[[", 9)
        return WrongInput
    (office.place / (FILE if how == "gone" else FILE + SIGNATURE)).unlink()
    return WrongInput


@pytest.mark.parametrize(
    "how", ["another key", "changed after signing", "older", "unknown key", "no toml", "gone", "not signed"]
)
def test_a_file_that_is_not_taken_stops_nothing_and_the_last_one_holds(office: Office, how: str) -> None:
    before = office.accepted(number=2).preferences
    kind = spoil(office, how)
    space = office.unlock()
    assert type(space.organisation.trouble) is kind
    trouble = space.organisation.trouble
    assert trouble.where.startswith(FILE)
    assert trouble.what
    assert trouble.either
    assert (space.preferences, space.organisation.wanted) == (before, None)
    assert space.reminders(office.desk.now()).organisation == "refused"


def test_a_key_hands_over_to_the_next_one(office: Office) -> None:
    office.accepted()
    following = make_signing_key()
    office.put('name = "Two"', 2, named=verifying_key(following))
    assert office.unlock().organisation.trouble is None
    office.put('name = "Three"', 3, by=following, named=verifying_key(following))
    assert office.unlock().preferences.organisation == "Three"
    office.put('name = "Four"', 4)
    assert type(office.unlock().organisation.trouble) is WrongSignature


def test_a_file_that_its_own_key_did_not_sign_waits_for_nobody(office: Office) -> None:
    office.put(by=make_signing_key())
    space = office.unlock()
    assert (space.organisation.wanted, type(space.organisation.trouble)) == (None, WrongSignature)


def test_every_problem_is_told_with_where_what_and_what_to_do(instrument) -> None:
    text = (
        b'number = 0\nname = ""\nkind = "club"\nregime = "X"\nprofile = "XX"\nidle_minutes = 31\nbackup_days = true\n'
    )
    text += b"edition_keys = []\ncolour = 1\n[retention]\nopen = -1\nhistory = 364\nnever = 1\n"
    with pytest.raises(WrongContent) as wrong:
        read_organisation(text, instrument)
    assert {problem.where for problem in wrong.value.problems} == {
        f"{FILE}: {name}"
        for name in ("number", "key", "name", "kind", "regime", "profile", "idle_minutes", "backup_days", "edition_keys", "colour", "retention.open", "retention.history", "retention.never")
    }  # fmt: skip
    assert all(problem.what and problem.either for problem in wrong.value.problems)


def test_only_editions_of_its_keys_are_in_use(office: Office, tmp_path: Path) -> None:
    from victim_id.instrument.editions import place_edition, sign_edition, write_edition
    from victim_id.instrument.load import content_of

    author, editions = make_signing_key(), tmp_path / "edition"
    files = content_of(shipped("indicators"), training=True)
    files["edition.toml"] = files["edition.toml"].replace(b"2026.1", b"2026.2")
    archive = write_edition(files)
    in_use = office.desk.space.instrument
    place_edition(archive, sign_edition(archive, author), editions, trusted=[verifying_key(author)], in_use=in_use)

    def number() -> str:
        office.desk.space.close()
        office.desk.space = Workspace.unlock(
            office.desk.folder, PASSPHRASE, now=office.desk.now, editions=editions, organisation=(office.place,)
        )
        return office.desk.space.instrument.edition.number

    assert number() == "2026.2"
    office.accepted(f'edition_keys = ["{verifying_key(make_signing_key())}"]')
    assert number() == "2026.1"
    office.put(f'edition_keys = ["{verifying_key(author)}"]', 2)
    number()
    assert number() == "2026.2"


# ---- where it lies


def test_beside_the_program_comes_first() -> None:
    assert organisation_folders(Path("/opt/victim-id"), "linux", {})[0] == Path("/opt/victim-id")
    assert Places.usual().organisation[0] == Path(sys.executable).parent


def test_on_linux_and_macos_it_lies_in_etc() -> None:
    for system in ("linux", "darwin"):
        assert organisation_folders(Path("/opt"), system, {})[1:] == (Path("/etc/victim-id"),)


def test_on_windows_it_lies_where_programs_keep_what_is_for_all() -> None:
    folders = organisation_folders(Path("C:/P"), "win32", {"PROGRAMDATA": "D:/Shared"})
    assert folders[1:] == (Path("D:/Shared/VictimID"),)


# ---- the commands


def test_an_administrator_signs_checks_and_is_told_what_is_wrong(tmp_path: Path, capsys) -> None:
    key, file = tmp_path / "itm.key", tmp_path / FILE
    assert run(["edition", "key", str(key)]) == 0
    public = capsys.readouterr().out.strip()
    file.write_text(f'number = 1\nkey = "{public}"\nidle_minutes = 99\n')
    assert run(["organisation", "sign", str(file), "--key", str(key)]) == 2
    assert "idle_minutes: is not as it must be; please give whole minutes from 1 to 30" in capsys.readouterr().err
    file.write_text(f'number = 1\nkey = "{public}"\nidle_minutes = 5\n')
    assert run(["organisation", "check", str(file)]) == 2
    assert f"{FILE}{SIGNATURE}: is not there" in capsys.readouterr().err
    assert run(["organisation", "sign", str(file), "--key", str(key)]) == 0
    signed = capsys.readouterr()
    assert run(["organisation", "check", str(file)]) == 0
    assert capsys.readouterr().out.split(": ")[1] == signed.out.split(": ")[1]
    file.write_text(file.read_text().replace("5", "6"))
    assert run(["organisation", "check", str(file)]) == 3


def test_signing_for_another_key_says_what_follows(tmp_path: Path, capsys) -> None:
    key, file = tmp_path / "itm.key", tmp_path / FILE
    run(["edition", "key", str(key)])
    file.write_text(f'number = 1\nkey = "{verifying_key(make_signing_key())}"\n')
    assert run(["organisation", "sign", str(file), "--key", str(key)]) == 0
    assert "all others refuse the file" in capsys.readouterr().err
    assert run(["organisation", "check", str(file)]) == 3


def test_the_example_for_administrators_is_a_whole_file(instrument) -> None:
    text = (Path(__file__).parent.parent / "docs" / "organisation.md").read_text("utf-8")
    example = text.split("```toml\n")[1].split("```")[0].replace("RWQ…", verifying_key(make_signing_key()))
    found = read_organisation(example.encode(), instrument)
    assert all(getattr(found, name) for name in found.__struct_fields__)
