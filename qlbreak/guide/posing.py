"""Which pose a figure shows at a moment of a guided routine: that of the present step; pure."""

from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.score import Moment, work
from qlbreak.figures import moving
from qlbreak.figures.moving import Between, Figure, Score
from qlbreak.guide import cues


def rests(session: Session) -> bool:
    """Does nothing move, since one gets ready or changes sides?"""
    return session.stretch.moment is not Moment.WORK


def posed(session: Session, figure: Figure, *, still: bool = False) -> Between:
    """The starting pose of the coming side while one gets ready for it; then the step's, and what
    moves in it. `still`: no motion is wanted, so the pose that tells most of the step.
    """
    if rests(session):
        return moving.start(figure)
    movement, seconds = session.movement, session.stretch.seconds
    if not still:
        return played(movement, figure, seconds).at(session.elapsed)
    cue = cues.cue(session)
    own = len(cue.steps) == len(figure.steps)  # a figure that is lent has other steps
    return moving.of_step(figure, cue.step) if own else moving.telling(figure)


def played(movement: Movement, figure: Figure, seconds: float) -> Score:
    """What the figure does when the work takes so many seconds, each step at its time."""
    pieces = work(movement, int(seconds))
    lengths = [0.0] * (max(piece.step for piece in pieces) + 1)
    for piece in pieces:
        lengths[piece.step] += piece.seconds
    again = sum(piece.seconds for piece in pieces if piece.rep == 1)
    return moving.score(figure, tuple(lengths), again or None)
