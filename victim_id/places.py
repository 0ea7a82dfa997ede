"""Where this installation keeps its vault and its wishes: beside a portable program, else where the system keeps such things."""

import hashlib
import os
import re
import sys
from pathlib import Path
from typing import Literal

from victim_id.errors import Damaged

KEYS = ("vault.key", "vault.key.bak")
_DATABASE = re.compile(r"vault-[0-9a-f]{8}\.db")

Found = Literal["vault", "no_key", "closed", "away", "nothing"]


def found(folder: Path, known: str = "") -> Found:
    """Says what stands at a vault's place: a vault, a database without its key file, a folder that may not be read, nothing.

    Where nothing stands and the place has the mark that is `known`, a vault was there and is away.
    """
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        names = set()
    except OSError:
        return "closed"
    if names & set(KEYS):
        return "vault"
    if any(map(is_database, names)):
        return "no_key"
    return "away" if known == mark(folder) else "nothing"


def wrong_part(failure: Damaged) -> Literal["key", "database", "pages"] | None:
    """Says which part of a vault a failure tells of: its key file, a database that is gone, pages of one; or none."""
    if failure.where in KEYS:
        return "key"
    if is_database(failure.where):
        return "database" if failure.what in {"is missing", "is empty"} else "pages"
    return None


def is_database(name: str) -> bool:
    """Says whether this is the name of a vault's database."""
    return _DATABASE.fullmatch(name) is not None


def mark(folder: Path) -> str:
    """Gives a mark by which this place is known again, and which does not say where it is."""
    return hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:16]


def mended(folder: Path) -> Path:
    """Gives where a mended vault is made before it takes the place of the old one."""
    return folder.with_name(folder.name + ".mended")


def settle(folder: Path) -> None:
    """Puts a mended vault into its place, where a program was killed after it had set the old one aside."""
    try:
        if not folder.exists() and (mended(folder) / KEYS[0]).exists():
            mended(folder).rename(folder)
    except OSError:
        return  # what stands there is told as it is


class Places:
    """The folder of the vault, and the file of the preferences, which names nobody."""

    def __init__(self, vault: Path, preferences: Path) -> None:
        self.vault, self.preferences = vault, preferences

    @property
    def editions(self) -> Path:
        """Gives the folder where an imported edition of the content stays, with the keys that are trusted."""
        return self.preferences.parent / "edition"

    @classmethod
    def usual(cls) -> "Places":
        """Gives the usual places of this system."""
        beside = Path(sys.executable).parent
        if (beside / "portable").exists():
            return cls(beside / "vault", beside / "preferences.toml")
        home = Path.home()
        if sys.platform == "win32":
            folder = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "VictimID"
            return cls(folder / "vault", folder / "preferences.toml")
        if sys.platform == "darwin":
            folder = home / "Library" / "Application Support" / "VictimID"
            return cls(folder / "vault", folder / "preferences.toml")
        kept = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        wishes = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return cls(kept / "victim-id" / "vault", wishes / "victim-id" / "preferences.toml")
