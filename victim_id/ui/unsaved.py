"""What stands above every page while something told is not on the disk: why, how much, and what to do."""

from PySide6.QtCore import QObject

from victim_id.troubles import trouble
from victim_id.ui.bench import Bench
from victim_id.wording import labelled

BEFORE_THE_PERSON = "show"
"""The page that the person reads."""


class Unsaved(QObject):
    """Warns while changes are not saved, on every page of the worker, and before the window closes over them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._told = bench, 0
        bench.shell.may_close = self._may_close
        bench.ask.unwritten.changed.connect(self._tell)
        bench.shell.turned.connect(self._tell)

    def _tell(self) -> None:
        shell, language, unwritten = self._bench.shell, self._bench.language, self._bench.ask.unwritten
        failure = unwritten.failure
        if failure is None or shell.here == BEFORE_THE_PERSON:
            self._told = 0
            shell.warn("")
            return
        words = trouble(language, failure)
        waiting = language.say_many(
            "{n} change waits in this window.",
            "{n} changes wait in this window.",
            len(unwritten),
        )
        shell.warn(
            labelled(language, language.say("NOT SAVED"), words.title),
            f"{words.way} {waiting}",
            language.say("Try again"),
            unwritten.try_again,
        )

    def _may_close(self) -> bool:
        """Says whether the window may close: at a first try it tells how much would be lost, and lets it at the next."""
        unwritten, language = self._bench.ask.unwritten, self._bench.language
        if unwritten.failure is None or len(unwritten) <= self._told:
            return True
        self._told = len(unwritten)
        lost = language.say_many(
            "{n} change would be lost by closing now.", "{n} changes would be lost by closing now.", len(unwritten)
        )
        self._bench.shell.warn(
            lost,
            language.say("Make room, and try again. Whoever closes once more closes all the same."),
            language.say("Try again"),
            unwritten.try_again,
        )
        return False
