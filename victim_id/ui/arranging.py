"""The preferences: how the program looks and works, whose cards are known, and the own card for others."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from victim_id import wording
from victim_id.casework.arrangement import Preferences
from victim_id.instrument.instrument import Instrument
from victim_id.outside import read_outside
from victim_id.referral.cards import MOST
from victim_id.ui.bench import Bench, autonyms, kinds_of_organisation
from victim_id.ui.pages.care_cards import OUTCOMES
from victim_id.ui.pages.organisation import OrganisationShown
from victim_id.ui.pages.preferences import ContentFacts, KnownRecipient, PreferencesPage, Wishes
from victim_id.vault.folder import write

if TYPE_CHECKING:
    from victim_id.workspace import Workspace


class Arranged(Protocol):
    """Whoever takes over changed preferences, and leaves the vault for practice."""

    def arrange(self, preferences: Preferences) -> None: ...

    def lock_and_practise(self) -> None: ...


class Arranging(QObject):
    """Connects the preferences page with the workspace. Emits `place` for another page of the preferences."""

    place = Signal(str)
    left = Signal()

    def __init__(self, bench: Bench, over: Arranged, renewed: Callable[[Instrument], None]) -> None:
        """`renewed` takes the content as it binds the organisation after a change."""
        super().__init__()
        self._bench, self._over, self._renewed, self._say = bench, over, renewed, bench.language.say

    def show(self) -> None:
        """Shows the preferences with what is known now."""
        page = self._bench.shell.show_page("preferences")
        assert isinstance(page, PreferencesPage)  # built below

        def read(space: "Workspace") -> tuple[list[KnownRecipient], str, OrganisationShown]:
            from victim_id.post import spoken  # noqa: PLC0415  with the keys

            cards, compared = space.post.recipients(), space.post.compared()
            labels = self._bench.instrument.recipient
            rows = [
                KnownRecipient(id_, labels[id_].label if id_ in labels else id_, spoken(card), compared=id_ in compared)
                for id_, card in cards.items()
            ]
            return rows, spoken(space.post.card), self._organisation(space)

        def show(found: tuple[list[KnownRecipient], str, OrganisationShown]) -> None:
            page.show_recipients(*found[:2])
            page.show_organisation(found[2])

        self._bench.ask.read(read, show, self._bench.failed, page)

    def _organisation(self, space: "Workspace") -> OrganisationShown:
        """Gives what is known of the organisation's file, in the worker's words."""
        file = space.organisation
        trouble, found = str(file.trouble or ""), file.wanted or file.in_force
        if found is None:
            return OrganisationShown(trouble=trouble)
        language, say, say_many = self._bench.language, self._say, self._bench.language.say_many
        kinds = dict(kinds_of_organisation(space.instrument, language))
        profile = space.instrument.profile.get(found.profile)
        told = (
            (say("Your organisation"), found.name),
            (say("Kind of organisation"), kinds.get(found.kind, found.kind)),
            (say("Data protection law"), found.regime),
            (say("Country you work in"), language.content("worker", f"profile.{profile.id}.label", profile.label) if profile else ""),
            (say("Lock after"), say_many("{n} minute at most", "{n} minutes at most", found.idle_minutes) if found.idle_minutes else ""),
            (say("A backup is due"), say_many("after {n} day", "after {n} days", found.backup_days) if found.backup_days else ""),
            *((say(OUTCOMES[name]), say_many("{n} day", "{n} days", days) if days else say("at once")) for name, days in found.retention.items()),
            (say("Content"), say_many("only editions of {n} key", "only editions of {n} keys", len(found.edition_keys)) if found.edition_keys else ""),
        )  # fmt: skip
        lines = tuple(wording.labelled(language, label, words) for label, words in told if words)
        if file.wanted is not None:
            return OrganisationShown(lines, found.digits, wanted=True, trouble=trouble)
        return OrganisationShown(
            lines, found.digits, fixed=frozenset(found.preferences), most_idle=found.idle_minutes, trouble=trouble
        )

    def _accept(self) -> None:
        """Lets the organisation's file hold; what it sets is there at once."""

        def deed(space: "Workspace") -> "tuple[Instrument, Preferences]":
            space.accept_organisation()
            return space.instrument, space.preferences

        def accepted(found: "tuple[Instrument, Preferences]") -> None:
            self._renewed(found[0])
            self._bench.shell.forget("preferences")
            self._over.arrange(found[1])
            self.show()

        self._bench.ask.change(deed, accepted, self._bench.failed, self)

    def _compared(self, recipient: str) -> None:
        bench = self._bench
        bench.ask.change(lambda space: space.post.compare(recipient), lambda _: self.show(), bench.failed, self)

    def page(self) -> PreferencesPage:
        bench, known = self._bench, self._bench.preferences
        language = bench.language
        wishes = Wishes(
            known.language,
            known.profile,
            known.organisation,
            known.role,
            known.theme,
            known.text_scale,
            known.idle_minutes,
            known.organisation_type,
            known.regime,
            known.phone,
            known.email,
        )
        countries = tuple(
            (one.id, language.content("worker", f"profile.{one.id}.label", one.label))
            for one in bench.instrument.profiles
        )
        recipients = [
            (one.id, language.content("worker", f"recipient.{one.id}.label", one.label))
            for one in bench.instrument.recipients
            if one.variant and one.country == known.profile and one.purpose not in {"advice", "emergency"}
        ]
        page = PreferencesPage(
            language, wishes, autonyms(), countries, recipients, kinds_of_organisation(bench.instrument, language)
        )
        edition = bench.instrument.edition
        page.show_content(ContentFacts(edition.number, bench.instrument.fours, edition.adopted_by, edition.made))
        page.changed.connect(self._arrange)
        page.card_wanted.connect(self._ask_card)
        page.own_card.connect(self._save_card)
        page.place.connect(self.place)
        page.compared.connect(self._compared)
        page.accepted.connect(self._accept)
        page.left.connect(self.left)
        return page

    def _arrange(self, wishes: Wishes) -> None:
        preferences = msgspec.structs.replace(
            self._bench.preferences,
            language=wishes.language,
            profile=wishes.country,
            organisation=wishes.organisation,
            role=wishes.role,
            theme=wishes.theme,
            text_scale=wishes.text_scale,
            idle_minutes=wishes.idle_minutes,
            organisation_type=wishes.organisation_type,
            regime=wishes.regime,
            phone=wishes.phone,
            email=wishes.email,
        )

        def keep(space: "Workspace") -> Instrument:
            space.set_preferences(preferences)
            return space.instrument

        def kept(instrument: Instrument) -> None:
            self._renewed(instrument)
            self._over.arrange(preferences)

        self._bench.ask.change(keep, kept, self._bench.failed, self)

    def _ask_card(self, recipient: str) -> None:
        title, kinds = self._say("The recipient’s card"), self._say("Cards (*.card)")
        self._bench.chooser.files(title, kinds, lambda files: self.learn(recipient, files[0]))

    def learn(self, recipient: str, file: Path) -> None:
        """Takes over the card of a recipient out of a file."""

        def read(space: "Workspace") -> None:
            space.post.learn_recipient(recipient, read_outside(file, MOST))

        self._bench.ask.change(read, lambda _: self.show(), self._bench.failed, self)

    def _save_card(self) -> None:
        title = self._say("Save my card")
        self._bench.chooser.save(title, "victim-id.card", self.save_card)

    def save_card(self, file: Path) -> None:
        """Writes the own card for others."""
        self._bench.ask.change(
            lambda space: write(file, space.post.card_file()),
            lambda _: self._bench.shell.say(self._say("Your card is saved.")),
            self._bench.failed,
            self,
        )
