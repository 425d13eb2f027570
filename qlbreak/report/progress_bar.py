"""A bar on standard error while the record is read; nothing where that is no terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qlbreak.system import streams


@contextmanager
def bar(text: str) -> Iterator[Callable[[float], None]]:
    """Gives what is to be told how far it is, from 0 to 1; the bar goes when all is done."""
    if not streams.terminal(sys.stderr):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=1.0)
        yield lambda share: progress.update(task, completed=share)
