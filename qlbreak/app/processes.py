"""What is opened from the tray: processes of our own, one of each at a time, and files."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from qlbreak.language import _
from qlbreak.notify import Note, notes
from qlbreak.system import opener, parent, program, resources, streams
from qlbreak.system.clock import steady
from qlbreak.system.parent import Order
from qlbreak.system.paths import Paths, private

_log = logging.getLogger(__name__)

# So long one may take to tell what was done, before the program ends without it.
_GRACE_S = 3.0
GUIDE, HERE = "guide", "guide in the terminal"
MAIN = "open"  # the one window, by the command that shows it
SET_UP = "set-up"

About = tuple[int, str]
"""What a window is about: the number of a prompt, and its routine; another one is another."""
NOTHING: About = (0, "")


class Ended(NamedTuple):
    """`code`: 0 where the person closed it, or we did. `replaced`: the files of the program are
    not those that it was started from. `said`: its last line."""

    name: str
    code: int
    about: About
    replaced: bool
    said: str


class Means(Enum):
    """What a child has for input and output."""

    NONE = auto()
    PIPES = auto()  # it hears what we say to it, see `parent`
    TERMINAL = auto()  # ours


class _Wish(NamedTuple):
    """`page`: what it is to begin with, of a window with pages. `activation`: the leave to take
    the keyboard, see `parent`."""

    command: list[str]
    about: About
    means: Means
    page: str = ""
    activation: str = ""


class Children:
    """`ended` hears of each one that has ended; on another thread."""

    def __init__(self, paths: Paths, ended: Callable[[Ended], None]) -> None:
        self._paths = paths
        self._ended = ended
        self._open: dict[str, subprocess.Popen[bytes]] = {}
        self._about: dict[str, About] = {}  # what an open one is about
        # What was asked for while another one was there, and until when that counts.
        self._next: dict[str, tuple[float, _Wish]] = {}
        self._closing = False
        self._changing = threading.Lock()
        self._files = resources.stamp()

    @property
    def possible(self) -> bool:
        """As far as can be told without trying."""
        screens = "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"
        screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, screens))
        return screen and find_spec("PySide6") is not None

    @property
    def replaced(self) -> bool:
        """Other files of the program, or none, lie where it was started from: an upgrade."""
        return resources.stamp() != self._files

    def shows(self, name: str) -> bool:
        """Is one of that name there?"""
        return name in self._open

    def open(self, name: str, *options: str, about: About = NOTHING) -> bool:
        """The window of that command. Whether it is, or soon will be; raises nothing.

        One that is there comes to the front. One that is about something else is closed first, and
        the new one follows it; so it does where the old one is ending anyway.
        """
        words = self._words(name, options)
        return self.possible and self._run(name, _Wish(words, about, Means.PIPES))

    def open_main(self, page: str, activation: str) -> bool:
        """The same for the one window, which turns to that page; "" for the one that it shows."""
        options = ("--here", *(("--page", page) if page else ()))
        wish = _Wish(self._words(MAIN, options), NOTHING, Means.PIPES, page, activation)
        return _screen() and find_spec("PySide6") is not None and self._run(MAIN, wish)

    def here(self) -> bool:
        """The guided routine in our own terminal, which is its own until it ends."""
        words = self._words(GUIDE, ("--terminal",))
        return self._run(HERE, _Wish(words, NOTHING, Means.TERMINAL))

    def change(self, *words: str) -> bool:
        """A command that changes the settings; its last line says what came of it. Whether it
        runs."""
        command = self._words(words[0], (*words[1:], "--aside"))
        return self._run(" ".join(words), _Wish(command, NOTHING, Means.NONE))

    def command(self, name: str, *options: str) -> bool:
        """One of our own commands that shows nothing itself; whether it runs."""
        return self._run(name, _Wish(self._words(name, options), NOTHING, Means.NONE))

    def run(self, name: str, module: str, *words: str) -> bool:
        """A module of ours; whether it runs."""
        return self._run(name, _Wish(program.module(module, *words), NOTHING, Means.NONE))

    def _words(self, name: str, options: tuple[str, ...]) -> list[str]:
        paths = self._paths
        config = ("--config", str(paths.config.absolute())) if paths.config.exists() else ()
        data = ("--data-dir", str(paths.data.absolute()))
        return program.words(*config, *data, name, *options)

    def _run(self, name: str, wish: _Wish) -> bool:
        """Its complaints go where ours go."""
        with self._changing:
            if self._closing:
                return False
            if name not in self._open:
                return self._start(name, wish)
            self._next[name] = steady() + _GRACE_S, wish
            other = self._about[name] != wish.about
            said = Order.CLOSE if other else Order.FRONT
            _tell(self._open[name], said, wish.page, wish.activation)
            return True

    def _start(self, name: str, wish: _Wish) -> bool:
        null, pipe = subprocess.DEVNULL, subprocess.PIPE
        given, taken = {
            Means.NONE: (null, pipe), Means.PIPES: (pipe, pipe), Means.TERMINAL: (None, None)
        }[wish.means]  # fmt: skip
        try:
            process = subprocess.Popen(
                wish.command,
                stdin=given,
                stdout=taken,
                bufsize=0,
                cwd=Path(sys.executable).anchor,  # holds no folder that somebody wants to remove
                env=_environment(wish),
                creationflags=0 if wish.means is Means.TERMINAL else streams.APART,
            )
        except OSError as error:
            _log.warning("%s cannot be started: %s", name, error)
            return False
        self._open[name], self._about[name] = process, wish.about
        threading.Thread(target=self._wait, args=(name, process), name=name, daemon=True).start()
        return True

    def keep(self, name: str, about: About) -> None:
        """What the one of that name is about from now on."""
        with self._changing:
            if name in self._open:
                self._about[name] = about

    def end(self, name: str) -> None:
        """The one of that name, if it is there, as if the person had closed it."""
        with self._changing:
            if name in self._open:
                _tell(self._open[name], Order.CLOSE)

    def close(self, then: Callable[[], None]) -> bool:
        """Ends all, and calls *then* when they have told what was done; False where none is."""
        with self._changing:
            self._closing = True
            processes = list(self._open.values())
        if not processes:
            return False
        for process in processes:
            _tell(process, Order.CLOSE)
        threading.Thread(target=self._await, args=(processes, then), name="closing").start()
        return True

    def _wait(self, name: str, process: subprocess.Popen[bytes]) -> None:
        said = ""
        for line in process.stdout or ():
            said = line.decode(errors="replace").strip()
            if said == Order.FRONT:
                with self._changing:
                    self._next.pop(name, None)  # it has come, and is not just ending
        code = process.wait()
        with self._changing:
            self._open.pop(name, None)
            about = self._about.pop(name, NOTHING)
            following = self._next.pop(name, None)
            if self._closing:
                code = 0
            elif following and steady() < following[0] and self._start(name, following[1]):
                return
        if code:
            _log.warning("%s crashed or found no way, exit code %d", name, code)
        self._ended(Ended(name, code, about, self.replaced, said))

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


class Opener:
    """What the person asks to see; by any thread. `notify` shows what came of it later."""

    def __init__(self, children: Children, notify: Callable[[Note], None], settings: Path) -> None:
        self._children, self._notify = children, notify
        self._settings = settings

    def window(self, name: str, *options: str, about: About = NOTHING) -> bool:
        """Whether there will be one. After an upgrade it is another program's."""
        opened = self._children.open(name, *options, about=about)
        if self._children.replaced:
            self._notify(notes.restart(name, opened=opened))
        return opened

    def open_guide(self, prompt: int, routine: str) -> bool:
        return self.window(GUIDE, about=(prompt, routine))

    def keep_guide(self, prompt: int, routine: str) -> None:
        self._children.keep(GUIDE, (prompt, routine))

    def close_guide(self) -> None:
        self._children.end(GUIDE)

    def asked(self, name: str, *options: str) -> str:
        """That window, and what to answer. Raises OSError where there can be none."""
        there = self._children.shows(name)
        if not self.window(name, *options):
            command = f"qlbreak {name}"
            raise OSError(_("no window can open here; in a terminal: {command}", command=command))
        # Translators: {window} is the command that shows it: guide, check-in, set-up, safety.
        if there:
            return _("Its window comes to the front: {window}.", window=name)
        return _("A window opens: {window}.", window=name)

    def main_window(self, page: str = "", activation: str = "") -> str:
        """The one window, and what to answer. Raises OSError where there can be none."""
        if self._children.shows(SET_UP):  # first things first
            return self.asked(SET_UP)
        there = self._children.shows(MAIN)
        opened = self._children.open_main(page, activation)
        if self._children.replaced:
            self._notify(notes.restart("qlbreak", opened=opened))
        if not opened:
            raise OSError(_("no window can open here; see: qlbreak doctor"))
        return _("The window comes to the front.") if there else _("The window opens.")

    def record(self) -> str:
        """In a process of its own: what draws the page is no load for the tray. Raises OSError."""
        if not self._children.command("report", "--open"):
            raise OSError(_("the page could not be made; see: qlbreak report"))
        return _("Opening the record.")

    def plan(self) -> str:
        """The page of the plan. Raises OSError."""
        if not self._children.command("report", "--plan", "--open"):
            raise OSError(_("the page could not be made; see: qlbreak report --plan"))
        return _("Opening your plan.")

    def settings(self) -> str:
        """Raises OSError."""
        path = self._settings
        if not path.exists():
            private(path.parent)
            path.write_text(resources.example_config().read_text("utf-8"), "utf-8")
            path.chmod(0o600)
        threading.Thread(target=self._edit, args=(path,), name="editor", daemon=True).start()
        return _("The settings file opens: {path}", path=path)

    def _edit(self, path: Path) -> None:
        try:
            opener.edit(path)
        except OSError as error:
            _log.warning("the settings file cannot be opened: %s", error)
            self._notify(notes.unopened("settings", str(path)))


def _screen() -> bool:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or bool(shown)


def _environment(wish: _Wish) -> dict[str, str]:
    """Ours, without what was meant for us alone: a desktop that keeps its session would start the
    window again at the next log-in, and a click's leave is for one window."""
    left_out = {"SESSION_MANAGER", *parent.ACTIVATIONS}
    ours = {name: value for name, value in os.environ.items() if name not in left_out}
    mark = {parent.MARK: "stdin"} if wish.means is Means.PIPES else {}
    leave = dict.fromkeys(parent.ACTIVATIONS, wish.activation) if wish.activation else {}
    return {**ours, **mark, **leave}


def _tell(
    process: subprocess.Popen[bytes], said: Order, page: str = "", activation: str = ""
) -> None:
    """By a line where it listens: a signal would be a kill on Windows."""
    if process.stdin is not None:
        with suppress(OSError):  # it is ending
            process.stdin.write(f"{parent.line(said, page, activation)}\n".encode())
    elif said is Order.CLOSE:
        process.terminate()
