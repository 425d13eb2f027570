"""Other files lie where the running program was started from: said once, and never mixed in."""

import logging
from collections.abc import Callable
from typing import Any

from qlbreak.notify import Note, notes
from qlbreak.system import resources

_log = logging.getLogger(__name__)

Stamp = tuple[object, ...]


class Replacement:
    """Said once, as soon as the new files lie still. `stamp` tells them apart; where they are gone
    there is nothing to start."""

    def __init__(
        self, show: Callable[[Note], None], stamp: Callable[[], Stamp] = resources.stamp
    ) -> None:
        self._show, self._stamp = show, stamp
        self._known = self._seen = stamp()

    def look(self) -> None:
        """With each tick."""
        before, self._seen = self._seen, self._stamp()
        if self._seen == before and self._seen != self._known and not self._gone:
            self._known = self._seen
            _log.warning("the program's files are others by now: it needs a restart")
            self._show(notes.restart("qlbreak", opened=True))

    @property
    def _gone(self) -> bool:
        both = zip(self._known, self._seen, strict=True)
        return any(known is not None and seen is None for known, seen in both)


class OwnCode:
    """For `sys.meta_path`. A module that was not needed yet may be another version's by now, and
    what the two of them make of each other could end the program: then it is not there at all.
    Whoever imports late does without it."""

    def __init__(self, stamp: Callable[[], Stamp] = resources.stamp) -> None:
        self._stamp, self._known = stamp, stamp()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Leaves all others to whoever finds them. Raises ImportError."""
        if name.startswith("qlbreak.") and self._stamp() != self._known:
            raise ImportError(f"{name}: qlbreak was replaced while it was running", name=name)
