"""Where this installation keeps its vault and its wishes: beside a portable program, else where the system keeps such things.

And which folders are a bad place for either, because others keep them too.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal


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


# ---- folders that others keep too

_SYNCED = re.compile(
    r"(onedrive|dropbox|nextcloud|owncloud|google ?drive|my ?drive|icloud ?drive|mobile documents|cloudstorage)\b.*",
    re.IGNORECASE,
)
"""What the clients of these services call their folders, with what some put behind it: `OneDrive - Office`."""
_MARKED = (
    ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log", ".tmp.drivedownload", ".849C9593-D756-4E56-8D6E-42412F2A707B",
)  # fmt: skip
"""What Dropbox, Nextcloud, ownCloud, Google Drive and OneDrive leave at the top of the folder they keep in step."""
_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smbfs", "smb3", "smb2", "ncpfs", "afs", "9p", "ceph", "coda", "glusterfs", "fuse.sshfs", "fuse.smbnetfs",
    "fuse.davfs", "davfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.google-drive-ocamlfuse", "fuse.onedriver",
})  # fmt: skip
MOUNTS = Path("/proc/self/mountinfo")


def also_elsewhere(folder: Path, mounts: Path = MOUNTS) -> Literal["synced", "network", ""]:
    """Tells whether what is written into a folder goes to other machines too: a service keeps it in step, or it is on a
    network drive. One that cannot be told is as if it were here.
    """
    whole = Path(os.path.abspath(folder))  # noqa: PTH100  without asking the disk: a network drive may be away
    if any(_SYNCED.fullmatch(part) for part in whole.parts):
        return "synced"
    if _on_network(whole, mounts):
        return "network"
    return "synced" if any(_is_marked(one) for one in (whole, *whole.parents)) else ""


def _is_marked(folder: Path) -> bool:
    """Looks for what a client leaves; a file `.dropbox` is one such mark, a folder of that name is the client's own."""
    try:
        return any((folder / name).exists() for name in _MARKED) or (folder / ".dropbox").is_file()
    except OSError:
        return False


def _on_network(folder: Path, mounts: Path) -> bool:
    if sys.platform == "win32":  # written after Microsoft's pages, and never run there
        import ctypes  # noqa: PLC0415  only there

        drive_remote = 4
        return str(folder).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == drive_remote
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    deepest, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        place = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before.split()[4]))
        if folder.is_relative_to(place) and len(place.parts) >= deepest:
            deepest, kind = len(place.parts), after.split()[0]
    return kind in _NETWORK
