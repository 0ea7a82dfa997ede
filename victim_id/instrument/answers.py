"""What is known about a question, how it is known, or why not; and the conditions of the talk it came from."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from victim_id.record import Record

Source: TypeAlias = Literal["said", "observed", "document", "third_party"]
Value: TypeAlias = Literal["yes", "no", "given", "unknown", "declined", "not_applicable"]


class Talk(Record, kw_only=True):
    """The conditions of the talk: None where it is not known. They decide whether a *no* of the person is firm.

    `present` is who else is there, `interpreter` which service or person interprets; both stay in the vault's own record.
    """

    alone: bool | None = None
    language: Literal["common", "neutral_interpreter", "other_interpreter", ""] = ""
    by_phone: bool = False
    distressed: bool = False
    present: str = ""
    interpreter: str = ""

    @property
    def safe(self) -> bool:
        """Tells whether a *no* said here is firm: alone, understood without a third party's interest, not in distress."""
        return self.alone is True and self.language in {"common", "neutral_interpreter"} and not self.distressed


class Answer(Record, kw_only=True):
    """One answer from one source. `given` carries `number` or `chosen`; `words` are the person's or worker's own."""

    question: str
    value: Value
    source: Source = "said"
    number: int | None = None
    chosen: tuple[str, ...] = ()
    words: str = ""
    talk: Talk = Talk()
    at: str = ""
    by: str = ""

    @property
    def known(self) -> bool:
        """Tells whether something was learned."""
        return self.value in {"yes", "no", "given"}

    @property
    def firm(self) -> bool:
        """Tells whether this answer may speak firmly against a sign: seen, on paper, or said in safe conditions."""
        return self.source in {"observed", "document"} or (self.source == "said" and self.talk.safe)


Answers: TypeAlias = Mapping[str, tuple[Answer, ...]]
"""Question id to its answers, one for each source; nothing asked is nothing here."""
