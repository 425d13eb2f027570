"""The two switches of the set-up: start at login, and the entry in the applications menu."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from qlbreak.autostart import launcher, ways
from qlbreak.settings.kinds import Option
from qlbreak.system import paths as places
from qlbreak.system.paths import Paths
from qlbreak.texts import first_steps

LOGIN, LAUNCHER = "login", "launcher"


class StartSwitch(NamedTuple):
    """`on`: as it is now. `turn` raises Foreign, OSError."""

    word: str
    label: str
    note: str
    on: bool
    turn: Callable[[bool], object]


def switches(paths: Paths) -> tuple[StartSwitch, ...]:
    """Those that there are here. Raises OSError."""
    return tuple(_switches(options(paths)))


def _switches(words: list[str]) -> Iterator[StartSwitch]:
    known = ways.ways()
    entries = [entry for way in known if (entry := way.read()) is not None]

    def at_login(on: bool) -> str:
        return ways.on(known, known[0], ways.command(words)) if on else ways.off(known)

    yield StartSwitch(
        LOGIN, first_steps.LOGIN, first_steps.LOGIN_NOTE, any(e.enabled for e in entries), at_login
    )
    menu = launcher.menu()
    if menu is None or menu.provided is not None:
        return
    entry = menu.read()

    def in_menu(on: bool) -> str:
        return launcher.on(menu, words) if on else launcher.off(menu)

    there = entry is not None and entry.enabled
    yield StartSwitch(LAUNCHER, first_steps.LAUNCHER, first_steps.LAUNCHER_NOTE, there, in_menu)


def options(paths: Paths) -> list[str]:
    """The global ones that each start is to have: folders that are not the usual ones. One of a
    trial is gone tomorrow."""
    usual = places.find()
    found = []
    if paths.config.absolute() != usual.config.absolute():
        found += ["--config", str(paths.config.absolute())]
    if paths.data.absolute() != usual.data.absolute() and not _of_a_trial(paths.data):
        found += ["--data-dir", str(paths.data.absolute())]
    return found


def _of_a_trial(folder: Path) -> bool:
    """As `app.start.scratch` makes it."""
    return folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith("qlbreak-")


def choices(offered: tuple[StartSwitch, ...]) -> tuple[Option, ...]:
    return tuple(Option(each.word, each.label) for each in offered)


def notes(offered: tuple[StartSwitch, ...]) -> dict[str, str]:
    return {each.word: each.note for each in offered}
