"""Since when nobody can be at the screen: locked, asleep, or switched to another user."""

import logging
import queue
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from qlbreak.system.clock import steady

_log = logging.getLogger(__name__)

# One that is slow, as desktops are at login, is asked so often what its news is.
_TRIES = 3


class Sign(Protocol):
    """One who knows of it. `tells`: calls back at each change, and need not be asked else."""

    name: str
    tells: bool

    def watch(self, stir: Callable[[], None]) -> None: ...

    def holds(self) -> bool:
        """Raises anything where it cannot be known."""


class Lock:
    """What the signs say together; it is called by the one thread that looks at the desk."""

    def __init__(self, signs: Sequence[Sign], now: Callable[[], float] = steady) -> None:
        self._signs, self._now = signs, now
        self._news: queue.SimpleQueue[tuple[Sign, float]] = queue.SimpleQueue()
        self._since: dict[str, float] = {}
        self._slow: dict[str, int] = {}  # tries

    def watch(self, soon: Callable[[], None]) -> None:
        """From now on; `soon`, called by any thread, asks for a look: what has changed is read
        then, and counts from the moment at which it was told.
        """
        for sign in self._signs:
            sign.watch(partial(self._stir, sign, soon))
            self._news.put((sign, self._now()))

    def __call__(self) -> float | None:
        """Seconds since the first of the signs that hold began to; None where none holds."""
        for sign, at in self._heard().items():
            self._read(sign, at)
        since = min(self._since.values(), default=None)
        return None if since is None else self._now() - since

    def _stir(self, sign: Sign, soon: Callable[[], None]) -> None:
        self._news.put((sign, self._now()))
        soon()

    def _heard(self) -> dict[Sign, float]:
        """Whom to ask, and since when there is news."""
        heard: dict[Sign, float] = {}
        while True:
            try:
                sign, at = self._news.get_nowait()
            except queue.Empty:
                break
            heard.setdefault(sign, at)
        now = self._now()
        return heard | {sign: now for sign in self._signs if not sign.tells}

    def _again(self, sign: Sign, at: float) -> bool:
        """Whether the next look asks it once more; until then it stays as it was."""
        self._slow[sign.name] = self._slow.get(sign.name, 0) + 1
        if self._slow[sign.name] >= _TRIES:
            return False
        if sign.tells:
            self._news.put((sign, at))
        return True

    def _read(self, sign: Sign, at: float) -> None:
        try:
            holds = sign.holds()
        except Exception as error:  # noqa: BLE001  the others may know, or else nobody
            _log.debug("%s cannot tell of a lock: %s", sign.name, error)
            if isinstance(error, TimeoutError) and self._again(sign, at):
                return
            holds = False
        self._slow.pop(sign.name, None)
        if holds != (sign.name in self._since):
            _log.info("%s: %s", sign.name, "locked or asleep" if holds else "open again")
        if holds:
            self._since.setdefault(sign.name, at)
        else:
            self._since.pop(sign.name, None)


def survey(signs: Sequence[Sign]) -> str:
    """Who can tell, in a line."""
    known = []
    for sign in signs:
        try:
            held = sign.holds()
        except Exception as error:  # noqa: BLE001  as above
            _log.debug("%s cannot tell of a lock: %s", sign.name, error)
        else:
            known.append(f"{sign.name} (locked)" if held else sign.name)
    if not known:
        return "nobody tells; a sleep shows as a gap of the clock, a lock as idle time"
    return f"from {', '.join(known)}"
