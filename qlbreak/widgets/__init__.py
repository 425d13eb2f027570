"""What windows are made of, each of them in a process of its own, so that the tray stays light.

Nothing here imports tkinter before a window is wanted: some Pythons come without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class NoWindow(Exception):
    """There can be no window here: one line for the person, who is then served in the terminal."""


@contextmanager
def needing_tk() -> Iterator[None]:
    """Around the import of a window's module: a Python without Tk becomes NoWindow."""
    try:
        yield
    except ImportError as error:
        if (error.name or "").split(".")[0] not in {"tkinter", "_tkinter"}:
            raise
        raise NoWindow(
            "this Python has no tkinter, which windows need (Debian: apt install python3-tk)"
        ) from error
