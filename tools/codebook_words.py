"""The codebook's words for what the content says in symbols: marks, states, conditions and signs."""

from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Condition, Statement

MARKS = {
    "R": "read in the source",
    "R2": "read second-hand",
    "G": "general knowledge, not checked",
    "V": "to verify",
    "P": "our own proposal",
}
STATES = {
    "second_hand": "second-hand, from a public transcription",
    "second_hand_disputed": "second-hand, and its traces differ",
    "anchored": "anchored by a remark in the transcription",
    "recollection": "recollection, not verified",
    "placeholder": "placeholder, filled from the labour list",
}
LEVELS = {
    "strong": "strong indications",
    "indications": "indications",
    "open": "open, still to be asked",
    "exploitation": "exploitation; means answered no",
    "few": "few indications on what was asked",
}
KINDS = {
    "yes_no": "yes or no",
    "number": "a number",
    "choice": "one of the answers below",
    "several": "one or more of the answers below",
    "text": "own words",
}
OF = {"person": "asked of the person", "observation": "seen by the worker", "document": "read in a paper"}


def in_words(condition: Condition, own: str, instrument: Instrument) -> str:
    """Gives a condition as part of a sentence."""
    for parts, word in ((condition.all, " and "), (condition.any, " or ")):
        if parts:
            said = [in_words(part, own, instrument) for part in parts]
            return word.join(f"({one})" if part.all or part.any else one for one, part in zip(said, parts, strict=True))
    asked = instrument.question[condition.question or own]
    subject = "the answer" if asked.id == own else f"the answer to {asked.id}"
    if condition.has:
        label = next((choice.label for choice in asked.choices if choice.id == condition.has), condition.has)
        return f"{subject} is “{label}”" if asked.kind == "choice" else f"{subject} includes “{label}”"
    if condition.is_:
        return f"{subject} is {condition.is_}"
    bounds = [
        f"{bound} or {word}"
        for bound, word in ((condition.at_least, "more"), (condition.at_most, "less"))
        if bound is not None
    ]
    return f"{subject} is {' and '.join(bounds)}"


def sign_in_words(sign: str, instrument: Instrument) -> str:
    """Gives what a sign means, with its id."""
    kind, _, name = sign.partition(".")
    if sign in instrument.indicator:
        return f"{sign}: {instrument.indicator[sign].sign}"
    if kind == "urgent":
        return f"{sign}: act now, {instrument.urgent_sign[name].label}"
    if kind == "gate":
        labels = [gate.label for profile in instrument.profiles for gate in profile.gates if gate.name == name]
        return f"{sign}: purpose of exploitation, {labels[0] if labels else name}"
    return {
        "act": "act: somebody recruited, moved or kept the person",
        "someone_else": "someone_else: somebody else profits",
        "was_child": "was_child: the person was a child when it happened",
    }[sign]


def in_full(statement: Statement) -> str:
    """Gives a statement with its mark, source and date."""
    date = f", as of {statement.as_of}" if statement.as_of else ""
    return f"{statement.text}\n[{statement.mark}] {statement.source}{date}"
