"""The tray: what it shows (`Face`), and the backend that can show it here and now (`Tray`)."""

import logging
import os
import queue
import sys
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from qlbreak.system.patience import next_of
from qlbreak.tray.hosts import NotifierHost, SystemTray

if TYPE_CHECKING:
    from PIL.Image import Image

    from qlbreak.dbus import Bus
    from qlbreak.tray.shown import ShownIcon

LOOK_S: Final = 30.0  # an XEMBED tray that comes later is announced to windows only
ANSWER_S: Final = 3.0  # for the bus to say whether there is a host
FOREIGN: Final = ("win32", "darwin")  # there is always a tray, and only one kind of it

Draw = Callable[[Any, int], "Image"]

log = logging.getLogger(__name__)


class MenuLine(Struct, frozen=True, omit_defaults=True):
    """One menu entry. `key` is what a press tells, and what hosts know the line by: a line of
    text, which has none or is not `enabled`, is better with one too. Where the key changes with
    time the line has a `name` to be known by. Rather hide a line than leave it out: a menu whose
    shape stays is the one that every host gets right.
    """

    key: str
    label: str
    enabled: bool = True
    checked: bool | None = None
    lines: tuple["MenuLine", ...] = ()
    default: bool = False
    visible: bool = True
    name: str = ""


SEPARATOR: Final = MenuLine("-", "")
SESSION_ENDS: Final = "the session ends"
LOOK: Final = "look at once"  # the machine goes to sleep or wakes, the screen is locked or open


class Face(Struct, frozen=True):
    """All that the tray shows: what to draw, the tooltip, the menu. `words` say what the icon
    shows, to those who cannot see it; they are told with it.
    """

    icon: Hashable
    title: str
    lines: tuple[MenuLine, ...]
    words: str = ""


class Tray:
    """Shows a face as soon as, and as long as, something here can show it.

    `draw` makes the picture of `Face.icon` in a size; it is also called on the bus's thread.
    `press` gets the key of a pressed line, `changed` the new `kind`; both must not block. Only for
    SESSION_ENDS `press` may, for some seconds: the system ends us when it returns.
    """

    def __init__(
        self,
        draw: Draw,
        press: Callable[[str], None],
        changed: Callable[[str], None],
        bus: "Bus | None" = None,
        look_s: float = LOOK_S,
    ) -> None:
        self._look_s = look_s
        self._draw, self._press, self._changed, self._bus = draw, press, changed, bus
        self.kind = ""
        self._face: Face | None = None
        self._shown: ShownIcon | None = None
        self._host: bool | None = None
        self._system_tray = SystemTray()
        self._failed: set[str] = set()  # in this round
        self._complained: set[str] = set()
        self._stopped = False
        self._showing = threading.Lock()
        # Its `put` may be called by a signal handler in the middle of its own `get`.
        self._news: queue.SimpleQueue[None] = queue.SimpleQueue()

    def run(self) -> None:
        """Blocks until `stop`; to be called on the main thread."""
        host = NotifierHost(self._bus, self._host_changed) if self._bus else None
        try:
            while host and self._host is None and not self._stopped:
                if not self._await_news(ANSWER_S):
                    break
            while not self._stopped:
                if self._face is None or not any(map(self._up, self._candidates())):
                    may_come = self._failed or os.environ.get("DISPLAY")
                    self._await_news(self._look_s if may_come else None)
                    self._failed.clear()
        finally:
            self._system_tray.close()
            if host:
                host.close()

    def start(self) -> None:
        """The same in the background, for when the main thread is taken; not on macOS."""
        if sys.platform != "darwin":
            threading.Thread(target=self.run, name="tray", daemon=True).start()

    def show(self, face: Face) -> None:
        """From any thread; touches only what changed."""
        with self._showing:
            if face == self._face:
                return
            first, self._face = self._face is None, face
            if self._shown:
                self._shown.show(face)
        if first:
            self._news.put(None)

    def balloon(self, title: str, text: str) -> bool:
        """Whether the icon that is up has shown it; see `Shown`. From any thread."""
        shown = self._shown
        return bool(self.kind) and shown is not None and shown.balloon(title, text)

    def stop(self) -> None:
        """From any thread, and from a signal handler: so it takes no lock."""
        self._stopped = True
        self._news.put(None)
        if shown := self._shown:
            shown.stop()

    def _await_news(self, timeout: float | None) -> bool:
        with suppress(queue.Empty):
            next_of(self._news, timeout)
            return True
        return False

    def _host_changed(self, there: bool) -> None:
        if there == self._host:
            return
        self._failed.discard("sni")
        self._host = there
        self._news.put(None)
        if (shown := self._shown) and self._outdated(shown.kind):
            shown.stop()

    @property
    def _wants_sni(self) -> bool:
        return bool(self._host) and "sni" not in self._failed

    def _outdated(self, kind: str) -> bool:
        return kind not in FOREIGN and (kind == "sni") is not self._wants_sni

    def _candidates(self) -> Iterator[str]:
        """What may work, best first; only looked for as far as needed."""
        if sys.platform in FOREIGN:
            yield sys.platform
            return
        if self._wants_sni:
            yield "sni"
        if self._system_tray.there():
            from qlbreak.tray.native import kinds

            yield from kinds()

    def _up(self, kind: str) -> bool:
        """Shows it with this backend; False when that does not work (any more)."""
        try:
            shown = self._made(kind)
            with self._showing:
                self._shown = shown
                if self._face:
                    shown.show(self._face)
            if not self._stopped and not self._outdated(kind):
                shown.run(lambda: self._report(kind))
        except Exception:
            if kind not in self._complained:
                log.warning("the tray of kind %s does not work here", kind, exc_info=True)
            self._complained.add(kind)
            self._failed.add(kind)
        finally:
            self._shown = None
            self._report("")
        return self._stopped or self._outdated(kind)

    def _made(self, kind: str) -> "ShownIcon":
        assert self._face is not None
        if kind == "sni":
            from qlbreak.tray.sni import Sni

            assert self._bus is not None
            return Sni(self._bus, self._draw, self._press, self._face)
        from qlbreak.tray.native import BACKENDS

        return BACKENDS[kind](self._draw, self._press, self._face)

    def _report(self, kind: str) -> None:
        known, self.kind = self.kind, kind
        if kind != known and not self._stopped:  # an end that was asked for is not a loss
            self._changed(kind)
