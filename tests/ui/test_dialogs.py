"""Qt's own file dialog: in the worker's language, mirrored with the window, within its room, and readable in the dark."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QToolButton, QWidget

from victim_id.language import language
from victim_id.ui.dialogs import Dialogs, translate
from victim_id.ui.theme import Theme, contrast, wear


@pytest.fixture
def over(qapp: QApplication) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(1024, 600)
    window.show()
    yield window
    window.close()
    translate(qapp, language("en"))
    wear(qapp, Theme("light", 1.0))


def saving(over: QWidget) -> QFileDialog:
    Dialogs(over).save("Save", "paper.pdf", lambda _path: None)
    dialog = over.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    return dialog


def labels(dialog: QFileDialog) -> set[str]:
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    return {button.text().replace("&", "") for button in box.buttons()}


def test_the_buttons_speak_french_to_a_french_speaking_worker_and_english_again_afterwards(
    qapp: QApplication, over: QWidget
) -> None:
    translate(qapp, language("fr"))
    dialog = saving(over)
    assert labels(dialog) == {"Enregistrer", "Annuler"}
    dialog.close()
    dialog.deleteLater()
    translate(qapp, language("en"))
    other = QWidget()
    assert labels(saving(other)) == {"Save", "Cancel"}
    other.close()


def test_the_dialog_reads_as_its_window_does_and_stays_within_it_at_200_per_cent(
    qapp: QApplication, over: QWidget
) -> None:
    wear(qapp, Theme("light", 2.0))
    over.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    dialog = saving(over)
    assert dialog.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert dialog.width() <= over.width()
    assert dialog.height() <= over.height()


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_ways_through_the_folders_are_seen_in_every_look(qapp: QApplication, over: QWidget, look: str) -> None:
    theme = Theme(look, 1.0)  # type: ignore[arg-type]  # one of the three
    wear(qapp, theme)
    for name in ("toParentButton", "newFolderButton"):
        button = saving(over).findChild(QToolButton, name)
        assert isinstance(button, QToolButton)
        image = button.icon().pixmap(20, 20).toImage()
        drawn = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        strongest = max(drawn, key=lambda colour: colour.alpha())
        assert contrast(strongest.name(), theme.hex("card")) > 3
