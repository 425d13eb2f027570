"""A pystray icon that shows faces: which of its parts change, and how a `Line` becomes an item."""

import os
import sys
from collections.abc import Callable, Hashable
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar, Final

from qlbreak.tray import SEPARATOR, Draw, Face, MenuLine

LARGE: Final = 64  # for backends that want one picture and scale it themselves


def pystray(part: str) -> ModuleType:
    """pystray's module `_part`.

    A plain `import pystray` picks a backend and opens the display, and raises without one; told
    to use the dummy it does neither.
    """
    name = f"pystray._{part}"
    if known := sys.modules.get(name):  # a menu asks for each of its lines
        return known
    variable = "PYSTRAY_BACKEND"
    before = os.environ.get(variable)
    os.environ[variable] = "dummy"
    try:
        import_module("pystray")
    finally:
        del os.environ[variable]
        if before is not None:
            os.environ[variable] = before
    return import_module(name)


class ShownIcon:
    """An icon that is up. It is touched only in its own loop, which `post` reaches.

    A backend says what differs: how to reach its loop, and what it can bear.
    """

    kind: ClassVar[str]

    def __init__(
        self, icon: Callable[..., Any], draw: Draw, press: Callable[[str], None], face: Face
    ) -> None:
        self._draw, self._press = draw, press
        self._next = self._face = face
        self._stopping = False
        self._items: dict[MenuLine, Any] = {}  # of the menu as it is
        self._icon = icon(
            "qlbreak", self.picture(face.icon), self.text(face.title), self._whole(face.lines)
        )

    def post(self, change: Callable[[], None]) -> None:
        """Runs it in the loop of the icon, soon; from any thread."""
        raise NotImplementedError

    def picture(self, icon: Hashable) -> Any:
        return self._draw(icon, LARGE)

    def text(self, title: str) -> str:
        return title

    def label(self, text: str) -> str:
        return text

    def run(self, appeared: Callable[[], None]) -> None:
        """Blocks until `stop`, or until it cannot go on; tells when it has `appeared`."""

        def appear() -> None:
            if self._stopping:
                self._icon.stop()
            else:
                self._icon.visible = True
                appeared()

        try:
            self._icon.run(setup=lambda _: self.post(appear))
        except Exception:
            with suppress(Exception):  # of no interest beside the first one
                self._icon._mark_ready()  # or the thread that waits for it would never end
            raise

    def show(self, face: Face) -> None:
        """From any thread."""
        self._next = face
        self.post(self._catch_up)

    def balloon(self, title: str, text: str) -> bool:
        """Where it can show texts itself; without a *text* the one that is up goes. From any
        thread."""
        return False

    def stop(self) -> None:
        """From any thread, also before `run`."""
        self._stopping = True
        self.post(self._icon.stop)

    def menu(self, lines: tuple[MenuLine, ...]) -> Any:
        return pystray("base").Menu(*map(self._item, lines))

    def _whole(self, lines: tuple[MenuLine, ...]) -> Any:
        """The menu, with the items of lines that are as before: most are, each minute."""
        known = self._items
        self._items = {line: known.get(line) or self._item(line) for line in lines}
        return pystray("base").Menu(*(self._items[line] for line in lines))

    def _item(self, line: MenuLine) -> Any:
        base = pystray("base")
        if line == SEPARATOR:
            return base.Menu.SEPARATOR
        enabled = line.enabled and (line.key != "" or line.lines != ())
        item = base.MenuItem(
            self.label(line.label),
            self.menu(line.lines) if line.lines else lambda: self._press(line.key),
            checked=None if line.checked is None else lambda _: bool(line.checked),
            default=line.default and enabled,
            visible=line.visible,
            enabled=enabled,
        )
        item.key, item.stays = line.name or line.key, True
        return item

    def _catch_up(self) -> None:
        shown, self._face = self._face, self._next
        if self._face.icon != shown.icon:
            self._icon.icon = self.picture(self._face.icon)
        if self._face.title != shown.title:
            self._icon.title = self.text(self._face.title)
        if self._face.lines != shown.lines:
            self._icon.menu = self._whole(self._face.lines)
