"""Whether somebody is in a call or a meeting, in which nothing of ours may be heard."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from qlbreak.core.model.terms import CALL, Reason
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.system import control

_log = logging.getLogger(__name__)


class Calls:
    """Microphone and camera are looked at here, so that it is heard of at once: the running program
    looks every 15 seconds. Only that knows of a meeting that was declared, and is followed.
    """

    def __init__(self, busy: Callable[[], frozenset[Reason]], socket: Path | None = None) -> None:
        self._busy, self._meeting = busy, False
        if socket is not None:
            run = threading.Thread(target=self._follow, args=(socket,), name="meeting", daemon=True)
            run.start()

    def __call__(self) -> bool:
        """By one thread."""
        return bool(self._busy() & CALL) or self._meeting

    def _follow(self, socket: Path) -> None:
        try:
            for news in control.Followed(socket):
                self._meeting = bool((news.data or {}).get("meeting"))
        except control.NotRunning:
            pass
        except OSError as error:
            _log.info("what the running program knows of meetings is not told: %s", error)
        self._meeting = False  # it has ended, and with it what it was told


def calls(wanted: frozenset[Reason], socket: Path) -> Calls:
    """`wanted`: what the person wants to count as a call, as for reminders."""
    asked = (source for source in sources() if source.about in CALL)
    return Calls(Busy(asked, wanted & CALL), socket)
