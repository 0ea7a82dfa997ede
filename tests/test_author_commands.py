"""Authors export, edit, import, sign and carry editions from the command line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.authoring.workbooks import with_cell
from victim_id.commands import run
from victim_id.instrument.editions import edition_in_use
from victim_id.instrument.load import load, read

ROOT = Path(__file__).resolve().parent.parent
INDICATORS = ROOT / "indicators"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(INDICATORS, tmp_path / "indicators"))


@pytest.fixture
def key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["edition", "key", str(tmp_path / "cell.key")]) == 0
    capsys.readouterr()
    return tmp_path / "cell.key"


def pub(key: Path) -> str:
    return f"{key}.pub"


def number(content: Path, new: str) -> None:
    place = content / "edition.toml"
    place.write_text(place.read_text().replace("2026.1", new))


def test_a_workbook_goes_out_and_back_and_changes_what_was_changed(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "form.xlsx"
    assert run(["xlsform", "export", str(book), str(content)]) == 0
    assert run(["xlsform", "import", str(book), str(content)]) == 0
    assert "changed" not in capsys.readouterr().out
    assert load(content).fingerprint == load(INDICATORS).fingerprint
    book.write_bytes(with_cell(book.read_bytes(), "survey", "safety.danger", "watch", "Fear of an hour or a place."))
    assert run(["xlsform", "import", str(book), str(content)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "changed: sections/safety.toml"
    assert load(content).question["safety.danger"].watch == "Fear of an hour or a place."


def test_an_import_that_makes_a_problem_is_written_and_says_so(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "form.xlsx"
    run(["xlsform", "export", str(book), str(content)])
    hard = "Are you a victim of this?"
    book.write_bytes(with_cell(book.read_bytes(), "survey", "safety.danger", "hint::English (en)", hard))
    assert run(["xlsform", "import", str(book), str(content)]) == 1
    assert "uses the word “victim”" in capsys.readouterr().out


def test_an_old_workbook_does_not_undo_what_others_changed(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "form.xlsx"
    run(["xlsform", "export", str(book), str(content)])
    number(content, "2026.2")
    assert run(["xlsform", "import", str(book), str(content)]) == 2
    assert "was exported from other files" in capsys.readouterr().err


def test_changed_translations_go_into_the_catalogues(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locales, book = Path(shutil.copytree(ROOT / "locales", tmp_path / "locales")), tmp_path / "form.xlsx"
    assert run(["xlsform", "export", str(book), str(content), "--language", "fr"]) == 0
    book.write_bytes(with_cell(book.read_bytes(), "survey", "safety.danger", "hint::French (fr)", "Tu as peur ?"))
    assert run(["xlsform", "import", str(book), str(content), "--locales", str(locales)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "changed: fr/LC_MESSAGES/indicators.po"
    assert 'msgstr "Tu as peur ?"' in (locales / "fr" / "LC_MESSAGES" / "indicators.po").read_text("utf-8")


def test_an_edition_is_exported_verified_and_imported(
    content: Path, tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number(content, "2026.2")
    stick, there = tmp_path / "edition.zip", tmp_path / "editions"
    assert run(["edition", "export", str(stick), str(content), "--key", str(key)]) == 0
    assert run(["edition", "verify", str(stick), "--key", pub(key)]) == 0
    assert "victim-id-benelux 2026.2" in capsys.readouterr().out
    assert run(["edition", "import", str(stick), "--key", pub(key), "--to", str(there)]) == 0
    number(content, "2026.10")
    assert run(["edition", "export", str(stick), str(content), "--key", str(key)]) == 0
    assert run(["edition", "import", str(stick), "--key", pub(key), "--to", str(there)]) == 0


def test_an_older_edition_is_refused_until_it_is_wanted(
    content: Path, tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number(content, "2025.9")
    stick = tmp_path / "edition.zip"
    run(["edition", "export", str(stick), str(content), "--key", str(key)])
    words = ["edition", "import", str(stick), "--key", pub(key), "--to", str(tmp_path / "editions")]
    assert run(words) == 3
    assert "2025.9 is older than 2026.1, which is in use" in capsys.readouterr().err
    assert run([*words, "--older"]) == 0


@pytest.mark.full
def test_an_edition_signed_by_the_next_key_takes_the_place_of_one_signed_before(
    content: Path, tmp_path: Path, key: Path
) -> None:
    """Whoever adopts editions changes: the one in use is still known by the key that was trusted when it came."""
    stick, there, next_key = tmp_path / "edition.zip", tmp_path / "editions", tmp_path / "next.key"
    assert run(["edition", "key", str(next_key)]) == 0
    for at, by in (("2026.2", key), ("2026.3", next_key)):
        place = content / "edition.toml"
        place.write_bytes((INDICATORS / "edition.toml").read_bytes().replace(b"2026.1", at.encode()))
        assert run(["edition", "export", str(stick), str(content), "--key", str(by)]) == 0
        assert run(["edition", "import", str(stick), "--key", pub(by), "--to", str(there)]) == 0
        assert read(edition_in_use(there)).edition.number == at


def test_an_edition_of_an_unknown_key_is_refused(tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stick, there = tmp_path / "edition.zip", tmp_path / "editions"
    run(["edition", "export", str(stick), "--key", str(key)])
    run(["edition", "key", str(tmp_path / "other.key")])
    for trusted in ([], ["--key", pub(tmp_path / "other.key")]):
        assert run(["edition", "verify", str(stick), *trusted]) == 3
        assert run(["edition", "import", str(stick), *trusted, "--to", str(there)]) == 3
    assert not there.exists()
    assert capsys.readouterr().err.count("\n") == 4


def test_an_edition_without_a_key_is_signed_by_the_minisign_program(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "edition.zip"
    assert run(["edition", "export", str(stick)]) == 0
    assert "minisign -S -m edition.zip" in capsys.readouterr().out
    assert run(["edition", "verify", str(stick), "--key", pub(key)]) == 2
    words = ["minisign", "-S", "-W", "-s", key.name, "-m", stick.name]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    assert run(["edition", "verify", str(stick), "--key", pub(key)]) == 0


def test_a_key_is_never_overwritten_and_only_its_owner_reads_it(key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = key.read_bytes()
    assert run(["edition", "key", str(key)]) == 2
    assert key.read_bytes() == before
    assert "never overwritten" in capsys.readouterr().err
    if sys.platform != "win32":
        assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"untrusted comment: x\nnot a key\n"])
def test_a_file_that_is_no_public_key_is_refused(tmp_path: Path, key: Path, content: bytes) -> None:
    (tmp_path / "wrong.pub").write_bytes(content)
    run(["edition", "export", str(tmp_path / "edition.zip"), "--key", str(key)])
    assert run(["edition", "verify", str(tmp_path / "edition.zip"), "--key", str(tmp_path / "wrong.pub")]) == 2


def test_neither_forms_nor_editions_load_qt_or_the_spreadsheet_library_at_start() -> None:
    program = (
        "import sys; from victim_id.commands import run; run(['check']);"
        "assert not {'PySide6', 'openpyxl', 'victim_id.authoring'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True)
