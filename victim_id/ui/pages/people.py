"""Who can open the vault: one more worker, one less, and one's own passphrase. Nothing here is asked in a window of its own."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from victim_id.language import Language
from victim_id.ui.pages.leaving import Leaving
from victim_id.ui.pages.new_passphrase import NewPassphrase
from victim_id.ui.pages.places import PlacesBar, TwoColumns
from victim_id.ui.widgets.buttons import DangerButton, LinkButton, PrimaryButton, SecondaryButton
from victim_id.ui.widgets.fields import Labelled, LineField, SecretField, Tick
from victim_id.ui.widgets.notes import InlineNote, Sign, Sorry
from victim_id.ui.widgets.surfaces import Card, column, empty, flow, plain, row
from victim_id.ui.widgets.words import Elided, Words


class PersonRow(NamedTuple):
    """Somebody who can open the vault: since when in words, and whether it is who is signed in.

    `alone` counts the limited cases that no other worker can read, `lost` those of them that the sheets cannot either.
    """

    id: str
    name: str
    since: str
    me: bool
    alone: int = 0
    lost: int = 0


class PeoplePage(Leaving):
    """Emits `added` with a name and a passphrase, `changed` with the present and the new one, `removed` with a worker
    and whether cases may be left that only the sheets open.
    """

    added = Signal(str, str)
    changed = Signal(str, str)
    removed = Signal(str, bool)
    renew = Signal()
    place = Signal(str)

    def __init__(self, language: Language, organisation: str = "") -> None:
        super().__init__("page")
        self._language, self._people = language, list[PersonRow]()
        say = language.say
        self._list = column(gap=4)
        self.note = InlineNote("amber")
        self.note.asked.connect(self.renew)
        self.name = LineField(say("Name"))
        self._named = Labelled(say("Name"), self.name)
        self.new = NewPassphrase(language, lambda: [self.name.text(), organisation])
        self.add = PrimaryButton(say("Add"))
        self.present = SecretField(
            say("Your present passphrase"), say("Show the passphrase"), say("Hide the passphrase")
        )
        self._present = Labelled(say("Your present passphrase"), self.present)
        self.mine = NewPassphrase(
            language, lambda: [organisation, *(one.name for one in self._people)], name=say("New passphrase")
        )
        self.change = PrimaryButton(say("Change my passphrase"))
        first = (
            Card(
                Words(say("Who can open this vault"), size="lead", bold=True),
                Words(say("Everybody has a passphrase of their own. Names stand only inside the vault."), role="muted"),
                4,
                self._list,
                self.note,
                gap=6,
            ),
            self._card(
                say("Your passphrase"),
                say("The old one opens nothing any more, except in backups made before."),
                self._present,
                self.mine,
                self.change,
            ),
        )
        second = (
            self._card(
                say("Add a worker"),
                say("Let them type their own passphrase here, unseen. They may change it later."),
                self._named,
                self.new,
                self.add,
            ),
        )
        bar = PlacesBar(language, "people")
        bar.chosen.connect(self.place)
        self.setLayout(column(bar, TwoColumns(first, second), gap=0))
        self.add.clicked.connect(self._add)
        self.new.entered.connect(self._add)
        self.name.returnPressed.connect(self.new.first.setFocus)
        self.change.clicked.connect(self._change)
        self.mine.entered.connect(self._change)
        self.present.returnPressed.connect(self.mine.first.setFocus)

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """Shows who can open the vault; forms are ready for the next."""
        self._people = list(people)
        empty(self._list)
        for one in people:
            self._list.addWidget(_Person(self._language, one, self.removed.emit, alone=len(people) == 1))
        self._wait(busy=False)

    def was_added(self) -> None:
        """Empties the form for one more worker."""
        self.name.clear()
        self.note.say("")
        self.name.setFocus()

    def was_removed(self, name: str) -> None:
        """Says what follows from taking a way in away."""
        say = self._language.say
        self.note.say(
            say("{name} cannot open this vault any more.", name=name),
            say("Whoever kept an old copy of it could still open that copy. A new key for the vault ends this."),
            say("Give the vault a new key"),
        )

    def was_changed(self) -> None:
        """Is ready for another change."""
        self._wait(busy=False)

    def complain_add(self, message: Sorry, *, passphrase: bool) -> None:
        """Says why nobody was added, where it is."""
        self._wait(busy=False)
        if passphrase:
            self.new.complain(" ".join(message))
        else:
            self._named.complain(" ".join(message))

    def complain_change(self, message: Sorry, *, present: bool) -> None:
        """Says why the passphrase was not changed, where it is."""
        self._wait(busy=False)
        if present:
            self._present.complain(" ".join(message))
            self.present.setFocus()
        else:
            self.mine.complain(" ".join(message))

    def complain_remove(self, message: Sorry) -> None:
        """Says why a way in was not taken away."""
        self.note.say(*message)

    def _card(self, title: str, note: str, *parts: QWidget) -> Card:
        *fields, button = parts
        return Card(
            Words(title, size="lead", bold=True), Words(note, role="muted"), 4, *fields, 4, plain(flow(button)), gap=6
        )

    def _add(self) -> None:
        say, name = self._language.say, self.name.text().strip()
        self._named.complain("")
        if not name:
            self._named.complain(say("Please give a name."))
            self.name.setFocus()
        elif name.casefold() in {one.name.casefold() for one in self._people}:
            self._named.complain(say("Somebody of this name is here already. Add something that tells them apart."))
            self.name.setFocus()
        elif self.add.isEnabled() and (passphrase := self.new.take()):
            self._wait(busy=True)
            self.added.emit(name, passphrase)

    def _change(self) -> None:
        present = self.present.text()
        self._present.complain("")
        if not present:
            self._present.complain(self._language.say("Please type your present passphrase first."))
            self.present.setFocus()
        elif self.change.isEnabled() and (passphrase := self.mine.take()):
            self.present.clear()
            self.present.conceal()
            self._wait(busy=True)
            self.changed.emit(present, passphrase)

    def _wait(self, *, busy: bool) -> None:
        for button in (self.add, self.change):
            button.setEnabled(not busy)


class _Person(QWidget):
    def __init__(self, language: Language, one: PersonRow, remove: Callable[[str, bool], None], *, alone: bool) -> None:
        super().__init__()
        say = language.say
        who = say("{since} · you", since=one.since) if one.me else one.since
        words = column(Elided(one.name, bold=True), Words(who, size="small", role="muted"), gap=0)
        line = row(Sign("person", "accent" if one.me else "muted", 20), words, gap=12)
        line.setStretch(1, 1)
        inside = column(line, gap=6, margins=(0, 4, 0, 4))
        self.setLayout(inside)
        if one.me or alone:
            return
        link = LinkButton(say("Remove…"), name=f"{one.name}: {say('Remove…')}", role="muted", underline=True)
        line.addWidget(link)
        keep = SecondaryButton(say("Keep"), name=say("Keep {name}", name=one.name))
        take = DangerButton(say("Remove {name}", name=one.name))
        warned, tick = _warned(language, one)
        if tick is not None:
            take.setEnabled(False)
            tick.toggled.connect(take.setEnabled)
        sure = Card(
            Words(say("Take the way in of {name} away?", name=one.name), bold=True),
            Words(say("What they wrote stays, with their name in the history. Their passphrase opens nothing here.")),
            *warned,
            plain(flow(keep, take)),
            tone="urgent",
            gap=6,
            pad=14,
        )
        sure.hide()
        inside.addWidget(sure)

        def ask(*, open_: bool) -> None:
            sure.setVisible(open_)
            link.setVisible(not open_)
            (keep if open_ else link).setFocus()

        link.clicked.connect(lambda: ask(open_=True))
        keep.clicked.connect(lambda: ask(open_=False))
        take.clicked.connect(lambda: remove(one.id, tick is not None))


def _warned(language: Language, one: PersonRow) -> tuple[list[QWidget], Tick | None]:
    """Says what nobody will read any more, and gives the tick that it is meant; nothing for who leaves no such case."""
    if not one.alone:
        return [], None
    say, say_many = language.say, language.say_many
    words = [
        say_many(
            "They alone can read {n} limited case. They may let others read it first.",
            "They alone can read {n} limited cases. They may let others read them first.",
            one.alone,
        ),
        say_many(
            "Not even the recovery sheets open {n} of them: it can never be read again.",
            "Not even the recovery sheets open {n} of them: they can never be read again.",
            one.lost,
        )
        if one.lost
        else "",
    ]
    tick = Tick(say("I know: nobody but who holds the recovery sheets will be able to read them"), checked=False)
    return [*(Words(text, role="urgent") for text in words if text), tick], tick
