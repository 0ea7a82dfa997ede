"""A signed edition travels on a stick: what was not signed, is damaged, older or newer never counts."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import FILES
from victim_id.errors import (
    CannotOpen,
    Damaged,
    Failure,
    Newer,
    NotAPackage,
    Older,
    TooLarge,
    WrongContent,
    WrongInput,
    WrongSignature,
)
from victim_id.instrument.editions import (
    HEAD,
    PLACED,
    TRUSTED,
    edition_in_use,
    place_edition,
    placed_edition,
    read_edition,
    read_signing_key,
    sign_edition,
    signing_key_file,
    trusted_in,
    verify_edition,
    write_edition,
)
from victim_id.instrument.load import content_of, load, read
from victim_id.sealing import SigningKey, make_signing_key, sign, verifying_key

INDICATORS = Path(__file__).resolve().parent.parent.parent / "indicators"
KEY = make_signing_key()
PUBLIC = verifying_key(KEY)


SHIPPED = load(INDICATORS)


def files(number: str = "2026.1", path: str = "", before: str = "", after: str = "") -> dict[str, bytes]:
    """Gives the shipped content under a number, with one piece of text replaced."""
    found = content_of(INDICATORS, training=True)
    found["edition.toml"] = found["edition.toml"].replace(b"2026.1", number.encode())
    assert not path or before.encode() in found[path]
    return found | ({path: found[path].replace(before.encode(), after.encode(), 1)} if path else {})


ARCHIVE = write_edition(files())
SIGNATURE = sign_edition(ARCHIVE, KEY)


def zipped(parts: list[tuple[str, bytes]], *, deflated: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED)
    return out.getvalue()


def parts() -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_the_shipped_edition_travels_and_is_the_same_edition(tmp_path: Path) -> None:
    archive = write_edition(content_of(INDICATORS, training=True))
    new = place_edition(archive, sign_edition(archive, KEY), tmp_path / "editions", trusted=[PUBLIC], in_use=SHIPPED)
    assert new.instrument == load(INDICATORS)
    found = placed_edition(tmp_path / "editions", [PUBLIC])
    assert found is not None
    assert found.instrument == load(INDICATORS)
    assert found.files == content_of(INDICATORS, training=True)


def test_the_same_files_give_the_same_bytes() -> None:
    assert write_edition(dict(reversed(files().items()))) == ARCHIVE


def test_without_an_imported_edition_the_shipped_one_counts(tmp_path: Path) -> None:
    assert placed_edition(tmp_path, [PUBLIC]) is None


@pytest.mark.parametrize("trusted", [[], [verifying_key(make_signing_key())]])
def test_an_edition_of_somebody_else_is_refused(trusted: list[str], tmp_path: Path) -> None:
    with pytest.raises(WrongSignature):
        place_edition(ARCHIVE, SIGNATURE, tmp_path, trusted=trusted, in_use=SHIPPED)
    assert list(tmp_path.iterdir()) == []


def test_any_of_the_trusted_keys_may_have_signed() -> None:
    assert verify_edition(ARCHIVE, SIGNATURE, [verifying_key(make_signing_key()), PUBLIC]).instrument == SHIPPED


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(ARCHIVE) - 1), st.integers(1, 255))
def test_any_changed_byte_breaks_the_signature(at: int, turned: int) -> None:
    content = bytearray(ARCHIVE)
    content[at] ^= turned
    with pytest.raises(WrongSignature):
        verify_edition(bytes(content), SIGNATURE, [PUBLIC])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(ARCHIVE) - 1), st.integers(1, 255))
def test_a_reader_without_a_signature_would_still_notice_any_changed_byte(at: int, turned: int) -> None:
    content = bytearray(ARCHIVE)
    content[at] ^= turned
    with pytest.raises((CannotOpen, WrongContent)):
        read_edition(bytes(content))


def test_an_older_edition_is_warned_about_and_can_be_wanted(tmp_path: Path) -> None:
    in_use = read_edition(write_edition(files("2026.10"))).instrument
    older = write_edition(files("2026.9"))
    signature = sign_edition(older, KEY)
    with pytest.raises(Older, match=r"2026\.9 is older than 2026\.10"):
        place_edition(older, signature, tmp_path, trusted=[PUBLIC], in_use=in_use)
    assert placed_edition(tmp_path, [PUBLIC]) is None
    place_edition(older, signature, tmp_path, trusted=[PUBLIC], in_use=in_use, older_too=True)
    found = placed_edition(tmp_path, [PUBLIC])
    assert found is not None
    assert found.instrument.edition.number == "2026.9"


def test_one_number_never_means_two_contents(tmp_path: Path) -> None:
    other = write_edition(files("2026.1", "texts.toml", 'person = "Yes"', 'person = "Yes."'))
    with pytest.raises(WrongInput, match="in use with other content"):
        place_edition(other, sign_edition(other, KEY), tmp_path, trusted=[PUBLIC], in_use=SHIPPED)


def test_a_newer_format_is_told_apart_even_when_its_layout_differs() -> None:
    newer = zipped([(HEAD, b'{"victim_id_edition":2,"anything":[]}'), ("locales/fr.po", b"")])
    with pytest.raises(Newer):
        read_edition(newer)


def renamed(name: str) -> Callable[[], bytes]:
    return lambda: zipped([*parts(), (name, b"x = 1\n")])


@pytest.mark.parametrize(
    "make",
    [
        renamed("../outside.toml"),
        renamed("/etc/outside.toml"),
        renamed("indicators/../../outside.toml"),
        renamed("indicators\\outside.toml"),
        renamed("C:/outside.toml"),
        renamed("indicators/a/b/c/d.toml"),
        renamed("indicators/program.py"),
        renamed("indicators/.toml"),
        renamed("indicators/é.toml"),
        lambda: zipped(parts(), deflated=True),
        lambda: zipped([parts()[0], *reversed(parts()[1:])]),
        lambda: zipped(parts()[:-1]),
        lambda: ARCHIVE + b"\0",
        lambda: zipped([(HEAD, parts()[0][1].replace(b"2026.1", b"2026.2")), *parts()[1:]]),
    ],
)
def test_another_layout_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises((Damaged, NotAPackage, WrongContent)):
        read_edition(make())


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 200, zipped([]), zipped([("other.txt", b"")])])
def test_what_is_no_edition_is_told_apart(content: bytes) -> None:
    with pytest.raises(NotAPackage):
        read_edition(content)


def test_bounds_hold_before_anything_is_unpacked() -> None:
    with pytest.raises(TooLarge):
        read_edition(bytes(64 * 1024**2 + 1))
    with pytest.raises(TooLarge):
        read_edition(zipped([parts()[0], *((f"indicators/a{number}.toml", b"") for number in range(2000))]))
    with pytest.raises(TooLarge):
        verify_edition(ARCHIVE, bytes(5000), [PUBLIC])


def test_content_with_a_problem_is_neither_exported_nor_imported() -> None:
    faulty = files("2026.1", "sections/work.toml", 'sign = "ex_hours"', 'sign = "ex_hour"')
    with pytest.raises(WrongContent, match="ex_hour"):
        write_edition(faulty)
    made_elsewhere = zipped([parts()[0], *((f"indicators/{path}", faulty[path]) for path in sorted(faulty))])
    with pytest.raises(WrongContent, match="ex_hour"):
        verify_edition(made_elsewhere, sign(made_elsewhere, KEY, "any"), [PUBLIC])


def test_a_part_of_an_edition_is_not_exported() -> None:
    with pytest.raises(WrongContent):
        write_edition({path: text.encode() for path, text in FILES.items()})


def test_a_training_case_that_does_not_fit_its_edition_is_refused() -> None:
    with pytest.raises(WrongContent):
        write_edition(files() | {"training/one.toml": b"[[case]]\nid = 'x'\n"})


def test_a_number_of_another_form_is_not_exported() -> None:
    with pytest.raises(WrongInput, match="2026-1"):
        write_edition(files("2026-1"))


@pytest.mark.parametrize(
    "change", [lambda raw: raw[:-1], lambda raw: raw[:50], lambda raw: raw.replace(b"Hours", b"Hourz")]
)
def test_an_edition_that_was_changed_on_the_disk_is_not_used(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    place_edition(ARCHIVE, SIGNATURE, tmp_path, trusted=[PUBLIC], in_use=SHIPPED)
    place = tmp_path / PLACED
    place.write_bytes(change(place.read_bytes()))
    with pytest.raises(CannotOpen):
        placed_edition(tmp_path, [PUBLIC])


@pytest.mark.parametrize("steps", range(4))
def test_a_machine_that_stops_while_importing_has_the_old_edition_or_the_new_one(
    steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another office signs the next edition: keys and edition change together, and the power goes between any two steps."""
    place_edition(ARCHIVE, SIGNATURE, tmp_path, trusted=[PUBLIC], in_use=SHIPPED)
    next_key = make_signing_key()
    archive = write_edition(files("2026.2"))
    signature, done, replace = sign_edition(archive, next_key), 0, Path.replace

    class PowerCut(BaseException):
        """Nothing of ours catches it, as nothing catches a power cut."""

    def step(path: Path, target: Path) -> Path:
        nonlocal done
        if done == steps:
            raise PowerCut
        done += 1
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", step)
    with contextlib.suppress(PowerCut):
        place_edition(archive, signature, tmp_path, trusted=[verifying_key(next_key)], in_use=SHIPPED)
    monkeypatch.undo()
    number = read(edition_in_use(tmp_path)).edition.number
    assert number == ("2026.2" if steps > 1 else "2026.1")
    assert (trusted_in(tmp_path) == [verifying_key(next_key)]) == (steps == 3)


def test_a_failed_import_leaves_the_edition_in_use(tmp_path: Path) -> None:
    place_edition(ARCHIVE, SIGNATURE, tmp_path, trusted=[PUBLIC], in_use=SHIPPED)
    before = (tmp_path / PLACED).read_bytes()
    with pytest.raises(Failure):
        place_edition(ARCHIVE + b"x", SIGNATURE, tmp_path, trusted=[PUBLIC], in_use=SHIPPED)
    assert (tmp_path / PLACED).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [PLACED, TRUSTED]
    assert trusted_in(tmp_path) == [PUBLIC]


# --- keys -----------------------------------------------------------------------------------------------------------


def test_a_signing_key_goes_into_the_file_format_of_minisign_and_back() -> None:
    content = signing_key_file(KEY)
    assert read_signing_key(content) == KEY
    assert content.startswith(b"untrusted comment: ")
    assert len(content.split(b"\n")[1]) == 212  # 158 bytes, as minisign writes


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw[:0],
        lambda raw: raw.replace(b"\n", b" "),
        lambda raw: raw[:-40],
        lambda raw: raw.replace(b"RWQA", b"RWRA"),
        lambda raw: raw[:150] + (b"A" if raw[150:151] != b"A" else b"B") + raw[151:],
    ],
)
def test_another_file_is_no_signing_key(change: Callable[[bytes], bytes]) -> None:
    content = change(signing_key_file(SigningKey(bytes(8), bytes(range(32)))))
    with pytest.raises(WrongInput):
        read_signing_key(content)


def test_a_key_with_a_password_is_signed_with_minisign_itself() -> None:
    from base64 import b64decode, b64encode

    comment, line, _ = signing_key_file(KEY).split(b"\n")
    raw = b64decode(line)
    locked = b"\n".join([comment, b64encode(raw[:2] + b"Sc" + raw[4:]), b""])
    with pytest.raises(WrongInput, match="minisign -S"):
        read_signing_key(locked)


def test_the_minisign_program_takes_our_key_and_we_take_its_key_and_signature(tmp_path: Path) -> None:
    import subprocess

    def minisign(*words: str) -> None:
        subprocess.run(["minisign", *words], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "edition.zip").write_bytes(ARCHIVE)
    (tmp_path / "ours.key").write_bytes(signing_key_file(KEY))
    minisign("-S", "-s", "ours.key", "-W", "-m", "edition.zip")
    assert verify_edition(ARCHIVE, (tmp_path / "edition.zip.minisig").read_bytes(), [PUBLIC]).instrument == SHIPPED

    minisign("-G", "-W", "-p", "theirs.pub", "-s", "theirs.key")
    theirs = read_signing_key((tmp_path / "theirs.key").read_bytes())
    (tmp_path / "edition.zip.minisig").write_bytes(sign_edition(ARCHIVE, theirs))
    minisign("-V", "-p", "theirs.pub", "-m", "edition.zip")
    public = (tmp_path / "theirs.pub").read_text().splitlines()[1]
    assert public == verifying_key(theirs)
