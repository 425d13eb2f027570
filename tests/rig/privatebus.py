"""A session bus of a test's own, without a desktop, that can be lost and come back."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from qlbreak.dbus import DAEMON, Bus
from rig.processes import Process
from rig.session import Session
from rig.waiting import wait_for


class PrivateBus(Session):
    """Only a bus; `env` is for programs that use it."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: list[Bus] = []

    def start(self) -> None:
        need("dbus-daemon")
        self.home.mkdir()
        self.runtime.mkdir(mode=0o700)
        self.start_daemon()

    def stop(self) -> None:
        for bus in self._opened:
            bus.close()
        super().stop()

    def connect(self, name: str = "") -> Bus:
        """A connection that comes back fast, and ends with this; others may call it by `name`."""
        bus = Bus(self.session_address, retry_s=0.02)
        bus.connect()
        self._opened.append(bus)
        if name:
            bus.call(*DAEMON, "RequestName", "su", (name, 0))
        return bus

    def start_daemon(self) -> None:
        """At the same address each time."""
        self._start_bus("session", self.session_address)
        wait_for(self._listens, 10, "the session bus takes connections")

    def kill_daemon(self) -> None:
        """The way a bus is lost in real life; the socket would keep its place otherwise."""
        self._daemon.kill9()
        Path(self.runtime, "bus").unlink()

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(f"{self.runtime}/bus") == 0

    @property
    def _daemon(self) -> Process:
        return next(p for p in reversed(self._processes) if p.name == "session-bus")


def need(*programs: str) -> None:
    """Skips where a program is missing; in continuous integration that is a failure."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"this test needs {', '.join(missing)}")
    if missing:
        pytest.skip(f"this test needs {', '.join(missing)}")
