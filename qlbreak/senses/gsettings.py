"""Do-not-disturb where it is a setting of the desktop: GNOME, Cinnamon, MATE (dconf)."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from qlbreak.dbus import Body, Bus

_PATIENCE_S = 1.0
_DCONF: Final = "ca.desrt.dconf"
_WRITER: Final = f"{_DCONF}.Writer"  # tells of every change, by signal


class Setting(NamedTuple):
    """`path`: where dconf keeps the schema. `on`: the value, as text, that means "on"."""

    schema: str
    path: str
    key: str
    on: str


# By the names in XDG_CURRENT_DESKTOP.
SETTINGS: Final = {
    "GNOME": Setting(
        "org.gnome.desktop.notifications", "/org/gnome/desktop/notifications/",
        "show-banners", "false",
    ),
    "X-Cinnamon": Setting(
        "org.cinnamon.desktop.notifications", "/org/cinnamon/desktop/notifications/",
        "display-notifications", "false",
    ),
    "MATE": Setting(
        "org.mate.NotificationDaemon", "/org/mate/notification-daemon/", "do-not-disturb", "true"
    ),
}  # fmt: skip


def kept_by(environment: Mapping[str, str]) -> tuple[str, Setting] | None:
    """The desktop's name and setting, if it is one of them."""
    for name in environment.get("XDG_CURRENT_DESKTOP", "").split(":"):
        if name in SETTINGS:
            return name, SETTINGS[name]
    return None


def open_source(bus: Bus, setting: Setting) -> Callable[[], bool]:
    """Raises OSError where there is no `gsettings`. It runs once, and again after a change: the
    file of dconf is made for one reader, its library, and the portal leaves this setting out."""
    if shutil.which("gsettings") is None:
        raise FileNotFoundError("gsettings is not installed")
    return _Kept(bus, setting)


class _Kept:
    def __init__(self, bus: Bus, setting: Setting) -> None:
        self._setting = setting
        self._changed = True
        self._on = False
        self._leave = bus.on_signal(_DCONF, _WRITER, "Notify", None, self._hear)

    def __call__(self) -> bool:
        if self._changed:
            self._changed = False
            try:
                self._on = self._read()
            except (OSError, subprocess.SubprocessError):
                self._leave()
                raise
        return self._on

    def _read(self) -> bool:
        command = ["gsettings", "get", self._setting.schema, self._setting.key]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
        if done.returncode:
            raise OSError(f"gsettings does not know {self._setting.schema}")
        return done.stdout.strip() == self._setting.on

    def _hear(self, body: Body) -> None:
        """On the bus's thread. A change names a key or, if many, what they begin with and each."""
        prefix, changes = body[:2]
        wanted = self._setting.path + self._setting.key
        self._changed |= any(wanted.startswith(prefix + change) for change in changes)
