"""Idle time by a counter of the desktop, asked over the session bus."""

from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from qlbreak.dbus import DAEMON, Bus
from qlbreak.language import _

_PATIENCE_S = 0.5  # takes a millisecond; whoever hangs is done without


class Counter(NamedTuple):
    """`ask` answers with milliseconds; `name` is that of the interface, too. `x11_of`: counts on
    X11 alone, and is asked only where the desktop calls itself that."""

    name: str
    path: str
    ask: str
    x11_of: str = ""


# In the order of asking.
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
    "KDE": Counter("org.freedesktop.ScreenSaver", "/ScreenSaver", "GetSessionIdleTime", "KDE"),
}


def of(desktops: Collection[str], *, wayland: bool) -> Iterator[str]:
    """The names of those that may be asked in such a session."""
    for name, counter in COUNTERS.items():
        if not counter.x11_of or (counter.x11_of in desktops and not wayland):
            yield name


def open_idle(bus: Bus | None, desktop: str) -> Callable[[], float]:
    """Raises OSError where nobody counts: a call might start somebody who should not run."""
    counter = COUNTERS[desktop]
    if bus is None:
        raise OSError(_("there is no session bus"))
    if not bus.call(*DAEMON, "NameHasOwner", "s", (counter.name,), _PATIENCE_S)[0]:
        # Translators: a name on the session bus, such as "org.gnome.Mutter.IdleMonitor".
        raise OSError(_("nobody here is {name}", name=counter.name))

    def ask() -> float:
        body = bus.call(counter.name, counter.path, counter.name, counter.ask, timeout=_PATIENCE_S)
        return float(body[0]) / 1000

    return ask
