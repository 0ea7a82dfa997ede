"""One walk through the instrument: what may be asked now, what comes next, how far it is. Pure, without a screen.

Private sections open only while the person is alone, or by an explicit choice that is recorded. A child is asked
only what is meant for a child; all else comes from observation, documents and safe adults.
"""

from collections.abc import Collection
from typing import NamedTuple

from victim_id.instrument.answers import Answers, Talk
from victim_id.instrument.conditions import holds
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Question, Section


class Progress(NamedTuple):
    """How far a section is: answered of askable questions, and whether it may be opened now."""

    section: Section
    asked: int
    askable: int
    open: bool


class Interview:
    """The only object that changes while asking: where the talk is, over answers that others keep."""

    def __init__(
        self,
        instrument: Instrument,
        setting: str,
        *,
        age: str = "adult",
        answers: Answers | None = None,
        talk: Talk | None = None,
        opened: Collection[str] = (),
        quick: bool = False,
        at: str = "",
    ) -> None:
        self.instrument, self.setting, self.age, self.quick = instrument, setting, age, quick
        self.answers: Answers = answers or {}
        self.talk = talk or Talk()
        self.opened = frozenset(opened)
        self._path: list[str] = []
        self._all = instrument.questions(setting)
        self.at = at if at in {question.id for question in self._all} else ""
        if not self.at:
            self.at = next((question.id for question in self.askable()), "")

    def now(
        self, *, answers: Answers | None = None, talk: Talk | None = None, opened: Collection[str] | None = None
    ) -> None:
        """Takes what has changed: the answers, the conditions of the talk, the private sections opened by choice."""
        self.answers = self.answers if answers is None else answers
        self.talk = self.talk if talk is None else talk
        self.opened = self.opened if opened is None else frozenset(opened)

    @property
    def question(self) -> Question | None:
        """The question being asked; None when there is none."""
        return self.instrument.question.get(self.at)

    def askable(self) -> list[Question]:
        """Gives the questions that belong to this talk as far as it is known now, in their order."""
        return [question for question in self._all if self._belongs(question)]

    def may_ask(self, question: Question) -> bool:
        """Tells whether a question may be asked at this moment: private ones only alone, or opened by choice."""
        section = self.instrument.section_of[question.id]
        return not section.private or question.of != "person" or self.talk.alone is True or section.id in self.opened

    def progress(self) -> list[Progress]:
        """Gives every section of the setting that has a question for this talk, with how far it is."""
        rows = []
        for name in self.instrument.setting[self.setting].sections:
            section = self.instrument.section[name]
            askable = [q for q in self._all if self.instrument.section_of[q.id] is section and self._belongs(q)]
            if askable:
                asked = sum(1 for question in askable if self.answers.get(question.id))
                rows.append(Progress(section, asked, len(askable), any(self.may_ask(question) for question in askable)))
        return rows

    def place(self) -> tuple[int, int]:
        """Gives which question of its section is being asked: number from 1, of how many."""
        if not self.at:
            return 0, 0
        section = self.instrument.section_of[self.at]
        ids = [question.id for question in self.askable() if self.instrument.section_of[question.id] is section]
        return (ids.index(self.at) + 1 if self.at in ids else 0), len(ids)

    def jump(self, question: str) -> None:
        """Goes to a question of this setting; going back returns to where the talk was."""
        if question != self.at and question in {q.id for q in self._all}:
            self._path.append(self.at)
            self.at = question

    def jump_to_section(self, section: str) -> None:
        """Goes to the first unanswered question of a section that may be asked, or to its first."""
        inside = [q for q in self.askable() if self.instrument.section_of[q.id].id == section and self.may_ask(q)]
        unanswered = [question for question in inside if not self.answers.get(question.id)]
        for question in (unanswered or inside)[:1]:
            self.jump(question.id)

    def next(self) -> bool:
        """Goes to the next question that may be asked and has no answer yet, and comes round; False when none is left."""
        ahead = self._ahead()
        if ahead:
            self.jump(ahead[0].id)
        return bool(ahead)

    def skip(self) -> bool:
        """Leaves the question unanswered and goes on; it comes again at the end."""
        return self.next()

    def back(self) -> bool:
        """Goes back to the question before; False at the beginning."""
        while self._path:
            earlier = self._path.pop()
            if earlier and self._belongs(self.instrument.question[earlier]):
                self.at = earlier
                return True
        ids = [question.id for question in self.askable() if self.may_ask(question)]
        if self.at in ids and ids.index(self.at) > 0:
            self.at = ids[ids.index(self.at) - 1]
            return True
        return False

    @property
    def left(self) -> int:
        """How many questions that may be asked now have no answer yet."""
        return sum(1 for question in self.askable() if self.may_ask(question) and not self.answers.get(question.id))

    def _ahead(self) -> list[Question]:
        ids = [question.id for question in self._all]
        start = ids.index(self.at) + 1 if self.at in ids else 0
        order = (*self._all[start:], *self._all[: max(start - 1, 0)])
        return [q for q in order if self._belongs(q) and self.may_ask(q) and not self.answers.get(q.id)]

    def _belongs(self, question: Question) -> bool:
        if self.quick and self.setting not in question.quick:
            return False
        if not question.asked_of(self.age):
            return False
        if question.asked_when is None:
            return True
        return holds(question.asked_when, self.answers, question.id) is True
