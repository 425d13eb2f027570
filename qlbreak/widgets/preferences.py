"""What the person asks of all windows: dark or light, high contrast, and less motion.

What is asked of Windows (registry, SystemParametersInfo) was run under Wine; what is asked of macOS
(`defaults`) was read in its documentation and never run. Where nothing answers, it is light and
moves. QLBREAK_THEME=dark|light|contrast|contrast-dark and QLBREAK_MOTION=reduced|full decide before
all systems.
"""

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from configparser import Error as NotReadable
from functools import cache
from pathlib import Path
from typing import Any

_PATIENCE_S = 1.0  # a settings service that hangs must not keep a window from opening
_GNOME = "org.gnome.desktop.interface"
_GNOME_HELP = "org.gnome.desktop.a11y.interface"
_THEMES = {"dark", "light", "contrast", "contrast-dark"}


def dark() -> bool:
    """Does the person like windows dark?"""
    if (wish := os.environ.get("QLBREAK_THEME")) in _THEMES:
        return wish.endswith("dark")
    if sys.platform == "win32":
        return _windows_is_dark()
    if sys.platform == "darwin":
        return _said("defaults", "read", "-g", "AppleInterfaceStyle") == "Dark"
    theme = os.environ.get("GTK_THEME", "").lower()
    if theme:
        return theme.endswith("dark")
    if _on_kde():
        return _kde_is_dark(_kde())
    return _said("gsettings", "get", _GNOME, "color-scheme") == "'prefer-dark'"


def contrast() -> bool:
    """Does the person need black and white, and lines around things?"""
    if (wish := os.environ.get("QLBREAK_THEME")) in _THEMES:
        return wish.startswith("contrast")
    if sys.platform == "win32":
        return _windows_has_contrast()
    if sys.platform == "darwin":
        return _said("defaults", "read", "com.apple.universalaccess", "increaseContrast") == "1"
    if "highcontrast" in os.environ.get("GTK_THEME", "").lower():
        return True
    if _on_kde():
        return "contrast" in _kde().get("General", "ColorScheme", fallback="").lower()
    return _said("gsettings", "get", _GNOME_HELP, "high-contrast") == "true"


def still() -> bool:
    """Does the person want less motion?"""
    if (wish := os.environ.get("QLBREAK_MOTION")) in {"reduced", "full"}:
        return wish == "reduced"
    if sys.platform == "win32":
        return not _windows_animates()
    if sys.platform == "darwin":
        return _said("defaults", "read", "com.apple.universalaccess", "reduceMotion") == "1"
    if _on_kde():
        return _kde().get("KDE", "AnimationDurationFactor", fallback="1") in {"0", "0.0"}
    return _said("gsettings", "get", _GNOME, "enable-animations") == "false"


def _said(*command: str) -> str:
    """What a program says, or nothing when it is not there or does not answer."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _on_kde() -> bool:
    return "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")


@cache
def _kde() -> ConfigParser:
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    settings = ConfigParser(strict=False, interpolation=None)
    try:
        settings.read(folder / "kdeglobals", "utf-8")
    except (NotReadable, UnicodeDecodeError):
        settings.clear()
    return settings


def _kde_is_dark(settings: ConfigParser) -> bool:
    colour = settings.get("Colors:Window", "BackgroundNormal", fallback="")
    parts = [part for part in colour.split(",")[:3] if part.strip().isdigit()]
    if len(parts) == 3:
        return sum(map(int, parts)) < 3 * 128
    return "dark" in settings.get("General", "ColorScheme", fallback="").lower()


if sys.platform == "win32":

    def _windows_is_dark() -> bool:
        import winreg

        path = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                return bool(winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0)
        except OSError:
            return False

    def _windows_has_contrast() -> bool:
        import ctypes
        from ctypes import wintypes

        class HighContrast(ctypes.Structure):
            _fields_ = (
                ("size", wintypes.UINT),
                ("flags", wintypes.DWORD),
                ("scheme", wintypes.LPWSTR),
            )

        get_high_contrast, on = 0x42, 0x1
        told = HighContrast(ctypes.sizeof(HighContrast), 0, None)
        asked = _parameter(get_high_contrast, told.size, ctypes.byref(told))
        return bool(asked and told.flags & on)

    def _windows_animates() -> bool:
        import ctypes

        get_client_area_animation, animates = 0x1042, ctypes.c_int(1)
        _parameter(get_client_area_animation, 0, ctypes.byref(animates))
        return bool(animates.value)

    def _parameter(which: int, size: int, into: Any) -> int:
        """Puts there what Windows says of it; 0 where it does not."""
        import ctypes

        ask, number = ctypes.windll.user32.SystemParametersInfoW, ctypes.c_uint
        ask.argtypes, ask.restype = [number, number, ctypes.c_void_p, number], ctypes.c_int
        return int(ask(which, size, into, 0))
