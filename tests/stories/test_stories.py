"""Whole stories with the real program under a real window manager: keys go in, and what a screen reader sees comes out."""

from collections.abc import Callable

import pytest

from tests.scenario import PASSPHRASE
from tests.scenario import Desk as Scenario
from tests.stories.laptop import Laptop, Row
from victim_id.workspace import Workspace

pytestmark = pytest.mark.full
Vault = Callable[[], Workspace]
FOOT = ("Back", "Skip", "Show to the person", "Next")
HALF = "they keep 40 a week"


def unlock(laptop: Laptop) -> None:
    laptop.focused("Passphrase")
    laptop.write(PASSPHRASE)
    laptop.press("Return")


def begin(laptop: Laptop) -> str:
    """Begins a talk by keys, and gives the code of its case."""
    laptop.sees("New interview")
    laptop.press("ctrl+n")
    laptop.sees("Where are you?")
    laptop.tab_to("You are alone")
    laptop.press("space")
    laptop.tab_to("Begin")
    laptop.press("Return")
    laptop.focused("Next")
    return next(row["name"] for row in laptop.look() if row["role"] == "label" and row["name"][3:4] == "-")


def question(laptop: Laptop) -> str:
    """The question on the screen: its place and its words, as they stand."""
    rows = laptop.look()
    found = [number for number, row in enumerate(rows) if " · question " in row["name"]]
    return f"{rows[found[0]]['name']}: {rows[found[0] + 1]['name']}" if found else ""


def step(laptop: Laptop, *keys: str) -> str:
    """Presses keys that lead to another question, waits for it, and gives it."""
    before = question(laptop)
    laptop.press(*keys)
    laptop.until("another question", lambda: question(laptop) not in {before, ""})
    return question(laptop)


def answers(laptop: Laptop) -> list[str]:
    """The answers that are chosen."""
    inside = [
        row for row in laptop.look() if row["role"] == "check box" and row["place"][0] > 330 and row["place"][2] > 100
    ]
    return [row["name"] for row in inside if "checked" in row["states"]]


def own_words(laptop: Laptop) -> str:
    return next(row["text"] for row in laptop.look() if row["name"] == "In the person’s own words" and "text" in row)


def to_yes_or_no(laptop: Laptop) -> str:
    """Goes on with Enter to a question that is answered with yes or no."""
    for _ in range(30):
        if {"Yes", "No", "Not known", "Won’t say"} <= set(laptop.names()):
            return question(laptop)
        step(laptop, "Return")
    raise AssertionError("no yes-or-no question comes")


def saved(laptop: Laptop) -> None:
    laptop.sees("saved ")


def type_half(laptop: Laptop) -> str:
    """Types half an answer in the person's words, and gives the question."""
    here = to_yes_or_no(laptop)
    laptop.tab_to("In the person’s own words", back=True)
    laptop.write(HALF)
    laptop.until("the words", lambda: own_words(laptop) == HALF)
    return here


def test_a_worker_goes_from_unlocking_to_a_sealed_file_by_keys_alone_and_back_after_the_lock(
    laptop: Laptop, vault: Vault
) -> None:
    cell = Scenario(laptop.folder / "cell", organisation="INFOTRAITE")
    space = vault()
    space.post.learn_recipient("lu.infotraite", cell.space.post.card_file())
    space.close()

    laptop.open()
    laptop.focused("Passphrase")
    assert {"Cases", "A. Weber"}.isdisjoint(laptop.names())
    laptop.write("not this one")
    laptop.press("Return")
    laptop.until("a refusal", lambda: any("does not open" in name for name in laptop.names()))
    unlock(laptop)
    code = begin(laptop)

    first = question(laptop)
    laptop.press("1")
    laptop.until("a chosen answer", lambda: len(answers(laptop)) == 1)
    saved(laptop)
    second = step(laptop, "Return")
    assert step(laptop, "BackSpace") == first
    assert len(answers(laptop)) == 1
    assert step(laptop, "Return") == second
    laptop.tab_to("Skip")
    step(laptop, "Return")
    laptop.focused("Next")
    to_yes_or_no(laptop)
    for key, name in (("1", "Yes"), ("2", "No"), ("3", "Not known"), ("4", "Won’t say")):
        laptop.press(key)
        laptop.until(name, lambda name=name: answers(laptop) == [name])
    step(laptop, "1", "Return")

    half = type_half(laptop)
    assert laptop.remembers(HALF, code) == {HALF, code}
    window, waiting = sorted(laptop.numbers())
    laptop.press("F12")
    laptop.focused("Passphrase")
    assert laptop.numbers() == [waiting] != [window], "the program that held the keys goes on"
    assert laptop.remembers(HALF, PASSPHRASE, "A. Weber", code) == set(), "the old memory is still there"
    unlock(laptop)
    laptop.sees(code)
    laptop.until("the same question", lambda: question(laptop) == half)
    assert own_words(laptop) == HALF
    laptop.focused("Next")
    laptop.press("1", "Return")
    saved(laptop)

    laptop.tab_to("Write down your own view", back=True)
    laptop.press("Return")
    laptop.sees("What do you think?")
    laptop.tab_to("No concern")
    laptop.press("Down", "Down", "space")
    laptop.tab_to("What makes you think so?")
    laptop.write("he looked at the foreman before each answer")
    laptop.tab_to("Write it down and see")
    laptop.press("Return")
    laptop.sees("Your judgement")
    laptop.press("F5")
    laptop.sees("1 · To whom")
    laptop.tab_to("INFOTRAITE: assistance")
    laptop.press("space")
    laptop.sees("Told what is sent")
    laptop.tab_to("Told what is sent")
    laptop.press("space")
    laptop.tab_to("Agrees")
    laptop.press("space")
    laptop.sees("Seal for 1")
    laptop.tab_to("Seal for 1")
    laptop.press("Return")
    out = laptop.folder / "stick"
    out.mkdir()
    laptop.until("the dialog", lambda: laptop.focus().get("role") in {"text", "entry"})
    laptop.press("ctrl+a")
    laptop.write(str(out))
    laptop.press("Return")
    laptop.until("the sealed file", lambda: list(out.glob("*.age")))
    laptop.press("F12")
    laptop.focused("Passphrase")
    laptop.kill()

    (sealed,) = out.glob("*.age")
    received = cell.space.post.open_package(sealed.read_bytes())
    assert received.package.manifest.case == code
    cell.space.close()
    space = vault()
    (row,) = space.caseload.cases("referred")
    case = space.caseload.case(row.id)
    assert row.code == code
    assert space.caseload.drafts(case.id) == {}
    assert [one.words for given in case.answers.values() for one in given if one.words] == [HALF]
    assert [view.reasons for view in case.views] == ["he looked at the foreman before each answer"]
    assert [sent.recipient for sent in case.sent] == ["lu.infotraite"]
    space.close()
    assert laptop.complaints() == ""


def test_a_story_is_practised_and_nothing_of_it_reaches_the_disk(laptop: Laptop, vault: Vault) -> None:
    laptop.open()
    laptop.focused("Passphrase")
    laptop.tab_to("Practise without a vault")
    laptop.press("Return")
    laptop.sees("Practice – nothing here is real", "Stories to practise on")
    laptop.press("Down", "Return")
    laptop.until("a story", lambda: "Choose a story" not in laptop.names())
    laptop.tab_to("Begin the talk")
    laptop.press("Return")
    laptop.focused("Next")
    laptop.sees("Practice – nothing here is real")
    laptop.press("1")
    laptop.until("a chosen answer", lambda: len(answers(laptop)) == 1)
    saved(laptop)
    step(laptop, "Return")
    laptop.press("F5")
    laptop.sees("In practice nothing is referred")
    laptop.press("F12")
    laptop.focused("Passphrase")
    laptop.kill()
    space = vault()
    assert space.caseload.cases(state="") == []
    space.close()
    assert laptop.complaints() == ""


def test_after_a_power_cut_the_answers_and_the_half_typed_words_are_there(laptop: Laptop, vault: Vault) -> None:
    laptop.open()
    unlock(laptop)
    code = begin(laptop)
    laptop.press("1")
    saved(laptop)
    (given,) = answers(laptop)
    half = type_half(laptop)
    space_of_a_key = 0.5  # drafts are kept half a second after the last key
    laptop.wait(space_of_a_key + 1)
    laptop.kill()

    laptop.open()
    unlock(laptop)
    laptop.sees("New interview", code)
    laptop.tab_to(code)
    laptop.press("Return")
    laptop.until("the same question", lambda: question(laptop) == half)
    assert own_words(laptop) == HALF
    while not question(laptop).startswith("Safety first · question 1 "):
        step(laptop, "BackSpace")
    assert answers(laptop) == [given]
    laptop.press("F12")
    laptop.focused("Passphrase")
    laptop.kill()
    space = vault()
    assert [row.code for row in space.caseload.cases()] == [code]
    space.close()
    assert laptop.complaints() == ""


def on(laptop: Laptop, page: str) -> bool:
    """Tells whether the rail marks a page."""
    rows, left = laptop.look(), laptop.window()[0]
    return any(row["name"] == page and "checked" in row["states"] and row["place"][0] < left + 80 for row in rows)


def outside(laptop: Laptop, *always: str) -> list[Row]:
    """What can be read or used and is cut off at a side, or above and below where no scroll bar beside it leads there.

    What is named in `always` must be there without scrolling.
    """
    rows = laptop.look()
    left, top, width, height = next(row["place"] for row in rows if row["name"] == "Notes")
    bars = [row["place"] for row in rows if row["role"] == "scroll bar" and row["place"][3] > row["place"][2]]
    used = [row for row in rows if ("focusable" in row["states"] or row["role"] == "label") and row["place"][2]]
    found = []
    for row in used:
        x, y, w, h = row["place"]
        leads = any(x < bar[0] and row["name"] not in always for bar in bars)
        if x < left or x + w > left + width or ((y < top or y + h > top + height) and not leads):
            found.append(row)
    return found + [{"missing": name} for name in always if name not in {row["name"] for row in used}]


@pytest.mark.parametrize("laptop", ["1600x900"], indirect=True)
def test_in_the_smallest_window_nothing_is_cut_off(laptop: Laptop, vault: Vault) -> None:
    laptop.open()
    laptop.focused("Passphrase")
    assert outside(laptop) == []
    unlock(laptop)
    laptop.sees("New interview")
    laptop.resize(1024, 600)
    laptop.until("the small window", lambda: laptop.window()[2:] == [1024, 600])
    for page in ("Cases", "Inbox", "Contacts", "Preferences"):
        if page != "Cases":
            laptop.tab_to(page, back=True)
            laptop.press("space")
        laptop.until(page, lambda page=page: on(laptop, page))
        assert outside(laptop, "Lock F12") == [], page
    begin(laptop)
    assert outside(laptop, *FOOT) == []
    type_half(laptop)
    assert outside(laptop, *FOOT) == []
    assert laptop.complaints() == ""


@pytest.mark.parametrize("what", ["sleep begins", "screen saver on"])
def test_the_machine_sleeps_only_after_the_vault_is_locked(laptop: Laptop, vault: Vault, what: str) -> None:
    system = laptop.system()
    laptop.open()
    unlock(laptop)
    begin(laptop)
    assert system.heard() == "held"
    half = type_half(laptop)
    system.says(what)
    assert system.heard() == "free"
    laptop.focused("Passphrase")
    unlock(laptop)
    laptop.until("the same question", lambda: question(laptop) == half)
    assert own_words(laptop) == HALF
    assert laptop.complaints() == ""
