"""pystray's icon for X, mended: it knows whether a tray has it, and keeps to one thread."""

import logging
import queue
import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from qlbreak.language import _
from qlbreak.system.clock import awake

if TYPE_CHECKING:
    from PIL.Image import Image

SMALLEST: Final = 8  # the window has one pixel before a tray has it
SETTLES_S: Final = 0.5  # some trays take an icon in and put it out again at once
PATIENCE_S: Final = 5.0  # a panel that starts with the session is busy
PAUSE_S: Final = 1.0  # before an icon that was put out asks again
ASKS: Final = 4
CLEAR: Final = 32  # the depth of a window that can be seen through

log = logging.getLogger(__name__)


def _at_once() -> None:
    """Nobody waits for the icon to be seen."""


class Mended:
    """Laid over pystray's icon for X: asks for clicks and lets the panel be seen around it.

    pystray sends from several threads over a connection that cannot bear it, and hangs at times.
    It asks a tray for a place several times, upon which some put the icon out, and does not hear
    of that. Its picture is a function of the size here.
    """

    name: str
    title: str
    _display: Any
    _window: Any
    _icon: Callable[[int], Any]
    _gc: Any
    _message_handlers: Any
    _systray_manager: Any
    _mark_ready: Callable[[], None]
    _dock_window: Callable[[], None]
    _get_systray_manager: Callable[[], Any]

    def __init__(self, *args: Any) -> None:
        from Xlib import X

        self._hearing, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        self._changes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._over = False
        self._embedded, self._asked = False, 0
        self._due: float | None = None  # when to look whether a tray has it
        self._appeared: Callable[[], None] = _at_once
        super().__init__(*args)
        self._message_handlers[X.ReparentNotify] = self._on_reparent
        self._display.set_error_handler(lambda *error: log.debug("X says %s", error))
        events = X.ExposureMask | X.StructureNotifyMask | X.ButtonPressMask
        self._window.change_attributes(event_mask=events)

    def __del__(self) -> None:
        self._close()

    def post(self, change: Callable[[], None]) -> None:
        self._changes.put(change)
        with suppress(OSError):  # full: it is awake anyway; closed: it has ended
            self._waking.send(b".")

    def await_tray(self, appeared: Callable[[], None]) -> None:
        """Tells when a tray has it, and has kept it; raises where there is none to ask."""
        if self._systray_manager is None:
            raise ConnectionError(_("no XEMBED tray takes the icon"))
        self._appeared = appeared

    # The loop

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
            wait = None if self._due is None else max(self._due - awake(), 0.0)
            select.select([self._display, self._hearing], [], [], wait)
            self._make_changes()
            if self._due is not None and awake() >= self._due:
                self._look()

    def _make_changes(self) -> None:
        if select.select([self._hearing], [], [], 0)[0]:
            self._hearing.recv(4096)
        while not self._changes.empty():
            self._changes.get()()

    # Its place in a tray

    def _assert_docked(self) -> None:
        """Asks once, though pystray wants it to with every new picture."""
        if self._systray_manager is None:
            self._ask()
            assert self._systray_manager is not None, "there is no tray to ask"

    def _ask(self) -> None:
        self._asked += 1
        self._due = awake() + PATIENCE_S
        self._dock_window()

    def _on_reparent(self, event: Any) -> None:
        if event.window.id == self._window.id:
            self._embedded = event.parent.id != self._display.screen().root.id
            self._due = awake() + (SETTLES_S if self._embedded else PAUSE_S)

    def _look(self) -> None:
        self._due = None
        if self._embedded:
            self._asked = 0
            told, self._appeared = self._appeared, _at_once
            told()
        elif self._asked < ASKS:
            self._ask()
        else:
            raise ConnectionError(_("the XEMBED tray does not keep the icon"))

    def _on_destroy_notify(self, _event: Any) -> None:
        self._over = True  # the tray, or our window in it

    # Its picture

    def _create_window(self) -> Any:
        """Of the kind that the tray wants: around the icon there is the panel then, not black."""
        from Xlib import X, Xutil

        screen = self._display.screen()
        depth, visual = self._wanted_visual(screen)
        colours = screen.root.create_colormap(visual, X.AllocNone)
        window = screen.root.create_window(
            *(-1, -1, 1, 1, 0, depth, X.InputOutput, visual),
            **{"colormap": colours, "border_pixel": 0, "background_pixel": 0},
        )
        window.set_wm_class(f"{self.name}SystemTrayIcon", self.name)
        window.set_wm_name(self.title)
        window.set_wm_normal_hints(flags=Xutil.PMinSize, min_width=24, min_height=24)
        info = self._display.intern_atom("_XEMBED_INFO")
        window.change_property(info, info, 32, [0, 1])  # version 0, wants to be mapped
        self._clear = depth == CLEAR
        return window

    def _wanted_visual(self, screen: Any) -> tuple[int, int]:
        """Depth and number; the screen's own where there is no tray, or it wants none."""
        from Xlib import Xatom

        manager = self._get_systray_manager()
        name = self._display.intern_atom("_NET_SYSTEM_TRAY_VISUAL")
        wish = manager.get_full_property(name, Xatom.VISUALID) if manager else None
        visual = wish.value[0] if wish else 0
        for depth in screen.allowed_depths:
            if depth.depth == CLEAR and visual in [known.visual_id for known in depth.visuals]:
                return CLEAR, visual
        return screen.root_depth, screen.root_visual

    def _draw(self) -> None:
        from PIL import Image
        from Xlib.error import BadDrawable

        try:
            shape = self._window.get_geometry()
        except BadDrawable:
            return  # the window is gone, its event is on the way
        side = min(shape.width, shape.height)
        if side < SMALLEST:
            return
        whole = Image.new("RGBA", (shape.width, shape.height))
        whole.paste(self._icon(side), ((shape.width - side) // 2, (shape.height - side) // 2))
        self._put(whole) if self._clear else self._put_cut_out(whole)

    def _put(self, whole: "Image") -> None:
        """Pixels of 32 bits, with the colours as strong as they are to be seen."""
        from PIL import Image
        from Xlib import X

        red, green, blue, alpha = whole.convert("RGBa").split()
        small_first = self._display.display.info.image_byte_order == X.LSBFirst
        order = (blue, green, red, alpha) if small_first else (alpha, red, green, blue)
        pixels = Image.merge("RGBA", order).tobytes()
        size = whole.width, whole.height
        self._window.put_image(self._gc, 0, 0, *size, X.ZPixmap, CLEAR, 0, pixels)

    def _put_cut_out(self, whole: "Image") -> None:
        """Where a window cannot be seen through: only where the icon is there is a window."""
        from Xlib import X
        from Xlib.ext.shape import SK, SO

        mask = whole.getchannel("A").point(lambda alpha: alpha > 127 and 255)
        rows = (mask.crop((0, y, mask.width, y + 1)).getbbox() for y in range(mask.height))
        spans = [(box[0], y, box[2] - box[0], 1) for y, box in enumerate(rows) if box]
        if hasattr(self._window, "shape_rectangles"):
            self._window.shape_rectangles(SO.Set, SK.Bounding, X.YXBanded, 0, 0, spans)
        picture: Any = whole.convert("RGB")
        picture.tostring = picture.tobytes  # the old name, by which python-xlib calls it
        self._window.put_pil_image(self._gc, 0, 0, picture)

    def _close(self) -> None:
        self._hearing.close()
        self._waking.close()
        with suppress(Exception):  # python-xlib raises when the server went first
            self._display.close()
