"""The referral: to whom, with which consent, what is missing, exactly what leaves, in which language, and how it looks."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout

from victim_id import wording
from victim_id.language import Language
from victim_id.ui.pages.paper import ConsentBox, MissingBox, Preview, VitalBox
from victim_id.ui.pages.sent import LeavingRow, MissingRow, PageImage, RecipientRow, Sending
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.choices import Chips, Option
from victim_id.ui.widgets.notes import InlineNote, Sign
from victim_id.ui.widgets.surfaces import Bar, Ground, Scroll, column, empty, row, stacked
from victim_id.ui.widgets.words import Words


class ReferralPage(Ground):
    """Emits what is chosen and asks for sealing; it never sees a key, a file or a case."""

    recipients_chosen = Signal(tuple)
    consented = Signal(object)
    filled_in = Signal(object)
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
        if not printing:
            paper.hide()
        if not locked_pdf:
            locked.hide()
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
        if before is None or (before.consents, before.vital) != (sending.consents, sending.vital):
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
        narrow = stacked(self._parts, self)
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
            self.first = self._options[rows[0].id]

    def _keys(self) -> tuple[str, ...]:
        return tuple(key for key, option in self._options.items() if option.isChecked())

    def _show_consents(self, sending: Sending) -> None:
        empty(self._consent)
        for emergency in sending.vital:
            self._consent.addWidget(VitalBox(self._language, emergency, self.consented.emit))
        if not sending.consents and not sending.vital:
            self._consent.addWidget(Words(self._language.say("Choose a recipient first."), role="muted"))
        for line in sending.consents:
            self._consent.addWidget(ConsentBox(self._language, line, sending.told_in, self.consented.emit))

    def _show_missing(self, rows: Sequence[MissingRow]) -> None:
        empty(self._missing)
        say = self._language.say
        if not rows:
            self._missing.addLayout(
                row(Sign("check", "good", 18), Words(say("Nothing that must be there is missing.")), gap=8)
            )
        for missing in rows:
            self._missing.addWidget(MissingBox(missing, self._language, self.filled_in.emit))

    def _show_leaving(self, rows: Sequence[LeavingRow]) -> None:
        empty(self._leaving)
        say = self._language.say
        if not rows:
            self._leaving.addWidget(Words(say("Nothing leaves yet."), role="muted"))
        for leaving in rows:
            see = LinkButton(
                say("see all"),
                underline=True,
                role="muted",
                name=wording.labelled(self._language, say("see all"), leaving.label),
            )
            fields = Words("\n".join(leaving.fields), size="small", role="muted")
            fields.hide()
            see.clicked.connect(lambda _=False, shown=fields: shown.setVisible(shown.isHidden()))
            line = row(Words(wording.labelled(self._language, leaving.label, leaving.short)), see, gap=8)
            line.setStretch(0, 1)
            self._leaving.addLayout(line)
            self._leaving.addWidget(fields)

    def _seal(self) -> None:
        if self._sending is not None and self._sending.sealable:
            self.seal.emit()
