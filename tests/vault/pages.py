"""Reads the pages of an encrypted database without SQLite, as somebody does who has the key and looks for what is left.

Layout of SQLCipher 4 (its design page): page 1 begins with 16 bytes of salt; every page ends with 80 reserved bytes,
16 of initialisation vector and 64 of HMAC-SHA512; the rest is AES-256-CBC without padding.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, WAL_HEAD, FRAME_HEAD = 4096, 80, 16, 32, 24


def database_pages(path: Path, key: bytes) -> Iterator[bytes]:
    content = path.read_bytes()
    for start in range(0, len(content), PAGE):
        yield plain(content[start : start + PAGE], key, first=start == 0)


def log_pages(path: Path, key: bytes) -> Iterator[bytes]:
    content = path.read_bytes() if path.exists() else b""
    for start in range(WAL_HEAD, len(content), FRAME_HEAD + PAGE):
        number = int.from_bytes(content[start : start + 4], "big")
        yield plain(content[start + FRAME_HEAD : start + FRAME_HEAD + PAGE], key, first=number == 1)


def plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    start = SALT if first else 0
    vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[start : PAGE - RESERVED]) + decryptor.finalize()


def found(folder: Path, key: bytes, words: list[str]) -> dict[str, list[str]]:
    """Gives which words stand, in which encoding-free form, in which file of a vault's folder."""
    seen: dict[str, list[str]] = {}
    for path in sorted(folder.glob("vault-*.db")):
        for name, pages in (
            (path.name, database_pages(path, key)),
            (path.name + "-wal", log_pages(path.with_name(path.name + "-wal"), key)),
        ):
            for page in pages:
                low = page.lower()
                seen.setdefault(name, []).extend(word for word in words if word.lower().encode() in low)
    return {name: sorted(set(words)) for name, words in seen.items() if words}
