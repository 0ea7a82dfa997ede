"""The vault's own life in the window: who opens it, the way back in, backups, what is kept and what is erased."""

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
import sqlcipher3.dbapi2
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.scenario import ALONE, PASSPHRASE, Desk
from tests.test_keeping import text_of, typed_from
from tests.test_workspace import CENTRE
from tests.ui.conftest import Office
from victim_id.casework.case import Consent
from victim_id.referral.package import write_package
from victim_id.ui.pages.backup import BackupPage
from victim_id.ui.pages.care import CarePage
from victim_id.ui.pages.cases import CasesPage
from victim_id.ui.pages.first_start import FirstStartPage
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.lost import LostPage
from victim_id.ui.pages.people import PeoplePage
from victim_id.ui.pages.recovery import RecoveryPage
from victim_id.ui.pages.restore import RestorePage
from victim_id.ui.pages.sheet_words import SheetWords
from victim_id.ui.pages.start import Beginning
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.ui.widgets.buttons import Pressable
from victim_id.ui.widgets.choices import Chip
from victim_id.ui.widgets.fields import Tick
from victim_id.vault import Vault, keyfile, organisation_key
from victim_id.vault.sheets import LIST
from victim_id.workspace import Workspace

EVAS = "otter cloud seven lamp brick"
NEW = "quite another long phrase here"


def visible(office: Office, kind: type[QWidget]) -> Iterator[QWidget]:
    return (widget for widget in office.desk.shell.findChildren(kind) if widget.isVisible())


def texts(office: Office) -> str:
    return " ".join(label.text() for label in visible(office, QLabel))


def press(office: Office, name: str, kind: type[QWidget] = Pressable) -> None:
    """Presses the one control of this spoken name, as a finger would; what it asks for is done when this returns."""
    found = [widget for widget in visible(office, kind) if widget.accessibleName() == name]
    assert len(found) == 1, (name, [widget.accessibleName() for widget in visible(office, Pressable)])
    assert found[0].isEnabled(), name
    office.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    office.settle()


def put(office: Office, field: QWidget, text: str) -> None:
    field.setFocus()
    office.qtbot.keyClicks(field, text)


def start(office: Office) -> None:
    """Goes through the first start and puts the sheets off."""
    office.create()
    press(office, "Later")


def lock_and_start_again(office: Office) -> UnlockPage:
    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_F12)
    office.start_again()
    page = office.page()
    assert isinstance(page, UnlockPage)
    return page


def unlock(office: Office, passphrase: str) -> None:
    page = office.page()
    assert isinstance(page, UnlockPage)
    put(office, page.field, passphrase)
    office.qtbot.keyClick(page.field, Qt.Key.Key_Return)
    office.settle()


def to(office: Office, place: str, kind: type[QWidget]) -> QWidget:
    """Goes to a place of the preferences by the rail and the bar."""
    press(office, "Preferences")
    press(office, place, Chip)
    page = office.page()
    assert isinstance(page, kind)
    return page


def begin(office: Office, place: str = "Kitchen, Esch") -> str:
    office.desk.signed_in.talks.begin(
        Beginning("workplace", quick=False, age="adult", person_language="fr", place=place, before=(), talk=ALONE, agreed=True)
    )  # fmt: skip
    office.settle()
    return office.desk.signed_in.talks.case.id


def new_passphrase(office: Office, fields: QWidget, passphrase: str) -> None:
    put(office, fields.first, passphrase)
    put(office, fields.second, passphrase)


def add_eva(office: Office) -> PeoplePage:
    page = to(office, "People", PeoplePage)
    put(office, page.name, "Eva Muller")
    new_passphrase(office, page.new, EVAS)
    press(office, "Add")
    return page


def make_sheets(office: Office) -> list[str]:
    """Makes the sheets, saves all three, and reads their words off the saved pages."""
    page = to(office, "Recovery", RecoveryPage)
    press(office, "Make the sheets")
    assert page.preview._sheets.count() == 3
    for number in (1, 2, 3):
        press(office, f"Sheet {number}: Save…")
    return [typed_from(text_of((office.folder / f"sheet-{number}.pdf").read_bytes())[1]) for number in (1, 2, 3)]


def type_sheet(office: Office, sheet: SheetWords, words: str) -> None:
    """Types a sheet at once, and waits until it was looked at."""
    sheet.field.setPlainText(words)
    sheet.field.tell()
    office.settle()


def complaint(sheet: SheetWords) -> str:
    return sheet._labelled._note.text()


# ---- people


def test_a_worker_who_was_added_opens_the_vault_with_a_passphrase_of_their_own(office: Office) -> None:
    start(office)
    page = add_eva(office)
    assert page.new.first.text() == page.new.second.text() == page.name.text() == ""
    assert "Eva Muller" in texts(office)

    lock_and_start_again(office)
    unlock(office, EVAS)

    page = to(office, "People", PeoplePage)
    assert [(one.name, one.me) for one in page._people] == [("A. Weber", False), ("Eva Muller", True)]


def test_a_weak_passphrase_or_a_name_that_is_there_adds_nobody(office: Office) -> None:
    start(office)
    page = to(office, "People", PeoplePage)
    put(office, page.name, "a. weber")
    new_passphrase(office, page.new, EVAS)
    press(office, "Add")
    assert "Somebody of this name is here already" in texts(office)
    page.name.setText("Eva Muller")
    page.new.forget()
    new_passphrase(office, page.new, "otter cloud")
    press(office, "Add")
    assert "too easy to guess" in texts(office)
    page.new.forget()
    put(office, page.new.first, EVAS)
    put(office, page.new.second, EVAS + "s")
    press(office, "Add")
    assert "not the same" in texts(office)
    assert len(page._people) == 1


def test_a_passphrase_that_opens_the_vault_already_is_refused_without_saying_whose_it_is(office: Office) -> None:
    start(office)
    page = to(office, "People", PeoplePage)
    put(office, page.name, "Eva Muller")
    new_passphrase(office, page.new, PASSPHRASE)
    press(office, "Add")
    assert "This passphrase cannot be used here. Please choose another one." in texts(office)
    assert page.name.text() == "Eva Muller"
    assert len(page._people) == 1


def test_a_changed_passphrase_opens_the_vault_and_the_old_one_does_not(office: Office) -> None:
    start(office)
    page = to(office, "People", PeoplePage)
    put(office, page.present, "not this one")
    new_passphrase(office, page.mine, NEW)
    press(office, "Change my passphrase")
    assert "This is not your present passphrase." in texts(office)
    assert page.present.text() == ""
    put(office, page.present, PASSPHRASE)
    new_passphrase(office, page.mine, NEW)
    press(office, "Change my passphrase")
    assert "Your passphrase is changed." in texts(office)

    page = lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    assert "does not open" in texts(office)
    unlock(office, NEW)
    assert isinstance(office.page(), CasesPage)


def test_a_worker_is_removed_only_after_a_second_look_and_then_a_new_key_is_offered(office: Office) -> None:
    start(office)
    page = add_eva(office)
    press(office, "Eva Muller: Remove…")
    press(office, "Keep Eva Muller")
    assert len(page._people) == 2
    press(office, "Eva Muller: Remove…")
    press(office, "Remove Eva Muller")
    assert [one.name for one in page._people] == ["A. Weber"]
    assert not [one for one in visible(office, Pressable) if "Remove" in one.accessibleName()]
    press(office, "Give the vault a new key")
    assert isinstance(office.page(), RecoveryPage)
    press(office, "Give the vault a new key")
    assert "The vault has a new key." in texts(office)
    press(office, "Cases")
    assert isinstance(office.page(), CasesPage)

    lock_and_start_again(office)
    unlock(office, EVAS)
    assert "does not open" in texts(office)
    unlock(office, PASSPHRASE)
    assert isinstance(office.page(), CasesPage)


def test_whoever_alone_can_read_a_limited_case_is_removed_only_after_a_tick(office: Office) -> None:
    start(office)
    case = begin(office)
    add_eva(office)
    page = care(office, case)
    press(office, "A. Weber", Tick)
    press(office, "Limit to those ticked")
    assert "Only these can hold it, erase it or let others in: Eva Muller." in texts(office)
    assert not page.erase_card.button.isVisible()
    assert not page.hold_card.button.isVisible()
    assert not page.readers.button.isEnabled()
    page = to(office, "People", PeoplePage)
    press(office, "Eva Muller: Remove…")
    assert "They alone can read 1 limited case." in texts(office)
    assert "Not even the recovery sheets open 1 of them" in texts(office)
    (remove,) = [one for one in visible(office, Pressable) if one.accessibleName() == "Remove Eva Muller"]
    assert not remove.isEnabled()
    press(office, "I know: nobody but who holds the recovery sheets will be able to read them", Tick)
    press(office, "Remove Eva Muller")
    assert len(page._people) == 1

    office.now.moment = office.now.moment.replace(year=2027)
    page = care(office)
    assert "nobody is left who can read it · due to be erased since Dec 21, 2026" in texts(office)
    code = page._rows[0].code
    press(office, code, Tick)
    assert "Nobody is left who can read it." in texts(office)
    assert not page.erase_card.ground.chip("asked_for").isVisible()
    press(office, "Kept long enough", Chip)
    put(office, page.erase_card.code, code)
    press(office, "Erase 1 case")
    assert "1 case is erased." in texts(office)
    assert stored(office) == []


# ---- recovery sheets


def test_the_first_start_ends_with_the_sheets_and_a_reminder_stays_until_all_are_on_paper(office: Office) -> None:
    office.create()
    page = office.page()
    assert isinstance(page, RecoveryPage)
    press(office, "Later")
    assert isinstance(office.page(), CasesPage)
    press(office, "Make the recovery sheets")
    press(office, "Make the sheets")
    press(office, "Sheet 1: Save…")
    press(office, "Cases")
    press(office, "Put the recovery sheets on paper")
    press(office, "Sheet 2: Save…")
    press(office, "Sheet 3: Save…")
    press(office, "Cases")
    assert not [one for one in visible(office, Pressable) if "recovery sheets" in one.accessibleName()]

    page = to(office, "Recovery", RecoveryPage)
    assert page.preview._sheets.count() == 0
    assert not [one for one in visible(office, Pressable) if "Sheet" in one.accessibleName()]


@pytest.mark.full
def test_sheets_that_were_not_all_put_on_paper_before_the_lock_are_made_anew(office: Office) -> None:
    office.create()
    press(office, "Make the sheets")
    press(office, "Sheet 1: Save…")
    lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    page = to(office, "Recovery", RecoveryPage)
    assert "not all were put on paper" in texts(office)
    assert page.preview._sheets.count() == 0


def test_a_saved_sheet_is_one_page_that_only_its_owner_may_read(office: Office) -> None:
    start(office)
    make_sheets(office)
    saved = office.folder / "sheet-2.pdf"
    assert saved.stat().st_mode & 0o777 == 0o600
    document = pypdfium2.PdfDocument(saved.read_bytes())
    assert len(document) == 1
    document.close()


def test_a_printed_sheet_counts_as_kept_once_the_printer_took_it(office: Office) -> None:
    office.create()
    press(office, "Make the sheets")
    page = office.page()
    press(office, "Sheet 2: Print")
    assert page._shown.kept == ()
    assert "print queue" in texts(office) or "copy" in texts(office)
    press(office, "Print…")
    assert (office.folder / "printed.pdf").read_bytes().startswith(b"%PDF")
    press(office, "Back")
    assert office.page() is page
    assert page._shown.kept == (2,)


def test_sheets_are_replaced_only_after_a_second_look(office: Office) -> None:
    start(office)
    old = make_sheets(office)
    press(office, "Cases")
    page = to(office, "Recovery", RecoveryPage)
    press(office, "Make new sheets…")
    press(office, "Keep the present ones")
    press(office, "Try two sheets…")
    type_sheet(office, page.typed.sheets[0], old[0])
    assert page.typed.sheets[0].look == "whole"
    press(office, "Make new sheets…")
    press(office, "Make new sheets")
    type_sheet(office, page.typed.sheets[0], old[0])
    assert page.typed.sheets[0].look == "other_vault"
    assert "older set" in complaint(page.typed.sheets[0])


def test_a_rehearsal_opens_nothing_and_its_date_is_kept(office: Office) -> None:
    start(office)
    sheets = make_sheets(office)
    page = office.page()
    assert "Never rehearsed" in texts(office)
    press(office, "Try two sheets…")
    type_sheet(office, page.typed.sheets[0], sheets[2])
    type_sheet(office, page.typed.sheets[1], sheets[2])
    assert "the same sheet once more" in complaint(page.typed.sheets[1])
    assert not page.check.isEnabled()
    type_sheet(office, page.typed.sheets[1], sheets[0])
    press(office, "Do they open the vault?")
    assert "They open the vault." in texts(office)
    assert "Last rehearsed: Nov 21, 2026" in texts(office)
    assert page.typed.texts() == ("", "")

    lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    to(office, "Recovery", RecoveryPage)
    assert "Last rehearsed: Nov 21, 2026" in texts(office)


def test_who_lost_the_passphrase_comes_in_with_two_of_the_three_sheets(office: Office) -> None:
    start(office)
    case = begin(office)
    sheets = make_sheets(office)
    lock_and_start_again(office)
    press(office, "I lost my passphrase")
    page = office.page()
    assert isinstance(page, LostPage)
    for sheet, words in zip(page.typed.sheets, (sheets[0], sheets[2]), strict=True):
        short = " ".join(word[:4] for word in words.split())
        put(office, sheet.field, short + " ")
        office.qtbot.waitUntil(lambda sheet=sheet: sheet.look == "whole")
        assert sheet.text().split() == words.split()
    press(office, "Next")
    press(office, "Open the vault")
    assert "choose whose place" in texts(office)
    press(office, "A. Weber", Chip)
    assert "The passphrase that A. Weber had opens nothing any more" in texts(office)
    new_passphrase(office, page.new, NEW)
    press(office, "Open the vault")
    assert isinstance(office.page(), CasesPage)
    assert office.page().model.row(0).id == case
    press(office, "The recovery sheets were used: make new ones")
    assert "have been seen" in texts(office)

    lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    assert "does not open" in texts(office)
    unlock(office, NEW)
    assert isinstance(office.page(), CasesPage)
    page = to(office, "People", PeoplePage)
    assert [one.name for one in page._people] == ["A. Weber"]


def test_somebody_new_comes_in_by_the_sheets_and_nobody_loses_a_way_in(office: Office) -> None:
    start(office)
    sheets = make_sheets(office)
    mark = texts(office).partition("Vault ")[2][:8]
    lock_and_start_again(office)
    press(office, "I lost my passphrase")
    page = office.page()
    office.qtbot.waitUntil(lambda: f"Vault {mark}:" in texts(office))
    for sheet, words in zip(page.typed.sheets, sheets, strict=False):
        type_sheet(office, sheet, words)
    press(office, "Next")
    press(office, "Somebody new", Chip)
    assert "Everybody keeps their way in." in texts(office)
    for name, said in (("", "Please give a name."), ("a. weber", "Somebody of this name is here already.")):
        page.name.setText(name)
        new_passphrase(office, page.new, NEW)
        press(office, "Open the vault")
        assert isinstance(office.page(), LostPage)
        assert said in texts(office)
        page.new.forget()
    page.name.setText("Anna Weber")
    new_passphrase(office, page.new, NEW)
    press(office, "Open the vault")
    assert isinstance(office.page(), CasesPage)
    page = to(office, "People", PeoplePage)
    assert [one.name for one in page._people] == ["A. Weber", "Anna Weber"]
    lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    assert isinstance(office.page(), CasesPage)


def test_the_mark_on_the_sheets_stands_on_the_recovery_page(office: Office) -> None:
    start(office)
    make_sheets(office)
    mark = keyfile.read(office.folder / "vault")[0].vault[:8]
    assert f"Vault {mark}:" in texts(office)
    assert mark in text_of((office.folder / "sheet-1.pdf").read_bytes())[1]


def test_sheets_are_to_be_tried_a_year_after_they_were_made_or_tried_last(office: Office) -> None:
    start(office)
    sheets = make_sheets(office)
    reminder = "Try the recovery sheets: a year has passed"
    press(office, "Cases")
    assert reminder not in texts(office)
    for _ in range(2):
        office.now.moment += timedelta(days=366)
        lock_and_start_again(office)
        unlock(office, PASSPHRASE)
        press(office, reminder)
        page = office.page()
        press(office, "Try two sheets…")
        for sheet, words in zip(page.typed.sheets, sheets, strict=False):
            type_sheet(office, sheet, words)
        press(office, "Do they open the vault?")
        press(office, "Cases")
        assert not [one for one in visible(office, Pressable) if one.accessibleName() == reminder]


def test_new_sheets_say_which_cases_they_do_not_open_and_earlier_ones_let_them_in(office: Office) -> None:
    start(office)
    add_eva(office)
    old = make_sheets(office)
    lock_and_start_again(office)
    unlock(office, EVAS)
    case = begin(office)
    failed = office.desk.signed_in.bench.failed
    office.desk.ask.change(
        lambda space: space.keeping.limit(case, [space.worker.id]), lambda _: None, failed, office.desk
    )
    office.settle()
    lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    page = to(office, "Recovery", RecoveryPage)
    press(office, "Make new sheets…")
    press(office, "Make new sheets")
    for number in (1, 2, 3):
        press(office, f"Sheet {number}: Save…")
    new = [typed_from(text_of((office.folder / f"sheet-{number}.pdf").read_bytes())[1]) for number in (1, 2, 3)]
    assert "1 limited case is not yet covered by these sheets." in texts(office)
    press(office, "Try two sheets…")
    for sheet, words in zip(page.typed.sheets, new, strict=False):
        type_sheet(office, sheet, words)
    press(office, "Do they open the vault?")
    assert "They open the vault, but not 1 limited case." in texts(office)

    press(office, "Type two earlier sheets…")
    for sheet, words in zip(page.earlier.typed.sheets, old, strict=False):
        type_sheet(office, sheet, words)
    press(office, "Let the present sheets open those cases")

    assert "not yet covered" not in texts(office)
    lock_and_start_again(office)
    press(office, "I lost my passphrase")
    page = office.page()
    for sheet, words in zip(page.typed.sheets, new, strict=False):
        type_sheet(office, sheet, words)
    press(office, "Next")
    press(office, "Eva Muller", Chip)
    new_passphrase(office, page.new, NEW)
    press(office, "Open the vault")
    assert office.desk.signed_in.talks.case.id == case


def test_the_organisation_s_key_is_compared_given_used_and_taken_away(office: Office, tmp_path: Path) -> None:
    sealed, public = organisation_key.make("kept by the organisation", "2026-11-21T20:00:00Z")
    (tmp_path / "office.age").write_bytes(sealed)
    (tmp_path / "office.age.pub").write_bytes(public)
    number = organisation_key.number(organisation_key.public(public.decode(), "key"))
    start(office)
    case = begin(office)
    page = to(office, "Recovery", RecoveryPage)
    assert "None opens this vault." in texts(office)
    put(office, page.organisation.line, public.decode().splitlines()[1][:-1])
    press(office, "Look at this line")
    assert "This is not a new public key of an organisation." in texts(office)
    office.places.chosen = [tmp_path / "office.age.pub"]
    press(office, "Choose its public file…")
    assert number in texts(office)
    assert "A key opens this vault." not in texts(office)
    press(office, "The numbers are the same: let it open")
    assert f"A key opens this vault. Its number:\n{number}" in texts(office)

    lock_and_start_again(office)
    press(office, "I lost my passphrase")
    page = office.page()
    office.qtbot.waitUntil(page.by_key.isVisible)
    press(office, "With the organisation's key instead")
    office.places.chosen = [tmp_path / "office.age"]
    press(office, "Choose the key's file…")
    put(office, page.key.passphrase, "not this one")
    press(office, "Next")
    assert "does not open" in texts(office)
    page.key.passphrase.clear()
    put(office, page.key.passphrase, "kept by the organisation")
    press(office, "Next")
    press(office, "A. Weber", Chip)
    new_passphrase(office, page.new, NEW)
    press(office, "Open the vault")
    assert office.page().model.row(0).id == case

    page = to(office, "Recovery", RecoveryPage)
    press(office, "Remove the organisation's key…")
    press(office, "Remove the organisation's key")
    assert "None opens this vault." in texts(office)


def test_what_is_wrong_with_a_sheet_is_said_where_it_is_typed(office: Office, tmp_path: Path) -> None:
    start(office)
    one, two, _ = make_sheets(office)
    with Vault.create(
        tmp_path / "other",
        PASSPHRASE,
        "B",
        now=office.now,
        effort=office.desk._door.effort,
        floor=office.desk._door.effort,
    ) as other:
        foreign = other.keyring.make_sheets()[1]
    lock_and_start_again(office)
    press(office, "I lost my passphrase")
    page = office.page()
    first, second = page.typed.sheets
    type_sheet(office, first, one)
    words = two.split()
    said = {}
    for name, typed in (
        ("unknown", " ".join([*words[:7], "mountebank", *words[8:]])),
        ("swapped", " ".join([*words[:7], words[8], words[7], *words[9:]])),
        ("foreign", foreign),
        ("same", one.upper()),
        ("long", two + " academic"),
    ):
        type_sheet(office, second, typed)
        said[name] = complaint(second)
        assert second.field.accessibleDescription() == said[name]
        assert not page.next.isEnabled()
        assert complaint(first) == ""
    assert "mountebank" in said["unknown"]
    assert "last three" in said["swapped"]
    assert "another vault" in said["foreign"]
    assert len(set(said.values())) == 5
    type_sheet(office, second, " ".join(words[:20]))
    assert complaint(second) == ""
    assert "20 of 33 words" in texts(office)
    type_sheet(office, second, two)
    assert page.next.isEnabled()


def test_a_vault_without_sheets_says_so_when_the_passphrase_is_lost(office: Office) -> None:
    start(office)
    lock_and_start_again(office)
    press(office, "I lost my passphrase")
    page = office.page()
    put(office, page.typed.sheets[0].field, "acad ")
    office.qtbot.waitUntil(lambda: "No recovery sheets were ever made" in texts(office))
    press(office, "Back")
    assert isinstance(office.page(), UnlockPage)


def test_words_are_completed_by_the_space_bar_when_only_one_fits(qapp, qtbot) -> None:
    from victim_id.language import language

    sheet = SheetWords(language("en"), "Words", LIST, 33)
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.keyClicks(sheet.field, "acad ")
    assert sheet.text() == "academic "
    qtbot.keyClicks(sheet.field, "ac ")
    assert sheet.text() == "academic ac "
    qtbot.keyClicks(sheet.field, "AGEN")
    assert [offer.words for offer in sheet._offers if offer.isVisible()] == ["agency"]
    qtbot.mouseClick(sheet._offers[0], Qt.MouseButton.LeftButton)
    assert sheet.text() == "academic ac agency "
    assert "3 of 33 words" in sheet._count.text()


# ---- backups


def test_a_backup_is_restored_on_another_laptop_with_the_passphrase_of_its_day(
    office: Office, qapp, qtbot, tmp_path: Path
) -> None:
    start(office)
    case = begin(office, "Zwanenburgwal")
    page = to(office, "Backup", BackupPage)
    assert "There is no backup yet." in texts(office)
    office.places.place = tmp_path / "stick"
    office.places.place.mkdir()
    press(office, "Choose a place and back up…")
    assert "was looked through" in texts(office)
    assert page.now.isVisible()
    press(office, "Back up now")
    assert len(list(office.places.place.glob("vault-*"))) == 2
    press(office, "Cases")
    assert "A backup is due" not in texts(office)
    lock_and_start_again(office)

    other = Office(qapp, qtbot, tmp_path / "other", office.now)
    assert isinstance(other.page(), FirstStartPage)
    press(other, "Restore from a backup…")
    other.places.place = tmp_path
    press(other, "Choose the folder or stick…")
    assert "There is no backup in this place." in texts(other)
    other.places.place = office.places.place
    press(other, "Choose the folder or stick…")
    page = other.page()
    assert isinstance(page, RestorePage)
    assert len(page._options) == 2
    put(other, page.field, "not this one")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    other.settle()
    assert "does not open" in texts(other)
    assert not (other.folder / "vault" / "vault.key").exists()
    put(other, page.field, PASSPHRASE)
    press(other, "Restore")
    assert isinstance(other.page(), CasesPage)
    assert other.page().model.row(0).id == case
    other.desk.close()


def test_a_backup_is_restored_without_a_passphrase_and_opened_with_the_sheets(
    office: Office, qapp, qtbot, tmp_path: Path
) -> None:
    start(office)
    sheets = make_sheets(office)
    office.desk.signed_in.backups.back_up(office.folder)
    office.settle()
    lock_and_start_again(office)
    other = Office(qapp, qtbot, tmp_path / "other", office.now)
    press(other, "Restore from a backup…")
    other.places.place = office.folder
    press(other, "Choose the folder or stick…")
    press(other, "I lost the passphrase: restore, then use the recovery sheets")
    page = other.page()
    assert isinstance(page, LostPage)
    for sheet, words in zip(page.typed.sheets, sheets[1:], strict=True):
        type_sheet(other, sheet, words)
    press(other, "Next")
    press(other, "A. Weber", Chip)
    new_passphrase(other, page.new, NEW)
    press(other, "Open the vault")
    assert isinstance(other.page(), CasesPage)
    other.desk.close()


def test_a_damaged_backup_is_refused_in_its_own_words_and_leaves_nothing(office: Office, tmp_path: Path) -> None:
    start(office)
    office.desk.signed_in.backups.back_up(office.folder)
    office.settle()
    lock_and_start_again(office)
    (backup,) = office.folder.glob("vault-*")
    database = next(backup.glob("*.db"))
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    (office.folder / "vault").rename(tmp_path / "away")
    office.desk.ask.close(5000)
    office.start_again()
    press(office, "Restore from a backup…")
    press(office, "Choose the folder or stick…")
    put(office, office.page().field, PASSPHRASE)
    press(office, "Restore")
    assert "This backup is damaged." in texts(office)
    assert isinstance(office.page(), RestorePage)
    assert not (office.folder / "vault" / "vault.key").exists()


def test_a_place_that_cannot_be_written_is_said_on_the_page(office: Office) -> None:
    start(office)
    to(office, "Backup", BackupPage)
    office.places.place = office.folder / "stick that is gone"
    press(office, "Choose a place and back up…")
    page = office.page()
    assert page.wrong.isVisible()
    assert page.other.isVisible()
    assert "There is no backup yet." in texts(office)


def test_a_lock_stops_a_backup_and_keeps_what_is_half_typed(office: Office, qtbot) -> None:
    start(office)
    begin(office)
    interview = office.page()
    assert isinstance(interview, InterviewPage)
    qtbot.keyClicks(interview.pad.words, "they keep 40")
    backups = office.desk.signed_in.backups
    office.desk.shell.page("backup")
    backups.back_up(office.folder)
    work = backups._work
    qtbot.keyClick(interview.pad.words, Qt.Key.Key_F12)
    assert work.stopped()
    assert office.restarts == 1
    assert not list(office.folder.glob("*.unfinished"))
    space = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    (row,) = space.caseload.cases()
    assert list(space.caseload.drafts(row.id).values()) == ["they keep 40"]
    space.close()


def test_a_backup_under_way_is_stopped_by_its_own_button(office: Office) -> None:
    start(office)
    page = to(office, "Backup", BackupPage)
    office.desk.signed_in.backups.back_up(office.folder)
    assert page.under_way.isVisible()
    assert not page.now.isVisible()
    page.under_way.button.click()
    office.settle()
    assert not page.under_way.isVisible()
    made = list(office.folder.glob("vault-*"))
    assert ("Nothing of this backup is left." in texts(office)) == (not made)


def test_a_backup_that_is_due_is_made_while_nobody_types_and_keeps_nobody_waiting(office: Office) -> None:
    start(office)
    backups = office.desk.signed_in.backups
    backups.back_up(office.folder)
    office.settle()
    begin(office)
    office.now.moment = office.now.moment.replace(month=12)
    shell = office.desk.shell

    def backups_after(still: int) -> int:
        shell.quiet.emit(still)
        office.settle()
        return len(list(office.folder.glob("vault-*")))

    assert backups_after(40_000) == 1, "somebody has just typed"
    assert backups_after(70_000) == 2
    assert backups_after(75_000) == 2, "the next look is a minute later"
    begin(office)
    assert backups_after(200_000) == 2, "nothing is due any more"


# ---- keeping and erasing


def care(office: Office, *cases: str) -> CarePage:
    office.desk.signed_in.caring.show(*cases)
    office.settle()
    page = office.page()
    assert isinstance(page, CarePage)
    return page


def stored(office: Office) -> list[str]:
    office.desk.ask.close(5000, lambda space: space.close())
    space = Workspace.unlock(office.folder / "vault", PASSPHRASE, now=office.now)
    codes = [row.code for row in space.caseload.cases("")]
    space.close()
    return codes


def opened_by_hand(office: Office) -> Any:
    """Another program that reads the vault's file and so keeps its old pages there."""
    reader = sqlcipher3.dbapi2.connect(str(next((office.folder / "vault").glob("vault-*.db"))), check_same_thread=False)
    file = keyfile.read(office.folder / "vault")[0]
    key = keyfile.open_with_passphrase(file, keyfile.passphrase_key(PASSPHRASE, file.stretching)).vault_key
    reader.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM cases").fetchone()
    return reader


def test_what_is_due_is_erased_for_good_after_its_code_was_typed(office: Office) -> None:
    start(office)
    first, second = begin(office, "Kitchen"), begin(office, "Bakery")
    office.now.moment = office.now.moment.replace(year=2027)
    press(office, "Cases")
    press(office, "2 cases are due to be erased")
    page = office.page()
    assert isinstance(page, CarePage)
    assert [one.id for one in page._rows] == [first, second]
    assert "open, not gone on with · due since Dec 21, 2026" in texts(office)
    code = page._rows[0].code
    press(office, f"{code} · Kitchen", Tick)
    press(office, "Erase 1 case")
    assert "Please say why." in texts(office)
    press(office, "Kept long enough", Chip)
    put(office, page.erase_card.code, "ABC-DEF")
    press(office, "Erase 1 case")
    assert f"This is not the code {code}." in texts(office)
    page.erase_card.code.clear()
    put(office, page.erase_card.code, code.lower().replace("-", " "))
    press(office, "Erase 1 case")
    assert "1 case is erased." in texts(office)
    assert "No backup that is known still holds its words." in texts(office)
    assert [one.id for one in page._rows] == [second]
    assert stored(office) == [office.desk.signed_in.talks.case.code]


def test_an_erased_case_is_open_nowhere_any_more(office: Office) -> None:
    start(office)
    case = begin(office)
    office.desk.signed_in.refer()
    office.settle()
    page = care(office, case)
    page.erase_card.ground.choose("asked_for")
    put(office, page.erase_card.code, page.erase_card._code)
    office.qtbot.keyClick(page.erase_card.code, Qt.Key.Key_Return)
    office.settle()
    assert office.desk.signed_in.talks.case is None
    assert not office.desk.shell.built("interview")
    assert not office.desk.shell.built("referral")
    assert stored(office) == []


def test_all_cases_of_one_person_are_erased_together_and_their_backups_replaced(office: Office, tmp_path: Path) -> None:
    start(office)
    cases = [begin(office, "Kitchen"), begin(office, "Bakery")]
    kept = begin(office, "Car wash")
    stick = tmp_path / "stick"
    stick.mkdir()
    office.desk.signed_in.backups.back_up(stick)
    office.settle()
    (old,) = stick.glob("vault-*")
    page = care(office, *cases)
    assert not page.hold_card.isVisible()
    page.erase_card.ground.choose("asked_for")
    put(office, page.erase_card.code, page.erase_card._code)
    press(office, "Erase 2 cases")
    assert "2 cases are erased." in texts(office)
    assert str(old) in texts(office)
    to(office, "Backup", BackupPage)
    assert "Still holds words of cases that were erased since." in texts(office)
    care(office)
    page.erased.show()
    press(office, "Back up anew and remove these")
    assert "no backup that is known still holds the words" in texts(office)
    (new,) = stick.glob("vault-*")
    assert new != old
    assert stored(office) == [office.desk.signed_in.talks.case.code]
    assert office.desk.signed_in.talks.case.id == kept


def test_a_backup_that_was_destroyed_is_no_longer_listed(office: Office, tmp_path: Path) -> None:
    start(office)
    begin(office)
    office.desk.signed_in.backups.back_up(tmp_path)
    office.settle()
    (made,) = tmp_path.glob("vault-*")
    made.rename(tmp_path / "gone")
    page = to(office, "Backup", BackupPage)
    assert "Its place cannot be seen now" in texts(office)
    assert not page.now.isVisible()
    (link,) = [one for one in visible(office, Pressable) if one.accessibleName().endswith("It is destroyed")]
    office.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    office.settle()
    assert "There is no backup yet." in texts(office)


def test_a_legal_hold_has_a_reason_and_keeps_a_case_from_being_erased(office: Office) -> None:
    start(office)
    case = begin(office)
    page = care(office, case)
    press(office, "Hold")
    assert "which authority" in texts(office)
    put(office, page.hold_card.reason, "LG Luxembourg, 123/26")
    press(office, "Hold")
    assert "Since Nov 21, 2026, by A. Weber: LG Luxembourg, 123/26" in texts(office)
    assert not page.erase_card.button.isVisible()
    assert "A legal hold keeps" in texts(office)
    press(office, "On hold", Chip)
    assert [one.id for one in page._rows] == [case]
    put(office, page.hold_card.reason, "lifted on 24 November")
    press(office, "End the hold")
    assert page.erase_card.button.isVisible()
    assert page._rows == ()


def test_a_case_limited_to_others_is_not_read_any_more_and_says_so(office: Office) -> None:
    start(office)
    case = begin(office)
    add_eva(office)
    page = care(office, case)
    assert not page.readers.button.isEnabled()
    press(office, "A. Weber", Tick)
    assert "you will not be able to read it yourself" in texts(office)
    press(office, "Limit to those ticked")
    assert office.desk.signed_in.talks.case is None
    press(office, "Cases")
    assert office.page().model.row(0).place == "limited to others"
    page = care(office, case)
    assert "Only those ticked can read it" in texts(office)
    assert not page.readers.all.isVisible()
    press(office, "All", Chip)
    assert [(one.id, one.place) for one in page._rows] == [(case, "")]

    lock_and_start_again(office)
    unlock(office, EVAS)
    page = care(office, case)
    press(office, "Let everybody read it")
    assert "Everybody who can open the vault can read it." in texts(office)
    lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    office.desk.signed_in.open(case)
    office.settle()
    assert isinstance(office.page(), InterviewPage)


def test_how_long_cases_are_kept_is_set_and_stays(office: Office) -> None:
    start(office)
    page = care(office)
    field = page.kept_card.fields["open"]
    for typed in ("", "a year", "36501"):
        field.clear()
        put(office, field, typed)
        office.qtbot.keyClick(field, Qt.Key.Key_Return)
        office.settle()
        assert "Please type a number of days, at most 36500." in texts(office)
    field.clear()
    put(office, field, "2500")
    office.qtbot.keyClick(field, Qt.Key.Key_Tab)
    office.settle()
    assert "Please type a number" not in texts(office)
    lock_and_start_again(office)
    unlock(office, PASSPHRASE)
    page = care(office)
    assert page.kept_card.fields["open"].text() == "2500"
    assert page.kept_card.fields["unfounded"].text() == "30"


def test_the_case_that_is_marked_in_the_list_is_cared_for_from_there(office: Office) -> None:
    start(office)
    case = begin(office)
    code = office.desk.signed_in.talks.case.code
    press(office, "Cases")
    press(office, f"Keep, limit or erase {code}…")
    page = office.page()
    assert isinstance(page, CarePage)
    assert list(page._taken) == [case]
    QApplication.processEvents()
    press(office, "Open the case")
    assert isinstance(office.page(), InterviewPage)


@pytest.mark.full
def test_all_cases_can_be_reached_also_beyond_the_first_hundred(office: Office) -> None:
    start(office)
    case = begin(office)

    def fill(space: Workspace) -> None:
        put_in = space._vault.cases
        plain = json.loads(put_in.read(case))
        with space._vault.together():
            for number in range(129):
                row = json.dumps({**plain, "code": f"{number:03}-AAA"}).encode()
                put_in.put(f"c{number}", row, deed="begun")

    in_the_vault(office, fill)
    page = care(office)
    press(office, "All", Chip)
    assert len(page._rows) == 100
    press(office, "Show more")
    assert len(page._rows) == 130
    assert not page.more.isVisible()


def in_the_vault(office: Office, deed: Callable[[Workspace], Any]) -> Any:
    found = []
    bench = office.desk.signed_in.bench
    office.desk.ask.change(deed, found.append, bench.failed, bench)
    office.settle()
    return found[0]


def send(office: Office, code: str) -> list[Path]:
    """Sends a case to the office twice, once under a code of the office's own, and gives the files."""
    sender = Desk(office.folder / "sender", organisation="LISER", now=office.now)
    case = sender.show(sender.begin(), "cd_documents")
    sender.space.caseload.view(case.id, "presumed_victim", "seen")
    sender.space.caseload.consent(case.id, Consent(recipient=CENTRE, answer="yes"))
    sender.space.post.learn_recipient(CENTRE, in_the_vault(office, lambda space: space.post.card_file()))
    [file] = sender.space.post.seal(case.id, (CENTRE,), "en", office.folder)
    came = in_the_vault(office, lambda space: space.post.open_package(file.read_bytes())).package
    manifest = msgspec.structs.replace(came.manifest, package=str(uuid.uuid4()), case=code)
    again = office.folder / "again.age"
    again.write_bytes(write_package(manifest, dict(came.parts), sender.space._vault.cards.keys()[0].signing))
    sender.space.close()
    return [file, again]


def test_what_came_in_is_erased_from_the_inbox_and_with_the_persons_case(office: Office) -> None:
    start(office)
    case = begin(office)
    code = office.desk.signed_in.talks.case.code
    files = send(office, code)
    press(office, "Inbox")
    office.desk.signed_in.letters.open_files(files[:1])
    office.settle()
    press(office, "Take it")
    press(office, "Erase…")
    page = office.page()
    assert isinstance(page, CarePage)
    assert not page.hold_card.isVisible()
    (chosen,) = page._taken.values()
    assert (chosen.place, chosen.came) == ("LISER", True)
    press(office, "The person asked for it", Chip)
    put(office, page.erase_card.code, chosen.code)
    press(office, "Erase 1 package")
    assert "1 package is erased." in texts(office)
    press(office, "Inbox")
    assert "Nothing has arrived" in texts(office)
    assert chosen.code not in texts(office)

    office.desk.signed_in.letters.open_files(files[1:])
    office.settle()
    press(office, "Take it")
    office.now.moment = office.now.moment.replace(year=2028)
    page = care(office)
    assert "came in" in texts(office)
    page = care(office, case)
    press(office, "The person asked for it", Chip)
    put(office, page.erase_card.code, code)
    assert f"{code} · LISER" in [one.words for one in visible(office, Tick)]
    press(office, "Erase 1 case")
    assert "1 case is erased. 1 package is erased." in texts(office)
    assert in_the_vault(office, lambda space: space.post.inbox()) == []


def test_once_a_case_is_limited_to_others_the_list_beside_it_tells_its_place_no_more(office: Office) -> None:
    start(office)
    case = begin(office)
    add_eva(office)
    page = care(office, case)
    press(office, "All", Chip)
    assert "Kitchen, Esch" in [one.place for one in page._rows]
    press(office, "A. Weber", Tick)
    press(office, "Limit to those ticked")
    assert [one.words for one in visible(office, Tick) if "Kitchen" in one.words] == []
    press(office, "Due", Chip)
    assert [one.words for one in visible(office, Tick) if "Kitchen" in one.words] == []


def test_a_backup_whose_stick_is_away_is_not_called_replaced(office: Office, tmp_path: Path) -> None:
    start(office)
    case = begin(office)
    stick = tmp_path / "stick"
    stick.mkdir()
    office.desk.signed_in.backups.back_up(stick)
    office.settle()
    page = care(office, case)
    page.erase_card.ground.choose("asked_for")
    put(office, page.erase_card.code, page.erase_card._code)
    stick.rename(tmp_path / "away")
    press(office, "Erase 1 case")
    press(office, "Back up anew and remove these")
    assert "Nothing was replaced" in texts(office)
    (tmp_path / "away").rename(stick)
    press(office, "Back up anew and remove these")
    assert "no backup that is known still holds the words" in texts(office)


def test_an_erasure_without_room_to_clean_says_so_and_lists_the_backups(office: Office, tmp_path: Path) -> None:
    start(office)
    case = begin(office)
    stick = tmp_path / "stick"
    stick.mkdir()
    office.desk.signed_in.backups.back_up(stick)
    office.settle()
    page = care(office, case)
    page.erase_card.ground.choose("asked_for")
    put(office, page.erase_card.code, page.erase_card._code)
    reader = opened_by_hand(office)
    press(office, "Erase 1 case")
    reader.close()
    assert "1 case is erased." in texts(office)
    assert "The disk has no room to clean the vault’s file" in texts(office)
    assert str(stick) in texts(office)
    press(office, "Back up anew and remove these")
    assert "The disk has no room" not in texts(office)


@pytest.mark.parametrize("place", ["People", "Recovery", "Backup"])
def test_escape_goes_back_to_the_cases(office: Office, place: str) -> None:
    start(office)
    to(office, place, QWidget)
    office.qtbot.keyClick(office.desk.shell, Qt.Key.Key_Escape)
    office.settle()
    assert isinstance(office.page(), CasesPage)
