"""pystray's own backends, for where no StatusNotifier host is: each kept to its own loop."""

import logging
import queue
import signal
import threading
from collections.abc import Callable, Hashable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from qlbreak.system.printable import clipped
from qlbreak.tray import LOOK, SESSION_ENDS, Draw, Face
from qlbreak.tray.shown import ShownIcon, pystray
from qlbreak.tray.windows_calls import Sharp, SystemCalls
from qlbreak.tray.xembed import Mended

EXIT_S: Final = 2.0  # an X server that hangs must not hold the program
TIP_UNITS: Final = 127  # NOTIFYICONDATAW.szTip holds 128 with its end
WM_QUERYENDSESSION: Final = 0x11
WM_ENDSESSION: Final = 0x16
WM_CANCELMODE: Final = 0x1F
WM_DISPLAYCHANGE: Final = 0x7E
WM_POWERBROADCAST: Final = 0x218
WM_WTSSESSION_CHANGE: Final = 0x2B1
# What is looked at at once, of the machine and of the session; for the log, what it is.
POWER: Final = {0x4: "goes to sleep", 0x7: "awake", 0x12: "awake"}
SESSION: Final = {
    1: "in front", 2: "not in front", 3: "in front from afar", 4: "not in front from afar",
    7: "locked", 8: "unlocked",
}  # fmt: skip
WM_APP: Final = 0x8000

log = logging.getLogger(__name__)


def kinds() -> tuple[str, ...]:
    """What may dock in an XEMBED tray, best first. GTK only where it is, and on the main thread."""
    main = threading.current_thread() is threading.main_thread()
    return ("gtk", "appindicator", "xorg") if main and find_spec("gi") else ("xorg",)


class Native(ShownIcon):
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
        self._system = SystemCalls()
        self._system.see_pixels()
        super().__init__(draw, press, face)
        self._win32 = import_module("pystray._util.win32")
        handlers = self._icon._message_handlers
        self._notified = handlers[self._win32.WM_NOTIFY]
        handlers[self._win32.WM_NOTIFY] = self._on_notify
        handlers[WM_APP] = self._make_changes
        # pystray answers 0 to what it does not know: here that would forbid to log out.
        handlers[WM_QUERYENDSESSION] = lambda *_: 1
        handlers[WM_ENDSESSION] = self._session_ends
        handlers[WM_POWERBROADCAST] = self._power
        handlers[WM_WTSSESSION_CHANGE] = self._session_changes
        self._displayed = handlers[WM_DISPLAYCHANGE]
        handlers[WM_DISPLAYCHANGE] = self._on_display_change

    def icon_type(self) -> Any:
        return type("Icon", (Sharp, super().icon_type()), {})

    def picture(self, icon: Hashable) -> Any:
        return self._draw(icon, self._system.icon_size())

    def text(self, title: str) -> str:
        return clipped(title, TIP_UNITS)

    def label(self, text: str) -> str:
        return text.replace("&", "&&")

    def post(self, change: Callable[[], None]) -> None:
        self._changes.put(change)
        if self._icon._hwnd:
            self._win32.PostMessage(self._icon._hwnd, WM_APP, 0, 0)

    def run(self, appeared: Callable[[], None]) -> None:
        def settled() -> None:
            self._system.hear_session(self._icon._hwnd)
            appeared()

        super().run(settled)

    def balloon(self, title: str, text: str) -> bool:
        """One at a time; a new one takes the place of the old."""
        if text:
            self.post(partial(self._icon.notify, text, title))
        else:
            self.post(self._icon.remove_notification)
        return True

    def stop(self) -> None:
        self.post(lambda: self._system.forget_session(self._icon._hwnd))
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

    def _session_ends(self, certain: int, _: int) -> int:
        """Also told, with a zero, where somebody else has forbidden it."""
        if certain:
            self._press(SESSION_ENDS)
        return 0

    def _power(self, event: int, _: int) -> int:
        if event in POWER:
            self._look(POWER[event])
        return 1  # whatever it is, we do not mind

    def _session_changes(self, event: int, _: int) -> int:
        if event in SESSION:
            self._look(SESSION[event])
        return 0

    def _look(self, why: str) -> None:
        log.info("Windows says: %s", why)
        self._press(LOOK)

    def _on_display_change(self, wparam: int, lparam: int) -> None:
        """Another screen may want another size; then the icon is put there again."""
        self._icon.icon = self.picture(self._face.icon)
        self._displayed(wparam, lparam)

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
            self._await_tray(appeared)

        try:
            super().run(settled)
        finally:
            signal.signal(signal.SIGINT, handler)  # pystray has reset it to kill the process

    def _await_tray(self, appeared: Callable[[], None]) -> None:
        """Tells when a tray has it."""
        status = self._icon._status_icon

        def look(*_: object) -> None:
            if status.is_embedded():
                appeared()

        status.connect("notify::embedded", look)
        look()


class AppIndicator(Gtk):
    kind = "appindicator"

    def _await_tray(self, appeared: Callable[[], None]) -> None:
        """Nobody tells who shows it."""
        appeared()


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
        try:
            super().run(lambda: self._icon.await_tray(appeared))
            self._ends.put(None)
        except Exception as error:  # noqa: BLE001  (raised again in `run`)
            self._ends.put(error)


BACKENDS: Final[dict[str, type[Native]]] = {
    backend.kind: backend for backend in (Mac, Windows, Gtk, AppIndicator, Xorg)
}
