"""Where this installation keeps its vault and its wishes: beside a portable program, else where the system keeps such things."""

import os
import sys
from pathlib import Path


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
