"""What comes out of the reminder: facts, which are the journal's lines and everybody's words."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from qlbreak.core.model.movements import Block, Stage
from qlbreak.core.model.profile import Place
from qlbreak.core.model.programme import Programme
from qlbreak.core.model.rules import DAY
from qlbreak.core.model.terms import (
    Answer,
    By,
    Cause,
    Early,
    Ending,
    Evidence,
    Feeling,
    Hindrance,
    Posture,
    Reason,
    Refusal,
    Side,
    Why,
)

# What a file may claim: more than is ever written, and less than would do any harm. Beyond the
# seconds the arithmetic of dates would give up; of what was sat, one line tells a day at most; and
# the numbers are those that every reader of JSON can tell apart.
Label = Annotated[datetime, Meta(tz=True)]
# What the wall clock is to show, wherever one is by then. Older versions wrote the offset of the
# moment at which it was said; it does not count.
Wall = datetime
Seconds = Annotated[float, Meta(ge=0, le=1e9)]
Stretch = Annotated[float, Meta(ge=0, le=DAY)]
Number = Annotated[int, Meta(ge=0, le=1 << 53)]
Level = Annotated[int, Meta(ge=0, le=10)]


# Plain values: nothing in them for the collector, which years of them would keep busy.
class Fact(Struct, frozen=True, tag=str.lower, omit_defaults=True, gc=False):
    at: Label


class Launched(Fact, frozen=True):
    """The program started. Carries what must outlive the part of the journal that is read back.
    `prescribed`: when the `programme` was."""

    version: str
    prompt: Number = 0
    lengthened: Seconds = 0.0
    stage: Stage = Stage.SETTLE
    staged: Label | None = None
    programme: Programme | None = None
    prescribed: Label | None = None


class Quit(Fact, frozen=True):
    pass


class Sat(Fact, frozen=True):
    """Sat for `seconds` up to `at`: a part of a spell. `known`: False where idleness could not be
    read, and sitting is no more than assumed."""

    seconds: Stretch
    known: bool = True


class Stood(Fact, frozen=True):
    """The same of standing, which the person has declared: stood at the desk for `seconds` up to
    `at`."""

    seconds: Stretch
    known: bool = True


class Arrived(Fact, frozen=True):
    """Declared to have sat for `seconds` elsewhere, up to `at`, when this spell began."""

    seconds: Stretch


class Break(Fact, frozen=True):
    """A natural break: away since `at`, long enough to count."""

    cause: Cause


class Stayed(Fact, frozen=True):
    """The last natural break was none: sat on through it, for so many `seconds` without input."""

    seconds: Stretch


class Held(Fact, frozen=True):
    """The prompt is due, or was shown, and is kept back."""

    prompt: Number
    reason: Reason


class Shown(Fact, frozen=True):
    """The prompt asks; again, after each of its `snoozes`. `asked`: the person started it.

    `routine`: the id of a worked one, or the movements of a composed one joined by "+". `length`:
    the seconds it was meant for. `blocks`: what it consists of, so that the record stays readable
    when the catalogue changes. `moment`: it comes before it is due, since this is a good one.
    `standing`: the seconds stood so far, where it came to somebody who stands; None where it came
    to somebody who sits. `prescriber`: from whom the programme is that some of it is from.
    """

    prompt: Number
    routine: str
    side: Side
    sitting: Seconds
    snoozes: Number = 0
    asked: bool = False
    length: Number = 0
    blocks: tuple[Block, ...] = ()
    why: tuple[Why, ...] = ()
    moment: Early | None = None
    standing: Seconds | None = None
    prescriber: str = ""


class Reminded(Fact, frozen=True):
    """Nobody had answered, and it was asked once more, more clearly."""

    prompt: Number


class Stuck(Fact, frozen=True):
    """This has held prompts back for `seconds`, and may have been forgotten."""

    reason: Reason
    seconds: Seconds


class Started(Fact, frozen=True):
    prompt: Number
    via: str = ""


class Answered(Fact, frozen=True):
    """`reason`: why it was skipped, where that was said; `place`: where that was, where the reason
    is one of the place."""

    prompt: Number
    answer: Answer
    via: str = ""
    evidence: Evidence | None = None
    snooze: Stretch | None = None
    reason: Refusal | None = None
    place: Place | None = None


class Stopped(Fact, frozen=True):
    """The guide was left before half of it was done; the prompt asks as before. One that was
    asked for, and of which nothing was done, is over."""

    prompt: Number


class Worked(Fact, frozen=True):
    """A movement was done under guidance, for one side or for both. `prompt` 0: without one."""

    prompt: Number
    movement: str
    side: Side
    seconds: Stretch
    extra: bool = False


class Felt(Fact, frozen=True):
    """How it feels after the routine."""

    prompt: Number
    feeling: Feeling


class Confirmed(Fact, frozen=True):
    """What had only been claimed was seen, too: nobody was at the keys meanwhile."""

    prompt: Number
    evidence: Evidence


class Expired(Fact, frozen=True):
    """Nobody answered. `seen`: False where a window may have covered it all the time, and nobody
    could tell; then it is no sign that prompts come too often."""

    prompt: Number
    seen: bool = True


class Withdrawn(Fact, frozen=True):
    """A natural break came before an answer."""

    prompt: Number


class Corrected(Fact, frozen=True):
    """The last prompt's end was taken back: `ending` is what became of it after all."""

    prompt: Number
    ending: Ending


class Reopened(Fact, frozen=True):
    """Done was said by mistake: the prompt asks again, with the same routine."""

    prompt: Number


class Paused(Fact, frozen=True):
    seconds: Seconds | None = None
    until: Wall | None = None


class Resumed(Fact, frozen=True):
    pass


class Declared(Fact, frozen=True):
    """Sits or stands from now on. Standing may have an end, after which it counts as sitting again:
    in so many `seconds`, or when the wall clock shows `until`."""

    posture: Posture
    by: By = By.USER
    seconds: Seconds | None = None
    until: Wall | None = None


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


class Staged(Fact, frozen=True):
    """From now on movements of this stage are offered."""

    stage: Stage
    by: By


class Invited(Fact, frozen=True):
    """Asked whether the person is ready for this stage."""

    stage: Stage


class Declined(Fact, frozen=True):
    """Not yet."""


class Sore(Fact, frozen=True):
    """Sore today; None: not any more."""

    side: Side | None


class Moved(Fact, frozen=True):
    """Works somewhere else now."""

    place: Place


class Inquired(Fact, frozen=True):
    """The check-in was offered."""


class CheckedIn(Fact, frozen=True):
    """How much discomfort there was in the last seven days, 0 to 10, on each side, or where no side
    can be told in the `middle`; all None: skipped. `work`: how far it got in the way of it."""

    left: Level | None = None
    right: Level | None = None
    middle: Level | None = None
    work: Hindrance | None = None


class Elsewhere(Fact, frozen=True):
    """A routine was done on another device while this spell ran; `kept`: what was sat since then,
    which is all that counts of the spell from now on. `posture`: whether it was one of standing."""

    device: str
    prompt: Number
    done: Label
    kept: Seconds
    posture: Posture = Posture.SITTING


class Swapped(Fact, frozen=True):
    """Another routine was asked for, of the open prompt or, where none is, of the next one.
    `movements`: what is left out for that prompt from now on."""

    prompt: Number
    movements: tuple[str, ...] = ()


class Prescribed(Fact, frozen=True):
    """From now on this programme holds, whole, so that the record stays readable. `digest`: of the
    file that it came in. `replaced`: the name of the one that held before."""

    programme: Programme
    digest: str = ""
    replaced: str = ""


class Discontinued(Fact, frozen=True):
    """The programme, called `name`, holds no more."""

    name: str = ""


AnyFact = (
    Launched | Quit | Sat | Stood | Arrived | Break | Stayed | Held | Shown | Reminded | Stuck
    | Started | Answered | Worked | Stopped | Felt | Confirmed | Expired | Withdrawn | Corrected
    | Reopened | Paused | Resumed | Declared | Meeting | Asked | Lengthened | Staged | Invited
    | Declined | Sore | Moved | Inquired | CheckedIn | Elsewhere | Swapped
    | Prescribed | Discontinued
)  # fmt: skip
# After one of these a checkpoint that was taken before it is stale.
Settling = Sat | Stood | Break | Elsewhere
