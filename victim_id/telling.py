"""The history of a vault told to its workers: who did what, when, in plain words; and whether the clock can be believed.

Of a case that is limited to others, or was when it was erased, nothing is told but that something was done, by whom and when.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from victim_id import wording
from victim_id.errors import DoubtfulClock
from victim_id.instrument.instrument import Instrument
from victim_id.language import Language
from victim_id.record import Record
from victim_id.vault import Vault

Clock: TypeAlias = Literal["behind", "ahead", ""]
CLOCK, CONFIRMED = "clock", "clock_confirmed"
_OPEN = frozenset({"limited", "refused", "erased"})
"""What is told of a case that is limited to others as of any other: it is about who may read it, or that it is gone."""


class Told(Record, kw_only=True):
    """A line as this worker may know it: `code` is nothing without a case, or once it is erased; `closed` is limited to others."""

    at: str
    doubt: bool
    who: str
    case: str
    code: str
    kind: str
    closed: bool
    body: dict[str, Any]
    named: tuple[str, ...] = ()


class Telling:
    """Tells the history of one open vault."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault, self._now = vault, now

    def lines(self, case: str = "", offset: int = 0, limit: int = 100) -> list[Told]:
        """Gives a window of lines, the newest first, of one case or of all."""
        found = self._vault.history.lines(case=case or None, offset=offset, limit=limit)
        names = {worker.id: worker.name for worker in self._vault.workers.all()}
        here = {row.id: row for row in self._vault.cases.rows_of({line.case for line in found if line.case})}
        gone = self._vault.history.limited_to_the_end({line.case for line in found if line.case} - here.keys())
        told = []
        for line in found:
            row = here.get(line.case or "")
            sealed = row.limited and not row.changed if row is not None else line.case in gone
            closed = sealed and line.kind not in _OPEN
            body = line.body or {}
            meant = [body["worker"]] if "worker" in body else body.get("workers", [])
            told.append(
                Told(
                    at=line.time,
                    doubt=line.clock_doubt,
                    who=names.get(line.worker, ""),
                    case=line.case or "",
                    code=row.code if row is not None else "",
                    kind="" if closed else line.kind,
                    closed=closed,
                    body={} if closed else body,
                    named=() if closed else tuple(names.get(one, "") for one in meant),
                )
            )
        return told

    def all(self, case: str = "") -> Iterator[Told]:
        """Gives every line, the newest first."""
        offset, window = 0, 500
        while lines := self.lines(case, offset, window):
            yield from lines
            offset += window

    # ---- the clock

    def clock(self) -> Clock:
        """Says whether this laptop's clock stands before the newest line, or has leapt more than a year ahead since a line before.

        A worker who looked at the clock and says that it is right ends the doubt about what was written until then.
        """
        return self._vault.history.clock(self._now(), self._vault.settings.get(CLOCK, 0))

    def confirm_clock(self) -> None:
        """Writes down that a worker looked at the clock, and that it is right."""
        with self._vault.together():
            self._vault.settings.put(CLOCK, self._vault.history.append(self._vault.worker.id, CONFIRMED))

    def check_clock(self) -> None:
        """Raises DoubtfulClock where days that went by would be counted by a clock that cannot be believed."""
        doubt = self.clock()
        if doubt:
            what = "stands before the last line" if doubt == "behind" else "has leapt more than a year ahead"
            raise DoubtfulClock("clock", what, "please look at the date, and confirm it on the page of the history")


def sentence(language: Language, instrument: Instrument, told: Told) -> str:
    """Gives a line in plain words."""
    say = language.say
    if told.closed:
        return say("Something was done in a case that is limited to others")
    deed, more = deed_words(language, told.kind), _more(language, instrument, told)
    return wording.labelled(language, deed, more) if more else deed


def deed_words(language: Language, kind: str) -> str:
    """Gives a kind of deed in plain words."""
    return {**_on_cases(language), **_on_vault(language)}.get(kind) or language.say("Something else: {kind}", kind=kind)


def _on_cases(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "begun": say("Began the case"),
        "read": say("Opened the case"),
        "refused": say("Tried to open a case that is limited to others"),
        "answered": say("Wrote down an answer"),
        "took back": say("Took an answer back"),
        "explained": say("Said why an answer changed"),
        "arranged": say("Changed how the talk is held, or what comes next"),
        "viewed": say("Wrote down the own view"),
        "saw the result": say("Saw the result"),
        "filled in": say("Filled in the referral form"),
        "consent": say("Wrote down whether the person agrees"),
        "sent": say("Prepared a referral to be sent"),
        "open": say("Marked the case as open"),
        "referred": say("Marked the case as referred"),
        "closed": say("Closed the case"),
        "confirmed": say("Noted that the recipient has it"),
        "limited": say("Limited the case to named workers"),
        "unlimited": say("Let all workers read the case again"),
        "held": say("Put the case under legal hold"),
        "released": say("Ended the legal hold"),
        "identity_erased": say("Erased who the person is"),
        "erased": say("Erased the case"),
        "access_asked": say("Looked up what is held about the person"),
        "access_put_off": say("Put off giving the person a copy"),
        "access_given": say("Gave the person a copy"),
    }


def _on_vault(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "vault_made": say("Made the vault"),
        "unlocked": say("Unlocked the vault"),
        "worker_added": say("Let somebody new in"),
        "worker_left": say("Took somebody’s way in away"),
        "passphrase_changed": say("Changed the passphrase"),
        "way_given_back": say("Came in with recovery sheets or the organisation’s key"),
        "sheets_made": say("Made recovery sheets"),
        "sheets_rehearsed": say("Tried the recovery sheets"),
        "organisation_key_set": say("Let the organisation’s key open the vault"),
        "key_renewed": say("Put the vault under a new key"),
        "backed_up": say("Made a backup"),
        "salvaged": say("Saved what could be read of a damaged vault"),
        "backup_gone": say("Noted that a backup is destroyed or lost"),
        "preferences": say("Changed what binds the organisation"),
        "organisation": say("Compared the key of the organisation’s file, and took it"),
        "organisation_key_gone": say("Took the way in of the organisation’s key away"),
        "cases_covered": say("Let the new sheets open limited cases"),
        "retention": say("Changed after how long cases are due"),
        "contact": say("Corrected a contact"),
        "package_taken": say("Took a package in"),
        "package_read": say("Read a package that came in"),
        "history_forgotten": say("Forgot old lines of the history"),
        CONFIRMED: say("Looked at the clock: it is right"),
    }


def _more(language: Language, instrument: Instrument, told: Told) -> str:
    """Gives what the line says beside its deed, as far as a worker understands it."""
    body, say = told.body, language.say
    parts = [name or say("somebody who is not known here") for name in told.named]
    if body.get("question") in instrument.question:
        question = instrument.question[body["question"]]
        parts.append(language.content("worker", f"{question.id}.worker", question.worker))
    if body.get("recipient") in instrument.recipient:
        recipient = instrument.recipient[body["recipient"]]
        parts.append(language.content("worker", f"recipient.{recipient.id}.label", recipient.label))
    if told.kind == "consent":
        agreed = {
            "yes": say("agrees"),
            "no": say("does not agree"),
            "not_able": say("cannot say"),
            "not_asked": say("not asked"),
        }
        parts += [agreed[body["answer"]]] if body.get("answer") in agreed else []
    if told.kind == "erased":
        grounds: Mapping[str, str] = {
            "asked_for": say("the person asked for it"),
            "retention": say("it was kept long enough"),
            "refused_consent": say("no agreement to a record"),
            "wrongly_recorded": say("wrongly recorded"),
        }
        parts += [grounds[body["ground"]]] if body.get("ground") in grounds else []
    if isinstance(body.get("reason"), str) and body["reason"]:
        parts.append(f"“{body['reason']}”")
    if told.kind == "history_forgotten" and isinstance(body.get("lines"), int):
        parts.append(language.say_many("{n} line", "{n} lines", body["lines"]))
    return wording.listed(language, parts)
