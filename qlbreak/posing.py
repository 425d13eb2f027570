"""Which pose a figure shows at a moment of a guided routine: that of the present step; pure."""

from qlbreak import cues, figures
from qlbreak.core.course import Moment
from qlbreak.core.dose import turn
from qlbreak.core.guide import Session
from qlbreak.core.movements import Movement
from qlbreak.figures import Between, Figure, Score


def rests(session: Session) -> bool:
    """Does nothing move, since one gets ready or changes sides?"""
    return session.stretch.moment is not Moment.WORK


def posed(session: Session, figure: Figure, *, still: bool = False) -> Between:
    """The starting pose of the coming side while one gets ready for it; then the step's, and what
    moves in it. `still`: no motion is wanted, so the pose that tells most of the step.
    """
    if rests(session):
        return figures.start(figure)
    movement, seconds = session.movement, session.stretch.seconds
    if not still:
        return played(movement, figure, seconds).at(session.elapsed)
    cue = cues.cue(session)
    own = len(cue.steps) == len(figure.steps)  # a figure that is lent has other steps
    return figures.of_step(figure, cue.step) if own else figures.telling(figure)


def played(movement: Movement, figure: Figure, seconds: float) -> Score:
    """What the figure does when the work takes so many seconds, each step at its time."""
    return figures.score(figure, cues.lengths(movement, seconds), turn(movement.dose, seconds))
