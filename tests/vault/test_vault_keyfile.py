"""Wrong passphrase, damaged and newer are told apart, and nobody plants a slot."""

import hashlib
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.given import LIGHT, PASSPHRASE
from victim_id import errors, sealing
from victim_id.record import encode
from victim_id.vault import keyfile
from victim_id.vault.keyfile import KeyFile


def key_file(**changes) -> KeyFile:
    stretching = keyfile.new_stretching(LIGHT)
    vault_key, pair = sealing.make_key(), sealing.make_pair()
    wrapping = (stretching, keyfile.passphrase_key(PASSPHRASE, stretching))
    file = KeyFile(
        vault="7d6e1c1e-0000-4000-8000-000000000000",
        made="2026-11-21T09:30:00Z",
        database="vault-0123abcd.db",
        generation=1,
        stretching=stretching,
        slots=(keyfile.make_slot("slot", "worker", "7d6e1c1e-0000-4000-8000-000000000000", vault_key, pair, wrapping),),
    )
    return keyfile.with_mac(msgspec.structs.replace(file, **changes), vault_key)


def rechecked(content: bytes, **changes) -> bytes:
    """The file as an attacker writes it: changed, canonical, with a checksum that fits."""
    raw = {**json.loads(content), **changes}
    version = raw.pop("victim_id_vault")
    raw.pop("sha256")
    head = encode({"victim_id_vault": version})[:-1] + b","
    raw["sha256"] = hashlib.sha256(head + encode(raw)[1:]).hexdigest()
    return head + encode(raw)[1:]


def test_the_file_is_canonical_json_that_names_its_format_first():
    content = keyfile.to_bytes(key_file())

    assert content.startswith(b'{"victim_id_vault":1,"database":"vault-')
    assert content == rechecked(content)
    assert keyfile.to_bytes(keyfile.from_bytes(content)) == content


def test_every_changed_bit_is_damage():
    content = keyfile.to_bytes(key_file())

    for place in range(len(content)):
        for bit in range(8):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            with pytest.raises(errors.Damaged):
                keyfile.from_bytes(bytes(changed))


def test_every_shortened_file_is_damage():
    content = keyfile.to_bytes(key_file())

    for end in range(len(content)):
        with pytest.raises(errors.Damaged):
            keyfile.from_bytes(content[:end])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=2000))
@settings(max_examples=200, deadline=None)
def test_any_bytes_raise_only_our_errors(content):
    with pytest.raises(errors.CannotOpen):
        keyfile.from_bytes(content)


@given(
    st.dictionaries(
        st.sampled_from(
            ["vault", "made", "database", "generation", "stretching", "slots", "mac", "extra", "victim_id_vault"]
        ),
        JSON,
        min_size=1,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_fields_with_a_fitting_checksum_raise_only_our_errors_or_are_a_key_file(changes):
    try:
        found = keyfile.from_bytes(rechecked(keyfile.to_bytes(key_file()), **changes))
    except errors.CannotOpen:
        return
    found.stretching.effort.bounded("here")
    assert Path(found.database).name == found.database


def test_a_deep_nest_is_damage_and_not_a_crash():
    with pytest.raises(errors.Damaged):
        keyfile.from_bytes(b"[" * 60_000)
    with pytest.raises(errors.Damaged):
        keyfile.from_bytes(b'{"a":' * 12_000)


def test_a_longer_file_than_64_kib_is_not_read():
    with pytest.raises(errors.Damaged):
        keyfile.from_bytes(rechecked(keyfile.to_bytes(key_file()), vault="x" * keyfile.MOST_BYTES))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"victim_id_vault": 2}, errors.Newer),
        ({"victim_id_vault": 2, "slots": "of another shape"}, errors.Newer),
        ({"victim_id_vault": "1"}, errors.Damaged),
        ({"database": "../../etc/passwd"}, errors.Damaged),
        ({"database": "vault-0123abcd.db\n"}, errors.Damaged),
        ({"slots": []}, errors.Damaged),
        ({"generation": 0}, errors.Damaged),
        ({"surprise": 1}, errors.Damaged),
        (
            {"stretching": {"salt": "AAAAAAAAAAAAAAAAAAAAAA==", "effort": {"memory": 2**33, "passes": 3, "lanes": 4}}},
            errors.TooLarge,
        ),
        (
            {
                "stretching": {
                    "salt": "AAAAAAAAAAAAAAAAAAAAAA==",
                    "effort": {"memory": 65536, "passes": 10**9, "lanes": 4},
                }
            },
            errors.TooLarge,
        ),
        ({"stretching": {"salt": "", "effort": {"memory": 65536, "passes": 3, "lanes": 4}}}, errors.Damaged),
    ],
)
def test_what_a_whole_file_may_not_say(changes, error):
    with pytest.raises(error):
        keyfile.from_bytes(rechecked(keyfile.to_bytes(key_file()), **changes))


def test_a_wrong_passphrase_is_not_damage(vault, folder, unlock):
    vault.close()

    with pytest.raises(errors.WrongPassphrase):
        unlock("eight plain words for the test vault")
    assert unlock().worker.name == "Ana"


def test_a_damaged_key_file_falls_back_to_its_spare_copy_and_becomes_whole_again(vault, folder, unlock):
    vault.close()
    whole = (folder / "vault.key").read_bytes()
    for broken in (b"", whole[:100], whole.replace(b"worker", b"walker"), None):
        if broken is None:
            (folder / "vault.key").unlink()
        else:
            (folder / "vault.key").write_bytes(broken)

        unlock().close()

        assert (folder / "vault.key").read_bytes() == (folder / "vault.key.bak").read_bytes() == whole


def test_two_damaged_copies_are_called_damaged_and_left_as_they_are(vault, folder, unlock):
    vault.close()
    for name in ("vault.key", "vault.key.bak"):
        (folder / name).write_bytes(b"{}")

    with pytest.raises(errors.Damaged):
        unlock()
    assert (folder / "vault.key").read_bytes() == b"{}"


def test_a_newer_key_file_is_not_opened_with_an_older_copy_beside_it(vault, folder, unlock):
    vault.close()
    content = (folder / "vault.key").read_bytes()
    (folder / "vault.key").write_bytes(rechecked(content, victim_id_vault=2, more="things"))

    with pytest.raises(errors.Newer):
        unlock()


def planted(content: bytes) -> bytes:
    """The key file with one more recovery slot, for a key of the attacker."""
    raw = json.loads(content)
    file = keyfile.from_bytes(content)
    slot = keyfile.make_slot("planted", "recovery", file.vault, bytes(32), sealing.make_pair(), None)
    return rechecked(content, slots=[*raw["slots"], json.loads(encode(slot))])


def test_a_planted_slot_is_noticed_after_unlocking_and_thrown_out(vault, folder, unlock):
    vault.close()
    whole = (folder / "vault.key").read_bytes()
    (folder / "vault.key").write_bytes(planted(whole))

    unlock().close()  # the spare copy is still the vault's own

    assert (folder / "vault.key").read_bytes() == whole


def test_a_slot_planted_in_both_copies_is_refused(vault, folder, unlock):
    vault.close()
    for name in ("vault.key", "vault.key.bak"):
        (folder / name).write_bytes(planted((folder / name).read_bytes()))

    with pytest.raises(errors.Damaged):
        unlock()


def test_a_key_file_of_another_vault_does_not_open_this_one(vault, folder, unlock, tmp_path, clock):
    other = type(vault).create(tmp_path / "other", PASSPHRASE, "Eva", now=clock, effort=LIGHT, floor=LIGHT)
    other.close()
    vault.close()
    foreign = json.loads((tmp_path / "other" / "vault.key").read_bytes())
    for name in ("vault.key", "vault.key.bak"):
        ours = (folder / name).read_bytes()
        (folder / name).write_bytes(rechecked(ours, slots=foreign["slots"], stretching=foreign["stretching"]))

    with pytest.raises(errors.CannotOpen):
        unlock()


def test_no_name_stands_in_the_key_file(vault, folder):
    content = (folder / "vault.key").read_bytes()

    assert b"Ana" not in content
    assert len(content) < 1000
