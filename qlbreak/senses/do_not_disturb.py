"""Do-not-disturb: which notification servers tell whether it is on, and what they are asked."""

from typing import Final

from qlbreak.dbus import PROPERTIES, Body
from qlbreak.senses.bus_questions import Question, stated

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
    "mako": Question(
        _SERVER, "/fr/emersion/Mako", _MAKO, "ListModes", "", (), _some_mode,
        ((PROPERTIES, "PropertiesChanged"),), again=0.0,
    ),
    "swaync": Question(
        _SWAYNC, "/org/erikreider/swaync/cc", _SWAYNC, "GetDnd", "", (),
        lambda body: bool(body[0]), ((_SWAYNC, "Subscribe"), (_SWAYNC, "SubscribeV2")),
    ),
    # A setting that was never touched is not there.
    "Xfce": Question(
        _XFCONF, "/org/xfce/Xfconf", _XFCONF, "GetProperty", "ss",
        ("xfce4-notifyd", "/do-not-disturb"), lambda body: bool(body[0][1]),
        ((_XFCONF, "PropertyChanged"), (_XFCONF, "PropertyRemoved")), refused=False,
    ),
}  # fmt: skip
