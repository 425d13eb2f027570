"""Seconds since the last input: the first source that answers, in the order of `choice`."""

import logging
from collections.abc import Callable, Iterable

from qlbreak.senses.source import InUse, Sense, Source
from qlbreak.system.clock import steady

_log = logging.getLogger(__name__)


class Idle:
    """Asks the best source that works; without one idleness is unknown, never zero."""

    def __init__(self, sources: Iterable[Source], now: Callable[[], float] = steady) -> None:
        self._sources = [InUse(source) for source in sources if source.about is Sense.IDLE]
        self._now = now
        self._last = ""  # that had an answer
        self.name = ""

    def __call__(self) -> float | None:
        """Seconds since the last input, None if nothing can tell."""
        now = self._now()
        for number, source in enumerate(self._sources):
            source.open(now)
            seconds: float | None = source.look(now)
            if seconds is not None:
                self._use(source.name)
                for spare in self._sources[number + 1 :]:
                    spare.close()
                return seconds
            if source.late:  # nobody worse is asked in its place
                break
        self.name = ""
        return None

    @property
    def trouble(self) -> str:
        """Why nothing can tell: what became of the source that told last, or of the main one."""
        failed = [source for source in self._sources if source.trouble]
        failed.sort(key=lambda source: (source.name != self._last, not source.main))
        return f"{failed[0].name}: {failed[0].trouble}" if failed else ""

    def _use(self, name: str) -> None:
        if name != self.name:
            _log.info("idle time from %s", name)
        self.name = self._last = name
