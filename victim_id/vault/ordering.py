"""Which lines of the list are meant, and in which order, as SQL over the indices of the list; values never stand in it."""

from collections.abc import Collection
from typing import Literal

from victim_id.record import Record

State = Literal["open", "referred", "closed"]
Sort = Literal["urgency", "changed", "level", "code", "place", "due", "setting", "kind", "child", "state"]

ORDERS: dict[Sort, str] = {
    # Danger now, child, other urgent sign, level, time: the score orders nobody.
    "urgency": "danger_now DESC, child DESC, urgent_other DESC, level_rank DESC, changed DESC",
    "changed": "changed DESC",
    "level": "level_rank DESC, changed DESC",
    "code": "code",
    "place": "place COLLATE NOCASE",
    "due": "due_order, danger_now DESC",
    "setting": "setting",
    "kind": "kind",
    "child": "child DESC",
    "state": "state_rank",
}
LISTED = "n, place, code, due_order, danger_now, child, urgent_other, level_rank, changed, setting, kind, state_rank"
"""The columns that some order needs."""
_BY_CHANGE = frozenset({"urgency", "changed", "level"})
"""Orders whose index knows when a case was changed."""
_CHANGED = {"changed_from": ">=", "changed_before": "<"}
_APART = "[\x01-/:-@[-`{-\x7f]"
"""What stands between words for the index of words: every ASCII character that is no letter and no digit."""
MANY = 8_000
"""From so many cases on it is quicker to ask each line of the order than to collect them first (measured at 100 000)."""


class Filter(Record, kw_only=True):
    """Which cases are meant; None means all, an empty `setting`, `level` or `kind` those that have none.

    `kind` is one of the kinds of a case; `due_by` is a time: cases with a due date up to and including it;
    `changed_from` and `changed_before` are times as well. What lies under a seal is never taken for *none* or *no*.
    """

    state: State | None = None
    setting: str | None = None
    level: str | None = None
    kind: str | None = None
    child: bool | None = None
    due_by: str | None = None
    changed_from: str | None = None
    changed_before: str | None = None


ALL = Filter()


def probes(sort: Sort, only: Filter, asked: str) -> dict[str, tuple[str, object]]:
    """Gives how to find out which terms hold for many cases: a query that gives MANY then, and its value."""
    found: dict[str, tuple[str, object]] = {}
    if asked and "(" not in asked:  # what may be written in several ways is always found first
        found["asked"] = (f"SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT {MANY})", asked)  # noqa: S608
    for name, sign in _CHANGED.items():
        moment = getattr(only, name)
        if moment is not None and sort not in _BY_CHANGE:
            some = f"SELECT 1 FROM main.cases INDEXED BY cases_changed WHERE changed {sign} ? LIMIT {MANY}"  # noqa: S608
            found[name] = (f"SELECT count(*) FROM ({some})", moment)  # noqa: S608  our own words
    return found


def listing(
    sort: Sort, only: Filter, asked: str, *, wide: Collection[str] = (), merged: bool = False
) -> tuple[str, tuple[object, ...]]:
    """Gives the SELECT of the numbers of the cases that are meant, and its values.

    `asked` are words for the index of words, or nothing; `wide` names the terms that hold for many cases: those are
    looked up for each line of the order, the others are found first. `merged` adds the lines unsealed in memory.
    """
    shared, values = _where(sort, only, asked, wide)
    if not merged:
        return f"SELECT n FROM main.cases INDEXED BY cases_{sort} WHERE {shared}", values  # noqa: S608  our own words
    unsealed, theirs = _where("changed", only, asked, (), index="unsealed_words")
    return (
        f"""SELECT {LISTED} FROM main.cases INDEXED BY cases_{sort} WHERE {shared} AND n NOT IN (SELECT n FROM temp.unsealed)
        UNION ALL SELECT {LISTED} FROM temp.unsealed WHERE {unsealed}""",  # noqa: S608  our own words
        (*values, *theirs),
    )


def order_by(sort: Sort, *, backwards: bool) -> str:
    """Gives the terms of an order, the newest case first among equals where that is not said."""
    order = f"{ORDERS[sort]}, n" + (" DESC" if sort in {"setting", "kind", "child", "state"} else "")
    if not backwards:
        return order
    return ", ".join(
        term.removesuffix(" DESC") if term.endswith(" DESC") else f"{term} DESC" for term in order.split(", ")
    )


def _where(
    sort: Sort, only: Filter, asked: str, wide: Collection[str], index: str = "words"
) -> tuple[str, tuple[object, ...]]:
    terms, values = ["true"], list[object]()

    def term(sql: str, *more: object) -> None:
        terms.append(sql)
        values.extend(more)

    for column in ("state", "setting", "level", "child"):
        wanted = getattr(only, column)
        if wanted == "":
            term(f"{column} IS NULL")
        elif wanted is not None:
            term(f"{column} = ?", wanted)
    if only.kind is not None:
        term("instr(kind, ?)" if only.kind else "kind = ?", only.kind)
    if only.due_by is not None:
        term("due <= ?", only.due_by)
    if "" in {only.setting, only.level} or only.child is False or only.changed_before is not None:
        term("kind IS NOT NULL")  # under a seal it is not known
    for name, sign in _CHANGED.items():
        moment = getattr(only, name)
        if moment is not None and (sort in _BY_CHANGE or name in wide):
            term(f"changed {sign} ?", moment)
        elif moment is not None:
            term(f"n IN (SELECT n FROM main.cases INDEXED BY cases_changed WHERE changed {sign} ?)", moment)  # noqa: S608  our own words
    if asked and "asked" in wide:
        phrases = asked.removesuffix("*").strip('"').split('" "')
        for place, phrase in enumerate(phrases, 1):
            behind = "" if place == len(phrases) else _APART
            text = f"SELECT ' ' || text || ' ' FROM {index} WHERE rowid = n"  # noqa: S608  our own words
            term(f"({text}) GLOB ?", f"*{_APART}{phrase}{behind}*")
    elif asked:
        term(f"n IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", asked)  # noqa: S608  our own words
    return " AND ".join(terms), tuple(values)
