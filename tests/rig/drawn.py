"""The notifications' pictures, drawn once for all tests: a program that has none works for seconds
at them, beside what it is tried for."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qlbreak.figures.picture_files import Pictures

_STORE = "QLBREAK_TESTS_DRAWN"  # for all processes that the tests run in


@contextmanager
def stored() -> Iterator[None]:
    """For as long as the tests run; they are drawn when the first test wants some."""
    if _STORE in os.environ:  # one of several processes
        yield
        return
    with tempfile.TemporaryDirectory(prefix="qlbreak-drawn-") as store:
        os.environ[_STORE] = store
        yield


def lend(cache: Path, env: dict[str, str]) -> None:
    """As they are from the second day on. Nothing, while they are being drawn elsewhere."""
    if not (store := os.environ.get(_STORE)):
        return
    pictures = Pictures(Path(store))
    if not pictures.complete:
        try:
            Path(store, "begun").mkdir()
        except FileExistsError:
            return
        words = [sys.executable, "-m", "qlbreak.figures.picture_files", str(pictures.folder)]
        subprocess.run(words, env=env, check=True)
    if not (theirs := Pictures(cache).folder).exists():
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copytree(pictures.folder, theirs)
