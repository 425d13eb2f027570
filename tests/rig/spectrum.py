"""What is in a sound: how much of a frequency, from when to when; by arithmetic alone."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

from qlbreak.sound.samples import RATE
from qlbreak.sound.tones import NOTES, Tone

_WINDOW_S: Final = 0.06
_STEP_S: Final = 0.02


def share(samples: Sequence[int], frequency: float, rate: int = RATE) -> float:
    """Of all its energy, that at this frequency (Goertzel): 0 to 1."""
    energy = sum(value * value for value in samples)
    if not energy:
        return 0.0
    turn = 2 * math.cos(2 * math.pi * frequency / rate)
    one = two = 0.0
    for value in samples:
        one, two = value + turn * one - two, one
    power = one * one + two * two - turn * one * two
    return 2 * power / (len(samples) * energy)


def loudness(samples: Sequence[int]) -> float:
    """Of a full scale, by its mean square."""
    return math.sqrt(sum(value * value for value in samples) / max(len(samples), 1)) / 32768


def windows(
    samples: Sequence[int], rate: int, least: float
) -> Iterator[tuple[float, Sequence[int]]]:
    """All that is louder than that, with the second at which it is."""
    length, step = round(_WINDOW_S * rate), round(_STEP_S * rate)
    for first in range(0, len(samples) - length + 1, step):
        part = samples[first : first + length]
        if loudness(part) >= least:
            yield first / rate, part


def heard_tones(
    samples: Sequence[int], rate: int = RATE, least: float = 0.004
) -> list[tuple[float, Tone]]:
    """Each tone with the second at which it is struck: by its notes, in their order."""
    struck: list[tuple[float, float]] = []  # when, and which note
    known = sorted({frequency for notes in NOTES.values() for frequency, _ in notes})
    for at, part in windows(samples, rate, least):
        best = max(known, key=lambda frequency: share(part, frequency, rate))
        if share(part, best, rate) < 0.45:
            continue
        if not struck or struck[-1][1] != best or at - struck[-1][0] > 0.5:
            before = [when for when, note in struck if note == best]
            if not before or at - before[-1] > 0.8:
                struck.append((at, best))
    return list(_named(struck))


def _named(struck: list[tuple[float, float]]) -> Iterator[tuple[float, Tone]]:
    firsts = {notes[0][0]: kind for kind, notes in NOTES.items()}
    for at, note in struck:
        if (kind := firsts.get(note)) is None:
            continue
        rest = [frequency for frequency, _ in NOTES[kind][1:]]
        if all(any(0 < t - at < 0.5 and n == one for t, n in struck) for one in rest):
            yield at, kind


def speech(
    samples: Sequence[int], rate: int = RATE, least: float = 0.004
) -> list[tuple[float, float]]:
    """From when to when something is heard that is none of the notes; gaps in it of less than half
    a second are its own."""
    known = {frequency for notes in NOTES.values() for frequency, _ in notes}
    spans: list[list[float]] = []
    for at, part in windows(samples, rate, least):
        rings = sum(share(part, f * m, rate) for f in known for m in (1, 2, 3))
        if rings > 0.5:
            continue
        if spans and at - spans[-1][1] < 0.5:
            spans[-1][1] = at
        else:
            spans.append([at, at])
    return [(begin, end) for begin, end in spans if end - begin > 0.15]
