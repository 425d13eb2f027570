"""The state machine: inputs in, facts out. What each command and answer does."""

from collections.abc import Mapping
from typing import assert_never

from qlbreak.core.model.facts import (
    AnyFact,
    Arrived,
    CheckedIn,
    Declared,
    Declined,
    Launched,
    Lengthened,
    Meeting,
    Moved,
    Paused,
    Quit,
    Resumed,
    Sore,
    Staged,
    Stayed,
)
from qlbreak.core.model.inputs import (
    Agree,
    AnyInput,
    Arrive,
    CheckIn,
    Close,
    Command,
    Declare,
    Feel,
    Hear,
    Launch,
    Leave,
    Meet,
    Move,
    Notice,
    Pace,
    Pause,
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
from qlbreak.core.model.movements import Stage
from qlbreak.core.model.rules import DAY, STAYED_WITHIN
from qlbreak.core.model.terms import By, Cause, Posture
from qlbreak.core.reminder.answering import Refused
from qlbreak.core.reminder.hearing import Hearing


class Reminder(Hearing):
    """One person's prompts. Created at a moment of both clocks, then fed with inputs."""

    refused = ""  # why the last input meant nothing, for the person

    def handle(self, event: AnyInput) -> list[AnyFact]:
        """The facts that follow from *event*; `refused` tells whether it meant something."""
        self.facts, self.refused = [], ""
        self.at, self.when = event.at, max(event.steady, self.when)
        self.declared.look(self.at)
        match event:
            case Tick():
                self._tick(event)
            case Launch():
                self._launch(event)
            case Leave():
                self.settle()
                self.emit(Quit(self.at))
            case Hear(device=device, facts=facts):
                self.hear(device, facts)
                self.prompt_if_due()
            case Reconfigure():  # no sign of anybody: the file may have come from elsewhere
                self.follow(event.catalogue, event.rules, event.profile)
                self.renew()
                self.prompt_if_due()
            case Report() | Close() | Feel():
                self.guided(event)  # the window may have closed by itself: nobody need be here
                self.prompt_if_due()
            case _:
                self.senses.heard(self.when)
                self.look(0.0)  # whoever commands is there
                try:
                    self._command(event)
                except Refused as refusal:
                    self.refused = str(refusal)
                self.prompt_if_due()
        return self.facts

    def _command(self, event: Command) -> None:
        match event:
            case Respond():
                self.respond(event)
            case Start():
                self.start(event)
            case Undo():
                self.undo()
            case Agree():
                self._settle_question(event)
            case Pace() | TellSore() | CheckIn() | Move() | StaySeated() | Notice():
                self._tell(event)
            case Pause() | Resume() | Meet() | Declare() | Arrive():
                self._declare(event)
            case Report() | Close() | Feel():
                raise AssertionError(event)
            case _:
                assert_never(event)

    def _launch(self, event: Launch) -> None:
        lost = event.checkpoint
        if lost is not None and lost.after == self.settled_at:
            self.recover(lost)
        prompts, progress = self.prompts, self.progress
        self.emit(
            Launched(
                self.at, event.version, prompts.last, prompts.lengthened,
                progress.stage, progress.since,
            )
        )  # fmt: skip
        # Nothing is on the screen yet: it counts as seen from the next look on.
        seeing = event.idle, event.locked, event.busy
        self._tick(Tick(event.at, event.steady, *seeing, hidden=True), event.heard)
        self.renew()

    def _tick(self, event: Tick, heard: Mapping[str, list[AnyFact]] | None = None) -> None:
        """At a start: what was *heard* of other devices lately."""
        idle, senses = event.idle, self.senses
        senses.take(self.when, idle, event.busy, self.rules.away)
        if self.prompts.open is not None and not event.hidden:
            self.prompts.open.seen = True
        unknown = idle is None and not self.in_meeting
        if unknown is not senses.unknown:
            self.settle()
            senses.unknown = unknown
        self._look(event)
        if heard is not None:
            self.woken_till = self.when  # the program was off, the machine need not have slept
            for device, facts in heard.items():
                self.hear(device, facts)
        if idle is not None:
            self.watch(idle)
        self.lapse()
        self.prompt_if_due()
        if heard is None:
            self.inquire()

    def _look(self, event: Tick) -> None:
        """In a call one sits without typing; where idleness is unknown nothing contradicts that one
        sits, but not for ever; and where the screen is locked nobody does."""
        idle = event.idle
        if event.locked is not None and self.senses.locked(self.when, event.locked):
            before = idle if idle is not None and idle >= self.rules.away else 0.0
            self.look(max(event.locked, before), Cause.LOCK)
        elif self.in_meeting:
            self.look(0.0)
        elif idle is None:
            silent = self.senses.silent(self.when)
            self.look(silent, Cause.UNKNOWN if silent else None)
        else:
            self.look(idle)

    # Declarations

    def _settle_question(self, event: Agree) -> None:
        prompts = self.prompts
        if prompts.question is not None:
            chosen = prompts.question if event.longer else prompts.lengthened
        elif not event.longer and prompts.lengthened > 0:
            chosen = 0.0
        else:
            raise Refused("nothing to settle: the interval is the one in the settings")
        self.emit(Lengthened(self.at, chosen, By.USER))

    def _declare(self, event: Pause | Resume | Meet | Declare | Arrive) -> None:
        match event:
            case Pause(seconds=seconds, until=until):
                self.emit(Paused(self.at, seconds, until))
            case Resume():
                self._resume()
            case Meet(seconds=seconds):
                if seconds == 0 and not self.declared.meeting(self.when):
                    raise Refused("no meeting is on")
                self.emit(Meeting(self.at, seconds))
            case Declare(posture=posture):
                self._take_posture(posture)
            case Arrive(seconds=seconds):
                self._arrive(seconds)

    def _arrive(self, seconds: float) -> None:
        if self.declared.standing:
            raise Refused("you stand now; sit down first: qlbreak sit")
        self.settle()
        began = self.clock.broke_until
        self.emit(Arrived(self.label(self.when if began is None else began), seconds))

    def _resume(self) -> None:
        paused = self.declared.paused(self.when)
        meeting = self.declared.meeting(self.when)
        if not (paused or meeting):
            raise Refused("nothing is paused")
        if paused:
            self.emit(Resumed(self.at))
        if meeting:
            self.emit(Meeting(self.at, 0))

    def _take_posture(self, posture: Posture) -> None:
        if (posture is Posture.STANDING) is self.declared.standing:
            raise Refused(f"you are {posture} already")
        self.settle()
        self.emit(Declared(self.at, posture))

    def _tell(self, event: Pace | TellSore | CheckIn | Move | StaySeated | Notice) -> None:
        match event:
            case Notice(prompt=number):
                self._open(number).seen = True
            case TellSore(side=side):
                self.emit(Sore(self.at, side))
                self.renew()
            case CheckIn(left=left, right=right, middle=middle, work=work):
                self.emit(CheckedIn(self.at, left, right, middle, work))
                self.renew()
            case Move(place=place):
                self.emit(Moved(self.at, place))
                self.renew()
            case StaySeated():
                self._stay()
            case Pace(step=step):
                self._pace(step)

    @property
    def may_have_stayed(self) -> bool:
        """The last natural break is fresh, only idleness tells of it, and somebody can have sat
        through it."""
        fresh = self.clock.ended is not None and self.when - self.back_at <= STAYED_WITHIN
        return fresh and self.idled <= DAY

    def _stay(self) -> None:
        if not self.may_have_stayed:
            raise Refused("no natural break of the last minutes is to be taken back")
        self.settle()
        self.emit(Stayed(self.at, round(self.idled, 3)))

    def _pace(self, step: int) -> None:
        stage, higher = self.progress.stage, self.staging.higher()
        if step == 0:
            if self.progress.invited is None:
                raise Refused("nothing was proposed")
            self.emit(Declined(self.at))
        elif step > 0:
            missing = self.staging.missing(self.at)
            if missing or higher is None:
                raise Refused(f"not yet: {missing}")
            self.emit(Staged(self.at, higher, By.USER))
        elif stage is Stage.SETTLE:
            raise Refused("this is the gentlest stage already")
        else:
            self.emit(Staged(self.at, list(Stage)[stage.rank - 1], By.USER))
