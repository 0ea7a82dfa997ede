"""What leaves and what comes in: the referral page with its preview and sealing, the inbox, recipients and keys."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PySide6.QtCore import QObject, Signal

from victim_id.casework.case import Case, Consent
from victim_id.errors import Failure
from victim_id.instrument.instrument import Instrument
from victim_id.language import language as language_of
from victim_id.language import languages
from victim_id.outside import read_outside
from victim_id.referral.agreed import may_leave
from victim_id.referral.package import MOST_FILE
from victim_id.ui import listing, sending
from victim_id.ui.bench import Bench
from victim_id.ui.pages.inbox import InboxPage
from victim_id.ui.pages.referral import ReferralPage
from victim_id.ui.pages.sent import PageImage
from victim_id.ui.printing import Paper

if TYPE_CHECKING:
    from victim_id.post import Received
    from victim_id.referral.referral import Referral
    from victim_id.workspace import Workspace


class Prepared(NamedTuple):
    """What the workspace knows for the referral page: documents by recipient, whose keys are here, and the first form."""

    referrals: "dict[str, Referral]"
    keys: frozenset[str]
    compared: frozenset[str]
    pages: tuple[PageImage, ...]


class Letters(QObject):
    """Connects the referral and inbox pages with the workspace. Emits `changed` with a case that was changed here,
    `paper` with something to print, and `care` with a package to be erased.
    """

    changed = Signal(object)
    left = Signal()
    paper = Signal(object)
    care = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._say = bench, bench.language.say
        self._case: Case | None = None
        self._instrument = bench.instrument
        self._chosen: tuple[str, ...] = ()
        self._form_language, self._turn = "", 0
        self._received: dict[str, Received] = {}
        self._inbox_state = "new"

    # ---- pages

    def referral_page(self) -> ReferralPage:
        """Builds the referral page."""
        page = ReferralPage(self._bench.language, printing=True)
        page.print_out.connect(self._print)
        page.recipients_chosen.connect(self._choose)
        page.consented.connect(self._consent)
        page.filled_in.connect(self._fill_in)
        page.language_chosen.connect(self._speak)
        page.seal.connect(self._seal)
        page.back.connect(self.left)
        return page

    def inbox_page(self) -> InboxPage:
        """Builds the inbox."""
        page = InboxPage(self._bench.language)
        kinds = self._say("Sealed referrals (*.age)")
        page.files_wanted.connect(lambda: self._bench.chooser.files(self._say("Open files"), kinds, self.open_files))
        page.files.connect(lambda names: self.open_files([Path(name) for name in names]))
        page.opened.connect(self._show_received)
        page.take.connect(lambda id_: self._take([id_]))
        page.take_all.connect(lambda: self._take([id_ for id_, one in self._received.items() if not one.taken]))
        page.read_form.connect(self._read)
        page.erase.connect(self.care)
        page.state_chosen.connect(self._turn_inbox)
        return page

    # ---- a referral

    def refer(self, case: Case, instrument: Instrument) -> None:
        """Prepares the referral of a case; the first choice is always the advice call without names."""
        if self._case is None or self._case.id != case.id:
            self._chosen = tuple(one.id for one in sending.offered(case, instrument)[:1])
            profile = instrument.profile[case.profile]
            shipped = languages()
            self._form_language = next((tag for tag in profile.languages if tag in shipped), self._bench.language.tag)
        self._case, self._instrument = case, instrument
        self._bench.shell.show_page("referral")
        self._refresh()

    def forget(self, cases: tuple[str, ...]) -> None:
        """Shows no referral of these cases, and none of these packages, any more."""
        gone = [id_ for id_ in cases if self._received.pop(id_, None) is not None]
        if gone and self._bench.shell.built("inbox"):
            self._bench.shell.forget("inbox")
        if self._case is not None and self._case.id in cases:
            self._case = None
            self._bench.shell.forget("referral")

    def _refresh(self) -> None:
        case, chosen, tag = self._case, self._chosen, self._form_language
        if case is None:
            return
        self._turn += 1
        turn, instrument = self._turn, self._instrument
        spoken = self._bench.language.tag

        def prepare(space: "Workspace") -> Prepared:
            from victim_id.referral.paper.preview import pictures  # noqa: PLC0415  loaded with the first form

            referrals = {}
            for name in chosen:
                advice = instrument.recipient[name].purpose == "advice"
                referrals[name] = space.post.referral(case, name, spoken if advice else tag)
            paper = next((name for name in chosen if instrument.recipient[name].purpose != "advice"), "")
            pages = tuple(PageImage(*one) for one in pictures(space.post.form(referrals[paper]), 110)) if paper else ()
            keys, compared = frozenset(space.post.recipients()), space.post.compared()
            return Prepared(referrals, keys, compared, pages)

        self._tell(Prepared({}, frozenset(), frozenset(), ()), drawn=False)
        self._bench.ask.read(prepare, lambda found: self._prepared(turn, found), self._bench.failed, self)

    def _prepared(self, turn: int, found: Prepared) -> None:
        if turn == self._turn:
            self._tell(found, drawn=True)

    def _tell(self, found: Prepared, *, drawn: bool) -> None:
        case, instrument = self._case, self._instrument
        if case is None:
            return
        page = self._referral
        page.tell(
            sending.sending(
                case, instrument, self._bench.language, self._chosen, found.referrals, found.keys, self._form_language,
                [(tag, language_of(tag).autonym) for tag in languages()],
            )
        )  # fmt: skip
        if not drawn:
            return
        if unsure := [name for name in self._chosen if name in found.keys - found.compared]:
            label = self._bench.language.content(
                "worker", f"recipient.{unsure[0]}.label", instrument.recipient[unsure[0]].label
            )
            page.note.say(
                self._say("The card of {recipient} was not compared by voice yet.", recipient=label),
                self._say("Call a number you already have, and compare the six groups of digits in the preferences."),
            )
        advice = [name for name in self._chosen if instrument.recipient[name].purpose == "advice"]
        if found.pages:
            page.show_pages(found.pages)
        elif advice:
            name = advice[0]
            page.show_sheet(*sending.sheet(found.referrals[name], instrument.recipient[name], self._bench.language))
        else:
            page.show_pages(())

    def _choose(self, keys: tuple[str, ...]) -> None:
        self._chosen = keys
        self._refresh()

    def _speak(self, tag: str) -> None:
        self._form_language = tag
        self._refresh()

    def _consent(self, consent: Consent) -> None:
        if self._case is None:
            return
        id_, told_in = self._case.id, self._case.person_language
        given = msgspec.structs.replace(consent, told_in=told_in if consent.told else "")
        self._bench.ask.change(
            lambda space: space.caseload.consent(id_, given), self._was_changed, self._bench.failed, self
        )

    def _fill_in(self, entries: dict[str, str]) -> None:
        if self._case is not None:
            id_ = self._case.id
            self._bench.ask.change(
                lambda space: space.caseload.details(id_, entries), self._was_changed, self._bench.failed, self
            )

    def _was_changed(self, case: Case) -> None:
        self._case = case
        self.changed.emit(case)
        self._refresh()

    def _print(self) -> None:
        """Prints the form for the recipient whose pages are shown, or the sheet to speak from."""
        case, tag, instrument, language = self._case, self._form_language, self._instrument, self._bench.language
        form = next((name for name in self._chosen if instrument.recipient[name].purpose != "advice"), "")
        name = form or next(iter(self._chosen), "")
        if case is None or not name:
            self._bench.shell.say(self._say("Choose a recipient first."))
            return
        label = language.content("worker", f"recipient.{name}.label", instrument.recipient[name].label)
        if form and not may_leave(case, instrument.recipient[form]):
            self._bench.shell.say(self._say("{recipient} needs the person’s consent first.", recipient=label))
            return
        made: list[Referral] = []

        def draw(space: "Workspace") -> bytes:
            if form:
                referral, pdf = space.post.paper(case.id, form, tag)
                made[:] = [referral]
                return pdf
            from victim_id.referral.sheets import speaking_sheet  # noqa: PLC0415  few ever print

            spoken = sending.sheet(space.post.referral(case, name, language.tag), instrument.recipient[name], language)
            return speaking_sheet(*spoken, language, space.post.faces())

        def noted(space: "Workspace") -> Case:
            return space.post.sent(case.id, made[0], "printed")

        self.paper.emit(Paper(f"{case.code} · {label}", case.code, draw, noted if form else None))

    def printed(self) -> None:
        """Takes over that a referral left on paper."""
        if self._case is not None:
            id_ = self._case.id
            self._bench.ask.change(lambda space: space.caseload.case(id_), self._was_changed, self._bench.failed, self)

    def _seal(self) -> None:
        self._bench.chooser.folder(self._say("Where shall the sealed file go? A stick, for instance."), self.seal_into)

    def seal_into(self, folder: Path) -> None:
        """Seals for every chosen recipient whose referral may leave, into a folder."""
        case, tag = self._case, self._form_language
        if case is None:
            return
        chosen, instrument = self._chosen, self._instrument

        def deed(space: "Workspace") -> tuple[Case, int]:
            names = sending.sealable(case, instrument, chosen, frozenset(space.post.recipients()))
            return space.caseload.case(case.id), len(space.post.seal(case.id, names, tag, folder))

        self._bench.shell.say(self._say("Sealing…"))
        self._bench.ask.change(deed, self._sealed, self._not_sealed, self)

    def _sealed(self, done: tuple[Case, int]) -> None:
        case, number = done
        words = self._bench.language.say_many("{n} sealed file written.", "{n} sealed files written.", number)
        self._bench.shell.say(words)
        self._bench.ask.change(lambda space: space.caseload.case(case.id), self._was_changed, self._bench.failed, self)

    def _not_sealed(self, failure: Failure) -> None:
        self._referral.note.say(*self._bench.sorry(failure))

    # ---- the inbox

    def show_inbox(self) -> None:
        """Shows what has arrived."""
        self._bench.shell.show_page("inbox")
        self._bench.ask.read(lambda space: space.post.inbox(), self._has_taken, self._bench.failed, self)

    def open_files(self, files: list[Path]) -> None:
        """Opens sealed files; what stays closed says why, and the others are shown."""
        for file in files:

            def deed(space: "Workspace", file: Path = file) -> "Received":
                return space.post.open_package(read_outside(file, MOST_FILE), file.name)

            def closed(failure: Failure, file: Path = file) -> None:
                self._inbox.complain(file.name, self._bench.sorry(failure))

            self._bench.ask.read(deed, self._opened, closed, self)

    def _opened(self, received: "Received") -> None:
        self._received[received.package.manifest.package] = received
        self._show_inbox()
        self._show_received(received.package.manifest.package)

    def _has_taken(self, taken: "list[Received]") -> None:
        new = {id_: one for id_, one in self._received.items() if not one.taken}
        self._received = new | {one.package.manifest.package: one for one in taken}
        self._show_inbox()

    def _show_inbox(self) -> None:
        rows = [
            listing.received_row(one, self._bench.language, self._bench.now())
            for one in self._received.values()
            if one.taken == (self._inbox_state == "taken")
        ]
        taken = sum(1 for one in self._received.values() if one.taken)
        self._inbox.show_rows(rows, {"new": len(self._received) - taken, "taken": taken})

    def _turn_inbox(self, state: str) -> None:
        self._inbox_state = state
        self._show_inbox()

    def _show_received(self, id_: str) -> None:
        """Shows a package in short; that one which was taken in was read is in the history."""
        if id_ in self._received:
            found = self._received[id_]
            if found.taken:
                self._bench.ask.change(lambda space: space.post.read(id_), lambda _: None, self._bench.failed, self)
            self._inbox.show_card(listing.received_card(found, self._bench.language, self._bench.now()))

    def _take(self, ids: list[str]) -> None:
        for id_ in ids:

            def deed(space: "Workspace", found: "Received" = self._received[id_]) -> "Received":
                return space.post.take(found)

            self._bench.ask.change(deed, self._was_taken, self._bench.failed, self)

    def _was_taken(self, received: "Received") -> None:
        self._received[received.package.manifest.package] = received
        self._show_inbox()
        self._show_received(received.package.manifest.package)
        self._bench.shell.say(self._say("Taken into the register."))

    def _read(self, id_: str) -> None:
        form = self._received[id_].package.parts["referral.pdf"]

        def draw() -> tuple[PageImage, ...]:
            from victim_id.referral.paper.preview import pictures  # noqa: PLC0415  as above

            return tuple(PageImage(*one) for one in pictures(form, 110))

        self._bench.ask.aside(draw, self._inbox.show_form, self._bench.failed, self)

    @property
    def _referral(self) -> ReferralPage:
        page = self._bench.shell.page("referral")
        assert isinstance(page, ReferralPage)  # the desk builds it
        return page

    @property
    def _inbox(self) -> InboxPage:
        page = self._bench.shell.page("inbox")
        assert isinstance(page, InboxPage)  # as above
        return page
