"""A small edition of the content, readable in the test that uses it."""

from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import read

FILES = {
    "edition.toml": """
[edition]
id = "small"
number = "2026.1"
made = "2026-11-21"
""",
    "indicators.toml": """
[[dimension]]
name = "exploitation"
label = "Exploitation"

[[dimension]]
name = "abuse_of_vulnerability_recruitment"
label = "Abuse of vulnerability, recruitment"

[[indicator]]
key = "ex_hours"
dimension = "exploitation"
phrase = "excessive days or hours"
sign = "Very long hours or days"
strength = { AL = "strong" }
verified = { AL = "second_hand_disputed" }

[[indicator]]
key = "rv_economic"
dimension = "abuse_of_vulnerability_recruitment"
phrase = "economic hardship"
sign = "Somebody used a lack of money"
strength = { AL = "medium" }
verified = { AL = "second_hand" }
""",
    "sections.toml": """
[[section]]
id = "work"
label = "Work and pay"
private = false

[[section.question]]
id = "work.hours"
kind = "number"
worker = "Hours on a normal day"
person = "How many hours do you work in a day?"
why = "Very long days are a sign."
unit = "hours"
least = 0
most = 24
shows = [{ sign = "ex_hours", when = { at_least = 14 } }]

[[section]]
id = "control"
label = "Control"

[[section.question]]
id = "control.money"
worker = "Was money short before"
person = "Was money short at home before you came?"
why = "Somebody may have used it."

[[section.question]]
id = "control.used"
worker = "Did somebody use that"
person = "Did someone use this to make you say yes?"
why = "Only what somebody used counts."
abuse = true
asked_when = { question = "control.money", is = "yes" }
shows = [{ sign = "rv_economic", when = { is = "yes" } }]

[[setting]]
id = "workplace"
label = "Workplace inspection"
note = "observe first, then talk"
sections = ["work", "control"]
""",
}


def small(**changed: str) -> Instrument:
    """Reads the small edition, with files added or replaced (`sections=…` is sections.toml)."""
    return read(
        {
            name: text.encode()
            for name, text in (FILES | {f"{name}.toml": text for name, text in changed.items()}).items()
        }
    )


def changed(file: str, before: str, after: str) -> Instrument:
    """Reads the small edition with one piece of text replaced."""
    assert before in FILES[f"{file}.toml"]
    return small(**{file: FILES[f"{file}.toml"].replace(before, after, 1)})
