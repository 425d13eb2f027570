"""A guided routine's figure: in the pose of the step that is told, still before the work."""

import pytest

from desk import CATALOGUE
from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Block, Movement
from qlbreak.core.model.score import Moment, said
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.description import Pose, in_step
from qlbreak.figures.moving import Between, Figure
from qlbreak.guide import cues
from qlbreak.guide.posing import posed, rests

FIGURES = moving.load()
MOVEMENTS = list(CATALOGUE.movements.values())

each = pytest.mark.parametrize("movement", MOVEMENTS, ids=lambda movement: movement.id)


def session(movement: Movement, seconds: int | None = None, side: Side = Side.LEFT) -> Session:
    return Session(CATALOGUE.exercises([Block(movement.id, seconds or movement.default_s)]), side)


def begin(guide: Session) -> None:
    """To the start of the work."""
    while rests(guide):
        guide.advance(min(guide.left, 4))


def poses(figure: Figure, step: int) -> list[Pose]:
    return [figure.poses[index] for index in in_step(figure.steps[step])]


@each
def test_every_step_has_its_poses(movement: Movement) -> None:
    assert len(FIGURES[movement.id].steps) == len(said(movement, movement.default_s))


@each
def test_it_gets_ready_in_the_starting_pose_and_keeps_still(movement: Movement) -> None:
    """So it does before each side, and the work begins in the same pose."""
    guide, figure = session(movement, side=Side.RIGHT), FIGURES[movement.id]
    sides = []
    while not guide.over:
        if guide.elapsed == 0 and not rests(guide):
            assert posed(guide, figure).before is figure.start
        if rests(guide):
            sides.append(guide.stretch.side)
            assert posed(guide, figure) == Between(figure.start, figure.start, 0.0, 0.0)
            assert guide.stretch.moment is not Moment.WORK
        guide.advance(0.5)
    assert figure.start in poses(figure, 0)
    wanted = {Side.RIGHT, Side.LEFT} if movement.sided else {Side.BOTH}
    assert set(sides) == wanted


@each
@pytest.mark.parametrize("shortest", [True, False])
def test_the_pose_is_that_of_the_step_which_is_told(movement: Movement, shortest: bool) -> None:
    guide = session(movement, movement.min_s if shortest else movement.default_s)
    figure = FIGURES[movement.id]
    reached: dict[int, list[Pose]] = {}
    begin(guide)
    guide.advance(0.013)
    while not rests(guide) and not guide.over:
        step, now = cues.cue(guide).step, posed(guide, figure)
        assert now.after in poses(figure, step)
        nearly = now.before is now.after or now.part > 0.8
        reached.setdefault(step, []).append(now.after if nearly else now.before)
        guide.advance(0.03)
    for step in range(len(figure.steps)):
        assert all(pose in reached[step] for pose in poses(figure, step))


@each
def test_where_no_motion_is_wanted_each_step_is_one_still_pose(movement: Movement) -> None:
    guide, figure = session(movement), FIGURES[movement.id]
    begin(guide)
    shown: dict[int, set[Pose]] = {}
    for _ in range(movement.default_s * 2 - 1):
        now = posed(guide, figure, still=True)
        assert now.before is now.after
        assert now.breath == 0
        shown.setdefault(cues.cue(guide).step, set()).add(now.before)
        guide.advance(0.5)
    assert len(shown) == len(figure.steps)
    for step, seen in shown.items():
        (pose,) = seen
        assert pose in poses(figure, step)


def test_a_pause_stops_it() -> None:
    guide = session(CATALOGUE.movements["len-seat-reach"])
    begin(guide)
    guide.advance(4.0)
    guide.toggle()
    before = posed(guide, FIGURES["len-seat-reach"])
    guide.advance(2.0)
    assert posed(guide, FIGURES["len-seat-reach"]) == before


def test_a_figure_that_is_lent_or_neutral_is_shown_as_well() -> None:
    """A person's own movement may have other steps than the movement whose figure it shows."""
    guide = session(CATALOGUE.movements["rel-wall-ball"])
    begin(guide)
    for figure in (FIGURES["reset-backbend"], moving.generic(guide.movement.position)):
        assert len(figure.steps) != len(said(guide.movement, 20))
        seen = set()
        while guide.left > 0.5:  # to the end of the first side
            seen.add(posed(guide, figure).after)
            assert posed(guide, figure, still=True) == moving.telling(figure)
            guide.advance(0.5)
        assert seen == set(figure.poses)
        guide.back()
        begin(guide)
