"""Draws the pictures of the guide out of the running program, so that they are always true: `make pictures`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "unlock": "unlock", "cases": "cases", "start": "start", "interview": "interview", "show": "show-to-the-person",
    "own_view": "own-view", "assessment": "assessment", "referral": "referral", "inbox": "inbox", "preferences": "preferences",
    "people": "people", "recovery": "recovery", "backup": "backup", "care": "care", "access": "access",
    "contacts": "contacts", "steps": "steps", "practice": "practice-talk",
}  # fmt: skip
"""A picture of the guide, and the page of the demo's walk that it shows."""


def main() -> int:
    out = ROOT / "docs" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        walk = [
            sys.executable,
            "-m",
            "victim_id",
            "demo",
            "--out",
            folder,
            "--language",
            "en",
            "--person-language",
            "fr",
        ]
        subprocess.run(
            walk, check=True, cwd=ROOT, env={name: text for name, text in os.environ.items() if name != "DISPLAY"}
        )
        for name, page in PAGES.items():
            (drawn,) = Path(folder).glob(f"pages/[0-9][0-9]-{page}.png")
            shutil.copyfile(drawn, out / f"{name}.png")
    print(f"{len(PAGES)} pictures in {out.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
