"""What goes into the reminder: looks at the desk, answers, declarations, commands. No moments: when
it goes in, and so when it happens, is told beside it. Durations are seconds.
"""

from collections.abc import Mapping
from datetime import time
from typing import Annotated

from msgspec import Meta, Struct

from qlbreak.core.model.facts import AnyFact, Label, Level, Stretch
from qlbreak.core.model.guided import Work
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.programme import Programme
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Feeling, Hindrance, Posture, Reason, Refusal, Side


class Checkpoint(Struct, frozen=True):
    """The running spell, of sitting or of standing, as it would be lost by a kill: not a fact yet.

    `after` is the label of the last fact that settled sitting time; a checkpoint taken before
    another one was settled is stale. `tail` is the part of the time since then without any input.
    `steady`: the other clock at `at`, which tells nothing any more once the machine was restarted.
    """

    at: Label
    after: Label | None
    seconds: Stretch
    tail: Stretch
    known: bool = True
    steady: Annotated[float, Meta(ge=0, le=1e9)] | None = None


class Tick(Struct, frozen=True):
    """A regular look at the desk. `idle`: seconds since the last input, None if that is unknown.
    `locked`: seconds since the screen was locked, None where it is not. `busy`: which of the
    reasons that the machine tells hold now. `hidden`: a window may cover what is shown; nobody can
    tell."""

    idle: float | None = None
    locked: float | None = None
    busy: frozenset[Reason] = frozenset()
    hidden: bool = False


class Launch(Struct, frozen=True):
    """The program starts. `first`: its first look. `checkpoint`: what it kept before it was killed.
    `heard`: what the other devices have recorded lately."""

    version: str = ""
    first: Tick = Tick()
    checkpoint: Checkpoint | None = None
    heard: Mapping[str, list[AnyFact]] = {}


class Hear(Struct, frozen=True):
    """Another device has recorded more."""

    device: str
    facts: list[AnyFact]


class Respond(Struct, frozen=True):
    """Answers the open prompt; with `prompt`, only if that one is the open one.

    `snooze`: for how long, None for the first of the configured lengths. `reason`: why it is
    skipped, if that is said.
    """

    answer: Answer
    via: str = ""
    prompt: int | None = None
    snooze: float | None = None
    reason: Refusal | None = None


class Start(Struct, frozen=True):
    """Begins the open prompt's routine, or one asked for out of turn. `routine`: this one, the id
    of a worked one or of a single movement."""

    via: str = ""
    prompt: int | None = None
    routine: str = ""


class Another(Struct, frozen=True):
    """Instead of the open prompt's routine, or of the next one where none is open, another one for
    the same place and time; with `prompt`, only if that one is the open one."""

    prompt: int | None = None


class GoOn(Struct, frozen=True):
    """The guide leaves this movement of the prompt's routine out. `block`: where in the routine it
    is."""

    prompt: int
    movement: str
    block: int


class Report(Struct, frozen=True):
    """The guide tells what was done of the prompt's routine since it told last."""

    prompt: int
    works: tuple[Work, ...]


class Close(Struct, frozen=True):
    """The guide is over. `share`: how much of the routine's work was done, 0 to 1."""

    prompt: int
    share: float


class Feel(Struct, frozen=True):
    prompt: int
    feeling: Feeling


class Notice(Struct, frozen=True):
    """The person has put the prompt's notification away, and so has seen it."""

    prompt: int


class Undo(Struct, frozen=True):
    pass


class Pause(Struct, frozen=True):
    """No prompts for `seconds`, or until the wall clock shows `until` for the next time; with
    neither until the day turns."""

    seconds: float | None = None
    until: time | None = None


class Resume(Struct, frozen=True):
    """Ends a pause and a meeting."""


class Declare(Struct, frozen=True):
    """Standing for `seconds`, or until the wall clock shows `until` for the next time; with neither
    until the person sits."""

    posture: Posture
    seconds: float | None = None
    until: time | None = None


class Meet(Struct, frozen=True):
    """A meeting for `seconds`; 0 ends it."""

    seconds: float


class Arrive(Struct, frozen=True):
    """Sat for `seconds` in a car, train or plane before coming here."""

    seconds: float


class Agree(Struct, frozen=True):
    """Answers the question whether to remind less often; also takes an earlier yes back."""

    longer: bool


class StaySeated(Struct, frozen=True):
    """The last natural break was none: sat there all the time, without a key or the pointer."""


class TellSore(Struct, frozen=True):
    """Sore today, on this side; None: not any more."""

    side: Side | None


class CheckIn(Struct, frozen=True):
    """Discomfort in the last seven days, 0 to 10; all None: skipped."""

    left: Level | None = None
    right: Level | None = None
    middle: Level | None = None
    work: Hindrance | None = None


class Move(Struct, frozen=True):
    place: Place


class Pace(Struct, frozen=True):
    """Harder, or 1; easier, or -1; 0: not yet harder, though it was proposed."""

    step: int


class Prescribe(Struct, frozen=True):
    """This programme holds from now on, instead of any other."""

    programme: Programme
    digest: str = ""


class Discontinue(Struct, frozen=True):
    """The programme holds no more."""


class Leave(Struct, frozen=True):
    """The program ends."""


class Reconfigure(Struct, frozen=True):
    """Other settings apply from now on, and other movements. Nothing is recorded of it."""

    catalogue: Catalogue
    rules: Rules
    profile: Profile


AnyInput = (
    Tick | Launch | Leave | Hear | Reconfigure | Respond | Start | Another | GoOn | Report | Close
    | Feel | Notice | Undo | Pause | Resume | Declare | Meet | Arrive | Agree | StaySeated
    | TellSore | CheckIn | Move | Pace | Prescribe | Discontinue
)  # fmt: skip
