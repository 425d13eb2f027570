"""Idle time of the X server, from its screen saver extension; sees every key and pointer."""

from collections.abc import Callable


def open_source(name: str) -> Callable[[], float]:
    """*name*: as in DISPLAY. Raises OSError where the server lacks the extension, as Xwayland does,
    and what python-xlib raises where there is no server.
    """
    from Xlib import display
    from Xlib.ext import screensaver  # noqa: F401  its import adds the query

    server = display.Display(name)
    root = server.screen().root

    def ask() -> float:
        try:
            idle = root.screensaver_query_info().idle
            # Every client is told of each change of the keyboard; unread, that piles up.
            for _ in range(server.pending_events()):
                server.next_event()
        except Exception:
            # After a failure in the midst of a reply, another question would never end, and spin.
            server.display.close_internal("client")
            raise
        return float(idle) / 1000

    if not server.has_extension("MIT-SCREEN-SAVER"):
        server.close()
        raise OSError("the X server has no MIT-SCREEN-SAVER extension")
    return ask
