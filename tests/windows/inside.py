"""What only a program within Windows can do to another one there; run by its own Python."""

import sys

# As when somebody logs off.
WM_QUERYENDSESSION, WM_ENDSESSION, BY_LOG_OFF = 0x11, 0x16, 0x80000000

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    def end_session(ours: str) -> None:
        """Asks every window whose class has *ours* in its name, and tells it what it agreed to."""
        user32 = ctypes.WinDLL("user32")
        user32.SendMessageW.argtypes = (
            wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM,
        )  # fmt: skip

        def tell(window: int, _: int) -> bool:
            name = ctypes.create_unicode_buffer(256)
            user32.GetClassNameW(window, name, len(name))
            if ours in name.value:
                agrees = user32.SendMessageW(window, WM_QUERYENDSESSION, 0, BY_LOG_OFF)
                sys.stdout.write(f"{'agrees' if agrees else 'forbids it'}\n")
                user32.SendMessageW(window, WM_ENDSESSION, agrees, BY_LOG_OFF)
            return True

        routine = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
        user32.EnumWindows(routine(tell), 0)

    end_session(sys.argv[1])
