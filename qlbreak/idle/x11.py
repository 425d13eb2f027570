"""Idle time of the X server, from its screen saver extension; sees every key and pointer."""

from collections.abc import Callable


def open_source() -> Callable[[], float]:
    """Raises OSError where the server lacks the extension, as Xwayland does."""
    from Xlib import display
    from Xlib.ext import screensaver  # noqa: F401  its import adds the query

    server = display.Display()
    if not server.has_extension("MIT-SCREEN-SAVER"):
        server.close()
        raise OSError("the X server has no MIT-SCREEN-SAVER extension")
    root = server.screen().root

    def ask() -> float:
        return float(root.screensaver_query_info().idle) / 1000

    return ask
