"""The front end of a session: the tray where there is one, else the terminal, else none."""

import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qlbreak.app.inbox import Scene
from qlbreak.notify import Note, notes
from qlbreak.system import streams
from qlbreak.system.control import Reply
from qlbreak.texts import moments
from qlbreak.tray import SESSION_ENDS, Face, Tray
from qlbreak.tray.hosts import probe, remedy
from qlbreak.tray.menu import lines, state
from qlbreak.tray.states import WORDS, draw, picture

if TYPE_CHECKING:
    from qlbreak.app.console import Terminal
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)

# Windows waits for five seconds, then it shows who holds up the log-off.
_LOG_OFF_S = 4.5
_ICON_S = 3.0  # from the start, and then it is there or will not come

# Words of a command, where they came from, what they are about, whom to tell what came of it.
Say = Callable[[str, str, int | None, Callable[[Reply], None]], None]


class Front:
    """After `patience` seconds without a tray `notify` says so, once ever: the file `said`
    remembers it. `guide` shows the guided routine in the terminal; whether it could.
    """

    def __init__(
        self,
        bus: "Bus | None",
        say: Say,
        notify: Callable[[Note], None],
        said: Path,
        patience: float,
        guide: Callable[[], bool],
    ) -> None:
        self._bus = bus
        self._say, self._guide = say, guide
        self._notify = notify
        self._said = said
        self._patience = patience
        self._ended, self._appeared = threading.Event(), threading.Event()
        self._tray = self._make_tray()
        self.terminal = self._make_terminal()

    @property
    def silent(self) -> bool:
        """Nothing here that a person could look at."""
        return self._tray is None and self.terminal is None

    @property
    def tray(self) -> str:
        """How the icon is shown; "" where it is not."""
        return self._tray.kind if self._tray is not None else ""

    def run(self) -> None:
        """Until `stop`; on the main thread, which the trays of some systems want for themselves."""
        if self.terminal is not None:
            if self._tray is not None:
                self._tray.start()
            self.terminal.run()
        elif self._tray is not None:
            if streams.terminal(sys.stdout):
                sys.stdout.write("qlbreak is in the tray. Ctrl+C or its menu ends it.\n")
            patience = threading.Timer(self._patience, self._miss_tray)
            patience.daemon = True
            patience.start()
            self._tray.run()
            patience.cancel()
        self._ended.wait()

    def stop(self) -> None:
        """From any thread."""
        self._ended.set()
        if self._tray is not None:
            self._tray.stop()
        if self.terminal is not None:
            self.terminal.stop()

    def balloon(self, title: str, text: str) -> bool:
        """By the icon; whether it could. Waits for one that is just coming up."""
        self._appeared.wait(_ICON_S)
        return self._tray is not None and self._tray.balloon(title, text)

    def draw(self, scene: Scene) -> None:
        menu = lines(
            scene.status, scene.today, scene.rules, scene.catalogue, scene.trouble, scene.mistake
        )
        if self._tray is not None:
            seen = picture(*state(scene.status, scene.trouble))
            tooltip = moments.tooltip(scene.status, scene.today)
            self._tray.show(Face(seen, tooltip, menu, f"qlbreak: {WORDS[seen.state]}"))
        if self.terminal is not None:
            text = scene.trouble or moments.clock(scene.status)
            self.terminal.draw(f"{text}. {moments.coming(scene.status)}. ", menu)

    def _make_tray(self) -> Tray | None:
        if sys.platform == "linux" and self._bus is None and not os.environ.get("DISPLAY"):
            return None
        return Tray(draw, self._pressed, self._changed, self._bus)

    def _make_terminal(self) -> "Terminal | None":
        if not _has_terminal():
            return None
        if self._tray is not None and probe(self._bus) != "none":
            return None
        from qlbreak.app.console import Terminal

        return Terminal(lambda words, told: self._say(words, "terminal", None, told), self._guide)

    def _pressed(self, key: str) -> None:
        if key != SESSION_ENDS:
            self._say(key, "tray", None, _nobody)
            return
        recorded = threading.Event()
        self._say("quit", "session", None, lambda _: recorded.set())
        recorded.wait(_LOG_OFF_S)

    def _changed(self, kind: str) -> None:
        self._appeared.set()
        _log.info("tray: %s", kind or "none")

    def _miss_tray(self) -> None:
        """A desktop that shows no icons will not do so tomorrow either."""
        if self._tray is not None and not self._tray.kind and not self._said.exists():
            _log.warning("no tray here: going on with notifications and commands")
            self._notify(notes.no_tray(remedy()))
            self._said.touch(mode=0o600)


def _nobody(_: Reply) -> None:
    """The tray shows what came of it by itself."""


def _has_terminal() -> bool:
    """One to read keys from; a program in the background (`qlbreak &`) would be stopped by that."""
    if not (streams.terminal(sys.stdin) and streams.terminal(sys.stdout)):
        return False
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:  # it is one, but not ours: after `su -c`, in a container
        return False
