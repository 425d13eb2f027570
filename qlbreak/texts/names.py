"""What kinds of work, places, endings, reasons and the ways we know are called, everywhere."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from qlbreak.core.model.movements import Kind
from qlbreak.core.model.profile import Place
from qlbreak.core.model.terms import Ending, Evidence, Reason, Refusal
from qlbreak.language import _, formats, pgettext

_T = TypeVar("_T", Reason, Evidence, Refusal)

# A neighbour counts as what it stands in for.
KINDS = {
    Kind.RELEASE: _("loosening"),
    Kind.LENGTHEN: _("lengthening"),
    Kind.STRENGTHEN: _("strengthening"),
    Kind.RESET: _("change of posture"),
}
PLACES = {
    Place.OFFICE: _("At the office"),
    Place.HOME: _("At home"),
    Place.TRAVEL: _("Travelling"),
}
# How a reminder ended; the record's own words for it are those of `Ending`.
ENDINGS = {
    Ending.DONE: pgettext("a reminder", "done"),
    Ending.SKIPPED: pgettext("a reminder", "skipped"),
    Ending.EXPIRED: pgettext("a reminder", "missed"),
    Ending.WITHDRAWN: _("you got up first"),
}
# Why a reminder was skipped.
REFUSALS = {
    Refusal.NO_ROOM: _("no room"),
    Refusal.SEEN: _("seen by others"),
    Refusal.HURTS: _("it hurt"),
    Refusal.NOT_NOW: pgettext("why a reminder was skipped", "not now"),
}


class BusyWords(NamedTuple):
    """A reason that the machine tells. `key`: in [busy], what switches it off. `asked`: as a thing
    to look for. `held`: what held prompts back. `now`: as it holds; `lasting`: and for how long."""

    key: str
    asked: str
    held: str
    now: str
    lasting: str


BUSY = {
    Reason.MICROPHONE: BusyWords(
        "microphone",
        _("microphone"),
        _("microphone in use"),
        _("Microphone in use"),
        _("Microphone in use for {long}"),
    ),
    Reason.CAMERA: BusyWords(
        "camera",
        _("camera"),
        _("camera in use"),
        _("Camera in use"),
        _("Camera in use for {long}"),
    ),
    Reason.FULL_SCREEN: BusyWords(
        "full_screen",
        _("full screen"),
        _("full-screen window"),
        _("A window fills the screen"),
        _("A window fills the screen for {long}"),
    ),
    Reason.DO_NOT_DISTURB: BusyWords(
        "do_not_disturb",
        _("do not disturb"),
        _("do not disturb"),
        _("Do not disturb is on"),
        _("Do not disturb is on for {long}"),
    ),
    Reason.INHIBITED: BusyWords(
        "inhibitors",
        _("screen kept on"),
        _("screen kept on"),
        _("A program keeps the screen on"),
        _("A program keeps the screen on for {long}"),
    ),
}
# What held a reminder back, as in "held back 5 min: in a meeting".
_HELD = {
    Reason.PAUSED: _("paused by you"),
    Reason.MEETING: _("in a meeting"),
    Reason.STANDING: _("while you were standing"),
    Reason.QUIET: _("outside your hours"),
    Reason.ENOUGH: _("daily limit reached"),
    Reason.WOKEN: _("just after the computer woke up"),
}
HELD = {reason: _HELD.get(reason) or BUSY[reason].held for reason in Reason}
KNOWN = {
    Evidence.GUIDED: _("with the guide"),
    Evidence.AWAY: _("reported by you while away from the desk"),
    Evidence.CLAIMED: _("reported by you"),
    Evidence.CORRECTED: _("corrected by you later"),
}


def listed(numbers: Mapping[_T, int], names: Mapping[_T, str]) -> str:
    """ "2 paused by you, 1 in a meeting": in the order of the names."""
    return formats.commas(
        # Translators: "2 with the guide", "1 in a meeting"; {n} is a number of reminders.
        [_("{n} {what}", n=numbers[kind], what=of) for kind, of in names.items() if kind in numbers]
    )
