"""Where on this desktop the icon is, and what to do where it shows none."""

import os
import sys
from collections.abc import Mapping, Sequence

from qlbreak.dbus import connect_bus
from qlbreak.texts import first_steps
from qlbreak.tray import hosts

_DESKTOPS = {"GNOME": "gnome", "KDE": "plasma"}


def told(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> list[str]:
    """The paragraphs for this desktop, as it is now."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    if platform not in ("win32", "darwin") and not any(map(environment.get, screens)):
        return [first_steps.IN_TERMINAL]
    return paragraphs(desktop(platform, environment), shown=_shown())


def desktop(platform: str, environment: Mapping[str, str]) -> str:
    """By the names in `texts.first_steps`."""
    if platform in ("win32", "darwin"):
        return "windows" if platform == "win32" else "macos"
    names: Sequence[str] = environment.get("XDG_CURRENT_DESKTOP", "").split(":")
    return next((_DESKTOPS[name] for name in names if name in _DESKTOPS), "other")


def paragraphs(name: str, *, shown: bool) -> list[str]:
    if shown:
        return [first_steps.SHOWN[name], first_steps.ANSWERS]
    return [first_steps.HIDDEN.get(name, first_steps.HIDDEN["other"]), first_steps.WITHOUT]


def _shown() -> bool:
    """Whether somebody here would show an icon; asked of the desktop, not of the running program,
    whose icon may be just coming."""
    bus = connect_bus()
    try:
        return hosts.probe(bus) != "none"
    finally:
        if bus is not None:
            bus.close()
