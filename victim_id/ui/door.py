"""What a desk stands on: handed in by whoever opens the window, and by tests in their own folder with their own clock."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from victim_id.ui.remembered import Remembered

if TYPE_CHECKING:
    from victim_id.sealing import Effort
    from victim_id.ui.bench import Chooser


class Door(NamedTuple):
    """What the door hands in: the vault's folder, the clock, what is remembered without names, how a fresh program
    begins, locked or for practice, and is made ready, and who hears from the system that the worker goes away.
    """

    vault: Path
    now: Callable[[], datetime]
    remembered: Remembered
    restart: Callable[[], None]
    chooser: "Callable[[QWidget], Chooser]"
    effort: "Effort | None" = None
    practise: Callable[[], None] = lambda: None
    prepare: Callable[[], None] = lambda: None
    editions: Path | None = None
    organisation: tuple[Path, ...] = ()
    listen: Callable[[Callable[[], None]], object] = lambda _gone: None
