"""An encrypted folder nothing leaks from and nothing is lost in.

It keeps case documents without knowing what they mean; SQL and the encrypted store are known to nobody above.
"""

from victim_id.vault.cases import CaseRow, Look
from victim_id.vault.drawers import Arrival, Backup, CardKind, Direction, Edition, Keys, Passed, Worker
from victim_id.vault.history import Head, Line, Now, written
from victim_id.vault.holds import Hold
from victim_id.vault.keyring import KeyRing, Way
from victim_id.vault.ordering import Filter, Sort
from victim_id.vault.retention import Retention
from victim_id.vault.store import Progress
from victim_id.vault.vault import Kind, Vault

__all__ = [
    "Arrival",
    "Backup",
    "CardKind",
    "CaseRow",
    "Direction",
    "Edition",
    "Filter",
    "Head",
    "Hold",
    "KeyRing",
    "Keys",
    "Kind",
    "Line",
    "Look",
    "Now",
    "Passed",
    "Progress",
    "Retention",
    "Sort",
    "Vault",
    "Way",
    "Worker",
    "written",
]
