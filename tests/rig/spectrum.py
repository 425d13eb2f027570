"""What is in a sound: which note, when, and what is none; by arithmetic, as it comes in."""

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from qlbreak.sound.samples import RATE
from qlbreak.sound.tones import NOTES, Tone

_WINDOW_S: Final = 0.06
_STEP_S: Final = 0.02
_SURE: Final = 0.45  # of a window's energy, for the note that it is
_RINGS: Final = 0.5  # with what rings with it, for a window that is nothing else
_KNOWN: Final = sorted({frequency for notes in NOTES.values() for frequency, _ in notes})


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


class Window(NamedTuple):
    """A moment that is not silent: the note that it is, 0 for none; `speech`: something else."""

    at: float
    note: float
    speech: bool


class Listening:
    """Takes sound as it comes; what is softer than `least` is silence."""

    def __init__(self, rate: int = RATE, least: float = 0.003) -> None:
        self._rate, self._least = rate, least
        self._samples: list[int] = []
        self._passed = 0  # samples that were dropped
        self._windows: list[Window] = []

    def take(self, samples: Sequence[int]) -> None:
        self._samples += samples
        length, step = round(_WINDOW_S * self._rate), round(_STEP_S * self._rate)
        first = 0
        while first + length <= len(self._samples):
            self._look(self._samples[first : first + length], (self._passed + first) / self._rate)
            first += step
        del self._samples[:first]
        self._passed += first

    def _look(self, part: Sequence[int], at: float) -> None:
        if loudness(part) < self._least:
            return
        shares = {note: share(part, note, self._rate) for note in _KNOWN}
        best = max(shares, key=lambda note: shares[note])
        rings = sum(shares.values()) + sum(
            share(part, note * multiple, self._rate) for note in _KNOWN for multiple in (2, 3)
        )
        self._windows.append(Window(at, best if shares[best] > _SURE else 0.0, rings < _RINGS))

    @property
    def tones(self) -> list[tuple[float, Tone]]:
        """Each with the second at which it is struck: by its notes, in their order."""
        struck: list[tuple[float, float]] = []
        rang: dict[float, float] = {}  # until when each note did
        for at, note, _ in self._windows:
            if note:
                if at - rang.get(note, -9.0) > 0.3:
                    struck.append((at, note))
                rang[note] = at
        return list(_named(struck))

    @property
    def speech(self) -> list[tuple[float, float]]:
        """From when to when there is something that is no tone; gaps in it of less than half a
        second are its own. A click of a machine that has more to do is none."""
        spans: list[list[float]] = []
        for at, _, speech in self._windows:
            if speech and spans and at - spans[-1][-1] < 0.5:
                spans[-1].append(at)
            elif speech:
                spans.append([at])
        return [
            (span[0], span[-1] + _WINDOW_S)
            for span in spans
            if len(span) * _STEP_S > max(0.15, 0.4 * (span[-1] - span[0]))
        ]

    @property
    def last(self) -> float:
        """When something was heard last."""
        return self._windows[-1].at + _WINDOW_S if self._windows else 0.0


def _named(struck: list[tuple[float, float]]) -> Iterator[tuple[float, Tone]]:
    firsts = {notes[0][0]: kind for kind, notes in NOTES.items()}
    for at, note in struck:
        if (kind := firsts.get(note)) is None:
            continue
        rest = [frequency for frequency, _ in NOTES[kind][1:]]
        if all(any(0 < t - at < 0.5 and n == one for t, n in struck) for one in rest):
            yield at, kind


def heard_tones(samples: Sequence[int]) -> list[tuple[float, Tone]]:
    found = Listening()
    found.take(samples)
    return found.tones


def speech(samples: Sequence[int]) -> list[tuple[float, float]]:
    found = Listening()
    found.take(samples)
    return found.speech
