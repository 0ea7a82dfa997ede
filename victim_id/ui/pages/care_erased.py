"""What was erased, and what still holds it: backups that were made before, and a file that could not be cleaned yet."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from victim_id.language import Language
from victim_id.ui.pages.cared import StaleBackup
from victim_id.ui.widgets.buttons import PrimaryButton
from victim_id.ui.widgets.surfaces import Card, column, empty, flow, plain
from victim_id.ui.widgets.under_way import UnderWay
from victim_id.ui.widgets.words import Words


class ErasedCard(Card):
    """What was erased, and the backups that still hold it. `replace` asks for new ones in their place."""

    replace = Signal()

    def __init__(self, language: Language) -> None:
        say = language.say
        self._language = language
        self._state, self._list = Words("", bold=True), column(gap=2)
        self._about = Words("")
        self._unclean = Words(
            say("The disk has no room to clean the vault’s file: whoever opens the vault by hand could still find the words in it. Please make room. It is cleaned before the next backup, or when the vault is next opened."),
            role="urgent",
        )  # fmt: skip
        self.button = PrimaryButton(say("Back up anew and remove these"))
        self.under_way = UnderWay(say("Stop"))
        super().__init__(
            self._state,
            self._unclean,
            self._about,
            self._list,
            plain(flow(self.button)),
            self.under_way,
            tone="amber",
            gap=6,
        )
        self.button.clicked.connect(self.replace)
        self._listed: set[StaleBackup] = set()
        self.hide()

    def tell(self, words: str, backups: Sequence[StaleBackup] | None, *, unclean: bool = False) -> None:
        """Says what was done, and lists the older backups, of what was not erased none; `unclean` when the vault's own
        file is still to be cleaned.
        """
        say = self._language.say
        self._state.say(words)
        self._unclean.setVisible(unclean)
        self._about.say(
            say("These backups were made before and still hold the words:")
            if backups
            else say("No backup that is known still holds its words.")
        )
        self._about.setVisible(backups is not None)
        self._show(backups or (), unclean=unclean)
        self.show()

    def show_going(self) -> None:
        """Shows that new backups are being made."""
        self.button.hide()
        self.under_way.begin(self._language.say("Backing up"))

    def show_replaced(self, left: Sequence[StaleBackup], *, unclean: bool = False) -> None:
        """Says which are still there, because their place cannot be seen."""
        say = self._language.say
        away = say("Put the stick in, or mark them as destroyed under Preferences, Backup:")
        if not left:
            words = say("The backups are replaced: no backup that is known still holds the words.")
        elif set(left) == self._listed:
            words = f"{say('Nothing was replaced: the place of these cannot be seen now.')} {away}"
        else:
            words = f"{say('Replaced, but for those whose place cannot be seen now.')} {away}"
        self._unclean.setVisible(unclean)
        self._about.say(words)
        self._about.show()
        self._show(left, unclean=unclean)

    def _show(self, backups: Sequence[StaleBackup], *, unclean: bool) -> None:
        empty(self._list)
        for one in backups:
            self._list.addWidget(Words(f"{one.made} · {one.place}", size="small"))
        self._listed = set(backups)
        self.under_way.end()
        self.button.setVisible(bool(backups))
        self.turn("amber" if backups or unclean else "tint")
