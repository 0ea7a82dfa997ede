"""Everything a signed-in worker can do, each deed in its room: one method, one deed, one transaction. Nothing of it knows a screen.

Time, folders and randomness are passed in.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from victim_id.access.giving import Giving
from victim_id.backups import Backups
from victim_id.caseload import Caseload
from victim_id.casework.arrangement import Preferences
from victim_id.content import Content, files_in_use
from victim_id.errors import WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.keeping import Keeping
from victim_id.organisation import OrganisationFile, in_force
from victim_id.post import Post
from victim_id.preferences import move_over, preferences_in, set_preferences
from victim_id.record import Record
from victim_id.sealing import Effort, Identity
from victim_id.telling import Clock, Telling
from victim_id.vault import Head, Vault, Worker, backup
from victim_id.ways_in import Lack, WaysIn


class Reminders(Record, kw_only=True):
    """What a vault's people are reminded of; `sheets` says why, or nothing; `due` counts up to `keeping.MOST_DUE`.

    `ahead` tells that a backup holds lines of the history which this vault does not have, `organisation` of a file of the
    organisation that waits, or that was not taken.
    """

    sheets: Lack
    backup: bool
    due: int
    clock: Clock = ""
    ahead: bool = False
    organisation: Literal["wanted", "refused", ""] = ""


class Workspace:
    """One signed-in worker over one open vault: how it is opened and closed, and the rooms in which the worker's deeds are done."""

    def __init__(
        self,
        vault: Vault,
        files: Mapping[str, bytes],
        *,
        now: Callable[[], datetime],
        random: Callable[[int], bytes] = os.urandom,
        organisation: Sequence[Path] = (),
    ) -> None:
        self._vault = vault
        move_over(vault)
        self.content = Content(vault, files, now)
        self.organisation = OrganisationFile(vault, organisation, self.content.instrument)
        self.content.renew()
        self.caseload = Caseload(vault, self.content, now, random)
        self.post = Post(vault, self.content, self.caseload, now, random)
        self.backups = Backups(vault)
        self.ways_in = WaysIn(vault, self.backups, now, self.post.faces)
        self.telling = Telling(vault, now)
        self.keeping = Keeping(vault, self.backups, self.caseload, self.telling)
        self.access = Giving(
            vault,
            now,
            self.post.faces,
            self.content.of,
            lambda: self.post.inbox(limit=-1),
            lambda: self.keeping.retention,
        )

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        worker: str,
        preferences: Preferences,
        *,
        now: Callable[[], datetime],
        effort: Effort | None = None,
        content: Path | None = None,
        editions: Path | None = None,
        organisation: Sequence[Path] = (),
    ) -> "Workspace":
        """Makes a vault for its first worker and signs them in; the passphrase is stretched as far as the machine allows."""
        floor = {"floor": effort} if effort else {}
        vault = Vault.create(folder, passphrase, worker, now=now, effort=effort, **floor)  # type: ignore[arg-type]
        space = cls(vault, files_in_use(content, editions), now=now, organisation=organisation)
        space.set_preferences(preferences)
        return space

    @classmethod
    def unlock(
        cls,
        folder: Path,
        passphrase: str,
        *,
        now: Callable[[], datetime],
        content: Path | None = None,
        editions: Path | None = None,
        organisation: Sequence[Path] = (),
    ) -> "Workspace":
        """Opens a vault with a worker's passphrase; `organisation` are the folders where the organisation's file may lie."""
        return cls._opened(Vault.unlock(folder, passphrase, now=now), content, editions, organisation, now)

    @classmethod
    def recover(
        cls,
        folder: Path,
        private: bytes,
        worker: str,
        passphrase: str,
        *,
        now: Callable[[], datetime],
        new: bool = False,
        editions: Path | None = None,
        organisation: Sequence[Path] = (),
    ) -> "Workspace":
        """Opens a vault with the key of its sheets, or the organisation's; the worker of that name gets their place back,
        somebody `new` one beside the others. Raises as `Vault.recover`.
        """
        vault = Vault.recover(folder, private, worker, passphrase, now=now, new=new)
        return cls._opened(vault, None, editions, organisation, now)

    @classmethod
    def _opened(
        cls,
        vault: Vault,
        content: Path | None,
        editions: Path | None,
        organisation: Sequence[Path],
        now: Callable[[], datetime],
    ) -> "Workspace":
        """Takes the edition that the organisation lets this vault use."""
        try:
            files = files_in_use(content, editions, in_force(vault))
            return cls(vault, files, now=now, organisation=organisation)
        except BaseException:
            vault.close()  # whoever tries again must not find it in use
            raise

    @classmethod
    def practice(cls, worker: str, preferences: Preferences, *, now: Callable[[], datetime]) -> "Workspace":
        """Opens a store for training cases in memory; it is gone when it is closed."""
        space = cls(Vault.practice(worker, now=now), files_in_use(), now=now)
        space.set_preferences(preferences)
        return space

    def interrupt(self) -> None:
        """Stops the deed that is running, from any thread; what it had not finished leaves nothing behind."""
        self._vault.interrupt()

    def close(self) -> None:
        """Closes the vault; what was saved is saved."""
        self.caseload.close()
        try:
            self.backups.close()
        finally:
            self._vault.close()

    @property
    def instrument(self) -> Instrument:
        """The content in use."""
        return self.content.instrument

    @property
    def worker(self) -> Worker:
        """Who is signed in."""
        return self._vault.worker

    @property
    def is_practice(self) -> bool:
        """Tells that only training cases are kept here."""
        return self._vault.kind == "practice"

    def rest(self) -> None:
        """Uses a quiet moment to bring the vault's log into its file, so that the next answer is saved quickly."""
        self._vault.rest()

    def reminders(self, now: datetime) -> Reminders:
        """Gives what the vault's people are to be reminded of."""
        if self.is_practice:
            return Reminders(sheets="", backup=False, due=0)
        return Reminders(
            sheets=self.ways_in.sheets().lack(now),
            backup=self.backups.due(now),
            due=self.keeping.due_count(now),
            clock=self.telling.clock(),
            ahead=self.backups.ahead() is not None,
            organisation="wanted" if self.organisation.wanted else "refused" if self.organisation.trouble else "",
        )

    def verify_history(self, kept: Sequence[Path] = (), identities: Sequence[Identity] = ()) -> Head:
        """Walks the whole history, compares it with the backups at every known place, and gives its head.

        It is compared with what else was `kept` too: places with backups, or packages that left from here, opened with
        `identities`. Raises Damaged with the first line that is not as it was written, or not as was kept elsewhere.
        """
        heads = [] if self.is_practice else self._vault.copying.heads()
        for path in kept:
            heads += [self.post.head_in(path, identities)] if path.is_file() else self._heads_of_backups(path)
        return self._vault.history.verify(*heads)

    def _heads_of_backups(self, place: Path) -> list[Head]:
        found = [label.history for _, label in backup.find(place, self._vault.id)]
        if not found:
            raise WrongInput(
                place.name, "holds no backup of this vault", "please name a place with backups, or a package"
            )
        return found

    @property
    def preferences(self) -> Preferences:
        """What was set."""
        return preferences_in(self._vault)

    def set_preferences(self, preferences: Preferences) -> None:
        """Keeps the preferences; from now on the content is bound as they say."""
        set_preferences(self._vault, preferences)
        self.content.renew()

    def accept_organisation(self) -> None:
        """Takes over the organisation's file that waits; from now on the content is bound as it says."""
        self.organisation.accept()
        self.content.renew()
