"""A pystray backend over D-Bus (StatusNotifierItem): icon, tooltip, left click; no GTK."""

import html
import queue
import threading
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial
from typing import Any, Final

from msgspec import Struct

from qlbreak.dbus import Body, Bus, Method, Variant
from qlbreak.tray import Draw, Face
from qlbreak.tray.dbusmenu import MENU_PATH, DbusMenu
from qlbreak.tray.hosts import WATCHER, WATCHER_PATH
from qlbreak.tray.shown import ShownIcon, pystray
from qlbreak.tray.states import SIZES, Picture, Pixmap, pixmaps

PystrayIcon: Any = pystray("base").Icon

ITEM: Final = "org.kde.StatusNotifierItem"
ITEM_PATH: Final = "/StatusNotifierItem"


class Icon(PystrayIcon):  # type: ignore[misc]
    """`icon` is a picture, or a function that draws one in a size: so all sizes are crisp.

    Callbacks of the menu run in the loop of the icon. All else may be used from any thread.
    """

    HAS_NOTIFICATION = False

    words = ""  # what the icon shows; hosts ask for them when there is a new icon

    def __init__(
        self, name: str, icon: Any = None, title: str = "", menu: Any = None, *, bus: Bus
    ) -> None:
        super().__init__(name, icon, title, menu)
        self._bus = bus
        self._loop: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self._detached: threading.Thread | None = None
        self._dbus_menu = DbusMenu(bus, lambda item: self.post(self._handler(item)))
        self._status = "Passive"
        self._leave: list[Callable[[], None]] = []
        self._made: tuple[Any, list[Pixmap]] | None = None
        self._taken = False
        self._appeared: Callable[[], None] | None = None

    def post(self, change: Callable[[], Any]) -> None:
        """Runs it in the loop of the icon."""
        self._loop.put(change)

    def await_tray(self, appeared: Callable[[], None]) -> None:
        """In the loop; tells when a tray has taken it."""
        self._appeared = appeared
        self._tell()

    def _tell(self) -> None:
        if self._taken and self._appeared:
            told, self._appeared = self._appeared, None
            told()

    def _run(self) -> None:
        self._mark_ready()
        try:
            for change in iter(self._loop.get, None):
                change()
        finally:
            self.visible = False
            while self._leave:
                self._leave.pop()()

    def _run_detached(self) -> None:
        self._detached = threading.Thread(target=self._run, name="tray", daemon=True)
        self._detached.start()

    def _stop(self) -> None:
        self._loop.put(None)
        if self._detached and self._detached is not threading.current_thread():
            self._detached.join()

    def _show(self) -> None:
        self._set_status("Active")
        if not self._leave:
            self._leave = [
                self._bus.serve(ITEM_PATH, ITEM, self._methods(), self._properties),
                self._dbus_menu.serve(),
                self._bus.on_owner(WATCHER, self._register),
            ]

    def _hide(self) -> None:
        # Nobody can take an item back; hosts hide what is passive.
        self._set_status("Passive")

    def _update_icon(self) -> None:
        self._icon_valid = True
        self._emit("NewIcon")

    def _update_title(self) -> None:
        self._emit("NewToolTip")

    def _update_menu(self) -> None:
        self._dbus_menu.update(self.menu)

    def _set_status(self, status: str) -> None:
        self._status = status
        self._emit("NewStatus", "s", (status,))

    def _emit(self, member: str, signature: str = "", body: Body = ()) -> None:
        self._bus.emit(ITEM_PATH, ITEM, member, signature, body)

    def _register(self, watcher: str) -> None:
        """By path: with a well-known name GNOME's extension loses the icon in a race."""

        def registered(answer: Body | Exception) -> None:
            if isinstance(answer, Exception):
                self._log.warning("the tray did not take the icon: %s", answer)
            else:
                self._taken = True
                self.post(self._tell)

        if watcher:
            member, path = "RegisterStatusNotifierItem", (ITEM_PATH,)
            self._bus.send(WATCHER, WATCHER_PATH, WATCHER, member, "s", path, registered)

    def _methods(self) -> dict[str, Method]:
        def activate(*_: int) -> Body:
            self.post(self)
            return ()

        def nothing(*_: object) -> Body:
            return ()

        return {
            "Activate": Method(activate, ("i", "i")),
            "SecondaryActivate": Method(activate, ("i", "i")),
            "XAyatanaSecondaryActivate": Method(activate, ("u",)),
            "ContextMenu": Method(nothing, ("i", "i")),
            "Scroll": Method(nothing, ("i", "s")),
        }

    def _properties(self) -> dict[str, Variant]:
        first, _, rest = self.title.partition("\n")
        return {
            "Category": ("s", "ApplicationStatus"),
            "Id": ("s", self.name),
            "Title": ("s", self.name),  # the program's: hosts list and sort by it
            "Status": ("s", self._status),
            "WindowId": ("i", 0),
            "IconThemePath": ("s", ""),
            "IconName": ("s", ""),
            "IconPixmap": ("a(iiay)", self._pixmaps()),
            # GNOME asks for these and complains in its journal where they are missing.
            "IconAccessibleDesc": ("s", self.words or first),
            "AttentionAccessibleDesc": ("s", self.words or first),
            "OverlayIconName": ("s", ""),
            "OverlayIconPixmap": ("a(iiay)", []),
            "AttentionIconName": ("s", ""),
            "AttentionIconPixmap": ("a(iiay)", []),
            "AttentionMovieName": ("s", ""),
            "ToolTip": ("(sa(iiay)ss)", ("", [], first, html.escape(rest, quote=False))),
            "ItemIsMenu": ("b", False),
            "Menu": ("o", MENU_PATH),
        }

    def _pixmaps(self) -> list[Pixmap]:
        """Made when a host asks, since most states are gone before anybody looks."""
        icon, made = self._icon, self._made
        if made is None or made[0] is not icon:
            made = self._made = icon, _pixmaps(icon)
        return made[1]


def _pixmaps(icon: Any) -> list[Pixmap]:
    """Of pystray's picture, or of a function that draws one; ours may lie ready."""
    if isinstance(icon, Drawing) and isinstance(icon.icon, Picture):
        with suppress(OSError, ValueError):
            return pixmaps(icon.icon)
    from PIL.Image import Resampling

    from qlbreak.tray.icon import pixmap

    sized = icon if callable(icon) else lambda size: icon.resize((size, size), Resampling.LANCZOS)
    return [pixmap(sized(size)) for size in SIZES]


class Drawing(Struct, frozen=True):
    """Draws an icon in a size."""

    draw: Draw
    icon: Hashable

    def __call__(self, size: int) -> Any:
        return self.draw(self.icon, size)


class Sni(ShownIcon):
    """The tray's way to show faces with it."""

    kind = "sni"

    def __init__(self, bus: Bus, draw: Draw, press: Callable[[str], None], face: Face) -> None:
        super().__init__(partial(Icon, bus=bus), draw, press, face)
        self._icon.words = face.words

    def run(self, appeared: Callable[[], None]) -> None:
        super().run(lambda: self._icon.await_tray(appeared))

    def _catch_up(self) -> None:
        self._icon.words = self._next.words  # before the icon is told of
        super()._catch_up()

    def post(self, change: Callable[[], None]) -> None:
        self._icon.post(change)

    def picture(self, icon: Hashable) -> Any:
        return Drawing(self._draw, icon)
