"""Gathers what is held about a person and gives it out: only after both checks, with a line in the history of each case."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import msgspec

from victim_id import sealing
from victim_id.access.checked import Check
from victim_id.access.held import Came, Held, HeldCase
from victim_id.access.told import Masking, Told, tell
from victim_id.casework.arrangement import Preferences
from victim_id.casework.outcome import Document, assess_case
from victim_id.errors import CannotOpen, LimitedCase, WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.language import Language, moment, parse_moment
from victim_id.record import decode
from victim_id.referral.package import Package
from victim_id.vault import Vault, sheets
from victim_id.vault.folder import write

if TYPE_CHECKING:
    from victim_id.referral.paper.fonts import Faces

Way: TypeAlias = Literal["sealed", "printed", "plain", "read"]
WORDS = 7
"""Of a drawn passphrase: 70 bits."""


class Arrived(NamedTuple):
    """A package that was taken in; `fits` when it answers one of the chosen cases or carries its code."""

    package: str
    code: str
    sender: str
    at: str
    fits: bool


class Taken(NamedTuple):
    """A package of the inbox as the post gives it."""

    package: Package
    at: str


class Giving:
    """Everything about one person out of one open vault."""

    def __init__(
        self,
        vault: Vault,
        now: Callable[[], datetime],
        faces: "Callable[[], Faces]",
        instrument_of: Callable[[str], Instrument],
        inbox: Callable[[], Sequence[Any]],
        kept: Callable[[], Any],
    ) -> None:
        """`instrument_of` gives an edition by its fingerprint, `inbox` what was taken in, `kept` after how long cases are due."""
        self._vault, self._now, self._faces = vault, now, faces
        self._instrument_of, self._inbox, self._kept = instrument_of, inbox, kept

    def arrived(self, cases: Sequence[str]) -> list[Arrived]:
        """Gives the packages that were taken in, those that fit the chosen cases first."""
        rows = self._vault.cases.rows_of(cases)
        codes = {row.code for row in rows}
        sent = {one.id for case in cases for one in self._vault.packages.all(case=case, limit=-1)}
        found = []
        for one in self._inbox():
            manifest = one.package.manifest
            fits = manifest.case in codes or manifest.answers in sent
            found.append(Arrived(manifest.package, manifest.case, manifest.sender.organisation, one.at, fits))
        return sorted(found, key=lambda one: not one.fits)

    def put_off(self, cases: Sequence[str], check: Check, reason: str) -> None:
        """Writes down that a copy was asked for and not given now; what was answered stays in the history.

        Nothing is written about a case that is limited to others; raises LimitedCase when all of them are.
        """
        readable = [case for case in cases if self._vault.cases.is_readable(case)]
        if not readable:
            self._vault.cases.check_readable(cases[0])
        with self._vault.together():
            for case in readable:
                self._note(case, "access_put_off", {"check": _plain(check), "reason": reason.strip()})

    def open(self, cases: Sequence[str], check: Check, preferences: Preferences, received: Sequence[str] = ()) -> Held:
        """Writes both checks down and gives what is held about the person, with the packages in `received`.

        Raises WrongInput while a check is not answered so that it is safe, LimitedCase when no case may be opened here.
        """
        if check.missing:
            raise WrongInput("access", f"is not given before this is answered: {', '.join(check.missing)}")
        wanted, found, closed = list(dict.fromkeys(cases)), list[HeldCase](), list[LimitedCase]()
        for case in wanted:
            try:
                document = self._vault.cases.read(case)
            except LimitedCase as limited:
                closed.append(limited)
                continue
            self._note(case, "access_asked", {"check": _plain(check)})
            found.append(self._held(case, decode(Document, document, "case")))
        if not found:
            raise closed[0] if closed else WrongInput("access", "is about no case")
        contact = ", ".join(one for one in (preferences.phone, preferences.email) if one)
        return Held(
            cases=tuple(found),
            closed=len(closed),
            came=tuple(self._came(one) for one in self._inbox() if one.package.manifest.package in set(received)),
            workers=tuple(worker.name for worker in self._vault.workers.all()),
            organisation=preferences.organisation,
            role=preferences.role,
            contact=contact,
            country=found[0].case.profile,
            made=moment(self._now()),
        )

    def told(self, held: Held, masking: Masking, language: Language, instrument: Instrument) -> Told:
        """Gives the text as it would leave now; raises as `tell`."""
        return tell(held, masking, language, instrument)

    def paper(self, told: Told) -> bytes:
        """Draws it."""
        from victim_id.access.files import draw_told  # noqa: PLC0415  loaded with the first copy

        return draw_told(told, self._faces())

    def sealed(self, told: Told, passphrase: str = "") -> tuple[bytes, str]:
        """Gives PDF and JSON as one age file under a passphrase, the person's own or else words that are drawn here."""
        from victim_id.access.files import deliverable, write_told  # noqa: PLC0415  loaded with the first copy

        words = passphrase or drawn_words()
        return sealing.seal_with_passphrase(deliverable(self.paper(told), write_told(told)), words), words

    def save_sealed(self, file: Path, held: Held, told: Told, masking: Masking, passphrase: str = "") -> str:
        """Writes the copy as a sealed file, then writes down that it was given; gives the words that open it."""
        sealed, words = self.sealed(told, passphrase)
        write(file, sealed)
        with _gone_on_failure(file):
            self.given(held, told, masking, "sealed")
        return words

    def save_plain(self, folder: Path, held: Held, told: Told, masking: Masking) -> tuple[str, str]:
        """Writes PDF and JSON as they are, for files that anybody who finds them can read, then writes that down.

        Gives their names, of the first number that is free for both: nothing that lies there is replaced.
        """
        from victim_id.access.files import write_told  # noqa: PLC0415  loaded with the first copy

        pdf, record = _free_pair(folder)
        with _gone_on_failure(pdf, record):
            write(pdf, self.paper(told))
            write(record, write_told(told))
            self.given(held, told, masking, "plain")
        return pdf.name, record.name

    def given(self, held: Held, told: Told, masking: Masking, way: Way) -> None:
        """Writes down that a copy was given: how, in which language, how much was masked, what was shown and why."""
        shown = [{"place": one.place, "reason": one.reason.strip()} for one in masking.shown]
        body = {"way": way, "language": told.language, "masks": told.masks, "more": len(masking.more), "shown": shown}
        with self._vault.together():
            for one in held.cases:
                self._note(one.case.id, "access_given", body)

    def _held(self, case: str, document: Document) -> HeldCase:
        vault = self._vault
        instrument = self._instrument_of(document.case.fingerprint)
        days = int(getattr(self._kept(), document.outcome))
        sent = {one.package for one in document.case.sent}
        passed = [one for one in vault.packages.all(limit=-1) if one.case == case or one.id in sent]
        return HeldCase(
            case=document.case,
            instrument=instrument,
            assessment=assess_case(instrument, document.case),
            drafts=vault.drafts.of(case),
            passed=tuple(passed),
            lines=tuple(reversed(vault.history.lines(case=case, limit=-1))),
            hold=vault.erasure.held(case),
            readers=len(vault.cases.named(case)),
            outcome=document.outcome,
            days=days,
            due=moment(parse_moment(document.case.changed) + timedelta(days=days)),
        )

    def _came(self, one: Taken) -> Came:
        manifest, parts = one.package.manifest, one.package.parts
        return Came(
            package=manifest.package,
            kind=manifest.kind,
            code=manifest.case,
            sender=manifest.sender.organisation,
            role=manifest.sender.role,
            made=manifest.made,
            at=one.at,
            record=_json(parts["record.json"]),
            consent=_json(parts["consent.json"]),
            evidence=_json(parts["evidence.json"]),
            identity=self._identity(parts.get("identity.age")),
        )

    def _identity(self, sealed: bytes | None) -> dict[str, Any]:
        """Gives the part that was sealed apart, where one of our keys opens it."""
        for key in self._vault.cards.keys() if sealed else ():
            with contextlib.suppress(CannotOpen):
                found: dict[str, Any] = _json(sealing.open_sealed(sealed or b"", key.identity))
                return found
        return {}

    def _note(self, case: str, kind: str, body: dict[str, Any]) -> None:
        self._vault.history.append(self._vault.worker.id, kind, case, body)


def drawn_words() -> str:
    """Draws a passphrase of words that are read out and typed easily."""
    drawn = int.from_bytes(sealing.make_key(), "big")
    return " ".join(sheets.LIST[drawn >> 10 * place & 1023] for place in range(WORDS))


@contextlib.contextmanager
def _gone_on_failure(*files: Path) -> Iterator[None]:
    """Leaves no copy behind that the history does not know of."""
    try:
        yield
    except BaseException:
        for file in files:
            with contextlib.suppress(OSError):
                file.unlink()
        raise


def _free_pair(folder: Path) -> tuple[Path, Path]:
    pairs = ((folder / f"{number}.pdf", folder / f"{number}.json") for number in count(1))
    return next(pair for pair in pairs if not any(os.path.lexists(one) for one in pair))


def _plain(check: Check) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(check)
    return plain


def _json(content: bytes) -> Any:
    """Gives what a part of a package says; it was checked when the package was taken in."""
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {"unreadable": content.decode("utf-8", "replace")}
