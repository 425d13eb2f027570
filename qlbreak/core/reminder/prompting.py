"""Decides when to prompt, what with, why not now, when to give up, and when to offer a check-in."""

from collections.abc import Callable

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import (
    Asked,
    Expired,
    Held,
    Inquired,
    Lengthened,
    Reminded,
    Shown,
    Staged,
    Stuck,
    Withdrawn,
)
from qlbreak.core.model.rules import (
    CHECK_IN_AFTER,
    CHECK_IN_BEFORE,
    CHECK_IN_FROM,
    IGNORED_LIMIT,
    LENGTHEN_BY,
    LONG_REST,
    LONGEST_SITTING,
    MINUTE,
    NEVER,
    PAUSE,
    SHORT_ROUTINE,
    STUCK_AFTER,
    day_of,
    open_hours,
)
from qlbreak.core.model.terms import By, Early, Reason
from qlbreak.core.reminder.presence import settle, sit_down
from qlbreak.core.reminder.prompts import Phase, Prompt
from qlbreak.core.reminder.turn import Turn

# Why none may be shown now


def silence(turn: Turn) -> Reason | None:
    """The weightiest reason, None where a prompt may come."""
    return next((reason for reason, holds in _HOLDS.items() if holds(turn)), None)


def _enough(turn: Turn) -> bool:
    """A prompt that was shown already does not count against itself."""
    prompts, rules = turn.state.prompts, turn.state.rules
    shown_already = prompts.open is not None and prompts.open.shown_at is not None
    return prompts.shown_on(day_of(turn.at, rules.day_turn)) >= rules.per_day and not shown_already


def _stands(turn: Turn) -> bool:
    """Then none comes for what was sat, nor any at all where standing has no limit."""
    state, prompt = turn.state, turn.state.prompts.open
    if prompt is not None:
        return state.declared.standing and not prompt.standing
    return state.declared.standing and state.rules.standing == NEVER


def _sensed(reason: Reason) -> Callable[[Turn], bool]:
    return lambda turn: reason in turn.senses.since


# What no sense tells.
_OTHER: dict[Reason, Callable[[Turn], bool]] = {
    Reason.PAUSED: lambda turn: turn.state.declared.paused(turn.steady),
    Reason.MEETING: lambda turn: turn.state.declared.meeting(turn.steady),
    Reason.STANDING: _stands,
    Reason.QUIET: lambda turn: not open_hours(turn.at, turn.state.rules.hours),
    Reason.ENOUGH: _enough,
    Reason.WOKEN: lambda turn: turn.steady < turn.senses.woken_till,
}
_HOLDS = {reason: _OTHER.get(reason, _sensed(reason)) for reason in Reason}


# When


def prompt_if_due(turn: Turn) -> None:
    """With every input but the last: a prompt comes, comes again, is held back or given up."""
    state, senses, prompt = turn.state, turn.senses, turn.state.prompts.open
    waits_since, senses.wanted_at = senses.wanted_at, None
    if prompt is None:
        if not state.away and state.running.lasted >= state.due_at:
            _show_or_hold(turn, None, waits_since)
    elif not state.away:
        _complain(turn, prompt)
        if _due(turn, prompt):
            _show_or_hold(turn, prompt, waits_since)
        elif prompt.phase is Phase.SHOWN:
            _give_up_or_ask_again(turn, prompt)


def _due(turn: Turn, prompt: Prompt) -> bool:
    """It is to be shown, or held back where it may not be."""
    if prompt.phase is Phase.SHOWN:
        return not prompt.started and silence(turn) is not None
    return prompt.phase is Phase.HELD or turn.steady >= prompt.deadline


def _show_or_hold(turn: Turn, prompt: Prompt | None, waits_since: float | None) -> None:
    reason = silence(turn)
    if reason is None and _in_the_midst(turn, waits_since):
        return
    if reason is None:
        show(turn, prompt)
    elif prompt is None or prompt.reason is not reason:
        turn.emit(Held(turn.at, turn.state.prompts.number, reason))


def _in_the_midst(turn: Turn, waits_since: float | None) -> bool:
    """Somebody types; nobody minds a prompt that comes a few seconds later."""
    since = turn.steady if waits_since is None else waits_since
    if not turn.senses.typing or turn.steady - since >= turn.state.rules.notice:
        return False
    turn.senses.wanted_at = since
    return True


def prompt_early(turn: Turn) -> None:
    """With every look at the desk: a good moment shortly before one is due brings it. The less is
    left until then, the shorter a pause is one."""
    if not may_come_early(turn) or turn.senses.idle is None:
        return
    left = turn.state.due_at - turn.state.running.lasted
    rest = PAUSE + (LONG_REST - PAUSE) * left / turn.state.early
    moment = turn.senses.endings.good(turn.steady, turn.senses.idle, rest)
    if moment is not None:
        show(turn, None, moment=moment)


def may_come_early(turn: Turn) -> bool:
    """The next one is near, nothing holds it back, and nothing else is asked."""
    state, prompts = turn.state, turn.state.prompts
    return (
        0 < state.due_at - state.running.lasted <= state.early
        and prompts.open is None
        and prompts.question is None
        and not state.away
        and not turn.senses.unknown
        and silence(turn) is None
    )


def _complain(turn: Turn, prompt: Prompt) -> None:
    """A reminder that silently stops is worse than one that nags: once a day it is said."""
    senses = turn.senses
    if prompt.reason is None or prompt.reason not in senses.since:
        return
    reason, today = prompt.reason, day_of(turn.at, turn.state.rules.day_turn)
    held = turn.steady - senses.since[reason]
    if held >= STUCK_AFTER and senses.complained.get(reason) != today:
        senses.complained[reason] = today
        turn.emit(Stuck(turn.at, reason, round(held, 3)))


def _give_up_or_ask_again(turn: Turn, prompt: Prompt) -> None:
    rules = turn.state.rules
    if turn.steady >= prompt.deadline:
        _expire(turn, prompt)
        return
    late = 0 < rules.again <= turn.steady - (prompt.deadline - rules.expire)
    if late and not (prompt.started or prompt.reminded):
        turn.emit(Reminded(turn.at, prompt.number))


# What with


def show(
    turn: Turn,
    prompt: Prompt | None,
    *,
    asked: bool = False,
    snoozes: int | None = None,
    plan: Plan | None = None,
    moment: Early | None = None,
) -> None:
    number, state = turn.state.prompts.number, turn.state
    if snoozes is None:
        snoozes = prompt.snoozes if prompt is not None else 0
    _slow_down(turn)
    last_call = not asked and snoozes >= state.rules.snooze_limit > 0
    plan = plan or _plan(turn, prompt, number, last_call=last_call)
    sitting, stood = (round(clock.lasted, 3) for clock in (state.clock, state.standing))
    turn.emit(
        Shown(
            turn.at, number, plan.routine, plan.side, sitting, snoozes, asked,
            plan.length, plan.told, plan.why, moment, stood if for_standing(turn) else None,
            plan.prescriber,
        )
    )  # fmt: skip


def _plan(turn: Turn, prompt: Prompt | None, number: int, *, last_call: bool) -> Plan:
    """The one it has already, unless it is time for the short one, or does not fit any more."""
    chosen = prompt.plan if prompt is not None else None
    short = chosen is not None and chosen.length <= SHORT_ROUTINE
    if chosen is not None and (short or not last_call) and _fits(turn, chosen):
        return chosen
    length = SHORT_ROUTINE if last_call else None
    return propose(turn, number, length)


def propose(turn: Turn, number: int, length: int | None = None) -> Plan:
    """What the coach would offer now, but for what something else was asked for."""
    without = turn.state.prompts.left_out(number)
    return turn.state.coach.propose(
        turn.at, number, length,
        meeting=turn.in_meeting, upright=for_standing(turn), without=without,
    )  # fmt: skip


def for_standing(turn: Turn) -> bool:
    """Whether the open prompt, or the next one, is for somebody who stands."""
    prompt = turn.state.prompts.open
    return prompt.standing if prompt is not None else turn.state.declared.standing


def _fits(turn: Turn, plan: Plan) -> bool:
    return turn.state.coach.fits(plan, turn.at, meeting=turn.in_meeting)


def renew(turn: Turn) -> None:
    """What is asked for must still be right: the person, the place or the settings may have
    changed, and an update may have taken a movement away. A meeting is no reason:
    what does not suit it is held back until its end."""
    prompt = turn.state.prompts.open
    if prompt is None or prompt.plan is None or prompt.phase is not Phase.SHOWN:
        return
    fits = turn.state.coach.fits(prompt.plan, turn.at, meeting=False)
    if not (fits or (prompt.started and prompt.plan.whole)):
        show(turn, prompt, asked=prompt.asked)


def _slow_down(turn: Turn) -> None:
    lower = turn.state.staging.lower(turn.at)
    if lower is not None:
        turn.emit(Staged(turn.at, lower, By.TIME))


# When to give up


def _expire(turn: Turn, prompt: Prompt) -> None:
    settle(turn)
    turn.emit(Expired(turn.at, prompt.number, prompt.seen))
    prompts, sitting = turn.state.prompts, turn.state.rules.sitting
    proposed = min(prompts.lengthened + LENGTHEN_BY, LONGEST_SITTING - sitting)
    often = prompts.ignored >= IGNORED_LIMIT and not prompts.asked
    if often and not turn.senses.unknown and proposed > prompts.lengthened:
        turn.emit(Asked(turn.at, proposed))


def lapse(turn: Turn) -> None:
    """What ends by itself."""
    state, at, steady = turn.state, turn.at, turn.steady
    if state.declared.stood(at, steady):
        sit_down(turn, By.TIME)
    prompt, prompts = state.prompts.open, state.prompts
    if prompt is not None and prompt.broke and steady >= prompt.deadline:
        turn.emit(Withdrawn(at, prompt.number))
    answered = prompts.question is not None and steady >= prompts.question_till
    if prompts.question is not None and answered and not state.away:
        turn.emit(Lengthened(at, prompts.question, By.TIME))


# The check-in: seldom, at the desk, and far from everything else that is said


def inquire(turn: Turn) -> None:
    """Once an interval at most; whoever lets it pass hears no more of it until the next one."""
    if _is_time(turn) and _is_here(turn) and _is_quiet(turn):
        turn.emit(Inquired(turn.at))


def _is_time(turn: Turn) -> bool:
    """Whoever is new has a week to look back on first."""
    told, every = turn.state.check_ins, turn.state.rules.check_in
    if every == NEVER or told.began is None or turn.steady - told.began < CHECK_IN_FROM:
        return False
    return told.asked is None or turn.steady - told.asked >= every


def _is_here(turn: Turn) -> bool:
    """At the keys, not just counted as sitting: what nobody sees is no offer."""
    away = turn.state.away or turn.state.declared.standing
    return not away and turn.state.running.tail < MINUTE and silence(turn) is None


def _is_quiet(turn: Turn) -> bool:
    """No prompt or question is open, none was lately, none is near."""
    prompts, clock = turn.state.prompts, turn.state.running
    ended = prompts.ended.steady if prompts.ended is not None else float("-inf")
    return (
        prompts.open is None
        and prompts.question is None
        and turn.steady - ended >= CHECK_IN_AFTER
        and clock.lasted >= CHECK_IN_AFTER  # since a break, also one that ended nothing
        and turn.state.due_at - turn.state.early - clock.lasted >= CHECK_IN_BEFORE
    )
