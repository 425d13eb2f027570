"""PulseAudio's native protocol, as far as it tells who records; PipeWire speaks it, too."""

import os
import socket
import struct
import sys
from typing import Any, Final, NamedTuple

from qlbreak.language import _

# Commands of the protocol, and what is wanted of its events.
_ERROR, _REPLY, _AUTH, _SET_CLIENT_NAME = 0, 2, 8, 9
_GET_SOURCE_INFO, _GET_SOURCE_OUTPUT_INFO_LIST, _SUBSCRIBE = 23, 32, 35
_SOURCE_OUTPUTS = 8

# That of PulseAudio 0.9.22: later ones add fields about volumes. Both sides use the lower one.
_VERSION = 21
_CONTROL = 0xFFFFFFFF  # the channel of everything that is not sound
NOBODY: Final = 0xFFFFFFFF  # the index of what is not there
_LONGEST = 2**24  # bytes of a packet, else it is not one
_HEAD = struct.Struct(">IIIII")

# Bytes of the values that have a fixed length, by their tag.
_FIXED = {
    "L": 4, "B": 1, "R": 8, "r": 8, "a": 6, "T": 8, "U": 8, "V": 4, "0": 0, "1": 0, "N": 0,
}  # fmt: skip


class Recording(NamedTuple):
    """A stream from a source to somebody."""

    client: int
    source: int
    method: str | None
    corked: bool
    properties: dict[str, str]


class Pulse:
    """A connection. Whatever goes wrong on it is an OSError, and closes it."""

    def __init__(self, path: str, patience: float = 1.0) -> None:
        self._patience = patience
        self._socket = _local(patience)
        self._received = bytearray()
        self._serial = 0
        self._news = True
        try:
            self._socket.connect(path)
            self._call(_AUTH, _number(_VERSION) + b"x" + struct.pack(">I", 256) + bytes(256))
            self._call(_SET_CLIENT_NAME, _properties({"application.name": "qlbreak"}))
            self._call(_SUBSCRIBE, _number(_SOURCE_OUTPUTS))
        except OSError:
            self.close()
            raise

    def news(self) -> bool:
        """Whether a recording has begun, changed or ended since they were listed. Waits for
        nothing, and costs one look into the socket."""
        self._socket.settimeout(0)
        try:
            while True:
                while self._packet() is not None:
                    self._news = True
                self._receive()
        except BlockingIOError:
            self._socket.settimeout(self._patience)
        except OSError:
            self.close()
            raise
        return self._news

    def close(self) -> None:
        self._socket.close()

    def recordings(self) -> list[Recording]:
        self._news = False
        fields = iter(self._call(_GET_SOURCE_OUTPUT_INFO_LIST))
        # index, name, module, client, source, sample spec, channel map, two latencies, resample
        # method, driver, properties, corked
        records = zip(*[fields] * 13, strict=False)
        return [Recording(r[3], r[4], r[9], r[12], r[11]) for r in records]

    def monitors(self, source: int) -> bool:
        """Whether that source is only what comes out of the speakers."""
        fields = self._call(_GET_SOURCE_INFO, _number(source) + b"N")
        return bool(fields[8] != NOBODY)

    def _call(self, command: int, arguments: bytes = b"") -> list[Any]:
        """The values of the reply."""
        self._serial += 1
        body = _number(command) + _number(self._serial) + arguments
        try:
            _send(self._socket, _HEAD.pack(len(body), _CONTROL, 0, 0, 0) + body)
            while True:
                while (packet := self._packet()) is None:
                    self._receive()
                kind, serial, *values = packet
                if kind in (_REPLY, _ERROR) and serial == self._serial:
                    break
                self._news = True
            if kind == _ERROR:
                raise OSError(_("the sound server refuses: error {code}", code=values[0]))
        except TimeoutError as late:  # it would be answered by what was asked before
            self.close()
            raise ConnectionAbortedError(_("the sound server does not answer")) from late
        except OSError:
            self.close()
            raise
        return values

    def _receive(self) -> None:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionResetError(_("the sound server hung up"))
        self._received += data

    def _packet(self) -> list[Any] | None:
        """The values of the next one, if all of it is there."""
        if len(self._received) < _HEAD.size:
            return None
        length = _HEAD.unpack_from(self._received)[0]
        if length > _LONGEST:
            raise ConnectionAbortedError(_("that is not a sound server"))
        end = _HEAD.size + length
        if len(self._received) < end:
            return None
        packet = bytes(self._received[_HEAD.size : end])
        del self._received[:end]
        try:
            return _Reader(packet).values()
        except (LookupError, ValueError, TypeError, struct.error) as garbled:
            raise ConnectionAbortedError(f"not understood: {garbled!r}") from garbled


def _local(patience: float) -> socket.socket:
    if sys.platform != "linux":
        raise OSError("only Linux has such a server")
    made = socket.socket(socket.AF_UNIX)
    made.settimeout(patience)
    return made


def _send(to: socket.socket, packet: bytes) -> None:
    """With who we are, as the kernel will confirm. A server of the same user then wants no cookie;
    left unsaid, it hears so only if it has noticed the connection before the first words come.
    """
    if sys.platform == "linux":
        who = struct.pack("iII", os.getpid(), os.getuid(), os.getgid())
        to.sendmsg([packet], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, who)])


class _Reader:
    """The values in a packet; each has a letter before it that tells its kind."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def values(self) -> list[Any]:
        found = []
        while self._at < len(self._data):
            found.append(self._value())
        return found

    def _value(self) -> Any:
        tag = self._take(1).decode("ascii")
        match tag:
            case "t":
                end = self._data.index(0, self._at)
                return self._take(end + 1 - self._at)[:-1].decode("utf-8", "replace")
            case "x":
                return self._take(struct.unpack(">I", self._take(4))[0])
            case "m":
                return self._take(self._take(1)[0])
            case "v":
                return self._take(4 * self._take(1)[0])
            case "f":
                return self._value(), self._value()
            case "P":
                return self._named()
            case _:
                return _plain(tag, self._take(_FIXED[tag]))

    def _named(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while (name := self._value()) is not None:
            self._value()  # its length, which the value tells again
            found[name] = self._value().rstrip(b"\0").decode("utf-8", "replace")
        return found

    def _take(self, length: int) -> bytes:
        taken = self._data[self._at : self._at + length]
        if len(taken) < length:
            raise ValueError("cut off")
        self._at += length
        return taken


def _plain(tag: str, data: bytes) -> Any:
    match tag:
        case "L":
            return struct.unpack(">I", data)[0]
        case "N":
            return None
        case "0" | "1":
            return tag == "1"
        case _:
            return data


def _number(value: int) -> bytes:
    return b"L" + struct.pack(">I", value)


def _properties(values: dict[str, str]) -> bytes:
    parts = [b"P"]
    for name, text in values.items():
        data = os.fsencode(text) + b"\0"
        size = struct.pack(">I", len(data))
        parts.append(b"t" + name.encode() + b"\0" + b"L" + size + b"x" + size + data)
    return b"".join([*parts, b"N"])
