"""A clock, a case document and a light effort, for everything that tests the vault."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from victim_id.sealing import Effort

LIGHT = Effort(64, 1, 1)
PASSPHRASE = "seven plain words for the test vault"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


def document(code: str = "7K3-9QD", **fields: Any) -> bytes:
    """A case document as the list of cases needs it, with whatever else."""
    plain = {"code": code, "state": "open", "kind": "real", "changed": "2026-11-21T09:30:00Z"}
    return json.dumps({**plain, **fields}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
