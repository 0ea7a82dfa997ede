"""Vaults and backups of released formats are opened for ever: these files are never made anew."""

import json
import shutil
from pathlib import Path

import pytest

from tests.vault.given import Clock
from victim_id.errors import NotForYou
from victim_id.vault import Head, Vault, backup, keyfile, sheets

VECTORS = Path(__file__).parents[1] / "vectors"
FIRST, SECOND = "5a1f0c9e-0b0e-4c39-9a55-111111111111", "5a1f0c9e-0b0e-4c39-9a55-222222222222"


@pytest.fixture
def told():
    return json.loads((VECTORS / "vault-1" / "vector.json").read_text("utf-8"))


@pytest.fixture(params=["vault", "backup"])
def opened(request, tmp_path):
    """The first released vault as it is, and as its backup is restored."""
    source, target = VECTORS / "vault-1" / request.param, tmp_path / "vault"
    if request.param == "vault":
        shutil.copytree(source, target)
    else:
        backup.restore(source, target)
    return target


def test_the_first_vault_opens_with_everything_in_it(opened, told):
    with Vault.unlock(opened, told["passphrase"], now=Clock()) as vault:
        assert vault.worker.name == "Ana"
        vault.history.verify(Head(**told["history"]))
        assert json.loads(vault.cases.read(FIRST))["notes"] == "beds behind the kitchen"
        assert [row.id for row in vault.cases.search("koeln")] == []
        assert [row.id for row in vault.cases.search("strasse beh")] == [FIRST]
        assert vault.drafts.of(FIRST) == {"work.hours": "from six in the mor"}
        assert vault.settings.get("preferences") == {"language": "fr"}
        assert vault.received.get("p1").content == b"package"
        assert [hold.reason for hold in vault.erasure.holds()] == ["court order"]
        with pytest.raises(NotForYou):
            vault.cases.read(SECOND)
        vault._store.check()
        vault.keyring.rotate()
    with Vault.unlock(opened, told["second passphrase"], now=Clock()) as vault:
        assert json.loads(vault.cases.read(SECOND))["notes"] == "limited to Eva"
        assert [row.id for row in vault.cases.search("limited wor")] == [SECOND]


def test_the_sheets_of_the_first_vault_open_it(opened, told):
    private = sheets.join(told["sheets"][1:], keyfile.read(opened)[0])
    with Vault.recover(opened, private, "Eva", "a new passphrase", now=Clock()) as vault:
        assert json.loads(vault.cases.read(SECOND))["notes"] == "limited to Eva"


def test_the_key_file_is_written_as_it_was():
    for name in ("vault.key", "vault.key.bak"):
        content = (VECTORS / "vault-1" / "vault" / name).read_bytes()
        assert keyfile.to_bytes(keyfile.from_bytes(content)) == content
