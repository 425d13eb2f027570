"""Is somebody here? Turns looks at the desk into what was sat and stood, and the breaks between."""

from datetime import datetime

from qlbreak.core.model.facts import Break, Declared, Sat, Stayed, Stood, Withdrawn
from qlbreak.core.model.inputs import Checkpoint, StaySeated, Tick
from qlbreak.core.model.rules import DAY, SETTLE_EVERY, STAYED_WITHIN, WOKEN_GRACE
from qlbreak.core.model.terms import CALL, By, Cause, Early, Posture, Reason
from qlbreak.core.reminder.posture import PostureClock
from qlbreak.core.reminder.turn import Refused, Turn
from qlbreak.language import _

# Absences that nothing but missing input tells of.
_DOUBTFUL = (Cause.IDLE, Cause.UNKNOWN)


def see(turn: Turn, tick: Tick) -> None:
    """In a call one is there without typing; where idleness is unknown nothing contradicts that,
    but not for ever; and where the screen is locked nobody is."""
    senses, idle, away = turn.senses, tick.idle, turn.state.rules.away
    senses.take(turn.steady, idle, tick.busy, away)
    senses.endings.look(turn.steady, idle, _going_on(turn, tick))
    unknown = idle is None and not turn.in_meeting
    if unknown is not senses.unknown:
        settle(turn)
        senses.unknown = unknown
    if tick.locked is not None and senses.locked(turn.steady, tick.locked):
        before = idle if idle is not None and idle >= away else 0.0
        look(turn, max(tick.locked, before), Cause.LOCK)
    elif turn.in_meeting:
        look(turn, 0.0)
    elif idle is None:
        silent = senses.silent(turn.steady)
        look(turn, silent, Cause.UNKNOWN if silent else None)
    else:
        look(turn, idle)


def _going_on(turn: Turn, tick: Tick) -> frozenset[Early]:
    """What will be a good moment for a prompt when it is over."""
    on = set()
    if turn.state.declared.meeting(turn.steady) or not CALL.isdisjoint(tick.busy):
        on.add(Early.CALL)
    if Reason.FULL_SCREEN in tick.busy:
        on.add(Early.FULL_SCREEN)
    if tick.locked is not None:
        on.add(Early.UNLOCKED)
    return frozenset(on)


def look(turn: Turn, idle: float, gone: Cause | None = None) -> None:
    """*gone*: nobody can be here, whatever *idle* is."""
    clock, sitting = turn.state.running, turn.state.clock
    if clock is not sitting and sitting.is_break(turn.steady):  # to stand is a break from it
        _break(turn, sitting)
    before = clock.last
    clock.look(turn.steady, idle, gone)
    if clock.absent_since is not None:
        _absent(turn, before, idle, gone)
    elif clock.certain >= SETTLE_EVERY:
        settle(turn)


def _absent(turn: Turn, before: float, idle: float, gone: Cause | None) -> None:
    clock = turn.state.running
    settle(turn)
    back = idle < clock.away and gone is None
    until = max(before, turn.steady - idle) if back else turn.steady
    if clock.is_break(until):
        _break(turn, clock)
    if back:
        _remember(turn, until)
        if turn.steady - before > clock.max_gap:
            turn.senses.woken_till = turn.steady + WOKEN_GRACE
        clock.come_back(until)


def _remember(turn: Turn, until: float) -> None:
    """An absence that may have been none: nothing but idleness tells of it. Whoever stands does not
    sit still for so long."""
    clock, senses = turn.state.running, turn.senses
    sits = clock.posture is Posture.SITTING
    if sits and clock.absent_since is not None and clock.cause in _DOUBTFUL and clock.counted:
        senses.back_at, senses.idled = turn.steady, until - clock.absent_since


def _break(turn: Turn, clock: PostureClock) -> None:
    """One from sitting by standing up leaves the prompt that came since."""
    prompt, running = turn.state.prompts.open, turn.state.running
    ends = prompt is not None and (clock is running or not prompt.standing)
    fresh = ends and prompt is not None and not prompt.broke
    if clock.absent_since is None or not (clock.settled or fresh):
        return
    if ends:
        withdraw(turn)
    turn.senses.back_at = float("-inf")  # what was before it cannot have been sat through any more
    turn.emit(Break(turn.label(clock.absent_since), clock.cause))


def withdraw(turn: Turn) -> None:
    """The open prompt, since there was a break after all; but who has started its routine may well
    be doing it, away from the keys."""
    prompt = turn.state.prompts.open
    if prompt is not None and not (prompt.started and turn.steady < prompt.deadline):
        turn.emit(Withdrawn(turn.at, prompt.number))


def sit_down(turn: Turn, by: By = By.USER) -> None:
    """What came to somebody who stands has nothing more to ask for."""
    settle(turn)
    prompt = turn.state.prompts.open
    if prompt is not None and prompt.standing:
        withdraw(turn)
    turn.emit(Declared(turn.at, Posture.SITTING, by))


def settle(turn: Turn) -> None:
    """What was certainly sat, or stood, becomes a fact."""
    clock = turn.state.running
    seconds = clock.settle()
    if seconds > 0:
        absent = clock.absent_since
        end = absent if absent is not None else clock.last - clock.tail
        turn.emit(_spent(turn, turn.label(end), seconds))


def pending(turn: Turn) -> Sat | Stood:
    """What no fact tells of yet."""
    return _spent(turn, turn.at, turn.state.running.pending)


def _spent(turn: Turn, until: datetime, seconds: float) -> Sat | Stood:
    stands, known = turn.state.declared.standing, not turn.senses.unknown
    return Stood(until, seconds, known) if stands else Sat(until, seconds, known)


# A break that was none


def may_have_stayed(turn: Turn) -> bool:
    """The last natural break is fresh, only idleness tells of it, and somebody can have sat through
    it."""
    senses = turn.senses
    fresh = turn.state.clock.ended is not None and turn.steady - senses.back_at <= STAYED_WITHIN
    return fresh and senses.idled <= DAY


def stay(turn: Turn, _wish: StaySeated) -> None:
    if not may_have_stayed(turn):
        raise Refused(_("there is no recent natural break to cancel"))
    settle(turn)
    turn.emit(Stayed(turn.at, round(turn.senses.idled, 3)))


# Over a kill


def checkpoint(turn: Turn) -> Checkpoint:
    """What a kill at this moment would lose."""
    clock = turn.state.running
    seen, known = turn.label(clock.last), not turn.senses.unknown
    return Checkpoint(
        seen, turn.state.settled_at, clock.pending, clock.tail, known, max(clock.last, 0.0)
    )  # fmt: skip


def recover(turn: Turn, lost: Checkpoint, idle: float | None) -> None:
    """Unless another one has settled since. *idle*: seconds since the last input by now."""
    if lost.after != turn.state.settled_at:
        return
    clock, steady = turn.state.running, lost.steady
    # Nothing was touched since, so the machine was not restarted either: then the wall clock, which
    # may have been set meanwhile, need not be asked how long ago that was.
    if steady is not None and idle is not None and turn.steady - idle <= steady <= turn.steady:
        clock.last = steady
    else:
        clock.last = max(turn.reading(lost.at), clock.last)
    clock.pending, clock.tail = lost.seconds, lost.tail
    turn.senses.unknown = not lost.known
    settle(turn)
