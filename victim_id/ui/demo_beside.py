"""The demo's pictures of what lies beside a talk: guide, contacts, deadlines, paper, and a story practised without a vault."""

from typing import TYPE_CHECKING

from victim_id.casework.deadlines import BEGAN, END

if TYPE_CHECKING:
    from victim_id.ui.demo import Walk

DAY, LAST = "2026-11-21", "2027-02-19"


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
    changed = walk.ask(lambda space: space.details(case.id, {BEGAN: DAY, END: LAST}))
    signed_in.talks.changed(changed)  # type: ignore[arg-type]  # what `details` gives
    signed_in.around.steps()
    walk.look("steps")
    desk.guide()
    walk.look("guide")
    desk.shell.take_off()


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
    for question in list(practising.story.answers)[:-4]:
        practising.talks.go_to(question)
        practising.answer_as_told()
    walk.settle()
    practising.view()
    practising.viewed("unsure", "The hours and the pay do not fit; I did not ask about the papers.")
    walk.look("practice-feedback")
