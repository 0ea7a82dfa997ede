"""What travels: opened by its recipient alone, exactly as it was signed."""

import hashlib
import io
import json
import subprocess
import tracemalloc
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victim_id.errors import (
    CannotOpen,
    Damaged,
    Newer,
    NotAPackage,
    NotForYou,
    SeenBefore,
    WrongInput,
    WrongSignature,
)
from victim_id.referral.package import KeyCard, Manifest, read_package, write_package
from victim_id.sealing import identity_file, make_identity, make_signing_key, open_sealed, seal, sign, verifying_key

NOW = "2026-11-21T10:00:00Z"
CELL, SENDER, STRANGER = make_identity(), make_identity(), make_identity()
KEY, OTHER_KEY = make_signing_key(), make_signing_key()
PARTS = {"referral.pdf": b"%PDF-1.7 form", "record.json": b"{}", "consent.json": b"[]", "evidence.json": b"[]"}
ID = str(UUID(int=7))


def manifest(**changed: object) -> Manifest:
    card = KeyCard(
        organisation="ITM",
        role="labour inspector",
        country="LU",
        recipient=SENDER.recipient,
        signing=verifying_key(KEY),
        made=NOW,
    )
    facts: dict[str, object] = {
        "package": ID, "kind": "referral", "case": "7F2-KQD", "made": NOW, "sender": card, "recipients": (CELL.recipient,),
        "language": "fr", "edition": "2026.1", "fingerprint": "0" * 64, "history": "0" * 64,
    }  # fmt: skip
    return Manifest(**facts | changed)  # type: ignore[arg-type]


def test_a_package_made_before_the_number_of_the_history_was_told_still_opens() -> None:
    opened = read_package(sealed(), CELL)
    assert (opened.manifest.history, opened.manifest.history_seq) == ("0" * 64, 0)


def test_a_history_without_a_place_in_it_is_damaged() -> None:
    with pytest.raises(Damaged):
        read_package(sealed(history_seq=-1), CELL)


def sealed(parts: dict[str, bytes] = PARTS, **changed: object) -> bytes:
    return write_package(manifest(**changed), parts, KEY)


def rebuilt(change, *, key=KEY, stored=zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    """Takes a good package apart as its recipient could, changes it, and seals it again for the same recipient."""
    with zipfile.ZipFile(io.BytesIO(open_sealed(sealed(), CELL))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", stored) as archive:
        archive.comment = comment
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o600 << 16, stored
            archive.writestr(entry, content)
    return seal(out.getvalue(), [CELL.recipient])


def test_the_recipient_reads_what_the_sender_wrote() -> None:
    package = read_package(sealed(), CELL, known={verifying_key(KEY)})
    assert package.parts == PARTS
    assert package.known
    assert package.manifest.case == "7F2-KQD"


def test_a_sender_who_is_not_known_opens_and_is_said_so() -> None:
    assert not read_package(sealed(), CELL).known


def test_somebody_else_cannot_open_it() -> None:
    with pytest.raises(NotForYou):
        read_package(sealed(), STRANGER)


def test_a_package_sealed_on_to_another_key_is_refused_by_that_key() -> None:
    passed_on = seal(open_sealed(sealed(), CELL), [STRANGER.recipient])
    with pytest.raises(NotForYou, match="among the recipients"):
        read_package(passed_on, STRANGER)


def test_several_recipients_each_open_the_same_package() -> None:
    both = sealed(recipients=(CELL.recipient, STRANGER.recipient))
    assert read_package(both, CELL).parts == read_package(both, STRANGER).parts


def test_the_standard_age_program_opens_it(tmp_path: Path) -> None:
    (tmp_path / "key.txt").write_bytes(identity_file(CELL, NOW))
    (tmp_path / "package.age").write_bytes(sealed())
    plain = subprocess.run(
        ["age", "-d", "-i", "key.txt", "package.age"], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert archive.read("referral.pdf") == PARTS["referral.pdf"]
        assert archive.namelist()[:2] == ["manifest.json", "manifest.json.minisig"]
        listed = {part["name"]: part for part in json.loads(archive.read("manifest.json"))["parts"]}
    assert listed["referral.pdf"]["sha256"] == hashlib.sha256(PARTS["referral.pdf"]).hexdigest()


def test_the_standard_minisign_program_verifies_the_manifest(tmp_path: Path) -> None:
    from victim_id.sealing import verifying_file

    with zipfile.ZipFile(io.BytesIO(open_sealed(sealed(), CELL))) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "key.pub").write_bytes(verifying_file(verifying_key(KEY)))
    subprocess.run(
        ["minisign", "-V", "-p", "key.pub", "-m", "manifest.json"], cwd=tmp_path, capture_output=True, check=True
    )


def test_the_first_key_of_the_manifest_names_format_and_version() -> None:
    with zipfile.ZipFile(io.BytesIO(open_sealed(sealed(), CELL))) as archive:
        assert archive.read("manifest.json").startswith(b'{"victim_id_package":1,')


def test_a_changed_part_is_damaged() -> None:
    with pytest.raises(Damaged, match=r"record\.json"):
        read_package(rebuilt(lambda parts: parts | {"record.json": b"[]"}), CELL)


def test_a_changed_manifest_has_a_wrong_signature() -> None:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        return parts | {"manifest.json": parts["manifest.json"].replace(b"7F2-KQD", b"8F2-KQD")}

    with pytest.raises(WrongSignature):
        read_package(rebuilt(change), CELL)


def test_a_signature_by_another_key_does_not_fit() -> None:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        return parts | {"manifest.json.minisig": sign(parts["manifest.json"], OTHER_KEY, f"package {ID}")}

    with pytest.raises(WrongSignature):
        read_package(rebuilt(change), CELL)


def test_the_signature_of_another_package_does_not_fit() -> None:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        return parts | {"manifest.json.minisig": sign(parts["manifest.json"], KEY, "package other")}

    with pytest.raises(WrongSignature):
        read_package(rebuilt(change), CELL)


def test_a_part_that_was_not_signed_is_refused() -> None:
    extra = f"evidence/{'0' * 64}"
    with pytest.raises(Damaged, match="not those that were signed"):
        read_package(rebuilt(lambda parts: parts | {extra: b"planted"}), CELL)


def test_a_missing_part_is_another_layout() -> None:
    with pytest.raises(NotAPackage):
        read_package(
            rebuilt(lambda parts: {name: part for name, part in parts.items() if name != "consent.json"}), CELL
        )


def test_a_part_outside_the_folder_is_refused() -> None:
    with pytest.raises(Damaged):
        read_package(rebuilt(lambda parts: parts | {"../planted": b"x"}), CELL)


def test_a_zip_that_is_packed_or_carries_a_comment_is_refused() -> None:
    with pytest.raises(Damaged):
        read_package(rebuilt(dict, stored=zipfile.ZIP_DEFLATED), CELL)
    with pytest.raises(Damaged):
        read_package(rebuilt(dict, comment=b"hidden"), CELL)


def test_a_newer_package_says_so() -> None:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        return parts | {
            "manifest.json": parts["manifest.json"].replace(b'"victim_id_package":1', b'"victim_id_package":2')
        }

    with pytest.raises(Newer):
        read_package(rebuilt(change), CELL)


def test_an_age_file_of_something_else_is_no_package() -> None:
    for other in (b"hello", b"", sealed(), b"PK\x05\x06" + bytes(18)):
        with pytest.raises(NotAPackage):
            read_package(seal(other, [CELL.recipient]), CELL)


def test_a_plain_file_is_no_package() -> None:
    for other in (b"", b"%PDF-1.7", b"PK\x03\x04"):
        with pytest.raises(NotAPackage):
            read_package(other, CELL)


def test_the_same_package_is_taken_in_once() -> None:
    with pytest.raises(SeenBefore):
        read_package(sealed(), CELL, seen={ID}.__contains__)


def test_a_package_without_its_needed_parts_is_not_written() -> None:
    with pytest.raises(WrongInput, match=r"consent\.json"):
        write_package(manifest(), {name: part for name, part in PARTS.items() if name != "consent.json"}, KEY)
    with pytest.raises(WrongInput):
        write_package(manifest(), PARTS | {"notes.txt": b"x"}, KEY)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_changed_bytes_are_refused_with_one_of_our_errors(content: st.DataObject) -> None:
    good = bytearray(GOOD)
    for _ in range(content.draw(st.integers(1, 3))):
        place = content.draw(st.integers(0, len(good) - 1))
        good[place] ^= content.draw(st.integers(1, 255))
    cut = content.draw(st.integers(0, len(good)))
    for candidate in {bytes(good), bytes(good[:cut]), bytes(good) + b"x"} - {GOOD}:
        with pytest.raises(CannotOpen):
            read_package(candidate, CELL)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_changed_bytes_inside_the_seal_are_refused_too(content: st.DataObject) -> None:
    plain = bytearray(open_sealed(GOOD, CELL))
    place = content.draw(st.integers(0, len(plain) - 1))
    plain[place] ^= content.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        read_package(seal(bytes(plain), [CELL.recipient]), CELL)


GOOD = sealed()


def test_parts_that_lie_within_each_other_are_not_unpacked() -> None:
    """Each entry holds all later ones, so that a small file would become a large one in memory."""
    import struct
    import zlib

    whole, names = b"", [f"{at:04}" for at in range(60)]
    directory: list[tuple[str, bytes]] = []
    whole = b"x" * 1_000_000
    for name in reversed(names):
        directory.append((name, whole))
        head = struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, zlib.crc32(whole), len(whole), len(whole), len(name), 0
        )
        whole = head + name.encode() + whole
    central, total = b"", len(whole)
    for name, content in reversed(directory):
        offset = total - len(content) - 30 - len(name)
        sizes = (zlib.crc32(content), len(content), len(content), len(name), 0, 0, 0, 0, 0, offset)
        central += struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, *sizes) + name.encode()
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(names), len(names), len(central), total, 0)
    bomb = seal(whole + central + end, [CELL.recipient])
    tracemalloc.start()
    with pytest.raises(CannotOpen):
        read_package(bomb, CELL)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * len(bomb)


@pytest.mark.parametrize(
    "wrong",
    [
        {"made": "yesterday"},
        {"made": "2026-11-21T10:00:00Z\n"},
        {"made": "2026-13-41T10:00:00Z"},
        {"made": "9999-12-31T23:59:59Z"},
        {"package": "7"},
        {"package": "../../etc/passwd"},
        {"package": "\x1b[2J"},
    ],
)
def test_a_manifest_with_a_time_or_an_id_that_is_none_is_damaged(wrong: dict[str, str]) -> None:
    with pytest.raises(Damaged):
        read_package(sealed(**wrong), CELL)
