"""Whether the window that is worked in fills an X11 screen."""

import socket
import struct
from collections.abc import Callable
from typing import Any

# Our own windows, by their class: a guided routine is no reason to hold one back.
_OWN = b"qlbreak"
_CLASS = 67  # WM_CLASS, the same number on every server

_PATIENCE_S = 1.0
# GetProperty: not deleted, of a window, which, of any type, from the start, so many 32-bit words.
_QUESTION = struct.Struct("=BBHIIIII")
_GET_PROPERTY, _ANY, _WORDS = 20, 0, 64
_ERROR, _REPLY, _HEAD = 0, 1, 32  # whatever else the server says is an event of 32 bytes


def open_source(name: str, *, alone: bool = True) -> Callable[[], bool | None]:
    """*name*: as in DISPLAY. Raises what python-xlib raises where there is no server. None where no
    window manager tells. That no window has the focus is no; but not where the X server is not
    *alone*, since windows that it does not know may have it.

    Only the window that has the focus counts: a film on a second screen is no reason.
    """
    from Xlib import display

    return _Active(display.Display(name), alone)


class _Active:
    """Asks which window has the focus, and in the same breath the state of the one that had it:
    mostly it still has, and a look costs one way to the server and back.

    python-xlib opens the connection and is left out of it then: a question through it costs six
    times as much, and waits for a server that hangs for as long as that does.
    """

    def __init__(self, server: Any, alone: bool) -> None:
        self._alone = alone
        self._server = server  # else the connection would end with it
        self._root = server.screen().root.id
        self._active = server.intern_atom("_NET_ACTIVE_WINDOW")
        self._state = server.intern_atom("_NET_WM_STATE")
        self._full = server.intern_atom("_NET_WM_STATE_FULLSCREEN")
        self._manager = server.intern_atom("_NET_SUPPORTING_WM_CHECK")
        self._last = 0  # none
        self._socket: socket.socket = server.display.socket
        self._socket.settimeout(_PATIENCE_S)

    def __call__(self) -> bool | None:
        """Raises OSError."""
        try:
            return self._fills_the_screen()
        except OSError:
            self._server.display.close_internal("client")
            raise

    def _fills_the_screen(self) -> bool | None:
        active, state = self._ask((self._root, self._active), (self._last, self._state))
        (window,) = _numbers(active) or (0,)  # some take it away while no window has the focus
        if not window:
            (manager,) = self._ask((self._root, self._manager))
            return False if manager and self._alone else None
        if window != self._last:
            self._last = window
            (state,) = self._ask((window, self._state))
        if self._full not in _numbers(state):
            return False
        (told,) = self._ask((window, _CLASS))
        return _OWN not in told.split(b"\0")

    def _ask(self, *questions: tuple[int, int]) -> list[bytes]:
        """The values of properties; none of a window that is gone, or has none such."""
        size = _QUESTION.size // 4
        packed = [
            _QUESTION.pack(_GET_PROPERTY, 0, size, window, name, _ANY, 0, _WORDS)
            for window, name in questions
        ]
        self._socket.sendall(b"".join(packed))
        return [self._answer() for _ in questions]

    def _answer(self) -> bytes:
        """Events in between are those that every client gets, as when the keyboard changes."""
        while (head := self._read(_HEAD))[0] not in (_ERROR, _REPLY):
            pass
        if head[0] == _ERROR:
            return b""
        (rest,) = struct.unpack_from("=I", head, 4)
        width, (length,) = head[1] // 8, struct.unpack_from("=I", head, 16)
        return self._read(4 * rest)[: width * length]

    def _read(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            more = self._socket.recv(length - len(data))
            if not more:
                raise ConnectionResetError("the X server hung up")
            data += more
        return data


def _numbers(value: bytes) -> tuple[int, ...]:
    return struct.unpack(f"={len(value) // 4}I", value[: len(value) // 4 * 4])
