"""The front end where there is no tray: the menu by keys, and a line that says how it stands."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

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
_POLL_S: Final = 0.2  # Windows' console has nothing to wait for both a key and an end


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
        with _single_keys():
            self._print(f"{help_text()}\n")
            for key in _keys(self._stopped, self._wake_r):
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
        keys = ", ".join(
            f"{key} {command}" for key, command in KEYS.items() if _fits(note, command)
        )
        self._print(f"{note.title}\n{note.body}\n{f'[{keys}]' if keys else ''}\n")
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
        self._print(f"{reply.refused or reply.text}\n")

    def _print(self, text: str) -> None:
        """Above the status line, which stays the last."""
        with self._writing:
            _write(f"{_CLEAR}{text}{self._status}")


def _write(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        sys.stdout.write(text)
        sys.stdout.flush()


def help_text() -> str:
    keys = ", ".join(f"{key} {command}" for key, command in KEYS.items())
    return f"qlbreak runs in this terminal. Keys: {keys}; any other key shows this."


def _fits(note: Note, command: str) -> bool:
    return any(button.key.split()[0] == command for button in note.buttons)


def _flat(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _flat(line.lines)


if sys.platform == "win32":

    @contextmanager
    def _single_keys() -> Iterator[None]:
        yield

    def _keys(stopped: threading.Event, wake: int) -> Iterator[str]:
        import msvcrt

        while not stopped.wait(_POLL_S):
            while msvcrt.kbhit():
                yield msvcrt.getwch()

else:

    @contextmanager
    def _single_keys() -> Iterator[None]:
        """No echo and no waiting for a line; Ctrl+C still interrupts."""
        import termios
        import tty

        fd = sys.stdin.fileno()
        try:
            before = termios.tcgetattr(fd)
            tty.setcbreak(fd)
        except termios.error:  # the terminal is gone already
            yield
            return
        try:
            yield
        finally:
            with suppress(termios.error):
                termios.tcsetattr(fd, termios.TCSADRAIN, before)

    def _keys(stopped: threading.Event, wake: int) -> Iterator[str]:
        import select

        fd = sys.stdin.fileno()
        while not stopped.is_set():
            ready, _, _ = select.select([fd, wake], [], [])
            if fd in ready:
                typed = b""
                with suppress(OSError):
                    typed = os.read(fd, 64)
                if not typed:
                    stopped.wait()  # the terminal is gone; the program goes on until it is told
                yield from typed.decode(errors="ignore")
