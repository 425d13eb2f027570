"""What the person declares, and nobody can sense: pause, meeting, posture, place, how it feels."""

from datetime import timedelta

from qlbreak.core.model.facts import (
    Arrived,
    CheckedIn,
    Declared,
    Declined,
    Discontinued,
    Lengthened,
    Meeting,
    Moved,
    Paused,
    Prescribed,
    Resumed,
    Sore,
    Staged,
)
from qlbreak.core.model.inputs import (
    Agree,
    Arrive,
    CheckIn,
    Declare,
    Discontinue,
    Meet,
    Move,
    Pace,
    Pause,
    Prescribe,
    Resume,
    TellSore,
)
from qlbreak.core.model.movements import Stage
from qlbreak.core.model.rules import DAY, day_of, next_day, next_time, wall
from qlbreak.core.model.terms import By, Posture
from qlbreak.core.reminder.presence import settle, sit_down
from qlbreak.core.reminder.prompting import renew
from qlbreak.core.reminder.turn import Refused, Turn
from qlbreak.language import _

_LONGEST = timedelta(seconds=DAY / 2)  # of standing: an hour that has passed is not meant

# For how long there are to be no prompts


def pause(turn: Turn, event: Pause) -> None:
    until = None
    if event.until is not None:
        until = next_time(turn.at, event.until)
    elif event.seconds is None:
        until = next_day(turn.at, turn.state.rules.day_turn)
    turn.emit(Paused(turn.at, event.seconds, until))


def resume(turn: Turn, _resume: Resume) -> None:
    paused = turn.state.declared.paused(turn.steady)
    meeting = turn.state.declared.meeting(turn.steady)
    if not (paused or meeting):
        raise Refused(_("nothing is paused"))
    if paused:
        turn.emit(Resumed(turn.at))
    if meeting:
        turn.emit(Meeting(turn.at, 0))


def meet(turn: Turn, event: Meet) -> None:
    if event.seconds == 0 and not turn.state.declared.meeting(turn.steady):
        raise Refused(_("no meeting is on"))
    turn.emit(Meeting(turn.at, event.seconds))


# Where and how the person is


def take_posture(turn: Turn, event: Declare) -> None:
    """Who stands already may say anew for how long."""
    ends, stands = event.seconds or event.until, turn.state.declared.standing
    if event.posture is Posture.SITTING:
        if not stands:
            raise Refused(_("you are already sitting"))
        sit_down(turn)
        return
    if stands and not ends:
        raise Refused(_("you are already standing"))
    settle(turn)
    until = next_time(turn.at, event.until) if event.until is not None else None
    if until is not None and until - wall(turn.at) > _LONGEST:
        raise Refused(_("that is more than 12 hours away; name an earlier time"))
    turn.emit(Declared(turn.at, event.posture, By.USER, event.seconds, until))


def arrive(turn: Turn, event: Arrive) -> None:
    if turn.state.declared.standing:
        raise Refused(_("you are standing; first say: qlbreak sit"))
    settle(turn)
    began = turn.state.clock.broke_until
    turn.emit(Arrived(turn.label(turn.steady if began is None else began), event.seconds))


def move(turn: Turn, event: Move) -> None:
    turn.emit(Moved(turn.at, event.place))
    renew(turn)


def tell_sore(turn: Turn, event: TellSore) -> None:
    turn.emit(Sore(turn.at, event.side))
    renew(turn)


def check_in(turn: Turn, event: CheckIn) -> None:
    turn.emit(CheckedIn(turn.at, event.left, event.right, event.middle, event.work))
    renew(turn)


# What somebody else asks for


def prescribe(turn: Turn, event: Prescribe) -> None:
    held, programme = turn.state.history.prescribed, event.programme
    if programme.over(day_of(turn.at, turn.state.rules.day_turn)):
        raise Refused(_("this plan is over by its start; change the start"))
    before = held.programme.name if held is not None and held.programme is not None else ""
    turn.emit(Prescribed(turn.at, programme, event.digest, before))
    renew(turn)


def discontinue(turn: Turn, _wish: Discontinue) -> None:
    held = turn.state.history.prescribed
    if held is None or held.programme is None:
        raise Refused(_("there is no plan to end"))
    turn.emit(Discontinued(turn.at, held.programme.name))
    renew(turn)


# How often, and how hard


def agree(turn: Turn, event: Agree) -> None:
    prompts = turn.state.prompts
    if prompts.question is not None:
        chosen = prompts.question if event.longer else prompts.lengthened
    elif not event.longer and prompts.lengthened > 0:
        chosen = 0.0
    else:
        raise Refused(_("nothing to change: reminders already come as often as your settings say"))
    turn.emit(Lengthened(turn.at, chosen, By.USER))


def pace(turn: Turn, event: Pace) -> None:
    progress, staging = turn.state.progress, turn.state.staging
    stage, higher = progress.stage, staging.higher()
    if event.step == 0:
        if progress.invited is None:
            raise Refused(_("no harder stage was offered"))
        turn.emit(Declined(turn.at))
    elif event.step > 0:
        missing = staging.missing(turn.at)
        if missing or higher is None:
            raise Refused(_("not yet: {missing}", missing=missing))
        turn.emit(Staged(turn.at, higher, By.USER))
    elif stage is Stage.SETTLE:
        raise Refused(_("you are already at the gentlest stage"))
    else:
        turn.emit(Staged(turn.at, list(Stage)[stage.rank - 1], By.USER))
