"""What a test needs of the machine: skipped without it, but in continuous integration a failure."""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from elsewhere import FOLDER


def on_unix(why: str) -> pytest.MarkDecorator:
    """For what Windows has not, or has otherwise."""
    return pytest.mark.skipif(sys.platform == "win32", reason=f"only on Unix: {why}")


def has_mode(path: Path, mode: int) -> bool:
    """Files of Windows have none: who may read them is the folder's."""
    return sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == mode


def writing(path: Path) -> tuple[int, int]:
    """Which file it is, and when it was last written: to read it changes the rest of its stat."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns


def elsewhere(package: str) -> Callable[[], Path]:
    """Where the source of a library lies that cannot be installed here: see tests/elsewhere.py."""

    def found() -> Path:
        folder = FOLDER / package
        if not folder.is_dir():
            pytest.skip(f"the source of {package} is not here; fetched by: make types")
        return folder

    return found
