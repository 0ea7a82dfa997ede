"""The demo's pictures of what lies beside a talk: guide, contacts, deadlines, and a story practised without a vault."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from victim_id.access.checked import Check
from victim_id.casework.deadlines import BEGAN, END
from victim_id.ui.pages.access import AccessPage

if TYPE_CHECKING:
    from victim_id.ui.demo import Walk

LEFT_OUT = "control.papers"
"""The question that is not asked, so that the feedback has something to say."""
DAY, LAST = "2026-11-21", "2027-02-19"


class NoDialogs:
    """In a demo nobody chooses a folder: what would open a dialog opens nothing."""

    def __init__(self, _over: QWidget) -> None:
        pass

    def folder(self, _title: str, _then: Callable[[Path], None]) -> None:
        pass

    def files(self, _title: str, _kinds: str, _then: Callable[[list[Path]], None]) -> None:
        pass

    def save(self, _title: str, _name: str, _then: Callable[[Path], None]) -> None:
        pass

    def printer(self, _title: str, _then: Callable[..., None]) -> None:
        pass


def beside(walk: "Walk") -> None:
    """Shows the pages beside the talk that is open, and goes back to it."""
    desk = walk.desk
    assert desk is not None
    assert desk.signed_in is not None
    signed_in = desk.signed_in
    signed_in.go("contacts")
    walk.look("contacts")
    case = signed_in.talks.case
    assert case is not None
    changed = walk.ask(lambda space: space.caseload.details(case.id, {BEGAN: DAY, END: LAST}))
    signed_in.talks.changed(changed)  # type: ignore[arg-type]  # what `details` gives
    signed_in.around.steps()
    walk.look("steps")
    desk.guide()
    walk.look("guide")
    desk.shell.take_off()


def copied(walk: "Walk") -> None:
    """Opens the copy for a person as it would be handed over, after both checks."""
    desk = walk.desk
    assert desk is not None
    assert desk.signed_in is not None
    handing = desk.signed_in.handing
    case = walk.ask(lambda space: space.caseload.cases("", "", 0, 1, "changed")[0].id)
    others = {"J3.name": "Taverne Bakker", "E8": "The street of the Taverne Bakker, and Bakker’s brother"}
    walk.ask(lambda space: space.caseload.details(str(case), others))
    handing.show([str(case)])
    walk.settle()
    page = desk.shell.page("access")
    assert isinstance(page, AccessPage)
    page.go.emit(Check(known=("talk",), alone=True, wanted=True, unseen=True, kept="lawyer"), ())
    walk.settle()
    walk.look("access")


def practised(walk: "Walk", story: str) -> None:
    """Practises one story in a window of its own: the stories, the talk, and the feedback."""
    desk = walk.open_another("practice")
    desk.practise()
    walk.look("practice")
    practising = desk.practising
    assert practising is not None
    practising.begin_story(story)
    walk.look("practice-talk")
    assert practising.story is not None
    for question in practising.story.answers:
        practising.talks.go_to(question)
        if question != LEFT_OUT:
            practising.answer_as_told()
    walk.settle()
    practising.view()
    practising.viewed("unsure", "The hours and the pay do not fit; I did not ask about the papers.")
    walk.look("practice-feedback")
