"""Where shipped files are: beside the frozen program, inside the installed package, or at the root of a checkout."""

import sys
from pathlib import Path

from victim_id.errors import Machine


def shipped(name: str) -> Path:
    """Gives the folder or file `name` that is shipped with the program, such as `indicators` or `fonts`."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [*([Path(frozen)] if frozen else []), package, package.parent]
    for place in places:
        if (place / name).exists():
            return place / name
    raise Machine(name, "is missing beside the program", "please run make setup, or install the program again")
