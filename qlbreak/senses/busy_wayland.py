"""Whether the window that is worked in fills the screen, as compositors with wlroots tell it."""

import struct
from functools import partial
from pathlib import Path
from typing import Final

from qlbreak.senses.wayland_wire import Compositor, text

# Sway, Hyprland, labwc, river, Wayfire, COSMIC; neither GNOME nor KDE.
_MANAGER: Final = "zwlr_foreign_toplevel_manager_v1"
_VERSION: Final = 2  # from here on it tells of full screen
_NEW = 0  # the manager's event
_APP, _STATE, _CLOSED = 1, 4, 6  # a window's
_DESTROY = 7  # the request
_WORKED_IN: Final = {2, 3}  # has the focus, fills the screen

# Our own windows, by Xwayland: a guided routine is no reason to hold one back.
_OWN: Final = "qlbreak"


def open_source(place: Path) -> "Windows":
    """*place*: of the compositor's socket. Raises OSError where nobody there tells."""
    compositor = Compositor(place)
    try:
        return Windows(compositor)
    except OSError:
        compositor.close()
        raise


class Windows:
    """The compositor tells of every window that comes, changes or goes; a look reads what it has
    told meanwhile. Of a title nothing is kept."""

    def __init__(self, compositor: Compositor) -> None:
        self._compositor = compositor
        self._apps: dict[int, str] = {}
        self._full: set[int] = set()  # with the focus, too
        compositor.bind(_MANAGER, _VERSION, event=self._come)
        compositor.wait()

    def __call__(self) -> bool:
        """Raises OSError when the compositor is gone."""
        try:
            self._compositor.catch_up()
        except (OSError, struct.error):
            self.close()
            raise
        return any(self._apps.get(window, "").lower() != _OWN for window in self._full)

    def close(self) -> None:
        self._compositor.close()

    def _come(self, event: int, body: bytes) -> None:
        if event == _NEW:
            (window,) = struct.unpack("=I", body)
            self._compositor.adopt(window, partial(self._tell, window))

    def _tell(self, window: int, event: int, body: bytes) -> None:
        if event == _APP:
            self._apps[window] = text(body)
        elif event == _STATE:
            words = struct.unpack_from(f"={len(body) // 4}I", body)
            self._full.discard(window)
            if set(words[1:]) >= _WORKED_IN:
                self._full.add(window)
        elif event == _CLOSED:
            self._apps.pop(window, None)
            self._full.discard(window)
            self._compositor.request(window, _DESTROY)
            self._compositor.disown(window)
