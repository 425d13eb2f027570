"""What only a program within Windows can do to another one there; run by its own Python."""

import sys
from collections.abc import Callable

# As when the machine wakes.
WM_POWERBROADCAST, AWAKE = 0x218, 0x12
# As when somebody logs off.
WM_QUERYENDSESSION, WM_ENDSESSION, BY_LOG_OFF = 0x11, 0x16, 0x80000000

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    user32 = ctypes.WinDLL("user32")
    user32.SendMessageW.argtypes = (
        wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM,
    )  # fmt: skip

    def end_session(window: int) -> None:
        """Asks it, and tells it what it agreed to."""
        agrees = user32.SendMessageW(window, WM_QUERYENDSESSION, 0, BY_LOG_OFF)
        sys.stdout.write(f"{'agrees' if agrees else 'forbids it'}\n")
        user32.SendMessageW(window, WM_ENDSESSION, agrees, BY_LOG_OFF)

    def wake(window: int) -> None:
        user32.SendMessageW(window, WM_POWERBROADCAST, AWAKE, 0)

    def each(ours: str, act: Callable[[int], None]) -> None:
        """Every window whose class has *ours* in its name."""

        def tell(window: int, _: int) -> bool:
            name = ctypes.create_unicode_buffer(256)
            user32.GetClassNameW(window, name, len(name))
            if ours in name.value:
                act(window)
            return True

        routine = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
        user32.EnumWindows(routine(tell), 0)

    each(sys.argv[2], {"log-off": end_session, "wake": wake}[sys.argv[1]])
