"""The front end of a session: the tray where there is one, else the terminal, else none."""

import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from qlbreak.app.inbox import Scene, nobody
from qlbreak.language import _
from qlbreak.notify import Note, notes
from qlbreak.system import streams
from qlbreak.system.control import Reply
from qlbreak.texts import moments
from qlbreak.tray import LOOK, SESSION_ENDS, Face, MenuLine, Tray
from qlbreak.tray.hosts import probe, remedy
from qlbreak.tray.menu import lines, state
from qlbreak.tray.states import SWAYS, WORDS, Picture, draw, picture

if TYPE_CHECKING:
    from qlbreak.app.console import Console
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)

# Windows waits for five seconds, then it shows who holds up the log-off.
_LOG_OFF_S = 4.5
_SWAY_S = 1.2  # to each side: slow enough to be no twitch
_ICON_S = 3.0  # from the start, and then it is there or will not come

# Words of a command, where they came from, what they are about, whom to tell what came of it.
Say = Callable[[str, str, int | None, Callable[[Reply], None]], None]


class TrayIcon:
    """What is pressed there is told to `say`; `look`: something befell the machine or its session,
    and a look at the desk is due."""

    def __init__(self, bus: "Bus | None", say: Say, look: Callable[[], None]) -> None:
        self._say, self._look = say, look
        self._appeared, self._over = threading.Event(), threading.Event()
        self._drawing = threading.Lock()
        self._face: Face | None = None
        self._tray = Tray(draw, self._pressed, self._changed, bus)

    @property
    def kind(self) -> str:
        """How it is shown; "" where it is not."""
        return self._tray.kind

    def run(self) -> None:
        """Until `stop`; on the main thread, which the trays of some systems want for themselves."""
        self._tray.run()

    def start(self) -> None:
        """The same beside another front end."""
        self._tray.start()

    def stop(self) -> None:
        self._over.set()
        self._tray.stop()

    def show(self, scene: Scene, menu: tuple[MenuLine, ...]) -> None:
        seen = picture(*state(scene.status, scene.trouble))
        tooltip = moments.tooltip(scene.status, scene.today)
        face = Face(seen, tooltip, menu, f"qlbreak: {WORDS[seen.state]}")
        with self._drawing:
            self._face = face
            self._tray.show(face)

    def sway(self) -> None:
        """Who sits there leans to one side and to the other, unless less motion is wanted; what is
        drawn anew meanwhile ends it."""
        face = self._face
        if face is not None and self._tray.kind:
            threading.Thread(target=self._lean, args=(face,), name="sway", daemon=True).start()

    def _lean(self, face: Face) -> None:
        try:
            from qlbreak.widgets import preferences  # only where somebody wants the icon to move
        except ImportError:  # an upgrade came first
            return
        if preferences.still() or not isinstance(face.icon, Picture):
            return
        seen = face.icon
        for icon in (*(seen._replace(sway=aside) for aside in SWAYS), seen):
            with self._drawing:
                if self._face is not face:
                    return
                self._tray.show(replace(face, icon=icon))
            if self._over.wait(_SWAY_S):
                return

    def balloon(self, title: str, text: str) -> bool:
        """Whether it could. Waits for an icon that is just coming up."""
        self._appeared.wait(_ICON_S)
        return self._tray.balloon(title, text)

    def _pressed(self, key: str) -> None:
        if key == LOOK:
            self._look()
            return
        if key != SESSION_ENDS:
            self._say(key, "tray", None, nobody)
            return
        recorded = threading.Event()
        self._say("quit", "session", None, lambda _: recorded.set())
        recorded.wait(_LOG_OFF_S)

    def _changed(self, kind: str) -> None:
        self._appeared.set()
        _log.info("tray: %s", kind or "none")


class Front:
    """After `patience` seconds without a tray that is told, once ever: the file `said` remembers
    it. `tell`: whether it could be just now. `windows`: there can be some here.
    """

    def __init__(
        self,
        icon: TrayIcon | None,
        console: "Console | None",
        tell: Callable[[Note], bool],
        said: Path,
        patience: float,
        *,
        windows: bool,
    ) -> None:
        self._icon, self._console = icon, console
        self._windows = windows
        self._tell = tell
        self._said = said
        self._patience = patience
        self._ended = threading.Event()

    @property
    def silent(self) -> bool:
        """Nothing here that a person could look at."""
        return self._icon is None and self._console is None

    @property
    def tray(self) -> str:
        """How the icon is shown; "" where it is not."""
        return self._icon.kind if self._icon is not None else ""

    @property
    def in_terminal(self) -> bool:
        return self._console is not None

    def run(self) -> None:
        """Until `stop`; on the main thread."""
        if self._console is not None:
            if self._icon is not None:
                self._icon.start()
            self._console.run()
        elif self._icon is not None:
            if streams.terminal(sys.stdout):
                told = _(
                    "qlbreak is in the tray. Ctrl+C, its menu or closing this terminal ends it."
                )
                sys.stdout.write(f"{told}\n")
            patience = threading.Timer(self._patience, self.miss_tray)
            patience.daemon = True
            patience.start()
            self._icon.run()
            patience.cancel()
        self._ended.wait()

    def stop(self) -> None:
        """From any thread."""
        self._ended.set()
        if self._icon is not None:
            self._icon.stop()
        if self._console is not None:
            self._console.stop()

    def draw(self, scene: Scene) -> None:
        told = scene.trouble, scene.mistake
        menu = lines(scene.status, scene.rules, *told, windows=self._windows)
        if self._icon is not None:
            self._icon.show(scene, menu)
        if self._console is not None:
            text = scene.trouble or moments.clock(scene.status)
            self._console.draw(f"{text}. {moments.coming(scene.status)}. ", menu)

    def sway(self) -> None:
        if self._icon is not None:
            self._icon.sway()

    def give_back(self, failed: bool) -> None:
        """The terminal, by the guide that has ended in it."""
        if self._console is not None:
            self._console.back(failed)

    def miss_tray(self) -> None:
        """From any thread. A desktop that shows no icons will not do so tomorrow either."""
        if self._icon is None or self._icon.kind or self._said.exists():
            return
        if self._tell(notes.no_tray(remedy())):
            _log.warning("no tray here: going on with notifications, the window and commands")
            self._said.touch(mode=0o600)


def icon(bus: "Bus | None", say: Say, look: Callable[[], None]) -> TrayIcon | None:
    """None where no tray can ever show one."""
    if sys.platform == "linux" and bus is None and not os.environ.get("DISPLAY"):
        return None
    return TrayIcon(bus, say, look)


def console(
    bus: "Bus | None", say: Say, guide: Callable[[], bool], *, icon: bool
) -> "Console | None":
    """Where there is a terminal, and no tray to be seen. `guide` shows the guided routine in it;
    whether it could."""
    if not _has_terminal() or (icon and probe(bus) != "none"):
        return None
    from qlbreak.app.console import Console

    return Console(lambda words, told: say(words, "terminal", None, told), guide)


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
