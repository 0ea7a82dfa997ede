"""A vault belongs on a disk of the laptop: synced folders and network drives are told from others."""

from pathlib import Path

import pytest

from victim_id.places import also_elsewhere

LOCAL = r"""22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
30 22 0:27 / /mnt/office rw,relatime shared:9 - nfs4 server:/export rw
31 22 0:28 / /mnt/Shared\040cases rw,relatime - cifs //server/cases rw
32 22 0:29 / /home/a/far rw,nosuid,nodev - fuse.sshfs a@far: rw
33 22 0:30 / /mnt/stick rw - vfat /dev/sdb1 rw
34 30 8:1 / /mnt/office/here rw - ext4 /dev/sda1 rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    (tmp_path / "mountinfo").write_text(LOCAL)
    return tmp_path / "mountinfo"


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive", "OneDrive - Inspection du travail", "Dropbox", "Dropbox (Office)", "Nextcloud", "nextcloud2/Google Drive",
        "GoogleDrive", "My Drive", "iCloudDrive", "Library/Mobile Documents/com~apple~CloudDocs", "Library/CloudStorage/OneDrive-Office",
    ],
)  # fmt: skip
def test_a_folder_named_as_a_service_names_it_is_synced(tmp_path: Path, mounts: Path, folder: str) -> None:
    assert also_elsewhere(tmp_path / folder / "vault", mounts) == "synced"


@pytest.mark.parametrize(
    "mark", [".dropbox", ".dropbox.cache", ".nextcloudsync.log", ".849C9593-D756-4E56-8D6E-42412F2A707B"]
)
def test_a_folder_with_the_mark_of_a_service_above_it_is_synced(tmp_path: Path, mounts: Path, mark: str) -> None:
    (tmp_path / mark).write_text("")
    assert also_elsewhere(tmp_path / "papers" / "vault", mounts) == "synced"


def test_the_folder_in_which_dropbox_keeps_its_own_settings_marks_nothing(tmp_path: Path, mounts: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert also_elsewhere(tmp_path / "vault", mounts) == ""


@pytest.mark.parametrize("folder", ["/mnt/office/vault", "/mnt/Shared cases/vault", "/home/a/far"])
def test_a_network_drive_is_told(mounts: Path, folder: str) -> None:
    assert also_elsewhere(Path(folder), mounts) == "network"


@pytest.mark.parametrize(
    "folder", ["/home/a/vault", "/mnt/stick", "/mnt/office/here/vault", "/mnt/office2", "/home/a/cloudberries", "/home/a/dropboxes"]
)  # fmt: skip
def test_a_disk_of_the_laptop_and_a_stick_are_not(mounts: Path, folder: str) -> None:
    assert also_elsewhere(Path(folder), mounts) == ""


def test_where_nothing_can_be_told_nothing_is_said(tmp_path: Path) -> None:
    assert also_elsewhere(Path("/mnt/office"), tmp_path / "none") == ""
