"""A workbook goes back into the files it came from: what nobody changed keeps every byte."""

from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import HealthCheck, given, settings

from tests.authoring.workbooks import cell, edited, instruments, with_cell
from tests.small import FILES, small
from victim_id.authoring.catalogues import retranslated
from victim_id.authoring.merging import comments, merge, split
from victim_id.authoring.reading import Workbook, read_workbook
from victim_id.authoring.workbook import write_workbook
from victim_id.errors import WrongInput
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import content_of, load, read
from victim_id.language import Language

INDICATORS = Path(__file__).resolve().parent.parent.parent / "indicators"
SHIPPED = content_of(INDICATORS)
BASE = {name: text.encode() for name, text in FILES.items()}
WHOLE = write_workbook(load(INDICATORS))


def test_an_unchanged_workbook_leaves_every_byte_of_the_shipped_files() -> None:
    assert merge(SHIPPED, read_workbook(WHOLE)) == SHIPPED


def test_one_changed_sentence_changes_one_block_of_one_file() -> None:
    changed = with_cell(WHOLE, "survey", "sexual.share", "why", "A share that nobody may refuse is not ordinary.")
    merged = merge(SHIPPED, read_workbook(changed))
    assert {path for path in merged if merged[path] != SHIPPED[path]} == {"sections/sexual.toml"}
    before, after = (files["sections/sexual.toml"].decode() for files in (SHIPPED, merged))
    new = [block.text for block in split(after) if block not in split(before)]
    assert len(new) == 1
    assert "A share that nobody may refuse is not ordinary." in new[0]
    lost = [line for line in before.split("\n") if line.startswith("#") and line not in after.split("\n")]
    assert lost == []


def test_a_question_written_anew_keeps_its_comments() -> None:
    text = '[[x]]\na = "# no comment" # [P] ours\n# law beside it\n'
    assert comments(text) == "# [P] ours\n# law beside it\n"
    base = BASE | {"sections.toml": FILES["sections.toml"].replace("most = 24", "most = 24 # a day [P]").encode()}
    book = write_workbook(read(base))
    merged = merge(base, read_workbook(with_cell(book, "survey", "work.hours", "why", "New.")))
    assert b'\n# a day [P]\n[[section.question]]\nid = "work.hours"\n' in merged["sections.toml"]


def test_every_shipped_question_can_be_written_anew() -> None:
    instrument = load(INDICATORS)

    def change(book: Any) -> None:
        at = cell(book, "survey", "safety.talk", "avoid").column
        for row in book["survey"].iter_rows(min_row=2):
            if row[1].value in instrument.question:
                row[at - 1].value = f"Changed for {row[1].value}."

    merged = merge(SHIPPED, read_workbook(edited(WHOLE, change)))
    new = read(merged)
    assert list(new.question) == list(instrument.question)
    for name, question in new.question.items():
        assert question.avoid == f"Changed for {name}."
        for field in question.__struct_fields__:
            assert field == "avoid" or getattr(question, field) == getattr(instrument.question[name], field)


def test_a_question_that_is_taken_out_is_retired_for_ever() -> None:
    def change(book: Any) -> None:
        book["survey"].delete_rows(cell(book, "survey", "work.hours", "name").row)
        book["shows"].delete_rows(2)

    new = read(merge(BASE, read_workbook(edited(write_workbook(small()), change))))
    assert "work.hours" not in new.question
    assert new.retired == ("work.hours",)


def test_a_workbook_of_other_files_is_refused() -> None:
    book = read_workbook(write_workbook(small(texts='[[text]]\nid = "show.yes"\nperson = "Yes"\n')))
    with pytest.raises(WrongInput, match="was exported from other files"):
        merge(BASE, book)


@pytest.mark.full
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(instruments())
def test_any_workbook_replaces_all_questions_of_another_edition(instrument: Instrument) -> None:
    book = Workbook(
        edition="", fingerprint=small().fingerprint, sections=instrument.sections, settings=instrument.settings
    )
    new = read(merge(BASE, book))
    assert {one.id: one for one in new.sections} == {one.id: one for one in instrument.sections}
    assert {one.id: one for one in new.settings} == {one.id: one for one in instrument.settings}
    assert new.indicators == small().indicators
    assert set(new.retired) == set(small().question) - set(instrument.question)


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.startswith("sections/")])
def test_a_file_taken_apart_is_the_same_file_put_together(path: str) -> None:
    assert "".join(block.text for block in split(SHIPPED[path].decode())) == SHIPPED[path].decode()


# --- translations ---------------------------------------------------------------------------------------------------

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgctxt "control.money.worker"
msgid "Was money short before"
msgstr "L'argent manquait-il avant"

#, fuzzy
msgctxt "work.label"
msgid "Work and pay"
msgstr "Travail"
"""


def french(folder: Path) -> Language:
    place = folder / "fr" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "victim_id.po").write_text(PO, "utf-8")
    with (place / "victim_id.po").open("rb") as source, (place / "victim_id.mo").open("wb") as target:
        write_mo(target, read_po(source))
    return Language("fr", {"name": "French", "autonym": "français"}, folder)


def test_translations_travel_beside_the_english_and_come_back_changed(tmp_path: Path) -> None:
    book = write_workbook(small(), [french(tmp_path)])
    read_back = read_workbook(book)
    assert [(one.tag, one.context, one.words) for one in read_back.translations] == [
        ("fr", "control.money.worker", "L'argent manquait-il avant")
    ]
    assert retranslated(PO.encode(), read_back.translations) == PO.encode()
    changed = with_cell(book, "survey", "control.money", "label::French (fr)", "Manquait-il d'argent ?")
    changed = with_cell(changed, "survey", "work", "label::French (fr)", "Travail et salaire")
    changed = with_cell(changed, "survey", "work.hours", "why_fr", "De très longues journées sont un signe.")
    after = retranslated(PO.encode(), read_workbook(changed).translations).decode()
    assert 'msgstr "Manquait-il d\'argent ?"' in after
    assert 'msgctxt "work.hours.why"\nmsgid "Very long days are a sign."\nmsgstr "De très longues' in after
    assert "fuzzy" not in after


def test_a_translation_of_changed_english_counts_only_when_it_was_changed_too(tmp_path: Path) -> None:
    book = write_workbook(small(), [french(tmp_path)])
    english = with_cell(book, "survey", "control.money", "label::English (en)", "Was there little money before")
    assert retranslated(PO.encode(), read_workbook(english).translations) == PO.encode()
    both = with_cell(english, "survey", "control.money", "label::French (fr)", "Y avait-il peu d'argent avant")
    after = retranslated(PO.encode(), read_workbook(both).translations).decode()
    assert 'msgid "Was there little money before"\nmsgstr "Y avait-il peu' in after
    assert "Was money short before" not in after


def test_the_odk_tools_take_a_translated_form(tmp_path: Path) -> None:
    from pyxform.xls2xform import convert

    place = tmp_path / "form.xlsx"
    place.write_bytes(write_workbook(small(), [french(tmp_path)]))
    converted = convert(place, validate=False)
    assert '<translation lang="French (fr)">' in converted.xform
    assert "L'argent manquait-il avant" in converted.xform
