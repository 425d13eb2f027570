"""A small real notification daemon for tests: records what it is asked, obeys JSON lines on stdin.

Started by `Desktop.start_notifyd`; it writes one JSON line an event to stdout.
"""

import argparse
import json
import selectors
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, cast

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.Notifications"
SELF = DBusAddress("/org/freedesktop/Notifications", interface=NAME)
DISMISSED, BY_CALL = 2, 3


class Daemon:
    """org.freedesktop.Notifications, with the faults that `faults` asks for."""

    def __init__(
        self,
        connection: DBusConnection,
        capabilities: list[str],
        name: str = "notifyd",
        echo: DBusConnection | None = None,
    ) -> None:
        self._connection = connection
        self._capabilities = capabilities
        self._name = name
        # GNOME's shell has its own connection; a stand-in that owns the name tells it all again.
        self._echo = echo
        self._last = 0
        self.delay = 0.0
        self.hang = ""
        self.error = ""

    def answer(self, message: Message) -> None:
        """Records a call and replies to it, unless it is to hang."""
        if message.header.message_type is not MessageType.method_call:
            return
        method = message.header.fields[HeaderFields.member]
        reply = self._reply(method, message)
        if self.hang == "all" or (self.hang == "notify" and method == "Notify"):
            return
        if method == "Notify":
            threading.Event().wait(self.delay)
        self._connection.send(reply)

    def press(self, number: int, key: str, *, closes: bool = True) -> None:
        """As if the user pressed a button; most daemons then close the notification."""
        self._signal("ActionInvoked", "us", number, key)
        if closes:
            self._signal("NotificationClosed", "uu", number, DISMISSED)

    def close(self, number: int, reason: int) -> None:
        """As if the notification went away."""
        self._signal("NotificationClosed", "uu", number, reason)

    def _reply(self, method: str, message: Message) -> Message:
        match method:
            case "GetCapabilities":
                return new_method_return(message, "as", (self._capabilities,))
            case "GetServerInformation":
                return new_method_return(message, "ssss", (self._name, "tests", "1", "1.2"))
            case "Notify":
                return self._notify(message)
            case "CloseNotification":
                (number,) = message.body
                record(event="CloseNotification", id=number)
                self.close(number, BY_CALL)
                return new_method_return(message)
            case _:
                unknown = "org.freedesktop.DBus.Error.UnknownMethod"
                return new_error(message, unknown, "s", (method,))

    def _notify(self, message: Message) -> Message:
        app, replaces, icon, summary, body, actions, hints, timeout = message.body
        if not replaces:
            self._last += 1
        number = replaces or self._last
        record(
            event="Notify",
            id=number,
            app=app,
            replaces_id=replaces,
            icon=icon,
            summary=summary,
            body=body,
            actions=actions,
            hints={name: value for name, (_, value) in hints.items()},
            timeout=timeout,
        )
        if self.error:
            return new_error(message, self.error, "s", ("refused by the test",))
        return new_method_return(message, "u", (number,))

    def _signal(self, name: str, signature: str, *body: object) -> None:
        for connection in filter(None, (self._echo, self._connection)):
            connection.send(new_signal(SELF, name, signature, body))


def record(**event: object) -> None:
    """One line for the test to read; bytes (pictures) are told by their length."""
    line = json.dumps(event, default=lambda value: f"<{len(value)} bytes>")
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def waiting_messages(connection: DBusConnection) -> Iterator[Message]:
    """All messages that are there already."""
    while True:
        try:
            yield connection.receive(timeout=0)
        except TimeoutError:
            return


def obey(daemon: Daemon, order: dict[str, Any]) -> None:
    """`{"press": [id, key]}`, `{"close": [id, reason]}`, or attributes: `{"hang": "all"}`."""
    for verb, value in order.items():
        match verb:
            case "press":
                daemon.press(*value)
            case "press_only":
                daemon.press(*value, closes=False)
            case "close":
                daemon.close(*value)
            case _:
                setattr(daemon, verb, value)
    record(event="obeyed", order=order)


def serve(daemon: Daemon, connection: DBusConnection) -> None:
    """Until the test closes stdin."""
    with selectors.DefaultSelector() as ready:
        ready.register(connection.sock, selectors.EVENT_READ)
        ready.register(sys.stdin, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                if key.fileobj is connection.sock:
                    for message in waiting_messages(connection):
                        daemon.answer(message)
                elif line := sys.stdin.readline():
                    obey(daemon, cast(dict[str, Any], json.loads(line)))
                else:
                    return


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--capabilities", default="body,body-markup,actions")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before Notify answers")
    parser.add_argument("--hang", choices=["", "notify", "all"], default="")
    parser.add_argument("--error", default="", help="D-Bus error name to refuse Notify with")
    parser.add_argument("--name", default="notifyd", help="what GetServerInformation says")
    parser.add_argument("--echo", action="store_true", help="signals twice, as on GNOME")
    options = parser.parse_args()
    capabilities = [word for word in options.capabilities.split(",") if word]
    with ExitStack() as stack:
        connection = stack.enter_context(open_dbus_connection("SESSION"))
        echo = stack.enter_context(open_dbus_connection("SESSION")) if options.echo else None
        daemon = Daemon(connection, capabilities, options.name, echo)
        daemon.delay, daemon.hang, daemon.error = options.delay, options.hang, options.error
        # Without waiting for the reply: what comes together with it would be lost.
        connection.send(message_bus.RequestName(NAME))
        serve(daemon, connection)


if __name__ == "__main__":
    main()
