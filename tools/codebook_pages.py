"""What the codebook says, in its order: plain text in headings, paragraphs, lists and tables; no markup, no disk."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tools.codebook_words import KINDS, LEVELS, MARKS, OF, STATES, in_full, in_words, sign_in_words
from victim_id.instrument.conditions import leaves
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.references import conditions_of
from victim_id.instrument.rules import SETS
from victim_id.instrument.shapes import Profile, Question, Recipient, Shows
from victim_id.instrument.training import TrainingCase


class Heading(NamedTuple):
    """A heading; `anchor` is the id by which other pages name it."""

    text: str
    level: int = 2
    anchor: str = ""


class Paragraph(NamedTuple):
    text: str


class Points(NamedTuple):
    texts: list[str]


class Facts(NamedTuple):
    """Lines of a label and what belongs to it."""

    rows: list[tuple[str, str]]


class Table(NamedTuple):
    """A table whose first column names its row; `anchored` when that name is an id others link to."""

    caption: str
    headers: Sequence[str]
    rows: Sequence[tuple[str, ...]]
    widths: Sequence[float]
    anchored: bool = False


Page: TypeAlias = Heading | Paragraph | Points | Facts | Table


def pages(instrument: Instrument, cases: Sequence[TrainingCase]) -> Iterator[Page]:
    """Gives the whole codebook of an edition with its training cases."""
    yield from _opening(instrument)
    yield from _settings(instrument)
    yield from _feeds(instrument)
    for section in instrument.sections:
        yield Heading(f"Section: {section.label}", anchor=section.id)
        private = "Private: opened only when the person is alone." if section.private else "Not private."
        yield Paragraph(" ".join(filter(None, (section.note, private))))
        for question in section.questions:
            yield Heading(question.id, 3, question.id)
            yield Facts(list(_question(instrument, question)))
    yield from _indicators(instrument)
    yield from _urgent(instrument)
    yield Heading("Law")
    for profile in instrument.profiles:
        yield from _profile(profile)
    yield from _recipients(instrument)
    yield from _reporting(instrument)
    yield from _texts(instrument)
    yield from _fields(instrument)
    yield from _cards(instrument)
    yield from _cases(cases)


def _opening(instrument: Instrument) -> Iterator[Page]:
    edition = instrument.edition
    yield Heading(f"Codebook, edition {edition.number}", 1)
    yield Paragraph(
        "Everything that this edition asks, what each answer shows, and where each rule comes from. It is made from the "
        "content itself and from nothing else. Signs are reasons to look closer and to offer help. They never prove that "
        "somebody is a victim, and their absence never proves that somebody is not."
    )
    prints = " ".join(instrument.fingerprint[at : at + 4] for at in range(0, 16, 4))
    yield Facts(
        [
            ("Edition", f"{edition.id} {edition.number}, made {edition.made}"),
            ("Fingerprint", prints),
            ("Adopted by", edition.adopted_by or "nobody yet"),
            ("Holds", f"{len(instrument.question)} questions, {len(instrument.indicators)} indicators, {len(instrument.settings)} settings, {len(instrument.profiles)} legal profiles"),
        ]
    )  # fmt: skip
    yield Heading("How to read the marks")
    yield Points([f"[{mark}] {words}" for mark, words in MARKS.items()])
    yield Paragraph(
        "The four sets of indicators are AL (adults, labour), CL (children, labour), AS (adults, sexual) and CS (children, "
        "sexual). No cell was checked against the published leaflet. The sets AS and CS are not verified, and must not be "
        "called strengths of the ILO."
    )
    yield Heading("The numbers of the rules")
    rules = instrument.rules
    yield Facts(
        [
            ("Weights", f"strong {rules.weights[0]}, medium {rules.weights[1]}, weak {rules.weights[2]}, out of {rules.whole}"),
            ("Thresholds", f"indications from {rules.indications}, strong from {rules.strong}; few when {rules.few_percent} of 100 are firmly answered no"),
        ]
    )  # fmt: skip
    yield Points([in_full(note) for note in rules.notes])


def _settings(instrument: Instrument) -> Iterator[Page]:
    yield Heading("Where it is asked")
    for setting in instrument.settings:
        quick = [question.id for question in instrument.question.values() if setting.id in question.quick]
        yield Heading(setting.label, 3)
        yield Facts(
            [
                ("Note", setting.note or "none"),
                ("Sections", ", ".join(instrument.section[name].label for name in setting.sections)),
                ("Quick screen", ", ".join(quick) or "none"),
                ("Left out", ", ".join(setting.leaves_out) or "nothing"),
            ]
        )


def _feeds(instrument: Instrument) -> Iterator[Page]:
    yield Heading("Every question and what it feeds")
    rows = []
    awaited = {
        name
        for question in instrument.question.values()
        for condition in conditions_of(question)
        for name, _ in leaves(condition, question.id)
        if name != question.id
    }
    for question in instrument.question.values():
        shown = list(dict.fromkeys(shows.sign for shows in question.shows))
        fills = [f"Fills field {question.field}."] if question.field else []
        follows = ["Other questions or signs wait for it."] if question.id in awaited else []
        feeds = [*(sign_in_words(sign, instrument) for sign in shown), *fills, *follows]
        rows.append((f"{question.id}\n{question.worker}", "\n".join(feeds) or "Nothing by itself."))
    yield Table("Questions with the signs they feed", ("Question", "Feeds"), rows, (4, 6))


def _question(instrument: Instrument, question: Question) -> Iterator[tuple[str, str]]:
    yield "Worker", question.worker
    if question.person:
        yield "To the person", question.person
    span = f", from {question.least} to {question.most} {question.unit}".rstrip() if question.kind == "number" else ""
    yield "Answer", f"{KINDS[question.kind]}{span}; {OF[question.of]}"
    if question.choices:
        yield (
            "Answers",
            "\n".join(
                f"{choice.label}" + (f" (to the person: {choice.person})" if choice.person else "")
                for choice in question.choices
            ),
        )
    if question.asked_when:
        yield "Asked when", in_words(question.asked_when, question.id, instrument)
    for label, words in (("Why", question.why), ("Watch for", question.watch), ("Do not ask", question.avoid)):
        if words:
            yield label, words
    shown = [_shows(shows, question, instrument) for shows in question.shows]
    yield "Shows", "\n".join(shown) or "nothing by itself"
    special = [
        words
        for flag, words in (
            (question.abuse, "Asks whether somebody used a circumstance."),
            (question.child, "May be asked of a child."),
            (question.free, "The account in own words."),
            (question.site, "About the place: passes to the next person of a visit."),
            (bool(question.quick), f"Quick screen: {', '.join(question.quick)}."),
            (bool(question.field), f"Fills field {question.field}."),
        )
        if flag
    ]
    if special:
        yield "Also", " ".join(special)


def _shows(shows: Shows, question: Question, instrument: Instrument) -> str:
    route = {"adult": " (of an adult)", "child": " (of a child)", "": ""}[shows.route]
    return f"{sign_in_words(shows.sign, instrument)}{route} – when {in_words(shows.when, question.id, instrument)}"


def _indicators(instrument: Instrument) -> Iterator[Page]:
    yield Heading("Indicators")
    yield Points([f"{name.replace('_', ' ')}: {words}" for name, words in STATES.items()])
    readings = {reading.id: reading.label for reading in instrument.ilo}
    for dimension in instrument.dimensions:
        yield Heading(dimension.label, 3, dimension.name)
        rows = []
        for one in instrument.indicators:
            if one.dimension == dimension.name:
                cells = [
                    f"{name} {one.strength[name]} ({one.verified[name].replace('_', ' ')})"
                    if name in one.strength
                    else f"{name} not in it"
                    for name in SETS
                ]
                shown = dict.fromkeys(question.id for question, _ in instrument.shown_by.get(one.key, ()))
                read = f"\nILO: {', '.join(readings[name] for name in one.ilo)}" if one.ilo else ""
                rows.append(
                    (one.key, f"{one.sign}\n{one.phrase}{read}\n{one.source}", "\n".join(cells), "\n".join(shown))
                )
        headers = ("Key", "Sign and source", "Strength in each set, and its state", "Shown by")
        yield Table(f"Indicators: {dimension.label}", headers, rows, (2.6, 4.2, 3.4, 2.6), anchored=True)


def _urgent(instrument: Instrument) -> Iterator[Page]:
    yield Heading("Signs that ask for action now")
    yield Paragraph("They are never scored and stand before every level.")
    for sign in instrument.urgent:
        yield Heading(f"{sign.label} ({sign.id})", 3)
        yield Facts([("Now", sign.now), ("When it is past", sign.past), ("Source", f"[{sign.mark}] {sign.source}")])


def _profile(profile: Profile) -> Iterator[Page]:
    yield Heading(f"{profile.label} ({profile.id})", 3)
    rows = [
        ("Means", in_full(profile.means)),
        ("Children", in_full(profile.child)),
        ("Labour", in_full(profile.labour)),
        ("Help", in_full(profile.help)),
        ("Not punished", in_full(profile.non_punishment)),
        ("Qualification", in_full(profile.qualification)),
        *([("Complaint", in_full(profile.complaint))] if profile.complaint else []),
        *(("Minors", in_full(statement)) for statement in profile.minors),
    ]
    for rule in profile.consent:
        act, consent = rule.act.replace("_", " "), rule.consent.replace("_", " ")
        rows.append(("Consent", f"For {act}: {consent}.\n{in_full(rule.says)}"))
    if profile.reflection:
        rest = profile.reflection
        rows += [("Reflection starts", in_full(rest.starts)), ("Who decides", in_full(rest.decides))]
        rows += [("Its condition", in_full(statement)) for statement in rest.conditions]
        rows += [("Other period", f"For {one.when.replace('_', ' ')}:\n{in_full(one.says)}") for one in rest.other]
    means = "An adult case needs a means." if profile.adult_means_required else "An adult case needs no means."
    days = (
        f" Reflection period: about {profile.reflection.days} days; an authority decides." if profile.reflection else ""
    )
    yield Paragraph(f"{means}{days} Emergency number: {profile.emergency}.")
    yield Facts(rows)
    gates = [
        (
            f"gate.{gate.name}",
            gate.label,
            "adults and children" if gate.adult and gate.child else "adults" if gate.adult else "children" if gate.child else "nobody",
            "\n".join(filter(None, (gate.article, f"since {gate.in_force_from}" if gate.in_force_from else "", f"[{gate.mark}] {gate.source}"))),
        )
        for gate in profile.gates
    ]  # fmt: skip
    yield Table(
        f"Purposes under the law of {profile.label}",
        ("Purpose", "Name", "Counts for", "Law"),
        gates,
        (2.2, 3.2, 1.6, 4),
    )


def _recipients(instrument: Instrument) -> Iterator[Page]:
    yield Heading("Who gives advice and who receives a referral")
    yield Paragraph("Numbers are as their source showed them. Call before you rely on one marked V.")
    for recipient in instrument.recipients:
        yield Heading(f"{recipient.country}: {recipient.label}", 3)
        yield Facts(list(_recipient(instrument, recipient)))


def _recipient(instrument: Instrument, recipient: Recipient) -> Iterator[tuple[str, str]]:
    yield "Role", recipient.role
    reached = (recipient.phone, *recipient.other_phones, recipient.email, recipient.site)
    yield "Reached by", ", ".join(filter(None, reached)) or "not known"
    yield "Contact", in_full(recipient.contact)
    yield "Consent", f"{recipient.consent.replace('_', ' ')}. {in_full(recipient.consent_why)}"
    yield "May follow", in_full(recipient.may_follow)
    sent = instrument.variant[recipient.variant].label if recipient.variant else "nothing is sent; contact only"
    yield "Gets", f"{sent}{'; for minors only' if recipient.minors_only else ''}"


def _reporting(instrument: Instrument) -> Iterator[Page]:
    yield Heading("Where to report what harms a child")
    for harm in instrument.reporting:
        yield Heading(harm.label, 3)
        yield Points([*(f"Write down: {what}" for what in harm.write_down), f"Never: {harm.never}"])
        rows = []
        for route in harm.routes:
            contact = ", ".join(filter(None, (route.phone, route.site))) or "not known"
            rows.append((route.country, f"{route.label}\nReached by: {contact}\n{in_full(route.says)}"))
        yield Facts(rows)


def _texts(instrument: Instrument) -> Iterator[Page]:
    yield Heading("What the person reads or hears besides the questions")
    yield Table("Texts for the person", ("Id", "Text"), [(text.id, text.person) for text in instrument.texts], (2, 7))


def _fields(instrument: Instrument) -> Iterator[Page]:
    yield Heading("Fields of a referral")
    rows = [
        (
            field.id,
            f"{field.label}{' (sealed apart)' if field.sealed else ''}\n{field.note}".strip(),
            ", ".join(
                variant.label for variant in instrument.variants if field.id in (*variant.fields, *variant.agreed)
            ),
            ", ".join(field.htcds) or "none",
        )
        for field in instrument.fields
    ]
    yield Table(
        "Fields, who gets them, and their name in HTCDS 2.0",
        ("Id", "Field", "Goes into", "HTCDS"),
        rows,
        (1, 3.5, 4, 3),
    )


def _cards(instrument: Instrument) -> Iterator[Page]:
    yield Heading("The source instruments, and whether they were validated")
    for card in instrument.cards:
        yield Heading(card.label, 3)
        yield Facts(
            [
                ("Validated", card.validated),
                ("On whom", card.on_whom),
                ("Figures", card.figures),
                ("Source", f"[{card.mark}] {card.source}"),
            ]
        )


def _cases(cases: Iterable[TrainingCase]) -> Iterator[Page]:
    yield Heading("Training cases")
    yield Paragraph("All stories are invented. The level was expected by people before the program worked it out.")
    for case in cases:
        yield Heading(case.title, 3)
        yield Facts(
            [
                ("Story", case.story),
                ("Where", f"{case.setting}, law of {case.profile}, {case.age}, {' and '.join(case.forms)}"),
                ("Expected", LEVELS[case.expected]),
                ("Because", case.why),
            ]
        )
