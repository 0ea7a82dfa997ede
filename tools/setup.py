"""Sets up a checkout: system libraries, .venv, fonts, compiled catalogues. A second run finds nothing to do.

Runs with any Python 3.11 and nothing else. Without the right to install system packages it prints the one line that
is missing, and stops before anything is half done.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements" / "dev.txt"
QT = "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
TEST = "age minisign poppler-utils unicode-data xvfb xauth openbox xdotool strace dbus at-spi2-core python3-pyatspi"


def main() -> int:
    """Does each step that is still to be done, and says how long it took."""
    if sys.version_info < (3, 11):  # noqa: UP036  said in words before anything newer is needed
        print(f"Victim ID needs Python 3.11 or later; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 4
    packages = QT.split() + (TEST.split() if "--test" in sys.argv else [])
    steps: dict[str, Callable[[], str | None]] = {
        "system libraries": lambda: system_libraries(packages),
        "Python environment": environment,
        "fonts": fonts,
        "catalogues": catalogues,
    }
    for name, step in steps.items():
        began = time.perf_counter()
        outcome = step()
        if outcome is None:
            return 4
        if outcome:
            print(f"setup: {name} {outcome} ({time.perf_counter() - began:.1f} s)", flush=True)
    return 0


def system_libraries(packages: list[str]) -> str | None:
    """Installs what is missing of Debian's packages; None when that is not allowed here."""
    if not shutil.which("dpkg-query"):
        return ""
    missing = [name for name in packages if not installed(name)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if not missing:
        return ""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"] if may_sudo() else None
    if sudo is None:
        print("Some system libraries are missing. Please run this line, then make again:", file=sys.stderr)
        print(f"  sudo {' '.join(line)}", file=sys.stderr)
        return None
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([*sudo, "apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]
    done = subprocess.run([*sudo, *line], check=False, **quiet)  # type: ignore[call-overload]
    if done.returncode:
        print(f"The system libraries could not be installed. Please try: {' '.join(line)}", file=sys.stderr)
        return None
    return f"installed: {len(missing)} packages"


def installed(package: str) -> bool:
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], capture_output=True, text=True, check=False)
    return asked.stdout.endswith("install ok installed")


def may_sudo() -> bool:
    return (
        bool(shutil.which("sudo"))
        and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    )


def environment() -> str:
    """Makes .venv out of the lock, whose every package is pinned by its hash."""
    stamp = VENV / "made-from"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return ""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "-r", str(LOCK)], check=True)
    stamp.write_text(wanted)
    return "made"


def fonts() -> str:
    """Makes the static fonts for screen and paper out of the font packages, unless they are there."""
    made = subprocess.run([str(PYTHON), str(ROOT / "tools" / "fonts.py")], check=True, capture_output=True, text=True)
    return "made" if "made" in made.stdout else ""


def catalogues() -> str:
    """Compiles the translations that are newer than what was compiled of them."""
    tool = [str(PYTHON), str(ROOT / "tools" / "strings.py"), "--compile"]
    done = subprocess.run(tool, check=True, capture_output=True, text=True).stdout.strip()
    return f"compiled: {done}" if done != "0" else ""


if __name__ == "__main__":
    sys.exit(main())
