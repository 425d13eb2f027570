"""What kinds of work, reasons and evidence are called where the record is told."""

from collections.abc import Mapping
from typing import TypeVar

from qlbreak.core.model.movements import Kind
from qlbreak.core.model.terms import Evidence, Reason

_T = TypeVar("_T", Reason, Evidence)

# A neighbour counts as what it stands in for.
KINDS = {
    Kind.RELEASE: "release",
    Kind.LENGTHEN: "lengthen",
    Kind.STRENGTHEN: "strengthen",
    Kind.RESET: "posture reset",
}
HELD = {
    Reason.PAUSED: "paused by you",
    Reason.MEETING: "in a meeting",
    Reason.STANDING: "while you stood",
    Reason.CAMERA: "camera in use",
    Reason.MICROPHONE: "microphone in use",
    Reason.FULL_SCREEN: "full-screen window",
    Reason.DO_NOT_DISTURB: "do-not-disturb",
    Reason.INHIBITED: "screen kept awake",
    Reason.QUIET: "outside your hours",
    Reason.ENOUGH: "after enough prompts that day",
    Reason.WOKEN: "just after the machine woke",
}
KNOWN = {
    Evidence.GUIDED: "done with the guide",
    Evidence.AWAY: "said done while away from the desk",
    Evidence.CLAIMED: "only said done",
    Evidence.CORRECTED: "put right afterwards",
}


def listed(numbers: Mapping[_T, int], names: Mapping[_T, str]) -> str:
    """ "2 paused by you, 1 in a meeting": in the order of the names."""
    return ", ".join(f"{numbers[kind]} {name}" for kind, name in names.items() if kind in numbers)
