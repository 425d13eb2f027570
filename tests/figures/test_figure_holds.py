"""What is held is kept, at a quiet breath; what is repeated moves: the timing of the figures."""

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from qlbreak import data
from qlbreak.core.model.movements import Kind
from qlbreak.core.model.score import said
from qlbreak.figures import moving
from qlbreak.figures.body import Skeleton, solve
from qlbreak.figures.description import in_step
from qlbreak.figures.space import length, sub
from qlbreak.figures.timing import BREATH_S, PoseSpan, Score, score
from qlbreak.guide import posing

MOVEMENTS = data.load().movements
FIGURES = moving.load()
REPEATS = re.compile(r"repeat|ten times|circles|sway|rock a", re.IGNORECASE)
HOLDS = re.compile(r"^hold \d|^hold for|\bpause and breathe\b", re.IGNORECASE)

every = pytest.mark.parametrize("name", FIGURES)


def played(name: str, seconds: float) -> Score:
    return posing.played(MOVEMENTS[name], FIGURES[name], seconds)


def held(name: str) -> bool:
    return any(pose.held for pose in FIGURES[name].poses)


def loops(name: str) -> bool:
    """Is it held again and again?"""
    return MOVEMENTS[name].dose.reps is not None and bool(groups(name))


def groups(name: str) -> list[tuple[int, ...]]:
    items = (item for step in FIGURES[name].steps for item in step)
    return [item for item in items if not isinstance(item, int)]


def stays(does: Score) -> list[PoseSpan]:
    return [stretch for stretch in does.spans if stretch.before is stretch.after]


def test_stretches_planks_and_what_says_so_are_held() -> None:
    for name, movement in MOVEMENTS.items():
        stretched = movement.role is Kind.LENGTHEN and name != "len-knee-roll"
        planked = "plank" in movement.short
        if stretched or planked or any(HOLDS.search(step) for step in movement.steps):
            assert held(name), name


@every
def test_what_is_repeated_moves(name: str) -> None:
    figure, texts = FIGURES[name], said(MOVEMENTS[name], MOVEMENTS[name].default_s)
    for text, step in zip(texts, figure.steps, strict=True):
        if REPEATS.search(text):
            assert len(set(in_step(step))) > 1, text
    assert held(name) or any(not isinstance(item, int) for step in figure.steps for item in step)


@every
def test_a_stay_is_one_pose_and_a_breath(name: str) -> None:
    """Nothing bobs: from the hips down, at the belt and at the hands not a hair moves."""
    does = played(name, MOVEMENTS[name].default_s)
    for stay in stays(does):
        seconds = stay.end - stay.begin
        seen = [solve(does.at(stay.begin + seconds * i / 40)) for i in range(40)]
        for bones in seen[1:]:
            assert_only_breathes(bones, seen[0])
        ends = solve(does.at(stay.end - 1e-6))
        assert length(sub(ends.head.at, seen[0].head.at)) < 0.05
        deep = max(bones.deep for bones in seen)
        breathes = seconds >= 2 and stay.before.ribs == 1
        assert (deep > 1.05) == breathes, (stay.begin, seconds)


def assert_only_breathes(bones: Skeleton, first: Skeleton) -> None:
    assert bones.pelvis == first.pelvis
    assert bones.lumbar == first.lumbar
    assert bones.chest == first.chest
    assert bones.waist == first.waist
    assert bones.ball == first.ball
    assert bones.legs == first.legs
    assert length(sub(bones.head.at, first.head.at)) < 1.0
    for side, arm in bones.arms.items():
        assert length(sub(arm.root, first.arms[side].root)) < 1.7
        assert length(sub(arm.tip, first.arms[side].tip)) < 1.7


@pytest.mark.parametrize("name", [name for name in FIGURES if held(name) and not loops(name)])
def test_a_longer_movement_is_held_longer_and_not_more_often(name: str) -> None:
    short, long = (
        [stay for stay in stays(played(name, seconds)) if stay.before.held]
        for seconds in (MOVEMENTS[name].min_s, MOVEMENTS[name].max_s)
    )
    assert len(short) == len(long)
    assert sum(s.end - s.begin for s in long) > sum(s.end - s.begin for s in short) * 1.4


@pytest.mark.parametrize(
    "name", [name for name in FIGURES if held(name) and loops(name) and MOVEMENTS[name].dose.hold]
)
def test_a_hold_that_is_repeated_takes_as_long_as_is_said(name: str) -> None:
    movement = MOVEMENTS[name]
    for seconds in (movement.min_s, movement.default_s, movement.max_s):
        does = played(name, seconds)
        holds = [stay.end - stay.begin for stay in stays(does) if stay.before.held]
        assert len(holds) == movement.dose.number(seconds)
        assert holds == pytest.approx([movement.dose.hold] * len(holds), abs=1)


@pytest.mark.parametrize("name", [name for name in FIGURES if loops(name)])
def test_what_is_told_so_many_times_is_shown_as_often(name: str) -> None:
    """Each time one comes to the pose that a repetition ends with."""
    movement = MOVEMENTS[name]
    ends = [FIGURES[name].poses[group[-1]] for group in groups(name)]
    for seconds in range(movement.min_s, movement.max_s + 1):
        work = [s for s in played(name, seconds).spans if s.begin > movement.dose.in_s - 1e-6]
        shown = [s for s in work if s.after in ends and s.before is not s.after]
        assert len(shown) == len(ends) * movement.dose.number(seconds), seconds


@every
def test_nothing_is_rushed(name: str) -> None:
    """No move takes less than two thirds of the time that it wants."""
    for seconds in range(MOVEMENTS[name].min_s, MOVEMENTS[name].max_s + 1):
        for move in played(name, seconds).spans:
            lasts = move.end - move.begin
            assert move.before is move.after or lasts >= move.after.move / 1.5 - 1e-6, move.begin


def test_without_a_dose_a_hold_is_held_once() -> None:
    figure = FIGURES["str-knee-plank"]
    assert score(figure, (4, 4, 4, 32)).spans[-1].before is figure.poses[0]
    assert len([stay for stay in stays(score(figure, (4, 4, 4, 32))) if stay.before.held]) == 1


@every
def test_a_score_is_whole(name: str) -> None:
    """One stretch after the other, from the start to the end, each step at its time."""
    figure = FIGURES[name]
    for seconds in (MOVEMENTS[name].min_s, 33.3):
        does = played(name, seconds)
        assert does.spans[0].begin == 0
        assert does.spans[-1].end == pytest.approx(seconds)
        assert all(a.end == pytest.approx(b.begin) for a, b in pairwise(does.spans))
        assert all(a.after is b.before for a, b in pairwise(does.spans))
        assert solve(does.at(-1)) == solve(moving.start(figure))
        assert does.at(seconds + 9).after is does.spans[-1].after


def test_breaths_are_slow_and_whole() -> None:
    """As at rest, some thirteen a minute; the chest is as it was when the next move begins."""
    does = score(FIGURES["len-seat-lean"], (5, 5, 20, 5))
    (stay,) = (stay for stay in stays(does) if stay.before.held)
    lasts = stay.end - stay.begin
    breaths = [does.at(stay.begin + i / 100).breath for i in range(round(lasts * 100))]
    tops = [b for a, b, c in zip(breaths, breaths[1:], breaths[2:], strict=False) if a <= b > c]
    assert len(tops) == round(lasts / BREATH_S)
    assert tops == pytest.approx([1.0] * len(tops), abs=0.01)
    assert breaths[0] == 0


def test_a_step_without_any_time_is_passed_over() -> None:
    figure = FIGURES["str-brace"]
    does = score(figure, (2, 0, 0, 6), 6)
    assert does.spans[-1].end == pytest.approx(8)
    assert all(a.after is b.before for a, b in pairwise(does.spans))


def test_a_breath_of_the_movement_itself_is_the_only_one() -> None:
    does = score(replace(FIGURES["rel-breath"], steps=((1,),)), (20.0,))
    assert {does.at(i / 4).breath for i in range(80)} == {0.0}
