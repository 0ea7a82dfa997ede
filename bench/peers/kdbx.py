"""Writes an empty KDBX 4 database, so that KeePassXC opens one whose Argon2id costs exactly what a vault's does.

Format: keepass.info/help/kb/kdbx.html. KeePassXC's own command line makes databases stretched by AES only.
"""

import base64
import hashlib
import hmac
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

AES_256, ARGON2ID = "31c1f2e6bf714350be5805216afc5aff", "9e298b1956db4773b23dfc3ec6f0a1e6"
_UINT32, _UINT64, _BYTES = 0x04, 0x05, 0x42
_HEADER_KEY = 2**64 - 1


def empty(passphrase: str, memory: int, passes: int, lanes: int) -> bytes:
    """Gives a database with one empty group; memory in KiB."""
    seed, start, salt = os.urandom(32), os.urandom(16), os.urandom(32)
    stretching = b"".join(
        (
            struct.pack("<H", 0x0100),
            _entry(_BYTES, "$UUID", bytes.fromhex(ARGON2ID)),
            _entry(_BYTES, "S", salt),
            _entry(_UINT32, "P", struct.pack("<I", lanes)),
            _entry(_UINT64, "M", struct.pack("<Q", memory * 1024)),
            _entry(_UINT64, "I", struct.pack("<Q", passes)),
            _entry(_UINT32, "V", struct.pack("<I", 0x13)),
            b"\0",
        )
    )
    header = struct.pack("<III", 0x9AA2D903, 0xB54BFB67, 0x00040000) + b"".join(
        _field(kind, content)
        for kind, content in (
            (2, bytes.fromhex(AES_256)), (3, struct.pack("<I", 0)), (4, seed), (7, start), (11, stretching), (0, b"\r\n\r\n"),
        )
    )  # fmt: skip
    secret = hashlib.sha256(hashlib.sha256(passphrase.encode()).digest()).digest()
    stretched = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(secret)
    base = hashlib.sha512(seed + stretched + b"\1").digest()
    plain = _field(1, struct.pack("<I", 3)) + _field(2, os.urandom(64)) + _field(0, b"") + _document()
    plain += bytes([16 - len(plain) % 16]) * (16 - len(plain) % 16)
    sealing = Cipher(algorithms.AES(hashlib.sha256(seed + stretched).digest()), modes.CBC(start)).encryptor()
    blocks = b"".join(_block(base, number, one) for number, one in enumerate((sealing.update(plain), b"")))
    return header + hashlib.sha256(header).digest() + _mac(base, _HEADER_KEY, header) + blocks


def _document() -> bytes:
    group = base64.b64encode(os.urandom(16)).decode()
    return (
        "<?xml version='1.0' encoding='utf-8'?><KeePassFile><Meta><Generator>bench</Generator></Meta><Root>"
        f"<Group><UUID>{group}</UUID><Name>Root</Name></Group></Root></KeePassFile>"
    ).encode()


def _field(kind: int, content: bytes) -> bytes:
    return struct.pack("<BI", kind, len(content)) + content


def _entry(kind: int, name: str, value: bytes) -> bytes:
    return struct.pack("<BI", kind, len(name)) + name.encode() + struct.pack("<I", len(value)) + value


def _block(base: bytes, number: int, content: bytes) -> bytes:
    size = struct.pack("<I", len(content))
    return _mac(base, number, struct.pack("<Q", number) + size + content) + size + content


def _mac(base: bytes, number: int, content: bytes) -> bytes:
    return hmac.digest(hashlib.sha512(struct.pack("<Q", number) + base).digest(), content, "sha256")
