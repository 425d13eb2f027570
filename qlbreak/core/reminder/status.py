"""What can be said at this moment: the values behind the tray, the commands and every sentence."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct

from qlbreak.core.coach.composer import Plan
from qlbreak.core.coach.prescriptions import PlanDay
from qlbreak.core.model.movements import Stage
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import NEVER, opens_at, wall
from qlbreak.core.model.terms import Early, Ending, Reason, Side
from qlbreak.core.reminder.presence import may_have_stayed
from qlbreak.core.reminder.prompting import may_come_early, propose, silence
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.turn import Turn


class Mode(StrEnum):
    SITTING = "sitting"
    STANDING = "standing"
    AWAY = "away"
    UNKNOWN = "unknown"
    PAUSED = "paused"
    QUIET = "quiet"
    HELD = "held"


class PromptView(Struct, frozen=True):
    """The open prompt. `until`: when its snooze is over. `snoozes_left`: how many more. `moment`:
    why it has come before it was due. `standing`: it came to somebody who stands."""

    id: int
    phase: Phase
    plan: Plan | None
    shown_at: datetime | None
    snoozes: int
    snoozes_left: int
    started: bool
    reminded: bool
    moment: Early | None
    until: datetime | None
    standing: bool = False

    @property
    def routine(self) -> str:
        return self.plan.routine if self.plan is not None else ""

    @property
    def side(self) -> Side:
        return self.plan.side if self.plan is not None else Side.BOTH


class Glance(Struct, frozen=True):
    """What a look at the clock tells, and no more: it is taken with every tick. Seconds.
    `standing`: declared, and `stood` for so long."""

    at: datetime
    mode: Mode
    reason: Reason | None
    sitting: float
    away: float
    standing: bool
    stood: float

    @property
    def lasted(self) -> float:
        """How long the running spell has."""
        return self.stood if self.standing else self.sitting


class Status(Glance, frozen=True, kw_only=True):
    """`due_in`: seconds of the running spell until its next prompt, and where standing has no limit
    those of sitting; `stands_until`: when standing ends, if that was told; `next_in`: seconds until
    a prompt can come, None where none is coming; `until`: when the present reason for silence ends,
    if that is known; without an offset where it is a moment of the wall clock. `busy_for`: seconds
    for which that reason has held, where the machine tells it. `coming`: the routine of the next
    prompt. `idled`: seconds of the last natural break, as long as it can be said that it was none.
    `invited`: the stage that is proposed. `undo`: what the last prompt's end would be taken back
    to. `question`: seconds of sitting that are proposed. `near`: a good moment would bring the next
    prompt before it is due. `blind`: why idleness is unknown, where
    that is known. `programme`: what somebody's plan asks for today.
    """

    since_break: float
    due_in: float
    near: bool
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
    stands_until: datetime | None
    paused: bool
    coming: Plan
    idled: float | None
    invited: Stage | None
    stage: Stage
    sore: Side | None
    place: Place
    blind: str = ""
    programme: PlanDay | None = None


def glance(turn: Turn) -> Glance:
    state, clock, reason = turn.state, turn.state.running, silence(turn)
    away = turn.steady - clock.absent_since if clock.absent_since is not None else 0.0
    standing = state.declared.standing
    stood = state.standing.lasted if standing else 0.0
    mode = _mode(turn, reason)
    return Glance(turn.at, mode, reason, state.clock.lasted, away, standing, stood)


def status(turn: Turn, blind: str = "") -> Status:
    state, clock, prompt = turn.state, turn.state.clock, turn.state.prompts.open
    seen = glance(turn)
    reason = seen.reason
    until = _until(turn, reason)
    due_in = _due_in(turn)
    return Status(
        **msgspec.structs.asdict(seen),
        since_break=clock.since_break(turn.steady),
        due_in=due_in,
        near=may_come_early(turn),
        next_in=_next_in(turn, due_in, reason, until),
        interval=state.interval,
        configured=state.rules.sitting,
        until=until,
        prompt=_prompt(turn),
        undo=_undo(turn),
        undo_snooze=prompt is not None and prompt.phase is Phase.SNOOZED,
        question=_question(turn),
        meeting=state.declared.meeting(turn.steady),
        busy_for=_busy_for(turn, reason),
        stands_until=_stands_until(turn),
        paused=state.declared.paused(turn.steady),
        coming=_coming(turn),
        idled=turn.senses.idled if may_have_stayed(turn) else None,
        invited=state.progress.invited,
        stage=state.progress.stage,
        sore=state.coach.sore(turn.at),
        place=state.coach.place(turn.at),
        blind=blind,
        programme=state.coach.plan_day(turn.at, meeting=turn.in_meeting),
    )


def _due_in(turn: Turn) -> float:
    state = turn.state
    due_at, lasted = state.due_at, state.running.lasted
    if due_at == NEVER:
        due_at, lasted = state.clock.base + state.interval, state.clock.lasted
    return max(due_at - lasted, 0.0)


def _stands_until(turn: Turn) -> datetime | None:
    """A moment of the wall clock without an offset, where an hour was told."""
    declared = turn.state.declared
    if not declared.standing or declared.endless:
        return None
    return declared.stands_until or turn.label(declared.stands_till)


def _busy_for(turn: Turn, reason: Reason | None) -> float | None:
    since = turn.senses.since.get(reason) if reason is not None else None
    return turn.steady - since if since is not None else None


def _coming(turn: Turn) -> Plan:
    prompt, prompts = turn.state.prompts.open, turn.state.prompts
    held = prompt is not None and prompt.plan is None
    return propose(turn, prompts.number if held else prompts.last + 1)


def _mode(turn: Turn, reason: Reason | None) -> Mode:
    prompt = turn.state.prompts.open
    if reason is Reason.PAUSED:
        return Mode.PAUSED
    if turn.state.away:
        return Mode.AWAY
    stands = turn.state.declared.standing
    waits = prompt is not None and (prompt.standing or not stands)  # for more than to sit again
    if prompt is not None and waits and prompt.phase is Phase.HELD:
        return Mode.HELD
    if stands:
        return Mode.STANDING
    if reason is Reason.QUIET:
        return Mode.QUIET
    return Mode.UNKNOWN if turn.senses.unknown else Mode.SITTING


def _until(turn: Turn, reason: Reason | None) -> datetime | None:
    """So many seconds from now, or, without an offset, a moment of the wall clock."""
    declared = turn.state.declared
    match reason:
        case Reason.PAUSED if turn.steady < declared.paused_till:
            return turn.label(declared.paused_till)
        case Reason.PAUSED:
            return declared.paused_until
        case Reason.MEETING:
            return turn.label(declared.meeting_till)
        case Reason.QUIET:
            return opens_at(turn.at, turn.state.rules.hours)
        case Reason.WOKEN:
            return turn.label(turn.senses.woken_till)
        case _:
            return None


def _next_in(
    turn: Turn, due_in: float, reason: Reason | None, until: datetime | None
) -> float | None:
    prompt = turn.state.prompts.open
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return None
    if reason in (Reason.STANDING, Reason.ENOUGH) or turn.state.away:
        return None
    if prompt is not None:
        due_in = prompt.deadline - turn.steady if prompt.phase is Phase.SNOOZED else 0.0
    held = _seconds_to(turn, until) if until is not None else 0.0
    coming = max(due_in, held, 0.0)
    declared = turn.state.declared
    if not declared.standing:
        return coming
    ends = declared.stands_until or turn.label(declared.stands_till)
    return coming if coming <= _seconds_to(turn, ends) else None


def _seconds_to(turn: Turn, moment: datetime) -> float:
    now = turn.at if moment.tzinfo is not None else wall(turn.at)
    return (moment - now) / timedelta(seconds=1)


def _prompt(turn: Turn) -> PromptView | None:
    prompt = turn.state.prompts.open
    if prompt is None:
        return None
    snoozed = prompt.phase is Phase.SNOOZED
    return PromptView(
        id=prompt.number,
        phase=prompt.phase,
        plan=prompt.plan,
        shown_at=prompt.shown_at,
        snoozes=prompt.snoozes,
        snoozes_left=max(turn.state.rules.snooze_limit - prompt.snoozes, 0),
        started=prompt.started,
        reminded=prompt.reminded,
        moment=prompt.life.shown.moment if prompt.life.shown is not None else None,
        until=turn.label(prompt.deadline) if snoozed else None,
        standing=prompt.standing,
    )


def _undo(turn: Turn) -> Ending | None:
    end = turn.state.prompts.undoable(turn.steady)
    return end.undone if end is not None else None


def _question(turn: Turn) -> float | None:
    proposed = turn.state.prompts.question
    return turn.state.rules.sitting + proposed if proposed is not None else None
