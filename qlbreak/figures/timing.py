"""When a figure is in which pose: its steps, laid over the seconds that the guide gives them. Pure.

What is held takes the time that is left, at a breath; what is repeated is done as often as fits.
"""

from bisect import bisect_right
from functools import lru_cache
from math import cos, pi
from typing import NamedTuple

from qlbreak.figures.body import Between
from qlbreak.figures.description import Figure, Pose, Step, in_step

BREATH_S = 4.5
_SHORTEST = 2.0  # seconds in which somebody is seen to breathe


class Act(NamedTuple):
    """Go to a pose and stay there; all in seconds."""

    pose: Pose
    move: float
    stay: float


class PoseSpan(NamedTuple):
    """From one pose to the next, or a stay in the same."""

    begin: float
    end: float
    before: Pose
    after: Pose


class Score(NamedTuple):
    """What a figure does in all the seconds of a movement."""

    spans: tuple[PoseSpan, ...]
    steady: bool

    def at(self, seconds: float) -> Between:
        index = bisect_right(self.spans, seconds, key=lambda span: span.begin) - 1
        begin, end, before, after = self.spans[max(index, 0)]
        part = min(max((seconds - begin) / (end - begin), 0.0), 1.0)
        if before is after:
            return Between(before, after, 0.0, _breath(before, part, end - begin))
        return Between(before, after, part if self.steady else part * part * (3 - 2 * part))


def start(figure: Figure) -> Between:
    return Between(figure.start, figure.start)


def telling(figure: Figure) -> Between:
    pose = figure.poses[figure.telling]
    return Between(pose, pose)


def of_step(figure: Figure, step: int) -> Between:
    """Return the pose that tells most of a step, for where nothing moves."""
    poses = in_step(figure.steps[step])
    held = [pose for pose in poses if figure.poses[pose].held]
    there = figure.telling if figure.telling in poses else poses[-1]
    pose = figure.poses[held[0] if held else there]
    return Between(pose, pose)


@lru_cache(maxsize=32)
def score(figure: Figure, seconds: tuple[float, ...], turn_s: float | None = None) -> Score:
    """`seconds`: of each step. `turn_s`: how long what is repeated takes each time; otherwise it
    has the figure's own tempo, and a hold is held once, as long as there is time. Another number
    of steps than the figure's shares evenly.
    """
    if len(seconds) != len(figure.steps):
        seconds = (sum(seconds) / len(figure.steps),) * len(figure.steps)
    here, now = figure.start, 0.0
    spans: list[PoseSpan] = []
    for step, lasts in zip(figure.steps, seconds, strict=True):
        if lasts <= 0:
            continue
        acts = _fitted(_acts(figure, step, here, lasts, turn_s), lasts, repeats=_repeats(step))
        for pose, move, stay in acts:
            _add(spans, now, move, here, pose)
            _add(spans, now + move, stay, pose, pose)
            here, now = pose, now + move + stay
    return Score(tuple(spans), figure.steady)


def _breath(pose: Pose, part: float, seconds: float) -> float:
    """Whole breaths, so that one comes and goes without a jump; none over a breath of the pose."""
    if seconds < _SHORTEST or pose.ribs != 1.0:
        return 0.0
    return 0.5 - 0.5 * cos(2 * pi * part * max(round(seconds / BREATH_S), 1))


def _repeats(step: Step) -> bool:
    return any(not isinstance(item, int) for item in step)


def _acts(figure: Figure, step: Step, here: Pose, lasts: float, turn_s: float | None) -> list[Act]:
    """All of a step in its order; what is repeated as often as comes nearest to its seconds."""
    once = [figure.poses[item] for item in step if isinstance(item, int)]
    left = lasts - sum(pose.move + pose.hold for pose in once)
    poses: list[Pose] = []
    for item in step:
        if isinstance(item, int):
            poses.append(figure.poses[item])
            continue
        again = [figure.poses[index] for index in item]
        own = sum(pose.move + (lasts if pose.held else pose.hold) for pose in again)
        poses += again * max(round(left / (turn_s or own)), 1)
    befores = [here, *poses]
    return [
        Act(pose, 0.0 if pose is before else pose.move, 0.0 if pose.held else pose.hold)
        for before, pose in zip(befores, poses, strict=False)
    ]


def _fitted(acts: list[Act], lasts: float, *, repeats: bool) -> list[Act]:
    """What is left goes to the holds, else to the last pose, or slows down what is repeated. Where
    there is too little, the stays are shorter before anything moves quicker.
    """
    stays = sum(act.stay for act in acts)
    left = lasts - sum(act.move for act in acts) - stays
    if left < 0:
        kept = max(1 + left / stays, 0.0) if stays else 0.0
        acts = [act._replace(stay=act.stay * kept) for act in acts]
        left = min(left + stays, 0.0)
    held = [index for index, act in enumerate(acts) if act.pose.held]
    if not held and not repeats:
        held = [len(acts) - 1]
    if left < 0 or not held:
        slower = lasts / (lasts - left)
        return [Act(pose, move * slower, stay * slower) for pose, move, stay in acts]
    return [
        act._replace(stay=act.stay + left / len(held)) if index in held else act
        for index, act in enumerate(acts)
    ]


def _add(spans: list[PoseSpan], begin: float, seconds: float, before: Pose, after: Pose) -> None:
    """One that goes on with the same stay is one with it."""
    if seconds <= 1e-9:
        return
    last = spans[-1] if spans else None
    if last and before is after and last.before is last.after is before:
        spans[-1] = last._replace(end=begin + seconds)
    else:
        spans.append(PoseSpan(begin, begin + seconds, before, after))
