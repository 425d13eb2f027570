"""Plain D-Bus calls to a bus given by its address, for tests."""

from typing import Any, cast

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from rig.waiting import PATIENCE

BUS_NAME = "org.freedesktop.DBus"
BUS_PATH = "/org/freedesktop/DBus"
PROPERTIES = "org.freedesktop.DBus.Properties"


class BusError(Exception):
    """An error reply; `name` is its D-Bus name."""

    def __init__(self, name: str, text: object) -> None:
        super().__init__(f"{name}: {text}")
        self.name = name


class Bus:
    """A connection for calls; not to be shared between threads."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)

    def close(self) -> None:
        self._connection.close()

    def call(
        self, dest: str, path: str, interface: str, method: str, signature: str = "", *body: object
    ) -> tuple[Any, ...]:
        """The body of the reply; raises BusError, or TimeoutError after five seconds."""
        address = DBusAddress(path, bus_name=dest, interface=interface)
        message = new_method_call(address, method, signature or None, body)
        reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        if reply.header.message_type is MessageType.error:
            raise BusError(reply.header.fields[4], reply.body)
        return cast(tuple[Any, ...], reply.body)

    def property(self, dest: str, path: str, interface: str, name: str) -> Any:
        """The value of a property, without its variant wrapping."""
        return self.call(dest, path, PROPERTIES, "Get", "ss", interface, name)[0][1]

    def properties(self, dest: str, path: str, interface: str) -> dict[str, Any]:
        """All properties of an interface."""
        (values,) = self.call(dest, path, PROPERTIES, "GetAll", "s", interface)
        return {name: value for name, (_, value) in values.items()}

    def owned(self, name: str) -> bool:
        """Whether somebody owns the name."""
        return bool(self.call(BUS_NAME, BUS_PATH, BUS_NAME, "NameHasOwner", "s", name)[0])
