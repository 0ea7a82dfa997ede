"""What a vault's people have set, kept in the vault; a change of what binds the organisation is in the history."""

import msgspec

from victim_id.casework.arrangement import Preferences, binding_changes, known_preferences
from victim_id.vault import Vault

PREFERENCES = "preferences"


def preferences_in(vault: Vault) -> Preferences:
    """Gives what was set; what an older version did not know has its default."""
    return known_preferences(vault.settings.get(PREFERENCES, {}))


def set_preferences(vault: Vault, preferences: Preferences) -> None:
    """Keeps the preferences, and writes down what they change of that which binds the organisation."""
    before = vault.settings.get(PREFERENCES)
    changed = binding_changes(known_preferences(before), preferences) if before is not None else {}
    with vault.together():
        vault.settings.put(PREFERENCES, msgspec.to_builtins(preferences))
        if changed:
            vault.history.append(vault.worker.id, "preferences", None, changed)
