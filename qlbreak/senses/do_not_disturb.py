"""Do-not-disturb: which notification servers tell it, and whose setting it is (dconf)."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from qlbreak.dbus import PROPERTIES, Body, Bus
from qlbreak.language import _
from qlbreak.senses.bus_questions import BusQuestion, stated

_SERVER: Final = "org.freedesktop.Notifications"
_SERVER_PATH: Final = "/org/freedesktop/Notifications"
_XFCONF: Final = "org.xfce.Xfconf"
_MAKO: Final = "fr.emersion.Mako"
_SWAYNC: Final = "org.erikreider.swaync.cc"

# Modes of mako have names of the user's choice: the one of its manual, and one in common use.
_MODES: Final = {"do-not-disturb", "dnd"}


def _some_mode(body: Body) -> bool:
    return bool(_MODES & set(body[0]))


QUESTIONS: Final = {
    "KDE": stated(_SERVER, _SERVER_PATH, _SERVER, "Inhibited", bool),
    "dunst": stated(_SERVER, _SERVER_PATH, "org.dunstproject.cmd0", "paused", bool),
    # Later ones have a property that gives a sign; 1.7, which is in Debian 12, has to be asked.
    "mako": BusQuestion(
        _SERVER, "/fr/emersion/Mako", _MAKO, "ListModes", "", (), _some_mode,
        ((PROPERTIES, "PropertiesChanged"),), again=0.0,
    ),
    "swaync": BusQuestion(
        _SWAYNC, "/org/erikreider/swaync/cc", _SWAYNC, "GetDnd", "", (),
        lambda body: bool(body[0]), ((_SWAYNC, "Subscribe"), (_SWAYNC, "SubscribeV2")),
    ),
    # A setting that was never touched is not there.
    "Xfce": BusQuestion(
        _XFCONF, "/org/xfce/Xfconf", _XFCONF, "GetProperty", "ss",
        ("xfce4-notifyd", "/do-not-disturb"), lambda body: bool(body[0][1]),
        ((_XFCONF, "PropertyChanged"), (_XFCONF, "PropertyRemoved")), refused=False,
    ),
}  # fmt: skip


# Where it is a setting of the desktop

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


def open_setting(bus: Bus, setting: Setting) -> Callable[[], bool]:
    """Raises OSError where there is no `gsettings`. It runs once, and again after a change: the
    file of dconf is made for one reader, its library, and the portal leaves this setting out."""
    if shutil.which("gsettings") is None:
        raise FileNotFoundError(_("gsettings is not installed"))
    return _Kept(bus, setting)


class _Kept:
    def __init__(self, bus: Bus, setting: Setting) -> None:
        self._setting = setting
        self._changed = True
        self._on = False
        self.close = bus.on_signal(_DCONF, _WRITER, "Notify", None, self._hear)

    def __call__(self) -> bool:
        if self._changed:
            self._changed = False
            self._on = self._read()
        return self._on

    def _read(self) -> bool:
        """Raises TimeoutError, to be asked again: at login it may be slow; and OSError."""
        command = ["gsettings", "get", self._setting.schema, self._setting.key]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            self._changed = True
            raise TimeoutError(_("no answer from {name}", name=command[0])) from error
        if done.returncode:
            raise OSError(_("gsettings does not know {name}", name=self._setting.schema))
        return done.stdout.strip() == self._setting.on

    def _hear(self, body: Body) -> None:
        """On the bus's thread. A change names a key or, if many, what they begin with and each."""
        prefix, changes = body[:2]
        wanted = self._setting.path + self._setting.key
        self._changed |= any(wanted.startswith(prefix + change) for change in changes)
