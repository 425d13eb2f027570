"""Since when nobody can be at the screen: locked, asleep, or switched to another user."""

import logging
from collections.abc import Callable, Iterable
from functools import partial

from qlbreak.senses.source import InUse, Sense, Source
from qlbreak.system.clock import steady

_log = logging.getLogger(__name__)


class Locked:
    """What the sources say together; it is called by the one thread that looks at the desk. `soon`,
    called by any thread, asks for a look: what has changed is read then, and counts from the moment
    at which it was told."""

    def __init__(
        self,
        sources: Iterable[Source],
        soon: Callable[[], object],
        now: Callable[[], float] = steady,
    ) -> None:
        self._soon, self._now = soon, now
        self._sources = [
            InUse(source, partial(self._stir, source.name))
            for source in sources
            if source.about is Sense.LOCKED
        ]
        self._news: dict[str, float] = {}  # of whom there is some, and since when
        self._since: dict[str, float] = {}  # who says that it is locked

    def __call__(self) -> float | None:
        """Seconds since the first of those that hold began to; None where none holds."""
        now = self._now()
        for source in self._sources:
            source.open(now)
        for source in self._sources:
            self._read(source, now)
        since = min(self._since.values(), default=None)
        return None if since is None else self._now() - since

    def _stir(self, name: str, since: float) -> None:
        self._news.setdefault(name, since)
        self._soon()

    def _read(self, source: InUse, steady: float) -> None:
        """While one is late it stays as it was; one that fails knows nothing."""
        name = source.name
        since = self._news.pop(name, steady)
        holds = source.look(steady)
        if source.late:
            self._news.setdefault(name, since)
            return
        if bool(holds) != (name in self._since):
            _log.info("%s: %s", name, "locked or asleep" if holds else "open again")
        if holds:
            self._since.setdefault(name, since)
        else:
            self._since.pop(name, None)
