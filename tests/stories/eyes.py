"""What is on the screen, as a screen reader has it: for each line of its input, one line of JSON. Run by the system's Python.

Each row that shows: role, name, description, text, states, place.
"""

import json
import sys
from pathlib import Path

import pyatspi

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "ui"))

from screen_reader import ours


def full(row, node):
    """Adds what is written in a field, and where on the screen it is."""
    try:
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        row["place"] = [box.x, box.y, box.width, box.height]
        if row["role"] in {"text", "entry"}:
            row["text"] = node.queryText().getText(0, -1)
    except Exception:  # noqa: BLE001  what went away while it was looked at is not there
        row.setdefault("place", [0, 0, 0, 0])
    return row


for _ in sys.stdin:
    try:
        seen = [full(row, node) for row, node in ours()]
    except Exception:  # noqa: BLE001  as above
        seen = []
    sys.stdout.write(json.dumps(seen) + "\n")
    sys.stdout.flush()
