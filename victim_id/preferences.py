"""What a vault's people have set, kept in the vault; a change of what binds the organisation is in the history.

What is a worker's own goes with the worker: nobody signs with somebody else's function. What the organisation's file sets
stands above all of it, and what the vault had set is there again once the file leaves it out.
"""

from typing import Any

import msgspec

from victim_id.casework.arrangement import OWN, Preferences, binding_changes, known_preferences
from victim_id.organisation import in_force
from victim_id.vault import Vault

PREFERENCES, OWN_PREFERENCES = "preferences", "own_preferences"
_SIGNS = frozenset({"role", "phone", "email"})
"""What nobody takes over from others; in language and look whoever is new begins as the vault began."""


def preferences_in(vault: Vault) -> Preferences:
    """Gives what was set, as it is for who is signed in; what an older version did not know has its default."""
    here, organisation = _set_here(vault), in_force(vault)
    if organisation is None:
        return here
    idle = min(here.idle_minutes, organisation.idle_minutes or here.idle_minutes)
    return msgspec.structs.replace(here, idle_minutes=idle, **organisation.preferences)


def _set_here(vault: Vault) -> Preferences:
    own = vault.settings.get(OWN_PREFERENCES, {}).get(vault.worker.id, {})
    return known_preferences(vault.settings.get(PREFERENCES, {}) | own)


def set_preferences(vault: Vault, preferences: Preferences) -> None:
    """Keeps the preferences, and writes down what they change of that which binds the organisation."""
    kept, here, organisation = vault.settings.get(PREFERENCES), _set_here(vault), in_force(vault)
    fixed = {name: getattr(here, name) for name in (organisation.preferences if organisation else ())}
    preferences = msgspec.structs.replace(preferences, **fixed)
    changed = binding_changes(here, preferences) if kept is not None else {}
    whole = msgspec.to_builtins(preferences)
    with vault.together():
        begun = {name: value for name, value in (kept or whole).items() if name in OWN - _SIGNS}
        vault.settings.put(PREFERENCES, {name: whole[name] for name in whole if name not in OWN} | begun)
        _keep_own(vault, vault.worker.id, {name: whole[name] for name in OWN})
        if changed:
            vault.history.append(vault.worker.id, "preferences", None, changed)


def move_over(vault: Vault) -> None:
    """Gives what an earlier version kept for all to who set it last, or to the first worker."""
    kept = vault.settings.get(PREFERENCES)
    if kept is None or vault.settings.get(OWN_PREFERENCES) is not None:
        return
    setters = [line.worker for line in vault.history.lines(limit=-1) if line.kind == "preferences" and "role" in (line.body or {})]  # fmt: skip
    owner = setters[0] if setters else vault.workers.all()[0].id
    with vault.together():
        _keep_own(vault, owner, {name: kept[name] for name in OWN if name in kept})
        vault.settings.put(PREFERENCES, {name: value for name, value in kept.items() if name not in _SIGNS})


def forget_own(vault: Vault, worker: str) -> None:
    """Forgets what was the own of a worker who left."""
    others = vault.settings.get(OWN_PREFERENCES, {})
    vault.settings.put(OWN_PREFERENCES, {id_: own for id_, own in others.items() if id_ != worker})


def _keep_own(vault: Vault, worker: str, own: dict[str, Any]) -> None:
    vault.settings.put(OWN_PREFERENCES, vault.settings.get(OWN_PREFERENCES, {}) | {worker: own})
