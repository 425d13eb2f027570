"""A witness on the bus: what was sent to the notification daemon and what it answered."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from rig.buscall import BUS_NAME, BUS_PATH
from rig.waiting import PATIENCE, wait_for

NOTIFICATIONS = "org.freedesktop.Notifications"


@dataclass(frozen=True, slots=True)
class Notification:
    """A Notify call; `id` is None until the daemon answered."""

    id: int | None
    app: str
    replaces_id: int
    icon: str
    summary: str
    body: str
    actions: tuple[tuple[str, str], ...]
    hints: dict[str, Any]
    timeout: int


def notification(body: tuple[Any, ...]) -> Notification:
    """The arguments of a Notify call by name."""
    app, replaces_id, icon, summary, text, actions, hints, timeout = body
    pairs = tuple(zip(actions[::2], actions[1::2], strict=True))
    values = {name: value for name, (_, value) in hints.items()}
    return Notification(None, app, replaces_id, icon, summary, text, pairs, values, timeout)


class BusWatch:
    """Listens from its creation to its end; use it as a context manager or `close()` it."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)
        bus = DBusAddress(BUS_PATH, bus_name=BUS_NAME, interface="org.freedesktop.DBus.Monitoring")
        reply = self._connection.send_and_get_reply(
            new_method_call(bus, "BecomeMonitor", "asu", ([], 0)), timeout=PATIENCE
        )
        assert reply.header.message_type is MessageType.method_return, reply.body
        self._sent: dict[tuple[str, int], Notification] = {}
        self._actions: list[tuple[int, str]] = []
        self._closed: list[tuple[int, int]] = []
        self._close_calls: list[int] = []
        self._thread = threading.Thread(target=self._listen, name="bus watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops listening; what was seen stays."""
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.close()

    @property
    def notifications(self) -> list[Notification]:
        """All Notify calls so far, in their order."""
        return list(self._sent.values())

    @property
    def actions(self) -> list[tuple[int, str]]:
        """All ActionInvoked signals so far: (id, key)."""
        return list(self._actions)

    @property
    def closed(self) -> list[tuple[int, int]]:
        """All NotificationClosed signals so far: (id, reason)."""
        return list(self._closed)

    @property
    def close_calls(self) -> list[int]:
        """The ids of all CloseNotification calls so far."""
        return list(self._close_calls)

    def wait_notification(
        self,
        predicate: Callable[[Notification], bool] = lambda _: True,
        seconds: float = 5.0,
        *,
        answered: bool = True,
    ) -> Notification:
        """The first one that fits; `answered` waits until the daemon gave it an id."""

        def fitting() -> list[Notification]:
            ready = [n for n in self.notifications if n.id is not None or not answered]
            return [n for n in ready if predicate(n)]

        return wait_for(fitting, seconds, "a notification that fits", lambda: self.notifications)[0]

    def wait_action(self, number: int, seconds: float = 5.0) -> str:
        """The key of the first button pressed on this notification."""
        return wait_for(
            lambda: [key for at, key in self.actions if at == number],
            seconds,
            f"a button pressed on notification {number}",
            lambda: self.actions,
        )[0]

    def wait_closed(self, number: int, seconds: float = 5.0) -> int:
        """The reason why this notification closed: 1 expired, 2 dismissed, 3 by a call."""
        return wait_for(
            lambda: [reason for at, reason in self.closed if at == number],
            seconds,
            f"notification {number} closes",
            lambda: self.closed,
        )[0]

    def _listen(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except OSError:  # closed, by us or by the bus
                return
            self._record(message)

    def _record(self, message: Message) -> None:
        fields = message.header.fields
        match message.header.message_type, fields.get(HeaderFields.member):
            case MessageType.method_call, "Notify":
                key = (fields[HeaderFields.sender], message.header.serial)
                self._sent[key] = notification(message.body)
            case MessageType.method_return, _:
                key = (fields.get(HeaderFields.destination, ""), fields[HeaderFields.reply_serial])
                if key in self._sent:
                    self._sent[key] = replace(self._sent[key], id=message.body[0])
            case MessageType.method_call, "CloseNotification":
                self._close_calls.append(message.body[0])
            case MessageType.signal, "ActionInvoked":
                self._actions.append(message.body)
            case MessageType.signal, "NotificationClosed":
                self._closed.append(message.body)
            case _:
                pass  # the rest of the bus traffic
