"""Cases in the vault: one JSON document each, listed by a few columns and found by their words.

What stands in a document beyond the columns of the list is not known here.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

from victim_id.errors import WrongInput
from victim_id.record import Record
from victim_id.vault.folding import fold, query
from victim_id.vault.history import History
from victim_id.vault.store import Row, Store

State = Literal["open", "referred", "closed"]
Sort = Literal["urgency", "changed", "level", "code", "place", "due"]

_COLUMNS = "id, code, state, setting, place, kind, level, urgent, danger_now, child, changed, asked, askable, next_step, due, limited, held"
_SORTS: dict[Sort, str] = {
    # Danger now, child, other urgent sign, level, time: the score orders nobody.
    "urgency": "danger_now DESC, child DESC, urgent_other DESC, level_rank DESC, changed DESC",
    "changed": "changed DESC",
    "level": "level_rank DESC, changed DESC",
    "code": "code",
    "place": "place COLLATE NOCASE, changed DESC",
    "due": "due_order, danger_now DESC",
}


class CaseRow(Record, kw_only=True):
    """One line of the list of cases."""

    id: str
    code: str
    state: str
    setting: str | None
    place: str | None
    kind: str | None
    level: str | None
    urgent: str | None
    danger_now: bool
    child: bool
    changed: str
    asked: int
    askable: int
    next_step: str | None
    due: str | None
    limited: bool
    held: str | None


class Filter(Record, kw_only=True):
    """Which cases are meant; None means all. `due_by` is a time: cases with a due date up to and including it."""

    state: State | None = None
    setting: str | None = None
    level: str | None = None
    kind: str | None = None
    child: bool | None = None
    due_by: str | None = None


class _Listed(msgspec.Struct):
    """The part of a case document that the list reads; everything else is left to its owner."""

    code: str
    state: State
    changed: str
    setting: str | None = None
    place: str | None = None
    kind: str | None = None
    level: str | None = None
    urgent: str | None = None
    danger_now: bool = False
    child: bool = False
    asked: int = 0
    askable: int = 0
    next_step: str | None = None
    due: str | None = None
    outcome: str | None = None


ALL = Filter()
_LISTED = _Listed.__struct_fields__


class Cases:
    """The cases of one open vault, seen and changed by one signed-in worker."""

    def __init__(self, store: Store, history: History, worker: str, *, practice: bool) -> None:
        self._store, self._history, self._worker, self._practice = store, history, worker, practice

    def put(
        self, case: str, document: bytes, *, deed: str, words: Iterable[str] = (), body: dict[str, object] | None = None
    ) -> None:
        """Stores a case document with its history line and its searchable words, durable when this returns.

        `words` are texts that search finds, beside code and place; `deed` and `body` are the history line.
        """
        listed = self._listed(case, document)
        with self._store.transaction():
            number = self._list(case, listed)
            self._store.run("INSERT OR REPLACE INTO documents (n, document) VALUES (?, ?)", number, document)
            self._index(number, [listed.code, listed.code.replace("-", ""), listed.place or "", *words])
            self._history.append(self._worker, deed, case, body)

    def read(self, case: str, *, deed: str = "read") -> bytes:
        """Gives a case document; that it was read, and by whom, is in the history."""
        with self._store.transaction():
            number = self._number(case)
            self._history.append(self._worker, deed, case)
            return bytes(self._store.value("SELECT document FROM documents WHERE n = ?", number))

    def window(
        self, *, offset: int = 0, limit: int = 100, sort: Sort = "urgency", only: Filter = ALL, backwards: bool = False
    ) -> list[CaseRow]:
        """Gives a window of the list, in the order of `sort` or backwards; cases without a due date come last."""
        where, values = _where(only)
        order = _SORTS[sort] + ", n"
        numbers = self._numbers(
            f"SELECT n FROM cases INDEXED BY cases_{sort} {where} ORDER BY {_reversed(order) if backwards else order} LIMIT ? OFFSET ?",  # noqa: S608  our own words
            *(*values, limit, offset),
        )
        return self._rows(numbers)

    def count(self, only: Filter = ALL) -> int:
        """Counts the cases that are meant."""
        where, values = _where(only)
        return int(self._store.value(f"SELECT count(*) FROM cases INDEXED BY cases_changed {where}", *values))  # noqa: S608  our own words

    def counts(self) -> dict[str, int]:
        """Counts the cases of each state."""
        return dict(self._store.rows("SELECT state, count(*) FROM cases INDEXED BY cases_state GROUP BY state"))

    def search(self, text: str, *, limit: int = 50, only: Filter = ALL) -> list[CaseRow]:
        """Gives cases with all the words typed, the last one possibly unfinished; the newest first, not ranked."""
        asked = query(text)
        if not asked:
            return []
        where, values = _where(only)
        return self._rows(
            self._numbers(
                f"""SELECT words.rowid FROM words CROSS JOIN cases ON n = words.rowid
                {where or "WHERE true"} AND words MATCH ? ORDER BY words.rowid DESC LIMIT ?""",  # noqa: S608  our own words
                *(*values, asked, limit),
            )
        )

    def ids(self) -> list[str]:
        """Gives the ids of all cases, the oldest first."""
        return [row[0] for row in self._store.rows("SELECT id FROM cases ORDER BY n")]

    def _listed(self, case: str, document: bytes) -> _Listed:
        try:
            listed = msgspec.json.decode(document, type=_Listed)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise WrongInput(case, "is not a case document that can be listed") from None
        if (listed.kind == "practice") != self._practice:
            raise WrongInput(case, "training cases and real cases are kept in different vaults")
        return listed

    def _list(self, case: str, listed: _Listed) -> int:
        """Writes the line of the list and gives its number; only what changed is written, so that other indices rest."""
        new = {name: getattr(listed, name) for name in _LISTED} | {
            name: getattr(listed, name) or None for name in ("level", "urgent", "next_step", "due")
        }
        row = self._store.one(f"SELECT n, {', '.join(_LISTED)} FROM cases WHERE id = ?", case)  # noqa: S608  our own words
        if row is None:
            self._store.run(
                f"INSERT INTO cases (id, {', '.join(_LISTED)}) VALUES (?{', ?' * len(_LISTED)})",  # noqa: S608
                *(case, *new.values()),
            )
            return self._number(case)
        changed = [name for name, old in zip(_LISTED, row[1:], strict=True) if old != new[name]]
        if changed:
            self._store.run(
                f"UPDATE cases SET {', '.join(f'{name} = ?' for name in changed)} WHERE n = ?",  # noqa: S608
                *(*(new[name] for name in changed), row[0]),
            )
        return int(row[0])

    def _number(self, case: str) -> int:
        number = self._store.value("SELECT n FROM cases WHERE id = ?", case)
        if number is None:
            raise WrongInput(case, "is not in this vault")
        return int(number)

    def _index(self, number: int, texts: list[str]) -> None:
        folded = " ".join(dict.fromkeys(fold(text) for text in texts if text))
        if self._store.value("SELECT text FROM words WHERE rowid = ?", number) != folded:
            self._store.run("DELETE FROM words WHERE rowid = ?", number)
            self._store.run("INSERT INTO words (rowid, text) VALUES (?, ?)", number, folded)

    def _numbers(self, sql: str, *values: object) -> list[int]:
        return [row[0] for row in self._store.rows(sql, *values)]

    def _rows(self, numbers: list[int]) -> list[CaseRow]:
        """Reads the lines of the list, without touching a document."""
        if not numbers:
            return []
        marks = ", ".join("?" * len(numbers))
        found = {
            row[0]: _row(row[1:])
            for row in self._store.rows(
                f"SELECT n, {_COLUMNS} FROM cases WHERE n IN ({marks})",  # noqa: S608  our own words
                *numbers,
            )
        }
        return [found[number] for number in numbers]


def _where(only: Filter) -> tuple[str, tuple[object, ...]]:
    terms, values = list[str](), list[object]()
    for column in ("state", "setting", "level", "kind", "child"):
        wanted = getattr(only, column)
        if wanted is not None:
            terms.append(f"{column} = ?")
            values.append(wanted)
    if only.due_by is not None:
        terms.append("due <= ?")
        values.append(only.due_by)
    return ("WHERE " + " AND ".join(terms) if terms else ""), tuple(values)


def _reversed(order: str) -> str:
    return ", ".join(
        term.removesuffix(" DESC") if term.endswith(" DESC") else f"{term} DESC" for term in order.split(", ")
    )


def _row(row: Row) -> CaseRow:
    named = dict(zip(CaseRow.__struct_fields__, row, strict=True))
    return CaseRow(
        **{
            **named,
            "danger_now": bool(named["danger_now"]),
            "child": bool(named["child"]),
            "limited": bool(named["limited"]),
        }
    )
