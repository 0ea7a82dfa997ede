"""Where this installation keeps its vault and its wishes: beside a portable program, else where the system keeps such things."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


class Places:
    """The folder of the vault, the file of the preferences, which names nobody, and where the organisation's file may lie."""

    def __init__(self, vault: Path, preferences: Path, organisation: tuple[Path, ...] = ()) -> None:
        self.vault, self.preferences, self.organisation = vault, preferences, organisation

    @property
    def editions(self) -> Path:
        """Gives the folder where an imported edition of the content stays, with the keys that are trusted."""
        return self.preferences.parent / "edition"

    @classmethod
    def usual(cls) -> "Places":
        """Gives the usual places of this system."""
        beside = Path(sys.executable).parent
        theirs = organisation_folders(beside, sys.platform, os.environ)
        if (beside / "portable").exists():
            return cls(beside / "vault", beside / "preferences.toml", theirs)
        home = Path.home()
        if sys.platform == "win32":
            folder = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "VictimID"
            return cls(folder / "vault", folder / "preferences.toml", theirs)
        if sys.platform == "darwin":
            folder = home / "Library" / "Application Support" / "VictimID"
            return cls(folder / "vault", folder / "preferences.toml", theirs)
        kept = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        wishes = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return cls(kept / "victim-id" / "vault", wishes / "victim-id" / "preferences.toml", theirs)


def organisation_folders(beside: Path, system: str, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Gives where the organisation's file may lie: beside the program, else where only an administrator may write."""
    if system == "win32":
        return beside, Path(environment.get("PROGRAMDATA", "C:/ProgramData")) / "VictimID"
    return beside, Path("/etc/victim-id")
