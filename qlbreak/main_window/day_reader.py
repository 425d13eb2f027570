"""Today out of the files, read beside the window: what was done when, and the sums of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import day_of
from qlbreak.core.statistics.figures import Figures
from qlbreak.core.statistics.tally import Tally
from qlbreak.core.statistics.timeline import Timeline, timeline
from qlbreak.data import load_with
from qlbreak.main_window.file_reader import FileReader
from qlbreak.record.load import lately
from qlbreak.settings import config
from qlbreak.settings.config import Config
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


class DayReader:
    """`read` is told each day that was read, and why where none could be."""

    def __init__(self, paths: Paths, read: Callable[[Today | None, str], object]) -> None:
        self._paths, self._running = paths, False
        self._settings: tuple[object, Config, Catalogue] | None = None
        self._reader = FileReader("day", self._today, read)

    def look(self, *, running: bool) -> None:
        """As it is now."""
        self._running = running
        self._reader.look()

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
        """Settings and movements: read anew where their files are others. What was recorded is to
        be seen whatever is wrong with them."""
        stamp = _stamp(self._paths.config), _stamp(self._paths.own)
        if self._settings is None or self._settings[0] != stamp:
            found = config.load_or_default(self._paths.config)
            self._settings = stamp, found, load_with(self._paths.own)[0]
        return self._settings[1:]


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
