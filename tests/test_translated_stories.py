"""Training cases and what statements cite are said in every shipped language, with the same addresses and answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_translations import ROOT, TAGS, compiled
from victim_id.instrument.load import load
from victim_id.instrument.shapes import Statement
from victim_id.instrument.texts import WORDS
from victim_id.instrument.training import load_training
from victim_id.language import language
from victim_id.record import Record
from victim_id.wording import cited, training_case


@pytest.mark.parametrize("tag", TAGS)
def test_all_that_a_trainee_reads_of_a_training_case_is_translated(tag: str, tmp_path: Path) -> None:
    told = compiled(tag, tmp_path)
    cases = load_training(ROOT / "indicators" / "training", load(ROOT / "indicators"))
    assert len(cases) >= 70
    for case in cases:
        said = training_case(told, case)
        english = [case.title, case.story, case.why, *(one.words for one in case.answers)]
        other = [said.title, said.story, said.why, *(one.words for one in said.answers)]
        assert [
            one for one, its in zip(english, other, strict=True) if bool(one) != bool(its) or one == its != ""
        ] == []
        assert [one.question for one in said.answers] == [one.question for one in case.answers]
        assert training_case(language("en"), case) == case


def statements(thing: object) -> Iterator[Statement]:
    if isinstance(thing, Statement):
        yield thing
    for part in thing if isinstance(thing, tuple) else ():
        yield from statements(part)
    for name in thing.__struct_fields__ if isinstance(thing, Record) else ():
        yield from statements(getattr(thing, name))


def test_a_source_of_addresses_alone_has_no_words() -> None:
    for alone in (
        "stoptraite.lu",
        "stoptraite.lu; benelux.int",
        "childfocus.be; rtbf.be 2020",
        "slideplayer.fr/amp/1",
        "2026-04",
    ):
        assert WORDS.search(alone) is None
    for words in (
        "undated",
        "agii.be, procedure page",
        "bx1.be, 8 May 2025",
        "Code pénal art. 458",
        "fairwork.nu (read)",
    ):
        assert WORDS.search(words) is not None


@pytest.mark.parametrize("tag", TAGS)
def test_what_a_statement_cites_is_said_in_the_language_with_the_same_addresses(tag: str, tmp_path: Path) -> None:
    told, instrument = compiled(tag, tmp_path), load(ROOT / "indicators")
    found = list(statements((instrument.profiles, instrument.recipients, instrument.reporting)))
    assert len(found) > 200
    for english in {text for one in found for text in (one.source, one.as_of)}:
        said = cited(told, english)
        assert (said != english) == bool(WORDS.search(english)), english
        address = r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[\w/]+)?"
        assert re.findall(address, said) == re.findall(address, english), english
