"""Who covers the screen, and who keeps it from being covered, as told on the session bus."""

import math
from typing import Any, Final

from qlbreak.senses.bus_questions import BusQuestion, stated


def _saver(name: str) -> BusQuestion:
    """Each is at a path of its own name."""
    return BusQuestion(
        name, f"/{name.replace('.', '/')}", name, "GetActive", "", (),
        lambda body: bool(body[0]), ((name, "ActiveChanged"),), again=math.inf,
    )  # fmt: skip


# Covered counts as locked: behind a picture nobody works, whether it asks for a password or not.
# KDE is the second.
COVERS: Final = {
    name: _saver(name)
    for name in (
        "org.gnome.ScreenSaver",
        "org.freedesktop.ScreenSaver",
        "org.cinnamon.ScreenSaver",
        "org.mate.ScreenSaver",
        "org.xfce.ScreenSaver",
    )
}

_GNOME: Final = "org.gnome.SessionManager"
_IDLE: Final = 8  # its flag for "may not count as idle"; 4, for sleep, is music as well
_KDE: Final = "org.kde.Solid.PowerManagement.PolicyAgent"
_SCREEN: Final = 4  # likewise: ChangeScreenSettings; 1 is sleep


def _holds_idle(actions: Any) -> bool:
    return bool(actions & _IDLE)


KEEPS_ON: Final = {
    "session manager": stated(
        _GNOME, "/org/gnome/SessionManager", _GNOME, "InhibitedActions", _holds_idle,
        (_GNOME, "InhibitorAdded"), (_GNOME, "InhibitorRemoved"),
    ),
    "KDE": BusQuestion(
        _KDE, "/org/kde/Solid/PowerManagement/PolicyAgent", _KDE, "HasInhibition", "u", (_SCREEN,),
        lambda body: bool(body[0]), ((_KDE, "InhibitionsChanged"),),
    ),
}  # fmt: skip
