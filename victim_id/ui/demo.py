"""Walks a training case through the real flow without a screen: real vaults, real pages drawn offscreen, a real package.

Leaves the referral, the record, the sealed package, the recipient's demo key and a picture of every page. Everything in
it is made up; the key that is left behind is that of a vault which is removed at the end.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from victim_id import wording
from victim_id.casework.arrangement import Preferences
from victim_id.casework.case import Case, Consent
from victim_id.errors import Machine, WrongInput
from victim_id.instrument.answers import Talk
from victim_id.instrument.instrument import Instrument
from victim_id.instrument.load import load
from victim_id.instrument.training import TrainingCase, answers_of, load_training
from victim_id.language import language, moment
from victim_id.record import encode
from victim_id.referral.paper.fonts import Faces
from victim_id.referral.rights import rights
from victim_id.resources import shipped
from victim_id.sealing import identity_file
from victim_id.ui.app import application
from victim_id.ui.demo_beside import NoDialogs, beside, copied, practised
from victim_id.ui.desk import Desk
from victim_id.ui.door import Door
from victim_id.ui.pages.asked import Given
from victim_id.ui.pages.first_start import NewVault
from victim_id.ui.pages.interview import InterviewPage
from victim_id.ui.pages.own_view import OwnViewPage
from victim_id.ui.pages.show import ShowPage
from victim_id.ui.pages.start import Beginning, StartPage
from victim_id.ui.pages.unlock import UnlockPage
from victim_id.ui.remembered import Remembered
from victim_id.workspace import Workspace

PASSPHRASE = "made up for the demo, kept nowhere"  # noqa: S105  of vaults that are removed at the end
STORY = "restaurant_papers"
PATIENCE = 60_000
P = TypeVar("P", bound=QWidget)
Look: TypeAlias = Literal["light", "dark", "contrast"]


def demo(out: Path, profile: str, form_language: str, person_language: str) -> int:
    """Walks the case and gives the exit status; each step is printed with its time."""
    instrument = load(shipped("indicators"))
    if profile not in instrument.profile:
        raise WrongInput(f"profile {profile}", "is not there", f"please choose one of {', '.join(instrument.profile)}")
    language(form_language), language(person_language)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="victim-id-demo-") as place:
        walk = Walk(out, Path(place), instrument, profile, form_language, person_language)
        try:
            walk.go()
        finally:
            walk.close()
    return 0


class _Watched(Desk):
    """A desk whose bugs end the demo instead of showing the crash page."""

    bugs: list[BaseException]

    def crashed(self, bug: BaseException) -> None:
        self.bugs.append(bug)


class Walk:
    """One demo: a worker's laptop, a receiving cell, and what is left of both."""

    def __init__(self, out: Path, place: Path, instrument: Instrument, profile: str, form: str, person: str) -> None:
        self.out, self.place, self.instrument = out, place, instrument
        self.profile, self.form, self.person = profile, form, person
        self.sizes: tuple[tuple[int, int], ...] = ((1366, 768),)
        self.theme: Look = "light"
        found = QApplication.instance()
        self.app = found if isinstance(found, QApplication) else application(["victim-id"])
        self.steps: list[dict[str, object]] = []
        self.pictures = 0
        self.bugs: list[BaseException] = []
        self.desk: Desk | None = None

    def go(self) -> None:
        """Does every step of the flow."""
        with self.step("first start: a vault with its worker"):
            self.first_start()
        with self.step("lock and unlock"):
            self.unlock()
        with self.step("earlier training cases"):
            self.fill_the_list()
        with self.step("begin a talk"):
            self.begin()
        with self.step("interview, every answer saved as it is given"):
            self.interview()
        with self.step("own view, then the assessment"):
            self.assess()
        with self.step("people, recovery, backup, keeping"):
            self.keep()
        with self.step("the receiving cell and its key"):
            self.make_cell()
        with self.step("referral, consent and seal"):
            self.refer()
        with self.step("what lies beside a talk"):
            beside(self)
        with self.step("inbox of the cell"):
            self.receive()
        with self.step("preferences, and the dark look"):
            self.prefer()
        with self.step("sheet for the person"):
            self.for_the_person()
        with self.step("a story, practised without a vault"):
            practised(self, STORY)
        (self.out / "demo.json").write_bytes(encode({"steps": self.steps}) + b"\n")
        print(
            f"left in {self.out}: referral.pdf, record.json, package.age, recipient-key.txt, demo.json, {self.pictures} pictures"
        )

    def close(self) -> None:
        if self.desk is not None:
            self.desk.ask.close(5000, lambda space: space.close())
            self.desk.shell.hide()

    # ---- the steps

    def first_start(self) -> None:
        self.desk = self._desk("vault")
        self.look("first-start")
        self.desk.create(NewVault(PASSPHRASE, "A. Weber", "", "Inspection (demo)", self.profile, self.form))
        self.settle()
        wishes = Preferences(
            language=self.form, profile=self.profile, organisation="Inspection (demo)", theme=self.theme
        )
        self.ask(lambda space: space.set_preferences(wishes))

    def _wishes(self, theme: Look) -> Preferences:
        return Preferences(language=self.form, profile=self.profile, organisation="Inspection (demo)", theme=theme)

    def unlock(self) -> None:
        self.again()
        page = self._page(UnlockPage)
        self.look("unlock")
        page.unlock.emit(PASSPHRASE + "?")
        self.settle()
        self.look("unlock-wrong")
        page.unlock.emit(PASSPHRASE)
        self.settle()

    def fill_the_list(self) -> None:
        stories = [case for case in self._stories() if case.id != STORY][:: len(self._stories()) // 9]

        def deed(space: Workspace) -> None:
            from victim_id.casework.arrangement import Start  # noqa: PLC0415

            for number, story in enumerate(stories):
                start = Start(
                    setting=story.setting,
                    age=story.age,
                    forms=story.forms,
                    place=story.title,
                    talk=Talk(alone=True, language="common"),
                )
                case = space.caseload.begin(start)
                for told in answers_of(story, self.instrument).values():
                    for given in told:
                        case = space.caseload.answer(case.id, given)
                if number % 3:
                    space.caseload.view(case.id, "unsure", "")

        self.ask(deed)
        assert self._desk_now.signed_in is not None
        self._desk_now.signed_in.cases()
        self.settle()
        self.look("cases")

    def begin(self) -> None:
        desk = self._desk_now
        assert desk.signed_in is not None
        desk.signed_in.new()
        self.look("start")
        page = self._page(StartPage)
        talk = Talk(alone=True, language="neutral_interpreter", by_phone=True)
        before = ("alone", "interpreter", "told", "doctor", "phone", "report")
        page.begun.emit(Beginning("workplace", False, "adult", self.person, "Restaurant, Esch", before, talk, True))
        self.settle()

    def interview(self) -> None:
        page = self._page(InterviewPage)
        story = next(case for case in self._stories() if case.id == STORY)
        answers = answers_of(story, self.instrument)
        for number, told in enumerate(answers.values()):
            for given in told:
                page.question.emit(given.question)
                if given.value != "not_applicable":
                    page.given.emit(
                        Given(given.question, given.value, given.source, given.number, given.chosen, given.words)
                    )
                if number == len(answers) // 2:
                    self.settle()
                    self.look("interview")
        self.settle()
        page.question.emit("control.papers")
        self.settle()
        self.look("interview-papers")
        page.show_person.emit()
        self.settle()
        screen = self._page(ShowPage)
        screen._begin("1234")  # noqa: SLF001  the number that is typed on entering
        self.look("show-to-the-person")
        screen.returned.emit()
        self.settle()

    def assess(self) -> None:
        signed_in = self._desk_now.signed_in
        assert signed_in is not None
        signed_in.view()
        self.look("own-view")
        self._page(OwnViewPage).viewed.emit(
            "presumed_victim", "The boss answered for him until we were alone; then he spoke freely."
        )
        self.settle()
        self.look("assessment")
        case = signed_in.talks.case
        assert case is not None
        self.ask(
            lambda space: space.caseload.view(
                case.id, "presumed_victim", "The passport is in the safe; the pay does not fit the hours."
            )
        )

    def make_cell(self) -> None:
        preferences = Preferences(
            organisation="INFOTRAITE (demo)", organisation_type="ngo", role="coordination", profile=self.profile,
            language=self.form, theme=self.theme,
        )  # fmt: skip
        cell = Workspace.create(self.place / "cell", PASSPHRASE, "C. Muller", preferences, now=_now)
        self.card = cell.post.card_file()
        cell.close()

    def refer(self) -> None:
        desk = self._desk_now
        assert desk.signed_in is not None
        case = desk.signed_in.talks.case
        assert case is not None
        recipient = self._recipient()
        self.ask(lambda space: space.post.learn_recipient(recipient, self.card))
        given = Consent(recipient=recipient, answer="yes", told=True, told_in=self.person, form="spoken")
        self.ask(lambda space: space.caseload.consent(case.id, given))
        entries = {
            "E1": "yes",
            "E4.phone": "+352 621 000 000",
            "E4.hours": "18–20",
            "E4.safe": "yes",
            "D4.band": "25_29",
            "D10.needed": "yes",
            "E6.kind": "workplace",
            "H1": "man",
        }
        self.ask(lambda space: space.caseload.details(case.id, entries))
        changed = self.ask(lambda space: space.caseload.case(case.id))
        assert isinstance(changed, Case)
        desk.signed_in.talks.changed(changed)
        desk.signed_in.refer()
        self.settle()
        letters = desk.signed_in.letters
        letters._choose((recipient,))  # noqa: SLF001  as the page's own signal does
        letters._speak(self.form)  # noqa: SLF001  as above
        self.settle()
        self.look("referral")
        letters.seal_into(self.place)
        self.settle()
        (sealed,) = self.place.glob("*.age")
        self.sealed = sealed.rename(self.out / "package.age")

    def receive(self) -> None:
        self.close()
        self.desk = self._desk("cell")
        self._page(UnlockPage).unlock.emit(PASSPHRASE)
        self.settle()
        assert self.desk.signed_in is not None
        self.desk.signed_in.letters.show_inbox()
        self.desk.signed_in.letters.open_files([self.sealed])
        self.settle()
        self.look("inbox")

        def keep(space: Workspace) -> None:
            package = space.post.open_package(self.sealed.read_bytes()).package
            (self.out / "referral.pdf").write_bytes(package.parts["referral.pdf"])
            (self.out / "record.json").write_bytes(package.parts["record.json"])
            key = self.out / "recipient-key.txt"
            key.touch(0o600)
            key.write_bytes(identity_file(space.post.own_identity(), moment(_now())))

        self.ask(keep)

    def keep(self) -> None:
        signed_in = self._desk_now.signed_in
        assert signed_in is not None
        signed_in.go("recovery")
        signed_in.keeper.make()
        for place in ("people", "recovery", "backup", "care"):
            signed_in.go(place)
            self.look(place)
        copied(self)

    def prefer(self) -> None:
        desk = self._desk_now
        assert desk.signed_in is not None
        desk.signed_in.arranging.show()
        self.settle()
        self.look("preferences")
        self.close()
        self.desk = self._desk("vault", theme="dark")
        self.look("unlock-dark")
        self._page(UnlockPage).unlock.emit(PASSPHRASE)
        self.settle()
        self._desk_now.arrange(self._wishes("dark"))
        self.ask(lambda space: space.set_preferences(self._wishes("dark")))
        assert self.desk.signed_in is not None
        self.look("cases-dark")
        case = self.ask(lambda space: space.caseload.cases(text="Restaurant, Esch", state="referred")[0].id)
        self.desk.signed_in.open(str(case))
        self.settle()
        self.look("assessment-dark")
        self.desk.signed_in.talks.go_to("control.papers")
        self.settle()
        self.look("interview-dark")

    def for_the_person(self) -> None:
        folder = self.out / "person"
        folder.mkdir(exist_ok=True)
        (folder / "rights.pdf").write_bytes(rights(self.instrument, language(self.person), Faces(shipped("fonts"))))

    # ---- how it is done

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Does one step, prints it with its time, and ends the walk when a page failed."""
        began = time.perf_counter()
        yield
        if self.bugs:
            raise self.bugs[0]
        milliseconds = round((time.perf_counter() - began) * 1000)
        self.steps.append({"step": name, "ms": milliseconds})
        print(f"{name}: {milliseconds} ms", flush=True)

    def open_another(self, vault: str) -> Desk:
        """Closes the desk and opens one over another vault, or over none."""
        self.close()
        self.desk = self._desk(vault)
        return self.desk

    def again(self) -> None:
        """Begins a fresh desk over the same vault, as the door does after a lock."""
        self.close()
        self.desk = self._desk("vault")

    def look(self, name: str) -> None:
        """Draws the window into a picture, in every size."""
        self.settle()
        folder = self.out / "pages"
        folder.mkdir(exist_ok=True)
        self.pictures += 1
        shell = self._desk_now.shell
        for number, (width, height) in enumerate(self.sizes):
            shell.resize(width, height)
            self.settle()
            end = f"-{width}x{height}" if number else ""
            if not shell.grab().save(str(folder / f"{self.pictures:02d}-{name}{end}.png")):
                raise Machine(str(folder), "the picture could not be written")

    def settle(self) -> None:
        """Lets the window's and the workspace's threads do all that was asked."""
        deadline = QDeadlineTimer(PATIENCE)
        for _ in range(3):
            while True:
                self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
                if not self._desk_now.ask.waiting or deadline.hasExpired():
                    break
                time.sleep(0.002)
        if deadline.hasExpired():
            raise Machine("window", "did not come to rest")

    def _desk(self, vault: str, theme: Look | None = None) -> Desk:
        theme = theme or self.theme
        remembered = Remembered(self.place / f"{vault}-{theme}.toml")
        remembered.keep(language=self.form, country=self.profile, theme=theme)
        desk = _Watched(self.app, Door(self.place / vault, _now, remembered, lambda: None, NoDialogs))
        desk.bugs = self.bugs
        desk.open()
        return desk

    def ask(self, deed: Callable[[Workspace], object]) -> object:
        """Does a deed in the workspace's thread and waits for it."""
        found: list[object] = []

        def refused(failure: Exception) -> None:
            self.bugs.append(failure)

        self._desk_now.ask.change(deed, found.append, refused, self._desk_now)
        self.settle()
        if self.bugs:
            raise self.bugs[0]
        return found[0]

    @property
    def _desk_now(self) -> Desk:
        assert self.desk is not None
        return self.desk

    def _page(self, kind: type[P]) -> P:
        page = self._desk_now.shell.page(self._desk_now.shell.here)
        assert isinstance(page, kind), page
        return page

    def _stories(self) -> tuple[TrainingCase, ...]:
        english = load_training(shipped("indicators") / "training", self.instrument)
        return tuple(wording.training_case(language(self.form), one) for one in english)

    def _recipient(self) -> str:
        own = [
            one
            for one in self.instrument.recipients
            if one.country == self.profile and one.purpose == "assistance" and one.variant
        ]
        return (own or [one for one in self.instrument.recipients if one.purpose == "assistance" and one.variant])[0].id


def _now() -> datetime:
    return datetime.now(UTC)
