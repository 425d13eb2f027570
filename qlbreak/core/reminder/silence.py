"""Why no prompt may be shown now."""

from collections.abc import Callable

from qlbreak.core.model.rules import day_of, open_hours
from qlbreak.core.model.terms import Reason
from qlbreak.core.reminder.presence import Presence


def silence(now: Presence) -> Reason | None:
    """The weightiest reason, None where a prompt may come."""
    return next((reason for reason, holds in _HOLDS.items() if holds(now)), None)


def _enough(now: Presence) -> bool:
    """A prompt that was shown already does not count against itself."""
    prompts = now.prompts
    shown_already = prompts.open is not None and prompts.open.shown_at is not None
    today = prompts.shown_on(day_of(now.at, now.rules.day_turn))
    return today >= now.rules.per_day and not shown_already


def _sensed(reason: Reason) -> Callable[[Presence], bool]:
    return lambda now: reason in now.senses.since


# What no sense tells.
_OTHER: dict[Reason, Callable[[Presence], bool]] = {
    Reason.PAUSED: lambda now: now.declared.paused(now.when),
    Reason.MEETING: lambda now: now.declared.meeting(now.when),
    Reason.STANDING: lambda now: now.declared.standing,
    Reason.QUIET: lambda now: not open_hours(now.at, now.rules.hours),
    Reason.ENOUGH: _enough,
    Reason.WOKEN: lambda now: now.when < now.woken_till,
}
_HOLDS = {reason: _OTHER.get(reason, _sensed(reason)) for reason in Reason}
