"""The front end where there is no tray: the menu by keys, and a line that says how it stands."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from qlbreak import keys
from qlbreak.control import Reply
from qlbreak.notify import Note
from qlbreak.tray import Line

# Key: the command it stands for, as in the menu; the menu says what is possible now.
KEYS: Final = {
    "s": "start",
    "d": "done",
    "z": "snooze",
    "k": "skip",
    "u": "undo",
    "t": "stand",
    "m": "meeting",
    "p": "pause",
    "r": "resume",
    "q": "quit",
}
_CLEAR: Final = "\r\x1b[K"


class Terminal:
    """Also a notification channel: what it prints may be seen, or not."""

    name = "the terminal's front end"

    def __init__(self, say: Callable[[str, Callable[[Reply], None]], None]) -> None:
        """`say` takes the words of a command, and whom to tell what came of it."""
        self._say = say
        self._stopped = threading.Event()
        self._wake_r, self._wake_w = os.pipe()
        self._writing = threading.Lock()
        self._status = ""
        self._lines: tuple[Line, ...] = ()

    def run(self) -> None:
        """Reads keys until it is stopped or the input ends; on the main thread."""
        with keys.single():
            self._print(f"{help_text()}\n")
            while not self._stopped.is_set():
                pressed = keys.typed(keys.FOREVER, self._wake_r)
                if pressed is None:
                    self._stopped.wait()  # the terminal is gone; the program goes on until told
                for key in pressed or "":
                    self._pressed(key)
        _write(_CLEAR)

    def stop(self) -> None:
        self._stopped.set()
        os.write(self._wake_w, b".")

    def draw(self, status: str, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        if status != self._status:
            self._status = status
            self._print("")

    def show(self, note: Note) -> bool:
        offered = ", ".join(
            f"{key} {command}" for key, command in KEYS.items() if _fits(note, command)
        )
        self._print(f"{note.title}\n{note.body}\n{f'[{offered}]' if offered else ''}\n")
        return False

    def close(self, slot: str) -> None:
        pass

    def _pressed(self, key: str) -> None:
        command = KEYS.get(key)
        if command is None:
            self._print(f"{help_text()}\n")
            return
        # Keys that toggle do what the menu offers now: stand or sit, a meeting or its end.
        offered = [line.key for line in _flat(self._lines)]
        if command == "stand" and "sit" in offered:
            command = "sit"
        if command == "meeting" and "meeting off" in offered:
            command = "meeting off"
        self._say(command, self._told)

    def _told(self, reply: Reply) -> None:
        unsaved = f"\n{reply.unsaved}" if reply.unsaved else ""
        self._print(f"{reply.refused or reply.text}{unsaved}\n")

    def _print(self, text: str) -> None:
        """Above the status line, which stays the last."""
        with self._writing:
            _write(f"{_CLEAR}{text}{self._status}")


def _write(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        sys.stdout.write(text)
        sys.stdout.flush()


def help_text() -> str:
    known = ", ".join(f"{key} {command}" for key, command in KEYS.items())
    return f"qlbreak runs in this terminal. Keys: {known}; any other key shows this."


def _fits(note: Note, command: str) -> bool:
    return any(button.key.split()[0] == command for button in note.buttons)


def _flat(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        if line.visible:
            yield line
            yield from _flat(line.lines)
