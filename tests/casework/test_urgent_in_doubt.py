"""An urgent sign that one source shows and another denies stands in the list, on the screens and on paper, as what it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenario import Desk
from victim_id.casework.case import Case
from victim_id.casework.outcome import quick_outcome
from victim_id.language import language
from victim_id.ui.asking import urgent_signs

VIOLENCE = "cd_violence"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "vault")
    yield desk
    desk.space.close()


def doubted(desk: Desk, how: str, **start: object) -> Case:
    """Gives a case in which violence is said and denied by a document, or told by a third person only."""
    case = desk.begin(**start)
    question = next(
        q.id
        for q, one in desk.space.instrument.shown_by[VIOLENCE]
        if one.when.is_ == "yes" and q.id in {other.id for other in desk.space.instrument.questions("workplace")}
    )
    if how == "reported":
        return desk.say(case, question, "yes", source="third_party")
    desk.say(case, question, "yes")
    return desk.say(case, question, "no", source="document")


@pytest.mark.parametrize(
    ("how", "doubt"), [("differs", "sources differ"), ("reported", "reported by somebody else only")]
)
def test_a_doubted_urgent_sign_is_told_everywhere_and_moves_no_level(desk: Desk, how: str, doubt: str) -> None:
    case, english = doubted(desk, how, place="doubted"), language("en")
    desk.begin(place="quiet")
    reading = desk.space.caseload.assessment(case).first
    assert (reading.urgent, reading.urgent_doubted, reading.level) == ((), (VIOLENCE,), "open")
    assert f"Has been hurt since the work began – {doubt}" in {
        sign.label for sign in urgent_signs(reading, desk.space.instrument, english)
    }
    assert desk.space.caseload.cases()[0].place == "doubted"
    assert (desk.space.caseload.cases()[0].urgent, desk.space.caseload.cases()[0].danger_now) == (VIOLENCE, False)
    for recipient in ("lu.infotraite", "lu.police"):
        referral = desk.space.post.referral(case, recipient, "en")
        assert f"Violence by those in control – {doubt}" in {urgent.text for urgent in referral.urgent}
        assert referral.values["A6"] == "today"


@pytest.mark.parametrize("how", ["differs", "reported"])
def test_a_quick_screen_with_a_doubted_urgent_sign_never_ends_with_the_card(desk: Desk, how: str) -> None:
    case = doubted(desk, how, quick=True)
    assert quick_outcome(desk.space.instrument, case) == "longer"
