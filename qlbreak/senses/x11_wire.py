"""The bytes of X11: one connection to the server for the few questions of each tick.

python-xlib finds the server and what lets us in, and opens the socket. The rest of it would cost
what runs all day a megabyte, a question through it six times as much, and it waits for a server
that hangs for as long as that does. The numbers are those of the X protocol.
"""

import socket
import struct
import sys
from typing import Final

from qlbreak.language import _

PATIENCE_S: Final = 1.0
_LATE_S: Final = 0.25  # for what it still owes: nobody waits twice for a server that hangs

_ERROR, _REPLY, _HEAD = 0, 1, 32  # whatever else the server says is an event of 32 bytes
_SETUP = struct.Struct("=BxHHHH2x")  # byte order, 11.0, length of what lets us in: name, data
_QUERY_EXTENSION, _INTERN_ATOM, _GET_PROPERTY = 98, 16, 20
_ANY_TYPE, _WORDS = 0, 64


class XServer:
    """*name*: as in DISPLAY. Raises OSError, here and in all it does: where there is no server,
    where it lets nobody in, and when it hangs up; it is closed then. TimeoutError when it does not
    answer in time: it can be asked again. `root`: the window behind all others.
    """

    def __init__(self, name: str) -> None:
        from Xlib.error import DisplayError
        from Xlib.support import connect

        try:
            name, protocol, host, number, screen = connect.get_display(name)
            self._socket: socket.socket = connect.get_socket(name, protocol, host, number)
            key = connect.get_auth(self._socket, name, protocol, host, number)
        except (DisplayError, AssertionError) as wrong:
            raise OSError(_("no X server at {name}: {why}", name=repr(name), why=wrong)) from wrong
        self._socket.settimeout(PATIENCE_S)
        self._asked = self._owed = 0  # answers so far, and to come
        self._unread = b""
        try:
            self.root = self._greet(key, screen)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._socket.close()

    @property
    def closed(self) -> bool:
        return self._socket.fileno() < 0

    def detach(self) -> socket.socket:
        """The bare connection, for who only wants to know when it ends."""
        self._socket.settimeout(None)
        return self._socket

    def extension(self, name: bytes) -> int:
        """The number by which requests name it; 0 where the server lacks it."""
        present, major = self._named(_QUERY_EXTENSION, name)[8:10]
        return major if present else 0

    def atom(self, name: bytes) -> int:
        return _number(self._named(_INTERN_ATOM, name), 8)

    def properties(self, *wanted: tuple[int, int]) -> list[bytes]:
        """Values of (window, name), asked in one breath; empty where a window or a property is not
        there."""
        questions = [
            struct.pack("=BxHIIIII", _GET_PROPERTY, 6, window, name, _ANY_TYPE, 0, _WORDS)
            for window, name in wanted
        ]
        return [_value(answer) for answer in self.ask(*questions)]

    def ask(self, *requests: bytes) -> list[bytes]:
        """The whole answers, one a request; empty where the server says that it cannot be."""
        try:
            self._catch_up()
            self._socket.sendall(b"".join(requests))
            self._owed = len(requests)
            return [self._answer() for _ in requests]
        except TimeoutError:
            raise
        except OSError:
            self.close()
            raise

    def _catch_up(self) -> None:
        """Reads past what was not there in time."""
        if self._owed:
            self._socket.settimeout(_LATE_S)
            while self._owed:
                self._answer()
            self._socket.settimeout(PATIENCE_S)

    def _greet(self, key: tuple[bytes, bytes], screen: int) -> int:
        order = b"l" if sys.byteorder == "little" else b"B"
        setup = _SETUP.pack(order[0], 11, 0, *map(len, key))
        self._socket.sendall(setup + b"".join(map(_padded, key)))
        accepted, reason, rest = struct.unpack("=BB4xH", self._read(8))
        told = self._read(4 * rest)
        if accepted != 1:
            raise OSError(
                _("the X server lets nobody in: {why}", why=told[:reason].decode("latin-1").strip())
            )
        return _root(told, screen)

    def _named(self, code: int, name: bytes) -> bytes:
        data = _padded(name)
        head = struct.pack("=BxHH2x", code, 2 + len(data) // 4, len(name))
        (answer,) = self.ask(head + data)
        if not answer:
            raise OSError(_("the X server does not know {name}", name=repr(name)))
        return answer

    def _answer(self) -> bytes:
        """Events in between are those that every client gets, as when the keyboard changes."""
        while (head := self._peek(_HEAD))[0] not in (_ERROR, _REPLY):
            self._read(_HEAD)
        answer = self._read(_HEAD + (4 * _number(head, 4) if head[0] == _REPLY else 0))
        self._asked, self._owed = (self._asked + 1) % 0x10000, self._owed - 1
        if int.from_bytes(head[2:4], sys.byteorder) != self._asked:
            raise ConnectionAbortedError("the X server answers what was not asked")
        return answer if head[0] == _REPLY else b""

    def _read(self, length: int) -> bytes:
        data, self._unread = self._peek(length), self._unread[length:]
        return data

    def _peek(self, length: int) -> bytes:
        """It stays unread, and so nothing is lost where the rest does not come in time."""
        while len(self._unread) < length:
            more = self._socket.recv(4096)
            if not more:
                raise ConnectionResetError(_("the X server hung up"))
            self._unread += more
        return self._unread[:length]


def _root(told: bytes, screen: int) -> int:
    """The root window of a screen, in what the server tells of itself: 32 bytes, its maker, its
    picture formats, then the screens, each with its depths and their visuals."""
    maker, screens, formats = struct.unpack_from("=16xH2xBB", told)
    at = 32 + maker + -maker % 4 + 8 * formats
    if screen >= screens:
        raise OSError(_("the X server has no screen {number}", number=screen))
    for _screen in range(screen):
        depths, at = told[at + 39], at + 40
        for _depth in range(depths):
            (visuals,) = struct.unpack_from("=2xH", told, at)
            at += 8 + 24 * visuals
    return _number(told, at)


def _value(answer: bytes) -> bytes:
    width, length = (answer[1] // 8, _number(answer, 16)) if answer else (0, 0)
    return answer[_HEAD : _HEAD + width * length]


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], sys.byteorder)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
