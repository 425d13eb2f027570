"""Processes of our own beside the tray, windows above all: one of each at a time; ends them."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

from qlbreak.clock import steady
from qlbreak.paths import Paths

_log = logging.getLogger(__name__)

# So long one may take to tell what was done, before the program ends without it.
_GRACE_S = 3.0


class _Next(NamedTuple):
    """Steady seconds of the wish."""

    since: float
    command: list[str]
    about: int


class Children:
    """`ended` hears which one has ended, its exit code, what it was about; on another thread."""

    def __init__(self, paths: Paths, ended: Callable[[str, int, int], None]) -> None:
        self._paths = paths
        self._ended = ended
        self._open: dict[str, subprocess.Popen[bytes]] = {}
        self._about: dict[str, int] = {}  # what an open one is about
        self._next: dict[str, _Next] = {}  # what was asked for while another one was there
        self._closing = False
        self._changing = threading.Lock()

    @property
    def possible(self) -> bool:
        """As far as can be told without trying."""
        display = sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY"))
        return display and find_spec("_tkinter") is not None

    def open(self, name: str, *options: str, about: int = 0) -> bool:
        """The window of that command. Whether it is, or soon will be; raises nothing.

        One that is about something else is closed first, and the new one follows it; so it does
        where the old one is ending anyway.
        """
        return self.possible and self.command(name, *options, about=about)

    def command(self, name: str, *options: str, about: int = 0) -> bool:
        """One of our own commands; whether it runs."""
        paths = self._paths
        config = ("--config", str(paths.config)) if paths.config.exists() else ()
        words = (*config, "--data-dir", str(paths.data), name, *options)
        return self.run(name, "qlbreak", *words, about=about)

    def run(self, name: str, module: str, *words: str, about: int = 0) -> bool:
        """A module of ours; whether it runs. Its complaints go where ours go."""
        command = [sys.executable, "-m", module, *words]
        with self._changing:
            if self._closing:
                return False
            if name in self._open:
                self._next[name] = _Next(steady(), command, about)
                if self._about[name] != about:
                    self._open[name].terminate()
                return True
            return self._start(name, command, about)

    def _start(self, name: str, command: list[str], about: int) -> bool:
        null = subprocess.DEVNULL
        try:
            process = subprocess.Popen(command, stdin=null, stdout=null)
        except OSError as error:
            _log.warning("%s cannot be started: %s", name, error)
            return False
        self._open[name], self._about[name] = process, about
        threading.Thread(target=self._wait, args=(name, process), name=name, daemon=True).start()
        return True

    def close(self, then: Callable[[], None]) -> bool:
        """Ends all, and calls *then* when they have told what was done; False where none is."""
        with self._changing:
            self._closing = True
            processes = list(self._open.values())
        if not processes:
            return False
        for process in processes:
            process.terminate()
        threading.Thread(target=self._await, args=(processes, then), name="closing").start()
        return True

    def _wait(self, name: str, process: subprocess.Popen[bytes]) -> None:
        code = process.wait()
        if code:
            _log.warning("%s ended with %d", name, code)
        with self._changing:
            self._open.pop(name, None)
            about = self._about.pop(name, 0)
            following = self._next.pop(name, None)
            fresh = following is not None and steady() - following.since < _GRACE_S
            again = following is not None and fresh and not self._closing
            if again and following and self._start(name, following.command, following.about):
                return
        self._ended(name, code, about)

    def _await(self, processes: list[subprocess.Popen[bytes]], then: Callable[[], None]) -> None:
        until = steady() + _GRACE_S  # for all of them together: somebody waits for the end
        for process in processes:
            try:
                process.wait(max(0.0, until - steady()))
            except subprocess.TimeoutExpired:
                process.kill()
        with self._changing:
            self._open = {n: p for n, p in self._open.items() if p not in processes}
        then()
