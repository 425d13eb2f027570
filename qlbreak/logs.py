"""Where the log goes: a file for the user's eyes only, and standard error for want of better."""

import logging
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from qlbreak import visible

_BYTES, _FILES = 500_000, 2


# Each line begins with the time, or with this where a traceback goes on.
GOES_ON = "    | "


class Lines(logging.Formatter):
    """One line a message, whatever a hook or a library has said."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible.line(super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        return self._indented(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:
        return self._indented(super().formatStack(stack_info))

    def _indented(self, text: str) -> str:
        return "\n".join(GOES_ON + visible.line(line) for line in text.split("\n"))


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()


def write_to(path: Path) -> None:
    """Raises OSError."""
    handler = _PrivateFile(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8")
    handler.setFormatter(Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def to_stderr() -> None:
    """A line an event, for a run that nothing else shows."""
    if sys.stderr is not None:
        handler = logging.StreamHandler()
        handler.setFormatter(Lines("%(asctime)s %(message)s", "%H:%M:%S"))
        logging.getLogger().addHandler(handler)
