"""Forms as they are laid out: pages, boxes, tables, heads, margins."""

import itertools

import pytest

from tests.referral.paper import forms, reading
from victim_id.referral.paper.page import WIDTH


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
    assert reading.complaints(pdf) == []


def test_a_row_longer_than_a_page_is_broken_and_loses_nothing():
    form = forms.sheet()
    form.heading("Titre", 1)
    words = [f"mot{number}" for number in range(1500)]
    form.table(["Indice", "Force"], [(" ".join(words), "fort")], [3, 1])
    pdf = form.bytes()
    found = reading.text(pdf).split()
    assert len(reading.opened(pdf).pages) > 2
    assert set(words) <= set(found)
    assert reading.complaints(pdf) == []


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
    assert reading.complaints(pdf) == []


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


def test_every_page_carries_code_mark_and_number():
    form = forms.everything(rows=80)
    pages = ["".join(letter.text for letter in words) for words in reading.letters(form.bytes())]
    assert len(pages) > 2
    for number, words in enumerate(pages, 1):
        for wanted in ("7F2-KQD", "CONFIDENTIEL", f"p. {number}/{len(pages)}"):
            assert wanted in words


@pytest.mark.parametrize(("language", "rises"), [("fr", True), ("ar", False)])
def test_columns_run_in_the_direction_of_the_sheet(language, rises):
    form = forms.sheet(language)
    form.heading("T", 1)
    form.table(["A", "B", "C"], [("D", "E", "F")], [1, 2, 1])
    found = {letter.text: letter.left for letter in reading.letters(form.bytes())[0]}
    for row in ("ABC", "DEF"):
        places = [found[letter] for letter in row]
        assert places == sorted(places, reverse=not rises)


def test_a_fact_longer_than_a_page_is_broken_and_loses_nothing():
    form = forms.sheet()
    form.heading("Titre", 1)
    words = [f"mot{number}" for number in range(1200)]
    form.facts([("Récit", " ".join(words)), ("Suite", "fin")])
    pdf = form.bytes()
    assert {*words, "fin"} <= set(reading.text(pdf).split())
    assert len(reading.opened(pdf).pages) == 3
    assert reading.complaints(pdf) == []


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
