"""The calls of Windows that pystray's icon lacks, each with its types; none of them may fail it."""

import ctypes
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

_SMALL_ICON: Final = 49  # SM_CXSMICON
_SMALL: Final = 16  # at 96 dots an inch, where nobody says more
_LARGEST: Final = 256
_PER_MONITOR: Final = -4  # DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2
_THIS_SESSION: Final = 0  # NOTIFY_FOR_THIS_SESSION


def _library(name: str) -> Any:
    return ctypes.WinDLL(name)  # type: ignore[attr-defined,unused-ignore]


def _declared(library: Any, name: str, takes: list[Any], gives: Any) -> Any:
    """Raises AttributeError where this Windows does not have it."""
    function = getattr(library, name)
    function.argtypes, function.restype = takes, gives
    return function


class SystemCalls:
    """Where a version of Windows lacks one of them, nothing is done."""

    def __init__(self) -> None:
        self._user32, self._wtsapi32 = _library("user32"), _library("wtsapi32")

    def see_pixels(self) -> None:
        """Menu and icon as sharp as the screen is: else Windows draws them small and blows them up.
        Where the program that runs us has said so itself it is refused, and just as well."""
        name = "SetProcessDpiAwarenessContext"
        with suppress(AttributeError):  # before Windows 10 of 2017
            _declared(self._user32, name, [ctypes.c_void_p], ctypes.c_int)(_PER_MONITOR)

    def icon_size(self) -> int:
        """In pixels of the screen on which the taskbar is."""
        pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_wchar_p
        size = 0
        with suppress(AttributeError):
            find = _declared(self._user32, "FindWindowW", [text, text], pointer)
            of_window = _declared(self._user32, "GetDpiForWindow", [pointer], ctypes.c_uint)
            takes = [number, ctypes.c_uint]
            metric = _declared(self._user32, "GetSystemMetricsForDpi", takes, number)
            taskbar = find("Shell_TrayWnd", None)
            dots = of_window(taskbar) if taskbar else 0
            size = metric(_SMALL_ICON, dots) if dots else 0
        if not size:
            size = _declared(self._user32, "GetSystemMetrics", [number], number)(_SMALL_ICON)
        return size if _SMALL <= size <= _LARGEST else _SMALL

    def hear_session(self, window: Any) -> None:
        """From now on that window is told when the session is locked and opened."""
        takes = [ctypes.c_void_p, ctypes.c_uint32]
        with suppress(AttributeError):
            register = _declared(
                self._wtsapi32, "WTSRegisterSessionNotification", takes, ctypes.c_int
            )
            register(window, _THIS_SESSION)

    def forget_session(self, window: Any) -> None:
        name = "WTSUnRegisterSessionNotification"
        with suppress(AttributeError):
            _declared(self._wtsapi32, name, [ctypes.c_void_p], ctypes.c_int)(window)


class Sharp:
    """Laid over pystray's icon for Windows, which takes one of 32 pixels from a file of all sizes:
    the shell would shrink it. Its picture is as large as it is to be seen."""

    icon: Any
    _icon_handle: Any

    def _assert_icon_handle(self) -> None:
        if self._icon_handle:
            return
        from pystray._util import win32

        side = self.icon.width
        with TemporaryDirectory(prefix="qlbreak-", ignore_cleanup_errors=True) as folder:
            path = Path(folder, "icon.ico")
            self.icon.save(path, "ICO", sizes=[(side, side)])
            self._icon_handle = win32.LoadImage(
                None, str(path), win32.IMAGE_ICON, side, side, win32.LR_LOADFROMFILE
            )
