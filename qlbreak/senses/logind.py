"""logind, on the system bus: idle hint; lock, sleep, switched users; who keeps the screen on."""

import math
import os
import sys
from collections.abc import Callable
from typing import Final

from qlbreak.dbus import PROPERTIES, Body, Bus, BusError
from qlbreak.language import _
from qlbreak.senses.bus_questions import BusQuestion, Told
from qlbreak.senses.source import Stir
from qlbreak.system.clock import awake

NAME: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = f"{NAME}.Manager"
_SESSION: Final = f"{NAME}.Session"
_ALL: Final = PROPERTIES, "GetAll", "s", (_SESSION,)
# Whoever asks: the session of the process or, for a service of the user's, the one on the screen.
_AUTO: Final = f"{_PATH}/session/auto"
_PATIENCE_S = 0.5  # takes a millisecond or two


def open_idle(bus: Bus | None) -> Callable[[], float]:
    """Late, since the desktop tells it only before it blanks. Raises OSError where there is no
    logind, or no session, or the desktop has told it nothing: most do not, and "not idle" then
    stands there all day.
    """
    if bus is None:
        raise OSError(_("there is no system bus"))
    session = _find(bus)

    def ask() -> float:
        (found,) = bus.call(NAME, session, *_ALL, timeout=_PATIENCE_S)
        (_type, idle), (_type, since) = found["IdleHint"], found["IdleSinceHintMonotonic"]
        if not since:
            # Translators: when somebody was last at keyboard or mouse.
            raise OSError(_("the desktop does not tell it"))
        return awake() - float(since) / 1e6 if idle else 0.0

    return ask


class OutOfReach:
    """The lock as the desktop tells it to logind (not every locker does), a session that is not the
    one in front, and sleep from shortly before it until it is over.

    A closed lid is none: whoever goes on working then has another screen.
    """

    def __init__(self, bus: Bus, stir: Stir) -> None:
        locked = _lock(_find(bus))
        self._told = [Told(bus, question, stir) for question in (_SLEEP, locked)]

    def __call__(self) -> bool | None:
        asleep, locked = [told() for told in self._told]
        return asleep or locked

    def close(self) -> None:
        for told in self._told:
            told.close()


def _lock(session: str) -> BusQuestion:
    signs = ((PROPERTIES, "PropertiesChanged"),)
    return BusQuestion(NAME, session, *_ALL, _is_locked, signs, again=math.inf)


def _is_locked(body: Body) -> bool:
    (_, locked), (_, active) = body[0]["LockedHint"], body[0]["Active"]
    return bool(locked or not active)


def _somebody_looks(body: Body) -> bool:
    """One of the user's programs keeps the screen on, and nothing else: who blocks the shutdown as
    well, which is what `systemd-inhibit` does by default, is a job that nobody looks at.
    """
    if sys.platform == "win32":
        return False
    blocked = [
        set(what.split(":"))
        for what, _, _, mode, user, _ in body[0]
        if mode == "block" and user == os.getuid()
    ]
    return any("idle" in kinds and "shutdown" not in kinds for kinds in blocked)


_SLEEP: Final = BusQuestion(
    NAME, _PATH, PROPERTIES, "Get", "ss", (_MANAGER, "PreparingForSleep"),
    lambda body: bool(body[0][1]), ((_MANAGER, "PrepareForSleep"),), again=math.inf,
)  # fmt: skip
INHIBITORS: Final = BusQuestion(
    NAME, _PATH, _MANAGER, "ListInhibitors", "", (), _somebody_looks,
    ((PROPERTIES, "PropertiesChanged"),),
)  # fmt: skip


def _find(bus: Bus) -> str:
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
        raise OSError(_("no session: {why}", why=error.text or error.name)) from error


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
