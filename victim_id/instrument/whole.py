"""What an edition needs so that the program can work with it: checked of a whole edition, never of a part."""

from collections.abc import Iterator

from victim_id.errors import Problem
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.rules import SETS
from victim_id.instrument.shapes import DIMENSIONS, GATES

TEXTS = (
    *(
        f"show.{name}"
        for name in ("yes", "no", "unknown", "declined", "stop", "not_alone", "give_back", "back", "stopped")
    ),
    "cover.start",
)
"""Texts that the program shows by their id."""

FAMILIES = ("talk.", "rights.", "safety.", "calm.", "cover.")
"""Texts of which it shows all there are."""

PURPOSES = ("advice", "assistance", "official_notice", "child_protection", "emergency")
"""What a country's directory must lead to; emergency and children come first."""


def lacking(instrument: Instrument) -> list[Problem]:
    """Gives what an edition lacks, as problems."""
    return [*_tables(instrument), *_texts(instrument), *_settings(instrument), *_directory(instrument)]


def _tables(instrument: Instrument) -> Iterator[Problem]:
    for kind in ("settings", "profiles", "variants", "fields", "cards", "reporting"):
        if not getattr(instrument, kind):
            yield Problem("edition", f"has no {kind}", "please add them")
    named = {dimension.name for dimension in instrument.dimensions}
    for name in DIMENSIONS:
        if name not in named:
            yield Problem(f"dimension {name}", "has no label", "please add it")
        for set_ in SETS:
            if not any(one.dimension == name and set_ in one.strength for one in instrument.indicators):
                yield Problem(f"dimension {name}", f"has no indicator in the set {set_}", "please complete the set")


def _texts(instrument: Instrument) -> Iterator[Problem]:
    for name in TEXTS:
        if name not in instrument.text:
            yield Problem(f"text {name}", "is missing, and the program shows it", "please write it in texts.toml")
    for family in FAMILIES:
        if not any(name.startswith(family) for name in instrument.text):
            yield Problem(f"text {family}", "has none of its kind", "please write one in texts.toml")


def _settings(instrument: Instrument) -> Iterator[Problem]:
    gates = [f"gate.{name}" for name in GATES]
    for setting in instrument.settings:
        where, asked = f"setting {setting.id}", instrument.questions(setting.id)
        shown = {shows.sign for question in asked for shows in question.shows}
        for sign in (*gates, "act", *([] if setting.too_early else ["someone_else"])):
            if sign not in shown:
                yield Problem(where, f"asks nothing that shows {sign}", "please add a question, or a closing one")
        if not any(shows.startswith("urgent.") for shows in shown):
            yield Problem(where, "asks about no danger", "please begin with the section on safety")
        quick = [question for question in asked if setting.id in question.quick]
        for of_whom, found in (
            ("question to the person", any(question.of == "person" for question in quick)),
            ("observation", any(question.of != "person" for question in quick)),
        ):
            if not found:
                yield Problem(where, f"has no {of_whom} in its quick screen", f'please write quick = ["{setting.id}"]')


def _directory(instrument: Instrument) -> Iterator[Problem]:
    for country in sorted({recipient.country for recipient in instrument.recipients}):
        led_to = {recipient.purpose for recipient in instrument.recipients if recipient.country == country}
        for purpose in PURPOSES:
            if purpose not in led_to:
                yield Problem(f"profile {country}", f"leads nobody to {purpose}", "please add a recipient")
    for harm in instrument.reporting:
        for country in sorted({recipient.country for recipient in instrument.recipients}):
            if country not in {route.country for route in harm.routes}:
                yield Problem(f"reporting {harm.id}", f"has no route in {country}", "please add one, if only to verify")
