"""The look as one value: named colours, text sizes and steps. The only place that sets palettes, fonts and style sheets.

The theme in use is carried by the application, as its palette and font are; widgets that paint take it with `worn()`.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple, Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from victim_id.errors import Machine
from victim_id.resources import shipped

Name: TypeAlias = Literal["light", "dark", "contrast"]
Choice: TypeAlias = Literal["system", "light", "dark", "contrast"]
Role: TypeAlias = Literal[
    "page", "card", "line", "soft", "edge", "text", "muted", "accent", "primary", "on_primary", "tint", "on_tint",
    "urgent", "urgent_tint", "urgent_line", "amber", "amber_tint", "amber_line", "good", "rail", "rail_text",
    "rail_here", "lock", "on_lock", "level_strong", "level_indications", "level_open", "level_other", "dot",
    "track", "band", "band_deep", "desk", "person", "quote", "practice", "on_practice",
]  # fmt: skip
Size: TypeAlias = Literal["tiny", "small", "body", "lead", "title", "person", "question", "head", "show"]

LIGHT: Mapping[str, str] = {
    "page": "#f4f5f7", "card": "#ffffff", "line": "#dde2e8", "soft": "#bcc6d0", "edge": "#7e8c9b", "text": "#1b2430", "muted": "#566576",
    "accent": "#1f5f8b", "primary": "#1f5f8b", "on_primary": "#ffffff", "tint": "#e4eff6", "on_tint": "#16425f",
    "urgent": "#a32035", "urgent_tint": "#fae6e8", "urgent_line": "#edc4ca", "amber": "#8f5200",
    "amber_tint": "#fdf0dc", "amber_line": "#eed3a4", "good": "#1d7a4c", "rail": "#17324a", "rail_text": "#dbe6ef",
    "rail_here": "#28506f", "lock": "#7f2332", "on_lock": "#ffffff", "level_strong": "#17324a",
    "level_indications": "#1f5f8b", "level_open": "#44708f", "level_other": "#566576", "dot": "#4d84b0",
    "track": "#e8ebef", "band": "#bcd3e2", "band_deep": "#7fa3bd", "desk": "#69757f", "person": "#254b69",
    "quote": "#9fc0da", "practice": "#6a2c91", "on_practice": "#ffffff",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "page": "#11171d", "card": "#1a222b", "line": "#2e3a46", "soft": "#4a5a6a", "edge": "#76879a", "text": "#e9eef3", "muted": "#a6b4c2",
    "accent": "#83c0ea", "primary": "#2b70a1", "on_primary": "#ffffff", "tint": "#1f3c52", "on_tint": "#d6ebf9",
    "urgent": "#ffa3ad", "urgent_tint": "#341a21", "urgent_line": "#6d3440", "amber": "#f2c27a",
    "amber_tint": "#2e2516", "amber_line": "#5d4a26", "good": "#74d3a1", "rail": "#0b1016", "rail_text": "#c9d6e2",
    "rail_here": "#1f3d55", "lock": "#7f2332", "on_lock": "#ffffff", "level_strong": "#e9eef3",
    "level_indications": "#83c0ea", "level_open": "#9dbdd5", "level_other": "#a6b4c2", "dot": "#6fa9d3",
    "track": "#2a343f", "band": "#2f5874", "band_deep": "#4d85ab", "desk": "#0c1115", "person": "#b9dcf4",
    "quote": "#3f6c8d", "practice": "#cfa4ee", "on_practice": "#20092f",
}  # fmt: skip
CONTRAST: Mapping[str, str] = {
    "page": "#000000", "card": "#000000", "line": "#ffffff", "soft": "#ffffff", "edge": "#ffffff", "text": "#ffffff", "muted": "#f0f0f0",
    "accent": "#ffe14d", "primary": "#ffe14d", "on_primary": "#000000", "tint": "#00334f", "on_tint": "#ffffff",
    "urgent": "#ffb3bb", "urgent_tint": "#3a0008", "urgent_line": "#ffb3bb", "amber": "#ffd479",
    "amber_tint": "#2b1d00", "amber_line": "#ffd479", "good": "#8dffbf", "rail": "#000000", "rail_text": "#ffffff",
    "rail_here": "#00334f", "lock": "#9c0018", "on_lock": "#ffffff", "level_strong": "#ffffff",
    "level_indications": "#ffe14d", "level_open": "#9fe0ff", "level_other": "#f0f0f0", "dot": "#9fe0ff",
    "track": "#3a3a3a", "band": "#6f6f6f", "band_deep": "#9fe0ff", "desk": "#1c1c1c", "person": "#ffffff",
    "quote": "#ffe14d", "practice": "#ff9cf2", "on_practice": "#000000",
}  # fmt: skip
THEMES: Mapping[Name, Mapping[str, str]] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

SIZES: Mapping[Size, int] = {
    "tiny": 11, "small": 13, "body": 15, "lead": 15, "title": 18, "person": 21, "question": 25, "head": 27, "show": 44,
}  # fmt: skip

TEXT_PAIRS: tuple[tuple[Role, Role], ...] = (
    *((front, back) for front in ("text", "muted", "accent", "urgent", "amber", "good") for back in ("page", "card")),
    *(
        (front, back)
        for front in ("level_strong", "level_indications", "level_open", "level_other", "urgent", "good")
        for back in ("card", "tint")
    ),
    ("text", "tint"), ("muted", "tint"), ("on_tint", "tint"), ("accent", "tint"), ("on_primary", "primary"),
    ("urgent", "urgent_tint"), ("text", "urgent_tint"), ("amber", "amber_tint"), ("text", "amber_tint"),
    ("muted", "amber_tint"), ("rail_text", "rail"), ("rail_text", "rail_here"), ("on_lock", "lock"),
    ("person", "page"), ("person", "card"), ("on_practice", "practice"),
)  # fmt: skip
"""Every text colour that stands on a surface: each at least 4.5 : 1 in every theme (WCAG 2.2, 1.4.3)."""
EDGE_PAIRS: tuple[tuple[Role, Role], ...] = (
    ("edge", "card"), ("edge", "page"), ("accent", "card"), ("accent", "page"), ("accent", "tint"), ("dot", "card"),
    ("practice", "page"), ("practice", "card"),
)  # fmt: skip
"""Lines and marks that must be told apart to use something: each at least 3 : 1 (WCAG 2.2, 1.4.11)."""

_PROPERTY, _KEYS, TOUCH = "victim_id_theme", "victim_id_keys", 44


class Theme(NamedTuple):
    """A look: which colours, and how large text is, 1.0 to 2.0."""

    name: Name = "light"
    scale: float = 1.0

    def hex(self, role: Role) -> str:
        """Gives the colour of a role as #rrggbb."""
        return THEMES[self.name][role]

    def colour(self, role: Role) -> QColor:
        """Gives the colour of a role."""
        return _colour(self.hex(role))

    def px(self, number: float) -> int:
        """Gives a length that grows with the text."""
        return round(number * self.scale)

    def font(self, size: Size = "body", *, bold: bool = False) -> QFont:
        """Gives the font of a step of the scale."""
        return _font(self.px(SIZES[size]), bold)

    @property
    def touch(self) -> int:
        """Gives the least height of what is pressed."""
        return max(TOUCH, self.px(SIZES["body"]) + 22)


@runtime_checkable
class Dressed(Protocol):
    """A widget of ours that looks at the theme when it is made and when it changes."""

    def dress(self, theme: Theme) -> None: ...


def chosen(choice: Choice, text_scale: int) -> Theme:
    """Gives the theme for a preference and a text scale in per cent, 100 to 200; `system` follows the desktop."""
    scale = min(max(text_scale, 100), 200) / 100
    if choice != "system":
        return Theme(choice, scale)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Theme("dark" if dark else "light", scale)


def worn() -> Theme:
    """Gives the theme in use."""
    app = QCoreApplication.instance()
    found = app.property(_PROPERTY) if app is not None else None
    return found if isinstance(found, Theme) else Theme()


def by_keyboard(reason: Qt.FocusReason) -> bool:
    """Tells whether the ring is shown: the keyboard moved the focus, or was used last before the page did."""
    if reason in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}:
        return True
    app = QCoreApplication.instance()
    return reason != Qt.FocusReason.MouseFocusReason and app is not None and app.property(_KEYS) is True


def used(*, keyboard: bool) -> None:
    """Remembers what was used last, a key or a finger."""
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(_KEYS, keyboard)


def wear(app: QApplication, theme: Theme) -> None:
    """Puts a theme on the application and on everything of ours that is already there."""
    app.setProperty(_PROPERTY, theme)
    app.setStyle("fusion")
    app.setPalette(_palette(theme))
    app.setFont(theme.font())
    for widget in app.allWidgets():
        if isinstance(widget, Dressed):
            widget.dress(theme)
            widget.updateGeometry()
            widget.update()


def dress_text(widget: QWidget, role: Role, size: Size, *, bold: bool = False) -> None:
    """Gives a text its colour and font."""
    theme = worn()
    palette = widget.palette()
    colour = theme.colour(role)
    for place in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(place, colour)
    widget.setPalette(palette)
    widget.setFont(theme.font(size, bold=bold))


def dress_ground(widget: QWidget, role: Role) -> None:
    """Gives a surface its colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, worn().colour(role))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def dress_field(widget: QWidget, size: Size = "body", *, wrong: bool = False, person: bool = False) -> None:
    """Gives a field its box; the box of a wrong entry is red, and its message stands below it."""
    theme = worn()
    widget.setFont(theme.font(size))
    rest, focus = theme.hex("urgent" if wrong else "edge"), theme.hex("urgent" if wrong else "accent")
    text = theme.hex("person" if person else "text")
    kind = "QLineEdit" if widget.inherits("QLineEdit") else "QPlainTextEdit"
    side, upright = (theme.px(13), 0) if kind == "QLineEdit" else (theme.px(11), theme.px(8))
    widget.setStyleSheet(
        f"{kind} {{ placeholder-text-color: {theme.hex('muted')}; background: {theme.hex('card')}; color: {text}; border: 1px solid {rest}; border-radius: 8px;"
        f" padding: {upright}px {side}px; selection-background-color: {theme.hex('primary')};"
        f" selection-color: {theme.hex('on_primary')}; }}"
        f" {kind}:focus {{ border: 2px solid {focus}; padding: {max(upright - 1, 0)}px {side - 1}px; }}"
        f" {kind}:disabled {{ color: {theme.hex('muted')}; background: {theme.hex('page')}; }}" + _scrolling(theme)
    )


def dress_scroll(widget: QWidget) -> None:
    """Gives a scrolling surface a slim bar and no frame of its own."""
    widget.setStyleSheet(_scrolling(worn()))


def dress_table(widget: QWidget) -> None:
    """Gives a table its ground and its quiet head."""
    theme = worn()
    widget.setStyleSheet(
        f"QTableView {{ background: {theme.hex('card')}; color: {theme.hex('text')}; border: none; outline: none; }}"
        f" QHeaderView {{ background: {theme.hex('card')}; border: none; }}"
        f" QHeaderView::section {{ background: {theme.hex('card')}; color: {theme.hex('muted')}; border: none;"
        f" border-bottom: 1px solid {theme.hex('line')}; padding: 0 {theme.px(12)}px;"
        f" font-size: {theme.px(SIZES['small'])}px; font-weight: bold; }}" + _scrolling(theme)
    )


def dress_list(widget: QWidget) -> None:
    """Gives a list, or the small window round it, its ground."""
    theme = worn()
    widget.setFont(theme.font())
    kind = "QListView" if widget.inherits("QListView") else "QFrame#finder"
    border = "none" if kind == "QListView" else f"1px solid {theme.hex('soft')}"
    widget.setObjectName("" if kind == "QListView" else "finder")
    widget.setStyleSheet(
        f"{kind} {{ background: {theme.hex('card')}; color: {theme.hex('text')}; border: {border}; outline: none; }}"
        f" QListView::item {{ padding: 0 {theme.px(12)}px; border-radius: 6px; }}"
        f" QListView::item:selected, QListView::item:hover {{ background: {theme.hex('tint')};"
        f" color: {theme.hex('on_tint')}; }}" + _scrolling(theme)
    )


def dress_dialog(widget: QWidget) -> None:
    """Gives a dialog of Qt's own, and what stands in it, our boxes, rings and bars."""
    theme, box = worn(), "border-radius: 8px; padding: 0"
    line, edge, focus = (f"1px solid {theme.hex('soft')}", f"1px solid {theme.hex('edge')}", f"2px solid {theme.hex('accent')}")  # fmt: skip
    widget.setFont(theme.font())
    widget.setStyleSheet(
        f"QDialog {{ background: {theme.hex('page')}; }} QLabel {{ color: {theme.hex('text')}; }}"
        f" QLineEdit, QComboBox, QPushButton {{ background: {theme.hex('card')}; color: {theme.hex('text')}; border: {edge};"
        f" {box} {theme.px(10)}px; min-height: {theme.px(34)}px; }}"
        f" QLineEdit {{ selection-background-color: {theme.hex('primary')}; selection-color: {theme.hex('on_primary')}; }}"
        f" QPushButton {{ font-weight: bold; {box} {theme.px(16)}px; }}"
        f" QPushButton:default {{ background: {theme.hex('primary')}; color: {theme.hex('on_primary')}; }}"
        f" QPushButton:disabled {{ background: {theme.hex('page')}; color: {theme.hex('muted')}; }}"
        f" QLineEdit:focus, QComboBox:focus, QPushButton:focus, QToolButton:focus, QAbstractItemView:focus {{ border: {focus}; }}"
        f" QToolButton {{ border: {line}; border-radius: 8px; background: {theme.hex('card')}; }}"
        " QComboBox::drop-down { border: none; }"
        f" QAbstractItemView {{ background: {theme.hex('card')}; color: {theme.hex('text')}; border: {line}; border-radius: 8px; }}"
        f" QAbstractItemView::item {{ min-height: {theme.px(28)}px; }}"
        f" QAbstractItemView::item:selected {{ background: {theme.hex('tint')}; color: {theme.hex('on_tint')}; }}"
        f" QHeaderView, QHeaderView::section {{ background: {theme.hex('card')}; color: {theme.hex('muted')}; border: none;"
        f" min-height: {theme.px(30)}px; }}"
        " QSplitter::handle { background: transparent; image: none; }" + _scrolling(theme)
    )


def dress_reader(widget: QTextEdit) -> None:
    """Gives a long text its ground, its font and its colours."""
    theme = worn()
    widget.setFont(theme.font())
    widget.document().setDefaultFont(theme.font())
    widget.setPalette(_palette(theme))
    widget.setStyleSheet(
        f"QTextEdit {{ background: {theme.hex('card')}; color: {theme.hex('text')}; border: none; }}"
        f" QTextEdit:focus {{ border: 2px solid {theme.hex('accent')}; }}" + _scrolling(theme)
    )


def dress_grid(table: QTextTable) -> None:
    """Gives a table of a long text quiet lines and room in its cells."""
    theme, look = worn(), table.format()
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setBorder(1)
    look.setBorderBrush(theme.colour("line"))
    look.setCellPadding(theme.px(7))
    look.setCellSpacing(0)
    table.setFormat(look)


def heading_words(cursor: QTextCursor, size: Size) -> None:
    """Gives a heading of a long text its size."""
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    look = QTextCharFormat()
    look.setFont(worn().font(size, bold=True))
    cursor.mergeCharFormat(look)


def found_words(cursor: QTextCursor, *, here: bool) -> QTextEdit.ExtraSelection:
    """Marks words that were found in a long text; those one stands at are marked strongly."""
    theme, mark = worn(), QTextEdit.ExtraSelection()
    mark.cursor = cursor
    mark.format.setBackground(theme.colour("primary" if here else "tint"))
    mark.format.setForeground(theme.colour("on_primary" if here else "on_tint"))
    return mark


def load_fonts(names: tuple[str, ...] | None = None) -> int:
    """Loads shipped fonts (all, or files that begin with one of `names`) and counts them; none shipped is no error."""
    try:
        folder = shipped("fonts")
    except Machine:
        return 0
    files = sorted(folder.glob("*.ttf"))
    wanted = [file for file in files if names is None or file.name.startswith(names)]
    return sum(1 for file in wanted if QFontDatabase.addApplicationFont(str(file)) >= 0)


def contrast(front: str, back: str) -> float:
    """Gives the contrast ratio of two colours #rrggbb, 1 to 21, by WCAG 2.2."""
    bright, dim = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _colour(name: str) -> QColor:
    return QColor(name)


@cache
def _font(pixels: int, bold: bool) -> QFont:
    font = QFont("Noto Sans")
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def _palette(theme: Theme) -> QPalette:
    place = QPalette.ColorRole
    pairs: tuple[tuple[QPalette.ColorRole, Role], ...] = (
        (place.Window, "page"), (place.WindowText, "text"), (place.Base, "card"), (place.AlternateBase, "page"),
        (place.Text, "text"), (place.Button, "card"), (place.ButtonText, "text"), (place.Highlight, "primary"),
        (place.HighlightedText, "on_primary"), (place.Link, "accent"), (place.PlaceholderText, "muted"),
        (place.ToolTipBase, "card"), (place.ToolTipText, "text"), (place.Mid, "line"), (place.Accent, "accent"),
    )  # fmt: skip
    palette = QPalette(theme.colour("card"), theme.colour("page"))
    for role, name in pairs:
        palette.setColor(role, theme.colour(name))
    for role in (place.WindowText, place.Text, place.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("muted"))
    return palette


def _scrolling(theme: Theme) -> str:
    return (
        " QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; border: none; }"
        " QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; border: none; }"
        f" QScrollBar::handle {{ background: {theme.hex('edge')}; border-radius: 4px; }}"
        " QScrollBar::handle:vertical { min-height: 36px; } QScrollBar::handle:horizontal { min-width: 36px; }"
        " QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }"
        " QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )
