"""What travels: referral, record, consent and evidence list, signed by the sender inside, sealed for the recipients.

An age file (C2SP age, X25519) around a ZIP of stored parts in one fixed order and form: whoever reads it writes the
same parts again and compares, so that nothing can hide between them. Sealed is not signed; both are checked.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Collection, Mapping
from typing import Literal
from uuid import UUID

from victim_id.errors import Damaged, NotAPackage, NotForYou, SeenBefore, TooLarge, WrongInput, WrongSignature
from victim_id.language import moment, parse_moment
from victim_id.record import Record, decode_file, encode_file
from victim_id.sealing import (
    Identity,
    SigningKey,
    check_recipient,
    check_verifying_key,
    open_sealed,
    seal,
    sign,
    verify,
)

FORMAT, VERSION = "victim_id_package", 1
MOST_FILE, MOST_MANIFEST, MOST_PARTS, MOST_ITEM = 2 * 1024**3, 1024**2, 1000, 200 * 1024**2
MOST_LINES = 2**53
MANIFEST, SIGNATURE = "manifest.json", "manifest.json.minisig"
ORDER = (MANIFEST, SIGNATURE, "referral.pdf", "record.json", "consent.json", "evidence.json", "identity.age")
NEEDED = ORDER[:6]


class KeyCard(Record, kw_only=True):
    """Who somebody is to a program: organisation, role, country, and the two public keys."""

    organisation: str
    type: str = ""
    role: str
    country: str
    recipient: str
    signing: str
    made: str


class Part(Record, kw_only=True):
    """One part of a package: name, SHA-256 in hex, size in bytes."""

    name: str
    sha256: str
    size: int


class Manifest(Record, kw_only=True):
    """What is in a package, from whom, for whom. Every recipient key is named, so that nobody can pass it on as theirs.

    `history` and `history_seq` are the head of the sender's history, link and number; packages without a number are older.
    """

    package: str
    kind: Literal["referral", "receipt", "withdrawal"]
    answers: str = ""
    case: str
    made: str
    sender: KeyCard
    recipients: tuple[str, ...]
    language: str
    edition: str
    fingerprint: str
    history: str
    history_seq: int = 0
    parts: tuple[Part, ...] = ()


class Package(Record, kw_only=True):
    """A package that was opened and whose every part is what its sender signed."""

    manifest: Manifest
    parts: dict[str, bytes]
    known: bool


def write_package(manifest: Manifest, parts: Mapping[str, bytes], key: SigningKey) -> bytes:
    """Gives the sealed package; `parts` are named and complete, and their list goes into the signed manifest."""
    names = _ordered(parts)
    listed = tuple(
        Part(name=name, sha256=hashlib.sha256(parts[name]).hexdigest(), size=len(parts[name])) for name in names
    )
    signed = encode_file(FORMAT, VERSION, _with_parts(manifest, listed))
    signature = sign(signed, key, f"package {manifest.package}")
    return seal(
        _zip({MANIFEST: signed, SIGNATURE: signature, **{name: parts[name] for name in names}}), manifest.recipients
    )


def read_package(
    sealed: bytes,
    identity: Identity,
    *,
    known: Collection[str] = (),
    seen: Callable[[str], bool] = lambda _: False,
    where: str = "package",
) -> Package:
    """Opens a package, checking in this order: seal, layout, signature, own key named, hashes, seen before.

    `known` are the signing keys of known senders, `seen` tells which packages were taken in; a package from another sender opens, and says so.
    """
    if len(sealed) > MOST_FILE:
        raise TooLarge(where, f"{len(sealed)} bytes; at most {MOST_FILE} are read")
    parts = _unzip(open_sealed(sealed, identity, where), where)
    manifest = decode_file(FORMAT, VERSION, Manifest, parts[MANIFEST], where, MOST_MANIFEST)
    _check_words(manifest, where)
    _check_signature(manifest, parts, where)
    if identity.recipient not in manifest.recipients:
        raise NotForYou(where, "this key is not among the recipients its sender named")
    _check_parts(manifest, parts, where)
    if seen(manifest.package):
        raise SeenBefore(where, manifest.package)
    contents = {name: content for name, content in parts.items() if name not in {MANIFEST, SIGNATURE}}
    return Package(manifest=manifest, parts=contents, known=manifest.sender.signing in known)


def _check_words(manifest: Manifest, where: str) -> None:
    """Refuses a time or an id that is none, before anybody has to show or keep it."""
    try:
        made, package = parse_moment(manifest.made), UUID(manifest.package)
    except ValueError:
        raise Damaged(where, "its time or its id is none") from None
    if not 2000 <= made.year < 3000 or moment(made) != manifest.made or str(package) != manifest.package:
        raise Damaged(where, "its time or its id is written otherwise than it must be")
    if not 0 <= manifest.history_seq < MOST_LINES:
        raise Damaged(where, "its history has no such line")


def _check_signature(manifest: Manifest, parts: Mapping[str, bytes], where: str) -> None:
    try:
        check_verifying_key(manifest.sender.signing, where)
        for recipient in (manifest.sender.recipient, *manifest.recipients):
            check_recipient(recipient, where)
    except WrongInput:
        raise Damaged(where, "a key in it is not a key") from None
    trusted = verify(parts[MANIFEST], parts[SIGNATURE], manifest.sender.signing, where)
    if trusted != f"package {manifest.package}":
        raise WrongSignature(where, "the signature was made for another package")


def _check_parts(manifest: Manifest, parts: Mapping[str, bytes], where: str) -> None:
    listed = {part.name: part for part in manifest.parts}
    if len(listed) != len(manifest.parts) or list(parts)[2:] != [part.name for part in manifest.parts]:
        raise Damaged(where, "its parts are not those that were signed")
    for name, part in listed.items():
        if part.size != len(parts[name]) or part.sha256 != hashlib.sha256(parts[name]).hexdigest():
            raise Damaged(where, f"{name} is not what was signed")


def _ordered(parts: Mapping[str, bytes]) -> list[str]:
    """Gives the names in the order of the format; evidence comes last, by name."""
    fixed = [name for name in ORDER[2:] if name in parts]
    evidence = sorted(name for name in parts if name not in ORDER)
    if missing := [name for name in NEEDED[2:] if name not in parts]:
        raise WrongInput("package", f"{missing[0]} is missing")
    if any(not _is_evidence(name) for name in evidence) or len(parts) + 2 > MOST_PARTS:
        raise WrongInput("package", "holds a part that no package has")
    if any(len(content) > MOST_ITEM for content in parts.values()):
        raise TooLarge("package", f"a part is larger than {MOST_ITEM} bytes")
    return fixed + evidence


def _is_evidence(name: str) -> bool:
    digits = name.removeprefix("evidence/")
    return name.startswith("evidence/") and len(digits) == 64 and set(digits) <= set("0123456789abcdef")


def _with_parts(manifest: Manifest, parts: tuple[Part, ...]) -> Manifest:
    fields = {name: getattr(manifest, name) for name in Manifest.__struct_fields__}
    return Manifest(**fields | {"parts": parts})


def _zip(parts: Mapping[str, bytes]) -> bytes:
    """Gives the one form a package's ZIP has: stored, one date, no comment, no extra fields."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _unzip(plain: bytes, where: str) -> dict[str, bytes]:
    """Gives the parts when the bytes are exactly what `_zip` writes of them, in the order of the format."""
    try:
        with zipfile.ZipFile(io.BytesIO(plain)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS:
                raise TooLarge(where, f"{len(entries)} parts; at most {MOST_PARTS} are read")
            if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries):
                raise Damaged(where, "its parts are not stored as they must be")
            sizes = [max(entry.file_size, entry.compress_size) for entry in entries]
            if any(size > MOST_ITEM for size in sizes) or sum(sizes) > len(plain):
                raise TooLarge(where, "a part says that it is larger than may be read")
            parts = {entry.filename: archive.read(entry) for entry in entries}
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
        raise NotAPackage(where, "what is sealed in it is not a package") from None
    names = list(parts)
    if names[: len(NEEDED)] != list(NEEDED):
        raise NotAPackage(where, "what is sealed in it has another layout")
    rest = names[len(NEEDED) :]
    rest = rest[1:] if rest[:1] == ["identity.age"] else rest
    if rest != sorted(rest) or any(not _is_evidence(name) for name in rest) or _zip(parts) != plain:
        raise Damaged(where, "its layout is not the one a package has")
    return parts
