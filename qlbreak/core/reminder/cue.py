"""The silent cue: when the icon may move, as an invitation to shift one's weight. No fact."""

from qlbreak.core.model.inputs import Tick
from qlbreak.core.model.rules import MINUTE, NEVER
from qlbreak.core.reminder.prompting import silence
from qlbreak.core.reminder.turn import Turn


def cue(turn: Turn, tick: Tick) -> bool:
    """Once in so many seconds of sitting, to somebody who works at the keys and can see it, and
    only where nothing else is asked, or soon will be, and nothing has a reason for silence."""
    state, senses, clock = turn.state, turn.senses, turn.state.running
    every = state.rules.cue
    if every == NEVER or min(clock.lasted, turn.steady - senses.cued) < every:
        return False
    if not (_sits(turn, tick) and _nothing_asks(turn) and silence(turn) is None):
        return False
    senses.cued = turn.steady
    return True


def _sits(turn: Turn, tick: Tick) -> bool:
    """As far as can be told; who has not touched anything for a minute reads, or looks away."""
    there = not (turn.state.away or turn.state.declared.standing or turn.in_meeting)
    return there and tick.locked is None and tick.idle is not None and tick.idle < MINUTE


def _nothing_asks(turn: Turn) -> bool:
    prompts, clock = turn.state.prompts, turn.state.running
    soon = turn.state.due_at - clock.lasted < MINUTE
    return prompts.open is None and prompts.question is None and not soon
