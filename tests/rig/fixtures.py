"""What the edge tests live in: see `desks`, none of which Windows has."""

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.offscreen import offscreen, pytest_runtest_protocol
from rig.room import Room


@pytest.fixture
def room() -> Iterator[Room]:
    """A session without a desktop."""
    with Room() as room:
        yield room


@pytest.fixture
def listening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a server of this test alone listens: a pipe of Windows has a name and no folder."""
    return tmp_path_factory.mktemp("s") / f"{secrets.token_hex(4)}.sock"


if sys.platform == "win32":

    @pytest.fixture
    def desktop() -> None:
        pytest.skip("a desktop of Linux")

    bare_desktop = reader = browser = sway = mutter = kwin = desktop

else:
    from rig.desks import (
        bare_desktop,
        browser,
        chromium,
        desktop,
        kwin,
        mutter,
        pytest_collection_modifyitems,
        pytest_runtest_makereport,
        reader,
        sway,
    )

    __all__ = [
        "bare_desktop",
        "browser",
        "chromium",
        "desktop",
        "kwin",
        "listening",
        "mutter",
        "offscreen",
        "pytest_collection_modifyitems",
        "pytest_runtest_makereport",
        "pytest_runtest_protocol",
        "reader",
        "room",
        "sway",
    ]
