"""Everything one case holds, as rows with labels: what was asked, answered, noted, found, sent, kept and read."""

from collections.abc import Iterator

from victim_id import wording
from victim_id.access.deeds import before_talk, deeds, source, way
from victim_id.access.held import HeldCase
from victim_id.access.rows import Part, Piece, Row, Said, Section, Speaker, row, section, typed
from victim_id.access.third import is_third
from victim_id.assessment.reading import Reading
from victim_id.casework.case import JUDGEMENT, OWN_VIEW, Consent
from victim_id.casework.changes import UNDO
from victim_id.instrument.answers import Answer, Talk
from victim_id.language import Language

TOLD = frozenset({
    "code", "made", "changed", "edition", "profile", "setting", "age", "forms", "quick", "state", "place", "worker_language",
    "person_language", "before", "talk", "opened", "answers", "corrections", "at_question", "views", "result_seen", "details", "consents",
    "sent", "next_step", "due",
})  # fmt: skip
"""The fields of a case that are told."""
UNTOLD = frozenset({"id", "by", "fingerprint"})
"""Those that are not: a number of the machine's own, which worker it was (a role is told), and the questions' fingerprint."""


def case_part(number: int, held: HeldCase, language: Language, role: str) -> Part:
    """Gives a record of the person; `role` is what stands in the place of a worker's name."""
    speaker = Speaker(language, held.instrument)
    told = _Case(held, speaker, role)
    title = speaker.says(language.say("Record {code}", code=held.case.code))
    sections = (
        told.begun(), told.talk(), told.answers(), told.corrections(), told.drafts(), told.details(), told.findings(), told.views(),
        told.consents(), told.sent(), told.kept(), told.history(),
    )  # fmt: skip
    return Part(f"record_{number}", title, tuple(one for one in sections if one.rows))


class _Case:
    def __init__(self, held: HeldCase, speaker: Speaker, role: str) -> None:
        self.held, self.case, self.speaker, self.role = held, held.case, speaker, role
        self.language = speaker.language
        self.say = speaker.language.say

    def label(self, words: str) -> Said:
        return self.speaker.says(words)

    def piece(self, words: str) -> Piece:
        return Piece(self.speaker.says(words))

    def begun(self) -> Section:
        say, case, language = self.say, self.case, self.language
        profile = self.held.instrument.profile[case.profile]
        setting = next((one for one in self.held.instrument.settings if one.id == case.setting), None)
        forms = {"labour": say("work"), "sexual": say("sexual services")}
        states = {"open": say("Open"), "referred": say("Referred"), "closed": say("Closed")}
        rows = (
            row("made", self.label(say("Begun")), self.piece(self.speaker.moment(case.made)), self.piece(self.role)),
            row("changed", self.label(say("Last changed")), self.piece(self.speaker.moment(case.changed))),
            row("place", self.label(say("Place")), typed(case.place)),
            row(
                "setting",
                self.label(say("Where the talk was held")),
                Piece(self.speaker.content(f"setting.{case.setting}.label", setting.label)) if setting else None,
            ),
            row("age", self.label(say("Age as it was noted")), self.piece(wording.age(language, case.age))),
            row("forms", self.label(say("What the talk was about")), self.piece(", ".join(forms[one] for one in case.forms))),
            row("person_language", self.label(say("Your language")), self.piece(language.language_name(case.person_language))),
            row("worker_language", self.label(say("Language of the worker")), self.piece(language.language_name(case.worker_language))),
            row("profile", self.label(say("Law that was used")), Piece(self.speaker.content(f"profile.{case.profile}.label", profile.label))),
            row("edition", self.label(say("Edition of the questions")), self.piece(case.edition)),
            row("quick", self.label(say("Kind of talk")), self.piece(say("Quick screen") if case.quick else say("Whole talk"))),
            row("state", self.label(say("State of the record")), self.piece(states[case.state])),
            row("next_step", self.label(say("Next step")), typed(case.next_step)),
            row("due", self.label(say("By when")), self.piece(self.speaker.moment(case.due))),
        )  # fmt: skip
        return section("record", self.label(say("The record")), rows)

    def talk(self) -> Section:
        say, case = self.say, self.case
        looked = [self.piece(before_talk(self.language, name)) for name in case.before]
        opened = [
            self.speaker.content(f"{one.id}.label", one.label)
            for one in self.held.instrument.sections
            if one.id in case.opened
        ]
        rows = (
            row("before", self.label(say("Looked at before the talk")), *looked),
            *_talk(self.speaker, case.talk),
            row("opened", self.label(say("Private questions opened on purpose")), *(Piece(said) for said in opened)),
            row(
                "at_question",
                self.label(say("Where the talk stopped")),
                Piece(self.speaker.question(case.at_question)) if case.at_question else None,
            ),
        )
        return section("talk", self.label(say("How the talk was held")), rows)

    def answers(self) -> Section:
        rows = [
            row(f"{name}.{given.source}", self.speaker.question(name), *self._answer(given))
            for name, told in self.case.answers.items()
            for given in told
        ]
        return section("answers", self.label(self.say("What was asked, and what was answered or seen")), rows)

    def corrections(self) -> Section:
        say = self.say
        rows = []
        for number, one in enumerate(self.case.corrections, 1):
            why = say("taken back") if one.reason == UNDO else ""
            changed = self.label(say("Changed on {moment}", moment=self.speaker.moment(one.at))).text
            rows.append(
                row(
                    f"{number}.{one.before.question}",
                    self.speaker.question(one.before.question),
                    self.piece(say("Earlier answer")),
                    *self._answer(one.before),
                    self.speaker.line(changed, why),
                    None if one.reason == UNDO else typed(one.reason),
                )
            )
        return section("corrections", self.label(say("Answers that were changed later")), rows)

    def drafts(self) -> Section:
        thought = dict.fromkeys((OWN_VIEW, JUDGEMENT), self.label(self.say("What the worker thought")))
        rows = [
            row(name, thought.get(name) or self.speaker.question(name), typed(text, third=self._is_third(name)))
            for name, text in self.held.drafts.items()
        ]
        return section("drafts", self.label(self.say("Half-typed, not saved as an answer yet")), rows)

    def details(self) -> Section:
        rows = []
        for key, text in self.case.details.items():
            piece = self.speaker.entry(key, text)
            rows.append(row(key, self.speaker.field(key), piece._replace(third=is_third(key))))
        return section("details", self.label(self.say("What was filled in for a referral")), rows)

    def findings(self) -> Section:
        say, language = self.say, self.language
        rows = []
        for number, reading in enumerate(self.held.assessment.readings):
            rows += list(self._reading(reading, f"{number}." if number else ""))
        if rows:
            rows.append(row("means", self.label(say("What this means")), self.piece(say("It helps a worker to think, and decides nothing.")), self.piece(wording.not_a_chance(language))))  # fmt: skip
        for one in self.held.assessment.contradictions:
            sign = wording.sign(language, self.held.instrument, one.sign)
            rows.append(row(f"differs.{one.sign}", self.label(sign), self.piece(say("Answers differ; both are kept."))))
        return section("findings", self.label(say("What the program counted, by fixed rules, and why")), rows)

    def views(self) -> Section:
        say = self.say
        rows = [
            row(
                str(number),
                self.label(self.speaker.moment(one.at)),
                self.speaker.line(wording.view(self.language, one.view), self.role),
                self.piece(say("written after the result was seen") if one.result_seen else say("written before the result was seen")),
                typed(one.reasons),
            )
            for number, one in enumerate(self.case.views, 1)
        ]  # fmt: skip
        if self.case.result_seen:
            rows.append(row("seen", self.label(say("The result")), self.piece(say("was seen by the worker"))))
        return section("views", self.label(say("What the worker thought")), rows)

    def consents(self) -> Section:
        rows = [row(one.recipient, self._recipient(one.recipient), *self._consent(one)) for one in self.case.consents]
        return section("consents", self.label(self.say("What you agreed to")), rows)

    def sent(self) -> Section:
        say = self.say
        rows = [
            row(
                f"{number}.{one.recipient}",
                self._recipient(one.recipient),
                self.speaker.line(self.speaker.moment(one.at), way(self.language, one.way)),
                self.piece(say("in {language}", language=self.language.language_name(one.language))),
                self.piece(one.package),
            )
            for number, one in enumerate(self.case.sent, 1)
        ]
        known = {one.package for one in self.case.sent}
        rows += [
            row(
                f"package.{one.id}",
                self.label(say("Package sent") if one.direction == "out" else say("Package received")),
                self.speaker.line(self.speaker.moment(one.time), self._recipient(one.other).text),
                self.piece(one.id),
            )
            for one in self.held.passed
            if one.id not in known
        ]
        return section("sent", self.label(say("To whom it was given, and when")), rows)

    def kept(self) -> Section:
        say, held = self.say, self.held
        days = self.language.say_many("{n} day after the last change", "{n} days after the last change", held.days)
        everybody = say("Workers of this office who can open the store")
        some = self.language.say_many("{n} worker, named for it", "{n} workers, named for it", held.readers)
        rows = [
            row(
                "days",
                self.label(say("Looked at to be erased")),
                self.speaker.line(days, say("from {moment}", moment=self.speaker.moment(held.due))),
                self.piece(say("Nothing is erased by itself: a worker decides.")),
            ),
            row("readers", self.label(say("Who may read it")), self.piece(some if held.readers else everybody)),
        ]
        if held.hold is not None:
            since = say("since {moment}", moment=self.speaker.moment(held.hold.since))
            must = say("An authority or a court forbids to erase it.")
            rows.append(
                row(
                    "hold",
                    self.label(say("Must be kept")),
                    self.piece(must),
                    self.piece(since),
                    typed(held.hold.reason),
                )
            )
        return section("kept", self.label(say("How long it is kept, and who may read it")), rows)

    def history(self) -> Section:
        rows = [
            row(str(number), self.label(line.when), self.speaker.line(line.deed, self.role), *(typed(text) for text in line.words))
            for number, line in enumerate(deeds(self.held.lines, self.speaker, self.held.instrument), 1)
        ]  # fmt: skip
        return section("history", self.label(self.say("Who read it or changed it, and when")), rows)

    def _answer(self, given: Answer) -> Iterator[Piece | None]:
        say = self.say
        question = self.held.instrument.question.get(given.question)
        third = self._is_third(given.question)
        if question is not None and given.value == "given" and given.chosen:
            yield self.piece(self.speaker.choices(question, given.chosen))
        elif question is not None and not (given.value == "given" and given.words and given.number is None):
            yield self.piece(wording.answer(self.language, self.held.instrument, given))
        if given.words:
            yield typed(given.words, third=third)
        yield self.speaker.line(source(self.language, given.source), self.speaker.moment(given.at))
        if given.talk != self.case.talk and given.source == "said":
            for one in _talk(self.speaker, given.talk):
                yield from one.pieces
        if given.value == "no" and given.source == "said" and not given.talk.safe:
            yield self.piece(say("not taken for a firm no: the talk was not safe"))

    def _reading(self, reading: Reading, before: str) -> Iterator[Row]:
        say, language, instrument = self.say, self.language, self.held.instrument
        level = say("Quick screen: no level") if self.case.quick else wording.level(language, reading.level)
        score = say("{lower} to {upper} of 100", lower=reading.score.lower, upper=reading.score.upper)
        head = say("Result in words") if not before else say("Read in another way")
        yield row(f"{before}level", self.label(head), self.piece(level), None if self.case.quick else self.piece(score))
        if before:
            return
        for sign in reading.urgent:
            when = say("in the past") if sign.when == "past" else ""
            label = wording.urgent(language, instrument, sign.id) if sign.id in instrument.urgent_sign else sign.id
            yield row(f"urgent.{sign.id}", self.label(label), self.speaker.line(say("cannot wait"), when), *self._because(sign.because))  # fmt: skip
        for finding in reading.findings:
            label = wording.sign(language, instrument, finding.key)
            strength = wording.labelled(language, say("Strength"), wording.strength(language, finding.strength))
            yield row(f"sign.{finding.key}", self.label(label), self.piece(strength), *self._because(finding.because))
        for gate in reading.gates:
            if gate.state == "yes":
                yield row(f"gate.{gate.name}", self.label(wording.sign(language, instrument, f"gate.{gate.name}")), *self._because(gate.because))  # fmt: skip
        for key in reading.against:
            label = wording.sign(language, instrument, key)
            yield row(f"against.{key}", self.label(label), self.piece(say("answered no")))
        for one in reading.dimensions:
            english = next((d.label for d in instrument.dimensions if d.name == one.name), one.name)
            label = self.speaker.content(f"dimension.{one.name}.label", english).text
            yield row(f"dimension.{one.name}", self.label(label), self.piece(wording.dimension_result(language, one.state)))  # fmt: skip

    def _because(self, because: tuple[str, ...]) -> list[Piece]:
        known = [name for name in because if name in self.held.instrument.question]
        return [
            self.piece(wording.labelled(self.language, self.say("Because of"), self.speaker.question(name).text))
            for name in known
        ]

    def _consent(self, one: Consent) -> Iterator[Piece | None]:
        say = self.say
        answers = {
            "yes": say("Agrees"), "no": say("Does not"), "not_able": say("Not able to"), "not_required": say("Not needed"),
            "not_asked": say("Not asked"),
        }  # fmt: skip
        forms = {"spoken": say("Spoken"), "written": say("Written"), "guardian": say("Through a guardian"), "": ""}
        yield self.speaker.line(answers[one.answer], forms[one.form], self.speaker.moment(one.at))
        told = say("told in {language}", language=self.language.language_name(one.told_in)) if one.told_in else ""
        yield self.speaker.line(say("was told what is sent and why") if one.told else "", told)
        yield self.speaker.line(
            say("the name too") if one.name_too else "", say("private details too") if one.details_too else ""
        )
        yield self.speaker.entry("C6.basis", one.basis) if one.basis else None
        yield typed(one.reason)
        if one.vital:
            passed = ", ".join(self.speaker.field(name).text for name in one.vital)
            yield self.piece(wording.labelled(self.language, say("Passed on without your agreement"), passed))
        if one.witness:
            yield self.piece(say("Witness"))
            yield typed(one.witness, third=True)

    def _recipient(self, name: str) -> Said:
        found = self.held.instrument.recipient.get(name)
        return self.speaker.content(f"recipient.{name}.label", found.label) if found else Said(name, None)

    def _is_third(self, question: str) -> bool:
        asked = self.held.instrument.question.get(question)
        return asked is not None and is_third(asked.field)


def _talk(speaker: Speaker, talk: Talk) -> Iterator[Row]:
    say = speaker.language.say
    alone = {True: say("You were alone with the worker"), False: say("Others were there"), None: ""}[talk.alone]
    heard = {
        "common": say("a common language, without interpreter"),
        "neutral_interpreter": say("neutral interpreter"),
        "other_interpreter": say("an interpreter who may not be neutral"),
        "": "",
    }[talk.language]
    state = say("You were in distress") if talk.distressed else ""
    lines = [Piece(speaker.says(text)) for text in (alone, heard, say("by telephone") if talk.by_phone else "", state)]
    yield row("talk", speaker.says(say("The talk")), *lines)
    yield row("present", speaker.says(say("Who was present")), typed(talk.present, third=True))
    yield row("interpreter", speaker.says(say("Interpreter")), typed(talk.interpreter, third=True))
