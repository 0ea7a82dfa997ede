"""Before a talk: where one is, who the person is, in which language, and what must be safe before the first question.

Nothing here is needed to begin; what is not filled in is not known.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QWidget

from victim_id.casework.case import Age
from victim_id.instrument.answers import Talk
from victim_id.language import Language, to_say
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips, Option
from victim_id.ui.widgets.fields import LineField, Tick
from victim_id.ui.widgets.finder import Find, Finder
from victim_id.ui.widgets.notes import InlineNote
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Rule, Scroll, column, put, row, stacked
from victim_id.ui.widgets.words import Words

Understood: TypeAlias = Literal["common", "neutral_interpreter", "other_interpreter", ""]
FIRST_LANGUAGES = 6
CHECKS = (
    ("alone", to_say("You are alone with the person, out of hearing")),
    ("elsewhere", to_say("Companion, employer and colleagues are elsewhere")),
    ("interpreter", to_say("The interpreter is not from the group")),
    ("told", to_say("Said who you are, what you write down and keep, and that they may stop")),
    ("report", to_say("Told what you must report, and to whom")),
    ("doctor", to_say("Nobody needs a doctor first")),
    ("phone", to_say("Phone put away, or known to be watched")),
)
"""What is looked at before the first question; the ids are kept with the case."""


class SettingRow(NamedTuple):
    """A setting as it is offered: id, name, and what it means in time and questions."""

    id: str
    label: str
    note: str


class Beginning(NamedTuple):
    """What was chosen. `before` are the ids of the checks that were ticked; `agreed` is None while it was not asked."""

    setting: str
    quick: bool
    age: Age
    person_language: str
    place: str
    before: tuple[str, ...]
    talk: Talk
    agreed: bool | None


class StartPage(Leaving):
    """Emits `begun` with what was chosen, or `refused` when the person did not agree: then only a count is kept."""

    begun = Signal(object)
    refused = Signal()

    def __init__(
        self,
        language: Language,
        settings: Sequence[SettingRow],
        languages: Sequence[Find],
        *,
        quick: bool = False,
        here: str = "",
    ) -> None:
        super().__init__("page")
        self._language, self._languages = language, list(languages)
        say = language.say
        self._chosen_language = ""
        hint = Words(
            say("Nothing here is needed to begin; you can fill it in later."), size="small", role="muted", wrap=False
        )
        self.bar = Bar(Words(say("New interview"), size="title", bold=True, wrap=False), last=(hint,))
        self.begin = PrimaryButton(say("Begin"), icon="next", icon_last=True)
        self.count_only = SecondaryButton(say("Count only, keep nothing else"))
        self.count_only.hide()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(30, 16, 30, 6)
        self._columns.setSpacing(22)
        right = column(self._person(), self._before(), None, gap=14)
        put(self._columns, (column(self._where(settings, here, quick=quick), self._tongue(), None, gap=14), right))
        self._columns.setStretch(0, 1)
        self._columns.setStretch(1, 1)
        self._visit = InlineNote("tint")
        inside = Ground("page")
        inside.setLayout(column(column(self._visit, margins=(30, 16, 30, 0)), self._columns, gap=0))
        foot = row(None, self.count_only, self.begin, gap=14, margins=(30, 6, 30, 14))
        self.setLayout(column(self.bar, Scroll(inside), foot, gap=0))
        self.begin.clicked.connect(self._begin)
        self.count_only.clicked.connect(self.refused)
        self.first = self._settings[0] if self._settings else self.begin

    def go_on(self, place: str, setting: str, facts: int) -> None:
        """Begins with the place of a visit that goes on with another person; `facts` about it pass on."""
        self.place.setText(place)
        for option in self._settings:
            option.setChecked(option.key == setting)
        words = self._language.say_many(
            "{n} fact you saw or read about the place comes along.",
            "{n} facts you saw or read about the place come along.",
            facts,
        )
        self._visit.say(
            self._language.say("The next person of this visit, with a case of their own."),
            f"{words} {self._language.say('Nothing that anybody said, and no link between the cases.')}",
        )

    def chosen(self) -> Beginning:
        """Gives what is chosen now."""
        ticked = tuple(key for key, tick in self._checks.items() if tick.isChecked())
        by = self._understood.key()
        understood: Understood = "common" if by == "common" else ""
        if by in {"interpreter", "phone"}:
            understood = "neutral_interpreter" if "interpreter" in ticked else "other_interpreter"
        talk = Talk(
            alone=True if "alone" in ticked else None,
            language=understood,
            by_phone=by == "phone",
        )
        age: Age = {"child": "child", "unsure": "unsure"}.get(self._age.key(), "adult")  # type: ignore[assignment]
        setting = next((option.key for option in self._settings if option.isChecked()), "")
        agreed = {"yes": True, "no": False}.get(self._agreed.key())
        return Beginning(
            setting, self.quick.isChecked(), age, self._chosen_language, self.place.text().strip(), ticked, talk, agreed
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked(self._columns, self)

    def _where(self, settings: Sequence[SettingRow], here: str, *, quick: bool) -> QWidget:
        say = self._language.say
        group = QButtonGroup(self)
        self._settings = [Option(setting.label, setting.id, note=setting.note, least=58) for setting in settings]
        for option in self._settings:
            option.setAutoExclusive(True)
            group.addButton(option)
            option.setChecked(option.key == here or (not here and option is self._settings[0]))
        self.quick = Option(
            say("Quick screen"),
            "quick",
            note=say("ten things you see, four questions · grows into the full interview"),
            least=58,
        )
        self.quick.setChecked(quick)
        self.place = LineField(say("Place"), placeholder=say("Place: site, street or building"))
        self.title = Words(say("Where are you?"), size="lead", bold=True)
        return Card(self.title, *self._settings, Rule(), self.quick, self.place, gap=8)

    def _person(self) -> QWidget:
        say = self._language.say
        self._age = Chips(
            say("The person"),
            [("child", say("Child")), ("unsure", say("Age unsure")), ("adult", say("Adult"))],
            here=["adult"],
        )
        self._route = Words("", role="muted")
        self._age.chosen.connect(self._tell_route)
        self._tell_route()
        return Card(Words(say("The person"), size="lead", bold=True), self._age, self._route, gap=4)

    def _tell_route(self) -> None:
        say = self._language.say
        self._route.say(
            {
                "unsure": say("Unsure takes the child route."),
                "child": say("A child is asked only about safety, needs, wishes and who they are with."),
            }.get(self._age.key(), say("If you are not sure of the age, choose unsure."))
        )

    def _tongue(self) -> QWidget:
        say = self._language.say
        first = [(find.key, find.words) for find in self._languages[:FIRST_LANGUAGES]]
        self._tongues = Chips(say("Language of the person"), first)
        self._tongues.chosen.connect(lambda keys: self._speak(keys[0]))
        more = LinkButton(say("more…"), name=say("more languages"))
        if len(self._languages) <= FIRST_LANGUAGES:
            more.hide()
        finder = Finder(say("Languages"), say("Search a language by any name"), self._languages, self)
        finder.found.connect(self._speak)
        self._tongues.add(more)
        more.clicked.connect(lambda: finder.open_below(more, self._chosen_language))
        self._understood = Chips(
            say("How do you understand each other?"),
            [
                ("common", say("A common language")),
                ("interpreter", say("Interpreter here")),
                ("phone", say("Interpreter by phone")),
            ],
        )
        return Card(
            Words(say("Language of the person"), size="lead", bold=True),
            self._tongues,
            Words(say("How do you understand each other?"), size="small", role="muted"),
            self._understood,
            gap=2,
        )

    def _speak(self, tag: str) -> None:
        self._chosen_language = tag
        shown = self._languages[:FIRST_LANGUAGES]
        found = [find for find in self._languages if find.key == tag and find not in shown]
        self._tongues.fill([(find.key, find.words) for find in (*shown, *found)], [tag])

    def _before(self) -> QWidget:
        say = self._language.say
        self._agreed = Chips(
            say("Does the person agree to the talk, and to what is written down?"),
            [("yes", say("Agrees")), ("no", say("Does not want to")), ("later", say("Not asked yet"))],
            here=["later"],
        )
        self._agreed.chosen.connect(self._tell_agreed)
        self._checks = {key: Tick(say(words)) for key, words in CHECKS}
        return Card(
            Words(say("Before the first question"), size="lead", bold=True, role="amber"),
            Words(say("Does the person agree to the talk, and to what is written down?")),
            self._agreed,
            *self._checks.values(),
            tone="amber",
            gap=0,
        )

    def _tell_agreed(self) -> None:
        no = self._agreed.key() == "no"
        self.count_only.setVisible(no)
        self.begin.setEnabled(not no)

    def _begin(self) -> None:
        if self.begin.isEnabled():
            self.begun.emit(self.chosen())
