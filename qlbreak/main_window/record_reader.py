"""All that was recorded, read beside the window, so that years of it do not make it hang."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from qlbreak.record.load import Record, load
from qlbreak.settings import config
from qlbreak.settings.config import Config, ConfigError
from qlbreak.settings.schema import Settings
from qlbreak.system.paths import Paths

Hear = Callable[[Record | None, str], object]


class RecordReader(QObject):
    """`told` hears each record that was read, or why none could be."""

    _read = Signal(object, str)

    def __init__(self, paths: Paths, told: Hear) -> None:
        super().__init__()
        self._paths, self._told = paths, told
        self._busy = self._stale = False
        self._read.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Reads it, and what comes meanwhile once more; never two at a time."""
        if self._busy:
            self._stale = True
            return
        self._busy = True
        threading.Thread(target=self._work, name="record", daemon=True).start()

    def _work(self) -> None:
        try:
            self._read.emit(load(self._paths, self._settings()), "")
        except OSError as error:
            self._read.emit(None, str(error))

    def _settings(self) -> Config:
        """With a mistake in them the defaults: what was recorded is to be seen all the same."""
        try:
            return config.load(self._paths.config)
        except ConfigError:
            return Config(Settings(), self._paths.config, found=False)

    def _arrived(self, found: Record | None, trouble: str) -> None:
        self._busy = False
        self._told(found, trouble)
        if self._stale:
            self._stale = False
            self.look()
