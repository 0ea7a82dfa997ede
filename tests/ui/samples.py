"""Every page as it looks in the middle of work, without a vault: for looking at it in every theme and language."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from tests.ui.more_samples import more_samples
from victim_id.casework.case import Consent
from victim_id.instrument.answers import Answer, Talk
from victim_id.language import Language
from victim_id.ui.pages.asked import Asked, Link, SectionRow, Talking, Urgent
from victim_id.ui.pages.assessment import AssessmentPage, DimensionRow, FindingRow, Shown
from victim_id.ui.pages.backup import BackupPage, BackupRow
from victim_id.ui.pages.care import CarePage
from victim_id.ui.pages.cared import CareRow, Chosen, Kept, StaleBackup
from victim_id.ui.pages.case_filter import Wanted
from victim_id.ui.pages.cases import CaseRow, CasesPage, DueRow, Reminder
from victim_id.ui.pages.damaged import DamagedPage, SavedShown
from victim_id.ui.pages.first_start import FirstStartPage
from victim_id.ui.pages.inbox import InboxPage, ReceivedCard, ReceivedRow
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.lost import LostPage
from victim_id.ui.pages.organisation import OrganisationShown
from victim_id.ui.pages.organisations_key import KeyShown
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.pages.people import PeoplePage, PersonRow
from victim_id.ui.pages.preferences import ContentFacts, KnownRecipient, PreferencesPage, Wishes
from victim_id.ui.pages.recovery import RecoveryPage, SheetsShown
from victim_id.ui.pages.referral import ReferralPage
from victim_id.ui.pages.restore import FoundRow, RestorePage
from victim_id.ui.pages.sent import (
    ConsentRow,
    Input,
    LeavingRow,
    MissingRow,
    PageImage,
    RecipientRow,
    Sending,
    VitalRow,
)
from victim_id.ui.pages.show import PersonWords, ShownQuestion, ShowPage
from victim_id.ui.pages.start import SettingRow, StartPage
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.ui.shell import Shell
from victim_id.ui.widgets.buttons import LinkButton
from victim_id.ui.widgets.finder import Find
from victim_id.ui.widgets.notes import Sorry

LANGUAGES = (("en", "English"), ("fr", "Français"))
KINDS = (("ngo", "Organisation or shelter"), ("police", "Police or border police"), ("inspectorate", "Inspectorate or other state body"),
         ("health", "Health service"), ("municipality", "Municipality"))  # fmt: skip
COUNTRIES = (("LU", "Luxembourg"), ("BE", "Belgium"), ("NL", "Netherlands"))
TONGUES = [
    Find(*row)
    for row in (
        ("pt", "Português", "Portuguese"), ("ro", "Română", "Romanian"), ("ar", "العربية", "Arabic"), ("zh", "中文", "Chinese"),
        ("vi", "Tiếng Việt", "Vietnamese"), ("uk", "Українська", "Ukrainian"), ("fr", "Français", "French"), ("en", "English"),
    )
]  # fmt: skip
URGENT = (
    Urgent("injury", "Untreated injury or illness", "Offer a doctor before going on; call 112 if it cannot wait."),
)
ALONE_PAGES = {
    "unlock",
    "wrong",
    "first",
    "whom",
    "secret",
    "show",
    "pin",
    "comeback",
    "lost",
    "renewal",
    "restore",
    "damaged",
    "salvaged",
    "offer",
}
RAIL = {"start": "interview", "choice": "interview", "number": "interview", "calm": "interview", "done": "interview",
        "covered": "interview", "view": "interview", "assessment": "interview", "empty": "cases", "elsewhere": "cases", "filtered": "cases", "hidden": "cases", "sheet": "referral",
        "people": "preferences", "recovery": "preferences", "rehearsal": "preferences", "backup": "preferences",
        "care": "cases", "cared": "cases", "access": "cases", "accessed": "cases",
        "history": "preferences", "case_history": "interview"}  # fmt: skip


def samples(language: Language) -> dict[str, Callable[[], QWidget]]:
    """Gives how to build each page, by name."""
    return more_samples(language) | {
        "unlock": lambda: UnlockPage(language, 9, LANGUAGES, recovery=True, practice=True),
        "wrong": lambda: _wrong(language),
        "first": lambda: FirstStartPage(language, LANGUAGES, COUNTRIES),
        "whom": lambda: _whom(language),
        "secret": lambda: _secret(language),
        "cases": lambda: _cases(language),
        "filtered": lambda: _filtered(language),
        "hidden": lambda: _hidden(language),
        "empty": lambda: _no_cases(language),
        "elsewhere": lambda: _elsewhere(language),
        "start": lambda: _start(language),
        "interview": lambda: _interview(language),
        "choice": lambda: _interview(language, CHOICE),
        "number": lambda: _interview(language, NUMBER),
        "covered": lambda: _covered(language),
        "calm": lambda: _calm(language),
        "done": lambda: _done(language),
        "view": lambda: _view(language),
        "assessment": lambda: _assessment(language),
        "referral": lambda: _referral(language),
        "sheet": lambda: _sheet(language),
        "inbox": lambda: _inbox(language),
        "preferences": lambda: _preferences(language),
        "organisation": lambda: _organisation(language),
        "people": lambda: _people(language),
        "offer": lambda: _recovery(language, first=True),
        "recovery": lambda: _recovery(language),
        "rehearsal": lambda: _rehearsal(language),
        "backup": lambda: _backup(language),
        "care": lambda: _care(language),
        "cared": lambda: _cared(language),
        "lost": lambda: _lost(language),
        "renewal": lambda: _renewal(language),
        "restore": lambda: _restore(language),
        "damaged": lambda: _damaged(language),
        "salvaged": lambda: _salvaged(language),
        "pin": lambda: _show(language),
        "show": lambda: _show(language, "asking"),
        "comeback": lambda: _show(language, "coming"),
    }


def shell_with(language: Language, name: str, size: tuple[int, int]) -> Shell:
    """Gives a window of a size that shows one page."""
    shell = Shell(language, samples(language))
    shell.resize(*size)
    shell.show_page(name, alone=name in ALONE_PAGES, rail=RAIL.get(name, name))
    shell.show()
    return shell


def _wrong(language: Language) -> QWidget:
    page = UnlockPage(language, 20, LANGUAGES)
    page.complain(
        Sorry(
            language.say("This passphrase does not open the vault."),
            language.say("The vault is whole and nothing is lost."),
        )
    )
    return page


def _whom(language: Language) -> QWidget:
    page = FirstStartPage(language, LANGUAGES, COUNTRIES, kinds=KINDS)
    page._bound.kind.chip("police").click()
    page._step(1)
    return page


def _secret(language: Language) -> QWidget:
    page = FirstStartPage(language, LANGUAGES, COUNTRIES, measure=lambda _text, _own: 2)
    page._step(2)
    page._first.setText("otter cloud")
    page._weigh()
    return page


CASES = [
    CaseRow("1", "M3T-9XA", "child", "20 Nov", "Airport, arrivals", "child", "strong", "Strong indications", "19/22", "Guardian called"),
    CaseRow("2", "C4W-6PJ", "child", "8 Nov", "Street, Bonnevoie", "Labour · child", "indications", "Indications", "52/58", "Sent to cell 9 Nov"),
    CaseRow("3", "7F2-KQD", "injury", "today 10:42", "Construction site, Esch", "Labour", "none", "own view first", "38/64", "Finish the talk"),
    CaseRow("4", "X9D-3VS", "", "11 Nov", "Restaurant, Remich", "Labour", "open", "Open", "41/64", "Person asked to stop"),
    CaseRow("5", "H6K-8TB", "", "today 09:10", "Nail bar, Luxembourg", "Labour", "quick", "Quick screen", "9/14", "Talk longer today"),
    CaseRow("6", "Z2G-5YM", "", "14 Nov", "Car wash, Differdange", "Labour", "few", "Few, on what was asked", "64/64", "Contact card left"),
]  # fmt: skip


def _cases(language: Language) -> CasesPage:
    page = CasesPage(language, lambda *_wanted: None, [("border", language.say("Border or airport"))])
    page.show_counts({"open": len(CASES), "referred": 31, "closed": 100})
    page.show_rows(Wanted(), 0, CASES, len(CASES))
    page.show_due([DueRow("4", "today", "today", "B8R referral not sent"), DueRow("6", "2 days", "soon", "X9D call back agreed"),
                   DueRow("5", "87 days", "later", "Q5N reflection ends (the authority decides)")])  # fmt: skip
    page.show_vault(["Locks after 5 minutes", "Content: edition 2026.1"])
    page.show_reminders([Reminder("recovery", language.say("Make the recovery sheets"))])
    return page


def _filtered(language: Language) -> CasesPage:
    page = _cases(language)
    wanted = Wanted(level="strong", kind="labour", child="yes", due="week", changed="old", sort="level", backwards=True)
    page._want(wanted)
    page.show_rows(wanted, 0, CASES[:2], 2)
    return page


def _hidden(language: Language) -> QWidget:
    page = _filtered(language)
    wanted = Wanted(text="kitchen", level="none", changed="today")
    page._want(wanted)
    page.show_rows(wanted, 0, [])
    return page


def _no_cases(language: Language) -> QWidget:
    page = CasesPage(language, lambda *_wanted: None)
    page.show_counts({})
    return page


def _elsewhere(language: Language) -> QWidget:
    page = _cases(language)
    wanted = Wanted(text="kitchen")
    page._want(wanted)
    page.show_rows(wanted, 0, [], None, 3)
    return page


def _start(language: Language) -> QWidget:
    settings = [
        SettingRow("workplace", "Workplace inspection", "Observe first, then talk. 114 questions"),
        SettingRow("shelter", "Shelter intake", "Slowly, over several days. 160 questions"),
        SettingRow("border", "Border or airport", "A few minutes, alone. 40 questions"),
    ]
    page = StartPage(language, settings, TONGUES)
    page._speak("pt")
    return page


YES_NO = Asked(
    "work.debt", "Work & pay", "question 9 of 11",
    "Do you have to pay back a debt to the person you work for before you may leave?",
    "Tem de pagar uma dívida à pessoa para quem trabalha antes de poder ir embora?",
    watch="Ask who set the debt and how much is left.", avoid="why they accepted it",
    answers=(Answer(question="work.debt", value="yes", words="They keep 400 € each month for the journey."),),
)  # fmt: skip
CHOICE = Asked(
    "work.who", "Work & pay", "question 2 of 11", "Who decides about your working hours?", "من يقرر ساعات عملك؟", "rtl", "several",
    choices=(("a", "The employer"), ("b", "A foreman or supervisor on the site"), ("c", "Nobody"), ("d", "The person"), ("e", "Family")),
)  # fmt: skip
NUMBER = Asked(
    "work.hours", "Work & pay", "question 3 of 11", "How many hours did you work last week?", "Quantas horas trabalhou?",
    kind="number", unit="hours a week", least=0, most=168,
)  # fmt: skip
SECTIONS = (
    ("Safety first", 4, 4), ("What you see", 9, 9), ("Recruitment", 7, 8), ("Journey & papers", 6, 7), ("Work & pay", 8, 11),
    ("Control & threats", 2, 9), ("Housing", 2, 6), ("Online & phone", 0, 6), ("Health & needs", 0, 4),
)  # fmt: skip


def talking(question: Asked | None = YES_NO) -> Talking:
    rows = tuple(
        SectionRow(name, name, asked, all_, name != "Control & threats", name == "Work & pay")
        for name, asked, all_ in SECTIONS
    )
    return Talking(
        "7F2-KQD", "Construction site, Esch", "Labour inspector", "saved 10:42", 38, 64, rows, question,
        Talk(alone=True, language="neutral_interpreter", by_phone=True), "Português",
        (Link("a", "Who holds the passport?"), Link("b", "May he leave the site alone?"), Link("c", "Threats to family at home?")),
        URGENT, (Link("a", "Who holds the passport?"),), phone_away=True,
    )  # fmt: skip


def _interview(language: Language, question: Asked | None = YES_NO) -> InterviewPage:
    page = InterviewPage(language, TONGUES)
    page.tell(talking(question))
    return page


def _covered(language: Language) -> QWidget:
    page = _interview(language, NUMBER)
    page.cover(covered=True)
    return page


def _calm(language: Language) -> QWidget:
    page = _interview(language)
    page.show_calm(
        ["Respire devagar.", "Está aqui, nesta sala, comigo."],
        "ltr",
        ["Emergency: 112", "INFOTRAITE · +352 27 36 56 46"],
    )
    return page


def _done(language: Language) -> QWidget:
    page = _interview(language, None)
    page.say_done(
        language.say("Talk longer today"),
        language.say("There are signs."),
        language.say("Go on with the full interview"),
        quick=True,
    )
    return page


def _view(language: Language) -> QWidget:
    page = OwnViewPage(language)
    page.tell("7F2-KQD", URGENT, result_seen=True)
    return page


def _assessment(language: Language) -> QWidget:
    page = AssessmentPage(language)
    row = DimensionRow
    dimensions = (
        row("Deceptive recruitment", "3 medium are enough", 0, 3, 0, 1, "met", "Met"),
        row("Coercive recruitment", "1 strong + 1 other would meet it", 0, 0, 0, 3, "open", "Open"),
        row("Abuse of vulnerability, recruitment", "2 more would meet it", 0, 1, 0, 4, "open", "Open"),
        row("Exploitation", "1 strong + 1 medium are enough", 1, 2, 0, 3, "met", "Met"),
        row("Coercion at destination", "1 more of any strength meets it", 1, 0, 7, 9, "open", "Open"),
        row(
            "Abuse of vulnerability, destination",
            "nothing asked yet",
            0,
            0,
            1,
            6,
            "not_met",
            "Not met on what was asked",
        ),
    )
    findings = (
        FindingRow("Debt must be repaid before leaving", "strong", "said by the person", "work.debt"),
        FindingRow("70 hours a week", "strong", "document", "work.hours"),
        *(FindingRow(f"Another sign {number}", "weak", "observed", "q") for number in range(4)),
    )
    page.tell(
        Shown(
            "7F2-KQD", "indications", "Indications of trafficking", "Offer referral; consult the centre. This supports your judgement.",
            68, 100, 26, dimensions, (("Act: supported", True), ("Means: possible (not needed here)", False), ("Purpose: supported", True)),
            ("ILO forced labour: 6 of 11 · involuntary yes · penalty possible",), findings,
            (FindingRow("May leave the site", "answered no", "said by the person", "q"),),
            (Link("p", "Who holds the passport?"),), URGENT, "presumed_victim", "presumed victim",
            ("This program's own rules. Not validated.",), ("Read in other ways: Open",),
        )
    )  # fmt: skip
    return page


def _sending() -> Sending:
    whom = (
        RecipientRow("a", "Advice call: INFOTRAITE", "advice, no names, now", advice=True),
        RecipientRow("i", "INFOTRAITE: assistance", "helps and shelters · needs consent"),
        RecipientRow("p", "Public prosecutor (Parquet)", "investigates · your duty to report"),
    )
    consents = (
        ConsentRow(
            Consent(recipient="i", answer="yes", told=True),
            "INFOTRAITE: assistance",
            "needed",
            "An adult decides alone.",
        ),
        ConsentRow(
            Consent(recipient="p"), "Public prosecutor", "duty", "You must report; the person is told, not asked."
        ),
    )
    missing = (
        MissingRow(
            "Safe way of contact",
            (Input("E4.phone", "Phone"), Input("E4.safe", "Safe", (("yes", "Yes"), ("no", "No")))),
            heavy=True,
        ),
        MissingRow("Interpreter", (Input("D10.needed", "Needed", (("yes", "Yes"), ("no", "No"))),)),
    )
    leaving = (LeavingRow("INFOTRAITE: assistance", "38 fields, no name", ("D1  Case code", "D4  Age")),)
    return Sending(
        "7F2-KQD",
        whom,
        ("i", "p"),
        consents,
        missing,
        leaving,
        LANGUAGES,
        "fr",
        "Portuguese",
        1,
        "The card of the Parquet is not here yet.",
        (
            VitalRow(
                Consent(recipient="e"),
                "Danger now: 112",
                (("D2", "Name"), ("D4", "Age"), ("E6", "Where the person is now")),
            ),
        ),
    )


def _referral(language: Language) -> QWidget:
    page = ReferralPage(language, locked_pdf=True, printing=True)
    page.tell(_sending())
    image = QImage(900, 1273, QImage.Format.Format_BGR888)
    image.fill(QColor("white"))
    page.show_pages([PageImage(900, 1273, image.bytesPerLine(), bytes(image.constBits()))])
    return page


def _sheet(language: Language) -> QWidget:
    page = ReferralPage(language)
    page.tell(_sending())
    page.show_sheet(
        "Advice call: INFOTRAITE",
        "+352 27 36 56 46",
        ["I met a person and would like advice. I will not say a name.", "Open"],
    )
    return page


def _inbox(language: Language) -> QWidget:
    page = InboxPage(language, states=("new", "taken", "doubles"))
    rows = [
        ReceivedRow("1", "M3T-9XA", "now", "Police, airport", "child", "strong", "Strong indications", known=True, received="10:51", due="now"),
        ReceivedRow("2", "V1E-4RZ", "", "unknown sender", "adult", "open", "Open", known=False, received="10:52", due="–"),
    ]  # fmt: skip
    page.show_rows(rows, {"new": 2, "taken": 27, "doubles": 0})
    page.show_card(
        ReceivedCard(
            "1",
            "M3T-9XA",
            "child",
            "Urgent: read the form at once.",
            ("From: police", "Made: today"),
            taken=False,
            double="J7A-1NQ",
            warning="The sender is not known here.",
        )
    )
    page.complain(
        "old.age", Sorry(language.say("This package is for somebody else."), language.say("Give it to the recipient."))
    )
    return page


def _preferences(language: Language) -> QWidget:
    wishes = Wishes("en", "LU", "Inspection du travail", "labour inspector", "light", 100, 5)
    page = PreferencesPage(language, wishes, LANGUAGES, COUNTRIES, [("i", "INFOTRAITE"), ("p", "Parquet")], KINDS)
    digits = "12345 67890 12345 67890 12345 67890"
    page.show_recipients(
        [
            KnownRecipient("a", "INFOTRAITE", digits, compared=True),
            KnownRecipient("b", "Parquet", digits, compared=False),
        ],
        digits,
    )
    page.show_content(ContentFacts("2026.1", "ab12 cd34 ef56 ab12", "", "2026-11-21"))
    page.show_organisation(
        OrganisationShown(("Inspection du travail",), digits, fixed=frozenset({"regime"}), most_idle=5)
    )
    return page


def _organisation(language: Language) -> QWidget:
    page = _preferences(language)
    assert isinstance(page, PreferencesPage)
    digits = "12345 67890 12345 67890 12345 67890"
    page.show_organisation(
        OrganisationShown(("Inspection du travail",), digits, wanted=True, trouble="organisation.toml")
    )
    return page


def _show(language: Language, face: str = "") -> QWidget:
    page = ShowPage(language)
    words = PersonWords("العربية", "rtl", "أريد أن أتوقف", "لست وحدي", "شكرا", "عودة")
    answers = (("yes", "نعم"), ("no", "لا"), ("unknown", "لا أعرف"), ("declined", "لا أريد أن أجيب"))
    page.enter(words, ShownQuestion("q", "هل تستطيع أن تترك مكان العمل متى شئت؟", answers))
    if face:
        page._begin("1234")
    if face == "coming":
        page._ask_pin()
        page._try("0000")
    return page


WORDS = ("academic", "acid", "acne", "acquire", "acrobat", "activity", "zero")


def _people(language: Language) -> QWidget:
    page = PeoplePage(language, "ITM")
    page.show_people(
        [
            PersonRow("1", "A. Weber", "since 21 Nov 2026", me=True),
            PersonRow("2", "Eva Muller", "since today", me=False),
        ]
    )
    page.was_removed("C. Klein")
    page.name.setText("eva muller")
    page.add.click()
    page.change.click()
    for link in page.findChildren(LinkButton):
        if link.words == language.say("Remove…"):
            link.click()
    return page


def _white() -> PageImage:
    image = QImage(900, 1273, QImage.Format.Format_BGR888)
    image.fill(QColor("white"))
    return PageImage(900, 1273, image.bytesPerLine(), bytes(image.constBits()))


def _recovery(language: Language, *, first: bool = False) -> RecoveryPage:
    page = RecoveryPage(language, WORDS, 33, first=first, printing=True)
    page.tell(SheetsShown("21 Nov 2026", (1,), "", used=False, uncovered=2, earlier=True))
    page.show_mark("cc142190")
    page.organisation.tell(KeyShown("01234 56789 01234 56789 01234 56789", 1))
    page.show_sheets([_white()])
    return page


def _rehearsal(language: Language) -> QWidget:
    page = RecoveryPage(language, WORDS, 33)
    page.tell(SheetsShown("21 Nov 2026", (1, 2, 3), "22 Nov 2026", used=True))
    page.make_button.click()
    page.show_mark("cc142190")
    page.organisation.offer("age1", "01234 56789 01234 56789 01234 56789")
    page.try_button.click()
    page.typed.sheets[0].field.setPlainText("academic acid ac")
    page.show_look(1, "same_sheet")
    page.show_renewing()
    return page


def _backup(language: Language) -> QWidget:
    page = BackupPage(language)
    rows = [
        BackupRow("1", "today 10:42", "/media/stick/vault-20261121-104200-ab12", here=True, erased=False),
        BackupRow("2", "14 Nov 2026, 09:10", "/media/stick/vault-20261114-091000-cd34", here=False, erased=True),
    ]
    page.tell(rows, due=True)
    page.show_done(Sorry(language.say("The disk is full."), language.say("Make room, then try again.")), wrong=True)
    return page


CARED = CareRow("1", "7F2-KQD", "Construction site, Esch", "open, not gone on with · due since 21 Nov 2026", held=False)
KEPT_ON = CareRow("2", "M3T-9XA", "Airport", "on hold since 21 Nov 2026", held=True)

CAME = CareRow("3", "ABC-DEF", "LISER", "came in · taken in on 21 Nov 2025", held=False, came=True)


def _care(language: Language) -> CarePage:
    page = CarePage(language)
    page.show_kept(Kept(30, 0, 30, 365, 365), 12)
    page.show_rows("due", [CARED, KEPT_ON])
    words = language.say_many("{n} case is erased.", "{n} cases are erased.", 2)
    stale = [StaleBackup("today 10:42", "/media/stick/vault-20261121-104200-ab12")]
    page.show_rows("due", [CARED, KEPT_ON, CAME], more=True)
    page.show_erased(words, stale, unclean=True)
    return page


def _cared(language: Language) -> QWidget:
    page = _care(language)
    page.take([CARED])
    people = (("a", "A. Weber"), ("b", "Eva Muller"))
    page.show_chosen(Chosen((CARED,), "", ("b",), people, "b", fitting=(CAME,)))
    page.erase_card.button.click()
    page.identity.button.click()
    return page


def _lost(language: Language) -> LostPage:
    page = LostPage(language, WORDS, 33)
    page.typed.sheets[0].field.setPlainText("academic acid ac")
    page.show_look(0, "unfinished")
    page.show_look(1, "mistyped")
    page.tell("cc142190", organisation=True)
    return page


def _renewal(language: Language) -> QWidget:
    page = _lost(language)
    page.show_people(["A. Weber", "Eva Muller"])
    page.who.chip(" ").click()
    page.open.click()
    return page


def _restore(language: Language) -> QWidget:
    page = RestorePage(language)
    page.show_found(
        "/media/stick", [FoundRow("a", "21 Nov 2026, 10:42", "12 cases"), FoundRow("b", "14 Nov", "10 cases")]
    )
    page.show_going()
    page.complain(Sorry(language.say("The disk is full."), language.say("Make room, then try again.")))
    return page


def _damaged(language: Language) -> DamagedPage:
    page = DamagedPage(language)
    page.tell("pages", "/home/inspection/.local/share/victim-id/vault")
    return page


def _salvaged(language: Language) -> QWidget:
    page = _damaged(language)
    page.show_saved(SavedShown(41, ("7F2-KQD", "9CM-2TR"), 320, 1, "vault-damaged-2026-11-22"))
    return page
