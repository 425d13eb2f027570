"""Everything that can happen: inputs go into the reminder, facts come out, the journal's lines.

Times: `at` is aware local time and serves for labels and hours; `steady` is elapsed real time in
seconds, counts suspend, ignores a changed clock, and serves for durations, which are seconds too.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

# What a file may claim; beyond this the arithmetic of dates would give up.
Moment = Annotated[datetime, Meta(tz=True)]
Seconds = Annotated[float, Meta(ge=0, le=1e9)]


class Side(StrEnum):
    """The side that a routine targets first."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Answer(StrEnum):
    DONE = "done"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"


class Evidence(StrEnum):
    """How it is known that a routine was done."""

    CLAIMED = "claimed"
    CORRECTED = "corrected"


class Posture(StrEnum):
    """Declared by the person, never sensed."""

    SITTING = "sitting"
    STANDING = "standing"


class Reason(StrEnum):
    """Why a prompt that is due is held back."""

    PAUSED = "paused"
    MEETING = "meeting"
    STANDING = "standing"
    QUIET = "quiet"
    ENOUGH = "enough"
    WOKEN = "woken"


class Cause(StrEnum):
    """How a natural break is known."""

    IDLE = "idle"
    GAP = "gap"
    STOOD = "stood"


class By(StrEnum):
    """Who settled a question or ended a declared state."""

    USER = "user"
    TIME = "time"


class Checkpoint(Struct, frozen=True):
    """The running spell as it would be lost by a kill: not a fact yet.

    `after` is the label of the last fact that settled sitting time; a checkpoint taken before
    another one was settled is stale. `tail` is the part of the time since then without any input.
    """

    at: Moment
    after: Moment | None
    seconds: Seconds
    tail: Seconds


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


class Settle(Input, frozen=True):
    """Answers the question whether to remind less often; also takes an earlier yes back."""

    longer: bool


class Leave(Input, frozen=True):
    """The program ends."""


# Facts


# Plain values: nothing in them for the collector, which years of them would keep busy.
class Fact(Struct, frozen=True, tag=str.lower, omit_defaults=True, gc=False):
    at: Moment


class Launched(Fact, frozen=True):
    """The program started. Carries what must outlive the part of the journal that is read back."""

    version: str
    prompt: int = 0
    lengthened: Seconds = 0.0


class Quit(Fact, frozen=True):
    pass


class Sat(Fact, frozen=True):
    """Sat for `seconds` up to `at`: a part of a spell."""

    seconds: Seconds


class Arrived(Fact, frozen=True):
    """Declared to have sat for `seconds` elsewhere, up to `at`."""

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
    """The last prompt's end was taken back: `answer` is what it ended in after all."""

    prompt: int
    answer: Answer


class Paused(Fact, frozen=True):
    seconds: Seconds | None = None
    until: Moment | None = None


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
    Launch | Tick | Respond | Start | Undo | Pause | Resume | Declare | Meet | Arrive | Settle
    | Leave
)  # fmt: skip
