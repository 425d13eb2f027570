"""Which sources of idle time a session may have, in the order in which they are asked.

Wayland: the window manager of GNOME or Cinnamon (its counter sees all input and takes no thread),
the compositor's own protocol, logind. X11: the server's counter, those window managers, KDE's
counter, logind. Neither: the terminals, logind. Xwayland is never asked: it sees only what goes to
its own windows, and KDE's counter not on Wayland. docs/desktops.md has it by desktop.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from qlbreak.senses.idle import Ask, Source
from qlbreak.senses.wayland_wire import place

if TYPE_CHECKING:
    from qlbreak.dbus import Bus


def sources(
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    session: "Bus | None" = None,
    system: "Bus | None" = None,
) -> Iterator[Source]:
    """What this session might offer, the best first. Imports nothing that is not asked."""
    if platform == "win32":
        yield Source("Windows", _opener("windows"))
    elif platform == "darwin":
        yield Source("macOS", _opener("macos"))
    else:
        yield from _of_the_screen(environment, session)
        yield Source("logind", _opener("logind", system))


def _of_the_screen(environment: Mapping[str, str], bus: "Bus | None") -> Iterator[Source]:
    wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    if wayland:
        yield from _window_managers(bus)
        yield Source("Wayland", _opener("wayland", place(environment)), main=True)
        if environment.get("DISPLAY"):
            yield Source("X11", partial(_refuse, "Xwayland sees only what goes to its own windows"))
    elif environment.get("DISPLAY"):
        yield Source("X11", _opener("x11", environment["DISPLAY"]), main=True)
        yield from _window_managers(bus)
        if "KDE" in environment.get("XDG_CURRENT_DESKTOP", "").split(":"):
            yield Source("KDE", partial(_counter, bus, "KDE"))
    else:
        yield Source("the terminal", _opener("terminal"), grain=8.0, main=True)


def _window_managers(bus: "Bus | None") -> Iterator[Source]:
    yield Source("GNOME", partial(_counter, bus, "MUTTER"))
    yield Source("Cinnamon", partial(_counter, bus, "MUFFIN"))


def _counter(bus: "Bus | None", which: str) -> Ask:
    from qlbreak.senses import idle_counters

    return idle_counters.open_source(bus, getattr(idle_counters, which))


def _opener(module: str, *place: Any) -> Any:
    def open_source() -> Ask:
        opened: Ask = import_module(f"qlbreak.senses.idle_{module}").open_source(*place)
        return opened

    return open_source


def _refuse(why: str) -> NoReturn:
    raise OSError(why)
