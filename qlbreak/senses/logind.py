"""Lock, sleep and switched users from logind, on the system bus."""

import os
from collections.abc import Callable
from typing import Any, Final

from qlbreak.dbus import PROPERTIES, Body, Bus, BusError

NAME: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = f"{NAME}.Manager"
_SESSION: Final = f"{NAME}.Session"
# Whoever asks: the session of the process or, for a service of the user's, the one on the screen.
_AUTO: Final = f"{_PATH}/session/auto"
_PATIENCE_S = 0.5  # takes a millisecond or two


def find(bus: Bus) -> str:
    """The path of the session that this program belongs to.

    Raises OSError where there is none, or no logind.
    """
    try:
        for member, signature, what in (
            ("GetSession", "s", os.environ.get("XDG_SESSION_ID")),
            ("GetSessionByPID", "u", os.getpid()),
        ):
            if what and (path := _path(bus, member, signature, what)):
                return path
        # Signals come from a session's own path only.
        number = bus.get(NAME, _AUTO, _SESSION, "Id", _PATIENCE_S)
        return str(_manager(bus, "GetSession", "s", number)[0])
    except BusError as error:
        raise OSError(f"no session: {error.text or error.name}") from error


def properties(bus: Bus, session: str) -> dict[str, Any]:
    """Of the session; raises like `Bus.call`."""
    what = (NAME, session, PROPERTIES, "GetAll", "s", (_SESSION,))
    (found,) = bus.call(*what, timeout=_PATIENCE_S)
    return {name: value for name, (_, value) in found.items()}


class Logind:
    """A sign for the screen: the lock as the desktop tells it to logind (not every locker does), a
    session that is not the one in front, and sleep from shortly before it until it is over.

    A closed lid is none: whoever goes on working then has another screen.
    """

    name = "logind"
    tells = True

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._session = ""
        self._known = False  # whether it has been told who logind is at present
        self._stir: Callable[[], None] | None = None
        self._forget: Callable[[], None] = lambda: None

    def watch(self, stir: Callable[[], None]) -> None:
        self._stir = stir
        self._bus.on_signal(NAME, _MANAGER, "PrepareForSleep", _PATH, lambda _: stir())
        self._bus.on_owner(NAME, self._owned)

    def holds(self) -> bool:
        if not self._session:
            self._session = find(self._bus)
            if self._stir is not None:
                self._forget = self._bus.on_signal(
                    NAME, PROPERTIES, "PropertiesChanged", self._session, self._changed
                )
        found = properties(self._bus, self._session)
        if found["LockedHint"] or not found["Active"]:
            return True
        return bool(self._bus.get(NAME, _PATH, _MANAGER, "PreparingForSleep", _PATIENCE_S))

    def _changed(self, news: Body) -> None:
        _, changed, gone = news
        if self._stir is not None and {"LockedHint", "Active"} & {*changed, *gone}:
            self._stir()

    def _owned(self, _: str) -> None:
        """The first time it is the present owner, whom the first look asks anyway."""
        if self._known and self._stir is not None:
            self._forget()
            self._session = ""
            self._stir()
        self._known = True


def _path(bus: Bus, member: str, signature: str, what: str | int) -> str:
    """Empty for a session that is over, or for nobody's process."""
    try:
        return str(_manager(bus, member, signature, what)[0])
    except BusError as error:
        if not error.name.startswith(f"{NAME}.NoS"):  # NoSuchSession, NoSessionForPID
            raise
        return ""


def _manager(bus: Bus, member: str, signature: str, what: str | int) -> Body:
    return bus.call(NAME, _PATH, _MANAGER, member, signature, (what,), _PATIENCE_S)
