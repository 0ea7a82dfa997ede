"""All that is held about one person, told to them in their language, with third persons masked: pure, the same in, the same out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from victim_id import wording
from victim_id.access.case_rows import case_part
from victim_id.access.held import Came, Held
from victim_id.access.rows import Part, Piece, Row, Said, Section, Speaker, row, section
from victim_id.access.third import Names, in_record, leaves, masked, names_of, phrases_of, suspects
from victim_id.access.third import places as spans
from victim_id.errors import WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.shapes import Statement
from victim_id.language import Language, languages
from victim_id.language import language as language_of
from victim_id.record import Record

LEFT_OUT = frozenset({"x_version", "htcds_commit", "htcds_version"})
"""Numbers of the format itself."""


class Shown(Record):
    """A masked place that the worker shows all the same: `part/section/row`, and the reason, which is written down."""

    place: str
    reason: str


class Masking(Record, kw_only=True):
    """What the worker changed of the masks: words masked besides, and places shown, each with its reason."""

    more: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()


class Place(NamedTuple):
    """A row in which something is masked, or was until it was shown: where, its label, its text now, how many masks."""

    key: str
    label: str
    text: str
    masks: int
    shown: str


class Told(NamedTuple):
    """The finished text. `places` is every row with a mask, for the worker; nothing of it is on paper or in the file.

    `open_names` are words in typed texts that look like names and are not masked: the worker looks at each. `idle` are
    words the worker masks besides that stand nowhere: mistyped, perhaps.
    """

    language: str
    title: Said
    parts: tuple[Part, ...]
    places: tuple[Place, ...]
    open_names: tuple[str, ...]
    idle: tuple[str, ...] = ()

    @property
    def masks(self) -> int:
        """How many masks there are."""
        return sum(place.masks for place in self.places)


def tell(held: Held, masking: Masking, language: Language, instrument: Instrument) -> Told:
    """Gives everything that is held, masked. `instrument` is the edition in use, for what is no case's own.

    Raises WrongInput for a place that is shown without a reason.
    """
    for one in masking.shown:
        if not one.reason.strip():
            raise WrongInput(one.place, "is shown for a reason, and none is given")
    looked = _Looked(names_of(held, masking.more), _added(masking.more), language.say("[another person]"))
    reasons = {one.place: one.reason for one in masking.shown}
    places: list[Place] = []
    whole = list(_parts(held, language, instrument))
    parts = [_masked(part, looked, reasons, places) for part in whole]
    title = Said(language.say("What is kept about you"), language.tag)
    texts = [piece.said.text for part in parts for one in part.sections for found in one.rows for piece in found.pieces if piece.typed]  # fmt: skip
    return Told(language.tag, title, tuple(parts), tuple(places), suspects(texts, held, looked.mask), tuple(_idle(masking.more, whole)))  # fmt: skip


def fitting_language(wanted: str, other: str) -> str:
    """Gives the person's language where the paper can be written in it, else another."""
    known = wanted in languages() and language_of(wanted).has("worker", "field.D2.label", "Name")
    return wanted if known else other


def _parts(held: Held, language: Language, instrument: Instrument) -> Iterator[Part]:
    speaker = Speaker(language, instrument)
    say = language.say
    role = say("a worker of {organisation} ({role})", organisation=held.organisation, role=held.role) if held.organisation and held.role else say("a worker of this office")  # fmt: skip
    yield Part("about", speaker.says(say("About this paper")), tuple(_about(held, speaker)))
    for number, one in enumerate(held.cases, 1):
        yield case_part(number, one, language, role)
    for number, came in enumerate(held.came, 1):
        yield _came(number, came, speaker)
    yield Part("rights", speaker.says(say("What you may do")), tuple(_rights(held, speaker)))


def _about(held: Held, speaker: Speaker) -> Iterator[Section]:
    say, language = speaker.language.say, speaker.language

    def line(text: str) -> Piece:
        return Piece(speaker.says(text))

    if not held.closed:
        closed = None
    else:
        closed = line(
            language.say_many(
                "{n} more record about you is here. The worker who wrote this paper may not open it. Ask the office for it.",
                "{n} more records about you are here. The worker who wrote this paper may not open them. Ask the office for them.",
                held.closed,
            )
        )
    rows = (
        row("made", speaker.says(say("Written on")), line(speaker.moment(held.made))),
        row("language", speaker.says(say("Language")), line(f"{language.autonym} ({language.tag})")),
        row("office", speaker.says(say("Who keeps it")), Piece(Said(held.organisation, None)), Piece(Said(held.contact, None))),
        row("records", speaker.says(say("Records in it")), line(str(len(held.cases))), closed),
        row("why", speaker.says(say("What it is kept for")), line(say("To see whether you need help, to give it, and to do what the law asks of the office."))),
        row("from", speaker.says(say("Where it comes from")), line(say("From you, from what was seen, from papers, and from other people; it stands beside each answer."))),
        row("masked", speaker.says(say("What is covered")), line(say("Where {mask} stands, it was about somebody else. Their safety is protected as yours is.", mask=say("[another person]")))),
        row("counted", speaker.says(say("What a program did")), line(say("It counted signs by fixed rules. It decided nothing: a person did."))),
    )  # fmt: skip
    yield section("paper", speaker.says(say("This paper")), rows)


def _rights(held: Held, speaker: Speaker) -> Iterator[Section]:
    say = speaker.language.say

    def line(text: str) -> Piece:
        return Piece(speaker.says(text))

    profile = speaker.instrument.profile.get(held.country)
    complaint = profile.complaint if profile is not None else None
    rows = (
        row("correct", speaker.says(say("Correct")), line(say("You may ask us to correct what is wrong, or to add your own words."))),
        row("erase", speaker.says(say("Erase")), line(say("You may ask us to erase it, or to use it no further. If a law makes us keep something, we say which."))),
        row("agree", speaker.says(say("Take back a yes")), line(say("You may take back a yes at any time. What was given before stays given; nothing more is."))),
        row("again", speaker.says(say("Ask again")), line(say("You may ask for this again, and have it read to you."))),
        row(
            "complain",
            speaker.says(say("Complain")),
            line(say("You may complain to the office that watches over such records. It costs nothing.")),
            _where(f"profile.{held.country}.complaint", complaint, speaker) if complaint else None,
            line(say("You may also go to a court.")),
        ),
        row("safe", speaker.says(say("Your safety")), line(say("Keep this where nobody finds it. You may leave it with us, or with a lawyer, and come to read it."))),
    )  # fmt: skip
    yield section("rights", speaker.says(say("Your rights")), rows)


def _where(context: str, statement: Statement, speaker: Speaker) -> Piece:
    said = speaker.content(context, statement.text)
    return Piece(Said(f"{said.text} [{wording.mark(speaker.language, statement.mark)}]", said.language))


def _came(number: int, came: Came, speaker: Speaker) -> Part:
    say = speaker.language.say
    kinds = {"referral": say("Referral"), "receipt": say("Receipt"), "withdrawal": say("Withdrawal")}

    def line(text: str) -> Piece:
        return Piece(speaker.says(text))

    facts = section(
        "package",
        speaker.says(say("The package")),
        (
            row("kind", speaker.says(say("Kind")), line(kinds.get(came.kind, came.kind))),
            row("from", speaker.says(say("From")), Piece(Said(came.sender, None)), Piece(Said(came.role, None))),
            row("made", speaker.says(say("Written on")), line(speaker.moment(came.made))),
            row("at", speaker.says(say("Came on")), line(speaker.moment(came.at))),
            row("code", speaker.says(say("Case code")), line(came.code)),
            row("id", speaker.says(say("Form number")), line(came.package)),
        ),
    )
    inside = (
        ("said", say("What is in it"), came.record),
        ("identity", say("Who you are, sealed apart"), came.identity),
        ("consent", say("Consent"), came.consent),
        ("evidence", say("Evidence"), came.evidence),
    )
    told = [section(name, speaker.says(title), _record(value, speaker)) for name, title, value in inside]
    title = speaker.says(say("Received from others: {code}", code=came.code))
    return Part(f"received_{number}", title, tuple(one for one in (facts, *told) if one.rows))


def _record(value: object, speaker: Speaker) -> Iterator[Row]:
    """Gives a record of somebody else row by row, with the labels of our fields where it names them."""
    seen: dict[str, int] = {}
    for path, text in leaves(value):
        if path[-1:] and path[-1] in LEFT_OUT:
            continue
        key = ".".join(path) or "item"
        seen[key] = seen.get(key, 0) + 1
        yield row(
            key if seen[key] == 1 else f"{key}.{seen[key]}",
            _label(path, speaker),
            Piece(Said(text, None), typed=True, third=in_record(path)),
        )


def _label(path: Sequence[str], speaker: Speaker) -> Said:
    for place, key in enumerate(path):
        if key in speaker.instrument.field:
            return speaker.field(".".join(path[place : place + 2]))
    return Said(" · ".join(path) or "–", "en")


class _Looked(NamedTuple):
    """What is looked for: `names` in typed texts, `added`, the words of the worker, in every text; and how a mask looks."""

    names: Names
    added: Names
    mask: str


def _added(more: Sequence[str]) -> Names:
    return phrases_of((text, False) for text in more)


def _idle(more: Sequence[str], parts: Sequence[Part]) -> Iterator[str]:
    """Gives the words of the worker that stand in no text."""
    texts = [piece.said.text for part in parts for one in part.sections for found in one.rows for piece in found.pieces]
    for word in more:
        names = _added([word])
        if not any(spans(text, names) for text in texts):
            yield word


def _masked(part: Part, looked: _Looked, reasons: dict[str, str], places: list[Place]) -> Part:
    sections = []
    for one in part.sections:
        rows = []
        for found in one.rows:
            key = f"{part.id}/{one.id}/{found.key}"
            covered, masks = _row(found, looked)
            reason = reasons.get(key, "")
            if masks:
                now = found if reason else covered
                text = "\n".join(piece.said.text for piece in now.pieces)
                places.append(Place(key, found.label.text, text, 0 if reason else masks, reason))
            rows.append(found if masks and reason else covered)
        sections.append(one._replace(rows=tuple(rows)))
    return part._replace(sections=tuple(sections))


def _row(found: Row, looked: _Looked) -> tuple[Row, int]:
    pieces, count = [], 0
    for piece in found.pieces:
        if piece.third:
            pieces.append(piece._replace(said=Said(looked.mask, None)))
            count += 1
        else:
            text, masks = masked(piece.said.text, looked.names if piece.typed else looked.added, looked.mask)
            pieces.append(piece._replace(said=piece.said._replace(text=text)))
            count += masks
    return found._replace(pieces=tuple(pieces)), count
