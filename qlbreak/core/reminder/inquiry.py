"""When the check-in is offered: seldom, at the desk, and far from everything else that is said."""

from qlbreak.core.model.rules import CHECK_IN_AFTER, CHECK_IN_BEFORE, CHECK_IN_FROM, MINUTE, NEVER
from qlbreak.core.reminder.presence import Presence
from qlbreak.core.reminder.silence import silence


def may_inquire(now: Presence) -> bool:
    """Once an interval at most; whoever lets it pass hears no more of it until the next one."""
    return _is_time(now) and _is_here(now) and _is_quiet(now)


def _is_time(now: Presence) -> bool:
    """Whoever is new has a week to look back on first."""
    told, every = now.check_ins, now.rules.check_in
    if every == NEVER or told.began is None or now.when - told.began < CHECK_IN_FROM:
        return False
    return told.asked is None or now.when - told.asked >= every


def _is_here(now: Presence) -> bool:
    """At the keys, not just counted as sitting: what nobody sees is no offer."""
    return not now.away and now.clock.tail < MINUTE and silence(now) is None


def _is_quiet(now: Presence) -> bool:
    """No prompt or question is open, none was lately, none is near."""
    prompts, clock = now.prompts, now.clock
    ended = prompts.ended.when if prompts.ended is not None else float("-inf")
    return (
        prompts.open is None
        and prompts.question is None
        and now.when - ended >= CHECK_IN_AFTER
        and clock.sitting >= CHECK_IN_AFTER  # since a break, also one that ended nothing
        and now.due_at - clock.sitting >= CHECK_IN_BEFORE
    )
