"""The state machine: inputs in, facts out. Which function of which topic takes what."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from qlbreak.core.model.facts import AnyFact, Launched, Quit, Sat, Stood
from qlbreak.core.model.inputs import (
    Agree,
    Another,
    AnyInput,
    Arrive,
    CheckIn,
    Checkpoint,
    Close,
    Declare,
    Discontinue,
    Feel,
    GoOn,
    Hear,
    Launch,
    Leave,
    Meet,
    Move,
    Notice,
    Pace,
    Pause,
    Prescribe,
    Reconfigure,
    Report,
    Respond,
    Resume,
    Start,
    StaySeated,
    TellSore,
    Tick,
    Undo,
)
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import NOBODY, Profile
from qlbreak.core.model.rules import Rules
from qlbreak.core.reminder import answering, cue, declaring, presence, prompting
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.state import State
from qlbreak.core.reminder.turn import Refused, Senses, Turn


class Reminder:
    """One person's prompts. Created at a moment of both clocks, then fed with inputs."""

    def __init__(
        self,
        catalogue: Catalogue,
        rules: Rules,
        at: datetime,
        steady: float,
        profile: Profile = NOBODY,
        seed: int = 0,
    ) -> None:
        self.state = State(catalogue, rules, steady, profile, seed)
        self.senses = Senses(steady)
        self.turn = Turn(self.state, self.senses, at, steady)  # the last one
        self.refused = ""  # why the last input meant nothing, for the person

    def replay(self, facts: Iterable[AnyFact]) -> None:
        """Take in what the journal tells, before the first input."""
        self.state.replay(facts, self.turn.reading)

    def handle(self, event: AnyInput, at: datetime, steady: float) -> list[AnyFact]:
        """The facts that follow from *event* at this moment; `refused` tells whether it meant
        something."""
        turn = Turn(self.state, self.senses, at, max(steady, self.turn.steady))
        self.turn, self.refused = turn, ""
        self.state.declared.look(at)
        kind = type(event)
        if kind in RUN:
            RUN[kind](turn, event)
        elif kind in NEWS:
            NEWS[kind](turn, event)
            prompting.prompt_if_due(turn)
        else:
            self._command(turn, event)
        return turn.facts

    def _command(self, turn: Turn, event: AnyInput) -> None:
        turn.senses.heard(turn.steady)
        presence.look(turn, 0.0)  # whoever commands is there
        try:
            COMMANDS[type(event)](turn, event)
        except Refused as refusal:
            self.refused = str(refusal)
        prompting.prompt_if_due(turn)

    def checkpoint(self) -> Checkpoint:
        """What a kill at this moment would lose."""
        return presence.checkpoint(self.turn)

    def cue(self, tick: Tick) -> bool:
        """Whether the icon is to move now; asked once, after *tick*."""
        return cue.cue(self.turn, tick)

    @property
    def pending(self) -> Sat | Stood:
        """What was sat or stood of late, and no fact tells of yet."""
        return presence.pending(self.turn)

    @property
    def at(self) -> datetime:
        """The wall clock's label of the last input."""
        return self.turn.at

    @property
    def asks(self) -> bool:
        """The person is to read something now, to answer it, or to do it."""
        prompts = self.state.prompts
        shown = prompts.open is not None and prompts.open.phase is Phase.SHOWN
        return shown or prompts.question is not None

    @property
    def waits(self) -> bool:
        """A prompt is due, and waits for a pause in typing."""
        return self.senses.wanted_at is not None


def _tick(turn: Turn, event: Tick) -> None:
    prompt = turn.state.prompts.open
    if prompt is not None and not event.hidden:
        prompt.seen = True
    presence.see(turn, event)
    _pass(turn, event)
    prompting.inquire(turn)


def _pass(turn: Turn, tick: Tick) -> None:
    """What time has brought by itself."""
    if tick.idle is not None:
        answering.watch(turn, tick.idle)
    prompting.lapse(turn)
    prompting.prompt_if_due(turn)
    prompting.prompt_early(turn)


def _launch(turn: Turn, event: Launch) -> None:
    if event.checkpoint is not None:
        presence.recover(turn, event.checkpoint, event.first.idle)
    prompts, progress = turn.state.prompts, turn.state.progress
    programme, since = turn.state.history.lasting(turn.at)
    turn.emit(
        Launched(
            turn.at, event.version, prompts.last, prompts.lengthened,
            progress.stage, progress.since, programme, since,
        )
    )  # fmt: skip
    presence.see(turn, event.first)  # nothing is on the screen yet: it counts as seen later
    turn.senses.woken_till = turn.steady  # the program was off, the machine need not have slept
    for device, facts in event.heard.items():
        answering.hear(turn, Hear(device, facts))
    _pass(turn, event.first)
    prompting.renew(turn)


def _leave(turn: Turn, _: Leave) -> None:
    presence.settle(turn)
    turn.emit(Quit(turn.at))


def _reconfigure(turn: Turn, event: Reconfigure) -> None:
    before = turn.state.coach.never
    turn.state.follow(event.catalogue, event.rules, event.profile)
    prompting.renew(turn)
    answering.obey(turn, event.profile.never - before)


# A function for each type of input.
Table = Mapping[type, Callable[[Turn, Any], None]]

# The program's own course; each says itself whether a prompt may follow, as it may after all below.
RUN: Table = {Tick: _tick, Launch: _launch, Leave: _leave}

# No sign of anybody: a file may have come from elsewhere, the guide's window have closed by itself.
NEWS: Table = {
    Hear: answering.hear,
    Reconfigure: _reconfigure,
    Report: answering.report,
    Close: answering.close,
    Feel: answering.feel,
}
COMMANDS: Table = {
    Respond: answering.respond,
    Start: answering.start,
    Another: answering.swap,
    GoOn: answering.go_on,
    Notice: answering.notice,
    Undo: answering.undo,
    StaySeated: presence.stay,
    Pause: declaring.pause,
    Resume: declaring.resume,
    Meet: declaring.meet,
    Declare: declaring.take_posture,
    Arrive: declaring.arrive,
    Move: declaring.move,
    TellSore: declaring.tell_sore,
    CheckIn: declaring.check_in,
    Agree: declaring.agree,
    Pace: declaring.pace,
    Prescribe: declaring.prescribe,
    Discontinue: declaring.discontinue,
}
