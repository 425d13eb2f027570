"""The two switches of the set-up: start at login, and the entry in the applications menu."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from qlbreak.autostart import launcher, ways
from qlbreak.settings.kinds import Option
from qlbreak.system import program
from qlbreak.system.paths import Paths, options
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
    return tuple(_switches(start_options(paths)))


def _switches(words: list[str]) -> Iterator[StartSwitch]:
    known = ways.ways()
    entries = [entry for way in known if (entry := way.read()) is not None]

    def at_login(on: bool) -> str:
        return ways.on(known, known[0], program.entry(*words)) if on else ways.off(known)

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


def start_options(paths: Paths) -> list[str]:
    """The global ones that each start is to have; the folder of a trial is gone tomorrow."""
    told = options(paths)
    if _of_a_trial(paths.data):
        del told[-2:]
    return told


def _of_a_trial(folder: Path) -> bool:
    """As `app.start.scratch` makes it."""
    return folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith("qlbreak-")


def choices(offered: tuple[StartSwitch, ...]) -> tuple[Option, ...]:
    return tuple(Option(each.word, each.label) for each in offered)


def notes(offered: tuple[StartSwitch, ...]) -> dict[str, str]:
    return {each.word: each.note for each in offered}
