"""A vault that opens fast, made anew for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.vault.given import LIGHT, PASSPHRASE, Clock
from victim_id.vault import Vault


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def unlock(folder: Path, clock: Clock) -> Iterator[Callable[..., Vault]]:
    """Opens the test vault, and closes whatever was opened when the test ends."""
    opened: list[Vault] = []

    def open_it(passphrase: str = PASSPHRASE, where: Path = folder) -> Vault:
        opened.append(Vault.unlock(where, passphrase, now=clock))
        return opened[-1]

    yield open_it
    for vault in opened:
        vault.close()


@pytest.fixture
def vault(folder: Path, clock: Clock) -> Iterator[Vault]:
    """A new real vault of one worker, Ana."""
    made = Vault.create(folder, PASSPHRASE, "Ana", now=clock, effort=LIGHT, floor=LIGHT)
    yield made
    made.close()
