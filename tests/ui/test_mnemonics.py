"""Alt and a letter: no two things on a page share one, and each letter stands in the words it is taken from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.ui.samples import samples, shell_with
from victim_id.language import LONG, MIRRORED, language
from victim_id.ui.mnemonics import FIRST, given_out, letter
from victim_id.ui.shell import Shell
from victim_id.ui.widgets.buttons import RailButton, TextButton
from victim_id.ui.widgets.fields import Labelled

PAGES = list(samples(language("en")))
OFTEN = {"cases", "interview", "referral", "preferences"}


def alt(shell: Shell, *, down: bool) -> None:
    kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
    shell.mnemonics.see(QKeyEvent(kind, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier))


EVERY = [
    pytest.param(tag, page, marks=() if tag in {"en", "fr"} and page in OFTEN else pytest.mark.full)
    for tag in ("en", "fr", LONG, MIRRORED)
    for page in PAGES
]


@pytest.mark.parametrize(("tag", "page"), EVERY)
def test_no_two_things_on_a_page_share_a_letter_and_each_letter_is_in_its_words(qapp, page: str, tag: str) -> None:
    shell = shell_with(language(tag), page, (1366, 768))
    QApplication.processEvents()
    told = shell.mnemonics.renew()
    keys = [key for _, key in told]
    assert len(keys) == len(set(keys))
    for widget, key in told:
        plain = unicodedata.normalize("NFD", widget.words).upper()
        assert key in plain, (widget.words, key)
        if isinstance(widget, QAbstractButton):
            assert widget.shortcut().toString() == f"Alt+{key}"
    here = [one for kind in FIRST for one in shell.findChildren(kind) if shell.mnemonics._takes(one)]
    without = [one for one in here if one not in [widget for widget, _ in told]]
    for one in without:
        free = {letter(sign) for sign in one.words} - {"", *keys}
        assert not free, (one.words, free)
    if tag in {"en", "fr"}:
        said = [one.words for one in here]
        alone = [one.words for one in without if said.count(one.words) == 1]  # the same words come again in long lists
        assert not [
            one.words for one in without if isinstance(one, RailButton | TextButton | Labelled) and one.words in alone
        ]


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_the_rail_has_the_same_letters_on_every_page(qapp, tag: str) -> None:
    letters = set()
    for page in ("cases", "preferences", "care"):
        shell = shell_with(language(tag), page, (1366, 768))
        told = shell.mnemonics.renew()
        letters.add(tuple((one.words, key) for one, key in told if isinstance(one, RailButton)))
    assert len(letters) == 1


def test_letters_are_underlined_only_while_alt_is_held_and_lead_where_they_say(qapp, qtbot) -> None:
    shell = shell_with(language("en"), "preferences", (1366, 768))
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    before = shell.grab().toImage()
    alt(shell, down=True)
    assert shell.grab().toImage() != before
    field = next(one for one in shell.findChildren(Labelled) if one.words == "Your function")
    label = next(one for one in field.findChildren(QLabel) if "&" in one.text())
    key = label.text()[label.text().index("&") + 1].upper()
    qtbot.keyClick(shell, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.AltModifier)
    assert field.field.hasFocus()
    alt(shell, down=False)
    assert label.text() == "Your function"
    chosen = list[str]()
    shell.chosen.connect(chosen.append)
    alt(shell, down=True)
    inbox = next(one for one in shell.findChildren(RailButton) if one.words == "Inbox")
    key = inbox.shortcut().toString().removeprefix("Alt+")
    qtbot.keyClick(field.field, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: chosen == ["inbox"])


def test_a_blanked_window_answers_to_no_letter_but_that_of_going_on(qapp) -> None:
    shell = shell_with(language("en"), "cases", (1366, 768))
    shell.pause()
    assert [one.words for one, _ in shell.mnemonics.renew()] == ["Go on"]


@given(st.lists(st.text(alphabet="abcÉ Ж&\u200f-", max_size=6), max_size=8), st.integers(0, 3))
def test_as_many_texts_as_can_be_have_a_letter_of_their_own(texts: list[str], kept: int) -> None:
    places = given_out(texts, kept)
    keys = [letter(text[place]) for text, place in zip(texts, places, strict=True) if place >= 0]
    assert all(keys)
    assert len(keys) == len(set(keys))
    for text, place in zip(texts, places, strict=True):
        if place < 0:
            assert {letter(sign) for sign in text} - {""} <= set(keys)
    assert given_out(texts[:kept], kept) == places[: len(texts[:kept])]


def test_a_letter_is_the_key_that_types_it() -> None:
    assert [letter(sign) for sign in "aÉж&1 \u0627床가ß"] == ["A", "E", "Ж", "", "", "", "\u0627", "", "", ""]
