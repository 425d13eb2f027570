"""`python -m benchmarks.window`: the one window: its first picture, its memory, its CPU while open.

On a headless desktop of its own, with a running program and a day of history. Nothing happens while
it is measured, and so nothing should be spent. Needs Linux and what the desktop tests need.
"""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks import meter
from benchmarks.installed import ROOT, asked, install
from benchmarks.opened import FIRST_PICTURE_BUDGET_S, cpu_share, first_picture_s, opened
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from main_window.mainwindow import OPEN, keep_a_day
from rig.desktop import Desktop, missing_programs
from rig.waiting import wait_for

TITLE = "qlbreak: Today"
CPU_BUDGET = 0.1  # percent: a minute that is drawn anew, if one passes


def main() -> None:
    options = asked("window", __doc__, 5)
    if missing := missing_programs():
        sys.exit(f"install first: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as name, Desktop() as desktop:
        python = install(options.venv or Path(name) / "venv").with_name("python")
        running = desktop.program().known()
        command: list[str | Path] = [python, "-P", "-c", OPEN, str(running.data_dir), "today"]
        keep_a_day(running.data_dir)
        running.start()
        wait_for(running.answers, 10, "it answers")
        first = first_picture_s(desktop, "window", command, TITLE, options.times)
        process, _ = opened(desktop, "window", command, TITLE)
        time.sleep(3)  # it reads the day
        rows = [
            Row("first picture, s", first, FIRST_PICTURE_BUDGET_S),
            Row("CPU while it is open, %", cpu_share(process, 45), CPU_BUDGET),
            Row("PSS alone, MiB", meter.alone_mib([process.pid])),
        ]
        process.kill9()
        running.ask("quit")
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
