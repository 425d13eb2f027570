"""The three tones, made by arithmetic: soft bells that differ in their melody; pure.

A pair that rises, a single one, a pair that falls: to be told apart without a musical ear, between
400 and 800 Hz, where small loudspeakers and older ears are at their best.
"""

import cmath
import math
from array import array
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from itertools import accumulate, repeat
from operator import mul
from typing import Final

from qlbreak.sound.samples import RATE, Samples


class Tone(StrEnum):
    BEGIN = "begin"
    HALF = "half"
    CHANGE = "change"  # of sides, of movements; or the end


# Notes of each: its frequency in Hz, and when it is struck.
NOTES: Final = {
    Tone.BEGIN: ((523.25, 0.0), (783.99, 0.16)),
    Tone.HALF: ((440.0, 0.0),),
    Tone.CHANGE: ((659.26, 0.0), (493.88, 0.16)),
}
SECONDS: Final = 0.9
# What rings with a note, as its multiple, its share, and how fast it fades: the higher, the sooner.
_PARTIALS: Final = ((1.0, 0.72, 5.0), (2.0, 0.2, 8.0), (3.0, 0.08, 12.0))
_ATTACK_S: Final = 0.012  # struck sooner it clicks
_RELEASE_S: Final = 0.08
_LOUDEST: Final = 0.7  # of what fits into a sample: two notes ring together


@cache
def tone(kind: Tone) -> Samples:
    """As loud as it may be."""
    length = round(SECONDS * RATE)
    mixed = [0.0] * length
    for frequency, begin in NOTES[kind]:
        first = round(begin * RATE)
        for index, value in enumerate(_note(frequency, length - first), first):
            mixed[index] += value
    peak = max(map(abs, mixed))
    return array("h", (round(32767 * _LOUDEST * value / peak) for value in mixed))


def _note(frequency: float, length: int) -> Iterable[float]:
    """Struck, and silent after so many samples."""
    rings = [
        _partial(frequency * multiple, share, fades, length) for multiple, share, fades in _PARTIALS
    ]
    attack, release = round(_ATTACK_S * RATE), round(_RELEASE_S * RATE)
    for index, values in enumerate(zip(*rings, strict=True)):
        edge = min(index / attack, (length - index) / release, 1.0)
        yield sum(values) * ((1 - math.cos(math.pi * edge)) / 2 if edge < 1 else 1.0)


def _partial(frequency: float, share: float, fades: float, length: int) -> Iterable[float]:
    """A number that turns and shrinks: its height is a sine that fades."""
    turn = cmath.exp(complex(-fades, 2 * math.pi * frequency) / RATE)
    return (
        number.imag for number in accumulate(repeat(turn, length - 1), mul, initial=complex(share))
    )
