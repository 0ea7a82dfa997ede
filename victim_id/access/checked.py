"""What is looked at before anything held about a person is handed out: who asks, and whether it is safe to take it along.

Pure. An exploiter may force the request, read the paper later, or wait outside; so nothing is given without every answer.
"""

from typing import Literal, TypeAlias

from victim_id.record import Record

Known: TypeAlias = Literal["paper", "talk", "word", "questions", "representative", "other"]
Keeping: TypeAlias = Literal["here", "lawyer", "shelter", "own_place", "other"]
Missing: TypeAlias = Literal["known", "alone", "wanted", "unseen", "kept"]

KNOWN: tuple[Known, ...] = ("paper", "talk", "word", "questions", "representative", "other")
"""How the worker knew the person: identity paper, from the talk, an agreed word, questions only they can answer."""
KEPT: tuple[Keeping, ...] = ("here", "lawyer", "shelter", "own_place", "other")
"""Where the copy will be: `here` means that it is read together and nothing is taken along."""


class Check(Record, kw_only=True):
    """The identity check and the safety check, as the worker answered them; None is not answered.

    `alone`: nobody is with the person or listens in. `wanted`: they want this themselves, now. `unseen`: nobody else
    will see the paper or the phone. `words` and `kept_words` are the worker's own, in place of or beside a choice.
    """

    known: tuple[Known, ...] = ()
    words: str = ""
    alone: bool | None = None
    wanted: bool | None = None
    unseen: bool | None = None
    kept: Keeping | Literal[""] = ""
    kept_words: str = ""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Gives what was not answered, or answered so that nothing may be handed out now."""
        known = bool(self.known) and ("other" not in self.known or bool(self.words.strip()))
        kept = bool(self.kept) and (self.kept != "other" or bool(self.kept_words.strip()))
        held: tuple[tuple[Missing, bool], ...] = (
            ("known", known),
            ("alone", self.alone is True),
            ("wanted", self.wanted is True),
            ("unseen", self.unseen is True),
            ("kept", kept),
        )
        return tuple(name for name, right in held if not right)

    @property
    def unsafe(self) -> bool:
        """Tells that an answer speaks against handing it out now, not only that one is missing."""
        return False in {self.alone, self.wanted, self.unseen}
