"""Age files as the format's public test suite (C2SP CCTV/age) makes them, built here from the specification alone.

Names are those of that suite. What it calls a success opens with its content; every failure is one of our own errors.
"""

import base64
import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from victim_id import errors, sealing

PLAIN = b"age" * 30_000  # more than one chunk of 64 KiB
FILE_KEY, NONCE, EPHEMERAL = b"YELLOW SUBMARINE", bytes(16), bytes(range(32))
CHUNK = 64 * 1024
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def hkdf(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


def raw_recipient(recipient: str) -> bytes:
    """Reads the 32 bytes behind age1… (Bech32, BIP 173), without its checksum."""
    bits = "".join(f"{_BECH32.index(sign):05b}" for sign in recipient.partition("1")[2][:-6])
    return int(bits[:256], 2).to_bytes(32, "big")


IDENTITY = sealing.make_identity()
STRANGER = sealing.make_identity()


def stanza(identity: sealing.Identity = IDENTITY, share: bytes | None = None) -> str:
    recipient = raw_recipient(identity.recipient)
    private = X25519PrivateKey.from_private_bytes(EPHEMERAL)
    own = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(recipient))
    key = hkdf(shared, own + recipient, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(key).encrypt(bytes(12), FILE_KEY, None)
    return f"-> X25519 {b64(share if share is not None else own)}\n{b64(body)}\n"


def header(
    *stanzas: str, version: str = "age-encryption.org/v1", key: bytes = FILE_KEY, line: str = "--- {mac}\n"
) -> bytes:
    text = f"{version}\n" + "".join(stanzas) + "---"
    mac = hmac.digest(hkdf(key, None, b"header"), text.encode(), hashlib.sha256)
    return text.removesuffix("---").encode() + line.format(mac=b64(mac)).encode()


def chunk(plain: bytes, number: int, *, last: bool) -> bytes:
    nonce = number.to_bytes(11, "big") + bytes([last])
    return ChaCha20Poly1305(hkdf(FILE_KEY, NONCE, b"payload")).encrypt(nonce, plain, None)


def payload(plain: bytes = PLAIN) -> bytes:
    pieces = [plain[start : start + CHUNK] for start in range(0, len(plain), CHUNK)] or [b""]
    return NONCE + b"".join(chunk(piece, number, last=number == len(pieces) - 1) for number, piece in enumerate(pieces))


GOOD = header(stanza())
LINES = stanza().splitlines()

SUCCESSES = {
    "x25519": (GOOD + payload(), PLAIN),
    "x25519_multiple_recipients": (header(stanza(STRANGER), stanza()) + payload(), PLAIN),
    "x25519_grease": (header("-> grease-1 x y\n\n", stanza(), "-> other\nAAAA\n") + payload(), PLAIN),
    "stream_empty_payload": (GOOD + payload(b""), b""),
    "stream_last_chunk_full": (GOOD + payload(b"x" * CHUNK), b"x" * CHUNK),
    "stream_two_chunks": (GOOD + payload(b"x" * (CHUNK + 1)), b"x" * (CHUNK + 1)),
    "stanza_long_body": (header("-> other\n" + "A" * 64 + "\n" + "AAAA\n", stanza()) + payload(), PLAIN),
}

FAILURES = {
    "empty": (b"", errors.NotAPackage),
    "version_unsupported": (header(stanza(), version="age-encryption.org/v2") + payload(), errors.Newer),
    "version_missing": (stanza().encode() + payload(), errors.NotAPackage),
    "header_crlf": (GOOD.replace(b"\n", b"\r\n") + payload(), errors.CannotOpen),
    "x25519_no_match": (header(stanza(STRANGER)) + payload(), errors.NotForYou),
    "no_stanza": (header() + payload(), errors.CannotOpen),
    "hmac_bad": (header(stanza(), key=b"x" * 16) + payload(), errors.Damaged),
    "hmac_missing": (header(stanza(), line="---\n") + payload(), errors.Damaged),
    "hmac_extra_space": (header(stanza(), line="---  {mac}\n") + payload(), errors.Damaged),
    "hmac_trailing_space": (header(stanza(), line="--- {mac} \n") + payload(), errors.Damaged),
    "hmac_truncated": (header(stanza(), line="--- AAAA\n") + payload(), errors.Damaged),
    "stanza_missing_body": (header(LINES[0] + "\n") + payload(), errors.Damaged),
    "stanza_empty_argument": (header(stanza().replace("X25519 ", "X25519  ")) + payload(), errors.CannotOpen),
    "stanza_no_arguments": (header("->\n\n", stanza()) + payload(), errors.CannotOpen),
    "stanza_long_line": (header("-> other\n" + "A" * 100 + "\n", stanza()) + payload(), errors.CannotOpen),
    "x25519_bad_tag": (header(LINES[0] + "\n" + LINES[1][:-2] + "AA\n") + payload(), errors.CannotOpen),
    "x25519_long_share": (header(stanza(share=bytes(33))) + payload(), errors.CannotOpen),
    "x25519_short_share": (header(stanza(share=bytes(31))) + payload(), errors.CannotOpen),
    "x25519_identity": (header(stanza(share=bytes(32))) + payload(), errors.CannotOpen),
    "x25519_lowercase": (header(stanza().replace("X25519", "x25519")) + payload(), errors.CannotOpen),
    "x25519_extra_argument": (header(stanza().replace("\n", " extra\n", 1)) + payload(), errors.CannotOpen),
    "stream_no_nonce": (GOOD, errors.Damaged),
    "stream_short_nonce": (GOOD + NONCE[:12], errors.Damaged),
    "stream_no_chunks": (GOOD + NONCE, errors.Damaged),
    "stream_no_final": (GOOD + payload()[: 16 + CHUNK + 16], errors.Damaged),
    "stream_truncated": (GOOD + payload()[:-1], errors.Damaged),
    "stream_trailing_garbage": (GOOD + payload() + b"x", errors.Damaged),
    "stream_bad_tag": (GOOD + payload()[:-1] + b"\x00", errors.Damaged),
    "stream_two_final_chunks": (
        GOOD + NONCE + chunk(b"x" * CHUNK, 0, last=True) + chunk(b"y", 1, last=True),
        errors.Damaged,
    ),
    "stream_last_chunk_empty": (
        GOOD + NONCE + chunk(b"x" * CHUNK, 0, last=False) + chunk(b"", 1, last=True),
        errors.Damaged,
    ),
    "stream_chunks_exchanged": (
        GOOD + NONCE + chunk(b"x" * CHUNK, 1, last=False) + chunk(b"y", 0, last=True),
        errors.Damaged,
    ),
}


@pytest.mark.parametrize("name", SUCCESSES)
def test_what_the_format_calls_a_success_opens(name):
    content, plain = SUCCESSES[name]
    assert sealing.open_sealed(content, IDENTITY) == plain


@pytest.mark.parametrize("name", FAILURES)
def test_what_the_format_calls_a_failure_is_one_of_ours(name):
    content, kind = FAILURES[name]
    with pytest.raises(kind):
        sealing.open_sealed(content, IDENTITY)
