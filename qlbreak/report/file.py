"""The page as a file: whole or not at all, for the user's eyes only."""

import os
import tempfile
from contextlib import suppress
from errno import EISDIR, ENOENT
from pathlib import Path


def check(path: Path) -> None:
    """Before the work is done. Raises OSError."""
    if path.is_dir():
        raise OSError(EISDIR, "it is a folder; name a file", str(path))
    if not path.parent.is_dir():
        raise OSError(ENOENT, "there is no such folder", str(path.parent))


def save(path: Path, text: str) -> None:
    """Puts it in the place of what was there. Raises OSError."""
    check(path)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path.parent)) from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
