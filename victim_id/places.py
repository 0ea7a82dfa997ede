"""Where this installation keeps its vault and its wishes: beside a portable program, else where the system keeps such things.

And which folders are a bad place for either, because others keep them too.
"""

import hashlib
import os
import re
import sys
from collections.abc import Mapping
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
