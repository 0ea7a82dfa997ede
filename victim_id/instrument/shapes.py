"""What the content is made of: the shapes of everything in indicators/, without a rule or a disk.

Every text that a worker reads is in the gettext domain `victim_id`, every text for the person in `indicators`;
the context of a text is the id it belongs to and the name of its field, such as `work.hours.person`.
"""

from typing import Literal, TypeAlias

import msgspec

from victim_id.record import Record

Mark: TypeAlias = Literal["R", "R2", "G", "V", "P"]
"""How far a statement was verified: read in the source, read second-hand, general knowledge, to verify, our proposal."""

SetName: TypeAlias = Literal["AL", "CL", "AS", "CS"]
"""Adult or child, labour or sexual exploitation: the four lists of ILO/EC 2009."""

Strength: TypeAlias = Literal["strong", "medium", "weak"]
Verified: TypeAlias = Literal["second_hand", "second_hand_disputed", "anchored", "recollection", "placeholder"]

DIMENSIONS = (
    "deceptive_recruitment",
    "coercive_recruitment",
    "abuse_of_vulnerability_recruitment",
    "exploitation",
    "coercion_destination",
    "abuse_of_vulnerability_destination",
)
MEANS = tuple(name for name in DIMENSIONS if name != "exploitation")
ABUSE = ("abuse_of_vulnerability_recruitment", "abuse_of_vulnerability_destination")

GATES = (
    "sexual",
    "organs",
    "forced_marriage",
    "illegal_adoption",
    "surrogacy",
    "begging",
    "crime",
    "servitude",
    "intended",
)


class Statement(Record, kw_only=True):
    """A legal or practical statement with its source, how far it was verified, and as of when."""

    text: str
    source: str
    mark: Mark
    as_of: str = ""


class Edition(Record, kw_only=True):
    """Which edition of the content this is and who adopted it; nobody yet is said as such."""

    id: str
    number: str
    made: str
    adopted_by: str = ""


class Dimension(Record, kw_only=True):
    """One of the six groups of indicators of ILO/EC 2009, with its name for the worker."""

    name: str
    label: str


class Indicator(Record, kw_only=True):
    """A sign the instrument defines: its strength in each set, how far each cell was verified, and its readings."""

    key: str
    dimension: str
    phrase: str
    sign: str
    strength: dict[SetName, Strength]
    verified: dict[SetName, Verified]
    ilo: tuple[str, ...] = ()
    involuntary: bool = False
    penalty: bool = False
    urgent: bool = False
    source: str = "ILO/EC 2009 (WCMS_105023), in a public transcription"


class IloSign(Record, kw_only=True):
    """One of the ILO's eleven indicators of forced labour (2012, re-issued 2025)."""

    id: str
    label: str


class UrgentSign(Record, kw_only=True):
    """A sign that never waits for a level: what to do now, and what to do when it is past.

    One about `health` leaves only with the urgent medical needs (field H2), a `sexual` one with the kind of sexual
    exploitation (field F3).
    """

    id: str
    label: str
    now: str
    past: str
    danger: bool = False
    health: bool = False
    sexual: bool = False
    source: str = ""
    mark: Mark = "P"


class Choice(Record, kw_only=True):
    """One of the answers a choice question offers; `person` is its wording for the person when it differs."""

    id: str
    label: str
    person: str = ""


class Condition(Record, kw_only=True):
    """True, false or not known over answers. One leaf, or `all`, or `any`; without `question` it speaks of its own."""

    question: str = ""
    is_: Literal["yes", "no", ""] = msgspec.field(default="", name="is")
    has: str = ""
    at_least: int | None = None
    at_most: int | None = None
    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()


class Shows(Record, kw_only=True):
    """What an answer shows: an indicator key, `act`, `someone_else`, `gate.NAME` or `urgent.ID`.

    `was_child` says that an adult of today was under 18 at any time of it.
    """

    sign: str
    when: Condition
    route: Literal["", "adult", "child"] = ""


class Question(Record, kw_only=True):
    """What is asked, in the worker's wording and in the person's, why, and what to watch for and to leave out.

    `abuse` asks whether somebody used a circumstance; `child` may be asked of a child; `free` is the account in own
    words; `site` is about the place, the same for everybody there; `quick` names the settings whose quick screen holds it; `field` is the referral field it fills.
    """

    id: str
    worker: str
    person: str = ""
    kind: Literal["yes_no", "number", "choice", "several", "text"] = "yes_no"
    of: Literal["person", "observation", "document"] = "person"
    why: str = ""
    watch: str = ""
    avoid: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    least: int = 0
    most: int = 0
    abuse: bool = False
    child: bool = False
    free: bool = False
    site: bool = False
    field: str = ""
    quick: tuple[str, ...] = ()
    asked_when: Condition | None = None
    shows: tuple[Shows, ...] = ()

    def asked_of(self, age: str) -> bool:
        """Tells whether this is asked on the route of an age: a child is asked little, an adult nothing meant for a child."""
        if age == "adult":
            return not self.shows or any(shows.route != "child" for shows in self.shows)
        return self.child or self.free or self.of != "person"


class Section(Record, kw_only=True):
    """A room of questions; a private one opens only when the person is alone, or by a recorded choice."""

    id: str
    label: str
    note: str = ""
    private: bool = True
    questions: tuple[Question, ...] = ()


class Setting(Record, kw_only=True):
    """Where the worker is; chooses and orders sections, and leaves out single questions.

    Where the house itself is a secret (`secret_place`), nothing tells where the talk was held.
    """

    id: str
    label: str
    note: str
    sections: tuple[str, ...]
    leaves_out: tuple[str, ...] = ()
    too_early: bool = False
    secret_place: bool = False


class GateLaw(Record, kw_only=True):
    """A purpose gate under a country's law: whom it counts for, by which article, since when, and until when.

    A day is YYYY-MM-DD, and YYYY-MM or YYYY where no more is known; the law is in force on both of its days.
    """

    name: str
    label: str
    adult: bool
    child: bool
    article: str
    in_force_from: str
    source: str
    mark: Mark
    in_force_until: str = ""

    def in_force(self, day: str) -> bool:
        """Tells whether this is the law on a day (YYYY-MM-DD); without a day, or without a date of its own, it is."""
        began = day[: len(self.in_force_from)] >= self.in_force_from
        return not day or (
            began and (not self.in_force_until or day[: len(self.in_force_until)] <= self.in_force_until)
        )


class OtherPeriod(Record, kw_only=True):
    """Another length than the usual one for some persons; without days there is no such period for them."""

    when: Literal["dublin", "unaccompanied_minor"]
    says: Statement
    days: int = 0


class Reflection(Record, kw_only=True):
    """The recovery and reflection period: days, what starts it, under which conditions; an authority decides."""

    days: int
    starts: Statement
    conditions: tuple[Statement, ...]
    decides: Statement
    other: tuple[OtherPeriod, ...] = ()


class ConsentRule(Record, kw_only=True):
    """Whether an act of the worker needs the person's consent under a country's law, and why."""

    act: Literal["advice", "assistance", "registration", "report", "secrecy", "minor", "life_at_risk", "other_country"]
    consent: Literal["not_needed", "needed", "duty"]
    says: Statement


class Profile(Record, kw_only=True):
    """A country's law as data; `complaint` says where a person complains about what is kept. No rule of the program names a country."""

    id: str
    label: str
    languages: tuple[str, ...]
    adult_means_required: bool
    means: Statement
    child: Statement
    labour: Statement
    gates: tuple[GateLaw, ...]
    help: Statement
    non_punishment: Statement
    qualification: Statement
    reflection: Reflection | None = None
    minors: tuple[Statement, ...] = ()
    consent: tuple[ConsentRule, ...] = ()
    complaint: Statement | None = None
    core_fields: tuple[str, ...] = ()
    emergency: str = "112"


class Recipient(Record, kw_only=True):
    """A body that receives referrals or gives advice: its role, contact as published, consent, and what may follow.

    Without a variant it is a contact only: nothing is sent to it. An unknown contact stays empty, and `contact` says so.
    """

    id: str
    country: str
    label: str
    role: str
    purpose: Literal[
        "advice", "assistance", "official_notice", "registration", "child_protection", "cross_border", "emergency"
    ]
    consent: Literal["not_needed", "needed", "duty"]
    consent_why: Statement
    may_follow: Statement
    contact: Statement
    phone: str = ""
    other_phones: tuple[str, ...] = ()
    email: str = ""
    site: str = ""
    languages: tuple[str, ...] = ()
    variant: str = ""
    minors_only: bool = False


class Route(Record, kw_only=True):
    """One body of a country to which something is reported, with its contact as published."""

    country: str
    label: str
    says: Statement
    phone: str = ""
    site: str = ""


class Reporting(Record, kw_only=True):
    """What harms a child on the road or online: what to write down, what never, and where it goes in each country."""

    id: str
    label: str
    write_down: tuple[str, ...]
    never: str
    routes: tuple[Route, ...] = msgspec.field(name="route")


class Part(Record, kw_only=True):
    """One part of a field that is a group or repeats; a sealed one travels with the identity only."""

    id: str
    label: str
    sealed: bool = False
    choices: tuple[Choice, ...] = ()


class Field(Record, kw_only=True):
    """One of the 93 merged referral fields: id, category, label, HTCDS names, and whether it is sealed apart.

    `who` fills it in: O officer or staff, P person, G guardian, R receiver, S software. `sensitivity`: H endangers life
    or is of a special category, M identifies, L low. `core` is needed to send, `core_when` only in that event.
    """

    id: str
    category: str
    label: str
    kind: Literal["text", "list", "several", "yes_no", "number", "date", "moment", "code", "group", "repeat"] = "text"
    htcds: tuple[str, ...] = ()
    sensitivity: Literal["H", "M", "L"] = "M"
    core: bool = False
    core_when: Literal["", "no_consent", "minor", "labour", "official_notice", "cross_border"] = ""
    sealed: bool = False
    who: str = "O"
    source: str = ""
    note: str = ""
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()


class Variant(Record, kw_only=True):
    """Which fields a kind of referral carries; those in `agreed` only when the person agrees to just that."""

    id: str
    label: str
    fields: tuple[str, ...]
    agreed: tuple[str, ...] = ()
    note: str = ""


class PersonText(Record, kw_only=True):
    """A text the person reads or hears outside the questions: agreement, rights, safety, the buttons of the show page."""

    id: str
    person: str


class Card(Record, kw_only=True):
    """What is known of a source instrument: validated or not, on whom, with which published figures."""

    id: str
    label: str
    validated: str
    on_whom: str
    figures: str
    source: str
    mark: Mark
