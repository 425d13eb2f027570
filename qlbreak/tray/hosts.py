"""Who could show a tray icon: a StatusNotifier host on the bus, an XEMBED tray on the X display."""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qlbreak.language import _

if TYPE_CHECKING:
    from qlbreak.dbus import Body, Bus

WATCHER: Final = "org.kde.StatusNotifierWatcher"
WATCHER_PATH: Final = "/StatusNotifierWatcher"
HAS_HOST: Final = "IsStatusNotifierHostRegistered"
# How watchers say that they have no such property; then being there is all they can tell.
SILENT: Final = ("UnknownProperty", "InvalidArgs", "UnknownMethod", "UnknownInterface")

log = logging.getLogger(__name__)


class NotifierHost:
    """Tells `changed`, on the bus's thread, whether a StatusNotifier host is there: now, and then.

    A watcher alone is not enough: KDE's daemon owns the name also where no panel listens to it.
    """

    def __init__(self, bus: "Bus", changed: Callable[[bool], None]) -> None:
        self._bus, self._changed = bus, changed
        self._cancel = [
            bus.on_owner(WATCHER, self._owned),
            *(
                bus.on_signal(
                    WATCHER, WATCHER, f"StatusNotifierHost{news}", None, lambda _: self._ask()
                )
                for news in ("Registered", "Unregistered")
            ),
        ]

    def close(self) -> None:
        for cancel in self._cancel:
            cancel()

    def _owned(self, owner: str) -> None:
        if owner:
            self._ask()
        else:
            self._changed(False)

    def _ask(self) -> None:
        from qlbreak.dbus import PROPERTIES

        question = (WATCHER, WATCHER_PATH, PROPERTIES, "Get", "ss", (WATCHER, HAS_HOST))
        self._bus.send(*question, then=lambda answer: self._changed(_has_host(answer)))


class SystemTray:
    """Looks for an XEMBED tray. It keeps its connection: opening one costs more than looking."""

    def __init__(self) -> None:
        self._display: Any = None

    def there(self) -> bool:
        """False also without an X display, or with one that does not answer."""
        if sys.platform == "win32" or not os.environ.get("DISPLAY"):
            return False
        try:
            return self._owned()
        except Exception:  # after an unexpected error python-xlib's connection may spin
            log.debug("no X display to look at", exc_info=True)
            self.close()
            return False

    def close(self) -> None:
        display, self._display = self._display, None
        if display:
            with suppress(Exception):
                display.close()

    def _owned(self) -> bool:
        from Xlib.display import Display

        self._display = self._display or Display()
        name = f"_NET_SYSTEM_TRAY_S{self._display.get_default_screen()}"
        return bool(self._display.get_selection_owner(self._display.intern_atom(name)))


def probe(bus: "Bus | None") -> str:
    """One line about what is there now, without showing anything."""
    if sys.platform == "win32":
        return _("notification area of Windows")
    if sys.platform == "darwin":
        return _("menu bar of macOS")
    if bus and (name := _notifier_host(bus)):
        return _("StatusNotifier host ({name})", name=name)
    looked = SystemTray()
    found = looked.there()
    looked.close()
    return _("XEMBED tray") if found else _("none")


def remedy(environment: Mapping[str, str] = os.environ) -> str:
    """What brings a tray to a desktop that has none of its own."""
    if "GNOME" not in environment.get("XDG_CURRENT_DESKTOP", "").split(":"):
        return ""
    return _(
        "GNOME shows tray icons with its extension AppIndicator: install the package "
        "gnome-shell-extension-appindicator, log in again, and switch it on in Extensions"
    )


def _notifier_host(bus: "Bus") -> str:
    """The program's name; "" without one."""
    from qlbreak.dbus import DAEMON, BusError

    try:
        if not bus.name_has_owner(WATCHER):
            return ""
        try:
            answer: Body | Exception = (("b", bus.get(WATCHER, WATCHER_PATH, WATCHER, HAS_HOST)),)
        except BusError as error:
            answer = error
        (pid,) = bus.call(*DAEMON, "GetConnectionUnixProcessID", "s", (WATCHER,))
        name = Path(f"/proc/{pid}/comm").read_text().strip()
    except (BusError, OSError) as error:
        log.debug("no StatusNotifier host: %s", error)
        return ""
    return name if _has_host(answer) else ""


def _has_host(answer: "Body | Exception") -> bool:
    from qlbreak.dbus import BusError

    if isinstance(answer, BusError):
        return answer.name.rpartition(".")[2] in SILENT
    return not isinstance(answer, Exception) and bool(answer[0][1])
