"""The first start by keys and mouse: three short steps, what each choice means, and what follows from it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.scenario import PASSPHRASE
from tests.ui.conftest import Office
from tests.ui.samples import COUNTRIES, KINDS, LANGUAGES
from victim_id import guessing
from victim_id.language import language
from victim_id.ui.pages.bound import BoundBy
from victim_id.ui.pages.first_start import FirstStartPage, NewVault
from victim_id.ui.pages.preferences import PreferencesPage


def shown(page) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_whole_first_start_goes_by_keys_and_carries_everything_once(qtbot) -> None:
    page, made = FirstStartPage(language("en"), LANGUAGES, COUNTRIES, country="LU", kinds=KINDS), list[NewVault]()
    qtbot.addWidget(page)
    page.made.connect(made.append)
    page.show()
    page.activateWindow()
    qtbot.keyClicks(page._name, "A. Weber")
    qtbot.keyClicks(page._role, "labour inspector")
    qtbot.keyClick(page._role, Qt.Key.Key_Return)
    assert page._organisation.isVisible()
    qtbot.keyClick(page._organisation, Qt.Key.Key_Return)
    assert "Please fill in: Your organisation" in shown(page)
    qtbot.keyClicks(page._organisation, "ITM")
    qtbot.keyClick(page._organisation, Qt.Key.Key_Return)
    assert "what kind of organisation" in shown(page)
    qtbot.keyClick(page._bound.kind.chip("inspectorate"), Qt.Key.Key_Space)
    assert page._bound.regime.key() == "GDPR"
    qtbot.keyClick(page._organisation, Qt.Key.Key_Return)
    for field in (page._new.first, page._new.second):
        qtbot.keyClicks(field, PASSPHRASE)
    qtbot.keyClick(page._new.second, Qt.Key.Key_Return)
    assert made == [NewVault(PASSPHRASE, "A. Weber", "labour inspector", "ITM", "LU", "en", "inspectorate", "GDPR")]


def test_a_kind_says_what_follows_and_suggests_its_law_which_can_be_changed(qtbot) -> None:
    page = FirstStartPage(language("en"), LANGUAGES, COUNTRIES, country="LU", kinds=KINDS)
    qtbot.addWidget(page)
    page.show()
    page._step(1)
    page._bound.kind.chip("ngo").click()
    assert "an adult decides about every recipient" in shown(page)
    page._bound.kind.chip("police").click()
    assert page._bound.regime.key() == "LED"
    assert "duty to report" in shown(page)
    assert "for the police only" in shown(page)
    page._bound.regime.chip("GDPR").click()
    assert "Nothing about suspects is kept" in shown(page)


def test_law_and_kind_are_kept_and_changed_later_in_the_preferences(office: Office, qtbot) -> None:
    office.desk.create(NewVault(PASSPHRASE, "Eva", "social worker", "Shelter", "LU", "en", "ngo", "GDPR"))
    office.settle()
    signed_in = office.desk.signed_in
    duty = {one.consent for one in signed_in.bench.instrument.recipients}
    assert "duty" not in duty
    signed_in.go("preferences")
    office.settle()
    page = office.page()
    assert isinstance(page, PreferencesPage)
    assert (page.bound.kind.key(), page.bound.regime.key()) == ("ngo", "GDPR")
    page.bound.kind.chip("police").click()
    office.settle()
    assert (signed_in.bench.preferences.organisation_type, signed_in.bench.preferences.regime) == ("police", "LED")
    assert "duty" in {one.consent for one in signed_in.bench.instrument.recipients}


def test_a_law_that_was_chosen_on_purpose_stays_when_the_kind_is_corrected(qtbot) -> None:
    bound = BoundBy(language("en"), [("police", "Police"), ("inspectorate", "Inspectorate"), ("shelter", "Shelter")])
    qtbot.addWidget(bound)
    bound.kind.chip("police").click()
    assert bound.regime.key() == "LED"
    bound.kind.chip("shelter").click()
    assert bound.regime.key() == "GDPR"
    bound.regime.chip("LED").click()
    bound.kind.chip("inspectorate").click()
    assert bound.regime.key() == "LED"


def test_five_words_are_drawn_shown_once_and_typed_again_from_memory(qtbot) -> None:
    page, made = FirstStartPage(language("fr"), LANGUAGES, COUNTRIES, country="LU", kinds=KINDS), list[NewVault]()
    qtbot.addWidget(page)
    page.made.connect(made.append)
    page.show()
    page.activateWindow()
    page._step(2)
    new, offer = page._new, page._new.offer
    assert not offer.isVisible()

    new.draw.click()
    first = offer._shown.text()
    assert first in shown(page)
    assert set(first.split()) <= set(guessing._drawable("fr"))
    offer.others.click()
    assert offer._shown.text() != first
    offer._languages.chip("nl").click()
    words = offer._shown.text()
    assert set(words.split()) <= set(guessing._drawable("nl"))

    offer.take.click()
    assert not offer.isVisible()
    assert words not in shown(page)
    assert offer._shown.text() == ""
    assert new.first.text() == words
    assert page.focusWidget() is new.second
    assert language("fr").say("Good") in shown(page)

    page._go()
    assert made == []
    qtbot.keyClicks(new.second, words)
    qtbot.keyClick(new.second, Qt.Key.Key_Return)
    assert made[0].passphrase == words


def test_drawn_words_are_not_kept_when_the_page_forgets_them(qtbot) -> None:
    page = FirstStartPage(language("en"), LANGUAGES, COUNTRIES, country="LU", kinds=KINDS)
    qtbot.addWidget(page)
    page.show()
    page._step(2)
    page._new.draw.click()
    words = page._new.offer._shown.text()
    assert len(words.split()) == 5

    page._new.forget()

    assert words not in " ".join(label.text() for label in page.findChildren(QLabel))
    assert page._new.draw.isVisible()
