"""What is wanted of the list of cases: filters as chips that can be taken off, and the order; in the worker's words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from victim_id import wording
from victim_id.language import Language, to_say
from victim_id.ui.widgets.buttons import LinkButton
from victim_id.ui.widgets.choices import Pill
from victim_id.ui.widgets.finder import Find, Finder
from victim_id.ui.widgets.surfaces import Flow


class Wanted(NamedTuple):
    """Which cases, found by which words, in which order; an empty filter is none. It is kept in memory only."""

    state: str = "open"
    text: str = ""
    setting: str = ""
    level: str = ""
    kind: str = ""
    child: str = ""
    due: str = ""
    changed: str = ""
    sort: str = "urgency"
    backwards: bool = False


class Order(NamedTuple):
    """An order of the list, and its words forwards and backwards; one without the latter goes one way only."""

    sort: str
    words: str
    backwards: str = ""


FILTERS = ("setting", "level", "kind", "child", "due", "changed")
NONE = "none"
"""The choice of a filter for what is not there yet: no level, no kind."""
ORDERS = (
    Order("urgency", to_say("Most urgent first"), to_say("Least urgent first")),
    Order("changed", to_say("Last changed first"), to_say("Longest unchanged first")),
    Order("due", to_say("Soonest due first")),
    Order("level", to_say("Highest level first"), to_say("Lowest level first")),
    Order("child", to_say("Children first"), to_say("Adults first")),
    Order("kind", to_say("By kind"), to_say("By kind, from the end")),
    Order("setting", to_say("By setting"), to_say("By setting, from the end")),
    Order("state", to_say("Open cases first"), to_say("Closed cases first")),
    Order("place", to_say("By place, A to Z"), to_say("By place, Z to A")),
    Order("code", to_say("By code, 0 to Z"), to_say("By code, Z to 0")),
)
_LEVELS = ("strong", "indications", "open", "exploitation", "few", "quick", NONE)


def order_words(language: Language, wanted: Wanted) -> str:
    """Gives the order in words."""
    order = next(one for one in ORDERS if one.sort == wanted.sort)
    return language.say(order.backwards if wanted.backwards else order.words)


class FilterRow(QWidget):
    """Offers order and filters and shows what holds. Emits `chosen` with the whole of what is wanted."""

    chosen = Signal(object)

    def __init__(self, language: Language, settings: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        say = self._say = language.say
        self._language, self._wanted = language, Wanted()
        self._heads, self._choices = _offered(language, settings)
        self._flow = Flow(self, 8, 0)
        self.order = Pill("", "down", name=say("Order"))
        self.add = Pill(say("Filter"), "plus")
        self.clear = LinkButton(say("Clear the filters"), size="small", underline=True)
        self._chips: dict[str, Pill] = {}
        self._flow.addWidget(self.order)
        self._flow.addWidget(self.add)
        self._flow.addWidget(self.clear)
        orders = [
            Find(f"{one.sort} {way}", say(words))
            for one in ORDERS
            for way, words in (("", one.words), ("backwards", one.backwards))
            if words
        ]
        filters = [
            Find(f"{name} {key}", wording.labelled(language, self._heads[name], words))
            for name in FILTERS
            for key, words in self._choices[name].items()
        ]
        self._orders = Finder(say("Order"), say("Search an order"), orders, self)
        self._filters = Finder(say("Filter"), say("Search a filter"), filters, self)
        self._orders.found.connect(self._order)
        self._filters.found.connect(self._filter)
        self.order.clicked.connect(lambda: self._orders.open_below(self.order, self._key_of_order()))
        self.add.clicked.connect(lambda: self._filters.open_below(self.add))
        self.clear.clicked.connect(lambda: self._tell(cleared(self._wanted)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_wanted(self._wanted)

    def show_wanted(self, wanted: Wanted) -> None:
        """Shows what holds: the order, and a chip for every filter."""
        self._wanted = wanted
        words = order_words(self._language, wanted)
        self.order.say(words, name=wording.labelled(self._language, self._say("Order"), words))
        held = self.words(wanted)
        for name in [name for name in self._chips if name not in held]:
            gone = self._chips.pop(name)
            if gone.hasFocus():
                (next(iter(self._chips.values()), self.add)).setFocus(Qt.FocusReason.OtherFocusReason)
            gone.hide()
            self._flow.removeWidget(gone)
            gone.deleteLater()
        for name, text in held.items():
            chip = self._chips.get(name) or self._chip(name)
            chip.say(text, name=self._say("Take off: {filter}", filter=text))
        self.clear.setVisible(len(held) > 1)
        self.updateGeometry()

    def words(self, wanted: Wanted) -> dict[str, str]:
        """Gives each filter that holds in words, such as *Level: Indications*."""
        return {
            name: wording.labelled(self._language, self._heads[name], self._choices[name].get(key, key))
            for name in FILTERS
            if (key := getattr(wanted, name))
        }

    def _chip(self, name: str) -> Pill:
        chip = self._chips[name] = Pill("", "cross", held=True, parent=self)
        chip.clicked.connect(lambda: self._tell(_with(self._wanted, {name: ""})))
        self._flow.insert(1 + len(self._chips), chip)
        chip.show()
        return chip

    def _key_of_order(self) -> str:
        return f"{self._wanted.sort} {'backwards' if self._wanted.backwards else ''}"

    def _order(self, key: str) -> None:
        sort, way = key.split(" ")
        self._tell(self._wanted._replace(sort=sort, backwards=bool(way)))

    def _filter(self, found: str) -> None:
        name, key = found.split(" ", 1)
        self._tell(_with(self._wanted, {name: key}))

    def _tell(self, wanted: Wanted) -> None:
        self.show_wanted(wanted)
        self.chosen.emit(wanted)


def cleared(wanted: Wanted) -> Wanted:
    """Gives what is wanted without any filter."""
    return _with(wanted, dict.fromkeys(FILTERS, ""))


def turned(wanted: Wanted, sort: str) -> Wanted:
    """Gives what is wanted in another order; the same one once more goes backwards, where it can."""
    both_ways = any(one.sort == sort and one.backwards for one in ORDERS)
    return wanted._replace(sort=sort, backwards=wanted.sort == sort and not wanted.backwards and both_ways)


def _with(wanted: Wanted, filters: Mapping[str, str]) -> Wanted:
    return Wanted(**(wanted._asdict() | dict(filters)))


def _offered(
    language: Language, settings: Sequence[tuple[str, str]]
) -> tuple[Mapping[str, str], Mapping[str, dict[str, str]]]:
    """Gives the heads of the filters, and the words of each of their choices."""
    say = language.say
    heads = {
        "setting": say("Setting"), "level": say("Level"), "kind": say("Kind"), "child": say("Age"),
        "due": say("Due"), "changed": say("Last change"),
    }  # fmt: skip
    choices = {
        "setting": dict(settings),
        "level": {key: wording.level_short(language, key) for key in _LEVELS},
        "kind": {"labour": say("Labour"), "sexual": say("Sexual"), NONE: say("not said yet")},
        "child": {"yes": say("child, or age not sure"), "no": say("adult")},
        "due": {"today": say("today or before"), "week": say("within 7 days"), "any": say("with a date")},
        "changed": {
            "today": say("today"), "week": say("in the last 7 days"), "month": say("in the last 30 days"),
            "old": say("more than 30 days ago"),
        },
    }  # fmt: skip
    return heads, choices
