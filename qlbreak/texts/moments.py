"""Sentences about the moment, the day, and what a command has done: values in, text out."""

from datetime import datetime, timedelta

from qlbreak.core.model.movements import Stage
from qlbreak.core.model.routine import steps
from qlbreak.core.model.terms import Early, Ending, Reason, Side
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.status import Glance, Mode, PromptView, Status
from qlbreak.core.statistics.figures import Figures
from qlbreak.texts import plans, routines
from qlbreak.texts.durations import brief, counted, exact, left
from qlbreak.texts.names import BUSY


def clock(status: Glance) -> str:
    """What the clock says, short: "Sitting 12 min". It changes once a minute at most."""
    if _gone(status):
        return f"Away since {_since(status)}"
    short = status.lasted < 60
    if status.standing:
        return "Standing for less than a minute" if short else f"Standing {brief(status.lasted)}"
    return "Sitting for less than a minute" if short else f"Sitting {brief(status.lasted)}"


def _gone(status: Glance) -> bool:
    """Also during a pause."""
    return status.mode is Mode.AWAY or status.away > 0


def _since(status: Glance) -> str:
    return hour(status.at - timedelta(seconds=status.away), status.at)


def coming(status: Status) -> str:
    """What comes next, or why not, short; for a menu that stands below the clock."""
    prompt = status.prompt
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return "Under way" if prompt.started else "A reminder is open"
    if prompt is not None and prompt.phase is Phase.SNOOZED and prompt.until is not None:
        return f"Snoozed until {hour(prompt.until, status.at)}"
    if _merely_stands(status):
        return _standing_until(status)
    silence = _silence(status)
    if silence:
        return silence[0].upper() + silence[1:]
    if status.mode is Mode.AWAY:
        rests = f"The clock rests at {brief(status.lasted)}"
        return rests if status.lasted else "The clock restarts when you are back"
    if status.next_in is None:
        return "No reminder is coming"
    if status.near:
        return f"Next reminder in {left(status.next_in)}, or sooner at a pause"
    return f"Next reminder in {left(status.next_in)}"


def _merely_stands(status: Status) -> bool:
    """Nothing else keeps it silent."""
    return status.mode is Mode.STANDING and status.reason in (None, Reason.STANDING)


def _standing_until(status: Status) -> str:
    if status.next_in is not None:
        return f"Next reminder in {left(status.next_in)}"
    if status.stands_until is not None:
        return f"Sitting again at {hour(status.stands_until, status.at)}"
    return "The sitting clock rests"


def _what_ends_standing(status: Status) -> str:
    """In whole sentences."""
    if status.next_in is not None:
        return f"The next reminder comes in {left(status.next_in)}."
    if status.stands_until is not None:
        return f"From {hour(status.stands_until, status.at)} on you count as sitting again."
    return "The sitting clock rests until you say that you sit again."


def why(status: Status) -> str:
    """Why it is silent, or that a reminder is open; then how long you have been sitting."""
    prompt, sat = status.prompt, _lasted(status)
    if prompt is not None and prompt.phase is Phase.SHOWN:
        early = f" {_EARLY[prompt.moment]}" if prompt.moment is not None else ""
        return f"A reminder is open.{early} {sat}"
    if prompt is not None and prompt.phase is Phase.SNOOZED and prompt.until is not None:
        return f"Snoozed until {hour(prompt.until, status.at)}. {sat}"
    if _merely_stands(status):
        return f"{sat} {_what_ends_standing(status)}"
    silence = _silence(status)
    if silence:
        waiting = " A reminder is waiting." if prompt is not None else ""
        return f"{silence[0].upper()}{silence[1:]}.{waiting} {sat}"
    return _ordinary(status, sat)


_EARLY = {
    Early.CALL: "It came early, after your call.",
    Early.UNLOCKED: "It came early, when you unlocked the screen.",
    Early.FULL_SCREEN: "It came early, when you left full screen.",
    Early.PAUSE: "It came early, in a pause.",
}


def _lasted(status: Status) -> str:
    if _gone(status):
        return f"You have been away since {_since(status)}."
    if status.standing:
        return f"You have been standing {brief(status.stood)}."
    return f"You have been sitting {brief(status.sitting)}."


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def mistaken(mistake: str) -> str:
    """A line more, where the settings have a mistake."""
    return f"\nSettings: {mistake}" if mistake else ""


def _ordinary(status: Status, sat: str) -> str:
    pause = ", or sooner at a pause" if status.near else ""
    ahead = f"The next reminder comes in {left(status.due_in)}{pause}."
    match status.mode:
        case Mode.AWAY if status.lasted:
            return f"{sat} The clock is paused at {brief(status.lasted)}."
        case Mode.AWAY:
            return f"{sat} The clock restarts when you are back."
        case Mode.UNKNOWN if status.blind:
            return (
                f"qlbreak cannot see keyboard or mouse use here ({status.blind}), so it assumes "
                f"you are sitting. {sat} {ahead}"
            )
        case Mode.UNKNOWN:
            return (
                "qlbreak cannot see keyboard or mouse use here, so it assumes you are sitting. "
                f"{sat} {ahead}"
            )
        case _:
            return f"{sat} {ahead}"


def _silence(status: Status) -> str:
    until = f" until {hour(status.until, status.at)}" if status.until is not None else ""
    match status.reason:
        case None | Reason.STANDING:  # which the clock says already
            return ""
        case Reason.PAUSED | Reason.QUIET:
            return f"{status.reason}{until}"
        case Reason.MEETING:
            return f"in a meeting{until}"
        case Reason.ENOUGH:
            return "enough reminders for today"
        case Reason.WOKEN:
            return f"just woken; silent{until}"
        case _:
            return f"{BUSY[status.reason].now}{_for(status)}"


def _for(status: Status) -> str:
    return f" for {brief(status.busy_for)}" if status.busy_for else ""


def tooltip(status: Status, figures: Figures) -> str:
    return "\n".join([f"{moment(status)}.", *today(figures)])


def moment(status: Status) -> str:
    """ "Sitting 12 min. Next reminder in 18 min" """
    return f"{clock(status)}. {coming(status)}"


def whole(status: Status, figures: Figures) -> list[str]:
    """How things stand, what the day was, and what of somebody's plan is to do."""
    plan = [f"{plans.label(status.programme)}."] if status.programme is not None else []
    return [why(status), *today(figures), *plan]


def today(figures: Figures) -> list[str]:
    """What was sat, what was asked, what was worked: a line each, as far as there was any."""
    sat, *more = of_a_day(figures)
    return [f"Today: {sat}", *more]


def of_a_day(figures: Figures) -> list[str]:
    """The same of any day."""
    lines = [f"{brief(figures.sitting_s)} sitting"]
    if figures.longest_spell_s:
        lines[0] += f", longest stretch {brief(figures.longest_spell_s)}"
    if figures.standing_s >= 60:
        lines.append(f"{brief(figures.standing_s)} standing, as you said")
    sums = []
    if figures.prompts:
        sums.append(f"{figures.done} of {counted(figures.prompts, 'reminder')} done")
    if figures.natural_breaks:
        sums.append(counted(figures.natural_breaks, "natural break"))
    worked = []
    if figures.left_s or figures.right_s:
        worked.append(f"Worked: left {figures.left_s:.0f} s, right {figures.right_s:.0f} s")
    return [*lines, *([", ".join(sums)] if sums else []), *worked]


def hour(moment: datetime, now: datetime) -> str:
    """ "10:35", "tomorrow 08:30", "Monday 08:30", with a date beyond a week."""
    if moment.tzinfo is not None and now.astimezone().utcoffset() == now.utcoffset():
        moment = moment.astimezone()  # the clocks may change until then
    days = (moment.date() - now.date()).days
    name = "" if days == 0 else "tomorrow " if days == 1 else f"{moment:%A} "
    return f"{name}{moment:%H:%M}" if abs(days) < 7 else f"{moment:%d %B %H:%M}"


# Prompts


def prompt_title(status: Status, prompt: PromptView) -> str:
    lasted = status.stood if prompt.standing else status.sitting
    if prompt.started or lasted < 60:
        return routines.title(prompt.plan)
    if prompt.standing:
        still, so_long = (
            f"Still standing: {brief(lasted)}",
            f"You have been standing {brief(lasted)}",
        )
        return still if prompt.reminded else so_long
    if prompt.reminded:
        return f"Still sitting: {brief(status.sitting)}"
    return f"You have been sitting {brief(status.sitting)}"


def prompt_body(prompt: PromptView) -> str:
    """What to do, in one line, and why; once it is started, step by step."""
    plan = prompt.plan
    if plan is None or not plan.whole:
        walk = "Sit down for a while, or walk about."
        return walk if prompt.standing else "Stand up and walk about."
    if prompt.started:
        return "\n".join(steps(plan.blocks, plan.side))
    first = "Sit down for a while, or move:" if prompt.standing else ""
    return "\n".join(filter(None, (first, routines.task(plan), routines.why(plan))))


def stuck(reason: Reason, seconds: float) -> str:
    """What has held prompts back for so long."""
    return f"{BUSY[reason].now.capitalize()} for {brief(seconds)}"


def next_routine(status: Status) -> str:
    return routine(routines.title(status.coming), status.coming.side)


def open_routine(prompt: PromptView) -> str:
    return routine(routines.title(prompt.plan), prompt.side)


def instead(status: Status) -> str:
    """What another one is."""
    prompt = status.prompt
    if prompt is not None and prompt.routine:
        return f"Now it is: {open_routine(prompt)}."
    return f"Next comes: {next_routine(status)}."


def routine(name: str, side: Side) -> str:
    """ "Rock and reach, left first" """
    first = f", {side} first" if side is not Side.BOTH else ""
    return f"{name}{first}"


def undo_label(status: Status) -> str:
    """What it would take back; "" where there is nothing."""
    if status.undo_snooze:
        return "Undo the snooze"
    match status.undo:
        case Ending.DONE:
            return "Undo: I did do the last one"
        case None:
            return ""
        case _:
            return "Undo: I did not do the last one"


STAGES = {
    Stage.SETTLE: "settling in, the gentlest movements",
    Stage.WORK: "a bit more work, also standing",
    Stage.BUILD: "longer holds, on the floor if you like",
    Stage.KEEP: "keeping it up",
}


def invitation_title() -> str:
    return "Ready for a bit more?"


def invitation_body(status: Status) -> str:
    assert status.invited is not None
    return (
        f"The next stage would be: {STAGES[status.invited]}. Without an answer it stays as it is."
    )


def question_title() -> str:
    return "Shall I ask less often?"


def question_body(status: Status) -> str:
    assert status.question is not None
    return (
        f"The last three reminders went by. From now on every {exact(status.question)} instead of "
        f"every {exact(status.interval)}? Without an answer I take it as a yes."
    )
