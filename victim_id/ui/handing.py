"""Connects the page of a copy for the person with the workspace: checks, masks, and the ways in which it leaves."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from victim_id.access.checked import Check
from victim_id.errors import Failure
from victim_id.language import language as language_of
from victim_id.ui import listing
from victim_id.ui.bench import Bench, autonyms
from victim_id.ui.pages.access import AccessPage
from victim_id.ui.pages.handed import ArrivedRow, CopyShown, MaskRow
from victim_id.ui.printing import Paper
from victim_id.ui.widgets.notes import Sorry
from victim_id.wording import labelled

if TYPE_CHECKING:
    from victim_id.access.giving import Way
    from victim_id.access.held import Held
    from victim_id.access.told import Masking, Told
    from victim_id.workspace import Workspace


class _Copy(NamedTuple):
    """What is open: everything that is held, in which language it is told, what is masked, and whether it may leave."""

    held: "Held"
    language: str
    masking: "Masking"
    here: bool


class Handing(QObject):
    """`left` leads back to keeping with the cases, `paper` carries something to print."""

    left = Signal(tuple)
    paper = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._say = bench, bench.language.say
        self._cases: tuple[str, ...] = ()
        self._copy: _Copy | None = None

    def page(self) -> AccessPage:
        """Builds the page."""
        page = AccessPage(self._bench.language)
        page.go.connect(self._open)
        page.put_off.connect(self._put_off)
        page.masked.connect(self._mask)
        page.give.language_chosen.connect(self._speak)
        page.give.seal.connect(self._ask_file)
        page.give.paper.connect(self._print)
        page.give.read.connect(lambda: self._note("read"))
        page.give.plain.connect(lambda: self._bench.chooser.folder(self._say("Where shall the unlocked files go?"), self.save_plain))  # fmt: skip
        page.left.connect(self._leave)
        return page

    def show(self, cases: Sequence[str]) -> None:
        """Begins with the checks; what was open before is gone."""
        self._cases, self._copy = tuple(cases), None
        self._bench.shell.show_page("access", rail="cases")
        page, language, now = self._page, self._bench.language, self._bench.now()

        def begin(found: tuple[str, list[ArrivedRow]]) -> None:
            page.begin(*found)
            if self._bench.preferences.regime == "LED":
                page.complain(
                    Sorry(
                        self._say("Your organisation works under police law."),
                        self._say("Directive (EU) 2016/680 lets a law limit this right. Ask your data protection officer first."),
                    )
                )  # fmt: skip

        def read(space: "Workspace") -> tuple[str, list[ArrivedRow]]:
            rows = [
                ArrivedRow(one.package, f"{one.code} · {one.sender} · {listing.when(language, one.at, now)}", one.fits)
                for one in space.access.arrived(cases)
            ]
            return " · ".join(row.code for row in space.caseload.rows(cases)), rows

        self._bench.ask.read(read, begin, self._wrong, page)

    def _open(self, check: Check, received: tuple[str, ...]) -> None:
        from victim_id.access.told import Masking, fitting_language  # noqa: PLC0415  loaded with the vault

        cases, preferences = self._cases, self._bench.preferences

        def deed(space: "Workspace") -> "Held":
            return space.access.open(cases, check, preferences, received)

        def opened(held: "Held") -> None:
            tongue = fitting_language(held.cases[0].case.person_language, self._bench.language.tag)
            self._copy = _Copy(held, tongue, Masking(), here=check.kept == "here")
            self._tell()

        self._bench.ask.change(deed, opened, self._wrong, self)

    def _put_off(self, check: Check, reason: str) -> None:
        cases = self._cases

        def done(_: None) -> None:
            self._bench.shell.say(self._say("Written down. Nothing was handed out."))
            self._leave()

        self._bench.ask.change(lambda space: space.access.put_off(cases, check, reason), done, self._wrong, self)

    def _mask(self, more: tuple[str, ...], shown: tuple[tuple[str, str], ...]) -> None:
        from victim_id.access.told import Masking, Shown  # noqa: PLC0415  loaded with the vault

        if self._copy is not None:
            masking = Masking(more=more, shown=tuple(Shown(place, reason) for place, reason in shown))
            self._copy = self._copy._replace(masking=masking)
            self._tell()

    def _speak(self, tag: str) -> None:
        if self._copy is not None:
            self._copy = self._copy._replace(language=tag)
            self._tell()

    def _tell(self) -> None:
        """Shows the copy as it would leave now."""
        copy, page = self._copy, self._page
        assert copy is not None  # it was opened
        self._bench.ask.read(lambda space: _told(space, copy), lambda told: page.show_copy(_shown(told, copy)), self._wrong, page)  # fmt: skip

    # ---- how it leaves

    def _ask_file(self, passphrase: str) -> None:
        title = self._say("Where shall the sealed file go?")
        self._bench.chooser.save(title, "1.zip.age", lambda file: self.save_sealed(file, passphrase))

    def save_sealed(self, file: Path, passphrase: str) -> None:
        """Writes the copy as a sealed file; drawn words are shown once."""
        copy = self._copy
        if copy is None:
            return

        def deed(space: "Workspace") -> str:
            return space.access.save_sealed(file, copy.held, _told(space, copy), copy.masking, passphrase)

        def saved(words: str) -> None:
            if passphrase:
                title = self._say("Saved as {name}, sealed with the person’s passphrase.", name=file.name)
            else:
                title = self._say("Saved as {name}. Its passphrase, shown only now: {words}", name=file.name, words=words)  # fmt: skip
            self._page.show_handed(title, self._say("It opens with the program “age”, and holds a PDF and a JSON file. Never give the passphrase with the file."))  # fmt: skip

        self._bench.ask.change(deed, saved, self._wrong, self)

    def save_plain(self, folder: Path) -> None:
        """Writes the copy as two files that anybody can read."""
        copy = self._copy
        if copy is None:
            return

        def deed(space: "Workspace") -> tuple[str, str]:
            return space.access.save_plain(folder, copy.held, _told(space, copy), copy.masking)

        def saved(names: tuple[str, str]) -> None:
            self._page.show_handed(
                self._say("Saved, unlocked: {names}.", names=", ".join(names)),
                self._say("Anybody who finds these files can read them. Move them to where they are safe, and delete the rest."),
            )  # fmt: skip

        self._bench.ask.change(deed, saved, self._wrong, self)

    def _print(self) -> None:
        copy = self._copy
        if copy is not None:
            paper = Paper(
                self._say("A copy for the person"),
                "1",
                lambda space: space.access.paper(_told(space, copy)),
                lambda space: space.access.given(copy.held, _told(space, copy), copy.masking, "printed"),
                lambda: self._page.show_handed(self._say("Handed over on paper.")),
            )
            self.paper.emit(paper)

    def _note(self, way: "Way") -> None:
        copy = self._copy
        if copy is not None:
            self._bench.ask.change(
                lambda space: space.access.given(copy.held, _told(space, copy), copy.masking, way),
                lambda _: self._page.show_handed(self._say("Written down: it was read together.")),
                self._wrong,
                self,
            )

    def _leave(self) -> None:
        self._copy = None
        self._page.begin("")
        self.left.emit(self._cases)

    def _wrong(self, failure: Failure) -> None:
        self._page.complain(self._bench.sorry(failure))

    @property
    def _page(self) -> AccessPage:
        page = self._bench.shell.page("access")
        assert isinstance(page, AccessPage)  # the desk builds it
        return page


def _told(space: "Workspace", copy: _Copy) -> "Told":
    return space.access.told(copy.held, copy.masking, language_of(copy.language), space.instrument)


def _shown(told: "Told", copy: _Copy) -> CopyShown:
    return CopyShown(
        text=_text(told),
        mask=language_of(told.language).say("[another person]"),
        masks=told.masks,
        places=tuple(MaskRow(one.key, one.label, one.text, one.shown) for one in told.places),
        names=told.open_names,
        closed=copy.held.closed,
        language=told.language,
        languages=autonyms(),
        here=copy.here,
        idle=told.idle,
    )


def _text(told: "Told") -> str:
    language, lines = language_of(told.language), [told.title.text.upper()]
    for part in told.parts:
        lines += ["", f"— {part.title.text} —"]
        for section in part.sections:
            lines += ["", section.title.text]
            for row in section.rows:
                label, *values = row.label.text, *(piece.said.text for piece in row.pieces)
                lines += [labelled(language, label, values[0]), *(f"    {value}" for value in values[1:])]
    return "\n".join(lines)
