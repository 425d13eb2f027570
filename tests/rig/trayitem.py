"""A tray item with a menu, for testing the test desktop itself (jeepney only, no pystray)."""

import socket
import threading
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import open_dbus_connection

from rig.traymenu import WATCHER

SIZE = 22
RED = b"\xff\xff\x00\x00"
MENU_PATH = "/Menu"

Node = tuple[int, dict[str, tuple[str, object]], list[tuple[str, Any]]]


def node(number: int, label: str, *children: Node, **properties: tuple[str, object]) -> Node:
    """A line of a dbusmenu layout."""
    variants = [("(ia{sv}av)", child) for child in children]
    return number, {"label": ("s", label), **properties}, variants


LAYOUT = node(
    0,
    "",
    node(1, "Take a break"),
    node(2, "", type=("s", "separator")),
    node(3, "Snooze", node(4, "_5 min"), node(5, "a__b"), node(7, "5 hours")),
    node(6, "Undo", enabled=("b", False)),
)


def refusal(message: Message) -> Message:
    """The answer to a call that nobody here knows."""
    return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")


class TrayItem:
    """A red square in the tray; `pressed` and `activations` tell what was done to it."""

    def __init__(self, address: str, name: str) -> None:
        self.pressed: list[int] = []
        self.activations = 0
        self._properties = {
            "Category": ("s", "ApplicationStatus"),
            "Id": ("s", name),
            "Title": ("s", "Test item"),
            "Status": ("s", "Active"),
            "IconName": ("s", ""),
            "IconPixmap": ("a(iiay)", [(1, 1, RED), (SIZE, SIZE, RED * SIZE * SIZE)]),
            "ToolTip": ("(sa(iiay)ss)", ("", [], "Sitting", "45 min")),
            "ItemIsMenu": ("b", False),
            "Menu": ("o", MENU_PATH),
        }
        self._connection = open_dbus_connection(address)
        watcher = DBusAddress("/StatusNotifierWatcher", bus_name=WATCHER, interface=WATCHER)
        self._connection.send(
            new_method_call(watcher, "RegisterStatusNotifierItem", "s", ("/StatusNotifierItem",))
        )
        self._thread = threading.Thread(target=self._serve, name="tray item", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Leaves the tray."""
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self._connection.send(self._reply(message))
            except OSError:  # closed, by us or by the bus
                return

    def _reply(self, message: Message) -> Message:
        fields = message.header.fields
        method = fields[HeaderFields.member]
        if fields[HeaderFields.path] == MENU_PATH:
            return self._menu_reply(method, message)
        match method:
            case "Get":
                return new_method_return(message, "v", (self._properties[message.body[1]],))
            case "GetAll":
                return new_method_return(message, "a{sv}", (self._properties,))
            case "Activate":
                self.activations += 1
                return new_method_return(message)
            case _:
                return refusal(message)

    def _menu_reply(self, method: str, message: Message) -> Message:
        match method:
            case "GetLayout":
                found = self._find(LAYOUT, message.body[0])
                return new_method_return(message, "u(ia{sv}av)", (1, found))
            case "GetGroupProperties":
                found_lines = [self._find(LAYOUT, number) for number in message.body[0]]
                lines = [line[:2] for line in found_lines if line]
                return new_method_return(message, "a(ia{sv})", (lines,))
            case "AboutToShow":
                return new_method_return(message, "b", (False,))
            case "Event":
                if message.body[1] == "clicked":
                    self.pressed.append(message.body[0])
                return new_method_return(message)
            case _:
                return refusal(message)

    def _find(self, line: Node, number: int) -> Node | None:
        if line[0] == number:
            return line
        found = (self._find(child, number) for _, child in line[2])
        return next((child for child in found if child), None)
