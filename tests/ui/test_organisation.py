"""A worker compares the key of the organisation's file once; what it sets is shown and cannot be changed here."""

from pathlib import Path

import msgspec
import pytest

from tests.scenario import PASSPHRASE
from tests.ui.conftest import Office
from victim_id.organisation import FILE, SIGNATURE
from victim_id.sealing import SigningKey, make_signing_key, sign, verifying_key
from victim_id.ui.pages.care import CarePage
from victim_id.ui.pages.cases import CasesPage
from victim_id.ui.pages.preferences import PreferencesPage
from victim_id.ui.widgets.words import Words

SETS = 'name = "Inspection du travail et des mines"\nregime = "LED"\nidle_minutes = 3\n[retention]\nopen = 14\n'


def put(folder: Path, key: SigningKey, body: str = SETS, number: int = 1) -> None:
    folder.mkdir(exist_ok=True)
    content = f'number = {number}\nkey = "{verifying_key(key)}"\n{body}'.encode()
    (folder / FILE).write_bytes(content)
    (folder / (FILE + SIGNATURE)).write_bytes(sign(content, key, "organisation"))


@pytest.fixture
def managed(office: Office) -> Office:
    """A vault, and a program begun afresh with the organisation's file beside it."""
    office.create()
    put(office.folder / "etc", make_signing_key())
    begin_again(office)
    return office


def begin_again(office: Office) -> None:
    office.desk.lock()
    office.start_again()
    office.desk._door = office.desk._door._replace(organisation=(office.folder / "etc",))
    office.desk.unlock(PASSPHRASE)
    office.settle()


def preferences(office: Office) -> PreferencesPage:
    assert office.desk.signed_in is not None
    office.desk.signed_in.go("preferences")
    office.settle()
    page = office.page()
    assert isinstance(page, PreferencesPage)
    return page


def said(page: object) -> str:
    return "\n".join(words.text() for words in page.findChildren(Words) if not words.isHidden())


def test_the_cases_remind_of_a_file_whose_key_nobody_has_compared(managed: Office) -> None:
    managed.desk.signed_in.go("cases")
    managed.settle()
    page = managed.page()
    assert isinstance(page, CasesPage)
    assert "Compare the key of your organisation’s file" in [one.accessibleName() for one in page.findChildren(object) if hasattr(one, "accessibleName")]  # fmt: skip


def test_once_compared_it_holds_and_its_fields_are_out_of_the_workers_hands(managed: Office) -> None:
    page = preferences(managed)
    assert page.organisation.isEnabled()
    assert "Name" not in page.organisation.text()
    page.organisation_card.button.click()
    managed.settle()
    page = preferences(managed)
    assert page.organisation.text() == "Inspection du travail et des mines"
    assert not page.organisation.isEnabled()
    assert not page.bound.regime.isEnabled()
    assert (page.bound.kind.isEnabled(), page.country.isEnabled()) == (True, True)
    assert [chip.key for chip in page.idle._chips] == ["2", "3"]
    assert managed.desk.shell._minutes == 3
    assert page.organisation_card.button.isHidden() or not page.organisation_card._deed.isVisibleTo(page)


def test_a_change_of_what_is_free_leaves_what_is_set(managed: Office) -> None:
    preferences(managed).organisation_card.button.click()
    managed.settle()
    page = preferences(managed)
    page.phone.setText("+352 111")
    page.phone.editingFinished.emit()
    managed.settle()
    known = managed.desk.signed_in.bench.preferences
    assert (known.phone, known.organisation, known.regime) == ("+352 111", "Inspection du travail et des mines", "LED")
    assert msgspec.structs.replace(known, phone="").idle_minutes == 3


def test_another_kind_of_organisation_does_not_seem_to_change_a_law_that_is_set(managed: Office) -> None:
    put(managed.folder / "etc", make_signing_key(), 'regime = "GDPR"\n')
    begin_again(managed)
    preferences(managed).organisation_card.button.click()
    managed.settle()
    page = preferences(managed)
    page.bound.kind.chip("police").click()
    managed.settle()
    assert page.bound.regime.key() == "GDPR"


def test_keeping_shows_what_is_set_as_words_and_keeps_it_when_something_else_is_chosen(managed: Office) -> None:
    preferences(managed).organisation_card.button.click()
    managed.settle()
    managed.desk.signed_in.go("care")
    managed.settle()
    page = managed.page()
    assert isinstance(page, CarePage)
    assert "set by your organisation" in said(page)
    fixed, free = page.kept_card.fields["open"], page.kept_card.fields["unfounded"]
    assert (fixed.text(), fixed.isEnabled(), free.isEnabled()) == ("14", False, True)
    free.setText("90")
    free.editingFinished.emit()
    managed.settle()
    found = list[object]()
    managed.desk.ask.read(lambda space: space.keeping.retention, found.append, found.append, managed.desk)
    managed.settle()
    assert (found[0].unfounded, found[0].open) == (90, 14)


def test_a_foreign_file_is_told_and_the_last_one_holds(managed: Office) -> None:
    preferences(managed).organisation_card.button.click()
    managed.settle()
    put(managed.folder / "etc", make_signing_key(), 'name = "Others"\n', 2)
    begin_again(managed)
    page = preferences(managed)
    assert "The file of your organisation was not taken." in said(page)
    assert "organisation.toml: was made with another key" in said(page)
    assert page.organisation.text() == "Inspection du travail et des mines"
