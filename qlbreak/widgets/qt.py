"""What must be there before Qt may start: without a library or a screen it would abort the process.

PySide6 (PySide6-Essentials) is looked for, then the system libraries that its part for this kind of
screen needs, then the screen itself; whatever is missing is one line with the package to install.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from qlbreak.language import _
from qlbreak.widgets import NoWindow

# Debian's packages of what a stock desktop may lack, by the name that the loader complains of.
PACKAGES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
}
_APT = "sudo apt install"
_HOW = "pip install PySide6-Essentials"


@contextmanager
def needing_qt() -> Iterator[None]:
    """Around the import of a window's module, which starts no Qt itself: what is missing becomes
    NoWindow."""
    if trouble := missing():
        raise NoWindow(trouble)
    try:
        yield
    except ImportError as error:
        if not (error.name or "").startswith(("PySide6", "shiboken6")):
            raise
        raise NoWindow(_complaint(str(error))) from error


def installed() -> bool:
    """Is there a Qt for this Python, whether or not it can start here?"""
    return find_spec("PySide6") is not None


@cache
def missing() -> str:
    """What keeps a window from opening here, for a person; nothing where nothing does. Looked for
    once: who imports a window asks, and so does who opens one."""
    if not installed():
        return _("windows need Qt, which is not installed ({how})", how=_HOW)
    if sys.platform != "linux":
        return ""
    platforms = wanted()
    if not platforms:
        return _("there is no screen here")
    troubles = [_unloadable(name) or _unreachable(name) for name in platforms]
    if "" in troubles:
        # Qt takes the first that is given, and aborts where that one fails.
        os.environ.setdefault("QT_QPA_PLATFORM", platforms[troubles.index("")])
        return ""
    return troubles[0]


def packages() -> list[str]:
    """Debian's packages of all the libraries that are missing here; none where Qt is."""
    if sys.platform != "linux" or not installed():
        return []
    return [package for name, package in PACKAGES.items() if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def wanted() -> list[str]:
    """Qt's names for the kinds of screen that this session has, the best one first."""
    if chosen := os.environ.get("QT_QPA_PLATFORM"):
        return [name.partition(":")[0] for name in chosen.split(";")]
    kinds = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
    return [kind for variable, kind in kinds.items() if os.environ.get(variable)]


def _unloadable(platform: str) -> str:
    """Loading Qt's part for it here names the library that it would abort for."""
    spec = find_spec("PySide6")
    folders = (spec and spec.submodule_search_locations) or ()
    plugins = [Path(folder, f"Qt/plugins/platforms/libq{platform}.so") for folder in folders]
    plugin = next((path for path in plugins if path.exists()), None)
    if plugin is None:  # a Qt of the system's, whose packages care for that
        return ""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return _complaint(str(error))
    return ""


def _complaint(said: str) -> str:
    """ "libxcb-cursor.so.0: cannot open shared object file: ..." as a sentence."""
    name = said.partition(":")[0].strip().rpartition("/")[2]
    if name in PACKAGES:
        # All at once: the loader complains of the next one only when this one is there.
        if len(every := packages()) > 1:
            command = f"{_APT} {' '.join(every)}"
            return _("windows need libraries that are missing (Debian: {command})", command=command)
        command = f"{_APT} {PACKAGES[name]}"
        return _(
            "windows need {name}, which is missing (Debian: {command})", name=name, command=command
        )
    return _("Qt cannot be loaded ({said})", said=said)


def _unreachable(platform: str) -> str:
    if platform == "xcb" and not _x_answers():
        name = os.environ.get("DISPLAY")
        return _("the X server at {name} does not answer", name=name)
    if platform == "wayland" and not _wayland_answers():
        name = os.environ.get("WAYLAND_DISPLAY")
        return _("the Wayland compositor at {name} does not answer", name=name)
    return ""


def _x_answers() -> bool:
    """It takes us as a client; asked as Qt will ask."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    for ask in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        ask.argtypes = [ctypes.c_void_p]
    line = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(line)
    xcb.xcb_disconnect(line)
    return not refused


def _wayland_answers() -> bool:
    client = ctypes.CDLL("libwayland-client.so.0")
    client.wl_display_connect.restype = ctypes.c_void_p
    client.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    line = client.wl_display_connect(None)
    if line:
        client.wl_display_disconnect(line)
    return bool(line)
