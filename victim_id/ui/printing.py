"""Paper through the system's own dialog: drawn in memory, warned of, and noted only when it was really handed over."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage, QPainter

from victim_id.errors import Machine
from victim_id.ui.bench import Bench
from victim_id.ui.pages.print_out import PrintPage
from victim_id.ui.pages.sent import PageImage

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from victim_id.workspace import Workspace

SCREEN, PAPER = 110, 200
"""Dots an inch on the screen and on paper."""


class Paper(NamedTuple):
    """Something to print: its title, a file name that tells nothing, how it is made, what is noted once it left, and who is told."""

    title: str
    name: str
    make: "Callable[[Workspace], bytes]"
    noted: "Callable[[Workspace], object] | None" = None
    then: "Callable[[], None] | None" = None


class Printing(QObject):
    """Connects the page of a paper with the workspace that draws it and the dialogs of the system."""

    def __init__(self, bench: Bench, then: Callable[[], None]) -> None:
        """`then` is told when a paper left that is noted in a case."""
        super().__init__()
        self._bench, self._say, self._then = bench, bench.language.say, then
        self._paper: Paper | None = None
        self._pdf = b""

    def page(self) -> PrintPage:
        """Builds the page."""
        page = PrintPage(self._bench.language)
        page.print_wanted.connect(self._ask_printer)
        page.save_wanted.connect(self._ask_file)
        page.left.connect(self._bench.shell.take_off)
        return page

    def show(self, paper: Paper) -> None:
        """Shows a paper with its warning."""
        self._paper, self._pdf = paper, b""
        self._bench.shell.lay_over("paper")
        self._page.begin(paper.title)

        def draw(space: "Workspace") -> tuple[bytes, tuple[PageImage, ...]]:
            pdf = paper.make(space)
            return pdf, _drawn(pdf, SCREEN)

        self._bench.ask.read(
            draw, self._ready, lambda failure: self._page.note.say(*self._bench.sorry(failure)), self._page
        )

    def _ready(self, found: tuple[bytes, tuple[PageImage, ...]]) -> None:
        self._pdf = found[0]
        self._page.ready(found[1])

    def _ask_printer(self) -> None:
        self._bench.chooser.printer(self._say("Print"), self.print_on)

    def print_on(self, printer: "QPrinter") -> None:
        """Prints the paper that is shown."""
        pdf = self._pdf

        def put(pages: tuple[PageImage, ...]) -> None:
            if _put(pages, printer):
                self._left(self._say("Handed to the printer."))
            else:
                self._page.note.say(*self._bench.sorry(Machine("printer", "took nothing")))

        self._bench.ask.aside(lambda: _drawn(pdf, PAPER), put, self._bench.failed, self._page)

    def _ask_file(self) -> None:
        if self._paper is not None:
            self._bench.chooser.save(self._say("Save PDF…"), f"{self._paper.name}.pdf", self.save_to)

    def save_to(self, file: Path) -> None:
        """Writes the paper as a plain file that only this account may read."""
        pdf = self._pdf

        def write() -> None:
            try:
                file.touch(0o600)
                file.write_bytes(pdf)
            except OSError as error:
                raise Machine(file.name, error.strerror or "cannot be written") from None

        self._bench.ask.aside(
            write,
            lambda _: self._left(self._say("Saved, unlocked.")),
            lambda failure: self._page.note.say(*self._bench.sorry(failure)),
            self._page,
        )

    def _left(self, words: str) -> None:
        self._bench.shell.say(words)
        paper = self._paper
        if paper is not None and paper.noted is not None:
            then = paper.then or self._then
            self._bench.ask.change(paper.noted, lambda _: then(), self._bench.failed, self)

    @property
    def _page(self) -> PrintPage:
        page = self._bench.shell.page("paper")
        assert isinstance(page, PrintPage)  # the desk builds it
        return page


def _drawn(pdf: bytes, dots: int) -> tuple[PageImage, ...]:
    from victim_id.referral.paper.preview import pictures  # noqa: PLC0415  loaded with the first form

    return tuple(PageImage(*one) for one in pictures(pdf, dots))


def _put(pages: tuple[PageImage, ...], printer: "QPrinter") -> bool:
    """Paints pages on a printer, each as large as its sheet; tells whether the printer took them."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, page in enumerate(pages):
        if number and not printer.newPage():
            return False
        picture = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_BGR888)
        sheet = painter.viewport()
        size = picture.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(sheet.adjusted(0, 0, size.width() - sheet.width(), size.height() - sheet.height()), picture)
    return painter.end()
