"""pystray's own backends, for where no StatusNotifier host is: each kept to its own loop."""

import logging
import queue
import select
import signal
import socket
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from qlbreak.tray import Draw, Face
from qlbreak.tray.shown import Shown, pystray

EXIT_S: Final = 2.0  # an X server that hangs must not hold the program
TIP_UNITS: Final = 127  # NOTIFYICONDATAW.szTip holds 128 with its end
SMALLEST: Final = 8  # the window has one pixel before it docks
WM_QUERYENDSESSION: Final = 0x11
WM_CANCELMODE: Final = 0x1F
WM_APP: Final = 0x8000

log = logging.getLogger(__name__)


def kinds() -> tuple[str, ...]:
    """What may dock in an XEMBED tray, best first. GTK only where it is, and on the main thread."""
    main = threading.current_thread() is threading.main_thread()
    return ("gtk", "appindicator", "xorg") if main and find_spec("gi") else ("xorg",)


def clipped(text: str, units: int) -> str:
    """As much of it as fits into so many UTF-16 units, with no half character at the end."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


class Native(Shown):
    """Whose icon is pystray's."""

    def __init__(self, draw: Draw, press: Callable[[str], None], face: Face) -> None:
        super().__init__(self.icon_type(), draw, press, face)

    def icon_type(self) -> Any:
        return pystray(self.kind).Icon


class Mac(Native):
    """AppKit ends the process when it is touched off the main thread."""

    kind = "darwin"

    def post(self, change: Callable[[], None]) -> None:
        import_module("PyObjCTools.AppHelper").callAfter(change)


class Windows(Native):
    """Changes travel as messages to the icon's window, and wait while its menu is open."""

    kind = "win32"

    def __init__(self, draw: Draw, press: Callable[[str], None], face: Face) -> None:
        self._changes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._menu_open = False
        super().__init__(draw, press, face)
        self._win32 = import_module("pystray._util.win32")
        handlers = self._icon._message_handlers
        self._notified = handlers[self._win32.WM_NOTIFY]
        handlers[self._win32.WM_NOTIFY] = self._on_notify
        handlers[WM_APP] = self._make_changes
        # pystray answers 0 to what it does not know: here that would forbid to log out.
        handlers[WM_QUERYENDSESSION] = lambda *_: 1

    def text(self, title: str) -> str:
        return clipped(title, TIP_UNITS)

    def label(self, text: str) -> str:
        return text.replace("&", "&&")

    def post(self, change: Callable[[], None]) -> None:
        self._changes.put(change)
        if self._icon._hwnd:
            self._win32.PostMessage(self._icon._hwnd, WM_APP, 0, 0)

    def stop(self) -> None:
        super().stop()
        if self._icon._menu_hwnd:
            self._win32.PostMessage(self._icon._menu_hwnd, WM_CANCELMODE, 0, 0)

    def _on_notify(self, wparam: int, lparam: int) -> None:
        self._menu_open = True
        try:
            self._notified(wparam, lparam)
        finally:
            self._menu_open = False
            self._make_changes()

    def _make_changes(self, *_: int) -> None:
        while not (self._menu_open or self._changes.empty()):
            self._changes.get()()


class _NoNotifier:
    """pystray's would close its notification at the end, and raise where no daemon is."""

    def hide(self) -> None:
        pass


class Gtk(Native):
    kind = "gtk"

    def post(self, change: Callable[[], None]) -> None:
        def once() -> bool:
            change()
            return False

        import_module("gi.repository.GLib").idle_add(once)

    def run(self, appeared: Callable[[], None]) -> None:
        handler = signal.getsignal(signal.SIGINT)

        def settled() -> None:
            signal.signal(signal.SIGINT, handler)
            self._icon._notifier = _NoNotifier()
            appeared()

        try:
            super().run(settled)
        finally:
            signal.signal(signal.SIGINT, handler)  # pystray has reset it to kill the process


class AppIndicator(Gtk):
    kind = "appindicator"


class Xorg(Native):
    """Lives in a thread that can be left behind: python-xlib waits for ever for a hung server."""

    kind = "xorg"

    def __init__(self, draw: Draw, press: Callable[[str], None], face: Face) -> None:
        # A signal handler may stop it, so what `run` waits on must be re-entrant.
        self._ends: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
        super().__init__(draw, press, face)

    def icon_type(self) -> Any:
        return type("Icon", (Mended, super().icon_type()), {})

    def picture(self, icon: Hashable) -> Any:
        return partial(self._draw, icon)

    def text(self, title: str) -> str:
        return title.encode("latin-1", "replace").decode("latin-1")  # all that a WM_NAME bears

    def post(self, change: Callable[[], None]) -> None:
        self._icon.post(change)

    def run(self, appeared: Callable[[], None]) -> None:
        thread = threading.Thread(target=self._live, args=(appeared,), name="xorg", daemon=True)
        thread.start()
        failure = self._ends.get()
        thread.join(EXIT_S)
        if failure:
            raise failure

    def stop(self) -> None:
        super().stop()
        self._ends.put(None)

    def _live(self, appeared: Callable[[], None]) -> None:
        def docked() -> None:
            if self._icon._systray_manager is None:
                raise ConnectionError("no XEMBED tray takes the icon")
            appeared()

        try:
            super().run(docked)
            self._ends.put(None)
        except Exception as error:  # noqa: BLE001  (raised again in `run`)
            self._ends.put(error)


class Mended:
    """Laid over pystray's icon for X: asks for clicks, is cut out, and keeps to one thread.

    pystray sends from several threads over a connection that cannot bear it, and hangs at times.
    Its picture is a function of the size here.
    """

    _display: Any
    _window: Any
    _icon: Callable[[int], Any]
    _gc: Any
    _message_handlers: Any
    _mark_ready: Callable[[], None]

    def __init__(self, *args: Any) -> None:
        from Xlib import X

        self._hearing, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        self._changes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._over = False
        super().__init__(*args)
        self._display.set_error_handler(lambda *error: log.debug("X says %s", error))
        events = X.ExposureMask | X.StructureNotifyMask | X.ButtonPressMask
        self._window.change_attributes(event_mask=events)

    def __del__(self) -> None:
        self._close()

    def post(self, change: Callable[[], None]) -> None:
        self._changes.put(change)
        with suppress(OSError):  # full: it is awake anyway; closed: it has ended
            self._waking.send(b".")

    def _run(self) -> None:
        self._thread = threading.current_thread()
        self._mark_ready()
        try:
            for event in self._events():
                self._message_handlers.get(event.type, lambda _: None)(event)
        finally:
            self._running = self._visible = False
            self._close()

    def _stop(self) -> None:
        self._over = True

    def _events(self) -> Iterator[Any]:
        while not self._over:
            self._display.flush()  # which also reads, so it comes before the look at what is there
            if self._display.pending_events():
                yield self._display.next_event()
                continue
            select.select([self._display, self._hearing], [], [])
            self._make_changes()

    def _make_changes(self) -> None:
        if select.select([self._hearing], [], [], 0)[0]:
            self._hearing.recv(4096)
        while not self._changes.empty():
            self._changes.get()()

    def _draw(self) -> None:
        from PIL import Image
        from Xlib.error import BadDrawable

        try:
            place = self._window.get_geometry()
        except BadDrawable:
            return  # the window is gone, its event is on the way
        side = min(place.width, place.height)
        if side < SMALLEST:
            return
        whole = Image.new("RGBA", (place.width, place.height))
        whole.paste(self._icon(side), ((place.width - side) // 2, (place.height - side) // 2))
        mask = whole.getchannel("A").point(lambda alpha: alpha > 127 and 255)
        rows = (mask.crop((0, y, mask.width, y + 1)).getbbox() for y in range(mask.height))
        self._cut_out([(box[0], y, box[2] - box[0], 1) for y, box in enumerate(rows) if box])
        picture: Any = whole.convert("RGB")
        picture.tostring = picture.tobytes  # the old name, by which python-xlib calls it
        self._window.put_pil_image(self._gc, 0, 0, picture)

    def _cut_out(self, spans: list[tuple[int, int, int, int]]) -> None:
        """What is seen of the window; around it is the tray, which would be black otherwise."""
        from Xlib import X
        from Xlib.ext.shape import SK, SO

        if hasattr(self._window, "shape_rectangles"):
            self._window.shape_rectangles(SO.Set, SK.Bounding, X.YXBanded, 0, 0, spans)

    def _on_destroy_notify(self, _event: Any) -> None:
        self._over = True  # the tray, or our window in it

    def _close(self) -> None:
        self._hearing.close()
        self._waking.close()
        with suppress(Exception):  # python-xlib raises when the server went first
            self._display.close()


BACKENDS: Final[dict[str, type[Native]]] = {
    backend.kind: backend for backend in (Mac, Windows, Gtk, AppIndicator, Xorg)
}
