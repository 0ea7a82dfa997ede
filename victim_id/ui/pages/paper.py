"""The parts of the referral page: consent to one recipient, a field that is missing, and the pages as they will be."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from victim_id import wording
from victim_id.casework.case import Consent
from victim_id.language import Language
from victim_id.ui.pages.sent import ConsentRow, Input, MissingRow, PageImage, VitalRow
from victim_id.ui.theme import Theme, dress_ground, worn
from victim_id.ui.widgets.buttons import LinkButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.fields import Labelled, LineField, Tick
from victim_id.ui.widgets.notes import EmptyState, Sign
from victim_id.ui.widgets.surfaces import Card, Ground, Scroll, column, empty, plain, row
from victim_id.ui.widgets.words import Words


class ConsentBox(QWidget):
    """The consent to one recipient for one purpose; where none is needed it says why."""

    def __init__(self, language: Language, line: ConsentRow, told_in: str, tell: Callable[[Consent], None]) -> None:
        super().__init__()
        self._consent, self._tell = line.consent, tell
        say, given = language.say, line.consent
        self._told = Tick(say("Told what is sent, to whom and why ({language})", language=told_in), checked=given.told)
        self._answer = Chips(
            say("Does the person agree?"),
            [
                ("yes", say("Agrees")),
                ("no", say("Does not")),
                ("not_able", say("Not able to")),
                ("not_asked", say("Not asked")),
            ],
            here=[given.answer],
        )
        self._form = Chips(
            say("How was it given?"),
            [("spoken", say("Spoken")), ("written", say("Written"))],
            here=[given.form or "spoken"],
        )
        self._name = Tick(say("Agrees to the name being passed on"), checked=given.name_too)
        self._details = Tick(
            say("Agrees to health and other private details being passed on"), checked=given.details_too
        )
        needed = line.needed == "needed"
        sign = Sign("person" if needed else "note", "accent" if needed else "muted", 18)
        head = row(sign, Words(line.label, bold=True), gap=8)
        head.setStretch(1, 1)
        why = Words(line.why, size="small", role="muted")
        follows = Words(language.say("What may follow: {what}", what=line.follows), size="small")
        if not line.follows:
            follows.hide()
        parts = (head, why, follows, self._told, self._answer, self._form, self._name, self._details)
        self.setLayout(column(*parts, gap=0, margins=(0, 0, 0, 6)))
        self._answer.setVisible(needed)
        self._agreed()
        for tick in (self._told, self._name, self._details):
            tick.clicked.connect(self._changed)
        for chips in (self._answer, self._form):
            chips.chosen.connect(lambda _keys: self._changed())

    def _agreed(self) -> None:
        agrees = self._answer.key() == "yes" or self._answer.isHidden()
        self._form.setVisible(agrees and not self._answer.isHidden())
        self._name.setVisible(agrees)
        self._details.setVisible(agrees)

    def _changed(self) -> None:
        self._agreed()
        asked = not self._answer.isHidden()
        self._consent = msgspec.structs.replace(
            self._consent,
            told=self._told.isChecked(),
            answer=self._answer.key() if asked else self._consent.answer,
            form=self._form.key() if asked and self._answer.key() == "yes" else self._consent.form,
            name_too=self._name.isChecked(),
            details_too=self._details.isChecked(),
        )
        self._tell(self._consent)


class VitalBox(QWidget):
    """A life is at risk: the worker ticks field by field what goes without consent, and writes why."""

    def __init__(self, language: Language, line: VitalRow, tell: Callable[[Consent], None]) -> None:
        super().__init__()
        self._consent, self._tell = line.consent, tell
        say, given = language.say, line.consent
        what = say("If a life is at risk, tick what is passed on without consent, in clear words.")
        self._ticks = [(key, Tick(label, checked=key in given.vital)) for key, label in line.fields]
        self._why = LineField(say("Why a life is at risk"))
        self._why.setText(given.reason)
        self._keep = SecondaryButton(say("Keep"))
        head = row(Sign("warn", "urgent", 18), Words(line.label, bold=True), gap=8)
        head.setStretch(1, 1)
        why = Labelled(say("Why a life is at risk"), self._why)
        ticks = plain(column(*(tick for _, tick in self._ticks), gap=0))
        parts = (head, Words(what, size="small"), ticks, why, row(None, self._keep))
        self.setLayout(column(*parts, gap=4, margins=(0, 0, 0, 6)))
        for _, tick in self._ticks:
            tick.clicked.connect(self._may_keep)
        self._why.textChanged.connect(self._may_keep)
        self._keep.clicked.connect(self._done)
        self._may_keep()

    def _vital(self) -> tuple[str, ...]:
        return tuple(key for key, tick in self._ticks if tick.isChecked())

    def _may_keep(self, _changed: object = None) -> None:
        self._keep.setEnabled(bool(self._why.text().strip()) or not self._vital())

    def _done(self) -> None:
        vital, reason = self._vital(), self._why.text().strip()
        basis = "vital_interest" if reason else ""
        self._tell(msgspec.structs.replace(self._consent, vital=vital, reason=reason, basis=basis))


class MissingBox(QWidget):
    """A field that is still empty, and, when one asks for it, a place to fill it in."""

    def __init__(self, missing: MissingRow, language: Language, tell: Callable[[dict[str, str]], None]) -> None:
        super().__init__()
        self._missing, self._language, self._tell = missing, language, tell
        fill = language.say("fill in")
        link = LinkButton(fill, underline=True, role="text", name=wording.labelled(self._language, missing.words, fill))
        head = row(Sign("warn", "urgent" if missing.heavy else "amber", 18), Words(missing.words), link, gap=8)
        head.setStretch(1, 1)
        self._column = column(head, gap=4)
        self._inputs: list[tuple[Input, LineField | Chips]] = []
        self._edit: QWidget | None = None
        self.setLayout(self._column)
        link.clicked.connect(self._open)

    def _open(self) -> None:
        if self._edit is not None:
            self._edit.setVisible(self._edit.isHidden())
            return
        lines: list[QWidget] = []
        for wanted in self._missing.inputs:
            if wanted.choices:
                chips = Chips(wanted.label, wanted.choices, exclusive=not wanted.several)
                lines.append(plain(column(Words(wanted.label, size="small", bold=True), chips, gap=0)))
                self._inputs.append((wanted, chips))
            else:
                field = LineField(wanted.label)
                field.returnPressed.connect(self._done)
                lines.append(Labelled(wanted.label, field))
                self._inputs.append((wanted, field))
        done = SecondaryButton(self._language.say("Keep"))
        done.clicked.connect(self._done)
        self._edit = Card(*lines, row(None, done), gap=6, pad=12)
        self._column.addWidget(self._edit)
        first = self._inputs[0][1]
        if isinstance(first, LineField):
            first.setFocus()

    def _done(self) -> None:
        entries = {
            wanted.key: ";".join(field.keys()) if isinstance(field, Chips) else field.text().strip()
            for wanted, field in self._inputs
        }
        filled = {key: text for key, text in entries.items() if text}
        if filled:
            self._tell(filled)


class _Paper(QWidget):
    """A page of the form as it will be printed, as wide as there is room for."""

    def __init__(self, page: PageImage, name: str) -> None:
        super().__init__()
        picture = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_BGR888)
        self._picture = picture.copy()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(600)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._picture.height() / self._picture.width())

    def sizeHint(self) -> QSize:
        return QSize(490, self.heightForWidth(490))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        shown = self._picture.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, shown)


class Preview(QWidget):
    """The pages of the form on a dark desk, or the sheet to speak from; before there is either, what will be here."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        say = language.say
        self._sheets = column(gap=18)
        self._nothing = EmptyState(
            "file",
            say("The form is shown here"),
            say("Choose a recipient on the left, or begin with the advice call."),
        )
        self._empty = Card(self._nothing)
        self._empty.setMaximumWidth(520)
        self._ground = Ground("desk")
        self._ground.setLayout(
            column(row(None, self._empty, None), self._sheets, None, gap=0, margins=(28, 22, 28, 22))
        )
        self.setLayout(column(Scroll(self._ground, "desk")))
        self.dress(worn())

    def dress(self, theme: Theme) -> None:
        dress_ground(self, "desk")
        if hasattr(self, "_empty"):
            self._empty.setMinimumHeight(theme.px(250))

    def say_empty(self, title: str, text: str) -> None:
        """Says something else while there is nothing to show."""
        self._nothing.say(title, text)

    def show_pages(self, pages: Sequence[PageImage]) -> None:
        """Shows pages."""
        empty(self._sheets)
        self._empty.setVisible(not pages)
        for number, page in enumerate(pages, 1):
            name = self._language.say("Page {n} of {all}", n=number, all=len(pages))
            line = row(None, _Paper(page, name), None)
            line.setStretch(1, 100)
            self._sheets.addLayout(line)

    def show_sheet(self, title: str, phone: str, lines: Sequence[str]) -> None:
        """Shows a sheet to speak from."""
        empty(self._sheets)
        self._empty.hide()
        spoken = [Words(line) for line in lines]
        sheet = Card(
            Words(title, size="head", bold=True),
            row(Sign("phone", "accent", 22), Words(phone, size="title", bold=True, role="accent"), None, gap=10),
            6,
            *spoken,
            gap=10,
            pad=32,
        )
        sheet.setMaximumWidth(max(worn().px(620), 620))
        self._sheets.addLayout(row(None, sheet, None))
