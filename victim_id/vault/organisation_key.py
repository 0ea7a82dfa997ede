"""The organisation's own key pair, in the files of age: the key sealed under a passphrase, and a line that may be given away.

The line (age1…) is what a vault is given; its checksum catches what is mistyped.
"""

from victim_id import sealing
from victim_id.errors import WrongInput

MOST_BYTES = 64 * 1024
_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # Bech32 (BIP 173)
_CHECKSUM = 6


def make(passphrase: str, made: str) -> tuple[bytes, bytes]:
    """Makes a key pair and gives its two files: the sealed one that is kept locked away, and the public one."""
    identity = sealing.make_identity()
    public = f"# the organisation's key, made {made}: may be given away\n{identity.recipient}\n".encode()
    return sealing.seal_with_passphrase(sealing.identity_file(identity, made), passphrase), public


def private(content: bytes, passphrase: str, where: str) -> bytes:
    """Gives the private key of a sealed file, or of an age identity file that is not sealed; raises as `sealing` does."""
    if not content.lstrip().startswith((b"#", b"AGE-SECRET-KEY-1")):
        content = sealing.open_with_passphrase(content, passphrase, where)
    return _raw(sealing.read_identity_file(content, where)[0].secret)


def public(text: str, where: str) -> bytes:
    """Gives the public key of a public file, or of its line as it was typed; raises WrongInput."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    if len(lines) != 1:
        raise WrongInput(where, "is not the public file of an organisation's key")
    return _raw(sealing.check_recipient("".join(lines[0].split()).lower(), where))


def number(key: bytes) -> str:
    """Gives six groups of five digits by which two people compare a public key by voice."""
    return sealing.spoken_number(b"victim id organisation key 1", key)


def _raw(bech32: str) -> bytes:
    """Gives the 32 bytes in an age key whose checksum was looked at."""
    body = bech32.lower().rpartition("1")[2][:-_CHECKSUM]
    bits = 0
    for sign in body:
        bits = bits << 5 | _SIGNS.index(sign)
    return (bits >> 5 * len(body) - 8 * sealing.KEY_BYTES).to_bytes(sealing.KEY_BYTES, "big")
