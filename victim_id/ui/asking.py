"""A case and its interview as what the interview page shows: pure, in the worker's and the person's language."""

from typing import Literal

from victim_id import wording
from victim_id.assessment.gaps import gaps, useful_questions
from victim_id.assessment.reading import Reading
from victim_id.casework.case import Case
from victim_id.casework.changes import changes, changes_of
from victim_id.casework.outcome import assess_case, case_facts, quick_outcome
from victim_id.instrument.answers import Answer, Source
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Question
from victim_id.interview.interview import Interview
from victim_id.language import Language
from victim_id.ui.pages.asked import Asked, Given, Link, SectionRow, Talking, Urgent
from victim_id.ui.pages.changed import ChangeRow
from victim_id.ui.pages.show import PersonWords, ShownQuestion

USEFUL = 3
SOURCE_OF: dict[str, Source] = {"person": "said", "observation": "observed", "document": "document"}
SHOWN = frozenset({"yes_no", "choice"})
"""The kinds of questions that a person can answer on the screen alone."""


def talking(
    case: Case,
    interview: Interview,
    language: Language,
    person: Language,
    *,
    role: str = "",
    saved: str = "",
    drafts: dict[str, str] | None = None,
    useful: tuple[Link, ...] = (),
    urgent: tuple[Urgent, ...] = (),
) -> Talking:
    """Gives the talk as the page shows it."""
    instrument = interview.instrument
    progress = interview.progress()
    here = instrument.section_of[interview.at].id if interview.at else ""
    return Talking(
        code=case.code,
        place=case.place,
        role=role,
        saved=saved,
        asked=sum(row.asked for row in progress),
        total=sum(row.askable for row in progress),
        sections=tuple(
            SectionRow(
                row.section.id,
                language.content("worker", f"{row.section.id}.label", row.section.label),
                row.asked,
                row.askable,
                row.open,
                row.section.id == here,
            )
            for row in progress
        ),
        question=asked(case, interview, language, person, (drafts or {}).get(interview.at, "")),
        talk=case.talk,
        person_language=person.autonym,
        next=useful,
        urgent=urgent,
        all=tuple(link(question, language) for question in interview.askable() if interview.may_ask(question)),
        phone_away="phone" in case.before,
        quick=case.quick,
        changed=len(changes(case)),
    )


def asked(case: Case, interview: Interview, language: Language, person: Language, draft: str = "") -> Asked | None:
    """Gives the question that is asked now, or None when there is none that may be asked."""
    question = interview.question
    if question is None or not interview.may_ask(question):
        return None
    number, of = interview.place()
    section = interview.instrument.section_of[question.id]
    of_person = question.of == "person" and bool(question.person)
    return Asked(
        id=question.id,
        section=language.content("worker", f"{section.id}.label", section.label),
        place=language.say("question {n} of {all}", n=number, all=of),
        worker=language.content("worker", f"{question.id}.worker", question.worker),
        person=person.content("person", f"{question.id}.person", question.person) if of_person else "",
        direction=person.direction,
        kind=question.kind,
        source=SOURCE_OF[question.of],
        choices=choices(question, language),
        unit=language.content("worker", f"{question.id}.unit", question.unit),
        least=question.least,
        most=question.most,
        why=language.content("worker", f"{question.id}.why", question.why),
        watch=language.content("worker", f"{question.id}.watch", question.watch),
        avoid=language.content("worker", f"{question.id}.avoid", question.avoid),
        answers=case.answers.get(question.id, ()),
        draft=draft,
        untranslated=of_person and not person.has("person", f"{question.id}.person", question.person),
        written=_written(case.answers.get(question.id, ()), language),
        **_changed(case, interview.instrument, question.id, language),
    )


def _written(answers: tuple[Answer, ...], language: Language) -> str:
    last = max((given.at for given in answers), default="")
    return language.say("written {moment}", moment=_moment(last, language)) if last else ""


def _moment(at: str, language: Language) -> str:
    return f"{language.date(at)} {language.time(at)}"


def _changed(case: Case, instrument: Instrument, question: str, language: Language) -> dict[str, str]:
    """Gives the latest change of a question, as its page shows it."""
    latest = changes_of(case, question)[-1:]
    return {
        name: words
        for one in latest
        for name, words in (
            ("before", language.say("Before: {answer}", answer=_told(one.before, instrument, language))),
            ("reason", one.reason),
        )
    }


def _told(given: Answer, instrument: Instrument, language: Language) -> str:
    """Gives an answer with its source, its own words and its time."""
    parts = [wording.answer(language, instrument, given), wording.source(language, given.source)]
    parts += [f"“{given.words}”"] if given.words else []
    return " · ".join([*parts, *([_moment(given.at, language)] if given.at else [])])


def change_rows(case: Case, instrument: Instrument, language: Language) -> list[ChangeRow]:
    """Gives everything that was changed in a case, the oldest first."""
    return [
        ChangeRow(
            one.question,
            link(instrument.question[one.question], language).words,
            _told(one.before, instrument, language),
            _told(one.after, instrument, language) if one.after else "",
            _moment(one.at, language),
            one.reason,
        )
        for one in changes(case)
    ]


def calm(case: Case, instrument: Instrument, language: Language, person: Language) -> tuple[list[str], list[str]]:
    """Gives what calms, in the person's words, and whom the worker can call."""
    lines = [
        person.content("person", f"{text.id}.person", text.person)
        for text in instrument.texts
        if text.id.startswith("calm.")
    ]
    calls = [
        f"{language.content('worker', f'recipient.{one.id}.label', one.label)} · {one.phone}"
        for one in instrument.recipients
        if one.country == case.profile and one.purpose == "advice" and one.phone and one.variant
    ]
    return lines, [language.say("Emergency: {n}", n=instrument.profile[case.profile].emergency), *calls]


def done(case: Case, instrument: Instrument, language: Language) -> tuple[str, str, str]:
    """Gives what stands where no question is left: a title, a sentence, and the next step."""
    say = language.say
    if not case.quick:
        title = say("Every question that may be asked now is asked")
        text = say("Go back over single questions on the left, or write down your own view.")
        return title, text, say("Write down your own view")
    title, text = {
        "act": (say("Act now"), say("Do what stands under Act now, and refer today.")),
        "longer": (
            say("Talk longer today"),
            say("There are signs. Go on with the full interview; every answer is kept."),
        ),
        "card": (say("Leave the card, agree on a second contact"), say("This was too short to see more.")),
    }[quick_outcome(instrument, case)]
    return title, text, say("Go on with the full interview")


def choices(question: Question, language: Language) -> tuple[tuple[str, str], ...]:
    """Gives the choices of a question in the worker's words."""
    return tuple(
        (choice.id, language.content("worker", f"{question.id}.{choice.id}.label", choice.label))
        for choice in question.choices
    )


def link(question: Question, language: Language) -> Link:
    """Gives a question as something one can go to."""
    return Link(question.id, language.content("worker", f"{question.id}.worker", question.worker))


def answer_of(given: Given, case: Case) -> Answer:
    """Gives an answer with the conditions of the talk it came from."""
    return Answer(
        question=given.question,
        value=given.value,
        source=given.source,
        number=given.number,
        chosen=given.chosen,
        words=given.words,
        talk=case.talk,
    )


def outlook(
    case: Case, instrument: Instrument, interview: Interview, language: Language
) -> tuple[tuple[Link, ...], tuple[Urgent, ...]]:
    """Gives the most useful next questions and the urgent signs of a talk; no level and no score."""
    reading = assess_case(instrument, case).first
    found = gaps(instrument, instrument.profile[case.profile], case_facts(instrument, case), reading.set)
    ids = useful_questions(instrument, found, case.answers, setting=case.setting, child=case.age != "adult")
    belong = {question.id for question in interview.askable() if interview.may_ask(question)}
    useful = [instrument.question[id_] for id_ in ids if id_ in belong and id_ != interview.at]
    return tuple(link(question, language) for question in useful[:USEFUL]), urgent_signs(reading, instrument, language)


def urgent_signs(reading: Reading, instrument: Instrument, language: Language) -> tuple[Urgent, ...]:
    """Gives the urgent signs with what to do, danger first, what is past last; then those that are not firm."""

    def rank(name: str, when: str) -> int:
        sign = instrument.urgent_sign.get(name)
        return 2 if when == "past" else 0 if sign is not None and sign.danger else 1

    signs = []
    for found in sorted(reading.urgent, key=lambda one: rank(one.id, one.when)):
        sign = instrument.urgent_sign.get(found.id)
        part: Literal["now", "past"] = "past" if found.when == "past" else "now"
        text = language.content("worker", f"urgent.{found.id}.{part}", getattr(sign, part)) if sign else ""
        signs.append(Urgent(found.id, wording.sign(language, instrument, found.id), text))
    for name, doubt in wording.doubts(language, reading).items():
        text = language.content("worker", f"urgent.{name}.now", instrument.urgent_sign[name].now)
        signs.append(Urgent(name, f"{wording.sign(language, instrument, name)} – {doubt}", text))
    return tuple(signs)


def person_words(instrument: Instrument, person: Language) -> PersonWords:
    """Gives the fixed words of the page that the person sees."""

    def word(name: str) -> str:
        text = instrument.text.get(f"show.{name}")
        return person.content("person", f"show.{name}.person", text.person) if text else ""

    return PersonWords(
        person.autonym, person.direction, word("stop"), word("not_alone"), word("give_back"), word("back")
    )


def shown_question(question: Question, instrument: Instrument, person: Language) -> ShownQuestion:
    """Gives a question as the person reads it, with answers that all look alike; no earlier answer is among them."""

    def word(name: str) -> str:
        text = instrument.text.get(f"show.{name}")
        return person.content("person", f"show.{name}.person", text.person) if text else name

    offered: list[tuple[str, str]] = (
        [("yes", word("yes")), ("no", word("no"))]
        if question.kind == "yes_no"
        else [
            (c.id, person.content("person", f"{question.id}.{c.id}.person", c.person or c.label))
            for c in question.choices
        ]
    )
    offered += [("unknown", word("unknown")), ("declined", word("declined"))]
    return ShownQuestion(
        question.id, person.content("person", f"{question.id}.person", question.person), tuple(offered)
    )


def given_by_person(question: Question, key: str) -> Given:
    """Gives what the person chose on the screen as an answer said by the person."""
    if key in {"unknown", "declined"} or question.kind == "yes_no":
        return Given(question.id, key, "said")  # type: ignore[arg-type]  # the page offers only these keys
    return Given(question.id, "given", "said", chosen=(key,))
