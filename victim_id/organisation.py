"""What an administrator sets for a whole organisation: `organisation.toml`, signed in the format of minisign.

The file names its own key. A worker compares the digits of that key once; from then on the vault takes only files that the
accepted key signed, and keeps what they set: no broken, missing or foreign file changes that, or stops the program.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from victim_id.errors import Failure, Machine, Older, Problem, WrongContent, WrongInput, WrongSignature
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.toml import read_toml
from victim_id.outside import read_outside
from victim_id.record import Record
from victim_id.sealing import check_verifying_key, spoken_number, verify
from victim_id.vault import Vault
from victim_id.vault.retention import ORGANISATION as KEPT

FILE, SIGNATURE = "organisation.toml", ".minisig"
MOST_FILE, MOST_SIGNATURE, MOST_NAME, MOST_KEYS = 64 * 1024, 4096, 200, 16
RETENTION = ("unfounded", "refused", "open", "referred", "closed", "identity", "history")
REGIMES = ("GDPR", "LED")
PREFERENCE = {"name": "organisation", "kind": "organisation_type", "regime": "regime", "profile": "profile"}
"""Which of a vault's preferences a key of the file sets."""


class Organisation(Record, kw_only=True):
    """What a file sets; what it leaves out is the vault's own matter. `number` goes up with every change of the file.

    `key` is the minisign key of whoever signs from now on, `idle_minutes` the most after which the lock strikes by itself,
    `backup_days` how many days a backup is new, `edition_keys` whose editions are taken, `retention` days by outcome.
    """

    number: int
    key: str
    name: str = ""
    kind: str = ""
    regime: str = ""
    profile: str = ""
    idle_minutes: int | None = None
    backup_days: int | None = None
    edition_keys: tuple[str, ...] = ()
    retention: dict[str, int] = {}

    @property
    def digits(self) -> str:
        """Gives the digits by which two people compare the key over the telephone."""
        return spoken(self.key)

    @property
    def preferences(self) -> dict[str, str]:
        """Gives the preferences that are set, by their names there."""
        return {to: getattr(self, name) for name, to in PREFERENCE.items() if getattr(self, name)}


class Kept(Record, kw_only=True):
    """What a vault has accepted: the file as it was set, and the SHA-256 of its bytes."""

    sha256: str
    set: dict[str, Any]


def spoken(key: str) -> str:
    """Gives the digits of a minisign public key."""
    return spoken_number(key.encode())


def in_force(vault: Vault) -> Organisation | None:
    """Gives what the vault has accepted; what a later version knows more of is left out."""
    kept = _kept(vault)
    if kept is None:
        return None
    return msgspec.convert({name: kept.set[name] for name in kept.set if name in _KNOWN}, Organisation)


class OrganisationFile:
    """The file of the organisation as one open vault finds it.

    `wanted` waits for a worker to compare its key; `trouble` says why a file was not taken.
    """

    def __init__(self, vault: Vault, folders: Sequence[Path], instrument: Instrument) -> None:
        self._vault = vault
        self.wanted: Organisation | None = None
        self.trouble: Failure | None = None
        self._sha256 = ""
        try:
            self._look(folders, instrument)
        except Failure as failure:
            self.trouble = failure
        except OSError as error:
            self.trouble = Machine(FILE, error.strerror or "cannot be looked for")

    @property
    def in_force(self) -> Organisation | None:
        """What holds in this vault."""
        return in_force(self._vault)

    def accept(self) -> Organisation:
        """Takes over the file that waits, its key compared by whoever is signed in; only files of this key are taken later."""
        wanted, self.wanted = self.wanted, None
        if wanted is None:
            raise WrongInput(FILE, "does not wait for anybody")
        self._keep(wanted)
        return wanted

    def _look(self, folders: Sequence[Path], instrument: Instrument) -> None:
        kept, here = _kept(self._vault), self.in_force
        path = next((folder / FILE for folder in folders if (folder / FILE).exists()), None)
        if path is None:
            if here is not None:
                raise WrongInput(FILE, "is not there any more", "please ask whoever looks after the program")
            return
        content = read_outside(path, MOST_FILE)
        signature = read_outside(path.with_name(FILE + SIGNATURE), MOST_SIGNATURE)
        if here is not None:
            _check_signature(content, signature, here.key)
        found = read_organisation(content, instrument)
        if here is None:
            _check_signature(content, signature, found.key)
        self._sha256 = hashlib.sha256(content).hexdigest()
        if here is None:
            self.wanted = found
        elif kept is not None and self._sha256 != kept.sha256:
            if found.number <= here.number:
                raise Older(
                    FILE, f"has the number {found.number}; {here.number} is in force", "please number it higher"
                )
            self._keep(found)

    def _keep(self, found: Organisation) -> None:
        whole = {name: value for name, value in msgspec.to_builtins(found).items() if value}
        with self._vault.together():
            self._vault.settings.put(KEPT, msgspec.to_builtins(Kept(sha256=self._sha256, set=whole)))
            self._vault.cases.look_anew()
            self._vault.history.append(self._vault.worker.id, "organisation", None, whole)


def read_organisation(content: bytes, instrument: Instrument) -> Organisation:
    """Gives what a file sets; raises WrongInput when it is no TOML, WrongContent with every other problem in it."""
    try:
        found = read_toml(content)
    except WrongInput as wrong:
        raise WrongInput(FILE, wrong.what, wrong.either) from None
    problems = [Problem(f"{FILE}: {name}", "is no key of this file", f"please use {', '.join(_KNOWN)}") for name in found if name not in _KNOWN]  # fmt: skip
    problems += [
        Problem(f"{FILE}: {name}", "is missing", _RULES[name][1]) for name in ("number", "key") if name not in found
    ]
    kinds = {choice.id for part in instrument.field["B1"].parts if part.id == "type" for choice in part.choices}
    offered = {"kind": kinds, "profile": set(instrument.profile), "regime": set(REGIMES)}
    for name, value in found.items():
        if name == "retention":
            problems += _retention_problems(value)
        elif name in offered and value not in sorted(offered[name]):
            problems.append(Problem(f"{FILE}: {name}", "is not one that is known", f"please choose {', '.join(sorted(offered[name]))}"))  # fmt: skip
        elif name in _RULES and not _RULES[name][0](value):
            problems.append(Problem(f"{FILE}: {name}", "is not as it must be", _RULES[name][1]))
    if problems:
        raise WrongContent(problems)
    return msgspec.convert(found, Organisation)


def _check_signature(content: bytes, signature: bytes, key: str) -> None:
    try:
        verify(content, signature, key, FILE)
    except WrongSignature as wrong:
        raise WrongSignature(FILE, wrong.what, f"please sign it with the key {spoken(key)}") from None


def _kept(vault: Vault) -> Kept | None:
    kept = vault.settings.get(KEPT)
    return None if kept is None else msgspec.convert(kept, Kept)


def _retention_problems(value: object) -> list[Problem]:
    if not isinstance(value, dict):
        return [Problem(f"{FILE}: retention", "is no table", "please write [retention] and a line for each outcome")]
    found = []
    for name, days in value.items():
        least = 365 if name == "history" else 0
        if name not in RETENTION:
            found.append(Problem(f"{FILE}: retention.{name}", "is no outcome", f"please use {', '.join(RETENTION)}"))
        elif not _whole(least, 36500)(days):
            found.append(Problem(f"{FILE}: retention.{name}", "is not as it must be", f"please give whole days from {least} to 36500"))  # fmt: skip
    return found


def _whole(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= MOST_NAME and value.isprintable()


def _is_key(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(check_verifying_key(value, FILE))
    except WrongInput:
        return False


def _are_keys(value: object) -> bool:
    return isinstance(value, list) and 0 < len(value) <= MOST_KEYS and all(map(_is_key, value))


_RULES: dict[str, tuple[Callable[[object], bool], str]] = {
    "number": (_whole(1, 10**9), "please give a whole number, higher than in the file before"),
    "key": (_is_key, "please give the public key of minisign that signs the file, the line that begins with RW"),
    "name": (_is_name, f"please give one line of at most {MOST_NAME} signs"),
    "idle_minutes": (_whole(1, 30), "please give whole minutes from 1 to 30"),
    "backup_days": (_whole(1, 90), "please give whole days from 1 to 90"),
    "edition_keys": (_are_keys, f"please give a list of at most {MOST_KEYS} public keys of minisign"),
}
_KNOWN = Organisation.__struct_fields__
