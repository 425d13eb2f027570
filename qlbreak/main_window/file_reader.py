"""Something out of the files, read beside the window, so that years of it do not make it hang."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class FileReader(QObject):
    """`told` hears what `read` returns; where that raised OSError nothing, and why."""

    _read = Signal(object, str)

    def __init__(
        self, name: str, read: Callable[[], Any], told: Callable[[Any, str], object]
    ) -> None:
        super().__init__()
        self._name, self._work, self._told = name, read, told
        self._busy = self._stale = False
        self._read.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Reads it, and what comes meanwhile once more; never two at a time."""
        if self._busy:
            self._stale = True
            return
        self._busy = True
        threading.Thread(target=self._run, name=self._name, daemon=True).start()

    def _run(self) -> None:
        try:
            self._read.emit(self._work(), "")
        except OSError as error:
            self._read.emit(None, str(error))

    def _arrived(self, found: Any, trouble: str) -> None:
        self._busy = False
        self._told(found, trouble)
        if self._stale:
            self._stale = False
            self.look()
