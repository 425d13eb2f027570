"""The section of the settings that names programs of the person's own, and what each is told."""

from typing import Annotated

from msgspec import Struct

from qlbreak.language import _
from qlbreak.settings.hook_command import Command

_PROMPT = {
    "prompt": _("the reminder's number"),
    "routine": _("the routine's name"),
    "routine_id": _("the routine's id"),
    "side": _("left, right or both"),
}
_PROMPTED = _PROMPT | {
    "sitting_min": _("how long you have been sitting, in minutes"),
    "standing_min": _("how long you have been standing, in minutes"),
    "length_s": _("how long the routine takes, in seconds"),
    "snoozes": _("how often the reminder was snoozed"),
}
_ANSWERED = _PROMPT | {
    "answer": _("done, snoozed, skipped, expired or withdrawn"),
    "via": _("tray, notification, command and so on"),
}
_HELD = {"prompt": _("the reminder's number"), "reason": _("paused, meeting, quiet and so on")}


class HooksSection(Struct, frozen=True, rename={"broke": "break"}):
    """Programs of yours to run, each as a list: the program, then its arguments. No shell is
    involved; each may run for 10 s."""

    prompted: Annotated[
        tuple[str, ...],
        Command(_PROMPTED),
        "When a reminder is shown",
        'For example ["notify-send", "Up!", "{routine}"].',
    ] = ()
    answered: Annotated[
        tuple[str, ...],
        Command(_ANSWERED),
        "When one is answered or missed, or goes away because you got up first",
        'For example ["/home/me/bin/note", "{answer}"].',
    ] = ()
    broke: Annotated[
        tuple[str, ...],
        Command({"cause": "idle, lock, gap or stood"}),
        "When you have been away long enough for a natural break",
    ] = ()
    held: Annotated[tuple[str, ...], Command(_HELD), "When a reminder is held back"] = ()
