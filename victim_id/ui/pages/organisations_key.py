"""The organisation's own key: its file and its passphrase, where it opens the vault; and which one it is, where that is set."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.fields import Labelled, SecretField
from victim_id.ui.widgets.surfaces import column, flow, plain, row
from victim_id.ui.widgets.words import Elided, Words


class OrganisationsKey(QWidget):
    """The file of the key and its passphrase. Emits `choose` for the file, and `proved` with the passphrase."""

    choose = Signal()
    proved = Signal(str)
    back = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        say = language.say
        self._file = Elided("")
        self.file = SecondaryButton(say("Choose the key's file…"))
        self.passphrase = SecretField(
            say("Passphrase of the key"), say("Show the passphrase"), say("Hide the passphrase")
        )
        back = SecondaryButton(say("Back"), icon="back")
        self.next = PrimaryButton(say("Next"), icon="next", icon_last=True)
        self.setLayout(
            column(
                Words(say("The organisation's key"), size="head", bold=True),
                Words(say("Whoever keeps it in the organisation brings its file and types its passphrase here."), role="muted"),
                6,
                plain(flow(self.file)),
                self._file,
                Labelled(say("Passphrase of the key"), self.passphrase),
                6,
                row(back, None, self.next),
                gap=6,
            )
        )  # fmt: skip
        self.file.clicked.connect(self.choose)
        self.passphrase.returnPressed.connect(self._prove)
        self.next.clicked.connect(self._prove)
        back.clicked.connect(self.back)
        self.forget()

    def show_file(self, name: str) -> None:
        """Shows which file was chosen."""
        self._file.say(name)
        self._file.show()
        self.ready()
        self.passphrase.setFocus(Qt.FocusReason.TabFocusReason)

    def ready(self) -> None:
        """Is ready for another try."""
        self.next.setEnabled(not self._file.isHidden())

    def forget(self) -> None:
        """Empties what was typed and chosen."""
        self.passphrase.clear()
        self.passphrase.conceal()
        self._file.hide()
        self.ready()

    def _prove(self) -> None:
        if self.next.isEnabled():
            self.next.setEnabled(False)
            self.proved.emit(self.passphrase.text())
