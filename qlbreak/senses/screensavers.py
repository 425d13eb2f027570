"""Locks and screen savers that tell on the session bus whether they cover the screen."""

from collections.abc import Callable, Iterator
from typing import Final

from qlbreak.dbus import DAEMON, Bus

# KDE is the second; each is at a path of its own name.
_NAMES: Final = (
    "org.gnome.ScreenSaver",
    "org.freedesktop.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_PATIENCE_S = 0.5  # takes a millisecond


def savers(bus: Bus) -> Iterator["ScreenSaver"]:
    yield from (ScreenSaver(bus, name) for name in _NAMES)


class ScreenSaver:
    """Covered counts as locked: behind a picture nobody works, whether it asks for a password or
    not.
    """

    tells = True

    def __init__(self, bus: Bus, name: str) -> None:
        self._bus = bus
        self.name = name
        self._known = False  # whether it has been told who has the name at present

    def watch(self, stir: Callable[[], None]) -> None:
        def owned(_: str) -> None:
            """The first time it is the present owner, whom the first look asks anyway."""
            if self._known:
                stir()
            self._known = True

        self._bus.on_signal(self.name, self.name, "ActiveChanged", None, lambda _: stir())
        self._bus.on_owner(self.name, owned)

    def holds(self) -> bool:
        """Raises OSError where it does not run: a call would start some of them."""
        if not self._bus.call(*DAEMON, "NameHasOwner", "s", (self.name,), _PATIENCE_S)[0]:
            raise OSError(f"nobody here is {self.name}")
        path = f"/{self.name.replace('.', '/')}"
        return bool(self._bus.call(self.name, path, self.name, "GetActive", timeout=_PATIENCE_S)[0])
