"""Before a talk: a new one, or the next person of a visit; connects the start page with what begins a case."""

from PySide6.QtCore import QObject, Signal

from victim_id.casework.visit import site_facts
from victim_id.ui.bench import Bench, find_languages
from victim_id.ui.pages.start import Beginning, SettingRow, StartPage
from victim_id.ui.talks import Talks


class Starting(QObject):
    """Builds the start page and begins what is chosen there. Emits `left` when nothing is begun."""

    left = Signal()

    def __init__(self, bench: Bench, talks: Talks) -> None:
        super().__init__()
        self._bench, self._talks, self._visit = bench, talks, ""
        talks.next_person.connect(self.next_person)

    def page(self) -> StartPage:
        """Builds the page before a talk."""
        language = self._bench.language
        rows = [
            SettingRow(
                setting.id,
                language.content("worker", f"setting.{setting.id}.label", setting.label),
                self._setting_note(setting.id),
            )
            for setting in self._bench.instrument.settings
        ]
        page = StartPage(language, rows, find_languages(language))
        page.begun.connect(self._begin)
        page.refused.connect(self._refused)
        page.left.connect(self.left)
        return page

    def new(self, *, quick: bool = False) -> None:
        """Shows the page before a talk; a visit that was to go on is forgotten."""
        if self._visit:
            self._visit = ""
            self._bench.shell.forget("start")
        self._show().quick.setChecked(quick)

    def next_person(self) -> None:
        """Prepares a talk with another person of the same visit, who gets a case of their own."""
        case = self._talks.case
        if case is None:
            return
        self._talks.put_down()
        self._bench.shell.forget("start")
        self._visit = case.id
        self._show().go_on(case.place, case.setting, len(site_facts(self._talks.instrument, case).answers))

    def _show(self) -> StartPage:
        page = self._bench.shell.show_page("start", rail="interview")
        assert isinstance(page, StartPage)  # built above
        return page

    def _begin(self, chosen: Beginning) -> None:
        visit, self._visit = self._visit, ""
        self._talks.begin(chosen, visit)

    def _refused(self) -> None:
        self._bench.shell.forget("start")
        self._bench.ask.change(lambda space: space.caseload.count_refusal(), lambda _: None, self._bench.failed, self)
        self._bench.shell.say(self._bench.language.say("Nothing was written down about this person."))
        self.left.emit()

    def _setting_note(self, setting: str) -> str:
        found, language = self._bench.instrument.setting[setting], self._bench.language
        note = language.content("worker", f"setting.{setting}.note", found.note)
        number = len(self._bench.instrument.questions(setting))
        return f"{note} {language.say_many('{n} question', '{n} questions', number)}"
