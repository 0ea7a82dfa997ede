"""The screen that the person sees: it is shown with a PIN, answers are written down as said, and nothing else is seen."""

from PySide6.QtCore import QObject

from victim_id.instrument.shapes import Question
from victim_id.ui import asking
from victim_id.ui.bench import Bench
from victim_id.ui.pages.show import ShowPage
from victim_id.ui.talks import Talks


class PersonScreen(QObject):
    """Connects the show page with the talk."""

    def __init__(self, bench: Bench, talks: Talks) -> None:
        super().__init__()
        self._bench, self._talks = bench, talks
        talks.show_person.connect(self.show)

    def page(self) -> ShowPage:
        """Builds the page that the person sees."""
        page = ShowPage(self._bench.language)
        page.answered.connect(self._answered)
        page.stopped.connect(self._stopped)
        page.not_alone.connect(self._not_alone)
        page.returned.connect(self._returned)
        page.locked.connect(self._bench.shell.lock)
        return page

    def show(self) -> None:
        """Shows the question of the talk to the person, full screen; the idle lock waits while they read."""
        talks, question = self._talks, self._for_person()
        if question is None:
            words = self._bench.language.say(
                "This question is not one to show. Choose one that is asked of the person."
            )
            self._bench.shell.say(words)
            return
        shown = asking.shown_question(question, talks.instrument, talks.person)
        self._page.enter(asking.person_words(talks.instrument, talks.person), shown)
        self._bench.shell.reading = True
        self._bench.shell.show_page("show", alone=True)
        self._bench.shell.showFullScreen()

    @property
    def _page(self) -> ShowPage:
        page = self._bench.shell.page("show")
        assert isinstance(page, ShowPage)  # the desk builds it
        return page

    def _for_person(self) -> Question | None:
        question = self._talks.walk.question if self._talks.walk is not None else None
        fits = question is not None and question.of == "person" and question.kind in asking.SHOWN
        return question if fits else None

    def _answered(self, question: str, key: str) -> None:
        talks = self._talks
        talks.give(asking.given_by_person(talks.instrument.question[question], key))
        while talks.walk is not None and talks.walk.next():
            found = self._for_person()
            if found is not None:
                self._page.ask(asking.shown_question(found, talks.instrument, talks.person))
                return
        self._page.thank()

    def _stopped(self) -> None:
        self._page.ask(self._talks.text("show.stopped"))
        self._talks.person_stops()

    def _not_alone(self) -> None:
        self._page.ask(self._talks.text("cover.start"))
        self._talks.hold(self._talks.talk_with(alone=False))

    def _returned(self) -> None:
        self._bench.shell.reading = False
        self._bench.shell.showNormal()
        self._talks.resume()
