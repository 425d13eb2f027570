"""The bytes of D-Bus (jeepney): one connection, messages in and out, and which are wanted."""

import os
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from msgspec import Struct

from qlbreak.language import _

Body = tuple[Any, ...]
Variant = tuple[str, Any]
"""A value with its signature, the way D-Bus variants come and go."""

DAEMON: Final = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
HANDSHAKE_S: Final = 2.0  # takes under 1 ms with a daemon that is alive


class BusError(Exception):
    """An error reply: the D-Bus `name` of the error and its `text`."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(f"{name}: {text}" if text else name)
        self.name, self.text = name, text


class Message(Struct, frozen=True):
    """An incoming message; the fields from `path` on are named as in the D-Bus specification."""

    kind: str
    serial: int
    wants_reply: bool
    body: Body
    path: str = ""
    interface: str = ""
    member: str = ""
    error_name: str = ""
    reply_serial: int = 0
    destination: str = ""
    sender: str = ""
    signature: str = ""
    unix_fds: int = 0


class Watch(Struct, frozen=True, eq=False):
    """A wish to hear signals of a bus: `wanted` are fields of the message, and `arg0`."""

    wanted: Mapping[str, str]
    deliver: Callable[[Message], None]
    owner_of: str = ""
    tell_owner: Callable[[str], None] = lambda _: None

    @property
    def rule(self) -> str:
        return ",".join(["type='signal'", *(f"{k}='{v}'" for k, v in self.wanted.items())])

    def hears(self, signal: Message, owners: Mapping[str, str]) -> bool:
        """A message comes with the sender's own name: *owners* has whose that is by now."""
        return all(
            value == _told(signal, key) or (key == "sender" and signal.sender == owners.get(value))
            for key, value in self.wanted.items()
        )


def _told(signal: Message, key: str) -> str:
    if key == "arg0":
        return str(signal.body[0]) if signal.body else ""
    return str(getattr(signal, key))


def packed(kind: str, serial: int, signature: str, body: Body, **fields: Any) -> bytes:
    """A message to send; raises when the body does not fit its signature."""
    from jeepney import Endianness, Header, HeaderFields, MessageType
    from jeepney import Message as Packed

    fields["signature"] = signature
    named = {HeaderFields[key]: value for key, value in fields.items() if value}
    header = Header(Endianness.little, MessageType[kind], 0, 1, -1, -1, named)
    return bytes(Packed(header, body).serialise(serial))


class Wire:
    """A connection that is open and greeted. Whatever goes wrong on it is an `OSError`."""

    def __init__(self, address: str) -> None:
        from jeepney import Parser
        from jeepney.auth import AuthenticationError
        from jeepney.io.blocking import prep_socket

        self._parser = Parser()
        try:
            self._socket: socket.socket = prep_socket(_socket_of(address), timeout=HANDSHAKE_S)
        except AuthenticationError as refused:
            raise ConnectionRefusedError(str(refused)) from refused
        try:
            self._greet()
        except OSError:
            self.close()
            raise

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def receive(self) -> Message:
        """Blocks until a message is here."""
        from jeepney import MessageFlag

        try:
            while (message := self._parser.get_next_message()) is None:
                data = self._socket.recv(65536)
                if not data:
                    raise ConnectionResetError(_("the bus is lost"))
                self._parser.add_data(data)
        except (ValueError, LookupError, TypeError, AssertionError, struct.error) as garbled:
            raise ConnectionAbortedError(f"unreadable message: {garbled!r}") from garbled
        header = message.header
        return Message(
            header.message_type.name,
            header.serial,
            not header.flags & MessageFlag.no_reply_expected,
            message.body,
            **{key.name: value for key, value in header.fields.items()},
        )

    def hang_up(self) -> None:
        """Wakes the thread that is blocked in `receive`."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()

    def _greet(self) -> None:
        dest, path, interface = DAEMON
        where = {"destination": dest, "path": path, "interface": interface}
        self._socket.settimeout(HANDSHAKE_S)
        self.send(packed("method_call", 1, "", (), member="Hello", **where))
        while self.receive().reply_serial != 1:
            pass
        self._socket.settimeout(None)


def _socket_of(address: str) -> str:
    """The path of the socket for SESSION, SYSTEM or an address."""
    from jeepney.bus import get_bus

    if address == "SESSION":
        # The second is where systemd puts it, for those who come without the variable.
        address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (
            f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '')}/bus"
        )
    try:
        return str(get_bus(address))
    except (LookupError, ValueError, RuntimeError, StopIteration) as wrong:
        raise ConnectionError(f"not a bus address that works here: {address!r}") from wrong
