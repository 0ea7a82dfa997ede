"""Cases limited to named workers: each has a key of its own, sealed to those who may read it and to nobody else.

Recovery sheets and the organisation's key open every one of them, so that no case is lost with a passphrase. Only who
can read a case can let new sheets into it: until then its key stays sealed to the former ones, which open nothing else.
"""

from collections.abc import Iterable

from victim_id import sealing
from victim_id.errors import LimitedCase, WrongInput
from victim_id.record import encode
from victim_id.vault.keyfile import Opened, Slot, SlotKind
from victim_id.vault.store import Store

_EVER = "SELECT id, worker FROM slots UNION ALL SELECT id, worker FROM former_slots"
_BELONGS = """(slots.worker IS NULL OR slots.worker IN (SELECT worker FROM former_slots JOIN case_keys AS named
    ON named.slot = former_slots.id WHERE named.case_id = {0}))
AND NOT EXISTS (SELECT 1 FROM case_keys AS held WHERE held.case_id = {0} AND held.slot = slots.id)"""
"""Says of a slot that it should open a case and does not yet: shared ways, and the present way of who was named."""


class Limits:
    """The keys of limited cases that one signed-in worker has; without a way in (practice) there are none."""

    def __init__(self, store: Store, vault: str, opened: Opened | None) -> None:
        self._store, self._vault, self._opened = store, vault, opened
        self._keys: dict[str, bytes] = {}

    def key(self, case: str) -> bytes | None:
        """Gives the key of a limited case, None for an ordinary one; raises LimitedCase when it is limited to others."""
        found = self.find(case)
        if found is None and self.is_limited(case):
            raise LimitedCase(*self._whom_to_ask(case))
        return found

    def find(self, case: str | None) -> bytes | None:
        """Gives the key of a limited case that may be read here; None for every other case."""
        if self._opened is None or case is None:
            return None
        if case not in self._keys:
            sealed = self._store.value(
                "SELECT sealed FROM case_keys WHERE case_id = ? AND slot = ?", case, self._opened.slot
            )
            if sealed is None:
                return None
            self._keys[case] = sealing.unseal_key(
                bytes(sealed), self._opened.private, self._bound(case, self._opened.slot)
            )
        return self._keys[case]

    def is_limited(self, case: str) -> bool:
        """Says whether a case is limited, to whomever."""
        return bool(self._store.value("SELECT limited FROM cases WHERE id = ?", case))

    def mine(self) -> list[str]:
        """Gives the limited cases that may be read here."""
        if self._opened is None:
            return []
        return [row[0] for row in self._store.rows("SELECT case_id FROM case_keys WHERE slot = ?", self._opened.slot)]

    def named(self, case: str) -> list[str]:
        """Gives the workers a case is limited to."""
        return [
            row[0]
            for row in self._store.rows(
                f"SELECT DISTINCT worker FROM case_keys JOIN ({_EVER}) AS way ON way.id = slot WHERE case_id = ? AND worker IS NOT NULL",  # noqa: S608  our own words
                case,
            )
        ]

    def is_stranded(self, case: str) -> bool:
        """Says whether a case is limited and no worker who can come in is left who can read it."""
        return self.is_limited(case) and not self.named(case)

    def slots_of(self, worker: str) -> list[str]:
        """Gives the way in of a worker, and former ones to which limited cases are still sealed."""
        return [row[0] for row in self._store.rows(f"SELECT id FROM ({_EVER}) WHERE worker = ?", worker)]  # noqa: S608

    def only_for(self, slots: Iterable[str]) -> int:
        """Counts the limited cases that no worker but these slots can read."""
        gone = list(slots)
        return int(
            self._store.value(
                f"""SELECT count(DISTINCT case_id) FROM case_keys AS one WHERE slot IN ({", ".join("?" * len(gone))})
                AND NOT EXISTS (SELECT 1 FROM case_keys AS other JOIN slots ON slots.id = other.slot
                    WHERE other.case_id = one.case_id AND slots.kind = 'worker'
                    AND other.slot NOT IN ({", ".join("?" * len(gone))}))""",  # noqa: S608  question marks
                *(*gone, *gone),
            )
        )

    def lost_with(self, slots: Iterable[str]) -> int:
        """Counts the limited cases that nobody but these slots can read, not even sheets or the organisation."""
        gone = list(slots)
        marks = ", ".join("?" * len(gone))
        return int(
            self._store.value(
                f"""SELECT count(DISTINCT case_id) FROM case_keys WHERE slot IN ({marks})
                AND case_id NOT IN (SELECT case_id FROM case_keys WHERE slot NOT IN ({marks}))""",  # noqa: S608  as above
                *(*gone, *gone),
            )
        )

    def begin(self, case: str, workers: Iterable[str]) -> None:
        """Makes a new key for a case, sealed to the workers named, the recovery sheets and the organisation.

        It is at hand here until `forget`, so that what it seals can be written.
        """
        named = set(workers)
        if self._opened is None:
            raise WrongInput(case, "a training case is not limited")
        ways = self._store.rows("SELECT id, public, worker FROM slots")
        if not named or named - {row[2] for row in ways}:
            raise WrongInput(case, "may be limited only to workers who can open this vault")
        key = sealing.make_key()
        self.end(case)
        for slot, public, worker in ways:
            if worker is None or worker in named:
                self._admit(case, key, slot, bytes(public))
        self._keys[case] = key

    def forget(self, case: str) -> None:
        """Keeps a case's key at hand no longer; who may read the case opens it again."""
        self._keys.pop(case, None)

    def end(self, case: str) -> None:
        """Takes a case's key away for everybody."""
        self.forget(case)
        self._store.run("DELETE FROM case_keys WHERE case_id = ?", case)

    def admit(self) -> None:
        """Lets everybody who belongs there into the cases that may be read here: recovery sheets and the organisation's
        key where they are new, and workers who were named and have been given another way in since.
        """
        slot = self._opened.slot if self._opened else ""
        with self._store.transaction():
            for case, lacking, public in self._store.rows(
                f"""SELECT mine.case_id, slots.id, slots.public FROM case_keys AS mine JOIN slots WHERE mine.slot = ?
                AND {_BELONGS.format("mine.case_id")}""",  # noqa: S608  our own words
                slot,
            ):
                key = self.key(case)
                assert key is not None
                self._admit(case, key, lacking, bytes(public))
            self.settle()

    def settle(self) -> None:
        """Takes former ways out of the cases to which everybody who belongs there has been let in, and forgets them."""
        if self._store.one("SELECT 1 FROM former_slots") is None:
            return
        with self._store.transaction():
            self._store.run(
                f"""DELETE FROM case_keys WHERE slot IN (SELECT id FROM former_slots)
                AND EXISTS (SELECT 1 FROM slots JOIN case_keys AS held ON held.slot = slots.id
                    WHERE held.case_id = case_keys.case_id AND worker IS NULL)
                AND NOT EXISTS (SELECT 1 FROM slots WHERE {_BELONGS.format("case_keys.case_id")})"""  # noqa: S608
            )
            self._store.run("DELETE FROM former_slots WHERE id NOT IN (SELECT slot FROM case_keys)")

    def uncovered(self, kind: SlotKind) -> int:
        """Counts the limited cases that the recovery sheets, or the organisation's key, do not open yet."""
        return int(
            self._store.value(
                """SELECT count(*) FROM cases JOIN slots WHERE limited = 1 AND slots.kind = ?
                AND NOT EXISTS (SELECT 1 FROM case_keys WHERE case_id = cases.id AND slot = slots.id)""",
                kind,
            )
        )

    def former(self, kind: SlotKind) -> list[tuple[str, bytes]]:
        """Gives the former ways of a kind that still open limited cases which those in their place do not: id, public key."""
        rows = self._store.rows("SELECT id, public FROM former_slots WHERE kind = ?", kind)
        return [(slot, bytes(public)) for slot, public in rows]

    def try_all(self) -> None:
        """Opens every key that there is for this way in; raises NotForYou when one does not open."""
        for case in self.mine():
            self.key(case)

    def through(self, opened: Opened) -> "Limits":
        """Gives the keys that another way in has."""
        return Limits(self._store, self._vault, opened)

    def pass_on(self, old: Iterable[str], new: Slot) -> None:
        """Lets a new slot into every case that one of the old slots could read and that may be read here."""
        for before in old:
            for (case,) in self._store.rows("SELECT case_id FROM case_keys WHERE slot = ?", before):
                key = self.find(case)
                if key is not None:
                    self._admit(case, key, new.id, new.public)

    def rescue(self, new: Slot) -> None:
        """Lets a new slot into every case that no worker is left to read and that may be read here, by sheets for instance."""
        for case in self.mine():
            if self.is_stranded(case) and (key := self.find(case)) is not None:
                self._admit(case, key, new.id, new.public)

    def seal(self, case: str, plain: bytes, what: str) -> bytes:
        """Seals something of a limited case, tied to the case and to what it is."""
        key = self.key(case)
        assert key is not None
        return sealing.wrap(key, plain, encode([self._vault, case, what]))

    def open(self, case: str, sealed: bytes, what: str) -> bytes:
        """Opens what `seal` made."""
        key = self.key(case)
        assert key is not None
        return sealing.unwrap(key, bytes(sealed), encode([self._vault, case, what]))

    def _admit(self, case: str, key: bytes, slot: str, public: bytes) -> None:
        self._store.run(
            "INSERT OR REPLACE INTO case_keys (case_id, slot, sealed) VALUES (?, ?, ?)",
            *(case, slot, sealing.seal_key(key, public, self._bound(case, slot))),
        )

    def _whom_to_ask(self, case: str) -> tuple[str, tuple[str, ...]]:
        """Gives the code of a case, and the names of those who can read it and still come in."""
        names = self._store.rows(
            """SELECT name FROM case_keys JOIN slots ON slots.id = slot JOIN workers ON workers.id = worker
            WHERE case_id = ? AND workers.left IS NULL ORDER BY name""",
            case,
        )
        code: str = self._store.value("SELECT code FROM cases WHERE id = ?", case)
        return code, tuple(name for (name,) in names)

    def _bound(self, case: str, slot: str) -> bytes:
        return encode({"victim_id_case_key": 1, "vault": self._vault, "case": case, "slot": slot})
