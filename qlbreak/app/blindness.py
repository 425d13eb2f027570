"""That idle time cannot be read is said once; from then on, whoever asks is told."""

import logging
from pathlib import Path

from qlbreak.notify import Notifier, notes
from qlbreak.senses.idle import Idle

_log = logging.getLogger(__name__)

# Three minutes: at login a desktop's parts come up one after the other, and some are slow then.
_PATIENCE = 12


class Blindness:
    """The file `said` remembers it for as long as it is true: a desktop that cannot tell will not
    tell tomorrow either. What has come back may go again; that is said once in a run."""

    def __init__(self, idle: Idle, notifier: Notifier, said: Path) -> None:
        self._idle, self._notifier, self._said = idle, notifier, said
        self._ticks = 0  # without an answer
        self._sees = self._told = False

    def look(self) -> None:
        """With each tick; raises OSError where it cannot be remembered."""
        if self._idle.name:
            if not self._sees:
                self._come_back()
            return
        self._sees = False
        self._ticks += 1
        if self._ticks == _PATIENCE and not self._told and not self._said.exists():
            _log.warning("idle time cannot be read here: %s", self._idle.trouble or "no source")
            self._told = True
            self._notifier.show(notes.no_idle())
            self._said.touch(mode=0o600)

    def _come_back(self) -> None:
        self._sees, self._ticks = True, 0
        self._notifier.close(notes.IDLE)
        self._said.unlink(missing_ok=True)
