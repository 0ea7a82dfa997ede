"""What this laptop remembers before anybody unlocks: look, language and window. Never a name, never a recent file."""

import contextlib
import os
import tomllib
from pathlib import Path
from typing import cast

from victim_id.errors import Failure
from victim_id.outside import read_outside
from victim_id.ui.theme import Choice

MOST_BYTES = 4096
_KNOWN: dict[str, type] = {
    "language": str, "country": str, "theme": str, "text_scale": int, "window": str,
    "vault": str,
    "damaged": int,
}  # fmt: skip


class Remembered:
    """Reads and writes a small `preferences.toml`; one that cannot be read or written is as if it were not there."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values: dict[str, str | int] = {}
        with contextlib.suppress(Failure, ValueError, RecursionError):
            raw = tomllib.loads(read_outside(file, MOST_BYTES).decode())
            self._values = {name: raw[name] for name, kind in _KNOWN.items() if type(raw.get(name)) is kind}

    @property
    def language(self) -> str:
        return str(self._values.get("language", "en"))

    @property
    def country(self) -> str:
        return str(self._values.get("country", ""))

    @property
    def theme(self) -> Choice:
        found = self._values.get("theme")
        return cast("Choice", found) if found in {"light", "dark", "contrast"} else "system"

    @property
    def text_scale(self) -> int:
        return min(max(int(self._values.get("text_scale", 100)), 100), 200)

    @property
    def window(self) -> str:
        return str(self._values.get("window", ""))

    @property
    def vault(self) -> str:
        """The mark of the place where a vault was last opened; it says neither where nor whose it is."""
        return str(self._values.get("vault", ""))

    @property
    def damaged(self) -> int:
        """1 where a page of the vault could not be read by whoever was signed in, else 0."""
        return int(self._values.get("damaged", 0))

    def keep(self, **values: str | int) -> None:
        """Writes what has changed; a laptop that cannot write it simply does not remember."""
        if all(self._values.get(name) == value for name, value in values.items()):
            return
        self._values |= values
        lines = [f"{name} = {_toml(value)}\n" for name, value in sorted(self._values.items())]
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = self._file.with_suffix(".new")
            fresh.write_text("".join(lines), "utf-8")
            os.replace(fresh, self._file)  # noqa: PTH105  one step, on every system


def _toml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = "".join(sign if sign.isprintable() and sign not in '"\\' else f"\\u{ord(sign):04x}" for sign in value)
    return f'"{escaped}"'
