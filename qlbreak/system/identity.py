"""Who this program is to Windows: the one name by which it groups windows and signs toasts.

Windows calls it AppUserModelID. The processes that show something say it of themselves, the
shortcut in the Start menu carries it, and a key in the person's part of the registry gives it a
name and a picture, which a program that came without a package is to bring along itself.
"""

import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

APP_ID: Final = "qlbreak.qlbreak"
NAME: Final = "qlbreak"
KEY: Final = rf"Software\Classes\AppUserModelId\{APP_ID}"


def announce() -> None:
    """Of this process, before it shows anything. Where it fails windows are grouped by program."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):
            say = ctypes.oledll.shell32.SetCurrentProcessExplicitAppUserModelID
            say.argtypes = [ctypes.c_wchar_p]
            say(APP_ID)


def sign(icon: Path, registry: Any = None) -> None:
    """What a toast is signed with; where it is so already nothing is written. Raises OSError.

    `registry`: the module winreg.
    """
    registry = registry or import_module("winreg")
    wanted = {"DisplayName": NAME, "IconUri": str(icon)}
    if _signed(registry) == wanted:
        return
    with registry.CreateKey(registry.HKEY_CURRENT_USER, KEY) as key:
        for name, value in wanted.items():
            registry.SetValueEx(key, name, 0, registry.REG_SZ, value)


def forget(registry: Any = None) -> None:
    """Nothing of it is left in the registry. Raises OSError."""
    registry = registry or import_module("winreg")
    with suppress(FileNotFoundError):
        registry.DeleteKey(registry.HKEY_CURRENT_USER, KEY)


def _signed(registry: Any) -> dict[str, object]:
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, KEY) as key:
            names = ("DisplayName", "IconUri")
            return {name: registry.QueryValueEx(key, name)[0] for name in names}
    except FileNotFoundError:
        return {}
