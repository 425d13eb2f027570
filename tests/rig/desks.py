"""The desktops and the browser of the tests, and the evidence that a failure leaves behind.

The fixtures are `conftest`'s, which has them where they can be.
"""

import os
import re
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

import pytest

from rig.accessibility import LAUNCHER, Reader
from rig.chromium import PROGRAM, Chromium
from rig.compositors import KWin, Mutter, Sway, WaylandSession
from rig.desktop import Desktop, missing_programs
from rig.privatebus import need

FIXTURES = {"desktop", "bare_desktop", "reader", "browser", "sway", "mutter", "kwin"}
Provided = TypeVar("Provided", bound=Desktop | WaylandSession)
REPORTS = pytest.StashKey[dict[str, pytest.TestReport]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that uses a desktop, or a browser as there is one on it."""
    for item in items:
        if FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.desktop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets a fixture know at its end how its test went."""
    report = yield
    item.stash.setdefault(REPORTS, {})[report.when] = report
    return report


@pytest.fixture
def desktop(request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """X server, buses, window manager, panel with a tray, and dunst; new for every test."""
    need_programs()
    yield from provide(request, Desktop())


@pytest.fixture
def bare_desktop(request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """The same without panel and dunst: they can be started, or be what is missing."""
    need_programs()
    yield from provide(request, Desktop(panel=False, dunst=False))


@pytest.fixture
def reader(bare_desktop: Desktop) -> Iterator[Reader]:
    """Somebody who uses windows by the accessibility bus; start programs on `reader.desktop`."""
    need(str(LAUNCHER))
    with closing(Reader(bare_desktop)) as reader:
        yield reader


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One for all tests of a module: to start it takes longer than what they do with it."""
    need(PROGRAM)
    with Chromium() as browser:
        yield browser


@pytest.fixture
def browser(chromium: Chromium, request: pytest.FixtureRequest) -> Iterator[Chromium]:
    """Headless, without a network."""
    yield chromium
    keep_evidence(chromium, request.node, request.config.rootpath)


@pytest.fixture
def sway(request: pytest.FixtureRequest) -> Iterator[Sway]:
    """A bare Wayland session; its compositor has the older idle protocol."""
    yield from provide(request, Sway())


@pytest.fixture
def mutter(request: pytest.FixtureRequest) -> Iterator[Mutter]:
    """GNOME's window manager, where it is installed."""
    yield from provide(request, Mutter())


@pytest.fixture
def kwin(request: pytest.FixtureRequest) -> Iterator[KWin]:
    """KDE's window manager and lock, where it is installed."""
    yield from provide(request, KWin())


def provide(request: pytest.FixtureRequest, desktop: Provided) -> Iterator[Provided]:
    """Starts a desktop and ends it; keeps screen and logs when anything went wrong."""
    with ExitStack() as ending:
        ending.callback(desktop.stop)
        ending.callback(keep_evidence, desktop, request.node, request.config.rootpath)
        desktop.start()
        yield desktop


def keep_evidence(
    session: Desktop | WaylandSession | Chromium, node: pytest.Item, root: Path
) -> None:
    """In `test-failures`, unless the test passed; without any report the start failed."""
    reports = node.stash.get(REPORTS, {}).values()
    if not reports or any(report.failed for report in reports):
        session.leave_evidence(root / "test-failures" / re.sub(r"[^\w.-]+", "-", node.name))


def need_programs() -> None:
    """Skips where the programs are missing; in continuous integration that is a failure."""
    if missing := missing_programs():
        reason = f"a desktop needs {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
