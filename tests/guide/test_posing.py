"""A guided routine's figure: in the pose of the step that is told, still before the work."""

import pytest

from desk import CATALOGUE
from poses import in_step
from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Block, Movement
from qlbreak.core.model.score import Moment, said
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.description import Pose
from qlbreak.figures.moving import Between
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


def poses(movement: Movement, step: int) -> list[Pose]:
    return [FIGURES[movement.id].poses[index] for index in in_step(movement.id, step)]


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
    assert figure.start in poses(movement, 0) or figure.steady
    wanted = {Side.RIGHT, Side.LEFT} if movement.sided else {Side.BOTH}
    assert set(sides) == wanted


@each
@pytest.mark.parametrize("shortest", [True, False])
def test_the_pose_is_that_of_the_phase_which_is_played(movement: Movement, shortest: bool) -> None:
    guide = session(movement, movement.min_s if shortest else movement.default_s)
    figure = FIGURES[movement.id]
    reached: dict[int, list[Pose]] = {}
    begin(guide)
    guide.advance(0.013)
    while not rests(guide) and not guide.over:
        step, now = cues.cue(guide).step, posed(guide, figure)
        assert now.after in poses(movement, step)
        nearly = now.before is now.after or now.part > 0.8
        reached.setdefault(step, []).append(now.after if nearly else now.before)
        guide.advance(0.03)
    for step, seen in reached.items():
        assert all(pose in seen for pose in poses(movement, step))


@each
def test_where_no_motion_is_wanted_each_step_is_one_still_pose(movement: Movement) -> None:
    guide, figure = session(movement), FIGURES[movement.id]
    begin(guide)
    shown: dict[int, set[Pose]] = {}
    while not rests(guide) and not guide.over:
        now = posed(guide, figure, still=True)
        assert now.before is now.after
        assert now.breath == 0
        shown.setdefault(cues.cue(guide).step, set()).add(now.before)
        guide.advance(0.25)
    assert len(shown) == len(said(movement, movement.default_s))
    for step, seen in shown.items():
        (pose,) = seen
        assert pose in poses(movement, step)


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
        seen = {figure.start}
        while guide.left > 0.5:  # to the end of the first side
            seen.add(posed(guide, figure).after)
            still = posed(guide, figure, still=True)
            assert still.before is still.after
            guide.advance(0.5)
        assert seen == set(figure.poses)
        guide.back()
        begin(guide)
