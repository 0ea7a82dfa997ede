"""Forms as they leave: what an eye sees, what a reader of PDF finds, what a screen reader is told."""

import itertools
import os
import re
import subprocess
import sys

import page as checker
import pikepdf
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.referral.paper import forms, reading
from victim_id.referral.paper.lines import uncovered
from victim_id.referral.paper.page import WIDTH
from victim_id.referral.paper.words import clean, is_right_to_left, isolate

RIGHT = [language for language in forms.SENTENCES if is_right_to_left(language)]


def one(language, *words):
    form = forms.sheet(language, code="", mark="", footer="", page_of=" ")
    form.heading(("—", "und"), 1)
    for part in words:
        form.paragraph(part)
    return form.bytes()


def complaints(pdf):
    report = checker.validate_pdf_bytes(pdf, profile="ua1")
    return [str(failure) for failure in report.failures]


@pytest.mark.parametrize("language", RIGHT)
def test_numbers_read_from_left_to_right_among_right_to_left_words(language):
    pdf = one(language, forms.sentence(language))
    seen = "".join(reading.seen(pdf, "+0123456789ABx-"))
    for piece in (forms.PHONE.replace(" ", ""), forms.DATE, forms.CODE):
        assert piece in seen, seen
    assert seen.index(forms.DATE) < seen.index(forms.CODE) < seen.index("+32"), (
        "the line itself runs from right to left"
    )


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [("fa", "شماره ۱۱۲ (۲۴)", "۲۴۱۱۲"), ("ar", "رقم ١١٢ (٢٤)", "٢٤١١٢"), ("ur", "نمبر ۱۱۲ (۲۴)", "۲۴۱۱۲")],
)
def test_emergency_numbers_keep_the_order_of_their_digits(language, words, wanted):
    pdf = one(language, words)
    assert reading.seen(pdf, "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩") == [wanted]


def test_brackets_open_towards_their_words_in_both_directions():
    pdf = one("ar", "(" + "ب" + ")")
    boxes = [letter for letter in reading.letters(pdf)[0] if letter.text in "()ب" and letter.right > letter.left]
    assert [letter.text for letter in sorted(boxes, key=lambda letter: letter.left)][1] == "ب"


@pytest.mark.parametrize("language", list(forms.SENTENCES))
def test_every_word_of_every_language_is_found_again(language):
    form = forms.sheet("fr")
    form.heading("Titre", 1)
    for _ in range(3):
        form.paragraph((forms.sentence(language), language))
    found = reading.text(form.bytes()).replace("\u00a0", " ").replace("\n", "")
    words = {
        word
        for word in re.split(r"[\s().,;:،؛۔।።。，（）«»¿?]+", forms.SENTENCES[language])
        if word and "{" not in word
    }
    assert {word for word in words if word not in found} == set()
    assert found.count(forms.PHONE) == 3
    assert found.count(forms.DATE) == 3
    if (
        language not in RIGHT
    ):  # PDFium turns letters and digits of one word around in right-to-left lines; the eye sees them right
        assert found.count(forms.CODE) == 3


@pytest.mark.parametrize("language", ["fr", "de", "nl", "en", "ar", "fa", "he", "zh-Hans", "hi", "ti"])
def test_a_form_with_everything_passes_all_rules_of_pdf_ua(language):
    assert complaints(forms.everything(language).bytes()) == []


def test_the_checker_would_notice_a_missing_label():
    pdf = forms.everything().bytes()
    assert complaints(pdf.replace(b"/TU ", b"/TX ")) != []


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


def test_a_table_over_three_pages_repeats_its_head_as_no_content():
    form = forms.sheet()
    form.heading("Titre", 1)
    form.table(["Indice", "Source"], [(f"Ligne {number}", "dit par la personne") for number in range(110)], [2, 1])
    pdf = form.bytes()
    document = reading.opened(pdf)
    assert len(document.pages) == 3
    tags = [str(element.S) for element in reading.elements(document.Root.StructTreeRoot)]
    assert (tags.count("/TR"), tags.count("/TH"), tags.count("/TD")) == (111, 2, 220)
    for words in reading.letters(pdf):
        assert "".join(letter.text for letter in words).count("Indice") == 1
    assert complaints(pdf) == []


def test_a_row_longer_than_a_page_is_broken_and_loses_nothing():
    form = forms.sheet()
    form.heading("Titre", 1)
    words = [f"mot{number}" for number in range(1500)]
    form.table(["Indice", "Force"], [(" ".join(words), "fort")], [3, 1])
    pdf = form.bytes()
    found = reading.text(pdf).split()
    assert len(reading.opened(pdf).pages) > 2
    assert set(words) <= set(found)
    assert complaints(pdf) == []


def test_a_box_stays_on_one_page_and_a_heading_with_what_follows():
    form = forms.sheet()
    form.heading("Titre", 1)
    for number in range(39):
        form.paragraph(f"ligne {number}")
    form.heading("Deuxième")
    with form.box("urgent"):
        for number in range(6):
            form.paragraph(f"dedans {number}")
    pages = ["".join(letter.text for letter in words) for words in reading.letters(form.bytes())]
    assert "Deuxième" in pages[1]
    assert all(f"dedans {number}" in pages[1] for number in range(6))
    assert "ligne 38" in pages[0]


def test_a_box_longer_than_a_page_goes_on_over_pages():
    form = forms.sheet()
    form.heading("Titre", 1)
    with form.box():
        for number in range(120):
            form.paragraph(f"dedans {number} fin")
    pdf = form.bytes()
    assert all(f"dedans {number} fin" in reading.text(pdf) for number in range(120))
    assert len(reading.opened(pdf).pages) == 3
    assert complaints(pdf) == []


def test_nothing_is_drawn_outside_the_margins():
    form = forms.everything("fr")
    form.paragraph("a" * 400)
    form.paragraph("نص" * 200)
    form.facts([("Étiquette" * 20, "https://exemple.invalid/" + "x" * 300)])
    for words in reading.letters(form.bytes()):
        for letter in words:
            if letter.text.strip() and letter.right > letter.left:
                assert letter.left >= 50
                assert letter.right <= WIDTH - 50
                assert letter.bottom >= 20
                assert letter.top <= 820


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
    assert complaints(pdf) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["fr", "ar", "hi", "zh-Hans", None]))
def test_any_text_gives_a_form_whose_structure_holds(typed, language):
    form = forms.sheet()
    form.heading("Titre", 1)
    form.paragraph((typed, language))
    pdf = form.bytes()
    for sheet in reading.opened(pdf).pages:
        marked_content(sheet)
    assert complaints(pdf) == []


def test_a_typed_override_does_not_turn_words_around():
    pdf = one("fr", "avant \u202eabc\u202c après")
    assert reading.seen(pdf, "abc")[-1].find("cba") == -1
    assert clean("avant \u202eabc\u202c après") == "avant abc après"


def test_a_letter_no_face_has_is_drawn_as_missing_and_kept_as_text():
    form = forms.sheet()
    form.heading("Titre", 1)
    form.paragraph("สมชาย")
    assert "สมชาย" in reading.text(form.bytes())


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
    first, second, again = (reading.opened(one("fr", words)).trailer.ID for words in ("un", "deux", "un"))
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


def test_a_sheet_refuses_what_would_break_its_structure():
    form = forms.sheet()
    with pytest.raises(ValueError, match="level 1"):
        form.paragraph("avant le titre")
    form.heading("Titre", 1)
    with pytest.raises(ValueError, match="level 3"):
        form.heading("trop bas", 3)
    with pytest.raises(ValueError, match="box"), form.box(), form.box():
        pass
    form.field("nom", "Nom")
    with pytest.raises(ValueError, match="once"):
        form.field("nom", "Nom")
    form.bytes()
    with pytest.raises(ValueError, match="finished"):
        form.paragraph("trop tard")


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


def test_every_page_carries_code_mark_and_number():
    form = forms.everything(rows=80)
    pages = ["".join(letter.text for letter in words) for words in reading.letters(form.bytes())]
    assert len(pages) > 2
    for number, words in enumerate(pages, 1):
        for wanted in ("7F2-KQD", "CONFIDENTIEL", f"p. {number}/{len(pages)}"):
            assert wanted in words


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


@pytest.mark.parametrize(("language", "rises"), [("fr", True), ("ar", False)])
def test_columns_run_in_the_direction_of_the_sheet(language, rises):
    form = forms.sheet(language)
    form.heading("T", 1)
    form.table(["A", "B", "C"], [("D", "E", "F")], [1, 2, 1])
    found = {letter.text: letter.left for letter in reading.letters(form.bytes())[0]}
    for row in ("ABC", "DEF"):
        places = [found[letter] for letter in row]
        assert places == sorted(places, reverse=not rises)


def test_a_language_tag_is_written_with_hyphens():
    form = forms.sheet("fa_AF")
    form.heading("عنوان", 1)
    form.paragraph(("词", "zh_Hans"))
    document = reading.opened(form.bytes())
    assert document.Root.Lang == "fa-AF"
    assert [str(element.Lang) for element in reading.elements(document.Root.StructTreeRoot) if "/Lang" in element] == [
        "zh-Hans"
    ]


@pytest.mark.parametrize("words", ["كَتَبَ الوَلَدُ", "اتحادیهٔ اروپا", "می‌خواهم", "فلیمِش", "אָלֶף", "الآن لا إلى الأردن"])
def test_vowels_joiners_and_ligatures_from_the_right_are_found_in_place(words):
    assert words in reading.text(one("fa", words))


@pytest.mark.parametrize(
    "language",
    [
        "ar",
        "fa",
        "ur",
        "ps",
        "ckb",
        "he",
        "hi",
        "ne",
        "bn",
        "ta",
        "te",
        "ti",
        "am",
        "vi",
        "yo",
        "uk",
        "ro",
        "pl",
        "hu",
        "tr",
        "sq",
        "bg",
    ],
)
def test_names_of_places_and_languages_are_drawn_and_found_word_by_word(language):
    """Held-out words: those of CLDR, not those the layout was made with."""
    known = Locale.parse(language)
    names = [clean(name) for name in sorted({*known.territories.values(), *known.languages.values()})[::2]]
    assert uncovered(" ".join(names), forms.faces()) == set()
    form = forms.sheet()
    form.heading("Titre", 1)
    for at in range(0, len(names), 6):
        form.paragraph((", ".join(names[at : at + 6]), language))
    found = reading.text(form.bytes()).replace("\n", " ")
    words = {word.strip("\u200c") for name in names for word in re.split(r"[\s,،()–/\-]+", name)}
    assert len(words) > 150
    assert {word for word in words if word not in found} == set()


def test_a_fact_longer_than_a_page_is_broken_and_loses_nothing():
    form = forms.sheet()
    form.heading("Titre", 1)
    words = [f"mot{number}" for number in range(1200)]
    form.facts([("Récit", " ".join(words)), ("Suite", "fin")])
    pdf = form.bytes()
    assert {*words, "fin"} <= set(reading.text(pdf).split())
    assert len(reading.opened(pdf).pages) == 3
    assert complaints(pdf) == []


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
    assert complaints(pdf) == []


def test_long_words_in_the_head_of_a_page_do_not_run_into_each_other():
    form = forms.sheet(
        running="Signalement d’une victime présumée de la traite des êtres humains " * 2,
        mark="STRICTEMENT CONFIDENTIEL – UNIQUEMENT POUR LE DESTINATAIRE",
    )
    form.heading("Titre", 1)
    for number in range(60):
        form.paragraph(f"ligne {number}")
    row = [letter for letter in reading.letters(form.bytes())[1] if letter.bottom > 770 and letter.right > letter.left]
    row.sort(key=lambda letter: letter.left)
    assert "".join(letter.text for letter in row).endswith("p. 2/2")
    for before, after in itertools.pairwise(row):
        assert after.left >= before.right - 0.5
