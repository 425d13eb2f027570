"""Which sentences are said where time is short: a rule by which nothing is ever late; pure.

They are said in their order, at one pace. Where not all of them fit before the next ones are due,
the less weighty ones are left out: first the count, then a caution, then the end of a step. The
side, and the call to change it, is always said. A caution is said whole or not at all; of a step
its first sentences may do.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Final

from msgspec import Struct

# Between two sentences, and after the last one before something new begins.
PAUSE_S: Final = 0.25
# From the first note of a tone to the first word: the melody is over, and what rings on is soft.
AFTER_TONE_S: Final = 0.5


class Weight(IntEnum):
    """The lower, the weightier."""

    SIDE = 0
    STEP = 1
    CAUTION = 2
    COUNT = 3


class Said(Struct, frozen=True):
    """A sentence."""

    weight: Weight
    text: str


def fitting(
    wanted: Sequence[Said], seconds: float, lasts: Callable[[str], float | None]
) -> list[Said]:
    """Those that are heard to their end within so many seconds. `lasts`: how long a text takes,
    None where the voice cannot say it (yet)."""
    chosen: set[int] = set()
    closed: set[Weight] = set()
    left = seconds
    for index in sorted(range(len(wanted)), key=lambda number: wanted[number].weight):
        said = wanted[index]
        takes = lasts(said.text)
        if takes is None or said.weight in closed:
            closed.add(said.weight)
        elif takes + PAUSE_S <= left or said.weight is Weight.SIDE:
            chosen.add(index)
            left -= takes + PAUSE_S
        else:
            closed.add(said.weight)
    return [said for index, said in enumerate(wanted) if index in chosen]


def guessed(text: str) -> float:
    """Seconds, for a voice that does not tell: slow rather than too fast for it."""
    return 0.35 + len(text) / 15


def begins(lengths: Iterable[float], first: float) -> list[float]:
    """When each begins, where the first does after so many seconds."""
    found, at = [], first
    for seconds in lengths:
        found.append(at)
        at += seconds + PAUSE_S
    return found
