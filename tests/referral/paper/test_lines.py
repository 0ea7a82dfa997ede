"""Text into lines: cleaned, broken where it may be, every letter once, nothing wider than its room."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.referral.paper import forms
from victim_id.referral.paper.lines import set_lines, uncovered
from victim_id.referral.paper.words import CONTROLS, clean, is_right_to_left, isolate, isolate_typed, sound


def texts(words, room=20_000, **told):
    return [line.text for line in set_lines(words, room, forms.faces(), **told)]


def test_direction_controls_are_taken_out_of_typed_text_and_joiners_stay():
    assert clean("a\u202eb\u2067c\u200ed\u061ce") == "abcde"
    assert clean("می\u200cخواهم \u200d") == "می\u200cخواهم \u200d"


def test_what_cannot_be_drawn_is_taken_out_or_shown_as_missing():
    assert clean("a\0b\x07c\td\ufeffe") == "abc de"
    assert clean("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_one_line_end(end):
    assert clean(f"un{end}deux") == "un\ndeux"


def test_isolates_stay_when_paired_and_go_when_not():
    assert sound("\u2066a\u2069 b") == "\u2066a\u2069 b"
    assert sound("\u2066a b") == sound("a\u2069 b") == "a b"
    assert sound("\u2066a\nb\u2069") == "a\nb"


def test_a_short_number_stays_on_one_line_and_typed_isolates_cannot_break_out():
    assert isolate("+32 2 511\u2069") == "\u2066+32\u00a02\u00a0511\u2069"
    assert isolate_typed("a\u2069\u202eb") == "\u2068ab\u2069"
    narrow = texts(f"Tel. {isolate('+32 2 511 64 64')}", 8000)
    assert narrow == ["Tel. ", isolate("+32 2 511 64 64")]


@pytest.mark.parametrize("language", ["ar", "fa", "fa-AF", "fa_AF", "he", "ur", "ckb", "ps", "az-Arab", "ku-Arab"])
def test_languages_written_from_the_right(language):
    assert is_right_to_left(language)


@pytest.mark.parametrize("language", ["fr", "ku", "zh-Hans", "ti", "hi", "vi", "arn"])
def test_languages_written_from_the_left(language):
    assert not is_right_to_left(language)


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("ab é-/.,()12 ا ل آ ب ن ۲ א ש क्षेिन 中（）。ọ́\u200c\u2066\u2069\u00a0"), max_size=80),
    st.integers(1500, 9000),
    st.sampled_from(["fr", "ar", "zh", None]),
)
def test_no_letter_is_lost_or_doubled_and_no_line_is_too_wide(words, room, language):
    lines = set_lines(words, room, forms.faces(), language=language)
    assert "".join(line.text for line in lines) == sound(words)
    for line in lines:
        assert line.width <= room or len(line.text.strip()) <= 6
        shown = "".join(sorted("".join(glyph.text for glyph in line.glyphs).replace("\u200b", "")))
        assert set(shown) >= {
            letter for letter in line.text if letter not in CONTROLS and letter.isalnum() and letter.isascii()
        }


@pytest.mark.parametrize("language", list(forms.SENTENCES))
def test_every_letter_of_every_language_has_a_face_and_a_glyph(language):
    words = forms.sentence(language)
    assert uncovered(words, forms.faces()) == set()
    for bold in (False, True):
        for line in set_lines(words, 30_000, forms.faces(), language=language, bold=bold):
            assert all(glyph.number for glyph in line.glyphs)


def test_what_no_face_has_is_named():
    assert uncovered("Somchai สม", forms.faces()) == {"ส", "ม"}


def test_a_long_word_is_broken_between_letters_and_never_inside_one():
    for letter in ("क्षि", "e\u0301", "한"):
        pieces = texts(letter * 60, 9000)
        assert len(pieces) > 3
        assert all(piece == letter * (len(piece) // len(letter)) for piece in pieces)


def test_chinese_breaks_between_characters_but_not_before_a_full_stop():
    pieces = texts("请不要把护照交给任何人。" * 6, 6000, language="zh")
    assert max(len(piece) for piece in pieces) <= 6
    assert not any(piece.startswith("。") for piece in pieces)


def test_lines_break_after_hyphens_between_letters_but_not_in_numbers():
    assert texts("porte-parole", 4500) == ["porte-", "parole"]
    assert texts("le 1990-05-12", 6200) == ["le ", "1990-05-12"]


def test_a_no_break_space_holds():
    assert texts("aaa bbb\u00a0: ccc", 3900)[1].startswith("bbb\u00a0:")


def test_blanks_at_the_end_of_a_line_hang_out():
    first = set_lines("mot mot mot", 5000, forms.faces())[0]
    assert first.text.endswith(" ")
    assert first.hang > 0


def test_lam_alef_gives_each_of_its_letters():
    line = set_lines("لا", 9000, forms.faces(), language="ar")[0]
    assert [glyph.text for glyph in line.glyphs] == ["ا", "ل"]
    assert line.glyphs[0].x < line.glyphs[1].x


def test_arabic_letters_join_over_the_border_of_an_isolate_free_run():
    apart, joined = (set_lines(words, 9000, forms.faces(), language="ar")[0] for words in ("ب ب", "بب"))
    assert {glyph.number for glyph in apart.glyphs if glyph.text == "ب"} != {
        glyph.number for glyph in joined.glyphs if glyph.text == "ب"
    }


def test_the_dots_of_arabic_letters_carry_no_text_of_their_own():
    line = set_lines("ب", 9000, forms.faces(), language="ar")[0]
    assert [glyph.text for glyph in line.glyphs].count("ب") == 1
    assert len("".join(glyph.text for glyph in line.glyphs)) == 1


def test_marks_that_do_not_stand_one_for_one_are_told_apart():
    scattered = {words: set_lines(words, 9000, forms.faces())[0].scattered for words in ("plain", "ọ́", "क्षि", "é")}
    assert scattered == {"plain": False, "ọ́": True, "क्षि": True, "é": False}


def test_without_a_language_the_first_strong_letter_gives_the_direction():
    assert set_lines("12 محمد abc", 9000, forms.faces())[0].right_to_left
    assert not set_lines("12 abc محمد", 9000, forms.faces())[0].right_to_left
    assert set_lines("abc", 9000, forms.faces(), language="ar")[0].right_to_left


def test_bold_is_wider():
    plain, bold = (set_lines("Signalement", 90_000, forms.faces(), bold=bold)[0].width for bold in (False, True))
    assert bold > plain


def test_bold_chinese_comes_from_the_same_variable_file():
    regular, bold = (set_lines("护照", 9000, forms.faces(), bold=bold)[0].glyphs[0].face for bold in (False, True))
    assert regular.path == bold.path
    assert regular.outline(regular.font.get_nominal_glyph(ord("护"))) != bold.outline(
        bold.font.get_nominal_glyph(ord("护"))
    )


def test_a_word_of_twenty_thousand_letters_is_set_whole():
    assert "".join(texts("ab" * 10_000, 50_000)) == "ab" * 10_000


def test_a_letter_under_a_thousand_marks_stays_one_letter():
    assert texts("a" + "\u0301" * 1000, 5000) == ["a" + "\u0301" * 1000]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_blank_inside_an_isolate_at_the_end_hangs_out_too(language):
    bare, wrapped = (
        set_lines(words, 90_000, forms.faces(), language=language)[0] for words in ("nom", isolate_typed("nom "))
    )
    assert wrapped.width == bare.width
    assert wrapped.hang > 0
