"""A long deed that is interrupted at any moment leaves a whole vault, and what was to be gone is gone after the next unlock."""

import os
import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vault.given import document
from tests.vault.pages import found
from victim_id.errors import Machine
from victim_id.vault import Vault, scrubbing

SECRET = "Zwavelzuurfabriek"
OTHERS = 120
DEEDS: dict[str, Callable[[Vault], object]] = {
    "erase": lambda vault: vault.erasure.erase(["secret"], "asked for"),
    "limit": lambda vault: vault.cases.limit("secret", [vault.worker.id]),
    "rotate": lambda vault: vault.keyring.rotate(),
    "scrub": lambda vault: scrubbing.scrub(vault._store),
    "answer": lambda vault: vault.cases.put("c0", document(number=0, notes=SECRET), deed="answered"),
}


def fill(vault: Vault) -> None:
    with vault.together():
        for number in range(OTHERS):
            notes = os.urandom(9000).hex()
            vault.cases.put(f"c{number}", document(f"c{number}", notes=notes), deed="begun", words=[notes[:40]])
    for _ in range(3):  # so that copies are left in pages that were moved
        vault.cases.put("secret", document("secret", place=SECRET, notes=SECRET * 200), deed="answered", words=[SECRET])


@pytest.mark.parametrize(
    "name", [name if name in {"answer", "scrub"} else pytest.param(name, marks=pytest.mark.full) for name in DEEDS]
)
def test_a_deed_interrupted_at_any_moment_leaves_a_whole_vault(
    name: str, vault: Vault, folder: Path, unlock: Callable[..., Vault]
) -> None:
    fill(vault)
    vault.rest()
    chance, met = random.Random(name), 0
    for turn in range(8):
        head = vault.history.head().seq
        over = threading.Event()

        def disturb(
            over: threading.Event = over,
            wait: float = chance.uniform(0, 0.06 if name != "answer" else 0.001),
            here: Vault = vault,
        ) -> None:
            over.wait(wait)
            while not over.is_set():
                here.interrupt()
                over.wait(0.003)

        disturbing = threading.Thread(target=disturb)
        disturbing.start()
        try:
            DEEDS[name](vault)
        except Machine:
            met += 1
        finally:
            over.set()
            disturbing.join()
        vault.close()

        vault = unlock()
        key = vault.keyring.opened.vault_key
        vault._store.check()
        assert vault.history.verify().seq > head, turn
        assert not scrubbing.is_due(vault._store)
        assert {f"c{number}" for number in range(OTHERS)} <= set(vault.cases.ids())
        assert b"c7" in vault.cases.read("c7")
        assert [path.name for path in folder.glob("vault-*.db")] == [vault._store.where]
        if "secret" in vault.cases.ids():
            assert SECRET.encode() in vault.cases.read("secret")
        else:
            vault._store.checkpoint()
            assert found(folder, key, (SECRET,)) == {}
            fill_again = document("secret", place=SECRET, notes=SECRET * 200)
            vault.cases.put("secret", fill_again, deed="begun", words=[SECRET])
        if name == "limit" and vault.cases.named("secret"):
            vault.cases.unlimit("secret")
    assert met or name == "answer"  # which may be over too soon


def test_a_scrubbing_interrupted_while_the_file_is_written_anew_stays_due(
    vault: Vault, unlock: Callable[..., Vault]
) -> None:
    fill(vault)
    vault._store.connection.set_trace_callback(lambda sql: vault.interrupt() if sql == "VACUUM" else None)
    vault.erasure.erase(["secret"], "asked for")
    assert "secret" not in vault.cases.ids()
    assert vault.erasure.cleaning_is_due
    assert scrubbing.is_due(vault._store)
    vault.close()
    assert not scrubbing.is_due(unlock()._store)


def test_an_interruption_meets_nobody_when_nothing_runs_or_the_vault_is_closed(vault: Vault) -> None:
    vault.interrupt()
    vault.cases.put("c1", document(), deed="begun")
    vault.close()
    vault.interrupt()
