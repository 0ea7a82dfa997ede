"""On the page of keeping and erasing: who a person is goes once a recipient has it, and old lines of the history go."""

from datetime import timedelta
from pathlib import Path

from tests.ui.conftest import Office
from tests.ui.test_desk import texts
from tests.ui.test_handing import fill, history
from tests.ui.test_keeping import begin, care, press, put, start
from victim_id.ui.pages.care import CarePage
from victim_id.workspace import Workspace


def details(office: Office, case: str) -> dict[str, str]:
    found: dict[str, str] = {}
    office.desk.ask.read(
        lambda space: dict(space.caseload.case(case).details), found.update, lambda _: None, office.desk
    )
    office.settle()
    return found


def test_who_the_person_is_is_due_after_the_recipient_confirmed_and_goes_after_a_second_press(office: Office, tmp_path: Path) -> None:  # fmt: skip
    start(office)
    case = begin(office)
    fill(office, case)
    stick = tmp_path / "stick"
    stick.mkdir()
    office.desk.signed_in.backups.back_up(stick)
    office.settle()
    page = care(office, case)
    press(office, "The recipient confirmed it")
    assert "Confirmed on Nov 21, 2026. Due to be erased from Dec 21, 2026." in texts(office)
    assert not page.identity.confirmed.isVisible()
    assert history(office, case)[0].kind == "confirmed"

    office.now.moment += timedelta(days=31)
    page = care(office)
    assert "who the person is · due since Dec 21, 2026" in texts(office)
    page = care(office, case)
    press(office, "Erase who the person is…")
    assert details(office, case)["D2.last"] == "Ionescu"
    press(office, "Keep it")
    assert not page.identity.sure.isVisible()
    press(office, "Erase who the person is…")
    press(office, "Erase for good")
    assert "Who the person is was erased; the case stays." in texts(office)
    assert str(next(stick.glob("vault-*"))) in texts(office)
    assert details(office, case) == {"J3.name": "Brandsma"}
    press(office, "Back up anew and remove these")
    assert "no backup that is known still holds the words" in texts(office)


def test_a_hold_keeps_who_the_person_is(office: Office) -> None:
    start(office)
    case = begin(office)
    page = care(office, case)
    put(office, page.hold_card.reason, "LG Luxembourg")
    press(office, "Hold")
    assert not page.identity.button.isEnabled()


def test_old_lines_of_the_history_are_forgotten_on_a_press(office: Office) -> None:
    start(office)
    case = begin(office)
    page = care(office, case)
    page.erase_card.ground.choose("asked_for")
    put(office, page.erase_card.code, page.erase_card._code)
    press(office, "Erase 1 case")
    page = care(office)
    assert not page.kept_card.forget_button.isVisible()
    office.now.moment += timedelta(days=800)
    office.desk.ask.change(lambda space: space.telling.confirm_clock(), lambda _: None, lambda _: None, office.desk)
    page = care(office)
    assert isinstance(page, CarePage)
    assert "lines of the history are old enough" in texts(office)
    press(office, "Forget them for good")
    assert not page.kept_card.forget_button.isVisible()
    assert history(office, case) == []
    office.desk.ask.close(5000, lambda space: space.close())
    space = Workspace.unlock(office.folder / "vault", "correct horse battery staple", now=office.now)
    space.verify_history()
    space.close()


def test_how_long_who_the_person_is_is_kept_is_set_and_stays(office: Office) -> None:
    start(office)
    page = care(office)
    page.kept_card.fields["identity"].setText("90")
    page.kept_card.fields["identity"].editingFinished.emit()
    office.settle()
    page = care(office)
    assert page.kept_card.fields["identity"].text() == "90"
    assert page.kept_card.fields["history"].text() == "730"
