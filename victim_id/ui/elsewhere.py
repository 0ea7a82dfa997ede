"""A plain warning for a place that others keep too: a synced folder, a network drive. It refuses nothing."""

from pathlib import Path

from victim_id.language import Language
from victim_id.places import also_elsewhere
from victim_id.ui.widgets.notes import Sorry


def about_vault(language: Language, folder: Path) -> Sorry | None:
    """Gives what is to be said about the folder of a vault, if anything."""
    say, kind = language.say, also_elsewhere(folder)
    if kind == "synced":
        return Sorry(
            say("This vault lies in a folder that a service copies to other machines."),
            say("The copies stay there after something is erased here, and two machines can damage the vault. Please let whoever looks after the program move it."),
        )  # fmt: skip
    if kind == "network":
        return Sorry(
            say("This vault lies on a network drive."),
            say("It can be damaged when the network goes away. Please let whoever looks after the program move it."),
        )
    return None


def about_backup(language: Language, place: Path) -> Sorry | None:
    """Gives what is to be said about the place of a backup, if anything."""
    say, kind = language.say, also_elsewhere(place)
    if kind == "synced":
        return Sorry(
            say("A backup lies in a folder that a service copies to other machines."),
            say("{place}: what is erased may stay in copies that nobody here can remove. A stick is better.", place=str(place)),
        )  # fmt: skip
    if kind == "network":
        return Sorry(
            say("A backup lies on a network drive."),
            say("{place}: others may reach it, and keep copies of it. A stick is better.", place=str(place)),
        )
    return None
