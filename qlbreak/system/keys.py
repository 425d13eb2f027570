"""Single keys from the terminal that the program runs in: keys, not bytes; a paste presses none.

    with keys.single() as read:
        pressed = read(0.1)     # ["d"], or [] for nothing, or None when the terminal is gone

A key is a letter, or what a terminal sends for another one: "\\x1b[D" is the left arrow, "\\x1bd"
is Alt+D. On Windows read and never run.
"""

import codecs
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, Protocol

from qlbreak.system import streams


class Read(Protocol):
    def __call__(self, seconds: float | None, wake: int | None = None) -> list[str] | None:
        """What was pressed within so many seconds (None: however long it takes), or before `wake`
        could be read. None when the terminal is gone."""
        ...


_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_BRACKETED: Final = "\x1b[?2004h", "\x1b[?2004l"  # pastes come between those two, or do not
_KEY: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # arrows and the like
    r"|\x1bO."
    r"|\x1b[^\x1b]"  # with Alt
    r"|\x00."  # of a console of Windows
    r"|.",
    re.DOTALL,
)
_HALF: Final = re.compile(r"\x1b(\[[0-?]*[ -/]*|O)?$")  # more of it is on its way
_AT_ONCE: Final = 3  # nobody presses more in a moment: a paste, of a terminal that marks none


class Keys:
    """Out of text as it comes, in pieces of any size."""

    def __init__(self) -> None:
        self._pasting = False
        self._rest = ""

    @property
    def half(self) -> bool:
        """Does the text so far end within a key?"""
        return bool(self._rest)

    def take(self, text: str, last: bool = False) -> list[str]:
        """`last`: nothing more is coming now, so that an Escape is one."""
        text = self._rest + text
        half = None if last else _HALF.search(text)
        self._rest = half.group() if half else ""
        found = []
        for key in _KEY.findall(text.removesuffix(self._rest) if self._rest else text):
            if key in (_PASTE_BEGINS, _PASTE_ENDS):
                self._pasting = key == _PASTE_BEGINS
            elif not self._pasting:
                found.append(key)
        return found if len(found) <= _AT_ONCE else []


if sys.platform == "win32":
    # Its console has nothing to wait for both a key and a wake-up.
    _FOREVER_S: Final = 0.2
    _LOOK_S: Final = 0.05

    @contextmanager
    def single() -> Iterator[Read]:
        keys = Keys()

        def read(seconds: float | None, wake: int | None = None) -> list[str] | None:
            return keys.take(_typed(seconds), last=True)

        yield read

    def mark_pastes() -> None:
        """Its console marks none."""

    def _typed(seconds: float | None) -> str:
        import msvcrt
        import threading

        for _ in range(max(round((seconds or _FOREVER_S) / _LOOK_S), 1)):
            text = ""
            while msvcrt.kbhit():
                text += msvcrt.getwch()
            if text:
                return text
            threading.Event().wait(_LOOK_S)
        return ""

else:
    _REST_S: Final = 0.05  # the rest of a key comes at once, or not at all

    @contextmanager
    def single() -> Iterator[Read]:
        """No echo and no waiting for a line; Ctrl+C still interrupts."""
        import termios
        import tty

        fd = sys.stdin.fileno()
        try:
            before = termios.tcgetattr(fd)
            tty.setcbreak(fd)
        except termios.error:  # the terminal is gone already
            yield _reader(fd)
            return
        mark_pastes()
        try:
            yield _reader(fd)
        finally:
            _write(_BRACKETED[1])
            with suppress(termios.error):
                termios.tcsetattr(fd, termios.TCSADRAIN, before)

    def mark_pastes() -> None:
        """Also when somebody else has had the terminal meanwhile."""
        _write(_BRACKETED[0])

    def _write(text: str) -> None:
        if streams.terminal(sys.stdout) and not streams.plain() and os.environ.get("TERM"):
            with suppress(OSError):
                sys.stdout.write(text)
                sys.stdout.flush()

    def _reader(fd: int) -> Read:
        import select

        keys, decoder = Keys(), codecs.getincrementaldecoder("utf-8")(errors="ignore")

        def read(seconds: float | None, wake: int | None = None) -> list[str] | None:
            ready, _, _ = select.select([fd] if wake is None else [fd, wake], [], [], seconds)
            if fd not in ready:
                return []
            data = b""
            with suppress(OSError):
                data = os.read(fd, 4096)
            if not data:
                return None
            found = keys.take(decoder.decode(data))
            if keys.half and not select.select([fd], [], [], _REST_S)[0]:
                found += keys.take("", last=True)
            return found

        return read
