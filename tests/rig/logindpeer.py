"""A logind of the test's own: one session, with the properties that are documented for it."""

from typing import Self

from qlbreak.dbus import DAEMON, PROPERTIES, Body, Bus, BusError, Method, Variant

NAME = "org.freedesktop.login1"
MANAGER, SESSION = f"{NAME}.Manager", f"{NAME}.Session"
PATH = "/org/freedesktop/login1"
OWN = f"{PATH}/session/_32"
AUTO = f"{PATH}/session/auto"


class LogindPeer:
    """`by_pid`: whether the process belongs to the session; a service of the user's does not.
    `locked`: from the first moment on, since it is asked in that."""

    def __init__(self, address: str, by_pid: bool = True, locked: bool = False) -> None:
        self._by_pid = by_pid
        self.state: dict[str, Variant] = {
            "Id": ("s", "2"),
            "Active": ("b", True),
            "LockedHint": ("b", locked),
            "IdleHint": ("b", False),
            "IdleSinceHintMonotonic": ("t", 0),
        }
        self.asleep = False
        self.asked = 0  # how often for the session's properties
        self._bus = Bus(address, retry_s=0.02)
        self._bus.connect()
        find = {
            "GetSession": Method(self._by_id, ("s",), ("o",)),
            "GetSessionByPID": Method(self._by_process, ("u",), ("o",)),
        }
        preparing = lambda: {"PreparingForSleep": ("b", self.asleep)}  # noqa: E731
        self._bus.serve(PATH, MANAGER, find, preparing)
        for path in (OWN, AUTO):
            self._bus.serve(path, SESSION, {}, self._properties)
        self._bus.call(*DAEMON, "RequestName", "su", (NAME, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._bus.close()

    def set(self, **values: bool | int) -> None:
        """Changes properties of the session, and tells."""
        new: dict[str, Variant] = {
            name: (self.state[name][0], value) for name, value in values.items()
        }
        self.state |= new
        self._bus.emit(OWN, PROPERTIES, "PropertiesChanged", "sa{sv}as", (SESSION, new, []))

    def sleep(self, asleep: bool) -> None:
        """Right before the machine sleeps, and right after it."""
        self.asleep = asleep
        self._bus.emit(PATH, MANAGER, "PrepareForSleep", "b", (asleep,))

    def _properties(self) -> dict[str, Variant]:
        self.asked += 1
        return self.state

    def _by_id(self, number: str) -> Body:
        if number != "2":
            raise BusError(f"{NAME}.NoSuchSession", f"No session '{number}' known")
        return (OWN,)

    def _by_process(self, process: int) -> Body:
        if not self._by_pid:
            text = f"PID {process} does not belong to any known session"
            raise BusError(f"{NAME}.NoSessionForPID", text)
        return (OWN,)
