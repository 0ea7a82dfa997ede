"""What happens on the desk: the lock keeps what is half-typed, danger changes the screen, and the vault says no clearly."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.scenario import ALONE, PASSPHRASE
from tests.scenario import Desk as Scenario
from tests.ui.conftest import Office
from victim_id.instrument.answers import Talk
from victim_id.record import encode
from victim_id.ui.pages.assessment import AssessmentPage
from victim_id.ui.pages.cases import CasesPage
from victim_id.ui.pages.damaged import DamagedPage
from victim_id.ui.pages.first_start import FirstStartPage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.pages.show import ShowPage
from victim_id.ui.pages.start import Beginning
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.vault import keyfile
from victim_id.workspace import Workspace


def begin(office: Office, **chosen: object) -> InterviewPage:
    """A vault with its worker, in the middle of a talk."""
    if office.desk.signed_in is None:
        office.create()
    usual = {
        "setting": "workplace", "quick": False, "age": "adult", "person_language": "fr", "place": "Kitchen, Esch", "before": (),
        "talk": ALONE, "agreed": True,
    }  # fmt: skip
    office.desk.signed_in.talks.begin(Beginning(**usual | chosen))
    office.settle()
    page = office.page()
    assert isinstance(page, InterviewPage)
    return page


def stored(office: Office) -> list:
    """What is on the disk, read by a program of its own after the window is gone."""
    office.desk.ask.close(5000, lambda space: space.close())
    space = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    cases = [space.caseload.case(row.id) for row in space.caseload.cases()]
    drafts = [space.caseload.drafts(case.id) for case in cases]
    space.close()
    return [cases, drafts]


def unlock(office: Office, passphrase: str = PASSPHRASE) -> None:
    office.desk.unlock(passphrase)
    office.settle()


def texts(office: Office) -> str:
    return " ".join(label.text() for label in office.desk.shell.findChildren(QLabel) if label.isVisible())


def to_a_yes_no_question(office: Office, page: InterviewPage) -> str:
    while page._talking.question.kind != "yes_no":
        page.skipped.emit()
    office.settle()
    return page._talking.question.id


def test_an_answer_is_on_the_disk_when_the_page_says_saved(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    qtbot.keyClicks(page.next, "2")
    qtbot.waitUntil(lambda: page._saved.text().startswith("saved"))
    ((case,), _) = stored(office)
    assert case.answers[question][0].value == "no"
    assert case.answers[question][0].talk == ALONE


def test_f12_keeps_the_half_typed_answer_and_comes_back_to_the_same_question(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    qtbot.keyClicks(page.pad.words, "they keep 40")
    qtbot.keyClick(page.pad.words, Qt.Key.Key_F12)
    assert office.restarts == 1
    assert office.desk.shell._cover.isVisible()
    office.start_again()
    assert isinstance(office.page(), UnlockPage)
    unlock(office)
    page = office.page()
    assert isinstance(page, InterviewPage)
    assert page._talking.question.id == question
    assert page.pad.words.toPlainText() == "they keep 40"
    assert not office.desk.shell.built("cases")


def test_what_lies_over_a_talk_does_not_lead_away_from_it(office: Office) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    ways = (lambda desk: desk.guide(), lambda desk: desk.signed_in.around.changes())
    for over in ways:
        over(office.desk)
        assert office.desk.shell.here != "interview"
        office.desk.lock()
        office.start_again()
        unlock(office)
        assert office.page()._talking.question.id == question


def test_a_bug_in_showing_a_talk_does_not_come_back_for_ever(office: Office) -> None:
    begin(office)
    office.desk.crashed(ValueError())
    office.desk.lock()
    office.start_again()
    unlock(office)
    assert isinstance(office.page(), CasesPage)


def test_whoever_left_the_talk_or_never_was_in_it_comes_back_to_the_cases(office: Office) -> None:
    begin(office)
    office.desk.signed_in.cases()
    office.settle()
    office.desk.lock()
    office.start_again()
    unlock(office)
    assert isinstance(office.page(), CasesPage)
    office.desk.signed_in.open(office.page().model.row(0).id)
    office.settle()
    office.desk.ask.change(
        lambda space: space.ways_in.add("B. Klein", "two other words entirely"),
        lambda _: None,
        office.desk.crashed,
        office.desk,
    )
    office.settle()
    office.desk.lock()
    office.start_again()
    unlock(office, "two other words entirely")
    assert isinstance(office.page(), CasesPage)


def test_a_talk_that_is_gone_by_then_leads_to_the_cases(office: Office) -> None:
    begin(office)
    case = office.desk.signed_in.talks.case.id
    office.desk.lock()
    space = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    assert space.caseload.stood()[0].id == case
    space.keeping.erase([case], "asked_for")
    assert space.caseload.stood() is None
    space.close()
    office.start_again()
    unlock(office)
    assert isinstance(office.page(), CasesPage)


def test_someone_came_in_leaves_one_ordinary_question_and_marks_the_talk(office: Office, qtbot) -> None:
    page = begin(office)
    private = [q for q in office.desk.signed_in.bench.instrument.section["control"].questions if q.person]
    office.desk.signed_in.talks.go_to(private[0].id)
    qtbot.keyClick(page.next, Qt.Key.Key_F7)
    office.settle()
    shown = page._talking.question
    section = office.desk.signed_in.bench.instrument.section_of[shown.id]
    assert not section.private
    assert (shown.why, shown.watch, shown.avoid) == ("", "", "")
    assert not page.sections.isVisible()
    assert page._talking.talk.alone is False
    for _ in range(25):
        page.forward.emit()
        here = office.desk.signed_in.bench.instrument.section_of[page._talking.question.id]
        assert not here.private
        assert page._talking.question.person
    qtbot.mouseClick(page._alone_again, Qt.MouseButton.LeftButton)
    office.settle()
    assert page.sections.isVisible()
    assert page._talking.talk.alone is True


def test_private_questions_leave_the_screen_when_the_talk_is_no_longer_alone(office: Office, qtbot) -> None:
    page = begin(office)
    office.desk.signed_in.talks.go_to(_private(office))
    assert office.desk.signed_in.bench.instrument.section_of[page._talking.question.id].private
    qtbot.mouseClick(page.side.alone, Qt.MouseButton.LeftButton)
    office.settle()
    assert not office.desk.signed_in.bench.instrument.section_of[page._talking.question.id].private


def _private(office: Office) -> str:
    return next(q.id for q in office.desk.signed_in.bench.instrument.section["control"].questions if q.person)


def test_opening_a_private_section_by_choice_is_written_down(office: Office) -> None:
    page = begin(office, talk=Talk())
    page.opened_by_choice.emit("control")
    office.settle()
    assert office.desk.signed_in.bench.instrument.section_of[page._talking.question.id].id == "control"
    ((case,), _) = stored(office)
    assert case.opened == ("control",)


def test_a_distressed_person_is_asked_nothing_and_hears_words_in_their_language(office: Office, qtbot) -> None:
    page = begin(office)
    qtbot.keyClick(page.next, Qt.Key.Key_F6)
    office.settle()
    assert page._calm.isVisible()
    assert page._talking.talk.distressed
    assert "112" in texts(office)
    qtbot.mouseClick(page._calm.go_on, Qt.MouseButton.LeftButton)
    office.settle()
    assert not page._talking.talk.distressed


def test_taking_back_can_be_undone(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    qtbot.keyClicks(page.next, "1")
    office.settle()
    page.pad._take_back()
    office.settle()
    assert page._talking.question.answers == ()
    office.desk.shell._toast._take_back()
    office.settle()
    ((case,), _) = stored(office)
    assert case.answers[question][0].value == "yes"


def test_a_person_who_does_not_agree_leaves_nothing_behind(office: Office, qtbot) -> None:
    office.create()
    office.desk.signed_in.new()
    page = office.page()
    page._agreed.choose("no")
    page._tell_agreed()
    assert not page.begin.isEnabled()
    qtbot.mouseClick(page.count_only, Qt.MouseButton.LeftButton)
    office.settle()
    assert isinstance(office.page(), CasesPage)
    assert stored(office)[0] == []


def test_a_child_is_asked_only_what_is_for_a_child(office: Office) -> None:
    page = begin(office, age="unsure")
    instrument = office.desk.signed_in.bench.instrument
    offered = [instrument.question[link.id] for link in page._talking.all]
    assert offered
    assert all(q.child or q.free for q in offered if q.of == "person")


def test_a_quick_screen_ends_in_words_and_grows_into_the_full_interview(office: Office, qtbot) -> None:
    page = begin(office, quick=True)
    for _ in range(60):
        if page._talking.question is None:
            break
        qtbot.keyClicks(page.next, "2")
        page.forward.emit()
    office.settle()
    said = texts(office)
    assert any(words in said for words in ("Act now", "Talk longer today", "Leave the card"))
    assert "indication" not in said.lower()
    asked = page._talking.asked
    qtbot.mouseClick(page._done.deed, Qt.MouseButton.LeftButton)
    office.settle()
    assert page._talking.question is not None
    assert page._talking.total > asked
    assert page._talking.asked >= asked


def test_the_result_is_not_shown_before_an_own_view(office: Office) -> None:
    begin(office)
    office.desk.signed_in.assess()
    page = office.page()
    assert isinstance(page, OwnViewPage)
    page.viewed.emit("unsure", "he is afraid")
    office.settle()
    result = office.page()
    assert isinstance(result, AssessmentPage)
    result.judged.emit("presumed_victim", "the contract shows it")
    office.settle()
    ((case,), _) = stored(office)
    assert [(view.view, view.result_seen) for view in case.views] == [("unsure", False), ("presumed_victim", True)]
    assert case.result_seen


def test_own_view_asks_for_a_choice_and_for_reasons(office: Office, qtbot) -> None:
    begin(office)
    office.desk.signed_in.view()
    page = office.page()
    heard: list[str] = []
    page.viewed.connect(lambda view, _reasons: heard.append(view))
    qtbot.mouseClick(page.done, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.options[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.done, Qt.MouseButton.LeftButton)
    assert heard == []
    assert page.note.isVisible()


def test_the_person_answers_on_their_own_screen_and_the_worker_comes_back_with_the_pin(office: Office, qtbot) -> None:
    page = begin(office)
    while page._talking.question.kind != "yes_no" or not page._talking.question.person:
        page.skipped.emit()
    question = page._talking.question.id
    qtbot.keyClick(page.next, Qt.Key.Key_F9)
    shown = office.page()
    assert isinstance(shown, ShowPage)
    assert office.desk.shell.isFullScreen()
    assert office.desk.shell.reading
    qtbot.keyClicks(shown._setting.field, "1234")
    qtbot.keyClick(shown._setting.field, Qt.Key.Key_Return)
    assert "Oui" in [option.words for option in shown._asking._options] or shown._asking._options[0].words
    qtbot.mouseClick(shown._asking._options[0], Qt.MouseButton.LeftButton)
    office.settle()
    shown._try("1234")
    office.settle()
    assert not office.desk.shell.reading
    ((case,), _) = stored(office)
    assert [(a.value, a.source) for a in case.answers[question]] == [("yes", "said")]


def test_i_am_not_alone_shows_an_ordinary_question_and_marks_the_talk(office: Office, qtbot) -> None:
    page = begin(office)
    while page._talking.question.kind != "yes_no" or not page._talking.question.person:
        page.skipped.emit()
    page.show_person.emit()
    shown = office.page()
    shown._begin("1234")
    qtbot.mouseClick(shown._asking._alone, Qt.MouseButton.LeftButton)
    office.settle()
    assert not any(option.isVisible() for option in shown._asking._options)
    assert office.desk.signed_in.talks.case.talk.alone is False


def test_three_wrong_pins_lock(office: Office) -> None:
    page = begin(office)
    while page._talking.question.kind != "yes_no" or not page._talking.question.person:
        page.skipped.emit()
    page.show_person.emit()
    shown = office.page()
    shown._begin("1234")
    for _ in range(3):
        shown._try("0000")
    assert office.restarts == 1


def of_version(content: bytes, version: int) -> bytes:
    """The same key file as a later version would have written it, with the right checksum."""
    rest = json.loads(content)
    del rest[keyfile.FORMAT], rest["sha256"]
    digest = keyfile._digest(encode({keyfile.FORMAT: version}), encode(rest))
    head, body = encode({keyfile.FORMAT: version}), encode({**rest, "sha256": digest})
    return head[:-1] + b"," + body[1:]


def test_each_reason_a_vault_stays_closed_has_its_own_words(office: Office) -> None:
    office.create()
    office.desk.ask.close(5000, lambda space: space.close())
    key = office.folder / "vault" / "vault.key"
    good = key.read_bytes()
    said = {}
    for name, content in (("wrong", good), ("damaged", good[:-40]), ("newer", of_version(good, 9))):
        key.write_bytes(content)
        (office.folder / "vault" / "vault.key.bak").write_bytes(content)
        office.start_again()
        unlock(office, "not the one at all")
        page = office.page()
        assert isinstance(page, DamagedPage if name == "damaged" else UnlockPage)
        said[name] = texts(office)
        office.desk.ask.close(5000)
    key.write_bytes(good)
    (office.folder / "vault" / "vault.key.bak").write_bytes(good)
    assert "passphrase" in said["wrong"]
    assert "damaged" in said["damaged"]
    assert "newer" in said["newer"]
    assert len(set(said.values())) == 3


def test_a_vault_that_is_open_elsewhere_says_so(office: Office) -> None:
    office.create()
    office.desk.ask.close(5000, lambda space: space.close())
    held = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    office.start_again()
    unlock(office)
    assert "already open" in texts(office)
    held.close()
    unlock(office)
    assert isinstance(office.page(), CasesPage)


def test_the_passphrase_does_not_stay_in_the_field(office: Office, qtbot) -> None:
    office.create()
    office.desk.ask.close(5000, lambda space: space.close())
    office.start_again()
    page = office.page()
    qtbot.keyClicks(page.field, "something long")
    qtbot.mouseClick(page.field.eye, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert page.field.text() == ""
    assert page.field.echoMode() == page.field.EchoMode.Password
    office.settle()


@pytest.mark.parametrize(
    ("first", "second", "complaint"),
    [
        ("password", "password", "too easy"),
        ("otter cloud seven lamp brick", "otter cloud seven lamp brik", "not the same"),
    ],
)
def test_a_first_passphrase_is_strong_and_typed_twice(
    office: Office, qtbot, first: str, second: str, complaint: str
) -> None:
    page = office.page()
    assert isinstance(page, FirstStartPage)
    made: list[object] = []
    page.made.connect(made.append)
    page._step(2)
    qtbot.keyClicks(page._first, first)
    qtbot.keyClicks(page._second, second)
    qtbot.mouseClick(page._create, Qt.MouseButton.LeftButton)
    assert made == []
    assert complaint in texts(office)


def test_another_language_is_there_at_once_and_stays(office: Office) -> None:
    office.create()
    office.desk.signed_in.arranging.show()
    office.settle()
    page = office.page()
    page.tongue.choose("fr")
    page._changed()
    office.settle()
    office.app.processEvents()
    office.settle()
    assert office.desk.signed_in.bench.language.tag == "fr"
    assert office.desk.shell.isVisible()
    office.desk.lock()
    office.start_again()
    assert office.desk._language.tag == "fr"


def test_look_and_size_of_text_change_at_once_and_are_kept(office: Office) -> None:
    office.create()
    office.desk.signed_in.arranging.show()
    office.settle()
    page = office.page()
    page.theme.choose("dark")
    page.scale.choose("150")
    page._changed()
    office.settle()
    assert office.desk.shell.palette().window().color().lightness() < 60
    assert page.theme.key() == "dark"
    office.desk.ask.close(5000, lambda space: space.close())
    again = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    assert (again.preferences.theme, again.preferences.text_scale) == ("dark", 150)
    again.close()


def test_the_cell_opens_files_takes_them_and_refuses_others(office: Office, tmp_path: Path) -> None:
    office.create()
    sender = Scenario(tmp_path / "sender")
    case = sender.show(sender.begin(), "cd_documents")
    sender.space.caseload.view(case.id, "presumed_victim", "x")
    card = tmp_path / "own.card"
    office.desk.signed_in.arranging.save_card(card)
    office.settle()
    sender.space.post.learn_recipient("lu.parquet", card.read_bytes())
    (good,) = sender.space.post.seal(case.id, ("lu.parquet",), "fr", tmp_path)
    bad = tmp_path / "holiday.jpg"
    bad.write_bytes(b"nothing of ours")
    office.places.chosen = [bad, good]
    office.desk.signed_in.letters.show_inbox()
    office.settle()
    page = office.page()
    page.files_wanted.emit()
    office.settle()
    assert page.model.rowCount() == 1
    assert page.model.row(0).code == case.code
    assert not page.model.row(0).known
    assert "holiday.jpg" in page.note.accessibleName()
    page.read_form.emit(page.model.row(0).id)
    office.settle()
    assert page._faces.currentIndex() == 2
    page.pressed("back")
    page.take_all.emit()
    office.settle()
    page.state_chosen.emit("taken")
    assert page.model.rowCount() == 1
    page.files_wanted.emit()
    office.settle()
    assert "already" in page.note.accessibleName()
    sender.space.close()


def test_the_advice_call_without_names_is_always_the_first_choice(office: Office) -> None:
    begin(office)
    office.desk.signed_in.refer()
    office.settle()
    page = office.page()
    assert page._sending.chosen == (page._sending.recipients[0].id,)
    assert page._sending.recipients[0].advice
    assert "I will not say a name" in texts(office)
    assert not page.seal_button.isEnabled()


def test_what_is_missing_can_be_filled_in_where_it_stands(office: Office) -> None:
    begin(office)
    office.desk.signed_in.refer()
    page = office.page()
    page.recipients_chosen.emit(("lu.infotraite",))
    office.settle()
    before = {row.words for row in page._sending.missing}
    page.filled_in.emit({"E6.kind": "shelter", "E6.municipality": "Esch"})
    office.settle()
    assert len({row.words for row in page._sending.missing}) == len(before) - 1
    assert page.preview._sheets.count() >= 1


def test_a_bug_shows_the_crash_page_and_loses_nothing(office: Office, qtbot) -> None:
    page = begin(office)
    question = to_a_yes_no_question(office, page)
    qtbot.keyClicks(page.next, "1")
    office.settle()
    office.desk.ask.read(lambda _: int("nothing"), lambda _: None, lambda _: None, office.desk)
    office.settle()
    assert "saved" in texts(office)
    assert "ValueError" in texts(office)
    ((case,), _) = stored(office)
    assert question in case.answers


def test_a_card_that_cannot_be_read_or_written_is_told_and_is_no_crash(office: Office, tmp_path) -> None:
    office.create()
    office.desk.signed_in.arranging.show()
    office.settle()
    office.desk.signed_in.arranging.learn("lu.infotraite", tmp_path / "nothing.card")
    office.settle()
    office.desk.signed_in.arranging.save_card(tmp_path / "no-such-folder" / "my.card")
    office.settle()
    assert office.desk.shell.here != "crash"
    assert not (tmp_path / "no-such-folder").exists()
