"""Today out of the files, read beside the window: what was done when, and the sums of it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal

from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import day_of
from qlbreak.core.statistics.figures import Figures
from qlbreak.core.statistics.tally import Tally
from qlbreak.core.statistics.timeline import Timeline, timeline
from qlbreak.data import load_with
from qlbreak.record.load import lately
from qlbreak.settings import config
from qlbreak.settings.config import Config, ConfigError
from qlbreak.settings.schema import Settings
from qlbreak.system.clock import Clock
from qlbreak.system.paths import Paths
from qlbreak.texts import day, moments
from qlbreak.texts.day import DayEntry

_SPAN = timedelta(days=2)  # a prompt of yesterday may have ended today


class Today(Struct, frozen=True):
    at: datetime
    timeline: Timeline
    entries: tuple[DayEntry, ...]
    sums: tuple[str, ...]


class DayReader(QObject):
    """`read` is told each day that was read, and why where none could be."""

    _read = Signal(object, str)

    def __init__(self, paths: Paths, read: Callable[[Today | None, str], object]) -> None:
        super().__init__()
        self._paths, self._told = paths, read
        self._busy = self._stale = self._running = False
        self._settings: tuple[object, Config, Catalogue] | None = None
        self._read.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def look(self, *, running: bool) -> None:
        """Reads it, and what comes meanwhile once more; never two at a time."""
        self._running = running
        if self._busy:
            self._stale = True
            return
        self._busy = True
        threading.Thread(target=self._work, name="day", daemon=True).start()

    def _arrived(self, found: Today | None, trouble: str) -> None:
        self._busy = False
        self._told(found, trouble)
        if self._stale:
            self._stale = False
            self.look(running=self._running)

    def _work(self) -> None:
        try:
            self._read.emit(self._today(), "")
        except OSError as error:
            self._read.emit(None, str(error))

    def _today(self) -> Today:
        settings, catalogue = self._known()
        at, _ = Clock().now()
        facts = lately(self._paths, settings, at - _SPAN)
        turn = settings.rules.day_turn
        tally = Tally(turn, settings.rules.sitting, catalogue)
        for fact in facts:
            tally.add(fact)
        told = timeline(facts, turn, at, running=self._running)
        figures = tally.days().get(day_of(at, turn), Figures())
        entries = tuple(day.entries(told, catalogue))
        return Today(at, told, entries, tuple(moments.today(figures)))

    def _known(self) -> tuple[Config, Catalogue]:
        """Settings and movements: read anew where their files are others. With a mistake in them
        the defaults serve: what was recorded is to be seen all the same."""
        stamp = _stamp(self._paths.config), _stamp(self._paths.own)
        if self._settings is None or self._settings[0] != stamp:
            try:
                found = config.load(self._paths.config)
            except ConfigError:
                found = Config(Settings(), self._paths.config, found=False)
            self._settings = stamp, found, load_with(self._paths.own)[0]
        return self._settings[1:]


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
