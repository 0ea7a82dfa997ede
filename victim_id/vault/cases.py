"""Cases in the vault: one JSON document each, listed by a few columns and found by their words.

What stands in a document beyond the columns of the list is not known here.
"""

from collections.abc import Iterable

import msgspec

from victim_id.errors import NotForYou, WrongInput
from victim_id.record import Record
from victim_id.vault import holds, scrubbing
from victim_id.vault.drawers import Drafts
from victim_id.vault.folding import indexed, query
from victim_id.vault.history import History
from victim_id.vault.limits import Limits
from victim_id.vault.ordering import ALL, MANY, Filter, Sort, State, listing, order_by, probes
from victim_id.vault.retention import look_day, retention_in
from victim_id.vault.store import Row, Store
from victim_id.vault.unsealed import Body, Unsealed
from victim_id.vault.words import Words

_COLUMNS = "id, code, state, setting, place, kind, level, urgent, danger_now, child, changed, asked, askable, next_step, due, limited, held"


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


class Look(Record, kw_only=True):
    """A case limited to others that is due to be looked at since a day; `stranded` when no worker is left who can read it."""

    case: str
    since: str
    stranded: bool


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


_LISTED = _Listed.__struct_fields__


class Cases:
    """The cases of one open vault, seen and changed by one signed-in worker."""

    def __init__(
        self, store: Store, history: History, drafts: Drafts, limits: Limits, worker: str, *, practice: bool
    ) -> None:
        self._store, self._history, self._drafts, self._limits = store, history, drafts, limits
        self._worker, self._practice = worker, practice
        self._unsealed, self._words = Unsealed(store, limits), Words(store)
        store.temporary(self._unseal_mine)

    def put(
        self, case: str, document: bytes, *, deed: str, words: Iterable[str] = (), body: dict[str, object] | None = None
    ) -> None:
        """Stores a case document with its history line and its searchable words, durable when this returns.

        `words` are texts that search finds, beside code and place; `deed` and `body` are the history line.
        Raises NotForYou for a case that is limited to others.
        """
        listed = self._listed(case, document)
        with self._store.transaction():
            if self._limits.key(case) is None:
                self._write(case, document, listed, words)
            else:
                self._write_sealed(case, document, listed, words)
            self._history.append(self._worker, deed, case, body)

    def read(self, case: str, *, deed: str = "read") -> bytes:
        """Gives a case document; that it was read, and by whom, is in the history, as is a refusal.

        Raises NotForYou for a case that is limited to others.
        """
        number = self._number(case)
        try:
            self._limits.key(case)
        except NotForYou:
            self._history.append(self._worker, "refused", case)
            raise
        with self._store.transaction():
            self._history.append(self._worker, deed, case)
            return self._body(case, number).document

    def limit(self, case: str, workers: Iterable[str]) -> None:
        """Limits a case to named workers: from now on nobody else can read it, whatever passphrase they have.

        Where pages could not be written anew for want of room, that stays due: see `Erasure.cleaning_is_due`.
        """
        number, named = self._number(case), sorted(set(workers))
        try:
            with self._store.transaction():
                self._limit(case, number, named)
                scrubbing.announce(self._store)
        finally:
            self._limits.forget(case)  # the new key holds only once it is written
        scrubbing.try_to(self._store)

    def unlimit(self, case: str) -> None:
        """Lets all workers of the vault read a case again."""
        number = self._number(case)
        with self._store.transaction():
            if self._limits.key(case) is None:
                raise WrongInput(case, "is not limited")
            body = self._body(case, number)
            drafts = self._drafts.take(case)
            self._history.unseal(case)
            holds.unseal(self._store, self._limits, case)
            self._limits.end(case)
            self._store.run("DELETE FROM looks WHERE n = ?", number)
            self._store.run("UPDATE cases SET limited = 0 WHERE n = ?", number)
            self._unsealed.drop(number)
            self._write(case, body.document, self._listed(case, body.document), body.words)
            self._drafts.put_back(case, *drafts)
            self._history.append(self._worker, "unlimited", case)

    def named(self, case: str) -> list[str]:
        """Gives the workers a case is limited to; nobody is named for an ordinary one."""
        return self._limits.named(case)

    def is_readable(self, case: str) -> bool:
        """Says whether a case may be read here: nobody limited it, or to this worker too."""
        return not self._limits.is_limited(case) or self._limits.find(case) is not None

    def check_readable(self, case: str) -> None:
        """Raises LimitedCase, with whom to ask, for a case that is limited to others."""
        self._limits.key(case)

    def words(self, case: str) -> list[str]:
        """Gives the folded words by which search finds a case."""
        return list(self._body(case, self._number(case)).words)

    def window(
        self,
        *,
        offset: int = 0,
        limit: int = 100,
        sort: Sort = "urgency",
        only: Filter = ALL,
        backwards: bool = False,
        text: str = "",
    ) -> list[CaseRow]:
        """Gives a window of the list, in the order of `sort` or backwards; cases without a due date come last.

        `text` keeps the cases with all the words typed, the last one possibly unfinished.
        """
        chosen, values = self._listing(sort, only, query(text))
        order = order_by(sort, backwards=backwards)
        found = self._store.rows(f"{chosen} ORDER BY {order} LIMIT ? OFFSET ?", *values, limit, offset)
        return self._rows([row[0] for row in found])

    def count(self, only: Filter = ALL, text: str = "") -> int:
        """Counts the cases that are meant."""
        chosen, values = self._listing("changed", only, query(text))
        return int(self._store.value(f"SELECT count(*) FROM ({chosen})", *values))  # noqa: S608  our own words

    def counts(self) -> dict[str, int]:
        """Counts the cases of each state."""
        return dict(self._store.rows("SELECT state, count(*) FROM cases INDEXED BY cases_state GROUP BY state_rank"))

    def search(self, text: str, *, limit: int = 50, only: Filter = ALL) -> list[CaseRow]:
        """Gives cases with all the words typed, those changed last first, not ranked."""
        return self.window(limit=limit, sort="changed", only=only, text=text) if query(text) else []

    def rows_of(self, cases: Iterable[str]) -> list[CaseRow]:
        """Gives the lines of the list of some cases, in their order; one that is not here is left out."""
        found = (self._store.value("SELECT n FROM cases WHERE id = ?", case) for case in cases)
        return self._rows([number for number in found if number is not None])

    def index(self) -> None:
        """Takes the words of the last answers into the index, which the next search would do otherwise; brings it up to date."""
        self._words.index()
        self._words.renew()

    def ids(self) -> list[str]:
        """Gives the ids of all cases, the oldest first."""
        return [row[0] for row in self._store.rows("SELECT id FROM cases ORDER BY n")]

    def ended(self, outcome: str, before: str, limit: int = -1) -> list[CaseRow]:
        """Gives the cases of one outcome that were not changed since a time, the oldest first; at most `limit` of them."""
        found = self._store.rows(
            """SELECT n, changed FROM main.cases INDEXED BY cases_outcome WHERE outcome = ?1 AND changed < ?2
            AND n NOT IN (SELECT n FROM temp.unsealed)
            UNION ALL SELECT n, changed FROM temp.unsealed WHERE outcome = ?1 AND changed < ?2 ORDER BY changed, n LIMIT ?3""",
            *(outcome, before, limit),
        )
        return self._rows([row[0] for row in found])

    def looks(self, day: str) -> list[Look]:
        """Gives the cases limited to others that are to be looked at by a day, the longest due first."""
        rows = self._store.rows(
            """SELECT id, day FROM looks JOIN main.cases USING (n)
            WHERE day <= ? AND n NOT IN (SELECT n FROM temp.unsealed) ORDER BY day, n""",
            day,
        )
        return [Look(case=row[0], since=row[1], stranded=self._limits.is_stranded(row[0])) for row in rows]

    def look_anew(self) -> None:
        """Reckons anew from which day the limited cases that may be read here are to be looked at."""
        with self._store.transaction():
            for case in self._limits.mine():
                number = self._number(case)
                self._look(number, self._listed(case, self._body(case, number).document))

    # ---- writing

    def _limit(self, case: str, number: int, named: list[str]) -> None:
        body, drafts = self._body(case, number), self._drafts.take(case)
        self._history.unseal(case)
        holds.unseal(self._store, self._limits, case)
        self._limits.begin(case, named)
        self._store.run("UPDATE cases SET limited = 1 WHERE n = ?", number)
        self._store.run("UPDATE packages SET case_id = NULL WHERE case_id = ?", case)
        self._words.drop(number)
        self._write_sealed(case, body.document, self._listed(case, body.document), body.words)
        self._drafts.put_back(case, *drafts)
        self._history.seal(case)
        holds.seal(self._store, self._limits, case)
        self._history.append(self._worker, "limited", case, {"workers": named})
        if self._worker not in named:
            self._unsealed.drop(number)

    def _write(self, case: str, document: bytes, listed: _Listed, words: Iterable[str]) -> None:
        number = self._list(case, _row_of(listed))
        self._keep(number, document)
        self._words.put(number, _folded(listed, words))

    def _write_sealed(self, case: str, document: bytes, listed: _Listed, words: Iterable[str]) -> None:
        """Writes a limited case: the list of all tells code, state and due date, and the day to look at it; all find its code."""
        stub = _Listed(code=listed.code, state=listed.state, changed="", due=listed.due)
        folded = _folded(listed, words)
        number = self._list(case, _row_of(stub))
        self._keep(number, self._unsealed.seal(case, document, [folded]))
        self._words.put(number, _folded(stub, ()))
        self._unsealed.put(number, {"id": case, **_row_of(listed), "held": self._held(number)}, folded)
        self._look(number, listed)

    def _look(self, number: int, listed: _Listed) -> None:
        """Keeps the day from which a limited case is to be looked at, for those who cannot read it."""
        day = look_day(retention_in(self._store), listed.outcome, listed.changed)
        if day is None:
            self._store.run("DELETE FROM looks WHERE n = ?", number)
        elif self._store.value("SELECT day FROM looks WHERE n = ?", number) != day:
            self._store.run("INSERT OR REPLACE INTO looks (n, day) VALUES (?, ?)", number, day)

    def _keep(self, number: int, document: bytes) -> None:
        if not self._store.run("UPDATE documents SET document = ? WHERE n = ?", document, number):
            self._store.run("INSERT INTO documents (n, document) VALUES (?, ?)", number, document)

    def _list(self, case: str, new: dict[str, object]) -> int:
        """Writes the line of the list and gives its number; only what changed is written, so that other indices rest."""
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

    def _listed(self, case: str, document: bytes) -> _Listed:
        try:
            listed = msgspec.json.decode(document, type=_Listed)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise WrongInput(case, "is not a case document that can be listed") from None
        if (listed.kind == "practice") != self._practice:
            raise WrongInput(case, "training cases and real cases are kept in different vaults")
        return listed

    # ---- reading

    def _body(self, case: str, number: int) -> Body:
        document = bytes(self._store.value("SELECT document FROM documents WHERE n = ?", number))
        if self._limits.key(case) is not None:
            return self._unsealed.open(case, document)
        return Body(document=document, words=(self._words.text(number),))

    def _unseal_mine(self) -> None:
        with self._store.transaction():
            self._unsealed.begin()
            for case in self._limits.mine():
                self._unseal(case)

    def _unseal(self, case: str) -> None:
        number = self._number(case)
        body = self._body(case, number)
        listed = self._listed(case, body.document)
        row = {"id": case, **_row_of(listed), "held": self._held(number)}
        self._unsealed.put(number, row, indexed(body.words))
        self._look(number, listed)
        self._history.seal(case)  # what somebody who is not named wrote about it
        if holds.seal(self._store, self._limits, case):
            scrubbing.announce(self._store)

    def _held(self, number: int) -> str | None:
        held: str | None = self._store.value("SELECT held FROM cases WHERE n = ?", number)
        return held

    def _number(self, case: str) -> int:
        number = self._store.value("SELECT n FROM cases WHERE id = ?", case)
        if number is None:
            raise WrongInput(case, "is not in this vault")
        return int(number)

    def _listing(self, sort: Sort, only: Filter, asked: str = "") -> tuple[str, tuple[object, ...]]:
        """Gives what to list from: the vault's list, merged with the unsealed lines where there are any."""
        if asked:
            self._words.index()
        wide = {name for name, probe in probes(sort, only, asked).items() if self._store.value(*probe) == MANY}
        return listing(sort, only, asked, wide=wide, merged=bool(self._unsealed))

    def _rows(self, numbers: list[int]) -> list[CaseRow]:
        """Reads the lines of the list, without touching a document."""
        marks = ", ".join("?" * len(numbers))
        found = {
            row[0]: _row(row[1:])
            for cases in ("main.cases", "temp.unsealed")
            for row in self._store.rows(f"SELECT n, {_COLUMNS} FROM {cases} WHERE n IN ({marks})", *numbers)  # noqa: S608
        }
        return [found[number] for number in numbers]


def _row_of(listed: _Listed) -> dict[str, object]:
    """Gives the columns of the list; nothing is NULL there, not an empty text."""
    optional = ("setting", "level", "urgent", "next_step", "due", "outcome")
    return {name: getattr(listed, name) or None if name in optional else getattr(listed, name) for name in _LISTED}


def _folded(listed: _Listed, words: Iterable[str]) -> str:
    texts = [listed.code, listed.code.replace("-", ""), listed.place or "", *words]
    return indexed(texts)


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
