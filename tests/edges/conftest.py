"""What the edge tests live in: see `desks`. None of it is on Windows, where those are skipped."""

import sys

import pytest

if sys.platform == "win32":

    @pytest.fixture
    def room() -> None:
        pytest.skip("it starts and ends programs as only Unix does")

    desktop = bare_desktop = browser = sway = mutter = kwin = room

else:
    from edges.desks import (
        bare_desktop,
        browser,
        chromium,
        desktop,
        kwin,
        mutter,
        pytest_collection_modifyitems,
        pytest_runtest_makereport,
        room,
        sway,
    )

    __all__ = [
        "bare_desktop",
        "browser",
        "chromium",
        "desktop",
        "kwin",
        "mutter",
        "pytest_collection_modifyitems",
        "pytest_runtest_makereport",
        "room",
        "sway",
    ]
