"""That commands and a second start find the running program, for as long as it runs."""

import logging
from collections.abc import Callable

from qlbreak.app.claim import Claim
from qlbreak.system.control import Server
from qlbreak.system.lock import AlreadyRunning
from qlbreak.system.paths import PathError

_log = logging.getLogger(__name__)


class Reach:
    """Locks and socket are files, and may be removed. `lost` is called where another program has
    the locks by then: two must not write one record."""

    def __init__(self, claim: Claim, server: Server, lost: Callable[[], None]) -> None:
        self._claim, self._server, self._lost = claim, server, lost
        self._trouble = ""

    def look(self) -> None:
        """At the start, and with each tick."""
        try:
            self._claim.look_after()
            self._server.look_after()
            self._claim.listens(self._server.path)
            self._trouble = ""
        except AlreadyRunning:
            _log.error("the record's folder is another program's by now: this one ends")
            self._lost()
        except (PathError, OSError) as error:
            if str(error) != self._trouble:
                _log.warning("commands may not reach it for now: %s", error)
            self._trouble = str(error)

    def stop(self) -> None:
        """Whoever has asked still gets the answer."""
        self._server.stop()
