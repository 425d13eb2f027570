"""A Wayland session: the compositor tells when input stops and is back, and what fills the screen.

By a connection each. What tells of windows tells of each change of their titles, too; it is read at
each look, and would wake the thread that waits for the news of input every second of a film.
"""

import struct
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from qlbreak.language import _
from qlbreak.senses.wayland_wire import Compositor, text
from qlbreak.system.clock import steady

_Asked = TypeVar("_Asked")

# Input counts as going on for so long after the last of it. Shorter, and every pause between two
# words would wake this process twice; longer, and less would be known of a short absence.
PAUSE_S: Final = 5.0
_PATIENCE_S = 5.0  # for an answer that takes less than a millisecond, on a machine that swaps
_IDLE = 0  # of the two events, in both protocols

# Requests that take a new object, the pause in milliseconds and a seat, in some order.
_INPUT_ONLY = "ext_idle_notifier_v1", 2  # programs that keep the screen on do not count
_NEW = "ext_idle_notifier_v1", 1
_OLD = "org_kde_kwin_idle", 0

# Sway, Hyprland, labwc, river, Wayfire, COSMIC; neither GNOME nor KDE.
_WINDOWS: Final = "zwlr_foreign_toplevel_manager_v1"
_VERSION: Final = 2  # from here on it tells of full screen
_COME = 0  # its event
_APP, _STATE, _CLOSED = 1, 4, 6  # a window's
_DESTROY = 7  # the request
_WORKED_IN: Final = {2, 3}  # has the focus, fills the screen

# Our own windows, by Xwayland: a guided routine is no reason to hold one back.
_OWN: Final = "qlbreak"


def open_idle(path: Path) -> "LastInput":
    """*path*: of the compositor's socket. Raises OSError where nobody there tells."""
    return _listening(LastInput, path)


def open_full_screen(path: Path) -> "Toplevels":
    """Likewise."""
    return _listening(Toplevels, path)


def _listening(kind: Callable[[Compositor], _Asked], path: Path) -> _Asked:
    compositor = Compositor(path)
    try:
        return kind(compositor)
    except OSError:
        compositor.close()
        raise


class LastInput:
    """Seconds since the last input; 0 for the first few, which the compositor does not tell apart.

    When input stopped is known to the millisecond, since a thread of its own waits for the news;
    it does not wake up for anything else. With several seats the last input at any of them counts.
    """

    def __init__(self, compositor: Compositor) -> None:
        self._compositor = compositor
        self._since: dict[int, float | None] = {}
        self._asked: float | None = None  # when it was asked for a sign of life it still owes
        self._lost: Exception | None = None
        for seat in range(len(compositor.offers.get("wl_seat", ()))):
            self._since[seat] = None
            self._watch(seat)
        if not self._since:
            raise OSError(_("the compositor has no seat"))
        compositor.wait()
        compositor.be_patient()
        threading.Thread(target=self._listen, name="wayland", daemon=True).start()

    def __call__(self) -> float:
        """Raises OSError when the compositor is gone or hangs."""
        self._check()
        since = tuple(self._since.values())
        known = [last for last in since if last is not None]
        return steady() - max(known) if len(known) == len(since) else 0.0

    def close(self) -> None:
        self._compositor.hang_up()

    def _watch(self, number: int) -> None:
        """Ask for news of a seat by the best of what is offered."""
        compositor, pause = self._compositor, round(PAUSE_S * 1000)
        seat = compositor.bind("wl_seat", 1, number)
        notification = partial(compositor.new, partial(self._told, number))
        notifiers = compositor.offers.get(_NEW[0])
        if notifiers is None:
            interface, request = _OLD
            target = compositor.bind(interface, 1)
            compositor.request(target, request, notification(), seat, pause)
            return
        interface, request = _INPUT_ONLY if notifiers[0].version >= 2 else _NEW
        target = compositor.bind(interface, 2)
        compositor.request(target, request, notification(), pause, seat)

    def _told(self, seat: int, event: int, _: bytes) -> None:
        self._since[seat] = steady() - PAUSE_S if event == _IDLE else None

    def _check(self) -> None:
        """A compositor that hangs tells no end of input, which must not look like input."""
        if self._lost is not None:
            raise self._lost
        now = steady()
        if self._asked is None:
            self._asked = now
            self._compositor.sync(self._alive)
        elif now - self._asked > _PATIENCE_S:
            raise TimeoutError(_("the compositor does not answer"))

    def _alive(self) -> None:
        self._asked = None

    def _listen(self) -> None:
        try:
            while True:
                self._compositor.receive()
        except (OSError, struct.error) as error:
            self._lost = error
        finally:
            self._compositor.close()


class Toplevels:
    """The compositor tells of every window that comes, changes or goes; a look reads what it has
    told meanwhile. Of a title nothing is kept."""

    def __init__(self, compositor: Compositor) -> None:
        self._compositor = compositor
        self._apps: dict[int, str] = {}
        self._full: set[int] = set()  # with the focus, too
        compositor.bind(_WINDOWS, _VERSION, event=self._come)
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
        if event == _COME:
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
