"""Cases written by hand for each law, set and level: the level first, with the reason, then the answers."""

from itertools import product
from typing import NamedTuple

import pytest

from tests.assessment.cases import LAWS, NO_GATE, case, first

ASKS_FOR_MEANS = {"NL", "INT"}


class Golden(NamedTuple):
    """One case: what the level is where the law asks for means, and where it does not, and why."""

    why: str
    set: str
    with_means: str
    without_means: str
    present: tuple[str, ...] = ()
    rest: str = "no"
    act: str = "yes"
    someone_else: str = "yes"
    gate: str = ""
    urgent: bool = False
    dignity: bool = False
    score: int | None = None


GOLDEN = [
    Golden(
        "A builder was promised other work at other pay, his passport and his wages are kept: the definition holds and "
        "coercion at destination is met. Three of six dimensions: 80 + 10.",
        "AL",
        "strong",
        "strong",
        ("ex_hours", "ex_low_pay", "dr_job_nature", "dr_wages", "cd_documents", "cd_wages"),
        score=90,
    ),
    Golden(
        "The same builder, only deceived: means are there, but nothing holds him at destination.",
        "AL",
        "indications",
        "indications",
        ("ex_hours", "ex_low_pay", "dr_job_nature", "dr_wages"),
        score=60 + 19 * 2 // 6,
    ),
    Golden(
        "Long hours and low pay, every means firmly denied: a labour-rights case where the law asks for means, "
        "indications to be weighed as dignity where it does not.",
        "AL",
        "exploitation",
        "indications",
        ("ex_hours", "ex_low_pay"),
        dignity=True,
    ),
    Golden(
        "As before, but one medium sign of a means: not enough to be met, too much to close it. No more only dignity.",
        "AL",
        "open",
        "indications",
        ("ex_hours", "ex_low_pay", "cd_lie"),
    ),
    Golden(
        "As before with a weak sign of a means: it does not stop the word exploitation, but it is a sign of a means, "
        "so the case does not rest on exploitation alone.",
        "AL",
        "exploitation",
        "indications",
        ("ex_hours", "ex_low_pay", "cd_inform_family"),
    ),
    Golden(
        "As before with an urgent sign that is no indicator: never closed while it stands.",
        "AL",
        "open",
        "indications",
        ("ex_hours", "ex_low_pay"),
        urgent=True,
        dignity=True,
    ),
    Golden(
        "Long hours and low pay, everything else not asked: where means are required they are open.",
        "AL",
        "open",
        "indications",
        ("ex_hours", "ex_low_pay"),
        rest="not_asked",
        dignity=True,
    ),
    Golden(
        "A family works long hours for little in its own shop: nobody else profits, so there is no purpose.",
        "AL",
        "open",
        "open",
        ("ex_hours", "ex_low_pay"),
        someone_else="no",
        score=0,
    ),
    Golden(
        "Nobody recruited, moved or housed him: without an act the definition does not hold; exploitation remains "
        "where means are required.",
        "AL",
        "exploitation",
        "open",
        ("ex_hours", "ex_low_pay"),
        act="no",
        score=29,
    ),
    Golden(
        "It is not known who profits: the support of the work counts nine tenths, floor(59 x 0.9 / 2).",
        "AL",
        "open",
        "open",
        ("ex_hours", "ex_low_pay"),
        someone_else="unknown",
        score=26,
    ),
    Golden("Lawful work, everything firmly denied.", "AL", "few", "few", act="no", someone_else="no", score=0),
    Golden(
        "Recruited to lawful work by a lawful employer who profits: an act and a profit are no evidence of wrong.",
        "AL",
        "few",
        "few",
        score=0,
    ),
    Golden("One weak sign, all else denied.", "AL", "few", "few", ("vd_past",), someone_else="no", score=4),
    Golden("One medium sign anywhere stops the word few.", "AL", "open", "open", ("vd_family",), someone_else="no"),
    Golden(
        "Servitude in a household by its own gate, with papers and freedom taken: strong without any sign of work.",
        "AL",
        "strong",
        "strong",
        ("cd_documents", "cd_isolation"),
        gate="servitude",
    ),
    Golden(
        "Begging for another, arranged, and every means denied: means decide; it is a gate, so no matter of dignity.",
        "AL",
        "exploitation",
        "indications",
        gate="begging",
    ),
    Golden(
        "Sold, but not yet put to work: intended exploitation is a purpose, and being sold with a debt and a threat is "
        "means by the pool (three medium signs).",
        "AL",
        "indications",
        "indications",
        ("cr_abduction_sale", "cr_debt", "cr_denounce"),
        gate="intended",
    ),
    Golden(
        "Another decides on clients and prices, and violence and locked doors hold her.",
        "AS",
        "strong",
        "strong",
        ("cd_violence", "cd_isolation"),
        gate="sexual",
    ),
    Golden(
        "Another decides on clients and prices after a promise of other work; nothing holds her at destination.",
        "AS",
        "indications",
        "indications",
        ("dr_job_nature", "dr_wages"),
        gate="sexual",
    ),
    Golden(
        "Another takes a disproportionate share, every means denied.",
        "AS",
        "exploitation",
        "indications",
        gate="sexual",
    ),
    Golden(
        "Works alone and on her own terms: three medium signs of bad conditions, but nobody else profits.",
        "AS",
        "open",
        "open",
        ("ex_hours", "ex_low_pay", "ex_hazardous"),
        someone_else="no",
    ),
    Golden(
        "Hours, pay and danger in an escort agency: three medium signs make exploitation positive in this set.",
        "AS",
        "exploitation",
        "indications",
        ("ex_hours", "ex_low_pay", "ex_hazardous"),
        dignity=True,
    ),
    Golden("Independent, everything firmly denied.", "AS", "few", "few", someone_else="no", score=0),
    Golden("Works for an agency, nothing else asked.", "AS", "open", "open", rest="not_asked"),
    Golden(
        "A child in a workshop with long and dangerous work, arranged by others: means are not asked of a child.",
        "CL",
        "indications",
        "indications",
        ("ex_hours", "ex_hazardous"),
        score=63,
    ),
    Golden(
        "The same child was also hit: an urgent sign is enough for strong.",
        "CL",
        "strong",
        "strong",
        ("ex_hours", "ex_hazardous", "cd_violence"),
    ),
    Golden(
        "The same child, an urgent sign outside the indicators.",
        "CL",
        "strong",
        "strong",
        ("ex_hours", "ex_hazardous"),
        urgent=True,
    ),
    Golden(
        "The same child was deceived in three ways: means make it strong although none are required.",
        "CL",
        "strong",
        "strong",
        ("ex_hours", "ex_hazardous", "dr_wages", "dr_housing", "dr_travel"),
    ),
    Golden("A child made to steal for others: force is not asked.", "CL", "strong", "strong", gate="crime"),
    Golden("A child begging with its own family, nobody else profits.", "CL", "open", "open", someone_else="no"),
    Golden(
        "A child that helps in the family shop at all hours.",
        "CL",
        "open",
        "open",
        ("ex_hours", "ex_low_pay"),
        someone_else="no",
    ),
    Golden("A child hit, and nothing else: open, never few.", "CL", "open", "open", ("cd_violence",), act="no"),
    Golden(
        "A child, everything firmly denied: open, never few.",
        "CL",
        "open",
        "open",
        act="no",
        someone_else="no",
        score=0,
    ),
    Golden("Images of a child for a gift, arranged by anyone.", "CS", "strong", "strong", gate="sexual"),
    Golden(
        "A child in dangerous conditions in this trade, the gate itself denied: a strong and a medium sign.",
        "CS",
        "indications",
        "indications",
        ("ex_hazardous", "ex_low_pay"),
    ),
    Golden("The services of a child are known, an act is not.", "CS", "open", "open", gate="sexual", act="unknown"),
    Golden(
        "A child in a hotel with an adult, nothing asked yet.", "CS", "open", "open", rest="not_asked", act="unknown"
    ),
]


@pytest.mark.parametrize(("law", "golden"), list(product(LAWS, GOLDEN)), ids=lambda value: getattr(value, "why", value))
def test_the_level_is_the_one_reasoned_by_hand(law: str, golden: Golden) -> None:
    facts = case(
        golden.set,
        *golden.present,
        rest=golden.rest,
        act=golden.act,
        someone_else=golden.someone_else,
        gates=NO_GATE | ({golden.gate: "yes"} if golden.gate else {}),
        urgent=golden.urgent,
    )
    reading = first(facts, law)
    assert reading.level == (golden.with_means if law in ASKS_FOR_MEANS else golden.without_means)
    assert reading.dignity == (golden.dignity and reading.level == "indications")
    if golden.score is not None:
        assert reading.score.lower == golden.score


def test_every_level_is_reached_by_hand_in_every_set_that_has_it() -> None:
    reached = {
        (law, golden.set, golden.with_means if law in ASKS_FOR_MEANS else golden.without_means)
        for law, golden in product(LAWS, GOLDEN)
    }
    adult = {
        (law, name, level)
        for law in LAWS
        for name in ("AL", "AS")
        for level in ("strong", "indications", "open", "few")
    }
    closing = {(law, name, "exploitation") for law in ASKS_FOR_MEANS for name in ("AL", "AS")}
    child = {(law, name, level) for law in LAWS for name in ("CL", "CS") for level in ("strong", "indications", "open")}
    assert reached == adult | closing | child
