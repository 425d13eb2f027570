"""Where the log goes: a file for the user's eyes only, and standard error for want of better."""

import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from qlbreak.language import _
from qlbreak.system import printable
from qlbreak.system.paths import PathError, make_folder

_BYTES, _FILES = 500_000, 2
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


# Each line begins with the time, or with this where a traceback goes on.
GOES_ON = "    | "


class Lines(logging.Formatter):
    """One line a message, whatever a hook or a library has said."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return printable.line(super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        return self._indented(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:
        return self._indented(super().formatStack(stack_info))

    def _indented(self, text: str) -> str:
        return "\n".join(GOES_ON + printable.line(line) for line in text.split("\n"))


class _PlainFile(logging.FileHandler):
    """For the user's eyes only."""

    _told = False

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)
        return super()._open()

    def handleError(self, _record: logging.LogRecord) -> None:
        """One line, once: Python would tell it with each line, at length."""
        if not self._told:
            self._told = True
            _complain(
                _(
                    "the log {path} cannot be written: {why}",
                    path=self.baseFilename,
                    why=sys.exc_info()[1],
                )
            )


class _PrivateFile(_PlainFile, RotatingFileHandler):
    pass


def write_to(path: Path) -> None:
    """Where it cannot be written, the program runs without it: better than not to be there."""
    try:
        make_folder(path.parent)
        handler: logging.Handler = _PrivateFile(
            path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except (PathError, OSError) as error:
        _complain(_("it runs without a log: {why}", why=error))
        handler = logging.NullHandler()
    handler.setFormatter(Lines(_FORM))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def add_to(path: Path) -> None:
    """Of a process that has something to say now and then: its warnings go to the end of that file,
    which the running program alone turns over."""
    try:
        make_folder(path.parent)
    except (PathError, OSError):
        return
    handler = _PlainFile(path, encoding="utf-8", errors="backslashreplace", delay=True)
    handler.setFormatter(Lines(_FORM))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def trouble(path: Path) -> str:
    """Why nothing is written there; empty where it is, or would be."""
    there = next(found for found in (path, *path.parents) if found.exists())
    sound = there.is_file() if there == path else there.is_dir()
    return "" if sound and os.access(there, os.W_OK) else _("{path} cannot be written", path=path)


def _complain(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"qlbreak: {text}\n")


def to_stderr() -> None:
    """A line an event, for a run that nothing else shows."""
    if sys.stderr is not None:
        handler = logging.StreamHandler()
        handler.setFormatter(Lines("%(asctime)s %(message)s", "%H:%M:%S"))
        logging.getLogger().addHandler(handler)
