"""What the machine tells of a person who is busy: every reason that is wanted, at each tick."""

from collections.abc import Callable, Iterable

from qlbreak.core.model.terms import Reason
from qlbreak.senses.source import Finding, InUse, Source
from qlbreak.system.clock import steady


class Busy:
    """Asks all sources of the reasons that are `wanted`, which may be changed at any time. One that
    fails counts as not busy; one that is only slow to answer is believed to say what it said last.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        wanted: frozenset[Reason],
        now: Callable[[], float] = steady,
    ) -> None:
        self.wanted = wanted
        self._sources = [
            (source.about, InUse(source)) for source in sources if isinstance(source.about, Reason)
        ]
        self._now = now
        self._last: frozenset[InUse] = frozenset()  # those that said yes

    def follow(self, wanted: frozenset[Reason]) -> None:
        """These are wanted from now on."""
        self.wanted = wanted

    def __call__(self) -> frozenset[Reason]:
        """What holds now."""
        now, wanted = self._now(), self.wanted
        asked = [each for each in self._sources if each[0] in wanted]
        for _, source in asked:
            source.open(now)
        holding = {source: reason for reason, source in asked if self._holds(source, now)}
        self._last = frozenset(holding)
        return frozenset(holding.values())

    def _holds(self, source: InUse, steady: float) -> bool:
        return bool(source.look(steady)) or (source.late and source in self._last)

    def unsure(self) -> bool:
        """Whether a window may fill the screen, going by the last look, and nobody here can tell.
        GNOME's and KDE's compositors for Wayland then keep notifications behind it."""
        told = self.told(Reason.FULL_SCREEN)
        wanted = Reason.FULL_SCREEN in self.wanted
        return wanted and bool(told) and all(said.answer is None for said in told)

    def told(self, reason: Reason) -> list[Finding]:
        """What each source of that reason said when it was asked last."""
        return [source.finding for about, source in self._sources if about is reason]
