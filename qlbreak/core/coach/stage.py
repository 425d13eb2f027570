"""When the stage changes: up where somebody says yes to it, down by itself."""

from datetime import datetime, time, timedelta

from qlbreak.core.coach.check_ins import CheckIns, rose_at
from qlbreak.core.coach.history import History
from qlbreak.core.coach.progress import Progress
from qlbreak.core.model.movements import Kind, Movement, Stage
from qlbreak.core.model.rules import day_of
from qlbreak.core.model.terms import Feeling
from qlbreak.language import _, ngettext

_WEEK = timedelta(days=7)
_FORTNIGHT = timedelta(days=14)
# Weeks 1 and 2, 3 and 4, 5 to 8 (docs/coach.md).
_STAGE_DAYS = {Stage.SETTLE: 14, Stage.WORK: 14, Stage.BUILD: 28}
_STRENGTH_NEEDED = 8  # strength blocks in a fortnight, before more is proposed


class Staging:
    """Reads what was; remembers nothing of its own."""

    def __init__(
        self, history: History, progress: Progress, check_ins: CheckIns, turn: time
    ) -> None:
        self._history = history
        self._progress = progress
        self._check_ins = check_ins
        self.turn = turn

    def lower(self, at: datetime) -> Stage | None:
        """The stage to go back to, where there is reason to: once for each reason."""
        last, since = self._history.last_done(), self._progress.since
        rested = self._history.weeks_off(at) and (since is None or last is None or since <= last)
        reason = rested or self._too_much(at) or self._rose(at)
        if self._progress.stage is Stage.SETTLE or not reason:
            return None
        return list(Stage)[self._progress.stage.rank - 1]

    def higher(self) -> Stage | None:
        rank = self._progress.stage.rank + 1
        return list(Stage)[rank] if rank < len(Stage) else None

    def missing(self, at: datetime) -> str:
        """What is still missing for the next stage; nothing where it may be proposed."""
        days = _STAGE_DAYS.get(self._progress.stage)
        if days is None:
            return _("there is no further stage")
        if self._progress.since is None or at - self._progress.since < timedelta(days=days):
            return ngettext("this stage takes {n} day", "this stage takes {n} days", days, n=days)
        strength = self._strength_blocks(at)
        if strength < _STRENGTH_NEEDED:
            return _(
                "{done} of {needed} strengthening sets done in the last two weeks",
                done=strength,
                needed=_STRENGTH_NEEDED,
            )
        return self._sore(at)

    def invites(self, at: datetime) -> bool:
        """Whether it is time to ask: once a week at most."""
        asked = self._progress.invited_at
        return not self.missing(at) and (asked is None or at - asked >= _WEEK)

    def _sore(self, at: datetime) -> str:
        history = self._history
        worse = [o for o in history.offers if o.life.feeling is Feeling.WORSE and at - o.at < _WEEK]
        sore_day, today = history.sore_day, day_of(at, self.turn)
        if worse or (sore_day is not None and today - sore_day < _WEEK):
            return _("you had a sore day this week")
        if rose_at(self._check_ins.entries, at) is not None:
            return _("your last check-in was higher by 2 or more")
        return ""

    def _too_much(self, at: datetime) -> bool:
        """Twice in a week it felt worse, since this stage began."""
        since = max(at - _WEEK, self._progress.since or at - _WEEK)
        worse = [
            o for o in self._history.offers if o.life.feeling is Feeling.WORSE and o.at >= since
        ]
        return len(worse) >= 2

    def _rose(self, at: datetime) -> bool:
        """The last check-in was up by 2 or more, since this stage began."""
        rose, since = rose_at(self._check_ins.entries, at), self._progress.since
        return rose is not None and (since is None or rose >= since)

    def _strength_blocks(self, at: datetime) -> int:
        history = self._history
        return sum(
            len({w.movement for w in history.done(o) if _strengthens(history.movement(w))})
            for o in history.offers
            if at - o.at <= _FORTNIGHT
        )


def _strengthens(movement: Movement | None) -> bool:
    return movement is not None and movement.role is Kind.STRENGTHEN
