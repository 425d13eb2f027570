"""What can be said at this moment: the values behind the tray, the commands and every sentence."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.movements import Stage
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import opens_at, wall
from qlbreak.core.model.terms import Ending, Reason, Side
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.core.reminder.silence import silence


class Mode(StrEnum):
    SITTING = "sitting"
    STANDING = "standing"
    AWAY = "away"
    UNKNOWN = "unknown"
    PAUSED = "paused"
    QUIET = "quiet"
    HELD = "held"


class PromptView(Struct, frozen=True):
    """The open prompt. `until`: when its snooze is over. `snoozes_left`: how many more."""

    id: int
    phase: Phase
    plan: Plan | None
    shown_at: datetime | None
    snoozes: int
    snoozes_left: int
    started: bool
    reminded: bool
    until: datetime | None

    @property
    def routine(self) -> str:
        return self.plan.routine if self.plan is not None else ""

    @property
    def side(self) -> Side:
        return self.plan.side if self.plan is not None else Side.BOTH


class Glance(Struct, frozen=True):
    """What a look at the clock tells, and no more: it is taken with every tick. Seconds."""

    at: datetime
    mode: Mode
    reason: Reason | None
    sitting: float
    away: float


class Status(Glance, frozen=True, kw_only=True):
    """`due_in`: seconds of sitting until the next prompt; `next_in`: seconds until it can come,
    None where none is coming; `until`: when the present reason for silence ends, if that
    is known; without an offset where it is a moment of the wall clock. `busy_for`: seconds for
    which that reason has held, where the machine tells it. `coming`: the routine of the next
    prompt. `idled`: seconds of the last natural break, as long as it can be said that it was none.
    `invited`: the stage that is proposed. `undo`: what the last prompt's end would be taken back
    to. `question`: seconds of sitting that are proposed. `blind`: why idleness is unknown, where
    that is known.
    """

    since_break: float
    due_in: float
    next_in: float | None
    interval: float
    configured: float
    until: datetime | None
    prompt: PromptView | None
    undo: Ending | None
    undo_snooze: bool
    question: float | None
    meeting: bool
    busy_for: float | None
    standing: bool
    paused: bool
    coming: Plan
    idled: float | None
    invited: Stage | None
    stage: Stage
    sore: Side | None
    place: Place
    blind: str = ""


def glance(reminder: Reminder) -> Glance:
    clock, reason = reminder.clock, silence(reminder)
    away = reminder.when - clock.absent_since if clock.absent_since is not None else 0.0
    return Glance(reminder.at, _mode(reminder, reason), reason, clock.sitting, away)


def status(reminder: Reminder, blind: str = "") -> Status:
    clock, when, prompt = reminder.clock, reminder.when, reminder.prompts.open
    seen = glance(reminder)
    reason = seen.reason
    until = _until(reminder, reason)
    due_in = max(reminder.due_at - clock.sitting, 0.0)
    return Status(
        **msgspec.structs.asdict(seen),
        since_break=clock.since_break(when),
        due_in=due_in,
        next_in=_next_in(reminder, due_in, reason, until),
        interval=reminder.interval,
        configured=reminder.rules.sitting,
        until=until,
        prompt=_prompt(reminder),
        undo=_undo(reminder),
        undo_snooze=prompt is not None and prompt.phase is Phase.SNOOZED,
        question=_question(reminder),
        meeting=reminder.declared.meeting(when),
        busy_for=_busy_for(reminder, reason),
        standing=reminder.declared.standing,
        paused=reminder.declared.paused(when),
        coming=_coming(reminder),
        idled=reminder.idled if reminder.may_have_stayed else None,
        invited=reminder.progress.invited,
        stage=reminder.progress.stage,
        sore=reminder.coach.sore(reminder.at),
        place=reminder.coach.place(reminder.at),
        blind=blind,
    )


def _busy_for(reminder: Reminder, reason: Reason | None) -> float | None:
    since = reminder.senses.since.get(reason) if reason is not None else None
    return reminder.when - since if since is not None else None


def _coming(reminder: Reminder) -> Plan:
    number = reminder.prompts.last + 1
    return reminder.coach.propose(reminder.at, number, None, meeting=reminder.in_meeting)


def _mode(reminder: Reminder, reason: Reason | None) -> Mode:
    prompt = reminder.prompts.open
    if reason is Reason.PAUSED:
        return Mode.PAUSED
    if reminder.declared.standing:
        return Mode.STANDING
    if reminder.away:
        return Mode.AWAY
    if prompt is not None and prompt.phase is Phase.HELD:
        return Mode.HELD
    if reason is Reason.QUIET:
        return Mode.QUIET
    return Mode.UNKNOWN if reminder.senses.unknown else Mode.SITTING


def _until(reminder: Reminder, reason: Reason | None) -> datetime | None:
    """So many seconds from now, or, without an offset, a moment of the wall clock."""
    declared = reminder.declared
    match reason:
        case Reason.PAUSED if reminder.when < declared.paused_till:
            return reminder.label(declared.paused_till)
        case Reason.PAUSED:
            return declared.paused_until
        case Reason.MEETING:
            return reminder.label(declared.meeting_till)
        case Reason.QUIET:
            return opens_at(reminder.at, reminder.rules.hours)
        case Reason.WOKEN:
            return reminder.label(reminder.woken_till)
        case _:
            return None


def _next_in(
    reminder: Reminder, due_in: float, reason: Reason | None, until: datetime | None
) -> float | None:
    prompt = reminder.prompts.open
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return None
    if reason in (Reason.STANDING, Reason.ENOUGH) or reminder.away:
        return None
    if prompt is not None:
        due_in = prompt.deadline - reminder.when if prompt.phase is Phase.SNOOZED else 0.0
    held = 0.0
    if until is not None:
        now = reminder.at if until.tzinfo is not None else wall(reminder.at)
        held = (until - now) / timedelta(seconds=1)
    return max(due_in, held, 0.0)


def _prompt(reminder: Reminder) -> PromptView | None:
    prompt = reminder.prompts.open
    if prompt is None:
        return None
    snoozed = prompt.phase is Phase.SNOOZED
    return PromptView(
        id=prompt.number,
        phase=prompt.phase,
        plan=prompt.plan,
        shown_at=prompt.shown_at,
        snoozes=prompt.snoozes,
        snoozes_left=max(reminder.rules.snooze_limit - prompt.snoozes, 0),
        started=prompt.started,
        reminded=prompt.reminded,
        until=reminder.label(prompt.deadline) if snoozed else None,
    )


def _undo(reminder: Reminder) -> Ending | None:
    end = reminder.prompts.undoable(reminder.when)
    return end.undone if end is not None else None


def _question(reminder: Reminder) -> float | None:
    proposed = reminder.prompts.question
    return reminder.rules.sitting + proposed if proposed is not None else None
