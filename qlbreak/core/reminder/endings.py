"""Good moments for a prompt, as looks at the desk tell them: something is over, or hands rest."""

from qlbreak.core.model.rules import FRESH, LEAST_CALL, LONG_WORK, MOMENT_LASTS, PAUSE
from qlbreak.core.model.terms import Early

_NEVER = float("-inf")


class Endings:
    """What is going on here, and what was over a moment ago. Steady seconds."""

    def __init__(self) -> None:
        self._since: dict[Early, float] = {}  # what is going on
        self._over: Early | None = None  # the last of it
        self._over_at = _NEVER
        self._began: float | None = None  # since when every look has found fresh input
        self._worked = 0.0  # from there to the last input

    def look(self, steady: float, idle: float | None, going_on: frozenset[Early]) -> None:
        """*going_on*: what will be a good moment when it is over."""
        if self._since or going_on:
            self._follow(steady, going_on)
        if idle is None or idle >= FRESH:
            self._began, self._worked = None, 0.0
            return
        last = steady - idle
        self._began = last if self._began is None else self._began
        self._worked = last - self._began

    def _follow(self, steady: float, going_on: frozenset[Early]) -> None:
        for moment, since in self._since.items():
            enough = moment is Early.UNLOCKED or steady - since >= LEAST_CALL
            if moment not in going_on and enough:
                self._over, self._over_at = moment, steady
        self._since = {moment: self._since.get(moment, steady) for moment in going_on}

    def good(self, steady: float, idle: float, rest: float) -> Early | None:
        """Why this is a good moment, None where it is none. *rest*: a pause after long work is one
        when it has lasted so long. Only for somebody who is there, and not in the midst of it."""
        if not PAUSE <= idle < FRESH:
            return None
        if steady - self._over_at < MOMENT_LASTS:
            return self._over
        return Early.PAUSE if idle >= rest and self._worked >= LONG_WORK else None
