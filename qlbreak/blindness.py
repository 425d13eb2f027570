"""That idle time cannot be read is said once ever; from then on, whoever asks is told."""

import logging
from collections.abc import Callable
from pathlib import Path

from qlbreak import notes
from qlbreak.idle import Idle
from qlbreak.notify import Note

_log = logging.getLogger(__name__)

# A minute: at login a desktop's parts come up one after the other.
_PATIENCE = 4


class Blindness:
    """The file `said` remembers it, as a desktop that cannot tell will not tell tomorrow either."""

    def __init__(self, idle: Idle, notify: Callable[[Note], None], said: Path) -> None:
        self._idle, self._notify, self._said = idle, notify, said
        self._ticks = 0  # without an answer

    def look(self) -> None:
        """With each tick; raises OSError where it cannot be remembered."""
        self._ticks = 0 if self._idle.name else self._ticks + 1
        if self._ticks == _PATIENCE and not self._said.exists():
            _log.warning("idle time cannot be read here: %s", self._idle.trouble or "no source")
            self._notify(notes.no_idle(self._idle.trouble))
            self._said.touch(mode=0o600)
