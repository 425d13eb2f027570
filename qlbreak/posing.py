"""Which pose a figure shows at a moment of a guided routine: that of the present step; pure."""

from qlbreak import cues, figures
from qlbreak.core.course import Moment
from qlbreak.core.guide import Session
from qlbreak.figures import Between, Figure


def rests(session: Session) -> bool:
    """Does nothing move, since one gets ready or changes sides?"""
    return session.stretch.moment is not Moment.WORK


def posed(session: Session, figure: Figure, *, still: bool = False) -> Between:
    """The starting pose of the coming side while one gets ready for it; then the step's, and what
    moves in it. `still`: no motion is wanted, so the pose that tells most of the step.
    """
    if rests(session):
        return figures.start(figure)
    movement, dose = session.movement, session.movement.dose
    if not still:
        seconds = cues.lengths(movement, session.stretch.seconds)
        return figures.score(figure, seconds, dose.hold or None).at(session.elapsed)
    step = cues.cue(session).step
    own = len(movement.steps) == len(figure.steps)  # a figure that is lent has other steps
    return figures.of_step(figure, step) if own else figures.telling(figure)
