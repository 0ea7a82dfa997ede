"""Paper: warned of before it is made, refused without consent, noted only when it was handed over, and never sealed by it."""

from pathlib import Path

import pypdfium2
import pytest

from tests.ui.conftest import Office
from tests.ui.test_desk import begin, stored, texts
from victim_id.casework.case import Consent
from victim_id.instrument.load import load
from victim_id.language import LONG, MIRRORED, language
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.sheets import quick_card, speaking_sheet
from victim_id.resources import shipped
from victim_id.ui.pages.asked import Given
from victim_id.ui.pages.paper import VitalBox, _Paper
from victim_id.ui.pages.print_out import PrintPage
from victim_id.ui.pages.referral import ReferralPage


def words_of(pdf: bytes | Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def at_referral(office: Office, recipient: str, *, agreed: bool = True) -> ReferralPage:
    page = begin(office)
    page.given.emit(Given("work.hours", "given", "said", number=14))
    office.settle()
    case = office.desk.signed_in.talks.case.id
    if agreed:
        consent = Consent(recipient=recipient, answer="yes", told=True, told_in="fr", form="spoken")
        office.desk.ask.change(
            lambda s: s.caseload.consent(case, consent), office.desk.signed_in.talks.changed, print, office.desk
        )
        office.settle()
    office.desk.signed_in.refer()
    office.settle()
    office.desk.signed_in.letters._choose((recipient,))
    office.settle()
    found = office.page()
    assert isinstance(found, ReferralPage)
    return found


def test_the_warning_stands_there_before_anything_is_printed(office: Office) -> None:
    at_referral(office, "lu.infotraite").print_out.emit()
    page = office.page()
    assert isinstance(page, PrintPage)
    assert not page.print_button.isEnabled()
    office.settle()
    assert "The print queue keeps a plain copy." in texts(office)
    assert page.print_button.isEnabled()
    assert not (office.folder / "printed.pdf").exists()


def test_printing_draws_every_page_and_notes_that_it_left(office: Office) -> None:
    at_referral(office, "lu.infotraite").print_out.emit()
    office.settle()
    office.page().print_button.click()
    office.settle()
    document = pypdfium2.PdfDocument(office.folder / "printed.pdf")
    assert len(document) == len(list(office.page().preview.findChildren(_Paper)))
    picture = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    dark, light = picture.getextrema()
    assert dark < 100 < light
    case = office.desk.signed_in.talks.case
    assert case.state == "referred"
    assert [(sent.recipient, sent.way) for sent in case.sent] == [("lu.infotraite", "printed")]


def test_without_consent_no_paper_is_made(office: Office) -> None:
    page = at_referral(office, "lu.infotraite", agreed=False)
    page.print_out.emit()
    office.settle()
    assert office.page() is page
    assert "needs the person’s consent first" in office.desk.shell._toast.accessibleName()


def test_looking_at_the_paper_and_going_back_notes_nothing(office: Office) -> None:
    page = at_referral(office, "lu.infotraite")
    page.print_out.emit()
    office.settle()
    office.page().first.click()
    assert office.page() is page
    ((case,), _) = stored(office)
    assert case.sent == ()


def test_a_saved_pdf_is_asked_for_in_so_many_words_and_only_this_account_may_read_it(office: Office) -> None:
    at_referral(office, "lu.infotraite").print_out.emit()
    office.settle()
    assert "whoever finds the file can read it" in texts(office)
    office.page().save_button.click()
    office.settle()
    code = office.desk.signed_in.talks.case.code
    file = office.folder / f"{code}.pdf"
    assert code in words_of(file)
    assert file.stat().st_mode & 0o077 == 0


def test_a_disk_that_cannot_be_written_says_so_and_notes_nothing(office: Office) -> None:
    at_referral(office, "lu.infotraite").print_out.emit()
    office.settle()
    office.desk.signed_in.printing.save_to(office.folder / "nowhere" / "x.pdf")
    office.settle()
    assert office.page().note.isVisible()
    ((case,), _) = stored(office)
    assert case.sent == ()


def test_the_sheet_for_the_advice_call_has_the_number_and_no_place(office: Office) -> None:
    at_referral(office, "lu.infotraite_advice", agreed=False).print_out.emit()
    office.settle()
    office.page().save_button.click()
    office.settle()
    (file,) = office.folder.glob("*.pdf")
    words = words_of(file)
    assert "+352 27 36 56 46" in words
    assert "I will not say a name" in words
    assert "Kitchen, Esch" not in words
    ((case,), _) = stored(office)
    assert case.sent == ()


@pytest.mark.parametrize("setting", ["workplace", "shelter", "border"])
def test_the_quick_card_asks_all_of_the_quick_screen_and_has_no_room_for_a_name(setting: str) -> None:
    instrument = load(shipped("indicators"))
    words = words_of(quick_card(instrument, setting, language("en"), Faces(shipped("fonts"))))
    for question in instrument.questions(setting):
        if setting in question.quick:
            assert set(question.worker.split()) <= set(words.split())
    assert "Write no name" in words
    assert "traffick" not in words.casefold()


@pytest.mark.parametrize("tag", ["en", LONG, MIRRORED])
def test_a_sheet_to_speak_from_is_drawn_in_every_direction(tag: str) -> None:
    pdf = speaking_sheet("Advice", "116 000", ["One.", "Two."], language(tag), Faces(shipped("fonts")))
    assert "116 000" in words_of(pdf)
    assert pdf.startswith(b"%PDF-1.")


def test_in_an_emergency_the_name_is_on_paper_only_after_a_tick_and_a_reason(office: Office) -> None:
    page = at_referral(office, "lu.emergency", agreed=False)
    case = office.desk.signed_in.talks.case.id
    office.desk.signed_in.letters._fill_in({"D2.first": "Canary"})
    office.settle()

    def paper() -> str:
        found: list[bytes] = []
        office.desk.ask.read(
            lambda space: space.post.paper(case, "lu.emergency", "en")[1], found.append, pytest.fail, office.desk
        )
        office.settle()
        return words_of(found[0])

    assert "Canary" not in paper()
    (box,) = page.findChildren(VitalBox)
    next(tick for key, tick in box._ticks if key == "D2").click()
    assert not box._keep.isEnabled()
    box._why.setText("does not breathe well")
    box._keep.click()
    office.settle()
    kept = office.desk.signed_in.letters._case.consent("lu.emergency")
    assert (kept.vital, kept.basis, kept.reason) == (("D2",), "vital_interest", "does not breathe well")
    assert "with what you ticked, in clear words" in texts(office)
    assert {"Canary", "breathe"} <= set(paper().split())
