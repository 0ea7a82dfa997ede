"""The desk: every intention of a page becomes a deed of the workspace, and what comes back is shown.

Pages and workspace never meet. Locking covers the window, saves the draft, and ends this program for a fresh one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from victim_id import places
from victim_id.errors import CannotOpen, Damaged, Failure, WrongPassphrase
from victim_id.language import Language, languages
from victim_id.language import language as language_of
from victim_id.ui.copied import Copied
from victim_id.ui.dialogs import translate
from victim_id.ui.door import Door
from victim_id.ui.elsewhere import about_vault
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.ui.rubbish import Rubbish
from victim_id.ui.shell import Shell
from victim_id.ui.theme import chosen, load_fonts, wear
from victim_id.ui.widgets.notes import Sorry
from victim_id.ui.worker import Asker

if TYPE_CHECKING:
    from victim_id.casework.arrangement import Preferences
    from victim_id.casework.case import Case
    from victim_id.instrument.instrument import Instrument
    from victim_id.troubles import Doing
    from victim_id.ui.pages.first_start import NewVault
    from victim_id.ui.practising import Practising
    from victim_id.ui.signed_in import SignedIn
    from victim_id.ui.ways_in import WaysIn
    from victim_id.workspace import Workspace

FIRST_FONTS = ("NotoSans-",)
USUAL = (1366, 768)
"""How large the window is at first, where the screen has more room than that."""
SETTLED = 2000
"""After how many milliseconds a worker who came in has found their place, and the machine has time."""
TOPICS = {
    "first": "unlock", "view": "own_view", "lost": "recovery", "restore": "backup", "feedback": "practice",
    "changes": "interview", "paper": "referral", "history": "care", "case_history": "care", "damaged": "backup",
}  # fmt: skip
"""Pages that the guide tells of under another name."""


class Known(NamedTuple):
    """What the pages need of an opened vault."""

    instrument: "Instrument"
    preferences: "Preferences"
    stood: "tuple[Case, Instrument, dict[str, str]] | None" = None


class Desk(QObject):
    """One window over one vault: first the unlock page, then everything a signed-in worker does."""

    def __init__(self, app: QApplication, door: Door) -> None:
        super().__init__()
        self._app, self._door = app, door
        self._language = self._first_language()
        load_fonts(FIRST_FONTS)
        self._look = (door.remembered.theme, door.remembered.text_scale)
        wear(app, chosen(*self._look))
        translate(app, self._language)
        self._rubbish, self._copied = Rubbish(self), Copied(app.clipboard(), self)
        self.ask: Asker[Workspace] = Asker(self.crashed)
        self.signed_in: SignedIn | None = None
        self.practising: Practising | None = None
        self.ways_in: WaysIn | None = None
        self._ear: object = None
        self.shell = self._new_shell()

    def open(self, *, practice: bool = False) -> None:
        """Shows the window at the page before the vault, or in practice; everything else is loaded afterwards."""
        places.settle(self._door.vault)
        self.greet()
        if not self.shell.restore(self._door.remembered.window):
            self.shell.fit(*USUAL)
        self.shell.show()
        self.shell.activateWindow()
        QTimer.singleShot(0, self, self._load_the_rest)
        if practice:
            self.practise()

    def greet(self) -> None:
        """Shows the page that fits what stands at the vault's place: unlock, first start, or what is wrong with it."""
        found = places.found(self._door.vault, self._door.remembered.vault)
        if found in {"vault", "nothing"}:
            self.shell.show_page("unlock" if found == "vault" else "first", alone=True)
        else:
            self._other_ways().tell(found)  # type: ignore[arg-type]  # one of the others

    def lock(self) -> None:
        """Saves what is half-typed, waits a moment for what is running, and begins a fresh program; the window is covered."""
        self._end(200)
        self._door.restart()

    def lock_and_practise(self) -> None:
        """Locks as F12 does; the fresh program begins with the stories instead of the unlock page."""
        self.shell.cover()
        self._end(200)
        self._door.practise()

    def close(self) -> None:
        """Ends with the window."""
        self._end(2000)

    def _end(self, wait: int) -> None:
        self._remember()
        self._copied.clear()
        standing = self.signed_in.standing if self.signed_in is not None else ""
        self._stop()

        def last(space: "Workspace") -> None:
            try:
                space.caseload.stand(standing)
            finally:
                space.close()

        self.ask.close(wait, last, lambda space: space.interrupt())

    def _stop(self) -> None:
        if self.ways_in is not None:
            self.ways_in.stop()
        if self.signed_in is not None:
            self.signed_in.end()
            self.signed_in = None
        elif self.practising is not None:
            self.practising.put_down()

    def crashed(self, bug: BaseException) -> None:
        """Shows the crash page, which names a place in the program and nothing of a case."""
        trace, where = bug.__traceback__, type(bug).__name__
        while trace is not None:
            code = trace.tb_frame.f_code
            where = f"{type(bug).__name__} · {Path(code.co_filename).name}:{trace.tb_lineno}"
            trace = trace.tb_next
        self.shell.crash(where)

    def speak(self, tag: str) -> Shell:
        """Gives a new window in another language in the place of the old one."""
        self._language = language_of(tag)
        translate(self._app, self._language)
        old, whereabouts = self.shell, self.shell.whereabouts()
        self.shell = self._new_shell()
        self.shell.restore(whereabouts)
        old.closed.disconnect(self.close)
        old.hide()
        old.deleteLater()
        return self.shell

    def _new_shell(self) -> Shell:
        self.ways_in = None
        before = {
            "unlock": self._unlock_page,
            "first": self._first_page,
            "guide": self._guide_page,
            "lost": lambda: self._other_ways().lost_page(),
            "restore": lambda: self._other_ways().restore_page(),
            "damaged": lambda: self._other_ways().damaged_page(),
        }
        shell = Shell(self._language, before | self._pages())
        shell.locked.connect(self.lock)
        shell.closed.connect(self.close)
        shell.deed.connect(lambda deed: self.guide() if deed == "guide" else None)
        return shell

    def _pages(self) -> dict[str, Callable[[], QWidget]]:
        def of(name: str) -> Callable[[], QWidget]:
            def build() -> QWidget:
                owner = self.signed_in or self.practising
                if owner is None:
                    raise RuntimeError("a page was asked for before anybody signed in")
                return owner.build(name)

            return build

        names = ("cases", "start", "interview", "view", "assessment", "referral", "inbox", "preferences", "show")
        keeping = ("people", "recovery", "backup", "care", "access", "history", "case_history")
        beside = ("practice", "feedback", "changes", "paper", "contacts", "steps")
        return {name: of(name) for name in names + keeping + beside}

    def guide(self) -> None:
        """Shows the guide at the part about the page that is shown; going back leads to that page."""
        here = self.shell.here
        page = self.shell.lay_over("guide")
        if here != "guide":
            page.open_at(TOPICS.get(here, here))  # type: ignore[attr-defined]  # built below

    def _guide_page(self) -> QWidget:
        from victim_id.ui.guide import read_guide  # noqa: PLC0415  nobody reads it before it is asked for
        from victim_id.ui.pages.guide import GuidePage  # noqa: PLC0415  as above

        page = GuidePage(self._language, read_guide(self._language.tag, self._language.direction))
        page.left.connect(self.shell.take_off)
        return page

    # ---- before anybody is signed in

    def _first_language(self) -> Language:
        tag = self._door.remembered.language
        return language_of(tag if tag in languages(pseudo=True) else "en")

    def _tongues(self) -> tuple[tuple[str, str], ...]:
        return tuple((tag, language_of(tag).autonym) for tag in languages())

    def _unlock_page(self) -> QWidget:
        hour, tongues = self._door.now().astimezone().hour, self._tongues()
        damaged = bool(self._door.remembered.damaged)
        page = UnlockPage(self._language, hour, tongues, recovery=True, practice=True, damaged=damaged)
        page.damaged.connect(lambda: self._other_ways().tell("pages"))
        if warning := about_vault(self._language, self._door.vault):
            page.warn(warning)
        page.lost.connect(lambda: self.shell.show_page("lost", alone=True))
        page.unlock.connect(self.unlock)
        page.practise.connect(self.practise)
        page.language_chosen.connect(self._turn_first_page)
        return page

    def _first_page(self) -> QWidget:
        from victim_id.ui.pages.first_start import FirstStartPage  # noqa: PLC0415  only a first start needs it

        countries, kinds = self._offered()
        page = FirstStartPage(
            self._language, self._tongues(), countries, country=self._door.remembered.country, kinds=kinds
        )
        if warning := about_vault(self._language, self._door.vault):
            page.warn(warning)
        page.made.connect(self.create)
        page.restore.connect(lambda: self.shell.show_page("restore", alone=True))
        page.language_chosen.connect(self._turn_first_page)
        return page

    def _other_ways(self) -> "WaysIn":
        from victim_id.ui.ways_in import WaysIn  # noqa: PLC0415  only who lost a passphrase, or restores, needs them

        if self.ways_in is None:
            self.ways_in = WaysIn(self, self._door, self._language, self._sorry)
        return self.ways_in

    def _offered(self) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
        """Gives the countries and the kinds of organisation that a first start offers."""
        from victim_id.instrument.load import load  # noqa: PLC0415  as above
        from victim_id.resources import shipped  # noqa: PLC0415
        from victim_id.ui.bench import kinds_of_organisation  # noqa: PLC0415

        content, instrument = self._language.content, load(shipped("indicators"))
        countries = tuple(
            (one.id, content("worker", f"profile.{one.id}.label", one.label)) for one in instrument.profiles
        )
        return countries, kinds_of_organisation(instrument, self._language)

    def _turn_first_page(self, tag: str) -> None:
        here = self.shell.here
        self._door.remembered.keep(language=tag)
        QTimer.singleShot(0, self, lambda: self._speak_first(tag, here))

    def _speak_first(self, tag: str, here: str) -> None:
        shell = self.speak(tag)
        shell.show_page(here, alone=True)
        shell.show()

    def unlock(self, passphrase: str) -> None:
        """Opens the vault with a passphrase."""
        folder, now, editions = self._door.vault, self._door.now, self._door.editions
        organisation = self._door.organisation

        def make() -> "Workspace":
            from victim_id.workspace import Workspace  # noqa: PLC0415  loaded after the unlock page is there

            return Workspace.unlock(folder, passphrase, now=now, editions=editions, organisation=organisation)

        self.ask.begin(make, _known, self._sign_in, self._stays_closed, self)

    def create(self, new: "NewVault") -> None:
        """Makes a vault for its first worker."""
        folder, now, effort = self._door.vault, self._door.now, self._door.effort
        editions, organisation = self._door.editions, self._door.organisation

        def make() -> "Workspace":
            from victim_id.casework.arrangement import Preferences  # noqa: PLC0415
            from victim_id.workspace import Workspace  # noqa: PLC0415

            preferences = Preferences(
                language=new.language,
                profile=new.country,
                organisation=new.organisation,
                organisation_type=new.organisation_type,
                regime=new.regime,  # type: ignore[arg-type]  # the chips offer the known laws
                role=new.role,
            )
            return Workspace.create(
                folder, new.passphrase, new.worker_name, preferences, now=now, effort=effort, editions=editions, organisation=organisation
            )  # fmt: skip

        self.ask.begin(make, _known, lambda known: self._sign_in(known, "first"), self._not_made, self)

    def come_in(self, make: "Callable[[], Workspace]", failed: Callable[[Failure], None]) -> None:
        """Opens the vault in another way, and signs the worker in."""
        self.ask.begin(make, _known, self._sign_in, failed, self)

    def practise(self) -> None:
        """Opens a store for training cases in memory; no vault is touched."""
        remembered, tag, now = self._door.remembered, self._language.tag, self._door.now

        def make() -> "Workspace":
            from victim_id.casework.arrangement import Preferences  # noqa: PLC0415  as above
            from victim_id.workspace import Workspace  # noqa: PLC0415

            wishes = Preferences(language=tag, profile=remembered.country or "INT", theme=remembered.theme)
            return Workspace.practice("practice", wishes, now=now)

        self.ask.begin(make, _known, self._begin_practice, self._stays_closed, self)

    def _begin_practice(self, known: "Known") -> None:
        from victim_id.ui.bench import Bench  # noqa: PLC0415  as for a vault
        from victim_id.ui.practising import Practising  # noqa: PLC0415  as above

        chooser = self._door.chooser(self.shell)
        bench = Bench(
            self.ask, self.shell, self._language, known.instrument, known.preferences, self._door.now, chooser
        )
        self.practising = Practising(bench, self.shell.lock)
        self.practising.begin()
        self._rubbish.keep()
        self.shell.forget("unlock")

    def _sign_in(self, known: "Known", page: str = "cases") -> None:
        """Goes to the cases, or the first time to the recovery sheets, with what the workspace's own thread has read."""
        self._instrument = known.instrument
        self._keep(known.preferences)
        self._begin(known.preferences, page, known.stood)
        self._door.remembered.keep(vault=places.mark(self._door.vault))
        for before in ("unlock", "first", "lost", "restore", "damaged"):
            self.shell.forget(before)
        self.ways_in = None

    def _begin(
        self,
        preferences: "Preferences",
        page: str,
        stood: "tuple[Case, Instrument, dict[str, str]] | None" = None,
    ) -> None:
        from victim_id.ui.bench import Bench  # noqa: PLC0415  loaded while the vault was opening
        from victim_id.ui.saving import Opened  # noqa: PLC0415
        from victim_id.ui.signed_in import SignedIn  # noqa: PLC0415

        if self.signed_in is not None:
            self.signed_in.end()
        shell = self.shell if preferences.language == self._language.tag else self.speak(preferences.language)
        bench = Bench(
            self.ask, shell, self._language, self._instrument, preferences, self._door.now, self._door.chooser(shell)
        )
        bench.damaged.connect(lambda: self._door.remembered.keep(damaged=1))
        self.signed_in = SignedIn(bench, self)
        self.signed_in.begin(page, Opened(*stood) if stood is not None else None)
        self._rubbish.keep()
        shell.show()
        shell.activateWindow()
        QTimer.singleShot(0, self.signed_in, self._listen)

    def _listen(self) -> None:
        """Hears from the system, now that there is something to lock, and a little later makes the next program ready."""
        if self._ear is None:
            self._ear = self._door.listen(self._gone)
            QTimer.singleShot(SETTLED, self, self._door.prepare)

    def _gone(self) -> None:
        if self.signed_in is not None:
            self.shell.lock()

    def arrange(self, preferences: "Preferences") -> None:
        """Takes over changed preferences; another language needs every page anew."""
        if self.signed_in is not None:
            self.signed_in.bench.preferences = preferences
            self.shell.lock_after(preferences.idle_minutes)
            self._keep(preferences)
            if preferences.language != self._language.tag:
                QTimer.singleShot(0, self, lambda: self._begin(preferences, "preferences"))

    def _keep(self, preferences: "Preferences") -> None:
        """Puts the look on, and remembers for the next unlock page what names nobody."""
        look = (preferences.theme, preferences.text_scale)
        if look != self._look:
            self._look = look
            wear(self._app, chosen(*look))
        self._door.remembered.keep(
            language=preferences.language, country=preferences.profile, theme=look[0], text_scale=look[1]
        )

    def _stays_closed(self, failure: Failure) -> None:
        page = self.shell.page("unlock")
        wrong = places.wrong_part(failure) if isinstance(failure, Damaged) else None
        if wrong is not None:
            self.shell.forget("unlock")
            self._other_ways().tell(wrong)
        elif isinstance(page, UnlockPage):
            page.complain(
                self._sorry(failure, "unlock"),
                again=isinstance(failure, WrongPassphrase) or not isinstance(failure, CannotOpen),
            )

    def _not_made(self, failure: Failure) -> None:
        from victim_id.ui.pages.first_start import FirstStartPage  # noqa: PLC0415

        page = self.shell.page("first")
        if isinstance(page, FirstStartPage):
            page.complain(self._sorry(failure))

    def _sorry(self, failure: Failure, doing: "Doing" = "") -> Sorry:
        from victim_id.troubles import trouble  # noqa: PLC0415  not needed to show the unlock page

        words = trouble(self._language, failure, doing)
        return Sorry(words.title, f"{words.what} {words.way}")

    def _load_the_rest(self) -> None:
        load_fonts()

        def load() -> None:
            import victim_id.workspace  # noqa: PLC0415, F401  in the other thread, while somebody types a passphrase

        self.ask.aside(load, lambda _: None, lambda _: None, self)

    def _remember(self) -> None:
        self._door.remembered.keep(window=self.shell.whereabouts())


def _known(space: "Workspace") -> Known:
    try:
        return Known(space.instrument, space.preferences, space.caseload.stood())
    except BaseException:
        space.close()  # whoever tries again must not find it in use
        raise
