"""Files that a person keeps, pages and settings: whole or not at all, for the user's eyes only."""

import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import EFBIG, EINVAL, EISDIR, ENOENT
from pathlib import Path

from qlbreak.language import _
from qlbreak.system.clock import steady
from qlbreak.system.exits import USAGE, fail

# What a person writes by hand is a hundredth of that.
_MOST = 1 << 20
# A pipe that nobody writes into is not waited for; on Windows a line ends as it ends.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# Windows gives nobody the place of a file that somebody is reading: it is asked again for so long.
_PATIENCE_S, _AGAIN_S = 1.0, 0.02
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def text(path: Path) -> str:
    """What stands in a file of the person's own; a mark in front is left out, as some editors put
    one there. Never waits, and takes a file of sane size only. Raises OSError, UnicodeDecodeError.
    """
    if path.is_dir():  # or Windows would say that it may not be read
        raise IsADirectoryError(EISDIR, _("it is a folder"), str(path))
    number = os.open(path, _READING)
    with os.fdopen(number, "rb") as file:
        kind = os.fstat(number).st_mode
        if not stat.S_ISREG(kind):
            raise OSError(EINVAL, _("it is a pipe or a device; it should be a file"), str(path))
        found = file.read(_MOST + 1)
    if len(found) > _MOST:
        raise OSError(EFBIG, _("it is larger than 1 MB"), str(path))
    return found.decode("utf-8-sig")


def check(path: Path) -> None:
    """Before the work is done. Raises OSError."""
    if path.is_dir():
        fail(_("{path} is a folder; name a file", path=path), USAGE)
    if path.exists() and not path.is_file():
        fail(_("{path} is no file that could be replaced; name another one", path=path), USAGE)
    if not path.parent.is_dir():
        raise OSError(ENOENT, _("there is no such folder"), str(path.parent))


def save(path: Path, chunks: Iterable[bytes]) -> int:
    """How many chunks it took. What was there before stays until all is written. Raises OSError."""
    check(path)
    return put(path.resolve(), chunks)  # the file behind a link, not the link


def put(target: Path, chunks: Iterable[bytes]) -> int:
    """The same, in the place of whatever has that name. Raises OSError."""
    with replacing(target) as new:
        return write(new, chunks)


@contextmanager
def replacing(target: Path, new: Path | None = None) -> Iterator[Path]:
    """The file that takes the place of *target* at the end; nothing is left of it where that does
    not come to be. *new*: its name, where nobody else writes there. Raises OSError."""
    new = new if new is not None else _beside(target)
    try:
        yield new
        _take_place(new, target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _take_place(new: Path, target: Path) -> None:
    until, pause = steady() + _PATIENCE_S, threading.Event()
    while True:
        try:
            new.replace(target)
            return
        except PermissionError:
            if sys.platform != "win32" or target.is_dir() or steady() >= until:
                raise
        pause.wait(_AGAIN_S)


def write(path: Path, chunks: Iterable[bytes], *, lasting: bool = True) -> int:
    """How many chunks it took; on the disk when this returns, or else soon. Raises OSError."""
    with os.fdopen(os.open(path, _WRITING, 0o600), "wb") as file:
        count = sum(1 for chunk in chunks if file.write(chunk))
        if lasting:
            file.flush()
            os.fsync(file.fileno())
    return count


def _beside(target: Path) -> Path:
    """A new file in the same folder, readable by nobody else."""
    try:
        number, name = tempfile.mkstemp(prefix=f".{target.name}-"[:100], dir=target.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None
    os.close(number)
    return Path(name)
