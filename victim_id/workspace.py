"""Everything a signed-in worker can do: one method, one deed, one transaction. Nothing of it knows a screen.

Time, folders and randomness are passed in. A case that is open is kept here as it was last saved.
"""

import contextlib
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from victim_id.access.giving import Giving
from victim_id.assessment.reading import Assessment
from victim_id.backups import Backups
from victim_id.casework.arrangement import Preferences, Start, may_keep
from victim_id.casework.case import (
    Age,
    Case,
    Consent,
    Sent,
    View,
    answered,
    consented,
    new_code,
    unanswered,
    viewed,
    was_sent,
)
from victim_id.casework.changes import explained
from victim_id.casework.outcome import Document, assess_case, document, words
from victim_id.casework.visit import SiteFacts, begun, site_facts
from victim_id.content import Content, files_in_use
from victim_id.errors import Failure, WrongInput
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.instrument import Instrument
from victim_id.keeping import Keeping
from victim_id.language import moment
from victim_id.post import Post
from victim_id.preferences import preferences_in, set_preferences
from victim_id.record import Record, decode, encode
from victim_id.referral.agreed import check_may_leave, check_vital
from victim_id.referral.package import KeyCard
from victim_id.referral.referral import Referral
from victim_id.sealing import Effort, Identity
from victim_id.vault import CaseRow, Filter, Head, Sort, Vault, Worker
from victim_id.vault.folder import write
from victim_id.vault.ordering import ALL
from victim_id.ways_in import WaysIn, recovered


class Reminders(Record, kw_only=True):
    """What a vault's people are reminded of; `sheets` says why, or nothing; `due` counts up to `keeping.MOST_DUE`."""

    sheets: Literal["none", "not_kept", "used", ""]
    backup: bool
    due: int


class Workspace:
    """One signed-in worker over one open vault, with the content in use."""

    def __init__(
        self,
        vault: Vault,
        files: Mapping[str, bytes],
        *,
        now: Callable[[], datetime],
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._vault, self._now, self._random = vault, now, random
        self._open: dict[str, Case] = {}
        self.post = Post(vault, now)
        self.content = Content(vault, files, now)
        self.backups = Backups(vault)
        self.ways_in = WaysIn(vault, self.backups, now, self.post.faces)
        self.keeping = Keeping(vault, self.backups, lambda case: self._open.pop(case, None), self.content.of)
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
    ) -> "Workspace":
        """Makes a vault for its first worker and signs them in; the passphrase is stretched as far as the machine allows."""
        floor = {"floor": effort} if effort else {}
        vault = Vault.create(folder, passphrase, worker, now=now, effort=effort, **floor)  # type: ignore[arg-type]
        space = cls(vault, files_in_use(content, editions), now=now)
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
    ) -> "Workspace":
        """Opens a vault with a worker's passphrase."""
        files = files_in_use(content, editions)
        return cls(Vault.unlock(folder, passphrase, now=now), files, now=now)

    @classmethod
    def recover(
        cls,
        folder: Path,
        typed: Sequence[str],
        worker: str,
        passphrase: str,
        *,
        now: Callable[[], datetime],
        editions: Path | None = None,
    ) -> "Workspace":
        """Opens a vault with two recovery sheets; a worker of that name gets their place back, another name is a new worker."""
        files = files_in_use(None, editions)
        return cls(recovered(folder, typed, worker, passphrase, now), files, now=now)

    @classmethod
    def practice(cls, worker: str, preferences: Preferences, *, now: Callable[[], datetime]) -> "Workspace":
        """Opens a store for training cases in memory; it is gone when it is closed."""
        space = cls(Vault.practice(worker, now=now), files_in_use(), now=now)
        space.set_preferences(preferences)
        return space

    def close(self) -> None:
        """Closes the vault; what was saved is saved."""
        self._open.clear()
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
            sheets=self.ways_in.sheets().lack, backup=self.backups.due(now), due=self.keeping.due_count(now)
        )

    def verify_history(self) -> Head:
        """Walks the whole history, compares it with the backups at hand, and gives its head.

        Raises Damaged with the first line that is not as it was written, or not as a backup says.
        """
        return self._vault.history.verify(*([] if self.is_practice else self._vault.copying.heads()))

    # ---- preferences and keys

    @property
    def preferences(self) -> Preferences:
        """What was set."""
        return preferences_in(self._vault)

    def set_preferences(self, preferences: Preferences) -> None:
        """Keeps the preferences; the content is bound by them from now on."""
        set_preferences(self._vault, preferences)
        self.content.renew()

    @property
    def card(self) -> KeyCard:
        """Who this vault is to others."""
        return self.post.card(self.preferences)

    def own_identity(self) -> Identity:
        """Gives the key that opens what is sealed for this vault; whoever has it reads everything sent here."""
        return self._vault.cards.keys()[0].identity

    def card_file(self) -> bytes:
        """Gives the card as a file for others."""
        return self.post.card_file(self.preferences)

    def learn_recipient(self, recipient: str, content: bytes) -> KeyCard:
        """Keeps the card of a recipient of the directory, so that referrals can be sealed for it."""
        if recipient not in self.instrument.recipient:
            raise WrongInput(recipient, "is no recipient of the directory")
        return self.post.learn_recipient(recipient, content)

    # ---- cases

    def cases(
        self, state: str = "open", text: str = "", offset: int = 0, limit: int = 100, sort: Sort = "urgency", *,
        only: Filter = ALL, backwards: bool = False,
    ) -> list[CaseRow]:  # fmt: skip
        """Gives a window of the list in one of its orders, or of what search finds while typing; without a state of all."""
        only = msgspec.structs.replace(only, state=state or None)
        return self._vault.cases.window(
            offset=offset, limit=limit, only=only, sort=sort, backwards=backwards, text=text
        )

    def count(self, state: str = "open", *, only: Filter = ALL) -> int:
        """Counts the cases that a filter leaves; without a state of all."""
        return self._vault.cases.count(msgspec.structs.replace(only, state=state or None))

    def counts(self) -> dict[str, int]:
        """Counts the cases of each state."""
        return {"open": 0, "referred": 0, "closed": 0} | self._vault.cases.counts()

    def begin(self, start: Start, visit: str = "") -> Case:
        """Begins a case with a random id and code that tell neither order nor volume.

        `visit` is another case of the same visit: facts about the place pass on, and no trace of that case does.
        """
        other = self._case(visit) if visit else None
        self.content.keep()
        case = begun(
            start,
            self.instrument,
            self.preferences,
            id=str(uuid.UUID(bytes=self._random(16), version=4)),
            code=new_code(self._random(4)),
            at=moment(self._now()),
            by=self.worker.id,
            site=site_facts(self.instrument_of(other), other) if other else SiteFacts({}, {}),
        )
        return self._save(case, "begun")

    def count_refusal(self) -> None:
        """Counts a person who did not agree to the talk: a number for the month, and nothing else."""
        month = moment(self._now())[:7]
        refused = self._vault.settings.get("refused", {})
        self._vault.settings.put("refused", {**refused, month: refused.get(month, 0) + 1})

    def case(self, id_: str) -> Case:
        """Opens a case; that it was read is in the history."""
        self._open[id_] = decode(Document, self._vault.cases.read(id_), "case").case
        return self._open[id_]

    def instrument_of(self, case: Case) -> Instrument:
        """Gives the edition that asked a case."""
        return self.content.of(case.fingerprint)

    def assessment(self, case: Case) -> Assessment:
        """Gives what a case shows, with the edition that asked it."""
        return assess_case(self.instrument_of(case), case)

    def answer(self, id_: str, answer: Answer, reason: str = "") -> Case:
        """Saves one answer; when this returns it is on the disk. Its half-typed draft is gone with it."""
        given = msgspec.structs.replace(answer, at=moment(self._now()), by=self.worker.id)
        case = answered(self._case(id_), given, at=given.at, reason=reason)
        saved = self._save(case, "answered", {"question": answer.question})
        self._vault.drafts.drop(id_, answer.question)
        return saved

    def explain(self, id_: str, question: str, reason: str) -> Case:
        """Writes down why an answer was changed later; both answers are kept."""
        case = explained(self._case(id_), question, reason, at=moment(self._now()))
        return self._save(case, "explained", {"question": question})

    def take_back(self, id_: str, question: str) -> Case:
        """Takes the answers to a question back; they stay among the corrections."""
        case = unanswered(self._case(id_), question, at=moment(self._now()), by=self.worker.id)
        return self._save(case, "took back", {"question": question})

    def arrange(
        self,
        id_: str,
        *,
        talk: Talk | None = None,
        before: tuple[str, ...] | None = None,
        opened: tuple[str, ...] | None = None,
        age: Age | None = None,
        place: str | None = None,
        person_language: str | None = None,
        at_question: str | None = None,
        next_step: str | None = None,
        due: str | None = None,
        quick: bool | None = None,
    ) -> Case:
        """Changes how the talk is held, where it stands, or what comes next."""
        given = {
            "talk": talk, "before": before, "opened": opened, "age": age, "place": place, "person_language": person_language,
            "at_question": at_question, "next_step": next_step, "due": due, "quick": quick,
        }  # fmt: skip
        changed = {name: value for name, value in given.items() if value is not None}
        case = msgspec.structs.replace(self._case(id_), **changed, changed=moment(self._now()))
        return self._save(case, "arranged", {"what": sorted(changed)})

    def keep_draft(self, id_: str, question: str, text: str) -> None:
        """Keeps a half-typed answer."""
        self._vault.drafts.put(id_, question, text)

    def drafts(self, id_: str) -> dict[str, str]:
        """Gives the half-typed answers of a case by question."""
        return self._vault.drafts.of(id_)

    def stand(self, id_: str) -> None:
        """Keeps in which talk the worker stands, or with an empty id that they stand in none."""
        if (stood := self._vault.settings.get("stood", {})).get(self.worker.id, "") != id_:
            self._vault.settings.put("stood", {**stood, self.worker.id: id_})

    def stood(self) -> tuple[Case, Instrument, dict[str, str]] | None:
        """Opens the talk in which the worker stood at the lock, with its edition and its half-typed answers.

        None when there was none, or when it cannot be opened any more: that keeps nobody out of the vault.
        """
        id_ = self._vault.settings.get("stood", {}).get(self.worker.id, "")
        with contextlib.suppress(Failure):
            case = self.case(id_) if id_ else None
            return (case, self.instrument_of(case), self.drafts(id_)) if case is not None else None
        return None

    def view(self, id_: str, view: View, reasons: str) -> Case:
        """Writes the worker's own view; one written after the result was seen is marked so."""
        case = viewed(self._case(id_), view, reasons, at=moment(self._now()), by=self.worker.id)
        return self._save(case, "viewed")

    def result_seen(self, id_: str) -> Case:
        """Notes that level and score were shown."""
        case = self._case(id_)
        return (
            case if case.result_seen else self._save(msgspec.structs.replace(case, result_seen=True), "saw the result")
        )

    def details(self, id_: str, details: Mapping[str, str]) -> Case:
        """Writes entries for referral fields; an empty one takes an entry away."""
        case = self._case(id_)
        if not may_keep(self.preferences, details):
            raise WrongInput(id_, "data about suspects may not be kept under this organisation's law")
        kept = {name: text for name, text in (case.details | dict(details)).items() if text}
        return self._save(msgspec.structs.replace(case, details=kept, changed=moment(self._now())), "filled in")

    def consent(self, id_: str, consent: Consent) -> Case:
        """Writes down the person's consent to one recipient, or what is passed on without it because a life is at risk."""
        case, now = self._case(id_), moment(self._now())
        body: dict[str, object] = {"recipient": consent.recipient, "answer": consent.answer}
        if consent.vital:
            instrument = self.instrument_of(case)
            check_vital(consent, instrument.recipient[consent.recipient], instrument.profile[case.profile])
            body |= {"basis": consent.basis, "vital": list(consent.vital)}
        given = msgspec.structs.replace(consent, at=now, by=self.worker.id)
        return self._save(consented(case, given, at=now), "consent", body)

    def set_state(self, id_: str, state: Literal["open", "referred", "closed"]) -> Case:
        """Opens, refers or closes a case; the program never does this by itself."""
        return self._save(msgspec.structs.replace(self._case(id_), state=state, changed=moment(self._now())), state)

    # ---- referrals

    def referral(self, case: Case, recipient: str, form_language: str) -> Referral:
        """Makes the referral of a case for one recipient, as it would leave now."""
        package = str(uuid.UUID(bytes=self._random(16), version=4))
        instrument, assessment = self.instrument_of(case), self.assessment(case)
        return self.post.referral(
            case, assessment, instrument, recipient, form_language, sender=self.card, package=package
        )

    def paper(self, id_: str, recipient: str, form_language: str) -> tuple[Referral, bytes]:
        """Gives a referral to hand over on paper, as PDF; a recipient that needs consent gets none without it."""
        case = self._case(id_)
        check_may_leave(case, self.instrument_of(case).recipient[recipient])
        referral = self.referral(case, recipient, form_language)
        return referral, self.post.form(referral)

    def seal(self, id_: str, recipients: tuple[str, ...], form_language: str, folder: Path) -> list[Path]:
        """Seals a referral for each recipient, each in a package of its own, and writes them; nothing unsealed is written."""
        cards, written = self.post.recipients(), []
        case, known = self._case(id_), self.instrument_of(self._case(id_)).recipient
        for name in recipients:
            if name not in cards:
                raise WrongInput(name, "has no key here", "please import its card first, or hand over paper")
            check_may_leave(case, known[name])
        for name in recipients:
            case = self._case(id_)
            referral = self.referral(case, name, form_language)
            sealed = self.post.sealed(case, referral, self.card, cards[name])
            path = folder / f"{case.code}-{referral.package[:8]}.age"
            write(path, sealed)
            self._vault.packages.put(referral.package, "out", name, id_)
            self.sent(id_, referral, "sealed")
            written.append(path)
        return written

    def sent(self, id_: str, referral: Referral, way: Literal["sealed", "locked_pdf", "printed", "told"]) -> Case:
        """Notes that a referral left, and how."""
        to, package, by = referral.recipient, referral.package, self.worker.id
        left = Sent(recipient=to, language=referral.language, way=way, at=moment(self._now()), by=by, package=package)
        body: dict[str, object] = {"recipient": to, "package": package, "way": way}
        return self._save(was_sent(self._case(id_), left), "sent", body)

    # ---- inside

    def _case(self, id_: str) -> Case:
        return self._open.get(id_) or self.case(id_)

    def _save(self, case: Case, deed: str, body: dict[str, object] | None = None) -> Case:
        kept = document(self.instrument_of(case), case, practice=self.is_practice)
        self._vault.cases.put(case.id, encode(kept), deed=deed, words=words(case), body=body)
        self._open[case.id] = case
        return case
