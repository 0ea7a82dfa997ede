"""An assessment as what its page shows, every word in the worker's language; and the rows of the lists."""

from victim_id import wording
from victim_id.assessment.gaps import gaps, would_meet
from victim_id.assessment.reading import Assessment, DimensionReading, Finding, Reading
from victim_id.casework.case import Case
from victim_id.casework.outcome import case_facts
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Profile
from victim_id.language import Language
from victim_id.ui.asking import urgent_signs
from victim_id.ui.contacting import law, sourced
from victim_id.ui.pages.asked import Link
from victim_id.ui.pages.assessment import DimensionRow, FindingRow, Shown

CHANGES = 3


def shown(case: Case, assessment: Assessment, instrument: Instrument, language: Language) -> Shown:
    """Gives what the assessment page shows."""
    reading, profile = assessment.first, instrument.profile[case.profile]
    facts = case_facts(instrument, case)
    found = gaps(instrument, profile, facts, reading.set)
    meets = would_meet(instrument, profile, facts, reading.set)
    view = case.view
    first = next((one for one in case.views if not one.result_seen), None)
    dated = wording.in_force(language, profile, reading, facts.day)
    meaning = wording.asks(
        language, reading.level, dignity=reading.dignity, child=reading.set in {"CL", "CS"}, too_early=reading.too_early
    )
    return Shown(
        code=case.code,
        level=reading.level,
        level_word=wording.level(language, reading.level),
        meaning=f"{meaning} {wording.decides(language)}",
        lower=reading.score.lower,
        upper=reading.score.upper,
        open_questions=sum(one.askable - one.answered for one in reading.dimensions),
        dimensions=tuple(
            _dimension(one, meets[one.name].shown if one.name in meets else (), instrument, language)
            for one in reading.dimensions
        ),
        elements=_elements(
            reading, means_needed=profile.adult_means_required and case.age == "adult", language=language
        ),
        readings=_readings(reading, instrument, language),
        findings=tuple(_finding(one, case, instrument, language) for one in reading.findings),
        against=tuple(_against(key, case, instrument, language) for key in reading.against),
        would_change=tuple(
            Link(
                _question(signs[0], instrument, case), " + ".join(wording.sign(language, instrument, s) for s in signs)
            )
            for signs in found.decisive.shown[:CHANGES]
        ),
        urgent=urgent_signs(reading, instrument, language),
        view=view.view if view else "",
        view_word=wording.view(language, first.view).lower() if first else "",
        card=_cards(instrument, language),
        beside=_beside(assessment, language),
        help=_help(reading, profile, language),
        law=(
            *((language.say("Since when"), line, "") for line in dated),
            *((one.title, one.text, one.source) for one in law(profile, language)),
        ),
    )


def _help(reading: Reading, profile: Profile, language: Language) -> tuple[str, str]:
    """Gives the threshold for help of this law where it is reached; help never waits for a level."""
    if not reading.help_due:
        return "", ""
    words = language.content("worker", f"profile.{profile.id}.help", profile.help.text)
    return language.say("Offer help now."), f"{words} ({sourced(profile.help, language)})"


def _dimension(
    one: DimensionReading, meets: tuple[tuple[str, ...], ...], instrument: Instrument, language: Language
) -> DimensionRow:
    label = next((d.label for d in instrument.dimensions if d.name == one.name), one.name)
    if one.state == "met":
        note = language.say("{n} of {all} asked", n=one.answered, all=one.askable)
    elif one.answered == 0:
        note = language.say("nothing asked yet")
    elif meets:
        note = language.say_many("{n} more sign would meet it", "{n} more signs would meet it", len(meets[0]))
    else:
        note = language.say("{n} of {all} asked", n=one.answered, all=one.askable)
    return DimensionRow(
        label=language.content("worker", f"dimension.{one.name}.label", label),
        note=note,
        strong=one.firm.strong,
        medium=one.firm.medium,
        weak=one.firm.weak,
        open=one.askable - one.answered,
        result=one.state,
        result_word=wording.dimension_result(language, one.state),
    )


def _elements(reading: Reading, *, means_needed: bool, language: Language) -> tuple[tuple[str, bool], ...]:
    rows = []
    for name in ("act", "means", "purpose"):
        result = getattr(reading.elements, name)
        words = wording.labelled(language, wording.element(language, name), wording.element_result(language, result))
        if name == "means" and not means_needed:
            words = f"{words} ({language.say('not needed here')})"
        rows.append((words, result == "yes"))
    return tuple(rows)


def _readings(reading: Reading, instrument: Instrument, language: Language) -> tuple[str, ...]:
    found, say = reading.forced_labour, language.say
    if found is None:
        return ()
    state = {"yes": say("yes"), "possible": say("possible"), "no": say("no")}
    return (
        say(
            "ILO forced labour: {n} of {all} · involuntary {involuntary} · penalty {penalty}",
            n=len(found.present),
            all=len(instrument.ilo),
            involuntary=state[found.involuntary],
            penalty=state[found.penalty],
        ),
    )


def _finding(one: Finding, case: Case, instrument: Instrument, language: Language) -> FindingRow:
    question = next((id_ for id_ in one.because if id_ in instrument.question), "")
    sources = dict.fromkeys(given.source for id_ in one.because for given in case.answers.get(id_, ()) if given.known)
    return FindingRow(
        wording.sign(language, instrument, one.key),
        wording.strength(language, one.strength),
        ", ".join(wording.source(language, source) for source in sources),
        question,
    )


def _against(key: str, case: Case, instrument: Instrument, language: Language) -> FindingRow:
    question = _question(key, instrument, case)
    sources = dict.fromkeys(given.source for given in case.answers.get(question, ()) if given.firm)
    return FindingRow(
        wording.sign(language, instrument, key),
        language.say("answered no"),
        ", ".join(wording.source(language, source) for source in sources),
        question,
    )


def _question(sign: str, instrument: Instrument, case: Case) -> str:
    """Gives a question of this setting that can show a sign, an answered one first."""
    asking = [q.id for q in instrument.questions(case.setting) if any(one.sign == sign for one in q.shows)]
    return next((id_ for id_ in asking if case.answers.get(id_)), asking[0] if asking else "")


def _beside(assessment: Assessment, language: Language) -> tuple[str, ...]:
    lines = []
    if assessment.others:
        words = ", ".join(dict.fromkeys(wording.level_short(language, one.level) for one in assessment.others))
        lines.append(language.say("Read in other ways: {levels}", levels=words))
    if assessment.contradictions:
        number = len(assessment.contradictions)
        lines.append(
            language.say_many(
                "{n} sign has sources that differ; both are kept.",
                "{n} signs have sources that differ; both are kept.",
                number,
            )
        )
    return tuple(lines)


def _cards(instrument: Instrument, language: Language) -> tuple[str, ...]:
    return tuple(
        f"{language.content('worker', f'card.{card.id}.label', card.label)}. "
        f"{language.content('worker', f'card.{card.id}.validated', card.validated)} "
        f"[{wording.mark(language, card.mark)}]"
        for card in instrument.cards
    )
