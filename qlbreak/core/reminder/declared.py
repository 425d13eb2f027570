"""What the person has declared and nobody can sense: a pause, a meeting, a posture."""

from datetime import datetime

from qlbreak.core.model.facts import Declared, Fact, Meeting, Paused, Resumed
from qlbreak.core.model.rules import wall
from qlbreak.core.model.terms import Posture

_NEVER = float("-inf")


class Declarations:
    """Each ends by itself: on the steady clock, or at an hour of the wall clock."""

    def __init__(self) -> None:
        self.paused_till = _NEVER
        self.paused_until: datetime | None = None
        self.meeting_till = _NEVER
        self.stood_up: float | None = None

    def paused(self, when: float) -> bool:
        return when < self.paused_till or self.paused_until is not None

    def look(self, at: datetime) -> None:
        """What the wall clock has passed is over, also where it is set back afterwards: when summer
        ends, or on a flight to the west."""
        if self.paused_until is not None and wall(at) >= self.paused_until:
            self.paused_until = None

    def meeting(self, when: float) -> bool:
        return when < self.meeting_till

    @property
    def standing(self) -> bool:
        return self.stood_up is not None

    def apply(self, fact: Fact, when: float) -> None:
        self.look(fact.at)
        match fact:
            case Paused(seconds=seconds, until=until):
                self.paused_till = when + seconds if seconds is not None else _NEVER
                self.paused_until = None if until is None else wall(until)
            case Resumed():
                self.paused_till, self.paused_until = _NEVER, None
            case Meeting(seconds=seconds):
                self.meeting_till = when + seconds
            case Declared(posture=posture):
                self.stood_up = when if posture is Posture.STANDING else None
            case _:
                pass
