"""Findings, levels and elements as sentences in a language: one text for screen, paper and command.

Everything here takes a Language and facts, and gives plain text. No sentence calls a number a chance, and none says
that somebody is not a victim.
"""

from collections.abc import Sequence
from functools import reduce

import msgspec

from victim_id.assessment.reading import Reading
from victim_id.instrument.answers import Answer
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Profile
from victim_id.instrument.texts import CITED
from victim_id.instrument.training import TrainingCase
from victim_id.language import Language


def labelled(language: Language, label: str, value: str) -> str:
    """Gives a value after its label; how far the colon stands off is the language's."""
    return language.say("{label}: {value}", label=label, value=value)


def listed(language: Language, texts: Sequence[str]) -> str:
    """Gives texts in one line, apart by a semicolon as the language sets it; nothing for none."""
    return reduce(lambda before, after: language.say("{before}; {after}", before=before, after=after), texts or ("",))


def level(language: Language, name: str) -> str:
    """Gives a level in words; `few` and `exploitation` stay on the screen and never go on paper."""
    say = language.say
    return {
        "strong": say("Strong indications of trafficking"),
        "indications": say("Indications of trafficking"),
        "open": say("Open – still to be asked"),
        "exploitation": say("Exploitation; means answered no"),
        "few": say("Few indications on what was asked"),
    }[name]


def level_short(language: Language, name: str) -> str:
    """Gives a level in a word or three, for lists; without a level the worker's own view comes first."""
    say = language.say
    return {
        "strong": say("Strong indications"),
        "indications": say("Indications"),
        "open": say("Open"),
        "exploitation": say("Exploitation"),
        "few": say("Few, on what was asked"),
        "quick": say("Quick screen"),
    }.get(name, say("own view first"))


def asks(language: Language, name: str, *, dignity: bool = False, child: bool = False, too_early: bool = False) -> str:
    """Gives what a level asks of the worker."""
    say = language.say
    if too_early and name == "open":
        return say("Too early to see. Leave a contact and meet again; ask the decisive questions then.")
    if name == "indications" and dignity:
        return say("Weigh this as work contrary to human dignity. Consult the centre or the labour auditor.")
    if name == "open" and child:
        return say("Ask the adults you trust, look again, and call the child's guardian service when in doubt.")
    return {
        "strong": say("Offer referral now."),
        "indications": say("Offer referral; consult the centre."),
        "open": say("Ask the decisive questions and plan a second talk. Nothing left to ask: consult."),
        "exploitation": say("Give labour rights and other help, and keep trafficking in mind."),
        "few": say("Give information and a contact card. This does not exclude trafficking."),
    }[name]


def not_a_chance(language: Language) -> str:
    """Gives the words that always stand beside the score."""
    return language.say("Not a probability.")


def decides(language: Language) -> str:
    """Gives the sentence that a person decides."""
    return language.say("This supports your judgement; it is not a decision.")


def dimension_result(language: Language, result: str) -> str:
    """Gives what became of a dimension."""
    say = language.say
    return {"met": say("Met"), "open": say("Still open"), "not_met": say("Not met on what was asked")}[result]


def element(language: Language, name: str) -> str:
    """Gives the name of an element of the definition."""
    say = language.say
    return {"act": say("Act"), "means": say("Means"), "purpose": say("Purpose")}[name]


def element_result(language: Language, result: str) -> str:
    """Gives whether an element is supported."""
    say = language.say
    return {"yes": say("supported"), "open": say("possible"), "no": say("not on what was asked")}[result]


def strength(language: Language, name: str) -> str:
    """Gives a strength in words."""
    say = language.say
    return {"strong": say("strong"), "medium": say("medium"), "weak": say("weak")}[name]


def verified(language: Language, state: str) -> str:
    """Gives how far the strength of an indicator was verified."""
    say = language.say
    return {
        "second_hand": say("strength known second-hand"),
        "second_hand_disputed": say("strength known second-hand, disputed"),
        "anchored": say("strength not verified, one remark supports it"),
        "recollection": say("strength not verified, general knowledge"),
        "placeholder": say("strength not verified, placeholder"),
    }[state]


def mark(language: Language, name: str) -> str:
    """Gives how far a statement was verified."""
    say = language.say
    return {
        "R": say("read in the source"),
        "R2": say("read second-hand"),
        "G": say("general knowledge, not checked"),
        "V": say("to verify"),
        "P": say("this project's own proposal"),
    }[name]


def cited(language: Language, english: str) -> str:
    """Gives the source or the date of a statement of the content; addresses and names stay as they are."""
    return language.content("worker", CITED, english)


def source(language: Language, name: str) -> str:
    """Gives how something is known."""
    say = language.say
    return {
        "said": say("said by the person"),
        "observed": say("observed"),
        "document": say("document"),
        "third_party": say("reported by someone else"),
    }[name]


def view(language: Language, name: str) -> str:
    """Gives the worker's own view in words."""
    say = language.say
    return {
        "no_concern": say("No concern"),
        "unsure": say("Unsure"),
        "presumed_victim": say("Presumed victim"),
    }[name]


def outcome(language: Language, name: str) -> str:
    """Gives how a case ended, as far as it decides how long it is kept."""
    say = language.say
    return {
        "unfounded": say("closed, no concern"),
        "refused": say("closed, consent refused"),
        "open": say("open, not gone on with"),
        "referred": say("referred"),
        "closed": say("closed"),
    }[name]


def age(language: Language, name: str) -> str:
    """Gives the age route in words; not certain goes with the child."""
    say = language.say
    return {"adult": say("adult"), "child": say("child"), "unsure": say("age not certain")}[name]


def answer(language: Language, instrument: Instrument, given: Answer) -> str:
    """Gives what was answered in words, without the person's own words."""
    say = language.say
    if given.value != "given":
        return {
            "yes": say("Yes"),
            "no": say("No"),
            "unknown": say("Not known"),
            "declined": say("Won't say"),
            "not_applicable": say("Does not apply"),
        }[given.value]
    question = instrument.question[given.question]
    if given.number is not None:
        unit = language.content("worker", f"{question.id}.unit", question.unit)
        return f"{given.number} {unit}".strip()
    labels = {
        choice.id: language.content("worker", f"{question.id}.{choice.id}.label", choice.label)
        for choice in question.choices
    }
    return ", ".join(labels[chosen] for chosen in given.chosen) or say("own words")


def urgent(language: Language, instrument: Instrument, name: str) -> str:
    """Gives the short label of an urgent sign."""
    return language.content("worker", f"urgent.{name}.label", instrument.urgent_sign[name].label)


def in_force(language: Language, profile: Profile, reading: Reading, day: str) -> list[str]:
    """Gives for each purpose that was found since when this law counts it, or that it does not on a day (YYYY-MM-DD)."""
    say, laws, lines = language.say, {gate.name: gate for gate in profile.gates}, []
    for found in (gate for gate in reading.gates if gate.state == "yes" and gate.name in laws):
        gate = laws[found.name]
        purpose = language.content("worker", f"profile.{profile.id}.gate.{gate.name}", gate.label)
        if not gate.in_force(day):
            line = say("{purpose}: not in force on {day}, so it does not count here", purpose=purpose, day=day)
        elif found.counts and gate.in_force_from:
            line = say(
                "{purpose}: counts since {day}; what ended before is judged by the law of that time",
                purpose=purpose,
                day=gate.in_force_from,
            )
        else:
            continue
        lines.append(f"{line} ({gate.article}) [{mark(language, gate.mark)}]")
    return lines


def doubts(language: Language, reading: Reading) -> dict[str, str]:
    """Gives the urgent signs that are not firm, each with why."""
    say = language.say
    reported = dict.fromkeys(reading.urgent_reported, say("reported by somebody else only"))
    return {**dict.fromkeys(reading.urgent_differs, say("sources differ")), **reported}


def sign(language: Language, instrument: Instrument, target: str) -> str:
    """Gives a sign of the instrument in words: an indicator, an urgent sign, a gate, the act, someone else, or the age then."""
    say = language.say
    if target in instrument.indicator:
        return language.content("worker", f"indicator.{target}.sign", instrument.indicator[target].sign)
    name = target.removeprefix("urgent.").removesuffix(".past")
    if name in instrument.urgent_sign:
        return urgent(language, instrument, name)
    return {
        "act": say("recruited, moved, housed, received or handed over"),
        "someone_else": say("someone else organises the work or profits from it"),
        "was_child": say("was under 18 at some time of it"),
        "gate.sexual": say("another person decides on sexual services or takes the money"),
        "gate.organs": say("organs taken, or to be taken"),
        "gate.forced_marriage": say("forced marriage"),
        "gate.illegal_adoption": say("illegal adoption"),
        "gate.surrogacy": say("carrying a child for others under pressure"),
        "gate.begging": say("begging for another person"),
        "gate.crime": say("made to commit offences for another person"),
        "gate.servitude": say("kept as a servant in a household"),
        "gate.intended": say("exploitation arranged but not yet begun"),
    }[target]


def training_case(language: Language, case: TrainingCase) -> TrainingCase:
    """Gives a training case with its title, story and reason, and the words it answers with, as a trainee reads them."""

    def said(what: str, english: str) -> str:
        return language.content("worker", f"training.{case.id}.{what}", english)

    answers = tuple(msgspec.structs.replace(told, words=said(told.question, told.words)) for told in case.answers)
    lines = {name: said(name, getattr(case, name)) for name in ("title", "story", "why")}
    return msgspec.structs.replace(case, answers=answers, **lines)
