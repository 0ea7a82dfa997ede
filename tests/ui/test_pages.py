"""Every page, in every language that strains it: named, whole, mirrored, and large enough to press."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from tests.ui.samples import samples, shell_with
from victim_id.language import LONG, MIRRORED, language
from victim_id.ui.shell import Shell
from victim_id.ui.theme import TOUCH, Theme, wear
from victim_id.ui.widgets.buttons import Pressable
from victim_id.ui.widgets.fields import Tick
from victim_id.ui.widgets.surfaces import Scroll
from victim_id.ui.widgets.words import Elided

PAGES = list(samples(language("en")))
SMALL, USUAL = (1024, 600), (1366, 768)


def settled(shell: Shell) -> Shell:
    for _ in range(4):
        QApplication.processEvents()
    return shell


def visible(shell: Shell, kind: type[QWidget]) -> Iterator[QWidget]:
    return (widget for widget in shell.findChildren(kind) if widget.isVisible() and widget.width() > 0)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


@pytest.mark.parametrize("page", PAGES)
def test_everything_the_keyboard_reaches_has_a_name(qapp, page: str) -> None:
    shell = settled(shell_with(language("en"), page, USUAL))
    reached = [w for w in visible(shell, QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled()]
    assert reached
    assert [w for w in reached if not name_of(w).strip()] == []


@pytest.mark.parametrize("page", PAGES)
def test_tab_goes_round_everything_and_comes_back(qapp, qtbot, page: str) -> None:
    shell = settled(shell_with(language("en"), page, USUAL))
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    seen: list[QWidget] = []
    for _ in range(150):
        qtbot.keyClick(shell.focusWidget() or shell, Qt.Key.Key_Tab)
        here = shell.focusWidget()
        if here in seen:
            break
        seen.append(here)
    groups = {w.parent() for w in seen}
    missed = [
        w
        for w in visible(shell, Pressable)
        if w.isEnabled()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w not in seen
        and not (w.isCheckable() and w.parent() in groups)
    ]
    assert [w.accessibleName() for w in missed] == []


@pytest.mark.parametrize(("tag", "size"), [("en", USUAL), ("fr", SMALL), ("fr", USUAL)])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_scrolls_is_wider_than_its_place(qapp, page: str, tag: str, size: tuple[int, int]) -> None:
    wear(qapp, Theme("light", 1.0))
    shell = settled(shell_with(language(tag), page, size))
    wide = [
        (scroll.widget().width(), scroll.viewport().width())
        for scroll in visible(shell, Scroll)
        if isinstance(scroll, Scroll) and scroll.widget().width() > scroll.viewport().width()
    ]
    assert wide == []


STRAINS = [
    pytest.param(LONG, SMALL, Theme("light", 1.0), id="long-1024x600"),
    pytest.param(MIRRORED, SMALL, Theme("dark", 1.0), id="mirrored-1024x600-dark", marks=pytest.mark.full),
    pytest.param("en", USUAL, Theme("contrast", 2.0), id="200-per-cent-contrast", marks=pytest.mark.full),
    pytest.param("en", SMALL, Theme("light", 2.0), id="200-per-cent-1024x600"),
    pytest.param(LONG, SMALL, Theme("light", 1.5), id="long-1024x600-150-per-cent", marks=pytest.mark.full),
]


@pytest.mark.parametrize(("tag", "size", "theme"), STRAINS)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_cut_off(qapp, page: str, tag: str, size: tuple[int, int], theme: Theme) -> None:
    wear(qapp, theme)
    shell = settled(shell_with(language(tag), page, size))
    assert shell.size().width() <= max(size[0], 1024)
    cut = []
    for label in visible(shell, QLabel):
        if isinstance(label, Elided) or not label.text():
            continue
        wanted = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if label.height() < wanted - 1 or (not label.wordWrap() and label.width() < label.sizeHint().width() - 1):
            cut.append((label.text(), label.size().toTuple(), wanted))
    for button in (*visible(shell, Pressable), *visible(shell, Tick)):
        tall = button.heightForWidth(button.width()) if button.hasHeightForWidth() else button.sizeHint().height()
        wide = button.minimumSizeHint().width()
        if button.height() < tall - 1 or button.width() < wide - 1:
            cut.append((button.accessibleName(), button.size().toTuple(), (wide, tall)))
    assert cut == []


@pytest.mark.parametrize(("tag", "size", "theme"), STRAINS)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_stands_outside_the_window_or_over_its_neighbour(
    qapp, page: str, tag: str, size: tuple[int, int], theme: Theme
) -> None:
    wear(qapp, theme)
    shell = settled(shell_with(language(tag), page, size))
    outside = []
    for widget in (*visible(shell, QLabel), *visible(shell, Pressable), *visible(shell, QLineEdit)):
        left = widget.mapTo(shell, QPoint(0, 0)).x()
        if left < -1 or left + widget.width() > shell.width() + 1:
            outside.append((type(widget).__name__, widget.accessibleName(), left, widget.width()))
        parent = widget.parentWidget()
        scrolled = isinstance(parent.parentWidget(), QAbstractScrollArea)
        if parent is not None and not scrolled and not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            outside.append(
                (type(widget).__name__, widget.accessibleName(), widget.geometry().getRect(), parent.rect().getRect())
            )
    assert outside == []
    for parent in {widget.parentWidget() for widget in visible(shell, Pressable)}:
        inside = [w for w in parent.children() if isinstance(w, QLabel | Pressable) and w.isVisible()]
        if isinstance(parent, QLineEdit | QScrollArea):
            continue
        for number, one in enumerate(inside):
            for other in inside[number + 1 :]:
                common = QRect(one.geometry()).intersected(other.geometry())
                assert common.width() <= 1 or common.height() <= 1, (one, other, common)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_pressed_is_large_enough_for_a_thumb(qapp, page: str) -> None:
    shell = settled(shell_with(language("en"), page, USUAL))
    small = [
        (w.accessibleName(), w.size().toTuple())
        for w in (*visible(shell, Pressable), *visible(shell, Tick), *visible(shell, QLineEdit))
        if w.height() < TOUCH or w.width() < TOUCH - 16
    ]
    assert small == []


@pytest.mark.full
@pytest.mark.parametrize("page", PAGES)
def test_every_text_is_plain(qapp, page: str) -> None:
    shell = settled(shell_with(language("en"), page, USUAL))
    assert [w for w in shell.findChildren(QLabel) if w.textFormat() != Qt.TextFormat.PlainText] == []


@pytest.mark.full
@pytest.mark.parametrize("page", PAGES)
def test_no_part_of_a_page_becomes_a_window_of_its_own(qapp, page: str) -> None:
    class Watch(QObject):
        seen: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  as Qt names it
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(type(watched).__name__)
            return False

    watch = Watch()
    watch.seen = []
    qapp.installEventFilter(watch)
    settled(shell_with(language("en"), page, USUAL))
    qapp.removeEventFilter(watch)
    assert watch.seen == ["Shell"]


@pytest.mark.parametrize("page", [page for page in PAGES if page not in {"unlock", "show"}])
def test_pages_are_mirrored_for_a_worker_who_reads_from_the_right(qapp, page: str) -> None:
    shell = settled(shell_with(language(MIRRORED), page, USUAL))
    assert shell.layoutDirection() == Qt.LayoutDirection.RightToLeft
    rail = shell._rail
    if rail is not None:
        assert rail.mapTo(shell, QPoint(0, 0)).x() > shell.width() // 2


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_lock_is_never_out_of_sight(qapp, scale: float) -> None:
    wear(qapp, Theme("light", scale))
    shell = settled(shell_with(language("en"), "cases", SMALL))
    lock = next(w for w in visible(shell, Pressable) if w.accessibleName().startswith("Lock"))
    assert shell.rect().contains(QRect(lock.mapTo(shell, QPoint(0, 0)), lock.size()))
    assert not lock.visibleRegion().isEmpty()
    assert lock.visibleRegion().boundingRect().size() == lock.size()


def test_the_persons_words_keep_their_own_direction(qapp) -> None:
    shell = settled(shell_with(language("en"), "choice", USUAL))
    page = shell.page("choice")
    assert page.pad.worker.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert page.pad.person.layoutDirection() == Qt.LayoutDirection.RightToLeft
    shell = settled(shell_with(language(MIRRORED), "interview", USUAL))
    assert shell.page("interview").pad.person.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_theme_is_put_on_pages_that_are_there(qapp) -> None:
    shell = settled(shell_with(language("en"), "interview", USUAL))
    before = shell.page("interview").pad.worker.font().pixelSize()
    light = shell.grab().toImage().pixelColor(700, 600)
    wear(qapp, Theme("dark", 1.5))
    settled(shell)
    assert shell.page("interview").pad.worker.font().pixelSize() == round(before * 1.5)
    assert shell.grab().toImage().pixelColor(700, 600).lightness() < light.lightness()


@pytest.mark.parametrize("page", ["interview", "choice", "number", "done", "calm", "covered"])
def test_no_level_and_no_score_stands_on_the_screen_while_asking(qapp, page: str) -> None:
    shell = settled(shell_with(language("en"), page, USUAL))
    shown = " ".join(w.text() for w in visible(shell, QLabel)) + " ".join(
        w.accessibleName() for w in visible(shell, QWidget)
    )
    for word in ("indications", "traffick", "score", "victim", "dimension", "probab"):
        assert word not in shown.lower()


def test_the_window_says_nothing_about_what_it_is_for(qapp) -> None:
    shell = settled(shell_with(language("en"), "unlock", USUAL))
    shown = shell.windowTitle() + " ".join(w.text() for w in visible(shell, QLabel))
    assert not any(word in shown.lower() for word in ("traffick", "victim", "exploit"))
