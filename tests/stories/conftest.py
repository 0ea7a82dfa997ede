"""One laptop for each story: its vault is made beforehand, everything else is done by keys."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.scenario import PASSPHRASE
from tests.scenario import Desk as Scenario
from tests.stories.laptop import Laptop
from victim_id.workspace import Workspace

NEEDED = ("Xvfb", "openbox", "xdotool", "dbus-daemon")


@pytest.fixture
def laptop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Laptop]:
    """A laptop with the screen most inspectors carry, or with one of another size."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    assert not missing, f"please install {missing}, at-spi2-core and python3-pyatspi"
    with ExitStack() as ends:
        yield Laptop(tmp_path, ends, getattr(request, "param", "1366x768"))


@pytest.fixture
def vault(tmp_path: Path) -> Callable[[], Workspace]:
    """Makes a vault, and opens it again whenever its window is gone."""
    Scenario(tmp_path / "vault", now=lambda: datetime.now(UTC)).space.close()
    return lambda: Workspace.unlock(tmp_path / "vault", PASSPHRASE, now=lambda: datetime.now(UTC))
