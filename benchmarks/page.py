"""`python -m benchmarks.page`: how long the page of ten years takes to be made, and to be opened.

In a headless Chromium of its own, each time a fresh one, as after a start of the machine. Needs
Linux and Debian's chromium.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.installed import ROOT, asked, install, write_history
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from rig.chromium import Chromium
from rig.room import Room

OPEN_BUDGET_S = 2.0
DRAWN = "document.documentElement.dataset.drawn"
SEEN = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def made_s(command: list[str], times: int) -> float:
    taken = []
    with Room() as room:
        for _ in range(times):
            begin = time.monotonic()
            done = room.run(command, seconds=60)
            taken.append(time.monotonic() - begin)
            assert done.code == 0, done
    return statistics.median(taken)


def opened_s(page: Path, times: int) -> tuple[float, ...]:
    """From the wish until something is to be read, until the last chart is drawn, and how much of
    that was work: the rest is waiting for others on a busy machine."""
    found = []
    for _ in range(times):
        with Chromium() as browser:
            browser.call("Performance.enable", timeDomain="threadTicks")
            before = worked_s(browser)
            browser.open(page)
            drawn = float(browser.wait(DRAWN)) / 1000
            work = worked_s(browser) - before
            found.append((float(browser.wait(SEEN)) / 1000, drawn, work))
    return tuple(statistics.median(column) for column in zip(*found, strict=True))


def worked_s(browser: Chromium) -> float:
    """CPU of the thread that draws."""
    metrics = browser.call("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def main() -> None:
    options = asked("page", __doc__, 7)
    with tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as name:
        folder = Path(name)
        program = str(install(options.venv or folder / "venv", extra="report"))
        facts = write_history(folder / "decade", 365, times=10)
        page = folder / "page.html"
        command = [program, f"--data-dir={folder / 'decade'}", "report", "-o", str(page)]
        made = made_s(command, options.times)
        seen, drawn, work = opened_s(page, options.times)
        rows = [
            Row(f"report, {facts} facts, s", made),
            Row("opened until it can be read, s", seen),
            Row("opened until all is drawn, s", drawn, OPEN_BUDGET_S),
            Row("of that CPU, s", work),
            Row("size, MB", page.stat().st_size / 1e6),
        ]
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
