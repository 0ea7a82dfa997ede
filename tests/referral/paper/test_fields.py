"""Fields: filled in by us or in another program, and read back."""

import io

import page as checker
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.referral.paper import forms, reading
from victim_id.errors import Damaged
from victim_id.referral.paper.fields import read_fields
from victim_id.referral.paper.words import clean


def filled(value="", *, checked=False, lines=1):
    form = forms.sheet()
    form.heading("Accusé de réception", 1)
    form.field("receiver", "Reçu par", value, lines=lines)
    form.checkbox("taken", "Prise en charge", checked=checked)
    return form.bytes()


@pytest.mark.parametrize(
    "value", ["", "Ștefan Łódź", "Зеленчук", "محمد علي – Nguyễn", "张伟", "ሰላም", "(a)\\b)", "2026-11-20"]
)
@pytest.mark.parametrize("checked", [True, False])
def test_what_was_put_in_comes_out(value, checked):
    assert read_fields(filled(value, checked=checked)) == {"receiver": value, "taken": checked}


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], max_codepoint=0xFFFF), max_size=30))
def test_any_typed_value_comes_out_clean(value):
    assert read_fields(filled(value, lines=3))["receiver"] == clean(value)


def test_lines_come_out_as_lines():
    assert read_fields(filled("un\r\ndeux", lines=2))["receiver"] == "un\ndeux"


def test_values_typed_in_another_program_are_read():
    document = reading.opened(filled())
    for note in document.pages[0].Annots:
        if str(note.T) == "receiver":
            note.V = pikepdf.String("Łukasz Şahin")
        else:
            note.V = note.AS = pikepdf.Name("/Yes")
    saved = io.BytesIO()
    document.save(saved)
    assert read_fields(saved.getvalue()) == {"receiver": "Łukasz Şahin", "taken": True}


def test_letters_typed_into_pdfium_are_kept_and_the_structure_survives():
    document = pypdfium2.PdfDocument(filled())
    document.init_forms()
    sheet = document[0]
    env = document.formenv
    pdfium.FORM_OnAfterLoadPage(sheet, env)
    note = pdfium.FPDFPage_GetAnnot(sheet, 0)
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, box)
    pdfium.FORM_OnLButtonDown(env, sheet, 0, box.left + 5, (box.top + box.bottom) / 2)
    pdfium.FORM_OnLButtonUp(env, sheet, 0, box.left + 5, (box.top + box.bottom) / 2)
    for letter in "Ștefan محمد":
        pdfium.FORM_OnChar(env, sheet, ord(letter), 0)
    pdfium.FORM_ForceToKillFocus(env)
    pdfium.FPDFPage_CloseAnnot(note)
    saved = io.BytesIO()
    document.save(saved)
    sheet.close()
    document.close()
    assert read_fields(saved.getvalue())["receiver"] == "Ștefan محمد"
    again = reading.opened(saved.getvalue())
    tags = [str(element.S) for element in reading.elements(again.Root.StructTreeRoot)]
    assert tags.count("/Form") == 2


def test_a_value_is_drawn_in_its_own_letters():
    pdf = filled("محمد – Nguyễn")
    document = reading.opened(pdf)
    form = next(note for note in document.pages[0].Annots if str(note.T) == "receiver")
    look = form.AP.N
    assert b" TJ" in look.read_bytes()
    fonts = {str(font.BaseFont)[8:] for font in look.Resources.Font.values()}
    assert {"NotoSans-Regular", "NotoSansArabic-Regular"} <= fonts
    assert "/NeedAppearances" not in document.Root.AcroForm


def test_a_value_longer_than_a_page_is_kept_whole():
    value = "\n".join(f"ligne {number}" for number in range(90))
    pdf = filled(value, lines=2)
    assert read_fields(pdf)["receiver"] == value
    assert not checker.validate_pdf_bytes(pdf, profile="ua1").failures


def test_a_form_without_fields_has_no_values():
    form = forms.sheet()
    form.heading("Titre", 1)
    assert read_fields(form.bytes()) == {}


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n", b"PK\3\4" + b"\0" * 100])
def test_bytes_that_are_no_pdf_are_damaged(junk):
    with pytest.raises(Damaged):
        read_fields(junk)


@pytest.mark.parametrize("name", ["", "a.b"])
def test_a_name_that_would_not_come_out_is_refused(name):
    form = forms.sheet()
    form.heading("Titre", 1)
    with pytest.raises(ValueError, match="name"):
        form.field(name, "Nom")
