"""Cases limited to named workers: each has a key of its own, sealed to those who may read it and to nobody else.

Recovery sheets and the organisation's key open every one of them, so that no case is lost with a passphrase.
"""

from collections.abc import Iterable

from victim_id import sealing
from victim_id.errors import LimitedCase, WrongInput
from victim_id.record import encode
from victim_id.vault.keyfile import Opened, Slot
from victim_id.vault.store import Store


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
                "SELECT worker FROM case_keys JOIN slots ON slots.id = slot WHERE case_id = ? AND worker IS NOT NULL",
                case,
            )
        ]

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

    def admit(self, slots: Iterable[Slot]) -> None:
        """Lets recovery sheets and the organisation's key, where they are new, into every case that may be read here."""
        for slot in slots:
            if slot.kind == "worker":
                continue
            for case in self.mine():
                if self._store.one("SELECT 1 FROM case_keys WHERE case_id = ? AND slot = ?", case, slot.id) is None:
                    key = self.key(case)
                    assert key is not None
                    with self._store.transaction():
                        self._admit(case, key, slot.id, slot.public)

    def pass_on(self, old: Iterable[str], new: Slot) -> None:
        """Lets a new slot into every case that one of the old slots could read and that may be read here."""
        for before in old:
            for (case,) in self._store.rows("SELECT case_id FROM case_keys WHERE slot = ?", before):
                key = self.find(case)
                if key is not None:
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
