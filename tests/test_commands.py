"""The commands as a user types them: results on stdout, one line a failure on stderr, exit status as published."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str, text: str | None = None, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "victim_id", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def assess(case: object) -> subprocess.CompletedProcess[str]:
    return run("assess", "-", text=json.dumps(case))


def test_one_case_gives_one_object_and_an_array_an_array_in_order() -> None:
    one = assess({"profile": "LU", "age": "adult"})
    assert one.returncode == 0
    assert json.loads(one.stdout)["level"] == "open"
    both = assess(
        [{"profile": "NL", "age": "child", "forms": ["labour"]}, {"profile": "BE", "age": "adult", "forms": ["sexual"]}]
    )
    assert [found["set"] for found in json.loads(both.stdout)] == ["CL", "AS"]


def test_an_assessment_has_every_key_that_is_published() -> None:
    found = json.loads(assess({"profile": "INT", "age": "adult", "indicators": {"cd_documents": "yes"}}).stdout)
    published = {
        "set", "level", "dignity", "score", "dimensions", "elements", "urgent", "findings", "decisive", "decisive_total",
        "next", "against", "forced_labour", "others",
    }  # fmt: skip
    assert published <= set(found)
    assert set(found["score"]) == {"lower", "upper"}
    assert len(found["dimensions"]) == 6
    assert set(found["elements"]) == {"act", "means", "purpose"}
    (finding,) = found["findings"]
    assert {"key", "dimension", "strength", "because"} <= set(finding)
    assert found["urgent"][0]["id"] == "cd_documents"
    assert {"present", "open", "involuntary", "penalty"} <= set(found["forced_labour"])


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ({"profile": "LU", "age": "adult", "indicators": {"ex_hour": "yes"}}, "ex_hour"),
        ({"profile": "LU", "age": "adult", "indicators": {"ex_hours": "maybe"}}, "ex_hours"),
        ({"profile": "XX", "age": "adult"}, "profile"),
        ({"profile": "LU", "age": "old"}, "age"),
        ({"profile": "LU"}, "age"),
        ({"profile": "LU", "age": "adult", "more": 1}, "more"),
        ({"profile": "LU", "age": "adult", "gates": {"sexuel": "yes"}}, "sexuel"),
        ({"profile": "LU", "age": "adult", "forms": ["domestic"]}, "forms"),
        ({"profile": "LU", "age": "adult", "setting": "street"}, "setting"),
        ({"profile": "LU", "age": "adult", "urgent": "yes"}, "urgent"),
        ([{"profile": "LU", "age": "adult"}, {"profile": "LU", "age": 3}], "[1]"),
        (3, ""),
    ],
)
def test_wrong_input_ends_with_two_and_one_line_and_nothing_half_printed(case: object, told: str) -> None:
    done = assess(case)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert told in done.stderr


def test_a_key_that_stands_twice_is_refused() -> None:
    done = run("assess", "-", text='{"profile": "LU", "profile": "NL", "age": "adult"}')
    assert (done.returncode, done.stdout) == (2, "")


def test_broken_json_names_its_line() -> None:
    done = run("assess", "-", text='{"profile": "LU",\n "age": }')
    assert done.returncode == 2
    assert "line 2" in done.stderr


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    done = run("assess", str(tmp_path / "nothing.json"))
    assert done.returncode == 2
    assert "is not there" in done.stderr


def test_the_same_input_gives_the_same_bytes() -> None:
    case = {"profile": "NL", "age": "unsure", "indicators": {"cd_debt": "yes", "ex_hours": "no_unsafe"}}
    assert assess(case).stdout == assess(case).stdout


def test_check_counts_and_finds_nothing_in_the_shipped_content() -> None:
    done = run("check", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["problems"] == []
    assert found["indicators"] == 67
    assert {name: cells["total"] for name, cells in found["cells"].items()} == {"AL": 67, "AS": 67, "CL": 65, "CS": 65}
    assert {cells["verified"] for cells in found["cells"].values()} == {0}
    assert found["vignettes"] >= 40
    assert (found["settings"], found["profiles"]) == (3, 4)


def test_check_names_the_file_the_id_and_what_would_be_right(tmp_path: Path) -> None:
    for path in (ROOT / "indicators").rglob("*.toml"):
        target = tmp_path / path.relative_to(ROOT / "indicators")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            path.read_text("utf-8").replace('id = "control.papers"\nworker', 'id = "control.papers"\nwroker'), "utf-8"
        )
    done = run("check", str(tmp_path))
    assert done.returncode == 1
    assert "sections/control.toml: question control.papers" in done.stdout
    assert "please" in done.stdout


def test_check_of_no_folder_is_wrong_input(tmp_path: Path) -> None:
    assert run("check", str(tmp_path / "nothing")).returncode == 2


def test_a_word_that_is_no_command_is_usage() -> None:
    done = run("asess")
    assert done.returncode == 2
    assert "asess" in done.stderr


@pytest.mark.parametrize("command", ["", "assess", "check", "demo", "self-test", "seal", "xlsform", "edition"])
def test_every_command_explains_itself(command: str) -> None:
    done = run(*[word for word in (command, "--help") if word])
    assert done.returncode == 0
    assert "usage:" in done.stdout


@pytest.mark.parametrize("command", [["assess", "-"], ["check", "--json"]])
def test_assess_and_check_load_no_qt_and_no_store(command: list[str]) -> None:
    code = (
        "import sys; from victim_id.commands import run; run(sys.argv[1:]);"
        "loaded = {name.split('.')[0] for name in sys.modules};"
        "sys.exit(len(loaded & {'PySide6', 'shiboken6', 'sqlcipher3', 'reportlab', 'cryptography', 'babel'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        input='{"profile":"LU","age":"adult"}',
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.full
def test_the_self_test_passes_and_leaves_nothing(tmp_path: Path) -> None:
    import os

    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "victim_id", "self-test", "--json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=120,
        check=False,
    )
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["good"]
    assert [step["name"] for step in found["steps"]] == [
        "vault",
        "wrong passphrase",
        "interview",
        "assessment",
        "form",
        "seal",
        "open",
    ]
    assert list(tmp_path.iterdir()) == []


def test_the_demo_leaves_what_a_recipient_needs(tmp_path: Path) -> None:
    done = run("demo", "--out", str(tmp_path), "--language", "en", "--person-language", "fr")
    assert done.returncode == 0, done.stderr
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"referral.pdf", "record.json", "package.age", "recipient-key.txt", "demo.json", "pages", "person"}
    assert len(list((tmp_path / "pages").glob("*.png"))) >= 12
    key, package = tmp_path / "recipient-key.txt", tmp_path / "package.age"
    plain = subprocess.run(["age", "-d", "-i", str(key), str(package)], capture_output=True, check=True).stdout
    assert plain.startswith(b"PK")
    assert (tmp_path / "referral.pdf").read_bytes() in plain
    assert json.loads((tmp_path / "record.json").read_text())["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"
    assert b"traffick" not in (tmp_path / "person" / "rights.pdf").read_bytes().lower()
    steps = json.loads((tmp_path / "demo.json").read_text())["steps"]
    assert all(step["ms"] >= 0 for step in steps)


def test_a_demo_for_a_country_that_is_not_there_is_wrong_input(tmp_path: Path) -> None:
    done = run("demo", "--out", str(tmp_path), "--profile", "XX")
    assert done.returncode == 2
    assert "LU" in done.stderr


@pytest.mark.full
def test_open_writes_the_parts_in_clear_only_when_asked_and_only_with_the_key(tmp_path: Path) -> None:
    assert run("demo", "--out", str(tmp_path / "demo"), "--language", "en").returncode == 0
    package, key = str(tmp_path / "demo" / "package.age"), str(tmp_path / "demo" / "recipient-key.txt")
    done = run("open", package, "--key", key, "--in-clear", str(tmp_path / "clear"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "clear" / "referral.pdf").read_bytes() == (tmp_path / "demo" / "referral.pdf").read_bytes()
    assert run("open", package, "--key", key, "--in-clear", str(tmp_path / "clear")).returncode == 2
    other = tmp_path / "other.txt"
    made = subprocess.run(["age-keygen"], capture_output=True, check=True).stdout
    other.write_bytes(made)
    refused = run("open", package, "--key", str(other), "--in-clear", str(tmp_path / "never"))
    assert refused.returncode == 3
    assert "another key" in refused.stderr
    assert not (tmp_path / "never").exists()


def test_history_is_verified_with_a_passphrase_from_standard_input_alone(tmp_path: Path) -> None:
    from tests.scenario import PASSPHRASE, Desk

    desk = Desk(tmp_path / "vault")
    desk.begin()
    desk.space.close()
    done = run("history", "--verify", "--vault", str(tmp_path / "vault"), "--passphrase-stdin", text=PASSPHRASE + "\n")
    assert done.returncode == 0, done.stderr
    assert "every one as it was written" in done.stdout
    wrong = run("history", "--verify", "--vault", str(tmp_path / "vault"), "--passphrase-stdin", text="wrong\n")
    assert (wrong.returncode, wrong.stdout) == (3, "")


def test_the_history_of_a_vault_that_was_rolled_back_does_not_hold_against_what_was_kept_elsewhere(
    tmp_path: Path,
) -> None:
    from tests.scenario import PASSPHRASE

    code, vault = a_case(tmp_path), str(tmp_path / "vault")
    shutil.copytree(vault, tmp_path / "yesterday")
    sealed = seal(tmp_path, code, "--to", CENTRE)
    assert sealed.returncode == 0, sealed.stderr
    package, key = tmp_path / "stick" / sealed.stdout.strip(), str(tmp_path / "key.txt")

    def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
        given = ("--vault", vault, "--passphrase-stdin")
        return run("history", "--verify", *given, *arguments, text=PASSPHRASE + "\n")

    assert verify("--with", str(package)).returncode == 3
    whole = verify("--with", str(package), "--key", key)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert verify("--with", str(tmp_path / "stick")).returncode == 2
    shutil.rmtree(vault)
    (tmp_path / "yesterday").rename(vault)
    assert verify().returncode == 0
    rolled = verify("--with", str(package), "--key", key)
    assert (rolled.returncode, rolled.stdout) == (3, "")
    assert rolled.stderr.startswith("history: line ")


def test_what_can_be_read_of_a_damaged_vault_is_saved_and_what_is_lost_is_named(tmp_path: Path) -> None:
    from tests.scenario import PASSPHRASE, Desk

    desk = Desk(tmp_path / "vault")
    for _ in range(30):
        desk.begin()
    desk.space.close()
    [database] = (tmp_path / "vault").glob("vault-*.db")
    whole = database.read_bytes()
    arguments = ("salvage", "--vault", str(tmp_path / "vault"), "--passphrase-stdin")

    done = run(*arguments, "--to", str(tmp_path / "whole"), text=PASSPHRASE + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("30 cases are whole, 0 are lost\n")
    again = run(*arguments, "--to", str(tmp_path / "whole"), text=PASSPHRASE + "\n")
    assert again.returncode == 2

    database.write_bytes(whole[: len(whole) * 8 // 10])
    before = {path.name: path.read_bytes() for path in (tmp_path / "vault").iterdir()}
    done = run(*arguments, "--to", str(tmp_path / "part"), text=PASSPHRASE + "\n")
    lost = done.stderr.splitlines()
    assert done.returncode == (1 if lost else 0)
    assert f"{len(lost)} are lost" in done.stdout
    assert {path.name: path.read_bytes() for path in (tmp_path / "vault").iterdir()} == before
    opened = run("history", "--verify", "--vault", str(tmp_path / "part"), "--passphrase-stdin", text=PASSPHRASE + "\n")
    assert opened.returncode == 0


CENTRE = "lu.infotraite"


def a_case(folder: Path, *, agrees: bool = True) -> str:
    """Makes a vault with a case that may go to the centre, whose card is here; gives the code. The centre's key is beside it."""
    from tests.scenario import Desk
    from victim_id.casework.case import Consent
    from victim_id.sealing import identity_file

    desk, cell = Desk(folder / "vault"), Desk(folder / "cell", organisation="INFOTRAITE")
    case = desk.begin()
    desk.space.post.learn_recipient(CENTRE, cell.space.post.card_file())
    if agrees:
        desk.space.caseload.consent(
            case.id, Consent(recipient=CENTRE, answer="yes", told=True, told_in="fr", form="spoken")
        )
    (folder / "key.txt").write_bytes(identity_file(cell.space.post.own_identity(), "2026-11-21T10:00:00Z"))
    desk.space.close()
    cell.space.close()
    (folder / "stick").mkdir()
    return case.code


def seal(folder: Path, *arguments: str, passphrase: str = "") -> subprocess.CompletedProcess[str]:
    from tests.scenario import PASSPHRASE

    where = ("--out", str(folder / "stick"), "--vault", str(folder / "vault"), "--passphrase-stdin")
    return run("seal", *arguments, *where, text=f"{passphrase or PASSPHRASE}\n")


def test_a_case_is_sealed_by_command_and_opened_with_the_recipients_key_alone(tmp_path: Path) -> None:
    code = a_case(tmp_path)
    done = seal(tmp_path, code.lower(), "--to", CENTRE, "--language", "fr")
    assert done.returncode == 0, done.stderr
    assert "not compared by voice yet" in done.stderr
    (file,) = (tmp_path / "stick").iterdir()
    assert (done.stdout, file.name[:7]) == (f"{file.name}\n", code)
    clear = tmp_path / "clear"
    opened = run("open", str(file), "--key", str(tmp_path / "key.txt"), "--in-clear", str(clear))
    assert opened.returncode == 0, opened.stderr
    assert json.loads((clear / "record.json").read_bytes())["htcds_version"] == "2.0"
    again = run("history", "--verify", "--vault", str(tmp_path / "vault"), "--passphrase-stdin", text="wrong\n")
    assert again.returncode == 3


def test_sealing_says_what_is_in_the_way_and_writes_nothing(tmp_path: Path) -> None:
    code = a_case(tmp_path, agrees=False)
    tried = {
        "needs the person's consent": (2, seal(tmp_path, code, "--to", CENTRE)),
        "has no key here": (2, seal(tmp_path, code, "--to", "lu.police")),
        "is no recipient that a referral goes to": (2, seal(tmp_path, code, "--to", "lu.nobody")),
        "is no case of this vault": (2, seal(tmp_path, "AAA-AAA", "--to", CENTRE)),
        "is no language of the forms": (2, seal(tmp_path, code, "--to", CENTRE, "--language", "xx")),
        "opens with": (3, seal(tmp_path, code, "--to", CENTRE, passphrase="wrong")),
    }
    for told, (status, done) in tried.items():
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1), done.stderr
        assert told in done.stderr or status == 3
    assert list((tmp_path / "stick").iterdir()) == []
    (tmp_path / "stick").rmdir()
    gone = seal(tmp_path, code, "--to", CENTRE)
    assert (gone.returncode, gone.stderr) == (2, "stick: is no folder; please name a folder that is there\n")


def test_every_command_that_was_decided_is_there() -> None:
    told = run("--help").stdout
    for command in ("assess", "check", "demo", "self-test", "seal", "open", "history", "salvage", "edition", "xlsform"):
        assert f"\n    {command} " in told or f"\n    {command}\n" in told


def test_the_vault_may_be_named_before_the_command(tmp_path: Path) -> None:
    done = run("--vault", str(tmp_path / "named"), "history", "--verify", "--passphrase-stdin", text="x\n")
    assert (done.returncode, done.stderr) == (2, "named: there is no vault here; please name the folder of a vault\n")


def test_a_bug_ends_with_70_and_says_where_and_not_what(capsys: pytest.CaptureFixture[str]) -> None:
    from victim_id.commands import run as run_here

    before = os.umask(0o077)
    try:
        assert run_here(["assess", "no\0file"]) == 70
    finally:
        os.umask(before)
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("bug: ValueError in ")
    assert told.err.count("\n") == 1
    assert "null byte" not in told.err


def test_what_a_stranger_wrote_does_not_reach_the_terminal_as_commands(tmp_path: Path) -> None:
    from tests.referral.test_package import CELL, manifest, sealed
    from victim_id.sealing import identity_file

    sender = msgspec.structs.replace(manifest().sender, organisation="\x1b[2J\x1b]0;owned\x07good\u202eeman\n")
    (tmp_path / "p.age").write_bytes(sealed(sender=sender))
    (tmp_path / "key.txt").write_bytes(identity_file(CELL, "2026-11-21T10:00:00Z"))
    where = [str(tmp_path / name) for name in ("p.age", "key.txt", "clear")]
    done = run("open", where[0], "--key", where[1], "--in-clear", where[2])
    assert done.returncode == 0, done.stderr
    assert [sign for sign in done.stdout if not sign.isprintable() and sign != "\n"] == []
    assert "good" in done.stdout.splitlines()[-1]


def test_a_link_laid_where_a_file_will_be_written_leads_nowhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    for name in ("new.key", ".new.key.new", ".new.key.pub.new"):
        (tmp_path / name).symlink_to(elsewhere)
    (tmp_path / "new.key").unlink()
    done = run("edition", "key", str(tmp_path / "new.key"))
    assert done.returncode == 0, done.stderr
    assert elsewhere.read_bytes() == b"mine"
    assert not (tmp_path / "new.key").is_symlink()
    assert (tmp_path / "new.key").stat().st_mode & 0o777 == 0o600


def test_a_file_beyond_the_bound_is_not_read(tmp_path: Path) -> None:
    huge, key = tmp_path / "huge.age", tmp_path / "huge.txt"
    for path in (huge, key):
        with path.open("wb") as file:
            file.truncate(3 * 1024**3)  # a sparse file: its size is told, no disk is used
    done = run("open", str(huge), "--key", str(key), "--in-clear", str(tmp_path / "clear"))
    assert (done.returncode, "huge.age" in done.stderr, "bytes" in done.stderr) == (3, True, True)
    small = tmp_path / "small.age"
    small.write_bytes(b"age-encryption.org/v1\n")
    done = run("open", str(small), "--key", str(key), "--in-clear", str(tmp_path / "clear"))
    assert (done.returncode, "huge.txt" in done.stderr) == (3, True)


def test_a_program_that_dies_leaves_no_picture_of_its_memory() -> None:
    script = (
        "import resource; from victim_id.commands import run\n"
        "most = resource.getrlimit(resource.RLIMIT_CORE)[1]; resource.setrlimit(resource.RLIMIT_CORE, (most, most))\n"
        "run(['check', 'nowhere']); print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0)\n"


OWNER = """
import sys
if "ours" in sys.argv:
    from victim_id.commands import run
    run(["check", "nowhere"])
print("ready", flush=True)
sys.stdin.read()
"""
READER = f"""
import subprocess, sys
with subprocess.Popen(
    [sys.executable, "-c", {OWNER!r}, *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
) as owner:
    owner.stdout.readline()
    try:
        open(f"/proc/{{owner.pid}}/mem", "rb").close()
        print("read")
    except PermissionError:
        print("refused")
    owner.stdin.close()
"""


@pytest.mark.parametrize(("whose", "outcome"), [("ours", "refused"), ("any", "read")])
def test_another_program_of_the_same_user_cannot_look_into_the_memory(whose: str, outcome: str) -> None:
    plain = ["setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace"] if os.geteuid() == 0 else []
    command = [*plain, sys.executable, "-c", READER, whose]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"{outcome}\n"


def vault_with_a_case(folder: Path) -> str:
    from tests.scenario import Desk

    desk = Desk(folder / "vault")
    case = desk.begin()
    desk.say(case, "control.papers")
    desk.begin()
    desk.space.close()
    return case.code


def listed(folder: Path, *more: str) -> list[list[str]]:
    from tests.scenario import PASSPHRASE

    where = ("--vault", str(folder / "vault"), "--passphrase-stdin")
    done = run("history", "--list", *more, *where, text=f"{PASSPHRASE}\n")
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_the_history_is_listed_the_newest_first_of_all_or_of_one_case(tmp_path: Path) -> None:
    code = vault_with_a_case(tmp_path)
    lines = listed(tmp_path)
    assert lines[0][1:] == ["A. Weber", "-", "Unlocked the vault"]
    assert [line[0] for line in lines] == sorted((line[0] for line in lines), reverse=True)
    of_case = listed(tmp_path, "--case", code.lower())
    assert [line[2:] for line in of_case][-1] == [code, "Began the case"]
    assert {line[2] for line in of_case} == {code}
    assert of_case[0][3].startswith("Wrote down an answer: ")


def test_failures_say_where_what_and_what_to_do(tmp_path: Path) -> None:
    vault_with_a_case(tmp_path)
    vault = tmp_path / "vault"

    def told(text: str = "wrong\n") -> str:
        done = run("history", "--verify", "--vault", str(vault), "--passphrase-stdin", text=text)
        assert done.stderr.count("\n") == 1
        return done.stderr.strip()

    assert told().startswith("vault.key: no slot opens with this passphrase; try again")
    (vault / "vault.key").write_bytes(b"nothing")
    (vault / "vault.key.bak").write_bytes(b"nothing")
    where, what, way = told().replace("; ", ": ", 1).split(": ", 2)
    assert (where, bool(what)) == ("vault.key", True)
    assert "backup" in way


def test_without_a_terminal_the_passphrase_is_asked_for_in_one_line(tmp_path: Path) -> None:
    vault_with_a_case(tmp_path)
    command = [sys.executable, "-m", "victim_id", "history", "--verify", "--vault", str(tmp_path / "vault")]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
        start_new_session=True,
    )  # fmt: skip
    told = "passphrase: there is no terminal to type it in; please give it with --passphrase-stdin\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_ctrl_c_ends_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from io import StringIO

    from victim_id.commands import run as run_here

    class Pressed(StringIO):
        def readline(self, _most: int = -1, /) -> str:
            raise KeyboardInterrupt

    vault_with_a_case(tmp_path)
    monkeypatch.setattr(sys, "stdin", Pressed())
    before = os.umask(0o077)
    try:
        assert run_here(["history", "--verify", "--vault", str(tmp_path / "vault"), "--passphrase-stdin"]) == 130
    finally:
        os.umask(before)
    assert capsys.readouterr() == ("", "stopped\n")


def test_a_case_limited_to_others_says_by_command_whom_to_ask(tmp_path: Path) -> None:
    from tests.scenario import Desk

    desk = Desk(tmp_path / "vault")
    case = desk.begin()
    eva = desk.space.ways_in.add("Eva", "purple otters juggle seventeen lemons")
    desk.space.keeping.limit(case.id, [eva.id])
    desk.space.close()
    (tmp_path / "stick").mkdir()
    done = seal(tmp_path, case.code, "--to", CENTRE)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"{case.code}: is limited to other workers; please ask Eva\n"
