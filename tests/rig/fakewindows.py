"""As much of Windows as pystray's icon needs, with a real message loop; only fields are ctypes."""

import ctypes
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

WM_QUIT = 0x12
NIF_INFO = 0x10
MODULES = ("pystray._win32", "pystray._util.win32")
NOTIFY_CODES = {0: "add", 1: "modify", 2: "delete"}


@dataclass
class Windows:
    """The calls that were made, and by which thread."""

    calls: list[tuple[str, str]] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    balloons: list[tuple[str, str]] = field(default_factory=list)
    dots: int = 96  # an inch, of the screen with the taskbar; 0: a Windows that does not tell
    icons: list[tuple[int, int]] = field(default_factory=list)  # sizes as they were asked for
    choose: Callable[[], int] = lambda: 0
    messages: queue.SimpleQueue[tuple[int, int, int, int]] = field(
        default_factory=queue.SimpleQueue
    )
    handles: Iterator[int] = field(default_factory=lambda: count(100))

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]

    def threads(self) -> set[str]:
        """Who did more than to post a message."""
        return {thread for name, thread in self.calls if name != "PostMessageW"}

    def send(self, window: int, message: int, wparam: int = 0, lparam: int = 0) -> int:
        """What the window procedure answers; in the loop only."""
        answer: int = sys.modules["pystray._win32"]._dispatcher(window, message, wparam, lparam)
        return answer


class Library:
    """A DLL: every function exists, notes its call and answers with a new handle."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        special = getattr(self, f"_{name}", lambda *_: next(self._windows.handles))

        def function(*args: Any) -> Any:
            self._windows.calls.append((name, threading.current_thread().name))
            return special(*args)

        setattr(self, name, function)
        return function

    def _RegisterWindowMessageW(self, _: str) -> int:
        return 0xC001

    def _PostMessageW(self, *message: int) -> int:
        self._windows.messages.put(message)  # type: ignore[arg-type]
        return 1

    def _PostQuitMessage(self, _: int) -> None:
        self._windows.messages.put((0, WM_QUIT, 0, 0))

    def _GetDpiForWindow(self, _: int) -> int:
        return self._windows.dots

    def _GetSystemMetricsForDpi(self, _: int, dots: int) -> int:
        return 16 * dots // 96

    def _GetSystemMetrics(self, _: int) -> int:
        return 16

    def _LoadImageW(
        self, _module: None, _path: str, _kind: int, wide: int, high: int, _: int
    ) -> int:
        self._windows.icons.append((wide, high))
        return next(self._windows.handles)

    def _GetMessageW(self, place: Any, *_: Any) -> int:
        window, message, wparam, lparam = self._windows.messages.get()
        place._obj.hWnd, place._obj.message = window, message
        place._obj.wParam, place._obj.lParam = wparam, lparam
        return int(message != WM_QUIT)

    def _DispatchMessageW(self, place: Any) -> int:
        at = place._obj
        return self._windows.send(at.hWnd, at.message, at.wParam, at.lParam)

    def _InsertMenuItemW(self, _menu: int, _at: int, _by: bool, item: Any) -> int:
        self._windows.labels.append(item._obj.dwTypeData or "-")
        return 1

    def _TrackPopupMenuEx(self, *_: Any) -> int:
        return self._windows.choose()

    def _Shell_NotifyIconW(self, code: int, data: Any) -> int:
        name, thread = self._windows.calls.pop()
        self._windows.calls.append((f"{name} {NOTIFY_CODES[code]}", thread))
        if data.szTip:
            self._windows.tips.append(data.szTip)
        if data.uFlags & NIF_INFO:
            self._windows.balloons.append((data.szInfoTitle, data.szInfo))
        return 1


@contextmanager
def fake_windows(patch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """ctypes has what it has on Windows, and pystray's real backend can be imported."""
    windows = Windows()
    library = Library(windows)
    patch.setattr(ctypes, "WinDLL", lambda _name: library, raising=False)
    patch.setattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE, raising=False)
    patch.setattr(ctypes, "HRESULT", ctypes.c_long, raising=False)
    try:
        yield windows
    finally:
        for name in MODULES:
            package, _, module = name.rpartition(".")
            sys.modules.pop(name, None)
            vars(sys.modules.get(package, sys)).pop(module, None)
