"""A window of ours on the headless desktop: how long until it shows, and what it spends then."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import meter

if TYPE_CHECKING:
    from rig.desktop import Desktop
    from rig.processes import Process

FIRST_PICTURE_BUDGET_S = 1.0


def opened(
    desktop: "Desktop", name: str, command: Sequence[str | Path], title: str
) -> tuple["Process", float]:
    """Also the seconds from the start of the process until a window of that title (a pattern)
    shows."""
    search = ["xdotool", "search", "--onlyvisible", "--name", title]
    begin = time.monotonic()
    process = desktop.spawn(name, command)
    while not desktop.run(search).out:
        assert process.alive, process.log.read_text()
    return process, time.monotonic() - begin


def first_picture_s(
    desktop: "Desktop", name: str, command: Sequence[str | Path], title: str, times: int
) -> float:
    """The median of so many."""
    taken = []
    for _ in range(times + 1):  # the first one fills caches
        process, seconds = opened(desktop, name, command, title)
        taken.append(seconds)
        process.kill9()
    return statistics.median(taken[1:])


def cpu_share(process: "Process", seconds: float) -> float:
    """Percent of a core."""
    before = meter.count([process.pid])
    time.sleep(seconds)
    return meter.spent(before, meter.count([process.pid])).cpu_ms / seconds / 10
