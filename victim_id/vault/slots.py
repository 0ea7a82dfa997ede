"""The list of slots inside the vault, against which the key file is held after every unlock.

A change is announced inside, written outside, then settled inside: a program killed in between leaves either the old
list or the new one, and an older key file put back is not accepted.
"""

import hashlib
from pathlib import Path

from victim_id.errors import Damaged, OtherKeyFile
from victim_id.record import encode
from victim_id.vault import keyfile
from victim_id.vault.keyfile import KeyFile, Slot
from victim_id.vault.store import Store


def add(store: Store, slot: Slot, worker: str | None, made: str) -> None:
    """Adds a slot to the list inside."""
    store.run(
        "INSERT INTO slots (id, kind, public, worker, made) VALUES (?, ?, ?, ?, ?)",
        *(slot.id, slot.kind, slot.public, worker, made),
    )


def worker_of(store: Store, slot: str) -> str:
    """Gives the worker who comes in through a slot; raises Damaged when the list inside does not know it."""
    found = store.value("SELECT worker FROM slots WHERE id = ?", slot)
    if found is None:
        raise Damaged(keyfile.NAME, f"slot {slot} is not one of the vault's")
    return str(found)


def publish(store: Store, folder: Path, file: KeyFile, vault_key: bytes) -> KeyFile:
    """Writes a changed key file so that it holds from one moment to the next, and gives it with its MAC."""
    signed = keyfile.with_mac(file, vault_key)
    announce(store, signed)
    keyfile.write(folder, signed)
    settle(store, signed, signed.made)
    return signed


def announce(store: Store, signed: KeyFile) -> None:
    """Makes a list of slots known inside, before the key file is written."""
    with store.transaction():
        store.run(
            "INSERT OR REPLACE INTO slot_lists (generation, digest) VALUES (?, ?)", signed.generation, _digest(signed)
        )


def check(store: Store, file: KeyFile) -> None:
    """Raises OtherKeyFile unless the key file is this vault's, and the one that was announced or settled inside."""
    if store.value("SELECT id FROM vault") != file.vault:
        raise OtherKeyFile(keyfile.NAME, "belongs to another vault")
    known: dict[int, bytes] = dict(store.rows("SELECT generation, digest FROM slot_lists"))
    if known.get(file.generation) != _digest(file):
        raise OtherKeyFile(keyfile.NAME, "its slots are not those the vault knows")


def settle(store: Store, file: KeyFile, now: str) -> None:
    """Forgets every other list than this one, and the slots that are not in it; whoever lost theirs has left `now`.

    A slot that a limited case is sealed to is noted as a former one; `Limits.settle` says how long.
    """
    others = store.value("SELECT count(*) FROM slot_lists WHERE generation <> ?", file.generation)
    if others:
        with store.transaction():
            store.run("DELETE FROM slot_lists WHERE generation <> ?", file.generation)
            kept = [slot.id for slot in file.slots]
            marks = ", ".join("?" * len(kept))
            store.run(
                f"""INSERT OR IGNORE INTO former_slots (id, kind, public, worker) SELECT id, kind, public, worker FROM slots
                WHERE id NOT IN ({marks}) AND id IN (SELECT slot FROM case_keys)
                AND (worker IS NULL OR worker IN (SELECT worker FROM slots WHERE id IN ({marks})))""",  # noqa: S608  question marks
                *(*kept, *kept),
            )
            store.run(f"DELETE FROM slots WHERE id NOT IN ({marks})", *kept)  # noqa: S608  question marks
            store.run(
                """DELETE FROM former_slots WHERE worker IS NOT NULL
                AND worker NOT IN (SELECT worker FROM slots WHERE worker IS NOT NULL)"""
            )
            store.run(
                """DELETE FROM case_keys WHERE slot NOT IN (SELECT id FROM slots)
                AND slot NOT IN (SELECT id FROM former_slots)"""
            )
            store.run(
                """UPDATE workers SET left = ? WHERE left IS NULL
                AND id NOT IN (SELECT worker FROM slots WHERE worker IS NOT NULL)""",
                now,
            )


def _digest(file: KeyFile) -> bytes:
    return hashlib.sha256(encode([file.stretching, file.slots])).digest()
