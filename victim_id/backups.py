"""A backup that counts: one is written at a time, and a vault is made out of a finished one. See vault/backup.py."""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from victim_id.errors import CannotOpen, WrongInput
from victim_id.organisation import in_force
from victim_id.vault import Backup, Progress, Vault, backup, keyfile
from victim_id.vault.backup import EVERY, KEPT, Begun, Label, Stopped
from victim_id.vault.store import unwatched


class FoundBackup(NamedTuple):
    """A backup found in a folder or on a stick, as it says of itself."""

    folder: Path
    made: str
    cases: int


class Backups:
    """The backups of one open vault, and the one that is being written."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._begun: Begun | None = None

    def begin(self, place: Path) -> Begun:
        """Begins a backup that another thread writes while this one goes on; then it is finished or given up here.

        Raises WrongInput while another one is being written.
        """
        if self._begun is not None and not self._begun.ended:
            raise WrongInput(place.name, "another backup is being written", "please wait until it is ready")
        self._begun = self._vault.copying.begin(place)
        return self._begun

    def finish(self, begun: Begun, label: Label, keep: int = KEPT) -> Path:
        """Lets a backup that was written and looked through count, and gives its folder; the newest `keep` stay there."""
        self._begun = None
        return self._vault.copying.finish(begun, label, keep)

    def give_up(self, begun: Begun, error: BaseException) -> BaseException:
        """Removes what there is of a backup that was not finished, and gives what is to be told of it."""
        self._begun = None
        return self._vault.copying.given_up(begun, error)

    def let_go(self) -> None:
        """Stops a backup that is being copied, before keys change or pages are written anew."""
        if self._begun is not None:
            self._begun.let_go()

    def close(self) -> None:
        """Stops a backup that is being written, and removes what there is of it: a lock waits for nothing."""
        self.let_go()
        if self._begun is not None:
            self.give_up(self._begun, Stopped())

    def due(self, now: datetime) -> bool:
        """Says whether a backup is due, after as many days as the organisation sets."""
        organisation = in_force(self._vault)
        days = organisation.backup_days if organisation else None
        return self._vault.copying.due(now, timedelta(days=days) if days else EVERY)

    def ways_changed(self) -> bool:
        """Says whether every backup that is known still opens with what opens the vault no more."""
        return self._vault.copying.ways_changed()

    def ahead(self) -> FoundBackup | None:
        """Gives the newest backup at a known place that holds lines of the history which this vault does not have."""
        found = self._vault.copying.ahead()
        return FoundBackup(found[0], found[1].made, found[1].cases) if found else None

    def all(self) -> list[Backup]:
        """Gives the backups not known to be gone, the newest first."""
        return self._vault.backups.all()

    def with_erased(self) -> list[Backup]:
        """Gives the backups that still hold words of cases erased since, the oldest first."""
        return self._vault.erasure.kept()

    def gone(self, id_: str) -> None:
        """Notes that a backup was destroyed or lost for good; who said so is in the history."""
        with self._vault.together():
            self._vault.backups.gone(id_)
            self._vault.history.append(self._vault.worker.id, "backup_gone", None, {"backup": id_})


# ---- before anybody is signed in


def backups_in(place: Path) -> list[FoundBackup]:
    """Gives the finished backups in a folder or on a stick, or the one this folder is, the newest first."""
    places = [place] if (place / backup.NAME).exists() else sorted(place.glob("vault-*"))
    found = []
    for folder in places:
        with contextlib.suppress(CannotOpen):
            label = backup.read(folder)
            found.append(FoundBackup(folder, label.made, label.cases))
    return sorted(found, key=lambda one: one.made, reverse=True)


def restored(
    found: Path,
    folder: Path,
    passphrase: str = "",
    progress: Progress = unwatched,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Makes a vault out of a backup; with a passphrase only when it opens it. Raises Stopped, and as `backup.restore`."""
    if passphrase:
        file = keyfile.read(found)[0]
        keyfile.open_with_passphrase(file, keyfile.passphrase_key(passphrase, file.stretching))
    backup.restore(found, folder, stoppable(progress, stopped))


def stoppable(progress: Progress, stopped: Callable[[], bool]) -> Progress:
    """Gives a progress that raises Stopped at the first step at which somebody wants it so."""

    def watched(done: int, of: int) -> None:
        if stopped():
            raise Stopped
        progress(done, of)

    return watched
