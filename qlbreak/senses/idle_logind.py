"""Idle time as the desktop tells it to logind: late, since it does so only before it blanks."""

from collections.abc import Callable

from qlbreak.dbus import Bus
from qlbreak.senses.logind import find, properties
from qlbreak.system.clock import awake


def open_source(bus: Bus | None) -> Callable[[], float]:
    """Raises OSError where there is no logind, or no session, or the desktop has told it nothing:
    most do not, and "not idle" then stands there all day.
    """
    if bus is None:
        raise OSError("there is no system bus")
    session = find(bus)

    def ask() -> float:
        found = properties(bus, session)
        since: int = found["IdleSinceHintMonotonic"]
        if not since:
            raise OSError("the desktop does not tell it")
        return awake() - since / 1e6 if found["IdleHint"] else 0.0

    return ask
