"""Next steps stand on the list of what is due; the end of a reflection period is an estimate that an authority decides."""

from datetime import timedelta

import pytest

from tests.ui.conftest import Office
from tests.ui.test_desk import begin, texts
from victim_id.casework.deadlines import due_on, estimated
from victim_id.instrument.load import load
from victim_id.resources import shipped
from victim_id.ui.pages.asked import Given
from victim_id.ui.pages.steps import StepsPage
from victim_id.ui.widgets.buttons import LinkButton


@pytest.fixture(scope="module")
def profiles():
    return load(shipped("indicators")).profile


def at_steps(office: Office) -> StepsPage:
    page = begin(office)
    page.steps_wanted.emit()
    found = office.page()
    assert isinstance(found, StepsPage)
    return found


def test_a_next_step_with_a_day_stands_on_the_list_of_what_is_due(office: Office, qtbot) -> None:
    page = at_steps(office)
    qtbot.keyClicks(page.step, "Second talk at the shelter")
    page.when.chip("2026-11-24").click()
    page.keep.click()
    office.settle()
    code = office.desk.signed_in.talks.case.code
    office.desk.signed_in.cases()
    office.settle()
    assert f"{code} Second talk at the shelter" in " ".join(
        child.accessibleName() for child in office.page()._due.children() if hasattr(child, "accessibleName")
    )
    assert "3 days" in texts(office)


def test_what_is_due_in_a_referred_case_stays_on_the_list_and_what_is_late_says_so(office: Office, qtbot) -> None:
    page = at_steps(office)
    page.put_on.setFocus()
    qtbot.keyClicks(page.start, "2026-11-21")
    page._begin()
    office.settle()
    page.put_on.click()
    office.settle()
    signed_in = office.desk.signed_in
    id_, code = signed_in.talks.case.id, signed_in.talks.case.code
    office.desk.ask.change(
        lambda space: space.caseload.set_state(id_, "referred"), lambda _: None, signed_in.bench.failed, signed_in
    )
    office.settle()
    office.now.moment += timedelta(days=92)
    signed_in.cases()
    office.settle()
    assert "2 days late" in texts(office)
    spoken = [child.accessibleName() for child in office.page()._due.children() if hasattr(child, "accessibleName")]
    assert f"2 days late: {code} Reflection period may end; the authority decides" in spoken
    next(one for one in office.page().findChildren(LinkButton) if one.words == "All of them in the list").click()
    office.settle()
    assert [office.page().model.index(n, 0).data() for n in range(office.page().model.rowCount())] == [code]


def test_a_day_that_is_none_is_said_where_it_stands_and_changes_nothing(office: Office, qtbot) -> None:
    page = at_steps(office)
    qtbot.keyClicks(page.day, "31.12.2026")
    page.keep.click()
    office.settle()
    assert "year-month-day" in texts(office)
    assert office.desk.signed_in.talks.case.due == ""


def test_the_estimated_end_is_said_with_who_decides_and_can_be_put_on_the_list(office: Office, qtbot) -> None:
    page = at_steps(office)
    qtbot.keyClicks(page.start, "2026-11-21")
    page._begin()
    office.settle()
    assert "Estimated end: February 19, 2027 (90 days); the authority decides." in texts(office)
    case = office.desk.signed_in.talks.case
    assert case.details["I4.end"] == "2027-02-19"
    page.put_on.click()
    office.settle()
    case = office.desk.signed_in.talks.case
    assert case.due == "2027-02-19T12:00:00Z"
    assert "the authority decides" in case.next_step


@pytest.mark.parametrize("country", ["BE", "LU", "NL", "INT"])
@pytest.mark.parametrize("age", ["adult", "child", "unsure"])
def test_every_estimate_rests_on_the_profile_and_none_is_made_where_it_has_none(
    profiles, country: str, age: str
) -> None:
    profile = profiles[country]
    found = estimated(profile, "2026-01-01", age)  # type: ignore[arg-type]
    if profile.reflection is None:
        assert found is None
    elif found is not None:
        lengths = {profile.reflection.days, *(one.days for one in profile.reflection.other)}
        assert found.days in lengths
        assert found.decides.text


def test_a_day_that_is_no_day_is_refused(profiles) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        estimated(profiles["LU"], "tomorrow", "adult")
    with pytest.raises(ValueError, match="isoformat"):
        due_on("1.2.2026")
    assert due_on("") == ""


def test_help_is_offered_on_the_result_as_soon_as_the_law_asks_for_it(office: Office) -> None:
    page = begin(office)
    page.given.emit(Given("see.locked", "yes", "observed"))
    office.settle()
    signed_in = office.desk.signed_in
    signed_in.view()
    signed_in._viewed("unsure", "the door")
    office.settle()
    assert "Offer help now." in texts(office)
    assert "INFOTRAITE for advice today" in texts(office)
    assert "this project's own proposal" in texts(office)


def test_a_consent_says_what_may_follow_for_the_person(office: Office) -> None:
    begin(office)
    office.desk.signed_in.refer()
    office.settle()
    office.desk.signed_in.letters._choose(("lu.infotraite",))
    office.settle()
    assert "What may follow: Help measures in the law begin" in texts(office)
