"""A session bus of a test's own, without a desktop, that can be lost and come back."""

import os
import shutil
from pathlib import Path

import pytest
from edges.processes import Process
from edges.session import Session


class PrivateBus(Session):
    """Only a bus; `env` is for programs that use it."""

    def start(self) -> None:
        need("dbus-daemon")
        self.home.mkdir()
        self.runtime.mkdir(mode=0o700)
        self.start_daemon()

    def start_daemon(self) -> None:
        """At the same address each time."""
        self._start_bus("session", self.session_address)

    def kill_daemon(self) -> None:
        """The way a bus is lost in real life; the socket would keep its place otherwise."""
        self._daemon.kill9()
        Path(self.runtime, "bus").unlink()

    @property
    def _daemon(self) -> Process:
        return self._processes[-1]


def need(*programs: str) -> None:
    """Skips where a program is missing; in continuous integration that is a failure."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"this test needs {', '.join(missing)}")
    if missing:
        pytest.skip(f"this test needs {', '.join(missing)}")
