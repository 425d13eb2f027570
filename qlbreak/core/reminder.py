"""The state machine: inputs in, facts out. Decides when to prompt and what an answer does."""

from datetime import datetime
from typing import assert_never

from qlbreak.core.events import (
    Answered,
    AnyFact,
    Arrived,
    Asked,
    Corrected,
    Declared,
    Expired,
    Held,
    Launched,
    Lengthened,
    Meeting,
    Paused,
    Quit,
    Resumed,
    Shown,
    Started,
    Withdrawn,
)
from qlbreak.core.inputs import (
    Agree,
    AnyInput,
    Arrive,
    Declare,
    Launch,
    Leave,
    Meet,
    Pause,
    Respond,
    Resume,
    Start,
    Tick,
    Undo,
)
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import (
    IGNORED_LIMIT,
    LENGTHEN_BY,
    LONGEST_SITTING,
    SHORT_ROUTINE,
    STANDING_LIMIT,
    Rules,
)
from qlbreak.core.presence import Presence
from qlbreak.core.prompt import Phase, Prompt
from qlbreak.core.silence import silence
from qlbreak.core.terms import (
    Answer,
    By,
    Ending,
    Evidence,
    Posture,
)


class _Refused(Exception):
    """The input means nothing now."""


class Reminder(Presence):
    """One person's prompts. Created at a moment of both clocks, then fed with inputs."""

    def __init__(self, catalogue: Catalogue, rules: Rules, at: datetime, steady: float) -> None:
        super().__init__(catalogue, rules, at, steady)
        self.refused = ""  # why the last input meant nothing, for the person

    # Inputs

    def handle(self, event: AnyInput) -> list[AnyFact]:
        """The facts that follow from *event*; `refused` tells whether it meant something."""
        self.facts, self.refused = [], ""
        self.at, self.when = event.at, max(event.steady, self.when)
        match event:
            case Tick(idle=idle):
                self._tick(idle)
            case Launch():
                self._launch(event)
            case Leave():
                self.settle()
                self.emit(Quit(self.at))
            case _:
                self.look(0.0)  # whoever commands is there
                try:
                    self._command(event)
                except _Refused as refusal:
                    self.refused = str(refusal)
                self._prompt()
        return self.facts

    def _command(self, event: AnyInput) -> None:
        match event:
            case Respond():
                self._respond(event)
            case Start():
                self._start(event)
            case Undo():
                self._undo()
            case Agree():
                self._settle_question(event)
            case Pause() | Resume() | Meet() | Declare() | Arrive():
                self._declare(event)
            case Tick() | Launch() | Leave():
                raise AssertionError(event)
            case _:
                assert_never(event)

    def _launch(self, event: Launch) -> None:
        lost = event.checkpoint
        if lost is not None and lost.after == self.settled_at:
            self.recover(lost)
        self.emit(Launched(self.at, event.version, self.prompts.last, self.prompts.lengthened))
        self._tick(event.idle, launching=True)

    def _tick(self, idle: float | None, *, launching: bool = False) -> None:
        meeting = self.declared.meeting(self.when)
        unknown = idle is None and not meeting
        if unknown is not self.unknown:
            self.settle()
            self.unknown = unknown
        # In a call one sits without typing; where idleness is unknown nothing contradicts presence.
        self.look(0.0 if idle is None or meeting else idle)
        if launching:
            self.woken_till = self.when  # the program was off, the machine need not have slept
        self._lapse()
        self._prompt()

    # Prompts

    def _prompt(self) -> None:
        prompt = self.prompts.open
        if self.away and (prompt is None or not self.declared.standing):
            return
        if prompt is None:
            if self.clock.sitting >= self.due_at:
                self._show_or_hold(None)
        elif prompt.phase is not Phase.SHOWN:
            if prompt.phase is Phase.HELD or self.when >= prompt.deadline:
                self._show_or_hold(prompt)
        elif not prompt.started and silence(self) is not None:
            self._show_or_hold(prompt)
        elif self.when >= prompt.deadline:
            self._expire(prompt)

    def _show_or_hold(self, prompt: Prompt | None) -> None:
        reason = silence(self)
        if reason is None:
            self._show(prompt)
        elif prompt is None or prompt.reason is not reason:
            number = prompt.number if prompt is not None else self.prompts.last + 1
            self.emit(Held(self.at, number, reason))

    def _show(
        self, prompt: Prompt | None, *, asked: bool = False, snoozes: int | None = None
    ) -> None:
        number = prompt.number if prompt is not None else self.prompts.last + 1
        if snoozes is None:
            snoozes = prompt.snoozes if prompt is not None else 0
        last_call = not asked and snoozes >= self.rules.snooze_limit > 0
        chosen = self.rotation.length(prompt.routine) if prompt is not None else 0
        if prompt is not None and chosen and (chosen == SHORT_ROUTINE or not last_call):
            routine, side = prompt.routine, prompt.side
        else:
            routine, side = self.rotation.choose(SHORT_ROUTINE if last_call else self.rules.routine)
        sitting = round(self.clock.sitting, 3)
        self.emit(Shown(self.at, number, routine, side, sitting, snoozes, asked))

    def _expire(self, prompt: Prompt) -> None:
        self.settle()
        self.emit(Expired(self.at, prompt.number))
        proposed = min(self.prompts.lengthened + LENGTHEN_BY, LONGEST_SITTING - self.rules.sitting)
        often = self.prompts.ignored >= IGNORED_LIMIT and not self.prompts.asked
        if often and not self.unknown and proposed > self.prompts.lengthened:
            self.emit(Asked(self.at, proposed))

    def _lapse(self) -> None:
        stood_up, prompt, prompts = self.declared.stood_up, self.prompts.open, self.prompts
        if stood_up is not None and self.when - stood_up >= STANDING_LIMIT:
            self.emit(Declared(self.at, Posture.SITTING, By.TIME))
        if prompt is not None and prompt.broke and self.when >= prompt.deadline:
            self.emit(Withdrawn(self.at, prompt.number))
        answered = prompts.question is not None and self.when >= prompts.question_till
        if prompts.question is not None and answered and not self.away:
            self.emit(Lengthened(self.at, prompts.question, By.TIME))

    # Commands

    def _open(self, number: int | None) -> Prompt:
        prompt = self.prompts.open
        if prompt is None:
            raise _Refused("no prompt is open")
        if number is not None and number != prompt.number:
            raise _Refused("that prompt is over")
        return prompt

    def _respond(self, event: Respond) -> None:
        if self._late(event):
            return
        prompt = self._open(event.prompt)
        if prompt.shown_at is None:
            raise _Refused("the prompt is still held back")
        snooze = None
        if event.answer is Answer.SNOOZED:
            snooze = self._snooze(prompt, event.snooze)
        evidence = Evidence.CLAIMED if event.answer is Answer.DONE else None
        self.settle()
        self.emit(Answered(self.at, prompt.number, event.answer, event.via, evidence, snooze))

    def _late(self, event: Respond) -> bool:
        """Whether it is a "done" for a prompt that is over: done first, said afterwards."""
        end = self.prompts.undoable(self.when)
        if self.prompts.open is not None or event.answer is not Answer.DONE or end is None:
            return False
        if end.ending is Ending.DONE or event.prompt not in (None, end.number):
            return False
        self.settle()
        self.emit(Corrected(self.at, end.number, Ending.DONE))
        return True

    def _snooze(self, prompt: Prompt, wanted: float | None) -> float:
        if prompt.phase is Phase.SNOOZED:
            raise _Refused("it is snoozed already")
        if prompt.snoozes >= self.rules.snooze_limit:
            raise _Refused("no snooze is left for this prompt: do the short routine, or skip it")
        return wanted if wanted is not None else self.rules.snoozes[0]

    def _start(self, event: Start) -> None:
        prompt = self._open(event.prompt) if event.prompt is not None else self.prompts.open
        if prompt is not None and prompt.started:
            raise _Refused("the routine is under way already")
        if prompt is None or prompt.phase is not Phase.SHOWN:
            self._show(prompt, asked=prompt is None or prompt.shown_at is None)
        if self.prompts.open is not None:
            self.emit(Started(self.at, self.prompts.open.number, event.via))

    def _undo(self) -> None:
        prompt, end = self.prompts.open, self.prompts.undoable(self.when)
        if prompt is not None and prompt.phase is Phase.SNOOZED:
            self._show(prompt, snoozes=prompt.snoozes - 1)
        elif end is not None:
            self.settle()
            self.emit(Corrected(self.at, end.number, end.undone))
        else:
            raise _Refused("nothing to undo: an answer can be taken back for 10 minutes")

    def _settle_question(self, event: Agree) -> None:
        prompts = self.prompts
        if prompts.question is not None:
            chosen = prompts.question if event.longer else prompts.lengthened
        elif not event.longer and prompts.lengthened > 0:
            chosen = 0.0
        else:
            raise _Refused("nothing to settle: the interval is the one in the settings")
        self.emit(Lengthened(self.at, chosen, By.USER))

    def _declare(self, event: Pause | Resume | Meet | Declare | Arrive) -> None:
        match event:
            case Pause(seconds=seconds, until=until):
                self.emit(Paused(self.at, seconds, until))
            case Resume():
                self._resume()
            case Meet(seconds=seconds):
                if seconds == 0 and not self.declared.meeting(self.when):
                    raise _Refused("no meeting is on")
                self.emit(Meeting(self.at, seconds))
            case Declare(posture=posture):
                self._take_posture(posture)
            case Arrive(seconds=seconds):
                self._arrive(seconds)

    def _arrive(self, seconds: float) -> None:
        if self.declared.standing:
            raise _Refused("you stand now; sit down first: qlbreak sit")
        self.settle()
        began = self.clock.broke_until
        self.emit(Arrived(self.label(self.when if began is None else began), seconds))

    def _resume(self) -> None:
        paused = self.declared.paused(self.at, self.when)
        meeting = self.declared.meeting(self.when)
        if not (paused or meeting):
            raise _Refused("nothing is paused")
        if paused:
            self.emit(Resumed(self.at))
        if meeting:
            self.emit(Meeting(self.at, 0))

    def _take_posture(self, posture: Posture) -> None:
        if (posture is Posture.STANDING) is self.declared.standing:
            raise _Refused(f"you are {posture} already")
        self.settle()
        self.emit(Declared(self.at, posture))
