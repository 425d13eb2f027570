"""What is held is kept, at a quiet breath; what is repeated moves: the figures play the score."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from poses import in_step
from qlbreak import data
from qlbreak.core.model.dose import Part
from qlbreak.core.model.movements import Kind
from qlbreak.core.model.score import BREATH_S, ScorePhase, said, work
from qlbreak.figures import moving
from qlbreak.figures.body import Skeleton, solve
from qlbreak.figures.moving import Motion
from qlbreak.figures.space import length, sub
from qlbreak.figures.timing import PoseSpan

MOVEMENTS = data.load().movements
FIGURES = moving.load()
REPEATS = re.compile(r"repeat|times|circles|sway|rock a|march", re.IGNORECASE)
BREATHES = re.compile(r"^(?:breathe|press)", re.IGNORECASE)
HOLDS = re.compile(r"^hold [{\d]|^hold for|\bpause and breathe\b", re.IGNORECASE)
WALKS = "reset-walk"  # who walks goes on from pose to pose

every = pytest.mark.parametrize("name", FIGURES)
a_movement = st.sampled_from(list(MOVEMENTS.values()))
at_a_length = a_movement.flatmap(lambda m: st.tuples(st.just(m.id), st.integers(m.min_s, m.max_s)))


def phases(name: str, seconds: int) -> tuple[ScorePhase, ...]:
    return work(MOVEMENTS[name], seconds)


def played(name: str, seconds: int) -> Motion:
    return moving.motion(FIGURES[name], phases(name, seconds))


def stays(does: Motion) -> list[PoseSpan]:
    return [span for span in does.spans if span.before is span.after]


def within(does: Motion, phase: ScorePhase) -> list[PoseSpan]:
    return [s for s in does.spans if phase.begin - 1e-6 <= s.begin < phase.end - 1e-6]


def held(name: str) -> bool:
    return any(phase.part is Part.HOLD for phase in phases(name, MOVEMENTS[name].default_s))


@given(at_a_length)
def test_poses_change_only_between_phases(of: tuple[str, int]) -> None:
    """Each phase begins and ends in a pose; what is held or rests is one pose from end to end."""
    name, seconds = of
    does, found = played(name, seconds), phases(name, seconds)
    for phase in found:
        spans = within(does, phase)
        assert spans[0].begin == pytest.approx(phase.begin)
        assert spans[-1].end == pytest.approx(phase.end)
        if phase.part in (Part.HOLD, Part.REST) and name != WALKS:
            assert len(spans) == 1
            assert spans[0].before is spans[0].after
        else:
            seen = [spans[0].before, *(span.after for span in spans)]
            own = [FIGURES[name].poses[i] for i in path(name, found, phase)]
            assert all(pose in own for pose in seen[1:] if pose is not seen[0])


def path(name: str, found: tuple[ScorePhase, ...], phase: ScorePhase) -> tuple[int, ...]:
    return moving.poses(FIGURES[name], found)[found.index(phase)]


@given(at_a_length)
def test_nothing_is_rushed(of: tuple[str, int]) -> None:
    """No move takes less than two thirds of the time that it wants, nor half as long again."""
    name, seconds = of
    for move in played(name, seconds).spans:
        lasts = move.end - move.begin
        if move.before is not move.after:
            assert move.after.move / 1.5 - 1e-6 <= lasts <= move.after.move * 1.5 + 1e-6


@given(at_a_length)
def test_a_motion_is_whole(of: tuple[str, int]) -> None:
    """One span after the other, from the start to the end."""
    name, seconds = of
    does = played(name, seconds)
    assert does.spans[0].begin == 0
    assert does.spans[-1].end == pytest.approx(seconds)
    assert all(a.end == pytest.approx(b.begin) for a, b in pairwise(does.spans))
    assert all(a.after is b.before for a, b in pairwise(does.spans))


@every
def test_before_and_after_it_is_as_at_the_begin_and_the_end(name: str) -> None:
    does = played(name, MOVEMENTS[name].min_s)
    assert solve(does.at(-1)) == solve(moving.start(FIGURES[name]))
    assert does.at(MOVEMENTS[name].min_s + 9).after is does.spans[-1].after


@every
def test_the_figure_has_what_the_dose_has(name: str) -> None:
    """Poses for each step that leads in, for there and back, and for the way out."""
    figure, dose = FIGURES[name], MOVEMENTS[name].dose
    assert len(figure.ways) == len(dose.ways)
    assert bool(figure.there) == bool(dose.there)
    assert bool(figure.back) == bool(dose.back)
    assert bool(figure.out) == bool(dose.way_out)


@every
def test_it_comes_back_to_where_each_repetition_begins(name: str) -> None:
    """And so all repetitions look alike, and are as many as are counted."""
    movement = MOVEMENTS[name]
    if not movement.dose.back:
        return
    for seconds in (movement.min_s, movement.default_s, movement.max_s):
        does, found = played(name, seconds), phases(name, seconds)
        ends = [within(does, p)[-1].after for p in found if p.part is Part.BACK]
        assert len(ends) == movement.dose.number(seconds)
        assert all(end is ends[0] for end in ends)


def test_stretches_planks_and_what_says_so_are_held() -> None:
    for name, movement in MOVEMENTS.items():
        stretched = movement.role is Kind.LENGTHEN and name != "len-knee-roll"
        planked = "plank" in movement.short
        if stretched or planked or any(HOLDS.search(step) for step in movement.steps):
            assert held(name), name


@every
def test_what_is_repeated_moves(name: str) -> None:
    texts = said(MOVEMENTS[name], MOVEMENTS[name].default_s)
    for number, text in enumerate(texts):
        if REPEATS.search(text) and "in all" not in text and not BREATHES.search(text):
            assert len(set(in_step(name, number))) > 1, text
    assert held(name) or any(phase.rep for phase in phases(name, MOVEMENTS[name].default_s))


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
        breathes = seconds >= 3 and stay.before.ribs == 1
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


@every
def test_somebody_who_keeps_still_breathes_as_the_score_says(name: str) -> None:
    does, found = played(name, MOVEMENTS[name].max_s), phases(name, MOVEMENTS[name].max_s)
    for phase in found:
        if phase.breath and name != WALKS:
            (stay,) = within(does, phase)
            assert stay.breath == phase.breath
            assert 3 <= stay.breath <= 6


def test_breaths_are_slow_and_whole() -> None:
    """As at rest, some thirteen a minute; the chest is as it was when the next move begins."""
    does = played("len-seat-lean", MOVEMENTS["len-seat-lean"].max_s)
    stay = max(stays(does), key=lambda span: span.end - span.begin)
    lasts = stay.end - stay.begin
    breaths = [does.at(stay.begin + i / 100).breath for i in range(round(lasts * 100))]
    tops = [b for a, b, c in zip(breaths, breaths[1:], breaths[2:], strict=False) if a <= b > c]
    assert len(tops) == round(lasts / BREATH_S)
    assert tops == pytest.approx([1.0] * len(tops), abs=0.01)
    assert breaths[0] == 0


def test_a_breath_of_the_movement_itself_is_the_only_one() -> None:
    wide = replace(FIGURES["rel-breath"].poses[0], ribs=1.1)
    figure = replace(FIGURES["rel-breath"], poses=(wide,), ways=(), there=(), back=())
    does = moving.motion(figure, work(MOVEMENTS["len-desk-dog"], 25))
    assert {does.at(i / 4).breath for i in range(100)} == {0.0}
