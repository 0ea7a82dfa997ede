"""Feeds every reader of outside bytes with what nobody would write, for a bounded time: only our own failures may be raised.

With atheris installed it is guided by coverage (libFuzzer); without it the same seeds are mutated blindly, and it says so.
What breaks a reader is kept in a folder and printed; the exit status is then 1.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

_GUIDED = importlib.util.find_spec("atheris") is not None
if _GUIDED:
    import atheris  # type: ignore[import-untyped]

    _instrumented = atheris.instrument_imports(include=["victim_id"])
else:
    _instrumented = contextlib.nullcontext()

with _instrumented:
    from victim_id import sealing
    from victim_id.assessment.exchange import read_cases
    from victim_id.errors import Failure
    from victim_id.instrument.load import content_of, load, read
    from victim_id.record import encode
    from victim_id.referral.cards import read_card, write_card
    from victim_id.referral.package import KeyCard, Manifest, read_package, write_package
    from victim_id.resources import shipped
    from victim_id.vault import backup, keyfile, sheets
    from victim_id.vault.history import Head

SEED = bytes(range(32))
IDENTITY = sealing.make_identity()
SIGNING = sealing.SigningKey(b"12345678", SEED)
PARTS = {"referral.pdf": b"%PDF-1.7", "record.json": b"{}", "consent.json": b"[]", "evidence.json": b"[]"}
MADE = "2026-11-21T10:00:00Z"
Reader = Callable[[bytes], None]


def _card() -> KeyCard:
    public = sealing.verifying_key(SIGNING)
    return KeyCard(organisation="ITM", role="x", country="LU", recipient=IDENTITY.recipient, signing=public, made=MADE)


def _package() -> bytes:
    manifest = Manifest(
        package="00000000-0000-4000-8000-000000000007",
        kind="referral",
        case="7F2-KQD",
        made=MADE,
        sender=_card(),
        recipients=(IDENTITY.recipient,),
        language="fr",
        edition="2026.1",
        fingerprint="0" * 64,
        history="0" * 64,
    )
    return write_package(manifest, PARTS, SIGNING)


def _key_file() -> keyfile.KeyFile:
    stretching = keyfile.Stretching(bytes(16), sealing.Effort(64, 1, 1))
    pair = sealing.pair_of(SEED)
    kinds = (("worker", (stretching, SEED)), ("recovery", None))
    slots = tuple(keyfile.make_slot(kind, kind, "vault", SEED, pair, wrapping) for kind, wrapping in kinds)  # type: ignore[arg-type]
    file = keyfile.KeyFile(
        vault="vault", made=MADE, database="vault-00c0ffee.db", generation=1, stretching=stretching, slots=slots
    )
    return keyfile.with_mac(file, SEED)


def _checked(content: bytes) -> bytes:
    """Gives a key file its right checksum, as somebody who tampers with it would."""
    raw = json.loads(content)
    raw.pop("sha256", None)
    version = raw.pop(keyfile.FORMAT)
    head = encode({keyfile.FORMAT: version})
    digest = hashlib.sha256(head[:-1] + b"," + encode(raw)[1:]).hexdigest()
    return head[:-1] + b"," + encode({**raw, "sha256": digest})[1:]


def key_file(content: bytes) -> None:
    """Reads a key file, as it is and with its checksum put right, and opens it."""
    keyfile.from_bytes(content)


def key_file_repaired(content: bytes) -> None:
    """Reads a key file whose checksum was put right, and tries to open what it holds."""
    try:
        repaired = _checked(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    file = keyfile.from_bytes(repaired)
    keyfile.open_with_passphrase(file, SEED)


def package(content: bytes) -> None:
    """Opens a package of any bytes."""
    read_package(content, IDENTITY)


def package_inside(content: bytes) -> None:
    """Opens a package whose seal is right and whose inside is any bytes."""
    read_package(sealing.seal(content, [IDENTITY.recipient]), IDENTITY)


def manifest(content: bytes) -> None:
    """Opens a package whose manifest is any bytes, signed by its sender."""
    signature = sealing.sign(content, SIGNING, "package 00000000-0000-4000-8000-000000000007")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in {"manifest.json": content, "manifest.json.minisig": signature, **PARTS}.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            archive.writestr(entry, part)
    package_inside(out.getvalue())


def card(content: bytes) -> None:
    """Reads a card."""
    read_card(content)


def label(content: bytes) -> None:
    """Reads backup.json."""
    backup.from_bytes(content)


def sheet(content: bytes) -> None:
    """Reads what was typed from a recovery sheet."""
    typed = content.decode("utf-8", "replace")
    sheets.unknown_words(typed)
    sheets.join([typed, typed[::-1]], _key_file())


class Contents:
    """Readers of content and of cases given as JSON; the shipped content is loaded when they are first needed."""

    def __init__(self) -> None:
        folder = shipped("indicators")
        self.files = content_of(folder)
        self.instrument = load(folder)

    def content(self, given: bytes) -> None:
        """Reads content of which one file is any bytes; the first byte says which."""
        names = sorted(self.files)
        read({names[(given[0] if given else 0) % len(names)]: given[1:]})

    def cases(self, given: bytes) -> None:
        """Reads cases given as JSON."""
        read_cases(given, self.instrument)


def readers() -> dict[str, tuple[Reader, list[bytes]]]:
    """Gives every reader with its seeds."""
    contents = Contents()
    names = sorted(contents.files)
    inside = sealing.open_sealed(_package(), IDENTITY)
    with zipfile.ZipFile(io.BytesIO(inside)) as archive:
        signed = archive.read("manifest.json")
    told = backup.Label(
        id="a",
        vault="v",
        made=MADE,
        cases=1,
        lines=1,
        history=Head(1, "0" * 64),
        database="vault-00c0ffee.db",
        bytes=1,
        sha256="0" * 64,
    )
    labelled = b'{"victim_id_backup":1,' + encode(told)[1:]
    toml = [bytes([place % 256]) + contents.files[name][:4000] for place, name in enumerate(names)]
    toml += [b"\0" + b"a." * 5000 + b"a = 1", b"\0x = { " + b"a." * 5000 + b"a = 1 }", b"\0x = " + b"[" * 5000]
    key = keyfile.to_bytes(_key_file())
    return {
        "key_file": (key_file, [key]),
        "key_file_repaired": (key_file_repaired, [key]),
        "package": (package, [_package()]),
        "package_inside": (package_inside, [inside]),
        "manifest": (manifest, [signed]),
        "card": (card, [write_card(_card(), SIGNING)]),
        "label": (label, [labelled]),
        "sheet": (sheet, [sheets.split(SEED, "vault")[0].encode()]),
        "content": (contents.content, toml),
        "cases": (contents.cases, [b'{"profile":"LU","age":"adult","forms":["labour"],"indicators":{}}', b"[]"]),
    }


def try_one(reader: Reader, content: bytes) -> None:
    """Lets a reader read; whatever it refuses in our own words is right."""
    with contextlib.suppress(Failure):
        reader(content)


def mutated(content: bytes, draw: random.Random) -> bytes:
    """Changes bytes as a bad stick, a bad friend or a bad editor would."""
    changed = bytearray(content)
    for _ in range(draw.randint(1, 6)):
        at, span = draw.randrange(len(changed) + 1), draw.choice([1, 1, 2, 4, 8, 64])
        kind = draw.randrange(6)
        if kind == 0:
            changed[at : at + span] = b""
        elif kind == 1:
            changed[at:at] = draw.randbytes(span)
        elif kind == 2:
            changed[at:at] = changed[at : at + span] * draw.choice([1, 2, 50])
        elif kind == 3:
            changed[at : at + 1] = draw.choice(_TOKENS)
        elif changed:
            changed[at % len(changed)] ^= 1 << draw.randrange(8)
    return bytes(changed[: 1 << 18])


_TOKENS = [
    b"0", b"-1", b"9" * 40, b"1e999", b"null", b"true", b'""', b"[]", b"{}", b"[" * 2000, b'{"a":' * 2000, b"\x00", b"\xff",
    b"\xed\xa0\x80", b"\\ud800", b"\xe2\x80\xae", b"'''", b"[[a]]\n", b"NaN", b"PK\x05\x06", b"../", b"age1", b"-->",
    b"a." * 2000, b'"="."b".' * 500, b"[" + b"a." * 2000 + b"a]\n", b'"""', b"9" * 5000,
]  # fmt: skip


def blind(reader: Reader, seeds: list[bytes], seconds: float, draw: random.Random) -> tuple[int, bytes | None]:
    """Mutates seeds for a time, and gives how often, and what broke the reader."""
    ends, count = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        content = draw.choice(seeds) if count % 50 == 0 else mutated(draw.choice(seeds), draw)
        count += 1
        try:
            try_one(reader, content)
        except BaseException as error:  # noqa: BLE001  whatever it is, it is what is looked for
            print(f"  {type(error).__name__}: {error}", file=sys.stderr)
            return count, content
    return count, None


def guided(name: str, seconds: int, found: Path) -> None:
    """Runs libFuzzer on one reader in this process, which it ends."""
    reader, seeds = readers()[name]
    corpus = found / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for place, seed in enumerate(seeds):
        (corpus / f"seed-{place}").write_bytes(seed)
    words = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={seconds}",
        f"-artifact_prefix={found}/{name}-",
        "-max_len=65536",
    ]
    atheris.Setup([*words, "-print_final_stats=1"], lambda content: try_one(reader, content))
    atheris.Fuzz()


def main() -> int:
    """Gives every reader its share of the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=int)
    parser.add_argument("--reader", help="only this one, in this process")
    parser.add_argument("--found", type=Path, default=Path(tempfile.gettempdir()) / "victim-id-fuzz")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    options = parser.parse_args()
    options.found.mkdir(parents=True, exist_ok=True)
    if options.reader and _GUIDED:
        guided(options.reader, options.seconds, options.found)
    all_readers = readers()
    share = max(1, options.seconds // len(all_readers))
    print(
        "guided by coverage (atheris)" if _GUIDED else "atheris is not installed: seeds are mutated blindly", flush=True
    )
    broken = 0
    for name, (reader, seeds) in all_readers.items():
        if options.reader not in {None, name}:
            continue
        if _GUIDED:
            words = [sys.executable, __file__, str(share), "--reader", name, "--found", str(options.found)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            runs = next(
                (line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line), "?"
            )
            print(f"{name}: {runs} runs" + ("" if done.returncode == 0 else ", BROKEN"), flush=True)
            if done.returncode:
                print(done.stderr[-3000:], file=sys.stderr)
            broken += done.returncode != 0
            continue
        runs_, content = blind(reader, seeds, share, random.Random(options.seed))  # noqa: S311  so that it can be repeated
        if content is not None:
            place = options.found / f"{name}-{hashlib.sha256(content).hexdigest()[:16]}"
            place.write_bytes(content)
            print(f"{name}: broken after {runs_} runs, by {place}", flush=True)
            broken += 1
        else:
            print(f"{name}: {runs_} runs", flush=True)
    print(f"{len(all_readers) if not options.reader else 1} readers, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
