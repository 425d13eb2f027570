"""Why no prompt may be shown now."""

from qlbreak.core.policy import day_of, open_hours
from qlbreak.core.presence import Presence
from qlbreak.core.terms import Reason


def silence(now: Presence) -> Reason | None:
    """The weightiest reason, None where a prompt may come."""
    if now.declared.paused(now.at, now.when):
        return Reason.PAUSED
    if now.declared.meeting(now.when):
        return Reason.MEETING
    if now.declared.standing:
        return Reason.STANDING
    if not open_hours(now.at, now.rules.hours):
        return Reason.QUIET
    if _enough(now):
        return Reason.ENOUGH
    return Reason.WOKEN if now.when < now.woken_till else None


def _enough(now: Presence) -> bool:
    """A prompt that was shown already does not count against itself."""
    prompts = now.prompts
    shown_already = prompts.open is not None and prompts.open.shown_at is not None
    today = prompts.today if prompts.day == day_of(now.at, now.rules.day_turn) else 0
    return today >= now.rules.per_day and not shown_already
