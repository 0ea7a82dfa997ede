"""A signed edition: the content as one file that travels on a stick, signed in the format of minisign.

The archive has one form only; whoever reads it writes it again and compares. It counts only after its signature was
found to be that of a trusted key, its content was loaded, and the check found nothing.
"""

import errno
import io
import os
import re
import tempfile
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from victim_id.errors import (
    Damaged,
    DiskFull,
    Machine,
    NotAPackage,
    Older,
    ReadOnly,
    TooLarge,
    WrongContent,
    WrongInput,
    WrongSignature,
)
from victim_id.instrument.check import problems
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import TRAINING, read
from victim_id.instrument.shapes import Edition
from victim_id.instrument.training import read_training
from victim_id.instrument.whole import lacking
from victim_id.outside import read_outside
from victim_id.record import Record, decode_file, encode_file
from victim_id.sealing import SigningKey, sign, verify, verifying_key

FORMAT, VERSION = "victim_id_edition", 1
HEAD, CONTENT = "edition.json", "indicators/"
PLACED, TRUSTED = "edition.signed", "trusted.pub"
MOST_FILE, MOST_ENTRIES, MOST_HEAD, MOST_SIGNATURE, MOST_TRUSTED = 64 * 1024**2, 2000, 64 * 1024, 4096, 16 * 1024

_BETWEEN = b"\n--- edition.zip ---\n"
"""Signature and archive are placed in one file, so that no moment has one of them without the other."""
_PATH = re.compile(r"indicators/(?:[A-Za-z0-9_-]{1,64}/){0,2}[A-Za-z0-9_-]{1,64}\.toml")
_NUMBER = re.compile(r"([0-9]{4})\.([0-9]{1,6})")


class _Head(Record, kw_only=True):
    """What an archive says of itself; every word of it is found again in the content."""

    id: str
    number: str
    fingerprint: str


class SignedEdition(NamedTuple):
    """An edition that was opened: the instrument, and its files by path below indicators/, training cases included."""

    instrument: Instrument
    files: dict[str, bytes]


def write_edition(files: Mapping[str, bytes]) -> bytes:
    """Gives the archive of an edition; `files` are paths below indicators/ with their bytes, training cases included.

    Raises WrongContent when the content has a problem, WrongInput when a path or the number has another form.
    """
    instrument = _checked(files)
    for path in files:
        if not _PATH.fullmatch(CONTENT + path):
            raise WrongInput(path, "has a name that no edition carries", "please use letters, digits and low lines")
    _order(instrument.edition)
    archive = _zip(_head(instrument), files)
    if len(archive) > MOST_FILE or len(files) + 1 > MOST_ENTRIES:
        raise TooLarge("edition", f"{len(archive)} bytes in {len(files)} files")
    return archive


def sign_edition(archive: bytes, key: SigningKey) -> bytes:
    """Gives the minisign file over an archive; `minisign -V` verifies it, and `minisign -S` makes one as well."""
    instrument = read_edition(archive).instrument
    return sign(archive, key, f"edition {instrument.edition.number} {instrument.fingerprint}")


def read_edition(archive: bytes, where: str = "edition") -> SignedEdition:
    """Opens an archive whose signature was verified: NotAPackage, Newer, TooLarge, Damaged, WrongContent."""
    head, parts = _unzip(archive, where)
    files = {name.removeprefix(CONTENT): content for name, content in parts.items()}
    if _zip(head, files) != archive:
        raise Damaged(where, "its layout is not the one an edition has")
    said = decode_file(FORMAT, VERSION, _Head, head, where, MOST_HEAD)
    instrument = _checked(files)
    if head != _head(instrument):
        raise Damaged(where, f"is not the edition {said.number} that it says it is")
    return SignedEdition(instrument, files)


def verify_edition(archive: bytes, signature: bytes, trusted: Collection[str], where: str = "edition") -> SignedEdition:
    """Opens an edition that one of the trusted minisign keys signed; raises WrongSignature before anything is unpacked."""
    if len(archive) > MOST_FILE or len(signature) > MOST_SIGNATURE:
        raise TooLarge(where, f"{len(archive)} bytes; at most {MOST_FILE} are read")
    refused = WrongSignature(where, "no key is trusted", "please name the key of whoever adopts editions for you")
    for public in trusted:
        try:
            verify(archive, signature, public, where)
        except WrongSignature as wrong:
            refused = wrong
        else:
            return read_edition(archive, where)
    raise refused


def place_edition(
    archive: bytes,
    signature: bytes,
    folder: Path,
    *,
    trusted: Collection[str],
    in_use: Instrument,
    older_too: bool = False,
    where: str = "edition",
) -> SignedEdition:
    """Verifies an edition and puts it, as it was signed, where `edition_in_use` finds it; running cases keep theirs.

    The keys before are trusted with the new ones until the new edition stands there, so that at any moment, whatever
    stops the machine, the edition in place is one that a kept key signed: the old one or the new one. Raises Older for one before `in_use` unless `older_too`, and WrongInput for other content under the same number.
    """
    new = verify_edition(archive, signature, trusted, where)
    ours, theirs = in_use.edition, new.instrument.edition
    if ours.id == theirs.id and _order(theirs) < _order(ours) and not older_too:
        raise Older(
            where, f"{theirs.number} is older than {ours.number}, which is in use", "please confirm that it is wanted"
        )
    if (ours.id, ours.number) == (theirs.id, theirs.number) and in_use.fingerprint != new.instrument.fingerprint:
        raise WrongInput(
            where, f"{theirs.number} is in use with other content", "please ask for it under the next number"
        )
    trust(folder, [*trusted_in(folder), *trusted])
    _write(folder, PLACED, signature + _BETWEEN + archive)
    trust(folder, trusted)
    return new


def placed_edition(folder: Path, trusted: Collection[str]) -> SignedEdition | None:
    """Opens the edition that was placed, verified anew; None when none was, so that the shipped one is in use."""
    place = folder / PLACED
    if not place.exists():
        return None
    signature, mark, archive = read_outside(place, MOST_FILE + 2 * MOST_SIGNATURE).partition(_BETWEEN)
    if not mark:
        raise Damaged(PLACED, "is not what was placed")
    return verify_edition(archive, signature, trusted, PLACED)


def trust(folder: Path, keys: Collection[str]) -> None:
    """Keeps the public keys whose editions are taken here, one on each line, in place of those before."""
    _write(folder, TRUSTED, "".join(f"{key}\n" for key in dict.fromkeys(keys)).encode("ascii"))


def trusted_in(folder: Path) -> list[str]:
    """Gives the public keys whose editions are taken here."""
    place = folder / TRUSTED
    return read_outside(place, MOST_TRUSTED).decode("ascii", "replace").split() if place.exists() else []


def edition_in_use(folder: Path, only: Collection[str] = ()) -> dict[str, bytes]:
    """Gives the files of the edition that was placed in a folder and is still what a trusted key signed; else none.

    Where `only` some keys may sign, one of another key is as if it had not been placed.
    """
    placed = placed_edition(folder, trusted_in(folder))
    if placed and only:
        try:
            placed = placed_edition(folder, only)
        except WrongSignature:
            return {}
    return {name: content for name, content in placed.files.items() if not name.startswith(TRAINING)} if placed else {}


# --- keys of authors, in the file format of minisign without a password -----------------------------------------------


def signing_key_file(key: SigningKey) -> bytes:
    """Gives the secret key file that `minisign -W` writes: no password, so it belongs on an encrypted disk."""
    public = b64decode(verifying_key(key))[10:]
    raw = b"Ed\0\0B2" + bytes(48) + key.number + key.secret + public + bytes(32)
    return b"untrusted comment: minisign secret key\n" + b64encode(raw) + b"\n"


def read_signing_key(content: bytes, where: str = "signing key") -> SigningKey:
    """Reads a secret key file of minisign; raises WrongInput for another file or one with a password."""
    try:
        raw = b64decode(content.split(b"\n")[1], validate=True)
    except (IndexError, ValueError):
        raise WrongInput(where, "is not a secret key of minisign") from None
    if len(raw) != 158 or raw[:2] != b"Ed":
        raise WrongInput(where, "is not a secret key of minisign")
    if raw[2:4] != b"\0\0":
        raise WrongInput(where, "is locked with a password", "please sign the file with minisign -S instead")
    key = SigningKey(raw[54:62], raw[62:94])
    if b64decode(verifying_key(key))[10:] != raw[94:126]:
        raise WrongInput(where, "is damaged")
    return key


# --- the one form of an archive -------------------------------------------------------------------------------------


def _checked(files: Mapping[str, bytes]) -> Instrument:
    content = {path: data for path, data in files.items() if not path.startswith(TRAINING)}
    training = {path: data for path, data in files.items() if path.startswith(TRAINING)}
    instrument = read(content)
    if found := [*problems(instrument), *lacking(instrument)]:
        raise WrongContent(found)
    read_training(training, instrument)
    return instrument


def _order(edition: Edition) -> tuple[int, int]:
    match = _NUMBER.fullmatch(edition.number)
    if match is None:
        raise WrongInput("edition.toml", f"has the number {edition.number}", "please write it as 2026.1")
    return int(match[1]), int(match[2])


def _head(instrument: Instrument) -> bytes:
    edition = instrument.edition
    return encode_file(FORMAT, VERSION, _Head(id=edition.id, number=edition.number, fingerprint=instrument.fingerprint))


def _zip(head: bytes, files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in ((HEAD, head), *((CONTENT + path, files[path]) for path in sorted(files))):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _unzip(archive: bytes, where: str) -> tuple[bytes, dict[str, bytes]]:
    if len(archive) > MOST_FILE:
        raise TooLarge(where, f"{len(archive)} bytes; at most {MOST_FILE} are read")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = opened.infolist()
            if len(entries) > MOST_ENTRIES:
                raise TooLarge(where, f"{len(entries)} entries; at most {MOST_ENTRIES} are read")
            names = [entry.filename for entry in entries]
            if names[:1] != [HEAD]:
                raise NotAPackage(where, "is not an edition")
            if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries):
                raise Damaged(where, "its entries are not stored as they must be")
            if sum(max(entry.file_size, entry.compress_size) for entry in entries) > len(archive):
                raise TooLarge(where, "its entries say that they are larger than the file")
            head = opened.read(entries[0])
            decode_file(FORMAT, VERSION, _Head, head, where, MOST_HEAD)  # a newer format is told before its layout
            if len(set(names)) < len(names) or not all(map(_PATH.fullmatch, names[1:])):
                raise Damaged(where, "holds an entry that no edition has")
            return head, {entry.filename: opened.read(entry) for entry in entries[1:]}
    except (
        zipfile.BadZipFile,
        ValueError,
        EOFError,
        NotImplementedError,
        OSError,
        KeyError,
        RuntimeError,
        OverflowError,
    ):
        raise NotAPackage(where, "is not an edition") from None


def _write(folder: Path, name: str, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all."""
    temporary = ""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(folder / name)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        kind = {errno.ENOSPC: DiskFull, errno.EROFS: ReadOnly, errno.EACCES: ReadOnly}.get(error.errno or 0, Machine)
        raise kind(folder.name, error.strerror or "cannot be written") from None
