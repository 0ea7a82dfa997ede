"""What keeps a vault over the years: sheets, backups, what is due to be erased, what is held about a person."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from victim_id.casework.outcome import Outcome
from victim_id.language import Language, moment, parse_moment
from victim_id.record import Record, encode
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.recovery import draw_recovery_sheet
from victim_id.vault import Backup, Progress, Vault, sheets
from victim_id.vault.backup import EVERY, KEPT
from victim_id.vault.store import unwatched

Ground: TypeAlias = Literal["asked_for", "retention", "refused_consent", "wrongly_recorded"]
RETENTION = "retention"
_ORDER: tuple[Outcome, ...] = ("unfounded", "refused", "open", "referred", "closed")


class Retention(Record, kw_only=True):
    """After how many days without a change a case of each outcome is due to be looked at, and erased.

    No common legal figure is known; the controller decides. The defaults are a proposal: unfounded screenings first.
    """

    unfounded: int = 30
    refused: int = 0
    open: int = 30
    referred: int = 365
    closed: int = 365


class Due(Record, kw_only=True):
    """A case that is due: why, since when, and whether a legal hold keeps it."""

    case: str
    code: str
    outcome: Outcome
    changed: str
    since: str
    held: str | None


class Keeping:
    """The long care of one open vault."""

    def __init__(
        self,
        vault: Vault,
        now: Callable[[], datetime],
        faces: Callable[[], Faces],
        forget: Callable[[str], object] = lambda _: None,
    ) -> None:
        """`forget` is told which case may not be kept at hand any longer."""
        self._vault, self._now, self._faces, self._forget = vault, now, faces, forget

    # ---- a way back in

    def recovery_sheets(self, language: Language) -> list[bytes]:
        """Makes new recovery sheets and gives a page of PDF for each; sheets made earlier open nothing any more."""
        made = self._vault.keyring.make_sheets()
        return [
            draw_recovery_sheet(
                sheet.split(),
                language,
                self._faces(),
                number=sheets.place(sheet),
                of=sheets.SHEETS,
                needed=sheets.NEEDED,
                checksum=sheets.CHECKSUM_WORDS,
                vault=self._vault.id[:8],
                made=moment(self._now()),
            )
            for sheet in made
        ]

    # ---- backups

    def back_up(
        self,
        place: Path,
        *,
        keep: int = KEPT,
        progress: Progress = unwatched,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Path:
        """Makes a backup that was looked through; see vault.backup."""
        return self._vault.copying.make(place, keep=keep, progress=progress, stopped=stopped)

    def back_up_due(self, now: datetime, every: timedelta = EVERY) -> bool:
        """Says whether a backup is due."""
        return self._vault.copying.due(now, every)

    # ---- what is due, and erasing it

    @property
    def retention(self) -> Retention:
        """After how long cases are due, as it was set."""
        return msgspec.convert(self._vault.settings.get(RETENTION, {}), Retention)

    def set_retention(self, retention: Retention) -> None:
        """Sets after how long cases are due."""
        self._vault.settings.put(RETENTION, msgspec.to_builtins(retention))

    def due(self, now: datetime) -> list[Due]:
        """Gives what is due, unfounded screenings first, then by outcome, the longest due first; nothing is erased by itself."""
        found: list[Due] = []
        kept = self.retention
        for outcome in _ORDER:
            allowed = timedelta(days=getattr(kept, outcome))
            for row in self._vault.cases.ended(outcome, moment(now - allowed)):
                since = moment(parse_moment(row.changed) + allowed)
                found.append(
                    Due(case=row.id, code=row.code, outcome=outcome, changed=row.changed, since=since, held=row.held)
                )
        return found

    def erase(self, cases: Sequence[str], ground: Ground) -> list[Backup]:
        """Erases cases for good, all cases of one person at once, and gives the backups that still hold them."""
        for case in cases:
            self._forget(case)
        return self._vault.erasure.erase(cases, ground)

    def limit(self, case: str, workers: Sequence[str]) -> None:
        """Limits a case to named workers (ids); whoever is not named cannot read it any more, oneself included."""
        self._forget(case)
        self._vault.cases.limit(case, workers)

    def unlimit(self, case: str) -> None:
        """Lets all workers read a case again."""
        self._vault.cases.unlimit(case)

    # ---- what is held about a person

    def held_about(self, cases: Sequence[str]) -> bytes:
        """Gives everything the vault holds about a person's cases, as JSON; that it was given is in the history.

        It is whole: other people in it are not masked here.
        """
        return encode(
            {
                "victim_id_held_about": 1,
                "made": moment(self._now()),
                "cases": [self._held_about(case) for case in cases],
            }
        )

    def _held_about(self, case: str) -> dict[str, object]:
        vault = self._vault
        document = msgspec.json.decode(vault.cases.read(case, deed="exported"))
        names = {worker.id: worker.name for worker in vault.workers.all()}
        lines = vault.history.lines(case=case, limit=-1)
        return {
            "document": document,
            "words": vault.cases.words(case),
            "half_typed": vault.drafts.of(case),
            "referrals": vault.packages.all(case=case, limit=-1),
            "held": vault.erasure.held(case),
            "limited_to": [names[worker] for worker in vault.cases.named(case)],
            "history": list(reversed(lines)),
            "workers": {line.worker: names.get(line.worker, "") for line in lines},
        }
