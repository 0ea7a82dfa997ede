"""What an organisation is bound by: its kind and its data protection law, each with what follows in one plain sentence."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from victim_id.casework.directory import OFFICIALS
from victim_id.language import Language, to_say
from victim_id.ui.widgets.choices import Chips
from victim_id.ui.widgets.surfaces import column
from victim_id.ui.widgets.words import Words

LAWS = (
    ("GDPR", to_say("General law (GDPR)"),
     to_say("For shelters, associations, health, child protection and most inspections. Nothing about suspects is kept.")),
    ("LED", to_say("Police and criminal law (LED)"),
     to_say("For police, border police and inspectors in a criminal inquiry. Details of suspects may be kept, for the police only.")),
)  # fmt: skip
SUGGESTED = {"police": "LED"}
"""The law that is usual for a kind of organisation; for all others it is the general one. The organisation decides."""


class BoundBy(QWidget):
    """Asks for the kind of organisation and the law that binds it. Emits `chosen` when one of them changes."""

    chosen = Signal()

    def __init__(self, language: Language, kinds: Sequence[tuple[str, str]], kind: str = "", regime: str = "") -> None:
        super().__init__()
        say = self._say = language.say
        self.kind = Chips(say("Kind of organisation"), kinds, here=[kind])
        self.regime = Chips(say("Data protection law"), [(key, say(words)) for key, words, _ in LAWS], here=[regime])
        self._duty, self._law = Words("", size="small", role="muted"), Words("", size="small", role="muted")
        self.setLayout(
            column(
                Words(say("Kind of organisation"), size="small", bold=True), self.kind, self._duty, 4,
                Words(say("Data protection law"), size="small", bold=True), self.regime, self._law, gap=4,
            )
        )  # fmt: skip
        self._suggested = regime if regime == SUGGESTED.get(kind, "GDPR") else ""
        self.kind.chosen.connect(self._suggest)
        self.regime.chosen.connect(lambda _keys: self._tell())
        self._explain()

    def _suggest(self, kinds: tuple[str, ...]) -> None:
        """Chooses the usual law of a kind, unless somebody chose another one on purpose, or may not choose."""
        if self.regime.isEnabled() and self.regime.key() in {"", self._suggested}:
            self._suggested = SUGGESTED.get(kinds[0], "GDPR")
            self.regime.choose(self._suggested)
        self._tell()

    def _tell(self) -> None:
        self._explain()
        self.chosen.emit()

    def _explain(self) -> None:
        say, kind = self._say, self.kind.key()
        self._duty.say(
            say("Officials have a duty to report a crime; each recipient says whether consent is needed.")
            if kind in OFFICIALS
            else say("Bound by secrecy: an adult decides about every recipient, also about the police.")
            if kind
            else say("It decides whether you have a duty to report, and is printed on the form.")
        )
        law = next((words for key, _, words in LAWS if key == self.regime.key()), "")
        self._law.say(say(law) if law else say("Your organisation knows which one; it can be changed later."))
