"""The ways into a vault: its people with their passphrases, its key, and the recovery sheets that lead back in."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from victim_id.backups import Backups, stoppable
from victim_id.language import Language, moment, parse_moment
from victim_id.preferences import forget_own
from victim_id.record import Record
from victim_id.vault import Progress, Vault, Worker, keyfile, organisation_key, sheets
from victim_id.vault.sheets import Look
from victim_id.vault.store import unwatched

if TYPE_CHECKING:
    from victim_id.referral.paper.fonts import Faces

KEPT_SHEETS = "sheets_kept"
REHEARSED_EVERY = timedelta(days=365)
Lack: TypeAlias = Literal["none", "not_kept", "used", "rehearsal", ""]


class Sheets(Record, kw_only=True):
    """The recovery sheets that hold: when they were made, which were kept on paper, last tried when, and used since.

    `uncovered` limited cases are not opened by them yet, and some of those `earlier` by the sheets before them.
    """

    made: str | None
    kept: tuple[int, ...]
    rehearsed: str | None
    used: bool
    uncovered: int
    earlier: bool

    def lack(self, now: datetime) -> Lack:
        """Gives what is wrong with them, or nothing; they are to be tried every year."""
        if self.made is None:
            return "none"
        if self.used:
            return "used"
        if len(self.kept) < sheets.SHEETS:
            return "not_kept"
        return "rehearsal" if parse_moment(self.rehearsed or self.made) + REHEARSED_EVERY <= now else ""


class Organisation(Record, kw_only=True):
    """The organisation's key: the number by which it is compared by voice, nothing where there is none, and the limited
    cases it does not open yet.
    """

    number: str
    uncovered: int


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

    def remove(self, worker: str, *, stranding: bool = False) -> None:
        """Takes a worker's way in away; raises as `KeyRing.remove`."""
        self._backups.let_go()
        self._vault.keyring.remove(worker, stranding=stranding)
        forget_own(self._vault, worker)

    def alone(self, worker: str) -> tuple[int, int]:
        """Counts the limited cases that no other worker can read, and those of them that not even the sheets can."""
        return self._vault.keyring.alone(worker)

    def renew_key(self, progress: Progress = unwatched, stopped: Callable[[], bool] = lambda: False) -> None:
        """Writes the whole vault anew under a new key; raises Stopped, and then everything is as it was."""
        self._backups.let_go()
        self._vault.keyring.rotate(stoppable(progress, stopped))

    # ---- the organisation's key

    def organisation(self) -> Organisation:
        """Gives how it stands with the organisation's key."""
        keyring = self._vault.keyring
        public = keyring.organisation()
        return Organisation(
            number=organisation_key.number(public) if public else "", uncovered=keyring.uncovered_by_organisation()
        )

    def set_organisation(self, typed: str) -> Organisation:
        """Lets the organisation's key open the vault, in place of an earlier one; `typed` is its public file or line."""
        public = organisation_key.public(typed, "organisation key")
        self._backups.let_go()
        self._vault.keyring.set_organisation(public)
        return self.organisation()

    def forget_organisation(self) -> Organisation:
        """Takes the organisation's way in away; raises WrongInput when there is none."""
        self._backups.let_go()
        self._vault.keyring.forget_organisation()
        return self.organisation()

    # ---- recovery sheets

    def sheets(self) -> Sheets:
        """Gives how it stands with the recovery sheets."""
        keyring = self._vault.keyring
        made = next((way.made for way in keyring.ways() if way.kind == "recovery"), None)
        noted = self._vault.settings.get(KEPT_SHEETS, {})
        kept = tuple(noted.get("places", ())) if made and noted.get("made") == made else ()
        return Sheets(
            made=made,
            kept=kept,
            rehearsed=keyring.rehearsed(),
            used=bool(made) and keyring.sheets_used(),
            uncovered=keyring.uncovered(),
            earlier=bool(keyring.earlier_sheets().slots),
        )

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

    def look_at_earlier(self, typed: str, others: Sequence[str] = ()) -> Look:
        """Says as `look` of one of the earlier sheets that still open a limited case."""
        return sheets.look(typed, self._vault.keyring.earlier_sheets(), others)

    def cover(self, typed: Sequence[str]) -> Sheets:
        """Lets the present sheets into the limited cases that two earlier sheets open; it lets nobody else in."""
        return self.cover_with(sheets.join(typed, self._vault.keyring.earlier_sheets()))

    def cover_with(self, private: bytes) -> Sheets:
        """Does as `cover` with an earlier private key, such as the one of an organisation."""
        self._vault.keyring.cover(private)
        return self.sheets()

    @property
    def mark(self) -> str:
        """The vault's mark, as it stands on its sheets."""
        return mark_of(self._vault.id)

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
                vault=self.mark,
                made=moment(self._now()),
            )
            for sheet in made
        ]


# ---- before anybody is signed in


def number_of(typed: str) -> str:
    """Gives the number of an organisation's public file or line, to be compared by voice; raises WrongInput for neither."""
    return organisation_key.number(organisation_key.public(typed, "organisation key"))


class Outside(Record, kw_only=True):
    """What a closed vault tells of itself: its mark, and whether an organisation's key opens it."""

    mark: str
    organisation: bool


def mark_of(vault: str) -> str:
    """Gives the mark by which the sheets of a vault are known."""
    return vault[:8]


def outside(folder: Path) -> Outside:
    """Gives what a closed vault tells of itself; needs no secret."""
    file = keyfile.read(folder)[0]
    return Outside(mark=mark_of(file.vault), organisation=any(slot.kind == "organisation" for slot in file.slots))


def look_at_sheet(folder: Path, typed: str, others: Sequence[str] = ()) -> Look | Literal["no_sheets"]:
    """Says how far a sheet of a closed vault is typed, or that no sheets of it were ever made; needs no secret."""
    file = keyfile.read(folder)[0]
    if not any(slot.kind == "recovery" for slot in file.slots):
        return "no_sheets"
    return sheets.look(typed, file, others)


def key_of_sheets(folder: Path, typed: Sequence[str]) -> bytes:
    """Gives the private key that two sheets of a closed vault hold; raises as `sheets.join`."""
    return sheets.join(typed, keyfile.read(folder)[0])


def people_in(folder: Path, private: bytes, now: Callable[[], datetime]) -> list[Worker]:
    """Gives who can open a closed vault, to whoever holds the key of its sheets or the organisation's."""
    return Vault.people_in(folder, private, now=now)
