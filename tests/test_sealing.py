"""Keys, sealing and signing against the published vectors and the programs everybody else uses."""

import re
import subprocess
from itertools import count
from pathlib import Path

import argon2.low_level
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victim_id import errors, sealing
from victim_id.sealing import Effort

LIGHT = Effort(64, 1, 1)


def test_argon2id_gives_the_tag_of_rfc_9106():
    tag = sealing.argon2id(b"\x01" * 32, b"\x02" * 16, Effort(32, 3, 4), key=b"\x03" * 8, bound=b"\x04" * 12)

    assert tag.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


@given(
    secret=st.binary(min_size=1, max_size=64),
    salt=st.binary(min_size=16, max_size=32),
    passes=st.integers(1, 3),
    lanes=st.integers(1, 4),
    memory=st.integers(32, 256),
)
@settings(max_examples=60, deadline=None)
def test_argon2id_agrees_with_the_reference_code(secret, salt, passes, lanes, memory):
    theirs = argon2.low_level.hash_secret_raw(secret, salt, passes, memory, lanes, 32, argon2.low_level.Type.ID)

    assert sealing.argon2id(secret, salt, Effort(memory, passes, lanes)) == theirs


def test_a_passphrase_is_the_same_from_every_keyboard():
    salt = bytes(16)

    assert sealing.passphrase_key("caf\u00e9 noir", salt, LIGHT) == sealing.passphrase_key(
        "cafe\u0301\u00a0noir", salt, LIGHT
    )
    assert sealing.passphrase_key("caf\u00e9 noir", salt, LIGHT) != sealing.passphrase_key("cafe noir", salt, LIGHT)


@pytest.mark.parametrize(
    ("effort", "error"),
    [
        (Effort(4096 * 1024 + 1, 3, 4), errors.TooLarge),
        (Effort(65536, 21, 4), errors.TooLarge),
        (Effort(65536, 3, 17), errors.TooLarge),
        (Effort(65536, 0, 4), errors.Damaged),
        (Effort(31, 3, 4), errors.Damaged),
        (Effort(-5, 3, 0), errors.Damaged),
    ],
)
def test_effort_beyond_the_bounds_is_refused_before_it_is_spent(effort, error):
    with pytest.raises(error):
        sealing.passphrase_key("x", bytes(16), effort)


def test_calibration_never_goes_below_the_floor_however_slow_the_machine():
    slow = count(0, 1000)

    effort = sealing.calibrate(memory=1024, clock=lambda: float(next(slow)))

    assert effort == Effort.floor() == Effort(64 * 1024, 3, 4)


def test_calibration_takes_at_most_a_third_of_the_memory_and_stays_in_bounds():
    fast = count(0, 1)

    effort = sealing.calibrate(memory=450 * 1024, clock=lambda: next(fast) / 1000, target=0.1)

    assert effort.memory == 128 * 1024
    assert effort.passes == sealing.MOST_PASSES
    assert effort.bounded("test") == effort
    assert effort.reaches(Effort.floor())


def test_a_key_sealed_to_a_pair_opens_only_with_that_pair_and_that_context():
    pair, other = sealing.make_pair(), sealing.make_pair()
    sealed = sealing.seal_key(b"k" * 32, pair.public, b"slot 1")

    assert sealing.unseal_key(sealed, pair.private, b"slot 1") == b"k" * 32
    for private, bound in ((other.private, b"slot 1"), (pair.private, b"slot 2")):
        with pytest.raises(errors.NotForYou):
            sealing.unseal_key(sealed, private, bound)


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7), cut=st.integers(0, 80))
@settings(max_examples=80, deadline=None)
def test_no_changed_or_shortened_byte_opens(place, bit, cut):
    pair, key = sealing.pair_of(b"\x07" * 32), b"\x09" * 32
    for make, open_it in (
        (lambda: sealing.seal_key(key, pair.public, b"b"), lambda raw: sealing.unseal_key(raw, pair.private, b"b")),
        (lambda: sealing.wrap(key, b"plain", b"b"), lambda raw: sealing.unwrap(key, raw, b"b")),
    ):
        whole = make()
        changed = bytearray(whole)
        changed[place % len(whole)] ^= 1 << bit
        for wrong in (bytes(changed), whole[: min(cut, len(whole) - 1)]):
            with pytest.raises(errors.NotForYou):
                open_it(wrong)


def test_hkdf_and_hmac_give_the_published_values():
    # RFC 5869 has no vector without salt and of 32 bytes with text info, so HKDF is written out here from RFC 2104.
    key = bytes(range(32))
    inner = sealing.mac(sealing.mac(bytes(32), key), b"purpose\x01")

    assert sealing.derive(key, "purpose") == inner
    # RFC 4231, test case 2
    tag = sealing.mac(b"Jefe", b"what do ya want for nothing?")
    assert tag.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    sealing.check_mac(b"Jefe", b"what do ya want for nothing?", tag, "here")
    with pytest.raises(errors.Damaged):
        sealing.check_mac(b"Jefe", b"what do ya want for something?", tag, "here")


@pytest.fixture
def signer():
    return sealing.make_signing_key()


def test_the_minisign_program_verifies_what_we_sign(tmp_path: Path, signer):
    (tmp_path / "manifest.json").write_bytes(b'{"a":1}')
    (tmp_path / "manifest.json.minisig").write_bytes(sealing.sign(b'{"a":1}', signer, "package 7"))
    (tmp_path / "key.pub").write_bytes(sealing.verifying_file(sealing.verifying_key(signer)))

    done = subprocess.run(
        ["minisign", "-V", "-p", "key.pub", "-m", "manifest.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Trusted comment: package 7" in done.stdout


def test_we_verify_what_the_minisign_program_signs(tmp_path: Path):
    (tmp_path / "text").write_bytes(b"edition 2026.1")
    for words in ("-G -W -p key.pub -s key", "-S -s key -m text -t numéro_1"):
        subprocess.run(["minisign", *words.split()], cwd=tmp_path, check=True, capture_output=True)
    public = (tmp_path / "key.pub").read_text().splitlines()[1]

    assert sealing.verify(b"edition 2026.1", (tmp_path / "text.minisig").read_bytes(), public, "text") == "numéro_1"
    with pytest.raises(errors.WrongSignature):
        sealing.verify(b"edition 2026.2", (tmp_path / "text.minisig").read_bytes(), public, "text")


def test_every_changed_sign_of_a_signature_is_noticed():
    signer = sealing.SigningKey(b"12345678", bytes(range(1, 33)))  # its base64 ends in a sign with spare bits
    public, whole = sealing.verifying_key(signer), sealing.sign(b"words", signer, "trusted words")
    unsigned = range(
        len("untrusted comment: "), whole.index(b"\n")
    )  # minisign says itself that this comment is not trusted

    for place in (place for place in range(len(whole) - 1) if place not in unsigned):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(errors.WrongSignature):
            sealing.verify(b"words", bytes(changed), public, "here")


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_as_signature_or_key_raise_only_our_errors(raw):
    public = sealing.verifying_key(sealing.SigningKey(b"12345678", b"s" * 32))
    with pytest.raises(errors.WrongSignature):
        sealing.verify(b"words", raw, public, "here")
    with pytest.raises(errors.WrongInput):
        sealing.check_verifying_key(raw.decode("latin-1"), "here")


def test_a_signature_of_somebody_else_is_not_taken(signer):
    with pytest.raises(errors.WrongSignature, match="another key"):
        sealing.verify(b"w", sealing.sign(b"w", signer, "t"), sealing.verifying_key(sealing.make_signing_key()), "here")


def test_the_age_program_opens_what_we_seal(tmp_path: Path):
    ours, theirs = sealing.make_identity(), sealing.make_identity()
    (tmp_path / "package.age").write_bytes(sealing.seal(b"for two", [theirs.recipient, ours.recipient]))

    for identity in (ours, theirs):
        (tmp_path / "key.txt").write_bytes(sealing.identity_file(identity, "2026-11-21T20:00:00Z"))
        done = subprocess.run(
            ["age", "-d", "-i", "key.txt", "package.age"], cwd=tmp_path, capture_output=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, b"for two"), done.stderr


@pytest.mark.parametrize("armor", [[], ["--armor"]])
def test_we_open_what_the_age_program_seals_for_a_key_it_made(tmp_path: Path, armor):
    subprocess.run(["age-keygen", "-o", "key.txt"], cwd=tmp_path, check=True, capture_output=True)
    [identity] = sealing.read_identity_file((tmp_path / "key.txt").read_bytes(), "key.txt")
    done = subprocess.run(["age", "-r", identity.recipient, *armor], input=b"hello", check=True, capture_output=True)

    assert sealing.open_sealed(done.stdout, identity) == b"hello"


def test_not_for_you_damaged_newer_and_not_a_package_are_told_apart():
    mine, other = sealing.make_identity(), sealing.make_identity()
    sealed = sealing.seal(b"words" * 40, [mine.recipient])

    assert sealing.open_sealed(sealed, mine) == b"words" * 40
    for content, identity, error in (
        (sealed, other, errors.NotForYou),
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), mine, errors.Damaged),
        (sealed[:-40], mine, errors.Damaged),
        (sealed[:30], mine, errors.Damaged),
        (sealed.replace(b"/v1\n", b"/v2\n", 1), mine, errors.Newer),
        (b"%PDF-1.7", mine, errors.NotAPackage),
        (b"", mine, errors.NotAPackage),
    ):
        with pytest.raises(error):
            sealing.open_sealed(content, identity)


@given(place=st.integers(0, 400), bit=st.integers(0, 7), end=st.integers(0, 400))
@settings(max_examples=150, deadline=None)
def test_any_changed_age_file_raises_only_our_errors(place, bit, end):
    identity = sealing.make_identity()
    sealed = bytearray(sealing.seal(b"words" * 20, [identity.recipient]))
    sealed[place % len(sealed)] ^= 1 << bit
    for changed in (bytes(sealed), bytes(sealed[:end])):
        with pytest.raises(errors.CannotOpen):
            sealing.open_sealed(changed, identity)


def test_a_passphrase_seals_and_a_wrong_one_is_called_wrong():
    sealed = sealing.seal_with_passphrase(b"for a telephone", "seven plain words")

    assert sealing.open_with_passphrase(sealed, "seven plain words") == b"for a telephone"
    with pytest.raises(errors.WrongPassphrase):
        sealing.open_with_passphrase(sealed, "eight plain words")
    with pytest.raises(errors.NotForYou):
        sealing.open_sealed(sealed, sealing.make_identity())


@pytest.mark.parametrize(
    "wrong", ["", "age1", "ssh-ed25519 AAAA", "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"]
)
def test_a_mistyped_recipient_is_wrong_input(wrong):
    with pytest.raises(errors.WrongInput):
        sealing.seal(b"x", [wrong])
    with pytest.raises(errors.WrongInput):
        sealing.identity_of(wrong)


def test_sealing_for_nobody_is_refused():
    with pytest.raises(errors.WrongInput):
        sealing.seal(b"x", [])


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", b"\xff\xfe", b"AGE-SECRET-KEY-1AAAA\n"])
def test_a_file_without_an_age_key_is_wrong_input(content):
    with pytest.raises(errors.WrongInput):
        sealing.read_identity_file(content, "key.txt")


def test_no_key_shows_itself_when_it_is_printed(signer):
    for record in (signer, sealing.make_identity(), sealing.make_pair()):
        assert re.fullmatch(r"<\w+>", repr(record))


def test_keys_compared_by_voice_are_six_groups_of_five_digits_that_depend_on_every_part():
    said = sealing.spoken_number(b"age1...", b"RW...")

    assert re.fullmatch(r"\d{5}( \d{5}){5}", said)
    assert (
        len(
            {
                said,
                sealing.spoken_number(b"age1...R", b"W..."),
                sealing.spoken_number(b"age1..."),
                sealing.spoken_number(),
            }
        )
        == 4
    )
