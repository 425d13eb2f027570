"""The life of a prompt as one value: held, shown, put off, ended, and what was done of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Confirmed,
    Corrected,
    Expired,
    Fact,
    Felt,
    Held,
    Reopened,
    Shown,
    Started,
    Stopped,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.guided import Work
from qlbreak.core.model.movements import Block, Catalogue
from qlbreak.core.model.profile import Place
from qlbreak.core.model.routine import legs
from qlbreak.core.model.terms import Answer, Ending, Evidence, Feeling, Reason, Refusal, Side

# What a life is made of. Whatever else names a prompt leaves it as it is.
LifeFact = (
    Held | Shown | Started | Stopped | Answered | Expired | Withdrawn | Corrected | Reopened
    | Confirmed | Worked | Felt
)  # fmt: skip


class Life(Struct, frozen=True, gc=False):
    """What the facts so far tell of a prompt; its number is known to whoever keeps it.

    `began`: when it first came up. `held`: why it was last kept back. `first`, `shown`: how it was
    shown first and last; `longest`: the seconds of the longest routine it was shown with.
    `started`: its guide is under way; `left`: it was closed early. `ended`: when it ended as it
    did, or was last corrected. `reason`: why it was skipped, where that was said, and `place` where
    that was. `works`: what was guided.
    """

    began: datetime
    held: Reason | None = None
    first: Shown | None = None
    shown: Shown | None = None
    longest: int = 0
    snoozes: int = 0
    started: bool = False
    left: bool = False
    ending: Ending | None = None
    ended: datetime | None = None
    evidence: Evidence = Evidence.CLAIMED
    via: str = ""
    reason: Refusal | None = None
    place: Place | None = None
    works: tuple[Work, ...] = ()
    feeling: Feeling | None = None

    @property
    def dropped(self) -> bool:
        """Asked for, and left with nothing done: it is over, and there is nothing to count."""
        unused = self.left and self.ending is None and not self.works
        return unused and self.shown is not None and self.shown.asked

    @property
    def over(self) -> bool:
        return self.ending is not None or self.dropped

    @property
    def counts(self) -> bool:
        return self.shown is not None and not self.dropped


def after(life: Life | None, fact: AnyFact | Fact) -> Life | None:
    """The life as *fact*, which is of this prompt, leaves it. It begins where the prompt first
    comes up: what is told of it before is of nothing that is known."""
    if life is None:
        if not isinstance(fact, Held | Shown):
            return None
        life = Life(fact.at)
    take = _TAKE.get(type(fact))
    return take(life, fact) if take is not None else life


def _held(life: Life, fact: Held) -> Life:
    return replace(life, held=fact.reason)


def _shown(life: Life, fact: Shown) -> Life:
    return replace(
        life, first=life.first or fact, shown=fact, longest=max(life.longest, fact.length),
        snoozes=fact.snoozes, left=False,  # one snooze less where it was taken back
    )  # fmt: skip


def _answered(life: Life, fact: Answered) -> Life:
    if fact.answer is Answer.SNOOZED:
        return replace(life, snoozes=life.snoozes + 1, started=False)
    evidence = fact.evidence or Evidence.CLAIMED
    return replace(
        life, ending=Ending(fact.answer), ended=fact.at, evidence=evidence, via=fact.via,
        reason=fact.reason, place=fact.place,
    )  # fmt: skip


def _by_itself(life: Life, fact: Expired | Withdrawn) -> Life:
    ending = Ending.EXPIRED if isinstance(fact, Expired) else Ending.WITHDRAWN
    return replace(life, ending=ending, ended=fact.at, evidence=Evidence.CLAIMED, via="")


def _corrected(life: Life, fact: Corrected) -> Life:
    """A reason is taken back with what it was given for, and does not come back with it."""
    works = life.works if fact.ending is Ending.DONE else ()
    return replace(
        life, ending=fact.ending, ended=fact.at, evidence=Evidence.CORRECTED, via="", reason=None,
        place=None, works=works,
    )  # fmt: skip


def _reopened(life: Life, _: Reopened) -> Life:
    """As if it had just been shown: what was done of it was not."""
    return replace(
        life, started=False, left=False, ending=None, ended=None, evidence=Evidence.CLAIMED, via="",
        works=(), feeling=None,
    )  # fmt: skip


def _worked(life: Life, fact: Worked) -> Life:
    return replace(life, works=(*life.works, work(fact)))


def work(fact: Worked) -> Work:
    return Work(fact.movement, fact.side, fact.seconds, fact.extra)


_TAKE: Mapping[type, Callable[[Life, Any], Life]] = {
    Held: _held,
    Shown: _shown,
    Started: lambda life, _: replace(life, started=True),
    Stopped: lambda life, _: replace(life, started=False, left=True),
    Answered: _answered,
    Expired: _by_itself,
    Withdrawn: _by_itself,
    Corrected: _corrected,
    Reopened: _reopened,
    Confirmed: lambda life, fact: replace(life, evidence=fact.evidence),
    Worked: _worked,
    Felt: lambda life, fact: replace(life, feeling=fact.feeling),
}


class Works:
    """What was done: as it was guided, else as it was planned."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.roles = {movement.id: movement.role for movement in catalogue.movements.values()}
        # The same routine comes again and again.
        self._planned: dict[tuple[tuple[Block, ...], Side], tuple[Work, ...]] = {}

    def of(self, life: Life) -> tuple[Work, ...]:
        """Of a plan with a movement that nobody knows any more nothing can be said."""
        shown = life.shown
        if life.works or shown is None or life.ending is not Ending.DONE:
            return life.works
        key = self._catalogue.blocks(shown.routine, shown.blocks), shown.side
        if key not in self._planned:
            self._planned[key] = tuple(self._plan(*key))
        return self._planned[key]

    def _plan(self, blocks: tuple[Block, ...], side: Side) -> Iterator[Work]:
        exercises = self._catalogue.exercises(blocks)
        if len(exercises) == len(blocks):
            for exercise, on, seconds in legs(exercises, side):
                yield Work(exercise.movement.id, on, seconds, exercise.extra_side)
