"""Sentences about the moment, the day, and what a command has done: values in, text out."""

from datetime import datetime, timedelta

from qlbreak.core.model.movements import Stage
from qlbreak.core.model.routine import steps
from qlbreak.core.model.terms import Early, Ending, Reason, Side
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.status import Glance, Mode, PromptView, Status
from qlbreak.core.statistics.figures import Figures
from qlbreak.language import _, formats, ngettext
from qlbreak.texts import plans, routines
from qlbreak.texts.durations import brief, exact, left
from qlbreak.texts.names import BUSY


def clock(status: Glance) -> str:
    """What the clock says, short: "Sitting 12 min". It changes once a minute at most."""
    if _gone(status):
        # Translators: {since} is a time, or a day and a time: "10:35", "Monday 08:30"
        return _("Away since {since}", since=_since(status))
    if status.lasted < 60:
        if status.standing:
            return _("Standing for less than a minute")
        return _("Sitting for less than a minute")
    if status.standing:
        return _("Standing {long}", long=brief(status.lasted))
    return _("Sitting {long}", long=brief(status.lasted))


def state_title(status: Glance) -> str:
    """The same, behind the program's name."""
    if _gone(status):
        return _("qlbreak: away since {since}", since=_since(status))
    if status.lasted < 60:
        if status.standing:
            return _("qlbreak: standing for less than a minute")
        return _("qlbreak: sitting for less than a minute")
    if status.standing:
        return _("qlbreak: standing {long}", long=brief(status.lasted))
    return _("qlbreak: sitting {long}", long=brief(status.lasted))


def _gone(status: Glance) -> bool:
    """Also during a pause."""
    return status.mode is Mode.AWAY or status.away > 0


def _since(status: Glance) -> str:
    return hour(status.at - timedelta(seconds=status.away), status.at)


def coming(status: Status) -> str:
    """What comes next, or why not, short; for a menu that stands below the clock."""
    prompt = status.prompt
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return _("Under way") if prompt.started else _("A reminder is open")
    if prompt is not None and prompt.phase is Phase.SNOOZED and prompt.until is not None:
        return _("Snoozed until {until}", until=hour(prompt.until, status.at))
    if _merely_stands(status):
        return _standing_until(status)
    silence = _silence(status)
    if silence:
        return silence
    return _to_come(status)


def _to_come(status: Status) -> str:
    if status.mode is Mode.AWAY:
        if status.lasted:
            return _("The clock rests at {long}", long=brief(status.lasted))
        return _("The clock restarts when you are back")
    if status.next_in is None:
        return _("No reminder is coming")
    if status.near:
        return _("Next reminder in {long}, or sooner at a pause", long=left(status.next_in))
    return _("Next reminder in {long}", long=left(status.next_in))


def _merely_stands(status: Status) -> bool:
    """Nothing else keeps it silent."""
    return status.mode is Mode.STANDING and status.reason in (None, Reason.STANDING)


def _standing_until(status: Status) -> str:
    if status.next_in is not None:
        return _("Next reminder in {long}", long=left(status.next_in))
    if status.stands_until is not None:
        return _("Sitting again at {at}", at=hour(status.stands_until, status.at))
    return _("The sitting clock rests")


def _what_ends_standing(status: Status) -> str:
    """In whole sentences."""
    if status.next_in is not None:
        return _("The next reminder comes in {long}.", long=left(status.next_in))
    if status.stands_until is not None:
        until = hour(status.stands_until, status.at)
        return _("From {at} on you count as sitting again.", at=until)
    return _("The sitting clock rests until you say that you sit again.")


def why(status: Status) -> str:
    """Why it is silent, or that a reminder is open; then how long you have been sitting."""
    prompt, sat = status.prompt, _lasted(status)
    if prompt is not None and prompt.phase is Phase.SHOWN:
        early = _EARLY[prompt.moment] if prompt.moment is not None else ""
        return formats.sentences(_("A reminder is open."), early, sat)
    if prompt is not None and prompt.phase is Phase.SNOOZED and prompt.until is not None:
        until = hour(prompt.until, status.at)
        return formats.sentences(_("Snoozed until {until}.", until=until), sat)
    if _merely_stands(status):
        return formats.sentences(sat, _what_ends_standing(status))
    silence = _silence(status)
    if silence:
        waiting = _("A reminder is waiting.") if prompt is not None else ""
        return formats.sentences(formats.sentence(silence), waiting, sat)
    return _ordinary(status, sat)


_EARLY = {
    Early.CALL: _("It came early, after your call."),
    Early.UNLOCKED: _("It came early, when you unlocked the screen."),
    Early.FULL_SCREEN: _("It came early, when you left full screen."),
    Early.PAUSE: _("It came early, in a pause."),
}


def _lasted(status: Status) -> str:
    if _gone(status):
        return _("You have been away since {since}.", since=_since(status))
    if status.standing:
        return _("You have been standing {long}.", long=brief(status.stood))
    return _("You have been sitting {long}.", long=brief(status.sitting))


def cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def mistaken(mistake: str) -> str:
    """A line more, where the settings have a mistake."""
    return "\n" + _("Settings: {mistake}", mistake=mistake) if mistake else ""


def _ordinary(status: Status, sat: str) -> str:
    match status.mode:
        case Mode.AWAY if status.lasted:
            paused = _("The clock is paused at {long}.", long=brief(status.lasted))
            return formats.sentences(sat, paused)
        case Mode.AWAY:
            return formats.sentences(sat, _("The clock restarts when you are back."))
        case Mode.UNKNOWN if status.blind:
            assumed = _(
                "qlbreak cannot see keyboard or mouse use here ({why}), so it assumes you are "
                "sitting.",
                why=status.blind,
            )
            return formats.sentences(assumed, sat, _ahead(status))
        case Mode.UNKNOWN:
            assumed = _(
                "qlbreak cannot see keyboard or mouse use here, so it assumes you are sitting."
            )
            return formats.sentences(assumed, sat, _ahead(status))
        case _:
            return formats.sentences(sat, _ahead(status))


def _ahead(status: Status) -> str:
    if status.near:
        soon = left(status.due_in)
        return _("The next reminder comes in {long}, or sooner at a pause.", long=soon)
    return _("The next reminder comes in {long}.", long=left(status.due_in))


# A text for when its end is known, and one for when it is not.
_UNTIL = {
    Reason.PAUSED: (_("Paused until {until}"), _("Paused")),
    # Translators: outside the hours in which reminders may come
    Reason.QUIET: (_("Quiet until {until}"), _("Quiet")),
    Reason.MEETING: (_("In a meeting until {until}"), _("In a meeting")),
    # Translators: just after the computer woke up
    Reason.WOKEN: (_("Just woken; silent until {until}"), _("Just woken; silent")),
}


def _silence(status: Status) -> str:
    match status.reason:
        case None | Reason.STANDING:  # which the clock says already
            return ""
        case Reason.ENOUGH:
            return _("Enough reminders for today")
        case Reason.PAUSED | Reason.QUIET | Reason.MEETING | Reason.WOKEN:
            ending, lasting = _UNTIL[status.reason]
            if status.until is None:
                return lasting
            return ending.format(until=hour(status.until, status.at))
        case _ if status.busy_for:
            return stuck(status.reason, status.busy_for)
        case _:
            return BUSY[status.reason].now


def tooltip(status: Status, figures: Figures) -> str:
    return "\n".join([formats.sentence(moment(status)), *today(figures)])


def moment(status: Status) -> str:
    """ "Sitting 12 min. Next reminder in 18 min" """
    return formats.sentences(formats.sentence(clock(status)), coming(status))


def whole(status: Status, figures: Figures) -> list[str]:
    """How things stand, what the day was, and what of somebody's plan is to do."""
    programme = status.programme
    plan = [formats.sentence(plans.label(programme))] if programme is not None else []
    return [why(status), *today(figures), *plan]


def today(figures: Figures) -> list[str]:
    """What was sat, what was asked, what was worked: a line each, as far as there was any."""
    sat, *more = of_a_day(figures)
    # Translators: {sat}: "3 h 20 min sitting, longest stretch 50 min"
    return [_("Today: {sat}", sat=sat), *more]


def of_a_day(figures: Figures) -> list[str]:
    """The same of any day."""
    lines = [_sat(figures)]
    if figures.standing_s >= 60:
        lines.append(_("{long} standing, as you said", long=brief(figures.standing_s)))
    sums = []
    if figures.prompts:
        sums.append(
            ngettext(
                "{done} of {n} reminder done",
                "{done} of {n} reminders done",
                figures.prompts,
                done=figures.done,
                n=figures.prompts,
            )
        )
    if (breaks := figures.natural_breaks) > 0:
        sums.append(ngettext("{n} natural break", "{n} natural breaks", breaks, n=breaks))
    if sums:
        lines.append(formats.commas(sums))
    if figures.left_s or figures.right_s:
        on_left, on_right = f"{figures.left_s:.0f}", f"{figures.right_s:.0f}"
        lines.append(_("Worked: left {left} s, right {right} s", left=on_left, right=on_right))
    return lines


def _sat(figures: Figures) -> str:
    long, longest = brief(figures.sitting_s), brief(figures.longest_spell_s)
    if figures.longest_spell_s:
        return _("{long} sitting, longest stretch {longest}", long=long, longest=longest)
    return _("{long} sitting", long=long)


def hour(moment: datetime, now: datetime) -> str:
    """ "10:35", "tomorrow 08:30", "Monday 08:30", with a date beyond a week."""
    if moment.tzinfo is not None and now.astimezone().utcoffset() == now.utcoffset():
        moment = moment.astimezone()  # the clocks may change until then
    days, clock = (moment.date() - now.date()).days, formats.clock(moment)
    if days == 0:
        return clock
    # Translators: a day and a time, within a sentence: "until tomorrow 08:30"
    if days == 1:
        return _("tomorrow {clock}", clock=clock)
    # Translators: a day and a time, within a sentence: "until Monday 08:30", "since 1 May 08:30"
    day = formats.weekday(moment) if abs(days) < 7 else formats.day_month_long(moment)
    return _("{day} {clock}", day=day, clock=clock)


# Prompts


def prompt_title(status: Status, prompt: PromptView) -> str:
    lasted = status.stood if prompt.standing else status.sitting
    if prompt.started or lasted < 60:
        return routines.title(prompt.plan)
    if prompt.standing and prompt.reminded:
        return _("Still standing: {long}", long=brief(lasted))
    if prompt.standing:
        return _("You have been standing {long}", long=brief(lasted))
    if prompt.reminded:
        return _("Still sitting: {long}", long=brief(status.sitting))
    return _("You have been sitting {long}", long=brief(status.sitting))


def prompt_body(prompt: PromptView) -> str:
    """What to do, in one line, and why; once it is started, step by step."""
    plan = prompt.plan
    if plan is None or not plan.whole:
        if prompt.standing:
            return _("Sit down for a while, or walk about.")
        return _("Stand up and walk about.")
    if prompt.started:
        return "\n".join(steps(plan.blocks, plan.side))
    first = _("Sit down for a while, or move:") if prompt.standing else ""
    return "\n".join(filter(None, (first, routines.task(plan), routines.why(plan))))


def stuck(reason: Reason, seconds: float) -> str:
    """What has held prompts back for so long."""
    return BUSY[reason].lasting.format(long=brief(seconds))


def next_routine(status: Status) -> str:
    return routine(routines.title(status.coming), status.coming.side)


def open_routine(prompt: PromptView) -> str:
    return routine(routines.title(prompt.plan), prompt.side)


def instead(status: Status) -> str:
    """What another one is."""
    prompt = status.prompt
    if prompt is not None and prompt.routine:
        return _("Now it is: {routine}.", routine=open_routine(prompt))
    return _("Next comes: {routine}.", routine=next_routine(status))


_FIRST = {Side.LEFT: _("{name}, left first"), Side.RIGHT: _("{name}, right first")}


def routine(name: str, side: Side) -> str:
    """ "Rock and reach, left first" """
    return name if side is Side.BOTH else _FIRST[side].format(name=name)


def undo_label(status: Status) -> str:
    """What it would take back; "" where there is nothing."""
    if status.undo_snooze:
        return _("Undo the snooze")
    match status.undo:
        case Ending.DONE:
            return _("Undo: I did do the last one")
        case None:
            return ""
        case _:
            return _("Undo: I did not do the last one")


# Translators: the four stages of how somebody gets used to it
STAGES = {
    Stage.SETTLE: _("settling in, the gentlest movements"),
    Stage.WORK: _("a bit more work, also standing"),
    Stage.BUILD: _("longer holds, on the floor if you like"),
    Stage.KEEP: _("keeping it up"),
}


def invitation_title() -> str:
    return _("Ready for a bit more?")


def invitation_body(status: Status) -> str:
    assert status.invited is not None
    return _(
        "The next stage would be: {stage}. Without an answer it stays as it is.",
        stage=STAGES[status.invited],
    )


def question_title() -> str:
    return _("Shall I ask less often?")


def question_body(status: Status) -> str:
    assert status.question is not None
    return _(
        "The last three reminders went by. From now on every {long} instead of every {now}? "
        "Without an answer I take it as a yes.",
        long=exact(status.question),
        now=exact(status.interval),
    )
