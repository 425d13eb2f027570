"""The graphical session that the program was started in: when it is over, so is the program.

Most desktops on X11 end at a log-out what they started themselves, and nothing else: what autostart
began would go on, with no screen, in the way of the next log-in's.
"""

import logging
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qlbreak.senses.wayland_wire import socket_path
from qlbreak.senses.x11_wire import XServer
from qlbreak.system.clock import steady

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)

# KDE's compositor is started anew after a crash, and its session goes on.
_BACK_S, _RETRY_S = 3.0, 0.25
# A server that is busy, as at a log-in, is there all the same.
_BUSY_S = 3.0
# A bus that the session has started for itself does not come back.
_BUS_S = 20.0
# The start waits so long for the first look: from its first answer on, the end is seen.
_FIRST_S = 1.0
_BUS = "org.freedesktop.DBus"
_UNIX = getattr(socket, "AF_UNIX", socket.AF_UNSPEC)  # not everywhere, but to be imported there


def name(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Of the graphical session around; empty where there is none, or the system ends us itself. A
    screen behind a network belongs to no session here."""
    if platform in ("win32", "darwin"):
        return ""
    display = re.fullmatch(r"(?:unix)?(:\d+)(?:\.\d+)?", environment.get("DISPLAY", ""))
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        return f"Wayland {socket_path(environment)}{f' with {display[1]}' if display else ''}"
    return f"X11 {display[1]}" if display else ""


def other(session: str) -> bool:
    """Whether that is another graphical session than the one around; of the same one a program may
    know less, as one that came up by Xwayland does."""
    here, there = (set(text.split()[1:]) - {"with"} for text in (name(), session))
    return bool(here and there) and not here & there


class GraphicalSession:
    """`over` is called when the session has ended, once; by any thread."""

    def __init__(
        self,
        over: Callable[[], None],
        bus: "Bus | None" = None,
        environment: Mapping[str, str] = os.environ,
        patience: float = _BUS_S,
    ) -> None:
        self.name = name(environment)
        self.broken = False
        self.held = False  # whether its end will be seen
        self._patience = patience
        self._over = over
        self._environment = environment
        self._lost: float | None = None  # since when the bus is, in steady seconds
        self._thread = threading.Thread(target=self._live, name="session", daemon=True)
        self._ended, self._looked = threading.Event(), threading.Event()
        self._changing = threading.Lock()
        if bus is not None and _is_private(environment):
            bus.on_owner(_BUS, self._owned)

    def start(self) -> None:
        if self.name:
            self._thread.start()
            self._looked.wait(_FIRST_S)

    def stop(self) -> None:
        self._ended.set()

    @property
    def alive(self) -> bool:
        """Whether it waits for the end."""
        return self._thread.is_alive()

    @property
    def lost(self) -> bool:
        """Whether the session's own bus is gone just now."""
        return self._lost is not None

    def look(self) -> None:
        """With each tick."""
        lost = self._lost
        if lost is not None and steady() - lost > self._patience:
            self._break("its bus is gone")

    def _owned(self, owner: str) -> None:
        self._lost = None if owner else steady()

    def _live(self) -> None:
        connection = self._connect()
        while connection is not None:
            self.held = True
            self._looked.set()
            with connection:
                _wait(connection)
            self.held = False
            connection = self._again()
            if connection is None:
                self._break(f"{self.name} is gone")

    def _connect(self) -> socket.socket | None:
        """A connection that ends with the session; None where there is nobody."""
        while not self._ended.is_set():
            try:
                if self.name.startswith("Wayland"):
                    return _to_compositor(self._environment)
                return _to_x(self._environment["DISPLAY"])
            except TimeoutError:
                self._looked.set()
                self._ended.wait(_BUSY_S)
            except OSError as error:
                _log.info("%s cannot be reached: %s", self.name, error)
                break
        self._looked.set()
        return None

    def _again(self) -> socket.socket | None:
        """An X server that comes back is that of another session."""
        until = steady() + _BACK_S
        while self.name.startswith("Wayland") and steady() < until:
            if self._ended.wait(_RETRY_S):
                return None
            try:
                return _to_compositor(self._environment)
            except OSError:
                continue
        return None

    def _break(self, why: str) -> None:
        with self._changing:
            first = not (self.broken or self._ended.is_set())
            self.broken = True
        if first:
            _log.info("the session is over: %s", why)
            self._over()


def _is_private(environment: Mapping[str, str]) -> bool:
    """Not the one of the user, which outlives a session."""
    address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    lasting = environment.get("XDG_RUNTIME_DIR") or "/run/user/"
    return bool(address) and lasting not in address


def _wait(connection: socket.socket) -> None:
    """Until it ends. What is said on it, of a changed keyboard perhaps, is of no interest."""
    try:
        while connection.recv(4096):
            pass
    except OSError:
        return


def _to_compositor(environment: Mapping[str, str]) -> socket.socket:
    """Raises OSError."""
    connection = socket.socket(_UNIX)
    try:
        connection.connect(str(socket_path(environment)))
    except OSError:
        connection.close()
        raise
    return connection


def _to_x(display: str) -> socket.socket:
    """Raises OSError."""
    return XServer(display).detach()
