"""One worker, one case, by the keyboard alone: from an empty laptop to a sealed file, and back after the lock."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.scenario import PASSPHRASE
from tests.scenario import Desk as Scenario
from tests.ui.conftest import Office
from victim_id.casework.case import Consent
from victim_id.ui.pages.assessment import AssessmentPage
from victim_id.ui.pages.cases import CasesPage
from victim_id.ui.pages.first_start import FirstStartPage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.pages.recovery import RecoveryPage
from victim_id.ui.pages.referral import ReferralPage
from victim_id.ui.pages.unlock import UnlockPage


def press(office: Office, *keys: Qt.Key) -> None:
    """Presses keys where the focus is, as a hand would."""
    for key in keys:
        target = office.desk.shell.focusWidget() or office.desk.shell
        office.qtbot.keyClick(target, key)
        QApplication.processEvents()


def write(office: Office, text: str) -> None:
    office.qtbot.keyClicks(office.desk.shell.focusWidget(), text)


def focus_on(office: Office, name: str) -> None:
    """Goes with Tab until a control of this name has the focus."""
    seen: dict[str, None] = {}
    for _ in range(120):
        here = office.desk.shell.focusWidget()
        if here is not None and here.accessibleName().startswith(name):
            return
        seen[here.accessibleName() if here else "-"] = None
        press(office, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {name}, but only {list(seen)}")


def choose(office: Office, group: str, name: str) -> None:
    """Goes to a group with Tab and through it with the arrow keys."""
    for _ in range(120):
        here = office.desk.shell.focusWidget()
        if here is not None and here.accessibleDescription() == group:
            break
        press(office, Qt.Key.Key_Tab)
    for _ in range(12):
        here = office.desk.shell.focusWidget()
        if here.accessibleName() == name:
            press(office, Qt.Key.Key_Space)
            return
        press(office, Qt.Key.Key_Right)
    raise AssertionError(f"the arrows never reach {name}")


def answer(office: Office, kind: str) -> None:
    """Answers by keys: a figure is typed, words go on with Ctrl+Enter, all else is 1 and Enter."""
    if kind == "text":
        write(office, "they keep 400 for the journey")
        office.qtbot.keyClick(office.desk.shell.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    elif kind == "number":
        write(office, "6")
        press(office, Qt.Key.Key_Return)
    else:
        press(office, Qt.Key.Key_1, Qt.Key.Key_Return)


def test_a_worker_goes_from_an_empty_laptop_to_a_sealed_file_by_keyboard_alone(office: Office, tmp_path) -> None:
    first = office.page()
    assert isinstance(first, FirstStartPage)
    choose(office, "Country you work in", "Luxembourg")
    focus_on(office, "Your name")
    write(office, "A. Weber")
    press(office, Qt.Key.Key_Return)
    focus_on(office, "Your organisation")
    write(office, "ITM")
    choose(office, "Kind of organisation", "Inspectorate or other state body")
    focus_on(office, "Next")
    press(office, Qt.Key.Key_Return)
    write(office, PASSPHRASE)
    press(office, Qt.Key.Key_Return)
    write(office, PASSPHRASE)
    press(office, Qt.Key.Key_Return)
    office.settle()
    assert isinstance(office.page(), RecoveryPage)
    focus_on(office, "Later")
    press(office, Qt.Key.Key_Return)
    office.settle()
    assert isinstance(office.page(), CasesPage)

    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    focus_on(office, "You are alone")
    press(office, Qt.Key.Key_Space)
    focus_on(office, "Begin")
    press(office, Qt.Key.Key_Return)
    office.settle()
    page = office.page()
    assert isinstance(page, InterviewPage)
    code = page._talking.code
    for _ in range(200):
        if page._talking.question is None:
            break
        answer(office, page._talking.question.kind)
    office.settle()
    assert page._talking.question is None
    assert page._saved.text().startswith("saved ")

    focus_on(office, "Write down your own view")
    press(office, Qt.Key.Key_Return)
    assert isinstance(office.page(), OwnViewPage)
    focus_on(office, "No concern")
    press(office, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space)
    focus_on(office, "What makes you think so?")
    write(office, "he looked at the foreman before each answer")
    focus_on(office, "Write it down and see")
    press(office, Qt.Key.Key_Return)
    office.settle()
    result = office.page()
    assert isinstance(result, AssessmentPage)
    assert "Strong indications" in " ".join(label.text() for label in result.findChildren(type(result._title)))

    press(office, Qt.Key.Key_F5)
    office.settle()
    referral = office.page()
    assert isinstance(referral, ReferralPage)
    cell = Scenario(tmp_path / "cell", organisation="INFOTRAITE")
    card = tmp_path / "infotraite.card"
    card.write_bytes(cell.space.post.card_file())
    office.desk.signed_in.arranging.learn("lu.infotraite", card)
    office.settle()
    press(office, Qt.Key.Key_F5)
    office.settle()
    focus_on(office, "INFOTRAITE: assistance")
    press(office, Qt.Key.Key_Space)
    office.settle()
    focus_on(office, "Told what is sent")
    press(office, Qt.Key.Key_Space)
    office.settle()
    choose(office, "Does the person agree?", "Agrees")
    office.settle()
    focus_on(office, "Seal for 1")
    press(office, Qt.Key.Key_Return)
    office.settle()
    (sealed,) = tmp_path.glob("*.age")
    received = cell.space.post.open_package(sealed.read_bytes())
    assert received.package.manifest.case == code
    cell.space.close()

    press(office, Qt.Key.Key_F12)
    assert office.restarts == 1
    office.start_again()
    unlock = office.page()
    assert isinstance(unlock, UnlockPage)
    write(office, "not this one")
    press(office, Qt.Key.Key_Return)
    office.settle()
    assert "does not open" in unlock._labelled._note.text()
    write(office, PASSPHRASE)
    press(office, Qt.Key.Key_Return)
    office.settle()
    assert isinstance(office.page(), CasesPage)
    assert Consent
