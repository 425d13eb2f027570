"""The front end where there is no tray: the menu by keys, and a line that says how it stands."""

import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from qlbreak.language import _, cells
from qlbreak.notify import Note
from qlbreak.system import keys, streams
from qlbreak.system.control import Reply
from qlbreak.texts import labels
from qlbreak.tray import SEPARATOR, MenuLine

_NOT_THIS: Final = "not this one"
# Key: the command it stands for, as in the menu; the menu says what is possible now.
KEYS: Final = {
    "s": "start",
    "d": "done",
    "z": "snooze",
    "k": "skip",
    "n": _NOT_THIS,
    "u": "undo",
    "t": "stand",
    "m": "meeting",
    "p": "pause",
    "r": "resume",
    "o": "open",
    "q": "quit",
}
# What is to be typed as it stands is not broken; nor is a key from what it does.
_COMMAND: Final = re.compile(r"\bqlbreak(?: (?:--?)?[\w./~-]*\w\b)+")
_FIXED: Final = "\xa0"  # a space at which no line ends
_MARK: Final = re.compile(r"(?:\d+\. |- )?")


class Console:
    """Also a notification channel: what it prints may be seen, or not. In a plain terminal the
    status is told when a key asks for it, and no line is drawn over."""

    name = "the terminal's front end"

    def __init__(
        self, say: Callable[[str, Callable[[Reply], None]], None], guide: Callable[[], bool]
    ) -> None:
        """`say` takes the words of a command, and whom to tell what came of it. `guide` lends the
        terminal to the guided routine, until `back`; whether it could."""
        self._say, self._guide = say, guide
        self._lent, self._kept = False, ""
        self._plain = streams.plain()
        self._clear = "" if self._plain else "\r\x1b[K"
        self._returned = threading.Event()
        self._stopped = threading.Event()
        self._wake_r, self._wake_w = os.pipe()
        self._writing = threading.Lock()
        self._status = ""
        self._lines: tuple[MenuLine, ...] = ()
        self._numbered: dict[str, str] = {}  # what a number stands for, while it is asked for

    def run(self) -> None:
        """Reads keys until it is stopped or the input ends; on the main thread."""
        with keys.single() as read:
            self._print(f"{help_text()}\n")
            while not self._stopped.is_set():
                if self._lent:
                    self._wait()
                    continue
                pressed = read(None, self._wake_r)
                if pressed is None:
                    self._stopped.wait()  # the terminal is gone; the program goes on until told
                for key in pressed or ():
                    self._pressed(key)
        _write(self._clear)

    def stop(self) -> None:
        self._stopped.set()
        self._returned.set()
        os.write(self._wake_w, b".")

    def back(self, failed: bool) -> None:
        """The guide has ended; where it could not be shown the steps come as text."""
        if failed:
            self._say("start", self._told)
        self._returned.set()

    def _lend(self) -> None:
        """Writes nothing, and reads no key, until it is given back."""
        with self._writing:
            _write(self._clear)
            self._returned.clear()
            self._lent = self._guide()
        if not self._lent:
            self._say("start", self._told)

    def _wait(self) -> None:
        # Ctrl+C closes the guide, which hears it as well, and not the program.
        before = signal.signal(signal.SIGINT, lambda *_: None)
        self._returned.wait()
        signal.signal(signal.SIGINT, before)
        keys.mark_pastes()
        with self._writing:
            self._lent = False
        self._print("")

    def draw(self, status: str, lines: tuple[MenuLine, ...]) -> None:
        self._lines = lines
        if status != self._status:
            self._status = status
            if not self._plain:
                self._print("")

    def show(self, note: Note) -> bool:
        offered = ", ".join(
            f"{key}{_FIXED}{command}" for key, command in KEYS.items() if _fits(note, command)
        )
        self._print(f"{note.title}\n{note.body}\n{f'[{offered}]' if offered else ''}\n")
        return False

    def close(self, slot: str) -> None:
        pass

    def _pressed(self, key: str) -> None:
        """After the one that asks for a number, any other key means what it always does."""
        numbered, self._numbered = self._numbered, {}
        command = numbered.get(key) or KEYS.get(key)
        if command == "start":
            self._lend()
            return
        if command is None:
            status = f"{self._status}\n" if self._plain else ""
            self._print(f"{help_text()}\n{status}")
            return
        if command == _NOT_THIS:
            self._number()
            return
        # Keys that toggle do what the menu offers now: stand or sit, a meeting or its end.
        offered = [line.key for line in _flat(self._lines)]
        if command == "stand" and "sit" in offered:
            command = "sit"
        if command == "meeting" and "meeting off" in offered:
            command = "meeting off"
        self._say(command, self._told)

    def _number(self) -> None:
        """The lines of that menu, each by a number."""
        menus = (line.lines for line in self._lines if line.key == "not-this-menu" and line.visible)
        lines = [line for line in next(menus, ()) if line.visible and line != SEPARATOR]
        self._numbered = {str(n): line.key for n, line in enumerate(lines, 1)}
        told = [f"{n}. {line.label}" for n, line in enumerate(lines, 1)]
        self._print("\n".join([labels.BY_NUMBER, *told] if told else [labels.NONE_OPEN]) + "\n")

    def _told(self, reply: Reply) -> None:
        unsaved = f"\n{reply.unsaved}" if reply.unsaved else ""
        self._print(f"{reply.refused or reply.text}{unsaved}\n")

    def _print(self, text: str) -> None:
        """Above the status line, which stays the last."""
        with self._writing:
            self._kept += wrapped(text)
            if not self._lent:
                width = shutil.get_terminal_size().columns
                kept, self._kept = self._kept, ""
                status = cells.cut(self._status, width - 1)
                _write(kept if self._plain else f"{self._clear}{kept}{status}")


def wrapped(text: str, width: int = 0) -> str:
    """In lines of the terminal's width that end between words, and never within a command."""
    width = max(width or shutil.get_terminal_size().columns, 20) - 1
    fixed = _COMMAND.sub(lambda found: found.group().replace(" ", _FIXED), text)
    lines = [
        cells.fill(line, width, hang=" " * len(_MARK.match(line).group()))  # type: ignore[union-attr]
        for line in fixed.split("\n")
    ]
    return "\n".join(lines).replace(_FIXED, " ")


def _write(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        sys.stdout.write(text)
        sys.stdout.flush()


def help_text() -> str:
    known = ", ".join(f"{key}{_FIXED}{command}" for key, command in KEYS.items())
    told = _("qlbreak runs in this terminal. Keys: {keys}.", keys=known)
    other = _("Any other key shows this.")
    return f"{told}\n{other}"


def _fits(note: Note, command: str) -> bool:
    return any(button.key.split()[0] == command for button in note.buttons)


def _flat(lines: tuple[MenuLine, ...]) -> Iterator[MenuLine]:
    for line in lines:
        if line.visible:
            yield line
            yield from _flat(line.lines)
