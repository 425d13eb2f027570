"""What kinds of work, places, endings, reasons and the ways we know are called, everywhere."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from qlbreak.core.model.movements import Kind
from qlbreak.core.model.profile import Place
from qlbreak.core.model.terms import Ending, Evidence, Reason, Refusal

_T = TypeVar("_T", Reason, Evidence, Refusal)

# A neighbour counts as what it stands in for.
KINDS = {
    Kind.RELEASE: "loosening",
    Kind.LENGTHEN: "lengthening",
    Kind.STRENGTHEN: "strengthening",
    Kind.RESET: "change of posture",
}
PLACES = {Place.OFFICE: "At the office", Place.HOME: "At home", Place.TRAVEL: "Travelling"}
# How a reminder ended; the record's own words for it are those of `Ending`.
ENDINGS = {
    Ending.DONE: "done",
    Ending.SKIPPED: "skipped",
    Ending.EXPIRED: "missed",
    Ending.WITHDRAWN: "you got up first",
}
# Why a reminder was skipped.
REFUSALS = {
    Refusal.NO_ROOM: "no room",
    Refusal.SEEN: "seen by others",
    Refusal.HURTS: "it hurt",
    Refusal.NOT_NOW: "not now",
}


class BusyWords(NamedTuple):
    """A reason that the machine tells. `key`: in [busy], what switches it off. `asked`: as a thing
    to look for. `held`: what held prompts back. `now`: as it holds, for how long is said behind."""

    key: str
    asked: str
    held: str
    now: str


BUSY = {
    Reason.MICROPHONE: BusyWords(
        "microphone", "microphone", "microphone in use", "microphone in use"
    ),
    Reason.CAMERA: BusyWords("camera", "camera", "camera in use", "camera in use"),
    Reason.FULL_SCREEN: BusyWords(
        "full_screen", "full screen", "full-screen window", "a window fills the screen"
    ),
    Reason.DO_NOT_DISTURB: BusyWords(
        "do_not_disturb", "do not disturb", "do not disturb", "do not disturb is on"
    ),
    Reason.INHIBITED: BusyWords(
        "inhibitors", "screen kept on", "screen kept on", "a program keeps the screen on"
    ),
}
_HELD = {
    Reason.PAUSED: "paused by you",
    Reason.MEETING: "in a meeting",
    Reason.STANDING: "while you were standing",
    Reason.QUIET: "outside your hours",
    Reason.ENOUGH: "daily limit reached",
    Reason.WOKEN: "just after the computer woke up",
}
HELD = {reason: _HELD.get(reason) or BUSY[reason].held for reason in Reason}
KNOWN = {
    Evidence.GUIDED: "with the guide",
    Evidence.AWAY: "reported by you while away from the desk",
    Evidence.CLAIMED: "reported by you",
    Evidence.CORRECTED: "corrected by you later",
}


def listed(numbers: Mapping[_T, int], names: Mapping[_T, str]) -> str:
    """ "2 paused by you, 1 in a meeting": in the order of the names."""
    return ", ".join(f"{numbers[kind]} {name}" for kind, name in names.items() if kind in numbers)
