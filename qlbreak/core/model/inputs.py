"""What goes into the reminder: looks at the desk, answers, declarations, commands.

Times: `at` is aware local time and serves for labels and hours; `steady` is elapsed real time in
seconds, counts suspend, ignores a changed clock, and serves for durations, which are seconds too.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from qlbreak.core.model.facts import AnyFact, Label, Level, Stretch
from qlbreak.core.model.guided import Work
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Feeling, Hindrance, Posture, Reason, Side


class Checkpoint(Struct, frozen=True):
    """The running spell as it would be lost by a kill: not a fact yet.

    `after` is the label of the last fact that settled sitting time; a checkpoint taken before
    another one was settled is stale. `tail` is the part of the time since then without any input.
    """

    at: Label
    after: Label | None
    seconds: Stretch
    tail: Stretch
    known: bool = True


class Input(Struct, frozen=True):
    at: datetime
    steady: float


class Launch(Input, frozen=True):
    """The program starts, and takes its first look: `idle`, `locked` and `busy` as in a tick.
    `heard`: what the other devices have recorded lately."""

    version: str = ""
    idle: float | None = None
    checkpoint: Checkpoint | None = None
    heard: Mapping[str, list[AnyFact]] = {}
    locked: float | None = None
    busy: frozenset[Reason] = frozenset()


class Tick(Input, frozen=True):
    """A regular look at the desk. `idle`: seconds since the last input, None if that is unknown.
    `locked`: seconds since the screen was locked, None where it is not. `busy`: what of the senses'
    reasons (`SENSED`) holds now. `hidden`: a window may cover what is shown; nobody can tell."""

    idle: float | None = None
    locked: float | None = None
    busy: frozenset[Reason] = frozenset()
    hidden: bool = False


class Hear(Input, frozen=True):
    """Another device has recorded more."""

    device: str
    facts: list[AnyFact]


class Respond(Input, frozen=True):
    """Answers the open prompt; with `prompt`, only if that one is the open one.

    `snooze`: for how long, None for the first of the configured lengths.
    """

    answer: Answer
    via: str = ""
    prompt: int | None = None
    snooze: float | None = None


class Start(Input, frozen=True):
    """Begins the open prompt's routine, or one asked for out of turn. `routine`: this one, the id
    of a worked one or of a single movement."""

    via: str = ""
    prompt: int | None = None
    routine: str = ""


class Report(Input, frozen=True):
    """The guide tells what was done of the prompt's routine since it told last."""

    prompt: int
    works: tuple[Work, ...]


class Close(Input, frozen=True):
    """The guide is over. `share`: how much of the routine's work was done, 0 to 1."""

    prompt: int
    share: float


class Feel(Input, frozen=True):
    prompt: int
    feeling: Feeling


class Notice(Input, frozen=True):
    """The person has put the prompt's notification away, and so has seen it."""

    prompt: int


class Undo(Input, frozen=True):
    pass


class Pause(Input, frozen=True):
    """No prompts for `seconds`, or until the wall clock shows `until`, which has no offset."""

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


class StaySeated(Input, frozen=True):
    """The last natural break was none: sat there all the time, without a key or the pointer."""


class TellSore(Input, frozen=True):
    """Sore today, on this side; None: not any more."""

    side: Side | None


class CheckIn(Input, frozen=True):
    """Discomfort in the last seven days, 0 to 10; all None: skipped."""

    left: Level | None = None
    right: Level | None = None
    middle: Level | None = None
    work: Hindrance | None = None


class Move(Input, frozen=True):
    place: Place


class Pace(Input, frozen=True):
    """Harder, or 1; easier, or -1; 0: not yet harder, though it was proposed."""

    step: int


class Leave(Input, frozen=True):
    """The program ends."""


class Reconfigure(Input, frozen=True):
    """Other settings apply from now on, and other movements. Nothing is recorded of it."""

    catalogue: Catalogue
    rules: Rules
    profile: Profile


Command = (
    Respond | Start | Report | Close | Feel | Notice | Undo | Pause | Resume | Declare | Meet
    | Arrive | Agree | StaySeated | TellSore | CheckIn | Move | Pace
)  # fmt: skip
AnyInput = Launch | Tick | Leave | Hear | Reconfigure | Command
