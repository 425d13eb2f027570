"""Everything that can happen: inputs go into the reminder, facts come out, the journal's lines.

Times: `at` is aware local time and serves for labels and hours; `steady` is elapsed real time in
seconds, counts suspend, ignores a changed clock, and serves for durations, which are seconds too.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from qlbreak.core.terms import Answer, By, Cause, Ending, Evidence, Posture, Reason, Side

# What a file may claim; beyond this the arithmetic of dates would give up.
Label = Annotated[datetime, Meta(tz=True)]
Seconds = Annotated[float, Meta(ge=0, le=1e9)]


class Checkpoint(Struct, frozen=True):
    """The running spell as it would be lost by a kill: not a fact yet.

    `after` is the label of the last fact that settled sitting time; a checkpoint taken before
    another one was settled is stale. `tail` is the part of the time since then without any input.
    """

    at: Label
    after: Label | None
    seconds: Seconds
    tail: Seconds
    known: bool = True


# Inputs


class Input(Struct, frozen=True):
    at: datetime
    steady: float


class Launch(Input, frozen=True):
    """The program starts, and takes its first look: `idle` as in a tick."""

    version: str = ""
    idle: float | None = None
    checkpoint: Checkpoint | None = None


class Tick(Input, frozen=True):
    """A regular look at the desk. `idle`: seconds since the last input, None if that is unknown."""

    idle: float | None = None


class Respond(Input, frozen=True):
    """Answers the open prompt; with `prompt`, only if that one is the open one.

    `snooze`: for how long, None for the first of the configured lengths.
    """

    answer: Answer
    via: str = ""
    prompt: int | None = None
    snooze: float | None = None


class Start(Input, frozen=True):
    """Begins the open prompt's routine, or one asked for out of turn."""

    via: str = ""
    prompt: int | None = None


class Undo(Input, frozen=True):
    pass


class Pause(Input, frozen=True):
    """No prompts for `seconds`, or until the wall clock shows `until`."""

    seconds: float | None = None
    until: datetime | None = None


class Resume(Input, frozen=True):
    """Ends a pause and a meeting."""


class Declare(Input, frozen=True):
    posture: Posture


class Meet(Input, frozen=True):
    """A meeting for `seconds`; 0 ends it."""

    seconds: float


class Arrive(Input, frozen=True):
    """Sat for `seconds` in a car, train or plane before coming here."""

    seconds: float


class Agree(Input, frozen=True):
    """Answers the question whether to remind less often; also takes an earlier yes back."""

    longer: bool


class Leave(Input, frozen=True):
    """The program ends."""


# Facts


# Plain values: nothing in them for the collector, which years of them would keep busy.
class Fact(Struct, frozen=True, tag=str.lower, omit_defaults=True, gc=False):
    at: Label


class Launched(Fact, frozen=True):
    """The program started. Carries what must outlive the part of the journal that is read back."""

    version: str
    prompt: int = 0
    lengthened: Seconds = 0.0


class Quit(Fact, frozen=True):
    pass


class Sat(Fact, frozen=True):
    """Sat for `seconds` up to `at`: a part of a spell. `known`: False where idleness could not be
    read, and sitting is no more than assumed."""

    seconds: Seconds
    known: bool = True


class Arrived(Fact, frozen=True):
    """Declared to have sat for `seconds` elsewhere, up to `at`, when this spell began."""

    seconds: Seconds


class Break(Fact, frozen=True):
    """A natural break: away since `at`, long enough to count."""

    cause: Cause


class Held(Fact, frozen=True):
    """The prompt is due, or was shown, and is kept back."""

    prompt: int
    reason: Reason


class Shown(Fact, frozen=True):
    """The prompt asks; again, after each of its `snoozes`. `asked`: the person started it."""

    prompt: int
    routine: str
    side: Side
    sitting: Seconds
    snoozes: int = 0
    asked: bool = False


class Started(Fact, frozen=True):
    prompt: int
    via: str = ""


class Answered(Fact, frozen=True):
    prompt: int
    answer: Answer
    via: str = ""
    evidence: Evidence | None = None
    snooze: Seconds | None = None


class Expired(Fact, frozen=True):
    prompt: int


class Withdrawn(Fact, frozen=True):
    """A natural break came before an answer."""

    prompt: int


class Corrected(Fact, frozen=True):
    """The last prompt's end was taken back: `ending` is what became of it after all."""

    prompt: int
    ending: Ending


class Paused(Fact, frozen=True):
    seconds: Seconds | None = None
    until: Label | None = None


class Resumed(Fact, frozen=True):
    pass


class Declared(Fact, frozen=True):
    posture: Posture
    by: By = By.USER


class Meeting(Fact, frozen=True):
    """In a meeting for `seconds`; 0: it is over."""

    seconds: Seconds


class Asked(Fact, frozen=True):
    """Several prompts in a row went by: shall there be fewer? `lengthened`: what is proposed."""

    lengthened: Seconds


class Lengthened(Fact, frozen=True):
    """From now on `lengthened` seconds are added to the configured sitting time."""

    lengthened: Seconds
    by: By


AnyFact = (
    Launched | Quit | Sat | Arrived | Break | Held | Shown | Started | Answered | Expired
    | Withdrawn | Corrected | Paused | Resumed | Declared | Meeting | Asked | Lengthened
)  # fmt: skip
AnyInput = (
    Launch | Tick | Respond | Start | Undo | Pause | Resume | Declare | Meet | Arrive | Agree
    | Leave
)  # fmt: skip
