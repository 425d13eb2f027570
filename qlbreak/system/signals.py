"""Ends that others ask for: signals and, on Windows, what befalls a console."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")  # the last is not known everywhere
# Ctrl+C and Ctrl+Break. After all other events of a console (its close, a log-off, a shutdown) the
# system ends the program as soon as the handler returns, or after five seconds.
_KEYS: Final = (0, 1)
_GRACE_S: Final = 4.5

Undo = Callable[[], None]
_never = threading.Event()


@contextmanager
def noted() -> Iterator[Callable[[], bool]]:
    """An end that is asked for is only noted, so that a program can end in its own time. Whether
    there was one is to be asked again and again; on the main thread only."""
    seen: list[bool] = []
    undo = call(lambda: seen.append(True))
    try:
        yield lambda: bool(seen)
    finally:
        undo()


def call(end: Callable[[], None]) -> Undo:
    """From now on *end* is called instead; on the main thread only."""
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: end()) for number in numbers}
    forget = _heed_console(end)

    def undo() -> None:
        forget()
        for number, handler in before.items():
            signal.signal(number, handler)

    return undo


def heed(
    end: Callable[[], None],
    kernel32: Any,
    hold: Callable[[float], object] = _never.wait,
) -> Undo:
    """What befalls the console calls *end* at once, on a thread of the system's own: Python would
    wait for the main thread, which may be in the message loop of the tray or asleep."""
    import ctypes  # a megabyte, which no other system needs

    def hear(kind: int) -> int:
        end()
        if kind not in _KEYS:
            hold(_GRACE_S)  # and meanwhile the program ends
        return 1

    made = ctypes.WINFUNCTYPE  # type: ignore[attr-defined,unused-ignore]
    routine = made(ctypes.c_int, ctypes.c_uint32)
    kernel32.SetConsoleCtrlHandler.argtypes = [routine, ctypes.c_int]
    kernel32.SetConsoleCtrlHandler.restype = ctypes.c_int
    handler = routine(hear)
    kernel32.SetConsoleCtrlHandler(handler, 1)

    def undo() -> None:
        kernel32.SetConsoleCtrlHandler(handler, 0)

    return undo


if sys.platform == "win32":

    def _heed_console(end: Callable[[], None]) -> Undo:
        import ctypes

        undo = heed(end, ctypes.windll.kernel32)
        _kept.append(undo)  # with the handler, which the system may still call
        return undo

    _kept: list[Undo] = []

else:

    def _heed_console(_: Callable[[], None]) -> Undo:
        return lambda: None
