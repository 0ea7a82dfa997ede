"""The cases of a vault: the list of them, and every deed on one, saved before it returns.

A case that is open is kept here as it was last saved.
"""

import contextlib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from victim_id.assessment.reading import Assessment
from victim_id.casework.arrangement import Start, may_keep
from victim_id.casework.case import Age, Case, Consent, View, answered, consented, new_code, unanswered, viewed
from victim_id.casework.changes import explained
from victim_id.casework.outcome import Document, assess_case, document, words
from victim_id.casework.visit import SiteFacts, begun, site_facts
from victim_id.content import Content
from victim_id.errors import Failure, WrongInput
from victim_id.instrument.answers import Answer, Talk
from victim_id.instrument.instrument import Instrument
from victim_id.language import moment
from victim_id.preferences import preferences_in
from victim_id.record import decode, encode
from victim_id.referral.agreed import check_vital
from victim_id.vault import CaseRow, Filter, Sort, Vault
from victim_id.vault.ordering import ALL


class Caseload:
    """The cases of one open vault: one method, one deed, one line in the history of its case."""

    def __init__(
        self, vault: Vault, content: Content, now: Callable[[], datetime], random: Callable[[int], bytes]
    ) -> None:
        self._vault, self._content, self._now, self._random = vault, content, now, random
        self._open: dict[str, Case] = {}

    # ---- the list

    def cases(
        self, state: str = "open", text: str = "", offset: int = 0, limit: int = 100, sort: Sort = "urgency", *,
        only: Filter = ALL, backwards: bool = False,
    ) -> list[CaseRow]:  # fmt: skip
        """Gives a window of the list in one of its orders, or of what search finds while typing; without a state of all."""
        only = msgspec.structs.replace(only, state=state or None)
        return self._vault.cases.window(
            offset=offset, limit=limit, only=only, sort=sort, backwards=backwards, text=text
        )

    def count(self, state: str = "open", text: str = "", *, only: Filter = ALL) -> int:
        """Counts the cases that a filter leaves and that have all the words of a text; without a state of all."""
        return self._vault.cases.count(msgspec.structs.replace(only, state=state or None), text)

    def counts(self) -> dict[str, int]:
        """Counts the cases of each state."""
        return {"open": 0, "referred": 0, "closed": 0} | self._vault.cases.counts()

    def rows(self, cases: Sequence[str]) -> list[CaseRow]:
        """Gives the lines of the list of some cases, in their order."""
        return self._vault.cases.rows_of(cases)

    # ---- a case

    def begin(self, start: Start, visit: str = "") -> Case:
        """Begins a case with a random id and code that tell neither order nor volume.

        `visit` is another case of the same visit: facts about the place pass on, and no trace of that case does.
        """
        other = self.at_hand(visit) if visit else None
        self._content.keep()
        case = begun(
            start,
            self._content.instrument,
            preferences_in(self._vault),
            id=str(uuid.UUID(bytes=self._random(16), version=4)),
            code=new_code(self._random(4)),
            at=moment(self._now()),
            by=self._vault.worker.id,
            site=site_facts(self.instrument_of(other), other) if other else SiteFacts({}, {}),
        )
        return self.save(case, "begun")

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
        return self._content.of(case.fingerprint)

    def assessment(self, case: Case) -> Assessment:
        """Gives what a case shows, with the edition that asked it."""
        return assess_case(self.instrument_of(case), case)

    # ---- its talk

    def answer(self, id_: str, answer: Answer, reason: str = "") -> Case:
        """Saves one answer, with the time when it was given; when this returns it is on the disk, and its draft is gone."""
        now = moment(self._now())
        given = msgspec.structs.replace(answer, at=answer.at or now, by=self._vault.worker.id)
        case = answered(self.at_hand(id_), given, at=now, reason=reason)
        with self._together(id_):
            saved = self.save(case, "answered", {"question": answer.question})
            self._vault.drafts.drop(id_, answer.question)
        return saved

    def explain(self, id_: str, question: str, reason: str) -> Case:
        """Writes down why an answer was changed later; both answers are kept."""
        case = explained(self.at_hand(id_), question, reason, at=moment(self._now()))
        return self.save(case, "explained", {"question": question})

    def take_back(self, id_: str, question: str) -> Case:
        """Takes the answers to a question back; they stay among the corrections."""
        case = unanswered(self.at_hand(id_), question, at=moment(self._now()), by=self._vault.worker.id)
        return self.save(case, "took back", {"question": question})

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
        case = msgspec.structs.replace(self.at_hand(id_), **changed, changed=moment(self._now()))
        return self.save(case, "arranged", {"what": sorted(changed)})

    def keep_draft(self, id_: str, question: str, text: str) -> None:
        """Keeps a half-typed answer; of a case that was erased while it waited for the disk nothing is kept."""
        if self._vault.cases.rows_of([id_]):
            self._vault.drafts.put(id_, question, text)

    def drafts(self, id_: str) -> dict[str, str]:
        """Gives the half-typed answers of a case by question."""
        return self._vault.drafts.of(id_)

    def stand(self, id_: str) -> None:
        """Keeps in which talk the worker stands, or with an empty id that they stand in none."""
        if (stood := self._vault.settings.get("stood", {})).get(self._vault.worker.id, "") != id_:
            self._vault.settings.put("stood", {**stood, self._vault.worker.id: id_})

    def stood(self) -> tuple[Case, Instrument, dict[str, str]] | None:
        """Opens the talk in which the worker stood at the lock, with its edition and its half-typed answers.

        None when there was none, or when it cannot be opened any more: that keeps nobody out of the vault.
        """
        id_ = self._vault.settings.get("stood", {}).get(self._vault.worker.id, "")
        with contextlib.suppress(Failure):
            case = self.case(id_) if id_ else None
            return (case, self.instrument_of(case), self.drafts(id_)) if case is not None else None
        return None

    # ---- what comes of it

    def view(self, id_: str, view: View, reasons: str, draft: str = "") -> Case:
        """Writes the worker's own view, and drops the draft that it was; one written after the result was seen is marked so."""
        case = viewed(self.at_hand(id_), view, reasons, at=moment(self._now()), by=self._vault.worker.id)
        with self._together(id_):
            saved = self.save(case, "viewed")
            self._vault.drafts.drop(id_, draft)
        return saved

    def result_seen(self, id_: str) -> Case:
        """Notes that level and score were shown."""
        case = self.at_hand(id_)
        return (
            case if case.result_seen else self.save(msgspec.structs.replace(case, result_seen=True), "saw the result")
        )

    def details(self, id_: str, details: Mapping[str, str]) -> Case:
        """Writes entries for referral fields; an empty one takes an entry away."""
        case = self.at_hand(id_)
        if not may_keep(preferences_in(self._vault), details):
            raise WrongInput(id_, "data about suspects may not be kept under this organisation's law")
        kept = {name: text for name, text in (case.details | dict(details)).items() if text}
        return self.save(msgspec.structs.replace(case, details=kept, changed=moment(self._now())), "filled in")

    def consent(self, id_: str, consent: Consent) -> Case:
        """Writes down the person's consent to one recipient, or what is passed on without it because a life is at risk."""
        case, now = self.at_hand(id_), moment(self._now())
        body: dict[str, object] = {"recipient": consent.recipient, "answer": consent.answer}
        if consent.vital:
            instrument = self.instrument_of(case)
            check_vital(consent, instrument.recipient[consent.recipient], instrument.profile[case.profile])
            body |= {"basis": consent.basis, "vital": list(consent.vital)}
        given = msgspec.structs.replace(consent, at=now, by=self._vault.worker.id)
        return self.save(consented(case, given, at=now), "consent", body)

    def set_state(self, id_: str, state: Literal["open", "referred", "closed"]) -> Case:
        """Opens, refers or closes a case; the program never does this by itself."""
        return self.save(msgspec.structs.replace(self.at_hand(id_), state=state, changed=moment(self._now())), state)

    # ---- for the rooms above

    def at_hand(self, id_: str) -> Case:
        """Gives a case as it was last saved; it is opened when it is not open yet."""
        return self._open.get(id_) or self.case(id_)

    def save(self, case: Case, deed: str, body: dict[str, object] | None = None) -> Case:
        """Keeps a case as a deed leaves it, with a line of that deed in the history."""
        kept = document(self.instrument_of(case), case, practice=self._vault.kind == "practice")
        self._vault.cases.put(case.id, encode(kept), deed=deed, words=words(case), body=body)
        self._open[case.id] = case
        return case

    @contextlib.contextmanager
    def _together(self, id_: str) -> Iterator[None]:
        """Makes everything inside durable together, or keeps the case as it was."""
        before = self.at_hand(id_)
        try:
            with self._vault.together():
                yield
        except BaseException:
            self._open[id_] = before
            raise

    def forget(self, id_: str) -> None:
        """Keeps a case at hand no longer."""
        self._open.pop(id_, None)

    def close(self) -> None:
        """Keeps no case at hand any longer; what was saved is saved."""
        self._open.clear()
