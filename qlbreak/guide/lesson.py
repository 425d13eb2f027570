"""A guided routine: what its front ends are given, and whom they tell what was done."""

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct, to_builtins

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.guided import Session, Work
from qlbreak.core.model.movements import Block, Exercise
from qlbreak.core.model.terms import Feeling, Side, Why


class Lesson(Struct, frozen=True):
    """A routine as it is to be done now. `why`: a sentence why it was chosen, or nothing.
    `warning`: what speaks against it, where it was asked for by its name all the same.

    `figure_of`: for movements without a figure of their own, whose figure to show.
    """

    title: str
    why: str
    blocks: tuple[Exercise, ...]
    side: Side
    figure_of: Mapping[str, str] = {}
    warning: str = ""

    def session(self) -> Session:
        return Session(self.blocks, self.side)


class ToldPlan(Struct, frozen=True):
    """A plan as it crosses the socket: movements by their ids."""

    routine: str
    blocks: tuple[Block, ...]
    side: Side
    why: tuple[Why, ...] = ()
    length: int = 0


class Guided(Struct, frozen=True):
    """What the running program answers to "guide": the prompt, and what it consists of. `token`:
    which guide this is, so that of two for one prompt only one counts."""

    prompt: int
    token: int
    plan: ToldPlan

    @staticmethod
    def by(prompt: int, token: int, plan: Plan) -> "Guided":
        told = ToldPlan(plan.routine, plan.told, plan.side, plan.why, plan.length)
        return Guided(prompt, token, told)

    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = to_builtins(self)
        return data


class Listener(Protocol):
    """Hears what is done while it is done, so that a kill loses no more than a leg.

    Must not block for long; may be called from the front end's thread only.
    """

    def worked(self, works: list[Work]) -> None: ...

    def felt(self, feeling: Feeling) -> None: ...

    def close(self, share: float) -> None:
        """It is over, with so much of it done, 0 to 1; also while a last page is still shown."""
        ...
