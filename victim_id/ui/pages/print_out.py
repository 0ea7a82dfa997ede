"""A paper before it leaves the screen: how it looks, what printing and saving mean, and both asked for in so many words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.pages.paper import Preview
from victim_id.ui.pages.sent import PageImage
from victim_id.ui.theme import worn
from victim_id.ui.widgets.buttons import PrimaryButton, SecondaryButton
from victim_id.ui.widgets.notes import InlineNote
from victim_id.ui.widgets.surfaces import Bar, Ground, Scroll, column, row
from victim_id.ui.widgets.words import Words


class PrintPage(Leaving):
    """Emits `print_wanted` or `save_wanted` after the warning was on the screen, `left` to go back."""

    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__("page")
        self._language = language
        say = language.say
        self._title = Words("", size="title", bold=True, wrap=False)
        self.first = SecondaryButton(say("Back"), icon="back")
        self.print_button = PrimaryButton(say("Print…"), icon="print")
        self.save_button = SecondaryButton(say("Save PDF…"))
        self._warning = InlineNote("amber")
        self.note = InlineNote("urgent")
        self.preview = Preview(language)
        inside = Ground("card")
        inside.setLayout(
            column(
                self._warning,
                4,
                row(self.print_button, None),
                8,
                Words(
                    say("Save PDF writes the same pages unlocked: whoever finds the file can read it."), role="muted"
                ),
                row(self.save_button, None),
                self.note,
                None,
                gap=8,
                margins=(20, 16, 20, 16),
            )
        )
        self._left = Scroll(inside, "card")
        parts = row(self._left, self.preview, gap=0)
        parts.setStretch(1, 1)
        self.setLayout(column(Bar(self._title, last=(self.first,)), parts, gap=0))
        self.first.clicked.connect(self.left)
        self.print_button.clicked.connect(self.print_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        self._left.setFixedWidth(worn().px(380))

    def begin(self, title: str) -> None:
        """Shows a title and the warning while the pages are drawn."""
        say = self._language.say
        self._title.say(title)
        self._warning.say(
            say("The print queue keeps a plain copy."),
            say(
                "A computer, a printer or a server in between may keep these pages unlocked for days. Print where you trust"
                " both, stand beside the printer, and keep the paper locked away."
            ),
        )
        self.note.say("")
        self.ready(())

    def ready(self, pages: Sequence[PageImage]) -> None:
        """Shows the drawn pages; before there are any nothing can be printed."""
        self.preview.show_pages(pages)
        self.print_button.setEnabled(bool(pages))
        self.save_button.setEnabled(bool(pages))
