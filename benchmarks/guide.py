"""`python -m benchmarks.guide`: the guide's window: its first picture, its memory, its CPU.

On a headless desktop of its own, with a routine of three minutes. Needs Linux and what the desktop
tests need.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import meter
from benchmarks.installed import ROOT, asked, install
from benchmarks.opened import FIRST_PICTURE_BUDGET_S, cpu_share, first_picture_s, opened
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from rig.desktop import Desktop, missing_programs

ROUTINE = "r180-no-kit"
TITLE = "(Ready|side)"  # where one is


def main() -> None:
    options = asked("guide", __doc__, 5)
    if missing := missing_programs():
        sys.exit(f"install first: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as name, Desktop() as desktop:
        command: list[str | Path] = [install(options.venv or Path(name) / "venv"), "guide", ROUTINE]
        first = first_picture_s(desktop, "guide", command, TITLE, options.times)
        process, _ = opened(desktop, "guide", command, TITLE)
        desktop.type_key("space")  # it waits for somebody who does this for the first time
        drawing = cpu_share(process, 8)  # the loop's pictures are made when they are due
        rows = [
            Row("first picture, s", first, FIRST_PICTURE_BUDGET_S),
            Row("CPU in the first seconds, %", drawing),
            Row("CPU afterwards, %", cpu_share(process, 20)),
            Row("PSS alone, MiB", meter.alone_mib([process.pid])),
        ]
        process.kill9()
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
