"""The directory and its papers: contacts of a country with own corrections, where harm is reported, what may be printed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from victim_id import wording
from victim_id.casework.directory import Contact, Corrected, contacts
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Profile, Reporting, Statement
from victim_id.language import Language
from victim_id.language import language as language_of
from victim_id.ui.bench import Bench, find_languages
from victim_id.ui.pages.contacts import ContactRow, ContactsPage, HarmRow, StatementRow
from victim_id.ui.printing import Paper

if TYPE_CHECKING:
    from victim_id.workspace import Workspace


class Contacting(QObject):
    """Connects the contacts page with the vault's corrections. Emits `paper` with something to print."""

    paper = Signal(object)
    left = Signal()

    def __init__(self, bench: Bench, renewed: Callable[[Instrument], None]) -> None:
        """`renewed` takes the content as it is shown after a correction."""
        super().__init__()
        self._bench, self._say, self._renewed = bench, bench.language.say, renewed
        self._country = bench.preferences.profile

    def page(self) -> ContactsPage:
        """Builds the page."""
        bench, content = self._bench, self._bench.language.content
        with_contacts = {one.country for one in bench.instrument.recipients}
        countries = [
            (one.id, content("worker", f"profile.{one.id}.label", one.label))
            for one in bench.instrument.profiles
            if one.id in with_contacts
        ]
        settings = [
            (one.id, content("worker", f"setting.{one.id}.label", one.label)) for one in bench.instrument.settings
        ]
        if self._country not in with_contacts:
            self._country = countries[0][0]
        page = ContactsPage(bench.language, countries, find_languages(bench.language), settings)
        page.country.connect(self._turn)
        page.corrected.connect(self.correct)
        page.rights.connect(self._rights)
        page.quick_card.connect(self._quick_card)
        page.left.connect(self.left)
        return page

    def show(self) -> None:
        """Shows the directory."""
        page = self._bench.shell.show_page("contacts")
        assert isinstance(page, ContactsPage)  # built above
        country = self._country

        def tell(corrections: dict[str, Corrected]) -> None:
            page.tell(country, *directory(self._bench.instrument, country, corrections, self._bench.language))

        self._bench.ask.read(lambda space: space.content.corrections(), tell, self._bench.failed, page)

    def correct(self, recipient: str, phone: str, email: str, site: str, note: str) -> None:
        """Keeps a correction of one contact; what is as the content says is no correction."""
        shown = self._bench.instrument.recipient[recipient]

        def deed(space: "Workspace") -> Instrument:
            known = space.content.corrections().get(recipient, Corrected())
            told = {
                name: value if value != getattr(shown, name) else getattr(known, name)
                for name, value in (("phone", phone), ("email", email), ("site", site))
            }
            return space.content.correct(recipient, Corrected(**told, note=note))

        self._bench.ask.change(deed, self._corrected, self._bench.failed, self)

    def _corrected(self, instrument: Instrument) -> None:
        self._renewed(instrument)
        self.show()
        self._bench.shell.say(self._say("Corrected for this vault."))

    def _turn(self, country: str) -> None:
        self._country = country
        self.show()

    def _rights(self, tag: str) -> None:
        instrument, person = self._bench.instrument, language_of(tag)

        def make(space: "Workspace") -> bytes:
            from victim_id.referral.rights import rights  # noqa: PLC0415  few ever print

            return rights(instrument, person, space.post.faces())

        self.paper.emit(Paper(f"{self._say('Sheet for the person')} · {person.autonym}", "1", make))

    def _quick_card(self, setting: str) -> None:
        instrument, language = self._bench.instrument, self._bench.language

        def make(space: "Workspace") -> bytes:
            from victim_id.referral.sheets import quick_card  # noqa: PLC0415  as above

            return quick_card(instrument, setting, language, space.post.faces())

        self.paper.emit(Paper(self._say("Quick screen as a card without names"), "2", make))


def directory(
    instrument: Instrument, country: str, corrections: dict[str, Corrected], language: Language
) -> tuple[list[ContactRow], list[HarmRow], list[StatementRow]]:
    """Gives the directory of a country as its page shows it."""
    rows = [_contact(one, language) for one in contacts(instrument, country, corrections)]
    harms = [_harm(one, country, language) for one in instrument.reporting]
    return rows, harms, law(instrument.profile[country], language)


def law(profile: Profile, language: Language) -> list[StatementRow]:
    """Gives what the law of a profile says on help, on not being punished, and on the means, each with its mark."""
    say = language.say
    titles = (
        ("help", say("When to offer help")),
        ("non_punishment", say("No punishment for what they were made to do")),
        ("means", say("The means")),
    )
    return [
        StatementRow(
            title,
            language.content("worker", f"profile.{profile.id}.{name}", getattr(profile, name).text),
            sourced(getattr(profile, name), language),
        )
        for name, title in titles
    ]


def sourced(statement: Statement, language: Language) -> str:
    """Gives source, day and mark of a statement."""
    cited = [wording.cited(language, part) for part in (statement.source, statement.as_of)]
    return " · ".join(part for part in (*cited, wording.mark(language, statement.mark)) if part)


def _contact(contact: Contact, language: Language) -> ContactRow:
    one, known, say = contact.recipient, contact.corrected, language.say
    phones = [contact.phone, *(() if known and known.phone else one.other_phones)]
    reach = " · ".join(part for part in (contact.email, contact.site) if part)
    tongues = ", ".join(language.language_name(tag) for tag in one.languages)
    lines = [reach, say("Speaks {languages}", languages=tongues) if tongues else "", known.note if known else ""]
    return ContactRow(
        id=one.id,
        label=language.content("worker", f"recipient.{one.id}.label", one.label),
        role=language.content("worker", f"recipient.{one.id}.role", one.role),
        purpose=purpose(one.purpose, language),
        phones=tuple(phone for phone in phones if phone),
        lines=tuple(line for line in lines if line),
        source=sourced(one.contact, language),
        mark=say("to verify") if one.contact.mark in {"V", "G"} else "",
        corrected=say("corrected here on {day}", day=language.date(known.at)) if known else "",
        phone=contact.phone,
        email=contact.email,
        site=contact.site,
        note=known.note if known else "",
        urgent=one.purpose == "emergency",
    )


def purpose(name: str, language: Language) -> str:
    """Gives what a recipient is for."""
    say = language.say
    return {
        "advice": say("advice, no names, now"),
        "assistance": say("helps and shelters"),
        "official_notice": say("investigates"),
        "registration": say("registers"),
        "child_protection": say("protects children"),
        "cross_border": say("care across the border"),
        "emergency": say("danger now"),
    }[name]


def _harm(one: Reporting, country: str, language: Language) -> HarmRow:
    content = language.content
    routes = [
        (
            content("worker", f"reporting.{one.id}.route.{number}.label", route.label),
            route.phone or route.site,
            f"{content('worker', f'reporting.{one.id}.route.{number}.says', route.says.text)} ({sourced(route.says, language)})",
        )
        for number, route in enumerate(one.routes, 1)
        if route.country == country
    ]
    return HarmRow(
        content("worker", f"reporting.{one.id}.label", one.label),
        tuple(
            content("worker", f"reporting.{one.id}.write_down.{number}", line)
            for number, line in enumerate(one.write_down, 1)
        ),
        content("worker", f"reporting.{one.id}.never", one.never),
        tuple(routes),
    )
