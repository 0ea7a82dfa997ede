"""What the answers show and why: a level in words, the score as an interval, six dimensions, what speaks against.

The program advises; the worker decides. Every finding leads back to its answer.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from victim_id import wording
from victim_id.language import Language
from victim_id.ui.pages.asked import Link, Urgent
from victim_id.ui.pages.own_view import VIEWS
from victim_id.ui.pages.talk import urgent_card
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import TextField
from victim_id.ui.widgets.marks import Badge, DimensionDots, ScoreBar, level_role
from victim_id.ui.widgets.notes import InlineNote
from victim_id.ui.widgets.surfaces import (
    Bar,
    Card,
    Flow,
    Ground,
    Rule,
    Scroll,
    column,
    empty,
    flow,
    plain,
    put,
    row,
    stacked,
)
from victim_id.ui.widgets.words import Words

FIRST_FINDINGS = 4


class DimensionRow(NamedTuple):
    """A dimension: name, what would change it, the signs of each strength, what is open, and its result in words."""

    label: str
    note: str
    strong: int
    medium: int
    weak: int
    open: int
    result: Literal["met", "open", "not_met"]
    result_word: str


class FindingRow(NamedTuple):
    """A finding in words, its strength and source in words, and the question it came from."""

    words: str
    strength: str
    source: str
    question: str


class Shown(NamedTuple):
    """Everything the page shows of an assessment, every word in the worker's language."""

    code: str
    level: str
    level_word: str
    meaning: str
    lower: int
    upper: int
    open_questions: int
    dimensions: tuple[DimensionRow, ...]
    elements: tuple[tuple[str, bool], ...]
    readings: tuple[str, ...]
    findings: tuple[FindingRow, ...]
    against: tuple[FindingRow, ...]
    would_change: tuple[Link, ...]
    urgent: tuple[Urgent, ...]
    view: str
    view_word: str
    card: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    help: tuple[str, str] = ("", "")
    law: tuple[tuple[str, str, str], ...] = ()


class AssessmentPage(Ground):
    """Emits `question` for a finding's answer, `judged` with view and reasons, `draft` while they are typed, `refer` and `back`."""

    draft = Signal(str)
    question = Signal(str)
    judged = Signal(str, str)
    refer = Signal()
    back = Signal()
    steps = Signal()
    history = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        back = SecondaryButton(say("Back to interview"))
        self.refer_button = PrimaryButton(say("Prepare referral"), icon="next", icon_last=True)
        self._numbers: QWidget | None = None
        self._level_parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._level_parts.setSpacing(24)
        self._level, self._table, self._urgent = Card(edge="accent", gap=4), Card(gap=6), column(gap=14)
        self._level.body.addLayout(self._level_parts)
        self._why, self._change = Card(gap=0), Card(gap=0)
        self.judgement = _Judgement(language)
        left = column(self._level, self._table, None, gap=16)
        self._help = InlineNote("tint")
        steps = SecondaryButton(say("Next step and deadlines"), icon="clock")
        steps.clicked.connect(self.steps)
        history = SecondaryButton(say("History of this case"), icon="file")
        history.clicked.connect(self.history)
        right = column(
            self._urgent, self._help, self._why, self._change, self.judgement, plain(flow(steps, history)), None, gap=14
        )
        self._right = plain(right)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(20, 18, 20, 18)
        self._parts.setSpacing(18)
        put(self._parts, (left, self._right))
        self._parts.setStretch(0, 1)
        inside = Ground("page")
        inside.setLayout(self._parts)
        self.setLayout(column(Bar(self._title, last=(back, self.refer_button)), Scroll(inside), gap=0))
        back.clicked.connect(self.back)
        self.refer_button.clicked.connect(self.refer)
        self.judgement.judged.connect(self.judged)
        self.judgement.reasons.paused.connect(self.draft)
        self.first = self.refer_button

    def tell(self, shown: Shown, draft: str = "") -> None:
        """Shows an assessment, with what is half-typed about it."""
        self._title.say(f"{shown.code} · {self._language.say('Assessment')}")
        self._show_level(shown)
        self._show_dimensions(shown)
        empty(self._urgent)
        for sign in shown.urgent:
            self._urgent.addWidget(urgent_card(self._language, sign))
        self._show_why(shown)
        self._show_change(shown.would_change)
        self._help.say(*shown.help)
        self.judgement.tell(shown, draft)

    def finish(self) -> None:
        """Tells what is half-typed."""
        self.judgement.reasons.tell()

    def pressed(self, deed: str) -> bool:
        """F5 prepares the referral, Escape goes back to the interview."""
        deeds = {"refer_now": self.refer.emit, "back": self.back.emit}
        if deed in deeds:
            deeds[deed]()
        return deed in deeds

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = stacked(self._parts, self, 930)
        room = self.width() - 90 - (0 if narrow else min(worn().px(400), self.width() // 3))
        beside = room >= worn().px(640)
        self._level_parts.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        if self._numbers is not None:
            self._numbers.setMaximumWidth(max(worn().px(330), 420) if beside else 9999)
        if narrow:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(9999)
        else:
            self._right.setFixedWidth(min(worn().px(400), self.width() // 3))

    def _show_level(self, shown: Shown) -> None:
        say = self._language.say
        self._level.turn("plain", level_role(shown.level))
        score = Words(str(shown.lower), size="head", bold=True, wrap=False)
        could = Words(say("could be {lower} – {upper}", lower=shown.lower, upper=shown.upper), role="muted", wrap=False)
        words = say(
            "Score of the indications: {lower}, could be {lower} to {upper}; not a probability",
            lower=shown.lower,
            upper=shown.upper,
        )
        bar = ScoreBar(shown.lower, shown.upper, (say("open"), say("indications"), say("strong")), words)
        open_words = self._language.say_many("{n} question is open", "{n} questions are open", shown.open_questions)
        spoken = column(
            Words(say("What the indications say"), size="small", role="muted"),
            Words(shown.level_word, size="head", bold=True, role=level_role(shown.level)),
            Words(shown.meaning),
            *[Words(line, size="small", role="muted") for line in shown.beside],
            None,
            gap=4,
        )
        numbers = column(
            _score_line(Words(say("Score of the indications"), size="small", role="muted", wrap=False), score, could),
            bar,
            Words(
                f"{say('Not a probability.')} {open_words}. {say('Stays in this vault.')}", size="small", role="muted"
            ),
            None,
            gap=4,
        )
        numbers_side = plain(numbers)
        self._numbers = numbers_side
        numbers_side.setMinimumWidth(worn().px(300))
        empty(self._level_parts)
        put(self._level_parts, (spoken, numbers_side))
        self._level_parts.setStretch(0, 1)
        self._arrange()

    def _show_dimensions(self, shown: Shown) -> None:
        say = self._language.say
        empty(self._table.body)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        heads = (say("Dimension"), say("Strong"), say("Medium"), say("Weak"), say("To ask"), say("Result"))
        for place, head in enumerate(heads):
            grid.addWidget(Words(head, size="small", role="muted", bold=True, wrap=False), 0, place)
        grid.setColumnStretch(0, 1)
        for number, dimension in enumerate(shown.dimensions):
            line = 2 * number + 1
            grid.addWidget(Rule(), line, 0, 1, 6)
            name = column(Words(dimension.label, bold=True), Words(dimension.note, size="small", role="muted"), gap=0)
            grid.addLayout(name, line + 1, 0)
            counts = (
                ("strong", dimension.strong, heads[1]),
                ("medium", dimension.medium, heads[2]),
                ("weak", dimension.weak, heads[3]),
            )
            for place, (strength, count, head) in enumerate(counts, 1):
                spoken = wording.labelled(self._language, head, str(count))
                grid.addWidget(DimensionDots(count, strength, spoken), line + 1, place)  # type: ignore[arg-type]
            grid.addWidget(Words(str(dimension.open), role="muted", wrap=False), line + 1, 4)
            met = dimension.result == "met"
            grid.addWidget(Words(dimension.result_word, bold=True, role="text" if met else "muted"), line + 1, 5)
            grid.setColumnMinimumWidth(5, worn().px(76))
        self._table.body.addLayout(grid)
        self._table.body.addWidget(Rule())
        facts = Flow(None, 10, 8)
        for words, holds in shown.elements:
            facts.addWidget(Badge(words, sign="check" if holds else ""))
        for words in shown.readings:
            facts.addWidget(Badge(words))
        self._table.body.addLayout(facts)
        if shown.law:
            lines = [
                (Words(title, bold=True), Words(text), Words(source, size="small", role="muted"))
                for title, text, source in shown.law
            ]
            self._table.body.addWidget(_Fold(say("What the law here says"), [part for line in lines for part in line]))
        if shown.card:
            self._table.body.addWidget(
                _Fold(say("Instrument card"), [Words(line, size="small", role="muted") for line in shown.card])
            )

    def _show_why(self, shown: Shown) -> None:
        say = self._language.say
        empty(self._why.body)
        self._why.body.addWidget(Words(say("Why this result"), size="lead", bold=True))
        lines = [self._finding(found) for found in shown.findings]
        if not lines:
            self._why.body.addWidget(Words(say("No sign is present on what was asked."), role="muted"))
        for line in lines[:FIRST_FINDINGS]:
            self._why.body.addWidget(line)
        if lines[FIRST_FINDINGS:]:
            more = self._language.say_many("{n} more", "{n} more", len(lines) - FIRST_FINDINGS)
            self._why.body.addWidget(_Fold(more, lines[FIRST_FINDINGS:]))
        if shown.against:
            words = say("what speaks against: {n}", n=len(shown.against))
            self._why.body.addWidget(_Fold(words, [self._finding(found) for found in shown.against]))

    def _finding(self, found: FindingRow) -> QWidget:
        link = LinkButton(f"{found.words} – {found.strength}, {found.source}", role="text")
        link.clicked.connect(lambda _=False: self.question.emit(found.question))
        link.setEnabled(bool(found.question))
        return link

    def _show_change(self, links: Sequence[Link]) -> None:
        empty(self._change.body)
        self._change.setVisible(bool(links))
        self._change.body.addWidget(Words(self._language.say("Would change it"), size="lead", bold=True))
        for link in links:
            button = LinkButton(link.words)
            button.clicked.connect(lambda _=False, one=link.id: self.question.emit(one))
            self._change.body.addWidget(button)


def _score_line(label: Words, *numbers: Words) -> Flow:
    """Puts the label at the beginning and the numbers at the end, on lines of their own where it is narrow."""
    line = Flow(None, 8, 0)
    line.addWidget(label)
    line.gap()
    for words in numbers:
        line.addWidget(words)
    return line


class _Fold(QWidget):
    """Something that is there when one asks for it."""

    def __init__(self, words: str, parts: Sequence[QWidget]) -> None:
        super().__init__()
        link = LinkButton(words, underline=True, role="muted")
        self._inside = plain(column(*parts, gap=2))
        self._inside.hide()
        link.clicked.connect(lambda: self._inside.setVisible(self._inside.isHidden()))
        self.setLayout(column(link, self._inside, gap=0))


class _Judgement(Card):
    judged = Signal(str, str)

    def __init__(self, language: Language) -> None:
        super().__init__(gap=6)
        self._language = language
        say = language.say
        self._before = Words("", size="small", role="muted")
        self._chips = Chips(say("Your judgement"), [(key, say(words)) for key, words, _ in VIEWS])
        self.reasons = TextField(say("Reasons"), placeholder=say("Why you confirm it, or see it differently…"), lines=3)
        self._note = InlineNote("amber")
        self.keep = SecondaryButton(say("Write down my judgement"))
        put(
            self.body,
            (Words(say("Your judgement"), size="lead", bold=True), self._before, self._chips, self.reasons, self._note, row(None, self.keep)),
        )  # fmt: skip
        self.keep.clicked.connect(self._keep)

    def tell(self, shown: Shown, draft: str) -> None:
        say = self._language.say
        first = say("Before the result you wrote: {view}.", view=shown.view_word) if shown.view_word else ""
        self._before.say(f"{first} {say('The program advises; you decide.')}".strip())
        self._chips.choose(shown.view)
        self.reasons.put(draft)
        self._note.say("")

    def _keep(self) -> None:
        view, reasons = self._chips.key(), self.reasons.toPlainText().strip()
        if not view or not reasons:
            self._note.say(self._language.say("Please choose, and give your reasons in a few words."))
            self.reasons.setFocus()
            return
        self._note.say("")
        self.reasons.tell()
        self.judged.emit(view, reasons)
