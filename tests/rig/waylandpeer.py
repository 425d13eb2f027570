"""A compositor of the test's own, as far as idleness goes: it speaks the bytes of the protocol."""

import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

EXT, OLD = "ext_idle_notifier_v1", "org_kde_kwin_idle"
IDLED, RESUMED = 0, 1


class WaylandPeer:
    """Serves one client after the other. `offers`: interface and version, in their order.

    Notes each request for news of idleness as (interface, number, milliseconds, seat).
    """

    def __init__(self, place: Path, *offers: tuple[str, int]) -> None:
        self.place, self.offers = place, offers
        self.watches: list[tuple[str, int, int, int]] = []
        self.binds: list[tuple[str, int]] = []
        self.ids: list[int] = []  # of all objects that clients made, as they were made
        self.hangs = False
        self._notifications: list[int] = []
        self._bound: dict[int, str] = {}
        self._client: socket.socket | None = None
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(place))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, name="compositor")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Dies: hangs up, and leaves its socket behind."""
        for end in (self._listener, self._client):
            with suppress(OSError):  # closed already
                if end is not None:
                    end.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def tell(self, event: int, seat: int = 0) -> None:
        self.send(self._notifications[seat], event)

    def send(self, target: int, number: int, *words: int, text: bytes = b"") -> None:
        body = struct.pack(f"={len(words)}I", *words) + text
        self.send_bytes(struct.pack("=II", target, (len(body) + 8) << 16 | number) + body)

    def send_bytes(self, data: bytes) -> None:
        assert self._client is not None
        with suppress(OSError):  # it has left
            self._client.sendall(data)

    def _serve(self) -> None:
        with self._listener:
            while True:
                try:
                    self._client, _ = self._listener.accept()
                except OSError:
                    return
                self._bound, self._notifications = {1: "wl_display"}, []
                with self._client:
                    self._listen(self._client)

    def _listen(self, client: socket.socket) -> None:
        unread = b""
        while data := _received(client):
            unread += data
            while len(unread) >= 8:
                target, sizes = struct.unpack_from("=II", unread)
                size = sizes >> 16
                if len(unread) < size:
                    break
                self._take(self._bound.get(target, ""), sizes & 0xFFFF, unread[8:size])
                unread = unread[size:]

    def _take(self, interface: str, number: int, body: bytes) -> None:
        words = struct.unpack(f"={len(body) // 4}I", body)
        match interface, number:
            case "wl_display", 0 if not self.hangs:
                self.ids.append(words[0])
                self.send(words[0], 0, 0)
                self.send(1, 1, words[0])  # the number is free again
            case "wl_display", 1:
                self._bound[words[0]] = "wl_registry"
                for place, (name, version) in enumerate(self.offers):
                    self.send(words[0], 0, place, text=_string(name) + struct.pack("=I", version))
            case "wl_registry", 0:
                name, _ = self.offers[words[0]]
                self._bound[words[-1]] = name
                self.binds.append((name, words[-2]))
            case ("ext_idle_notifier_v1", 1 | 2) | ("org_kde_kwin_idle", 0):
                pause, seat = words[1:] if interface == EXT else reversed(words[1:])
                self.watches.append((interface, number, pause, seat))
                self._notifications.append(words[0])
            case _:
                pass


def _received(client: socket.socket) -> bytes:
    try:
        return client.recv(4096)
    except ConnectionResetError:  # it left without reading all
        return b""


def _string(text: str) -> bytes:
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)
