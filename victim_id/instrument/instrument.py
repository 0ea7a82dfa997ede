"""The instrument as one value: everything that is asked and every table of the rules, looked up by id."""

from functools import cached_property

from victim_id.instrument.rules import SETS, Rules, Sheet, sheet
from victim_id.instrument.shapes import (
    Card,
    Dimension,
    Edition,
    Field,
    IloSign,
    Indicator,
    PersonText,
    Profile,
    Question,
    Recipient,
    Reporting,
    Section,
    SetName,
    Setting,
    Shows,
    UrgentSign,
    Variant,
)
from victim_id.record import Record


class Instrument(Record, kw_only=True, dict=True):
    """One numbered edition of the content; immutable, so that a case can for ever be read with what asked it."""

    edition: Edition
    fingerprint: str
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    ilo: tuple[IloSign, ...]
    urgent: tuple[UrgentSign, ...]
    sections: tuple[Section, ...]
    settings: tuple[Setting, ...]
    profiles: tuple[Profile, ...]
    recipients: tuple[Recipient, ...] = ()
    fields: tuple[Field, ...] = ()
    variants: tuple[Variant, ...] = ()
    texts: tuple[PersonText, ...] = ()
    cards: tuple[Card, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    retired: tuple[str, ...] = ()
    rules: Rules = Rules()

    @property
    def fours(self) -> str:
        """Gives the first 16 hex digits of the fingerprint in fours, as a person compares them."""
        return " ".join(self.fingerprint[start : start + 4] for start in range(0, 16, 4))

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        return {indicator.key: indicator for indicator in self.indicators}

    @cached_property
    def question(self) -> dict[str, Question]:
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section(self) -> dict[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def setting(self) -> dict[str, Setting]:
        return {setting.id: setting for setting in self.settings}

    @cached_property
    def profile(self) -> dict[str, Profile]:
        return {profile.id: profile for profile in self.profiles}

    @cached_property
    def urgent_sign(self) -> dict[str, UrgentSign]:
        return {sign.id: sign for sign in self.urgent}

    @cached_property
    def recipient(self) -> dict[str, Recipient]:
        return {recipient.id: recipient for recipient in self.recipients}

    @cached_property
    def field(self) -> dict[str, Field]:
        return {field.id: field for field in self.fields}

    @cached_property
    def variant(self) -> dict[str, Variant]:
        return {variant.id: variant for variant in self.variants}

    @cached_property
    def text(self) -> dict[str, PersonText]:
        return {text.id: text for text in self.texts}

    @cached_property
    def sheets(self) -> dict[SetName, Sheet]:
        """The four sets of indicators, laid out for counting."""
        return {name: sheet(name, self.indicators) for name in SETS}

    @cached_property
    def shown_by(self) -> dict[str, tuple[tuple[Question, Shows], ...]]:
        """Every sign with the questions that can show it, in the order of the content."""
        found: dict[str, tuple[tuple[Question, Shows], ...]] = {}
        for question in self.question.values():
            for shows in question.shows:
                found[shows.sign] = (*found.get(shows.sign, ()), (question, shows))
        return found

    @cached_property
    def asked_in(self) -> dict[str, frozenset[str]]:
        """Every setting with the ids of its questions."""
        return {id_: frozenset(question.id for question in self.questions(id_)) for id_ in self.setting}

    def questions(self, setting: str) -> tuple[Question, ...]:
        """Gives the questions of a setting in the order in which they are asked."""
        chosen = self.setting[setting]
        return tuple(
            question
            for section in chosen.sections
            for question in self.section[section].questions
            if question.id not in chosen.leaves_out
        )
