"""The bytes of Wayland: one connection to the compositor, requests out and events in, no library.

Just what passes no file descriptors, so plain sockets do. Whatever goes wrong is an `OSError`.
"""

import os
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from qlbreak.language import _

_DISPLAY: Final = 1  # the object that every connection begins with
_SYNC, _GET_REGISTRY = 0, 1  # its requests
_ERROR, _DELETED = 0, 1  # its events
_BIND = 0  # the registry's request
_GLOBAL = 0  # the registry's event
_PATIENCE_S = 1.0  # a compositor that is alive answers within a millisecond
_UNIX = getattr(socket, "AF_UNIX", socket.AF_UNSPEC)  # not everywhere, but to be imported there
_WORDS = struct.Struct("=II")

Event = Callable[[int, bytes], None]
"""Gets the number of the event and its arguments, as they came."""


class Global(NamedTuple):
    """What the compositor offers: its number, and the newest version of its interface."""

    number: int
    version: int


def socket_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Of the compositor's socket, by the rules of libwayland; never where one happens to be."""
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return Path("/", folder, environment.get("WAYLAND_DISPLAY") or "wayland-0")


class Compositor:
    """A connection; `offers` lists by interface what there is.

    `receive` reads, and calls those that wait for events; it is for one thread. Requests may be
    sent by another.
    """

    def __init__(self, path: Path) -> None:
        self.offers: dict[str, list[Global]] = {}
        self._unread = b""
        self._number = _DISPLAY
        self._free: list[int] = []
        self._waiting: dict[int, Event] = {_DISPLAY: self._display}
        self._socket = socket.socket(_UNIX)
        self._socket.settimeout(_PATIENCE_S)
        try:
            self._socket.connect(str(path))
            self._registry = self.new(self._offered)
            self.request(_DISPLAY, _GET_REGISTRY, self._registry)
            self.wait()
        except OSError:
            self.close()
            raise

    def new(self, event: Event = lambda *_: None) -> int:
        """A number for a new object, to be sent before the next: the compositor counts along."""
        if self._free:
            number = self._free.pop()
        else:
            self._number = number = self._number + 1
        self._waiting[number] = event
        return number

    def adopt(self, number: int, event: Event) -> None:
        """An object that the compositor has made."""
        self._waiting[number] = event

    def disown(self, number: int) -> None:
        """One that it has made, and that was destroyed."""
        self._waiting.pop(number, None)

    def bind(
        self, interface: str, version: int, which: int = 0, event: Event = lambda *_: None
    ) -> int:
        """The object of what is offered; raises OSError where it is not."""
        try:
            number, newest = self.offers[interface][which]
        except LookupError:
            raise OSError(_("the compositor has no {name}", name=interface)) from None
        made = self.new(event)
        self.request(self._registry, _BIND, number, interface, min(version, newest), made)
        return made

    def request(self, target: int, number: int, *arguments: int | str) -> None:
        body = b"".join(map(_packed, arguments))
        self._socket.sendall(_WORDS.pack(target, (len(body) + _WORDS.size) << 16 | number) + body)

    def sync(self, done: Callable[[], None]) -> None:
        """Calls back when all requests so far have been dealt with."""
        self.request(_DISPLAY, _SYNC, self.new(lambda *_: done()))

    def wait(self) -> None:
        """Reads until all requests so far have been dealt with."""
        pending = [True]
        self.sync(pending.clear)
        while pending:
            self.receive()

    def catch_up(self) -> None:
        """Reads what has come meanwhile, and from now on waits for nothing."""
        self._socket.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                self.receive()

    def be_patient(self) -> None:
        """From now on it may take as long as it takes until there is something to read."""
        self._socket.settimeout(None)

    def receive(self) -> None:
        """Waits for events; raises OSError when there can be none any more."""
        data = self._socket.recv(4096)
        if not data:
            raise ConnectionResetError(_("the compositor hung up"))
        self._unread += data
        while len(self._unread) >= _WORDS.size:
            target, sizes = _WORDS.unpack_from(self._unread)
            size = sizes >> 16
            if size < _WORDS.size:
                raise ConnectionAbortedError(_("the compositor sends what cannot be read"))
            if len(self._unread) < size:
                break
            body, self._unread = self._unread[_WORDS.size : size], self._unread[size:]
            if event := self._waiting.get(target):
                event(sizes & 0xFFFF, body)

    def hang_up(self) -> None:
        """Wakes the thread that waits in `receive`, which should close."""
        with suppress(OSError):  # closed already
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()

    def _display(self, event: int, body: bytes) -> None:
        if event == _ERROR:
            raise ConnectionAbortedError(_("the compositor objects: {why}", why=text(body[8:])))
        if event == _DELETED:
            (number,) = struct.unpack_from("=I", body)
            if self._waiting.pop(number, None):
                self._free.append(number)

    def _offered(self, event: int, body: bytes) -> None:
        if event == _GLOBAL:
            (number,) = struct.unpack_from("=I", body)
            (version,) = struct.unpack_from("=I", body, len(body) - 4)
            self.offers.setdefault(text(body[4:]), []).append(Global(number, version))


def _packed(argument: int | str) -> bytes:
    if isinstance(argument, int):
        return struct.pack("=I", argument)
    text = argument.encode() + b"\0"
    return struct.pack("=I", len(text)) + text + b"\0" * (-len(text) % 4)


def text(body: bytes) -> str:
    """At the beginning of what came with an event."""
    (length,) = struct.unpack_from("=I", body)
    return body[4 : 4 + length].rstrip(b"\0").decode(errors="replace")
