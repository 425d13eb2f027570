"""Processes of our own beside the tray, windows above all: one of each at a time; ends them."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib.util import find_spec

from qlbreak.paths import Paths

_log = logging.getLogger(__name__)

# So long one may take to tell what was done, before the program ends without it.
_GRACE_S = 3.0


class Children:
    """`ended` hears which one has ended, and its exit code; on a thread of its own."""

    def __init__(self, paths: Paths, ended: Callable[[str, int], None]) -> None:
        self._paths = paths
        self._ended = ended
        self._open: dict[str, subprocess.Popen[bytes]] = {}
        self._changing = threading.Lock()

    @property
    def possible(self) -> bool:
        """As far as can be told without trying."""
        display = sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY"))
        return display and find_spec("_tkinter") is not None

    def open(self, name: str, *options: str) -> bool:
        """The window of that command. Whether it is, or soon will be; raises nothing."""
        paths = self._paths
        config = ("--config", str(paths.config)) if paths.config.exists() else ()
        words = (*config, "--data-dir", str(paths.data), name, *options)
        return self.possible and self.run(name, "qlbreak", *words)

    def run(self, name: str, module: str, *words: str) -> bool:
        """A module of ours; whether it runs. Its complaints go where ours go."""
        with self._changing:
            if name in self._open:
                return True
            command, null = [sys.executable, "-m", module, *words], subprocess.DEVNULL
            try:
                process = subprocess.Popen(command, stdin=null, stdout=null)
            except OSError as error:
                _log.warning("%s cannot be started: %s", name, error)
                return False
            self._open[name] = process
        threading.Thread(target=self._wait, args=(name, process), name=name, daemon=True).start()
        return True

    def close(self, then: Callable[[], None]) -> bool:
        """Ends all, and calls *then* when they have told what was done; False where none is."""
        with self._changing:
            processes = list(self._open.values())
        if not processes:
            return False
        for process in processes:
            process.terminate()
        threading.Thread(target=self._await, args=(processes, then), name="closing").start()
        return True

    def _wait(self, name: str, process: subprocess.Popen[bytes]) -> None:
        code = process.wait()
        with self._changing:
            self._open.pop(name, None)
        if code:
            _log.warning("%s ended with %d", name, code)
        self._ended(name, code)

    def _await(self, processes: list[subprocess.Popen[bytes]], then: Callable[[], None]) -> None:
        for process in processes:
            try:
                process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()
        with self._changing:
            self._open = {n: p for n, p in self._open.items() if p not in processes}
        then()
