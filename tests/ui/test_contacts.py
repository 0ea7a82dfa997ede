"""The directory: danger and children first, nothing unverified shown as certain, corrections dated and used everywhere."""

import pypdfium2
import pytest

from tests.ui.conftest import Office
from tests.ui.test_desk import begin, texts, unlock
from victim_id.casework.directory import Corrected, contacts, corrected
from victim_id.instrument.load import load
from victim_id.language import language
from victim_id.resources import shipped
from victim_id.ui.contacting import directory
from victim_id.ui.pages.contacts import ContactsPage, _Contact
from victim_id.ui.pages.print_out import PrintPage
from victim_id.ui.widgets.fields import LineField


@pytest.fixture(scope="module")
def instrument():
    return load(shipped("indicators"))


def shown(office: Office) -> ContactsPage:
    office.desk.signed_in.go("contacts")
    office.settle()
    page = office.page()
    assert isinstance(page, ContactsPage)
    return page


@pytest.mark.parametrize("country", ["BE", "LU", "NL"])
def test_danger_and_children_come_first_and_nobody_is_left_out(instrument, country: str) -> None:
    found = contacts(instrument, country, {})
    purposes = [one.recipient.purpose for one in found]
    assert purposes[0] == "emergency"
    last_child = max(place for place, purpose in enumerate(purposes) if purpose == "child_protection")
    assert last_child < min(place for place, purpose in enumerate(purposes) if purpose == "advice")
    assert {one.recipient.id for one in found} == {one.id for one in instrument.recipients if one.country == country}


@pytest.mark.parametrize("country", ["BE", "LU", "NL"])
def test_what_was_not_read_at_its_source_is_marked_and_everything_has_source_and_day(instrument, country: str) -> None:
    rows, harms, law = directory(instrument, country, {}, language("en"))
    for row in rows:
        contact = instrument.recipient[row.id].contact
        assert (row.mark == "to verify") == (contact.mark in {"V", "G"})
        assert contact.source in row.source
        assert contact.as_of in row.source
    assert len(harms) == len(instrument.reporting)
    assert all(harm.routes and harm.write_down and harm.never for harm in harms)
    assert all("(" in says for harm in harms for _, _, says in harm.routes)
    assert [one.source for one in law if not one.source] == []
    assert len(law) == 3


def test_a_correction_changes_what_is_shown_and_not_the_edition(instrument) -> None:
    better = corrected(instrument, {"lu.infotraite": Corrected(phone="+352 1", at="2026-11-21T10:00:00Z")})
    assert better.recipient["lu.infotraite"].phone == "+352 1"
    assert better.recipient["lu.infotraite"].email == instrument.recipient["lu.infotraite"].email
    assert better.fingerprint == instrument.fingerprint
    assert better.recipient["lu.infotraite_advice"] == instrument.recipient["lu.infotraite_advice"]


def test_a_corrected_number_is_dated_and_used_on_every_page_after_the_lock_too(office: Office, qtbot) -> None:
    begin(office)
    page = shown(office)
    card = next(one for one in page.findChildren(_Contact) if one._one.id == "lu.infotraite_advice")
    card._open()
    field = next(one for one in card.findChildren(LineField) if one.accessibleName() == "Telephone")
    field.clear()
    qtbot.keyClicks(field, "+352 99 88 77")
    next(button for button in card._edit.children() if getattr(button, "words", "") == "Keep").click()
    office.settle()
    assert "+352 99 88 77" in texts(office)
    row = next(one._one for one in page.findChildren(_Contact) if one._one.id == "lu.infotraite_advice")
    assert row.corrected.startswith("corrected here on Nov 21, 2026")
    office.desk.signed_in.interview()
    office.page().distressed.emit()
    office.settle()
    assert "+352 99 88 77" in texts(office)
    office.desk.lock()
    office.start_again()
    unlock(office)
    assert office.desk.signed_in.bench.instrument.recipient["lu.infotraite_advice"].phone == "+352 99 88 77"


def test_keeping_everything_as_it_was_is_no_correction(office: Office) -> None:
    office.create()
    page = shown(office)
    row = next(one._one for one in page.findChildren(_Contact) if one._one.id == "lu.infotraite")
    office.desk.signed_in.contacting.correct(row.id, row.phone, row.email, row.site, "")
    office.settle()
    assert all(not one._one.corrected for one in page.findChildren(_Contact))


def test_the_sheet_of_rights_is_printed_in_the_persons_language_after_the_warning(office: Office) -> None:
    office.create()
    shown(office).rights.emit("fr")
    office.settle()
    page = office.page()
    assert isinstance(page, PrintPage)
    assert "The print queue keeps a plain copy." in texts(office)
    page.save_button.click()
    office.settle()
    (file,) = office.folder.glob("*.pdf")
    assert file.name == "1.pdf"
    document = pypdfium2.PdfDocument(file)
    words = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "112" in words
    assert "traffick" not in words.casefold()


def test_another_country_can_be_looked_up(office: Office) -> None:
    office.create()
    page = shown(office)
    page.countries.chip("BE").click()
    office.settle()
    office.settle()
    assert {one._one.id.split(".")[0] for one in page.findChildren(_Contact) if one.isVisible()} == {"be"}
