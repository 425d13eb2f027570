"""A tray without a panel: a StatusNotifierWatcher that notes who registers."""

import queue
from typing import Any, Self

from qlbreak.dbus import DAEMON, Body, Bus, BusError, Method
from rig.privatebus import PrivateBus
from rig.traymenu import WATCHER, TrayReader

WATCHER_PATH = "/StatusNotifierWatcher"
ITEM_NAME = "org.example.Tray"


class Watcher:
    """Owns the name from its creation on. `host` None: it cannot tell whether there is one;
    `full`: it takes no icon.
    """

    def __init__(self, address: str, host: bool | None = True, full: bool = False) -> None:
        self.host, self._full = host, full
        self.registered: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._paths: list[str] = []
        self._bus = Bus(address)
        self._bus.connect()
        methods = {"RegisterStatusNotifierItem": Method(self._register, ("s",))}
        self._bus.serve(WATCHER_PATH, WATCHER, methods, self._properties)
        self._bus.call(*DAEMON, "RequestName", "su", (WATCHER, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._bus.close()

    def set_host(self, host: bool) -> None:
        """A host comes or goes."""
        self.host = host
        news = "StatusNotifierHostRegistered" if host else "StatusNotifierHostUnregistered"
        self._bus.emit(WATCHER_PATH, WATCHER, news)

    def _register(self, path: str) -> Body:
        if self._full:
            raise BusError("org.example.Error.Full", "no more room")
        self._paths.append(f"{ITEM_NAME}{path}")
        self.registered.put(path)
        return ()

    def _properties(self) -> dict[str, Any]:
        known = {"RegisteredStatusNotifierItems": ("as", self._paths)}
        if self.host is None:
            return known
        return known | {"IsStatusNotifierHostRegistered": ("b", self.host)}


class TrayBus(PrivateBus, TrayReader):
    """A bus on which tray items can be read and pressed."""
