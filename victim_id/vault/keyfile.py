"""The key file: who can open the vault, as a file that can be checked without any key.

Its first rule holds for every version: canonical JSON whose `sha256` stands over all the rest. Formats as in DECISIONS.md.
"""

import contextlib
import hashlib
import os
import re
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from victim_id import sealing
from victim_id.errors import CannotOpen, Damaged, Machine, Newer, NotForYou, WrongInput, WrongPassphrase
from victim_id.record import Record, decode_file, encode, encode_file
from victim_id.sealing import Effort
from victim_id.vault import folder as folders

FORMAT, VERSION = "victim_id_vault", 1
NAME, SPARE_NAME = "vault.key", "vault.key.bak"
MOST_BYTES = 64 * 1024
SALT_BYTES = 16
_DATABASE = re.compile(r"vault-[0-9a-f]{8}\.db")

SlotKind = Literal["worker", "recovery", "organisation"]


def check_passphrase(passphrase: str) -> None:
    """Raises WrongInput for a passphrase that is none; how strong it is, is told by guessing.strength."""
    if not passphrase.strip():
        raise WrongInput("passphrase", "is empty")


class Stretching(Record):
    """How every worker's passphrase of this vault becomes a key: one salt and one effort, so that one run tries all."""

    salt: bytes
    effort: Effort


Wrapping: TypeAlias = tuple[Stretching, bytes]
"""The stretching of a vault and a passphrase that was stretched by it."""


class Slot(Record, kw_only=True):
    """One way in: a key pair, the vault key sealed to it and, for a worker, its private key wrapped by the passphrase."""

    id: str
    kind: SlotKind
    public: bytes
    sealed: bytes
    wrapped: bytes | None = None


class KeyFile(Record, kw_only=True):
    """What stands in vault.key, without the checksum."""

    vault: str
    made: str
    database: str
    generation: int
    stretching: Stretching
    slots: tuple[Slot, ...]
    mac: bytes = b""


class Opened(Record):
    """What a passphrase or another private key opened: the vault key, the slot it came through, the slot's private key."""

    vault_key: bytes
    slot: str
    private: bytes


class _Checked(Record, kw_only=True):
    """The key file as it is written."""

    vault: str
    made: str
    database: str
    generation: int
    stretching: Stretching
    slots: tuple[Slot, ...]
    mac: bytes
    sha256: str


def new_stretching(effort: Effort) -> Stretching:
    """Makes a new salt for an effort."""
    return Stretching(os.urandom(SALT_BYTES), effort)


def new_database_name() -> str:
    """Makes a name that tells nothing."""
    return f"vault-{os.urandom(4).hex()}.db"


def is_database_name(name: str) -> bool:
    """Says whether this is the name of a database, and not of any other file."""
    return _DATABASE.fullmatch(name) is not None


def passphrase_key(passphrase: str, stretching: Stretching) -> bytes:
    """Stretches a passphrase; the slow part of opening."""
    return sealing.passphrase_key(passphrase, stretching.salt, stretching.effort.bounded(NAME))


def make_slot(
    slot: str,
    kind: SlotKind,
    vault: str,
    vault_key: bytes,
    pair: sealing.KeyPair,
    wrapping: Wrapping | None,
) -> Slot:
    """Makes a slot; `wrapping` is a worker's stretching and stretched passphrase, None where the private key is kept elsewhere."""
    bound = _bound(vault, slot, kind, wrapping[0] if wrapping else None)
    return Slot(
        id=slot,
        kind=kind,
        public=pair.public,
        sealed=sealing.seal_key(vault_key, pair.public, bound),
        wrapped=sealing.wrap(_slot_key(wrapping[1], slot), pair.private, bound) if wrapping else None,
    )


def resealed(file: KeyFile, vault_key: bytes) -> KeyFile:
    """Gives the file with another vault key sealed into every slot; it needs nobody's passphrase."""
    slots = tuple(
        msgspec.structs.replace(
            slot,
            sealed=sealing.seal_key(vault_key, slot.public, _bound(file.vault, slot.id, slot.kind, _used(file, slot))),
        )
        for slot in file.slots
    )
    return msgspec.structs.replace(file, slots=slots)


def open_with_passphrase(file: KeyFile, stretched: bytes) -> Opened:
    """Tries every worker's slot with one stretched passphrase; raises WrongPassphrase when none opens."""
    for slot in file.slots:
        if slot.wrapped is None:
            continue
        bound = _bound(file.vault, slot.id, slot.kind, file.stretching)
        try:
            private = sealing.unwrap(_slot_key(stretched, slot.id), slot.wrapped, bound)
        except NotForYou:
            continue
        return _through(file, slot, private)
    raise WrongPassphrase(NAME, "no slot opens with this passphrase")


def open_with_private(file: KeyFile, private: bytes) -> Opened:
    """Opens through the slot of a recovered or organisation private key; raises NotForYou when there is none."""
    public = sealing.pair_of(private).public
    for slot in file.slots:
        if slot.wrapped is None and slot.public == public:
            return _through(file, slot, private)
    raise NotForYou(NAME, "this key has no slot in this vault")


def _through(file: KeyFile, slot: Slot, private: bytes) -> Opened:
    bound = _bound(file.vault, slot.id, slot.kind, _used(file, slot))
    try:
        vault_key = sealing.unseal_key(slot.sealed, private, bound)
    except NotForYou:
        raise Damaged(NAME, f"slot {slot.id} was changed") from None
    if len(vault_key) != sealing.KEY_BYTES:
        raise Damaged(NAME, f"slot {slot.id} holds no key")
    return Opened(vault_key, slot.id, private)


def _used(file: KeyFile, slot: Slot) -> Stretching | None:
    return file.stretching if slot.wrapped is not None else None


def with_mac(file: KeyFile, vault_key: bytes) -> KeyFile:
    """Gives the file with its MAC under a key derived from the vault key."""
    return msgspec.structs.replace(file, mac=sealing.mac(_mac_key(vault_key), _authenticated(file)))


def check_mac(file: KeyFile, vault_key: bytes) -> None:
    """Raises Damaged when the file was changed by somebody who does not have the vault key."""
    sealing.check_mac(_mac_key(vault_key), _authenticated(file), file.mac, NAME)


def to_bytes(file: KeyFile) -> bytes:
    """Gives the bytes of the key file, with the checksum."""
    unchecked = {name: getattr(file, name) for name in KeyFile.__struct_fields__}
    digest = _digest(encode({FORMAT: VERSION}), encode(unchecked))
    return encode_file(FORMAT, VERSION, _Checked(**unchecked, sha256=digest))


def from_bytes(content: bytes) -> KeyFile:
    """Reads a key file without any key; raises Damaged, Newer or TooLarge."""
    if len(content) > MOST_BYTES:
        raise Damaged(NAME, f"is longer than {MOST_BYTES} bytes")
    if _version(content) > VERSION:
        raise Newer(NAME, "was written by a later version of the program")
    try:
        checked = decode_file(FORMAT, VERSION, _Checked, content, NAME, MOST_BYTES)
    except Damaged:
        raise
    except CannotOpen as error:
        raise Damaged(NAME, error.what) from None
    file = KeyFile(**{name: getattr(checked, name) for name in KeyFile.__struct_fields__})
    _check_shape(file)
    return file


def read(folder: Path) -> list[KeyFile]:
    """Reads vault.key and its spare copy, the better first; raises what is wrong with the first when neither can be read."""
    found: list[KeyFile] = []
    wrong: list[CannotOpen] = []
    for name in (NAME, SPARE_NAME):
        content = folders.read(folder / name, MOST_BYTES)
        try:
            if content is None:
                raise Damaged(name, "is missing")
            file = from_bytes(content)
        except Newer:
            raise
        except CannotOpen as error:
            wrong.append(error)
        else:
            found += [file] if file not in found else []
    if not found:
        raise wrong[0]
    return found


def write(folder: Path, file: KeyFile) -> None:
    """Replaces the key file, then its spare copy: the one moment at which a change of slots or of the database counts."""
    content = to_bytes(file)
    if len(content) > MOST_BYTES:
        raise Damaged(NAME, "would be longer than it may be")
    if folders.read(folder / NAME, MOST_BYTES) != content:
        folders.write(folder / NAME, content)
    if folders.read(folder / SPARE_NAME, MOST_BYTES) != content:
        with contextlib.suppress(Machine):  # the change holds already; the spare copy is made whole at the next unlock
            folders.write(folder / SPARE_NAME, content)


def _version(content: bytes) -> int:
    """Checks the rule of every version — canonical, and the checksum right — and gives the version."""
    try:
        raw: Any = msgspec.json.decode(content)
        version = raw.pop(FORMAT)
        head, checksum = encode({FORMAT: version}), raw["sha256"]
        whole = head[:-1] + b"," + encode(raw)[1:]
        rest = encode({name: value for name, value in raw.items() if name != "sha256"})
    except (msgspec.DecodeError, UnicodeError, RecursionError, AttributeError, KeyError, TypeError):
        raise Damaged(NAME, "is not a key file") from None
    if whole != content or checksum != _digest(head, rest) or not isinstance(version, int):
        raise Damaged(NAME, "the checksum does not fit")
    return version


def _check_shape(file: KeyFile) -> None:
    file.stretching.effort.bounded(NAME)
    if not is_database_name(file.database) or file.generation < 1 or not file.slots:
        raise Damaged(NAME, "does not name a database, a generation and slots")
    if len({slot.id for slot in file.slots}) != len(file.slots):
        raise Damaged(NAME, "names a slot twice")
    for slot in file.slots:
        if len(slot.public) != sealing.KEY_BYTES or (slot.kind == "worker") != (slot.wrapped is not None):
            raise Damaged(NAME, "holds a slot that is not one")
    if len(file.stretching.salt) != SALT_BYTES:
        raise Damaged(NAME, "holds no salt")


def _digest(head: bytes, rest: bytes) -> str:
    return hashlib.sha256(head[:-1] + b"," + rest[1:]).hexdigest()


def _authenticated(file: KeyFile) -> bytes:
    return encode_file(FORMAT, VERSION, msgspec.structs.replace(file, mac=b""))


def _mac_key(vault_key: bytes) -> bytes:
    return sealing.derive(vault_key, "victim id vault 1 slots")


def _slot_key(stretched: bytes, slot: str) -> bytes:
    return sealing.derive(stretched, f"victim id vault 1 slot {slot}")


def _bound(vault: str, slot: str, kind: SlotKind, stretching: Stretching | None) -> bytes:
    return encode({FORMAT: VERSION, "vault": vault, "slot": slot, "kind": kind, "stretching": stretching})
