"""Idle time by a counter of the desktop, asked over the session bus."""

from collections.abc import Callable
from typing import Final, NamedTuple

from qlbreak.dbus import DAEMON, Bus

_PATIENCE_S = 0.5  # takes a millisecond; whoever hangs is done without


class Counter(NamedTuple):
    """`ask` answers with milliseconds; `name` is that of the interface, too."""

    name: str
    path: str
    ask: str


COUNTERS: Final = {
    # GNOME's window manager, on Wayland and on X11, and Cinnamon's, which has come from it.
    "GNOME": Counter(
        "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "GetIdletime"
    ),
    "Cinnamon": Counter(
        "org.cinnamon.Muffin.IdleMonitor", "/org/cinnamon/Muffin/IdleMonitor/Core", "GetIdletime"
    ),
    # KDE's screen locker passes on what KIdleTime says, so these are milliseconds, though the name
    # that others share says seconds. On X11 only: on Wayland 5.24 says 0 and later ones refuse.
    "KDE": Counter("org.freedesktop.ScreenSaver", "/ScreenSaver", "GetSessionIdleTime"),
}


def open_idle(bus: Bus | None, desktop: str) -> Callable[[], float]:
    """Raises OSError where nobody counts: a call might start somebody who should not run."""
    counter = COUNTERS[desktop]
    if bus is None:
        raise OSError("there is no session bus")
    if not bus.call(*DAEMON, "NameHasOwner", "s", (counter.name,), _PATIENCE_S)[0]:
        raise OSError(f"nobody here is {counter.name}")

    def ask() -> float:
        body = bus.call(counter.name, counter.path, counter.name, counter.ask, timeout=_PATIENCE_S)
        return float(body[0]) / 1000

    return ask
