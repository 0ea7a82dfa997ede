"""The referral: to whom, with which consent, what is missing, exactly what leaves, in which language, and how it looks."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QWidget

from victim_id.casework.case import Consent
from victim_id.language import Language
from victim_id.ui.theme import Theme, dress_ground, worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips, Option
from victim_id.ui.widgets.fields import LineField, Tick
from victim_id.ui.widgets.notes import EmptyState, InlineNote, Sign
from victim_id.ui.widgets.surfaces import Bar, Card, Ground, Scroll, column, empty, plain, row
from victim_id.ui.widgets.words import Words


class RecipientRow(NamedTuple):
    """A body one can turn to; `advice` is the call without names, always the first choice."""

    id: str
    label: str
    note: str
    advice: bool = False


class ConsentRow(NamedTuple):
    """What consent one recipient needs and why, in words, and what was written down."""

    consent: Consent
    label: str
    needed: Literal["needed", "not_needed", "duty"]
    why: str


class MissingRow(NamedTuple):
    """A field that is still empty; a `heavy` one should not be left so."""

    field: str
    words: str
    heavy: bool = False


class LeavingRow(NamedTuple):
    """What goes to one recipient: in short, and every single field."""

    label: str
    short: str
    fields: tuple[str, ...]


class Sending(NamedTuple):
    """A referral as it stands; `sealable` counts the recipients it can be sealed for now, `why_not` says what is in the way."""

    code: str
    recipients: tuple[RecipientRow, ...]
    chosen: tuple[str, ...]
    consents: tuple[ConsentRow, ...]
    missing: tuple[MissingRow, ...]
    leaving: tuple[LeavingRow, ...]
    languages: tuple[tuple[str, str], ...]
    language: str
    told_in: str
    sealable: int
    why_not: str = ""


class PageImage(NamedTuple):
    """A drawn page: size in pixels, bytes in a line, and its pixels as blue, green, red."""

    width: int
    height: int
    stride: int
    pixels: bytes


class ReferralPage(Ground):
    """Emits what is chosen and asks for sealing; it never sees a key, a file or a case."""

    recipients_chosen = Signal(tuple)
    consented = Signal(object)
    filled_in = Signal(str, str)
    language_chosen = Signal(str)
    seal = Signal()
    lock_pdf = Signal()
    print_out = Signal()
    back = Signal()

    def __init__(self, language: Language, *, locked_pdf: bool = False, printing: bool = False) -> None:
        super().__init__("page")
        self._language = language
        self._sending: Sending | None = None
        self._options: dict[str, Option] = {}
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        paper, locked = (
            SecondaryButton(say("Print"), icon="print"),
            SecondaryButton(say("Save locked PDF"), icon="padlock"),
        )
        paper.setVisible(printing)
        locked.setVisible(locked_pdf)
        self.seal_button = PrimaryButton(say("Seal"))
        self.note = InlineNote("amber")
        self._whom, self._consent, self._missing, self._leaving = (
            QGridLayout(),
            column(gap=6),
            column(gap=2),
            column(gap=2),
        )
        self._whom.setSpacing(10)
        self._tongue = Chips(say("Form language"), [])
        steps = (
            self._step(1, say("To whom"), self._whom),
            self._step(2, say("Consent"), self._consent),
            self._step(3, say("What is missing"), self._missing),
            self._step(4, say("What leaves"), self._leaving),
            self._step(5, say("Form language"), column(self._tongue)),
        )
        promise = say(
            "The sealed file can be opened only with the key of the recipient. Nothing unsealed touches a disk."
        )
        left = Ground("card")
        left.setLayout(
            column(
                *steps, self.note, None, Words(promise, size="small", role="muted"), gap=10, margins=(20, 14, 20, 16)
            )
        )
        self._left = Scroll(left, "card")
        self.preview = Preview(language)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(0)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.addWidget(self._left)
        self._parts.addWidget(self.preview, 1)
        self.setLayout(column(Bar(self._title, last=(paper, locked, self.seal_button)), self._parts, gap=0))
        self.seal_button.clicked.connect(self._seal)
        paper.clicked.connect(self.print_out)
        locked.clicked.connect(self.lock_pdf)
        self._tongue.chosen.connect(lambda keys: self.language_chosen.emit(keys[0]))

    def tell(self, sending: Sending) -> None:
        """Shows the referral as it stands."""
        before, self._sending = self._sending, sending
        say = self._language.say
        self._title.say(f"{sending.code} · {say('Referral')}")
        if before is None or before.recipients != sending.recipients:
            self._show_recipients(sending.recipients)
        for key, option in self._options.items():
            option.setChecked(key in sending.chosen)
        if before is None or before.consents != sending.consents:
            self._show_consents(sending)
        if before is None or before.missing != sending.missing:
            self._show_missing(sending.missing)
        if before is None or before.leaving != sending.leaving:
            self._show_leaving(sending.leaving)
        if before is None or before.languages != sending.languages:
            self._tongue.fill(sending.languages)
        self._tongue.choose(sending.language)
        number = sending.sealable
        words = (
            self._language.say_many("Seal for {n} recipient", "Seal for {n} recipients", number)
            if number
            else say("Seal")
        )
        self.seal_button.say(words)
        self.seal_button.setEnabled(number > 0)
        self.note.say(sending.why_not)

    def show_pages(self, pages: Sequence[PageImage]) -> None:
        """Shows the drawn pages of the form."""
        self.preview.show_pages(pages)

    def show_sheet(self, title: str, phone: str, lines: Sequence[str]) -> None:
        """Shows the sheet to speak from for the advice call: no names on it."""
        self.preview.show_sheet(title, phone, lines)

    def pressed(self, deed: str) -> bool:
        """Escape goes back."""
        if deed == "back":
            self.back.emit()
        return deed in {"back", "refer_now"}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < worn().px(860)
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        if narrow:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(9999)
        else:
            self._left.setFixedWidth(min(worn().px(430), self.width() // 2))
        self.preview.setVisible(not narrow or self.height() > worn().px(700))

    def _step(self, number: int, words: str, inside: QBoxLayout | QGridLayout) -> QBoxLayout:
        return column(Words(f"{number} · {words}", size="lead", bold=True), inside, gap=4)

    def _show_recipients(self, rows: Sequence[RecipientRow]) -> None:
        empty(self._whom)
        self._options = {}
        for number, recipient in enumerate(rows):
            option = Option(recipient.label, recipient.id, note=recipient.note, least=56)
            option.clicked.connect(lambda _=False: self.recipients_chosen.emit(self._keys()))
            self._options[recipient.id] = option
            self._whom.addWidget(option, number // 2, number % 2)
        for place in range(2):
            self._whom.setColumnStretch(place, 1)
        if rows:
            self.setFocusProxy(self._options[rows[0].id])

    def _keys(self) -> tuple[str, ...]:
        return tuple(key for key, option in self._options.items() if option.isChecked())

    def _show_consents(self, sending: Sending) -> None:
        empty(self._consent)
        if not sending.consents:
            self._consent.addWidget(Words(self._language.say("Choose a recipient first."), role="muted"))
        for line in sending.consents:
            self._consent.addWidget(_ConsentBox(self._language, line, sending.told_in, self.consented.emit))

    def _show_missing(self, rows: Sequence[MissingRow]) -> None:
        empty(self._missing)
        say = self._language.say
        if not rows:
            self._missing.addLayout(
                row(Sign("check", "good", 18), Words(say("Nothing that must be there is missing.")), gap=8)
            )
        for missing in rows:
            self._missing.addWidget(_Missing(missing, say("fill in"), say("Keep"), self.filled_in.emit))

    def _show_leaving(self, rows: Sequence[LeavingRow]) -> None:
        empty(self._leaving)
        say = self._language.say
        if not rows:
            self._leaving.addWidget(Words(say("Nothing leaves yet."), role="muted"))
        for leaving in rows:
            see = LinkButton(say("see all"), underline=True, role="muted", name=f"{say('see all')}: {leaving.label}")
            fields = Words("\n".join(leaving.fields), size="small", role="muted")
            fields.hide()
            see.clicked.connect(lambda _=False, shown=fields: shown.setVisible(shown.isHidden()))
            line = row(Words(f"{leaving.label}: {leaving.short}"), see, gap=8)
            line.setStretch(0, 1)
            self._leaving.addLayout(line)
            self._leaving.addWidget(fields)

    def _seal(self) -> None:
        if self._sending is not None and self._sending.sealable:
            self.seal.emit()


class _ConsentBox(QWidget):
    """The consent to one recipient for one purpose; where none is needed it says why."""

    def __init__(self, language: Language, line: ConsentRow, told_in: str, tell: Callable[[Consent], None]) -> None:
        super().__init__()
        self._consent, self._tell = line.consent, tell
        say = language.say
        self._told = Tick(
            say("Told what is sent, to whom and why ({language})", language=told_in), checked=line.consent.told
        )
        self._answer = Chips(
            say("Does the person agree?"),
            [
                ("yes", say("Agrees")),
                ("no", say("Does not")),
                ("not_able", say("Not able to")),
                ("not_asked", say("Not asked")),
            ],
            here=[line.consent.answer],
        )
        self._name = Tick(say("Agrees to the name being passed on"), checked=line.consent.name_too)
        needed = line.needed == "needed"
        sign = Sign("person" if needed else "note", "accent" if needed else "muted", 18)
        head = row(sign, Words(line.label, bold=True), gap=8)
        head.setStretch(1, 1)
        why = Words(line.why, size="small", role="muted")
        self.setLayout(column(head, why, self._told, self._answer, self._name, gap=0, margins=(0, 0, 0, 6)))
        self._answer.setVisible(needed)
        self._told.clicked.connect(self._changed)
        self._name.clicked.connect(self._changed)
        self._answer.chosen.connect(lambda _keys: self._changed())

    def _changed(self) -> None:
        answer = self._answer.key() if not self._answer.isHidden() else self._consent.answer
        self._consent = msgspec.structs.replace(
            self._consent, told=self._told.isChecked(), answer=answer, name_too=self._name.isChecked()
        )
        self._tell(self._consent)


class _Missing(QWidget):
    def __init__(self, missing: MissingRow, fill: str, keep: str, tell: Callable[[str, str], None]) -> None:
        super().__init__()
        link = LinkButton(fill, underline=True, role="text", name=f"{missing.words}: {fill}")
        self._field, self._key, self._tell = LineField(missing.words), missing.field, tell
        done = SecondaryButton(keep)
        self._edit = plain(row(self._field, done, gap=8))
        self._edit.hide()
        head = row(Sign("warn", "urgent" if missing.heavy else "amber", 18), Words(missing.words), link, gap=8)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._edit, gap=2))
        link.clicked.connect(self._open)
        done.clicked.connect(self._done)
        self._field.returnPressed.connect(self._done)

    def _open(self) -> None:
        self._edit.show()
        self._field.setFocus()

    def _done(self) -> None:
        text = self._field.text().strip()
        if text:
            self._tell(self._key, text)


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
        self._empty = Card(
            EmptyState(
                "file",
                say("The form is shown here"),
                say("Choose a recipient on the left, or begin with the advice call."),
            )
        )
        self._empty.setMaximumWidth(520)
        self._ground = Ground("desk")
        self._ground.setLayout(
            column(row(None, self._empty, None), self._sheets, None, gap=0, margins=(28, 22, 28, 22))
        )
        self.setLayout(column(Scroll(self._ground, "desk")))
        self.dress(worn())

    def dress(self, _theme: Theme) -> None:
        dress_ground(self, "desk")

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
