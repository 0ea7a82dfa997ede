"""The pages beside a talk as they look in the middle of work: guide, practice, changes, steps, contacts, paper."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from victim_id.instrument.load import load
from victim_id.language import Language
from victim_id.resources import shipped
from victim_id.ui.contacting import directory
from victim_id.ui.guide import read_guide
from victim_id.ui.pages.access import AccessPage
from victim_id.ui.pages.asked import Link
from victim_id.ui.pages.changed import ChangeRow, ChangesPage
from victim_id.ui.pages.contacts import ContactsPage
from victim_id.ui.pages.feedback import FeedbackPage, FeedbackShown
from victim_id.ui.pages.guide import GuidePage
from victim_id.ui.pages.handed import ArrivedRow, CopyShown, MaskRow
from victim_id.ui.pages.history import HistoryPage, LineRow
from victim_id.ui.pages.practice import PracticeDoor, StoriesPage, StoryRow
from victim_id.ui.pages.print_out import PrintPage
from victim_id.ui.pages.sent import PageImage
from victim_id.ui.pages.steps import Period, StepsPage
from victim_id.ui.widgets.finder import Find
from victim_id.ui.widgets.notes import Sorry

SETTINGS = (("workplace", "Workplace inspection"), ("shelter", "Shelter intake"), ("border", "Border or airport"))
COUNTRIES = (("BE", "Belgium"), ("LU", "Luxembourg"), ("NL", "Netherlands"))


def more_samples(language: Language) -> dict[str, Callable[[], QWidget]]:
    """Gives how to build each of these pages, by name."""
    return {
        "guide": lambda: GuidePage(language, read_guide(language.tag, language.direction)),
        "door": lambda: PracticeDoor(language),
        "stories": lambda: _stories(language),
        "feedback": lambda: _feedback(language),
        "changes": lambda: _changes(language),
        "steps": lambda: _steps(language),
        "contacts": lambda: _contacts(language),
        "paper": lambda: _paper(language),
        "access": lambda: _access(language),
        "accessed": lambda: _accessed(language),
        "history": lambda: _history(language),
        "case_history": lambda: _history(language, of_case=True),
    }


def _history(language: Language, *, of_case: bool = False) -> QWidget:
    page, say = HistoryPage(language, lambda _offset, _limit: None, of_case=of_case), language.say
    rows = [
        LineRow("21 Nov 2026, 10:42", "", "A. Weber", say("Opened the case"), "1", "7F2-KQD"),
        LineRow("21 Nov 2026, 10:40", say("the clock had gone back before this line"), "A. Weber", say("Began the case"), "1", "7F2-KQD"),
        LineRow("21 Nov 2026, 10:38", "", "E. Lang", say("Something was done in a case that is limited to others"), "2", "M3T-9XA"),
        LineRow("21 Nov 2026, 10:30", "", "E. Lang", say("Made a backup"), "", ""),
    ]  # fmt: skip
    page.begin("7F2-KQD")
    page.show_rows(0, rows[:2] if of_case else rows)
    if not of_case:
        page.show_clock(Sorry(say("The clock has leapt more than a year ahead."), say("Until it is set right or confirmed, nothing is erased because it was kept long enough.")))  # fmt: skip
    return page


def _stories(language: Language) -> QWidget:
    page = StoriesPage(language, SETTINGS, COUNTRIES, (("clear", "Clear"), ("mixed", "Mixed"), ("hard", "Hard")))
    rows = [
        StoryRow(
            str(n), f"Fifty-five hours in a kitchen {n}", "A cook works eleven hours a day, five days a week.",
            "workplace", "Workplace inspection", "BE", "Belgium", "hard", "Hard", language.say("under way"),
        )
        for n in range(12)
    ]  # fmt: skip
    page.show_stories(rows)
    page._choose(rows[0])
    return page


def _feedback(language: Language) -> QWidget:
    page = FeedbackPage(language)
    links = (Link("a", "Someone keeps the person's papers"), Link("", "Far too many hours or days of work"))
    page.tell(
        FeedbackShown(
            "A cook whose passport lies in the safe", "Unsure", "open", "Open – still to be asked", "strong",
            "Strong indications of trafficking", "Exploitation positive with an employer, act, and coercion.",
            "9 of the 10 questions were asked.", links, (), links, ("The strong signs: papers · hours.", "What it denies."),
        )
    )  # fmt: skip
    return page


def _changes(language: Language) -> QWidget:
    page = ChangesPage(language)
    page.tell(
        "7F2-KQD",
        [
            ChangeRow(
                "q", "Who keeps the passport or identity card?", "The person", "", "Nov 21, 2026 10:42", "He said no."
            )
        ],
    )
    return page


def _steps(language: Language) -> QWidget:
    page = StepsPage(language, [("2026-11-21", "today"), ("2026-11-24", "in 3 days")])
    end = language.say("Estimated end: {day} ({n} days); the authority decides.", day="February 19, 2027", n=90)
    conditions = (("The police have indications.", "Law of 8 May 2009 · read in the source"),)
    page.tell(
        "7F2-KQD",
        "Second talk",
        "2026-11-24",
        Period("2026-11-21", "2027-02-19", end, "The authority decides.", conditions),
    )
    page.complain(day=language.say("A day as year-month-day, please, such as 2026-12-31."))
    return page


def _contacts(language: Language) -> QWidget:
    page = ContactsPage(language, COUNTRIES, [Find("fr", "Français", "French")], SETTINGS)
    page.tell("LU", *directory(load(shipped("indicators")), "LU", {}, language))
    return page


def _paper(language: Language) -> QWidget:
    page = PrintPage(language)
    page.begin("7F2-KQD · INFOTRAITE")
    image = QImage(900, 1273, QImage.Format.Format_BGR888)
    image.fill(QColor("white"))
    page.ready([PageImage(900, 1273, image.bytesPerLine(), bytes(image.constBits()))])
    return page


def _access(language: Language) -> AccessPage:
    page = AccessPage(language)
    page.begin("7F2-KQD · 2M4-0PX", [ArrivedRow("a", "7F2-KQD · PAG-ASA · today 10:42", fits=True)])
    page.check.asked["alone"].choose("no")
    page.check._changed()
    return page


def _accessed(language: Language) -> QWidget:
    page = _access(language)
    mask = language.say("[another person]")
    text = f"WHAT IS KEPT ABOUT YOU\n\n— Record 7F2-KQD —\n\nNext step: call {mask} before six; not {mask}.\n    and the cousin from Esch"
    places = (
        MaskRow("a", "Employer – Name", mask, ""),
        MaskRow("b", "Who is with the person", "Her aunt Zürichova", "the person asked for it, and the aunt agrees"),
    )
    page._more = ["Petuniaplein"]
    page.show_copy(
        CopyShown(
            text, mask, 3, places, ("Esch", "Kamal"), 1, "fr", (("en", "English"), ("fr", "Français")), here=False
        )
    )
    page.show_handed("Saved as 1.zip.age.", "It opens with the program “age”.")
    return page
