"""When a figure is in which pose: those of each part of the dose, laid over the score. Pure.

It moves within a phase, at most half as slow again as it would, and then keeps still; what is held
is kept at a breath.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, pi
from typing import NamedTuple

from qlbreak.core.model.dose import Part
from qlbreak.core.model.score import ScorePhase, breath
from qlbreak.figures.body import Between
from qlbreak.figures.description import Figure, Path, Pose, passed

_SLOWEST = 1.5  # slower it would creep
_BIT = 1e-9


class PoseSpan(NamedTuple):
    """From one pose to the next, or a stay in the same, at a `breath` of so many seconds."""

    begin: float
    end: float
    before: Pose
    after: Pose
    breath: float = 0.0


class Motion(NamedTuple):
    """What a figure does in all the phases of a side's work."""

    spans: tuple[PoseSpan, ...]
    steady: bool

    def at(self, seconds: float) -> Between:
        """`seconds` since the first phase began."""
        index = bisect_right(self.spans, seconds, key=lambda span: span.begin) - 1
        begin, end, before, after, breathes = self.spans[max(index, 0)]
        passed_s = min(max(seconds - begin, 0.0), end - begin)
        if before is after:
            full = 0.5 - 0.5 * cos(2 * pi * passed_s / breathes) if breathes else 0.0
            return Between(before, after, 0.0, full)
        part = passed_s / (end - begin)
        return Between(before, after, part if self.steady else part * part * (3 - 2 * part))


def start(figure: Figure) -> Between:
    return Between(figure.start, figure.start)


def telling(figure: Figure) -> Between:
    pose = figure.poses[figure.telling]
    return Between(pose, pose)


def of_step(figure: Figure, phases: Sequence[ScorePhase], step: int) -> Between:
    """Return the pose that tells most of a step, for where nothing moves."""
    ends = [
        last
        for phase, last in zip(phases, _lasts(figure, phases), strict=True)
        if phase.step == step
    ] or [figure.telling]
    pose = figure.poses[figure.telling if figure.telling in ends else ends[0]]
    return Between(pose, pose)


def poses(figure: Figure, phases: Sequence[ScorePhase]) -> tuple[tuple[int, ...], ...]:
    """Which poses it comes to in each phase, in their order; none where it stays as it is."""
    if _its_own(figure, phases):
        return tuple(_path(figure, phase) for phase in phases)
    # Lent by another movement, or nobody's: all that it does, once.
    course, count = figure.course, len(phases)
    return tuple(
        tuple(course[i * len(course) // count : (i + 1) * len(course) // count])
        for i in range(count)
    )


@lru_cache(maxsize=32)
def motion(figure: Figure, phases: tuple[ScorePhase, ...]) -> Motion:
    """`phases`: of one side's work."""
    spans: list[PoseSpan] = []
    here = figure.start
    for phase, path in zip(phases, poses(figure, phases), strict=True):
        begin = phase.begin - phases[0].begin
        for before, after, lasts in _moves(figure, here, path, phase):
            breathes = _breath(phase, after, lasts) if before is after else 0.0
            _add(spans, PoseSpan(begin, begin + lasts, before, after, breathes))
            begin, here = begin + lasts, after
    return Motion(tuple(spans), figure.steady)


def _its_own(figure: Figure, phases: Sequence[ScorePhase]) -> bool:
    """Does it have poses for all that the movement does?"""
    ways = sum(phase.part is Part.IN for phase in phases)
    moved = {phase.part for phase in phases} & {Part.THERE, Part.BACK}
    given = {Part.THERE: figure.there, Part.BACK: figure.back}
    return ways == len(figure.ways) and all(path for part, path in given.items() if part in moved)


def _path(figure: Figure, phase: ScorePhase) -> tuple[int, ...]:
    """Its share, where several steps share the part."""
    if phase.part is Part.IN:
        return passed(figure.ways[phase.step : phase.step + 1])
    given: dict[Part | None, Path] = {
        Part.THERE: figure.there, Part.HOLD: figure.hold, Part.BACK: figure.back,
        Part.OUT: figure.out,
    }  # fmt: skip
    path = given.get(phase.part, ())
    if len(path) == phase.among and not figure.steady:
        return passed(path[phase.nth : phase.nth + 1])
    return passed(path) if phase.nth == 0 or figure.steady else ()


def _lasts(figure: Figure, phases: Sequence[ScorePhase]) -> Iterator[int]:
    """The pose that each phase ends in."""
    last = 0
    for path in poses(figure, phases):
        last = path[-1] if path else last
        yield last


def _moves(
    figure: Figure, here: Pose, path: tuple[int, ...], phase: ScorePhase
) -> Iterator[tuple[Pose, Pose, float]]:
    """From pose to pose, each with its seconds; together they are those of the phase."""
    around = [figure.poses[index] for index in path]
    if figure.steady and path:
        around *= max(round(phase.seconds / sum(pose.move for pose in around)), 1)
    befores = [here, *around]
    acts = [(a, b) for a, b in zip(befores, around, strict=False) if a is not b]
    moves = sum(after.move for _, after in acts)
    stays = sum(after.hold for _, after in acts)
    left = phase.seconds - moves - stays
    if left < 0:  # the stays are shorter before anything moves quicker
        quicker = min(phase.seconds / moves, 1.0)
        kept = max(phase.seconds - moves, 0.0) / stays if stays else 0.0
    else:
        quicker = kept = phase.seconds / (moves + stays) if acts else 1.0
        quicker = kept = quicker if figure.steady else min(quicker, _SLOWEST)
    over = phase.seconds
    for before, after in acts:
        yield before, after, after.move * quicker
        over -= after.move * quicker
        if after.hold * kept > _BIT and after is not acts[-1][1]:
            yield after, after, after.hold * kept
            over -= after.hold * kept
    if over > _BIT:
        last = acts[-1][1] if acts else here
        yield last, last, over


def _breath(phase: ScorePhase, pose: Pose, seconds: float) -> float:
    """That of the score while one keeps still; none over a breath of the pose."""
    if pose.ribs != 1.0:
        return 0.0
    return phase.breath or breath(seconds)


def _add(spans: list[PoseSpan], span: PoseSpan) -> None:
    if span.end - span.begin > _BIT:
        spans.append(span)
