"""The ways into a vault: its people with their passphrases, its key, and the recovery sheets that lead back in."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from victim_id.backups import Backups, stoppable
from victim_id.language import Language, moment
from victim_id.preferences import forget_own
from victim_id.record import Record
from victim_id.vault import Progress, Vault, Worker, keyfile, sheets
from victim_id.vault.sheets import Look
from victim_id.vault.store import unwatched

if TYPE_CHECKING:
    from victim_id.referral.paper.fonts import Faces

KEPT_SHEETS = "sheets_kept"


class Sheets(Record, kw_only=True):
    """The recovery sheets that hold: when they were made, which were kept on paper, last tried when, and used since."""

    made: str | None
    kept: tuple[int, ...]
    rehearsed: str | None
    used: bool

    @property
    def lack(self) -> Literal["none", "not_kept", "used", ""]:
        """What is wrong with them, or nothing."""
        if self.made is None:
            return "none"
        if self.used:
            return "used"
        return "not_kept" if len(self.kept) < sheets.SHEETS else ""


class WaysIn:
    """Who can open one open vault, and with what. A backup that is being copied is stopped before keys change."""

    def __init__(
        self, vault: Vault, backups: Backups, now: Callable[[], datetime], faces: "Callable[[], Faces]"
    ) -> None:
        self._vault, self._backups, self._now, self._faces = vault, backups, now, faces

    def people(self) -> list[Worker]:
        """Gives everybody who can open the vault, the first one first."""
        return [worker for worker in self._vault.workers.all() if worker.left is None]

    def add(self, name: str, passphrase: str) -> Worker:
        """Lets one more worker in."""
        self._backups.let_go()
        return self._vault.keyring.add(name, passphrase)

    def change_passphrase(self, old: str, new: str) -> None:
        """Changes the passphrase of who is signed in; raises WrongPassphrase when `old` is not theirs."""
        self._backups.let_go()
        self._vault.keyring.change(old, new)

    def remove(self, worker: str) -> None:
        """Takes a worker's way in away; raises as `KeyRing.remove`."""
        self._backups.let_go()
        self._vault.keyring.remove(worker)
        forget_own(self._vault, worker)

    def renew_key(self, progress: Progress = unwatched, stopped: Callable[[], bool] = lambda: False) -> None:
        """Writes the whole vault anew under a new key; raises Stopped, and then everything is as it was."""
        self._backups.let_go()
        self._vault.keyring.rotate(stoppable(progress, stopped))

    # ---- recovery sheets

    def sheets(self) -> Sheets:
        """Gives how it stands with the recovery sheets."""
        keyring = self._vault.keyring
        made = next((way.made for way in keyring.ways() if way.kind == "recovery"), None)
        noted = self._vault.settings.get(KEPT_SHEETS, {})
        kept = tuple(noted.get("places", ())) if made and noted.get("made") == made else ()
        return Sheets(made=made, kept=kept, rehearsed=keyring.rehearsed(), used=bool(made) and keyring.sheets_used())

    def sheet_kept(self, place: int) -> Sheets:
        """Notes that a sheet, 1 to 3, was printed or saved."""
        before = self.sheets()
        places = sorted({*before.kept, place})
        self._vault.settings.put(KEPT_SHEETS, {"made": before.made, "places": places})
        return self.sheets()

    def look(self, typed: str, others: Sequence[str] = ()) -> Look:
        """Says how far a sheet is typed and whether it is one of this vault; needs no secret."""
        return sheets.look(typed, self._vault.keyring.file, others)

    def rehearse(self, typed: Sequence[str]) -> Sheets:
        """Tries two sheets without opening anything; that they hold is written down with its date."""
        self._vault.keyring.rehearse(typed)
        return self.sheets()

    def recovery_sheets(self, language: Language) -> list[bytes]:
        """Makes new recovery sheets and gives a page of PDF for each; sheets made earlier open nothing any more."""
        from victim_id.referral.recovery import draw_recovery_sheet  # noqa: PLC0415  loaded with the first sheet

        self._backups.let_go()
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


# ---- before anybody is signed in


def look_at_sheet(folder: Path, typed: str, others: Sequence[str] = ()) -> Look | Literal["no_sheets"]:
    """Says how far a sheet of a closed vault is typed, or that no sheets of it were ever made; needs no secret."""
    file = keyfile.read(folder)[0]
    if not any(slot.kind == "recovery" for slot in file.slots):
        return "no_sheets"
    return sheets.look(typed, file, others)


def recovered(folder: Path, typed: Sequence[str], worker: str, passphrase: str, now: Callable[[], datetime]) -> Vault:
    """Opens a vault with two sheets and gives a worker a new passphrase; raises as `sheets.join` and `Vault.recover`."""
    return Vault.recover(folder, sheets.join(typed, keyfile.read(folder)[0]), worker, passphrase, now=now)
