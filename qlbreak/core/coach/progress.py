"""How far somebody has come: the stage, since when, and whether they were asked for the next."""

from datetime import datetime

from qlbreak.core.model.facts import AnyFact, Declined, Invited, Launched, Staged
from qlbreak.core.model.movements import Stage


class Progress:
    """A fold over the facts, without decisions."""

    def __init__(self) -> None:
        self.stage = Stage.SETTLE
        self.since: datetime | None = None
        self.invited: Stage | None = None  # an open question
        self.invited_at: datetime | None = None

    def apply(self, fact: AnyFact) -> None:
        match fact:
            case Launched(stage=stage, staged=staged):
                since = staged or self.since or fact.at
                self.stage, self.since = stage, min(since, fact.at)  # the clock may have been wrong
            case Staged(stage=stage):
                self.stage, self.since, self.invited = stage, fact.at, None
            case Invited(stage=stage):
                self.invited, self.invited_at = stage, fact.at
            case Declined():
                self.invited = None
            case _:
                pass
