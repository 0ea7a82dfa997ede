"""Keys, wrapping, sealing and signing: the only room that knows the cryptography.

Every function gives what it promises or raises one of our errors; none returns False. Nothing here touches a disk.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import time
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import pyrage  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from victim_id.errors import (
    Damaged,
    Newer,
    NoMemory,
    NotAPackage,
    NotForYou,
    TooLarge,
    WrongInput,
    WrongPassphrase,
    WrongSignature,
)
from victim_id.record import Record

KEY_BYTES = 32
MIB = 1024  # Argon2 counts memory in KiB
MOST_MEMORY, MOST_PASSES, MOST_LANES = 4096 * MIB, 20, 16
MOST_SEALED = 2 * 1024**3
CALIBRATION_SECONDS = 0.5

_NONCE_BYTES = 12
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_AGE_V1, _AGE_ANY, _AGE_ARMOR = (
    b"age-encryption.org/v1\n",
    b"age-encryption.org/v",
    b"-----BEGIN AGE ENCRYPTED FILE-----",
)


# --- a passphrase becomes a key -------------------------------------------------------------------------------------


class Effort(Record):
    """What Argon2id is asked to do: memory in KiB, passes over it, lanes side by side."""

    memory: int
    passes: int
    lanes: int

    @classmethod
    def floor(cls) -> "Effort":
        """Gives the least that a real vault is made with: the second choice of RFC 9106, section 4."""
        return cls(64 * MIB, 3, 4)

    def reaches(self, floor: "Effort") -> bool:
        """Says whether no part of this effort is below `floor`."""
        return self.memory >= floor.memory and self.passes >= floor.passes and self.lanes >= floor.lanes

    def bounded(self, where: str) -> "Effort":
        """Gives this effort back when a machine can be asked for it; otherwise raises TooLarge or Damaged."""
        if self.memory > MOST_MEMORY or self.passes > MOST_PASSES or self.lanes > MOST_LANES:
            raise TooLarge(where, f"asks for {self.memory} KiB, {self.passes} passes, {self.lanes} lanes")
        if self.passes < 1 or self.lanes < 1 or self.memory < 8 * self.lanes:  # RFC 9106, section 3.1
            raise Damaged(where, f"asks for {self.memory} KiB, {self.passes} passes, {self.lanes} lanes")
        return self


def argon2id(
    secret: bytes, salt: bytes, effort: Effort, *, key: bytes | None = None, bound: bytes | None = None
) -> bytes:
    """Derives 32 bytes by Argon2id version 0x13 (RFC 9106), with its optional secret `key` and associated data."""
    effort.bounded("argon2id")
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=effort.passes,
        lanes=effort.lanes,
        memory_cost=effort.memory,
        secret=key,
        ad=bound,
    )
    try:
        return kdf.derive(secret)
    except MemoryError:
        raise NoMemory("memory", f"{effort.memory // MIB} MiB are needed and not free") from None


def passphrase_key(passphrase: str, salt: bytes, effort: Effort) -> bytes:
    """Derives the 32-byte key of a passphrase, the same from every keyboard (OpaqueString of RFC 8265: spaces, then NFC)."""
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase)
    return argon2id(unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass"), salt, effort)


def calibrate(
    *, memory: int, clock: Callable[[], float] = time.perf_counter, target: float = CALIBRATION_SECONDS
) -> Effort:
    """Finds the effort that takes about `target` seconds here, using at most a third of `memory` KiB, never below the floor."""
    most = min(memory // 3, MOST_MEMORY)
    effort, took = Effort.floor(), _seconds(Effort.floor(), clock)
    while took * 2 <= target and effort.memory * 2 <= most:
        effort = Effort(effort.memory * 2, effort.passes, effort.lanes)
        took = _seconds(effort, clock)
    passes = min(MOST_PASSES, max(effort.passes, round(effort.passes * target / took))) if took > 0 else MOST_PASSES
    return Effort(effort.memory, passes, effort.lanes)


def _seconds(effort: Effort, clock: Callable[[], float]) -> float:
    begun = clock()
    argon2id(b"calibration", bytes(16), effort)
    return clock() - begun


# --- key pairs, sealing a key to a pair, wrapping a key under a key -------------------------------------------------


class KeyPair(Record):
    """An X25519 key pair, 32 raw bytes each (RFC 7748)."""

    private: bytes
    public: bytes


def make_pair() -> KeyPair:
    """Makes a new X25519 key pair."""
    return pair_of(os.urandom(KEY_BYTES))


def pair_of(private: bytes) -> KeyPair:
    """Gives the pair that belongs to 32 bytes of private key."""
    return KeyPair(private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def make_key() -> bytes:
    """Makes a random 32-byte key."""
    return os.urandom(KEY_BYTES)


def seal_key(key: bytes, public: bytes, bound: bytes) -> bytes:
    """Seals a short secret to a public key by HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305), tied to `bound`."""
    return _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(public), info=bound)


def unseal_key(sealed: bytes, private: bytes, bound: bytes) -> bytes:
    """Opens what `seal_key` made; raises NotForYou when key, bytes or `bound` differ."""
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=bound)
    except (InvalidTag, ValueError):
        raise NotForYou("sealed key", "opens with another key only") from None


def wrap(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Encrypts bytes under a 32-byte key (RFC 8439), tied to `bound`: a random nonce, then the ciphertext."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, bound)


def unwrap(key: bytes, wrapped: bytes, bound: bytes) -> bytes:
    """Opens what `wrap` made; raises NotForYou when key, bytes or `bound` differ."""
    try:
        return ChaCha20Poly1305(key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise NotForYou("wrapped key", "opens with another key only") from None


def derive(key: bytes, purpose: str) -> bytes:
    """Derives an independent 32-byte key for one purpose by HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def mac(key: bytes, content: bytes) -> bytes:
    """Gives the 32-byte HMAC-SHA256 of the content (RFC 2104)."""
    return hmac.digest(key, content, "sha256")


def check_mac(key: bytes, content: bytes, given: bytes, where: str) -> None:
    """Raises Damaged unless `given` is the HMAC of the content."""
    if not hmac.compare_digest(mac(key, content), given):
        raise Damaged(where, "was changed without the key")


# --- signatures in the text form of minisign ------------------------------------------------------------------------


class SigningKey(Record):
    """An Ed25519 signing key (RFC 8032) with the eight bytes by which minisign tells keys apart."""

    number: bytes
    secret: bytes


def make_signing_key() -> SigningKey:
    """Makes a new signing key."""
    return SigningKey(secrets.token_bytes(8), os.urandom(KEY_BYTES))


def verifying_key(key: SigningKey) -> str:
    """Gives the public half as the one line that stands in a minisign `.pub` file."""
    public = Ed25519PrivateKey.from_private_bytes(key.secret).public_key().public_bytes_raw()
    return _b64(b"Ed" + key.number + public)


def verifying_file(public: str) -> bytes:
    """Gives the whole minisign `.pub` file of a public key."""
    number = _verifying_parts(public)[0]
    return f"untrusted comment: minisign public key {number[::-1].hex().upper()}\n{public}\n".encode()


def sign(content: bytes, key: SigningKey, trusted: str) -> bytes:
    """Gives the minisign file over the content (Ed25519 over BLAKE2b-512); `trusted` is one line that is signed with it."""
    secret = Ed25519PrivateKey.from_private_bytes(key.secret)
    signature = secret.sign(hashlib.blake2b(content).digest())
    whole = secret.sign(signature + trusted.encode())
    lines = (
        "untrusted comment: signature",
        _b64(b"ED" + key.number + signature),
        f"trusted comment: {trusted}",
        _b64(whole),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def verify(content: bytes, signature: bytes, public: str, where: str) -> str:
    """Gives the trusted comment of a minisign file that fits content and public key; otherwise raises WrongSignature."""
    number, raw = _verifying_parts(public)
    try:
        match = re.fullmatch(
            r"untrusted comment: [^\n]*\n([^\n]*)\ntrusted comment: ([^\n]*)\n([^\n]*)\n?", signature.decode()
        )
        if match is None:
            raise WrongSignature(where, "is not a minisign signature")
        signed, trusted, whole = _unb64(match[1]), match[2], _unb64(match[3])
    except ValueError:
        raise WrongSignature(where, "is not a minisign signature") from None
    if signed[:2] != b"ED" or len(signed) != 74 or len(whole) != 64:
        raise WrongSignature(where, "is not a minisign signature of the kind that is read")
    if signed[2:10] != number:
        raise WrongSignature(where, "was made with another key")
    key = Ed25519PublicKey.from_public_bytes(raw)
    try:
        key.verify(signed[10:], hashlib.blake2b(content).digest())
        key.verify(whole, signed[10:] + trusted.encode())
    except InvalidSignature:
        raise WrongSignature(where, "does not fit the bytes") from None
    return trusted


def check_verifying_key(public: str, where: str) -> str:
    """Gives a minisign public key back when it is one; otherwise raises WrongInput."""
    try:
        _verifying_parts(public)
    except WrongSignature:
        raise WrongInput(where, "is not a minisign public key") from None
    return public


def _verifying_parts(public: str) -> tuple[bytes, bytes]:
    try:
        raw = _unb64(public)
    except ValueError:
        raise WrongSignature("verifying key", "is not a minisign public key") from None
    if raw[:2] != b"Ed" or len(raw) != 42:
        raise WrongSignature("verifying key", "is not a minisign public key")
    return raw[2:10], raw[10:]


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unb64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if _b64(raw) != text:  # the spare bits of the last sign
        raise binascii.Error
    return raw


# --- files that leave, in the format of age -------------------------------------------------------------------------


class Identity(Record):
    """An age key: `secret` (AGE-SECRET-KEY-1…) stays, `recipient` (age1…) may be given to anyone."""

    secret: str
    recipient: str


def make_identity() -> Identity:
    """Makes a new age key."""
    made = pyrage.x25519.Identity.generate()
    return Identity(str(made), str(made.to_public()))


def identity_of(secret: str) -> Identity:
    """Gives the age key that belongs to the words AGE-SECRET-KEY-1…; raises WrongInput when they are not one."""
    try:
        return Identity(secret, str(pyrage.x25519.Identity.from_str(secret).to_public()))
    except pyrage.IdentityError:
        raise WrongInput("age key", "is not a secret age key") from None


def check_recipient(recipient: str, where: str) -> str:
    """Gives an age recipient back in its one spelling; raises WrongInput when it is not one."""
    try:
        return str(pyrage.x25519.Recipient.from_str(recipient.strip()))
    except pyrage.RecipientError:
        raise WrongInput(where, "is not an age recipient") from None


def identity_file(identity: Identity, made: str) -> bytes:
    """Gives the identity file that the standard `age -i` reads; `made` is a time like 2026-11-21T20:00:00Z."""
    return f"# created: {made}\n# public key: {identity.recipient}\n{identity.secret}\n".encode()


def read_identity_file(content: bytes, where: str) -> list[Identity]:
    """Reads the age keys of an identity file; raises WrongInput when a line is something else or none is there."""
    try:
        lines = [line.strip() for line in content.decode().splitlines()]
    except UnicodeDecodeError:
        raise WrongInput(where, "is not an age identity file") from None
    found = [identity_of(line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise WrongInput(where, "holds no age key")
    return found


def seal(content: bytes, recipients: Sequence[str]) -> bytes:
    """Seals bytes for everyone named (age1…), as a binary age v1 file; raises WrongInput for a wrong or missing recipient."""
    if not recipients:
        raise WrongInput("recipients", "nobody is named")
    keys = [pyrage.x25519.Recipient.from_str(check_recipient(recipient, "recipients")) for recipient in recipients]
    return bytes(pyrage.encrypt(content, keys))


def open_sealed(content: bytes, identity: Identity, where: str = "package") -> bytes:
    """Opens an age file with one key; raises NotAPackage, Newer, TooLarge, NotForYou or Damaged."""
    key = pyrage.x25519.Identity.from_str(identity.secret)
    return _opened(
        lambda: pyrage.decrypt(_age_file(content, where), [key]), NotForYou(where, "is sealed for another key"), where
    )


def seal_with_passphrase(content: bytes, passphrase: str) -> bytes:
    """Seals bytes under a passphrase, as an age v1 file (scrypt)."""
    return bytes(pyrage.passphrase.encrypt(content, passphrase))


def open_with_passphrase(content: bytes, passphrase: str, where: str = "package") -> bytes:
    """Opens an age file that was sealed under a passphrase; raises WrongPassphrase where `open_sealed` says NotForYou."""
    closed = WrongPassphrase(where, "does not open with this passphrase")
    return _opened(lambda: pyrage.passphrase.decrypt(_age_file(content, where), passphrase), closed, where)


def _age_file(content: bytes, where: str) -> bytes:
    if len(content) > MOST_SEALED:
        raise TooLarge(where, f"{len(content)} bytes; at most {MOST_SEALED} are read")
    if content.startswith((_AGE_V1, _AGE_ARMOR)):
        return content
    if content.startswith(_AGE_ANY):
        raise Newer(where, "is an age file of a later version")
    raise NotAPackage(where, "is not an age file")


def _opened(unseal: Callable[[], Any], closed: NotForYou | WrongPassphrase, where: str) -> bytes:
    try:
        return bytes(unseal())
    except pyrage.DecryptError as error:
        if str(error) in {"No matching keys found", "Decryption failed"}:
            raise closed from None
        raise Damaged(where, "the sealed bytes are not those that were written") from None
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # what a panic inside the library is called; it derives from BaseException
            raise Damaged(where, "the sealed bytes are not those that were written") from None
        raise


# --- comparing keys by voice ----------------------------------------------------------------------------------------


def spoken_number(*parts: bytes) -> str:
    """Gives six groups of five digits by which two people compare keys over the telephone (SHA-256 over the lengths and parts)."""
    digest = hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**30:030d}"
    return " ".join(digits[start : start + 5] for start in range(0, 30, 5))
