"""What an eye sees on a form, and what is found again when text is searched or copied (PDFium)."""

import re

import pytest
from babel import Locale

from tests.referral.paper import forms, reading
from victim_id.referral.paper.lines import uncovered
from victim_id.referral.paper.words import clean, is_right_to_left

RIGHT = [language for language in forms.SENTENCES if is_right_to_left(language)]


@pytest.mark.parametrize("language", RIGHT)
def test_numbers_read_from_left_to_right_among_right_to_left_words(language):
    pdf = forms.one(language, forms.sentence(language))
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
    pdf = forms.one(language, words)
    assert reading.seen(pdf, "۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩") == [wanted]


def test_brackets_open_towards_their_words_in_both_directions():
    pdf = forms.one("ar", "(" + "ب" + ")")
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


def test_a_typed_override_does_not_turn_words_around():
    pdf = forms.one("fr", "avant \u202eabc\u202c après")
    assert reading.seen(pdf, "abc")[-1].find("cba") == -1
    assert clean("avant \u202eabc\u202c après") == "avant abc après"


def test_a_letter_no_face_has_is_drawn_as_missing_and_kept_as_text():
    form = forms.sheet()
    form.heading("Titre", 1)
    form.paragraph("สมชาย")
    assert "สมชาย" in reading.text(form.bytes())


@pytest.mark.parametrize("words", ["كَتَبَ الوَلَدُ", "اتحادیهٔ اروپا", "می‌خواهم", "فلیمِش", "אָלֶף", "الآن لا إلى الأردن"])
def test_vowels_joiners_and_ligatures_from_the_right_are_found_in_place(words):
    assert words in reading.text(forms.one("fa", words))


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
