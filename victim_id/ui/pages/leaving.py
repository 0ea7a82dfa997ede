"""What many pages do alike: Escape leaves them."""

from PySide6.QtCore import Signal

from victim_id.ui.widgets.surfaces import Ground


class Leaving(Ground):
    """A page that is left by Escape. Emits `left`."""

    left = Signal()

    def pressed(self, deed: str) -> bool:
        """Escape goes back."""
        if deed == "back":
            self.left.emit()
        return deed == "back"
