"""What a form tells: to a screen reader, to a checker of PDF/UA-1, about itself."""

import os
import subprocess
import sys

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.referral.paper import forms, reading
from victim_id.referral.paper.words import isolate


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en", "ar", "fa", "he", "zh-Hans", "hi", "ti"])
def test_a_form_with_everything_passes_all_rules_of_pdf_ua(language):
    assert reading.complaints(forms.everything(language).bytes()) == []


def test_the_checker_would_notice_a_missing_label():
    pdf = forms.everything().bytes()
    assert reading.complaints(pdf.replace(b"/TU ", b"/TX ")) != []


def test_the_structure_and_the_pages_point_at_each_other():
    document = reading.opened(forms.everything(rows=80).bytes())
    tree = document.Root.StructTreeRoot
    numbers = list(tree.ParentTree.Nums)
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    forward = set()
    for element in reading.elements(tree):
        for kid in reading.kids_of(element):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
                forward.add((kid.Pg.objgen, int(kid.MCID), element.objgen))
            elif isinstance(kid, int):
                forward.add((element.Pg.objgen, int(kid), element.objgen))
            elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                assert element.S == "/Form"
                assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
            else:
                assert kid.P.objgen == element.objgen
    back = set()
    for sheet in document.pages:
        drawn = marked_content(sheet)
        row = list(parents[int(sheet.StructParents)])
        assert sorted(drawn) == list(range(len(row)))
        back |= {(sheet.objgen, number, element.objgen) for number, element in enumerate(row)}
        for note in sheet.get("/Annots", []):
            assert parents[int(note.StructParent)].S == "/Form"
            assert note.P.objgen == sheet.objgen
            assert sheet.Tabs == "/S"
    assert forward == back
    assert len(forward) > 200
    assert int(tree.ParentTreeNextKey) == len(parents)


def marked_content(sheet):
    """Gives the numbers of marked content; whatever paints lies in exactly one sequence or artifact."""
    depth, found, painted = 0, [], 0
    for operands, operator in pikepdf.parse_content_stream(sheet):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
            assert depth == 1
            if operands[0] != "/Artifact":
                found.append(int(operands[1]["/MCID"]))
        elif name == "EMC":
            depth -= 1
        elif name in ("Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "b", "Do", "sh", "BI"):
            assert depth == 1
            painted += 1
    assert depth == 0
    assert painted
    assert len(found) == len(set(found))
    return found


def test_languages_other_than_the_sheets_are_told_and_right_to_left_text_is_given_as_read():
    document = reading.opened(forms.everything().bytes())
    assert document.Root.Lang == "fr"
    told = {
        str(element.Lang): element for element in reading.elements(document.Root.StructTreeRoot) if "/Lang" in element
    }
    assert set(told) == set(forms.SENTENCES) - {"fr"}
    assert str(told["fa"].ActualText).replace("\u00a0", " ") == forms.plain_sentence("fa")
    assert "/ActualText" not in told["de"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\u202eabc\u202c",
        "a\ud800b",
        "une\nligne\r\nencore\u2028fin",
        "a" * 400,
        "nul\0nul",
        "\u2067abc",
        "\u2069\u2069",
        "é" * 400,
        "क्ष" * 200,
        "\u0301",
        "\u200d",
        "👩‍👧 สมชาย 한국",
    ],
)
def test_anything_typed_gives_a_valid_form(typed):
    form = forms.sheet()
    form.heading("Titre", 1)
    form.paragraph((typed, None))
    form.facts([("Nom", (typed, None)), ((typed, "ar"), typed)])
    form.table(["a", "b"], [(typed, (typed, "fa"))], [1, 1])
    form.checkbox("un", "texte " + typed)
    form.field("deux", "texte " + typed, typed)
    pdf = form.bytes()
    assert reading.complaints(pdf) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["fr", "ar", "hi", "zh-Hans", None]))
def test_any_text_gives_a_form_whose_structure_holds(typed, language):
    form = forms.sheet()
    form.heading("Titre", 1)
    form.paragraph((typed, language))
    pdf = form.bytes()
    for sheet in reading.opened(pdf).pages:
        marked_content(sheet)
    assert reading.complaints(pdf) == []


def test_the_same_calls_give_the_same_bytes_in_another_run_of_the_program():
    code = "import sys, hashlib; from tests.referral.paper import forms; print(hashlib.sha256(forms.everything('ar').bytes()).hexdigest())"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=forms.FONTS.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4711")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == 64


def test_other_words_give_another_identity_of_the_file():
    first, second, again = (reading.opened(forms.one("fr", words)).trailer.ID for words in ("un", "deux", "un"))
    assert bytes(first[0]) != bytes(second[0])
    assert bytes(first[0]) == bytes(again[0])


def test_the_file_says_nothing_but_its_title_about_itself():
    pdf = forms.everything().bytes()
    document = reading.opened(pdf)
    assert dict(document.docinfo) == {"/Title": "7F2-KQD"}
    told = document.Root.Metadata.read_bytes()
    assert b"7F2-KQD" in told
    assert b"traite" not in told
    assert b"/CreationDate" not in pdf


def test_headings_are_bookmarks_nested_by_level():
    form = forms.sheet()
    form.heading("Un", 1)
    form.heading("Deux", 2)
    form.heading(("ثلاثة " + isolate("3"), "ar"), 3)
    form.heading("Quatre", 2)
    with reading.opened(form.bytes()).open_outline() as outline:
        top = outline.root
        assert [item.title for item in top] == ["Un"]
        assert [item.title for item in top[0].children] == ["Deux", "Quatre"]
        assert [item.title for item in top[0].children[0].children] == ["ثلاثة 3"]


def test_a_picture_of_a_code_has_words_and_a_place():
    document = reading.opened(forms.everything().bytes())
    figure = next(element for element in reading.elements(document.Root.StructTreeRoot) if element.S == "/Figure")
    assert str(figure.Alt).startswith("Code QR")
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert right - left == pytest.approx(top - bottom)


def test_points_are_a_list_whose_signs_are_labels():
    document = reading.opened(forms.everything().bytes())
    lists = [element for element in reading.elements(document.Root.StructTreeRoot) if element.S == "/L"]
    assert [len(reading.kids_of(element)) for element in lists] == [2, 11]
    for element in lists:
        for point in reading.kids_of(element):
            assert [str(kid.S) for kid in reading.kids_of(point)] == ["/Lbl", "/LBody"]


def test_a_language_tag_is_written_with_hyphens():
    form = forms.sheet("fa_AF")
    form.heading("عنوان", 1)
    form.paragraph(("词", "zh_Hans"))
    document = reading.opened(form.bytes())
    assert document.Root.Lang == "fa-AF"
    assert [str(element.Lang) for element in reading.elements(document.Root.StructTreeRoot) if "/Lang" in element] == [
        "zh-Hans"
    ]


def test_nothing_to_list_leaves_no_empty_list():
    form = forms.sheet()
    form.heading("Titre", 1)
    form.facts([])
    form.points([])
    form.table(["Indice", "Force"], [], [1, 1])
    pdf = form.bytes()
    document = reading.opened(pdf)
    assert [str(element.S) for element in reading.elements(document.Root.StructTreeRoot)] == [
        "/Document",
        "/H1",
        "/Table",
        "/TR",
        "/TH",
        "/TH",
    ]
    assert reading.complaints(pdf) == []


def test_a_field_without_a_label_is_called_by_its_name():
    form = forms.sheet()
    form.heading("Titre", 1)
    form.checkbox("taken", "\0")
    form.field("receiver", "")
    pdf = form.bytes()
    document = reading.opened(pdf)
    assert [str(note.TU) for note in document.pages[0].Annots] == ["taken", "receiver"]
    assert reading.complaints(pdf) == []
