"""The sides of the interview: the sections on one, the conditions of this talk and what is useful next on the other."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from victim_id.instrument.answers import Talk
from victim_id.language import Language
from victim_id.ui import icons
from victim_id.ui.pages.asked import Link, SectionRow, Talking, Urgent
from victim_id.ui.theme import Role, Theme, worn
from victim_id.ui.widgets.buttons import LinkButton, Pressable, SecondaryButton, box
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import LineField, SearchField, Tick
from victim_id.ui.widgets.measures import WRAPPED, breadth, height
from victim_id.ui.widgets.surfaces import Card, Ground, Rule, Scroll, column, empty, plain, row
from victim_id.ui.widgets.words import Words


class SectionButton(Pressable):
    """A section: done, here, open or private; its name and how far it is."""

    def __init__(self, section: SectionRow, language: Language) -> None:
        super().__init__(section.label)
        self._section, self._language = section, language
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCheckable(True)
        self.tell(section)

    def tell(self, section: SectionRow) -> None:
        """Shows how far the section is now."""
        if section == self._section and self.accessibleName() != section.label:
            return
        self._section = section
        self.setChecked(section.here)
        say = self._language.say
        state = say("{asked} of {all} answered", asked=section.asked, all=section.askable)
        self.setAccessibleName(f"{section.label}, {state}" + ("" if section.open else f", {say('private')}"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(worn().px(200), worn().touch)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = height(self._section.label, "body", width - self._sides(), bold=self._section.here)
        return max(worn().touch, words + 12)

    def _sides(self) -> int:
        return worn().px(36) + breadth("00/00", "body", bold=True) + worn().px(18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter, here = worn(), self._pen_down(), self._section.here
        if here or self.underMouse():
            box(painter, self.rect(), 8, theme.colour("tint"), None)
        side = theme.px(15)
        spot = self._visual(QRect(theme.px(10), (self.height() - side) // 2, side, side))
        self._mark(painter, theme, spot)
        painter.setFont(theme.font("body", bold=here))
        painter.setPen(theme.colour("text" if self._section.open else "muted"))
        count = f"{self._section.asked}/{self._section.askable}"
        wide = breadth("00/00", "body", bold=True)
        words = QRect(theme.px(32), 0, self.width() - self._sides() + 4, self.height())
        painter.drawText(self._visual(words), WRAPPED, self._section.label)
        painter.setPen(theme.colour("on_tint" if here else "muted"))
        place = QRect(self.width() - wide - theme.px(10), 0, wide, self.height())
        flags = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self._visual(place), flags, count)
        self._ring(painter, self.rect(), 8)

    def _mark(self, painter: QPainter, theme: Theme, spot: QRect) -> None:
        done = self._section.asked >= self._section.askable
        if not self._section.open:
            icons.paint(painter, "padlock", theme.hex("muted"), QRectF(spot))
        elif self._section.here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QRectF(spot).adjusted(3, 3, -3, -3))
        elif done:
            icons.paint(painter, "check", theme.hex("good"), QRectF(spot))
        else:
            painter.setPen(QPen(theme.colour("edge"), 1.5))
            painter.drawEllipse(QRectF(spot).adjusted(3, 3, -3, -3))


class SectionList(Ground):
    """The sections of the talk, and a search over all its questions. Emits `section` or `question`."""

    section = Signal(str)
    question = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__("card")
        self._language = language
        self._buttons: list[SectionButton] = []
        self._all: Sequence[Link] = ()
        self.search = SearchField(language.say("Search a question"), language.say("Search a question…"))
        self._list = column(gap=0)
        self._found = column(gap=0)
        inside = Ground("card")
        inside.setLayout(column(self._list, self._found, None, gap=6, margins=(12, 8, 12, 8)))
        self.setLayout(column(Scroll(inside, "card"), plain(column(self.search, margins=(12, 6, 12, 12))), gap=0))
        self.search.searched.connect(self._search)

    def tell(self, rows: Sequence[SectionRow], everything: Sequence[Link]) -> None:
        """Shows how far each section is; buttons are made only when the sections change."""
        self._all = everything
        if [button._section.id for button in self._buttons] != [section.id for section in rows]:  # noqa: SLF001
            empty(self._list)
            self._buttons = [SectionButton(section, self._language) for section in rows]
            for button in self._buttons:
                button.clicked.connect(lambda _=False, one=button: self._go(one))
                self._list.addWidget(button)
        for button, section in zip(self._buttons, rows, strict=True):
            button.tell(section)

    def _go(self, button: SectionButton) -> None:
        button.setChecked(button._section.here)  # noqa: SLF001  the page tells where the talk is, not the press
        self.section.emit(button._section.id)  # noqa: SLF001

    def _search(self, text: str) -> None:
        empty(self._found)
        for button in self._buttons:
            button.setVisible(not text)
        wanted = text.casefold()
        fitting = [link for link in self._all if wanted in link.words.casefold()][:12] if text else []
        for link in fitting:
            found = LinkButton(link.words, size="small")
            found.clicked.connect(lambda _=False, one=link.id: self._take(one))
            self._found.addWidget(found)
        if text and not fitting:
            self._found.addWidget(Words(self._language.say("No question has these words."), size="small", role="muted"))

    def _take(self, question: str) -> None:
        self.search.clear()
        self._search("")
        self.question.emit(question)


class TalkPanel(Ground):
    """The conditions of this talk: who is here, what to do when something happens, what is useful next, and what cannot wait."""

    changed = Signal(object)
    came_in = Signal()
    distressed = Signal()
    refer_now = Signal()
    question = Signal(str)
    hidden = Signal()
    view_wanted = Signal()
    changes_wanted = Signal()
    next_person = Signal()
    steps_wanted = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("card")
        self._language, self._talk = language, Talk()
        self._outlook: tuple[tuple[Link, ...], tuple[Urgent, ...]] | None = None
        say = language.say
        hide = LinkButton(say("hide F8"), role="muted", size="small")
        self.alone = Tick(say("Alone with the person"))
        self._how = Words("", role="muted")
        change = LinkButton(say("Change"), size="small", name=say("Change the conditions of this talk"))
        self._edit = self._conditions()
        self._edit.hide()
        came = SecondaryButton(say("Someone came in"), key="F7")
        distressed = SecondaryButton(say("The person is distressed"), key="F6")
        refer = SecondaryButton(say("Refer now"), key="F5")
        self._next = column(gap=0)
        self._urgent = column(gap=8)
        self._changed = LinkButton("", size="small", role="muted")
        self._changed.hide()
        another = LinkButton(say("Next person of this visit"))
        steps = LinkButton(say("Next step and deadlines"))
        steps.clicked.connect(self.steps_wanted)
        self._result = Words(
            say("The result is shown after you have written down your own view."), size="small", role="muted"
        )
        self.view = LinkButton(say("Write down your own view"))
        inside = Ground("card")
        inside.setLayout(
            column(
                row(Words(say("This talk"), size="lead", bold=True, wrap=False), None, hide),
                self.alone, row(self._how, None, change), self._edit, 4, came, distressed, refer, 10, Rule(), 6,
                Words(say("Most useful next"), size="lead", bold=True), self._next, 8, self._urgent, None,
                self._changed, self._result, self.view, steps, another, gap=4, margins=(18, 10, 18, 10),
            )
        )  # fmt: skip
        self.setLayout(column(Scroll(inside, "card")))
        hide.clicked.connect(self.hidden)
        change.clicked.connect(lambda: self._edit.setVisible(self._edit.isHidden()))
        self.alone.clicked.connect(self._told)
        came.clicked.connect(self.came_in)
        distressed.clicked.connect(self.distressed)
        refer.clicked.connect(self.refer_now)
        self.view.clicked.connect(self.view_wanted)
        another.clicked.connect(self.next_person)
        self._changed.clicked.connect(self.changes_wanted)

    def tell(self, talking: Talking) -> None:
        """Shows how the talk stands now."""
        self._talk = talking.talk
        self.alone.setChecked(talking.talk.alone is True)
        self._how.say(self._in_words(talking))
        self._understood.choose(talking.talk.language)
        self._by_phone.setChecked(talking.talk.by_phone)
        for field, text in ((self._present, talking.talk.present), (self._interpreter, talking.talk.interpreter)):
            if not field.hasFocus():
                field.setText(text)
        self._result.setVisible(not talking.quick)
        say = self._language.say
        self.view.say(say("See what to do") if talking.quick else say("Write down your own view"))
        words = self._language.say_many("{n} answer was changed", "{n} answers were changed", talking.changed)
        self._changed.say(words)
        self._changed.setVisible(talking.changed > 0)
        self.tell_outlook(talking)

    def tell_outlook(self, talking: Talking) -> None:
        """Shows what is useful next and what cannot wait; buttons are made only when something changed."""
        if self._outlook != (talking.next, talking.urgent):
            self._outlook = (talking.next, talking.urgent)
            self._show_next(talking.next)
            self._show_urgent(talking.urgent)

    def _in_words(self, talking: Talking) -> str:
        say, talk = self._language.say, talking.talk
        how = {
            "common": say("a common language"),
            "neutral_interpreter": say("neutral interpreter"),
            "other_interpreter": say("interpreter from their side"),
        }.get(talk.language, say("how you understand each other: not known"))
        parts = [f"{how}, {say('by phone')}" if talk.by_phone else how]
        if talking.phone_away:
            parts.append(say("phone put away"))
        parts += [words for words in (talk.interpreter, talk.present) if words]
        if talk.distressed:
            parts.append(say("in distress"))
        return " · ".join(parts)

    def _conditions(self) -> Card:
        say = self._language.say
        self._understood = Chips(
            say("How do you understand each other?"),
            [
                ("common", say("A common language")),
                ("neutral_interpreter", say("Neutral interpreter")),
                ("other_interpreter", say("Interpreter from their side")),
            ],
        )
        self._by_phone = Tick(say("The interpreter is on the phone"))
        self._present = LineField(say("Who else is here"), placeholder=say("Who else is here"))
        self._understood.chosen.connect(lambda _keys: self._told())
        self._by_phone.clicked.connect(self._told)
        self._interpreter = LineField(
            say("Who interprets: service or number"), placeholder=say("Who interprets: service or number")
        )
        for field in (self._interpreter, self._present):
            field.editingFinished.connect(self._told)
        return Card(self._understood, self._by_phone, self._interpreter, self._present, gap=4, pad=12)

    def _told(self) -> None:
        talk = msgspec.structs.replace(
            self._talk,
            alone=True if self.alone.isChecked() else (False if self._talk.alone else None),
            language=self._understood.key(),
            by_phone=self._by_phone.isChecked(),
            present=self._present.text().strip(),
            interpreter=self._interpreter.text().strip(),
        )
        if talk != self._talk:
            self._talk = talk
            self.changed.emit(talk)

    def _show_next(self, links: Sequence[Link]) -> None:
        empty(self._next)
        for link in links:
            button = LinkButton(link.words)
            button.clicked.connect(lambda _=False, one=link.id: self.question.emit(one))
            self._next.addWidget(button)
        if not links:
            self._next.addWidget(Words(self._language.say("Nothing more changes the picture."), role="muted"))

    def _show_urgent(self, signs: Sequence[Urgent]) -> None:
        empty(self._urgent)
        for sign in signs:
            self._urgent.addWidget(urgent_card(self._language, sign))


def urgent_card(language: Language, sign: Urgent) -> Card:
    """Makes the card of an urgent sign: what to do stands there, in so many words."""
    role: Role = "urgent"
    return Card(
        Words(language.say("Act now"), bold=True, role=role),
        Words(sign.label, bold=True),
        Words(sign.text),
        tone="urgent",
        gap=2,
        pad=14,
    )
