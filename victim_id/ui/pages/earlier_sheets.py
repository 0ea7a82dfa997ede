"""Limited cases that new recovery sheets do not open yet, and two of the earlier sheets that let them in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from victim_id.language import Language
from victim_id.ui.pages.sheet_words import TwoSheets
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.surfaces import Card, column, flow, plain
from victim_id.ui.widgets.words import Words


class EarlierSheets(Card):
    """Shown while there are such cases. `cover` comes with the words of two earlier sheets."""

    cover = Signal(tuple)

    def __init__(self, language: Language, words: Sequence[str], many: int) -> None:
        self._language, say = language, language.say
        self._title, self._text = Words("", bold=True), Words("")
        self.typed = TwoSheets(language, words, many)
        self.open = SecondaryButton(say("Type two earlier sheets…"))
        self.go = PrimaryButton(say("Let the present sheets open those cases"))
        self._inside = plain(column(self.typed, plain(flow(self.go)), gap=6))
        super().__init__(self._title, self._text, plain(flow(self.open)), self._inside, tone="amber", gap=6, pad=14)
        self.open.clicked.connect(self._open)
        self.typed.changed.connect(lambda: self.go.setEnabled(self.typed.ready))
        self.go.clicked.connect(lambda: self.cover.emit(self.typed.texts()))
        self.go.setEnabled(False)
        self.close_up()
        self.hide()

    def tell(self, uncovered: int, *, earlier: bool) -> None:
        """Shows how many cases there are, and whether earlier sheets open some of them."""
        say = self._language.say
        self._title.say(
            self._language.say_many(
                "{n} limited case is not yet covered by these sheets.",
                "{n} limited cases are not yet covered by these sheets.",
                uncovered,
            )
        )
        wait = say("It is done by itself when one of the workers named for it unlocks.")
        keep = say("Keep the earlier sheets until then: two of them do the same, and open nothing else any more.")
        self._text.say(f"{wait} {keep}" if earlier else wait)
        self.open.setVisible(earlier and self._inside.isHidden())
        self.setVisible(uncovered > 0)

    def close_up(self) -> None:
        """Empties what was typed and puts it out of sight."""
        self.typed.forget()
        self._inside.hide()
        self.open.show()

    def _open(self) -> None:
        self._inside.show()
        self.open.hide()
        self.typed.sheets[0].field.setFocus()
