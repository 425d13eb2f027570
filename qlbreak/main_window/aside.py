"""One of our own commands beside the window, as a process that outlives it."""

import tempfile
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from qlbreak.system import launching
from qlbreak.system.paths import Paths


class Aside(QObject):
    """`ended` is told what went wrong, as the command says it; nothing where all went well."""

    _over = Signal(str)

    def __init__(self, ended: Callable[[str], object], otherwise: str) -> None:
        """*otherwise*: said of one that fails without a word."""
        super().__init__()
        self._otherwise = otherwise
        self._over.connect(ended, Qt.ConnectionType.QueuedConnection)

    def begin(self, paths: Paths, *words: str) -> None:
        threading.Thread(target=self._run, args=(paths, words), name="aside", daemon=True).start()

    def _run(self, paths: Paths, words: tuple[str, ...]) -> None:
        with tempfile.TemporaryFile() as errors:
            try:
                failed = launching.begin(paths, *words, errors=errors).wait() != 0
            except OSError as error:
                self._over.emit(str(error))
                return
            errors.seek(0)
            lines = errors.read().decode(errors="replace").split("\n")
        said = next((line for line in reversed(lines) if line.strip()), "")
        self._over.emit((said.removeprefix("qlbreak: ") or self._otherwise) if failed else "")
