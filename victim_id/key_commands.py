"""The commands on the organisation's own key: made by the organisation, given to a vault by a worker, used when nobody can come in.

Passphrases are asked at the terminal, or read as lines of standard input in the order in which they are named here.
"""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from victim_id import guessing
from victim_id.errors import WrongInput
from victim_id.language import moment
from victim_id.outside import read_outside
from victim_id.places import Places
from victim_id.vault import Vault, organisation_key
from victim_id.vault.folder import write
from victim_id.vault_commands import ask_passphrase, now
from victim_id.ways_in import WaysIn, people_in
from victim_id.workspace import Workspace

ENOUGH = 4  # of guessing.strength, 0 to 4


def make(options: argparse.Namespace) -> int:
    """Makes a key pair; asks for the passphrase of the new key."""
    sealed, public = options.file, options.file.with_name(options.file.name + ".pub")
    for path in (sealed, public):
        if path.exists():
            raise WrongInput(path.name, "is there already", "please name a new file")
    passphrase = ask_passphrase(options, "A passphrase for the new key: ")
    if guessing.strength(passphrase).score < ENOUGH:
        raise WrongInput("passphrase", "is too easy to guess", "please add a word or two")
    contents = organisation_key.make(passphrase, moment(now()))
    for path, content in zip((sealed, public), contents, strict=True):
        write(path, content)
        print(path.name)
    print(organisation_key.number(organisation_key.public(contents[1].decode(), public.name)))
    return 0


def give(options: argparse.Namespace) -> int:
    """Lets a key open the vault; asks for a worker's passphrase."""
    typed = read_outside(options.file, organisation_key.MOST_BYTES).decode(errors="replace")
    organisation_key.public(typed, options.file.name)
    with _ways_in(options) as ways_in:
        found = ways_in.set_organisation(typed)
    print(found.number)
    print("please compare this number by voice with the organisation", file=sys.stderr)
    return _told(found.uncovered)


def show(options: argparse.Namespace) -> int:
    """Tells which key opens the vault; asks for a worker's passphrase."""
    with _ways_in(options) as ways_in:
        found = ways_in.organisation()
    print(found.number or "no key of an organisation opens this vault")
    return _told(found.uncovered)


def remove(options: argparse.Namespace) -> int:
    """Lets the key open the vault no more; asks for a worker's passphrase."""
    with _ways_in(options) as ways_in:
        ways_in.forget_organisation()
    return 0


def recover(options: argparse.Namespace) -> int:
    """Gives a worker a new passphrase; asks for the key's passphrase, then the new one. Without a name it tells the names."""
    folder, private = _vault(options), _private(options)
    if options.worker is None and options.new is None:
        for worker in people_in(folder, private, now):
            print(worker.name)
        return 0
    name = options.new or options.worker
    passphrase = ask_passphrase(options, f"A new passphrase for {name}: ")
    if guessing.strength(passphrase, [name]).score < ENOUGH:
        raise WrongInput("passphrase", "is too easy to guess", "please add a word or two")
    Vault.recover(folder, private, name, passphrase, now=now, new=options.new is not None).close()
    return 0


def cover(options: argparse.Namespace) -> int:
    """Lets present sheets into limited cases that an earlier key opens; asks for the key's passphrase, then a worker's."""
    private = _private(options)
    with _ways_in(options) as ways_in:
        return _told(ways_in.cover_with(private).uncovered)


def _told(uncovered: int) -> int:
    if uncovered:
        print(
            f"{uncovered} limited cases are not opened by it yet; it is done when a worker named for them unlocks",
            file=sys.stderr,
        )
    return 0


def _private(options: argparse.Namespace) -> bytes:
    content = read_outside(options.file, organisation_key.MOST_BYTES)
    return organisation_key.private(content, ask_passphrase(options, "Passphrase of the key: "), options.file.name)


@contextlib.contextmanager
def _ways_in(options: argparse.Namespace) -> Iterator[WaysIn]:
    """Opens the vault that is meant with a worker's passphrase, and closes it again."""
    passphrase, editions = ask_passphrase(options), Places.usual().editions
    with contextlib.closing(Workspace.unlock(_vault(options), passphrase, now=now, editions=editions)) as space:
        yield space.ways_in


def _vault(options: argparse.Namespace) -> Path:
    found: Path = options.vault or Places.usual().vault
    if not Vault.is_in(found):
        raise WrongInput(found.name, "there is no vault here", "please name its folder with --vault")
    return found
