"""Which sources a session may have, question by question; of idle time, in the order of asking.

Idle time is that of the first who answers; a lock, or a reason for which somebody is busy, holds
when any of them says so. docs/desktops.md and docs/busy.md have it by desktop.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from qlbreak.core.model.terms import Reason
from qlbreak.language import _
from qlbreak.senses.source import Sense, Source

if TYPE_CHECKING:
    from qlbreak.dbus import Bus


def sources(
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    session: "Bus | None" = None,
    system: "Bus | None" = None,
) -> Iterator[Source]:
    """What this session might offer. Opens nothing, and imports what it will open only then."""
    if platform == "win32":
        yield from _windows()
    elif platform == "darwin":
        yield from _macos()
    else:
        x11 = cache(_later("x11", "Display", environment.get("DISPLAY", "")))
        yield from _idle(environment, x11, session)
        yield Source(Sense.IDLE, "logind", _later("logind", "open_idle", system))
        yield from _locked(session, system)
        yield from _call(environment)
        yield from _full_screen(environment, x11)
        if session is not None:
            yield from _do_not_disturb(environment, session)
        yield from _kept_on(session, system)


def _windows() -> Iterator[Source]:
    at = partial(_later, "windows")
    yield Source(Sense.IDLE, "Windows", at("open_idle"))
    yield Source(Sense.LOCKED, "Windows", at("open_locked"))
    yield Source(Reason.MICROPHONE, "Windows", at("open_uses", "microphone"))
    yield Source(Reason.CAMERA, "Windows", at("open_uses", "webcam"))
    yield Source(Reason.FULL_SCREEN, "Windows", at("open_full_screen"))
    yield Source(Reason.DO_NOT_DISTURB, "Windows", at("open_do_not_disturb"))
    yield Source(Reason.DO_NOT_DISTURB, _("the quiet time of Windows"), at("open_quiet"))


def _macos() -> Iterator[Source]:
    at = partial(_later, "macos")
    yield Source(Sense.IDLE, "macOS", at("open_idle"))
    yield Source(Sense.LOCKED, "macOS", at("open_locked"))
    yield Source(Reason.MICROPHONE, "macOS", at("open_microphone"))
    yield Source(Reason.CAMERA, "macOS", at("open_camera"))
    yield Source(Reason.DO_NOT_DISTURB, "Focus", at("open_focus"))


def _idle(
    environment: Mapping[str, str], x11: Callable[[], Any], bus: "Bus | None"
) -> Iterator[Source]:
    """Wayland: the desktop's own counters (a window manager's sees all input and takes no thread),
    the compositor's protocol. X11: the server's counter, then the desktop's. Neither: the
    terminals. Xwayland is never asked: it sees only what goes to its own windows.
    """
    desktops = environment.get("XDG_CURRENT_DESKTOP", "").split(":")
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        yield from _counters(desktops, bus, wayland=True)
        opener = _later("compositor", "open_idle", _wayland_socket(environment))
        yield Source(Sense.IDLE, "Wayland", opener, main=True)
        if environment.get("DISPLAY"):
            refused = partial(_refuse, "Xwayland sees only what goes to its own windows")
            yield Source(Sense.IDLE, "X11", refused)
    elif environment.get("DISPLAY"):
        yield Source(Sense.IDLE, "X11", lambda: x11().open_idle(), main=True)
        yield from _counters(desktops, bus, wayland=False)
    else:
        opener = _later("terminals", "open_idle")
        yield Source(Sense.IDLE, _("the terminal"), opener, grain=8.0, main=True)


def _counters(desktops: list[str], bus: "Bus | None", *, wayland: bool) -> Iterator[Source]:
    from qlbreak.senses.counters import of

    for name in of(desktops, wayland=wayland):
        yield Source(Sense.IDLE, name, _later("counters", "open_idle", bus, name))


def _locked(session: "Bus | None", system: "Bus | None") -> Iterator[Source]:
    if system is not None:
        opener = _later("logind", "OutOfReach", system)
        yield Source(Sense.LOCKED, "logind", opener, tells=True)
    if session is not None:
        from qlbreak.senses.screensavers import COVERS

        for name, question in COVERS.items():
            opener = _later("bus_questions", "Told", session, question)
            yield Source(Sense.LOCKED, name, opener, tells=True)


def _call(environment: Mapping[str, str]) -> Iterator[Source]:
    from qlbreak.senses.microphone import socket_path

    opener = _later("microphone", "open_source", socket_path(environment))
    yield Source(Reason.MICROPHONE, "PulseAudio or PipeWire", opener)
    yield Source(Reason.CAMERA, "/dev/video*", _later("camera", "open_source"))


def _full_screen(environment: Mapping[str, str], x11: Callable[[], Any]) -> Iterator[Source]:
    """With Wayland only the compositor knows all: X sees the windows of its own programs."""
    display = environment.get("DISPLAY")
    if environment.get("WAYLAND_DISPLAY"):
        there = _wayland_socket(environment)
        opener = _later("compositor", "open_full_screen", there)
        yield Source(Reason.FULL_SCREEN, "Wayland", opener)
        if display:
            yield Source(Reason.FULL_SCREEN, "Xwayland", _later("x11", "Beside", display, there))
    elif display:
        yield Source(Reason.FULL_SCREEN, "X11", lambda: x11().open_full_screen())


def _do_not_disturb(environment: Mapping[str, str], bus: "Bus") -> Iterator[Source]:
    from qlbreak.senses.do_not_disturb import QUESTIONS, kept_by

    yield from _told(Reason.DO_NOT_DISTURB, bus, QUESTIONS)
    if kept := kept_by(environment):
        name, setting = kept
        opener = _later("do_not_disturb", "open_setting", bus, setting)
        yield Source(Reason.DO_NOT_DISTURB, name, opener)


def _kept_on(session: "Bus | None", system: "Bus | None") -> Iterator[Source]:
    if session is not None:
        from qlbreak.senses.screensavers import KEEPS_ON

        yield from _told(Reason.INHIBITED, session, KEEPS_ON)
    if system is not None:
        from qlbreak.senses.logind import INHIBITORS

        yield from _told(Reason.INHIBITED, system, {"logind": INHIBITORS})


def _told(reason: Reason, bus: "Bus", questions: Mapping[str, Any]) -> Iterator[Source]:
    for name, question in questions.items():
        yield Source(reason, name, _later("bus_questions", "Told", bus, question))


def _wayland_socket(environment: Mapping[str, str]) -> Any:
    from qlbreak.senses.wayland_wire import socket_path

    return socket_path(environment)


def _later(module: str, name: str, *words: Any) -> Callable[..., Any]:
    """Imports the module when it is called; what it gets then comes behind the *words*."""

    def made(*more: Any) -> Any:
        return getattr(import_module(f"qlbreak.senses.{module}"), name)(*words, *more)

    return made


def _refuse(why: str) -> NoReturn:
    raise OSError(why)
