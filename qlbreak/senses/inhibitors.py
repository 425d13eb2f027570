"""Who keeps the screen on: the session's manager, KDE's power management, logind."""

import os
import sys
from typing import Any, Final

from qlbreak.dbus import PROPERTIES, Body
from qlbreak.senses.bus_questions import Question, stated

_GNOME: Final = "org.gnome.SessionManager"
_IDLE: Final = 8  # its flag for "may not count as idle"; 4, for sleep, is music as well
_KDE: Final = "org.kde.Solid.PowerManagement.PolicyAgent"
_SCREEN: Final = 4  # likewise: ChangeScreenSettings; 1 is sleep
_LOGIND: Final = "org.freedesktop.login1"


def _holds_idle(actions: Any) -> bool:
    return bool(actions & _IDLE)


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


SESSION: Final = {
    "session manager": stated(
        _GNOME, "/org/gnome/SessionManager", _GNOME, "InhibitedActions", _holds_idle,
        (_GNOME, "InhibitorAdded"), (_GNOME, "InhibitorRemoved"),
    ),
    "KDE": Question(
        _KDE, "/org/kde/Solid/PowerManagement/PolicyAgent", _KDE, "HasInhibition", "u", (_SCREEN,),
        lambda body: bool(body[0]), ((_KDE, "InhibitionsChanged"),),
    ),
}  # fmt: skip
SYSTEM: Final = {
    "logind": Question(
        _LOGIND, "/org/freedesktop/login1", f"{_LOGIND}.Manager", "ListInhibitors", "", (),
        _somebody_looks, ((PROPERTIES, "PropertiesChanged"),),
    ),
}  # fmt: skip
