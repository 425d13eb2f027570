"""The three tones, made by arithmetic: soft bells that differ in their melody; pure.

A pair that rises, a single one, a pair that falls: to be told apart without a musical ear, between
400 and 800 Hz, where small loudspeakers and older ears are at their best.
"""

import math
from array import array
from enum import StrEnum
from functools import cache
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
    mixed = [0.0] * round(SECONDS * RATE)
    for frequency, begin in NOTES[kind]:
        first = round(begin * RATE)
        for index in range(first, len(mixed)):
            mixed[index] += _note(frequency, (index - first) / RATE, (len(mixed) - index) / RATE)
    peak = max(map(abs, mixed))
    return array("h", (round(32767 * _LOUDEST * value / peak) for value in mixed))


def _note(frequency: float, since: float, left: float) -> float:
    """At so many seconds since it was struck, with so many left until all is silent."""
    edge = min(since / _ATTACK_S, left / _RELEASE_S, 1.0)
    rings = sum(
        share * math.exp(-fades * since) * math.sin(2 * math.pi * frequency * multiple * since)
        for multiple, share, fades in _PARTIALS
    )
    return rings * (1 - math.cos(math.pi * edge)) / 2
