"""Which pose a figure shows at a moment of a guided routine: that of the score; pure."""

from qlbreak.core.model.guided import Session
from qlbreak.core.model.score import Moment
from qlbreak.figures import moving
from qlbreak.figures.moving import Between, Figure


def rests(session: Session) -> bool:
    """Does nothing move, since one gets ready or changes sides?"""
    return session.stretch.moment is not Moment.WORK


def posed(session: Session, figure: Figure, *, still: bool = False) -> Between:
    """The starting pose of the coming side while one gets ready for it; then that of the score.
    `still`: no motion is wanted, so the pose that tells most of the step.
    """
    if rests(session):
        return moving.start(figure)
    phases = session.score.of(session.phase.stretch)
    if still:
        return moving.of_step(figure, phases, session.phase.step)
    return moving.motion(figure, phases).at(session.elapsed)
